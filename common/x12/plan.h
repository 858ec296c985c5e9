/* plan.h - a guide's rows made ready for a machine: numbers instead of text. Inside this room only.
 */
#ifndef CC_X12_PLAN_H
#define CC_X12_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/x12/guide.h"
#include "common/x12/x12.h"

enum plan_type {
    PLAN_AN,
    PLAN_ID,
    PLAN_R,
    PLAN_N0,
    PLAN_DT,
    PLAN_TM,
    PLAN_COMPOSITE,
    PLAN_TYPE_MAX
};

struct plan_element {
    char usage; /* R S N */
    uint8_t type, min, repeat;
    uint16_t max, number; /* of the data element; 0: composite */
    uint16_t code, codes; /* its list in plan.codes */
    uint16_t part, parts; /* its components in plan.elements */
};

/* A relational note: bit n stands for element n. */
struct plan_note {
    char kind; /* P R E C L */
    uint8_t first;
    uint64_t mask; /* of the others; of all for P R E */
};

struct plan_row {
    uint32_t id; /* of the segment, or of the segment that opens the child loop */
    char name[4];
    char usage;
    bool opens;    /* it is a child loop */
    uint8_t place; /* among its loop\'s rows */
    uint8_t order;
    uint8_t qualifier;  /* element whose code tells rows of one id apart; 0: none */
    uint8_t qualifier2; /* a second one */
    uint16_t max;
    uint16_t loop; /* the child loop, or the one it is in */
    uint16_t element, elements;
    uint16_t last_required; /* element; behind it nothing can be missing */
    uint16_t trigger;       /* row of the opening segment; itself for a segment */
    uint16_t rule, rules;   /* in plan.rules */
    uint16_t note, notes;
};

struct x12_rule;

struct plan_loop {
    char name[8];
    uint16_t row, rows;
    uint64_t ids;         /* of its rows, a bit each: what is not there need not be searched */
    uint16_t rule, rules; /* run when the loop ends */
    uint16_t required, requireds; /* rows that must be used, in plan.required */
};

struct plan {
    const struct x12_guide *guide;
    struct plan_loop *loops;
    struct plan_row *rows;
    uint32_t *ids; /* of the rows, side by side for the search */
    struct plan_element *elements;
    uint64_t *codes;
    struct plan_note *notes;
    const struct x12_rule **rules;
    uint16_t *required;
    size_t n_loops, n_rows, n_elements, n_codes, n_notes, n_rules, n_required;
};

enum { PLAN_LOOP_ROWS = 96 }; /* children of one loop */

/* NULL: out of memory. A table that is wrong is a bug and aborts: the unit tests compile them all.
 */
struct plan *plan_new(const struct x12_guide *g);
void plan_free(struct plan *p); /* accepts NULL */

enum { PLAN_ELEMENTS = 16384, PLAN_CODES = 8192 }; /* room in a plan */

/* The items of a segment or composite into plan.elements; `dict` is the dictionary's list. What the
 * dictionary has beyond them is not used. */
void plan_read_items(struct plan *p, const char *items, const char *dict, uint16_t *first,
                     uint16_t *count);
/* The next word of a blank-divided list, which is moved on; empty at the end. */
struct span plan_word(const char **at);
/* A table of ours is wrong: says where, and aborts. */
void plan_bug(const char *what, const char *where);

/* Segment ids and codes as numbers; one longer than 8 bytes is 0. */
static inline uint64_t plan_pack(struct span s)
{
    uint64_t v = 0;

    if (s.n > 8)
        return 0;
    for (size_t i = s.n; i > 0; i--)
        v = v << 8 | (unsigned char)s.p[i - 1];
    return v;
}

/* Is the value in the element's list (true when it has none)? */
bool plan_has_code(const struct plan *p, const struct plan_element *e, struct span value);
/* plan_bit - where an id stands in plan_loop.ids */
static inline uint64_t plan_bit(uint32_t id)
{
    return UINT64_C(1) << (id * UINT32_C(2654435761) >> 26);
}

/* The code that tells rows of one id apart, packed, by the element it stands in; found once for all
 * rows. */
struct plan_key {
    const struct x12_segment *s;
    uint64_t code[4];
    bool known[4];
};

/* Do the codes that tell this row apart fit the segment? */
bool plan_fits(const struct plan *p, const struct plan_row *row, struct plan_key *key);

#endif
