/* producer.c - the two transactional producers in turn, or the one idempotent producer
 *
 * Why two: after a commit the broker still writes markers and answers CONCURRENT_TRANSACTIONS to
 * the next; the other producer's are written by then. Why never a producer again after an uncertain
 * commit: a delayed EndTxn could end its next transaction (KAFKA-17754); a new epoch under the same
 * id makes the delayed one void, and init_transactions says how the old one ended. */
#include <stdlib.h>
#include <string.h>

#include "common/bus/core.h"
#include "common/sys/clock.h"
#include "common/sys/log.h"
#include "common/sys/metric.h"

enum { SLOW_US = 2000000, SLOW_FACTOR = 10, RETRY_PAUSE_US = 100000 };

/* metric - of transactions, by result */
static void count_transaction(const char *result)
{
    char labels[64];

    snprintf(labels, sizeof(labels), "result=\"%s\"", result);
    metric_add(metric_get(METRIC_COUNTER, "cleanclaim_txn_total", labels, "Transactions ended"), 1);
}

/* count_renewal - of producers, by reason */
static void count_renewal(const char *reason)
{
    char labels[64];

    snprintf(labels, sizeof(labels), "reason=\"%s\"", reason);
    metric_add(
        metric_get(METRIC_COUNTER, "cleanclaim_txn_reinit_total", labels, "Producers made anew"),
        1);
    log_event(LOG_WARN, "producer_renewed", log_s("reason", reason));
}

/* delivered - a delivery report */
static void delivered(rd_kafka_t *rk, const rd_kafka_message_t *m, void *opaque)
{
    struct bus_producer *p = opaque;
    enum topic t = (enum topic)(uintptr_t)m->_private;

    (void)rk;
    if (m->err) {
        p->bus->failed_deliveries++;
        return;
    }
    if (p->bus->o.events.delivered && m->offset >= 0)
        p->bus->o.events.delivered(p->bus->o.events.arg, t, m->partition, m->offset);
}

/* producer_drop - destroys without waiting; the id stays */
void producer_drop(struct bus_producer *p)
{
    for (int t = 0; t < TOPIC_MAX; t++)
        for (int dead = 0; dead < 2; dead++) {
            if (p->topics[t][dead])
                rd_kafka_topic_destroy(p->topics[t][dead]);
            p->topics[t][dead] = NULL;
        }
    if (p->rk) {
        rd_kafka_purge(p->rk, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
        rd_kafka_destroy(p->rk);
    }
    p->rk = NULL;
    p->ready = p->renew = p->open = false;
    p->aborts = 0;
}

/* make - the handle */
static int make(struct bus *b, struct bus_producer *p, struct err *e)
{
    enum bus_kind kind = b->o.at_least_once ? BUS_PRODUCER : BUS_TRANSACTOR;
    rd_kafka_conf_t *k = bus_conf(kind, b->conf, b->o.stage, p->id, e);

    if (!k)
        return -1;
    rd_kafka_conf_set_opaque(k, p);
    rd_kafka_conf_set_dr_msg_cb(k, delivered);
    p->bus = b;
    p->rk = bus_handle(kind, k, e);
    return p->rk ? 0 : -1;
}

/* warm - asks for a topic once, so that the first record need not (0.8 s with librdkafka 2.0.2) */
static int warm(struct bus *b, struct bus_producer *p, enum topic t, int dead, struct err *e)
{
    if (p->topics[t][dead])
        return 0;
    if (bus_count_partitions(p->rk, b->names[t][dead], b->timeout_ms, e) < 0)
        return -1;
    p->topics[t][dead] = rd_kafka_topic_new(p->rk, b->names[t][dead], NULL);
    return p->topics[t][dead] ? 0 : bus_error(rd_kafka_last_error(), b->names[t][dead], e);
}

/* warm_all - outputs, and the dead letters of inputs */
static int warm_all(struct bus *b, struct bus_producer *p, struct err *e)
{
    int r = 0;

    for (const enum topic *t = b->o.produce; r == 0 && t && *t != TOPIC_NONE; t++)
        r = warm(b, p, *t, 0, e);
    if (r == 0 && b->o.state != TOPIC_NONE)
        r = warm(b, p, b->o.state, 0, e);
    for (const enum topic *t = b->o.consume; r == 0 && t && *t != TOPIC_NONE; t++)
        if (topic_row(*t)->dead)
            r = warm(b, p, *t, 1, e);
    return r;
}

/* init - fences whoever used the id before and settles its transaction */
static int init(struct bus *b, struct bus_producer *p, struct err *e)
{
    rd_kafka_error_t *error = rd_kafka_init_transactions(p->rk, (int)b->timeout_ms);
    rd_kafka_resp_err_t code = rd_kafka_error_code(error);
    bool fatal = error && rd_kafka_error_is_fatal(error);

    if (!error)
        return 0;
    rd_kafka_error_destroy(error);
    if (fatal)
        producer_drop(p);
    return bus_error(code, "init_transactions", e);
}

/* producer_ready - whatever of making, warming and init is still to do */
int producer_ready(struct bus *b, struct bus_producer *p, struct err *e)
{
    if (p->renew)
        producer_drop(p);
    if (p->ready)
        return 0;
    if (!p->rk && make(b, p, e) < 0)
        return -1;
    if (warm_all(b, p, e) < 0 || (!b->o.at_least_once && init(b, p, e) < 0))
        return -1;
    p->ready = true;
    return 0;
}

/* producers_settled - is none to be made anew? */
bool producers_settled(const struct bus *b)
{
    for (int i = 0; i < b->n_producers; i++)
        if (!b->producers[i].ready || b->producers[i].renew)
            return false;
    return true;
}

/* producer_begin - local, no question to the broker */
int producer_begin(struct bus *b, struct err *e)
{
    struct bus_producer *p = &b->producers[b->turn];
    rd_kafka_error_t *error;

    b->failed_deliveries = 0;
    if (producer_ready(b, p, e) < 0)
        return -1;
    if (b->o.at_least_once)
        return 0;
    error = rd_kafka_begin_transaction(p->rk);
    if (!error) {
        p->open = true;
        return 0;
    }
    err_set(e, ERR_RETRY, "transaction", "begin: %s", rd_kafka_error_string(error));
    rd_kafka_error_destroy(error);
    p->renew = true;
    count_renewal("begin");
    return -1;
}

/* producer_send - copies */
int producer_send(struct bus *b, const struct bus_record *r, struct err *e)
{
    struct bus_producer *p = &b->producers[b->turn];
    rd_kafka_topic_t *rkt = p->topics[r->topic][r->dead];

    if (!rkt && warm(b, p, r->topic, r->dead, e) < 0)
        return -1;
    rkt = p->topics[r->topic][r->dead];
    if (bus_send(p->rk, rkt, r, b->current, b->names[r->topic][0], (void *)(uintptr_t)r->topic,
                 BUS_TRANSACTION_MS, e) < 0)
        return -1;
    rd_kafka_poll(p->rk, 0);
    return 0;
}

/* How one step of a transaction ended. */
enum step { STEP_OK, STEP_AGAIN, STEP_ABORT, STEP_GONE };

/* step_of - the class of librdkafka's error; takes it */
static enum step step_of(rd_kafka_error_t *error, const char *what, struct err *e)
{
    enum step s = STEP_OK;

    if (!error)
        return STEP_OK;
    if (rd_kafka_error_txn_requires_abort(error))
        s = STEP_ABORT;
    else if (rd_kafka_error_is_retriable(error) && !rd_kafka_error_is_fatal(error))
        s = STEP_AGAIN;
    else
        s = STEP_GONE;
    err_set(e, ERR_RETRY, "transaction", "%s: %s", what, rd_kafka_error_string(error));
    rd_kafka_error_destroy(error);
    return s;
}

/* send_offsets - of all polled messages, into the transaction; *again: it had to be repeated */
static enum step send_offsets(struct bus *b, struct bus_producer *p,
                              const rd_kafka_topic_partition_list_t *positions, bool *again,
                              struct err *e)
{
    int64_t until = clock_mono_us() + (int64_t)BUS_TRANSACTION_MS * 1000;
    rd_kafka_consumer_group_metadata_t *group = rd_kafka_consumer_group_metadata(b->consumer);
    enum step s;

    while ((s = step_of(rd_kafka_send_offsets_to_transaction(p->rk, positions, group, -1),
                        "offsets", e)) == STEP_AGAIN &&
           clock_mono_us() < until) {
        *again = true;
        rd_kafka_poll(p->rk, RETRY_PAUSE_US / 1000);
    }
    rd_kafka_consumer_group_metadata_destroy(group);
    return s == STEP_AGAIN ? STEP_ABORT : s;
}

/* end_transaction - commit, again while the broker only asks for that */
static enum step end_transaction(struct bus_producer *p, bool *again, struct err *e)
{
    int64_t until = clock_mono_us() + (int64_t)BUS_TRANSACTION_MS * 1000;
    enum step s;

    while ((s = step_of(rd_kafka_commit_transaction(p->rk, -1), "commit", e)) == STEP_AGAIN &&
           clock_mono_us() < until) {
        *again = true;
        rd_kafka_poll(p->rk, RETRY_PAUSE_US / 1000);
    }
    return s == STEP_AGAIN ? STEP_GONE : s;
}

/* roll_back - abort_transaction; a producer that cannot is made anew, which aborts too */
static void roll_back(struct bus_producer *p)
{
    int64_t until = clock_mono_us() + (int64_t)BUS_TRANSACTION_MS * 1000;
    struct err ignored;
    enum step s;

    if (!p->open)
        return;
    while ((s = step_of(rd_kafka_abort_transaction(p->rk, -1), "abort", &ignored)) == STEP_AGAIN &&
           clock_mono_us() < until)
        rd_kafka_poll(p->rk, RETRY_PAUSE_US / 1000);
    p->open = false;
    count_transaction("aborted");
    if (s != STEP_OK || ++p->aborts >= BUS_ABORTS_MAX) {
        p->renew = true;
        count_renewal(s != STEP_OK ? "abort" : "aborts");
    }
}

/* judge - was this commit so slow that its answer cannot be trusted to be the last word? */
static void judge(struct bus_producer *p, int64_t took_us, bool again)
{
    bool slow = took_us > SLOW_US && took_us > SLOW_FACTOR * p->average_us;

    metric_observe_us(
        metric_get(METRIC_HISTOGRAM, "cleanclaim_commit_seconds", "", "Duration of commits"),
        took_us);
    p->average_us = p->average_us ? (p->average_us * 7 + took_us) / 8 : took_us;
    p->aborts = 0;
    if (again || slow) {
        p->renew = true;
        count_renewal(again ? "retried" : "slow");
    }
}

/* failed - after a commit that is not known to have happened: settle first, then read again from
 * what is committed */
static int failed(struct bus *b, struct bus_producer *p, enum step s)
{
    if (s == STEP_ABORT)
        roll_back(p);
    else {
        p->renew = true;
        p->open = false;
        count_transaction("unknown");
        count_renewal("unknown");
    }
    b->rewind = true;
    b->n_restored = 0;
    return -1;
}

/* commit_transaction - offsets and records at once */
static int commit_transaction(struct bus *b, struct bus_producer *p, struct err *e)
{
    rd_kafka_topic_partition_list_t *positions;
    int64_t from = clock_mono_us();
    enum step s = STEP_OK;
    bool again = false;

    if (consumer_positions(b, &positions, e) < 0)
        return failed(b, p, STEP_ABORT);
    if (positions->cnt)
        s = send_offsets(b, p, positions, &again, e);
    if (s == STEP_OK)
        s = end_transaction(p, &again, e);
    if (s != STEP_OK) {
        rd_kafka_topic_partition_list_destroy(positions);
        return failed(b, p, s);
    }
    p->open = false;
    rd_kafka_poll(p->rk, 0);
    judge(p, clock_mono_us() - from, again);
    consumer_set_committed(b, positions);
    count_transaction("committed");
    b->turn = (b->turn + 1) % b->n_producers;
    return 0;
}

/* purge - at-least-once: what is not out yet stays here */
static void purge(struct bus *b, struct bus_producer *p)
{
    rd_kafka_purge(p->rk, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_flush(p->rk, 1000);
    if (rd_kafka_fatal_error(p->rk, NULL, 0) != RD_KAFKA_RESP_ERR_NO_ERROR) {
        p->renew = true;
        count_renewal("fatal");
    }
    b->failed_deliveries = 0;
}

/* flush_and_commit - at-least-once: records first, offsets only when the broker holds them all */
static int flush_and_commit(struct bus *b, struct bus_producer *p, struct err *e)
{
    rd_kafka_resp_err_t err = rd_kafka_flush(p->rk, BUS_TRANSACTION_MS);

    if (err == RD_KAFKA_RESP_ERR_NO_ERROR && b->failed_deliveries == 0 &&
        consumer_commit(b, e) == 0) {
        count_transaction("committed");
        return 0;
    }
    if (err != RD_KAFKA_RESP_ERR_NO_ERROR || b->failed_deliveries)
        err_set(e, ERR_RETRY, "broker", "flush: %d records were not taken", b->failed_deliveries);
    purge(b, p);
    count_transaction("aborted");
    b->rewind = true;
    b->n_restored = 0;
    return -1;
}

/* producer_commit - by mode */
int producer_commit(struct bus *b, struct err *e)
{
    struct bus_producer *p = &b->producers[b->turn];

    return b->o.at_least_once ? flush_and_commit(b, p, e) : commit_transaction(b, p, e);
}

/* producer_abort - by mode; what at-least-once has sent already is sent, so state must be read on
 */
int producer_abort(struct bus *b, struct err *e)
{
    struct bus_producer *p = &b->producers[b->turn];

    (void)e;
    b->rewind = true;
    if (!b->o.at_least_once)
        roll_back(p);
    else if (p->rk) {
        purge(b, p);
        b->n_restored = 0;
    }
    return 0;
}
