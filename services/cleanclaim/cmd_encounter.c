/* cmd_encounter.c - cleanclaim encounter FILE…: intake on files, no Kafka; what would be produced,
 * a line an event */
#include "services/cleanclaim/cmd.h"

#include <stdio.h>
#include <stdlib.h>

#include "services/cleanclaim/encounter_out.h"
#include "services/intake/intake.h"

/* A file that a person holds may be larger than what a peer may send, unless the environment says
 * otherwise. */
static const char file_bytes[] = "268435456";

enum { ARENA_LIMIT = 1 << 30 };

struct run {
    struct intake_conf *conf;
    struct arena *arena;
    enum cmd_kind as;
    bool json, phi;
    int result; /* of the file in hand */
};

/* on_message - its events, in order */
static int on_message(void *arg, const struct intake_result *r, struct err *e)
{
    struct run *run = arg;

    (void)e;
    for (size_t i = 0; i < r->n; i++)
        if (run->json)
            encounter_json(r->events[i], run->phi);
        else
            encounter_text(r->events[i], run->phi);
    if (r->refused)
        run->result = EXIT_FOUND;
    return 0;
}

/* on_file - FHIR where it looks like it, else HL7, which says so if it is none: a file is never
 * without a line */
static int on_file(void *arg, const struct cmd_file *f)
{
    struct run *run = arg;
    enum cmd_kind kind = run->as == CMD_KIND_MAX ? cmd_sniff(f->data, f->size) : run->as;
    struct intake_input in = {.source = f->name, .bytes = f->data, .n = f->size, .message = 1};
    intake_each_fn each = intake_reader(kind == CMD_FHIR ? "fhir" : "hl7");
    struct err e = {0};

    run->result = 0;
    if (!each(run->conf, run->arena, &in, on_message, run, &e))
        return run->result;
    return cmd_fail(&e);
}

/* run_files - with the settings of the environment */
static int run_files(struct run *run, int n, char **files)
{
    const struct conf_row *const rows[] = {intake_settings, NULL};
    struct conf *c = cmd_conf(rows);
    struct err e = {0};
    int result;

    if (c && !getenv("MAX_MESSAGE_BYTES"))
        conf_set(c, "MAX_MESSAGE_BYTES", file_bytes, &e);
    run->conf = c ? intake_conf_new(c, &e) : NULL;
    run->arena = arena_new(ARENA_LIMIT);
    if (!run->conf || !run->arena)
        result = c ? cmd_fail(&e) : EXIT_USAGE;
    else
        result = cmd_files(n, files, on_file, run);
    arena_free(run->arena);
    intake_conf_free(run->conf);
    conf_free(c);
    return result;
}

/* cmd_encounter - see cli.md "Intake on one file" */
int cmd_encounter(int argc, char **argv)
{
    struct run run = {.json = false};
    const char *as = NULL;
    const struct cmd_option options[] = {{"--json", &run.json, NULL},
                                         {"--phi", &run.phi, NULL},
                                         {"--as", NULL, &as},
                                         {NULL, NULL, NULL}};
    int n = cmd_options(argc, argv, options);

    if (n < 0)
        return EXIT_USAGE;
    if (n == 0 || !cmd_kind_given(as, &run.as) || run.as == CMD_X12 || run.as == CMD_NOTE)
        return cmd_usage(argv[0]);
    return run_files(&run, n, argv + 1);
}
