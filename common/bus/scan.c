/* scan.c - a topic read from outside any group: the operator's command looks, it does not take */
#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "common/bus/handle.h"
#include "common/sys/clock.h"
#include "common/sys/log.h"

enum { FOLLOW_MS = 200, STUCK_US = 60 * 1000000 };

struct scan {
    rd_kafka_t *rk;
    rd_kafka_topic_t *rkt;
    rd_kafka_queue_t *queue;
    enum topic topic;
    int32_t n;
    int64_t *end; /* per partition: high watermark at the start; reached: -1 */
    int32_t open; /* partitions not yet at their end */
    bool follow, mock, dead;
    struct vault *vault;
    struct bus_opened opened;
    int64_t from_ms;
    bus_scan_fn fn;
    void *arg;
};

/* is_mock - the embedded broker cannot seek by time: it is read from the beginning, and filtered
 * here */
static bool is_mock(rd_kafka_t *rk, int64_t timeout_ms)
{
    char *id = rd_kafka_clusterid(rk, (int)timeout_ms);
    bool mock = id && str_starts(id, "mockCluster");

    if (id)
        rd_kafka_mem_free(rk, id);
    return mock;
}

/* start_offset - of one partition: the first record at or after an instant */
static int64_t start_offset(struct scan *s, const char *name, int32_t partition, int64_t from_ms,
                            int64_t timeout_ms)
{
    rd_kafka_topic_partition_list_t *list;
    int64_t offset = RD_KAFKA_OFFSET_BEGINNING;

    if (from_ms <= 0 || s->mock)
        return offset;
    list = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(list, name, partition)->offset = from_ms;
    if (rd_kafka_offsets_for_times(s->rk, list, (int)timeout_ms) == RD_KAFKA_RESP_ERR_NO_ERROR)
        offset = list->elems[0].offset;
    rd_kafka_topic_partition_list_destroy(list);
    return offset;
}

/* start_partition - into the one queue */
static int start_partition(struct scan *s, const char *name, int32_t p, int64_t from_ms,
                           int64_t timeout_ms, struct err *e)
{
    int64_t low, high, from;

    if (bus_watermarks(s->rk, name, p, &low, &high, timeout_ms, e) < 0)
        return -1;
    from = start_offset(s, name, p, from_ms, timeout_ms);
    s->end[p] = high;
    if (!s->follow && (low == high || from == RD_KAFKA_OFFSET_END || from >= high)) {
        s->end[p] = -1;
        s->open--;
        return 0;
    }
    if (rd_kafka_consume_start_queue(s->rkt, p, from, s->queue) != 0)
        return bus_error(rd_kafka_last_error(), name, e);
    return 0;
}

/* at_end - a partition is done */
static void at_end(struct scan *s, int32_t p, int64_t next)
{
    if (p < 0 || p >= s->n || s->end[p] < 0 || next < s->end[p])
        return;
    s->end[p] = -1;
    s->open--;
}

/* give - a record to fn; non-zero: stop. One that was changed is no record of ours; one whose key
 * is missing would make what is read look whole. */
static int give(struct scan *s, struct bus_message *m, struct err *e)
{
    if (m->time_ms < s->from_ms)
        return 0;
    bus_unseal(s->vault, &s->opened, m);
    if (!m->fault || s->dead)
        return s->fn(s->arg, m) ? 1 : 0;
    if (str_eq(m->fault->code, "seal-key"))
        return bus_fault(m, e);
    log_event(LOG_WARN, "record_passed_over", log_s("topic", topic_row(m->topic)->name),
              log_i("partition", m->partition), log_i("offset", m->offset),
              log_s("code", m->fault->code));
    return 0;
}

/* one - a polled message to fn; non-zero: stop. The end lies behind markers of transactions, which
 * are not given: what is written while a partition waits for it must not be taken for older. */
static int one(struct scan *s, const rd_kafka_message_t *m, struct err *e)
{
    struct bus_message out;
    int r;

    if (m->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
        at_end(s, m->partition, m->offset);
        return 0;
    }
    if (m->err != RD_KAFKA_RESP_ERR_NO_ERROR)
        return bus_error(m->err, "scan", e);
    if (!s->follow && m->partition < s->n && m->offset >= s->end[m->partition]) {
        at_end(s, m->partition, m->offset); /* younger than the scan */
        return 0;
    }
    bus_message_of(m, s->topic, &out);
    r = give(s, &out, e);
    at_end(s, m->partition, m->offset + 1);
    return r;
}

/* run - to the end, or on and on */
static int run(struct scan *s, struct err *e)
{
    int64_t moved = clock_mono_us();
    int r = 0;

    while (r == 0 && (s->follow || s->open > 0)) {
        rd_kafka_message_t *m = rd_kafka_consume_queue(s->queue, FOLLOW_MS);

        if (m) {
            r = one(s, m, e);
            rd_kafka_message_destroy(m);
            moved = clock_mono_us();
        } else if (s->follow)
            r = s->fn(s->arg, NULL) ? 1 : 0;
        else if (clock_mono_us() - moved > STUCK_US)
            return err_set(e, ERR_RETRY, "broker", "scan: nothing came for a minute");
    }
    return r < 0 ? -1 : 0;
}

/* open_scan - handle, topic, partitions */
static int open_scan(struct scan *s, const struct conf *c, const char *name, int64_t from_ms,
                     struct err *e)
{
    int64_t timeout_ms = bus_timeout_ms(c);

    s->vault = bus_vault(c, e);
    if (s->vault)
        s->rk = bus_handle(BUS_READER, bus_conf(BUS_READER, c, "scan", NULL, e), e);
    if (!s->rk)
        return -1;
    s->n = bus_count_partitions(s->rk, name, timeout_ms, e);
    if (s->n < 0)
        return -1;
    s->open = s->n;
    s->from_ms = from_ms;
    s->mock = from_ms > 0 && is_mock(s->rk, timeout_ms);
    s->end = calloc((size_t)s->n, sizeof(*s->end));
    s->rkt = rd_kafka_topic_new(s->rk, name, NULL);
    s->queue = rd_kafka_queue_new(s->rk);
    if (!s->end || !s->rkt || !s->queue)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    for (int32_t p = 0; p < s->n; p++)
        if (start_partition(s, name, p, from_ms, timeout_ms, e) < 0)
            return -1;
    return 0;
}

/* close_scan - in the order librdkafka needs */
static void close_scan(struct scan *s)
{
    for (int32_t p = 0; s->rkt && p < s->n; p++)
        rd_kafka_consume_stop(s->rkt, p);
    if (s->queue)
        rd_kafka_queue_destroy(s->queue);
    if (s->rkt)
        rd_kafka_topic_destroy(s->rkt);
    bus_handle_free(s->rk);
    vault_close(s->vault);
    buf_wipe(&s->opened.plain);
    free(s->end);
}

/* bus_scan - read committed */
int bus_scan(const struct conf *c, enum topic t, bool dead, int64_t from_ms, bool follow,
             bus_scan_fn fn, void *arg, struct err *e)
{
    struct scan s = {.topic = t, .dead = dead, .follow = follow, .fn = fn, .arg = arg};
    char name[BUS_NAME];
    int r = bus_check_prefix(c, e);

    bus_topic_name(c, t, dead, name);
    if (r == 0)
        r = open_scan(&s, c, name, from_ms, e);
    if (r == 0)
        r = run(&s, e);
    close_scan(&s);
    return r;
}
