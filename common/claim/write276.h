/* write276.h - questions about the status of claims: one 276 (005010X212) interchange (billing §5)
 *
 * A claim is asked about by our own number (REF EJ), the payer's where it is known, charge and
 * dates; TRN02 is the question's own, so that its answer is known from that of another question;
 * lines are never named. Claims of one payer and provider that follow each other share its levels.
 * Same questions, same bytes. */
#ifndef CC_CLAIM_WRITE276_H
#define CC_CLAIM_WRITE276_H

#include "common/claim/write837.h"

struct status_question {
    const CcClaim *claim;
    const char *payer_claim; /* the payer's number; "" = not known */
    const char *trace;       /* TRN02; "" = our number of the claim */
    int32_t wider_days;      /* the dates asked about reach so many days further on both sides */
};

struct status_batch {
    const struct claim_route *route;
    const struct status_question *questions;
    size_t n;
    uint32_t control;      /* ISA13 = GS06 */
    const char *reference; /* BHT03 */
    int32_t date;
    int hhmm;
};

/* Appends the interchange. ERR_REJECT "missing": the route, or a claim without payer, provider or
 * member; `bytes` is then as before. */
int status_render(const struct status_batch *b, struct buf *bytes, struct err *e);
/* Can a question be asked about this claim at all? */
bool status_askable(const CcClaim *c);

#endif
