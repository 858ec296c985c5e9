/* answers.h - commands that read what payers send: a file is items, each gives lines */
#ifndef CC_CLEANCLAIM_ANSWERS_H
#define CC_CLEANCLAIM_ANSWERS_H

#include "common/base/arena.h"
#include "common/claim/answer.h"
#include "services/cleanclaim/cmd.h"

struct answers_job;

/* What a command does with an item, and with what cannot be read (never silence: it is a line). */
struct answers_kind {
    void (*item)(struct answers_job *job, struct arena *a, const struct reply_item *item);
    void (*unreadable)(struct answers_job *job, uint64_t offset, const char *why);
    const char *none; /* said of a file without items */
};

struct answers_job {
    const struct answers_kind *kind;
    bool json;
    const struct cmd_file *file;
    int result; /* exit code so far */
};

/* All files of a command line; returns its exit code. */
int cmd_answers(int argc, char **argv, const struct answers_kind *kind);

/* A list of strings as JSON. */
json_t *answers_texts(char *const *list, size_t n);

#endif
