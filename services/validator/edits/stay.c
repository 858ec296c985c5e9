/* stay.c - DUP-03, INP-08 to INP-10: a stay beside the patient's other stays and the services
 * before it. What the claims before say of their bill (admission, statement period, discharge
 * status) is known of those billed since it is remembered; of older ones their lines' days stand
 * for it. */
#include "services/validator/edits/edits.h"

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/claim/stay.h"

/* is_stay - an earlier line of an inpatient bill (11x, 18x, 21x) */
static bool is_stay(const CcBilledLine *p)
{
    return str_starts(p->type_of_bill, "011") || str_starts(p->type_of_bill, "018") ||
           str_starts(p->type_of_bill, "021");
}

/* admitted - the day of it */
static int32_t admitted(const CcBilledLine *p)
{
    return p->admit_date ? p->admit_date : p->from_date;
}

/* later - of two days */
static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* begins - the first day in the bed: a statement period may begin earlier, with outpatient services
 * of the payment window, or later, with the next of several bills */
static int32_t begins(const CcBilledLine *p)
{
    return later(admitted(p), p->bill_from_date ? p->bill_from_date : p->from_date);
}

/* ends - the last day of the bill */
static int32_t ends(const CcBilledLine *p)
{
    return p->bill_thru_date ? p->bill_thru_date : edit_past_last_day(p);
}

/* overlaps - two stays share a night */
static bool overlaps(const struct edit_claim *c, const CcBilledLine *p)
{
    return c->inpatient && is_stay(p) && begins(p) < c->thru &&
           later(c->arrived, c->from) < ends(p);
}

/* frequency_past - of an earlier bill whose first three digits are known to stand there: the fourth
 */
static char frequency_past(const CcBilledLine *p)
{
    return p->type_of_bill[3];
}

/* interim - one bill of several for a stay (frequency 2, 3, 4): the next begins where it ends */
static bool interim(char frequency)
{
    return frequency >= '2' && frequency <= '4';
}

/* to_unit - a discharge status that says: on to a swing bed, a nursing, rehabilitation, long-term
 * or psychiatric unit (8x, 9x: and to come back as planned), which bills a stay of its own */
static bool to_unit(const char *status)
{
    static const char *const units[] = {"03", "61", "62", "63", "65", "83",
                                        "89", "90", "91", "93", NULL};

    return str_in(status, units);
}

/* readmitted - back in the same hospital on the day of discharge: one stay for Medicare, unless the
 * hospital says that one has nothing to do with the other (CMS claims manual ch. 3, 40.2.5; B4).
 * Leaving one hospital and arriving at another on a day is a transfer. */
static bool readmitted(const struct edit_claim *c, const CcBilledLine *p)
{
    if (!c->acute || !str_starts(p->type_of_bill, "011") || !edit_same_house(c, p) ||
        !c->medicare || interim(frequency_past(p)) || interim(edit_frequency(c->claim)) ||
        p->unrelated_stay || edit_has_condition(c, "B4"))
        return false;
    return (ends(p) == c->arrived && !to_unit(p->discharge_status)) ||
           (c->thru == admitted(p) && !to_unit(c->claim->discharge_status));
}

/* hospital_of - the one that bills */
static const struct claim_hospital *hospital_of(const struct edit_claim *c)
{
    return claim_hospital(c->billing ? c->billing->taxonomy : "");
}

/* is_outpatient - an earlier line of a hospital's outpatient bill (13x, 14x): what a health center,
 * a home health agency or a hospice of the same house bills stays outside of the window */
static bool is_outpatient(const CcBilledLine *p)
{
    return str_starts(p->type_of_bill, "013") || str_starts(p->type_of_bill, "014");
}

/* apart_from_stay - ambulance and maintenance dialysis, by revenue code, stay outside */
static bool apart_from_stay(const char *revenue)
{
    return str_starts(revenue, "054") ||
           (str_starts(revenue, "08") && revenue[2] >= '2' && revenue[2] <= '5');
}

/* in_days - some day of the service lies in the window before an admission, or is its day */
static bool in_days(int32_t from, int32_t thru, int32_t admission, int days)
{
    return date_valid(from) && date_valid(thru) && date_valid(admission) &&
           thru >= date_add(admission, -days) && from <= admission;
}

/* own_in_days - a service of this outpatient claim that belongs to a stay does */
static bool own_in_days(const struct edit_claim *c, int32_t admission, int days)
{
    for (size_t i = 0; i < c->n_lines; i++)
        if (!apart_from_stay(c->lines[i].line->revenue) &&
            in_days(c->lines[i].from, c->lines[i].thru, admission, days))
            return true;
    return false;
}

/* in_window - an outpatient service of the same hospital just before, or on the day of, an
 * admission that Medicare pays; whichever of the two is billed first */
static bool in_window(const struct edit_claim *c, const CcBilledLine *p)
{
    int days = c->medicare && edit_same_house(c, p) ? hospital_of(c)->days : -1;

    if (days < 0)
        return false;
    if (c->acute)
        return is_outpatient(p) && !p->unrelated && !apart_from_stay(p->revenue) &&
               in_days(p->from_date, edit_past_last_day(p), c->arrived, days);
    return (c->facility == 13 || c->facility == 14) && str_starts(p->type_of_bill, "011") &&
           !edit_says_unrelated(c->claim) && own_in_days(c, admitted(p), days);
}

/* stay_trouble - what an earlier line says against the claim; NULL: nothing */
static const char *stay_trouble(const struct edit_claim *c, const CcBilledLine *p)
{
    if (overlaps(c, p))
        return "the stay overlaps another one that is billed";
    if (readmitted(c, p))
        return "the patient came back on the day of discharge: one stay, unless condition code B4 "
               "says that it has nothing to do with the other";
    if (in_window(c, p))
        return "outpatient services of the same hospital just before an admission belong to the "
               "stay";
    return NULL;
}

/* edit_dup_03 - overlapping stays, one stay on two claims, services of the payment window; the
 * first is named */
void edit_dup_03(struct edit_run *r)
{
    const char *why = NULL;

    if (!date_valid(r->c->arrived) || r->c->replaces)
        return;
    for (size_t i = 0; !why && i < r->c->n_past; i++)
        if (date_valid(r->c->past[i].line->from_date))
            why = stay_trouble(r->c, r->c->past[i].line);
    if (why)
        edit_found(r, at_claim("DTP03*434"), NULL, "%s", why);
}

/* says_home - a discharge status that says that no one took the patient in: home, home health, left
 * against advice, hospice at home, court; 8x: and comes back as planned */
static bool says_home(const char *status)
{
    static const char *const home[] = {"01", "06", "07", "21", "50", "81", "86", "87", NULL};

    return str_in(status, home);
}

/* elsewhere - a stay of another hospital, or in a swing bed or nursing facility */
static bool elsewhere(const struct edit_claim *c, const CcBilledLine *p)
{
    if (!str_starts(p->type_of_bill, "011"))
        return is_stay(p);
    return edit_other_house(c, p);
}

/* edit_inp_08 - who goes from one bed to another on a day was transferred, and the status of the
 * first stay says so (42 CFR 412.4). Where that one is billed already, this claim is right, and the
 * other one wants a replacement: a note. */
void edit_inp_08(struct edit_run *r)
{
    const struct edit_claim *c = r->c;
    const char *status = c->claim->discharge_status;

    for (size_t i = 0; i < c->n_past; i++) {
        const CcBilledLine *p = c->past[i].line;

        if (!elsewhere(c, p) || !date_valid(admitted(p)))
            continue;
        if (says_home(status) && admitted(p) == c->thru && later(ends(p), c->thru) > c->arrived) {
            edit_found(r, at_claim("CL103"), status,
                       "another stay begins on the day of discharge: a transfer, and status %s "
                       "says none",
                       status);
            return;
        }
        if (says_home(p->discharge_status) && str_starts(p->type_of_bill, "011") &&
            ends(p) == c->arrived && c->thru > admitted(p)) {
            edit_found_as(r, SEVERITY_NOTE, at_claim("DTP03*435"), p->discharge_status,
                          "another hospital's stay ends on the day of admission, and its status %s "
                          "says no transfer: its claim wants a replacement",
                          p->discharge_status);
            return;
        }
    }
}

/* bill_before - an earlier bill of the same stay, not the last one, that begins before this */
static bool bill_before(const struct edit_claim *c, const CcBilledLine *p)
{
    return p->kind == CLAIM_KIND_INSTITUTIONAL && edit_same_house(c, p) &&
           strncmp(p->type_of_bill, c->claim->type_of_bill, 3) == 0 &&
           strchr("237", frequency_past(p)) && admitted(p) == c->arrived && begins(p) < c->from;
}

/* edit_inp_09 - the bills of a stay that goes on: the first begins with it, each other on the day
 * after the one before. Of a patient of whom nothing was billed yet nothing is known. */
void edit_inp_09(struct edit_run *r)
{
    const struct edit_claim *c = r->c;
    char f = edit_frequency(c->claim);
    int32_t end = 0;

    if (!date_valid(c->from) || !date_valid(c->arrived) || !interim(f))
        return;
    if (f == '2') {
        if (c->from > c->arrived)
            edit_found(r, at_claim("DTP03*434"), NULL,
                       "the first bill of a stay (frequency 2) begins after the admission");
        return;
    }
    for (size_t i = 0; i < c->n_past; i++)
        if (bill_before(c, c->past[i].line))
            end = later(end, ends(c->past[i].line));
    if (c->n_past && !end)
        edit_found(r, at_claim("CLM05-3"), NULL,
                   "frequency %c goes on with a stay, and no earlier bill of it is known", f);
    else if (date_valid(end) && c->from != date_add(end, 1))
        edit_found(r, at_claim("DTP03*434"), NULL,
                   "the bill does not begin on the day after the stay's bill before it ends");
}

/* edit_inp_10 - a hospital that is paid by the stay bills one that goes on after 60 days at the
 * earliest, and then again for all of it, as a replacement (117) */
void edit_inp_10(struct edit_run *r)
{
    const struct edit_claim *c = r->c;
    char f = edit_frequency(c->claim);

    if (!hospital_of(c)->paid_a_stay || !date_valid(c->arrived) || !date_valid(c->thru))
        return;
    if (f == '3' || f == '4')
        edit_found(r, at_claim("CLM05-3"), NULL,
                   "Medicare wants the bills after the first interim one as its replacement, from "
                   "the admission on; this has frequency %c",
                   f);
    else if (f == '2' && date_diff(c->thru, c->arrived) + 1 < CLAIM_INTERIM_DAYS)
        edit_found(r, at_claim("DTP03*434"), NULL,
                   "the first interim bill comes after %d days at the earliest",
                   CLAIM_INTERIM_DAYS);
}
