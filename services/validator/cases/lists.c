/* lists.c - all families of cases */
#include "services/validator/cases/case.h"

const struct edit_case *const case_lists[] = {
    cases_patient,    cases_ids,    cases_providers, cases_codes, cases_diagnoses, cases_ncci,
    cases_history,    cases_bill,   cases_dates,     cases_money, cases_services,  cases_global,
    cases_outpatient, cases_syntax, cases_rules,     NULL,
};
