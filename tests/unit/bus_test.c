/* bus_test.c - the bus on the embedded broker: headers, batches, faults of every class, settings
 *
 * The mock cannot prove exactly-once (it throws transactional offsets away); it can fail any
 * request on command. */
#include "tests/support/test.h"

#include <stdio.h>
#include <unistd.h>

#include "common/base/str.h"
#include "common/bus/bus.h"
#include "common/bus/mock.h"
#include "common/sys/clock.h"
#include "common/sys/metric.h"

enum {
    PARTITIONS = 4,
    TIMED_OUT = 7,
    NOT_COORDINATOR = 16,
    ILLEGAL_GENERATION = 22,
    FENCED = 47,
    INVALID_TXN_STATE = 48,
    FENCED_INSTANCE = 82
};

static const enum topic consume[] = {TOPIC_CLAIMS_CODED, TOPIC_NONE};
static const enum topic produce[] = {TOPIC_CLAIMS_CLEAN, TOPIC_NONE};

struct fixture {
    struct mock *mock;
    struct conf *conf;
    struct bus *bus;
    int assigned, revoked, ended, delivered, refused;
    bool refuses; /* state cannot be read */
    struct err end_error;
};

/* on_assigned - counts */
static int on_assigned(void *arg, const int32_t *partitions, size_t n, struct err *e)
{
    struct fixture *f = arg;

    (void)partitions;
    if (f->refuses) {
        f->refused++;
        return err_set(e, ERR_RETRY, "replay", "not now");
    }
    f->assigned += (int)n;
    return 0;
}

/* on_revoked - counts */
static void on_revoked(void *arg, const int32_t *partitions, size_t n)
{
    (void)partitions;
    ((struct fixture *)arg)->revoked += (int)n;
}

/* on_end - the batch is committed or aborted as a worker would */
static int on_end(void *arg, bool lost, struct err *e)
{
    struct fixture *f = arg;

    f->ended++;
    return lost ? bus_abort(f->bus, e) : bus_commit(f->bus, e);
}

/* on_delivered - state records only */
static void on_delivered(void *arg, enum topic t, int32_t partition, int64_t offset)
{
    (void)partition;
    (void)offset;
    if (t == TOPIC_CLAIMS_HISTORY)
        ((struct fixture *)arg)->delivered++;
}

/* setup_of - so many brokers with all topics */
static int setup_of(void **arg, int brokers)
{
    static const struct conf_row *const tables[] = {bus_settings, NULL};
    struct fixture *f = calloc(1, sizeof(*f));
    struct err e = {0};

    f->mock = mock_open(brokers, PARTITIONS, "", &e);
    if (!f->mock)
        return -1;
    setenv("KAFKA_BOOTSTRAP_SERVERS", mock_bootstrap(f->mock), 1);
    setenv("KAFKA_SESSION_TIMEOUT_MS", "6000", 1);
    setenv("KAFKA_HEARTBEAT_INTERVAL_MS", "500", 1);
    setenv("KAFKA_FETCH_WAIT_MAX_MS", "10", 1);
    f->conf = conf_load(tables, &e);
    *arg = f;
    return f->conf ? 0 : -1;
}

/* setup - one */
static int setup(void **arg)
{
    return setup_of(arg, 1);
}

/* setup_two - two */
static int setup_two(void **arg)
{
    return setup_of(arg, 2);
}

/* teardown - bus before broker */
static int teardown(void **arg)
{
    struct fixture *f = *arg;

    bus_close(f->bus);
    mock_close(f->mock);
    conf_free(f->conf);
    free(f);
    return 0;
}

/* open_bus - with state, or at least once */
static void open_bus(struct fixture *f, bool at_least_once)
{
    struct err e = {0};
    struct bus_options o = {.stage = "test",
                            .consume = consume,
                            .produce = produce,
                            .state = TOPIC_CLAIMS_HISTORY,
                            .at_least_once = at_least_once,
                            .events = {on_assigned, on_revoked, on_end, on_delivered, f}};

    f->bus = bus_open(&o, f->conf, &e);
    if (!f->bus)
        fail_msg("%s", e.text);
}

/* publish - n records to the input, keys k0 … */
static void publish(struct fixture *f, int n)
{
    struct err e = {0};
    struct bus_publisher *p = bus_publisher_open("test", f->conf, &e);
    struct bus_record r[32];
    char keys[32][16];

    assert_non_null(p);
    assert_true(n <= 32);
    memset(r, 0, sizeof(r));
    for (int i = 0; i < n; i++) {
        snprintf(keys[i], sizeof(keys[i]), "k%d", i);
        r[i] = (struct bus_record){
            .topic = TOPIC_CLAIMS_CODED,
            .partition = -1,
            .key = keys[i],
            .key_len = strlen(keys[i]),
            .value = "value",
            .value_len = 5,
            .headers = {"id-1", "cleanclaim.v1.Claim", "test", 1772352000123, "00-ab-cd-01"}};
    }
    assert_int_equal(bus_publish(p, r, (size_t)n, 10000, &e), 0);
    bus_publisher_close(p);
}

/* next - polls until a message or an error comes; 1 or -1, 0 after seconds of nothing */
static int next(struct fixture *f, struct bus_message *m, struct err *e, int seconds)
{
    int64_t until = clock_mono_us() + (int64_t)seconds * 1000000;
    int r = 0;

    while (r == 0 && clock_mono_us() < until)
        r = bus_poll(f->bus, 50, m, e);
    return r;
}

/* copy - a message in hand as an output, and one record of state */
static int copy(struct fixture *f, const struct bus_message *m, struct err *e)
{
    struct bus_record out = {.topic = TOPIC_CLAIMS_CLEAN,
                             .partition = -1,
                             .key = m->key,
                             .key_len = m->key_len,
                             .value = m->value,
                             .value_len = m->value_len,
                             .headers = m->headers};
    struct bus_record state = out;

    state.topic = TOPIC_CLAIMS_HISTORY;
    state.partition = m->partition;
    memset(&state.headers, 0, sizeof(state.headers));
    return bus_produce(f->bus, &out, e) < 0 ? -1 : bus_produce(f->bus, &state, e);
}

/* copy_all - one batch of everything that is there: 0, or bus_commit's answer */
static int copy_all(struct fixture *f, int n, struct err *e)
{
    struct bus_message m;

    for (int i = 0; i < n; i++) {
        assert_int_equal(next(f, &m, e, 15), 1);
        if (i == 0)
            assert_int_equal(bus_begin(f->bus, e), 0);
        assert_int_equal(copy(f, &m, e), 0);
    }
    return bus_commit(f->bus, e);
}

/* count - records of a scan, and the last one's headers */
static int count(void *arg, const struct bus_message *m)
{
    (void)m;
    (*(int *)arg)++;
    return 0;
}

/* outputs - how many records the output topic has */
static int outputs(struct fixture *f)
{
    struct err e = {0};
    int n = 0;

    if (bus_scan(f->conf, TOPIC_CLAIMS_CLEAN, false, 0, false, count, &n, &e) < 0)
        fail_msg("%s", e.text);
    return n;
}

/* headers_travel - CloudEvents and trace context, out and in */
static void headers_travel(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    struct bus_message m;

    publish(f, 1);
    open_bus(f, false);
    assert_int_equal(next(f, &m, &e, 15), 1);
    assert_int_equal(m.topic, TOPIC_CLAIMS_CODED);
    assert_string_equal(m.headers.ce_id, "id-1");
    assert_string_equal(m.headers.ce_type, "cleanclaim.v1.Claim");
    assert_string_equal(m.headers.ce_source, "test");
    assert_int_equal(m.headers.ce_time_ms, 1772352000123);
    assert_string_equal(m.headers.traceparent, "00-ab-cd-01");
    assert_int_equal(f->assigned, PARTITIONS);
    assert_true(bus_assigned(f->bus));
    assert_int_equal(bus_partitions(f->bus, TOPIC_CLAIMS_CLEAN, &e), PARTITIONS);
    assert_int_equal(bus_begin(f->bus, &e), 0);
    assert_int_equal(bus_begin(f->bus, &e), -1);
    assert_int_equal(e.class, ERR_FATAL);
    assert_int_equal(bus_abort(f->bus, &e), 0);
    assert_int_equal(bus_abort(f->bus, &e), 0);
    assert_int_equal(bus_commit(f->bus, &e), -1);
}

/* batches_commit - both producers in turn, state offsets are told; nothing more to commit when idle
 */
static void batches_commit(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};

    open_bus(f, false);
    for (int i = 0; i < 3; i++) {
        publish(f, 4);
        assert_int_equal(copy_all(f, 4, &e), 0);
    }
    assert_int_equal(f->delivered, 12);
    assert_int_equal(outputs(f), 12);
    usleep(1100000);
    assert_int_equal(bus_idle(f->bus, &e), 0);
    assert_true(bus_settled(f->bus));
    bus_report_lag(f->bus);
}

/* aborted_comes_again - what was polled is polled again */
static void aborted_comes_again(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    struct bus_message m;

    publish(f, 3);
    open_bus(f, false);
    assert_int_equal(next(f, &m, &e, 15), 1);
    assert_int_equal(bus_begin(f->bus, &e), 0);
    assert_int_equal(copy(f, &m, &e), 0);
    assert_int_equal(bus_abort(f->bus, &e), 0);
    assert_false(bus_settled(f->bus));
    assert_int_equal(copy_all(f, 3, &e), 0);
    assert_true(bus_settled(f->bus));
}

/* faults_are_mended - a commit fails as told, the same records go through in the next batch; unless
 * librdkafka asked again by itself */
static void faults_are_mended(void **arg)
{
    static const struct {
        int api, code, times;
        bool fails;
    } faults[] = {
        {MOCK_COMMIT_OFFSETS, ILLEGAL_GENERATION, 1,
         true},                                 /* abortable: a rebalance took the generation */
        {MOCK_END, FENCED, 1, true},            /* fatal: another owner of the id */
        {MOCK_END, INVALID_TXN_STATE, 1, true}, /* fatal: the coordinator forgot the transaction */
        {MOCK_END, NOT_COORDINATOR, 2, false},  /* retried inside */
    };
    struct fixture *f = *arg;
    struct err e = {0};
    int sent = 0, assigned;

    open_bus(f, false);
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        publish(f, 2);
        sent += 2;
        mock_fail(f->mock, faults[i].api, faults[i].times, faults[i].code);
        /* the mock keeps no transactional offsets: everything since the beginning comes again */
        assert_int_equal(copy_all(f, faults[i].fails ? sent : 2, &e), faults[i].fails ? -1 : 0);
        if (!faults[i].fails)
            continue;
        assert_int_equal(e.class, ERR_RETRY);
        assert_false(bus_settled(f->bus));
        assigned = f->assigned;
        assert_int_equal(copy_all(f, sent, &e), 0);
        assert_int_equal(f->assigned, assigned + PARTITIONS);
        assert_int_equal(bus_begin(f->bus, &e), 0);
        assert_int_equal(bus_abort(f->bus, &e), 0);
    }
}

/* commit_alone - a batch of one record that comes from no message, as of a timer */
static int commit_alone(struct fixture *f, struct err *e)
{
    const struct bus_record r = {.topic = TOPIC_CLAIMS_CLEAN,
                                 .partition = 0,
                                 .key = "t",
                                 .key_len = 1,
                                 .value = "v",
                                 .value_len = 1};

    return bus_begin(f->bus, e) < 0 || bus_produce(f->bus, &r, e) < 0 ? -2 : bus_commit(f->bus, e);
}

/* timers_alone - a batch without a message names offsets, too: without them a member that is out of
 * the group would not be refused */
static void timers_alone(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    struct bus_message m;

    open_bus(f, false);
    for (int i = 0; i < 300 && !(bus_assigned(f->bus) && bus_settled(f->bus)); i++)
        assert_int_equal(bus_poll(f->bus, 50, &m, &e), 0);
    mock_fail(f->mock, MOCK_COMMIT_OFFSETS, 1, ILLEGAL_GENERATION);
    assert_int_equal(commit_alone(f, &e), -1);
    assert_int_equal(e.class, ERR_RETRY);
    while (!bus_settled(f->bus))
        assert_int_equal(bus_poll(f->bus, 50, &m, &e), 0);
    assert_int_equal(commit_alone(f, &e), 0);
}

/* fenced_member - whose name in the group another process has taken is done, whoever
 * polls, and mends nothing any more */
static void fenced_member(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    struct bus_message m;
    int64_t until;

    open_bus(f, false);
    publish(f, 1);
    assert_int_equal(next(f, &m, &e, 15), 1);
    mock_fail(f->mock, MOCK_HEARTBEAT, 1, FENCED_INSTANCE);
    until = clock_mono_us() + 15 * 1000000;
    while (bus_poll(f->bus, 50, &m, &e) >= 0)
        assert_true(clock_mono_us() < until);
    assert_int_equal(e.class, ERR_FATAL);
    assert_string_equal(e.code, "broker");
    assert_non_null(strstr(e.text, "fenced"));
    bus_restore(f->bus);
    assert_int_equal(bus_poll(f->bus, 50, &m, &e), -1);
    assert_int_equal(e.class, ERR_FATAL);
}

/* slow_commit - a commit over two seconds is good, its producer is not used again */
static void slow_commit(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    struct bus_message m;

    open_bus(f, false);
    publish(f, 1);
    assert_int_equal(next(f, &m, &e, 15), 1);
    assert_int_equal(bus_begin(f->bus, &e), 0);
    assert_int_equal(copy(f, &m, &e), 0);
    mock_delay(f->mock, 1, 1200);
    assert_int_equal(bus_commit(f->bus, &e), 0);
    mock_delay(f->mock, 1, 0);
    assert_false(bus_settled(f->bus));
    publish(f, 1);
    assert_int_equal(copy_all(f, 1, &e), 0);
    assert_true(bus_settled(f->bus));
}

/* lost_connection - a transaction in which a connection ended is good, but what was sent on it may
 * come late and end the next one: its producer is not used again, whether committed or aborted */
static void lost_connection(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    struct bus_message m;
    int64_t until;

    open_bus(f, false);
    for (int commits = 1; commits >= 0; commits--) {
        publish(f, 1);
        assert_int_equal(next(f, &m, &e, 15), 1);
        assert_int_equal(bus_begin(f->bus, &e), 0);
        assert_int_equal(copy(f, &m, &e), 0);
        mock_down(f->mock, 1, true);
        mock_down(f->mock, 1, false);
        assert_int_equal(commits ? bus_commit(f->bus, &e) : bus_abort(f->bus, &e), 0);
        assert_false(bus_settled(f->bus));
        until = clock_mono_us() + 15 * 1000000;
        while (!bus_settled(f->bus)) {
            bus_poll(f->bus, 50, &m, &e);
            assert_true(clock_mono_us() < until);
        }
    }
}

/* at_least_once - records first, then offsets; the next member goes on from there; lag is what is
 * left */
static void at_least_once(void **arg)
{
    struct fixture *f = *arg;
    struct bus_lag lag;
    struct err e = {0};
    struct bus_message m;

    publish(f, 3);
    open_bus(f, true);
    assert_int_equal(copy_all(f, 3, &e), 0);
    assert_int_equal(outputs(f), 3);
    publish(f, 2);
    assert_int_equal(bus_group_lag(f->conf, "test", consume, &lag, 1, &e), 0);
    assert_int_equal(lag.end, 5);
    assert_int_equal(lag.committed, 3);
    bus_close(f->bus);
    f->bus = NULL;
    open_bus(f, true);
    assert_int_equal(copy_all(f, 2, &e), 0);
    assert_int_equal(bus_poll(f->bus, 300, &m, &e), 0);
    assert_int_equal(outputs(f), 5);
    assert_int_equal(f->delivered, 5);
}

/* one_replay - counts the records of one partition */
static int one_replay(void *arg, const struct bus_message *m, struct err *e)
{
    (void)e;
    (*(int64_t *)arg)++;
    assert_int_equal(m->topic, TOPIC_CLAIMS_CODED);
    return 0;
}

/* replay_reads_on - from the start, from an offset, from the end, from beyond it */
static void replay_reads_on(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    int64_t n = 0, end, again;

    publish(f, 32);
    open_bus(f, false);
    assert_int_equal(bus_replay(f->bus, TOPIC_CLAIMS_CODED, 0, 0, one_replay, &n, &end, &e), 0);
    assert_int_equal(n, end);
    assert_true(n > 0);
    n = 0;
    assert_int_equal(bus_replay(f->bus, TOPIC_CLAIMS_CODED, 0, 1, one_replay, &n, &again, &e), 0);
    assert_int_equal(again, end);
    assert_int_equal(n, end - 1);
    assert_int_equal(bus_replay(f->bus, TOPIC_CLAIMS_CODED, 0, end, one_replay, &n, &again, &e), 0);
    assert_int_equal(n, end - 1);
    assert_int_equal(bus_replay(f->bus, TOPIC_CLAIMS_CODED, 0, end + 1, one_replay, &n, &again, &e),
                     -1);
    assert_int_equal(e.class, ERR_REJECT);
    assert_string_equal(e.code, "offset");
}

/* dead_one - what a dead letter says of itself */
static int dead_one(void *arg, const struct bus_message *m)
{
    assert_true(bus_dead_headers(m, arg));
    assert_string_equal(m->headers.ce_id, "id-1");
    assert_int_equal(m->value_len, 5);
    return 0;
}

/* dead_letters - the original's bytes and headers, and why */
static void dead_letters(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    struct bus_message m;
    struct bus_dead d = {0};
    struct bus_record r = {.topic = TOPIC_CLAIMS_CODED,
                           .dead = true,
                           .partition = -1,
                           .keep_headers = true,
                           .dead_reason = "protobuf",
                           .dead_text = "not a Claim",
                           .dead_stage = "test"};

    publish(f, 1);
    open_bus(f, false);
    assert_int_equal(next(f, &m, &e, 15), 1);
    r.key = m.key;
    r.key_len = m.key_len;
    r.value = m.value;
    r.value_len = m.value_len;
    r.dead_partition = m.partition;
    r.dead_offset = m.offset;
    assert_int_equal(bus_begin(f->bus, &e), 0);
    assert_int_equal(bus_produce(f->bus, &r, &e), 0);
    assert_int_equal(bus_commit(f->bus, &e), 0);
    assert_int_equal(bus_scan(f->conf, TOPIC_CLAIMS_CODED, true, 0, false, dead_one, &d, &e), 0);
    assert_string_equal(d.reason, "protobuf");
    assert_string_equal(d.text, "not a Claim");
    assert_string_equal(d.stage, "test");
    assert_string_equal(d.topic, "claims.coded");
    assert_int_equal(d.partition, m.partition);
    assert_int_equal(d.offset, 0);
}

/* stop_at - follows until it has seen enough or nothing comes */
static int stop_at(void *arg, const struct bus_message *m)
{
    int *n = arg;

    if (m)
        (*n)++;
    return !m || *n == 3;
}

/* scan_follows - and calls with NULL while nothing comes */
static void scan_follows(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    int n = 0;

    publish(f, 3);
    assert_int_equal(bus_scan(f->conf, TOPIC_CLAIMS_CODED, false, 0, true, stop_at, &n, &e), 0);
    assert_true(n <= 3);
    n = 0;
    assert_int_equal(
        bus_scan(f->conf, TOPIC_CLAIMS_CODED, false, clock_ms() + 100000, false, count, &n, &e), 0);
    assert_int_equal(n, 0);
    assert_int_equal(bus_scan(f->conf, TOPIC_CLAIMS_CODED, false, 1, false, count, &n, &e), 0);
    assert_int_equal(n, 3);
}

/* keep_offset - of the record that was read */
static int keep_offset(void *arg, const struct bus_message *m)
{
    *(int64_t *)arg = m->offset;
    return 0;
}

/* look_reads_one - the record of a place and no other; what is not there is an answer */
static void look_reads_one(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    int64_t at = -1;
    int found = 0;

    publish(f, 32);
    for (int32_t p = 0; p < PARTITIONS; p++) {
        int r = bus_look(f->conf, TOPIC_CLAIMS_CODED, p, 1, keep_offset, &at, &e);

        assert_in_range(r, 0, 1);
        found += r;
    }
    assert_true(found > 0);
    assert_int_equal(at, 1);
    assert_int_equal(bus_look(f->conf, TOPIC_CLAIMS_CODED, 0, 500, keep_offset, &at, &e), 0);
    assert_int_equal(at, 1);
    mock_down(f->mock, 1, true);
    assert_int_equal(conf_set(f->conf, "BROKER_TIMEOUT_MS", "500", &e), 0);
    assert_int_equal(bus_look(f->conf, TOPIC_CLAIMS_CODED, 0, 0, keep_offset, &at, &e), -1);
    assert_int_equal(e.class, ERR_RETRY);
}

/* broker_away - publishing fails in time and says so; opening fails and can be tried again */
static void broker_away(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    struct bus_publisher *p = bus_publisher_open("test", f->conf, &e);
    struct bus_record r = {.topic = TOPIC_CLAIMS_CODED,
                           .partition = -1,
                           .key = "k",
                           .key_len = 1,
                           .value = "v",
                           .value_len = 1};
    struct bus_options o = {.stage = "test", .consume = consume, .produce = produce};
    int64_t from = clock_mono_us();

    mock_down(f->mock, 1, true);
    assert_int_equal(bus_publish(p, &r, 1, 500, &e), -1);
    assert_int_equal(e.class, ERR_RETRY);
    assert_true(clock_mono_us() - from < 3 * 1000000);
    bus_publisher_close(p);
    assert_int_equal(conf_set(f->conf, "BROKER_TIMEOUT_MS", "500", &e), 0);
    assert_null(bus_open(&o, f->conf, &e));
    assert_int_equal(e.class, ERR_RETRY);
    mock_down(f->mock, 1, false);
    assert_int_equal(conf_set(f->conf, "BROKER_TIMEOUT_MS", "10000", &e), 0);
    f->bus = bus_open(&o, f->conf, &e);
    assert_non_null(f->bus);
}

/* polled_until - *what comes to be so while the bus is polled, within half a minute; the records
 * that came meanwhile */
static int polled_until(struct fixture *f, const int *refused, int64_t up)
{
    const struct metric *m = metric_get(METRIC_BROKER_UP, "");
    int64_t end = clock_mono_us() + (int64_t)30 * 1000000;
    struct bus_message out;
    struct err e = {0};
    int n = 0;

    while (refused ? *refused == 0 : metric_value(m) != up) {
        n += bus_poll(f->bus, 100, &out, &e) == 1;
        bus_report_lag(f->bus);
        assert_true(clock_mono_us() < end);
    }
    return n;
}

/* away_while_restoring - a broker that goes while state is still read is told as one that goes
 * later; when it is back the state is read on */
static void away_while_restoring(void **arg)
{
    struct fixture *f = *arg;
    int64_t end = clock_mono_us() + (int64_t)90 * 1000000;
    struct err e = {0};
    struct bus_message m;

    assert_int_equal(conf_set(f->conf, "BROKER_TIMEOUT_MS", "1000", &e), 0);
    publish(f, 3);
    f->refuses = true;
    open_bus(f, false);
    polled_until(f, &f->refused, 0);
    mock_down(f->mock, 1, true);
    polled_until(f, NULL, 0);
    mock_down(f->mock, 1, false);
    f->refuses = false;
    for (int n = polled_until(f, NULL, 1); n < 3; n += next(f, &m, &e, 30) == 1)
        assert_true(clock_mono_us() < end);
    assert_true(f->assigned >= PARTITIONS);
}

/* replay_ends - a broker that goes before a partition's end is asked for is not waited for longer
 * than BROKER_TIMEOUT_MS says */
static void replay_ends(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    int64_t n = 0, end, from;

    assert_int_equal(conf_set(f->conf, "BROKER_TIMEOUT_MS", "1000", &e), 0);
    publish(f, 3);
    open_bus(f, false);
    assert_int_equal(bus_replay(f->bus, TOPIC_CLAIMS_CODED, 0, 0, one_replay, &n, &end, &e), 0);
    mock_down(f->mock, 1, true);
    from = clock_mono_us();
    assert_int_equal(bus_replay(f->bus, TOPIC_CLAIMS_CODED, 0, 0, one_replay, &n, &end, &e), -1);
    assert_int_equal(e.class, ERR_RETRY);
    assert_true(clock_mono_us() - from < 5 * 1000000);
}

/* replay_finds_leader - of a partition that has moved since it was asked last */
static void replay_finds_leader(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    int64_t n = 0, end = -1;

    mock_lead(f->mock, "claims.coded", 0, 1);
    publish(f, 3);
    open_bus(f, false);
    assert_int_equal(bus_replay(f->bus, TOPIC_CLAIMS_CODED, 0, 0, one_replay, &n, &end, &e), 0);
    mock_lead(f->mock, "claims.coded", 0, 2);
    if (bus_replay(f->bus, TOPIC_CLAIMS_CODED, 0, end, one_replay, &n, &end, &e) != 0)
        fail_msg("%s", e.text);
}

/* bad_setting - opens with one variable set and says which one is wrong */
static void bad_setting(struct fixture *f, const char *name, const char *value)
{
    struct err e = {0};

    setenv(name, value, 1);
    assert_null(bus_publisher_open("test", f->conf, &e));
    unsetenv(name);
    assert_int_equal(e.class, ERR_FATAL);
    assert_string_equal(e.code, "setting");
    assert_non_null(strstr(e.text, name));
}

/* settings_are_checked - unknown, bad, kept, from a file; what Kubernetes sets is none of ours */
static void settings_are_checked(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    struct bus_publisher *p;

    bad_setting(f, "KAFKA_NO_SUCH_THING", "1");
    bad_setting(f, "KAFKA_LINGER_MS", "often");
    bad_setting(f, "KAFKA_ENABLE_AUTO_COMMIT", "true");
    bad_setting(f, "KAFKA_ISOLATION_LEVEL", "read_uncommitted");
    bad_setting(f, "KAFKA_ENABLE_AUTO_COMMIT_FILE", "/proc/sys/kernel/ostype");
    bad_setting(f, "KAFKA_SASL_PASSWORD_FILE", "/no/such/file");
    bad_setting(f, "KAFKA_SASL_PASSWORD", "opensesame");
    bad_setting(f, "KAFKA_SSL_KEY_PASSWORD", "opensesame");
    setenv("KAFKA_PORT", "tcp://10.0.0.1:9092", 1);
    setenv("KAFKA_SERVICE_HOST", "10.0.0.1", 1);
    setenv("KAFKA_CLIENT_RACK_FILE", "/proc/sys/kernel/ostype", 1);
    p = bus_publisher_open("test", f->conf, &e);
    unsetenv("KAFKA_PORT");
    unsetenv("KAFKA_SERVICE_HOST");
    unsetenv("KAFKA_CLIENT_RACK_FILE");
    assert_non_null(p);
    bus_publisher_close(p);
    assert_int_equal(conf_set(f->conf, "TOPIC_PREFIX", "a b", &e), 0);
    assert_null(bus_publisher_open("test", f->conf, &e));
    assert_non_null(strstr(e.text, "TOPIC_PREFIX"));
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* main - each with a broker of its own */
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(headers_travel),
        T(batches_commit),
        T(aborted_comes_again),
        T(faults_are_mended),
        T(fenced_member),
        T(lost_connection),
        T(slow_commit),
        T(at_least_once),
        T(replay_reads_on),
        T(dead_letters),
        T(scan_follows),
        T(look_reads_one),
        T(broker_away),
        T(settings_are_checked),
        T(timers_alone),
        T(away_while_restoring),
        T(replay_ends),
        cmocka_unit_test_setup_teardown(replay_finds_leader, setup_two, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
