/* rules.h - the rows of the coding rules, a file a phase; each list ends with a row without id
 *
 * Rows run in the order in which they stand. CM-… and POA-… are of the ICD-10-CM Official
 * Guidelines FY2026; REC, TXT, CHG, CDM, PRC, LIN, PTR, COV, CLM are the records' and the billing
 * trade's (HL7, FHIR, NUBC UB-04, 45 CFR 162, CMS claims manual), UNI, MOD and PTP those of units,
 * modifiers and NCCI pairs. Ids are never reused. A row without its last fields, which is why its
 * file ignores that warning, is called for every visit. */
#ifndef CC_CODER_RULES_RULES_H
#define CC_CODER_RULES_RULES_H

#include "services/coder/work.h"

extern const struct rule rules_record[], rules_certainty[], rules_legal[], rules_text[],
    rules_conflict[], rules_combine[], rules_sequence[], rules_poa[], rules_service[], rules_line[],
    rules_claim[];

#endif
