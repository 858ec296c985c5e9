/* simple.c - ways of payment that need no schedule of CMS: fees, percent of the charge, case rates,
 * per diems, and ambulatory surgery centers, whose amounts are fees too */
#include <string.h>

#include "common/price/way.h"

/* by_units - of an amount for one unit */
static int64_t by_units(struct pricing *p, const struct priced *l, int64_t cents)
{
    return price_times(p, cents, l->line->units_milli, 3);
}

/* price_facility - see way.h */
bool price_facility(const struct pricing *p, const struct priced *l)
{
    static const char *const places[] = {"02", "19", "21", "22", "23", "24", "26", "31", "34",
                                         "41", "42", "51", "52", "53", "56", "61", NULL};
    const char *at =
        l->line->place_of_service[0] ? l->line->place_of_service : p->claim->place_of_service;

    return str_in(at, places);
}

/* fee_row - of a schedule: the row of one of the line's modifiers, else the one without */
static enum lookup fee_row(struct pricing *p, const struct term *t, const struct priced *l,
                           struct table_row *out)
{
    struct table_row row;
    size_t cursor = 0;
    bool plain = false;

    if (price_look(p, TABLE_FEES, l->code, NULL, l->on, &row) == LOOKUP_NO_EDITION)
        return LOOKUP_NO_EDITION;
    while (tables_next(p->tables, TABLE_FEES, l->code, l->on, &cursor, &row)) {
        struct span modifier = table_col(&row, "modifier");

        if (!table_col_is(&row, "schedule", t->schedule))
            continue;
        for (size_t i = 0; i < l->line->n_modifiers; i++)
            if (modifier.n && span_is(modifier, l->line->modifiers[i])) {
                *out = row;
                return LOOKUP_FOUND;
            }
        if (!modifier.n) {
            *out = row;
            plain = true;
        }
    }
    return plain ? LOOKUP_FOUND : LOOKUP_ABSENT;
}

/* fee_of - cents of one unit; -1: stopped or left, which is said */
static int64_t fee_of(struct pricing *p, const struct term *t, struct priced *l,
                      struct table_row *row)
{
    enum lookup found = fee_row(p, t, l, row);

    if (found == LOOKUP_NO_EDITION)
        price_stop(p, l, "table fees: no edition covers the line's day");
    if (found == LOOKUP_ABSENT)
        price_leave(l, "the fees have no row for the code in the schedule of the contract");
    if (found != LOOKUP_FOUND)
        return -1;
    return price_cell(
        row,
        price_facility(p, l) && table_col(row, "facility_amount").n ? "facility_amount" : "amount",
        2, 0);
}

/* price_fee - a fee schedule of the contract: an amount for each unit */
void price_fee(struct pricing *p, const struct term *t, struct group *g)
{
    struct table_row row;

    for (size_t i = 0; i < g->n; i++) {
        int64_t cents = fee_of(p, t, g->lines[i], &row);

        if (cents < 0)
            continue;
        price_part(p, g->lines[i]->out, "fee", cents);
        price_line(p, g->lines[i], by_units(p, g->lines[i], cents));
    }
}

/* price_percent - of what is charged: the row's percent is taken behind this */
void price_percent(struct pricing *p, const struct term *t, struct group *g)
{
    (void)t;
    for (size_t i = 0; i < g->n; i++) {
        price_part(p, g->lines[i]->out, "charge", g->lines[i]->line->charge_cents);
        price_line(p, g->lines[i], g->lines[i]->line->charge_cents);
    }
}

/* price_rest - paid within what other rows give */
void price_rest(struct pricing *p, const struct term *t, struct group *g)
{
    (void)p;
    (void)t;
    for (size_t i = 0; i < g->n; i++)
        price_within(p, g->lines[i], "within");
}

/* price_case - one amount for the claim */
void price_case(struct pricing *p, const struct term *t, struct group *g)
{
    (void)g;
    if (t->amount_cents < 0) {
        price_missing(p, "the amount of the contract's case rate");
        return;
    }
    price_part(p, NULL, "case", t->amount_cents);
    p->whole += t->amount_cents;
}

/* room_days - units of rooms among the lines (revenue 010x to 021x, not leave of absence 018x); 0:
 * none is billed */
static int64_t room_days(const struct group *g)
{
    int64_t days = 0;

    for (size_t i = 0; i < g->n; i++) {
        const CcServiceLine *l = g->lines[i]->line;

        if (strcmp(l->revenue, "0100") >= 0 && strcmp(l->revenue, "0220") < 0 &&
            !str_starts(l->revenue, "018"))
            days += l->units_milli / 1000;
    }
    return days;
}

/* price_per_diem - an amount for each day: rooms billed, else days of the stay */
void price_per_diem(struct pricing *p, const struct term *t, struct group *g)
{
    int64_t days = room_days(g);

    days = days ? days : price_days(p->claim);
    if (t->amount_cents < 0 || !days) {
        price_missing(p, "%s",
                      days ? "the amount of the contract's per diem" : "the days of the stay");
        return;
    }
    price_part(p, NULL, "per-diem", t->amount_cents);
    p->whole += price_times(p, t->amount_cents, days, 0);
}

/* covered - charges of the claim that are not told as non-covered */
static int64_t covered(const CcClaim *c)
{
    int64_t sum = 0;

    for (size_t i = 0; i < c->n_lines; i++)
        sum += c->lines[i]->charge_cents - c->lines[i]->noncovered_cents;
    return sum;
}

/* price_stop_loss - the row's percent of the charges over its amount, beside what other rows give
 */
void price_stop_loss(struct pricing *p, const struct term *t, struct group *g)
{
    int64_t over = covered(p->claim) - t->amount_cents, cents;

    (void)g;
    if (t->amount_cents < 0)
        price_missing(p, "the amount of the contract's stop loss");
    if (t->amount_cents < 0 || over <= 0)
        return;
    cents = price_times(p, over, t->percent, 8);
    price_part(p, NULL, "stop-loss", cents);
    p->out->allowed_cents += cents;
}

/* price_cap - never more than the row's amount for the claim */
void price_cap(struct pricing *p, const struct term *t, struct group *g)
{
    int64_t less = t->amount_cents - p->out->allowed_cents;

    (void)g;
    if (t->amount_cents < 0)
        price_missing(p, "the amount of the contract's cap");
    if (t->amount_cents < 0 || less >= 0)
        return;
    price_part(p, NULL, "cap", less);
    p->out->allowed_cents += less;
}

/* --- anesthesia: 42 CFR 414.46 */

/* anesthesia_share - percent by who gave it; 0: no table says, or nobody is named */
static int64_t anesthesia_share(const struct priced *l)
{
    static const struct {
        const char *modifier;
        int64_t percent;
    } rows[] = {{"AA", 100}, {"QZ", 100}, {"QK", 50}, {"QX", 50}, {"QY", 50}};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (price_has_modifier(l->line, rows[i].modifier))
            return rows[i].percent;
    return 0;
}

/* others_of_day - how many anesthesia services of the group the line's day has besides */
static size_t others_of_day(const struct group *g, const struct priced *l)
{
    size_t n = 0;

    for (size_t i = 0; i < g->n; i++)
        n += g->lines[i] != l && g->lines[i]->on == l->on &&
             strcmp(g->lines[i]->line->unit_code, "MJ") == 0;
    return n;
}

/* anesthesia_line - base units of the code and one for every fifteen minutes, in tenths, each at
 * the contract's amount */
static void anesthesia_line(struct pricing *p, const struct term *t, const struct group *g,
                            struct priced *l)
{
    struct table_row row;
    int64_t base = fee_of(p, t, l, &row), share = anesthesia_share(l), time;

    if (base < 0)
        return;
    time = price_times(p, t->amount_cents, (l->line->units_milli * 10 / 15 + 500) / 1000, 1);
    base = price_times(p, t->amount_cents, base, 2);
    if (strcmp(l->line->unit_code, "MJ") != 0) {
        price_stop(p, l, "the minutes of anesthesia");
    } else if (price_has_modifier(l->line, "AD")) {
        price_stop(p, l,
                   "supervised anesthesia (AD): whether the physician was there at its start");
    } else if (!share) {
        price_stop(p, l, "who gave the anesthesia (AA, QK, QX, QY, QZ)");
    } else if (others_of_day(g, l)) {
        price_stop(p, l, "several anesthesia services of a day");
    } else {
        price_part(p, l->out, "base", base);
        price_part(p, l->out, "time", time);
        price_line(p, l, price_percent_of(p, base + time, share));
    }
}

/* price_anesthesia - the schedule holds base units */
void price_anesthesia(struct pricing *p, const struct term *t, struct group *g)
{
    if (t->amount_cents < 0) {
        price_missing(p, "the amount of a unit of anesthesia of the contract");
        return;
    }
    for (size_t i = 0; i < g->n; i++)
        anesthesia_line(p, t, g, g->lines[i]);
}

/* --- ambulatory surgery centers: 42 CFR 416.172 */

/* asc_unit - the rate of one unit by the wage index: half of it is labor; -1: said */
static int64_t asc_unit(struct pricing *p, const struct term *t, struct priced *l, int64_t wage)
{
    struct table_row row;
    int64_t cents = fee_of(p, t, l, &row);

    if (cents < 0)
        return -1;
    l->rank = table_col_is(&row, "discounted", "Y") ? cents : 0;
    return price_times(p, cents, 500000 + wage / 2, 6);
}

/* asc_reduced - by modifiers: stopped before anesthesia or reduced 50 %, both sides 150 % */
static int64_t asc_reduced(struct pricing *p, const struct priced *l, int64_t cents)
{
    if (price_has_modifier(l->line, "73") || price_has_modifier(l->line, "52"))
        return price_percent_of(p, cents, 50);
    return price_has_modifier(l->line, "50") ? price_percent_of(p, cents, 150) : cents;
}

/* price_discounted - see way.h */
int64_t price_discounted(struct pricing *p, const struct priced *l, bool highest)
{
    int64_t units = l->line->units_milli, cents = l->out->allowed_cents;

    if (!highest || units <= 0)
        return price_percent_of(p, cents, 50);
    return units <= 1000 ? cents : (price_times(p, cents, units + 1000, 0) + units) / (2 * units);
}

/* price_asc - the highest of the procedures that are discounted whole, the others half */
void price_asc(struct pricing *p, const struct term *t, struct group *g)
{
    struct priced *highest = NULL;
    struct table_row row;
    int64_t wage;

    if (!price_find(p, TABLE_HOSPITALS, p->npi, NULL, p->on, &row))
        return;
    wage = price_cell(&row, "wage_index", 6, 0);
    for (size_t i = 0; i < g->n; i++) {
        struct priced *l = g->lines[i];
        int64_t unit = asc_unit(p, t, l, wage);

        if (unit < 0)
            continue;
        price_part(p, l->out, "rate", unit);
        price_line(p, l, asc_reduced(p, l, by_units(p, l, unit)));
        if (l->rank && (!highest || l->rank > highest->rank))
            highest = l;
    }
    for (size_t i = 0; i < g->n; i++) {
        struct priced *l = g->lines[i];

        if (!l->rank || !l->out->allowed_given)
            continue;
        l->out->allowed_cents = price_discounted(p, l, l == highest);
    }
}
