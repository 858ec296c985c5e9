/* certainty.c - the rows of this phase: what was only suspected */
#include "services/coder/dx.h"
#include "services/coder/rules/rules.h"

#pragma GCC diagnostic ignored "-Wmissing-field-initializers" /* see rules.h */

/* clang-format off */
const struct rule rules_certainty[] = {
    {"CM-IV.H",      "Guidelines IV.H", rule_uncertain_outpatient,
     "outpatient: an uncertain diagnosis is not coded"},
    {"CM-II.H",      "Guidelines II.H, III.C", rule_uncertain_inpatient,
     "inpatient: a diagnosis uncertain at discharge is coded as if established, one uncertain before is not"},
    {NULL},
};
/* clang-format on */
