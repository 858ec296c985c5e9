/* claims_random.h - valid claims of many shapes, the same for the same seed */
#ifndef CC_TESTS_CLAIMS_RANDOM_H
#define CC_TESTS_CLAIMS_RANDOM_H

#include <stdint.h>

#include "common/event/event.h"

/* Every amount balances, every code has its list's form; names are plainly invented. */
CcClaim *claims_random(struct arena *a, uint64_t *seed, CcClaimKind kind);

#endif
