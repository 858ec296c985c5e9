/* edition.h - one snapshot in memory: its text, and an index from key to row (inside this room
 * only).
 *
 * The text stays as it came. The index is an open-addressing table at 0.62 load: a byte of the
 * key's hash per slot (0 = empty), and beside it the row's offset. The bytes of 2.5 million keys
 * are 4 MB: that a key is absent is mostly told by the processor's cache; only a row that is there
 * costs the way to memory. Rows of one key lie together. Tables of code pairs are kept in another
 * way: pairs.h. */
#ifndef CC_TABLES_EDITION_H
#define CC_TABLES_EDITION_H

#include <stdatomic.h>

#include "common/tables/snapshot.h"

struct pairs;

struct edition {
    struct edition_info info; /* first: a row finds its edition through it */
    struct snapshot_head head;
    char sha256[65];
    const struct kind *kind;
    char *text; /* ends with a zero that len does not count; of code pairs only the header stays */
    size_t len, rows_at;
    struct pairs
        *pairs;     /* the rows of a table of code pairs; else NULL, and what follows is used */
    uint8_t *tags;  /* of n_slots */
    uint32_t *rows; /* offset of the first row of the key */
    size_t n_slots;
    int fields;                /* in a row */
    int position[COLUMNS_MAX]; /* field of each column of the kind; -1: the snapshot has none */
    struct span
        words[COLUMNS_MAX]; /* the #words line of each column, after the name; p NULL: none */
    struct made *made;      /* what made.c makes of it; NULL: nothing */
    atomic_int holders;
};

/* Takes the buffer over (also on error). sha256 NULL: not compared. */
int edition_open(struct buf *snapshot, const char *sha256, struct edition **out, struct err *e);
struct edition *edition_hold(struct edition *d);
void edition_drop(struct edition *d);

/* What is made of an edition once, when it is opened (made.h). */
int edition_make(struct edition *d, struct err *e);
void edition_unmake(struct edition *d);
struct drg;
int msdrg_make(struct edition *d, struct drg **out, struct err *e); /* msdrg.c */
struct mce;
int mce_make(struct edition *d, struct mce **out, struct err *e); /* mce.c */
struct site;
struct site *site_make(const struct edition *d); /* site.c; NULL: out of memory */
void site_free(struct site *s);
const struct site *edition_site(const struct edition_info *i); /* NULL: another table */

/* Zeroed memory, in huge pages when it is much; free() gives it back. NULL: none. */
void *edition_memory(size_t n);
/* Of the row at p: up to the TAB after its last key. */
size_t edition_key_length(const struct edition *d, const char *p);
bool edition_same_key(const struct edition *d, const char *p, const char *q); /* of two rows */
/* The text of a number in a WORD column; "" for one that is none. */
struct span edition_word(const struct edition *d, int column, size_t n);
/* A slot for each of the different keys. */
int edition_index(struct edition *d, size_t keys, struct err *e);

/* Keys that are asked for are readable this many bytes past their end. */
enum { KEY_SLACK = 16 };

/* Offset of the first row of a key ("K" or "K1<TAB>K2"; of two keys "K1" too), 0: none. */
size_t edition_seek(const struct edition *d, const char *key, size_t n);
/* The row at an offset; returns the offset after it. */
size_t edition_row(const struct edition *d, size_t at, struct table_row *out);
/* The same where the length of its key (or both, with the TAB between) is known. */
size_t edition_keyed_row(const struct edition *d, size_t at, size_t key_n, struct table_row *out);
/* Does the row at an offset have this key? */
bool edition_has_key(const struct edition *d, size_t at, const char *key, size_t n);

#endif
