/* inquiry.c - questions to a receiver are gathered and go out as one 276 (billing §5)
 *
 * The number space: ISA13 = (9,000,000 + sequence) x 100 + partition, above what the builder gives
 * out, so that no two files to a receiver ever carry the same number. */
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/claim/write276.h"
#include "common/sys/digest.h"
#include "services/submitter/follow/follow.h"
#include "services/submitter/route.h"

enum {
    BATCH_MAX = 100,
    SEQUENCE_BASE = 9000000,
    SEQUENCE_MAX = 999999,
    STRIDE = 100,
    WIDER_DAYS = 30
};

/* next_number - of this receiver and partition */
static int next_number(struct svc_ctx *x, const char *receiver, uint32_t *out, struct err *e)
{
    char key[FOLLOW_KEY];
    ProtobufCMessage *raw;
    CcControlNumber *seq;
    int r;

    follow_key(key, "number", receiver, NULL);
    r = svc_get(x, key, &cc_control_number__descriptor, &raw, e);
    if (r < 0)
        return -1;
    seq = r ? (CcControlNumber *)(void *)raw
            : event_new(svc_arena(x), &cc_control_number__descriptor);
    if (!seq)
        return follow_no_memory(e);
    if (seq->last >= SEQUENCE_MAX || svc_partition(x) >= STRIDE)
        return err_set(e, ERR_FATAL, "numbers",
                       "a receiver has used up its control numbers: none is ever used again");
    seq->receiver = (char *)(uintptr_t)receiver;
    seq->last++;
    *out = (uint32_t)(SEQUENCE_BASE + seq->last) * STRIDE + (uint32_t)svc_partition(x);
    return svc_put(x, key, &seq->base, e);
}

/* questions_of - what was gathered */
static struct status_question *questions_of(struct svc_ctx *x, const CcFollowState *st)
{
    struct status_question *q = arena_array(svc_arena(x), st->n_early + 1, sizeof(*q));

    for (size_t i = 0; q && i < st->n_early; i++)
        q[i] =
            (struct status_question){st->early[i]->claim, st->early[i]->payer_claim,
                                     st->early[i]->trace, st->early[i]->accepted ? WIDER_DAYS : 0};
    return q;
}

/* file_of - the interchange of these bytes; NULL: over the memory */
static CcInterchange *file_of(struct svc_ctx *x, const struct route *r, const char *receiver,
                              uint32_t number, const struct buf *bytes)
{
    struct arena *a = svc_arena(x);
    CcInterchange *f = event_new(a, &cc_interchange__descriptor);
    int32_t today = date_of_ms(svc_now_ms(x), 0);
    char hex[DIGEST_TEXT];

    if (!f)
        return NULL;
    f->receiver = arena_strdup(a, receiver);
    f->file_name = arena_printf(a, "%c_%s_276_%08d_%09u.x12", r->claim.test ? 'T' : 'P', receiver,
                                (int)today, (unsigned)number);
    f->isa13 = arena_printf(a, "%09u", (unsigned)number);
    f->gs06 = arena_printf(a, "%u", (unsigned)number);
    f->sender_id = arena_strdup(a, r->claim.sender_id);
    f->receiver_id = arena_strdup(a, r->claim.receiver_id);
    f->guide = arena_strdup(a, "005010X212");
    f->test = r->claim.test;
    f->created_ms = svc_now_ms(x);
    f->sets = 1;
    f->isa09 = arena_printf(a, "%06d", (int)(today % 1000000));
    f->isa10 = arena_printf(a, "%04d", time_of_ms(svc_now_ms(x), 0));
    f->sha256 = arena_strdup(a, digest_hex(bytes->data, bytes->len, hex));
    f->x12.data = arena_memdup(a, bytes->data, bytes->len);
    f->x12.len = bytes->len;
    return arena_exhausted(a) ? NULL : f;
}

/* send - one file of all questions */
static int send(struct svc_ctx *x, const char *receiver, const struct route *r,
                const CcFollowState *st, struct err *e)
{
    struct status_batch b = {
        .route = &r->claim, .questions = questions_of(x, st), .n = st->n_early};
    CcInterchange *f;
    struct buf bytes;
    int code;

    if (!b.questions || next_number(x, receiver, &b.control, e) != 0)
        return b.questions ? -1 : follow_no_memory(e);
    b.reference = arena_printf(svc_arena(x), "Q%09u", (unsigned)b.control);
    b.date = date_of_ms(svc_now_ms(x), 0);
    b.hhmm = time_of_ms(svc_now_ms(x), 0);
    buf_init(&bytes);
    code = status_render(&b, &bytes, e);
    f = code == 0 ? file_of(x, r, receiver, b.control, &bytes) : NULL;
    buf_wipe(&bytes);
    if (code != 0)
        return -1;
    return f ? svc_emit(x, TOPIC_INTERCHANGES, receiver, &f->base, e) : follow_no_memory(e);
}

/* flush - what was gathered goes out; without a route a person is told */
static int flush(struct svc_ctx *x, const char *receiver, const char *key, const CcFollowState *st,
                 struct err *e)
{
    int32_t today = date_of_ms(svc_now_ms(x), 0);
    struct route r;

    if (svc_delete(x, key, e) != 0)
        return -1;
    if (svc_tables(x) &&
        route_find(svc_tables(x), receiver, today, svc_arena(x), &r) == LOOKUP_FOUND)
        return send(x, receiver, &r, st, e);
    return follow_ask(x,
                      &(struct question){.reason = "no-route",
                                         .key = receiver,
                                         .what = st->early[0]->key,
                                         .answer = st->early[0],
                                         .text = "no route for questions to this receiver (276)",
                                         .at_stake_cents = st->early[0]->claim
                                                               ? st->early[0]->claim->charge_cents
                                                               : 0},
                      e);
}

/* follow_inquiry - one question more */
int follow_inquiry(struct svc_ctx *x, CcAnswer *answer, struct err *e)
{
    const struct follow *set = svc_user(x);
    char key[FOLLOW_KEY];
    CcFollowState *st;

    follow_key(key, "ask", answer->receiver, NULL);
    if (follow_get(x, key, &st, e) < 0)
        return -1;
    for (size_t i = 0; i < st->n_early; i++)
        if (strcmp(st->early[i]->claim_id, answer->claim_id) == 0)
            return 0;
    if (!event_push(svc_arena(x), st, early, answer))
        return follow_no_memory(e);
    if (st->n_early >= BATCH_MAX)
        return svc_timer_clear(x, key, e) != 0 ? -1 : flush(x, answer->receiver, key, st, e);
    if (svc_put(x, key, &st->base, e) != 0)
        return -1;
    return st->n_early > 1 ? 0 : svc_timer_set(x, key, svc_now_ms(x) + set->inquiry_ms, e);
}

/* follow_inquiry_due - gathered long enough */
int follow_inquiry_due(struct svc_ctx *x, const char *key, struct err *e)
{
    CcFollowState *st;
    int r = follow_get(x, key, &st, e);

    if (r <= 0 || st->n_early == 0)
        return r < 0 ? -1 : 0;
    return flush(x, st->early[0]->receiver, key, st, e);
}
