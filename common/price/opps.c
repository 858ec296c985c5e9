/* opps.c - the outpatient prospective payment system (coding 6.4, 42 CFR 419): rates of Addendum B
 * by status indicator, wage index, packaging, discounts
 *
 * Addendum B says the rate; what it alone does not decide is said as missing: the rank and the
 * complexity pairs of several comprehensive services (Addendum J), what a pass-through device
 * costs, comprehensive observation (its APC has no row in Addendum B). */
#include <string.h>

#include "common/price/way.h"

/* How a status indicator is paid. */
enum pay {
    PAY_RATE, /* by the rate and the wage index */
    PAY_FLAT, /* by the rate alone: drugs, blood, sources */
    PAY_PACKAGED,
    PAY_PACKAGED_STV, /* Q1: packaged with a service S, T or V of the claim */
    PAY_PACKAGED_T,   /* Q2: with a T */
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
    {"S", PAY_RATE}, {"T", PAY_RATE}, {"V", PAY_RATE}, {"P", PAY_RATE}, {"Q3", PAY_RATE}, {"R", PAY_RATE},
    {"G", PAY_FLAT}, {"K", PAY_FLAT}, {"U", PAY_RATE}, {"K1", PAY_FLAT},
    {"N", PAY_PACKAGED},
    {"Q1", PAY_PACKAGED_STV}, {"Q2", PAY_PACKAGED_T},
    {"J1", PAY_WHOLE}, {"J2", PAY_OBSERVATION},
    {"F", PAY_COST}, {"H", PAY_COST}, {"H1", PAY_COST}, {"L", PAY_COST},
};
/* Paid beside a comprehensive service: 42 CFR 419.2(b)(7), Addendum J: ambulance, mammography, brachytherapy, pass-through, preventive. */
static const char *const beside_whole[] = {"F", "G", "H", "L", "U", "A", "H1", "K1", NULL};
/* clang-format on */

/* A line with its row of Addendum B. */
struct visit {
    struct priced *l;
    char status[4];
    enum pay pay;
    int64_t rate;     /* of one unit, wage adjusted, in cents; 0: none */
    int64_t national; /* in mills: what lines are ordered by */
};

/* The lines and what the claim has among them. */
struct outpatient {
    struct visit *list;
    size_t n;
    int64_t wage; /* millionths; -1: missing, which is said */
    bool has_stv, has_t;
    size_t wholes; /* J1 */
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

/* adjusted - six tenths of a rate follow the wage index (42 CFR 419.43(c)) */
static int64_t adjusted(struct pricing *p, int64_t mills, int64_t wage)
{
    return price_times(p, mills, 400000 + wage * 6 / 10, 7);
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
    v->rate = v->pay == PAY_FLAT ? price_times(p, v->national, 1, 1)
              : o->wage >= 0     ? adjusted(p, v->national, o->wage)
                                 : 0;
    if (v->pay == PAY_ELSEWHERE)
        price_leave(l, "the outpatient system does not pay the code");
    return v->pay != PAY_ELSEWHERE;
}

/* look_over - what of the claim decides about its other lines */
static void look_over(struct outpatient *o)
{
    for (size_t i = 0; i < o->n; i++) {
        const struct visit *v = &o->list[i];
        const char *s = v->status;

        o->has_t = o->has_t || strcmp(s, "T") == 0;
        o->has_stv =
            o->has_stv || strcmp(s, "S") == 0 || strcmp(s, "T") == 0 || strcmp(s, "V") == 0;
        o->wholes += v->pay == PAY_WHOLE;
        if (strcmp(v->l->code, "G0378") == 0)
            o->observation_hours += v->l->line->units_milli / 1000;
    }
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

/* by_modifiers - stopped before anesthesia or reduced 50 %, both sides 150 % (42 CFR 419.44) */
static int64_t by_modifiers(struct pricing *p, const struct visit *v, int64_t cents)
{
    if (price_has_modifier(v->l->line, "73") || price_has_modifier(v->l->line, "52"))
        return price_percent_of(p, cents, 50);
    return price_has_modifier(v->l->line, "50") ? price_percent_of(p, cents, 150) : cents;
}

/* pay_rate - units, modifiers, discount of T */
static void pay_rate(struct pricing *p, const struct outpatient *o, struct visit *v)
{
    if (!v->national) {
        price_stop(p, v->l, "Addendum B has no rate for the code");
        return;
    }
    price_part(p, v->l->out, "rate", v->rate);
    price_line(p, v->l, by_modifiers(p, v, price_times(p, v->rate, v->l->line->units_milli, 3)));
    if (strcmp(v->status, "T") == 0)
        v->l->out->allowed_cents = price_discounted(p, v->l, is_highest(o, v, "T"));
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
        if (v->pay == PAY_PACKAGED_T ? o->has_t : o->has_stv)
            price_within(p, v->l, "packaged");
        else if (is_highest(o, v, v->status))
            pay_rate(p, o, v);
        else
            price_within(p, v->l, "packaged"); /* one of a day is paid */
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

/* settle_whole - one comprehensive service takes the claim; several need Addendum J */
static void settle_whole(struct pricing *p, const struct outpatient *o)
{
    for (size_t i = 0; i < o->n; i++) {
        struct visit *v = &o->list[i];

        if (o->wholes > 1)
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
