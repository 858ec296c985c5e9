/* known.c - a code for new patients of one whom the group saw: the patient's other encounters say
 * it
 *
 * New is who had no professional service face to face of the same clinician, or of one of the exact
 * specialty in the group, within three years (AMA CPT; CMS claims manual ch. 12, 30.6.7). */
#include <string.h>

#include "common/base/date.h"
#include "services/coder/em/check.h"
#include "services/coder/lines/lines.h"
#include "services/coder/party.h"

enum { YEARS_NEW = 3 };

/* Codes for new patients and the same of established ones, beside the families of levels. */
static const struct {
    const char *fresh, *known;
} kinds[] = {
    {"92002", "92012"}, {"92004", "92014"}, {"99381", "99391"},
    {"99382", "99392"}, {"99383", "99393"}, {"99384", "99394"},
    {"99385", "99395"}, {"99386", "99396"}, {"99387", "99397"},
};

/* known_code - the code of an established patient; NULL: it is not for new ones */
static const char *known_code(const struct service *s)
{
    enum em_level level;
    const struct em_family *f = em_family_of(s->as->code->code, s->from_date, &level);

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (fact_is(s, kinds[i].fresh))
            return kinds[i].known;
    return f && f->patient == 'Y' ? em_other_patients(f)->codes[level] : NULL;
}

/* saw_before - a service of the group's same specialty in the three years before; NULL: none */
static const CcPastService *saw_before(struct work *w, const struct service *s)
{
    const CcProvider *who = party_rendering(w, s), *group = party_group(w, PROVIDER_ROLE_BILLING);

    for (size_t i = 0; i < w->visit->n_earlier; i++) {
        const CcPastService *o = w->visit->earlier[i];
        bool ours = group && group->npi[0] && strcmp(group->npi, o->group_npi) == 0 && who &&
                    who->taxonomy[0] && strcmp(who->taxonomy, o->taxonomy) == 0;

        if (!o->rental[0] && o->service_date < s->from_date &&
            date_add_years(o->service_date, YEARS_NEW) > s->from_date &&
            (ours || strcmp(fact_npi(w, s), o->npi) == 0))
            return o;
    }
    return NULL;
}

/* rule_known_patient - with the earlier service as evidence */
void rule_known_patient(struct work *w, const struct rule *r)
{
    for (size_t i = 0; w->visit->n_earlier && i < w->n_services; i++) {
        struct service *s = &w->services[i];
        const char *code = fact_ready(s) && s->professional ? known_code(s) : NULL;
        const CcPastService *o = code ? saw_before(w, s) : NULL;
        CcReviewItem *item;

        if (!o)
            continue;
        work_evidence_past(w, s->as, o);
        item = work_ask_service(
            w, r, s, "level",
            work_printf(w,
                        "%s is for new patients, and the group's same specialty gave %s within "
                        "three years. Which code does the record support?",
                        s->as->code->code, o->code));
        work_option(w, item, CODE_SYSTEM_CPT, code, code);
        work_option(w, item, CODE_SYSTEM_CPT, s->as->code->code, s->as->code->code);
    }
}
