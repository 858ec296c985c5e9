/* svc_sim_test.c - a stage in memory: effects, undo, ids, state as the handler sees it, timers */
#include "tests/support/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/base/str.h"
#include "common/svc/svc.h"

struct user {
    int committed, aborted, stopped, retries;
    char seen[256];
};

/* start - the user of all tests */
static int start(const struct conf *c, void **user, struct err *e)
{
    (void)c;
    (void)e;
    *user = calloc(1, sizeof(struct user));
    return 0;
}

/* stop - frees it */
static void stop(void *user)
{
    free(user);
}

/* committed - counts */
static void committed(void *user)
{
    ((struct user *)user)->committed++;
}

/* aborted - counts */
static void aborted(void *user)
{
    ((struct user *)user)->aborted++;
}

/* note - writes a key into the user's list */
static int note(void *arg, const char *key, const void *value, size_t n, struct err *e)
{
    char *seen = arg;
    size_t len = strlen(seen);

    (void)value;
    (void)n;
    (void)e;
    snprintf(seen + len, 256 - len, "%s ", key);
    return 0;
}

/* count - how often this claim was seen, kept in state: the record's paid_cents */
static int count(struct svc_ctx *x, const char *key, CcClaimStatus *s, struct err *e)
{
    ProtobufCMessage *old;
    int r = svc_get(x, key, &cc_claim_status__descriptor, &old, e);

    if (r < 0)
        return -1;
    s->paid_cents = r ? ((CcClaimStatus *)(void *)old)->paid_cents + 1 : 1;
    return svc_put(x, key, &s->base, e);
}

/* handle - does what the record's `reason` says */
static int handle(struct svc_ctx *x, const struct svc_message *m, struct err *e)
{
    struct user *u = svc_user(x);
    ProtobufCMessage *raw, *back;
    CcClaimStatus *s;

    if (svc_unpack(x, m, NULL, &raw, e) < 0)
        return -1;
    s = (CcClaimStatus *)(void *)raw;
    if (count(x, m->key, s, e) < 0 || svc_emit(x, TOPIC_CLAIMS_STATUS, m->key, raw, e) < 0)
        return -1;
    if (str_eq(s->reason, "reject"))
        return err_set(e, ERR_REJECT, "test", "asked to");
    if (str_eq(s->reason, "retry") && u->retries-- > 0)
        return err_set(e, ERR_RETRY, "test", "asked to");
    if (str_eq(s->reason, "again"))
        return svc_get(x, m->key, &cc_claim_status__descriptor, &back, e) == 1
                   ? count(x, m->key, s, e)
                   : err_set(e, ERR_FATAL, "test", "does not see its own change");
    if (str_eq(s->reason, "forget")) {
        if (svc_delete(x, m->key, e) < 0)
            return -1;
        return svc_get(x, m->key, &cc_claim_status__descriptor, &back, e) == 0 ? 0 : -1;
    }
    if (str_eq(s->reason, "hold"))
        return svc_timer_set(x, m->key, svc_now_ms(x) + 1000, e);
    if (str_eq(s->reason, "list")) {
        u->seen[0] = '\0';
        if (svc_put(x, "k0", raw, e) < 0 || svc_put(x, "k9", raw, e) < 0 ||
            svc_delete(x, "k2", e) < 0)
            return -1;
        return svc_each(x, "k", note, u->seen, e);
    }
    if (str_eq(s->reason, "elsewhere"))
        return svc_emit(x, TOPIC_ENCOUNTERS, m->key, raw, e);
    return 0;
}

/* timer - says that it fired, and rejects by its name */
static int timer(struct svc_ctx *x, const char *name, int64_t due_ms, struct err *e)
{
    CcClaimStatus *s = event_new(svc_arena(x), &cc_claim_status__descriptor);

    s->at_ms = due_ms;
    if (svc_emit(x, TOPIC_CLAIMS_STATUS, name, &s->base, e) < 0)
        return -1;
    return str_eq(name, "bad") ? err_set(e, ERR_REJECT, "timer", "asked to") : 0;
}

static const enum topic consume[] = {TOPIC_CLAIMS_STATUS, TOPIC_NONE};
static const enum topic produce[] = {TOPIC_CLAIMS_STATUS, TOPIC_NONE};
static const struct svc_spec spec = {
    .name = "teststage",
    .sentence = "for tests",
    .consume = consume,
    .produce = produce,
    .state = TOPIC_CLAIMS_FOLLOW,
    .start = start,
    .handle = handle,
    .timer = timer,
    .committed = committed,
    .aborted = aborted,
    .stop = stop,
};

/* feed - one record whose reason tells the handler what to do */
static int feed(struct svc_sim *sim, const char *key, const char *reason, const char *id,
                int64_t now, struct err *e)
{
    CcClaimStatus s;

    cc_claim_status__init(&s);
    s.reason = (char *)(uintptr_t)reason;
    return svc_sim_feed(sim, TOPIC_CLAIMS_STATUS, 2, key, id, &s.base, now, e);
}

/* open_sim - with the spec above */
static struct svc_sim *open_sim(void)
{
    struct err e = {0};
    struct svc_sim *s = svc_sim_new(&spec, NULL, NULL, &e);

    assert_non_null(s);
    return s;
}

/* paid - the counter in an output */
static int64_t paid(struct svc_sim *s, size_t i)
{
    const struct svc_sim_output *o = svc_sim_output(s, i);
    CcClaimStatus *m = cc_claim_status__unpack(NULL, o->value_len, o->value);
    int64_t v = m ? m->paid_cents : -1;

    if (m)
        cc_claim_status__free_unpacked(m, NULL);
    return v;
}

/* outputs_and_state - state is remembered between feeds, ids are derived and the same in a second
 * run */
static void outputs_and_state(void **arg)
{
    struct svc_sim *a = open_sim(), *b = open_sim();
    struct err e = {0};

    (void)arg;
    for (int i = 0; i < 3; i++) {
        char id[16];

        snprintf(id, sizeof(id), "id%d", i);
        assert_int_equal(feed(a, "k1", "", id, 10, &e), 0);
        assert_int_equal(feed(b, "k1", "", id, 99, &e), 0);
    }
    assert_int_equal(svc_sim_count(a), 3);
    assert_int_equal(paid(a, 2), 3);
    assert_int_equal(strlen(svc_sim_output(a, 0)->ce_id), 32);
    assert_string_not_equal(svc_sim_output(a, 0)->ce_id, svc_sim_output(a, 1)->ce_id);
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(svc_sim_output(a, i)->ce_id, svc_sim_output(b, i)->ce_id);
    svc_sim_clear(a);
    assert_int_equal(svc_sim_count(a), 0);
    assert_int_equal(feed(a, "k1", "again", "x", 10, &e), 0);
    assert_int_equal(feed(a, "k1", "", "y", 10, &e), 0);
    assert_int_equal(paid(a, 1), 6);
    assert_int_equal(((struct user *)svc_user(svc_sim_ctx(a)))->committed, 5);
    svc_sim_free(a);
    svc_sim_free(b);
}

/* rejected_leaves_nothing - no output but the dead letter with the very bytes, no state change */
static void rejected_leaves_nothing(void **arg)
{
    struct svc_sim *s = open_sim();
    struct err e = {0};
    const struct svc_sim_output *o;

    (void)arg;
    assert_int_equal(feed(s, "k1", "reject", "a", 10, &e), 0);
    assert_int_equal(
        svc_sim_feed_bytes(s, TOPIC_CLAIMS_STATUS, 2, "k1", "b", "\xff\xff", 2, 10, &e), 0);
    assert_int_equal(svc_sim_feed_bytes(s, TOPIC_CLAIMS_STATUS, 2, "k1", "c", NULL, 0, 10, &e), 0);
    assert_int_equal(feed(s, "k1", "", "d", 10, &e), 0);
    assert_int_equal(svc_sim_count(s), 4);
    o = svc_sim_output(s, 0);
    assert_true(o->dead);
    assert_string_equal(o->dead_reason, "test");
    assert_string_equal(o->key, "k1");
    o = svc_sim_output(s, 1);
    assert_true(o->dead && o->value_len == 2 && memcmp(o->value, "\xff\xff", 2) == 0);
    assert_string_equal(o->dead_reason, "protobuf");
    assert_true(svc_sim_output(s, 2)->dead);
    assert_null(svc_sim_output(s, 2)->value);
    assert_false(svc_sim_output(s, 3)->dead);
    assert_int_equal(paid(s, 3), 1);
    svc_sim_free(s);
}

/* retry_and_fatal - the batch is undone, the error reaches the caller, the same feed works later */
static void retry_and_fatal(void **arg)
{
    struct svc_sim *s = open_sim();
    struct user *u = svc_user(svc_sim_ctx(s));
    struct err e = {0};

    (void)arg;
    u->retries = 1;
    assert_int_equal(feed(s, "k1", "retry", "a", 10, &e), -1);
    assert_int_equal(e.class, ERR_RETRY);
    assert_int_equal(u->aborted, 1);
    assert_int_equal(svc_sim_count(s), 0);
    assert_int_equal(feed(s, "k1", "retry", "a", 10, &e), 0);
    assert_int_equal(paid(s, 0), 1);
    assert_int_equal(feed(s, "k1", "elsewhere", "b", 10, &e), -1);
    assert_int_equal(e.class, ERR_FATAL);
    assert_int_equal(feed(s, "k1", "", "c", 10, &e), 0);
    assert_int_equal(paid(s, 1), 2);
    svc_sim_free(s);
}

/* changes_are_seen - deleting and listing look at what the message has done so far */
static void changes_are_seen(void **arg)
{
    struct svc_sim *s = open_sim();
    struct user *u = svc_user(svc_sim_ctx(s));
    struct err e = {0};

    (void)arg;
    assert_int_equal(feed(s, "k1", "", "a", 10, &e), 0);
    assert_int_equal(feed(s, "k2", "", "b", 10, &e), 0);
    assert_int_equal(feed(s, "k3", "", "c", 10, &e), 0);
    assert_int_equal(feed(s, "k3", "forget", "d", 10, &e), 0);
    assert_int_equal(feed(s, "k4", "list", "e", 10, &e), 0);
    assert_string_equal(u->seen, "k0 k1 k4 k9 ");
    assert_int_equal(feed(s, "k3", "", "f", 10, &e), 0);
    assert_int_equal(paid(s, 5), 1);
    svc_sim_free(s);
}

/* timers_fire - at their time, once, in order; a rejected one leaves a dead letter */
static void timers_fire(void **arg)
{
    struct svc_sim *s = open_sim();
    struct err e = {0};

    (void)arg;
    assert_int_equal(feed(s, "t2", "hold", "a", 2000, &e), 0);
    assert_int_equal(feed(s, "t1", "hold", "b", 1000, &e), 0);
    assert_int_equal(feed(s, "bad", "hold", "c", 1500, &e), 0);
    svc_sim_clear(s);
    assert_int_equal(svc_sim_clock(s, 1999, &e), 0);
    assert_int_equal(svc_sim_count(s), 0);
    assert_int_equal(svc_sim_clock(s, 9000, &e), 0);
    assert_int_equal(svc_sim_count(s), 3);
    assert_string_equal(svc_sim_output(s, 0)->key, "t1");
    assert_string_equal(svc_sim_output(s, 1)->key, "bad");
    assert_true(svc_sim_output(s, 1)->dead);
    assert_null(svc_sim_output(s, 1)->value);
    assert_string_equal(svc_sim_output(s, 2)->key, "t2");
    assert_int_equal(svc_sim_clock(s, 9999, &e), 0);
    assert_int_equal(svc_sim_count(s), 3);
    svc_sim_free(s);
}

/* timers_of_partitions - of the same name and instant say different things: their ids differ */
static void timers_of_partitions(void **arg)
{
    struct svc_sim *s = open_sim();
    CcClaimStatus hold;
    struct err e = {0};

    (void)arg;
    cc_claim_status__init(&hold);
    hold.reason = (char *)(uintptr_t) "hold";
    for (int32_t partition = 0; partition < 2; partition++)
        assert_int_equal(
            svc_sim_feed(s, TOPIC_CLAIMS_STATUS, partition, "t", "a", &hold.base, 1000, &e), 0);
    svc_sim_clear(s);
    assert_int_equal(svc_sim_clock(s, 2000, &e), 0);
    assert_int_equal(svc_sim_count(s), 2);
    assert_string_equal(svc_sim_output(s, 0)->key, svc_sim_output(s, 1)->key);
    assert_string_not_equal(svc_sim_output(s, 0)->ce_id, svc_sim_output(s, 1)->ce_id);
    svc_sim_free(s);
}

/* source_publishes - a source's events are outputs at once */
static void source_publishes(void **arg)
{
    struct svc_sim *s = open_sim();
    struct arena *a = arena_new(1 << 20);
    CcClaimStatus m;
    struct svc_event event = {TOPIC_CLAIMS_STATUS, "k", "my-id", &m.base, NULL};
    struct err e = {0};

    (void)arg;
    cc_claim_status__init(&m);
    assert_int_equal(svc_publish(svc_sim_ctx(s), a, &event, 1, &e), 0);
    assert_int_equal(svc_sim_count(s), 1);
    assert_string_equal(svc_sim_output(s, 0)->ce_id, "my-id");
    event.key = "";
    assert_int_equal(svc_publish(svc_sim_ctx(s), a, &event, 1, &e), -1);
    assert_int_equal(e.class, ERR_REJECT);
    arena_free(a);
    svc_sim_free(s);
}

/* source_refuses - the bytes as they came, under the message's id */
static void source_refuses(void **arg)
{
    struct svc_sim *s = open_sim();
    const struct svc_refused m = {.topic = TOPIC_CLAIMS_STATUS,
                                  .id = "my-id",
                                  .format = "hl7",
                                  .content_type = "x-application/hl7-v2+er7",
                                  .reason = "no-patient",
                                  .text = "no patient id",
                                  .bytes = "MSH|",
                                  .n = 4};
    const struct svc_sim_output *o;
    struct err e = {0};

    (void)arg;
    assert_int_equal(svc_refuse(svc_sim_ctx(s), &m, &e), 0);
    assert_int_equal(svc_sim_count(s), 1);
    o = svc_sim_output(s, 0);
    assert_true(o->dead);
    assert_string_equal(o->key, "my-id");
    assert_string_equal(o->dead_reason, "no-patient");
    assert_memory_equal(o->value, "MSH|", 4);
    svc_sim_free(s);
}

/* main - all of them */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outputs_and_state), cmocka_unit_test(rejected_leaves_nothing),
        cmocka_unit_test(retry_and_fatal),   cmocka_unit_test(changes_are_seen),
        cmocka_unit_test(timers_fire),       cmocka_unit_test(source_publishes),
        cmocka_unit_test(source_refuses),    cmocka_unit_test(timers_of_partitions),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
