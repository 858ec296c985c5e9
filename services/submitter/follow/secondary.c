/* secondary.c - the next payer's turn (billing §6.9)
 *
 * The claim as it went to the builder is kept beside its state until it ends. Once a payer has
 * decided it with nothing refused, what the patient would owe goes to the next payer by itself, as
 * a claim of its own whose parent waits; a payer that says it forwarded the claim is believed as
 * long as the other's answer may take, and a claim of which something was refused waits for a
 * person, who may correct it first. */
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/claim/destination.h"
#include "common/claim/secondary.h"
#include "common/claim/who.h"
#include "services/submitter/follow/follow.h"

/* tell_who - to the receiver's key, where an answer with a damaged number looks for its claim */
static int tell_who(struct svc_ctx *x, const CcClaim *c, struct err *e)
{
    const CcClaimCoverage *to = claim_destination(c);
    char who[WHO_TEXT];
    int32_t from = 0;
    CcAnswer *a;

    for (size_t i = 0; i < c->n_lines; i++)
        if (c->lines[i]->from_date && (!from || c->lines[i]->from_date < from))
            from = c->lines[i]->from_date;
    claim_who(to ? to->member_id : "", from, c->charge_cents, who);
    if (!who[0] || !c->receiver[0])
        return 0;
    a = event_new(svc_arena(x), &cc_answer__descriptor);
    if (!a || !(a->trace = arena_strdup(svc_arena(x), who)) ||
        !(a->level = arena_strdup(svc_arena(x), "who")))
        return follow_no_memory(e);
    a->claim_id = c->claim_id;
    a->receiver = c->receiver;
    return svc_emit(x, TOPIC_PAYER_ANSWERS, c->receiver, &a->base, e);
}

/* follow_clean - a claim on its way to the builder */
int follow_clean(struct svc_ctx *x, const struct svc_message *m, struct err *e)
{
    ProtobufCMessage *raw;
    CcClaim *c;
    struct life l;

    if (svc_unpack(x, m, &cc_claim__descriptor, &raw, e) != 0)
        return -1;
    c = (CcClaim *)(void *)raw;
    if (!c->claim_id[0])
        return 0;
    if (life_load(&l, x, c->claim_id, e) != 0)
        return -1;
    if (l.st->claim && l.st->claim->version >= c->version)
        return 0;
    c->n_considered = c->n_repairs = c->n_findings = 0;
    l.st->claim = c;
    l.changed = true;
    return tell_who(x, c, e) != 0 ? -1 : life_save(&l, e);
}

/* life_payer_left - see follow.h */
bool life_payer_left(const struct life *l)
{
    const CcClaim *c = l->st->claim;

    return c && l->status && c->version == l->status->version && !l->st->child[0] &&
           secondary_after(c, slot_last(l->st));
}

/* life_next_payer - see follow.h: the one behind the claim's own, unless it has decided without us
 */
bool life_next_payer(const struct life *l)
{
    return life_payer_left(l) &&
           secondary_after(l->st->claim, slot_last(l->st)) == secondary_payer(l->st->claim);
}

/* say_coded - the first record of a version's life */
static int say_coded(struct life *l, const CcClaim *c, const char *reason, struct err *e)
{
    CcClaimStatus *st = event_new(svc_arena(l->x), &cc_claim_status__descriptor);
    const CcClaimCoverage *to = claim_destination(c);

    if (!st || !reason || !(st->reason = arena_strdup(svc_arena(l->x), reason)) ||
        !(st->step = arena_strdup(svc_arena(l->x), "follow")) ||
        !(st->event = arena_strdup(svc_arena(l->x), life_event_word(LIFE_CODED))) ||
        !(st->next = arena_strdup(svc_arena(l->x), life_state(CLAIM_STATE_CODED)->next)))
        return follow_no_memory(e);
    st->claim_id = c->claim_id;
    st->version = c->version;
    st->state = CLAIM_STATE_CODED;
    st->from_state = CLAIM_STATE_DRAFT;
    st->at_ms = svc_now_ms(l->x);
    st->encounter = c->encounter;
    st->patient_key = c->patient_key;
    st->account = c->account;
    st->kind = c->kind;
    st->charge_cents = c->charge_cents;
    if (to)
        st->payer_id = to->payer_id;
    return svc_emit(l->x, TOPIC_CLAIMS_STATUS, c->claim_id, &st->base, e);
}

/* life_send_coded - see follow.h */
int life_send_coded(struct life *l, CcClaim *c, const char *reason, struct err *e)
{
    c->created_ms = svc_now_ms(l->x);
    return svc_emit(l->x, TOPIC_CLAIMS_CODED, c->patient_key[0] ? c->patient_key : c->claim_id,
                    &c->base, e) != 0
               ? -1
               : say_coded(l, c, reason, e);
}

/* send_child - to the validator, and its parent waits */
static int send_child(struct life *l, CcClaim *c, const CcAnswer *answer, CcClaimState to,
                      struct err *e)
{
    l->st->child = c->claim_id;
    l->st->crossover = NULL;
    if (life_send_coded(
            l, c, arena_printf(svc_arena(l->x), "after %s was decided", c->parent_claim), e) != 0)
        return -1;
    return life_say(l,
                    &(struct said){.event = LIFE_SECONDARY_CREATED,
                                   .to = to,
                                   .reason = arena_printf(
                                       svc_arena(l->x), "claim %s to the next payer", c->claim_id),
                                   .answer = answer},
                    e);
}

/* ask_by_hand - it cannot be made here, and why */
static int ask_by_hand(struct life *l, const CcAnswer *answer, const char *why, struct err *e)
{
    return life_ask(
        l,
        &(struct question){
            .reason = "secondary-by-hand",
            .what = answer ? answer->key : "",
            .answer = answer,
            .route = "SEC",
            .text = arena_printf(svc_arena(l->x), "the next payer's claim was not made: %s", why),
            .at_stake_cents = l->status->patient_cents},
        e);
}

/* life_bill_next - see follow.h */
int life_bill_next(struct life *l, const CcAnswer *answer, struct err *e)
{
    const CcRemittance *r = l->st->n_posted ? l->st->posted[l->st->n_posted - 1] : NULL;
    const char *why = "nothing is posted";
    CcClaimState to;
    CcClaim *c;

    if (!life_next_payer(l) ||
        life_move(l->status->state, LIFE_SECONDARY_CREATED, l->status->state, &to) == LIFE_REFUSED)
        return 0;
    c = r ? secondary_claim(svc_arena(l->x), l->st->claim, r, &why) : NULL;
    if (c)
        return send_child(l, c, answer, to, e);
    return *why ? ask_by_hand(l, answer, why, e) : follow_no_memory(e);
}

/* life_secondary - see follow.h */
int life_secondary(struct life *l, const CcAnswer *answer, const CcRemittance *r, struct err *e)
{
    if (l->st->child[0])
        return life_replace_next(l, answer, r, e);
    if (r->reversal || r->forwarded || slot_refused(l->st) || l->status->patient_cents <= 0)
        return 0;
    if (!life_next_payer(l) && life_payer_left(l))
        return ask_by_hand(
            l, answer,
            "two payers have decided, one without a claim of ours: the third must be "
            "told of both",
            e);
    return life_bill_next(l, answer, e);
}

/* life_crossover_silent - see follow.h */
int life_crossover_silent(struct life *l, struct err *e)
{
    const CcCrossoverWait *w = l->st->crossover;
    char since[DATE_TEXT];

    if (life_terms(l->x, l->status->payer_id).crossover_bill && life_next_payer(l))
        return life_bill_next(l, NULL, e);
    return life_ask(
        l,
        &(struct question){
            .reason = "cob-silent",
            .what = date_text(w->on_date, since),
            .route = "SEC",
            .fix = "ask that payer whether it has the claim; if not, bill it",
            .text = arena_printf(svc_arena(l->x),
                                 "forwarded to %s by the remittance of %s (%s), and no remittance "
                                 "of that payer came",
                                 w->payer[0] ? w->payer : "another payer", since, w->remark),
            .at_stake_cents = l->status->patient_cents,
            .due_date = l->status->filing_deadline_date},
        e);
}

/* life_tell_parent - see follow.h */
int life_tell_parent(struct life *l, struct err *e)
{
    static const unsigned told = 1u << CLAIM_STATE_PAID | 1u << CLAIM_STATE_CLOSED |
                                 1u << CLAIM_STATE_WRITTEN_OFF | 1u << CLAIM_STATE_PATIENT_DUE;
    const CcClaim *c = l->st->claim;
    CcAnswer *a;

    if (!c || !c->parent_claim[0] || !((told >> l->status->state) & 1))
        return 0;
    a = event_new(svc_arena(l->x), &cc_answer__descriptor);
    if (!a || !(a->kind = arena_strdup(svc_arena(l->x), "secondary")) ||
        !(a->level = arena_strdup(svc_arena(l->x), "claim")) ||
        !(a->event = arena_strdup(svc_arena(l->x), life_event_word(LIFE_BALANCE_ZERO))) ||
        !(a->key = arena_printf(svc_arena(l->x), "secondary|%s|%d", l->id, (int)l->status->state)))
        return follow_no_memory(e);
    a->claim_id = c->parent_claim;
    a->received_ms = svc_now_ms(l->x);
    return svc_emit(l->x, TOPIC_PAYER_ANSWERS, a->claim_id, &a->base, e);
}

/* life_child_done - see follow.h */
int life_child_done(struct life *l, const CcAnswer *answer, struct err *e)
{
    CcClaimState to;

    if (l->status->state != CLAIM_STATE_COB_WAIT ||
        life_move(l->status->state, LIFE_BALANCE_ZERO, l->status->state, &to) != LIFE_MOVES)
        return 0;
    return life_say(l,
                    &(struct said){.event = LIFE_BALANCE_ZERO,
                                   .to = to,
                                   .reason = "the next payer has decided: what is left is on its "
                                             "claim",
                                   .answer = answer},
                    e);
}
