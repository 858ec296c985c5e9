/* cmd_render.c - cleanclaim render FILE…: encounters (through intake and coder) or the claims of
 * 837 files as 837P and 837I interchanges; no Kafka, no clock
 *
 * A claim of an 837 goes out under the envelope it came in; one of an encounter under its
 * receiver's row of the routes table. What cannot be written, or was there and has no place in the
 * claim model, is said: nothing is left out unseen. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/claim/read837.h"
#include "common/sys/file.h"
#include "services/cleanclaim/coded.h"
#include "services/cleanclaim/render.h"
#include "services/submitter/submitter.h"

enum { TEXT_SIZE = 160, ROUTE_MEMORY = 1 << 16, CONTROL_MAX = 999999999 };

struct run {
    struct render render;
    struct coded *coded; /* NULL until a file of encounters comes */
    const char *tables_dir;
    struct tables *tables;
    enum cmd_kind as;
};

/* say_oddities - values that are none refuse a claim, segments without a place are only missing */
static void say_oddities(struct run *run, const char *id, const struct claim_oddity *list, size_t n)
{
    char text[TEXT_SIZE];

    for (size_t i = 0; i < n; i++) {
        snprintf(text, sizeof(text), "segment %u, loop %s, %s: %s", (unsigned)list[i].position,
                 list[i].loop, list[i].element[0] ? list[i].element : list[i].segment,
                 list[i].rule);
        render_say(&run->render, "claim", id, text);
    }
}

/* on_claim - of an 837 */
static int on_claim(void *arg, const struct claim_read *c)
{
    struct run *run = arg;
    struct render_claim x = {.claim = c->claim,
                             .route = &c->route,
                             .receiver = c->receiver,
                             .date = c->date,
                             .hhmm = c->hhmm};

    if (!c->claim) {
        render_say(&run->render, "claim", "", c->error->text);
        return 0;
    }
    say_oddities(run, c->claim->claim_id, c->faults, c->n_faults);
    say_oddities(run, c->claim->claim_id, c->extras, c->n_extras);
    if (c->n_faults == 0)
        render_add(&run->render, &x);
    return 0;
}

/* last_day - of the claim's services: no file is older than what it bills */
static int32_t last_day(const CcClaim *c)
{
    int32_t day = c->thru_date > c->from_date ? c->thru_date : c->from_date;

    for (size_t i = 0; i < c->n_lines; i++)
        if (c->lines[i]->thru_date > day)
            day = c->lines[i]->thru_date;
    return day;
}

/* add_coded - one claim of the coder */
static void add_coded(struct run *run, const CcClaim *claim)
{
    struct arena *a = arena_new(ROUTE_MEMORY);
    struct render_claim x = {.claim = claim, .receiver = claim->receiver, .date = last_day(claim)};
    struct claim_route route;
    const int32_t on = run->render.date ? run->render.date : x.date;

    if (!a) {
        render_say(&run->render, "claim", claim->claim_id, "out of memory");
        return;
    }
    switch (submitter_route(run->tables, claim->receiver, on, a, &route)) {
    case LOOKUP_FOUND:
        x.route = &route;
        render_add(&run->render, &x);
        break;
    case LOOKUP_NO_EDITION:
        render_say(&run->render, "claim", claim->claim_id,
                   "the routes table does not cover the day");
        break;
    case LOOKUP_ABSENT:
    default:
        render_say(&run->render, "claim", claim->claim_id, "no route to its receiver");
    }
    arena_free(a);
}

/* on_item - the claims of one encounter; a question instead of a claim is said */
static int on_item(void *arg, const struct coded_item *item)
{
    struct run *run = arg;

    run->render.source = item->source;
    if (!item->result) {
        render_say(&run->render, "claim", "", "a note is no encounter and makes no claim");
        return EXIT_FOUND;
    }
    for (size_t i = 0; i < item->result->n_claims; i++)
        add_coded(run, item->result->claims[i]);
    for (size_t i = 0; i < item->result->n_review; i++)
        render_say(&run->render, "encounter", item->encounter, item->result->review[i]->question);
    return 0;
}

/* open_coder - once, when the first file of encounters comes */
static bool open_coder(struct run *run)
{
    if (run->coded)
        return true;
    if (!run->tables)
        run->tables = cmd_tables_open(run->tables_dir);
    run->coded = run->tables ? coded_open(run->tables) : NULL;
    return run->coded != NULL;
}

/* on_file - by what it is */
static int on_file(void *arg, const struct cmd_file *f)
{
    struct run *run = arg;
    const enum cmd_kind kind = run->as == CMD_KIND_MAX ? cmd_sniff(f->data, f->size) : run->as;
    struct err e = {0};

    run->render.source = f->name;
    if (kind != CMD_X12)
        return open_coder(run) ? coded_add(run->coded, f, kind) : EXIT_GONE;
    return claim_read_837(f->data, f->size, 0, on_claim, run, &e) == 0 ? 0 : cmd_fail(&e);
}

/* run_files - X12 as it comes, encounters once all events are there */
static int run_files(struct run *run, int n, char **files)
{
    int result = cmd_files(n, files, on_file, run);

    if (run->coded)
        result = cmd_worse(result, coded_each(run->coded, on_item, run));
    render_end(&run->render);
    coded_close(run->coded);
    tables_free(run->tables);
    if (fflush(stdout) != 0)
        result = cmd_worse(result, EXIT_GONE);
    return cmd_worse(result, run->render.result);
}

/* read_options - control number and date; false: not such */
static bool read_options(struct run *run, const char *control, const char *date, const char *as)
{
    int64_t n = 1;

    if (control && (!str_to_i64(control, &n) || n < 1 || n > CONTROL_MAX))
        return false;
    run->render.control = (uint32_t)n;
    if (date && !(run->render.date = date_parse(date)))
        return false;
    return cmd_kind_given(as, &run->as) && run->as != CMD_NOTE;
}

/* cmd_render - see cli.md "One stage on one file" */
int cmd_render(int argc, char **argv)
{
    struct run run = {.as = CMD_KIND_MAX};
    const char *control = NULL, *date = NULL, *as = NULL;
    const struct cmd_option options[] = {
        {"-o", NULL, &run.render.folder},    {"--control", NULL, &control}, {"--date", NULL, &date},
        {"--tables", NULL, &run.tables_dir}, {"--as", NULL, &as},           {NULL, NULL, NULL}};
    const int n = cmd_options(argc, argv, options);
    struct err e = {0};

    if (n < 0)
        return EXIT_USAGE;
    if (n == 0 || !read_options(&run, control, date, as))
        return cmd_usage(argv[0]);
    if (run.render.folder && file_make_dirs(run.render.folder, &e) < 0)
        return cmd_fail(&e);
    return run_files(&run, n, argv + 1);
}
