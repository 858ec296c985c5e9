/* delivering.c - a deliver over routes of a test */
#include "tests/support/delivering.h"

#include <stdio.h>
#include <unistd.h>

#include "common/base/str.h"
#include "common/sys/clock.h"
#include "common/sys/digest.h"
#include "services/submitter/submitter.h"
#include "tests/support/folder.h"
#include "tests/support/test.h"

enum { PATIENCE_MS = 20000 };

/* delivering_open - see delivering.h */
void delivering_open(struct delivering *d, const char *name)
{
    memset(d, 0, sizeof(*d));
    folder_make(d->root, sizeof(d->root), name);
    d->memory = arena_new(1 << 22);
    d->now = INT64_C(1775000000000);
    for (int i = 0; i < DELIVERING_BYTES; i++)
        d->bytes[i] = (char)('A' + i % 26);
}

/* stop - the deliver, not what lies in the folder */
static void stop(struct delivering *d)
{
    if (!d->sim)
        return;
    svc_sim_free(d->sim);
    conf_free(d->conf);
    loading_end(&d->loading);
    d->sim = NULL;
}

/* delivering_start - see delivering.h */
void delivering_start(struct delivering *d, const char *routes)
{
    const struct conf_row *const rows[] = {submitter_deliver_spec.settings, NULL};
    struct err e;

    stop(d);
    loading_begin(&d->loading, NULL);
    assert_int_equal(loading_add(&d->loading, "routes.csv", routes), LOAD_TAKEN);
    loading_publish(&d->loading);
    d->conf = conf_load(rows, &e);
    assert_int_equal(conf_set(d->conf, "MAIL_DIR", d->root, &e), 0);
    assert_int_equal(conf_set(d->conf, "SECRETS_DIR", d->root, &e), 0);
    assert_int_equal(conf_set(d->conf, "REPLIES_POLL_MS", "0", &e), 0);
    assert_int_equal(conf_set(d->conf, "REPLY_MAX_BYTES", "100000", &e), 0);
    d->sim = svc_sim_new(&submitter_deliver_spec, d->conf, d->loading.tables, &e);
    assert_non_null(d->sim);
}

/* delivering_close - gives all back */
void delivering_close(struct delivering *d)
{
    stop(d);
    arena_free(d->memory);
    folder_remove(d->root);
}

/* delivering_feed - see delivering.h */
void delivering_feed(struct delivering *d, const char *receiver, int number)
{
    CcInterchange *f = event_new(d->memory, &cc_interchange__descriptor);
    CcSentClaim *c = event_new(d->memory, &cc_sent_claim__descriptor);
    char hex[DIGEST_TEXT];
    struct err e;

    f->receiver = arena_strdup(d->memory, receiver);
    f->isa13 = arena_printf(d->memory, "%09d", number);
    f->file_name = arena_printf(d->memory, "T_%s_837P_20260401_%09d.x12", receiver, number);
    f->guide = arena_strdup(d->memory, d->guide ? d->guide : "005010X222A1");
    f->sender_id = arena_strdup(d->memory, "SUBM1");
    f->receiver_id = arena_strdup(d->memory, receiver);
    f->created_ms = d->now;
    f->x12.data = (uint8_t *)d->bytes;
    f->x12.len = DELIVERING_BYTES;
    f->sha256 = arena_strdup(d->memory, digest_hex(d->bytes, DELIVERING_BYTES, hex));
    c->claim_id = arena_printf(d->memory, "A%d", number);
    c->st02 = arena_strdup(d->memory, "0001");
    event_push(d->memory, f, claims, c);
    assert_int_equal(svc_sim_feed(d->sim, TOPIC_INTERCHANGES, 0, receiver,
                                  arena_printf(d->memory, "e%d", number), &f->base, d->now, &e),
                     0);
}

/* delivering_turn - see delivering.h */
void delivering_turn(struct delivering *d)
{
    struct err e;

    usleep(5000);
    d->now += 50;
    assert_int_equal(svc_sim_clock(d->sim, d->now, &e), 0);
}

/* delivering_until - see delivering.h */
void delivering_until(struct delivering *d, size_t outputs)
{
    const int64_t end = clock_ms() + PATIENCE_MS;

    while (svc_sim_count(d->sim) < outputs && clock_ms() < end)
        delivering_turn(d);
    assert_int_equal(svc_sim_count(d->sim), outputs);
}

/* delivering_rest - see delivering.h */
void delivering_rest(struct delivering *d, int64_t ms)
{
    const size_t n = svc_sim_count(d->sim);

    for (const int64_t end = d->now + ms; d->now < end;)
        delivering_turn(d);
    assert_int_equal(svc_sim_count(d->sim), n);
}

/* output - the i-th, which must be of this topic */
static const struct svc_sim_output *output(struct delivering *d, size_t i, enum topic t)
{
    const struct svc_sim_output *o = svc_sim_output(d->sim, i);

    assert_non_null(o);
    assert_int_equal(o->topic, t);
    return o;
}

/* delivering_sent - see delivering.h */
void delivering_sent(struct delivering *d, size_t i)
{
    const struct svc_sim_output *o = output(d, i, TOPIC_CLAIMS_STATUS);
    ProtobufCMessage *m;
    struct err e;

    assert_int_equal(
        event_unpack(d->memory, &cc_claim_status__descriptor, o->value, o->value_len, &m, &e), 0);
    assert_int_equal(((CcClaimStatus *)(void *)m)->state, CLAIM_STATE_SENT);
}

/* delivering_asks - see delivering.h */
void delivering_asks(struct delivering *d, size_t i, const char *reason)
{
    const struct svc_sim_output *o = output(d, i, TOPIC_WORK_REVIEW);
    ProtobufCMessage *m;
    struct err e;

    assert_int_equal(
        event_unpack(d->memory, &cc_review_item__descriptor, o->value, o->value_len, &m, &e), 0);
    assert_string_equal(((CcReviewItem *)(void *)m)->reason, reason);
}

/* delivering_reply - see delivering.h */
void delivering_reply(struct delivering *d, size_t i, const char *text)
{
    char hex[DIGEST_TEXT];

    assert_string_equal(output(d, i, TOPIC_PAYER_REPLIES)->key,
                        digest_hex(text, strlen(text), hex));
}

/* delivering_arrived - see delivering.h */
void delivering_arrived(struct delivering *d, const char *folder, int files)
{
    char path[300];
    struct buf b;

    buf_init(&b);
    snprintf(path, sizeof(path), "%s/%s", d->root, folder);
    assert_int_equal(folder_look(path, NULL, &b), files);
    if (files)
        assert_true(b.len == DELIVERING_BYTES && memcmp(b.data, d->bytes, b.len) == 0);
    buf_release(&b);
}
