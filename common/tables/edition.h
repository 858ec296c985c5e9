/* edition.h - one snapshot in memory: its text, and an index from key to row (inside this room
 * only).
 *
 * The text stays as it came. The index is an open-addressing table of 8-byte slots {hash tag, row
 * offset} at 0.62 load: one cache miss tells that a key is absent, a second one reads the row. Rows
 * of one key lie together. */
#ifndef CC_TABLES_EDITION_H
#define CC_TABLES_EDITION_H

#include <stdatomic.h>

#include "common/tables/snapshot.h"

struct slot {
    uint32_t tag, at; /* at = 0: empty (the header is never a row) */
};

struct edition {
    struct edition_info info; /* first: a row finds its edition through it */
    struct snapshot_head head;
    char sha256[65];
    const struct kind *kind;
    char *text; /* ends with a zero that len does not count */
    size_t len, rows_at;
    struct slot *slots;
    size_t n_slots;
    int fields;                /* in a row */
    int position[COLUMNS_MAX]; /* field of each column of the kind; -1: the snapshot has none */
    struct span
        words[COLUMNS_MAX]; /* the #words line of each column, after the name; p NULL: none */
    atomic_int holders;
};

/* Takes the buffer over (also on error). sha256 NULL: not compared. */
int edition_open(struct buf *snapshot, const char *sha256, struct edition **out, struct err *e);
struct edition *edition_hold(struct edition *d);
void edition_drop(struct edition *d);

/* Offset of the first row of a key ("K" or "K1<TAB>K2"), 0: none. */
size_t edition_seek(const struct edition *d, const char *key, size_t n);
/* Offset of the first row whose text is not below `prefix`; len when there is none. */
size_t edition_lower(const struct edition *d, const char *prefix, size_t n);
/* The row at an offset; returns the offset after it. */
size_t edition_row(const struct edition *d, size_t at, struct table_row *out);

#endif
