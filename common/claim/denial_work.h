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

struct denial_proposal {
    char *
        rule; /* a row of payer_rules.csv (docs/payer-rules.md) that holds the next claim like it */
    char *tests; /* two rows of payer_rule_tests.csv, a line each: it is told of such a claim, and
                    not of another payer's */
};

/* Both "" where the reason teaches no rule, or the claim's line is not known. For a person to
 * accept: nothing loads them. The same lesson of the same payer has the same rule id. -1: over the
 * arena. */
int denial_propose(struct arena *a, const CcClaim *c, const CcRemittance *r,
                   const struct remit_outcome *o, struct denial_proposal *out);

#endif
