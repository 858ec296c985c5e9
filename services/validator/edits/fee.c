/* fee.c - what the fee schedules say of a code, asked once a group; COD-06, LAT-02, LAT-03, NCC-06,
 * POS-03 ask it */
#include "services/validator/edits/edits.h"

#include <string.h>

#include "common/base/str.h"
#include "common/tables/rvu.h"

/* edit_fee - the row of the whole service */
const struct table_row *edit_fee(struct edit_run *r, const struct edit_line *l)
{
    struct edit_group *g = &r->c->groups[l->group];

    if (!l->key)
        return NULL;
    if (g->fee == ASKED_NOT)
        g->fee = edit_ask_if_loaded(r, TABLE_RVU, l->code, RVU_WHOLE, l->from, &g->schedule);
    return g->fee == ASKED_FOUND ? &g->schedule : NULL;
}

/* edit_fee_sign - of a column */
char edit_fee_sign(struct edit_run *r, const struct edit_line *l, const char *column)
{
    const struct table_row *row = edit_fee(r, l);
    struct span v = row ? table_col(row, column) : (struct span){"", 0};

    return v.n ? v.p[0] : '\0';
}

/* in_fee - with the edition of the fee schedule */
struct place in_fee(struct edit_run *r, struct place p, const struct edit_line *l)
{
    return in_edition(p, edit_fee(r, l) ? edit_fee(r, l)->edition : NULL);
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
