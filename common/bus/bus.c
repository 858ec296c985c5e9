/* bus.c - batches over the consumer and the producers, and mending what went wrong */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/base/str.h"
#include "common/bus/core.h"
#include "common/sys/clock.h"
#include "common/sys/log.h"

enum { CLOSE_S = 5, IDLE_US = 1000000 };

/* name_all - topics, groups and transactions */
static void name_all(struct bus *b)
{
    char group[BUS_NAME];

    for (int t = 0; t < TOPIC_MAX; t++)
        for (int dead = 0; dead < 2; dead++)
            bus_topic_name(b->conf, (enum topic)t, dead, b->names[t][dead]);
    bus_group_name(b->conf, b->o.stage, group);
    worker_id_take(&b->worker, b->conf, group);
    b->n_producers = b->o.at_least_once ? 1 : BUS_PRODUCERS;
    for (int i = 0; i < b->n_producers; i++) {
        b->producers[i].bus = b;
        snprintf(b->producers[i].id, sizeof(b->producers[i].id), "%s-%s-%d", group, b->worker.name,
                 i);
    }
}

/* bus_open - producers first: their init aborts what a killed predecessor left open */
struct bus *bus_open(const struct bus_options *o, const struct conf *c, struct err *e)
{
    struct bus *b = calloc(1, sizeof(*b));
    int r = b ? bus_check_prefix(c, e) : err_set(e, ERR_FATAL, "memory", "out of memory");

    if (b)
        b->worker.fd = -1;
    if (r == 0) {
        b->o = *o;
        b->conf = c;
        b->timeout_ms = bus_timeout_ms(c);
        name_all(b);
        b->vault = bus_vault(c, e);
        r = b->vault ? 0 : -1;
    }
    for (int i = 0; r == 0 && i < b->n_producers; i++)
        r = producer_ready(b, &b->producers[i], e);
    if (r == 0)
        r = consumer_open(b, e);
    if (r == 0) {
        b->audit = audit_worker(o->stage, c);
        return b;
    }
    bus_close(b);
    return NULL;
}

/* free_bus - everything of it */
static void free_bus(struct bus *b)
{
    for (int i = 0; i < b->n_producers; i++)
        producer_drop(&b->producers[i]);
    replay_close(b);
    bus_handle_free(b->consumer);
    worker_id_release(&b->worker);
    vault_close(b->vault);
    buf_wipe(&b->opened.plain);
    buf_release(&b->sealed);
    free(b);
}

/* close_all - the helper thread's work */
static void *close_all(void *arg)
{
    struct bus *b = arg;

    audit_stopped(b->audit);
    if (b->consumer)
        rd_kafka_consumer_close(b->consumer);
    free_bus(b);
    return NULL;
}

/* bus_close - librdkafka may hang in close and destroy (a leaked reference, a lost broker); the
 * process will exit anyway */
void bus_close(struct bus *b)
{
    struct timespec until;
    pthread_t t;

    if (!b)
        return;
    b->closing = true;
    if (b->current)
        rd_kafka_message_destroy(b->current);
    b->current = NULL;
    consumer_set_committed(b, NULL);
    if (pthread_create(&t, NULL, close_all, b) != 0) {
        close_all(b);
        return;
    }
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += CLOSE_S;
    if (pthread_timedjoin_np(t, NULL, &until) != 0) {
        pthread_detach(t);
        log_event(LOG_WARN, "close_left_behind", log_i("seconds", CLOSE_S));
    }
}

/* is_news - is an error that a poll returned worth an answer? */
static bool is_news(rd_kafka_resp_err_t err)
{
    return err != RD_KAFKA_RESP_ERR_NO_ERROR && err != RD_KAFKA_RESP_ERR__PARTITION_EOF &&
           err != RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED;
}

/* serve - what the consumer has to tell (the group, brokers that are away), no record */
static void serve(struct bus *b)
{
    rd_kafka_message_t *m = rd_kafka_consumer_poll(b->consumer, 0);
    struct err e;

    if (!m)
        return;
    if (m->err == RD_KAFKA_RESP_ERR_NO_ERROR)
        b->rewind = true;
    if (is_news(m->err)) {
        bus_error(m->err, "poll", &e);
        log_err(LOG_WARN, "poll", &e);
    }
    rd_kafka_message_destroy(m);
}

/* restore - the worker's `assigned`, one partition a turn, with polls between so that the group
 * keeps us */
static int restore(struct bus *b, struct err *e)
{
    const struct bus_events *v = &b->o.events;

    while (v->assigned && b->n_restored < b->n_assigned) {
        if (v->assigned(v->arg, &b->assigned[b->n_restored], 1, e) < 0)
            return -1;
        b->n_restored++;
        serve(b);
    }
    replay_close(b);
    return 0;
}

/* resume - all partitions flow */
static int resume(struct bus *b, struct err *e)
{
    rd_kafka_topic_partition_list_t *list;
    rd_kafka_resp_err_t err = rd_kafka_assignment(b->consumer, &list);

    if (err != RD_KAFKA_RESP_ERR_NO_ERROR)
        return bus_error(err, "assignment", e);
    err = rd_kafka_resume_partitions(b->consumer, list);
    rd_kafka_topic_partition_list_destroy(list);
    if (err != RD_KAFKA_RESP_ERR_NO_ERROR)
        return bus_error(err, "resume", e);
    b->paused = false;
    return 0;
}

/* settled_offsets - the offsets that a predecessor's transaction may still be about to commit are
 * settled (KIP-447) before state is read, else its state records could come after our reading */
static int settled_offsets(struct bus *b, struct err *e)
{
    rd_kafka_topic_partition_list_t *list;
    rd_kafka_resp_err_t err = rd_kafka_assignment(b->consumer, &list);

    if (err == RD_KAFKA_RESP_ERR_NO_ERROR) {
        if (list->cnt)
            err = rd_kafka_committed(b->consumer, list, (int)b->timeout_ms);
        rd_kafka_topic_partition_list_destroy(list);
    }
    return err == RD_KAFKA_RESP_ERR_NO_ERROR ? 0 : bus_error(err, "committed", e);
}

/* to_restore - partitions whose state is still to be read */
static bool to_restore(const struct bus *b)
{
    return b->o.events.assigned && b->n_restored < b->n_assigned;
}

/* bus_settled - nothing to mend */
bool bus_settled(const struct bus *b)
{
    return !b->rewind && !b->paused && !to_restore(b) && producers_settled(b);
}

/* bus_restore - at the next poll */
void bus_restore(struct bus *b)
{
    b->n_restored = 0;
}

/* mend - whatever is flagged, in order */
static int mend(struct bus *b, struct err *e)
{
    while (!bus_settled(b)) {
        for (int i = 0; i < b->n_producers; i++)
            if (producer_ready(b, &b->producers[i], e) < 0)
                return -1;
        if (to_restore(b) && (settled_offsets(b, e) < 0 || restore(b, e) < 0))
            return -1;
        if (b->rewind && consumer_rewind(b, e) < 0)
            return -1;
        if (b->paused && !to_restore(b) && !b->rewind && resume(b, e) < 0)
            return -1;
    }
    return 0;
}

/* topic_of - which of ours */
static enum topic topic_of(const struct bus *b, const char *name)
{
    for (const enum topic *t = b->o.consume; *t != TOPIC_NONE; t++)
        if (str_eq(b->names[*t][0], name))
            return *t;
    return TOPIC_NONE;
}

/* take - a polled message as ours; 1, 0 or -1 */
static int take(struct bus *b, rd_kafka_message_t *m, struct bus_message *out, struct err *e)
{
    rd_kafka_resp_err_t err = m->err;

    if (err == RD_KAFKA_RESP_ERR_NO_ERROR && !b->rewind && !to_restore(b)) {
        b->current = m;
        b->fresh_positions = true;
        b->quiet_since_us = 0;
        bus_message_of(m, topic_of(b, rd_kafka_topic_name(m->rkt)), out);
        bus_unseal(b->vault, &b->opened, out);
        return 1;
    }
    if (err == RD_KAFKA_RESP_ERR_NO_ERROR)
        b->rewind = true; /* came before its time: again after mending */
    rd_kafka_message_destroy(m);
    return is_news(err) ? bus_error(err, "poll", e) : 0;
}

/* check - may this worker go on? */
static int check(struct bus *b, struct err *e)
{
    if (b->fatal.class == ERR_NONE)
        return consumer_check(b, e);
    *e = b->fatal;
    return -1;
}

/* bus_poll - mends first; a worker that was fenced makes no new producer, which would fence its
 * successor */
int bus_poll(struct bus *b, int timeout_ms, struct bus_message *out, struct err *e)
{
    rd_kafka_message_t *m;

    if (b->current)
        rd_kafka_message_destroy(b->current);
    b->current = NULL;
    if (check(b, e) < 0)
        return -1;
    if (!b->in_batch && mend(b, e) < 0) {
        serve(b); /* else nobody would hear why it cannot be mended */
        return -1;
    }
    m = rd_kafka_consumer_poll(b->consumer, timeout_ms);
    if (b->producers[b->turn].rk)
        rd_kafka_poll(b->producers[b->turn].rk, 0);
    if (check(b, e) < 0) {
        if (m)
            rd_kafka_message_destroy(m);
        return -1;
    }
    return m ? take(b, m, out, e) : 0;
}

/* bus_begin - a batch */
int bus_begin(struct bus *b, struct err *e)
{
    if (b->in_batch)
        return err_set(e, ERR_FATAL, "bug", "bus: batch within a batch");
    if (bus_vault_refresh(b->vault))
        audit_key(b->audit, b->vault);
    if (producer_begin(b, e) < 0) {
        b->rewind = true; /* the message that was to begin it */
        return -1;
    }
    b->in_batch = true;
    return 0;
}

/* bus_produce - in the batch */
int bus_produce(struct bus *b, const struct bus_record *r, struct err *e)
{
    if (!b->in_batch)
        return err_set(e, ERR_FATAL, "bug", "bus: a record outside a batch");
    return producer_send(b, r, e);
}

/* bus_commit - the batch is over either way */
int bus_commit(struct bus *b, struct err *e)
{
    if (!b->in_batch)
        return err_set(e, ERR_FATAL, "bug", "bus: commit without a batch");
    b->in_batch = false;
    return producer_commit(b, e);
}

/* bus_abort - and everything polled since the last commit comes again */
int bus_abort(struct bus *b, struct err *e)
{
    if (!b->in_batch)
        return 0;
    b->in_batch = false;
    return producer_abort(b, e);
}

/* bus_assigned - has work */
bool bus_assigned(const struct bus *b)
{
    return b->was_assigned && !b->paused;
}

/* bus_partitions - by a broker */
int32_t bus_partitions(struct bus *b, enum topic t, struct err *e)
{
    return bus_count_partitions(b->consumer, b->names[t][0], b->timeout_ms, e);
}

/* bus_keys - for whoever keeps copies of what was in messages */
struct vault *bus_keys(const struct bus *b)
{
    return b->vault;
}

/* bus_cluster_id - as the brokers tell it; "" while they are away */
const char *bus_cluster_id(struct bus *b, char *out, size_t size)
{
    char *id = rd_kafka_clusterid(b->consumer, (int)b->timeout_ms);

    str_copy(out, size, id ? id : "");
    if (id)
        rd_kafka_mem_free(b->consumer, id);
    return out;
}

/* bus_version - the library that runs and the one that we were compiled with */
const char *bus_version(char *out, size_t size)
{
    snprintf(out, size, "librdkafka %s (built with %d.%d.%d)", rd_kafka_version_str(),
             (RD_KAFKA_VERSION >> 24) & 0xff, (RD_KAFKA_VERSION >> 16) & 0xff,
             (RD_KAFKA_VERSION >> 8) & 0xff);
    return out;
}

/* ahead - has a position moved past what is committed? */
static bool ahead(const struct bus *b, const rd_kafka_topic_partition_list_t *now)
{
    for (int i = 0; i < now->cnt; i++) {
        const rd_kafka_topic_partition_t *then =
            b->committed ? rd_kafka_topic_partition_list_find(b->committed, now->elems[i].topic,
                                                              now->elems[i].partition)
                         : NULL;

        if (!then || then->offset < now->elems[i].offset)
            return true;
    }
    return false;
}

/* bus_idle - positions step over transaction markers as they are polled; a group that never commits
 * that has lag for ever */
int bus_idle(struct bus *b, struct err *e)
{
    rd_kafka_topic_partition_list_t *now;
    int64_t at_us = clock_mono_us();
    bool any;

    if (!b->quiet_since_us)
        b->quiet_since_us = at_us;
    if (b->in_batch || !bus_settled(b) || !b->n_assigned || at_us - b->quiet_since_us < IDLE_US)
        return 0;
    b->quiet_since_us = at_us;
    if (consumer_positions(b, &now, e) < 0)
        return -1;
    any = ahead(b, now);
    rd_kafka_topic_partition_list_destroy(now);
    if (!any)
        return 0;
    return bus_begin(b, e) < 0 || bus_commit(b, e) < 0 ? -1 : 0;
}
