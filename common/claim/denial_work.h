/* denial_work.h - whose work a denial is, and the rule that would have stopped it before billing
 * (billing §8.7) */
#ifndef CC_CLAIM_DENIAL_WORK_H
#define CC_CLAIM_DENIAL_WORK_H

#include "common/claim/denial.h"

struct denial_work {
    const char *category; /* "authorization" "coding" … */
    const char *owner;    /* who works on it, in plain words */
    const char *action;   /* of the route, in plain words */
};

/* By the reason's own row, else by the route. */
struct denial_work denial_work(const struct remit_outcome *o);

/* A row of payer_rules.csv (docs/payer-rules.md) that holds the next claim like this one; "" where
 * the reason teaches no rule, or the claim's line is not known. For a person to accept: nothing
 * loads it. NULL: over the arena. */
char *denial_rule(struct arena *a, const CcClaim *c, const CcRemittance *r,
                  const struct remit_outcome *o);

#endif
