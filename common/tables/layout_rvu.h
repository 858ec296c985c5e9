/* layout_rvu.h - the fields of a row of relative values (inside this room only) */
#ifndef CC_TABLES_LAYOUT_RVU_H
#define CC_TABLES_LAYOUT_RVU_H

#include "common/tables/layout.h"

enum { RVU_FIELDS = 29 };

enum rvu_check {
    CHECK_CODE,     /* five of A-Z 0-9 */
    CHECK_MODIFIER, /* two of A-Z 0-9, or nothing */
    CHECK_STATUS,   /* a letter */
    CHECK_DIGIT,    /* one digit, or nothing */
    CHECK_GLOBAL,   /* 000 010 090 MMM XXX YYY ZZZ, or nothing */
    CHECK_PAIR,     /* at most two of A-Z 0-9 */
    CHECK_BASE,     /* a code, or nothing */
    CHECK_NA,       /* NA, or nothing */
    CHECK_2,        /* a decimal of two places, or nothing */
    CHECK_4,        /* of four */
};

/* The fields in the order of the table's columns (kind.c): the first two are the keys. `csv` counts
 * from 0 in the CSV of 31 columns; the 32 of 2026 have a pricing indicator before the base code.
 * `at`, `n` are the columns of the twin, from 1; 0: it has none. */
struct rvu_field {
    const char *header; /* in a CSV whose header names the columns */
    int csv;
    size_t at, n;
    enum rvu_check check;
    const char *expect;
};

extern const struct rvu_field rvu_fields[RVU_FIELDS];

/* What is read of one file. */
struct rvu_reading {
    struct job *job;
    struct sheet *sheet;
    int index[RVU_FIELDS]; /* of the cell; -1: the file has none */
    int64_t factor;        /* of the first row that has one; 0: none yet */
};

/* One row: every field by its rule, totals, the factor of the rows before; ERR_REJECT names the
 * line. */
int rvu_put_row(struct rvu_reading *r, const struct span v[RVU_FIELDS], size_t line, struct err *e);

#endif
