/* sheet.h - rows of one table while they are being collected; written out sorted, as a snapshot.
 *
 * A cell may hold any bytes: blanks for control characters, Windows-1252 to UTF-8 where it is not
 * UTF-8 already. */
#ifndef CC_TABLES_SHEET_H
#define CC_TABLES_SHEET_H

#include "common/tables/snapshot.h"

struct sheet_words {
    char *text[WORDS_MAX];
    size_t n;
};

struct sheet {
    const struct kind *kind;
    struct buf text; /* rows, each ended by LF, in the order they came */
    size_t *starts;  /* offset of each row in text */
    size_t n, cap;
    int column; /* next cell of the open row */
    struct sheet_words words[COLUMNS_MAX];
    bool failed; /* memory, or more than WORDS_MAX words */
};

void sheet_init(struct sheet *s, enum table_id table);
void sheet_release(struct sheet *s);

/* Begins a row; key2.n = 0 for tables of one key. Keys longer than KEY_BYTES_MAX or empty: the row
 * is refused (false). */
bool sheet_row(struct sheet *s, struct span key, struct span key2, int32_t from, int32_t to);
void sheet_cell(struct sheet *s, struct span text); /* the next column */
void sheet_text(struct sheet *s, const char *text);
void sheet_buf(struct sheet *s, const struct buf *b); /* one that failed fails the sheet */
void sheet_end(struct sheet *s); /* fills the columns that were not given with nothing */

/* Adds all rows of another sheet of the same table (words translated). */
void sheet_append(struct sheet *s, const struct sheet *other);
/* Adds a row of a snapshot of the same table as it stands there (words translated). */
void sheet_take_row(struct sheet *s, const struct table_row *row);

/* Number of a text among the words of a column, which is added when it is new. */
size_t sheet_word(struct sheet *s, int column, struct span text);
/* Adds a row as it stands, with its line end; its words are numbers of this sheet's. */
void sheet_line(struct sheet *s, struct span row);
/* By bytes; rows that are there twice are dropped. */
void sheet_sort(struct sheet *s);

/* Sorts, drops rows that are there twice, refuses windows of one key that overlap (kinds that are
 * not `many`), and writes. head->rows is set. ERR_REJECT "rows" names the key. */
int sheet_write(struct sheet *s, struct snapshot_head *head, struct buf *out, struct err *e);

/* Bytes to UTF-8 as a cell holds them. */
void cell_clean(struct buf *out, struct span text);

#endif
