/* csv.h - records of a CSV file (RFC 4180): quoted cells may hold commas, line ends and doubled
 * quotes. */
#ifndef CC_TABLES_CSV_H
#define CC_TABLES_CSV_H

#include <stddef.h>

#include "common/base/err.h"
#include "common/base/str.h"

enum { CSV_CELLS_MAX = 64 };

struct csv {
    const char *p, *end;
    size_t line;    /* where the record last given begins, from 1 */
    size_t at_line; /* where the next one begins */
    struct span cells[CSV_CELLS_MAX];
    size_t n;
    struct buf scratch;
};

void csv_init(struct csv *c, const void *data, size_t n); /* a byte-order mark is skipped */
void csv_release(struct csv *c);

/* The next record with anything in it: 1; the end: 0; ERR_REJECT "layout": -1. Cells live until the
 * next call. */
int csv_next(struct csv *c, struct err *e);

#endif
