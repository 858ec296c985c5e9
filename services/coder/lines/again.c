/* again.c - the same thing twice on a day: two lines, the later one says why
 *
 * Only where the record has the hour of each: 91 for a laboratory test done again for new values,
 * 76 for a procedure repeated by the same clinician, 77 by another. */
#include <string.h>

#include "services/coder/lines/lines.h"

/* hour_of - when it was done; 0: not said */
static int64_t hour_of(const struct service *s)
{
    if (s->charge && s->charge->start_ms)
        return s->charge->start_ms;
    return s->done ? s->done->start_ms : 0;
}

/* is_procedure - surgery, imaging, medicine; not what is counted by time, dose or order */
static bool is_procedure(const struct service *s)
{
    return fact_is_operation(s) || fact_between(s, "70010", "79999") ||
           fact_between(s, "91010", "96020");
}

/* says_why - a modifier tells the two lines apart already */
static bool says_why(const struct service *s)
{
    static const char *const why[] = {"59", "76", "77", "91", "XE", "XP", "XS", "XU"};

    for (size_t i = 0; i < sizeof(why) / sizeof(why[0]); i++)
        if (service_has_modifier(s, why[i]))
            return true;
    return site_modified(s);
}

/* earlier - the same code on the same bill and day, at an earlier hour; NULL: none */
static struct service *earlier(struct work *w, const struct service *s)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *x = &w->services[i];

        if (x != s && fact_ready(x) && fact_is(x, s->as->code->code) && hour_of(x) &&
            hour_of(x) < hour_of(s) && x->from_date == s->from_date &&
            x->institutional == s->institutional)
            return x;
    }
    return NULL;
}

/* may_repeat - at a known hour, and nothing says why yet */
static bool may_repeat(const struct service *s)
{
    return hour_of(s) && fact_ready(s) && !says_why(s);
}

/* rule_test_again - 91 */
void rule_test_again(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++)
        if (may_repeat(&w->services[i]) && fact_is_test(&w->services[i]) &&
            earlier(w, &w->services[i]))
            fact_modify(w, r, &w->services[i], "91");
}

/* repeat - 76 or 77 where the clinicians are the same or not */
static void repeat(struct work *w, const struct rule *r, bool same, const char *modifier)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i], *x;

        if (!may_repeat(s) || !is_procedure(s) || !(x = earlier(w, s)))
            continue;
        if ((strcmp(fact_npi(w, s), fact_npi(w, x)) == 0) == same)
            fact_modify(w, r, s, modifier);
    }
}

/* rule_again_same - 76 */
void rule_again_same(struct work *w, const struct rule *r)
{
    repeat(w, r, true, "76");
}

/* rule_again_other - 77 */
void rule_again_other(struct work *w, const struct rule *r)
{
    repeat(w, r, false, "77");
}
