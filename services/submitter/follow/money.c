/* money.c - a remittance on a claim that is known: posted once, reversed once, never more than was
 * billed (billing §6.5, §8.2)
 *
 * Postings in force are remembered without their lines. A claim has one slot for each payer in turn
 * (primary, secondary, tertiary); what a slot holds may be several parts of a split claim, as long
 * as they are not more than was billed. A second payment into a full slot, or a reversal of what
 * was never posted, waits for the other half of its pair; then a person looks. */
#include <string.h>

#include "common/base/date.h"
#include "common/base/money.h"
#include "common/base/str.h"
#include "common/claim/denial_work.h"
#include "services/submitter/follow/follow.h"

/* outcome_word - of a decided state */
static const char *outcome_word(CcClaimState s)
{
    return s == CLAIM_STATE_DENIED ? "DENIED" : s == CLAIM_STATE_PARTIAL ? "PARTIAL" : "PAID";
}

/* publish - the remittance with its split */
static int publish(struct life *l, CcRemittance *r, const struct remit_outcome *o, struct err *e)
{
    char *word = arena_strdup(svc_arena(l->x), outcome_word(o->state));

    if (!word)
        return follow_no_memory(e);
    r->outcome = word;
    remit_split(r);
    life_compare(l, r);
    r->appeal_barred = o->appeal_barred;
    r->at_ms = svc_now_ms(l->x);
    return svc_emit(l->x, TOPIC_REMITTANCES, l->id, &r->base, e);
}

/* remember_posting - without its lines, unless the next payer is to be told of them */
static int remember_posting(struct life *l, const CcRemittance *r, struct err *e)
{
    CcRemittance *slim = event_new(svc_arena(l->x), &cc_remittance__descriptor);

    if (!slim)
        return follow_no_memory(e);
    *slim = *r;
    if (!life_next_payer(l))
        slim->n_lines = slim->n_adjustments = 0;
    l->changed = true;
    return event_push(svc_arena(l->x), l->st, posted, slim) ? 0 : follow_no_memory(e);
}

/* life_appeal_until - see follow.h */
int32_t life_appeal_until(const struct life *l, const CcRemittance *r)
{
    int32_t from = date_valid(r->payment_date) ? r->payment_date : date_of_ms(svc_now_ms(l->x), 0);

    return date_add(from, (int32_t)life_terms(l->x, l->status->payer_id).appeal_days);
}

/* life_appeal_limit - see follow.h */
int32_t life_appeal_limit(const struct life *l)
{
    for (size_t i = l->st->n_posted; i; i--)
        if (l->st->posted[i - 1]->denied_cents > 0 || l->st->posted[i - 1]->underpaid_cents > 0)
            return l->st->posted[i - 1]->appeal_barred ? 0
                                                       : life_appeal_until(l, l->st->posted[i - 1]);
    return 0;
}

/* due_date - an appeal counts from the payment, a correction from the filing limit */
static int32_t due_date(const struct life *l, const CcRemittance *r, const char *route)
{
    if (strcmp(route, "APP") == 0 || l->status->filing_deadline_date == 0)
        return life_appeal_until(l, r);
    return l->status->filing_deadline_date;
}

/* how_to_fix - our words, and how to send it (billing §8.4) */
static char *how_to_fix(struct life *l, const CcRemittance *r, const struct remit_outcome *o)
{
    const char *what = o->fix[0] ? o->fix : o->meaning;

    if (strcmp(o->route, "FIX") != 0)
        return arena_printf(svc_arena(l->x), "%s%s", what, o->appeal_barred ? "; no appeal" : "");
    if (o->new_claim)
        return arena_printf(svc_arena(l->x), "%s; send as a new claim (frequency 1)%s", what,
                            o->appeal_barred ? "; no appeal" : "");
    return arena_printf(svc_arena(l->x),
                        "%s; send all lines as a replacement (frequency 7) of payer claim %s", what,
                        r->payer_claim);
}

/* ask_denied - which reason, where, what to do, until when */
static int ask_denied(struct life *l, const CcAnswer *answer, const CcRemittance *r,
                      const struct remit_outcome *o, struct err *e)
{
    bool all = o->state == CLAIM_STATE_DENIED;
    struct denial_work w = denial_work(o);
    struct denial_proposal learn;
    char *text;

    if (o->state == CLAIM_STATE_PAID)
        return 0;
    if (denial_propose(svc_arena(l->x), l->st->claim, r, o, &learn) != 0)
        return follow_no_memory(e);
    text = arena_printf(svc_arena(l->x), "%s: %s%s %s%s%s%s%s", all ? "denied" : "paid in part",
                        o->reason ? o->reason->group : "", o->reason ? o->reason->reason : "",
                        o->meaning[0] ? o->meaning : "reason unknown here",
                        o->line ? ", line " : "", o->line ? o->line->control : "",
                        o->check[0] ? "; preventable by " : "", o->check);
    return life_ask(l,
                    &(struct question){.reason = all ? "denied" : "paid-in-part",
                                       .what = answer->key,
                                       .answer = answer,
                                       .text = text,
                                       .route = o->route,
                                       .fix = how_to_fix(l, r, o),
                                       .category = w.category,
                                       .owner = w.owner,
                                       .action = w.action,
                                       .rule = learn.rule,
                                       .tests = learn.tests,
                                       .at_stake_cents = o->share.denied_cents,
                                       .due_date = due_date(l, r, o->route)},
                    e);
}

/* suspend - not posted: recorded as refused, and a person looks */
static enum taken suspend(struct life *l, const CcAnswer *answer, const char *reason,
                          const char *text, struct err *e)
{
    if (life_say(l,
                 &(struct said){.word = answer->event,
                                .to = l->status->state,
                                .refused = true,
                                .reason = text,
                                .answer = answer},
                 e) != 0 ||
        life_ask(l,
                 &(struct question){.reason = reason,
                                    .what = answer->key,
                                    .answer = answer,
                                    .text = text,
                                    .at_stake_cents = answer->remittance->paid_cents},
                 e) != 0)
        return FAILED;
    life_remember(l, answer);
    return TAKEN;
}

/* remember_forward - who has it, since when, and what says so */
static int remember_forward(struct life *l, const CcRemittance *r, struct err *e)
{
    CcCrossoverWait *w = event_new(svc_arena(l->x), &cc_crossover_wait__descriptor);

    if (!w)
        return follow_no_memory(e);
    w->payer = r->crossover;
    w->remark = r->crossover_remark;
    w->on_date = r->payment_date;
    l->st->crossover = w;
    return 0;
}

/* forward - another payer has it now, unless it has decided already */
static int forward(struct life *l, const CcAnswer *answer, const CcRemittance *r, struct err *e)
{
    CcClaimState to;

    if (!r->forwarded || slot_of(r) != slot_last(l->st) || l->st->child[0] ||
        life_move(l->status->state, LIFE_ERA_FORWARDED, l->status->state, &to) != LIFE_MOVES)
        return 0;
    return remember_forward(l, r, e) != 0
               ? -1
               : life_say(l,
                          &(struct said){
                              .event = LIFE_ERA_FORWARDED,
                              .to = to,
                              .reason = arena_printf(
                                  svc_arena(l->x),
                                  "forwarded to another payer (%s)%s%s: not billed by us",
                                  r->crossover_remark, r->crossover[0] ? ", " : "", r->crossover),
                              .answer = answer},
                          e);
}

/* tied_by - of a payment whose number was damaged: who said that it is of this claim; "" */
static const char *tied_by(struct life *l, const CcAnswer *answer)
{
    const char *text =
        answer->answer ? arena_printf(svc_arena(l->x), "tied to this claim by %s",
                                      answer->answer->role[0] ? answer->answer->role : "a person")
                       : "";

    return text ? text : "";
}

/* why - the reason that people read first: "CO16 information missing…: procedure code …" */
static const char *why(struct life *l, const CcAnswer *answer, const struct remit_outcome *o)
{
    const char *tied = tied_by(l, answer);
    char *text;

    if (!o->reason)
        return tied;
    text = arena_printf(svc_arena(l->x), "%s%s%s%s %s%s%s", tied, tied[0] ? ": " : "",
                        o->reason->group, o->reason->reason, o->meaning, o->fix[0] ? ": " : "",
                        o->fix);
    return text ? text : o->meaning;
}

/* post - money and what it means; `stay`: the claim has moved on to a newer version */
static enum taken post(struct life *l, CcAnswer *answer, bool stay, struct err *e)
{
    CcRemittance *r = answer->remittance;
    CcClaimState now = l->status->state, to = now;
    struct remit_outcome o;
    enum life_event event;

    remit_decide(r, &o);
    l->unprocessable = o.new_claim && o.state == CLAIM_STATE_DENIED;
    l->payer_date = r->payment_date;
    life_remember(l, answer);
    if (publish(l, r, &o, e) != 0 || remember_posting(l, r, e) != 0)
        return FAILED;
    l->st->crossover = NULL; /* what it waited for, or another word on it */
    life_totals(l);
    to = stay ? now : slot_state(l->st);
    event = now == CLAIM_STATE_REVERSED     ? LIFE_ERA_CORRECTION
            : o.state == CLAIM_STATE_DENIED ? LIFE_ERA_DENIED
                                            : LIFE_ERA_PAID;
    if (life_say(l,
                 &(struct said){
                     .event = event, .to = to, .reason = why(l, answer, &o), .answer = answer},
                 e) != 0 ||
        ask_denied(l, answer, r, &o, e) != 0 || life_ask_variance(l, answer, r, e) != 0 ||
        (!stay && (forward(l, answer, r, e) != 0 || life_secondary(l, answer, r, e) != 0)))
        return FAILED;
    return TAKEN;
}

/* apply_payment - into its slot */
static enum taken apply_payment(struct life *l, CcAnswer *answer, bool late, struct err *e)
{
    CcClaimState now = l->status->state, to = now;
    enum life_event event = now == CLAIM_STATE_REVERSED ? LIFE_ERA_CORRECTION : LIFE_ERA_PAID;
    enum life_verdict v = life_move(now, event, CLAIM_STATE_PAID, &to);

    if (v == LIFE_EARLY && !late)
        return WAITS;
    if (v == LIFE_EARLY && !l->st->sent_before)
        return suspend(l, answer, "payment-for-unsent-claim",
                       "a payment for a claim that was not sent", e);
    if (v == LIFE_REFUSED)
        return suspend(l, answer, "unexpected-payment",
                       "a payment that no state of the claim allows", e);
    if (!slot_has_room(l, answer->remittance))
        return late ? suspend(l, answer, "second-payment",
                              "a second payment without a reversal of the first", e)
                    : WAITS;
    return post(l, answer, v == LIFE_EARLY, e);
}

/* reversed_state - where taking back leaves the claim */
static CcClaimState reversed_state(const struct life *l, enum life_event *event)
{
    CcClaimState to = l->status->state;

    if (l->status->state == CLAIM_STATE_VOID_PENDING && l->st->n_posted == 0) {
        *event = LIFE_ERA_VOID_CONFIRMED;
        return CLAIM_STATE_VOIDED;
    }
    if (life_move(l->status->state, LIFE_ERA_REVERSAL, to, &to) != LIFE_MOVES)
        return l->status->state; /* a newer version is on its way: its state stays */
    return l->st->n_posted ? slot_state(l->st) : to;
}

/* apply_reversal - undoes the posting it names, entirely */
static enum taken apply_reversal(struct life *l, CcAnswer *answer, bool late, struct err *e)
{
    size_t i = slot_find(l, answer->remittance);
    enum life_event event = LIFE_ERA_REVERSAL;
    struct remit_outcome o;
    CcClaimState to;

    if (i == SIZE_MAX)
        return late ? suspend(l, answer, "unmatched-reversal",
                              "a reversal of a payment that was not posted here", e)
                    : WAITS;
    remit_decide(answer->remittance, &o);
    life_remember(l, answer);
    slot_remove(l, i);
    l->st->crossover = NULL;
    life_totals(l);
    to = reversed_state(l, &event);
    if (publish(l, answer->remittance, &o, e) != 0 ||
        life_say(l,
                 &(struct said){.event = event,
                                .to = to,
                                .reason = "the payer took an earlier payment back",
                                .answer = answer},
                 e) != 0 ||
        (l->st->child[0] && life_secondary(l, answer, answer->remittance, e) != 0))
        return FAILED;
    return TAKEN;
}

/* apply_info - a predetermination, or a claim that went to another payer without us */
static enum taken apply_info(struct life *l, CcAnswer *answer, bool late, struct err *e)
{
    if (!life_state(l->status->state)->sent && !late)
        return WAITS;
    life_remember(l, answer);
    return life_say(l,
                    &(struct said){.event = LIFE_ERA_INFO,
                                   .to = l->status->state,
                                   .reason = "information only, nothing is posted",
                                   .answer = answer},
                    e) == 0
               ? TAKEN
               : FAILED;
}

/* life_money - by what the claim of the 835 is */
enum taken life_money(struct life *l, CcAnswer *answer, bool late, struct err *e)
{
    if (strcmp(answer->event, life_event_word(LIFE_ERA_INFO)) == 0)
        return apply_info(l, answer, late, e);
    return answer->remittance->reversal ? apply_reversal(l, answer, late, e)
                                        : apply_payment(l, answer, late, e);
}
