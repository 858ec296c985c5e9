/* time.c - visits by the clock and by age: prolonged and critical care, discharge days, preventive
 */
#include <inttypes.h>
#include <string.h>

#include "common/base/date.h"
#include "services/coder/em/check.h"
#include "services/coder/lines/lines.h"

enum { CRITICAL_FIRST = 30, DISCHARGE_LONG = 30 };

/* rule_preventive_age - the code of the patient's age on the day, in the charged family */
void rule_preventive_age(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        const char *right;

        if (!fact_open(s) || !w->enc->patient->birth_date || !fact_between(s, "99381", "99397"))
            continue;
        right =
            em_preventive(s->as->code->code, date_age(w->enc->patient->birth_date, s->from_date));
        if (!right || strcmp(right, s->as->code->code) == 0)
            continue;
        s->as->code->code = work_text(w, right);
        s->as->origin = ORIGIN_DERIVED;
        work_cite(w, s->as, r);
    }
}

/* primary_of - the visit of the same clinician and day that an added code prolongs; its units go to
 * *units. NULL: none that a rule knows */
static const struct service *primary_of(struct work *w, const struct service *added,
                                        const struct em_facts *f, int64_t *units)
{
    for (size_t i = 0; i < w->n_services; i++) {
        const struct service *x = &w->services[i];

        if (!fact_ready(x) || !fact_together(w, x, added))
            continue;
        if (fact_is(added, "99292") && fact_is(x, "99291") && f->critical_minutes >= 0)
            *units = em_critical_units(f->critical_minutes, fact_medicare(w, x));
        else if (f->minutes >= 0)
            *units = em_prolonged_units(x->as->code->code, added->as->code->code, f->minutes);
        else
            continue;
        if (*units >= 0)
            return x;
    }
    return NULL;
}

/* rule_prolonged_excess - more added units than the minutes make */
void rule_prolonged_excess(struct work *w, const struct rule *r)
{
    for (size_t i = 0; w->enc->n_observations && i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct em_facts f;
        int64_t units;

        if (!fact_ready(s) || !s->professional)
            continue;
        f = em_facts_of(w, s->from_date);
        if (!primary_of(w, s, &f, &units) || s->units_milli <= units * 1000)
            continue;
        em_evidence(w, s->as, s->from_date);
        work_ask_service(w, r, s, "undocumented",
                         work_printf(w,
                                     "%s is charged with more units than the documented minutes "
                                     "make (%" PRId64 "). How long was the service?",
                                     s->as->code->code, units));
    }
}

/* is_added - does a line of this code stand beside it, or a question about one? */
static bool is_added(struct work *w, const struct service *s, const char *code, int64_t units)
{
    for (size_t i = 0; i < w->n_services; i++) {
        const struct service *x = &w->services[i];

        if (fact_is(x, code) && fact_together(w, x, s) &&
            (x->state == SERVICE_ASKED || (fact_ready(x) && x->units_milli >= units * 1000)))
            return true;
    }
    return false;
}

/* gap_of - an added code that the minutes support beside a visit; units 0: none */
static const char *gap_of(struct work *w, const struct service *s, const struct em_facts *f,
                          int64_t *units)
{
    bool medicare = fact_medicare(w, s);
    const char *added = em_prolonged_code(s->as->code->code, fact_wants(w, s, "G2212", medicare));

    *units = 0;
    if (fact_is(s, "99291") && f->critical_minutes >= 0) {
        *units = em_critical_units(f->critical_minutes, medicare);
        return "99292";
    }
    if (added && f->minutes >= 0)
        *units = em_prolonged_units(s->as->code->code, added, f->minutes);
    return added ? added : "";
}

/* rule_prolonged_gap - documented minutes that nothing charges */
void rule_prolonged_gap(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct em_facts f;
        int64_t units;
        const char *code;

        if (!em_documented(w, s, &f))
            continue;
        code = gap_of(w, s, &f, &units);
        if (units > 0 && !is_added(w, s, code, units))
            work_tell_service(w, r, s, "missed-charge",
                              work_printf(w,
                                          "The documented minutes go beyond %s. Was further time "
                                          "(%s) given?",
                                          s->as->code->code, code));
    }
}

/* rule_critical_short - critical care begins with its thirtieth minute */
void rule_critical_short(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct em_facts f;

        if (!fact_is(s, "99291") || !em_documented(w, s, &f) || f.critical_minutes < 0 ||
            f.critical_minutes >= CRITICAL_FIRST)
            continue;
        em_evidence(w, s->as, s->from_date);
        work_ask_service(w, r, s, "undocumented",
                         "99291 is charged, and the documented minutes of critical care are under "
                         "30. Which service does the record support?");
    }
}

/* rule_discharge_excess - the longer discharge day needs more than thirty minutes */
void rule_discharge_excess(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct em_facts f;

        if (!fact_is(s, "99239") || !em_documented(w, s, &f) || f.discharge_minutes < 0 ||
            f.discharge_minutes > DISCHARGE_LONG)
            continue;
        em_evidence(w, s->as, s->from_date);
        work_ask_service(w, r, s, "undocumented",
                         "99239 is charged, and the documented minutes of the discharge are not "
                         "over 30. How long did it take?");
    }
}

/* rule_discharge_gap - over thirty minutes, charged as less */
void rule_discharge_gap(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct em_facts f;

        if (fact_is(s, "99238") && em_documented(w, s, &f) && f.discharge_minutes > DISCHARGE_LONG)
            work_tell_service(w, r, s, "level-gap",
                              "99238 is charged, and over 30 minutes of discharge are documented. "
                              "How long did it take?");
    }
}
