/* cmd_validate.c - cleanclaim validate FILE…: every edit over claims of 837 files, or over what
 * encounters of HL7 and FHIR files are coded to; no Kafka */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/claim/read837.h"
#include "services/cleanclaim/validate.h"
#include "services/cleanclaim/validate_syntax.h"
#include "services/coder/coder.h"
#include "services/intake/intake.h"

enum { FILE_LIMIT = 1 << 30, HISTORY_MAX = 256, WARN_DAYS = 15 };

struct run {
    const struct tables *tables;
    const struct validate_history *history;
    struct validator_options options;
    struct intake_conf *intake;
    struct text_shelf *shelf;
    enum cmd_kind as;
    bool json, phi, no_repair;
    const char *source;        /* of the file in hand */
    int result;                /* of the file in hand */
    struct cmd_stream *stream; /* an 837 in hand, and what its guide says of it */
    struct validate_syntax *syntax;
    /* encounters of the file in hand */
    struct arena *arena;
    CcEncounter **events;
    size_t n_events;
    struct coder_past past;
};

/* show - one claim's findings */
static void show(struct run *run, CcClaim *c, struct validator_options *o, struct arena *a)
{
    struct validator_result r;
    struct err e = {0};

    o->history = validate_history_of(run->history, c, a, &o->n_history);
    if ((!run->no_repair && validator_repair(c, run->tables, o->places, a, &e) != 0) ||
        validator_check(c, run->tables, o, a, &r, &e) != 0) {
        validate_none(run->source, c->claim_id, "", e.code, e.text, run->json);
        run->result = EXIT_FOUND;
        return;
    }
    if (run->json)
        validate_json(run->source, c, &r, run->phi);
    else
        validate_text(run->source, c, &r, run->phi);
    if (r.worst >= SEVERITY_HOLD)
        run->result = cmd_worse(run->result, EXIT_FOUND);
}

/* on_claim - of an 837; its places make the findings name segments */
static int on_claim(void *arg, const struct claim_read *r)
{
    struct run *run = arg;
    struct validator_options o = run->options;

    o.syntax = validate_syntax_of(run->syntax, &o.n_syntax);
    if (!r->claim) {
        validate_none(run->source, r->claim_id, "", r->error->code, r->error->text, run->json);
        run->result = EXIT_FOUND;
        return 0;
    }
    r->claim->created_date = r->date;
    o.places = r->places;
    o.faults = r->faults;
    o.n_faults = r->n_faults;
    r->claim->source = arena_strdup(r->arena, run->source);
    if (!r->claim->source) {
        validate_none(run->source, r->claim_id, "", "size", "the claim is too large", run->json);
        run->result = EXIT_FOUND;
        return 0;
    }
    show(run, r->claim, &o, r->arena);
    return 0;
}

/* on_loose - what belongs to no claim */
static void on_loose(void *arg, const struct x12_finding *f, size_t n)
{
    struct run *run = arg;

    run->result = cmd_worse(run->result, validate_loose(run->source, f, n, run->options.only,
                                                        run->options.skip, run->json));
}

/* on_segment - the guide's check goes first; what it has done with may be forgotten */
static int on_segment(void *arg, const struct x12_segment *s, uint64_t offset, bool over,
                      const struct err *damage)
{
    struct run *run = arg;

    run->stream->keep = (size_t)validate_syntax_take(run->syntax, s, offset, over, damage);
    return 0;
}

/* read_837 - each CLM one claim, in memory that does not grow with the file */
static int read_837(struct run *run, struct cmd_stream *s)
{
    const struct claim_input in = {.data = s->data,
                                   .n = s->size,
                                   .fill = cmd_stream_fill,
                                   .fill_arg = s,
                                   .segment = on_segment,
                                   .segment_arg = run};
    struct err e = {0};
    int result;

    run->stream = s;
    run->syntax = validate_syntax_new(on_loose, run);
    if (!run->syntax)
        result = err_set(&e, ERR_RETRY, "memory", "out of memory");
    else
        result = claim_read_input(&in, on_claim, run, &e);
    if (run->syntax && !validate_syntax_end(run->syntax))
        result = err_set(&e, ERR_RETRY, "memory", "out of memory");
    validate_syntax_free(run->syntax);
    run->syntax = NULL;
    return result != 0 ? cmd_fail(&e) : run->result;
}

/* on_message - its events are kept until the file is read */
static int on_message(void *arg, const struct intake_result *r, struct err *e)
{
    struct run *run = arg;

    for (size_t i = 0; i < r->n; i++) {
        CcEncounter *copy = event_copy(run->arena, &r->events[i]->base);

        if (!copy || !event_push(run->arena, run, events, copy))
            return err_set(e, ERR_REJECT, "size", "the file is too large to be coded at once");
    }
    if (r->refused)
        run->result = EXIT_FOUND;
    return 0;
}

/* check_group - one encounter: coded, then each of its claims checked */
static int check_group(struct run *run, const struct coder_group *g, struct err *e)
{
    struct coder_visit visit;
    CcCodingResult *coded;

    if (coder_fold(run->arena, g->events, g->n, g->of_patient, g->m, &visit, e) != 0 ||
        !coder_past_of(run->arena, &run->past, g->events[0]->patient_key, &visit) ||
        coder_code(run->arena, run->tables, run->shelf, &visit, &coded, e) != 0 ||
        !coder_past_add(run->arena, &run->past, g->events[0]->patient_key, coded))
        return -1;
    for (size_t i = 0; i < coded->n_claims; i++) {
        struct validator_options o = run->options;

        show(run, coded->claims[i], &o, run->arena);
    }
    if (coded->n_claims == 0 && coded->n_review) {
        validate_none(run->source, "", g->encounter, coded->review[0]->reason,
                      coded->review[0]->question, run->json);
        run->result = EXIT_FOUND;
    }
    return 0;
}

/* read_encounters - a file of HL7 or FHIR */
static int read_encounters(struct run *run, const struct cmd_file *f, enum cmd_kind kind)
{
    struct intake_input in = {.source = f->name, .bytes = f->data, .n = f->size, .message = 1};
    intake_each_fn each = intake_reader(kind == CMD_FHIR ? "fhir" : "hl7");
    struct arena *a = arena_new(FILE_LIMIT);
    struct coder_group *groups = NULL;
    struct err e = {0};
    size_t n = 0;
    int failed = !a;

    run->arena = arena_new(FILE_LIMIT);
    run->n_events = 0;
    run->events = NULL;
    run->past = (struct coder_past){0};
    failed = failed || !run->arena || each(run->intake, a, &in, on_message, run, &e) != 0 ||
             coder_group_events(run->arena, run->events, run->n_events, &groups, &n, &e) != 0;
    for (size_t i = 0; !failed && i < n; i++)
        failed = check_group(run, &groups[i], &e) != 0;
    if (failed)
        run->result = cmd_worse(run->result, cmd_fail(&e));
    arena_free(a);
    arena_free(run->arena);
    return run->result;
}

/* on_file - by what it is */
static int on_file(void *arg, struct cmd_stream *s)
{
    struct run *run = arg;
    enum cmd_kind kind = run->as == CMD_KIND_MAX ? cmd_sniff(s->data, s->size) : run->as;

    run->source = s->name;
    run->result = 0;
    if (kind == CMD_X12)
        return read_837(run, s);
    if (!cmd_stream_whole(s, FILE_LIMIT)) {
        fprintf(stderr, "error: %s: damaged, or too large\n", s->name);
        return EXIT_GONE;
    }
    if (kind == CMD_HL7 || kind == CMD_FHIR)
        return read_encounters(run, &(struct cmd_file){s->name, s->data, s->size}, kind);
    validate_none(s->name, "", "", "kind", "neither an 837 nor encounters (HL7 v2, FHIR)",
                  run->json);
    return EXIT_FOUND;
}

/* take_history - `--history FILE` out of argv, as often as it stands there; -1: too often, or no
 * value */
static int take_history(int *argc, char **argv, char **files)
{
    int n = 0, left = 1;

    for (int i = 1; i < *argc; i++) {
        if (strcmp(argv[i], "--history") != 0) {
            argv[left++] = argv[i];
            continue;
        }
        if (i + 1 >= *argc || n == HISTORY_MAX)
            return -1;
        files[n++] = argv[++i];
    }
    *argc = left;
    return n;
}

/* known - are all ids of a list edits; says which is not */
static bool known(const char *list)
{
    struct validator_edit edit;
    char id[32];

    while (list && *list) {
        size_t n = strcspn(list, ",");

        snprintf(id, sizeof(id), "%.*s", (int)(n < sizeof(id) ? n : sizeof(id) - 1), list);
        if (!validator_edit_find(id, &edit)) {
            fprintf(stderr, "error: %s is no edit; `cleanclaim edits` lists them\n", id);
            return false;
        }
        list += n + (list[n] == ',');
    }
    return true;
}

/* run_files - with tables, history and the settings of the intake */
static int run_files(struct run *run, const char *dir, int n, char **files, int n_history,
                     char **history)
{
    const struct conf_row *const rows[] = {intake_settings, NULL};
    struct conf *c = cmd_conf(rows);
    struct err e = {0};
    struct tables *t = NULL;
    struct validate_history *h = NULL;
    int result = EXIT_USAGE, read = 0;

    run->intake = c ? intake_conf_new(c, &e) : NULL;
    if (c && !run->intake)
        cmd_fail(&e);
    if (run->intake)
        result = (t = cmd_tables_open(dir)) ? EXIT_FOUND : EXIT_GONE;
    run->shelf = text_shelf_new();
    if (t && run->shelf && (h = validate_history_new(n_history, history, &read))) {
        run->tables = t;
        run->history = h;
        result = cmd_worse(read, cmd_streams(n, files, on_file, run));
    }
    validate_history_free(h);
    text_shelf_free(run->shelf);
    tables_free(t);
    intake_conf_free(run->intake);
    conf_free(c);
    return result;
}

/* cmd_validate - see cli.md "One stage on one file" */
int cmd_validate(int argc, char **argv)
{
    struct run run = {.as = CMD_KIND_MAX, .options.warn_days = WARN_DAYS};
    const char *as = NULL, *received = NULL, *dir = NULL;
    const struct cmd_option options[] = {{"--json", &run.json, NULL},
                                         {"--only", NULL, &run.options.only},
                                         {"--skip", NULL, &run.options.skip},
                                         {"--received", NULL, &received},
                                         {"--tables", NULL, &dir},
                                         {"--as", NULL, &as},
                                         {"--no-repair", &run.no_repair, NULL},
                                         {"--phi", &run.phi, NULL},
                                         {NULL, NULL, NULL}};
    char *history[HISTORY_MAX];
    int n_history = take_history(&argc, argv, history);
    int n = n_history < 0 ? 0 : cmd_options(argc, argv, options);

    if (n < 0)
        return EXIT_USAGE;
    if (received)
        run.options.received_date = date_parse(received);
    if (n == 0 || !cmd_kind_given(as, &run.as) || run.as == CMD_NOTE ||
        (received && !run.options.received_date))
        return cmd_usage(argv[0]);
    if (!known(run.options.only) || !known(run.options.skip))
        return EXIT_USAGE;
    return run_files(&run, dir, n, argv + 1, n_history, history);
}
