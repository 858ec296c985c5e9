/* conflict.c - the rows of this phase: the same thing twice, superseded */
#include "services/coder/dx.h"
#include "services/coder/rules/rules.h"

#pragma GCC diagnostic ignored "-Wmissing-field-initializers" /* see rules.h */

/* clang-format off */
const struct rule rules_conflict[] = {
    {"CM-I.C.10.c", "Guidelines I.C.10.c", rule_unidentified,
     "inpatient: suspected identified influenza is coded as unidentified", WITH_STAY, "J09-J10"},
    {"CM-I.C.1.g",   "Guidelines I.C.1.a, I.C.1.f, I.C.1.g, I.C.10.c", rule_confirmed_only,
     "HIV, Zika, COVID-19 and identified influenza are coded only when confirmed", 0, "A92;B20;J09-J10;U07"},
    {"CM-III.B",     "Guidelines III.B", rule_finding_alone,
     "inpatient: an abnormal finding that only a charge names is not coded", WITH_STAY, "R70-R97"},
    {"CM-I.B.12",    "Guidelines I.B.12", rule_same_code,
     "the same code is reported once"},
    {"REC-11",       "FHIR Condition.verificationStatus", rule_contradicted,
     "a condition that one entry states and another rules out is a question; one only suspected is not coded"},
    {"REC-12",       "FHIR Condition.onset, Condition.abatement", rule_entry_dates,
     "an entry that ends before it begins, or begins after the visit, is a question"},
    {"CM-IV.N",      "Guidelines IV.N", rule_postoperative,
     "outpatient surgery: the preoperative diagnosis gives way to the postoperative one"},
    {"REC-09",       "HL7 DG1-6 (table 0052)", rule_superseded,
     "a working diagnosis gives way to final ones stated elsewhere without it"},

    {"CM-IV.A",      "Guidelines IV.A, IV.D", rule_reason_as_diagnosis,
     "an outpatient visit without a diagnosis is coded by the reason it had"},
    {NULL},
};
/* clang-format on */
