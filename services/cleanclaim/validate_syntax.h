/* validate_syntax.h - what the guide does not allow in an 837 that is read, told with the claims
 *
 * The check of common/x12 goes over the same segments as the reader of claims. What it finds inside
 * a claim is this claim's; what it finds above claims (billing provider, subscriber, patient) is
 * told with each claim below; the rest (ISA, GS, ST and their ends, the head of a set, a level
 * without claims) is told once, by itself. */
#ifndef CC_CLEANCLAIM_VALIDATE_SYNTAX_H
#define CC_CLEANCLAIM_VALIDATE_SYNTAX_H

#include "common/x12/check.h"

struct validate_syntax;

/* `loose` gets what belongs to no claim, after the claims that stand before it. NULL: out of
 * memory. */
typedef void (*validate_loose_fn)(void *arg, const struct x12_finding *f, size_t n);
struct validate_syntax *validate_syntax_new(validate_loose_fn loose, void *arg);
void validate_syntax_free(struct validate_syntax *s); /* accepts NULL */

/* Each segment, or damage, before the reader takes it: see claim_input. Returns the offset of the
 * first byte that is still looked at. */
uint64_t validate_syntax_take(struct validate_syntax *s, const struct x12_segment *segment,
                              uint64_t offset, bool over, const struct err *damage);

/* What is told with the claim that the reader hands over now; once for each, until the next
 * segment. */
const struct x12_finding *validate_syntax_of(struct validate_syntax *s, size_t *n);

/* Behind the last segment. false: out of memory at some time. */
bool validate_syntax_end(struct validate_syntax *s);

#endif
