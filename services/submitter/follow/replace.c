/* replace.c - the payer before decided anew, so that what the next payer was told is not true any
 * more (billing §6.5, §8.5)
 *
 * The claim before makes the next payer's claim again, of the new decision, and hands it to that
 * claim's own key, where its state says how it goes out: as an original while no payer has it or
 * before adjudication was refused, as a replacement (7) once that payer has decided, and not yet
 * while it decides. What waits is kept until the version made of it is in a file. */
#include <string.h>

#include "common/base/str.h"
#include "common/claim/secondary.h"
#include "services/submitter/follow/follow.h"

#define UNPROCESSED "MA130"

/* life_ask_changed - see follow.h */
int life_ask_changed(struct life *l, const CcAnswer *answer, const char *why, struct err *e)
{
    return follow_ask(
        l->x,
        &(struct question){
            .reason = "secondary-changed",
            .key = l->id,
            .what = answer ? answer->key : "",
            .claim = l->status,
            .answer = answer,
            .route = "SEC",
            .text = arena_printf(svc_arena(l->x),
                                 "the payer before decided anew after claim %s went out: %s",
                                 l->st->child, why),
            .at_stake_cents = l->status->charge_cents},
        e);
}

/* hand_over - to the next payer's claim */
static int hand_over(struct life *l, CcClaim *c, const CcAnswer *answer, struct err *e)
{
    CcAnswer *a = event_new(svc_arena(l->x), &cc_answer__descriptor);

    if (!a || !(a->kind = arena_strdup(svc_arena(l->x), "primary")) ||
        !(a->level = arena_strdup(svc_arena(l->x), "claim")) ||
        !(a->event = arena_strdup(svc_arena(l->x), life_event_word(LIFE_ERA_CORRECTION))) ||
        !(a->key = arena_printf(svc_arena(l->x), "primary|%s|%s", l->id, answer->key)))
        return follow_no_memory(e);
    a->claim_id = l->st->child;
    a->claim = c;
    a->received_ms = svc_now_ms(l->x);
    return svc_emit(l->x, TOPIC_PAYER_ANSWERS, a->claim_id, &a->base, e);
}

/* life_replace_next - see follow.h */
int life_replace_next(struct life *l, const CcAnswer *answer, const CcRemittance *r, struct err *e)
{
    CcClaimState to;
    const char *why = "it is not made of this version of the claim";
    CcClaim *c = NULL;

    if (r->reversal)
        return 0; /* the correction stands beside it as a rule; else the state's clock tells */
    if (slot_refused(l->st) || l->status->patient_cents <= 0)
        return life_ask_changed(l, answer,
                                l->status->patient_cents <= 0 ? "nothing is left to bill to it"
                                                              : "something was refused now",
                                e);
    if (l->st->claim && l->st->claim->version == l->status->version)
        c = secondary_claim(svc_arena(l->x), l->st->claim, r, &why);
    if (!c)
        return *why ? life_ask_changed(l, answer, why, e) : follow_no_memory(e);
    if (hand_over(l, c, answer, e) != 0)
        return -1;
    if (life_move(l->status->state, LIFE_SECONDARY_CREATED, l->status->state, &to) == LIFE_REFUSED)
        return 0;
    return life_say(l,
                    &(struct said){.event = LIFE_SECONDARY_CREATED,
                                   .to = to,
                                   .reason = arena_printf(svc_arena(l->x),
                                                          "claim %s is made anew of this decision",
                                                          l->st->child),
                                   .answer = answer},
                    e);
}

/* life_take_next - see follow.h */
int life_take_next(struct life *l, const CcAnswer *answer, struct err *e)
{
    if (!answer->claim)
        return 0;
    l->st->waiting = answer->claim;
    l->st->made_version = 0;
    l->changed = true;
    return life_say(l,
                    &(struct said){.word = "payer_before",
                                   .to = l->status->state,
                                   .reason = "the payer before decided anew: this claim is made "
                                             "again as soon as its own payer's turn allows it",
                                   .answer = answer},
                    e);
}

/* How the next version goes out. */
enum way { WAY_NOT_YET, WAY_ORIGINAL, WAY_REPLACEMENT, WAY_PERSON };

/* unprocessed - does the payer's decision in force call it an original still? */
static bool unprocessed(const struct life *l)
{
    const CcRemittance *r = l->st->n_posted ? l->st->posted[l->st->n_posted - 1] : NULL;

    for (size_t i = 0; r && i < r->n_remarks; i++)
        if (strcmp(r->remarks[i], UNPROCESSED) == 0)
            return true;
    return false;
}

/* way_of - by what the payer has of it */
static enum way way_of(const struct life *l)
{
    static const unsigned ended =
        1u << CLAIM_STATE_WRITTEN_OFF | 1u << CLAIM_STATE_VOIDED | 1u << CLAIM_STATE_VOID_PENDING;
    CcClaimState s = l->status->state;

    if (!life_state(s)->sent)
        return l->st->sent_before || l->st->made_version ? WAY_NOT_YET : WAY_ORIGINAL;
    if ((ended >> s) & 1)
        return WAY_PERSON;
    if (s == CLAIM_STATE_REJECTED)
        return WAY_ORIGINAL;
    if (!life_state(s)->posted || s == CLAIM_STATE_REVERSED)
        return WAY_NOT_YET;
    if (unprocessed(l))
        return WAY_ORIGINAL;
    return l->status->payer_claim[0] && life_terms(l->x, l->status->payer_id).replaces
               ? WAY_REPLACEMENT
               : WAY_PERSON;
}

/* is_made - is a version of it on its way that was made in the knowledge of what the payer has? */
static bool is_made(const struct life *l)
{
    const CcClaim *c = l->st->waiting;

    return l->st->made_version &&
           (!life_state(l->status->state)->sent || c->after_version >= l->status->version);
}

/* make - the next version, to the validator */
static int make(struct life *l, enum way way, struct err *e)
{
    CcClaim *c = l->st->waiting;
    uint32_t newest =
        l->status->version > l->st->made_version ? l->status->version : l->st->made_version;

    c->version = newest + 1;
    c->frequency = arena_strdup(svc_arena(l->x), way == WAY_REPLACEMENT ? "7" : "1");
    if (!c->frequency)
        return follow_no_memory(e);
    if (way == WAY_REPLACEMENT)
        c->original_reference = l->status->payer_claim;
    c->after_version = life_state(l->status->state)->sent ? l->status->version : 0;
    c->created_ms = svc_now_ms(l->x);
    l->st->made_version = c->version;
    l->changed = true;
    return life_send_coded(l, c,
                           arena_printf(svc_arena(l->x), "%s decided anew: %s", c->parent_claim,
                                        way == WAY_REPLACEMENT ? "a replacement (frequency 7)"
                                                               : "an original (frequency 1)"),
                           e);
}

/* ask_person - its state or its payer leaves no way */
static int ask_person(struct life *l, struct err *e)
{
    l->st->waiting = NULL;
    l->st->made_version = 0;
    l->changed = true;
    return life_ask(l,
                    &(struct question){
                        .reason = "secondary-changed",
                        .route = "SEC",
                        .text = "the payer before decided anew, and this claim cannot be replaced "
                                "by itself: its payer takes no replacements, its number there is "
                                "not known, or its life is over",
                        .at_stake_cents = l->status->charge_cents},
                    e);
}

/* life_try_next - see follow.h */
int life_try_next(struct life *l, struct err *e)
{
    enum way way;

    if (!l->st->waiting || !l->status)
        return 0;
    if (l->st->made_version && l->status->version >= l->st->made_version &&
        life_state(l->status->state)->sent) {
        l->st->waiting = NULL;
        l->st->made_version = 0;
        l->changed = true;
        return 0;
    }
    if (is_made(l))
        return 0;
    way = way_of(l);
    if (way == WAY_PERSON)
        return ask_person(l, e);
    return way == WAY_NOT_YET ? 0 : make(l, way, e);
}
