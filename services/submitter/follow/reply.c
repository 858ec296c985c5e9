/* reply.c - a payer's file is split into answers, each sent on to whom it concerns
 *
 * A file is known by its content: the same bytes under another name, or handed over twice, are
 * split once. Sets that are whole are taken even where others of the file are damaged; what could
 * not be read becomes one question for a person, and so does what is addressed to somebody else:
 * none of it is taken. Addressed to us is an interchange whose ISA08 is a route's sender_id; GS03
 * is what payer and provider agreed on, and decides nothing. */
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/claim/read835.h"
#include "common/claim/readack.h"
#include "common/sys/digest.h"
#include "services/submitter/follow/follow.h"

/* What was found in one file. */
struct split {
    struct svc_ctx *x;
    const CcReply *reply;
    struct reply_answers answers;
    bool payments;   /* there is an 835 */
    unsigned faults; /* what could not be read */
    char *first;     /* the first of them in words */
    unsigned others; /* sets that are addressed to somebody else */
    char *other;     /* where the first of them stands */
};

/* note_fault - the first is told, the others are counted */
static void note_fault(struct split *s, const struct reply_item *item, const char *what)
{
    if (s->faults++ == 0)
        s->first =
            arena_printf(svc_arena(s->x), "byte %llu: %s", (unsigned long long)item->offset, what);
}

/* follow_is_for_us - see follow.h */
bool follow_is_for_us(struct svc_ctx *x, const struct reply_item *item)
{
    const struct tables *t = svc_tables(x);
    const int32_t today = date_of_ms(svc_now_ms(x), 0);
    struct table_row row;
    size_t cursor = 0;
    bool any = false;

    while (t && tables_each(t, TABLE_ROUTES, today, &cursor, &row)) {
        if (span_equal(span_trim(table_col(&row, "sender_id")), item->receiver))
            return true;
        any = true;
    }
    return !any;
}

/* note_other - the first is told, the others are counted */
static void note_other(struct split *s, const struct reply_item *item)
{
    if (s->others++ == 0)
        s->other = arena_printf(svc_arena(s->x), "byte %llu", (unsigned long long)item->offset);
}

/* read_item - one item of the file */
static void read_item(struct split *s, const struct reply_item *item)
{
    struct err e = {0};

    if (item->kind == REPLY_DAMAGED)
        note_fault(s, item, item->fault);
    else if (!follow_is_for_us(s->x, item))
        note_other(s, item);
    else if (read835_reads(item))
        s->payments = true;
    else if (!readack_reads(item))
        note_fault(s, item, "a kind of set that is no answer");
    else if (readack(svc_arena(s->x), item, &s->answers, &e) != 0)
        note_fault(s, item, e.text);
}

/* from_reply - what every answer of the file shares */
static void from_reply(const CcReply *reply, CcAnswer *answer)
{
    answer->reply_sha256 = reply->sha256;
    answer->receiver = reply->receiver;
    answer->file_name = reply->file_name;
    answer->received_ms = reply->received_ms;
}

/* send_on - to the claim's key, or to the receiver's */
static int send_on(struct split *s, CcAnswer *answer, struct err *e)
{
    bool claim = strcmp(answer->level, "claim") == 0;

    from_reply(s->reply, answer);
    if (claim && !follow_is_our_form(answer->claim_id))
        return follow_ask(
            s->x,
            &(struct question){.reason = "unknown-claim",
                               .key = s->reply->sha256,
                               .what = answer->key,
                               .text = "an answer about a claim number that is none of ours",
                               .answer = answer},
            e);
    return svc_emit(s->x, TOPIC_PAYER_ANSWERS, claim ? answer->claim_id : answer->receiver,
                    &answer->base, e);
}

/* send_payments - the whole file, to where a payment is known once */
static int send_payments(struct split *s, struct err *e)
{
    CcAnswer *answer = event_new(svc_arena(s->x), &cc_answer__descriptor);

    if (!answer)
        return follow_no_memory(e);
    from_reply(s->reply, answer);
    answer->kind = arena_strdup(svc_arena(s->x), "835");
    answer->level = arena_strdup(svc_arena(s->x), "payment");
    answer->key = arena_printf(svc_arena(s->x), "835|%s", s->reply->sha256);
    answer->x12 = s->reply->x12;
    if (!answer->kind || !answer->level || !answer->key)
        return follow_no_memory(e);
    return svc_emit(s->x, TOPIC_PAYER_ANSWERS, answer->receiver, &answer->base, e);
}

/* ask_about - a file that is not, or not wholly, readable */
static int ask_about(struct split *s, const char *reason, const char *text, struct err *e)
{
    CcAnswer about;

    cc_answer__init(&about);
    about.reply_sha256 = s->reply->sha256;
    return follow_ask(
        s->x,
        &(struct question){
            .reason = reason, .key = s->reply->sha256, .text = text, .answer = &about},
        e);
}

/* ask_about_damage - what could not be read, or says nothing */
static int ask_about_damage(struct split *s, struct err *e)
{
    if (s->faults)
        return ask_about(s, "reply-damaged",
                         arena_printf(svc_arena(s->x), "%s (%u such in the file)",
                                      s->first ? s->first : "", s->faults),
                         e);
    if (s->answers.n_item == 0 && !s->payments && !s->others)
        return ask_about(s, "reply-empty", "a reply without any answer in it", e);
    return 0;
}

/* split_file - every item, then everything it said */
static int split_file(struct split *s, struct err *e)
{
    struct reply_walk w;
    struct reply_item item;

    reply_walk_init(&w, s->reply->x12.data, s->reply->x12.len);
    while (reply_walk_next(&w, &item))
        read_item(s, &item);
    if (arena_exhausted(svc_arena(s->x)))
        return follow_no_memory(e);
    for (size_t i = 0; i < s->answers.n_item; i++)
        if (send_on(s, s->answers.item[i], e) != 0)
            return -1;
    if (s->payments && send_payments(s, e) != 0)
        return -1;
    if (s->others &&
        ask_about(s, "reply-not-ours",
                  arena_printf(svc_arena(s->x),
                               "%s: its interchange is addressed to a receiver (ISA08) that is no "
                               "route's sender_id (%u such sets in the file)",
                               s->other ? s->other : "", s->others),
                  e) != 0)
        return -1;
    return ask_about_damage(s, e);
}

/* remember - so that the same bytes are split once */
static int remember(struct svc_ctx *x, const char *key, CcFollowState *st, CcReply *reply,
                    struct err *e)
{
    const struct follow *set = svc_user(x);
    char timer[FOLLOW_KEY + 8];

    st->reply_sha256 = reply->sha256;
    snprintf(timer, sizeof(timer), "drop/%s", key);
    return svc_put(x, key, &st->base, e) != 0 ||
                   svc_timer_set(x, timer, svc_now_ms(x) + set->keep_ms, e) != 0
               ? -1
               : 0;
}

/* is_as_hashed - the record's key is its content */
static bool is_as_hashed(const CcReply *reply)
{
    char hex[DIGEST_TEXT];

    return strcmp(digest_hex(reply->x12.data, reply->x12.len, hex), reply->sha256) == 0;
}

/* follow_reply - once for each content */
int follow_reply(struct svc_ctx *x, const struct svc_message *m, struct err *e)
{
    ProtobufCMessage *raw;
    CcFollowState *st;
    CcReply *reply;
    char key[FOLLOW_KEY];
    struct split s = {.x = x};
    int r;

    if (svc_unpack(x, m, &cc_reply__descriptor, &raw, e) != 0)
        return -1;
    reply = (CcReply *)(void *)raw;
    follow_key(key, "reply", reply->sha256, NULL);
    r = follow_get(x, key, &st, e);
    if (r != 0)
        return r < 0 ? -1 : 0;
    s.reply = reply;
    if (remember(x, key, st, reply, e) != 0)
        return -1;
    if (reply->x12.len == 0)
        return ask_about(
            &s, reply->bytes ? "reply-too-large" : "reply-empty",
            reply->bytes ? "a reply over the limit: it lies in the .refused folder of the replies"
                         : "a reply without any byte",
            e);
    if (!is_as_hashed(reply))
        return err_set(e, ERR_REJECT, "sha256", "the reply's bytes are not those of its hash");
    return split_file(&s, e);
}
