/* fee.c - what the fee schedules say of a code, asked once a group; COD-06, LAT-02, LAT-03, NCC-06,
 * POS-03 ask it */
#include "services/validator/edits/edits.h"

#include <string.h>

#include "common/base/str.h"
#include "common/tables/rvu.h"

/* first_sign - of a cell, or '\0' */
static char first_sign(const struct table_row *row, const char *column)
{
    struct span v = table_col(row, column);

    return v.n ? v.p[0] : '\0';
}

/* edit_fee - the row of the whole service */
const struct edit_fee *edit_fee(struct edit_run *r, const struct edit_line *l)
{
    struct edit_group *g = &r->c->groups[l->group];
    struct table_row row;

    if (g->fee != ASKED_NOT || !l->key)
        return &g->schedule;
    g->fee = edit_ask_if_loaded(r, TABLE_RVU, l->code, RVU_WHOLE, l->from, &row);
    if (g->fee == ASKED_FOUND) {
        g->schedule.status = first_sign(&row, "status");
        g->schedule.allowed_cents = table_col_i64(&row, "nonfacility_total_hundredths", 0) *
                                    table_col_i64(&row, "factor_ten_thousandths", 0) / 10000;
        g->schedule.pctc = first_sign(&row, "pctc");
        g->schedule.bilateral = first_sign(&row, "bilateral");
        table_col_text(&row, "global", g->schedule.global, sizeof(g->schedule.global));
        g->schedule.edition = row.edition;
    }
    return &g->schedule;
}

/* edit_status - from Addendum B */
const char *edit_status(struct edit_run *r, const struct edit_line *l)
{
    struct edit_group *g = &r->c->groups[l->group];
    struct table_row row;

    if (r->c->kind != KIND_OUT || !r->c->medicare || !l->key)
        return "";
    if (g->opps == ASKED_NOT) {
        g->opps = edit_ask_if_loaded(r, TABLE_OPPS, l->code, NULL, l->from, &row);
        if (g->opps == ASKED_FOUND)
            table_col_text(&row, "status", g->status, sizeof(g->status));
    }
    return g->status;
}
