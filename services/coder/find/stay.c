/* stay.c - observation hours against the stay, codes that a revenue code needs or does not have */
#include <inttypes.h>
#include <string.h>

#include "common/base/str.h"
#include "services/coder/em/check.h"
#include "services/coder/find/find.h"
#include "services/coder/lines/lines.h"

enum { HOUR_MS = 3600000, HOUR_MILLI = 1000 };

/* stay_hours - from admission to discharge, a begun one whole; 0: not documented */
static int64_t stay_hours(const struct work *w)
{
    const CcVisit *v = w->enc->visit;

    if (!v->admit_ms || v->discharge_ms <= v->admit_ms || !v->admit_hour[0] ||
        !v->discharge_hour[0])
        return 0;
    return (v->discharge_ms - v->admit_ms + HOUR_MS - 1) / HOUR_MS;
}

/* observation_milli - hours charged */
static int64_t observation_milli(const struct work *w)
{
    int64_t milli = 0;

    for (size_t i = 0; i < w->n_services; i++)
        if ((fact_ready(&w->services[i]) || w->services[i].state == SERVICE_ASKED) &&
            fact_is(&w->services[i], "G0378") && w->services[i].units_milli < INT32_MAX)
            milli += w->services[i].units_milli;
    return milli;
}

/* rule_observation_gap - a stay in observation, and no hours charged */
void rule_observation_gap(struct work *w, const struct rule *r)
{
    bool any = false;

    for (size_t i = 0; i < w->n_services; i++)
        any = any || (w->services[i].state == SERVICE_READY && w->services[i].institutional);
    if (w->enc->visit->class_ != ENCOUNTER_CLASS_OBSERVATION || !any || !stay_hours(w) ||
        observation_milli(w))
        return;
    work_ask(w, r, "missed-charge",
             "The patient was in observation, and no hours of it are charged. Was observation "
             "ordered and given?");
}

/* rule_observation_excess - more hours than the stay had */
void rule_observation_excess(struct work *w, const struct rule *r)
{
    int64_t hours = stay_hours(w);

    for (size_t i = 0; hours && i < w->n_services; i++) {
        struct service *s = &w->services[i];

        if (!fact_ready(s) || !fact_is(s, "G0378") || observation_milli(w) <= hours * HOUR_MILLI)
            continue;
        work_ask_service(
            w, r, s, "undocumented",
            work_printf(w,
                        "More hours of observation are charged than the stay had (%" PRId64
                        "). How many were given?",
                        hours));
        return;
    }
}

/* rule_drug_without_code - revenue code 0636 is for drugs that are told by their code */
void rule_drug_without_code(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];

        if (s->state == SERVICE_OPEN && s->mapped && s->institutional && !w->inpatient &&
            strcmp(s->revenue, "0636") == 0 && !service_is_hcpcs(s))
            work_ask_service(w, r, s, "charge-unmapped",
                             "Which HCPCS code does the drug have? Revenue code 0636 needs one.");
    }
}

/* rule_room_without_code - room and board, recovery: billed by the revenue code alone */
void rule_room_without_code(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];

        if (s->state != SERVICE_OPEN || !s->mapped || !s->institutional || s->professional ||
            !service_is_hcpcs(s) ||
            !((strcmp(s->revenue, "0100") >= 0 && strcmp(s->revenue, "0219") <= 0) ||
              strcmp(s->revenue, "0710") == 0))
            continue;
        s->as->code->system = CODE_SYSTEM_UNKNOWN;
        s->as->code->code = work_text(w, "");
        s->n_modifiers = 0;
        work_cite(w, s->as, r);
    }
}

/* has_visit - a visit of that day, whatever became of it */
static bool has_visit(const struct work *w, int32_t day)
{
    for (size_t i = 0; i < w->n_services; i++) {
        const struct service *s = &w->services[i];

        if (s->from_date == day && (fact_is_visit(s) || fact_between(s, "G0380", "G0384") ||
                                    fact_is(s, "G0463") || s->state == SERVICE_ASKED))
            return true;
    }
    return false;
}

/* family_here - the visit's codes where the setting leaves one family; NULL: it does not */
static const struct em_family *family_here(const struct work *w, const struct em_facts *f,
                                           int32_t day)
{
    enum em_level any;

    if (w->enc->visit->class_ == ENCOUNTER_CLASS_EMERGENCY)
        return em_family_of("99282", day, &any);
    if (w->place.hospital || !f->is_new)
        return NULL;
    return em_family_of(f->is_new == 'Y' ? "99202" : "99212", day, &any);
}

/* tell_gap - what the record reaches, for a person to decide */
static void tell_gap(struct work *w, const struct rule *r, const struct em_facts *f, int32_t day)
{
    work_ask(w, r, "missed-charge",
             work_printf(w,
                         "The record documents a visit on a day without a charge for one: %s. "
                         "Which service was given?",
                         em_reasons(w, family_here(w, f, day), f)));
}

/* rule_visit_gap - problems, risk or time of a day without a visit */
void rule_visit_gap(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->enc->n_observations; i++) {
        int32_t day = em_day_of(w, w->enc->observations[i]);

        struct em_facts f;

        if (!day || has_visit(w, day))
            continue;
        f = em_facts_of(w, day);
        if (f.any) {
            tell_gap(w, r, &f, day);
            return;
        }
    }
}
