/* tell.c - what became of a file, for its claims and for people */
#include <stdio.h>

#include "common/claim/lifecycle.h"
#include "common/sys/metric.h"
#include "services/submitter/deliver/deliver.h"

/* new_status - of one claim of the file; NULL: over the arena */
static CcClaimStatus *new_status(struct svc_ctx *x, const CcInterchange *f, const CcSentClaim *c,
                                 CcClaimState state, enum life_event event)
{
    CcClaimStatus *s = event_new(svc_arena(x), &cc_claim_status__descriptor);

    if (!s)
        return NULL;
    s->claim_id = c->claim_id;
    s->version = c->version;
    s->state = state;
    s->from_state = CLAIM_STATE_BATCHED;
    s->step = arena_strdup(svc_arena(x), "deliver");
    s->event = arena_strdup(svc_arena(x), life_event_word(event));
    s->next = arena_strdup(svc_arena(x), life_state(state)->next);
    s->at_ms = svc_now_ms(x);
    s->encounter = c->encounter;
    s->patient_key = c->patient_key;
    s->account = c->account;
    s->kind = c->kind;
    s->payer_id = c->payer_id;
    s->charge_cents = c->charge_cents;
    s->st02 = c->st02;
    s->bht03 = c->bht03;
    s->receiver = f->receiver;
    s->interchange = f->file_name;
    s->isa13 = f->isa13;
    s->gs06 = f->gs06;
    s->file_sha256 = f->sha256;
    return s;
}

/* tell_sent - every claim of the file */
int tell_sent(struct svc_ctx *x, const CcInterchange *f, struct err *e)
{
    for (size_t i = 0; i < f->n_claims; i++) {
        const CcSentClaim *c = f->claims[i];
        CcClaimStatus *s = new_status(x, f, c, CLAIM_STATE_SENT, LIFE_TRANSPORT_OK);

        if (!s)
            return outbox_memory(e);
        if (svc_emit(x, TOPIC_CLAIMS_STATUS, c->claim_id, &s->base, e) < 0)
            return -1;
    }
    return 0;
}

/* tell_why - every claim of a file that did not go */
static int tell_why(struct svc_ctx *x, const CcInterchange *f, char *why, struct err *e)
{
    char *next = arena_strdup(svc_arena(x), "a person: the file did not go out");

    for (size_t i = 0; i < f->n_claims; i++) {
        const CcSentClaim *c = f->claims[i];
        CcClaimStatus *s = new_status(x, f, c, CLAIM_STATE_BATCHED, LIFE_TRANSPORT_FAILED);

        if (!s || !next)
            return outbox_memory(e);
        s->reason = why;
        s->next = next;
        if (svc_emit(x, TOPIC_CLAIMS_STATUS, c->claim_id, &s->base, e) < 0)
            return -1;
    }
    return 0;
}

/* item - one question a file or a route, however often it is asked */
static int item(struct svc_ctx *x, const char *about, const char *state, const char *reason,
                const char *question, int64_t at_stake_cents, struct err *e)
{
    CcReviewItem *r = event_new(svc_arena(x), &cc_review_item__descriptor);

    if (!r)
        return outbox_memory(e);
    r->review_id = arena_printf(svc_arena(x), "%s-deliver", about);
    r->stage = arena_strdup(svc_arena(x), "deliver");
    r->state = arena_strdup(svc_arena(x), state);
    r->reason = arena_strdup(svc_arena(x), reason);
    r->question = arena_strdup(svc_arena(x), question);
    r->at_stake_cents = at_stake_cents > 0 ? at_stake_cents : 0;
    r->created_ms = svc_now_ms(x);
    if (arena_exhausted(svc_arena(x)))
        return outbox_memory(e);
    return svc_emit(x, TOPIC_WORK_REVIEW, r->review_id, &r->base, e);
}

/* tell_held - see deliver.h */
int tell_held(struct svc_ctx *x, const CcInterchange *f, const char *code, const char *why,
              struct err *e)
{
    char *reason = arena_strdup(svc_arena(x), why);
    char *text =
        arena_printf(svc_arena(x),
                     "the file %s of %zu claims did not go out: %s; ask the receiver "
                     "whether it has the file; when it has not: cleanclaim routes again %s",
                     f->file_name, f->n_claims, why, f->file_name);

    if (!reason || !text)
        return outbox_memory(e);
    if (tell_why(x, f, reason, e) < 0)
        return -1;
    return item(x, f->file_name, "open", code, text, f->charge_cents, e);
}

/* tell_file_done - see deliver.h */
int tell_file_done(struct svc_ctx *x, const CcInterchange *f, struct err *e)
{
    return item(x, f->file_name, "done", "", "", 0, e);
}

/* tell_route - see deliver.h */
int tell_route(struct svc_ctx *x, const char *receiver, bool open, const char *code,
               const char *why, struct err *e)
{
    char *text = arena_printf(svc_arena(x),
                              "nothing reaches %s: %s; its files wait and are tried "
                              "now and then",
                              receiver, why);

    if (!text)
        return outbox_memory(e);
    return item(x, receiver, open ? "open" : "done", code, open ? text : "", 0, e);
}

/* tell_metrics - of one route */
void tell_metrics(const char *receiver, size_t waiting, bool open)
{
    char labels[DELIVER_KEY];

    snprintf(labels, sizeof(labels), "receiver=\"%s\"", receiver);
    metric_set(metric_get(METRIC_ROUTE_FILES_WAITING, labels), (int64_t)waiting);
    metric_set(metric_get(METRIC_ROUTE_OPEN, labels), open);
}
