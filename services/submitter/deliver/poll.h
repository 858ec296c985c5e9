/* poll.h - what payers put into the replies folders, taken up once.
 *
 * A reply is complete when its name is no temporary one (not hidden, not .part, .tmp, .filepart)
 * and its size and time stood still between two looks at least `settle_ms` apart. It is handed
 * over, and moved to <replies>/.taken/ only when the record that holds it is durable; a crash
 * between leaves it to be handed over again, with the same content and so the same key. A lock in
 * .taken keeps several workers from handing over the same file. A file over the limit is moved to
 * .refused instead, and handed over without its bytes, so that a person is asked. */
#ifndef CC_SUBMITTER_DELIVER_POLL_H
#define CC_SUBMITTER_DELIVER_POLL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/err.h"

struct poll;

struct poll_options {
    int64_t settle_ms;
    size_t file_limit;  /* bytes of one reply */
    size_t batch_limit; /* bytes handed over by one look */
    unsigned batch_files;
};

/* One complete reply. data NULL: over the limit, `size` and `sha256` are those of the whole file.
 */
struct poll_file {
    const char *receiver, *name;
    const void *data;
    size_t size;
    const char *sha256;
};
typedef int (*poll_file_fn)(void *arg, const struct poll_file *f, struct err *e);

struct poll *poll_new(const struct poll_options *o); /* NULL: out of memory */
void poll_free(struct poll *p);                      /* accepts NULL; gives up the locks */

/* Looks into one folder; fn gets every complete reply in the order of names, until the batch's
 * limits are reached. Does nothing while files of an earlier look wait for poll_durable, or where
 * another worker holds the folder. ERR_RETRY: the folder cannot be read. */
int poll_look(struct poll *p, const char *receiver, const char *folder, int64_t now_ms,
              poll_file_fn fn, void *arg, struct err *e);
/* A name under which nobody still writes: not hidden, not .part, .tmp, .filepart, .partial. */
bool poll_name_whole(const char *name);
/* A new round of looks begins: what may be handed over is counted from here. False: an earlier one
 * is not durable yet. */
bool poll_begin(struct poll *p);
/* What was handed over is durable: moves it away. What cannot be moved is handed over again later.
 */
void poll_durable(struct poll *p);
/* It is not: it will be handed over again. */
void poll_again(struct poll *p);

#endif
