/* payer.c - visit codes that a payer does not take, or takes only beside others */
#include <string.h>

#include "services/coder/em/check.h"
#include "services/coder/lines/lines.h"

/* Days from which G2211 may stand beside a preventive service, and beside visits at home. */
enum { BESIDE_PREVENTION = 20250101, AT_HOME = 20260101 };

/* is_continuing - a visit that the complexity of a lasting relationship may be added to */
static bool is_continuing(const struct service *s)
{
    return fact_ready(s) && (fact_between(s, "99202", "99215") ||
                             (s->from_date >= AT_HOME && fact_between(s, "99341", "99350")));
}

/* is_prevention - Part B preventive services, yearly visits, vaccines */
static bool is_prevention(const struct service *s)
{
    return fact_is(s, "G0402") || fact_between(s, "G0438", "G0439") ||
           fact_between(s, "G0008", "G0010") || fact_between(s, "90460", "90480") ||
           fact_between(s, "G0101", "G0102") || fact_is(s, "Q0091") ||
           fact_between(s, "G0442", "G0447") || fact_between(s, "99381", "99397");
}

/* only_prevention - what the visit was separate from: prevention, and no small operation */
static bool only_prevention(struct work *w, const struct service *visit)
{
    bool any = false;

    for (size_t i = 0; i < w->n_services; i++) {
        const struct service *x = &w->services[i];
        int days;

        if (x == visit || !fact_ready(x) || !fact_together(w, visit, x))
            continue;
        any = any || is_prevention(x);
        days = is_prevention(x) ? -1 : global_days(w, x);
        if (days == 0 || days == 10)
            return false;
    }
    return any;
}

/* visit_of - the visit that G2211 is added to; NULL: none */
static const struct service *visit_of(struct work *w, const struct service *s)
{
    for (size_t i = 0; i < w->n_services; i++)
        if (is_continuing(&w->services[i]) && fact_together(w, &w->services[i], s))
            return &w->services[i];
    return NULL;
}

/* rule_complexity - G2211 without its visit is a question; Medicare: none beside a visit with 25,
 * unless that is for prevention alone */
void rule_complexity(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        const struct service *visit;

        if (!fact_is(s, "G2211") || !fact_ready(s) || !s->professional)
            continue;
        visit = visit_of(w, s);
        if (!visit)
            work_ask_service(w, r, s, "undocumented",
                             "G2211 is added to an office visit, and none is charged that day. "
                             "Which visit was it?");
        else if (service_has_modifier(visit, "25") && fact_medicare(w, s) &&
                 !(s->from_date >= BESIDE_PREVENTION && only_prevention(w, visit)))
            work_reject_service(w, r, s);
    }
}

/* offer_level - codes of the same level in another setting, where there are any */
static void offer_level(struct work *w, CcReviewItem *item, const struct service *s, const char *of,
                        enum em_level level)
{
    enum em_level any;
    const struct em_family *f = em_family_of(of, s->from_date, &any);

    if (f)
        work_option(w, item, s->as->code->system, f->codes[level], f->codes[level]);
}

/* rule_consultation - a payer that takes no consultation codes: which visit was it there? */
void rule_consultation(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        bool stay = fact_between(s, "99251", "99255");
        enum em_level level;
        CcReviewItem *item;

        if (!fact_ready(s) || !s->professional || !(stay || fact_between(s, "99241", "99245")) ||
            fact_wants(w, s, "consult", !fact_medicare(w, s)))
            continue;
        if (!em_family_of(s->as->code->code, s->from_date, &level))
            level = EM_STRAIGHTFORWARD;
        item = work_ask_service(
            w, r, s, "level",
            work_printf(w,
                        "%s is a consultation, which the payer does not take. Which visit does "
                        "the record support?",
                        s->as->code->code));
        if (stay) {
            offer_level(w, item, s, "99221", level);
            offer_level(w, item, s, "99231", level);
        } else {
            offer_level(w, item, s, "99202", level);
            offer_level(w, item, s, "99212", level);
        }
    }
}

/* added_to - the visit of the day that the payer's own code would prolong; NULL: none */
static const struct service *added_to(struct work *w, const struct service *s, bool medicare)
{
    for (size_t i = 0; i < w->n_services; i++) {
        const struct service *x = &w->services[i];

        if (fact_ready(x) && fact_together(w, x, s) &&
            em_prolonged_code(x->as->code->code, medicare))
            return x;
    }
    return NULL;
}

/* rule_prolonged_payer - AMA's codes for Medicare, or Medicare's for another payer */
void rule_prolonged_payer(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        char kind = fact_ready(s) && s->professional ? em_prolonged_kind(s->as->code->code) : 0;
        const struct service *visit;
        CcReviewItem *item;
        bool medicare;

        if (!kind)
            continue;
        medicare = fact_wants(w, s, "G2212", fact_medicare(w, s));
        if (medicare == (kind == 'M'))
            continue;
        visit = added_to(w, s, medicare);
        item = work_ask_service(
            w, r, s, "level",
            work_printf(w, "%s is not the payer's code for prolonged time. What was given?",
                        s->as->code->code));
        if (visit) {
            const char *code = em_prolonged_code(visit->as->code->code, medicare);

            work_option(w, item, medicare ? CODE_SYSTEM_HCPCS : CODE_SYSTEM_CPT, code, code);
        }
    }
}
