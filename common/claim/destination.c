/* destination.c - the coverage that is marked */
#include "common/claim/destination.h"

/* claim_destination - see destination.h */
const CcClaimCoverage *claim_destination(const CcClaim *c)
{
    for (size_t i = 0; i < c->n_coverages; i++)
        if (c->coverages[i]->destination)
            return c->coverages[i];
    return NULL;
}
