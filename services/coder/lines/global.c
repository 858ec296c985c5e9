/* global.c - a visit beside a small operation (CMS claims manual ch. 12, 40; NCCI policy manual
 * ch. I): what treats another problem is a service of its own */
#include <string.h>

#include "services/coder/claim.h"
#include "services/coder/lines/lines.h"

/* named_days - of the code's row of the fee schedule; -1: none */
static int named_days(struct work *w, const struct service *s)
{
    struct table_row row;
    struct span days;

    if (!fact_fee(w, s, &row))
        return -1;
    days = table_col(&row, "global");
    return span_is(days, "000") ? 0 : span_is(days, "010") ? 10 : span_is(days, "090") ? 90 : -1;
}

/* global_has_days - see lines.h */
bool global_has_days(struct work *w, const struct service *s)
{
    return service_is_hcpcs(s) && !fact_is_visit(s) && named_days(w, s) >= 0;
}

/* global_days - see lines.h */
int global_days(struct work *w, const struct service *s)
{
    return s->professional && fact_ready(s) && !fact_is_visit(s) ? named_days(w, s) : -1;
}

/* in_list - is the rank among them? */
static bool in_list(uint32_t rank, const uint32_t *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == rank)
            return true;
    return false;
}

/* other_reason - see lines.h */
uint32_t other_reason(struct work *w, const struct service *a, const struct service *b)
{
    uint32_t x[CLAIM_POINTERS], y[CLAIM_POINTERS];
    size_t n = fact_ranks(w, a, x), m = fact_ranks(w, b, y);

    for (size_t i = 0; m && i < n; i++)
        if (!in_list(x[i], y, m))
            return x[i];
    return 0;
}

/* cite_reason - the diagnosis that shows it */
void cite_reason(struct work *w, struct service *s, uint32_t rank)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (w->dx[i].rank == rank)
            work_evidence(w, s->as, w->dx[i].problem->event_id, w->dx[i].problem->ref, "");
}

/* is_yearly - a preventive visit, as Medicare has them too */
static bool is_yearly(const struct service *s)
{
    return fact_between(s, "99381", "99397") || fact_is(s, "G0402") ||
           fact_between(s, "G0438", "G0439");
}

/* holds_visit - a small operation, or a preventive visit */
static bool holds_visit(struct work *w, const struct service *x)
{
    int days = global_days(w, x);

    return days == 0 || days == 10 || (fact_ready(x) && is_yearly(x));
}

/* own_problem - of the visit beside every small operation of the day; 0: none, or no operation */
static uint32_t own_problem(struct work *w, const struct service *visit)
{
    uint32_t rank = 0;

    for (size_t i = 0; i < w->n_services; i++) {
        const struct service *x = &w->services[i];

        if (x == visit || !holds_visit(w, x) || !fact_together(w, visit, x))
            continue;
        rank = other_reason(w, visit, x);
        if (!rank)
            return 0;
    }
    return rank;
}

/* rule_visit_own_problem - 25: the visit treats a problem that the operation is not for */
void rule_visit_own_problem(struct work *w, const struct rule *r)
{
    static const char *const said[] = {"24", "25", "57", NULL};

    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        uint32_t rank;

        if (!fact_ready(s) || !s->professional || !fact_is_visit(s) ||
            fact_between(s, "99381", "99397") || fact_has_any(s, said))
            continue;
        rank = own_problem(w, s);
        if (!rank)
            continue;
        fact_modify(w, r, s, "25");
        cite_reason(w, s, rank);
    }
}
