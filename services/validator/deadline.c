/* deadline.c - the filing limit: Medicare's by law, other payers' by their row in the payers table
 *
 * Medicare: one calendar year, from each line's first day (837P) or from the statement's last day
 * (837I); of 29 February on 28 February (42 CFR 424.44). Nothing but a usable receipt stops it. */
#include "services/validator/deadline.h"

#include "common/base/date.h"
#include "services/validator/edits/edits.h"

/* edit_earliest_line - with the earliest day that is one */
const struct edit_line *edit_earliest_line(const struct edit_claim *c)
{
    const struct edit_line *first = &c->lines[0];

    for (size_t i = 1; i < c->n_lines; i++)
        if (date_valid(c->lines[i].from) &&
            (!date_valid(first->from) || c->lines[i].from < first->from))
            first = &c->lines[i];
    return first;
}

/* basis_day - the day that the limit is counted from */
static int32_t basis_day(const struct edit_claim *c, const struct table_row *payer)
{
    if (payer && table_col_is(payer, "filing_basis", "discharge") && c->claim->discharge_date)
        return c->claim->discharge_date;
    if (payer && table_col_is(payer, "filing_basis", "line_from"))
        return c->n_lines ? edit_earliest_line(c)->from : c->from;
    if (payer && table_col(payer, "filing_basis").n)
        return c->thru;
    return c->professional && c->n_lines ? edit_earliest_line(c)->from : c->thru;
}

/* edit_deadline - Medicare's year, or the payer's days */
int32_t edit_deadline(struct edit_run *r)
{
    struct table_row row;
    int32_t basis;
    int64_t days;

    if (r->c->medicare) {
        basis = basis_day(r->c, NULL);
        return date_valid(basis) ? date_add_years(basis, 1) : 0;
    }
    if (!(r->c->facts & NEED_PAYER) || !edit_edition(r, TABLE_PAYERS, r->c->from) ||
        !edit_ask_payer(r, &row))
        return 0;
    days = table_col_i64(&row, "timely_filing_days", 0);
    basis = basis_day(r->c, &row);
    return days > 0 && days < 36500 && date_valid(basis) ? date_add(basis, (int32_t)days) : 0;
}
