/* producer.c - the two transactional producers in turn, or the one idempotent producer
 *
 * Why two: after a commit the broker still writes markers and answers CONCURRENT_TRANSACTIONS to
 * the next; the other producer's are written by then. Why never a producer again after an uncertain
 * commit: a delayed EndTxn could end its next transaction (KAFKA-17754); a new epoch under the same
 * id makes the delayed one void, and init_transactions says how the old one ended. librdkafka sends
 * requests again by itself and does not say so; but first it closes the connection on which they
 * went, and that is seen here. */
#include <linux/tcp.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/bus/core.h"

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

/* carried - did anything go out on this connection? One that a broker that is away refused is none,
 * and while it is away there are many. */
static bool carried(int fd)
{
    struct tcp_info i = {0};
    socklen_t n = sizeof(i);

    if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &i, &n) < 0 ||
        n < offsetof(struct tcp_info, tcpi_data_segs_out) + sizeof(i.tcpi_data_segs_out))
        return true;
    return i.tcpi_data_segs_out > 0;
}

/* close_counted - a connection ends; what was under way on it may still arrive, later */
static int close_counted(int fd, void *opaque)
{
    struct bus_producer *p = opaque;

    if (carried(fd))
        atomic_fetch_add(&p->closed, 1);
    return close(fd);
}

/* producer_was_cut - may something of this transaction have been sent twice? */
bool producer_was_cut(const struct bus_producer *p)
{
    return atomic_load(&p->closed) != p->closed_before;
}

/* failing - whichever handle is looked at first tells that all brokers are away */
static void failing(rd_kafka_t *rk, int code, const char *reason, void *opaque)
{
    struct bus_producer *p = opaque;

    if (code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN)
        consumer_set_away(p->bus, true);
    else
        bus_log_error(rk, code, reason, opaque);
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
    rd_kafka_conf_set_closesocket_cb(k, close_counted);
    rd_kafka_conf_set_error_cb(k, failing);
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
    p->closed_before = atomic_load(&p->closed);
    error = rd_kafka_begin_transaction(p->rk);
    if (!error) {
        p->open = true;
        return 0;
    }
    err_set(e, ERR_RETRY, "transaction", "begin: %s", rd_kafka_error_string(error));
    rd_kafka_error_destroy(error);
    p->renew = true;
    producer_count_renewal("begin");
    return -1;
}

/* producer_send - copies; delivery reports are taken by bus_poll and at the commit */
int producer_send(struct bus *b, const struct bus_record *r, struct err *e)
{
    struct bus_producer *p = &b->producers[b->turn];
    rd_kafka_topic_t *rkt = p->topics[r->topic][r->dead];
    struct bus_record as_came, sealed;

    if (!rkt && warm(b, p, r->topic, r->dead, e) < 0)
        return -1;
    rkt = p->topics[r->topic][r->dead];
    bus_as_it_came(r, b->current, &as_came);
    if (bus_seal(b->vault, &as_came, &b->sealed, &sealed, e) < 0)
        return -1;
    return bus_send(p->rk, rkt, &sealed, b->current, b->names[r->topic][0],
                    (void *)(uintptr_t)r->topic, BUS_TRANSACTION_MS, e);
}
