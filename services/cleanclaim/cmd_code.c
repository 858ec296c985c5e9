/* cmd_code.c - cleanclaim code FILE… and cleanclaim rules: the coder on files, no Kafka */
#include <stdio.h>
#include <unistd.h>

#include "common/base/date.h"
#include "services/cleanclaim/code_out.h"
#include "services/cleanclaim/note.h"

enum { NOTE_LIMIT = 1 << 30 };

struct run {
    const struct tables *tables;
    struct coded *coded;
    struct arena *note; /* from the first note on */
    int32_t day;
    enum cmd_kind as;
    bool json, concepts;
};

/* on_file - to be coded with the others */
static int on_file(void *arg, const struct cmd_file *f)
{
    struct run *run = arg;

    return coded_add(run->coded, f, run->as);
}

/* put - one line */
static void put(const struct run *run, const struct coded_item *item,
                const struct text_reading *said)
{
    if (run->json)
        code_json(item, run->concepts ? said : NULL);
    else
        code_text(item);
}

/* concepts - every term of a note; none of one that cannot be read */
static struct text_reading concepts(const struct run *run, const struct coded_item *item)
{
    struct text_shelf *shelf = coded_shelf(run->coded);
    struct text_reading said = {0};
    struct err e = {0};
    const struct text_index *x =
        run->concepts ? text_shelf_index(shelf, run->tables, run->day, &e) : NULL;

    if (x && text_read(x, item->note, item->note_len, text_shelf_desk(shelf), &said, &e) != 0)
        said = (struct text_reading){0};
    return said;
}

/* on_note - as the only text of a visit */
static int on_note(struct run *run, const struct coded_item *item)
{
    struct coded_item read = *item;
    struct text_reading said;
    CcCodingResult *result;
    struct err e = {0};

    if (!run->note && !(run->note = arena_new(NOTE_LIMIT)))
        return EXIT_GONE;
    arena_reset(run->note);
    if (coder_note(run->note, run->tables, coded_shelf(run->coded), run->day, item->note,
                   item->note_len, run->concepts, &result, &e) != 0)
        return cmd_fail(&e);
    read.result = result;
    said = concepts(run, item);
    put(run, &read, &said);
    return 0;
}

/* on_item - an encounter or a note */
static int on_item(void *arg, const struct coded_item *item)
{
    static const struct text_reading nothing;
    struct run *run = arg;

    if (item->note)
        return on_note(run, item);
    put(run, item, &nothing);
    return 0;
}

/* run_files - with tables from a folder or Redis */
static int run_files(struct run *run, const char *dir, const char *on, int n, char **files)
{
    struct tables *t = cmd_tables_open(dir);
    int result = EXIT_GONE;

    run->tables = t;
    run->coded = t ? coded_open(t) : NULL;
    if (run->coded) {
        run->day = note_day(t, on);
        result = cmd_files(n, files, on_file, run);
        result = cmd_worse(result, coded_each(run->coded, on_item, run));
    }
    arena_free(run->note);
    coded_close(run->coded);
    tables_free(t);
    return result;
}

/* cmd_code - see cli.md "One stage on one file" */
int cmd_code(int argc, char **argv)
{
    struct run run = {.json = false};
    const char *as = NULL, *dir = NULL, *on = NULL;
    const struct cmd_option options[] = {
        {"--json", &run.json, NULL}, {"--concepts", &run.concepts, NULL},
        {"--on", NULL, &on},         {"--tables", NULL, &dir},
        {"--as", NULL, &as},         {NULL, NULL, NULL}};
    int n = cmd_options(argc, argv, options);

    if (n < 0)
        return EXIT_USAGE;
    run.json =
        run.json || run.concepts || !isatty(STDOUT_FILENO); /* text is for people on a terminal */
    if (n == 0 || !cmd_kind_given(as, &run.as) || run.as == CMD_X12)
        return cmd_usage(argv[0]);
    if (on && !date_parse(on)) {
        fprintf(stderr, "error: --on takes a date, 2026-03-01\n");
        return EXIT_USAGE;
    }
    return run_files(&run, dir, on, n, argv + 1);
}

/* put_rule - a line of `rules` */
static void put_rule(bool json, const struct coder_rule_info *r)
{
    if (json)
        cmd_json(json_pack("{s:s,s:s,s:s,s:s}", "rule", r->id, "guideline", r->guideline, "phase",
                           r->phase, "summary", r->summary));
    else
        printf("%-15s %-10s %s (%s)\n", r->id, r->phase, r->summary, r->guideline);
}

/* cmd_rules - every coding rule */
int cmd_rules(int argc, char **argv)
{
    bool json = false;
    const struct cmd_option options[] = {{"--json", &json, NULL}, {NULL, NULL, NULL}};
    struct coder_rule_info r;
    int n = cmd_options(argc, argv, options);

    if (n != 0)
        return n < 0 ? EXIT_USAGE : cmd_usage(argv[0]);
    for (size_t i = 0; coder_rule_at(i, &r); i++)
        put_rule(json, &r);
    return 0;
}
