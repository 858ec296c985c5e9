/* review.c - questions for people, and the small things that all parts of follow use */
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/sys/digest.h"
#include "services/submitter/follow/follow.h"

enum { PART_MAX = 100, CLAIM_ID_MAX = 20 };

/* follow_no_memory - the message asked for more than it may */
int follow_no_memory(struct err *e)
{
    return err_set(e, ERR_REJECT, "size", "follow: over the message's memory");
}

/* follow_hash - 16 digits are enough to tell keys apart */
void follow_hash(const char *text, char out[FOLLOW_HASH])
{
    char hex[DIGEST_TEXT];

    digest_hex(text, strlen(text), hex);
    memcpy(out, hex, FOLLOW_HASH - 1);
    out[FOLLOW_HASH - 1] = '\0';
}

/* add_part - as it is, or its hash when it is long or could be mistaken for two parts */
static void add_part(char *out, size_t size, const char *part)
{
    char hash[FOLLOW_HASH];
    size_t n = strlen(out);

    if (strlen(part) > PART_MAX || strchr(part, '/')) {
        follow_hash(part, hash);
        snprintf(out + n, size - n, "/#%s", hash);
    } else {
        snprintf(out + n, size - n, "/%s", part);
    }
}

/* follow_key - kind/a/b; b may be NULL */
void follow_key(char out[FOLLOW_KEY], const char *kind, const char *a, const char *b)
{
    snprintf(out, FOLLOW_KEY, "%s", kind);
    add_part(out, FOLLOW_KEY, a);
    if (b)
        add_part(out, FOLLOW_KEY, b);
}

/* follow_get - found, or fresh */
int follow_get(struct svc_ctx *x, const char *key, CcFollowState **out, struct err *e)
{
    ProtobufCMessage *raw;
    int r = svc_get(x, key, &cc_follow_state__descriptor, &raw, e);

    if (r < 0)
        return -1;
    *out = r ? (CcFollowState *)(void *)raw : event_new(svc_arena(x), &cc_follow_state__descriptor);
    return *out ? r : follow_no_memory(e);
}

/* follow_is_our_form - at most 20 of [A-Z0-9] (design: "Claim id") */
bool follow_is_our_form(const char *claim_id)
{
    return strlen(claim_id) <= CLAIM_ID_MAX && str_is_alnum_upper(claim_id);
}

/* text_of - a copy, "" for NULL or when memory is out (event_new's default is kept) */
static void text_of(struct svc_ctx *x, char **field, const char *text)
{
    char *copy = str_empty(text) ? NULL : arena_strdup(svc_arena(x), text);

    if (copy)
        *field = copy;
}

/* about_claim - who and what it concerns */
static void about_claim(CcReviewItem *item, const CcClaimStatus *claim)
{
    item->claim_id = claim->claim_id;
    item->encounter = claim->encounter;
    item->patient_key = claim->patient_key;
    item->account = claim->account;
    item->version = claim->version;
    item->payer_id = claim->payer_id;
}

/* evidence - where it stands: a segment of a reply, a file of ours, the newest step of the claim */
static int evidence(struct svc_ctx *x, CcReviewItem *item, const struct question *q)
{
    CcEvidence *ev = event_new(svc_arena(x), &cc_evidence__descriptor);
    const CcAnswer *a = q->answer;

    if (!ev)
        return -1;
    if (a && a->reply_sha256[0]) {
        ev->event_id = a->reply_sha256;
        ev->at_ms = a->received_ms;
        ev->ref = arena_printf(svc_arena(x), a->position ? "%s segment %u" : "%s",
                               a->file_name[0] ? a->file_name : "reply", a->position);
    } else if (q->file) {
        ev->ref = arena_strdup(svc_arena(x), q->file);
    } else if (q->claim) {
        ev->at_ms = q->claim->at_ms;
        ev->ref = arena_printf(svc_arena(x), "version %u, %s%s%s", q->claim->version,
                               q->claim->event[0] ? q->claim->event : "no event",
                               q->claim->isa13[0] ? ", interchange " : "", q->claim->isa13);
    } else {
        ev->ref = arena_strdup(svc_arena(x), q->key);
    }
    return ev->ref && event_push(svc_arena(x), item, evidence, ev) ? 0 : -1;
}

/* complete - what the question does not say itself, the reason does */
static void complete(struct svc_ctx *x, CcReviewItem *item, const struct question *q)
{
    const struct follow_reason *row = follow_reason(q->reason);

    text_of(x, &item->owner, str_empty(q->owner) ? row->owner : q->owner);
    text_of(x, &item->action, str_empty(q->action) ? row->action : q->action);
    item->due_date =
        q->due_date ? q->due_date : date_add(date_of_ms(svc_now_ms(x), 0), (int32_t)row->days);
    item->at_stake_cents = q->at_stake_cents;
    if (!item->at_stake_cents && q->claim)
        item->at_stake_cents = q->claim->charge_cents - q->claim->paid_cents;
    if (!item->at_stake_cents && q->answer)
        item->at_stake_cents = q->answer->charge_cents;
}

/* follow_review_id - see follow.h */
int follow_review_id(struct svc_ctx *x, const struct question *q, char out[FOLLOW_HASH])
{
    char *seed = arena_printf(svc_arena(x), "%s|%s|%s", q->reason, q->key, q->what ? q->what : "");

    if (!seed)
        return -1;
    follow_hash(seed, out);
    return 0;
}

/* offer - options that are none of a claim's, and where the word goes */
static void offer(CcReviewItem *item, const struct question *q)
{
    if (!q->offers || !q->offers->n_options)
        return;
    item->options = q->offers->options;
    item->n_options = q->offers->n_options;
    item->receiver = q->answer->receiver;
}

/* follow_ask - one review item; its id is the same however often the same question is asked */
int follow_ask(struct svc_ctx *x, const struct question *q, struct err *e)
{
    CcReviewItem *item = event_new(svc_arena(x), &cc_review_item__descriptor);
    char hash[FOLLOW_HASH];

    if (!item || follow_review_id(x, q, hash) != 0 || (q->life && life_options(q->life, item) != 0))
        return follow_no_memory(e);
    offer(item, q);
    if (follow_open_answers(x, item) != 0 || evidence(x, item, q) != 0)
        return follow_no_memory(e);
    if (q->claim)
        about_claim(item, q->claim);
    else if (q->answer && q->answer->claim_id[0])
        item->claim_id = q->answer->claim_id;
    if (q->answer)
        item->reply_sha256 = q->answer->reply_sha256;
    text_of(x, &item->review_id, hash);
    text_of(x, &item->stage, "follow");
    text_of(x, &item->reason, q->reason);
    text_of(x, &item->question, q->text);
    text_of(x, &item->route, q->route);
    text_of(x, &item->fix, q->fix);
    text_of(x, &item->category, q->category);
    text_of(x, &item->key, q->key);
    text_of(x, &item->proposed_rule, q->rule);
    text_of(x, &item->proposed_tests, q->tests);
    text_of(x, &item->state, "open");
    complete(x, item, q);
    item->created_ms = svc_now_ms(x);
    return svc_emit(x, TOPIC_WORK_REVIEW, q->key, &item->base, e);
}

/* life_ask - see follow.h */
int life_ask(struct life *l, const struct question *q, struct err *e)
{
    struct question about = *q;

    about.key = l->id;
    about.claim = l->status;
    about.life = l;
    return follow_ask(l->x, &about, e);
}
