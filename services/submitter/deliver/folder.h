/* folder.h - a file into a payer's mailbox folder, once, however often it is tried.
 *
 * The payer takes files away, so what lies in the mailbox does not say what was sent. Beside it, in
 * <mailbox>/.cleanclaim/, stand two names a file: NAME.ready, the bytes on their way, and
 * NAME.receipt, proof that they went or are going. Steps, each of which leaves the disk in a state
 * from which the next try goes on: 1  write NAME.ready (temporary name, fsync, rename) 2  link it
 * to NAME.receipt, fsync the folder 3  rename NAME.ready to <mailbox>/NAME, fsync both folders
 *   receipt and no ready    sent, nothing to do          no receipt    begin at 1
 *   receipt and ready       go on at 3
 * A rename is one step for the payer too: it never sees half a file, and never the same file twice.
 * A lock on the folder keeps two workers from walking the steps of one file at the same time (a
 * worker that was declared dead and is not). */
#ifndef CC_SUBMITTER_DELIVER_FOLDER_H
#define CC_SUBMITTER_DELIVER_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/err.h"

/* A file to send. */
struct folder_file {
    const char *mailbox; /* an existing folder */
    const char *name;    /* [A-Za-z0-9._-], not beginning with a dot */
    const void *data;
    size_t size;
    const char *sha256; /* of data, 64 hex digits */
};

bool folder_name_valid(const char *name);

/* 0: the file was handed over, now or before. *before (may be NULL) says which. ERR_RETRY: the
 * disk, or the mailbox is not there. ERR_REJECT "name-reused": another file went under this name;
 * "name": not a name. */
int folder_send(const struct folder_file *f, bool *before, struct err *e);

/* The same, stopped after `steps` steps (tests of what a crash leaves). */
int folder_send_steps(const struct folder_file *f, int steps, bool *before, struct err *e);

#endif
