/* tie.c - a payment under a number that nobody knows, and the claims that it may be of (billing
 * §8.8)
 *
 * Such a payment is never posted by itself. It waits at the receiver's key, where claims are known
 * by member, first day and charge and by the payer's own numbers; a person says which of them it is
 * of, or none. Then it goes the way of any other payment: once, into a slot that has room. */
#include <string.h>

#include "common/base/str.h"
#include "services/submitter/follow/follow.h"

enum { SAME_MAX = 3 };
#define NONE_OF_THEM "none"

/* put - a state of the receiver's key, forgotten in its time */
static int put(struct svc_ctx *x, const char *key, const CcFollowState *st, struct err *e)
{
    const struct follow *set = svc_user(x);
    char timer[FOLLOW_KEY + 8];

    snprintf(timer, sizeof(timer), "drop/%s", key);
    return svc_put(x, key, &st->base, e) != 0 ||
                   svc_timer_set(x, timer, svc_now_ms(x) + set->keep_ms, e) != 0
               ? -1
               : 0;
}

/* follow_remember_number - see follow.h */
int follow_remember_number(struct svc_ctx *x, const char *receiver, const char *number,
                           const char *claim_id, struct err *e)
{
    char key[FOLLOW_KEY];
    CcFollowState *st;

    if (!number[0])
        return 0;
    follow_key(key, "icn", receiver, number);
    if (follow_get(x, key, &st, e) < 0)
        return -1;
    if (strcmp(st->trace, claim_id) == 0)
        return 0;
    st->trace = (char *)(uintptr_t)claim_id;
    return put(x, key, st, e);
}

/* follow_who - a claim of ours by member, day and charge; several are told apart by nobody */
int follow_who(struct svc_ctx *x, const CcAnswer *answer, struct err *e)
{
    char key[FOLLOW_KEY];
    CcFollowState *st;

    follow_key(key, "who", answer->receiver, answer->trace);
    if (follow_get(x, key, &st, e) < 0)
        return -1;
    for (size_t i = 0; i < st->n_claim_ids; i++)
        if (strcmp(st->claim_ids[i], answer->claim_id) == 0)
            return 0;
    if (st->n_claim_ids >= SAME_MAX)
        return 0;
    if (!event_push(svc_arena(x), st, claim_ids, answer->claim_id))
        return follow_no_memory(e);
    return put(x, key, st, e);
}

/* add_options - what a person may say */
static bool add_options(struct svc_ctx *x, CcReviewItem *item, const char *const *claims, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *text = arena_printf(svc_arena(x), "post it to claim %s", claims[i]);

        if (!text || !follow_option(x, item, claims[i], text))
            return false;
    }
    return !n || follow_option(x, item, NONE_OF_THEM, "none of these: it stays in suspense");
}

/* keep - the payment, until a person has said what it is of */
static int keep(struct svc_ctx *x, const char *review, CcAnswer *answer, const char *const *claims,
                size_t n, struct err *e)
{
    char key[FOLLOW_KEY];
    CcFollowState *st;

    follow_key(key, "tie", answer->receiver, review);
    if (follow_get(x, key, &st, e) < 0)
        return -1;
    st->n_early = st->n_claim_ids = 0;
    if (!event_push(svc_arena(x), st, early, answer))
        return follow_no_memory(e);
    for (size_t i = 0; i < n; i++)
        if (!event_push(svc_arena(x), st, claim_ids, (char *)(uintptr_t)claims[i]))
            return follow_no_memory(e);
    return put(x, key, st, e);
}

/* follow_ask_tie - see follow.h */
int follow_ask_tie(struct svc_ctx *x, CcAnswer *answer, const char *const *claims, size_t n,
                   const char *text, struct err *e)
{
    CcReviewItem *offers = event_new(svc_arena(x), &cc_review_item__descriptor);
    struct question q = {.reason = "unknown-claim",
                         .key = answer->receiver,
                         .what = answer->key,
                         .answer = answer,
                         .text = text,
                         .offers = offers,
                         .at_stake_cents = answer->remittance->paid_cents};
    char review[FOLLOW_HASH];

    if (!offers || !add_options(x, offers, claims, n) || follow_review_id(x, &q, review) != 0)
        return follow_no_memory(e);
    if (n && keep(x, review, answer, claims, n, e) != 0)
        return -1;
    if (n == 1)
        answer->claim_id =
            (char *)(uintptr_t)claims[0]; /* what was read stands in the remittance */
    return follow_ask(x, &q, e);
}

/* follow_suspense - a payment for a number that nobody knows: the claims of the same member, day
 * and charge are named, a person looks */
int follow_suspense(struct svc_ctx *x, CcAnswer *answer, struct err *e)
{
    const CcRemittance *r = answer->remittance;
    const char *like[SAME_MAX], *text;
    char key[FOLLOW_KEY];
    CcFollowState *st;
    size_t n = 0;

    if (r->who[0]) {
        follow_key(key, "who", answer->receiver, r->who);
        if (follow_get(x, key, &st, e) < 0)
            return -1;
        for (; n < st->n_claim_ids && n < SAME_MAX; n++)
            like[n] = st->claim_ids[n];
    }
    text = arena_printf(svc_arena(x),
                        "a payment for a claim number that is not known here%s%s: suspense",
                        n == 0   ? ""
                        : n == 1 ? "; member, day and charge are those of claim "
                                 : "; member, day and charge are those of several claims",
                        n == 1 ? like[0] : "");
    return text ? follow_ask_tie(x, answer, like, n, text, e) : follow_no_memory(e);
}

/* close_tie - the question ends with the person's word; none of them: nothing is left to choose */
static int close_tie(struct svc_ctx *x, const CcAnswer *word, const char *claim, struct err *e)
{
    CcReviewItem *item = event_new(svc_arena(x), &cc_review_item__descriptor);

    if (!item || !(item->state = arena_strdup(svc_arena(x), "done")) ||
        !(item->stage = arena_strdup(svc_arena(x), "follow")) ||
        !(item->claim_id = arena_strdup(svc_arena(x), claim)))
        return follow_no_memory(e);
    item->review_id = word->answer->review_id;
    item->receiver = word->receiver;
    item->created_ms = svc_now_ms(x);
    item->answer = word->answer;
    return svc_emit(x, TOPIC_WORK_REVIEW, word->receiver, &item->base, e);
}

/* offered - one of the claims of the question; NULL: none of them */
static char *offered(const CcFollowState *st, const char *choice)
{
    for (size_t i = 0; i < st->n_claim_ids; i++)
        if (strcmp(st->claim_ids[i], choice) == 0)
            return st->claim_ids[i];
    return NULL;
}

/* post_to - the payment goes on as one of that claim, with who said so */
static int post_to(struct svc_ctx *x, CcAnswer *payment, const CcAnswer *word, char *claim,
                   struct err *e)
{
    char *level = arena_strdup(svc_arena(x), "claim");

    if (!level)
        return follow_no_memory(e);
    payment->level = level;
    payment->claim_id = payment->remittance->claim_id = claim;
    payment->answer = word->answer;
    payment->received_ms = svc_now_ms(x); /* what waits for its pair waits from now on */
    if (follow_remember_number(x, word->receiver, payment->remittance->payer_claim, claim, e) != 0)
        return -1;
    return svc_emit(x, TOPIC_PAYER_ANSWERS, claim, &payment->base, e);
}

/* follow_tied - see follow.h */
int follow_tied(struct svc_ctx *x, const CcAnswer *word, struct err *e)
{
    char key[FOLLOW_KEY], *claim;
    CcFollowState *st;
    int r;

    if (!word->answer)
        return err_set(e, ERR_REJECT, "level", "a person's word without an answer");
    follow_key(key, "tie", word->receiver, word->answer->review_id);
    r = follow_get(x, key, &st, e);
    if (r <= 0 || st->n_early == 0)
        return r < 0 ? -1 : 0; /* decided before, or never asked */
    claim = offered(st, word->answer->choice);
    if (!claim && strcmp(word->answer->choice, NONE_OF_THEM) != 0)
        return 0;
    if (claim && post_to(x, st->early[0], word, claim, e) != 0)
        return -1;
    return svc_delete(x, key, e) != 0 ? -1 : close_tie(x, word, claim ? claim : "", e);
}
