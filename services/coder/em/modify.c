/* modify.c - what a visit's documentation says for its modifiers */
#include <string.h>

#include "common/base/date.h"
#include "services/coder/em/check.h"
#include "services/coder/lines/lines.h"

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

/* by_wire - the modifier of a visit that was not face to face */
static void by_wire(struct work *w, const struct rule *r, char mode, bool medicare,
                    const char *modifier)
{
    static const char *const said[] = {"93", "95", "GT", "GQ", "G0"};

    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct em_facts f;
        bool has = false;

        for (size_t k = 0; k < sizeof(said) / sizeof(said[0]); k++)
            has = has || service_has_modifier(s, said[k]);
        if (has || !em_documented(w, s, &f) || f.mode != mode || (!medicare && fact_medicare(w, s)))
            continue;
        fact_modify(w, r, s, modifier);
        em_evidence(w, s->as, s->from_date);
    }
}

/* rule_by_audio - 93 */
void rule_by_audio(struct work *w, const struct rule *r)
{
    by_wire(w, r, 'A', true, "93");
}

/* rule_by_video - 95; Medicare tells it by the place of service */
void rule_by_video(struct work *w, const struct rule *r)
{
    by_wire(w, r, 'V', false, "95");
}
