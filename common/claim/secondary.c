/* secondary.c - a claim and its remittance become the next payer's claim
 *
 * Nothing is repaired: what the payer before said of a line stands on that line with its date, what
 * it said of the claim on the claim, and both must add up to what was billed, or a person makes the
 * claim. A line that the payer split has one adjudication for each part. */
#include "common/claim/secondary.h"

#include <string.h>

#include "common/base/str.h"
#include "common/claim/denial.h"
#include "common/claim/destination.h"

enum { CLAIM_ID_MAX = 20, REMARKS_MAX = 5 };

/* turn_of - P S T A B … H in order; others never follow anybody */
static size_t turn_of(const CcClaimCoverage *c)
{
    static const char order[] = "PSTABCDEFGH";
    const char *at = c->sequence[0] ? strchr(order, c->sequence[0]) : NULL;

    return at ? (size_t)(at - order) : sizeof(order);
}

/* destination_of - whose turn the claim is; NULL: nobody's */
static const CcClaimCoverage *destination_of(const CcClaim *c)
{
    const CcClaimCoverage *to = claim_destination(c);

    return to || c->n_coverages != 1 ? to : c->coverages[0];
}

/* secondary_after - see secondary.h */
const CcClaimCoverage *secondary_after(const CcClaim *c, int turn)
{
    const CcClaimCoverage *now = destination_of(c), *next = NULL;

    for (size_t i = 0; now && i < c->n_coverages; i++) {
        const CcClaimCoverage *v = c->coverages[i];

        if (v != now && !v->adjudicated && turn_of(v) > turn_of(now) &&
            turn_of(v) >= (size_t)turn && turn_of(v) < sizeof("PSTABCDEFGH") &&
            (!next || turn_of(v) < turn_of(next)))
            next = v;
    }
    return next;
}

/* secondary_payer - see secondary.h */
const CcClaimCoverage *secondary_payer(const CcClaim *c)
{
    return secondary_after(c, 0);
}

/* A secondary claim in the making. */
struct making {
    struct arena *a;
    CcClaim *c;
    const CcRemittance *r;
    CcClaimCoverage *paid; /* the payer that decided */
    const char *why;
};

/* text - a copy of the arena; "" when memory is out, which is seen at the end */
static char *text(struct making *m, const char *s)
{
    static char none[1];
    char *copy = arena_strdup(m->a, s ? s : "");

    return copy ? copy : none;
}

/* adjustment - CAS as it came */
static CcAdjustment *adjustment(struct making *m, const CcRemittanceAdjustment *from)
{
    CcAdjustment *to = event_new(m->a, &cc_adjustment__descriptor);

    if (!to)
        return NULL;
    to->group = text(m, from->group);
    to->reason = text(m, from->reason);
    to->amount_cents = from->amount_cents;
    to->quantity_milli = from->quantity_milli;
    return to;
}

/* adjudicate - one line of the remittance on its line of the claim */
static void adjudicate(struct making *m, const CcRemittanceLine *l, CcServiceLine *to)
{
    CcLineAdjudication *d = event_new(m->a, &cc_line_adjudication__descriptor);

    if (!d)
        return;
    d->payer = text(m, m->paid->payer_id);
    d->paid_cents = l->paid_cents;
    d->code = text(m, l->code);
    d->code_qualifier = text(m, l->qualifier);
    d->revenue = text(m, l->revenue);
    d->paid_units_milli = l->paid_units_milli;
    d->adjudication_date = m->r->payment_date;
    for (size_t i = 0; i < l->n_modifiers; i++)
        event_push(m->a, d, modifiers, text(m, l->modifiers[i]));
    for (size_t i = 0; i < l->n_adjustments; i++) {
        CcAdjustment *adj = adjustment(m, l->adjustments[i]);

        if (adj)
            event_push(m->a, d, adjustments, adj);
    }
    event_push(m->a, to, adjudications, d);
}

/* put_line - everything that the remittance says of one line; false: not what was billed */
static bool put_line(struct making *m, size_t line, size_t *used)
{
    int64_t charged = 0;

    for (size_t i = 0; i < m->r->n_lines; i++)
        if (remit_is_of(m->r, i, m->c, line)) {
            adjudicate(m, m->r->lines[i], m->c->lines[line]);
            charged += m->r->lines[i]->charge_cents;
            (*used)++;
        }
    return charged == m->c->lines[line]->charge_cents;
}

/* put_lines - all of them, or none when the payer told nothing of lines */
static bool put_lines(struct making *m)
{
    size_t used = 0;

    for (size_t i = 0; m->r->n_lines && i < m->c->n_lines; i++)
        if (!put_line(m, i, &used))
            return false;
    return used == m->r->n_lines;
}

/* put_paid - what was decided of the whole claim; numbers of the claim that were this payer's are
 * now in its own loop */
static void put_paid(struct making *m)
{
    CcClaimCoverage *v = m->paid;

    v->destination = false;
    v->adjudicated = true;
    v->paid_cents = m->r->paid_cents;
    v->payer_claim = text(m, m->r->payer_claim);
    v->adjudication_date = m->r->payment_date;
    v->authorization = m->c->authorization;
    v->referral = m->c->referral;
    v->n_adjustments = v->n_remarks = 0;
    for (size_t i = 0; i < m->r->n_adjustments; i++) {
        CcAdjustment *adj = adjustment(m, m->r->adjustments[i]);

        if (adj)
            event_push(m->a, v, adjustments, adj);
    }
    for (size_t i = 0; i < m->r->n_remarks && i < REMARKS_MAX; i++)
        event_push(m->a, v, remarks, text(m, m->r->remarks[i]));
}

/* put_head - number, parent, and nothing that was found of the claim before */
static void put_head(struct making *m, CcClaimCoverage *next)
{
    CcClaim *c = m->c, none;

    cc_claim__init(&none);
    c->parent_claim = c->claim_id;
    c->claim_id = arena_printf(m->a, "%s%c", c->parent_claim, next->sequence[0]);
    c->version = 1;
    c->frequency = text(m, "1");
    c->authorization = next->authorization;
    c->referral = next->referral;
    c->original_reference = none.original_reference;
    c->receiver = none.receiver;
    c->fingerprint = none.fingerprint;
    c->trace = none.trace;
    c->adds_to = none.adds_to;
    c->filing_deadline_date = 0;
    c->expected = NULL; /* was the payer's before */
    c->attempt = c->after_version = 0;
    c->n_findings = c->n_repairs = c->n_considered = c->n_changes = 0;
    next->destination = true;
    next->authorization = none.authorization;
    next->referral = none.referral;
}

/* why_not - of two that do not belong together; NULL: they do */
static const char *why_not(const CcClaim *c, const CcRemittance *r)
{
    if (!secondary_payer(c))
        return "no other payer is known";
    if (strlen(c->claim_id) >= CLAIM_ID_MAX)
        return "the claim's number leaves no room for one of its own";
    if (r->reversal || r->charge_cents != c->charge_cents)
        return "the remittance is not of the whole claim as it was billed";
    return NULL;
}

/* secondary_claim - see secondary.h */
CcClaim *secondary_claim(struct arena *a, const CcClaim *c, const CcRemittance *r, const char **why)
{
    struct making m = {.a = a, .r = r};
    CcClaimCoverage *next;

    *why = why_not(c, r);
    if (*why)
        return NULL;
    *why = "";
    m.c = event_copy(a, &c->base);
    if (!m.c)
        return NULL;
    m.paid = (CcClaimCoverage *)(uintptr_t)destination_of(m.c);
    next = (CcClaimCoverage *)(uintptr_t)secondary_payer(m.c);
    if (!put_lines(&m)) {
        *why = "the remittance's lines are not those of the claim";
        return NULL;
    }
    put_paid(&m);
    put_head(&m, next);
    return arena_exhausted(a) ? NULL : m.c;
}
