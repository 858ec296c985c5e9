/* destination.h - whom a claim goes to */
#ifndef CC_CLAIM_DESTINATION_H
#define CC_CLAIM_DESTINATION_H

#include "common/event/event.h"

/* The coverage that the claim is billed to; the claim's own. NULL: none is marked. */
const CcClaimCoverage *claim_destination(const CcClaim *c);

#endif
