/* read835.h - a remittance (835, 005010X221A1): one payment with its claims, lines and provider
 * adjustments, balanced.
 *
 * Sources: billing §6.1 (structure), §6.2 (CLP02), §6.3 (equations), §6.4-6.8 (groups, routes),
 * §8.3 (keys). One transaction set is one payment. Everything is read, and every equation is tried,
 * before anything is said: a payment with a finding that is no note does not balance, and nothing
 * of it may be posted. Nothing is ever plugged. */
#ifndef CC_CLAIM_READ835_H
#define CC_CLAIM_READ835_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/claim/sets.h"
#include "common/event/event.h"

/* An amount the payer moves outside of claims; positive reduces the payment. */
struct payment_adjustment {
    const char *provider; /* PLB01 */
    int32_t fiscal_date;  /* PLB02 */
    const char *reason, *reference;
    int64_t amount_cents;
    uint32_t position;
};

/* An equation that does not hold, or an amount that is none.
 *   "line"        SVC02 - CAS of the line = SVC03                 "claim-paid"    SVC03 of all
 * lines - CAS of the claim = CLP04 "claim"       CLP03 - CAS of claim and lines = CLP04 "payment"
 * CLP04 of all claims - PLB = BPR02 "claim-lines" SVC02 of all lines = CLP03 "patient"       PR of
 * the claim = CLP05 (a note) "amount"      not a decimal of at most two places, or absurdly large
 *   "missing"     what a payment cannot be without: BPR02, TRN02 */
struct payment_finding {
    const char *equation;
    const char *claim; /* CLP01, "" = the payment */
    const char *line;  /* REF 6R, or the number of the line in its claim */
    uint32_t position; /* segment in the set, ST = 1 */
    int64_t expected_cents, found_cents, delta_cents; /* delta = found - expected */
    const char *element;                              /* "SVC03" */
    bool note;                                        /* worth saying, no ground to refuse */
};

struct payment {
    const char *st02, *trace; /* TRN02 */
    const char *payer_id;     /* TRN03 */
    const char *payer_name, *payee_npi;
    const char *handling, *method; /* BPR01, BPR04 */
    uint32_t position;             /* of BPR */
    int64_t check_cents;           /* BPR02; negative for a debit (BPR03 D) */
    int32_t payment_date;          /* BPR16 */
    int32_t production_date;       /* DTM 405 */
    CcRemittance **claims;
    size_t n_claims;
    struct payment_adjustment *adjustments;
    size_t n_adjustments;
    struct payment_finding *findings;
    size_t n_findings;
    bool balanced; /* no finding that is more than a note */
};

/* Is the item an 835? */
bool read835_reads(const struct reply_item *item);

/* Reads one whole set into the arena. Each claim has its key, its adjustments their route, money as
 * the payer wrote it; reply_sha256, receiver and at_ms are left to the caller. ERR_REJECT "size":
 * over the arena. */
int read835(struct arena *a, const struct reply_item *item, struct payment **out, struct err *e);

#endif
