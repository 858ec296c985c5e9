/* consumer.c - the group's member: partitions that come and go, positions, going back
 *
 * The assignor is range and eager: topics with equal numbers of partitions are co-partitioned by
 * it, and librdkafka before 2.10 loses an assignment when a cooperative member commits during a
 * rebalance (#4059). */
#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "common/bus/core.h"
#include "common/sys/clock.h"
#include "common/sys/log.h"
#include "common/sys/metric.h"

enum { LOOK_MS = 200 };

/* show_lag - of one partition */
static void show_lag(const rd_kafka_topic_partition_t *p, int64_t n)
{
    char labels[160];

    snprintf(labels, sizeof(labels), "topic=\"%.100s\",partition=\"%d\"", p->topic,
             (int)p->partition);
    metric_set(metric_get(METRIC_CONSUMER_LAG, labels), n);
}

/* count_rebalance - by kind */
static void count_rebalance(const char *kind, const struct bus *b)
{
    metric_add(metric_with(METRIC_REBALANCES, "kind", kind), 1);
    metric_set(metric_get(METRIC_ASSIGNED_PARTITIONS, ""), (int64_t)b->n_assigned);
    log_event(LOG_INFO, kind, log_i("partitions", (int64_t)b->n_assigned));
}

/* remember - the numbers, each once, ascending as librdkafka gives them per topic */
static void remember(struct bus *b, const rd_kafka_topic_partition_list_t *list)
{
    b->n_assigned = 0;
    for (int i = 0; i < list->cnt; i++) {
        size_t at = 0;

        while (at < b->n_assigned && b->assigned[at] != list->elems[i].partition)
            at++;
        if (at == b->n_assigned && at < BUS_ASSIGNED_MAX)
            b->assigned[b->n_assigned++] = list->elems[i].partition;
    }
}

/* came - assigned; a worker with state gets messages only after it has read its state on */
static void came(struct bus *b, rd_kafka_t *rk, rd_kafka_topic_partition_list_t *list)
{
    remember(b, list);
    b->rewind = false;
    b->n_restored = 0;
    b->was_assigned = true;
    b->quiet_since_us = clock_mono_us();
    rd_kafka_assign(rk, list);
    if (b->o.events.assigned && list->cnt) {
        rd_kafka_pause_partitions(rk, list);
        b->paused = true;
    }
    count_rebalance("assigned", b);
}

/* forget_lag - of partitions that are somebody else's now */
static void forget_lag(const rd_kafka_topic_partition_list_t *list)
{
    for (int i = 0; i < list->cnt; i++)
        show_lag(&list->elems[i], 0);
}

/* went - revoked; the batch is ended while its partitions are still ours */
static void went(struct bus *b, rd_kafka_t *rk, const rd_kafka_topic_partition_list_t *list)
{
    bool lost = rd_kafka_assignment_lost(rk) != 0;
    struct err e = {0};

    if (b->in_batch && b->o.events.end_batch &&
        b->o.events.end_batch(b->o.events.arg, lost, &e) < 0 && e.class == ERR_FATAL)
        b->fatal = e;
    if (b->o.events.revoked && b->n_assigned)
        b->o.events.revoked(b->o.events.arg, b->assigned, b->n_assigned);
    b->n_assigned = 0;
    b->n_restored = 0;
    b->paused = b->rewind = b->fresh_positions = false;
    consumer_set_committed(b, NULL);
    rd_kafka_assign(rk, NULL);
    forget_lag(list);
    count_rebalance(lost ? "lost" : "revoked", b);
}

/* rebalanced - librdkafka's callback, from inside a poll */
static void rebalanced(rd_kafka_t *rk, rd_kafka_resp_err_t err,
                       rd_kafka_topic_partition_list_t *list, void *opaque)
{
    struct bus *b = opaque;

    if (b->closing)
        rd_kafka_assign(rk, NULL);
    else if (err == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS)
        came(b, rk, list);
    else
        went(b, rk, list);
}

/* consumer_set_away - said once when it changes */
void consumer_set_away(struct bus *b, bool away)
{
    if (away != b->away)
        log_event(away ? LOG_WARN : LOG_INFO, away ? "broker_away" : "broker_back",
                  log_s("what", "all brokers"));
    b->away = away;
    metric_set(metric_get(METRIC_BROKER_UP, ""), !away);
}

/* look_for_broker - after all were away: does one answer? */
static void look_for_broker(struct bus *b)
{
    const struct rd_kafka_metadata *md = NULL;

    if (rd_kafka_metadata(b->consumer, 0, NULL, &md, LOOK_MS) == RD_KAFKA_RESP_ERR_NO_ERROR)
        consumer_set_away(b, false);
    if (md)
        rd_kafka_metadata_destroy(md);
}

/* failing - librdkafka's global errors; those that are fatal consumer_check finds */
static void failing(rd_kafka_t *rk, int code, const char *reason, void *opaque)
{
    if (code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN)
        consumer_set_away(opaque, true);
    else
        bus_log_error(rk, code, reason, opaque);
}

/* consumer_check - a member that was fenced, or may not go on for another reason, never works
 * again: librdkafka says so once, as what a poll returns, and whatever polls may swallow it */
int consumer_check(struct bus *b, struct err *e)
{
    char why[200];
    rd_kafka_resp_err_t code = rd_kafka_fatal_error(b->consumer, why, sizeof(why));

    if (code == RD_KAFKA_RESP_ERR_NO_ERROR)
        return 0;
    return err_set(e, ERR_FATAL, "broker", "%s: %s", rd_kafka_err2name(code), why);
}

/* check_topic - is there and has as many partitions as those before; *first < 0: is the first */
static int check_topic(struct bus *b, enum topic t, int32_t *first, struct err *e)
{
    int32_t n = bus_count_partitions(b->consumer, b->names[t][0], b->timeout_ms, e);

    if (n < 0)
        return -1;
    if (*first >= 0 && n != *first)
        return err_set(e, ERR_FATAL, "topic",
                       "%s has %d partitions, %s %d: they must have the same number",
                       b->names[b->o.consume[0]][0], (int)*first, b->names[t][0], (int)n);
    *first = n;
    return 0;
}

/* check_topics - inputs and state: partition n of one belongs to partition n of the others */
static int check_topics(struct bus *b, struct err *e)
{
    int32_t first = -1;

    for (const enum topic *t = b->o.consume; *t != TOPIC_NONE; t++)
        if (check_topic(b, *t, &first, e) < 0)
            return -1;
    return b->o.state == TOPIC_NONE ? 0 : check_topic(b, b->o.state, &first, e);
}

/* subscribe - to all */
static int subscribe(struct bus *b, struct err *e)
{
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(4);
    rd_kafka_resp_err_t err;

    for (const enum topic *t = b->o.consume; *t != TOPIC_NONE; t++)
        rd_kafka_topic_partition_list_add(list, b->names[*t][0], RD_KAFKA_PARTITION_UA);
    err = rd_kafka_subscribe(b->consumer, list);
    rd_kafka_topic_partition_list_destroy(list);
    return err == RD_KAFKA_RESP_ERR_NO_ERROR ? 0 : bus_error(err, "subscribe", e);
}

/* consumer_open - a member of the group */
int consumer_open(struct bus *b, struct err *e)
{
    rd_kafka_conf_t *k = bus_conf(BUS_CONSUMER, b->conf, b->o.stage, NULL, e);

    if (!k)
        return -1;
    rd_kafka_conf_set_opaque(k, b);
    rd_kafka_conf_set_rebalance_cb(k, rebalanced);
    rd_kafka_conf_set_error_cb(k, failing);
    b->consumer = bus_handle(BUS_CONSUMER, k, e);
    if (!b->consumer || check_topics(b, e) < 0)
        return -1;
    consumer_set_away(b, false);
    return subscribe(b, e);
}

/* assignment - what librdkafka holds for us; caller destroys */
static int assignment(struct bus *b, rd_kafka_topic_partition_list_t **out, struct err *e)
{
    rd_kafka_resp_err_t err = rd_kafka_assignment(b->consumer, out);

    return err == RD_KAFKA_RESP_ERR_NO_ERROR ? 0 : bus_error(err, "assignment", e);
}

/* drop_unknown - partitions nothing was consumed from yet have no position */
static void drop_unknown(rd_kafka_topic_partition_list_t *list)
{
    for (int i = list->cnt; i > 0; i--)
        if (list->elems[i - 1].offset < 0)
            rd_kafka_topic_partition_list_del_by_idx(list, i - 1);
}

/* consumer_positions - behind the last message of each partition that was handed out, markers
 * included */
int consumer_positions(struct bus *b, rd_kafka_topic_partition_list_t **out, struct err *e)
{
    rd_kafka_topic_partition_list_t *list;
    rd_kafka_resp_err_t err;

    if (assignment(b, &list, e) < 0)
        return -1;
    err = rd_kafka_position(b->consumer, list);
    if (err != RD_KAFKA_RESP_ERR_NO_ERROR) {
        rd_kafka_topic_partition_list_destroy(list);
        return bus_error(err, "position", e);
    }
    drop_unknown(list);
    *out = list;
    return 0;
}

/* consumer_set_committed - so that an idle worker knows whether there is anything to commit */
void consumer_set_committed(struct bus *b, rd_kafka_topic_partition_list_t *positions)
{
    if (b->committed)
        rd_kafka_topic_partition_list_destroy(b->committed);
    b->committed = positions;
    if (positions)
        b->fresh_positions = false;
}

/* consumer_commit - offsets without a transaction */
int consumer_commit(struct bus *b, struct err *e)
{
    rd_kafka_topic_partition_list_t *list;
    rd_kafka_resp_err_t err = RD_KAFKA_RESP_ERR_NO_ERROR;

    if (consumer_positions(b, &list, e) < 0)
        return -1;
    if (list->cnt)
        err = rd_kafka_commit(b->consumer, list, 0);
    if (err != RD_KAFKA_RESP_ERR_NO_ERROR) {
        rd_kafka_topic_partition_list_destroy(list);
        return bus_error(err, "commit", e);
    }
    consumer_set_committed(b, list);
    return 0;
}

/* seek_all - to the offsets in the list; each must succeed */
static int seek_all(struct bus *b, rd_kafka_topic_partition_list_t *list, struct err *e)
{
    rd_kafka_error_t *error = rd_kafka_seek_partitions(b->consumer, list, -1);

    if (error) {
        bus_error(rd_kafka_error_code(error), "seek", e);
        rd_kafka_error_destroy(error);
        return -1;
    }
    for (int i = 0; i < list->cnt; i++)
        if (list->elems[i].err != RD_KAFKA_RESP_ERR_NO_ERROR)
            return bus_error(list->elems[i].err, "seek", e);
    return 0;
}

/* ask_committed - of these partitions; `none` where the group has committed nothing */
static int ask_committed(struct bus *b, rd_kafka_topic_partition_list_t *list, int64_t none,
                         struct err *e)
{
    rd_kafka_resp_err_t err = rd_kafka_committed(b->consumer, list, (int)b->timeout_ms);

    for (int i = 0; err == RD_KAFKA_RESP_ERR_NO_ERROR && i < list->cnt; i++) {
        err = list->elems[i].err;
        if (list->elems[i].offset < 0)
            list->elems[i].offset = none;
    }
    return err == RD_KAFKA_RESP_ERR_NO_ERROR ? 0 : bus_error(err, "committed", e);
}

/* consumer_committed - of all our partitions; nothing committed: 0, where reading begins anyway */
int consumer_committed(struct bus *b, rd_kafka_topic_partition_list_t **out, struct err *e)
{
    rd_kafka_topic_partition_list_t *list;

    if (assignment(b, &list, e) < 0)
        return -1;
    if (list->cnt && ask_committed(b, list, 0, e) < 0) {
        rd_kafka_topic_partition_list_destroy(list);
        return -1;
    }
    *out = list;
    return 0;
}

/* consumer_rewind - to what the group has committed; nothing committed: the beginning */
int consumer_rewind(struct bus *b, struct err *e)
{
    rd_kafka_topic_partition_list_t *list;
    int r = 0;

    if (assignment(b, &list, e) < 0)
        return -1;
    if (list->cnt)
        r = ask_committed(b, list, RD_KAFKA_OFFSET_BEGINNING, e) < 0 ? -1 : seek_all(b, list, e);
    rd_kafka_topic_partition_list_destroy(list);
    if (r == 0) {
        b->rewind = b->fresh_positions = false;
        consumer_set_committed(b, NULL);
    }
    return r;
}

/* report_one - of one partition */
static void report_one(struct bus *b, const rd_kafka_topic_partition_t *p)
{
    int64_t low, high;

    if (rd_kafka_get_watermark_offsets(b->consumer, p->topic, p->partition, &low, &high) ==
        RD_KAFKA_RESP_ERR_NO_ERROR)
        show_lag(p, high > p->offset ? high - p->offset : 0);
}

/* bus_report_lag - from what the last fetches said */
void bus_report_lag(struct bus *b)
{
    rd_kafka_topic_partition_list_t *list;
    struct err ignored;

    if (b->away)
        look_for_broker(b);
    if (consumer_positions(b, &list, &ignored) < 0)
        return;
    for (int i = 0; i < list->cnt; i++)
        report_one(b, &list->elems[i]);
    rd_kafka_topic_partition_list_destroy(list);
}
