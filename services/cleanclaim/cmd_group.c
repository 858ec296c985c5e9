/* cmd_group.c - cleanclaim group FILE…: the MS-DRG of inpatient claims of 837I files, or of what
 * encounters are coded to, with the reasons */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/tables/mce.h"
#include "services/cleanclaim/claim_files.h"
#include "services/cleanclaim/group.h"

struct run {
    const struct tables *tables;
    bool json, exempt;
    const char *version; /* asked for, instead of the discharge date */
    const char *source;
    int result; /* of the claim in hand */
};

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

/* check_mce - what the Medicare Code Editor reports */
static int check_mce(struct run *run, struct grouped *g, struct arena *a, struct err *e)
{
    const struct mce *m = claim_is_acute(g->claim) && g->in.discharge
                              ? tables_mce(run->tables, g->in.discharge, NULL)
                              : NULL;
    int n;

    g->mce_checked = m != NULL;
    if (!m)
        return 0;
    g->mce = arena_array(a, MCE_HITS_MAX, sizeof(*g->mce));
    if (!g->mce || claim_mce_stay(g->claim, &g->in, a, &g->mce_in, e) != 0)
        return g->mce ? -1 : err_set(e, ERR_REJECT, "size", "out of memory");
    n = mce_check(m, &g->mce_in, g->mce, e);
    g->n_mce = n < 0 ? 0 : (size_t)n;
    return n < 0 ? -1 : 0;
}

/* weigh - the row of Table 5 */
static void weigh(struct run *run, struct grouped *g)
{
    char drg[16];

    snprintf(drg, sizeof(drg), "%03u", g->result.final.drg);
    g->weighed = g->in.discharge && tables_find(run->tables, TABLE_DRG_WEIGHTS, drg, NULL,
                                                g->in.discharge, &g->weight) == LOOKUP_FOUND;
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
    for (size_t i = 0; i < g->in.stay.n_dx; i++)
        g->may_lead[i] = g->dx[i].known && claim_may_lead(&g->in, i, run->tables);
    weigh(run, g);
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

/* on_claim - see claim_files.h */
static int on_claim(void *arg, const char *source, const CcClaim *c, struct arena *a)
{
    struct run *run = arg;

    run->source = source;
    run->result = 0;
    take_claim(run, c, a);
    return run->result;
}

/* on_none - no claim, and why */
static int on_none(void *arg, const char *source, const char *claim, const char *code,
                   const char *why)
{
    const struct run *run = arg;

    group_none(source, claim, code, why, run->json);
    return EXIT_FOUND;
}

/* on_begin - the tables are open */
static int on_begin(void *arg, const struct tables *t)
{
    struct run *run = arg;

    run->tables = t;
    return 0;
}

/* cmd_group - see cli.md "One stage on one file" */
int cmd_group(int argc, char **argv)
{
    struct run run = {.json = false};
    const struct claim_files each = {on_claim, on_none, on_begin, NULL, &run};
    const char *as = NULL, *dir = NULL;
    const struct cmd_option options[] = {{"--json", &run.json, NULL},
                                         {"--drg-version", NULL, &run.version},
                                         {"--poa-exempt", &run.exempt, NULL},
                                         {"--tables", NULL, &dir},
                                         {"--as", NULL, &as},
                                         {NULL, NULL, NULL}};
    int n = cmd_options(argc, argv, options);

    return n < 0 ? EXIT_USAGE : claim_files_run(&each, dir, as, n, argv);
}
