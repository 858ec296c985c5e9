/* dup.c - DUP: what is billed already (stays: stay.c) */
#include "services/validator/edits/edits.h"

#include <inttypes.h>
#include <string.h>

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
