/* claim.c - one claim: what other steps say of it, what payers answer, and its clocks */
#include <string.h>

#include "common/base/str.h"
#include "services/submitter/follow/follow.h"

/* life_load - see follow.h */
int life_load(struct life *l, struct svc_ctx *x, const char *id, struct err *e)
{
    char key[FOLLOW_KEY];

    *l = (struct life){.x = x, .set = svc_user(x), .id = id};
    follow_key(key, "claim", id, NULL);
    if (follow_get(x, key, &l->st, e) < 0)
        return -1;
    if (l->st->status && l->st->status->claim_id[0])
        l->status = l->st->status;
    return 0;
}

/* life_timer - see follow.h */
int life_timer(struct life *l, const char *kind, int64_t after_ms, struct err *e)
{
    char name[FOLLOW_KEY];

    snprintf(name, sizeof(name), "%s/claim/%s", kind, l->id);
    return after_ms > 0 ? svc_timer_set(l->x, name, svc_now_ms(l->x) + after_ms, e)
                        : svc_timer_clear(l->x, name, e);
}

/* set_early_timer - while something waits */
static int set_early_timer(struct life *l, struct err *e)
{
    bool waits = l->st->n_early > 0;

    if (waits == (l->st->early_since_ms != 0))
        return 0;
    l->st->early_since_ms = waits ? svc_now_ms(l->x) : 0;
    l->changed = true;
    return life_timer(l, "early", waits ? l->set->early_ms : 0, e);
}

/* life_save - see follow.h */
int life_save(struct life *l, struct err *e)
{
    char key[FOLLOW_KEY];
    int r = life_try_next(l, e) != 0 || set_early_timer(l, e) != 0 ? -1 : 0;

    if (r == 0 && l->moved && l->status)
        r = life_timer(l, "clock", life_clock_ms(l), e) != 0 || life_watch(l, e) != 0 ? -1 : 0;
    if (r != 0 || !l->changed)
        return r;
    if (l->status && life_state(l->status->state)->sent)
        l->st->sent_before = true;
    if (l->status && life_state(l->status->state)->clock == LIFE_CLOCK_NONE && !l->st->child[0])
        l->st->claim =
            NULL; /* the next payer's is made of it anew when this payer corrects itself */
    follow_key(key, "claim", l->id, NULL);
    return svc_put(l->x, key, &l->st->base, e);
}

/* drop_early - out of the list, order kept */
static void drop_early(struct life *l, size_t i)
{
    memmove(&l->st->early[i], &l->st->early[i + 1],
            (l->st->n_early - i - 1) * sizeof(l->st->early[0]));
    l->st->n_early--;
    l->changed = true;
}

/* drain - whatever waited and can be applied now; each one applied may let another in */
static int drain(struct life *l, struct err *e)
{
    size_t i = 0;

    while (l->status && i < l->st->n_early) {
        enum taken t = life_apply(l, l->st->early[i], false, e);

        if (t == FAILED)
            return -1;
        if (t == WAITS) {
            i++;
            continue;
        }
        drop_early(l, i);
        i = 0;
    }
    return 0;
}

/* is_waiting - does the list hold it already? */
static bool is_waiting(const struct life *l, const CcAnswer *answer)
{
    for (size_t i = 0; i < l->st->n_early; i++)
        if (strcmp(l->st->early[i]->key, answer->key) == 0)
            return true;
    return false;
}

/* suspense - a payment goes to the receiver's key, where a claim like it may be known */
static int suspense(struct life *l, CcAnswer *answer, struct err *e)
{
    char *level = arena_strdup(svc_arena(l->x), "suspense");

    if (!level)
        return follow_no_memory(e);
    answer->level = level;
    return svc_emit(l->x, TOPIC_PAYER_ANSWERS, answer->receiver, &answer->base, e);
}

/* ask_unknown - an answer about a claim that nobody knows */
static int ask_unknown(struct life *l, CcAnswer *answer, struct err *e)
{
    if (answer->remittance)
        return suspense(l, answer, e);
    return follow_ask(
        l->x,
        &(struct question){.reason = "unknown-claim",
                           .key = l->id,
                           .what = answer->key,
                           .claim = l->status,
                           .answer = answer,
                           .text = arena_printf(svc_arena(l->x),
                                                "%s %s about a claim that is not known here",
                                                answer->kind, answer->event)},
        e);
}

/* keep_early - until the claim is known, or the other half of a pair comes */
static int keep_early(struct life *l, CcAnswer *answer, struct err *e)
{
    if (is_waiting(l, answer))
        return 0;
    if (l->st->n_early >= FOLLOW_EARLY_MAX)
        return ask_unknown(l, answer, e);
    l->changed = true;
    return event_push(svc_arena(l->x), l->st, early, answer) ? 0 : follow_no_memory(e);
}

/* follow_claim_answer - now, or later */
int follow_claim_answer(struct svc_ctx *x, CcAnswer *answer, struct err *e)
{
    struct life l;
    enum taken t;
    int r;

    if (life_load(&l, x, answer->claim_id, e) != 0)
        return -1;
    t = l.status ? life_apply(&l, answer, false, e) : WAITS;
    if (t == FAILED)
        return -1;
    r = t == WAITS ? keep_early(&l, answer, e) : drain(&l, e);
    return r != 0 ? -1 : life_save(&l, e);
}

/* What a status of another step means for what we know. */
enum news {
    NEWS_ADOPT,
    NEWS_LATE,  /* the claim is further already */
    NEWS_OLD,   /* of a version that is not the one any more */
    NEWS_WAITS, /* of a version that is in no file, while the payer has not decided the one it has
                 */
};

/* is_in_file - does the status say that its version is in a file to the payer? */
static bool is_in_file(const CcClaimStatus *s)
{
    enum life_event event = life_event_of(s->event, "");

    return event == LIFE_BATCH || event == LIFE_TRANSPORT_OK || event == LIFE_TRANSPORT_FAILED;
}

/* is_open - the payer has the version, and has not decided it */
static bool is_open(const CcClaimStatus *s)
{
    const struct life_state *row = life_state(s->state);

    return row->sent && !row->posted && s->state != CLAIM_STATE_REJECTED;
}

/* judge - is it news? *to is the state that follows */
static enum news judge(const struct life *l, const CcClaimStatus *s, CcClaimState *to)
{
    const CcClaimStatus *mine = l->status;
    enum life_verdict v;

    *to = s->state;
    if (!mine)
        return NEWS_ADOPT;
    if (s->version > mine->version)
        return is_open(mine) && !is_in_file(s) ? NEWS_WAITS : NEWS_ADOPT;
    if (s->version < mine->version) /* a newer one was made before this one was known to be sent */
        return is_in_file(s) && !life_state(mine->state)->sent ? NEWS_ADOPT : NEWS_OLD;
    if (life_is_past(l, s->isa13, ""))
        return NEWS_LATE;
    if (!life_state(mine->state)->sent)
        return NEWS_ADOPT;
    v = life_move(mine->state, life_event_of(s->event, ""), s->state, to);
    return v == LIFE_MOVES || v == LIFE_STAYS ? NEWS_ADOPT : NEWS_LATE;
}

/* adopt - it is what the claim is now; a new version or a new file ends the attempt before */
static void adopt(struct life *l, const CcClaimStatus *s, CcClaimState to)
{
    bool newer = l->status && s->version != l->status->version;

    if (newer || (l->status && s->isa13[0] && strcmp(s->isa13, l->status->isa13) != 0))
        life_end_attempt(l);
    if (newer)
        l->st->resent = 0;
    life_merge(l, s);
    if (!l->status || l->status->state == to)
        return;
    l->status->state = to;
    l->moved = true;
}

/* repeat - the newest record of the topic must be what the claim is: said again behind one that
 * came late */
static int repeat(struct life *l, const CcClaimStatus *s, enum news n, struct err *e)
{
    bool ours = n == NEWS_LATE ||
                life_state(l->status->state)->sent; /* else another worker's record is on its way */

    if (!ours || (n != NEWS_WAITS && s->state == l->status->state))
        return 0;
    return life_say(l,
                    &(struct said){.word = s->event,
                                   .to = l->status->state,
                                   .reason = n == NEWS_WAITS
                                                 ? "a newer version waits: the payer has not "
                                                   "decided the one that it has"
                                                 : "came late: the claim is further already"},
                    e);
}

/* follow_status - of any step but our own; what a step refused has changed nothing */
int follow_status(struct svc_ctx *x, const struct svc_message *m, struct err *e)
{
    ProtobufCMessage *raw;
    const CcClaimStatus *s;
    struct life l;
    CcClaimState to;
    enum news n;
    bool known;

    if (svc_unpack(x, m, &cc_claim_status__descriptor, &raw, e) != 0)
        return -1;
    s = (const CcClaimStatus *)(const void *)raw;
    if (s->claim_id[0] == '\0' || strcmp(s->step, "follow") == 0 || s->refused)
        return 0;
    if (life_load(&l, x, s->claim_id, e) != 0)
        return -1;
    n = judge(&l, s, &to);
    known = l.status && l.status->version == s->version && life_state(l.status->state)->sent;
    if (n == NEWS_ADOPT)
        adopt(&l, s, to);
    else if (repeat(&l, s, n, e) != 0)
        return -1;
    if (n == NEWS_ADOPT && is_in_file(s) && !known && life_tell(&l, l.status->state, e) != 0)
        return -1;
    return drain(&l, e) != 0 ? -1 : life_save(&l, e);
}

/* decide_now - one answer that waited long enough */
static int decide_now(struct life *l, CcAnswer *answer, struct err *e)
{
    if (!l->status)
        return ask_unknown(l, answer, e);
    return life_apply(l, answer, true, e) == FAILED ? -1 : 0;
}

/* follow_claim_expired - what waited long enough is decided or asked; what came later waits on */
int follow_claim_expired(struct svc_ctx *x, const char *id, struct err *e)
{
    char key[FOLLOW_KEY];
    struct life l;
    size_t i = 0;

    if (life_load(&l, x, id, e) != 0 || drain(&l, e) != 0)
        return -1;
    while (i < l.st->n_early) {
        if (svc_now_ms(x) - l.st->early[i]->received_ms < l.set->early_ms) {
            i++;
            continue;
        }
        if (decide_now(&l, l.st->early[i], e) != 0)
            return -1;
        drop_early(&l, i);
    }
    l.st->early_since_ms = 0; /* the timer is gone: set again for those that are left */
    l.changed = true;
    follow_key(key, "claim", id, NULL);
    return l.status || l.st->n_early || l.st->claim ? life_save(&l, e) : svc_delete(x, key, e);
}
