/* claim_files.c - claims of 837s, and of encounters through intake and coder */
#include "services/cleanclaim/claim_files.h"

#include "common/claim/read837.h"
#include "services/cleanclaim/coded.h"

struct run {
    const struct claim_files *each;
    const struct tables *tables;
    struct coded *coded; /* NULL until a file of encounters comes */
    enum cmd_kind as;
    const char *source;
    int result; /* of the file in hand */
};

/* none - nothing to show, and why */
static void none(struct run *run, const char *claim, const char *code, const char *why)
{
    run->result =
        cmd_worse(run->result, run->each->none(run->each->arg, run->source, claim, code, why));
}

/* take - one claim */
static void take(struct run *run, const CcClaim *c, struct arena *a)
{
    run->result = cmd_worse(run->result, run->each->claim(run->each->arg, run->source, c, a));
}

/* on_claim - of an 837 */
static int on_claim(void *arg, const struct claim_read *r)
{
    struct run *run = arg;

    if (r->claim)
        take(run, r->claim, r->arena);
    else
        none(run, r->claim_id, r->error->code, r->error->text);
    return 0;
}

/* on_item - the claims of one encounter; why there is none */
static int on_item(void *arg, const struct coded_item *item)
{
    struct run *run = arg;
    const CcCodingResult *r = item->result;
    struct arena *a = arena_new((size_t)1 << 26);

    run->source = item->source;
    run->result = 0;
    if (!a || !r)
        none(run, "", "kind", a ? "a note is no encounter" : "out of memory");
    for (size_t i = 0; a && r && i < r->n_claims; i++)
        take(run, r->claims[i], a);
    if (a && r && r->n_claims == 0)
        none(run, "", r->n_review ? r->review[0]->reason : "no-claim",
             r->n_review ? r->review[0]->question : "the encounter gives no claim");
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

/* run_files - all of them, with the tables */
static int run_files(struct run *run, int n, char **files)
{
    const struct claim_files *each = run->each;
    int result = each->begin ? each->begin(each->arg, run->tables) : 0;

    if (result)
        return result;
    result = cmd_files(n, files, on_file, run);
    if (run->coded)
        result = cmd_worse(result, coded_each(run->coded, on_item, run));
    coded_close(run->coded);
    return each->end ? cmd_worse(result, each->end(each->arg)) : result;
}

/* claim_files_run - see claim_files.h */
int claim_files_run(const struct claim_files *each, const char *dir, const char *as, int n,
                    char **argv)
{
    struct run run = {.each = each};
    struct tables *t;
    int result;

    if (n == 0 || !cmd_kind_given(as, &run.as))
        return cmd_usage(argv[0]);
    t = cmd_tables_open(dir);
    if (!t)
        return EXIT_GONE;
    run.tables = t;
    result = run_files(&run, n, argv + 1);
    tables_free(t);
    return result;
}
