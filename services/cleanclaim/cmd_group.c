/* cmd_group.c - cleanclaim group FILE…: the MS-DRG of inpatient claims of 837I files, or of what
 * encounters are coded to, with the reasons */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/claim/read837.h"
#include "services/cleanclaim/coded.h"
#include "services/cleanclaim/group.h"

enum { EDITS_MAX = 4096 };

struct run {
    const struct tables *tables;
    const char *dir;
    struct coded *coded; /* NULL until a file of encounters comes */
    enum cmd_kind as;
    bool json, exempt;
    const char *version; /* asked for, instead of the discharge date */
    const char *source;
    char edits[EDITS_MAX]; /* ids of the edits that the Medicare Code Editor has */
    int result;            /* of the file in hand */
};

/* list_edits - those that are the same as one of the MCE */
static void list_edits(char *out, size_t size)
{
    struct validator_edit edit;
    size_t n = 0;

    for (size_t i = 0; validator_edit_at(i, &edit); i++)
        if (edit.same_as && strstr(edit.same_as, "MCE ") && n + strlen(edit.id) + 2 < size)
            n += (size_t)snprintf(out + n, size - n, "%s%s", n ? "," : "", edit.id);
}

/* named - the edition of a version, whatever the day; NULL: none is loaded */
static const struct edition_info *named(const struct tables *t, const char *version)
{
    const struct edition_info *i;
    char text[16];

    for (size_t n = 0; (i = tables_edition_at(t, n)); n++)
        if (i->table == TABLE_MSDRG && strcmp(drg_version_of(i, text, sizeof(text)), version) == 0)
            return i;
    return NULL;
}

/* refuse - not grouped */
static void refuse(struct run *run, const CcClaim *c, const char *code, const char *why)
{
    group_none(run->source, c->claim_id, code, why, run->json);
    run->result = cmd_worse(run->result, EXIT_FOUND);
}

/* choose - the version by name or day; false after saying why there is none */
static bool choose(struct run *run, struct grouped *g)
{
    if (run->version) {
        g->edition = named(run->tables, run->version);
        g->drg = edition_drg(g->edition);
        if (!g->drg)
            refuse(run, g->claim, "no-table", "the version of msdrg asked for is not loaded");
    } else if (!g->in.discharge) {
        refuse(run, g->claim, "no-discharge-date",
               "no discharge date and no statement date: the version is not known");
    } else {
        g->drg = tables_drg(run->tables, g->in.discharge, &g->edition);
        if (!g->drg)
            refuse(run, g->claim, "no-table", "no edition of msdrg covers the discharge date");
    }
    return g->drg != NULL;
}

/* check_mce - what the Medicare Code Editor would report */
static int check_mce(struct run *run, struct grouped *g, struct arena *a, struct err *e)
{
    struct validator_options o = {.only = run->edits};

    g->mce_checked =
        g->in.discharge && tables_edition(run->tables, TABLE_MCE, g->in.discharge) != NULL;
    return g->mce_checked ? validator_check(g->claim, run->tables, &o, a, &g->mce, e) : 0;
}

/* group_claim - one inpatient claim */
static void group_claim(struct run *run, const CcClaim *c, struct arena *a)
{
    struct grouped *g = arena_alloc(a, sizeof(*g));
    struct err e = {0};

    if (!g || claim_stay_of(c, a, &g->in, &e) != 0) {
        refuse(run, c, "size", "the claim needs more memory than there is");
        return;
    }
    g->source = run->source;
    g->claim = c;
    g->in.stay.poa_exempt = g->in.stay.poa_exempt || run->exempt;
    if (!choose(run, g))
        return;
    if (drg_explain(g->drg, &g->in.stay, &g->result, g->dx, g->px, &e) != 0 ||
        drg_what_if(g->drg, &g->in.stay, &g->what_if, &e) != 0 || check_mce(run, g, a, &e) != 0) {
        refuse(run, c, e.code, e.text);
        return;
    }
    group_candidates(g, run->tables);
    if (run->json)
        group_json(g);
    else
        group_text(g, run->tables);
    if (g->result.final.ret != DRG_OK)
        run->result = cmd_worse(run->result, EXIT_FOUND);
}

/* take_claim - only inpatient claims have a DRG; of others it is said */
static void take_claim(struct run *run, const CcClaim *c, struct arena *a)
{
    if (claim_is_inpatient(c))
        group_claim(run, c, a);
    else
        fprintf(stderr, "note: %s: claim %s is no inpatient claim\n", run->source, c->claim_id);
}

/* on_claim - of an 837 */
static int on_claim(void *arg, const struct claim_read *r)
{
    struct run *run = arg;

    if (r->claim) {
        take_claim(run, r->claim, r->arena);
        return 0;
    }
    group_none(run->source, r->claim_id, r->error->code, r->error->text, run->json);
    run->result = cmd_worse(run->result, EXIT_FOUND);
    return 0;
}

/* on_item - the claims of one encounter; why there is none */
static int on_item(void *arg, const struct coded_item *item)
{
    struct run *run = arg;
    struct arena *a = arena_new((size_t)1 << 26);

    run->source = item->source;
    run->result = 0;
    if (!a || !item->result) {
        group_none(run->source, "", "kind", a ? "a note is no encounter" : "out of memory",
                   run->json);
        run->result = EXIT_FOUND;
    }
    for (size_t i = 0; a && item->result && i < item->result->n_claims; i++)
        take_claim(run, item->result->claims[i], a);
    if (a && item->result && item->result->n_claims == 0) {
        bool asks = item->result->n_review > 0;

        group_none(run->source, "", asks ? item->result->review[0]->reason : "no-claim",
                   asks ? item->result->review[0]->question : "the encounter gives no claim",
                   run->json);
        run->result = EXIT_FOUND;
    }
    arena_free(a);
    return run->result;
}

/* on_file - claims at once, encounters when all files are read */
static int on_file(void *arg, const struct cmd_file *f)
{
    struct run *run = arg;
    enum cmd_kind kind = run->as == CMD_KIND_MAX ? cmd_sniff(f->data, f->size) : run->as;
    struct err e = {0};

    if (kind != CMD_X12) {
        run->coded = run->coded ? run->coded : coded_open(run->tables);
        return run->coded ? coded_add(run->coded, f, run->as) : EXIT_USAGE;
    }
    run->source = f->name;
    run->result = 0;
    if (claim_read_837(f->data, f->size, 0, on_claim, run, &e) != 0)
        return cmd_worse(run->result, cmd_fail(&e));
    return run->result;
}

/* run_files - with the tables */
static int run_files(struct run *run, int n, char **files)
{
    struct tables *t = cmd_tables_open(run->dir);
    int result;

    if (!t)
        return EXIT_GONE;
    run->tables = t;
    list_edits(run->edits, sizeof(run->edits));
    result = cmd_files(n, files, on_file, run);
    if (run->coded)
        result = cmd_worse(result, coded_each(run->coded, on_item, run));
    coded_close(run->coded);
    tables_free(t);
    return result;
}

/* cmd_group - see cli.md "One stage on one file" */
int cmd_group(int argc, char **argv)
{
    struct run run = {.as = CMD_KIND_MAX};
    const char *as = NULL;
    const struct cmd_option options[] = {{"--json", &run.json, NULL},
                                         {"--drg-version", NULL, &run.version},
                                         {"--poa-exempt", &run.exempt, NULL},
                                         {"--tables", NULL, &run.dir},
                                         {"--as", NULL, &as},
                                         {NULL, NULL, NULL}};
    int n = cmd_options(argc, argv, options);

    if (n < 0)
        return EXIT_USAGE;
    if (as)
        run.as = cmd_kind_by_name(as);
    if (n == 0 || (as && run.as == CMD_KIND_MAX))
        return cmd_usage(argv[0]);
    return run_files(&run, n, argv + 1);
}
