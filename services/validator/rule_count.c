/* rule_count.c - frequency limits: what was done in the period, on this claim and on remembered
 * ones
 *
 * An earlier service counts against a later one until its period has passed: "1 per 12 months" of
 * 15 March frees 15 March of the next year; "1 per 11 full months" frees 1 March (the month of the
 * service itself does not count). What the worker does not remember is not counted. */
#include "services/validator/rules.h"

#include <string.h>

#include "common/base/date.h"

/* Days and units found so far. */
struct count {
    int32_t days[RULE_DAYS_MAX];
    size_t n;
    int64_t units_milli;
};

/* rule_add_months - the same day of a later month, or the last one it has */
int32_t rule_add_months(int32_t day, int months)
{
    int year = day / 10000, month = day / 100 % 100 - 1 + months, d = day % 100;
    int32_t out = 0;

    year += month / 12;
    month = month % 12 + 1;
    for (; !out && d > 27; d--)
        out = date_make(year, month, d);
    return out ? out : date_make(year, month, day % 100);
}

/* counts_against - does a service of `earlier` still count on `day` */
static bool counts_against(const struct rule_limit *x, int32_t earlier, int32_t day)
{
    int32_t free = 0;

    if (!date_valid(earlier) || earlier > day)
        return false;
    switch (x->unit) {
    case RULE_DAYS:
        free = date_add(earlier, x->length);
        break;
    case RULE_MONTHS:
        free = rule_add_months(earlier, x->length);
        break;
    case RULE_FULL_MONTHS:
        free = rule_add_months(earlier / 100 * 100 + 1, x->length + 1);
        break;
    case RULE_YEARS:
        free = date_add_years(earlier, x->length);
        break;
    case RULE_CALENDAR_MONTH:
        return earlier / 100 == day / 100;
    case RULE_CALENDAR_YEAR:
        return earlier / 10000 == day / 10000;
    case RULE_LIFETIME:
        return true;
    }
    return day < free;
}

/* put - one service; days are counted once */
static void put(struct count *n, int32_t day, int64_t units_milli)
{
    n->units_milli += units_milli > 0 ? units_milli : 0;
    for (size_t i = 0; i < n->n; i++)
        if (n->days[i] == day)
            return;
    if (n->n < RULE_DAYS_MAX)
        n->days[n->n++] = day;
}

/* put_past - remembered lines; of a payer's own rule only what that payer was billed */
static void put_past(const struct edit_run *r, const struct payer_rule *rule, int32_t day,
                     struct count *n)
{
    const char *payer = r->c->destination->payer_id;

    for (size_t i = 0; i < r->c->n_past; i++) {
        const struct edit_past *p = &r->c->past[i];

        if (code_set_has(&rule->codes, p->key) &&
            counts_against(&rule->limit, p->line->from_date, day) &&
            (rule->scope != RULE_OF_PAYER || strcmp(p->line->payer_id, payer) == 0))
            put(n, p->line->from_date, p->line->units_milli);
    }
}

/* put_own - lines of this claim, up to the one in question; false: one before it on the same day
 * has told it already */
static bool put_own(const struct edit_run *r, const struct payer_rule *rule,
                    const struct edit_line *l, struct count *n)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *x = &r->c->lines[i];

        if (!code_set_has(&rule->codes, x->key) || x == l)
            continue;
        if (!rule->limit.units && x->from == l->from && x->index < l->index)
            return false;
        if ((x->from < l->from || x->index < l->index) &&
            counts_against(&rule->limit, x->from, l->from))
            put(n, x->from, x->line->units_milli);
    }
    return true;
}

/* rule_judge_frequency - days of service, or units */
void rule_judge_frequency(struct edit_run *r, const struct payer_rule *rule,
                          const struct edit_line *l)
{
    struct count n = {.n = 0};
    int64_t found;

    if (!date_valid(l->from) || !put_own(r, rule, l, &n))
        return;
    put_past(r, rule, l->from, &n);
    put(&n, l->from, l->line->units_milli);
    found = rule->limit.units ? n.units_milli / 1000 : (int64_t)n.n;
    if (rule->limit.units ? n.units_milli > rule->limit.most * 1000 : found > rule->limit.most)
        rule_hit(r, rule, l, rule->limit.units ? at_units(r, l) : at_code(r, l), 0,
                 "%s: with this one %lld %s in the period, the payer takes %lld",
                 edit_code_shown(l->code), (long long)found,
                 rule->limit.units ? "units" : "services", (long long)rule->limit.most);
}
