/* modify.c - what a visit's documentation says for its modifiers */
#include <string.h>

#include "common/base/date.h"
#include "services/coder/em/check.h"
#include "services/coder/lines/lines.h"
#include "services/coder/place.h"

/* major_near - an operation of ninety days by the same clinician, that day or the next */
static bool major_near(struct work *w, const struct service *visit)
{
    for (size_t i = 0; i < w->n_services; i++) {
        const struct service *x = &w->services[i];
        struct table_row row;
        int32_t apart;

        if (!fact_ready(x) || !x->professional || strcmp(fact_npi(w, x), fact_npi(w, visit)) != 0)
            continue;
        apart = date_diff(x->from_date, visit->from_date);
        if (apart >= 0 && apart <= 1 && fact_fee(w, x, &row) && table_col_is(&row, "global", "090"))
            return true;
    }
    return false;
}

/* rule_decides_surgery - 57 */
void rule_decides_surgery(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct em_facts f;

        if (!em_documented(w, s, &f) || !f.major_surgery || service_has_modifier(s, "57") ||
            !major_near(w, s))
            continue;
        fact_modify(w, r, s, "57");
        em_evidence(w, s->as, s->from_date);
    }
}

/* Days from which POS 10 is there, and from which Medicare knows a visit by wire by its place. */
enum { HOME_KNOWN = 20220101, MEDICARE_BY_PLACE = 20240101, SHARED_TOLD = 20220101 };

/* usual_video - all but Medicare, which took 95 until it went by the place */
static bool usual_video(struct work *w, const struct service *s)
{
    return s->from_date < MEDICARE_BY_PLACE || !fact_medicare(w, s);
}

/* by_wire - the modifier of a visit that was not face to face */
static void by_wire(struct work *w, const struct rule *r, char mode, const char *modifier)
{
    static const char *const said[] = {"93", "95", "GT", "GQ", "G0", NULL};

    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct em_facts f;

        if (!em_documented(w, s, &f) || f.mode != mode || fact_has_any(s, said) ||
            !fact_wants(w, s, modifier, mode != 'V' || usual_video(w, s)))
            continue;
        fact_modify(w, r, s, modifier);
        em_evidence(w, s->as, s->from_date);
    }
}

/* rule_by_audio - 93 */
void rule_by_audio(struct work *w, const struct rule *r)
{
    by_wire(w, r, 'A', "93");
}

/* rule_by_video - 95; Medicare tells it by the place of service */
void rule_by_video(struct work *w, const struct rule *r)
{
    by_wire(w, r, 'V', "95");
}

/* rule_by_store - GQ: pictures and words were sent and looked at later */
void rule_by_store(struct work *w, const struct rule *r)
{
    by_wire(w, r, 'S', "GQ");
}

/* is_far - the place says that the patient was elsewhere */
static bool is_far(struct work *w, const struct service *s)
{
    return strcmp(place_of(w, s), "02") == 0 || strcmp(place_of(w, s), "10") == 0;
}

/* rule_wire_place - 10 where the patient was at home, 02 where elsewhere; Medicare first knew it so
 * in 2024 */
void rule_wire_place(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct em_facts f;
        const char *pos;

        if (!em_documented(w, s, &f) || !f.mode || !f.at || s->from_date < HOME_KNOWN ||
            (s->from_date < MEDICARE_BY_PLACE && fact_medicare(w, s)))
            continue;
        pos = f.at == 'H' ? "10" : "02";
        if (strcmp(place_of(w, s), pos) == 0)
            continue;
        s->pos = pos;
        work_cite(w, s->as, r);
        em_evidence(w, s->as, s->from_date);
    }
}

/* rule_wire_place_unknown - Medicare: the place decides what is paid, and nobody says it */
void rule_wire_place_unknown(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct em_facts f;
        CcReviewItem *item;

        if (!em_documented(w, s, &f) || !f.mode || f.mode == 'S' || f.at ||
            s->from_date < MEDICARE_BY_PLACE || !fact_medicare(w, s) || is_far(w, s))
            continue;
        em_evidence(w, s->as, s->from_date);
        item = work_ask_service(
            w, r, s, "no-place",
            work_printf(w, "%s was not face to face. Where was the patient?", s->as->code->code));
        work_option(w, item, CODE_SYSTEM_UNKNOWN, "10", "at home (place of service 10)");
        work_option(w, item, CODE_SYSTEM_UNKNOWN, "02", "elsewhere (place of service 02)");
    }
}

/* rule_shared - FS: a facility's visit that two practitioners shared; offices share none */
void rule_shared(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct em_facts f;

        if (!em_documented(w, s, &f) || !f.shared || s->from_date < SHARED_TOLD ||
            fact_between(s, "99202", "99215") || !fact_in_facility(w, s) ||
            !fact_wants(w, s, "FS", fact_medicare(w, s)))
            continue;
        fact_modify(w, r, s, "FS");
        em_evidence(w, s->as, s->from_date);
    }
}

/* teaching - how a teaching physician took part in a visit of the day; 0: not said */
static char teaching(struct work *w, const struct service *s)
{
    struct em_facts f;

    return em_documented(w, s, &f) ? f.teaching : 0;
}

/* rule_teaching - GC: the physician was there for the key part, of a visit or of another service */
void rule_teaching(struct work *w, const struct rule *r)
{
    static const char *const said[] = {"GC", "GE", NULL};

    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        const CcObservation *o;

        if (!fact_ready(s) || !s->professional || fact_has_any(s, said) ||
            !fact_wants(w, s, "GC", fact_medicare(w, s)))
            continue;
        o = said_of(w, s, "TEACHING");
        if (o) {
            said_modify(w, r, s, o, "GC");
        } else if (teaching(w, s) == 'P') {
            fact_modify(w, r, s, "GC");
            em_evidence(w, s->as, s->from_date);
        }
    }
}

/* is_excepted - low visits of primary care that a resident may give alone (42 CFR 415.174) */
static bool is_excepted(const struct service *s)
{
    return fact_between(s, "99202", "99203") || fact_between(s, "99211", "99213") ||
           fact_is(s, "G0402") || fact_between(s, "G0438", "G0439");
}

/* rule_teaching_exception - GE */
void rule_teaching_exception(struct work *w, const struct rule *r)
{
    static const char *const said[] = {"GC", "GE", NULL};

    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];

        if (!is_excepted(s) || teaching(w, s) != 'E' || fact_has_any(s, said) ||
            !fact_wants(w, s, "GC", fact_medicare(w, s)))
            continue;
        fact_modify(w, r, s, "GE");
        em_evidence(w, s->as, s->from_date);
    }
}

/* rule_resident_alone - a resident's visit without the teaching physician is not billed by him; the
 * exception has its codes */
void rule_resident_alone(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        char how = fact_is_visit(s) ? teaching(w, s) : 0;

        if (how != 'R' && !(how == 'E' && !is_excepted(s)))
            continue;
        em_evidence(w, s->as, s->from_date);
        work_ask_service(w, r, s, "undocumented",
                         work_printf(w,
                                     "A resident gave the visit %s. What was the part of the "
                                     "teaching physician?",
                                     s->as->code->code));
    }
}
