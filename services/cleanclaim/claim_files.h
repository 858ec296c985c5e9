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
    void *arg;
};

/* `as` CMD_KIND_MAX: each file by its content. */
int claim_files_each(const struct claim_files *each, const struct tables *t, enum cmd_kind as,
                     int n, char **files);

#endif
