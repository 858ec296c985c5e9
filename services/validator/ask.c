/* ask.c - what the code tables say, asked once a code
 *
 * Three answers: found, absent, no table for the day. The third is remembered for TAB-01, so that
 * no check takes "could not look" for "not there". Columns of the tables: common/tables/kind.c. */
#include "services/validator/edit.h"

#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/tables/mce.h"

/* remember_missing - one entry a table, with the first and the last day asked in vain */
static void remember_missing(struct edit_run *r, enum table_id t, int32_t on)
{
    struct edit_missing *m = r->missing;

    for (; m < r->missing + r->n_missing; m++)
        if (m->table == t) {
            m->first = on < m->first ? on : m->first;
            m->last = on > m->last ? on : m->last;
            return;
        }
    *m = (struct edit_missing){.table = t, .first = on, .last = on};
    r->n_missing++;
}

/* edit_ask - a row; a day that is no day is not asked (DAT-01 has said so) */
enum asked edit_ask(struct edit_run *r, enum table_id t, const char *key, const char *key2,
                    int32_t on, struct table_row *row)
{
    struct table_row spare;

    if (!date_valid(on))
        return ASKED_NO_TABLE;
    switch (tables_find(r->tables, t, key, key2, on, row ? row : &spare)) {
    case LOOKUP_FOUND:
        return ASKED_FOUND;
    case LOOKUP_ABSENT:
        return ASKED_ABSENT;
    case LOOKUP_NO_EDITION:
        break;
    }
    remember_missing(r, t, on);
    return ASKED_NO_TABLE;
}

/* is_loaded - is there any edition of the table */
static bool is_loaded(const struct edit_run *r, enum table_id t)
{
    const struct edition_info *i;

    for (size_t n = 0; (i = tables_edition_at(r->tables, n)); n++)
        if (i->table == t)
            return true;
    return false;
}

/* edit_ask_if_loaded - of a table that a deployment may do without */
enum asked edit_ask_if_loaded(struct edit_run *r, enum table_id t, const char *key,
                              const char *key2, int32_t on, struct table_row *row)
{
    if (!edit_edition(r, t, on) && !is_loaded(r, t))
        return ASKED_NO_TABLE;
    return edit_ask(r, t, key, key2, on, row);
}

/* edit_ask_list - absent only from a whole list */
enum asked edit_ask_list(struct edit_run *r, enum table_id t, const char *code, int32_t on)
{
    const struct edition_info *i = edit_edition(r, t, on);
    enum asked answer = edit_ask_if_loaded(r, t, code, NULL, on, NULL);

    return answer == ASKED_ABSENT && strstr(i->edition, "-seed") ? ASKED_NO_TABLE : answer;
}

/* edit_edition - the edition of a day, or NULL */
const struct edition_info *edit_edition(const struct edit_run *r, enum table_id t, int32_t on)
{
    return date_valid(on) ? tables_edition(r->tables, t, on) : NULL;
}

/* edit_ask_table - is there an edition for the day */
bool edit_ask_table(struct edit_run *r, enum table_id t, int32_t on)
{
    if (!date_valid(on))
        return false;
    if (edit_edition(r, t, on))
        return true;
    remember_missing(r, t, on);
    return false;
}

/* edit_mce - acute stays, by the day of discharge */
const struct edition_info *edit_mce(const struct edit_run *r)
{
    return r->c->acute ? edit_edition(r, TABLE_MCE, r->c->codes_on) : NULL;
}

/* mce_lists_all - does the edition hold every code of the system; asked once for the claim's day */
static bool mce_lists_all(const struct edit_run *r, const char *list, int32_t on)
{
    enum asked spare = ASKED_NOT;
    enum asked *kept = on == r->c->codes_on ? &r->c->mce_lists[list[0] == 'P'] : &spare;
    struct table_row row;

    if (*kept == ASKED_NOT)
        *kept = tables_find(r->tables, TABLE_MCE, "LIST", list, on, &row) == LOOKUP_FOUND &&
                        table_col_is(&row, "flags", "valid")
                    ? ASKED_FOUND
                    : ASKED_ABSENT;
    return *kept == ASKED_FOUND;
}

/* in_mce - the MCE's own list of all codes, where that is what the edition holds; it has the April
 * codes that the October files lack */
static enum asked in_mce(const struct edit_run *r, const char *list, const char *code, int32_t on)
{
    struct table_row row;

    if (!mce_lists_all(r, list, on))
        return ASKED_NO_TABLE;
    return tables_find(r->tables, TABLE_MCE, list, code, on, &row) == LOOKUP_FOUND ? ASKED_FOUND
                                                                                   : ASKED_ABSENT;
}

/* edit_ask_billable - a code that may stand on a claim that day; an acute stay is judged by the
 * MCE's own list, whatever other files say */
enum asked edit_ask_billable(struct edit_run *r, enum table_id t, const char *code, int32_t on)
{
    const char *list = t == TABLE_ICD10CM ? "DX" : "PX";
    struct table_row row;
    enum asked other;

    if (!date_valid(on))
        return ASKED_NO_TABLE;
    if (r->c->acute && mce_lists_all(r, list, on))
        return in_mce(r, list, code, on);
    switch (tables_find(r->tables, t, code, NULL, on, &row)) {
    case LOOKUP_FOUND:
        if (table_col_is(&row, "billable", "Y"))
            return ASKED_FOUND;
        return ASKED_ABSENT;
    case LOOKUP_ABSENT:
        return in_mce(r, list, code, on) == ASKED_FOUND ? ASKED_FOUND : ASKED_ABSENT;
    case LOOKUP_NO_EDITION:
        break;
    }
    other = in_mce(r, list, code, on);
    if (other == ASKED_NO_TABLE)
        remember_missing(r, t, on);
    return other;
}

/* edit_ask_dx - billable on its first and last day */
enum asked edit_ask_dx(struct edit_run *r, struct edit_dx *d)
{
    if (d->valid == ASKED_NOT) {
        d->valid = edit_ask_billable(r, TABLE_ICD10CM, d->code, d->on);
        if (d->valid == ASKED_FOUND && d->last != d->on)
            d->valid = edit_ask_billable(r, TABLE_ICD10CM, d->code, d->last);
    }
    return d->valid;
}

/* mce_flags - of one code, by the editor of the day */
static enum asked mce_flags(struct edit_run *r, enum mce_list list, const char *code, int32_t on,
                            uint32_t *flags)
{
    const struct mce *m = edition_mce(edit_edition(r, TABLE_MCE, on));

    *flags = 0;
    if (!m && date_valid(on))
        remember_missing(r, TABLE_MCE, on);
    if (!m)
        return ASKED_NO_TABLE;
    return mce_code(m, list, code, on, flags) ? ASKED_FOUND : ASKED_ABSENT;
}

/* edit_dx_flags - of a diagnosis */
uint32_t edit_dx_flags(struct edit_run *r, struct edit_dx *d)
{
    if (d->mce == ASKED_NOT)
        d->mce = mce_flags(r, MCE_DX, d->code, d->on, &d->flags);
    return d->flags;
}

/* edit_pcs_flags - of a procedure */
uint32_t edit_pcs_flags(struct edit_run *r, struct edit_pcs *p)
{
    if (p->mce == ASKED_NOT)
        p->mce = mce_flags(r, MCE_PX, p->code, r->c->codes_on, &p->flags);
    return p->flags;
}

/* ask_payer - an alias followed once */
static enum asked ask_payer(struct edit_run *r, struct table_row *row)
{
    char key[96], canonical[96];
    enum asked answer;

    if (!r->c->destination || !str_copy(key, sizeof(key), r->c->destination->payer_id))
        return ASKED_ABSENT;
    str_upper(key);
    answer = edit_ask(r, TABLE_PAYERS, key, NULL, r->c->from, row);
    if (answer != ASKED_FOUND)
        return answer;
    table_col_text(row, "canonical", canonical, sizeof(canonical));
    if (canonical[0] && strcmp(canonical, key) != 0)
        return edit_ask(r, TABLE_PAYERS, canonical, NULL, r->c->from, row);
    return ASKED_FOUND;
}

/* edit_ask_payer - asked once a claim */
bool edit_ask_payer(struct edit_run *r, struct table_row *row)
{
    if (r->c->payer == ASKED_NOT)
        r->c->payer = ask_payer(r, &r->c->payer_row);
    *row = r->c->payer_row;
    return r->c->payer == ASKED_FOUND;
}

/* edit_payer_takes - professional or institutional claims; a payer that does not say takes both */
bool edit_payer_takes(const struct table_row *payer, bool professional)
{
    struct span kinds = table_col(payer, "kinds");

    return kinds.n == 0 || memchr(kinds.p, professional ? 'P' : 'I', kinds.n) != NULL;
}
