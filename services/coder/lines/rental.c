/* rental.c - the month of a capped rental: KH the first, KI the second and third, KJ those after
 *
 * Medicare rents what HCPCS prices as capped (pricing indicator 36) for thirteen months of use (42
 * CFR 414.229; CMS claims manual ch. 20, 30.5). The patient's other encounters tell their months;
 * counted is from one that was told as the first, for before it the rental may have begun
 * elsewhere. A break of more than sixty days and the rest of its month may begin a new period: a
 * person says it. */
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "services/coder/lines/lines.h"

enum { CAPPED_MONTHS = 13, SECOND_THIRD = 3, BREAK_DAYS = 92 };

static const char *const months[] = {"KH", "KI", "KJ", NULL};

/* rental_month - see lines.h */
const char *rental_month(const struct service *s)
{
    for (size_t i = 0; s->n_modifiers && months[i]; i++)
        if (service_has_modifier(s, months[i]))
            return months[i];
    return "";
}

/* is_capped - by the edition of the day; false: it is not, or no edition says */
static bool is_capped(struct work *w, const struct service *s, struct table_row *row)
{
    struct span list;

    if (tables_find(w->t, TABLE_HCPCS, s->as->code->code, NULL, s->from_date, row) != LOOKUP_FOUND)
        return false;
    list = table_col(row, "pricing");
    while (list.n)
        if (span_is(span_cut(&list, ';'), "36"))
            return true;
    return false;
}

/* is_earlier - a month of the same equipment before this one */
static bool is_earlier(const CcPastService *o, const struct service *s)
{
    return o->rental[0] && strcmp(o->code, s->as->code->code) == 0 &&
           o->service_date < s->from_date;
}

/* first_month - the last one that was told as the first; NULL: none */
static const CcPastService *first_month(const struct work *w, const struct service *s)
{
    const CcPastService *found = NULL;

    for (size_t i = 0; i < w->visit->n_earlier; i++) {
        const CcPastService *o = w->visit->earlier[i];

        if (is_earlier(o, s) && strcmp(o->rental, "KH") == 0 &&
            (!found || o->service_date > found->service_date))
            found = o;
    }
    return found;
}

/* next_after - the first of them behind a day; 0: none */
static int32_t next_after(const struct work *w, const struct service *s, int32_t day)
{
    int32_t next = 0;

    for (size_t i = 0; i < w->visit->n_earlier; i++) {
        const CcPastService *o = w->visit->earlier[i];

        if (is_earlier(o, s) && o->service_date > day && (!next || o->service_date < next))
            next = o->service_date;
    }
    return next;
}

/* month_of - its number; 0: there was a break */
static int month_of(const struct work *w, const struct service *s, int32_t first)
{
    int month = 1;
    int32_t day = first;

    for (int32_t next; day < s->from_date; day = next, month++) {
        next = next_after(w, s, day);
        if (!next)
            next = s->from_date;
        if (date_diff(next, day) > BREAK_DAYS)
            return 0;
    }
    return month;
}

/* ask_month - nobody but a person knows */
static void ask_month(struct work *w, const struct rule *r, struct service *s)
{
    CcReviewItem *item = work_ask_service(
        w, r, s, "modifier",
        work_printf(w, "Which month of its rental is this of %s?", s->as->code->code));

    if (item->n_options)
        return;
    work_choice(w, item, "KH", "the first (modifier KH)");
    work_choice(w, item, "KI", "the second or third (modifier KI)");
    work_choice(w, item, "KJ", "a later one, up to the thirteenth (modifier KJ)");
}

/* rule_rental_month - counted from the first, else asked */
void rule_rental_month(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        const CcPastService *first;
        struct table_row row;
        int month;

        if (!fact_ready(s) || !service_has_modifier(s, "RR") || rental_month(s)[0] ||
            !fact_medicare(w, s) || !is_capped(w, s, &row))
            continue;
        first = first_month(w, s);
        month = first ? month_of(w, s, first->service_date) : 0;
        work_cite_table(w, s->as, r, row.edition);
        if (month && month <= CAPPED_MONTHS) {
            fact_modify(w, r, s, month <= SECOND_THIRD ? "KI" : "KJ");
            work_evidence_past(w, s->as, first);
        } else {
            ask_month(w, r, s);
        }
    }
}
