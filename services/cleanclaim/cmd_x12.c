/* cmd_x12.c - cleanclaim x12: the verbs and their options */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/date.h"
#include "common/sys/clock.h"
#include "common/sys/file.h"
#include "common/x12/ack.h"
#include "services/cleanclaim/x12.h"

struct verb {
    const char *name;
    cmd_stream_fn stream; /* one of the two */
    cmd_file_fn run;
};

static const struct verb verbs[] = {
    {"check", x12_check_file, NULL},
    {"parse", NULL, x12_parse_file},
    {"write", NULL, x12_write_file},
    {"print", NULL, x12_print_file},
};

/* x12_json_span - always a string */
json_t *x12_json_span(struct span s)
{
    char *copy;
    json_t *v;

    if (!s.p || s.n == 0)
        return json_string("");
    if (utf8_valid(s.p, s.n))
        return json_stringn(s.p, s.n);
    copy = malloc(s.n);
    for (size_t i = 0; copy && i < s.n; i++)
        copy[i] = s.p[i] >= ' ' && s.p[i] <= '~' ? s.p[i] : '?';
    v = copy ? json_stringn(copy, s.n) : json_string("");
    free(copy);
    return v;
}

/* find_verb - NULL: none of them */
static const struct verb *find_verb(const char *name)
{
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
        if (strcmp(verbs[i].name, name) == 0)
            return &verbs[i];
    return NULL;
}

/* highest_snip - "3" or "1-3"; 0: neither */
static int highest_snip(const char *text)
{
    const char *last = text[0] >= '1' && text[0] <= '5' && text[1] == '-' ? text + 2 : text;

    return last[0] >= '1' && last[0] <= '5' && last[1] == '\0' && last[0] >= text[0] ? last[0] - '0'
                                                                                     : 0;
}

/* open_answers - the folder, and who writes the answers; false: said */
static bool open_answers(struct x12_job *job, const char *control)
{
    const int64_t now = clock_ms();
    int64_t number = 1;
    struct err e;
    struct x12_ack_options o = {
        .date = date_of_ms(now, 0), .hhmm = time_of_ms(now, 0), .newline = true};

    if (control && (!str_to_i64(control, &number) || number < 1 || number > 999999999)) {
        fprintf(stderr, "error: --control: a number from 1 to 999999999\n");
        return false;
    }
    if (file_make_dirs(job->ack_dir, &e) != 0) {
        job->result = cmd_fail(&e);
        return false;
    }
    o.control = (uint32_t)number;
    job->ack = x12_ack_new(&o);
    return job->ack != NULL;
}

/* run_verb - over all files */
static int run_verb(const struct verb *v, struct x12_job *job, int n, char **files)
{
    int result;

    job->guides = x12_guides_new();
    if (!job->guides)
        return EXIT_GONE;
    result = v->stream ? cmd_streams(n, files, v->stream, job) : cmd_files(n, files, v->run, job);
    x12_guides_free(job->guides);
    x12_ack_free(job->ack);
    return cmd_worse(result, job->result);
}

/* cmd_x12 - check, parse, write or print */
int cmd_x12(int argc, char **argv)
{
    const char *snip = NULL, *control = NULL;
    struct x12_job job = {.snip = 5};
    const struct cmd_option options[] = {
        {"--snip", NULL, &snip},     {"--ack", NULL, &job.ack_dir},
        {"--json", &job.json, NULL}, {"--control", NULL, &control},
        {NULL, NULL, NULL},
    };
    const int n = cmd_options(argc, argv, options);
    const struct verb *v = n > 1 ? find_verb(argv[1]) : NULL;

    if (n < 0)
        return EXIT_USAGE;
    if (snip)
        job.snip = highest_snip(snip);
    if (!v || job.snip == 0 || ((job.ack_dir || snip || control) && !v->stream))
        return cmd_usage(argv[0]);
    job.json = job.json || !isatty(STDOUT_FILENO);
    if (job.ack_dir && !open_answers(&job, control))
        return job.result ? job.result : EXIT_USAGE;
    return run_verb(v, &job, n - 1, argv + 2);
}
