/* secondary.h - the claim to the next payer, made of the claim and what the payer before decided
 * (billing §2.4, §6.9): loops 2320, 2330 and 2430 exactly as received, lines and charge as billed.
 */
#ifndef CC_CLAIM_SECONDARY_H
#define CC_CLAIM_SECONDARY_H

#include <stddef.h>

#include "common/base/arena.h"
#include "common/event/event.h"

/* The coverage that pays after the claim's destination and has not decided; NULL: none. */
const CcClaimCoverage *secondary_payer(const CcClaim *c);
/* The same behind the payer whose turn is `turn` (1 the first), who may have decided without a
 * claim of ours. */
const CcClaimCoverage *secondary_after(const CcClaim *c, int turn);

/* The claim to that payer: a number of its own (the claim's with the sequence of the payer behind
 * it), version 1, an original, without a route, findings or limit: it is validated as any other.
 * NULL: it cannot be made of these two, *why says so in plain words ("" = no memory). Both stay
 * unchanged. */
CcClaim *secondary_claim(struct arena *a, const CcClaim *c, const CcRemittance *r,
                         const char **why);

#endif
