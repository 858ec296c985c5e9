/* envelope.h - ISA, GS, ST and their ends against each other; a segment in its set. Inside this
 * room only. */
#ifndef CC_X12_ENVELOPE_H
#define CC_X12_ENVELOPE_H

#include "common/x12/checker.h"

/* The classes of all bytes under the delimiters at hand. */
void envelope_bytes(struct check *c);

bool envelope_partner_type(struct span v); /* a qualifier of ISA05 or ISA07 */
void envelope_isa(struct check *c, const struct x12_segment *s);
void envelope_iea(struct check *c, const struct x12_segment *s);
void envelope_ta1(struct check *c, const struct x12_segment *s);
void envelope_gs(struct check *c, const struct x12_segment *s);
uint32_t envelope_ge(struct check *c, const struct x12_segment *s); /* GE01; 0 = no number */
const struct x12_guide *envelope_st(struct check *c,
                                    const struct x12_segment *s); /* NULL: none for it */
void envelope_se(struct check *c, const struct x12_segment *s);

/* Hands over the result and forgets what was found; `damaged`: the end was never seen. 0: go on;
 * else what the caller's function said. */
int close_set(struct check *c, bool damaged);
int close_group(struct check *c, bool damaged, uint32_t stated);
int close_interchange(struct check *c, bool damaged);

/* Places a segment, checks its elements, runs its rules. */
void check_segment(struct check *c, const struct x12_segment *s);
/* What a loop that ends should have had. */
void envelope_missing(struct check *c, const struct walk_frame *f);

#endif
