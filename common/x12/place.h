/* place.h - names for a segment's place: its loop, how deep it is, words for its values. For
 * printing and parsing by hand.
 *
 * Follows the envelope itself; a set whose guide is not known has no loops. A segment without a
 * place keeps the loop before it. */
#ifndef CC_X12_PLACE_H
#define CC_X12_PLACE_H

#include "common/x12/x12.h"

struct x12_placer;

struct x12_placer *x12_placer_new(void);    /* NULL: out of memory */
void x12_placer_free(struct x12_placer *p); /* accepts NULL */
/* The loop of the segment ("2010AA", "" outside loops); *depth: 0 for ISA, 1 GS, 2 ST, more inside.
 * Valid until the next call. */
const char *x12_place(struct x12_placer *p, const struct x12_segment *s, unsigned *depth);
/* Memory was out: some set has no loops for want of it. */
bool x12_placer_failed(const struct x12_placer *p);
/* Our word for element n of a segment, or for component k of the composite there (k 0: the
 * element); "" = none. */
struct span x12_element_name(struct span segment, unsigned n, unsigned k);
/* Our word for a code there; empty: none. */
struct span x12_value_name(struct span segment, unsigned n, unsigned k, struct span value);

#endif
