/* payment.c - a payment, where it is known once: balanced or parked, posted once (billing §6.3,
 * §8.3)
 *
 * A file that does not balance posts nothing of that payment: a person gets the equation, the place
 * and the difference. The same payment in another file is refused; the same check number with other
 * amounts is an alarm. */
#include <string.h>

#include "common/base/money.h"
#include "common/base/str.h"
#include "common/claim/read835.h"
#include "common/sys/log.h"
#include "common/sys/metric.h"
#include "services/submitter/follow/follow.h"

/* A payment in hand. */
struct posting {
    struct svc_ctx *x;
    const CcAnswer *answer;
    const struct payment *p;
};

/* ask_payment - one question about the whole payment */
static int ask_payment(const struct posting *h, const char *reason, const char *what,
                       const char *text, struct err *e)
{
    return follow_ask(h->x,
                      &(struct question){.reason = reason,
                                         .key = h->answer->receiver,
                                         .what = what,
                                         .answer = h->answer,
                                         .text = text,
                                         .at_stake_cents = h->p->check_cents},
                      e);
}

/* first_fault - the finding that is told: the first that is no note */
static const struct payment_finding *first_fault(const struct payment *p)
{
    for (size_t i = 0; i < p->n_findings; i++)
        if (!p->findings[i].note)
            return &p->findings[i];
    return NULL;
}

/* park - nothing of it is posted */
static int park(const struct posting *h, struct err *e)
{
    const struct payment_finding *f = first_fault(h->p);
    char delta[DECIMAL_TEXT], *text;

    text = arena_printf(svc_arena(h->x),
                        "payment %s does not balance and is not posted: equation %s at %s, segment "
                        "%u, claim %s, line %s, off by %s; "
                        "%zu findings in all",
                        h->p->trace, f->equation, f->element, f->position,
                        f->claim[0] ? f->claim : "-", str_empty(f->line) ? "-" : f->line,
                        decimal_text(f->delta_cents, 2, delta), h->p->n_findings);
    if (!text)
        return follow_no_memory(e);
    metric_add(metric_get(METRIC_REMITTANCES_PARKED, ""), 1);
    return ask_payment(h, "remittance-unbalanced", text, text, e);
}

/* known_before - another file brought this payment, or one that calls itself the same */
static int known_before(const struct posting *h, const CcFollowState *st, struct err *e)
{
    bool same = st->check_cents == h->p->check_cents && st->payment_date == h->p->payment_date;
    const char *reason = same ? "remittance-repeated" : "remittance-conflict";
    char *what = arena_printf(svc_arena(h->x), "%s|%s|%s", h->p->payer_id, h->p->trace,
                              h->answer->reply_sha256);
    char *text = arena_printf(
        svc_arena(h->x),
        same ? "payment %s came again and is not posted a second time"
             : "payment %s came again with another amount or date: alarm, nothing is posted",
        h->p->trace);

    if (!text || !what)
        return follow_no_memory(e);
    if (!same) {
        metric_add(metric_get(METRIC_REMITTANCE_CONFLICTS, ""), 1);
        log_event(LOG_ERROR, "remittance_conflict", log_s("receiver", h->answer->receiver),
                  log_s("reply", h->answer->reply_sha256));
    }
    return ask_payment(h, reason, what, text, e);
}

/* event_of - what a claim of the payment says (billing §8.2) */
static enum life_event event_of(const CcRemittance *c)
{
    struct remit_outcome o;

    if (c->reversal)
        return LIFE_ERA_REVERSAL;
    if (strcmp(c->status, "23") == 0 || strcmp(c->status, "25") == 0)
        return LIFE_ERA_INFO;
    remit_decide(c, &o);
    return o.state == CLAIM_STATE_DENIED ? LIFE_ERA_DENIED : LIFE_ERA_PAID;
}

/* claim_of_number - ours, that the payer's number was of before; "": not known */
static int claim_of_number(const struct posting *h, const char *number, const char **out,
                           struct err *e)
{
    char key[FOLLOW_KEY];
    CcFollowState *st;

    *out = "";
    if (!number[0])
        return 0;
    follow_key(key, "icn", h->answer->receiver, number);
    if (follow_get(h->x, key, &st, e) < 0)
        return -1;
    *out = st->trace;
    return 0;
}

/* send_claim - to its own key; a number that cannot be ours goes to suspense */
static int send_claim(const struct posting *h, CcRemittance *c, struct err *e)
{
    CcAnswer *one = event_new(svc_arena(h->x), &cc_answer__descriptor);
    const char *known;

    if (!one)
        return follow_no_memory(e);
    c->reply_sha256 = h->answer->reply_sha256;
    c->receiver = h->answer->receiver;
    one->reply_sha256 = h->answer->reply_sha256;
    one->receiver = h->answer->receiver;
    one->file_name = h->answer->file_name;
    one->received_ms = h->answer->received_ms;
    one->kind = h->answer->kind;
    one->level = arena_strdup(svc_arena(h->x), "claim");
    one->event = arena_strdup(svc_arena(h->x), life_event_word(event_of(c)));
    one->claim_id = c->claim_id;
    one->category = c->status;
    one->payer_claim = c->payer_claim;
    one->charge_cents = c->charge_cents;
    one->trace = c->trace;
    one->key = c->key;
    one->position = c->position;
    one->remittance = c;
    denial_codes(svc_arena(h->x), c, &one->codes, &one->n_codes);
    if (!one->level || !one->event || arena_exhausted(svc_arena(h->x)))
        return follow_no_memory(e);
    if (follow_is_our_form(c->claim_id))
        return c->claim_id[0] && follow_remember_number(h->x, h->answer->receiver, c->payer_claim,
                                                        c->claim_id, e) != 0
                   ? -1
                   : svc_emit(h->x, TOPIC_PAYER_ANSWERS, c->claim_id, &one->base, e);
    if (claim_of_number(h, c->payer_claim, &known, e) != 0)
        return -1;
    if (!known[0])
        return follow_suspense(h->x, one, e);
    return follow_ask_tie(
        h->x, one, &known, 1,
        "a payment for a claim number that is none of ours; the payer's number is "
        "that of the claim named: suspense",
        e);
}

/* ask_adjustment - money moved outside of claims is posted by a person, to the claim its reference
 * names */
static int ask_adjustment(const struct posting *h, const struct payment_adjustment *a, size_t i,
                          struct err *e)
{
    char amount[DECIMAL_TEXT];
    char *what = arena_printf(svc_arena(h->x), "%s|%s|%zu", h->p->payer_id, h->p->trace, i);
    CcAnswer about = *h->answer;
    const char *claim;
    char *text;

    if (claim_of_number(h, a->reference, &claim, e) != 0)
        return -1;
    about.claim_id = (char *)(uintptr_t)claim;
    text = arena_printf(svc_arena(h->x), "payment %s: provider adjustment %s, reference %s%s%s, %s",
                        h->p->trace, a->reason, a->reference[0] ? a->reference : "-",
                        claim[0] ? ", of claim " : "", claim,
                        decimal_text(a->amount_cents, 2, amount));
    if (!text || !what)
        return follow_no_memory(e);
    return follow_ask(h->x,
                      &(struct question){.reason = "provider-adjustment",
                                         .key = h->answer->receiver,
                                         .what = what,
                                         .answer = &about,
                                         .text = text,
                                         .at_stake_cents = a->amount_cents},
                      e);
}

/* post - claim by claim */
static int post(const struct posting *h, struct err *e)
{
    for (size_t i = 0; i < h->p->n_claims; i++)
        if (send_claim(h, h->p->claims[i], e) != 0)
            return -1;
    for (size_t i = 0; i < h->p->n_adjustments; i++)
        if (ask_adjustment(h, &h->p->adjustments[i], i, e) != 0)
            return -1;
    return 0;
}

/* post_once - under the payment's own key */
static int post_once(const struct posting *h, struct err *e)
{
    char key[FOLLOW_KEY], hash[FOLLOW_HASH];
    char *id = arena_printf(svc_arena(h->x), "%s|%s", h->p->payer_id, h->p->trace);
    CcFollowState *st;
    int r;

    if (!id)
        return follow_no_memory(e);
    follow_hash(id, hash);
    follow_key(key, "pay", h->answer->receiver, hash);
    r = follow_get(h->x, key, &st, e);
    if (r != 0)
        return r < 0 ? -1 : known_before(h, st, e);
    st->check_cents = h->p->check_cents;
    st->payment_date = h->p->payment_date;
    st->first_reply = h->answer->reply_sha256;
    return svc_put(h->x, key, &st->base, e) != 0 ? -1 : post(h, e);
}

/* follow_payment - every payment of the file */
int follow_payment(struct svc_ctx *x, const CcAnswer *answer, struct err *e)
{
    struct reply_walk w;
    struct reply_item item;

    reply_walk_init(&w, answer->x12.data, answer->x12.len);
    while (reply_walk_next(&w, &item)) {
        struct payment *p;
        struct posting h = {x, answer, NULL};

        if (!read835_reads(&item) || !follow_is_for_us(x, &item))
            continue;
        if (read835(svc_arena(x), &item, &p, e) != 0)
            return -1;
        h.p = p;
        if ((p->balanced ? post_once(&h, e) : park(&h, e)) != 0)
            return -1;
    }
    return 0;
}
