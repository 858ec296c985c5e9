/* dup.c - DUP, FRQ: billed twice, and what replaces or voids an earlier claim */
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

/* overlaps - two stays share a night; leaving here and arriving there on one day is a transfer */
static bool overlaps(const struct edit_claim *c, const CcBilledLine *p)
{
    return c->inpatient && is_stay(p) && p->from_date < c->thru && c->from < last_day(p);
}

/* in_window - an outpatient service of the same hospital up to three days before the admission (42
 * CFR 412.2(c)(5)) */
static bool in_window(const struct edit_claim *c, const CcBilledLine *p)
{
    if (p->kind != CLAIM_KIND_INSTITUTIONAL || !c->billing ||
        strcmp(p->billing_npi, c->billing->npi) != 0)
        return false;
    if (c->acute && !is_stay(p))
        return last_day(p) >= date_add(c->arrived, -3) && p->from_date <= c->arrived;
    return !c->inpatient && !c->professional && str_starts(p->type_of_bill, "011") &&
           c->thru >= date_add(p->from_date, -3) && c->from <= p->from_date;
}

/* edit_dup_03 - overlapping stays, and services of the payment window; the first is named */
void edit_dup_03(struct edit_run *r)
{
    if (!date_valid(r->c->arrived) || r->c->replaces)
        return;
    for (size_t i = 0; i < r->c->n_past; i++) {
        const CcBilledLine *p = r->c->past[i].line;

        if (!date_valid(p->from_date))
            continue;
        if (overlaps(r->c, p)) {
            edit_found(r, at_claim("DTP03*434"), NULL,
                       "the stay overlaps another one that is billed");
            return;
        }
        if (in_window(r->c, p)) {
            edit_found(r, at_claim("DTP03*434"), NULL,
                       "outpatient services of the same hospital within three days before an "
                       "admission belong to the stay");
            return;
        }
    }
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

/* edit_frq_01 - the payer's number of what is replaced; and none on an original */
void edit_frq_01(struct edit_run *r)
{
    const char *number = r->c->claim->original_reference;

    if (r->c->claim->void_of_claim && !number[0])
        edit_found_as(r, SEVERITY_NOTE, at_claim("REF02*F8"), NULL,
                      "the record took the claim back: the payer's number is known to the "
                      "submitter, if it was sent at all");
    else if (r->c->replaces && !number[0])
        edit_found(r, at_claim("REF02*F8"), NULL,
                   "a replacement or void names no payer's claim number to replace");
    else if (number[0] && strcmp(r->c->claim->frequency, "1") == 0)
        edit_found_as(r, SEVERITY_HOLD, at_claim("REF02*F8"), NULL,
                      "an original claim (frequency 1) names an earlier one");
}

/* edit_frq_02 - frequencies of the guide, and of the payer */
void edit_frq_02(struct edit_run *r)
{
    const char *f = r->c->claim->frequency;
    const char *list = r->c->professional ? "178" : "0123456789ABCDEFGHIJKMNOPQXYZ";
    struct table_row row;

    if (strlen(f) != 1 || !strchr(list, f[0]))
        edit_found(r, at_claim("CLM05-3"), NULL,
                   "the frequency code is missing or not for this kind of claim");
    else if (f[0] == '7' && r->c->destination && r->c->destination->payer_id[0] &&
             edit_ask_payer(r, &row) && table_col_is(&row, "allow_freq7", "N"))
        edit_found(r, in_edition(at_claim("CLM05-3"), row.edition), NULL,
                   "the payer takes no replacement claims");
}

/* edit_frq_04 - a void is the original with another frequency: its total is the one billed */
void edit_frq_04(struct edit_run *r)
{
    if (r->c->is_void && r->c->own_lines && r->c->own_cents != r->c->claim->charge_cents)
        edit_found(r, at_claim("CLM02"), NULL,
                   "the void's total is not that of the claim it voids");
}

/* is_change - a claim-change condition code */
static bool is_change(const char *s)
{
    return (s[0] == 'D' && s[1] >= '0' && s[1] <= '9' && !s[2]) || strcmp(s, "E0") == 0;
}

/* edit_frq_05 - Medicare wants the reason of an adjustment, and only one */
void edit_frq_05(struct edit_run *r)
{
    size_t n = 0;

    for (size_t i = 0; i < r->c->claim->n_conditions; i++)
        n += is_change(r->c->claim->conditions[i]);
    if (n != 1)
        edit_found(r, at_claim("HI01-2*BG"), NULL,
                   "a Medicare adjustment or cancel carries exactly one of condition codes D0-D9, "
                   "E0; this has %zu",
                   n);
}
