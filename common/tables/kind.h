/* kind.h - what each table is made of: keys, columns, which date picks its edition. One row per
 * table (kind.c).
 *
 * Columns are text in the snapshot; a type says how people and JSON see it:
 *   TEXT  as it is                     WORD  one of few texts, kept once in the snapshot's header
 * (`#words`) NUM   decimal integer, may be empty    FLAG  "Y", "N" or empty DATE  yyyymmdd or empty
 * LIST  texts joined by ";" table_col and its friends give the text of a WORD, never its number. */
#ifndef CC_TABLES_KIND_H
#define CC_TABLES_KIND_H

#include <stdbool.h>
#include <stddef.h>

#include "common/tables/tables.h"

enum column_type { COLUMN_TEXT, COLUMN_WORD, COLUMN_NUM, COLUMN_FLAG, COLUMN_DATE, COLUMN_LIST };

struct column {
    const char *name; /* NULL ends a list */
    enum column_type type;
};

enum { COLUMNS_MAX = 40, KEY_BYTES_MAX = 400 };

struct kind {
    enum table_id id;
    int keys;                 /* 1 or 2 */
    const char *key_names[2]; /* what the keys are, for people and the header */
    const struct column *columns;
    const char *system; /* code system of the first key, for display: "icd10cm", "" */
    bool windows;       /* rows carry windows of their own */
    bool many;          /* several rows of one key may be in force on a day */
    bool cumulative; /* a later file contains what the earlier ones said: only the newest is kept */
    const char *picked_by; /* the date that chooses edition and row */
};

const struct kind *kind_of(enum table_id id);
/* Pairs of codes, by the million: held in a form of their own (pairs.h), and what several quarters'
 * files say becomes one edition (quarters.h). */
bool kind_is_pairs(const struct kind *k);
int kind_column(const struct kind *k, const char *name); /* -1: no such column */
int kind_columns(const struct kind *k);                  /* how many */

#endif
