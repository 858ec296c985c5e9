/* quarters.h - what the files of several quarters say of a code pair, and what is in force on a day
 * (inside this room only).
 *
 * NCCI publishes all pairs again each quarter. Rows that stand in several quarters' files are kept
 * once, with the list of the files that have them: a file is known by the last day of its quarter,
 * and the list is the text of a WORD column ("20240630 20240930"). So any quarter can be loaded
 * before or after any other, or again, and the edition is the same.
 *
 * On a day within a quarter that quarter's file decides, and on days before the first one the first
 * file. A later file is listened to about earlier days where it says something new of them:
 *  - a window that it ends earlier, or withdraws (indicator 9), ended then;
 *  - a window that it adds was there;
 *  - another indicator for a window that began on the same day holds after the file before it;
 *  - a pair that it does not list any more stays what it was up to the end of the file before it.
 */
#ifndef CC_TABLES_QUARTERS_H
#define CC_TABLES_QUARTERS_H

#include <stdint.h>

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/tables/sheet.h"

enum {
    QUARTERS_MAX = 64,   /* files in one edition: sixteen years */
    SAID_MAX = 60,       /* rows of one pair */
    WINDOWS_MAX = 256,   /* of one pair, as they were in force */
    DAY_OPEN = 99991231, /* no end */
    INDICATOR_WITHDRAWN = '9',
};

/* The files of an edition, by their last day; ascending. */
struct quarters {
    int32_t last[QUARTERS_MAX];
    size_t n;
};

/* Adds the days of a list; false: not one, or too many. */
bool quarters_add(struct quarters *q, struct span list);
/* The list as bits; every day must be known. "" = all. */
uint64_t quarters_bits(const struct quarters *q, struct span list);
void quarters_text(const struct quarters *q, uint64_t bits, struct buf *out);

/* A row of a pair, and the files that have it. */
struct said {
    int32_t from, to; /* to: DAY_OPEN */
    char indicator;
    uint8_t word; /* number of the rationale */
    uint64_t files;
};

struct window {
    int32_t from, to;
    int32_t began; /* the first day that the files give it */
    char indicator;
    uint8_t word;
};

/* What was in force when: ascending, without overlap. n <= SAID_MAX; returns how many. */
size_t quarters_windows(const struct quarters *q, const struct said *rows, size_t n,
                        struct window out[WINDOWS_MAX]);

struct edition;

/* Adds the rows of an edition, or of another sheet, of the same table to the sheet of a draft;
 * those of the draft's own quarters are replaced. ERR_REJECT "rows": over a bound. */
int quarters_merge_edition(struct sheet *s, const struct edition *d, struct err *e);
int quarters_merge_sheet(struct sheet *s, struct sheet *other, struct err *e);

#endif
