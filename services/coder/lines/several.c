/* several.c - several operations of a session, several visits of a day in a hospital's departments
 *
 * 51 is for payers that want it (payers table, coding: 51); Medicare ranks the lines itself. The
 * fee schedule says which operations are ranked (multiple procedure indicator 2, 3) and, by the
 * weight of the whole service, which is first; without its edition nothing is said. */
#include <string.h>

#include "common/tables/rvu.h"
#include "services/coder/lines/lines.h"

/* An operation that is ranked among the others of its session. */
static bool is_ranked(struct work *w, const struct service *s, struct table_row *row)
{
    static const char *const others[] = {"80", "81", "82", "AS", "50", "78", NULL};

    return fact_ready(s) && s->professional && !fact_is_visit(s) && !fact_has_any(s, others) &&
           fact_fee(w, s, row) && !table_col_is(row, "global", "ZZZ") &&
           (table_col_is(row, "multiple", "2") || table_col_is(row, "multiple", "3"));
}

/* weight - of the whole service where it was given, in hundredths */
static int64_t weight(struct work *w, const struct service *s, const struct table_row *row)
{
    return table_col_i64(
        row, fact_in_facility(w, s) ? "facility_total_hundredths" : "nonfacility_total_hundredths",
        0);
}

/* outranks - another operation of the session weighs more, or as much and stands before it */
static bool outranks(struct work *w, const struct service *x, const struct service *s, int64_t own)
{
    struct table_row row;
    int64_t other;

    if (x == s || !fact_together(w, x, s) || !is_ranked(w, x, &row))
        return false;
    other = weight(w, x, &row);
    return other > own || (other == own && x < s);
}

/* rule_several_operations - 51 on all but the first */
void rule_several_operations(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct table_row row;
        bool lower = false;

        if (!is_ranked(w, s, &row) || !fact_wants(w, s, "51", false))
            continue;
        for (size_t k = 0; k < w->n_services && !lower; k++)
            lower = outranks(w, &w->services[k], s, weight(w, s, &row));
        if (!lower)
            continue;
        fact_modify(w, r, s, "51");
        work_cite_table(w, s->as, r, row.edition);
    }
}

/* is_department - a visit on an outpatient hospital's bill, with the department's revenue code */
static bool is_department(const struct work *w, const struct service *s)
{
    return fact_ready(s) && s->institutional && !w->inpatient && s->revenue[0] &&
           (fact_is_visit(s) || fact_between(s, "G0380", "G0384") || fact_is(s, "G0463"));
}

/* rule_several_visits - 27 on the visits of a day after the first, each in its own department */
void rule_several_visits(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        bool later = false;

        if (!is_department(w, s))
            continue;
        for (size_t k = 0; k < i && !later; k++)
            later = is_department(w, &w->services[k]) && w->services[k].from_date == s->from_date &&
                    strcmp(w->services[k].revenue, s->revenue) != 0;
        if (later)
            fact_modify(w, r, s, "27");
    }
}
