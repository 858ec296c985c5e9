/* cmd_price.c - cleanclaim price FILE…: what the payer is expected to allow for claims of 837
 * files, or for what encounters are coded to */
#include <stdio.h>

#include "common/price/price.h"
#include "services/cleanclaim/claim_files.h"
#include "services/cleanclaim/price_out.h"

struct run {
    const struct tables *tables;
    bool json;
};

/* on_none - no amount, and why */
static int on_none(void *arg, const char *source, const char *claim, const char *code,
                   const char *why)
{
    const struct run *run = arg;

    if (run->json)
        cmd_json(json_pack("{s:s, s:o, s:n, s:{s:s, s:s}}", "source", source, "claim",
                           cmd_json_text(claim), "allowed_cents", "error", "code", code, "message",
                           why));
    else
        printf("%s %s: not priced: %s\n", source, claim[0] ? claim : "-", why);
    return EXIT_FOUND;
}

/* on_claim - one claim */
static int on_claim(void *arg, const char *source, const CcClaim *c, struct arena *a)
{
    const struct run *run = arg;
    struct err e = {0};
    CcExpected *x;
    json_t *o;

    if (price_claim(c, run->tables, a, &x, &e) != 0)
        return on_none(arg, source, c->claim_id, e.code, e.text);
    if (!x)
        return on_none(arg, source, c->claim_id, "no-contract",
                       "the table contracts has no row for this payer and kind of claim");
    o = json_pack("{s:s, s:o}", "source", source, "claim", cmd_json_text(c->claim_id));
    json_object_update_new(o, price_json(x));
    if (run->json) {
        cmd_json(o);
    } else {
        printf("%s %s:\n", source, c->claim_id[0] ? c->claim_id : "-");
        price_print(o, "  ");
        json_decref(o);
    }
    return x->allowed_given ? 0 : EXIT_FOUND;
}

/* on_begin - the tables are open */
static int on_begin(void *arg, const struct tables *t)
{
    struct run *run = arg;

    run->tables = t;
    return 0;
}

/* cmd_price - see cli.md "One stage on one file" */
int cmd_price(int argc, char **argv)
{
    struct run run = {.json = false};
    const struct claim_files each = {on_claim, on_none, on_begin, NULL, &run};
    const char *as = NULL, *dir = NULL;
    const struct cmd_option options[] = {{"--json", &run.json, NULL},
                                         {"--tables", NULL, &dir},
                                         {"--as", NULL, &as},
                                         {NULL, NULL, NULL}};
    int n = cmd_options(argc, argv, options);

    return n < 0 ? EXIT_USAGE : claim_files_run(&each, dir, as, n, argv);
}
