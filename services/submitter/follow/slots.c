/* slots.c - the postings in force of a claim: a slot for each payer in turn, and what they add up
 * to */
#include <string.h>

#include "services/submitter/follow/follow.h"

/* slot_of - whose turn it was: CLP02 */
int slot_of(const CcRemittance *r)
{
    if (strcmp(r->status, "2") == 0 || strcmp(r->status, "20") == 0)
        return 2;
    return strcmp(r->status, "3") == 0 || strcmp(r->status, "21") == 0 ? 3 : 1;
}

/* slot_last - of the postings in force; 0: none */
int slot_last(const CcFollowState *st)
{
    int last = 0;

    for (size_t i = 0; i < st->n_posted; i++)
        if (slot_of(st->posted[i]) > last)
            last = slot_of(st->posted[i]);
    return last;
}

/* slot_has_room - may this be posted beside what its slot holds? */
bool slot_has_room(const struct life *l, const CcRemittance *r)
{
    int64_t held = 0;

    for (size_t i = 0; i < l->st->n_posted; i++)
        if (slot_of(l->st->posted[i]) == slot_of(r))
            held += l->st->posted[i]->charge_cents;
    if (held == 0)
        return true;
    return l->status->charge_cents > 0 && held + r->charge_cents <= l->status->charge_cents;
}

/* slot_find - what a reversal takes back: the payer's number and the same amounts; SIZE_MAX:
 * nothing */
size_t slot_find(const struct life *l, const CcRemittance *r)
{
    for (size_t i = 0; i < l->st->n_posted; i++) {
        const CcRemittance *p = l->st->posted[i];

        if (strcmp(p->payer_claim, r->payer_claim) == 0 && p->charge_cents == -r->charge_cents &&
            p->paid_cents == -r->paid_cents)
            return i;
    }
    return SIZE_MAX;
}

/* slot_remove - out of force */
void slot_remove(struct life *l, size_t i)
{
    memmove(&l->st->posted[i], &l->st->posted[i + 1],
            (l->st->n_posted - i - 1) * sizeof(l->st->posted[0]));
    l->st->n_posted--;
    l->changed = true;
}

/* slot_state - the state that the last payer's postings in force add up to; underpaid is paid in
 * part */
CcClaimState slot_state(const CcFollowState *st)
{
    int last = slot_last(st);
    unsigned paid = 0, denied = 0;

    for (size_t i = 0; i < st->n_posted; i++) {
        if (slot_of(st->posted[i]) != last)
            continue;
        if (strcmp(st->posted[i]->outcome, "PARTIAL") == 0 || st->posted[i]->underpaid_cents > 0)
            return CLAIM_STATE_PARTIAL;
        if (strcmp(st->posted[i]->outcome, "DENIED") == 0)
            denied++;
        else
            paid++;
    }
    if (paid && denied)
        return CLAIM_STATE_PARTIAL;
    return denied ? CLAIM_STATE_DENIED : CLAIM_STATE_PAID;
}

/* slot_refused - see follow.h */
bool slot_refused(const CcFollowState *st)
{
    for (size_t i = 0; i < st->n_posted; i++)
        if (strcmp(st->posted[i]->outcome, "PAID") != 0)
            return true;
    return false;
}

/* life_totals - paid and written off by all, owed by the patient after the last; allowed of what
 * could be compared */
void life_totals(struct life *l)
{
    CcClaimStatus *st = l->status;
    int last = slot_last(l->st);

    st->paid_cents = st->patient_cents = st->contractual_cents = 0;
    st->allowed_cents = st->variance_cents = 0;
    st->compared = false;
    for (size_t i = 0; i < l->st->n_posted; i++) {
        const CcRemittance *r = l->st->posted[i];

        st->paid_cents += r->paid_cents;
        st->contractual_cents += r->contractual_cents;
        if (slot_of(r) == last)
            st->patient_cents += r->patient_cents;
        st->allowed_cents += r->compared ? r->allowed_cents : 0;
        st->variance_cents += r->compared ? r->variance_cents : 0;
        st->compared = st->compared || r->compared;
    }
    l->changed = true;
}
