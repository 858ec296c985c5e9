/* course.c - what was stopped, who only assisted, under whose plan therapy was given */
#include <string.h>

#include "common/base/str.h"
#include "services/coder/lines/lines.h"
#include "services/coder/party.h"

/* Day from which Medicare wants to know that an assistant gave therapy. */
enum { ASSISTANTS_TOLD = 20200101 };

/* is_stopped - the record says that it was begun and not finished */
static bool is_stopped(const struct service *s)
{
    return fact_ready(s) && s->done && strcmp(s->done->status, "stopped") == 0;
}

/* says_reduced - a modifier of the charge says it already */
static bool says_reduced(const struct service *s)
{
    return service_has_modifier(s, "52") || service_has_modifier(s, "53") ||
           service_has_modifier(s, "73") || service_has_modifier(s, "74");
}

/* rule_stopped - the clinician's line: 53 */
void rule_stopped(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];

        if (is_stopped(s) && s->professional && !says_reduced(s))
            fact_modify(w, r, s, "53");
    }
}

/* under_anesthesia - minutes of it, or who gave it */
static bool under_anesthesia(const struct service *s)
{
    for (size_t i = 0; i < s->done->n_performers; i++)
        if (s->done->performers[i]->role == PROVIDER_ROLE_ANESTHESIA)
            return true;
    return s->done->anesthesia_min > 0;
}

/* rule_stopped_facility - an outpatient facility's line: 74 after anesthesia began, 73 before;
 * which of the two is a question where the record has no anesthesia */
void rule_stopped_facility(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        CcReviewItem *item;

        if (!is_stopped(s) || !s->institutional || w->inpatient || says_reduced(s))
            continue;
        if (under_anesthesia(s)) {
            fact_modify(w, r, s, "74");
            continue;
        }
        item = work_ask_service(w, r, s, "modifier",
                                work_printf(w, "%s was stopped. Had anesthesia been given by then?",
                                            s->as->code->code));
        work_choice(w, item, "73", "no (modifier 73)");
        work_choice(w, item, "74", "yes (modifier 74)");
        work_choice(w, item, "52", "none was planned (modifier 52)");
    }
}

/* assists - the charge's clinician assisted, and no other rendered it */
static const CcProvider *assists(const struct service *s)
{
    const CcProvider *found = NULL;

    for (size_t i = 0; s->charge && i < s->charge->n_providers; i++) {
        const CcProvider *p = s->charge->providers[i];

        if (p->role == PROVIDER_ROLE_RENDERING || p->role == PROVIDER_ROLE_OPERATING)
            return NULL;
        if (p->role == PROVIDER_ROLE_ASSISTANT)
            found = p;
    }
    return found;
}

/* say_assistant - by what the assistant is; 82 where no qualified resident was there, 81 where he
 * was needed for a short while */
static void say_assistant(struct work *w, const struct rule *r, struct service *s,
                          const char *taxonomy)
{
    const CcObservation *o = said_of(w, s, "NO-RESIDENT"),
                        *least = said_of(w, s, "MINIMUM-ASSISTANT");

    if (str_starts(taxonomy, "363") || str_starts(taxonomy, "364"))
        fact_modify(w, r, s, "AS");
    else if (o)
        said_modify(w, r, s, o, "82");
    else if (least)
        said_modify(w, r, s, least, "81");
    else
        fact_modify(w, r, s, "80");
}

/* rule_assistant - at an operation: AS for a physician assistant, nurse practitioner or clinical
 * nurse specialist, 80 for a physician, 82 where no resident could, 81 for the least */
void rule_assistant(struct work *w, const struct rule *r)
{
    static const char *const those[] = {"80", "81", "82", "AS", NULL};

    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        const CcProvider *p = fact_ready(s) && s->professional ? assists(s) : NULL, *known;
        const char *taxonomy;
        bool said = false;

        for (size_t k = 0; those[k]; k++)
            said = said || service_has_modifier(s, those[k]);
        if (!p || said)
            continue;
        known = party_of(w, p, PROVIDER_ROLE_RENDERING);
        taxonomy = known && known->taxonomy[0] ? known->taxonomy : p->taxonomy;
        if (taxonomy[0])
            say_assistant(w, r, s, taxonomy);
    }
}

/* Who plans therapy: a facility's revenue code, a clinician's taxonomy. */
static const struct {
    const char *revenue, *taxonomy, *modifier;
} plans[] = {
    {"042", "2251", "GP"}, {"043", "225X", "GO"}, {"044", "235Z", "GN"},
    {"042", "2252", "GP"}, {"043", "224Z", "GO"},
};

/* is_therapy - codes that are therapy whoever gives them */
static bool is_therapy(const struct service *s)
{
    static const struct {
        const char *from, *to;
    } ranges[] = {
        {"92507", "92508"}, {"92521", "92524"}, {"92526", "92526"}, {"97012", "97039"},
        {"97110", "97168"}, {"97530", "97542"}, {"97750", "97763"}, {"G0283", "G0283"},
    };

    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
        if (fact_between(s, ranges[i].from, ranges[i].to))
            return true;
    return false;
}

/* plan_of - by the facility's revenue code, or who rendered it; NULL: neither says */
static const char *plan_of(struct work *w, const struct service *s)
{
    const CcProvider *p = s->professional ? party_rendering(w, s) : NULL;

    for (size_t i = 0; i < sizeof(plans) / sizeof(plans[0]); i++)
        if ((s->institutional && str_starts(s->revenue, plans[i].revenue)) ||
            (p && str_starts(p->taxonomy, plans[i].taxonomy)))
            return plans[i].modifier;
    return NULL;
}

/* rule_therapy_plan - GP, GO, GN */
void rule_therapy_plan(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        const char *plan = fact_ready(s) && is_therapy(s) ? plan_of(w, s) : NULL;

        if (plan && !service_has_modifier(s, "GP") && !service_has_modifier(s, "GO") &&
            !service_has_modifier(s, "GN"))
            fact_modify(w, r, s, plan);
    }
}

/* by_taxonomy - one of those who gave it, or helped to, is of this kind */
static bool by_taxonomy(struct work *w, CcProvider *const *list, size_t n, const char *kind)
{
    for (size_t i = 0; i < n; i++) {
        const CcProvider *known;

        if (list[i]->role != PROVIDER_ROLE_RENDERING && list[i]->role != PROVIDER_ROLE_ASSISTANT)
            continue;
        known = party_of(w, list[i], PROVIDER_ROLE_RENDERING);
        if (str_starts(known && known->taxonomy[0] ? known->taxonomy : list[i]->taxonomy, kind))
            return true;
    }
    return false;
}

/* given_by - at the charge, else as it was done */
static bool given_by(struct work *w, const struct service *s, const char *kind)
{
    return (s->charge && by_taxonomy(w, s->charge->providers, s->charge->n_providers, kind)) ||
           (s->done && by_taxonomy(w, s->done->performers, s->done->n_performers, kind));
}

/* rule_therapy_assistant - Medicare: CQ behind GP, CO behind GO where an assistant gave it */
void rule_therapy_assistant(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];

        if (!fact_ready(s) || s->from_date < ASSISTANTS_TOLD || !is_therapy(s) ||
            !fact_wants(w, s, "CQ", fact_medicare(w, s)))
            continue;
        if (service_has_modifier(s, "GP") && given_by(w, s, "2252"))
            fact_modify(w, r, s, "CQ");
        else if (service_has_modifier(s, "GO") && given_by(w, s, "224Z"))
            fact_modify(w, r, s, "CO");
    }
}

/* rule_unusual - 22 as charged needs a report of why the work was more */
void rule_unusual(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];

        if (fact_ready(s) && service_has_modifier(s, "22") && !w->enc->n_documents)
            work_ask_service(w, r, s, "undocumented",
                             work_printf(w,
                                         "%s is charged as more work than usual (22), and the "
                                         "record holds no report. What made it more?",
                                         s->as->code->code));
    }
}

/* is_first_day - of a stay: hospital, observation or nursing facility */
static bool is_first_day(const struct service *s)
{
    return fact_between(s, "99221", "99223") || fact_between(s, "99304", "99306");
}

/* rule_admitting - Medicare: the principal physician of record says so on the first day's visit */
void rule_admitting(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];

        if (!fact_ready(s) || !s->professional || !is_first_day(s) ||
            !fact_wants(w, s, "AI", fact_medicare(w, s)))
            continue;
        for (size_t k = 0; k < w->enc->n_providers; k++)
            if (w->enc->providers[k]->role == PROVIDER_ROLE_ADMITTING &&
                w->enc->providers[k]->npi[0] &&
                strcmp(w->enc->providers[k]->npi, fact_npi(w, s)) == 0)
                fact_modify(w, r, s, "AI");
    }
}
