/* dat.c - DAT: days that are days, in an order that can be */
#include "services/validator/edits/edits.h"

#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"

/* today - the day the payer gets the claim, else the day it was made; 0: not known */
static int32_t today(const struct edit_run *r)
{
    return r->o->received_date ? r->o->received_date : r->c->claim->created_date;
}

/* needs_day - a line of a professional claim, or one with a procedure on an outpatient bill */
static bool needs_day(const struct edit_run *r, const struct edit_line *l)
{
    return r->c->professional || (!r->c->inpatient && l->code[0]);
}

/* line_is_wrong - why, or NULL */
static const char *line_is_wrong(const struct edit_run *r, const struct edit_line *l)
{
    int32_t from = l->line->from_date, thru = l->line->thru_date;

    if (!from)
        return needs_day(r, l) ? "the day of service is missing or no day" : NULL;
    if (!date_valid(from) || (thru && !date_valid(thru)))
        return "the day of service is no day";
    if (thru && thru < from)
        return "the service ends before it begins";
    if (today(r) && l->thru > today(r))
        return "the day of service is in the future";
    return NULL;
}

/* edit_dat_01 - every day of service, and the statement period of a bill */
void edit_dat_01(struct edit_run *r)
{
    const CcClaim *m = r->c->claim;

    if (!r->c->professional) {
        if (!date_valid(m->from_date) || !date_valid(m->thru_date))
            edit_found(r, at_claim("DTP03*434"), NULL,
                       "the statement period is missing or not two days");
        else if (m->thru_date < m->from_date)
            edit_found(r, at_claim("DTP03*434"), NULL,
                       "the statement period ends before it begins");
        else if (today(r) && m->thru_date > today(r))
            edit_found(r, at_claim("DTP03*434"), NULL, "the statement period ends in the future");
    }
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const char *why = line_is_wrong(r, &r->c->lines[i]);

        if (why)
            edit_found(r, at_line(&r->c->lines[i], "DTP03*472"), NULL, "%s", why);
    }
}

/* edit_dat_03 - lines of a bill lie in its period */
void edit_dat_03(struct edit_run *r)
{
    const CcClaim *m = r->c->claim;

    if (!date_valid(m->from_date) || !date_valid(m->thru_date) || m->thru_date < m->from_date)
        return;
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if (date_valid(l->line->from_date) && (l->from < m->from_date || l->thru > m->thru_date) &&
            l->thru >= l->from)
            edit_found(r, at_line(l, "DTP03*472"), NULL,
                       "the line's day is outside the statement period");
    }
}

/* edit_dat_04 - nobody is admitted after the bill ends */
void edit_dat_04(struct edit_run *r)
{
    const CcClaim *m = r->c->claim;

    if (date_valid(m->thru_date) && m->admit_date > m->thru_date)
        edit_found(r, at_claim("DTP03*435"), NULL,
                   "the admission is after the end of the statement period");
}

/* edit_dat_05 - occurrence 42 is the day of leaving: the bill's last day */
void edit_dat_05(struct edit_run *r)
{
    const CcClaim *m = r->c->claim;

    if (strcmp(m->discharge_status, "30") == 0)
        return;
    for (size_t i = 0; i < m->n_occurrences; i++)
        if (strcmp(m->occurrences[i]->code, "42") == 0 &&
            m->occurrences[i]->occurrence_date != m->thru_date)
            edit_found(r, at_claim("HI01-4*BH"), NULL,
                       "occurrence 42 is not the last day of the statement period");
}

/* edit_dat_06 - procedures from three days before the admission to the end of the bill */
void edit_dat_06(struct edit_run *r)
{
    const CcClaim *m = r->c->claim;
    int32_t first = date_valid(r->c->arrived) ? date_add(r->c->arrived, -3) : 0;

    for (size_t i = 0; i < r->c->n_pcs; i++) {
        int32_t day = r->c->pcs[i].procedure->procedure_date;
        struct place p = at_pcs(&r->c->pcs[i]);

        p.element[5] = '4'; /* HIxx-4: the date beside the code */
        if (!day)
            edit_found(r, p, edit_code_shown(r->c->pcs[i].code), "the procedure has no date");
        else if (day < first || (date_valid(m->thru_date) && day > m->thru_date))
            edit_found(r, p, edit_code_shown(r->c->pcs[i].code),
                       "the procedure is outside the stay and the three days before it");
    }
}

/* has_cause - a related cause of the claim */
static bool has_cause(const CcClaim *m, const char *cause)
{
    for (size_t i = 0; i < m->n_related_causes; i++)
        if (strcmp(m->related_causes[i], cause) == 0)
            return true;
    return m->accident && strcmp(m->accident->kind, cause) == 0;
}

/* edit_dat_07 - an accident has a day, and on the road a state */
void edit_dat_07(struct edit_run *r)
{
    const CcClaim *m = r->c->claim;
    bool road = has_cause(m, "AA");
    int32_t day = m->accident ? m->accident->accident_date : 0;

    if (!road && !has_cause(m, "OA") && !day)
        return;
    if (!day)
        edit_found(r, at_claim("DTP03*439"), NULL,
                   "the claim follows an accident and does not say when");
    else if (date_valid(r->c->from) && day > r->c->from)
        edit_found(r, at_claim("DTP03*439"), NULL, "the accident is after the service");
    else if (road && !m->accident->state[0] && !m->accident->country[0])
        edit_found(r, at_claim("CLM11-4"), NULL,
                   "an accident on the road names no state, and no country");
}

/* edit_dat_08 - what happened before the bill, and spans that touch the stay */
void edit_dat_08(struct edit_run *r)
{
    const CcClaim *m = r->c->claim;

    for (size_t i = 0; i < m->n_occurrences; i++) {
        int32_t day = m->occurrences[i]->occurrence_date;

        if (!day || (today(r) && day > today(r)))
            edit_found(r, at_claim("HI01-4*BH"), edit_code_shown(m->occurrences[i]->code),
                       day ? "the occurrence is in the future" : "the occurrence has no date");
    }
    for (size_t i = 0; i < m->n_occurrence_spans; i++) {
        const CcCodeSpan *s = m->occurrence_spans[i];
        bool days = date_valid(s->from_date) && date_valid(s->thru_date);
        /* 70-79 but 71 and 78 (earlier stays) speak of this one */
        bool ours = s->code[0] == '7' && s->code[1] != '1' && s->code[1] != '8';

        if (!days || s->thru_date < s->from_date)
            edit_found(r, at_claim("HI01-4*BI"), edit_code_shown(s->code),
                       "the span is missing a day or ends before it begins");
        else if (ours && date_valid(r->c->from) && date_valid(r->c->thru) &&
                 (s->from_date > date_add(r->c->thru, 1) ||
                  s->thru_date < date_add(r->c->from, -1)))
            edit_found(r, at_claim("HI01-4*BI"), edit_code_shown(s->code),
                       "the span does not touch the statement period");
    }
}

/* value_days - of a value code that counts days; -1: it is not there */
static int64_t value_days(const CcClaim *m, const char *code)
{
    for (size_t i = 0; i < m->n_values; i++)
        if (strcmp(m->values[i]->code, code) == 0)
            return m->values[i]->amount_cents / 100;
    return -1;
}

enum { DAYS_MOST = 1000000 }; /* of one line: more are no days, and their sum stays a number */

/* bed_days - units of all accommodation lines; -1: none. Negative ones are CHG-02's */
static int64_t bed_days(const struct edit_claim *c)
{
    int64_t sum = -1;

    for (size_t i = 0; i < c->n_lines; i++) {
        int64_t days = c->lines[i].line->units_milli / 1000;

        if (edit_is_room(&c->lines[i]) && days >= 0)
            sum = (sum < 0 ? 0 : sum) + (days < DAYS_MOST ? days : DAYS_MOST);
    }
    return sum;
}

/* edit_dat_09 - days counted three ways: nights of the stay, value codes 80 and 81, beds */
void edit_dat_09(struct edit_run *r)
{
    const CcClaim *m = r->c->claim;
    int64_t covered = value_days(m, "80"), rest = value_days(m, "81"), beds = bed_days(r->c);
    int64_t days, told = (covered > 0 ? covered : 0) + (rest > 0 ? rest : 0);

    if (!date_valid(m->from_date) || !date_valid(m->thru_date) || (covered < 0 && rest < 0))
        return;
    days = date_diff(m->thru_date, m->from_date) + (strcmp(m->discharge_status, "30") == 0);
    if (days == 0)
        days = 1; /* in and out on one day counts as one */
    if (told != days)
        edit_found(r, at_claim("HI01-5*BE"), NULL,
                   "covered and non-covered days are %d, and the stay has %d", (int)told,
                   (int)days);
    else if (beds >= 0 && beds != days)
        edit_found(r, at_claim("HI01-5*BE"), NULL,
                   "accommodation lines have %d days, and the stay has %d", (int)beds, (int)days);
}

/* edit_dat_11 - nothing is billed before it is done; what lies in the future DAT-01 has told */
void edit_dat_11(struct edit_run *r)
{
    int32_t made = r->c->claim->created_date;

    if (made && r->o->received_date && r->c->thru > made && r->c->thru <= r->o->received_date)
        edit_found(r, at_claim("BHT04"), NULL, "the claim was made before the last day of service");
}
