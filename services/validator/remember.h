/* remember.h - a claim as the validator's state holds it: short, and back again. Private to the
 * validator, its tests and its bench. */
#ifndef CC_VALIDATOR_REMEMBER_H
#define CC_VALIDATOR_REMEMBER_H

#include "services/validator/validator.h"

/* The lines of one claim, as validator_billed gives them, into `out`, whose other fields stay.
 * False: the arena is exhausted. */
bool remember_lines(CcBilledLine *const *lines, size_t n, struct arena *a, CcBilledClaim *out);

/* The lines again; what a line shares with its claim is shared memory. Of the fingerprint the first
 * 16 digits are left, and an NPI that was none is "". False: the arena is exhausted. */
bool recall_lines(const CcBilledClaim *claim, const char *claim_id, struct arena *a,
                  CcBilledLine ***out, size_t *n);

#endif
