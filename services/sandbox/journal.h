/* journal.h - what the pretend payer remembers: lines "key value" appended to one file, the last of
 * a key counts.
 *
 * Lines are collected and written together with an fsync; a line that a crash cut short is not
 * read. Saying the same thing twice is harmless. Keys hold no blank; values run to the end of the
 * line. No patient data: claim numbers, control numbers, file names. */
#ifndef CC_SANDBOX_JOURNAL_H
#define CC_SANDBOX_JOURNAL_H

#include <stddef.h>

#include "common/base/err.h"

struct journal;

struct journal *journal_open(const char *path,
                             struct err *e); /* reads what is there; NULL: ERR_RETRY */
void journal_close(struct journal *j);       /* accepts NULL; what was not committed is lost */

/* The value of a key, committed or not; NULL: none. Valid until the next journal_add. */
const char *journal_find(const struct journal *j, const char *key);
int journal_add(struct journal *j, const char *key, const char *value, struct err *e);
int journal_commit(struct journal *j, struct err *e);

/* Keys that begin with `prefix`, in the order in which they first came: start with *cursor = 0;
 * NULL: no more. */
const char *journal_next(const struct journal *j, const char *prefix, size_t *cursor);

#endif
