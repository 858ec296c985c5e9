/* snapshot.h - an edition as text: what Redis, a folder and a worker's memory all hold.
 *
 * UTF-8, lines ended by LF. The header is lines of `#name<TAB>value`, in this order:
 *   #cleanclaim-table  1                    format version
 *   #table             icd10cm
 *   #edition           2026                 [A-Za-z0-9._-], at most 40; "-seed" at its end: written
 * for demos, not official #from, #to         20251001             the period this edition serves;
 * #to empty = open #starts, #until    20251001             the period its publisher gives it;
 * others may have cut #from and #to (plan.h) #reach             20251001             as far back as
 * it may serve when no other edition does #source            icd10cm_order_2026.txt          file
 * names, joined by ", " #source-sha256     64 hex digits                   of the file; of the
 * digests' text when there are several #rows              98186 #words rationale<TAB>text
 * 0<TAB>text 1 …   one line per column of few texts; its cells hold the number #key [key 2] from to
 * column…          the names of the fields; ends the header Then the rows: fields separated by TAB,
 * sorted by bytes as `LC_ALL=C sort` does, no two equal. from and to are yyyymmdd or empty (open).
 * Nothing depends on when or where it was made: the same file gives the same bytes. The SHA-256 of
 * all bytes names the edition. In a folder the file's name is table@edition.<first 12 hex
 * digits>.tsv. */
#ifndef CC_TABLES_SNAPSHOT_H
#define CC_TABLES_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/tables/kind.h"

enum { EDITION_NAME_MAX = 40, WORDS_MAX = 200, SOURCE_MAX = 512 };

/* "The beginning of time" of tables that have no date of their own. */
enum { SNAPSHOT_ALWAYS = 19000101 };

struct snapshot_head {
    enum table_id table;
    char edition[EDITION_NAME_MAX + 1];
    int32_t from, to;
    int32_t starts, until, reach;
    char source[SOURCE_MAX];
    char source_sha256[65];
    size_t rows;
};

bool edition_name_valid(const char *s);
bool head_is_seed(const struct snapshot_head *h);

/* Reads the header; *rows_at is the offset of the first row. ERR_REJECT "snapshot" names the line.
 */
int snapshot_head_read(const char *p, size_t n, struct snapshot_head *out, size_t *rows_at,
                       struct err *e);

/* A copy of a snapshot whose #from and #to are the given ones. */
int snapshot_with_period(const char *p, size_t n, int32_t from, int32_t to, struct buf *out,
                         struct err *e);

/* "icd10cm@2026.0123456789ab.tsv" */
void snapshot_file_name(const struct snapshot_head *h, const char *sha256, char *out, size_t size);

#endif
