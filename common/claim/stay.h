/* stay.h - an inpatient claim as the grouper and the Medicare Code Editor see it */
#ifndef CC_CLAIM_STAY_H
#define CC_CLAIM_STAY_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/drg/drg.h"
#include "common/event/event.h"
#include "common/mce/mce.h"
#include "common/tables/tables.h"

struct claim_stay {
    struct drg_claim stay; /* arrays and codes of the arena; plain codes */
    int32_t discharge;     /* statement thru where no discharge is named; 0: unknown */
};

/* Bill types 11x 18x 21x 28x 41x 65x 66x 86x; a claim of an institution without a type of bill
 * passes too. */
bool claim_is_inpatient(const CcClaim *c);

/* The billing hospital is of a type that reports no POA. */
bool claim_poa_exempt(const CcClaim *c);

/* Principal (ABK) first, then other diagnoses (ABF) and external causes (ABN), then procedures,
 * each in the claim's order. Without a principal the first code is "", which no version knows.
 * ERR_REJECT "size": the arena's limit. */
int claim_stay_of(const CcClaim *c, struct arena *a, struct claim_stay *out, struct err *e);

/* How Medicare pays a kind of hospital. Days before an admission whose outpatient services belong
 * to the stay: three under the inpatient payment system, one outside of it, -1 for critical access
 * (42 CFR 412.2(c)(5), 413.40(c)(2)). Paid a stay: at a rate for all of it, by any of its systems.
 */
struct claim_hospital {
    const char *taxonomy;
    int days;
    bool paid_a_stay;
};
/* By the taxonomy of the billing provider; never NULL. */
const struct claim_hospital *claim_hospital(const char *taxonomy);

/* A hospital that is paid by the stay bills one that goes on on this day of it at the earliest, and
 * then again for all of it, as a replacement (Medicare claims manual, chapter 1, 50.2.1). */
enum { CLAIM_INTERIM_DAYS = 60 };
/* The first day that Medicare takes an interim bill (frequency 2) like this for; 0: the claim is
 * none, or not held so. */
int32_t claim_interim_from(const CcClaim *c);

/* Do the guidelines let the i-th diagnosis of a stay stand first instead (lead.c)? That the
 * grouper knows it is not asked. */
bool claim_may_lead(const struct claim_stay *in, size_t i, const struct tables *t);

/* The editor judges acute stays (11x); a claim of an institution without a type of bill passes too.
 */
bool claim_is_acute(const CcClaim *c);

/* The same codes in capitals, blank ones too, the age on admission, and the days of the stay.
 * ERR_REJECT "size": the arena's limit. */
int claim_mce_stay(const CcClaim *c, const struct claim_stay *in, struct arena *a,
                   struct mce_stay *out, struct err *e);

#endif
