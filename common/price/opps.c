/* opps.c - the outpatient prospective payment system (coding 6.4, 42 CFR 419): rates of Addendum B
 * by status indicator, wage index, packaging, discounts
 *
 * Addendum B says the rate; what it alone does not decide is said as missing: the rank and the
 * complexity pairs of several comprehensive services (Addendum J), what a pass-through device
 * costs, comprehensive observation and composites (their APCs have no row in Addendum B). Steps of
 * a line are those of the published pricer. */
#include <stdio.h>
#include <string.h>

#include "common/price/way.h"
#include "common/rules/code_list.h"

/* How a status indicator is paid. */
enum pay {
    PAY_RATE, /* by the rate and the wage index */
    PAY_FLAT, /* by the rate alone: drugs, blood, brachytherapy sources */
    PAY_PACKAGED,
    PAY_PACKAGED_STV, /* Q1: packaged with a service S, T or V of the claim */
    PAY_PACKAGED_T,   /* Q2: with a T */
    PAY_PACKAGED_ANY, /* Q4: with any service; alone it is paid by the laboratory fees */
    PAY_COMPOSITE,    /* Q3: by the rate, unless several of a day are one composite */
    PAY_WHOLE,        /* J1: everything else of the claim is within */
    PAY_OBSERVATION,  /* J2: a visit, unless observation makes it comprehensive */
    PAY_COST,         /* at cost: not in a table */
    PAY_ELSEWHERE,    /* another schedule, or not at all */
};

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
/* Paid beside a comprehensive service: 42 CFR 419.2(b)(7), Addendum J: ambulance, mammography, brachytherapy, pass-through, preventive. */
static const char *const beside_whole[] = {"F", "G", "H", "L", "U", "A", "H1", "K1", NULL};
/* clang-format on */

static const char elsewhere[] = "the outpatient system does not pay the code";

/* A line with its row of Addendum B. */
struct visit {
    struct priced *l;
    char status[4];
    enum pay pay;
    int64_t rate;     /* of one unit, wage adjusted, in millionths of a dollar; 0: none */
    int64_t national; /* in mills: what lines are ordered by */
};

/* The lines and what the claim has among them. */
struct outpatient {
    struct visit *list;
    size_t n;
    int64_t wage;                         /* millionths; -1: missing, which is said */
    bool has_stv, has_t, has_q2, has_any; /* has_any: a service that takes laboratory tests in */
    size_t wholes;                        /* J1 */
    int64_t observation_hours;
};

/* pay_of - by the status */
static enum pay pay_of(const char *status)
{
    for (size_t i = 0; i < sizeof(indicators) / sizeof(indicators[0]); i++)
        if (strcmp(indicators[i].status, status) == 0)
            return indicators[i].pay;
    return PAY_ELSEWHERE;
}

/* adjusted - of mills in millionths of a dollar: six tenths of a rate follow the wage index (42 CFR
 * 419.43(c)) */
static int64_t adjusted(struct pricing *p, int64_t mills, int64_t wage)
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
    v->pay = pay_of(v->status);
    v->national = table_col_i64(&row, "rate_mills", 0);
    if (v->pay == PAY_FLAT)
        v->rate = v->national * 1000;
    else if (o->wage >= 0)
        v->rate = adjusted(p, reduced(p, l, table_col(&row, "apc"), v->national), o->wage);
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
        if (strcmp(v->l->code, "G0378") == 0)
            o->observation_hours += v->l->line->units_milli / 1000;
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

/* pay_rate - one line by its rate */
static void pay_rate(struct pricing *p, const struct outpatient *o, struct visit *v)
{
    if (!v->national) {
        price_stop(p, v->l, "Addendum B has no rate for the code");
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
        pay_rate(p, o, v);
}

/* settle - one line among the others */
static void settle(struct pricing *p, const struct outpatient *o, struct visit *v)
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
            pay_rate(p, o, v);
        break;
    case PAY_OBSERVATION:
        if (o->observation_hours >= 8)
            price_stop(p, v->l, "eight hours of observation: the rate of APC 8011");
        else
            pay_rate(p, o, v);
        break;
    case PAY_COST:
        price_stop(p, v->l, "paid at cost");
        break;
    default:
        pay_rate(p, o, v);
    }
}

/* several - of one code: units or both sides, which rank as a pair */
static bool several(const CcServiceLine *l)
{
    return l->units_milli > 1000 || price_has_modifier(l, "50");
}

/* settle_whole - one comprehensive service takes the claim; several need Addendum J */
static void settle_whole(struct pricing *p, const struct outpatient *o)
{
    for (size_t i = 0; i < o->n; i++) {
        struct visit *v = &o->list[i];

        if (o->wholes > 1 || (v->pay == PAY_WHOLE && several(v->l->line)))
            price_stop(p, v->l,
                       "several comprehensive services: their ranks and pairs (Addendum J)");
        else if (v->pay == PAY_WHOLE)
            pay_rate(p, o, v);
        else if (str_in(v->status, beside_whole))
            settle(p, o, v);
        else
            price_within(p, v->l, "packaged");
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
    if (price_find(p, TABLE_HOSPITALS, p->npi, NULL, p->on, &row))
        o.wage = price_cell(&row, "wage_index", 6, 0);
    for (size_t i = 0; i < g->n; i++)
        o.n += open_visit(p, &o, g->lines[i], &o.list[o.n]);
    look_over(&o);
    if (o.wholes)
        settle_whole(p, &o);
    for (size_t i = 0; i < o.n && !o.wholes; i++)
        settle(p, &o, &o.list[i]);
}
