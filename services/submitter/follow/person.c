/* person.c - what a person may decide of a claim, and what comes of it
 *
 * A decision is an answer like a payer's: the table says whether the claim's state allows it, its
 * key makes a second copy harmless, and what is refused is recorded. An appeal needs more:
 * something that can be appealed, in time (billing §8.2, §8.7). */
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "services/submitter/follow/follow.h"

/* why_no_appeal - of the decision in force; NULL: it can be appealed */
static const char *why_no_appeal(const struct life *l)
{
    int32_t today = date_of_ms(svc_now_ms(l->x), 0);

    for (size_t i = l->st->n_posted; i; i--) {
        const CcRemittance *r = l->st->posted[i - 1];

        if (r->denied_cents <= 0 && r->underpaid_cents <= 0)
            continue;
        if (r->appeal_barred)
            return "the payer's remark leaves no appeal";
        return life_appeal_until(l, r) < today ? "the time to appeal is over" : NULL;
    }
    return "no decision in force refuses or underpays anything";
}

/* allows - may the person decide this now? *to: where it leads */
static bool allows(const struct life *l, enum life_event event, CcClaimState *to, const char **why)
{
    enum life_verdict v;

    *to = l->status->state;
    *why = "no move of the claim's state allows it";
    v = life_move(l->status->state, event, *to, to);
    if (v != LIFE_MOVES && !(v == LIFE_STAYS && event == LIFE_SECONDARY_CREATED))
        return false;
    *why = NULL;
    if (event == LIFE_APPEAL)
        *why = why_no_appeal(l);
    else if (event == LIFE_RESEND &&
             (!l->st->not_found || !l->st->claim || l->st->claim->version != l->status->version))
        *why = "the payer has not said that it never got this version";
    else if (event == LIFE_SECONDARY_CREATED && !life_next_payer(l))
        *why = "no next payer is known that was not billed";
    return *why == NULL;
}

/* life_options - see follow.h */
int life_options(const struct life *l, CcReviewItem *item)
{
    const char *why;
    CcClaimState to;

    for (const struct life_choice *c = life_choices; c->id; c++)
        if (allows(l, c->event, &to, &why) && !follow_option(l->x, item, c->id, c->text))
            return -1;
    return 0;
}

/* close_question - the record that ends it */
static int close_question(struct life *l, CcAnswer *answer, struct err *e)
{
    CcReviewItem *item = event_new(svc_arena(l->x), &cc_review_item__descriptor);

    if (!answer->answer->review_id[0])
        return 0;
    if (!item || !(item->state = arena_strdup(svc_arena(l->x), "done")) ||
        !(item->stage = arena_strdup(svc_arena(l->x), "follow")))
        return follow_no_memory(e);
    item->review_id = answer->answer->review_id;
    item->claim_id = l->status->claim_id;
    item->encounter = l->status->encounter;
    item->patient_key = l->status->patient_key;
    item->version = l->status->version;
    item->created_ms = svc_now_ms(l->x);
    item->answer = answer->answer;
    return svc_emit(l->x, TOPIC_WORK_REVIEW, l->id, &item->base, e);
}

/* event_chosen - of the option's id */
static enum life_event event_chosen(const char *id)
{
    for (const struct life_choice *c = life_choices; c->id; c++)
        if (strcmp(c->id, id) == 0)
            return c->event;
    return LIFE_NONE;
}

/* life_person - a decision: carried out, or recorded as refused */
int life_person(struct life *l, CcAnswer *answer, struct err *e)
{
    enum life_event event = answer->answer ? event_chosen(answer->answer->choice) : LIFE_NONE;
    const char *why = "not a decision that we know";
    CcClaimState to = l->status->state;
    bool legal = event != LIFE_NONE && allows(l, event, &to, &why);
    bool old =
        answer->answer && answer->answer->version && answer->answer->version != l->status->version;

    if (old)
        why = "decided of another version of the claim";
    if (!legal || old)
        return life_say(l,
                        &(struct said){.word = event ? life_event_word(event) : answer->event,
                                       .to = l->status->state,
                                       .refused = true,
                                       .reason = why,
                                       .answer = answer},
                        e);
    if (event == LIFE_RESEND)
        return life_resend(l, answer, e) != 0 ? -1 : close_question(l, answer, e);
    if (event == LIFE_SECONDARY_CREATED)
        return life_bill_next(l, answer, e) != 0 ? -1 : close_question(l, answer, e);
    if (life_say(l,
                 &(struct said){.event = event,
                                .to = to,
                                .reason = arena_printf(
                                    svc_arena(l->x), "decided by %s",
                                    answer->answer->role[0] ? answer->answer->role : "a person"),
                                .answer = answer},
                 e) != 0)
        return -1;
    return close_question(l, answer, e);
}
