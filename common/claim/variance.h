/* variance.h - what a payer allowed against what it was expected to allow
 *
 * The allowed amount of a line is AMT B6; where the payer does not say it, what was paid and what
 * is taken off behind the allowed amount: the patient's cost share, sequestration, another payer's
 * part (billing §6.1, §6.3). Of a claim it is the sum of its lines less its own adjustments that
 * are none of these. What was refused is a denial, no underpayment: it is not compared. */
#ifndef CC_CLAIM_VARIANCE_H
#define CC_CLAIM_VARIANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/event/event.h"

/* Sets reckoned_cents of each line and allowed_cents of the claim; then, where `c` has an Expected
 * of the payer that this remittance is of, expected_cents, compared and variance_cents of both.
 * Needs remit_split before. `c` NULL: there is nothing to compare with. */
void variance_set(CcRemittance *r, const CcClaim *c);

/* A difference within either is none. */
struct tolerance {
    int64_t cents, percent; /* percent: of the expected amount */
};

/* Sets underpaid_cents and overpaid_cents (both >= 0): differences beyond the tolerance, of the
 * lines where lines were compared, else of the claim. */
void variance_judge(CcRemittance *r, struct tolerance t);

/* The compared line that is furthest off, below or above what was expected; NULL: none is. */
const CcRemittanceLine *variance_line(const CcRemittance *r, bool below);

#endif
