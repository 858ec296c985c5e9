/* answers.c - walks the files that payers sent, item by item, for remit and status */
#include "services/cleanclaim/answers.h"

#include <unistd.h>

enum { ANSWERS_MEMORY_FACTOR = 64, ANSWERS_MEMORY_BYTES = 32 << 20 };

/* answers_texts - a list of strings */
json_t *answers_texts(char *const *list, size_t n)
{
    json_t *out = json_array();

    for (size_t i = 0; i < n; i++)
        json_array_append_new(out, json_string(list[i]));
    return out;
}

/* one_item - an item, or why it is none */
static void one_item(struct answers_job *job, struct arena *a, const struct reply_item *item)
{
    if (item->kind == REPLY_DAMAGED)
        job->kind->unreadable(job, item->offset, item->fault);
    else
        job->kind->item(job, a, item);
    arena_reset(a);
}

/* one_file - every item of it */
static int one_file(void *arg, const struct cmd_file *f)
{
    struct answers_job *job = arg;
    struct arena *a = arena_new(ANSWERS_MEMORY_BYTES + f->size * ANSWERS_MEMORY_FACTOR);
    struct reply_walk w;
    struct reply_item item;
    bool any = false;

    if (!a)
        return EXIT_GONE;
    job->file = f;
    reply_walk_init(&w, f->data, f->size);
    while (reply_walk_next(&w, &item)) {
        any = true;
        one_item(job, a, &item);
    }
    if (!any)
        job->kind->unreadable(job, 0, job->kind->none);
    arena_free(a);
    return job->result;
}

/* cmd_answers - all files */
int cmd_answers(int argc, char **argv, const struct answers_kind *kind)
{
    struct answers_job job = {.kind = kind};
    const struct cmd_option options[] = {{"--json", &job.json, NULL}, {NULL, NULL, NULL}};
    int n = cmd_options(argc, argv, options);

    if (n < 0)
        return EXIT_USAGE;
    if (n == 0)
        return cmd_usage(argv[0]);
    job.json = job.json || !isatty(STDOUT_FILENO);
    return cmd_files(n, argv + 1, one_file, &job);
}
