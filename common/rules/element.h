/* element.h - the names by which payer rules speak of a claim: type, level, and where it stands.
 *
 * An element is of the claim, of a line, or of both (`inherits`: the line's own, else the
 * claim's). One with `many` holds any number of values ("modifiers"). What a name yields on a
 * claim is the validator's business (services/validator/elements.c); here is what the names are. */
#ifndef CC_RULES_ELEMENT_H
#define CC_RULES_ELEMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/str.h"

#define ELEMENT_LIST(E)                                                                            \
    E(ACCIDENT_STATE, "accident_state")                                                            \
    E(ADMIT, "admit")                                                                              \
    E(ADMIT_SOURCE, "admit_source")                                                                \
    E(ADMIT_TYPE, "admit_type")                                                                    \
    E(AGE, "age")                                                                                  \
    E(AGE_DAYS, "age_days")                                                                        \
    E(ASSIGNMENT, "assignment")                                                                    \
    E(ATTACHMENTS, "attachments")                                                                  \
    E(ATTENDING_NPI, "attending_npi")                                                              \
    E(ATTENDING_TAXONOMY, "attending_taxonomy")                                                    \
    E(AUTHORIZATION, "authorization")                                                              \
    E(BILL_TYPE, "bill_type")                                                                      \
    E(BILLING_NPI, "billing_npi")                                                                  \
    E(BILLING_STATE, "billing_state")                                                              \
    E(BILLING_TAXONOMY, "billing_taxonomy")                                                        \
    E(CHARGE, "charge")                                                                            \
    E(CLAIM_CHARGE, "claim_charge")                                                                \
    E(CLAIM_DAYS, "claim_days")                                                                    \
    E(CLIA, "clia")                                                                                \
    E(CODE, "code")                                                                                \
    E(CODES, "codes")                                                                              \
    E(CONDITIONS, "conditions")                                                                    \
    E(DELAY_REASON, "delay_reason")                                                                \
    E(DESCRIPTION, "description")                                                                  \
    E(DISCHARGE, "discharge")                                                                      \
    E(DISCHARGE_STATUS, "discharge_status")                                                        \
    E(DRG, "drg")                                                                                  \
    E(DRUG_UNIT, "drug_unit")                                                                      \
    E(DX, "dx")                                                                                    \
    E(DX_COUNT, "dx_count")                                                                        \
    E(EXTERNAL_CAUSE, "external_cause")                                                            \
    E(FACILITY_NPI, "facility_npi")                                                                \
    E(FILING_INDICATOR, "filing_indicator")                                                        \
    E(FIRST_DX, "first_dx")                                                                        \
    E(FREQUENCY, "frequency")                                                                      \
    E(FROM, "from")                                                                                \
    E(GROUP_NAME, "group_name")                                                                    \
    E(GROUP_NUMBER, "group_number")                                                                \
    E(INSURANCE_TYPE, "insurance_type")                                                            \
    E(LINE_COUNT, "line_count")                                                                    \
    E(LINE_DAYS, "line_days")                                                                      \
    E(LINE_FROM, "line_from")                                                                      \
    E(LINE_THRU, "line_thru")                                                                      \
    E(MEMBER_ID, "member_id")                                                                      \
    E(MODIFIERS, "modifiers")                                                                      \
    E(NDC, "ndc")                                                                                  \
    E(NOTE, "note")                                                                                \
    E(OCCURRENCES, "occurrences")                                                                  \
    E(OPERATING_NPI, "operating_npi")                                                              \
    E(ORDERING_NPI, "ordering_npi")                                                                \
    E(ORIGINAL_REFERENCE, "original_reference")                                                    \
    E(OTHER_PAID, "other_paid")                                                                    \
    E(OTHER_PAYERS, "other_payers")                                                                \
    E(PLACE, "place")                                                                              \
    E(POINTED_DX, "pointed_dx")                                                                    \
    E(PRINCIPAL_DX, "principal_dx")                                                                \
    E(PROCEDURES, "procedures")                                                                    \
    E(REFERRAL, "referral")                                                                        \
    E(REFERRING_NPI, "referring_npi")                                                              \
    E(REFERRING_TAXONOMY, "referring_taxonomy")                                                    \
    E(RELATED_CAUSES, "related_causes")                                                            \
    E(RENDERING_NPI, "rendering_npi")                                                              \
    E(RENDERING_TAXONOMY, "rendering_taxonomy")                                                    \
    E(REVENUE, "revenue")                                                                          \
    E(SELF, "self")                                                                                \
    E(SEQUENCE, "sequence")                                                                        \
    E(SEX, "sex")                                                                                  \
    E(SPECIAL_PROGRAM, "special_program")                                                          \
    E(STATE, "state")                                                                              \
    E(SUPERVISING_NPI, "supervising_npi")                                                          \
    E(THRU, "thru")                                                                                \
    E(UNIT, "unit")                                                                                \
    E(UNITS, "units")                                                                              \
    E(VALUES, "values")                                                                            \
    E(ZIP, "zip")

enum element_id {
#define E(suffix, name) ELEMENT_##suffix,
    ELEMENT_LIST(E)
#undef E
        ELEMENT_MAX
};

enum element_type {
    ELEMENT_OF_CODE,   /* at most eight letters and digits; compared as a number of eight bytes */
    ELEMENT_OF_TEXT,   /* anything */
    ELEMENT_OF_NUMBER, /* thousandths: units may have decimals */
    ELEMENT_OF_MONEY,  /* cents */
    ELEMENT_OF_DAY,    /* yyyymmdd */
    ELEMENT_OF_FLAG,
};

struct element {
    enum element_type type;
    bool many, line, inherits;
    const char *at, *at_institutional; /* X12 element; the second NULL: the same */
    const char *edit;                  /* that asks for it: "IDN-06"; NULL: none of its own */
    const char *help;
};

const struct element *element_of(enum element_id id);
const char *element_name(enum element_id id);
enum element_id element_by_name(struct span name); /* ELEMENT_MAX: none */
const char *element_type_name(enum element_type t);

#endif
