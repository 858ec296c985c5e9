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

enum { PLAN_PERIOD = 1251 }; /* the data element whose format stands before it */

struct plan_element {
    char usage; /* R S N */
    bool text;  /* one used value that is text or a code: length, blanks, list are all there is */
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

/* An element, or a composite's first component, whose code is one of a list in plan.codes. */
struct plan_tell {
    uint8_t element; /* 0: none */
    bool composite;
    uint16_t code, codes; /* none: any code */
};

struct plan_row {
    uint32_t id; /* of the segment, or of the segment that opens the child loop */
    char name[4];
    char usage;
    bool opens;    /* it is a child loop */
    uint8_t place; /* among its loop\'s rows */
    uint8_t chain; /* place of the loop's next row in the same slot; PLAN_LOOP_ROWS: the last */
    uint8_t order;
    uint8_t from;             /* place of the first row of its order */
    struct plan_tell tell[2]; /* what tells rows of one id apart */
    uint16_t max;
    uint16_t loop; /* the child loop, or the one it is in */
    uint16_t element, elements;
    uint16_t last_required; /* element; behind it nothing can be missing */
    uint16_t trigger;       /* row of the opening segment; itself for a segment */
    uint16_t rule, rules;   /* in plan.rules */
    uint16_t note, notes;
};

struct x12_rule;

enum { PLAN_LOOP_ROWS = 96, PLAN_SLOTS = 64 }; /* children of one loop; lists of them, by id */

struct plan_loop {
    char name[8];
    uint16_t row, rows;
    uint8_t slot[PLAN_SLOTS]; /* by plan_slot of an id: place of the first row that may have it */
    uint16_t rule, rules;     /* run when the loop ends */
    uint16_t required, requireds; /* rows that must be used, in plan.required */
};

struct plan {
    const struct x12_guide *guide;
    struct plan_loop *loops;
    struct plan_row *rows;
    struct plan_element *elements;
    uint64_t *codes;
    struct plan_note *notes;
    const struct x12_rule **rules;
    uint16_t *required;
    size_t n_loops, n_rows, n_elements, n_codes, n_notes, n_rules, n_required;
};

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

/* plan_listed - is a packed code one of the `n` from `first` on (true when these are none)? */
static inline bool plan_listed(const struct plan *p, unsigned first, unsigned n, uint64_t code)
{
    for (unsigned i = first; i < first + n; i++)
        if (p->codes[i] == code)
            return true;
    return n == 0;
}

/* plan_has_code - is the value? */
static inline bool plan_has_code(const struct plan *p, const struct plan_element *e,
                                 struct span value)
{
    return e->codes == 0 || plan_listed(p, e->code, e->codes, plan_pack(value));
}

/* plan_slot - where the rows of an id begin in plan_loop.slot */
static inline unsigned plan_slot(uint32_t id)
{
    return id * UINT32_C(2654435761) >> 26;
}

/* The code that tells rows of one id apart, packed, by the element it stands in; found once for all
 * rows. */
struct plan_key {
    const struct x12_segment *s;
    uint64_t code[4];
    bool known[4];
};

/* plan_key_at - the packed code that `t` asks for */
static inline uint64_t plan_key_at(struct plan_key *key, const struct plan_tell *t)
{
    const unsigned n = t->element;

    if (!key->known[n]) {
        key->known[n] = true;
        key->code[n] =
            plan_pack(t->composite ? x12_component(key->s, n, 1) : x12_element(key->s, n));
    }
    return key->code[n];
}

/* plan_fits - do the codes that tell this row apart fit the segment? */
static inline bool plan_fits(const struct plan *p, const struct plan_row *row, struct plan_key *key)
{
    for (unsigned i = 0; i < 2 && row->tell[i].element; i++)
        if (!plan_listed(p, row->tell[i].code, row->tell[i].codes, plan_key_at(key, &row->tell[i])))
            return false;
    return true;
}

#endif
