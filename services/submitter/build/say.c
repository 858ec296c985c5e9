/* say.c - what the builder tells the world: statuses, and questions to people */
#include <string.h>

#include "common/base/str.h"
#include "common/claim/destination.h"
#include "common/claim/lifecycle.h"
#include "services/submitter/build/build.h"

/* say_payer - the destination's id */
const char *say_payer(const CcClaim *c)
{
    const CcClaimCoverage *to = claim_destination(c);

    return to ? to->payer_id : "";
}

/* text - a copy that a message may own; "" over the arena, which the caller asks about at the end
 */
static char *text(struct svc_ctx *x, const char *s)
{
    static char none[] = "";
    char *copy = arena_strdup(svc_arena(x), s);

    return copy ? copy : none;
}

/* new_status - the fields that every record of a claim has; NULL: over the arena */
static CcClaimStatus *new_status(struct svc_ctx *x, const CcClaim *c, CcClaimState state,
                                 enum life_event event)
{
    CcClaimStatus *s = event_new(svc_arena(x), &cc_claim_status__descriptor);

    if (!s)
        return NULL;
    s->claim_id = c->claim_id;
    s->version = c->version;
    s->state = state;
    s->from_state = CLAIM_STATE_READY;
    s->step = text(x, "build");
    s->event = text(x, life_event_word(event));
    s->next = text(x, life_state(state)->next);
    s->at_ms = svc_now_ms(x);
    s->encounter = c->encounter;
    s->patient_key = c->patient_key;
    s->account = c->account;
    s->kind = c->kind;
    s->payer_id = text(x, say_payer(c));
    s->receiver = c->receiver;
    s->charge_cents = c->charge_cents;
    s->filing_deadline_date = c->filing_deadline_date;
    return s;
}

/* emit_status - unless the arena ran out on the way */
static int emit_status(struct svc_ctx *x, CcClaimStatus *s, struct err *e)
{
    if (!s || arena_exhausted(svc_arena(x)))
        return build_memory(e);
    return svc_emit(x, TOPIC_CLAIMS_STATUS, s->claim_id, &s->base, e);
}

/* say_batched - the claim is in a file */
int say_batched(struct svc_ctx *x, const CcClaim *c, const CcInterchange *f,
                const CcSentClaim *sent, struct err *e)
{
    CcClaimStatus *s = new_status(x, c, CLAIM_STATE_BATCHED, LIFE_BATCH);

    if (!s)
        return build_memory(e);
    s->interchange = f->file_name;
    s->isa13 = f->isa13;
    s->gs06 = f->gs06;
    s->file_sha256 = f->sha256;
    s->st02 = sent->st02;
    s->bht03 = sent->bht03;
    return emit_status(x, s, e);
}

/* new_item - one question a claim, whatever its version; NULL: over the arena */
static CcReviewItem *new_item(struct svc_ctx *x, const CcClaim *c, const char *state)
{
    CcReviewItem *item = event_new(svc_arena(x), &cc_review_item__descriptor);

    if (!item)
        return NULL;
    item->review_id = arena_printf(svc_arena(x), "%s-build", c->claim_id);
    item->claim_id = c->claim_id;
    item->version = c->version;
    item->encounter = c->encounter;
    item->patient_key = c->patient_key;
    item->account = c->account;
    item->stage = text(x, "build");
    item->state = text(x, state);
    item->payer_id = text(x, say_payer(c));
    item->created_ms = svc_now_ms(x);
    return item->review_id ? item : NULL;
}

/* emit_item - unless the arena ran out on the way */
static int emit_item(struct svc_ctx *x, CcReviewItem *item, struct err *e)
{
    if (!item || arena_exhausted(svc_arena(x)))
        return build_memory(e);
    return svc_emit(x, TOPIC_WORK_REVIEW, item->claim_id, &item->base, e);
}

/* say_held - to people */
int say_held(struct svc_ctx *x, const CcClaim *c, const char *reason, const char *why,
             struct err *e)
{
    CcClaimStatus *s = new_status(x, c, CLAIM_STATE_HELD, LIFE_CHECKS_FAILED);
    CcReviewItem *item = new_item(x, c, "open");

    if (!s || !item)
        return build_memory(e);
    s->reason = text(x, why);
    item->reason = text(x, reason);
    item->question = arena_printf(svc_arena(x),
                                  "the claim cannot be put into a file: %s; correct the claim or "
                                  "the tables, then send it again",
                                  why);
    item->at_stake_cents = c->charge_cents > 0 ? c->charge_cents : 0;
    item->due_date = c->filing_deadline_date;
    return emit_item(x, item, e) < 0 ? -1 : emit_status(x, s, e);
}

/* say_answered - nobody needs to look any more */
int say_answered(struct svc_ctx *x, const CcClaim *c, struct err *e)
{
    return emit_item(x, new_item(x, c, "done"), e);
}

/* say_reused - a sent version is immutable */
int say_reused(struct svc_ctx *x, const CcClaim *c, struct err *e)
{
    CcReviewItem *item = new_item(x, c, "open");

    if (!item)
        return build_memory(e);
    item->reason = text(x, "version-reused");
    item->question = text(x, "this version of the claim was sent before with other content: it is "
                             "not sent again; a correction needs a new version");
    return emit_item(x, item, e);
}

/* say_early - the next version comes by itself: no question */
int say_early(struct svc_ctx *x, const CcClaim *c, struct err *e)
{
    CcClaimStatus *s = new_status(x, c, CLAIM_STATE_HELD, LIFE_CHECKS_FAILED);

    if (!s)
        return build_memory(e);
    s->reason = text(x, "an earlier version is in a file to the payer: this one is not sent; the "
                        "next is made when the payer has decided that one");
    s->next = text(x, "the payer's decision");
    return emit_status(x, s, e);
}

/* say_not_sent - nothing is left of it */
int say_not_sent(struct svc_ctx *x, const CcClaim *c, struct err *e)
{
    CcClaimStatus *s = new_status(x, c, CLAIM_STATE_VOIDED, LIFE_NOT_SENT);

    if (!s)
        return build_memory(e);
    s->reason = text(x, "no payer has the claim: nothing is sent");
    return emit_status(x, s, e);
}
