/* quality.h - claims that are looked at afterwards: which, the question, the answer */
#ifndef CC_CODER_QUALITY_H
#define CC_CODER_QUALITY_H

#include "services/coder/room.h"

/* Is the claim drawn? Of the claim and the settings alone. */
bool quality_picks(const struct coder_quality *q, const CcClaim *c);
/* No code of the claim rests on a person's decision. */
bool quality_autonomous(const CcClaim *c);

/* The first version of a claim went out: a question in work.review when it is drawn. It holds
 * nothing. */
int quality_sample(struct room *r, CcEncounterState *s, const CcClaim *c, struct err *e);
/* What the person found; the question is closed. */
int quality_answered(struct room *r, CcEncounterState *s, CcReviewAnswer *answer, struct err *e);

#endif
