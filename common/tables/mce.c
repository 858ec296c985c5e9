/* mce.c - rows of the table mce to the editor that they define */
#include "common/tables/mce.h"

#include "common/tables/edition.h"

/* take_row - one row */
static int take_row(struct mce *m, const struct table_row *r, struct err *e)
{
    struct span list = table_key(r, 0), key = table_key(r, 1);

    if (span_is(list, "DX") || span_is(list, "PX"))
        return mce_add_code(m, span_is(list, "DX") ? MCE_DX : MCE_PX, key, r->from, r->to,
                            table_col(r, "flags"), e);
    if (span_is(list, "AGE"))
        return mce_add_age(m, key, (int)table_col_i64(r, "from_age", 0),
                           (int)table_col_i64(r, "to_age", 0), r->from, r->to, e);
    if (span_is(list, "STATUS"))
        return mce_add_status(m, key, r->from, r->to, e);
    if (span_is(list, "LIST") && table_col_is(r, "flags", "valid"))
        mce_all_codes(m, span_is(key, "DX") ? MCE_DX : MCE_PX);
    return 0;
}

/* mce_make - every row, then the editor */
int mce_make(struct edition *d, struct mce **out, struct err *e)
{
    struct table_row row;
    size_t cursor = 0;
    int r = 0;

    *out = mce_new();
    if (!*out)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    while (r == 0 && edition_each(&d->info, &cursor, &row))
        r = take_row(*out, &row, e);
    if (r == 0 && mce_finish(*out, e) == 0)
        return 0;
    mce_free(*out);
    *out = NULL;
    return err_prefix(e, "%s@%s", table_name(d->head.table), d->head.edition);
}

/* tables_mce - by the day of discharge */
const struct mce *tables_mce(const struct tables *t, int32_t on,
                             const struct edition_info **edition)
{
    const struct edition_info *i = tables_edition(t, TABLE_MCE, on);

    if (edition)
        *edition = i;
    return i ? edition_mce(i) : NULL;
}
