/* claim.h - from coded diagnoses and ready services to claims */
#ifndef CC_CODER_CLAIM_H
#define CC_CODER_CLAIM_H

#include "services/coder/payer.h"
#include "services/coder/work.h"

enum {
    CLAIM_DX_PROFESSIONAL = 12, /* HI on the 837P */
    CLAIM_LINES_PROFESSIONAL = 50,
    CLAIM_LINES_INSTITUTIONAL = 999,
    CLAIM_POINTERS = 4,
    CLAIM_OTHER_DX = 24, /* 837I: beside principal, admitting, reasons, external causes */
    CLAIM_EXTERNAL_DX = 12,
    CLAIM_REASONS = 3,
};

/* One claim being made. */
struct bill {
    CcClaimKind kind;
    unsigned ordinal; /* from 1: a claim over its lines or diagnoses goes on in the next */
    struct service **services;
    size_t n;
    struct dx **dx; /* in the order of the claim */
    size_t n_dx;
};

/* Diagnoses that a clinician's claim may carry: uncertain ones are coded only on a facility's
 * inpatient bill (II.H, IV.H). */
bool claim_takes(const struct dx *d, CcClaimKind kind);
/* Ranks of the visit's diagnoses that the service points to, at most CLAIM_POINTERS; 0: none that
 * is coded. *named: the record names some. */
size_t claim_pointers(struct work *w, const struct service *s, uint32_t out[CLAIM_POINTERS],
                      bool *named);
/* The line of a service on a claim; providers and pointers included. */
CcServiceLine *claim_line(struct work *w, const struct bill *b, const CcClaim *c,
                          struct service *s);
/* Claim with what both kinds share: ids, patient, coverages, money. */
CcClaim *claim_new(struct work *w, const struct bill *b);
void claim_finish(struct work *w, const struct bill *b, CcClaim *c);

/* grouped.c: the MS-DRG of an inpatient claim, where a version covers its discharge. */
void claim_group(struct work *w, CcClaim *c);

/* professional.c, institutional.c */
void claims_professional(struct work *w);
void claims_institutional(struct work *w);
/* The roles that each diagnosis has, for the result and for a facility's bill. */
void claim_roles(struct work *w, CcClaimDiagnosis ***list, size_t *n);

/* Condition, value and occurrence codes that the source gives (ub.c). */
void claim_given_codes(struct work *w, CcClaim *c);
bool claim_has_value(const CcClaim *c, const char *code);
bool claim_has_occurrence(const CcClaim *c, const char *code, int32_t day);

void rule_pointers(struct work *w, const struct rule *r);
void rule_first_listed_pointer(struct work *w, const struct rule *r);
void rule_clinician_diagnosis(struct work *w, const struct rule *r);
void rule_patient(struct work *w, const struct rule *r);

#endif
