/* check.c - the charged level against what the record documents, both ways
 *
 * More than documented is a question that holds the claim, less is told and changes nothing: a
 * level is never chosen here. Minutes alone may support a level but do not deny one, for the
 * decision making may stand in the note; it is denied only where its problems and its risk are
 * documented. */
#include "services/coder/em/check.h"

#include <inttypes.h>
#include <string.h>

#include "services/coder/lines/lines.h"

/* em_documented - of one clinician that day */
bool em_documented(struct work *w, const struct service *s, struct em_facts *f)
{
    if (!w->enc->n_observations || !fact_ready(s) || !s->professional || !fact_is_visit(s))
        return false;
    for (size_t i = 0; i < w->n_services; i++) {
        const struct service *x = &w->services[i];

        if (fact_ready(x) && x->professional && fact_is_visit(x) && x->from_date == s->from_date &&
            strcmp(fact_npi(w, x), fact_npi(w, s)) != 0)
            return false;
    }
    *f = em_facts_of(w, s->from_date);
    return true;
}

/* What is charged and what is documented. */
struct levels {
    const struct em_family *family;
    struct em_facts facts;
    struct em_mdm mdm;
    enum em_level charged, by_time, supported;
};

/* weigh - both ways; false: nothing is documented, or the code has no levels */
static bool weigh(struct work *w, const struct service *s, struct levels *l)
{
    *l = (struct levels){0};
    if (!em_documented(w, s, &l->facts) || !l->facts.any)
        return false;
    l->family = em_family_of(s->as->code->code, s->from_date, &l->charged);
    if (!l->family)
        return false;
    l->mdm = em_mdm(&l->facts);
    l->by_time = l->facts.minutes < 0 ? EM_NONE : em_by_time(l->family, l->facts.minutes);
    l->supported = l->mdm.reached > l->by_time ? l->mdm.reached : l->by_time;
    return true;
}

/* code_at - of a level in a family; "": none */
static const char *code_at(const struct em_family *f, enum em_level level)
{
    return f && level > EM_NONE && level < EM_LEVELS ? f->codes[level] : "";
}

/* code_of - of a level in the family */
static const char *code_of(const struct levels *l, enum em_level level)
{
    return code_at(l->family, level);
}

/* is_charged - the documented level has the charged code */
static bool is_charged(const struct levels *l, const struct service *s)
{
    return strcmp(code_of(l, l->supported), s->as->code->code) == 0;
}

/* em_reasons - see check.h */
const char *em_reasons(struct work *w, const struct em_family *family, const struct em_facts *f)
{
    struct em_mdm mdm = em_mdm(f);
    const char *code = code_at(family, mdm.reached), *by_time = "no minutes";

    if (f->minutes >= 0) {
        const char *at = code_at(family, family ? em_by_time(family, f->minutes) : EM_NONE);

        by_time = work_printf(w, "%" PRId64 " minutes%s%s", f->minutes, family ? ", " : "",
                              *at || !family ? at : "no level");
    }
    return work_printf(w,
                       "documented are problems %s, data %s, risk %s: two of three reach %s%s%s; "
                       "%s",
                       em_level_name(mdm.problems), em_level_name(mdm.data),
                       em_level_name(mdm.risk), em_level_name(mdm.reached), *code ? ", " : "", code,
                       by_time);
}

/* reasons - of the charged family */
static const char *reasons(struct work *w, const struct levels *l)
{
    return em_reasons(w, l->family, &l->facts);
}

/* name_next - the next higher code and what it lacks: shown to people, never chosen */
static void name_next(struct work *w, struct service *s, const struct levels *l)
{
    enum em_level next = l->supported;
    CcAlternative *a;

    while (next < EM_HIGH && strcmp(code_of(l, next), s->as->code->code) == 0)
        next++;
    if (strcmp(code_of(l, next), s->as->code->code) == 0 || s->as->n_alternatives)
        return;
    a = work_new(w, &cc_alternative__descriptor);
    a->code = work_new(w, &cc_code__descriptor);
    a->code->system = s->as->code->system;
    a->code->code = work_text(w, code_of(l, next));
    a->missing = work_text(w, em_missing(&l->mdm, next));
    event_push(w->a, s->as, alternatives, a);
}

/* rule_em_level - charged as documented */
void rule_em_level(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct levels l;

        if (!weigh(w, s, &l) || !is_charged(&l, s))
            continue;
        work_cite(w, s->as, r);
        em_evidence(w, s->as, s->from_date);
        name_next(w, s, &l);
    }
}

/* offer - the codes of the family, other, cannot be determined */
static void offer(struct work *w, CcReviewItem *item, const struct service *s,
                  const struct levels *l)
{
    for (int i = EM_STRAIGHTFORWARD; i < EM_LEVELS; i++)
        if (i == EM_HIGH || strcmp(l->family->codes[i], l->family->codes[i + 1]) != 0)
            work_option(w, item, s->as->code->system, l->family->codes[i], l->family->codes[i]);
}

/* denied - decision making is documented, and neither way reaches what is charged */
static bool denied(const struct levels *l, const struct service *s)
{
    return l->mdm.problems != EM_NONE && l->mdm.risk != EM_NONE && l->supported < l->charged &&
           !is_charged(l, s);
}

/* rule_em_excess - more is charged than documented */
void rule_em_excess(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct levels l;

        if (!weigh(w, s, &l) || !denied(&l, s))
            continue;
        em_evidence(w, s->as, s->from_date);
        offer(w,
              work_ask_service(
                  w, r, s, "level",
                  work_printf(w, "%s is charged; %s. Which level does the record support?",
                              s->as->code->code, reasons(w, &l))),
              s, &l);
    }
}

/* rule_em_gap - less is charged than documented: told, the charge stays */
void rule_em_gap(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct levels l;

        if (!weigh(w, s, &l) || l.supported <= l.charged)
            continue;
        work_tell_service(w, r, s, "level-gap",
                          work_printf(w, "%s is charged; %s. Which level does the record support?",
                                      s->as->code->code, reasons(w, &l)));
    }
}

/* offer_kind - the code of a level for new or established patients */
static void offer_kind(struct work *w, CcReviewItem *item, const struct service *s,
                       const struct em_family *f, enum em_level level)
{
    work_option(w, item, s->as->code->system, f->codes[level],
                work_printf(w, "%s: %s", f->patient == 'Y' ? "no, new" : "yes, established",
                            f->codes[level]));
}

/* rule_em_new_patient - the family of the other kind of patient */
void rule_em_new_patient(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        enum em_level level;
        const struct em_family *family;
        struct em_facts f;
        CcReviewItem *item;

        if (!em_documented(w, s, &f) || !f.is_new)
            continue;
        family = em_family_of(s->as->code->code, s->from_date, &level);
        if (!family || !family->patient || f.is_new == family->patient)
            continue;
        em_evidence(w, s->as, s->from_date);
        item = work_ask_service(
            w, r, s, "level",
            work_printf(w,
                        "%s is for %s patients, and the record says otherwise. Had the patient a "
                        "professional service of the same group and specialty in the three years "
                        "before?",
                        s->as->code->code, family->patient == 'Y' ? "new" : "established"));
        offer_kind(w, item, s, family, level);
        offer_kind(w, item, s, em_other_patients(family), level);
    }
}
