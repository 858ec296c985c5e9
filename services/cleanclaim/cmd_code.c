/* cmd_code.c - cleanclaim code FILE… and cleanclaim rules: the coder on files, no Kafka */
#include <stdio.h>
#include <unistd.h>

#include "services/cleanclaim/code_out.h"

struct run {
    struct coded *coded;
    enum cmd_kind as;
    bool json;
};

/* on_file - to be coded with the others */
static int on_file(void *arg, const struct cmd_file *f)
{
    struct run *run = arg;

    return coded_add(run->coded, f, run->as);
}

/* on_item - one line */
static int on_item(void *arg, const struct coded_item *item)
{
    const struct run *run = arg;

    if (run->json)
        code_json(item);
    else
        code_text(item);
    return 0;
}

/* run_files - with tables from a folder or Redis */
static int run_files(struct run *run, const char *dir, int n, char **files)
{
    struct tables *t = cmd_tables_open(dir);
    int result = EXIT_GONE;

    run->coded = t ? coded_open(t) : NULL;
    if (run->coded) {
        result = cmd_files(n, files, on_file, run);
        result = cmd_worse(result, coded_each(run->coded, on_item, run));
    }
    coded_close(run->coded);
    tables_free(t);
    return result;
}

/* cmd_code - see cli.md "One stage on one file" */
int cmd_code(int argc, char **argv)
{
    struct run run = {.as = CMD_KIND_MAX};
    const char *as = NULL, *dir = NULL;
    const struct cmd_option options[] = {{"--json", &run.json, NULL},
                                         {"--tables", NULL, &dir},
                                         {"--as", NULL, &as},
                                         {NULL, NULL, NULL}};
    int n = cmd_options(argc, argv, options);

    if (n < 0)
        return EXIT_USAGE;
    if (as)
        run.as = cmd_kind_by_name(as);
    run.json = run.json || !isatty(STDOUT_FILENO); /* text is for people on a terminal */
    if (n == 0 || (as && (run.as == CMD_KIND_MAX || run.as == CMD_X12)))
        return cmd_usage(argv[0]);
    return run_files(&run, dir, n, argv + 1);
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
    for (size_t i = 0; coder_rule_at(i, &r); i++) {
        if (json)
            cmd_json(json_pack("{s:s,s:s,s:s,s:s}", "rule", r.id, "guideline", r.guideline, "phase",
                               r.phase, "summary", r.summary));
        else
            printf("%-15s %-10s %s (%s)\n", r.id, r.phase, r.summary, r.guideline);
    }
    return 0;
}
