/* opps_whole.c - comprehensive services: one payment that takes the other lines in (42 CFR
 * 419.2(c); Medicare claims manual, chapter 4, 10.2.3 and 290.5.3)
 *
 * Of several the highest in rank is paid; where Addendum J has the pair that it makes with another
 * one, or with itself, at the rate of the next higher APC. Ranks and pairs come from the table
 * opps-comprehensive, the rate of comprehensive observation (APC 8011) from rates; without them it
 * is said what is missing. */
#include <string.h>

#include "common/base/date.h"
#include "common/price/opps.h"
#include "common/rules/code_list.h"

enum { LEAST_HOURS = 8 };

static const char no_ranks[] = "several comprehensive services: their ranks and pairs (Addendum J)";

/* clang-format off */
/* Paid beside a comprehensive service: 42 CFR 419.2(b)(7), Addendum J: ambulance, mammography, brachytherapy, pass-through, preventive. */
static const char *const beside[] = {"F", "G", "H", "L", "U", "A", "H1", "K1", NULL};
/* Preventive services (42 CFR 410.2): examinations, counseling, vaccines and who gives them, screening of cervix, colon, lung, aorta,
 * bone, glaucoma, breast. */
static const char preventive[] = "G0008-G0010;G0101;G0102;G0104-G0106;G0108;G0109;G0117;G0118;G0120;G0121;G0123-G0124;G0130;G0141;"
    "G0143-G0148;G0270;G0271;G0296;G0402-G0405;G0438;G0439;G0442-G0447;G0473;P3000;P3001;Q0091;76706;71271;76977;77063;77067;"
    "77078;77080;77081;77085;90480;97802-97804;99406;99407";
/* clang-format on */

/* twice - units or both sides of one code, which rank as a pair */
static bool twice(const CcServiceLine *l)
{
    return l->units_milli > 1000 || price_has_modifier(l, "50");
}

/* take_in - all lines but one */
static void take_in(struct pricing *p, const struct outpatient *o, const struct visit *paid)
{
    for (size_t i = 0; i < o->n; i++) {
        struct visit *v = &o->list[i];

        if (v == paid)
            continue;
        if (str_in(v->status, beside))
            opps_settle(p, o, v);
        else if (v->technology || code_listed(span_of(preventive), v->l->code))
            price_stop(p, v->l,
                       "a preventive service or new technology beside a comprehensive service");
        else
            price_within(p, v->l, "packaged");
    }
}

/* rank_of - of a code; 0: the table has none for the day */
static int64_t rank_of(struct pricing *p, const struct visit *v)
{
    struct table_row row;
    size_t cursor = 0;

    while (tables_next(p->tables, TABLE_OPPS_COMPREHENSIVE, v->l->code, v->l->on, &cursor, &row))
        if (!table_col(&row, "second").n)
            return table_col_i64(&row, "rank", 0);
    return 0;
}

/* pair_rate - of the APC that a pair of codes moves to, in mills; 0: it is none of the pairs */
static int64_t pair_rate(struct pricing *p, const struct visit *first, const char *second)
{
    struct table_row row;
    size_t cursor = 0;

    while (tables_next(p->tables, TABLE_OPPS_COMPREHENSIVE, first->l->code, first->l->on, &cursor,
                       &row))
        if (table_col_is(&row, "second", second))
            return price_cell(&row, "rate", 3, 0);
    return 0;
}

/* highest - by rank, the first of equals; NULL: some comprehensive service has no rank */
static struct visit *highest(struct pricing *p, const struct outpatient *o)
{
    struct visit *best = NULL;
    int64_t best_rank = 0;

    for (size_t i = 0; i < o->n; i++) {
        struct visit *v = &o->list[i];
        int64_t rank = v->pay == PAY_WHOLE ? rank_of(p, v) : 0;

        if (v->pay != PAY_WHOLE)
            continue;
        if (!rank && (o->wholes > 1 || twice(v->l->line)))
            return NULL;
        if (!best || rank < best_rank) {
            best = v;
            best_rank = rank;
        }
    }
    return best;
}

/* complexity - the highest rate of a pair that the paid service makes with itself or another line
 * of the claim; 0: none */
static int64_t complexity(struct pricing *p, const struct outpatient *o, const struct visit *paid)
{
    int64_t best = twice(paid->l->line) ? pair_rate(p, paid, paid->l->code) : 0;

    for (size_t i = 0; i < o->n; i++) {
        const struct visit *v = &o->list[i];
        int64_t rate = v != paid && v->l->code[0] ? pair_rate(p, paid, v->l->code) : 0;

        best = rate > best ? rate : best;
    }
    return best;
}

/* pay_once - one payment whatever the units, by a national rate; modifiers for what was stopped
 * leave half */
static void pay_once(struct pricing *p, const struct outpatient *o, struct visit *v, int64_t mills)
{
    int64_t cents = price_times(p, opps_adjusted(p, mills, o->wage), 1, 4);

    price_part(p, v->l->out, mills == v->national ? "rate" : "complexity-adjusted-rate", cents);
    if (price_has_modifier(v->l->line, "73") || price_has_modifier(v->l->line, "52"))
        cents = price_percent_of(p, cents, 50);
    price_line(p, v->l, cents);
}

/* opps_comprehensive - see opps.h */
void opps_comprehensive(struct pricing *p, const struct outpatient *o)
{
    struct visit *paid = highest(p, o);
    int64_t pair;

    if (!paid) {
        for (size_t i = 0; i < o->n; i++)
            price_stop(p, o->list[i].l, no_ranks);
        return;
    }
    take_in(p, o, paid);
    pair = complexity(p, o, paid);
    if (pair && o->wage >= 0)
        pay_once(p, o, paid, pair);
    else if (o->wage >= 0 && twice(paid->l->line))
        pay_once(p, o, paid, paid->national);
    else
        opps_pay_rate(p, o, paid);
}

/* first_hours - the day of the first observation; 0: less than eight hours are billed */
static int32_t first_hours(const struct outpatient *o)
{
    int64_t hours = 0;
    int32_t day = 0;

    for (size_t i = 0; i < o->n; i++) {
        const struct priced *l = o->list[i].l;

        if (strcmp(l->code, "G0378") != 0)
            continue;
        hours += l->line->units_milli / 1000;
        day = !day || l->on < day ? l->on : day;
    }
    return hours >= LEAST_HOURS ? day : 0;
}

/* near - on the day of the observation, or the one before */
static bool near(const struct visit *v, int32_t day)
{
    return v->l->on == day || v->l->on == date_add(day, -1);
}

/* opps_observation - see opps.h */
bool opps_observation(struct pricing *p, const struct outpatient *o)
{
    int32_t day = first_hours(o);
    struct visit *visit = NULL;
    int64_t dollars;

    if (!day || !date_valid(day))
        return false;
    for (size_t i = 0; i < o->n; i++) {
        struct visit *v = &o->list[i];

        if (strcmp(v->status, "T") == 0 && near(v, day))
            return false;
        if (v->pay == PAY_OBSERVATION && near(v, day) && (!visit || v->national > visit->national))
            visit = v;
    }
    if (!visit)
        return false;
    take_in(p, o, visit);
    if (!price_rate(p, "opps-comprehensive-observation", &dollars) || o->wage < 0)
        price_stop(p, visit->l, "eight hours of observation: the rate of APC 8011");
    else
        pay_once(p, o, visit, (dollars + 500) / 1000);
    return true;
}
