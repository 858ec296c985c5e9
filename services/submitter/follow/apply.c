/* apply.c - one acknowledgment on a claim that is known: the table decides, this only carries it
 * out */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "services/submitter/follow/follow.h"

enum { PAST_MAX = 64 };

/* push_bounded - at the end of a list that forgets its first */
static void push_bounded(struct life *l, char ***list, size_t *n, size_t max, const char *text)
{
    if (*n >= max) {
        memmove(*list, *list + 1, (*n - 1) * sizeof(char *));
        (*n)--;
    }
    event_push_pointer(svc_arena(l->x), (void ***)(void *)list, n,
                       arena_strdup(svc_arena(l->x), text));
    l->changed = true;
}

/* is_in - a list of texts */
static bool is_in(char *const *list, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i], text) == 0)
            return true;
    return false;
}

/* life_seen - by the hash of its key: postings are kept apart, so that no flood of
 * acknowledgments forgets one */
bool life_seen(const struct life *l, const CcAnswer *answer)
{
    char hash[FOLLOW_HASH];

    follow_hash(answer->key, hash);
    return answer->remittance ? is_in(l->status->posted, l->status->n_posted, hash)
                              : is_in(l->status->seen, l->status->n_seen, hash);
}

/* life_remember - the same */
void life_remember(struct life *l, const CcAnswer *answer)
{
    char hash[FOLLOW_HASH];

    follow_hash(answer->key, hash);
    if (answer->remittance)
        push_bounded(l, &l->status->posted, &l->status->n_posted, FOLLOW_SEEN_MAX, hash);
    else
        push_bounded(l, &l->status->seen, &l->status->n_seen, FOLLOW_SEEN_MAX, hash);
}

/* life_is_past - an attempt of ours that is over */
bool life_is_past(const struct life *l, const char *isa13, const char *bht03)
{
    char text[128];

    snprintf(text, sizeof(text), "I%s", isa13);
    if (isa13[0] && is_in(l->st->past, l->st->n_past, text))
        return true;
    snprintf(text, sizeof(text), "B%s", bht03);
    return bht03[0] && is_in(l->st->past, l->st->n_past, text);
}

/* life_end_attempt - numbers of a file that this claim is no longer in */
void life_end_attempt(struct life *l)
{
    CcClaimStatus none, *s = l->status;
    char text[128];

    cc_claim_status__init(&none);
    snprintf(text, sizeof(text), "I%s", s->isa13);
    if (s->isa13[0] && !life_is_past(l, s->isa13, ""))
        push_bounded(l, &l->st->past, &l->st->n_past, PAST_MAX, text);
    snprintf(text, sizeof(text), "B%s", s->bht03);
    if (s->bht03[0] && !life_is_past(l, "", s->bht03))
        push_bounded(l, &l->st->past, &l->st->n_past, PAST_MAX, text);
    s->isa13 = none.isa13;
    s->gs06 = none.gs06;
    s->st02 = none.st02;
    s->bht03 = none.bht03;
    s->interchange = none.interchange;
    s->file_sha256 = none.file_sha256;
    l->st->inquiries = l->st->not_found = l->st->not_found_question = 0;
    l->changed = true;
}

/* Questions that an event asks of a person; the state it leads to says the rest. */
struct asks_row {
    enum life_event event;
    const char *category; /* NULL: any */
    const char *reason, *text, *fix;
};

/* clang-format off */
static const struct asks_row asks[] = {
    {LIFE_999_R,    NULL, "refused-999",           "the receiver's 999 refused this claim",          "correct what it names and send again: same number, still an original"},
    {LIFE_277CA_U,  NULL, "rejected",              "the payer rejected the claim before adjudication", "correct it: an original goes out as an original again (frequency 1), a replacement or void as such"},
    {LIFE_277_R,    NULL, "information-requested", "the payer asks for information",                 "send the records that are asked for; no new claim"},
    {LIFE_277_P,    "P3", "information-requested", "the payer asks the provider for information",    "send the records that are asked for; no new claim"},
    {LIFE_277_P,    "P4", "information-requested", "the payer asks the patient for information",     "call the patient"},
    {LIFE_277_D0,   NULL, "payer-has-no-claim",    "the payer's search found no such claim",         "check the 277CA; send as an original only when it is proved that it was not received"},
    {LIFE_277_A4,   NULL, "payer-has-no-claim",    "the payer has no such claim",                    "check the 277CA; send as an original only when it is proved that it was not received"},
};
/* clang-format on */

/* ask_if_due - when a row says so */
static int ask_if_due(struct life *l, enum life_event event, const CcAnswer *answer, struct err *e)
{
    for (size_t i = 0; i < sizeof(asks) / sizeof(asks[0]); i++) {
        if (asks[i].event != event ||
            (asks[i].category && strcmp(asks[i].category, answer->category) != 0))
            continue;
        return life_ask(
            l,
            &(struct question){
                .reason = asks[i].reason,
                .what = answer->key,
                .answer = answer,
                .route = "FIX",
                .fix = asks[i].fix,
                .text = arena_printf(svc_arena(l->x), "%s: %s (%s)", asks[i].text, answer->reason,
                                     answer->n_codes ? answer->codes[0] : answer->category),
                .at_stake_cents = l->status->charge_cents,
                .due_date = l->status->filing_deadline_date},
            e);
    }
    return 0;
}

/* hold_instead - sent again often enough, or nothing to send: a person */
static int hold_instead(struct life *l, const CcAnswer *answer, struct err *e)
{
    const char *text = answer->claim
                           ? "the file was refused again: it is not sent once more by itself"
                           : "the file was refused and the claim could not be read back from it";

    if (life_say(l,
                 &(struct said){.event = LIFE_RESEND_LIMIT,
                                .to = CLAIM_STATE_HELD,
                                .reason = text,
                                .answer = answer},
                 e) != 0 ||
        life_tell(l, CLAIM_STATE_REJECTED, e) != 0)
        return -1;
    life_end_attempt(l);
    return life_ask(l,
                    &(struct question){.reason = "resend-limit",
                                       .what = answer->key,
                                       .answer = answer,
                                       .text = text,
                                       .route = "FIX",
                                       .at_stake_cents = l->status->charge_cents,
                                       .due_date = l->status->filing_deadline_date},
                    e);
}

/* send_again - the claim as it was, in a new file with new numbers, still an original */
static int send_again(struct life *l, enum life_event event, CcAnswer *answer, struct err *e)
{
    if (!answer->claim || l->st->resent >= l->set->resend_max)
        return hold_instead(l, answer, e);
    answer->claim->attempt = ++l->st->resent;
    if (life_say(l,
                 &(struct said){.event = event,
                                .to = CLAIM_STATE_READY,
                                .reason = answer->reason,
                                .answer = answer},
                 e) != 0)
        return -1;
    life_end_attempt(l);
    return svc_emit(l->x, TOPIC_CLAIMS_CLEAN, l->id, &answer->claim->base, e);
}

/* life_resend - see follow.h */
int life_resend(struct life *l, const CcAnswer *answer, struct err *e)
{
    CcClaim *c = event_copy(svc_arena(l->x), &l->st->claim->base);

    if (!c)
        return follow_no_memory(e);
    c->attempt = ++l->st->resent;
    if (life_say(l,
                 &(struct said){.event = LIFE_RESEND,
                                .to = CLAIM_STATE_READY,
                                .reason = "the payer never got it: sent again as it was",
                                .answer = answer},
                 e) != 0)
        return -1;
    life_end_attempt(l);
    return svc_emit(l->x, TOPIC_CLAIMS_CLEAN, l->id, &c->base, e);
}

/* is_repeat - an answer to a question that was answered so before: the trace names the question
 * (clock.c), one that is not ours says nothing of it */
static bool is_repeat(struct life *l, const CcAnswer *answer)
{
    const char *dash = strrchr(answer->trace, '-');
    long n = dash ? strtol(dash + 1, NULL, 10) : 0;

    if (n <= 0 || n > UINT8_MAX)
        return false;
    if ((uint32_t)n <= l->st->not_found_question)
        return true;
    l->st->not_found_question = (uint32_t)n;
    return false;
}

/* not_found - the payer has no such claim: asked once more with wider dates, then sent again where
 * its row says so, else a person decides (billing §5: D0) */
static int not_found(struct life *l, enum life_event event, const CcAnswer *answer, struct err *e)
{
    bool asked = false;

    l->changed = true;
    if (is_repeat(l, answer))
        return 0;
    if (++l->st->not_found == 1 && life_inquire(l, &asked, e) != 0)
        return -1;
    if (asked)
        return 0;
    if (l->st->not_found > 1 && l->status->state == CLAIM_STATE_UNKNOWN && l->st->claim &&
        l->st->claim->version == l->status->version && l->st->resent < l->set->resend_max &&
        life_terms(l->x, l->status->payer_id).resend)
        return life_resend(l, answer, e);
    return ask_if_due(l, event, answer, e);
}

/* carry_out - a legal move */
static int carry_out(struct life *l, enum life_event event, CcClaimState to, CcAnswer *answer,
                     struct err *e)
{
    if (event == LIFE_TA1_R || event == LIFE_999_R_OTHER)
        return send_again(l, event, answer, e);
    if (life_say(
            l, &(struct said){.event = event, .to = to, .reason = answer->reason, .answer = answer},
            e) != 0 ||
        (event == LIFE_277_D0 || event == LIFE_277_A4 ? not_found(l, event, answer, e)
                                                      : ask_if_due(l, event, answer, e)) != 0)
        return -1;
    if (event == LIFE_999_R)
        life_end_attempt(l);
    /* the state is not the payer's word then, but the version was refused before adjudication */
    if (event == LIFE_999_R || (event == LIFE_277CA_U && to == CLAIM_STATE_VOID_PENDING))
        return life_tell(l, CLAIM_STATE_REJECTED, e);
    return 0;
}

/* record - an answer that moves nothing */
static int record(struct life *l, const CcAnswer *answer, bool refused, const char *reason,
                  struct err *e)
{
    return life_say(l,
                    &(struct said){.word = answer->event,
                                   .to = l->status->state,
                                   .refused = refused,
                                   .reason = reason,
                                   .answer = answer},
                    e);
}

/* refuse - no row allows it, or it waited in vain: recorded, and a person looks */
static int refuse(struct life *l, const CcAnswer *answer, const char *reason, struct err *e)
{
    if (record(l, answer, true, reason, e) != 0)
        return -1;
    return life_ask(l,
                    &(struct question){.reason = "unexpected-answer",
                                       .what = answer->key,
                                       .answer = answer,
                                       .text = arena_printf(svc_arena(l->x), "%s %s: %s",
                                                            answer->kind, answer->event, reason),
                                       .at_stake_cents = l->status->charge_cents},
                    e);
}

/* by_table - what the table says of it */
static int by_table(struct life *l, CcAnswer *answer, bool late, bool *waits, struct err *e)
{
    enum life_event event = life_event_of(answer->event, answer->category);
    CcClaimState to = l->status->state;

    *waits = false;
    switch (life_move(l->status->state, event, to, &to)) {
    case LIFE_MOVES:
    case LIFE_STAYS:
        return carry_out(l, event, to, answer, e);
    case LIFE_LATE:
        return record(l, answer, false, "came late: the claim is further already", e);
    case LIFE_EARLY:
        *waits = !late;
        return late ? refuse(l, answer, "about a claim that was not sent", e) : 0;
    default:
        return refuse(l, answer, "no move of the claim's state allows it", e);
    }
}

/* is_like - another number of the same making: the same but for its digits */
static bool is_like(const char *a, const char *b)
{
    while (*a && (*a == *b || (isdigit((unsigned char)*a) && isdigit((unsigned char)*b)))) {
        a++;
        b++;
    }
    return *a == '\0' && *b == '\0';
}

/* other_attempt - about a file that this claim is not known to be in, yet: answers may come before
 * the word of build or deliver, which is in another topic. A payer that quotes a batch number of
 * its own in a 277CA says nothing about the file. */
static bool other_attempt(const struct life *l, const CcAnswer *answer)
{
    const CcClaimStatus *s = l->status;

    if (answer->isa13[0] && s->isa13[0])
        return strcmp(answer->isa13, s->isa13) != 0;
    return strcmp(answer->kind, "277CA") == 0 && answer->bht03[0] && s->bht03[0] &&
           strcmp(answer->bht03, s->bht03) != 0 && is_like(answer->bht03, s->bht03);
}

/* life_apply - once, to the attempt it speaks of */
enum taken life_apply(struct life *l, CcAnswer *answer, bool late, struct err *e)
{
    bool waits = false;
    int r;

    if (life_seen(l, answer))
        return TAKEN;
    if (answer->remittance)
        return life_money(l, answer, late, e);
    if (strcmp(answer->kind, "person") == 0)
        r = life_person(l, answer, e);
    else if (strcmp(answer->kind, "secondary") == 0)
        r = life_child_done(l, answer, e);
    else if (strcmp(answer->kind, "primary") == 0)
        r = life_take_next(l, answer, e);
    else if (life_is_past(l, answer->isa13, answer->bht03))
        r = record(l, answer, false, "about an earlier file of this claim", e);
    else if (other_attempt(l, answer) && !late)
        return WAITS;
    else
        r = by_table(l, answer, late, &waits, e);
    if (r != 0)
        return FAILED;
    if (waits)
        return WAITS;
    life_remember(l, answer);
    return TAKEN;
}
