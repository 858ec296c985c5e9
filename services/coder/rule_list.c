/* rule_list.c - the phases in their order, each with its rows (rules/) */
#include <stdlib.h>
#include <string.h>

#include "services/coder/rules/rules.h"

const struct rule_phase rule_phases[PHASE_MAX] = {
    [PHASE_RECORD] = {"record", rules_record},
    [PHASE_CERTAINTY] = {"certainty", rules_certainty},
    [PHASE_LEGAL] = {"legal", rules_legal},
    [PHASE_TEXT] = {"text", rules_text},
    [PHASE_CONFLICT] = {"conflict", rules_conflict},
    [PHASE_COMBINE] = {"combine", rules_combine},
    [PHASE_SEQUENCE] = {"sequence", rules_sequence},
    [PHASE_POA] = {"poa", rules_poa},
    [PHASE_SERVICE] = {"service", rules_service},
    [PHASE_LINE] = {"line", rules_line},
    [PHASE_CLAIM] = {"claim", rules_claim},
};

/* coder_rule_at - a row as people see it */
bool coder_rule_at(size_t i, struct coder_rule_info *out)
{
    for (int p = 0; p < PHASE_MAX; p++)
        for (const struct rule *r = rule_phases[p].rows; r->id; r++)
            if (i-- == 0) {
                *out =
                    (struct coder_rule_info){r->id, r->guideline, rule_phases[p].name, r->summary};
                return true;
            }
    return false;
}

/* rule_by_id - for code that acts for a row other than the one it runs for */
const struct rule *rule_by_id(const char *id)
{
    for (int p = 0; p < PHASE_MAX; p++)
        for (const struct rule *r = rule_phases[p].rows; r->id; r++)
            if (strcmp(r->id, id) == 0)
                return r;
    abort();
}
