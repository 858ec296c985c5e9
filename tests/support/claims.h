/* claims.h - plainly invented claims: those of billing §2.6 and §3.4, and their pieces */
#ifndef CC_TESTS_CLAIMS_H
#define CC_TESTS_CLAIMS_H

#include "common/claim/write837.h"
#include "common/event/event.h"

extern const struct claim_route claims_route;          /* SUBM10001 to CLRHOUSE01, test */
extern const struct claim_route claims_hospital_route; /* the same, from RIVERBEND HOSPITAL */

/* Claim 1 of §2.6: the patient is the subscriber, two lines. */
CcClaim *claims_office(struct arena *a);
/* Claim 2 of §2.6: a dependent, the primary payer has paid, two lines. */
CcClaim *claims_dependent(struct arena *a);
/* §3.4: inpatient, five revenue lines. */
CcClaim *claims_inpatient(struct arena *a);

char *claims_text(struct arena *a, const char *s);
CcProvider *claims_provider(struct arena *a, CcClaim *c, CcProviderRole role, const char *last,
                            const char *first, const char *npi);
CcClaimDiagnosis *claims_dx(struct arena *a, CcClaim *c, const char *code, CcDiagnosisRole role,
                            CcPoa poa);
CcServiceLine *claims_line(struct arena *a, CcClaim *c, const char *code, int64_t cents,
                           int32_t day);
CcServiceLine *claims_revenue(struct arena *a, CcClaim *c, const char *revenue, int64_t cents,
                              const char *unit, int64_t units);
CcClaimCoverage *claims_coverage(struct arena *a, CcClaim *c, const char *sequence,
                                 const char *payer, const char *name, const char *member);
CcAdjustment *claims_adjustment(struct arena *a, const char *group, const char *reason,
                                int64_t cents);
CcName *claims_name(struct arena *a, const char *last, const char *first);
CcAddress *claims_address(struct arena *a, const char *street, const char *city, const char *state,
                          const char *zip);

#endif
