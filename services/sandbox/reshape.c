/* reshape.c - what becomes of a decided claim on the payer's side: lines bundled or split, a
 * decision taken back, the rest decided by the next payer; always in balance (billing §6.3, 6.5) */
#include <string.h>

#include "services/sandbox/sandbox.h"

/* line_bundle - see sandbox.h: the second line comes back under the first one's code, with the
 * billed one beside it (SVC06) and nothing paid (CO 97); what it brought is paid on the first, more
 * than that was allowed (OA 94) */
void line_bundle(struct arena *a, CcRemittance *r)
{
    CcRemittanceLine *one = r->n_lines > 1 ? r->lines[0] : NULL, *two = one ? r->lines[1] : NULL;
    int64_t moved;

    if (!two || !one->code[0] || !two->code[0] || two->paid_cents <= 0)
        return;
    moved = two->paid_cents;
    sandbox_adjust(a, one, "OA", "94", -moved);
    one->paid_cents += moved;
    one->allowed_cents += moved;
    two->submitted_code = two->code;
    two->submitted_modifiers = two->modifiers;
    two->n_submitted_modifiers = two->n_modifiers;
    two->code = one->code;
    two->modifiers = NULL;
    two->n_modifiers = 0;
    two->paid_cents = two->allowed_cents = 0;
    sandbox_adjust(a, two, "CO", "97", moved);
}

/* halve - one line into two: of each amount half, the second takes what cannot be halved */
static void halve(CcRemittanceLine *one, CcRemittanceLine *two)
{
    one->submitted_units_milli = two->submitted_units_milli = one->paid_units_milli;
    one->charge_cents = one->paid_cents = two->charge_cents / 2;
    one->allowed_cents /= 2;
    one->paid_units_milli /= 2;
    two->charge_cents -= one->charge_cents;
    two->allowed_cents -= one->allowed_cents;
    two->paid_units_milli -= one->paid_units_milli;
    for (size_t i = 0; i < one->n_adjustments; i++) {
        one->adjustments[i]->amount_cents /= 2;
        two->adjustments[i]->amount_cents -= one->adjustments[i]->amount_cents;
        one->paid_cents -= one->adjustments[i]->amount_cents;
    }
    two->paid_cents -= one->paid_cents;
}

/* line_split - see sandbox.h */
void line_split(struct arena *a, CcRemittance *r)
{
    CcRemittanceLine *one = r->n_lines ? r->lines[0] : NULL,
                     *two = one ? event_copy(a, &one->base) : NULL;

    if (!two || !event_push(a, r, lines, two))
        return;
    for (size_t i = r->n_lines - 1; i > 1; i--)
        r->lines[i] = r->lines[i - 1];
    r->lines[1] = two;
    halve(one, two);
}

/* reversal_of - the same, taken back */
CcRemittance *reversal_of(struct arena *a, const CcRemittance *r)
{
    CcRemittance *back = event_copy(a, &r->base);

    if (!back)
        return NULL;
    back->status = arena_strdup(a, "22");
    back->reversal = true;
    back->charge_cents = -r->charge_cents;
    back->paid_cents = -r->paid_cents;
    back->patient_cents = 0;
    for (size_t i = 0; i < back->n_lines; i++) {
        CcRemittanceLine *l = back->lines[i];

        l->charge_cents = -l->charge_cents;
        l->paid_cents = -l->paid_cents;
        l->allowed_given = false;
        for (size_t k = 0; k < l->n_adjustments; k++)
            l->adjustments[k]->amount_cents = -l->adjustments[k]->amount_cents;
    }
    return arena_exhausted(a) ? NULL : back;
}

/* patient_part - of a line */
static int64_t patient_part(const CcRemittanceLine *l)
{
    int64_t sum = 0;

    for (size_t i = 0; i < l->n_adjustments; i++)
        if (strcmp(l->adjustments[i]->group, "PR") == 0)
            sum += l->adjustments[i]->amount_cents;
    return sum;
}

/* forwarded_of - see sandbox.h */
CcRemittance *forwarded_of(struct arena *a, const CcRemittance *r, const CcClaimCoverage *next,
                           const char *icn)
{
    CcRemittance *out = event_copy(a, &r->base);

    if (!out)
        return NULL;
    out->status = arena_strdup(a, next->sequence[0] == 'S' ? "2" : "3");
    out->payer_claim = arena_strdup(a, icn);
    for (size_t i = 0; i < out->n_lines; i++) {
        CcRemittanceLine *l = out->lines[i];
        int64_t part = patient_part(l);

        l->n_adjustments = l->n_remarks = 0;
        sandbox_adjust(a, l, "OA", "23", l->charge_cents - part);
        l->paid_cents = l->allowed_cents = part;
    }
    sandbox_add_up(out);
    return arena_exhausted(a) ? NULL : out;
}
