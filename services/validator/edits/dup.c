/* dup.c - DUP: what is billed already, and what belongs to a stay */
#include "services/validator/edits/edits.h"

#include <inttypes.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"

/* same_list - the same texts in any order; both short */
static bool same_list(char *const *a, size_t n_a, char *const *b, size_t n_b)
{
    if (n_a != n_b)
        return false;
    for (size_t i = 0; i < n_a; i++) {
        bool found = false;

        for (size_t k = 0; k < n_b; k++)
            found |= strcmp(a[i], b[k]) == 0;
        if (!found)
            return false;
    }
    return true;
}

enum { PRINT_DIGITS = 16 }; /* of a fingerprint, that the state keeps */

/* same_claim - the fingerprint of a remembered line is this claim's */
static const CcBilledLine *same_claim(const struct edit_run *r)
{
    const char *own = r->c->replaces ? NULL : validator_fingerprint(r->c->claim, r->arena);

    for (size_t i = 0; own && i < r->c->n_past; i++)
        if (r->c->past[i].line->fingerprint[0] &&
            strncmp(r->c->past[i].line->fingerprint, own, PRINT_DIGITS) == 0)
            return r->c->past[i].line;
    return NULL;
}

/* same_service - the earlier line is the same service over again */
static bool same_service(const struct edit_claim *c, const struct edit_line *l,
                         const struct edit_past *p)
{
    const CcBilledLine *b = p->line;

    return p->key == l->key && edit_past_same(c, l, p) && b->from_date == l->from &&
           b->units_milli == l->line->units_milli &&
           (c->professional || (strcmp(b->revenue, l->line->revenue) == 0 &&
                                strcmp(b->type_of_bill, c->claim->type_of_bill) == 0)) &&
           same_list(b->modifiers, b->n_modifiers, l->line->modifiers, l->line->n_modifiers);
}

/* edit_dup_01 - a line that an earlier claim has billed; where all of the claim is the same again,
 * DUP-02 says so once */
void edit_dup_01(struct edit_run *r)
{
    if (r->c->replaces || same_claim(r))
        return;
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        for (size_t k = 0; l->key && !(l->mods & MOD_REPEAT) && k < r->c->n_past; k++)
            if (same_service(r->c, l, &r->c->past[k])) {
                edit_found(r, at_code(r, l), l->code,
                           "%s of this day is billed on another claim already", l->code);
                break;
            }
    }
}

/* edit_dup_02 - the whole claim again under another number */
void edit_dup_02(struct edit_run *r)
{
    if (same_claim(r))
        edit_found(r, at_claim("CLM01"), NULL, "the same claim was sent under another number");
}

/* is_stay - an earlier line of an inpatient bill (11x, 18x, 21x) */
static bool is_stay(const CcBilledLine *p)
{
    return str_starts(p->type_of_bill, "011") || str_starts(p->type_of_bill, "018") ||
           str_starts(p->type_of_bill, "021");
}

/* last_day - of a remembered line */
static int32_t last_day(const CcBilledLine *p)
{
    return p->thru_date ? p->thru_date : p->from_date;
}

/* overlaps - two stays share a night */
static bool overlaps(const struct edit_claim *c, const CcBilledLine *p)
{
    return c->inpatient && is_stay(p) && p->from_date < c->thru && c->from < last_day(p);
}

/* interim - one bill of several for a stay (frequency 2, 3, 4): the next begins where it ends */
static bool interim(const char *bill)
{
    return bill[0] && strchr("234", bill[strlen(bill) - 1]);
}

/* readmitted - back in the same hospital on the day of discharge: one stay for Medicare, unless the
 * hospital says that one has nothing to do with the other (CMS claims manual ch. 3, 40.2.5; B4).
 * Leaving one hospital and arriving at another on a day is a transfer. */
static bool readmitted(const struct edit_claim *c, const CcBilledLine *p)
{
    bool same = c->acute && c->billing && str_starts(p->type_of_bill, "011") &&
                strcmp(p->billing_npi, c->billing->npi) == 0;

    if (!same || !c->medicare || interim(p->type_of_bill) || interim(c->claim->type_of_bill) ||
        edit_has_condition(c, "B4"))
        return false;
    return last_day(p) == c->arrived || c->thru == p->from_date;
}

/* Days before an admission whose outpatient services belong to the stay, by the hospital's kind
 * (taxonomy of the billing provider): three for hospitals under the inpatient payment system, one
 * for those outside of it, none for critical access (42 CFR 412.2(c)(5), 413.40(c)(2)). The first
 * row that fits. */
static const struct {
    const char *taxonomy;
    int days;
} windows[] = {
    {"282NC0060X", -1}, /* critical access */
    {"282NC2000X", 1},  /* children's */
    {"282E", 1},        /* long-term care */
    {"2843", 1},        /* special hospital: cancer */
    {"283Q", 1},        /* psychiatric */
    {"283X", 1},        /* rehabilitation */
    {"273R", 1},        /* psychiatric unit */
    {"273Y", 1},        /* rehabilitation unit */
    {"", 3},
};

/* window_days - of the hospital that bills; -1: none */
static int window_days(const struct edit_claim *c)
{
    size_t i = 0;

    while (!str_starts(c->billing->taxonomy, windows[i].taxonomy))
        i++;
    return windows[i].days;
}

/* apart_from_stay - ambulance and maintenance dialysis, by revenue code, stay outside */
static bool apart_from_stay(const char *revenue)
{
    return str_starts(revenue, "054") ||
           (str_starts(revenue, "08") && revenue[2] >= '2' && revenue[2] <= '5');
}

/* all_apart - nothing of the outpatient claim belongs to a stay */
static bool all_apart(const struct edit_claim *c)
{
    size_t n = 0;

    for (size_t i = 0; i < c->n_lines; i++)
        n += apart_from_stay(c->lines[i].line->revenue);
    return edit_says_unrelated(c->claim) || (n && n == c->n_lines);
}

/* in_window - an outpatient service of the same hospital just before, or on the day of, an
 * admission; whichever of the two is billed first */
static bool in_window(const struct edit_claim *c, const CcBilledLine *p)
{
    int days;

    if (p->kind != CLAIM_KIND_INSTITUTIONAL || !c->billing ||
        strcmp(p->billing_npi, c->billing->npi) != 0)
        return false;
    days = window_days(c);
    if (days < 0)
        return false;
    if (c->acute && !is_stay(p))
        return !p->unrelated && !apart_from_stay(p->revenue) &&
               last_day(p) >= date_add(c->arrived, -days) && p->from_date <= c->arrived;
    return !c->inpatient && !c->professional && str_starts(p->type_of_bill, "011") &&
           !all_apart(c) && c->thru >= date_add(p->from_date, -days) && c->from <= p->from_date;
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

/* identical - nothing on the two lines differs but their numbers */
static bool identical(const struct edit_line *a, const struct edit_line *b)
{
    const CcServiceLine *x = a->line, *y = b->line;

    return a->key == b->key && a->from == b->from && a->thru == b->thru && a->pos == b->pos &&
           a->provider == b->provider && x->charge_cents == y->charge_cents &&
           x->units_milli == y->units_milli && strcmp(x->revenue, y->revenue) == 0 &&
           strcmp(x->drug ? x->drug->ndc : "", y->drug ? y->drug->ndc : "") == 0 &&
           strcmp(x->description, y->description) == 0 &&
           same_list(x->modifiers, x->n_modifiers, y->modifiers, y->n_modifiers);
}

/* edit_dup_04 - the second of two equal lines; revenue lines without code or date are sums, and may
 * be equal by chance */
void edit_dup_04(struct edit_run *r)
{
    for (size_t i = 1; i < r->c->n_lines; i++)
        for (size_t k = 0; k < i; k++) {
            const struct edit_line *a = &r->c->lines[k], *b = &r->c->lines[i];

            if (!(b->key || b->line->from_date) || (b->mods & MOD_REPEAT) || !identical(a, b))
                continue;
            edit_found(r, at_code(r, b), b->key ? b->code : NULL,
                       "the line repeats line %u and no modifier says why", (unsigned)a->number);
            break;
        }
}
