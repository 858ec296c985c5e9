/* global.c - a visit beside a small operation, and what follows an operation within its days
 *
 * The fee schedule's global days hold the operation's own visits (CMS claims manual ch. 12, 40;
 * NCCI policy manual ch. I). What is for another diagnosis than the operation is a service of its
 * own; that is all that the codes of a record can show, the rest is a question. */
#include <string.h>

#include "common/base/date.h"
#include "services/coder/claim.h"
#include "services/coder/lines/lines.h"

/* has_any - one of these stands on the line already */
static bool has_any(const struct service *s, const char *const *modifiers)
{
    for (; *modifiers; modifiers++)
        if (service_has_modifier(s, *modifiers))
            return true;
    return false;
}

/* global_days - 0, 10, 90; -1: none, or not known */
static int global_days(struct work *w, const struct service *s)
{
    struct table_row row;

    if (!s->professional || !fact_ready(s) || fact_is_visit(s) || !fact_fee(w, s, &row))
        return -1;
    return table_col_is(&row, "global", "000")   ? 0
           : table_col_is(&row, "global", "010") ? 10
           : table_col_is(&row, "global", "090") ? 90
                                                 : -1;
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

/* unrelated - they share no diagnosis, and both name some */
static bool unrelated(struct work *w, const struct service *a, const struct service *b, bool *known)
{
    uint32_t x[CLAIM_POINTERS], y[CLAIM_POINTERS];
    size_t n = fact_ranks(w, a, x), m = fact_ranks(w, b, y);

    *known = n && m;
    for (size_t i = 0; i < n; i++)
        if (in_list(x[i], y, m))
            return false;
    return *known;
}

/* cite_reason - the diagnosis that shows it */
void cite_reason(struct work *w, struct service *s, uint32_t rank)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (w->dx[i].rank == rank)
            work_evidence(w, s->as, w->dx[i].problem->event_id, w->dx[i].problem->ref, "");
}

/* holds_visit - a small operation, or a preventive visit */
static bool holds_visit(struct work *w, const struct service *x)
{
    int days = global_days(w, x);

    return days == 0 || days == 10 || (fact_ready(x) && fact_between(x, "99381", "99397"));
}

/* own_problem - of the visit beside every small operation of the day; 0: none, or no operation */
static uint32_t own_problem(struct work *w, const struct service *visit)
{
    uint32_t rank = 0;

    for (size_t i = 0; i < w->n_services; i++) {
        const struct service *x = &w->services[i];

        if (x == visit || !fact_together(w, visit, x) || !holds_visit(w, x))
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
            fact_between(s, "99381", "99397") || has_any(s, said))
            continue;
        rank = own_problem(w, s);
        if (!rank)
            continue;
        fact_modify(w, r, s, "25");
        cite_reason(w, s, rank);
    }
}

/* operation_before - of the same clinician, whose days hold this one; NULL: none */
static struct service *operation_before(struct work *w, const struct service *s)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *x = &w->services[i];
        int days = x != s ? global_days(w, x) : -1;

        if (days > 0 && x->from_date < s->from_date &&
            date_diff(s->from_date, x->from_date) <= days &&
            strcmp(fact_npi(w, x), fact_npi(w, s)) == 0)
            return x;
    }
    return NULL;
}

/* rule_visit_after - 24 where it is for something else; for the same it is part of the operation */
void rule_visit_after(struct work *w, const struct rule *r)
{
    static const char *const said[] = {"24", "25", "57", NULL};

    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i], *operation;
        bool known;

        if (!fact_ready(s) || !s->professional || !fact_is_visit(s) || has_any(s, said))
            continue;
        operation = operation_before(w, s);
        if (!operation)
            continue;
        if (unrelated(w, s, operation, &known))
            fact_modify(w, r, s, "24");
        else if (known)
            work_reject_service(w, r, s);
    }
}

/* ask_relation - planned, a return, or something else? */
static void ask_relation(struct work *w, const struct rule *r, struct service *s)
{
    CcReviewItem *item =
        work_ask_service(w, r, s, "modifier",
                         work_printf(w,
                                     "How does %s relate to the operation before it, whose global "
                                     "days it falls into?",
                                     s->as->code->code));

    work_choice(w, item, "58", "planned or staged (modifier 58)");
    work_choice(w, item, "78", "an unplanned return to the operating room for it (modifier 78)");
    work_choice(w, item, "79", "unrelated to it (modifier 79)");
}

/* rule_operation_after - 79 where it is for something else, else a person says why */
void rule_operation_after(struct work *w, const struct rule *r)
{
    static const char *const said[] = {"58", "76", "77", "78", "79", NULL};

    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i], *operation;
        bool known;

        if (global_days(w, s) < 0 || !fact_between(s, "10004", "69990") || has_any(s, said))
            continue;
        operation = operation_before(w, s);
        if (operation && unrelated(w, s, operation, &known))
            fact_modify(w, r, s, "79");
        else if (operation)
            ask_relation(w, r, s);
    }
}
