/* publisher.c - a producer alone, shared by threads; returns when the broker holds the records
 *
 * One thread polls for delivery reports and owns the handle: when librdkafka calls it broken, that
 * thread makes a new one. Callers hold the read lock while they send, not while they wait. A call
 * that timed out forgets its records but not their reports: the ticket they report to is freed by
 * whoever is last. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/bus/handle.h"
#include "common/sys/log.h"
#include "common/sys/wait.h"

enum { POLL_MS = 50 };

struct bus_publisher {
    const struct conf *conf;
    char stage[64];
    char names[TOPIC_MAX][2][BUS_NAME];
    pthread_rwlock_t handle;    /* rk and topics: read by callers, written by the poller */
    pthread_mutex_t topic_lock; /* a topic handle is made at first use */
    struct vault *vault;
    rd_kafka_t *rk; /* NULL: could not be made yet */
    rd_kafka_topic_t *topics[TOPIC_MAX][2];
    atomic_bool stop;
    pthread_t poller;
    bool polling;
};

/* What one call waits for. */
struct ticket {
    pthread_mutex_t lock;
    pthread_cond_t done;
    size_t waiting, failed;
    bool abandoned;
};

/* ticket_free - when nobody reports to it any more */
static void ticket_free(struct ticket *t)
{
    pthread_cond_destroy(&t->done);
    pthread_mutex_destroy(&t->lock);
    free(t);
}

/* report - one record's fate */
static void report(struct ticket *t, bool failed)
{
    bool last;

    pthread_mutex_lock(&t->lock);
    t->waiting--;
    t->failed += failed;
    last = t->waiting == 0 && t->abandoned;
    if (t->waiting == 0)
        pthread_cond_signal(&t->done);
    pthread_mutex_unlock(&t->lock);
    if (last)
        ticket_free(t);
}

/* delivered - from the poller */
static void delivered(rd_kafka_t *rk, const rd_kafka_message_t *m, void *opaque)
{
    (void)rk;
    (void)opaque;
    if (m->err == RD_KAFKA_RESP_ERR_NO_ERROR)
        bus_let_in();
    report(m->_private, m->err != RD_KAFKA_RESP_ERR_NO_ERROR);
}

/* open_handle - under the write lock, or before threads */
static int open_handle(struct bus_publisher *p, struct err *e)
{
    rd_kafka_conf_t *k = bus_conf(BUS_PRODUCER, p->conf, p->stage, NULL, e);

    if (!k)
        return -1;
    rd_kafka_conf_set_dr_msg_cb(k, delivered);
    p->rk = bus_handle(BUS_PRODUCER, k, e);
    return p->rk ? 0 : -1;
}

/* close_handle - what is still queued is purged, so that every ticket gets its reports */
static void close_handle(struct bus_publisher *p)
{
    if (!p->rk)
        return;
    rd_kafka_purge(p->rk, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_flush(p->rk, 1000);
    for (int t = 0; t < TOPIC_MAX; t++)
        for (int dead = 0; dead < 2; dead++) {
            if (p->topics[t][dead])
                rd_kafka_topic_destroy(p->topics[t][dead]);
            p->topics[t][dead] = NULL;
        }
    rd_kafka_destroy(p->rk);
    p->rk = NULL;
}

/* renew - after a fatal error */
static void renew(struct bus_publisher *p)
{
    struct err e = {0};

    pthread_rwlock_wrlock(&p->handle);
    close_handle(p);
    if (open_handle(p, &e) < 0)
        log_err(LOG_ERROR, "publisher", &e);
    pthread_rwlock_unlock(&p->handle);
}

/* poll_loop - delivery reports, whoever waits */
static void *poll_loop(void *arg)
{
    struct bus_publisher *p = arg;

    while (!p->stop) {
        if (p->rk)
            rd_kafka_poll(p->rk, POLL_MS);
        else
            usleep(POLL_MS * 1000);
        if (!p->rk || rd_kafka_fatal_error(p->rk, NULL, 0) != RD_KAFKA_RESP_ERR_NO_ERROR)
            renew(p);
    }
    return NULL;
}

/* bus_publisher_open - connects by itself */
struct bus_publisher *bus_publisher_open(const char *stage, const struct conf *c, struct err *e)
{
    struct bus_publisher *p = calloc(1, sizeof(*p));

    if (!p) {
        err_set(e, ERR_FATAL, "memory", "out of memory");
        return NULL;
    }
    p->conf = c;
    snprintf(p->stage, sizeof(p->stage), "%s", stage);
    pthread_rwlock_init(&p->handle, NULL);
    pthread_mutex_init(&p->topic_lock, NULL);
    for (int t = 0; t < TOPIC_MAX; t++)
        for (int dead = 0; dead < 2; dead++)
            bus_topic_name(c, (enum topic)t, dead, p->names[t][dead]);
    if (bus_check_prefix(c, e) == 0 && (p->vault = bus_vault(c, e)) && open_handle(p, e) == 0) {
        p->polling = pthread_create(&p->poller, NULL, poll_loop, p) == 0;
        if (p->polling)
            return p;
        err_set(e, ERR_FATAL, "thread", "no thread for delivery reports");
    }
    bus_publisher_close(p);
    return NULL;
}

/* bus_publisher_close - no call may be under way */
void bus_publisher_close(struct bus_publisher *p)
{
    if (!p)
        return;
    p->stop = true;
    if (p->polling)
        pthread_join(p->poller, NULL);
    close_handle(p);
    pthread_mutex_destroy(&p->topic_lock);
    pthread_rwlock_destroy(&p->handle);
    vault_close(p->vault);
    free(p);
}

/* topic_handle - made at first use */
static rd_kafka_topic_t *topic_handle(struct bus_publisher *p, const struct bus_record *r)
{
    rd_kafka_topic_t **at = &p->topics[r->topic][r->dead];

    rd_kafka_topic_t *rkt;

    pthread_mutex_lock(&p->topic_lock);
    if (!*at && p->rk)
        *at = rd_kafka_topic_new(p->rk, p->names[r->topic][r->dead], NULL);
    rkt = *at;
    pthread_mutex_unlock(&p->topic_lock);
    return rkt;
}

/* bus_publisher_warm - librdkafka 2.0.2 lets the first record of a topic wait for most of a second
 */
int bus_publisher_warm(struct bus_publisher *p, enum topic t, struct err *e)
{
    struct bus_record any = {.topic = t};
    int r = -1;

    pthread_rwlock_rdlock(&p->handle);
    if (topic_handle(p, &any))
        r = bus_count_partitions(p->rk, p->names[t][0], bus_timeout_ms(p->conf), e) < 0 ? -1 : 0;
    else
        err_set(e, ERR_RETRY, "broker", "%s: no handle", p->names[t][0]);
    pthread_rwlock_unlock(&p->handle);
    return r;
}

/* send_all - every record reports to the ticket; those that librdkafka does not take report at once
 */
static void send_all(struct bus_publisher *p, const struct bus_record *records, size_t n,
                     struct ticket *t, int timeout_ms, struct err *e)
{
    struct buf sealed;

    buf_init(&sealed);
    for (size_t i = 0; i < n; i++) {
        struct bus_record r;
        rd_kafka_topic_t *rkt = topic_handle(p, &records[i]);

        if (!rkt || bus_seal(p->vault, &records[i], &sealed, &r, e) < 0 ||
            bus_send(p->rk, rkt, &r, NULL, p->names[r.topic][0], t, timeout_ms, e) < 0)
            report(t, true);
    }
    buf_release(&sealed);
}

/* wait_for - until all have reported, or the time is over */
static void wait_for(struct ticket *t, int timeout_ms)
{
    struct timespec until = wait_until(timeout_ms);
    int r = 0;

    while (t->waiting && r == 0)
        r = pthread_cond_timedwait(&t->done, &t->lock, &until);
}

/* ticket_new - for n records */
static struct ticket *ticket_new(size_t n)
{
    struct ticket *t = calloc(1, sizeof(*t));

    if (!t)
        return NULL;
    wait_init(&t->done);
    pthread_mutex_init(&t->lock, NULL);
    t->waiting = n;
    return t;
}

/* settle - waits, and gives the ticket up */
static int settle(struct ticket *t, int timeout_ms, struct err *e)
{
    size_t waiting, failed;

    pthread_mutex_lock(&t->lock);
    wait_for(t, timeout_ms);
    waiting = t->waiting;
    failed = t->failed;
    t->abandoned = true;
    pthread_mutex_unlock(&t->lock);
    if (waiting == 0)
        ticket_free(t);
    if (waiting == 0 && failed == 0)
        return 0;
    if (waiting)
        return err_set(e, ERR_RETRY, "broker", "the broker did not confirm %zu records in time",
                       waiting);
    return e->class == ERR_REJECT
               ? -1
               : err_set(e, ERR_RETRY, "broker", "the broker did not take %zu records", failed);
}

/* bus_publish - all of them, or an error */
int bus_publish(struct bus_publisher *p, const struct bus_record *records, size_t n, int timeout_ms,
                struct err *e)
{
    struct err why = {0};
    struct ticket *t;
    int r;

    if (n == 0)
        return 0;
    bus_vault_refresh(p->vault);
    t = ticket_new(n);
    if (!t)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    pthread_rwlock_rdlock(&p->handle);
    send_all(p, records, n, t, timeout_ms, &why);
    pthread_rwlock_unlock(&p->handle);
    r = settle(t, timeout_ms, &why);
    if (r < 0 && e)
        *e = why;
    return r;
}
