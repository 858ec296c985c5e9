/* rule_limit.c - the column `value` of rules about time: 180 days from line_from, 1 per 12 months
 */
#include "common/rules/rule_value.h"

#include <string.h>
#include <strings.h>

enum { LENGTH_MAX = 36500, DAYS_MAX = RULE_DAYS_MAX - 1 };

#define PERIOD "expected a period: 180 days, 12 months or 1 year, and if need be from and a basis"
#define BASES                                                                                      \
    "expected line_from, stmt_thru, discharge, primary_eob, billed or remit after \"from\""
#define FREQUENCY                                                                                  \
    "expected 1 per 12 months, 2 units per 1 year, 1 per calendar year, 1 per lifetime"
#define SPAN "expected month, year, year from 07-01, or a number of days (31 days)"

/* rule_word - up to a blank */
struct span rule_word(struct span *rest)
{
    struct span word;

    *rest = span_trim(*rest);
    word = (struct span){rest->p, 0};
    while (word.n < rest->n && word.p[word.n] != ' ' && word.p[word.n] != '\t')
        word.n++;
    rest->p += word.n;
    rest->n -= word.n;
    return word;
}

/* is - a word, whatever its case */
static bool is(struct span word, const char *text)
{
    return word.n == strlen(text) && strncasecmp(word.p, text, word.n) == 0;
}

/* number - 1 to LENGTH_MAX; 0: it is none */
static int32_t number(struct span word)
{
    int32_t v = 0;

    if (!word.n || word.n > 5)
        return 0;
    for (size_t i = 0; i < word.n; i++) {
        if (word.p[i] < '0' || word.p[i] > '9')
            return 0;
        v = v * 10 + (word.p[i] - '0');
    }
    return v <= LENGTH_MAX ? v : 0;
}

/* unit - days, months, years; false: another word */
static bool unit(struct span word, enum rule_unit *out)
{
    static const struct {
        const char *one, *many;
        enum rule_unit unit;
    } rows[] = {{"day", "days", RULE_DAYS},
                {"month", "months", RULE_MONTHS},
                {"year", "years", RULE_YEARS}};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (is(word, rows[i].one) || is(word, rows[i].many)) {
            *out = rows[i].unit;
            return true;
        }
    return false;
}

/* basis - what a limit counts from */
static enum rule_basis basis(struct span word)
{
    static const char *const names[] = {
        "", "line_from", "stmt_thru", "discharge", "primary_eob", "billed", "remit"};

    for (int i = RULE_FROM_LINE; i < RULE_BASIS_MAX; i++)
        if (is(word, names[i]))
            return (enum rule_basis)i;
    return RULE_BASIS_MAX;
}

/* refused - the form that was expected */
static int refused(struct err *e, const char *expected)
{
    return err_set(e, ERR_REJECT, "rule", "%s", expected);
}

/* rule_value_period - 180 days from line_from */
int rule_value_period(struct payer_rule *r, struct err *e)
{
    struct span rest = r->cells.value, word;
    struct rule_limit *l = &r->limit;

    l->length = number(rule_word(&rest));
    if (!l->length || !unit(rule_word(&rest), &l->unit))
        return refused(e, PERIOD);
    word = rule_word(&rest);
    if (!word.n)
        return 0;
    if (!is(word, "from"))
        return refused(e, PERIOD);
    l->basis = basis(rule_word(&rest));
    return l->basis == RULE_BASIS_MAX || rule_word(&rest).n ? refused(e, BASES) : 0;
}

/* window - 12 months, 11 full months, calendar year, lifetime */
static bool window(struct span *rest, struct rule_limit *l)
{
    struct span word = rule_word(rest);

    l->length = 1;
    l->unit = RULE_LIFETIME;
    if (is(word, "lifetime"))
        return true;
    if (is(word, "calendar")) {
        word = rule_word(rest);
        l->unit = is(word, "month") ? RULE_CALENDAR_MONTH : RULE_CALENDAR_YEAR;
        return is(word, "month") || is(word, "year");
    }
    l->length = number(word);
    word = rule_word(rest);
    if (l->length && is(word, "full")) {
        l->unit = RULE_FULL_MONTHS;
        word = rule_word(rest);
        return is(word, "month") || is(word, "months");
    }
    return l->length && unit(word, &l->unit);
}

/* rule_value_frequency - 1 per 12 months */
int rule_value_frequency(struct payer_rule *r, struct err *e)
{
    struct span rest = r->cells.value, word;

    r->limit.most = number(rule_word(&rest));
    word = rule_word(&rest);
    r->limit.units = is(word, "unit") || is(word, "units");
    if (r->limit.units || is(word, "day") || is(word, "days"))
        word = rule_word(&rest);
    if (!r->limit.most || !is(word, "per") || !window(&rest, &r->limit) || rule_word(&rest).n)
        return refused(e, FREQUENCY);
    if (!r->limit.units && r->limit.most > DAYS_MAX)
        return err_set(e, ERR_REJECT, "rule", "expected at most %d days of service", (int)DAYS_MAX);
    return 0;
}

/* month_day - 07-01 */
static bool month_day(struct span word, struct rule_limit *l)
{
    if (word.n != 5 || word.p[2] != '-')
        return false;
    l->month = number((struct span){word.p, 2});
    l->day = number((struct span){word.p + 3, 2});
    return l->month >= 1 && l->month <= 12 && l->day >= 1 && l->day <= 28;
}

/* rule_value_span - what a claim may not cross, or how long it may be */
int rule_value_span(struct payer_rule *r, struct err *e)
{
    struct span rest = r->cells.value, word = rule_word(&rest);
    struct rule_limit *l = &r->limit;

    l->length = number(word);
    l->unit = is(word, "month")  ? RULE_CALENDAR_MONTH
              : is(word, "year") ? RULE_CALENDAR_YEAR
                                 : RULE_DAYS;
    word = rule_word(&rest);
    if (l->unit == RULE_DAYS) {
        if (!l->length || !unit(word, &l->unit) || l->unit != RULE_DAYS)
            return refused(e, SPAN);
    } else if (word.n && (l->unit != RULE_CALENDAR_YEAR || !is(word, "from") ||
                          !month_day(rule_word(&rest), l))) {
        return refused(e, SPAN);
    }
    return rule_word(&rest).n ? refused(e, SPAN) : 0;
}
