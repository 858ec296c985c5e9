/* fact.c - tables, amounts and facts of the claim that every way of payment asks for */
#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/money.h"
#include "common/claim/stay.h"
#include "common/price/way.h"
#include "common/tables/msdrg.h"

/* price_times - see way.h */
int64_t price_times(struct pricing *p, int64_t v, int64_t factor, int places)
{
    int64_t out = 0;

    if (!money_scale(v, factor, places, &out))
        price_missing(p, "an amount is too large to reckon with");
    return out;
}

/* price_percent_of - rounded to a cent */
int64_t price_percent_of(struct pricing *p, int64_t cents, int64_t percent)
{
    return price_times(p, cents, percent, 2);
}

/* tell_table - each edition once */
static void tell_table(struct pricing *p, const struct edition_info *i)
{
    CcExpected *x = p->out;
    CcTableUse *use;
    CcTableUse **list;

    for (size_t n = 0; n < x->n_tables; n++)
        if (strcmp(x->tables[n]->sha256, i->sha256) == 0)
            return;
    use = arena_alloc(p->arena, sizeof(*use));
    list = arena_grow(p->arena, x->tables, x->n_tables, sizeof(*list));
    if (!use || !list) {
        p->failed = true;
        return;
    }
    cc_table_use__init(use);
    use->table = arena_strdup(p->arena, table_name(i->table));
    use->edition = arena_strdup(p->arena, i->edition);
    use->sha256 = arena_strdup(p->arena, i->sha256);
    x->tables = list;
    x->tables[x->n_tables] = use;
    x->n_tables += use->table && use->edition && use->sha256;
}

/* price_look - see way.h */
enum lookup price_look(struct pricing *p, enum table_id id, const char *key, const char *key2,
                       int32_t on, struct table_row *row)
{
    enum lookup found = tables_find(p->tables, id, key, key2, on, row);
    const struct edition_info *i = tables_edition(p->tables, id, on);

    if (i)
        tell_table(p, i);
    return found;
}

/* price_find - see way.h */
bool price_find(struct pricing *p, enum table_id id, const char *key, const char *key2, int32_t on,
                struct table_row *row)
{
    enum lookup found = price_look(p, id, key, key2, on, row);
    char day[16];

    if (found == LOOKUP_NO_EDITION)
        price_missing(p, "table %s: no edition covers %s", table_name(id), date_text(on, day));
    if (found == LOOKUP_ABSENT)
        price_missing(p, "table %s: no row %s%s%s on %s", table_name(id), key, key2 ? " " : "",
                      key2 ? key2 : "", date_text(on, day));
    return found == LOOKUP_FOUND;
}

/* price_cell - see way.h */
int64_t price_cell(const struct table_row *row, const char *column, int places, int64_t otherwise)
{
    struct span v = table_col(row, column);
    int64_t out = 0;

    return v.n && decimal_parse(v.p, v.n, places, &out) == DECIMAL_OK ? out : otherwise;
}

/* price_rate - see way.h */
bool price_rate(struct pricing *p, const char *name, int64_t *millionths)
{
    char key[64];
    struct table_row row;

    if (!tables_plain_key(span_of(name), key, sizeof(key)) ||
        !price_find(p, TABLE_RATES, key, NULL, p->on, &row))
        return false;
    *millionths = price_cell(&row, "value", 6, 0);
    return true;
}

/* price_has_modifier - one of the line's four */
bool price_has_modifier(const CcServiceLine *l, const char *modifier)
{
    for (size_t i = 0; i < l->n_modifiers; i++)
        if (strcmp(l->modifiers[i], modifier) == 0)
            return true;
    return false;
}

/* price_days - admission to discharge */
int32_t price_days(const CcClaim *c)
{
    int32_t from = c->admit_date ? c->admit_date : c->from_date;
    int32_t to = c->discharge_date ? c->discharge_date : c->thru_date;
    int32_t days;

    if (!from || !to || !date_valid(from) || !date_valid(to) || to < from)
        return 0;
    days = date_diff(to, from);
    return days ? days : 1;
}

/* group_stay - the DRG by the definitions in force; never the one that the claim names */
static void group_stay(struct pricing *p)
{
    struct claim_stay *in = arena_alloc(p->arena, sizeof(*in));
    struct drg_result *r = arena_alloc(p->arena, sizeof(*r));
    const struct edition_info *i = NULL;
    const struct drg *d;
    struct err e = {0};
    char *text;

    if (!in || !r || claim_stay_of(p->claim, p->arena, in, &e) != 0) {
        p->failed = true;
        return;
    }
    d = in->discharge ? tables_drg(p->tables, in->discharge, &i) : NULL;
    if (!d || drg_group(d, &in->stay, r, &e) != 0) {
        price_missing(p, in->discharge ? "table msdrg: no edition covers the discharge date"
                                       : "the discharge date");
        return;
    }
    tell_table(p, i);
    if (r->final.ret != DRG_OK) {
        price_missing(p, "the stay has no DRG: %s", drg_return_name(r->final.ret));
        return;
    }
    text = arena_printf(p->arena, "%03u", r->final.drg);
    p->failed = p->failed || !text;
    p->drg = text ? text : "";
}

/* price_drg - asked once */
const char *price_drg(struct pricing *p)
{
    if (!p->drg_asked) {
        p->drg_asked = true;
        group_stay(p);
    }
    return p->drg;
}
