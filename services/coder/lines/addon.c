/* addon.c - an add-on code and what it is added to (CMS NCCI add-on edits)
 *
 * Type 1 names all its primaries: one of them stands on the same bill, that day or the day before.
 * Types 2 and 3 leave them to the contractor, and to the validator. */
#include <string.h>

#include "common/base/date.h"
#include "services/coder/lines/lines.h"

/* is_billed - a line of this code near the add-on, on its side of the bill */
static bool is_billed(const struct work *w, const struct service *addon, struct span code)
{
    for (size_t i = 0; i < w->n_services; i++) {
        const struct service *s = &w->services[i];

        if (s != addon && (fact_ready(s) || s->state == SERVICE_ASKED) &&
            span_is(code, s->as->code->code) && s->institutional == addon->institutional &&
            s->from_date <= addon->from_date && s->from_date >= date_add(addon->from_date, -1))
            return true;
    }
    return false;
}

/* lacks_primary - of type 1, and none of its primaries is billed; the table's edition goes to *row
 */
static bool lacks_primary(struct work *w, const struct service *s, struct table_row *row)
{
    bool closed = false;

    for (size_t cursor = 0;
         tables_next(w->t, TABLE_AOC, s->as->code->code, s->from_date, &cursor, row);) {
        struct span primary = table_key(row, 1);

        if (table_col_i64(row, "type", 0) != 1 || span_is(primary, "CCCCC") ||
            is_billed(w, s, primary))
            return false;
        closed = true;
    }
    return closed;
}

/* rule_addon_alone - which service was it added to? */
void rule_addon_alone(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct table_row row;

        if (!fact_ready(s) || !lacks_primary(w, s, &row))
            continue;
        work_cite_table(w, s->as, r, row.edition);
        work_ask_service(w, r, s, "undocumented",
                         work_printf(w,
                                     "%s is added to another service, and none that it can be "
                                     "added to is charged that day. What was done?",
                                     s->as->code->code));
    }
}
