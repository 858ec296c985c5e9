/* own.h - the columns of our own CSV (inside this room only) */
#ifndef CC_TABLES_OWN_H
#define CC_TABLES_OWN_H

#include <stdbool.h>

#include "common/tables/tables.h"

/* A rule for a cell: true = good. It is asked only when the cell holds something. */
typedef bool (*cell_rule)(const char *s);

/* false, true: may a cell be empty, must it hold something; OWN_NEWER: the column itself may be
 * missing at the end, in files that are older than it. */
enum own_need { OWN_MAY, OWN_MUST, OWN_NEWER };

struct own_column {
    const char *name;   /* in the header; NULL ends */
    const char *column; /* of the table; NULL: handled apart (key, window, aliases) */
    enum own_need need;
    cell_rule rule;
    const char *expect;
};

/* The columns of a table's file; NULL: it has none of ours. */
const struct own_column *own_columns(enum table_id t);

#endif
