/* dose.c - billed units of a drug against the doses that were given that day
 *
 * Administrations of packages that the crosswalk bills under the code are added up; discarded units
 * (JW) stand beside them and are not counted. Where one of them has no dose, or one that the code's
 * dosage does not measure, nothing is said. */
#include <inttypes.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/money.h"
#include "common/base/str.h"
#include "services/coder/find/find.h"
#include "services/coder/infusion/check.h"
#include "services/coder/lines/dosage.h"
#include "services/coder/lines/lines.h"

/* is_of - an administration of that day, of a package billed under the service's code */
static bool is_of(const struct work *w, const CcMedication *m, const struct service *s)
{
    struct table_row row;

    if (strcmp(m->kind, "administered") != 0 || strcmp(m->status, "entered-in-error") == 0 ||
        strcmp(m->status, "not-done") == 0 || !m->code || !m->start_ms ||
        date_of_ms(m->start_ms, w->enc->visit->admit_tz_min) != s->from_date)
        return false;
    if (m->code->system == CODE_SYSTEM_HCPCS)
        return strcmp(m->code->code, s->as->code->code) == 0;
    return m->code->system == CODE_SYSTEM_NDC &&
           tables_find(w->t, TABLE_NDC_HCPCS, m->code->code, s->as->code->code, s->from_date,
                       &row) == LOOKUP_FOUND;
}

/* given - the day's doses in billing units, each begun unit whole; -1: none documented, or one that
 * cannot be measured */
static int64_t given(struct work *w, const struct service *s)
{
    struct dosage each, dose;
    struct table_row row;
    int64_t units = 0, milli;
    bool any = false;

    if (!dose_unit(w, s, &each, &row))
        return -1;
    for (size_t i = 0; i < w->enc->n_medications; i++) {
        const CcMedication *m = w->enc->medications[i];

        if (!is_of(w, m, s))
            continue;
        if (decimal_parse(m->dose, strlen(m->dose), 3, &milli) != DECIMAL_OK ||
            !dosage_of(milli, m->unit, &dose) || dosage_units(&dose, &each) < 0)
            return -1;
        units += dosage_units(&dose, &each);
        any = true;
    }
    return any ? units : -1;
}

/* is_first - the first line of its code, day and side; discarded units aside */
static bool is_first(const struct work *w, size_t at)
{
    const struct service *s = &w->services[at];

    for (size_t i = 0; i < at; i++)
        if (fact_ready(&w->services[i]) && fact_is(&w->services[i], s->as->code->code) &&
            w->services[i].from_date == s->from_date &&
            w->services[i].institutional == s->institutional &&
            !service_has_modifier(&w->services[i], "JW"))
            return false;
    return true;
}

/* billed - units of its code, day and side; discarded units aside */
static int64_t billed(const struct work *w, const struct service *s)
{
    int64_t milli = 0;

    for (size_t i = 0; i < w->n_services; i++) {
        const struct service *x = &w->services[i];

        if (fact_ready(x) && fact_is(x, s->as->code->code) && x->from_date == s->from_date &&
            x->institutional == s->institutional && !service_has_modifier(x, "JW") &&
            x->units_milli < INT32_MAX)
            milli += x->units_milli;
    }
    return milli / 1000;
}

/* is_asked - a drug with administrations to look at */
static bool is_asked(const struct work *w, size_t at)
{
    const struct service *s = &w->services[at];

    return w->enc->n_medications && fact_ready(s) && s->as->code->system == CODE_SYSTEM_HCPCS &&
           !service_has_modifier(s, "JW") && !(w->inpatient && s->institutional) && is_first(w, at);
}

/* evidence - where the doses stand */
static void evidence(struct work *w, struct service *s)
{
    for (size_t i = 0; i < w->enc->n_medications; i++)
        if (is_of(w, w->enc->medications[i], s))
            work_evidence(w, s->as, w->enc->medications[i]->event_id, w->enc->medications[i]->ref,
                          "");
}

/* rule_dose_excess - more than was given */
void rule_dose_excess(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        int64_t units = is_asked(w, i) ? given(w, s) : -1;

        if (units < 0)
            continue;
        evidence(w, s);
        if (billed(w, s) <= units)
            work_cite(w, s->as, r);
        else
            work_ask_service(w, r, s, "undocumented",
                             work_printf(w,
                                         "The documented doses of %s make %" PRId64 " units, and "
                                         "%" PRId64 " are charged. How much was given, and how "
                                         "much discarded?",
                                         s->as->code->code, units, billed(w, s)));
    }
}

/* rule_dose_gap - less than was given */
void rule_dose_gap(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        int64_t units = is_asked(w, i) ? given(w, s) : -1;

        if (units > billed(w, s))
            work_tell_service(w, r, s, "missed-charge",
                              work_printf(w,
                                          "The documented doses of %s make %" PRId64 " units, and "
                                          "%" PRId64 " are charged. How much was given?",
                                          s->as->code->code, units, billed(w, s)));
    }
}

/* route - of all administrations of the day; "": they differ, or one does not say */
static const char *route(const struct work *w, const struct service *s)
{
    const char *found = NULL;

    for (size_t i = 0; i < w->enc->n_medications; i++) {
        const char *one = is_of(w, w->enc->medications[i], s)
                              ? infusion_route(w->enc->medications[i]->route)
                              : found;

        if (found && strcmp(found, one) != 0)
            return "";
        found = one;
    }
    return found ? found : "";
}

/* rule_route - JA, JB for payers that want to know */
void rule_route(struct work *w, const struct rule *r)
{
    static const char *const said[] = {"JA", "JB", NULL};

    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        const char *modifier = fact_ready(s) && fact_is_drug(s) && !fact_has_any(s, said) &&
                                       fact_wants(w, s, "JA", false)
                                   ? route(w, s)
                                   : "";

        if (!*modifier)
            continue;
        fact_modify(w, r, s, modifier);
        evidence(w, s);
    }
}
