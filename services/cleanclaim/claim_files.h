/* claim_files.h - the claims of files: of 837s at once, and of what encounters are coded to when
 * all files are read (`group`, `price`, `hcc`) */
#ifndef CC_CLEANCLAIM_CLAIM_FILES_H
#define CC_CLEANCLAIM_CLAIM_FILES_H

#include "common/base/arena.h"
#include "common/event/event.h"
#include "services/cleanclaim/cmd.h"

/* What a subcommand does with claims; each gives an exit code, the result is the worst. */
struct claim_files {
    /* One claim; it and the arena live until this returns. */
    int (*claim)(void *arg, const char *source, const CcClaim *c, struct arena *a);
    /* What gave no claim: `claim` its id or "", a stable code, and words for people. */
    int (*none)(void *arg, const char *source, const char *claim, const char *code,
                const char *why);
    /* Before the files, with the tables; NULL: nothing to do. */
    int (*begin)(void *arg, const struct tables *t);
    /* Behind the files; the tables are still open. NULL: nothing to do. */
    int (*end)(void *arg);
    void *arg;
};

/* A subcommand's files: argv as cmd_options left it, `n` files behind its name. dir: --tables or
 * NULL; as: --as, NULL: each file by its content. Wrong usage is said: EXIT_USAGE. */
int claim_files_run(const struct claim_files *each, const char *dir, const char *as, int n,
                    char **argv);

#endif
