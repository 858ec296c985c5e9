/* price.h - what a payer is expected to allow for a claim, reckoned from dated tables
 *
 * The contract of the payer says how each service is paid: rows of the table `contracts` by payer
 * (its id, else "filing:" and its filing indicator), asked by `turn`. A row takes those lines of
 * the claim that no row before it has priced and that it covers; a way of payment for the whole
 * claim (case, per-diem, ipps) takes them all. What no row prices, and every table, row or fact
 * that is not there, is named in `missing`; then the claim has no amount (allowed_given false):
 * nothing is assumed. Amounts are before the patient's share and before sequestration, which take
 * from the payment.
 *
 * Nothing of this may be read by a coding rule or an edit. docs/payment.md describes the rows. */
#ifndef CC_PRICE_PRICE_H
#define CC_PRICE_PRICE_H

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/event/event.h"
#include "common/tables/tables.h"

/* Of the arena, pointing into the tables and the claim where it names their codes. *out NULL: no
 * contract of this payer is loaded (nothing is expected). ERR_REJECT "size": the arena's limit. */
int price_claim(const CcClaim *c, const struct tables *t, struct arena *a, CcExpected **out,
                struct err *e);

#endif
