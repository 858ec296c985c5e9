/* pair.c - a drug or vaccine without its administration, and the other way: told, never added */
#include <string.h>

#include "services/coder/find/find.h"
#include "services/coder/infusion/infusion.h"
#include "services/coder/lines/lines.h"

typedef bool (*kind_fn)(const struct service *s);

/* is_injected - HCPCS drugs that are not swallowed or inhaled */
static bool is_injected(const struct service *s)
{
    return fact_between(s, "J0120", "J3489") || fact_between(s, "J9000", "J9999");
}

/* is_needle - an injection or infusion, or an operation that a drug may belong to */
static bool is_needle(const struct service *s)
{
    return infusion_code(s->as->code->code) || fact_between(s, "10004", "69990") ||
           fact_between(s, "96379", "96549") || fact_between(s, "95115", "95199");
}

/* is_infused - an injection or infusion alone */
static bool is_infused(const struct service *s)
{
    return infusion_code(s->as->code->code);
}

/* is_drug - a drug of any code */
static bool is_drug(const struct service *s)
{
    return fact_between(s, "J0120", "J9999") || fact_between(s, "Q0138", "Q5999") ||
           fact_between(s, "90281", "90399") || fact_between(s, "C9000", "C9999");
}

/* is_vaccine - a product */
static bool is_vaccine(const struct service *s)
{
    return fact_between(s, "90476", "90759") || fact_between(s, "91300", "91323");
}

/* is_vaccination - its administration */
static bool is_vaccination(const struct service *s)
{
    return fact_between(s, "90460", "90474") || fact_between(s, "G0008", "G0010") ||
           fact_is(s, "90480") ||
           (fact_between(s, "0001A", "0174A") && s->as->code->code[4] == 'A');
}

/* has - a line of the kind on the service's day and side */
static bool has(const struct work *w, const struct service *s, kind_fn kind)
{
    for (size_t i = 0; i < w->n_services; i++) {
        const struct service *x = &w->services[i];

        if ((fact_ready(x) || x->state == SERVICE_ASKED) && x->from_date == s->from_date &&
            x->institutional == s->institutional && kind(x))
            return true;
    }
    return false;
}

/* tell_alone - the first of a kind each day that has nothing of the other */
static void tell_alone(struct work *w, const struct rule *r, kind_fn kind, kind_fn other,
                       const char *question)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];

        if (fact_ready(s) && kind(s) && !(w->inpatient && s->institutional) && !has(w, s, other))
            work_tell_service(w, r, s, "missed-charge",
                              work_printf(w, "%s is charged, and %s", s->as->code->code, question));
    }
}

/* rule_drug_alone - an injected drug */
void rule_drug_alone(struct work *w, const struct rule *r)
{
    tell_alone(w, r, is_injected, is_needle, "no injection or infusion. How was it given?");
}

/* rule_needle_alone - an injection or infusion of nothing */
void rule_needle_alone(struct work *w, const struct rule *r)
{
    tell_alone(w, r, is_infused, is_drug, "no drug. What was given?");
}

/* rule_vaccine_alone - a vaccine */
void rule_vaccine_alone(struct work *w, const struct rule *r)
{
    tell_alone(w, r, is_vaccine, is_vaccination, "no administration of a vaccine. Who gave it?");
}

/* rule_vaccine_needle_alone - the administration of none */
void rule_vaccine_needle_alone(struct work *w, const struct rule *r)
{
    tell_alone(w, r, is_vaccination, is_vaccine, "no vaccine. What was given?");
}
