/* mue.c - MUE, AOC: how many a day, and what an add-on is added to (billing §7.4, §7.8)
 *
 * MUE: MAI 1 judges each line; MAI 2 and 3 all units of the code on the day. Add-on codes: type 1
 * has a closed list of primaries, type 2 none, type 3 a list that the contractor may extend; the
 * primary stands on the same or the previous day, same provider. */
#include "services/validator/edits/edits.h"

#include <inttypes.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"

/* covers - is the line's service on that day */
static bool covers(const struct edit_line *l, int32_t day)
{
    return l->from <= day && day <= l->thru;
}

/* edit_same_house - without a billing provider the claim is of no house */
bool edit_same_house(const struct edit_claim *c, const CcBilledLine *p)
{
    return c->billing && strcmp(p->billing_npi, c->billing->npi) == 0;
}

/* edit_other_house - what is not known is not another's */
bool edit_other_house(const struct edit_claim *c, const CcBilledLine *p)
{
    return c->billing && p->billing_npi[0] && !edit_same_house(c, p);
}

/* same_hands - an earlier line of the same kind, house and provider */
static bool same_hands(const struct edit_claim *c, const struct edit_line *l,
                       const struct edit_past *p)
{
    return p->line->kind == c->claim->kind && p->provider == l->provider &&
           edit_same_house(c, p->line);
}

/* edit_past_last_day - of a service of one day the first is the last */
int32_t edit_past_last_day(const CcBilledLine *p)
{
    return p->thru_date ? p->thru_date : p->from_date;
}

/* edit_past_same - of the same hands, and the earlier line touches the line's first day */
bool edit_past_same(const struct edit_claim *c, const struct edit_line *l,
                    const struct edit_past *p)
{
    return same_hands(c, l, p) && p->line->from_date <= l->from &&
           l->from <= edit_past_last_day(p->line);
}

/* More is no count of anything; a thousand lines of it are still a number. */
#define UNITS_MOST INT64_C(1000000000000000)

/* rate - units of a line a day; a span's are spread over its days, to the nearest whole unit */
static int64_t rate(const struct edit_line *l)
{
    int64_t units = l->line->units_milli, days = (int64_t)l->days;

    if (units <= 0 || strcmp(l->line->unit_code, "MJ") == 0)
        return 0; /* anesthesia minutes are no units of service */
    units = units < UNITS_MOST ? units : UNITS_MOST;
    return days == 1 ? units : (units + days * 500) / (days * 1000) * 1000;
}

/* day_units - all units of the group's code on its first day, earlier claims included */
static int64_t day_units(const struct edit_run *r, const struct edit_group *g)
{
    const struct edit_claim *c = r->c;
    const struct edit_line *first = &c->lines[c->order[g->first]];
    int64_t sum = 0;

    for (size_t i = 0; i < c->n_lines; i++)
        if (c->lines[i].key == g->key && c->lines[i].provider == g->provider &&
            covers(&c->lines[i], g->from))
            sum += rate(&c->lines[i]);
    for (size_t i = 0; i < c->n_past; i++)
        if (c->past[i].key == g->key && edit_past_same(c, first, &c->past[i]))
            sum += c->past[i].line->units_milli;
    return sum;
}

/* mue_table - suppliers bill the DME contractor, whose table is its own */
static enum table_id mue_table(const struct edit_claim *c)
{
    return c->professional && c->billing && str_starts(c->billing->taxonomy, "332B") ? TABLE_MUE_DME
                                                                                     : c->mue;
}

/* ask_mue - the row of a group's code, once; its MAI, or 0 when there is none */
static int64_t ask_mue(struct edit_run *r, struct edit_group *g)
{
    const char *code = r->c->lines[r->c->order[g->first]].code;
    struct table_row row;

    if (g->mue != ASKED_NOT || !g->key)
        return g->mue_mai;
    g->mue = edit_ask(r, mue_table(r->c), code, NULL, g->from, &row);
    if (g->mue == ASKED_FOUND) {
        g->mue_value = table_col_i64(&row, "value", INT32_MAX);
        g->mue_mai = table_col_i64(&row, "mai", 0);
        g->mue_edition = row.edition;
    }
    return g->mue_mai;
}

/* say_mue - over the value; 0 in the practitioner's table (surgery centers are judged by it too) or
 * the suppliers' means another kind of claim */
static void say_mue(struct edit_run *r, const struct edit_line *l, const struct edit_group *g,
                    int64_t units_milli)
{
    struct place p = in_edition(at_units(r, l), g->mue_edition);

    if (g->mue_value == 0 && mue_table(r->c) != TABLE_MUE_HOSPITAL)
        edit_found_as(r, SEVERITY_HOLD, p, l->code,
                      "%s is not expected on this kind of claim (its MUE is 0)", l->code);
    else
        edit_found(r, p, l->code, "%" PRId64 " units of %s %s, and the MUE is %" PRId64,
                   edit_units(units_milli), l->code, g->mue_mai == 1 ? "on the line" : "on the day",
                   g->mue_value);
}

/* edit_mue_01 - each line by itself */
void edit_mue_01(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_groups; i++) {
        struct edit_group *g = &r->c->groups[i];

        if (ask_mue(r, g) != 1)
            continue;
        for (size_t k = 0; k < g->n; k++) {
            const struct edit_line *l = &r->c->lines[r->c->order[g->first + k]];

            if (rate(l) > g->mue_value * 1000)
                say_mue(r, l, g, rate(l));
        }
    }
}

/* check_day - the sum of the day for codes of one MAI */
static void check_day(struct edit_run *r, int64_t mai)
{
    for (size_t i = 0; i < r->c->n_groups; i++) {
        struct edit_group *g = &r->c->groups[i];
        int64_t sum;

        if (ask_mue(r, g) != mai)
            continue;
        sum = day_units(r, g);
        if (sum > g->mue_value * 1000)
            say_mue(r, &r->c->lines[r->c->order[g->first]], g, sum);
    }
}

/* edit_mue_02 - absolute: policy, no modifier helps */
void edit_mue_02(struct edit_run *r)
{
    check_day(r, 2);
}

/* edit_mue_03 - a clinical benchmark; silent where papers go with the claim */
void edit_mue_03(struct edit_run *r)
{
    bool papers = r->c->claim->n_attachments > 0;

    for (size_t i = 0; i < r->c->n_lines; i++)
        papers |= r->c->lines[i].line->n_attachments > 0;
    if (!papers)
        check_day(r, 3);
}

/* --- add-on codes */

enum { CHAIN_MAX = 6 }; /* an add-on of an add-on of …: no published chain is longer than three */

static bool satisfied(struct edit_run *r, const struct edit_line *l, int depth);

/* settle_types - a list that the contractor may extend is not closed, whatever its type
 * (billing 7.3: CCCCC is a hold, never a reject): with published primaries it is partial, without
 * it is none */
static unsigned settle_types(unsigned types, bool contractor, bool published)
{
    if (!contractor || !(types & (1u << 1)))
        return types;
    return (types & ~(1u << 1)) | 1u << (published ? 3 : 2);
}

/* types_of - of the rows in force, as bits, once a group */
static unsigned types_of(struct edit_run *r, const struct edit_line *l)
{
    struct edit_group *g = &r->c->groups[l->group];
    struct table_row row;
    bool contractor = false, published = false;
    size_t cursor = 0;

    if (g->aoc != ASKED_NOT || !l->key)
        return g->aoc_types;
    g->aoc = ASKED_NO_TABLE;
    if (!edit_ask_table(r, TABLE_AOC, l->from))
        return 0;
    g->aoc = ASKED_FOUND;
    while (tables_next(r->tables, TABLE_AOC, l->code, l->from, &cursor, &row)) {
        int64_t type = table_col_i64(&row, "type", 0);

        if (type >= 1 && type <= 3)
            g->aoc_types |= 1u << type;
        if (span_is(table_key(&row, 1), "CCCCC"))
            contractor = true;
        else
            published = true;
    }
    g->aoc_types = settle_types(g->aoc_types, contractor, published);
    return g->aoc_types;
}

/* near - the other service is on the add-on's day or the day before; a line without a valid day is
 * no add-on (types_of) */
static bool near(const struct edit_line *addon, int32_t from, int32_t thru)
{
    return from <= addon->from && thru >= date_add(addon->from, -1);
}

/* billed_near - a line of this code near the add-on, on this claim or an earlier one */
static bool billed_near(struct edit_run *r, const struct edit_line *addon, uint64_t key, int depth)
{
    const struct edit_claim *c = r->c;

    for (size_t i = 0; i < c->n_lines; i++)
        if (c->lines[i].key == key && c->lines[i].provider == addon->provider &&
            near(addon, c->lines[i].from, c->lines[i].thru) &&
            satisfied(r, &c->lines[i], depth + 1))
            return true;
    for (size_t i = 0; i < c->n_past; i++) {
        const struct edit_past *p = &c->past[i];

        if (p->key == key && same_hands(c, addon, p) &&
            near(addon, p->line->from_date, edit_past_last_day(p->line)))
            return true;
    }
    return false;
}

/* has_primary - one of the listed primaries is there */
static bool has_primary(struct edit_run *r, const struct edit_line *l, int depth)
{
    struct table_row row;
    size_t cursor = 0;

    while (tables_next(r->tables, TABLE_AOC, l->code, l->from, &cursor, &row)) {
        char primary[9];
        struct span key = table_key(&row, 1);

        if (key.n >= sizeof(primary))
            continue;
        memcpy(primary, key.p, key.n);
        primary[key.n] = '\0';
        if (billed_near(r, l, code_key(primary), depth))
            return true;
    }
    return false;
}

/* satisfied - no add-on, or one whose primary is there */
static bool satisfied(struct edit_run *r, const struct edit_line *l, int depth)
{
    unsigned types = depth < CHAIN_MAX ? types_of(r, l) : 0;

    return !(types & (1u << 1)) || has_primary(r, l, depth);
}

/* first_of - the group's first line in the claim's order */
static const struct edit_line *first_of(const struct edit_claim *c, const struct edit_group *g)
{
    return &c->lines[c->order[g->first]];
}

/* edit_aoc_01 - type 1: one of the listed primaries, itself in order; the editor of hospital
 * outpatient bills packages a lone add-on and does not refuse it */
void edit_aoc_01(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_groups; i++) {
        const struct edit_line *l = first_of(r->c, &r->c->groups[i]);

        if (!(types_of(r, l) & (1u << 1)) || has_primary(r, l, 0))
            continue;
        /* 106 is for bills outside OPPS, where 84 stands */
        edit_same_as(r,
                     edit_found_as(
                         r, edit_is_opps(r->c) ? SEVERITY_HOLD : SEVERITY_REJECT,
                         in_edition(at_code(r, l), edit_edition(r, TABLE_AOC, l->from)), l->code,
                         "%s is an add-on, and none of its primaries is billed that day or the day "
                         "before",
                         l->code),
                     edit_is_opps(r->c) ? "IOCE 84" : "IOCE 106");
    }
}

/* any_primary - some service near it that is no add-on itself */
static bool any_primary(struct edit_run *r, const struct edit_line *addon)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if (l->key && l->key != addon->key && l->provider == addon->provider &&
            near(addon, l->from, l->thru) && !types_of(r, l))
            return true;
    }
    return false;
}

/* edit_aoc_02 - types 2 and 3: what the contractor takes, a person judges */
void edit_aoc_02(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_groups; i++) {
        const struct edit_line *l = first_of(r->c, &r->c->groups[i]);
        unsigned types = types_of(r, l);

        if (!types || (types & (1u << 1)) ||
            (types & (1u << 3) ? has_primary(r, l, 0) : any_primary(r, l)))
            continue;
        edit_same_as(
            r,
            edit_found(r, in_edition(at_code(r, l), edit_edition(r, TABLE_AOC, l->from)), l->code,
                       "%s is an add-on whose primaries the contractor defines, and no plausible "
                       "one is billed",
                       l->code),
            edit_is_opps(r->c)  ? ""
            : types & (1u << 3) ? "IOCE 108"
                                : "IOCE 107");
    }
}
