/* weeks.c - how far the pregnancy is: weeks of the record, trimesters that codes say, the delivery
 */
#include "services/coder/relate.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/codes/codes.h"

enum { LEAST_DAYS = 14, MOST_DAYS = 45 * 7, TERM_DAYS = 280 };

/* clang-format off */
/* What tells the age of a pregnancy: itself, the day on which it is due, the first day of the last
 * period (LOINC). */
static const struct {
    const char *loinc;
    enum { AGE, DUE, PERIOD } kind;
} measures[] = {
    {"18185-9", AGE},  {"49051-6", AGE},  {"49052-4", AGE}, {"11884-4", AGE}, {"11885-1", AGE},
    {"57714-8", AGE},  {"11778-8", DUE},  {"11779-6", DUE}, {"11780-4", DUE}, {"11781-2", DUE},
    {"8665-2", PERIOD},
};
/* clang-format on */

/* days_of - "28", "28w3d", "28 3/7", "28+3", in weeks unless the unit says days; -1: none */
static int32_t days_of(const char *value, const char *unit)
{
    char *at;
    long n = strtol(value, &at, 10), rest = 0;

    if (at == value || n < 0 || n > MOST_DAYS)
        return -1;
    if (unit[0] == 'd' || unit[0] == 'D')
        return (int32_t)n;
    if (*at == '.' && isdigit((unsigned char)at[1]))
        return (int32_t)(n * 7 + (at[1] - '0') * 7 / 10);
    at += strcspn(at, "0123456789");
    rest = *at ? strtol(at, NULL, 10) : 0;
    return (int32_t)(n * 7 + (rest < 7 ? rest : 0));
}

/* age_by - one result, for the day on which the visit began; -1: it tells none */
static int32_t age_by(const CcObservation *o, int kind, int32_t start, int tz_min)
{
    int32_t day =
        kind == AGE ? (o->at_ms ? date_of_ms(o->at_ms, tz_min) : start) : date_parse(o->value);
    int32_t days = kind == AGE ? days_of(o->value, o->unit) : 0;

    if (days < 0 || !date_valid(day))
        return -1;
    days = kind == DUE ? TERM_DAYS - date_diff(day, start) : days + date_diff(start, day);
    return days >= LEAST_DAYS && days <= MOST_DAYS ? days : -1;
}

/* dx_gestation - the record's own word, else the first result that tells it */
uint32_t dx_gestation(const struct work *w)
{
    const CcVisit *v = w->enc->visit;
    int32_t start = v->admit_date ? v->admit_date : w->coding_date;

    if (v->gestation_days || !date_valid(start))
        return v->gestation_days;
    for (size_t i = 0; i < w->enc->n_observations; i++)
        for (size_t k = 0; k < sizeof(measures) / sizeof(measures[0]); k++) {
            const CcObservation *o = w->enc->observations[i];
            int32_t days = dx_is_result(o, measures[k].loinc)
                               ? age_by(o, (int)measures[k].kind, start, v->admit_tz_min)
                               : -1;

            if (days >= 0)
                return (uint32_t)days;
        }
    return 0;
}

/* weeks_code - Z3A of completed weeks */
static const char *weeks_code(uint32_t days, char *out)
{
    uint32_t weeks = days / 7;

    snprintf(out, DX_CODE, "Z3A%02u", weeks < 8 ? 1U : weeks > 42 ? 49U : (unsigned)weeks);
    return out;
}

/* rule_weeks - a complication of pregnancy is told with the week, where the record has it */
void rule_weeks(struct work *w, const struct rule *r)
{
    struct dx *d = dx_sure(w, "O09-O84;O93-O93;O95-O99");
    uint32_t days = d ? dx_gestation(w) : 0;
    char code[DX_CODE];

    if (days && days < 7 * 60 && !dx_among(w, "Z3A"))
        dx_derive(w, r, d, d, weeks_code(days, code));
}

/* The words of the titles, by trimester. */
static const char *const trimesters[] = {"first trimester", "second trimester", "third trimester"};

/* trimester_at - of so many days: 1 to 3 */
static unsigned trimester_at(uint32_t days)
{
    return days < 14 * 7 ? 1 : days < 28 * 7 ? 2 : 3;
}

/* trimester_of - as a title says; 0: it does not */
static unsigned trimester_of(const char *title)
{
    for (unsigned i = 0; i < 3; i++)
        if (strstr(title, trimesters[i]))
            return i + 1;
    return 0;
}

/* check_trimester - codes of no trimester between the two are a question */
static void check_trimester(struct work *w, const struct rule *r, unsigned from, unsigned to)
{
    static const char *const options[] = {NULL};
    char title[DX_TITLE], shown[16];

    for (size_t i = 0; i < w->n_dx; i++) {
        struct dx *d = &w->dx[i];
        unsigned said = dx_listed(d) && d->code[0] == 'O'
                            ? trimester_of(dx_title(w, d->code, title, sizeof(title)))
                            : 0;

        if (said && (said < from || said > to))
            dx_ask(w, r, d, "no-code",
                   work_printf(w,
                               "%s names another trimester than the recorded weeks. Which does "
                               "the record support?",
                               icd10cm_display(d->code, shown)),
                   options);
    }
}

/* rule_trimester - an outpatient's week and the trimester of the code must agree */
void rule_trimester(struct work *w, const struct rule *r)
{
    uint32_t days = w->inpatient || !dx_among(w, "O00-O9A") ? 0 : dx_gestation(w);

    if (days)
        check_trimester(w, r, trimester_at(days), trimester_at(days));
}

/* rule_trimester_stay - of a stay: one of those that it lasted through */
void rule_trimester_stay(struct work *w, const struct rule *r)
{
    uint32_t days = w->inpatient && dx_among(w, "O00-O9A") ? dx_gestation(w) : 0;
    int32_t from = w->enc->visit->admit_date, to = w->enc->visit->discharge_date;
    int32_t stay = date_valid(from) && date_valid(to) && to > from ? date_diff(to, from) : 0;

    if (days)
        check_trimester(w, r, trimester_at(days), trimester_at(days + (uint32_t)stay));
}

/* rule_trimester_known - the recorded weeks say the trimester that the code leaves open */
void rule_trimester_known(struct work *w, const struct rule *r)
{
    static const char open[] = "unspecified trimester";
    uint32_t days = dx_among(w, "O00-O9A") ? dx_gestation(w) : 0;
    const char *is = trimesters[trimester_at(days) - 1], *at;
    char title[DX_TITLE], code[DX_CODE];
    struct table_row row;

    for (size_t i = 0; days && i < w->n_dx; i++) {
        struct dx *d = &w->dx[i];

        if (!dx_listed(d) || d->code[0] != 'O' ||
            !(at = strstr(dx_title(w, d->code, title, sizeof(title)), open)))
            continue;
        if (term_by_title(
                w, work_printf(w, "%.*s%s%s", (int)(at - title), title, is, at + strlen(open)),
                code, &row) == TERM_ONE)
            dx_become(w, r, d, code);
    }
}

/* in_childbirth - the code of the same complication in childbirth, by its title; false: none */
static bool in_childbirth(struct work *w, const char *code, char *out)
{
    static const char pregnancy[] = "pregnancy";
    char title[DX_TITLE], *at = NULL;
    struct table_row row;
    bool cut = false;

    dx_title(w, code, title, sizeof(title));
    if (strstr(title, " trimester") && (at = strrchr(title, ','))) {
        *at = '\0';
        cut = true;
    }
    at = strstr(title, " in pregnancy");
    at = at ? at + strlen(" in ") : strstr(title, "complicating pregnancy");
    if (at && *at == 'c')
        at += strlen("complicating ");
    if (!at && !cut)
        return false;
    return term_by_title(w,
                         at ? work_printf(w, "%.*schildbirth%s", (int)(at - title), title,
                                          at + strlen(pregnancy))
                            : work_printf(w, "%s complicating childbirth", title),
                         out, &row) == TERM_ONE;
}

/* rule_childbirth - delivered in this visit: the complication in childbirth, where there is a code
 */
void rule_childbirth(struct work *w, const struct rule *r)
{
    bool delivered = dx_among(w, "Z37") != NULL;
    char code[DX_CODE];

    for (size_t i = 0; delivered && i < w->n_dx; i++)
        if (dx_listed(&w->dx[i]) && dx_in(&w->dx[i], "O10-O16;O24-O26;O88;O98-O9A") &&
            in_childbirth(w, w->dx[i].code, code))
            dx_become(w, r, &w->dx[i], code);
}
