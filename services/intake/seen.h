/* seen.h - the ids of the last events, so that a repeat is told: bounded, the oldest is forgotten
 * first.
 *
 * A help, not the promise: an id that was forgotten gives the same event with the same id again,
 * which the coder folds once. Not thread safe: the owner locks. */
#ifndef CC_INTAKE_SEEN_H
#define CC_INTAKE_SEEN_H

#include <stdbool.h>
#include <stddef.h>

struct seen;

struct seen *seen_new(size_t capacity); /* NULL: no memory */
void seen_free(struct seen *s);         /* accepts NULL */
bool seen_has(const struct seen *s, const char *id);
/* Remembers an id; false: it was there already. */
bool seen_add(struct seen *s, const char *id);

#endif
