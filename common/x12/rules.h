/* rules.h - what no table of segments can say: sums, counts and conditions between segments, as
 * rows. Inside this room only.
 *
 * A rule runs when its segment is placed in its loop, or (segment NULL) when the loop ends. Rules
 * see the facts gathered so far in struct facts and the segment; they only add findings and facts.
 */
#ifndef CC_X12_RULES_H
#define CC_X12_RULES_H

#include "common/x12/guide.h"
#include "common/x12/x12.h"

struct check;
struct x12_format;

struct x12_rule {
    unsigned kinds;                                            /* of enum x12_kind */
    const char *loop;                                          /* "2400"; NULL: any */
    const char *segment;                                       /* NULL: the end of the loop */
    void (*run)(struct check *c, const struct x12_segment *s); /* s is NULL at the end of a loop */
    const struct x12_format *formats;                          /* of rules of the format family */
};

/* Rule i of all families; NULL behind the last. */
const struct x12_rule *x12_rule_at(size_t i);

extern const struct x12_rule x12_rules_claim[], x12_rules_line[], x12_rules_cob[],
    x12_rules_institutional[], x12_rules_remit[], x12_rules_answer[],
    x12_rules_format[]; /* each ends with a row without run */

/* The tree of HL segments: numbers, parents, children (SNIP 1). Run by the check itself for every
 * HL and every loop's end. */
void rule_hl(struct check *c, const struct x12_segment *s);
void rule_hl_end(struct check *c);
/* Adds to a sum. One that grows beyond what it can hold stays at the end: no amount that fits its
 * element equals it. */
void sum_add(int64_t *sum, int64_t v);
/* Sum of the amounts of a CAS; false: one cannot be read. */
bool cas_sum(const struct x12_segment *s, int64_t *out);
/* A payer's place in the order (SBR01) as a bit; U and what is none count for nothing. */
uint32_t order_bit(struct span v);
/* Codes that waited, from number `first` on, are looked up for a date and forgotten (format
 * family). */
void look_up_codes(struct check *c, unsigned first, int32_t on);

#endif
