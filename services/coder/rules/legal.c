/* legal.c - the rows of this phase: each diagnosis a billable code of the date */
#include "services/coder/dx.h"
#include "services/coder/rules/rules.h"
#include "services/coder/text.h"

#pragma GCC diagnostic ignored "-Wmissing-field-initializers" /* see rules.h */

/* clang-format off */
const struct rule rules_legal[] = {
    {"REC-04",       "45 CFR 162.1002", rule_visit_date,
     "the day of the care chooses the code tables; without one nothing is coded"},
    {"CM-I.C.15.a.6", "Guidelines I.C.15.a.6", rule_fetus,
     "the 7th character of a fetus is 0 where the record has no multiple gestation"},
    {"CM-I.C.6.a", "Guidelines I.C.6.a, I.C.9.d.1", rule_dominance,
     "a palsy of a named side: the right is the dominant one, the left is not, unless the record says so"},
    {"REC-10",       "45 CFR 162.1002", rule_visit_order,
     "a visit that ends before it begins is a question"},
    {"CM-I.A.5",       "Guidelines I.A.4, I.A.5; tabular 7th characters", rule_seventh,
     "a code that lacks its 7th character is a question with the characters its category has, X filling the places between"},
    {"CM-I.B.2",     "Guidelines I.B.2, IV.F", rule_code_given,
     "a code of the record is taken as given when it is billable on the day of service, discharge for inpatients"},
    {"REC-05",       "FHIR CodeableConcept.coding; HL7 CWE.4", rule_other_coding,
     "an ICD-10-CM code beside the entry's first coding is the entry's code"},
    {"REC-06",       "45 CFR 162.1002(c)", rule_unnamed_system,
     "a code without a named system is ICD-10-CM when it has its form and is billable that day"},
    {"TXT-01",       "Guidelines I.B.1; tabular titles", rule_title,
     "words that are the title of exactly one billable code are that code"},
    {"TXT-02",       "Guidelines I.B.1; alphabetic index", rule_index_term,
     "words that are an index term leading to exactly one billable code are that code"},
    {"TXT-04",       "Guidelines I.B.1; tabular titles", rule_near_words,
     "words that are those of exactly one billable title, in any order and form, are that code; titles that are near are offered"},
    {"REC-07",       "UB-04 FL 70; Guidelines IV.G", rule_reason_without_code,
     "an outpatient's reason for the visit that has no code is left out when the visit has diagnoses"},
    {"REC-08",       "45 CFR 162.1002(b)-(c)", rule_old_system,
     "an ICD-9-CM code on a day of ICD-10-CM is a question"},
    {"TXT-03",       "Guidelines I.B.1", rule_no_code,
     "an entry that names no billable code exactly is a question"},
    {NULL},
};
/* clang-format on */
