/* record.c - the rows of this phase: what the record itself takes back: errors, refuted, history */
#include "services/coder/dx.h"
#include "services/coder/rules/rules.h"
#include "services/coder/work.h"

#pragma GCC diagnostic ignored "-Wmissing-field-initializers" /* see rules.h */

/* clang-format off */
const struct rule rules_record[] = {
    {"DEC-01",       "a person's decision in work.review", rule_answered,
     "what a person answered to a question is taken as the record's word, with role, time and reason as evidence", WITH_ANSWERS},
    {"REC-01",       "FHIR Condition.verificationStatus; HL7 DG1-21", rule_entered_in_error,
     "an entry that the sender takes back is not coded"},
    {"REC-02",       "FHIR Condition.verificationStatus", rule_refuted,
     "a refuted diagnosis is not coded"},
    {"CM-III.A",     "Guidelines III.A, IV.J", rule_previous_condition,
     "a condition that ended before the visit is not coded"},
    {"CM-III",       "Guidelines III, IV.J", rule_reported,
     "an entry of the problem list for which the visit did, ordered or charged something is a diagnosis of the visit"},
    {"REC-03",       "Guidelines III, IV.J", rule_problem_list,
     "any other entry of the problem list that the visit does not rank is no diagnosis of the visit"},
    {NULL},
};
/* clang-format on */
