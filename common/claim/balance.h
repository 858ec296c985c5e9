/* balance.h - the equations of a remittance (billing §6.3), inside this room */
#ifndef CC_CLAIM_BALANCE_H
#define CC_CLAIM_BALANCE_H

#include "common/claim/read835.h"

/* No single amount of a remittance is larger: a sum over any file that fits in memory cannot
 * overflow. */
enum { BALANCE_MAX_DOLLARS = 1000000000 };

/* Adds a finding; `f` is copied. */
void balance_add(struct arena *a, struct payment *p, const struct payment_finding *f);
/* Sets the idempotency key of every claim. */
void payment_keys(struct arena *a, struct payment *p);
/* Tries every equation, then sets p->balanced. */
void balance_try(struct arena *a, struct payment *p);

#endif
