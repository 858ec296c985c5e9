/* opps.c - the outpatient prospective payment system (coding 6.4, 42 CFR 419): rates of Addendum B
 * by status indicator, wage index, packaging, discounts
 *
 * Addendum B says the rate; what it alone does not decide is said as missing: what a pass-through
 * device costs, composites (their APCs have no row in Addendum B). Comprehensive services and
 * outliers stand beside this (opps.h). Steps of a line are those of the published pricer. */
#include <stdio.h>
#include <string.h>

#include "common/price/opps.h"
#include "common/rules/code_list.h"

struct indicator {
    const char *status;
    enum pay pay;
};

/* clang-format off */
static const struct indicator indicators[] = {
    {"S", PAY_RATE}, {"T", PAY_RATE}, {"V", PAY_RATE}, {"P", PAY_RATE},
    {"G", PAY_FLAT}, {"K", PAY_FLAT}, {"R", PAY_FLAT}, {"U", PAY_FLAT}, {"K1", PAY_FLAT},
    {"N", PAY_PACKAGED},
    {"Q1", PAY_PACKAGED_STV}, {"Q2", PAY_PACKAGED_T}, {"Q3", PAY_COMPOSITE}, {"Q4", PAY_PACKAGED_ANY},
    {"J1", PAY_WHOLE}, {"J2", PAY_OBSERVATION},
    {"F", PAY_COST}, {"H", PAY_COST}, {"H1", PAY_COST}, {"L", PAY_COST},
};
/* Modifiers that leave a percent of the rate: of all APCs, or of those named, from a day on (0: since the modifier is known).
 * Off campus: 42 CFR 419.48, 419.83; CT scanners and X-rays: section 1833(t)(16) of the Act. */
static const struct { const char *modifier, *apcs; int32_t from; int64_t percent; } reductions[] = {
    {"PN", "*", 0, 40},
    {"PO", "5012", 0, 40}, {"PO", "5691-5694", 20260101, 40},
    {"CT", "*", 0, 85}, {"FX", "*", 0, 80}, {"FY", "*", 0, 90},
};
/* clang-format on */

static const char off_campus[] =
    "what off campus (PN) takes from blood, sources and partial hospitalization";
static const char elsewhere[] = "the outpatient system does not pay the code";

/* pay_of - by the status */
static enum pay pay_of(const char *status)
{
    for (size_t i = 0; i < sizeof(indicators) / sizeof(indicators[0]); i++)
        if (strcmp(indicators[i].status, status) == 0)
            return indicators[i].pay;
    return PAY_ELSEWHERE;
}

/* opps_adjusted - see opps.h: six tenths of a rate follow the wage index (42 CFR 419.43(c)) */
int64_t opps_adjusted(struct pricing *p, int64_t mills, int64_t wage)
{
    return price_times(p, mills, 400000 + wage * 6 / 10, 3);
}

/* reduced - the rate by the line's modifiers, each time rounded to a cent */
static int64_t reduced(struct pricing *p, const struct priced *l, struct span apc, int64_t mills)
{
    for (size_t i = 0; i < sizeof(reductions) / sizeof(reductions[0]); i++) {
        char text[8] = "";

        snprintf(text, sizeof(text), "%.*s", (int)apc.n, apc.p);
        if (price_has_modifier(l->line, reductions[i].modifier) && l->on >= reductions[i].from &&
            code_listed(span_of(reductions[i].apcs), text))
            mills = 10 * price_times(p, mills, reductions[i].percent, 3);
    }
    return mills;
}

/* open_visit - one line; false: left or stopped */
static bool open_visit(struct pricing *p, const struct outpatient *o, struct priced *l,
                       struct visit *v)
{
    struct table_row row;
    enum lookup found =
        l->code[0] ? price_look(p, TABLE_OPPS, l->code, NULL, l->on, &row) : LOOKUP_ABSENT;
    char apc[8] = "";

    *v = (struct visit){.l = l, .pay = PAY_PACKAGED};
    if (!l->code[0])
        return true; /* a revenue code alone is packaged */
    if (found != LOOKUP_FOUND) {
        if (found == LOOKUP_NO_EDITION)
            price_stop(p, l, "table opps: no edition covers the line's day");
        else
            price_leave(l, "Addendum B has no row for the code");
        return false;
    }
    table_col_text(&row, "status", v->status, sizeof(v->status));
    table_col_text(&row, "apc", apc, sizeof(apc));
    v->technology = code_listed(span_of("1491-1599;1901-1908"), apc);
    v->pay = pay_of(v->status);
    v->national = table_col_i64(&row, "rate_mills", 0);
    if (v->pay == PAY_FLAT)
        v->rate = v->national * 1000;
    else if (o->wage >= 0)
        v->rate = opps_adjusted(p, reduced(p, l, table_col(&row, "apc"), v->national), o->wage);
    if (v->pay == PAY_ELSEWHERE)
        price_leave(l, elsewhere);
    return v->pay != PAY_ELSEWHERE;
}

/* look_over - what of the claim decides about its other lines */
static void look_over(struct outpatient *o)
{
    /* J2 is a visit, Q3 a service S, where neither takes more in */
    static const char *const stv[] = {"S", "T", "V", "J2", "Q3", NULL};
    static const char *const any[] = {"S", "T", "V", "J1", "J2", "Q1", "Q2", "Q3", NULL};

    for (size_t i = 0; i < o->n; i++) {
        const struct visit *v = &o->list[i];

        o->has_t = o->has_t || strcmp(v->status, "T") == 0;
        o->has_q2 = o->has_q2 || v->pay == PAY_PACKAGED_T;
        o->has_stv = o->has_stv || str_in(v->status, stv);
        o->has_any = o->has_any || str_in(v->status, any);
        o->wholes += v->pay == PAY_WHOLE;
    }
}

/* several_composites - more than one unit that may join a composite on the line's day? */
static bool several_composites(const struct outpatient *o, const struct visit *v)
{
    int64_t units = 0;

    for (size_t i = 0; i < o->n; i++)
        if (o->list[i].pay == PAY_COMPOSITE && o->list[i].l->on == v->l->on)
            units += o->list[i].l->line->units_milli;
    return units > 1000;
}

/* highest - of those with a status on the line's day, by the national rate; the first of equals */
static bool is_highest(const struct outpatient *o, const struct visit *v, const char *status)
{
    for (size_t i = 0; i < o->n; i++) {
        const struct visit *x = &o->list[i];

        if (x != v && strcmp(x->status, status) == 0 && x->l->on == v->l->on &&
            (x->national > v->national || (x->national == v->national && x < v)))
            return false;
    }
    return true;
}

/* paid_milli - thousandths of the rate that are paid, by the discounting formulas of the outpatient
 * code editor (42 CFR 419.44): stopped before anesthesia or reduced, half of one; both sides, one
 * and a half of T and all of others; T after the first unit of the day's highest, half */
static int64_t paid_milli(const struct outpatient *o, const struct visit *v)
{
    const CcServiceLine *l = v->l->line;
    bool t = strcmp(v->status, "T") == 0, lower = t && !is_highest(o, v, "T");
    int64_t milli = l->units_milli;

    if (price_has_modifier(l, "73") || price_has_modifier(l, "52"))
        milli = 500;
    else if (price_has_modifier(l, "50"))
        milli = t ? 1500 : 2 * milli;
    else if (t && !lower && milli > 1000)
        milli = 1000 + (milli - 1000) / 2;
    return lower ? milli / 2 : milli;
}

/* opps_pay_rate - see opps.h */
void opps_pay_rate(struct pricing *p, const struct outpatient *o, struct visit *v)
{
    static const char *const untold[] = {"P", "R", "U", NULL};

    if (!v->national) {
        price_stop(p, v->l, "Addendum B has no rate for the code");
        return;
    }
    if (price_has_modifier(v->l->line, "PN") && str_in(v->status, untold)) {
        price_stop(p, v->l, off_campus);
        return;
    }
    price_part(p, v->l->out, "rate", price_times(p, v->rate, 1, 4));
    price_line(p, v->l, price_times(p, v->rate, paid_milli(o, v), 7));
}

/* settle_conditional - Q1 and Q2: packaged with what they are named for, else one of a day is paid
 */
static void settle_conditional(struct pricing *p, const struct outpatient *o, struct visit *v)
{
    bool q2 = v->pay == PAY_PACKAGED_T;

    if ((q2 ? o->has_t : o->has_stv) || !is_highest(o, v, v->status))
        price_within(p, v->l, "packaged");
    else if (!q2 && o->has_q2)
        price_stop(p, v->l, "conditionally packaged services of both kinds (Q1, Q2)");
    else if (v->l->line->units_milli > 1000)
        price_stop(p, v->l, "several units of a conditionally packaged service");
    else
        opps_pay_rate(p, o, v);
}

/* opps_settle - see opps.h */
void opps_settle(struct pricing *p, const struct outpatient *o, struct visit *v)
{
    switch (v->pay) {
    case PAY_PACKAGED:
        price_within(p, v->l, "packaged");
        break;
    case PAY_PACKAGED_STV:
    case PAY_PACKAGED_T:
        settle_conditional(p, o, v);
        break;
    case PAY_PACKAGED_ANY:
        if (o->has_any)
            price_within(p, v->l, "packaged");
        else
            price_leave(v->l, elsewhere);
        break;
    case PAY_COMPOSITE:
        if (several_composites(o, v))
            price_stop(p, v->l, "several services of a day that may be one composite APC");
        else
            opps_pay_rate(p, o, v);
        break;
    case PAY_COST:
        price_stop(p, v->l, "paid at cost");
        break;
    default:
        opps_pay_rate(p, o, v);
    }
}

/* price_opps - see way.h */
void price_opps(struct pricing *p, const struct term *t, struct group *g)
{
    struct outpatient o = {.list = arena_array(p->arena, g->n + 1, sizeof(*o.list)), .wage = -1};
    struct table_row row;

    (void)t;
    if (!o.list) {
        p->failed = true;
        return;
    }
    if (price_find(p, TABLE_HOSPITALS, p->npi, NULL, p->on, &row)) {
        o.wage = price_cell(&row, "wage_index", 6, 0);
        o.ratio = price_cell(&row, "outpatient_ccr", 6, 0);
    }
    for (size_t i = 0; i < g->n; i++)
        o.n += open_visit(p, &o, g->lines[i], &o.list[o.n]);
    look_over(&o);
    if (o.wholes)
        opps_comprehensive(p, &o);
    else if (!opps_observation(p, &o))
        for (size_t i = 0; i < o.n; i++)
            opps_settle(p, &o, &o.list[i]);
    if (o.wage >= 0)
        opps_outliers(p, &o);
}
