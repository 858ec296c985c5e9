/* guide.h - implementation guides as const rows; one engine reads, checks and names them all. A new
 * guide is a new table.
 *
 * A row is a loop (`segment` NULL) or a segment in a loop. Rows stand in the order of the guide;
 * `order` says what must follow what inside one loop, rows with the same number come in any order.
 * A loop's first segment opens it. A loop may be listed again under another parent; its rows are
 * given once.
 *
 * `elements` of a loop row is its parent. Of a segment row it is one item per element, what follows
 * the last is not used: R required  S situational  N not used            R=41|40  codes of the list
 * only R(R=HC R Sx4)  a composite and its components     S*10     repeats      Sx16  sixteen of
 * them Types and lengths come from the dictionary: they are the standard's, not a guide's. Ids,
 * codes and widths only; no guide's prose. */
#ifndef CC_X12_GUIDE_H
#define CC_X12_GUIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/str.h"

struct x12_row {
    const char *loop;    /* "2010AA"; the outermost is "ST" */
    const char *segment; /* NULL: the row opens the loop */
    char usage;          /* R S */
    uint16_t max;        /* repeats; 0 = no limit */
    uint8_t order;
    const char *elements;
};

/* What the engine's rules ask for; a guide is one of them. */
enum x12_kind {
    X12_837P = 1,
    X12_837I = 2,
    X12_835 = 4,
    X12_999 = 8,
    X12_277CA = 16,
    X12_277 = 32,
    X12_276 = 64,
    X12_837 = X12_837P | X12_837I,
    X12_ANY = 127
};

struct x12_guide {
    enum x12_kind kind;
    const char *version;        /* GS08, "005010X222A1" */
    const char *name;           /* "837P" */
    const char *group;          /* GS01 */
    const char *set;            /* ST01 */
    const struct x12_row *rows; /* end with a row without loop */
};

extern const struct x12_guide x12_guides[]; /* end with one without version */

/* The guide of this version: exactly, or (exact false) one that differs only in its errata. NULL:
 * none. */
const struct x12_guide *x12_guide_find(struct span version, struct span set, bool *exact);

/* --- the dictionary of the standard (release 005010), as far as these guides use it */

struct x12_element_row {
    uint16_t number; /* 67; those of the envelope, I01 to I18 and I65, are 9001 to 9018 and 9065 */
    char type[3];    /* AN ID R N0 DT TM */
    uint8_t min;
    uint16_t max;
};

struct x12_segment_row {
    const char *id;       /* "NM1", a composite "C003" */
    const char *elements; /* "98 1065 C003" */
    const char *notes;    /* "P0809 C1110": P all or none, R one at least, E one at most, C/L if the
                             first then all/one */
    const char *names;    /* our words for the elements, divided by | */
};

const struct x12_element_row *x12_dictionary_element(uint16_t number); /* NULL: not there */
const struct x12_segment_row *
x12_dictionary_segment(struct span id); /* segments and composites; NULL: not there */

/* Our word for a code in this element ("NM1", 1, "85" -> "billing provider"); empty: none. */
struct span x12_code_name(struct span segment, unsigned element, struct span code);

#endif
