/* kafka_producer.c - librdkafka's producers: a queue that is sent some time later, and at the
 * latest before a transaction ends; reports are given from inside its calls */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "common/sys/clock.h"
#include "tests/sim/kafka.h"

enum { WAIT_US = 20000, TRANSACTION_US = 15000000 };

/* report - the record's fate, for the application */
static void report(rd_kafka_t *rk, struct sending *s, rd_kafka_resp_err_t err)
{
    s->err = err;
    if (rk->n_reports == KAFKA_QUEUE)
        sim_fail("simulator: too many reports");
    rk->reports[rk->n_reports++] = *s;
    rk->must_abort = rk->must_abort || (rk->conf.transactional[0] && err);
}

/* lose - does the record not arrive, or its report not? */
static bool lose(rd_kafka_t *rk, struct sending *s, struct log *l)
{
    bool source = !rk->conf.transactional[0];
    int64_t offset;

    if (source ? fault(FAULT_PUBLISH_LOST) : fault(FAULT_DELIVERY))
        return true;
    if (!source || !fault(FAULT_PUBLISH_TWICE))
        return false;
    broker_append(NULL, 0, l, &s->record, &offset);
    return true;
}

/* send_one - to the broker; false: it is still busy with the transaction before */
static bool send_one(rd_kafka_t *rk, struct sending *s)
{
    struct log *l = broker_log(s->rkt->topic, s->rkt->dead, s->partition);
    const char *id = rk->conf.transactional[0] ? rk->conf.transactional : NULL;

    if (rk->fatal || rk->must_abort || lose(rk, s, l)) {
        report(rk, s, rk->fatal ? RD_KAFKA_RESP_ERR__FENCED : RD_KAFKA_RESP_ERR__MSG_TIMED_OUT);
        return true;
    }
    switch (broker_append(id, rk->epoch, l, &s->record, &s->offset)) {
    case ANSWER_WAIT:
        return false;
    case ANSWER_FENCED:
        rk->fatal = true;
        report(rk, s, RD_KAFKA_RESP_ERR__FENCED);
        return true;
    default:
        report(rk, s, RD_KAFKA_RESP_ERR_NO_ERROR);
        return true;
    }
}

/* send_all - in order; what the broker is not ready for stays */
static void send_all(rd_kafka_t *rk)
{
    size_t sent = 0;

    while (sent < rk->n_queue && send_one(rk, &rk->queue[sent]))
        sent++;
    memmove(rk->queue, rk->queue + sent, (rk->n_queue - sent) * sizeof(*rk->queue));
    rk->n_queue -= sent;
}

/* serve - gives the reports */
static int serve(rd_kafka_t *rk)
{
    size_t n = rk->n_reports;

    for (size_t i = 0; i < n; i++) {
        const struct sending *s = &rk->reports[i];
        rd_kafka_message_t m = {.err = s->err,
                                .partition = s->partition,
                                .offset = s->err ? RD_KAFKA_OFFSET_INVALID : s->offset,
                                ._private = s->opaque};

        if (rk->conf.delivered)
            rk->conf.delivered(rk, &m, rk->conf.opaque);
    }
    rk->n_reports = 0;
    return (int)n;
}

/* rd_kafka_poll - sends now and then, gives reports */
int rd_kafka_poll(rd_kafka_t *rk, int timeout_ms)
{
    if (timeout_ms)
        sim_call("poll");
    if (rk->n_queue && random_below(3) == 0)
        send_all(rk);
    if (timeout_ms && !rk->n_reports)
        task_pause(random_between(1, timeout_ms * 1000));
    return serve(rk);
}

/* rd_kafka_flush - sends all, waits for the broker */
rd_kafka_resp_err_t rd_kafka_flush(rd_kafka_t *rk, int timeout_ms)
{
    int64_t until = sim.now_us + (int64_t)timeout_ms * 1000;

    sim_call("flush");
    for (send_all(rk); rk->n_queue && sim.now_us < until; send_all(rk))
        task_pause(WAIT_US);
    serve(rk);
    return rk->n_queue ? RD_KAFKA_RESP_ERR__TIMED_OUT : RD_KAFKA_RESP_ERR_NO_ERROR;
}

/* rd_kafka_purge - what is not sent fails */
rd_kafka_resp_err_t rd_kafka_purge(rd_kafka_t *rk, int flags)
{
    (void)flags;
    for (size_t i = 0; i < rk->n_queue; i++)
        report(rk, &rk->queue[i], RD_KAFKA_RESP_ERR__PURGE_QUEUE);
    rk->n_queue = 0;
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

/* partition_of - by the key */
static int32_t partition_of(const void *key, size_t n)
{
    uint32_t h = 2166136261u;

    for (size_t i = 0; i < n; i++)
        h = (h ^ ((const unsigned char *)key)[i]) * 16777619u;
    return n ? (int32_t)(h % SIM_PARTITIONS) : (int32_t)random_below(SIM_PARTITIONS);
}

/* keep - bytes as the log's; an empty value is one, NULL is none */
static const void *keep(const void *p, size_t n)
{
    char *mine = p ? malloc(n + 1) : NULL;

    if (mine) {
        memcpy(mine, p, n);
        mine[n] = '\0';
    }
    return mine;
}

/* take_argument - one of producev's; false: the last */
static bool take_argument(struct sending *s, va_list ap)
{
    switch ((rd_kafka_vtype_t)va_arg(ap, int)) {
    case RD_KAFKA_VTYPE_RKT:
        s->rkt = va_arg(ap, rd_kafka_topic_t *);
        return true;
    case RD_KAFKA_VTYPE_PARTITION:
        s->partition = va_arg(ap, int32_t);
        return true;
    case RD_KAFKA_VTYPE_MSGFLAGS:
        (void)va_arg(ap, int);
        return true;
    case RD_KAFKA_VTYPE_KEY:
        s->record.key = va_arg(ap, void *);
        s->record.key_len = va_arg(ap, size_t);
        return true;
    case RD_KAFKA_VTYPE_VALUE:
        s->record.value = va_arg(ap, void *);
        s->record.value_len = va_arg(ap, size_t);
        return true;
    case RD_KAFKA_VTYPE_OPAQUE:
        s->opaque = va_arg(ap, void *);
        return true;
    case RD_KAFKA_VTYPE_HEADERS:
        s->record.headers = va_arg(ap, rd_kafka_headers_t *);
        return true;
    default:
        return false;
    }
}

/* refuse - does the producer not take it? */
static rd_kafka_resp_err_t refuse(rd_kafka_t *rk)
{
    if (rk->fatal)
        return RD_KAFKA_RESP_ERR__FATAL;
    if (rk->conf.transactional[0] && (!rk->open || rk->must_abort))
        return RD_KAFKA_RESP_ERR__STATE;
    if (fault(FAULT_QUEUE_FULL) || rk->n_queue == KAFKA_QUEUE)
        return RD_KAFKA_RESP_ERR__QUEUE_FULL;
    return fault(FAULT_PRODUCE) ? RD_KAFKA_RESP_ERR__FAIL : RD_KAFKA_RESP_ERR_NO_ERROR;
}

/* id_of - ce_id, for the trace */
static const char *id_of(const struct record *r)
{
    const void *value = "";
    size_t n;

    if (r->headers)
        rd_kafka_header_get_last(r->headers, "ce_id", &value, &n);
    return value;
}

/* rd_kafka_producev - into the queue */
rd_kafka_resp_err_t rd_kafka_producev(rd_kafka_t *rk, ...)
{
    struct sending s = {.partition = RD_KAFKA_PARTITION_UA};
    rd_kafka_resp_err_t err;
    va_list ap;

    va_start(ap, rk);
    while (take_argument(&s, ap))
        ;
    va_end(ap);
    sim_call("produce");
    if (fault(FAULT_CUT) && rk->conf.closed)
        rk->conf.closed(-1, rk->conf.opaque);
    err = refuse(rk);
    if (err != RD_KAFKA_RESP_ERR_NO_ERROR)
        return err;
    if (s.partition < 0)
        s.partition = partition_of(s.record.key, s.record.key_len);
    s.record.key = keep(s.record.key, s.record.key_len);
    s.record.value = keep(s.record.value, s.record.value_len);
    s.record.time_ms = clock_ms();
    trace("produce %s/%d %.*s %s", s.rkt->name, (int)s.partition, (int)s.record.key_len,
          s.record.key ? (const char *)s.record.key : "", id_of(&s.record));
    rk->queue[rk->n_queue++] = s;
    if (random_below(4) == 0)
        send_all(rk);
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

/* rd_kafka_init_transactions - a new epoch; waits until the transaction before is written */
rd_kafka_error_t *rd_kafka_init_transactions(rd_kafka_t *rk, int timeout_ms)
{
    int64_t until = sim.now_us + (int64_t)timeout_ms * 1000;

    sim_call("init_transactions");
    if (fault(FAULT_INIT_FATAL))
        return kafka_fatal(rk, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, "init: fatal");
    if (fault(FAULT_INIT_RETRY))
        return kafka_retriable("init: not now");
    while (broker_init(rk->conf.transactional, TRANSACTION_US, &rk->epoch) == ANSWER_WAIT) {
        if (sim.now_us > until)
            return kafka_retriable("init: concurrent transactions");
        task_pause(WAIT_US);
    }
    rk->init_done = true;
    sim_call("init_transactions' answer");
    return NULL;
}

/* rd_kafka_begin_transaction - asks no broker */
rd_kafka_error_t *rd_kafka_begin_transaction(rd_kafka_t *rk)
{
    sim_call("begin_transaction");
    if (rk->fatal)
        return kafka_fatal(rk, RD_KAFKA_RESP_ERR__FENCED, "begin: fenced");
    if (!rk->init_done || rk->open)
        return kafka_error(RD_KAFKA_RESP_ERR__STATE, "begin: wrong state");
    if (fault(FAULT_BEGIN))
        return kafka_error(RD_KAFKA_RESP_ERR__STATE, "begin: fails");
    rk->open = true;
    rk->must_abort = false;
    return NULL;
}

/* state_error - what forbids to go on; NULL: nothing */
static rd_kafka_error_t *state_error(rd_kafka_t *rk, const char *what)
{
    if (rk->fatal)
        return kafka_fatal(rk, RD_KAFKA_RESP_ERR__FENCED, what);
    if (!rk->open)
        return kafka_error(RD_KAFKA_RESP_ERR__STATE, what);
    if (rk->must_abort)
        return kafka_abortable(RD_KAFKA_RESP_ERR__INCONSISTENT, what);
    return NULL;
}

/* gather - known positions as offsets */
static size_t gather(const rd_kafka_topic_partition_list_t *list, struct offset out[KAFKA_PARTS])
{
    size_t n = 0;
    bool dead;

    for (int i = 0; i < list->cnt; i++)
        if (list->elems[i].offset >= 0 &&
            broker_topic(list->elems[i].topic, &out[n].topic, &dead)) {
            out[n].partition = list->elems[i].partition;
            out[n++].offset = list->elems[i].offset;
        }
    return n;
}

/* rd_kafka_send_offsets_to_transaction - refused to members that are out */
rd_kafka_error_t *
rd_kafka_send_offsets_to_transaction(rd_kafka_t *rk, const rd_kafka_topic_partition_list_t *list,
                                     const rd_kafka_consumer_group_metadata_t *group, int timeout)
{
    struct offset offsets[KAFKA_PARTS];
    size_t n = gather(list, offsets);
    rd_kafka_error_t *e;
    enum answer a;

    (void)timeout;
    sim_call("send_offsets");
    if ((e = state_error(rk, "offsets")))
        return e;
    if (fault(FAULT_OFFSETS_RETRY))
        return kafka_retriable("offsets: not now");
    if (fault(FAULT_OFFSETS_FATAL))
        return kafka_fatal(rk, RD_KAFKA_RESP_ERR_INVALID_TXN_STATE, "offsets: fatal");
    if (fault(FAULT_OFFSETS_ABORT)) {
        rk->must_abort = true;
        return kafka_abortable(RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID, "offsets: abort");
    }
    while ((a = broker_offsets(rk->conf.transactional, rk->epoch, group->group, group->member,
                               group->generation, offsets, n)) == ANSWER_WAIT)
        task_pause(WAIT_US);
    if (a == ANSWER_FENCED)
        return kafka_fatal(rk, RD_KAFKA_RESP_ERR__FENCED, "offsets: fenced");
    if (a == ANSWER_GENERATION) {
        rk->must_abort = true;
        return kafka_abortable(RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, "offsets: generation");
    }
    sim_call("send_offsets' answer");
    return NULL;
}

/* uncertain - a commit whose end is not told; NULL: it goes on as it should */
static rd_kafka_error_t *uncertain(rd_kafka_t *rk)
{
    const char *id = rk->conf.transactional;

    if (fault(FAULT_COMMIT_GONE))
        return kafka_error(RD_KAFKA_RESP_ERR__TIMED_OUT, "commit: uncertain");
    if (fault(FAULT_COMMIT_DONE)) {
        broker_finish(id, rk->epoch, true);
        return kafka_error(RD_KAFKA_RESP_ERR__TIMED_OUT, "commit: uncertain");
    }
    if (fault(FAULT_COMMIT_LATE)) {
        broker_finish_later(id, rk->epoch, random_between(1000, 5000000));
        return kafka_error(RD_KAFKA_RESP_ERR__TIMED_OUT, "commit: uncertain");
    }
    if (!fault(FAULT_COMMIT_UNHEARD))
        return NULL;
    broker_finish(id, rk->epoch, true);
    return kafka_retriable("commit: not heard");
}

/* rd_kafka_commit_transaction - sends what is queued first */
rd_kafka_error_t *rd_kafka_commit_transaction(rd_kafka_t *rk, int timeout)
{
    rd_kafka_error_t *e;

    (void)timeout;
    sim_call("commit_transaction");
    for (send_all(rk); rk->n_queue && !rk->fatal; send_all(rk))
        task_pause(WAIT_US);
    serve(rk);
    if ((e = state_error(rk, "commit")))
        return e;
    if (fault(FAULT_COMMIT_RETRY))
        return kafka_retriable("commit: not now");
    if (fault(FAULT_COMMIT_ABORT)) {
        rk->must_abort = true;
        return kafka_abortable(RD_KAFKA_RESP_ERR__TIMED_OUT, "commit: abort");
    }
    if ((e = uncertain(rk)))
        return e;
    if (broker_finish(rk->conf.transactional, rk->epoch, true) == ANSWER_FENCED)
        return kafka_fatal(rk, RD_KAFKA_RESP_ERR__FENCED, "commit: fenced");
    rk->open = false;
    sim_call("commit_transaction's answer");
    return NULL;
}

/* rd_kafka_abort_transaction - what is queued is purged */
rd_kafka_error_t *rd_kafka_abort_transaction(rd_kafka_t *rk, int timeout)
{
    (void)timeout;
    sim_call("abort_transaction");
    if (rk->fatal)
        return kafka_fatal(rk, RD_KAFKA_RESP_ERR__FENCED, "abort: fenced");
    if (fault(FAULT_ABORT_RETRY))
        return kafka_retriable("abort: not now");
    if (fault(FAULT_ABORT_GONE))
        return kafka_error(RD_KAFKA_RESP_ERR__TIMED_OUT, "abort: uncertain");
    rd_kafka_purge(rk, 0);
    serve(rk);
    if (broker_finish(rk->conf.transactional, rk->epoch, false) == ANSWER_FENCED)
        return kafka_fatal(rk, RD_KAFKA_RESP_ERR__FENCED, "abort: fenced");
    rk->open = rk->must_abort = false;
    return NULL;
}
