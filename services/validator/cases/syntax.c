/* syntax.c - cases of SYN */
#include "services/validator/cases/case.h"

/* clang-format off */
const struct edit_case cases_syntax[] = {
    {"SYN-01", 'P', 1, "@syntax=1:REF", "a segment out of order", NULL},
    {"SYN-01", 'I', 2, "@syntax=1:NM103; @syntax=1:LX01", "a name that is too long, and a line number", NULL},
    {"SYN-01", 'P', 0, "charge_cents=0; @syntax=1:CLM02", "another edit has said it, better", "CHG-03"},

    {"SYN-02", 'P', 1, "@syntax=2:REF01", "a qualifier that the guide has not", NULL},
    {"SYN-02", 'O', 1, "@syntax=2:PER; @syntax=1:PER02", "a segment that is missing; each type has its edit", "SYN-01"},
    {"SYN-02", 'P', 0, "patient.birth_date=0; @syntax=2:DMG", "what is missing is found by another edit", "DEM-02"},
    {.id = NULL},
};
/* clang-format on */
