/* pairs.h - a table of code pairs as a worker holds it: millions of pairs in a few bytes each
 * (inside this room only).
 *
 * The snapshot is text in Redis and in folders, as every table; in memory the text is given up.
 * What is kept:
 *  - the codes, sorted; a code is a number of 16 bits from here on;
 *  - the rows as the files have them, in their order: second code and number of the row's values
 *    (days, indicator, words), of which there are few thousand different ones. The text can be
 *    written again from them, byte for byte, and walking a first code's pairs is a stretch;
 *  - for lookups, a pair's windows as they were in force (quarters.h), newest first, as a chain of
 *    cells that pairs share. Which pairs there are is told by blocks of one line of the processor's
 *    cache, forty pairs in each: a question goes once into less than 5 MB, and only for a pair that
 *    is there a second time, to the number of its chain, in three bytes. What does not fit into a
 *    block stands in a short sorted list.
 * 2.5 million pairs take about 30 MB. */
#ifndef CC_TABLES_PAIRS_H
#define CC_TABLES_PAIRS_H

#include "common/tables/quarters.h"

enum {
    PAIR_CODE_BYTES = 8,
    BLOCK_PAIRS = 48,
    CHAIN_BYTES = 3,
    BLOCK_ROOMS = 16,
    NO_WORD = 255,
    NO_CODE = PAIRS_NO_CODE
};

/* The columns of such a table, in their order (kind.c). */
enum { PAIR_INDICATOR, PAIR_RATIONALE, PAIR_FILES };

struct pair_code {
    char text[PAIR_CODE_BYTES]; /* zeros behind it */
};

/* Values of a row. */
struct pair_value {
    int32_t from, to; /* 0 = open */
    char indicator;
    uint8_t word, files; /* numbers of the rationale and of the list of files; NO_WORD */
};

/* A window in force. */
struct pair_cell {
    int32_t from, to; /* DAY_OPEN */
    uint32_t older;   /* number of the next cell; 0: none */
    char indicator;
    uint8_t word;
};

/* Pairs whose numbers lie in one stretch: rooms of 256 numbers, each with the place behind its last
 * pair, and of each pair what is left of the number. */
struct pair_block {
    uint8_t ends[BLOCK_ROOMS], rest[BLOCK_PAIRS];
};

struct pair_more {
    uint32_t pair, chain;
};

/* Where a code stands, so that the pairs spread evenly over the blocks (pairs_index.c). */
struct pair_mark {
    uint16_t place, turn;
};

struct pairs {
    struct pair_code *codes;
    uint32_t n_codes;
    uint16_t *slots; /* code to number; NO_CODE: empty */
    uint32_t slot_bits;
    size_t n_rows;
    uint32_t *starts;  /* first row of each first code; n_codes + 1 */
    uint16_t *seconds; /* of each row */
    uint32_t *said;    /* value of each row */
    struct pair_value *values;
    size_t n_values;
    struct pair_cell *cells;
    size_t n_cells;
    struct pair_mark *marks; /* of each code */
    struct pair_block *blocks;
    uint8_t *chains; /* CHAIN_BYTES for each of the BLOCK_PAIRS a block */
    uint32_t span;   /* numbers of pairs a block */
    struct pair_more *more;
    size_t n_more;
};

struct edition;

/* From the checked rows of d->text, `keys` different pairs. ERR_REJECT "snapshot": what it cannot
 * hold or write again. */
int pairs_build(const struct edition *d, size_t keys, struct pairs **out, struct err *e);
void pairs_free(struct pairs *p);

/* Number of a code; NO_CODE: not in the table. */
uint16_t pairs_code(const struct pairs *p, const char *code);
/* A pair on its way: each step fetches what the next one reads, so that many go side by side. */
struct pair_seek {
    uint32_t pair, block;
    const uint8_t *chain; /* NULL: its block does not tell it */
    bool none, full;
};
void pairs_seek(const struct pairs *p, uint16_t first, uint16_t second, struct pair_seek *s);
void pairs_seek_chain(const struct pairs *p, struct pair_seek *s);
/* Number of the pair's newest cell; 0: no such pair. */
uint32_t pairs_chain(const struct pairs *p, const struct pair_seek *s);

/* Building blocks of the index, for pairs.c. */
int pairs_index_codes(struct pairs *p, struct err *e);
int pairs_index(struct pairs *p, size_t keys, struct err *e);
int pairs_put(struct pairs *p, uint16_t first, uint16_t second, uint32_t chain, struct err *e);
void pairs_settle(struct pairs *p);

/* Rows as tables.h has them. */
bool pairs_find(const struct edition *d, const char *key, const char *key2, int32_t on,
                struct table_row *out);
/* The next pair of a first code (or of all: NULL) in force on a day; *at counts rows. */
bool pairs_next(const struct edition *d, const char *key, int32_t on, size_t *at,
                struct table_row *out);
bool pairs_row(const struct edition *d, size_t row, struct table_row *out); /* as in the files */
void pairs_write(const struct edition *d, struct buf *out); /* the rows as the snapshot has them */
/* One line of it, with or without the list of files; returns its length. */
enum { PAIR_TEXT = 64 };
size_t pairs_text(const struct pair_code key[2], const struct pair_value *v, bool files,
                  char out[PAIR_TEXT]);
struct span pairs_key(const struct table_row *r, int n);
struct span pairs_col(const struct table_row *r, int column);

#endif
