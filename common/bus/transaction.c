/* transaction.c - how a batch ends: committed, aborted, or not known
 *
 * The classes of error are librdkafka's: retriable, abortable, fatal; none of them counts as fatal
 * for the handle. An end that is not known for certain is settled by a new producer with the same
 * id before anything else is done. */
#include "common/bus/core.h"
#include "common/sys/clock.h"
#include "common/sys/log.h"
#include "common/sys/metric.h"

enum { SLOW_US = 2000000, SLOW_FACTOR = 10, RETRY_PAUSE_US = 100000 };

/* count_transaction - by result */
static void count_transaction(const char *result)
{
    metric_add(metric_with(METRIC_TXN, "result", result), 1);
}

/* producer_count_renewal - of producers, by reason */
void producer_count_renewal(const char *reason)
{
    metric_add(metric_with(METRIC_TXN_REINIT, "reason", reason), 1);
    log_event(LOG_WARN, "producer_renewed", log_s("reason", reason));
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
    if (s != STEP_OK || ++p->aborts >= BUS_ABORTS_MAX || producer_was_cut(p)) {
        p->renew = true;
        producer_count_renewal(s != STEP_OK                  ? "abort"
                               : p->aborts >= BUS_ABORTS_MAX ? "aborts"
                                                             : "connection");
    }
}

/* judge - was this commit so slow, or its connection lost, that the answer cannot be trusted to be
 * the last word? */
static void judge(struct bus_producer *p, int64_t took_us, bool again)
{
    bool slow = took_us > SLOW_US && took_us > SLOW_FACTOR * p->average_us;
    bool cut = producer_was_cut(p);

    metric_observe_us(metric_get(METRIC_COMMIT_SECONDS, ""), took_us);
    p->average_us = p->average_us ? (p->average_us * 7 + took_us) / 8 : took_us;
    p->aborts = 0;
    if (again || cut || slow) {
        p->renew = true;
        producer_count_renewal(again ? "retried" : cut ? "connection" : "slow");
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
        producer_count_renewal("unknown");
    }
    b->rewind = true;
    b->n_restored = 0;
    return -1;
}

/* offsets_of_batch - the positions; of a batch of timers alone, where none is known yet, what is
 * committed already: brokers refuse a member that is out of the group only by its offsets */
static int offsets_of_batch(struct bus *b, rd_kafka_topic_partition_list_t **out, struct err *e)
{
    if (consumer_positions(b, out, e) < 0)
        return -1;
    if ((*out)->cnt)
        return 0;
    rd_kafka_topic_partition_list_destroy(*out);
    return consumer_committed(b, out, e);
}

/* commit_transaction - offsets and records at once */
static int commit_transaction(struct bus *b, struct bus_producer *p, struct err *e)
{
    rd_kafka_topic_partition_list_t *positions;
    int64_t from = clock_mono_us();
    enum step s = STEP_OK;
    bool again = false;

    if (offsets_of_batch(b, &positions, e) < 0)
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
        producer_count_renewal("fatal");
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
