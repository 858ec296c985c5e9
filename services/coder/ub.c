/* ub.c - condition, value and occurrence codes that the source gives for a facility's bill (UB2 of
 * a BAR): as given, each once; what the coder derives itself gives way to them */
#include "services/coder/claim.h"

#include <string.h>

/* claim_has_value - is a value of this code there? */
bool claim_has_value(const CcClaim *c, const char *code)
{
    for (size_t i = 0; i < c->n_values; i++)
        if (strcmp(c->values[i]->code, code) == 0)
            return true;
    return false;
}

/* claim_has_occurrence - is this code there for this day? */
bool claim_has_occurrence(const CcClaim *c, const char *code, int32_t day)
{
    for (size_t i = 0; i < c->n_occurrences; i++)
        if (strcmp(c->occurrences[i]->code, code) == 0 && c->occurrences[i]->occurrence_date == day)
            return true;
    return false;
}

/* has_condition - is it there? */
static bool has_condition(const CcClaim *c, const char *code)
{
    for (size_t i = 0; i < c->n_conditions; i++)
        if (strcmp(c->conditions[i], code) == 0)
            return true;
    return false;
}

/* claim_given_codes - see claim.h */
void claim_given_codes(struct work *w, CcClaim *c)
{
    const CcVisit *v = w->enc->visit;

    for (size_t i = 0; i < v->n_conditions; i++)
        if (!has_condition(c, v->conditions[i]))
            event_push(w->a, c, conditions, v->conditions[i]);
    for (size_t i = 0; i < v->n_values; i++)
        if (!claim_has_value(c, v->values[i]->code))
            event_push(w->a, c, values, v->values[i]);
    for (size_t i = 0; i < v->n_occurrences; i++) {
        const CcCodeDate *o = v->occurrences[i];

        if (o->occurrence_date && !claim_has_occurrence(c, o->code, o->occurrence_date))
            event_push(w->a, c, occurrences, v->occurrences[i]);
    }
    for (size_t i = 0; i < v->n_occurrence_spans; i++)
        if (v->occurrence_spans[i]->from_date)
            event_push(w->a, c, occurrence_spans, v->occurrence_spans[i]);
}
