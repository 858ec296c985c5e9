/* replay.c - one partition of a changelog, from an offset to its end as of now
 *
 * The end is the high watermark, which counts records of transactions that are still open; a
 * read-committed reader does not get there before they have ended. That wait is the point: a
 * predecessor's last batch is in or out, never between. */
#include <string.h>

#include "common/bus/core.h"
#include "common/sys/clock.h"

enum { POLL_MS = 100, STUCK_US = 30 * 1000000 };

/* replay_close - the two handles of a restore */
void replay_close(struct bus *b)
{
    bus_handle_free(b->reader);
    bus_handle_free(b->watcher);
    b->reader = b->watcher = NULL;
}

/* open_handles - kept until all partitions are restored */
static int open_handles(struct bus *b, struct err *e)
{
    if (!b->watcher)
        b->watcher =
            bus_handle(BUS_WATCHER, bus_conf(BUS_WATCHER, b->conf, b->o.stage, NULL, e), e);
    if (b->watcher && !b->reader)
        b->reader = bus_handle(BUS_READER, bus_conf(BUS_READER, b->conf, b->o.stage, NULL, e), e);
    return b->watcher && b->reader ? 0 : -1;
}

/* A partition being read. */
struct reading {
    struct bus *b;
    enum topic topic;
    int32_t partition;
    int64_t end, next;
    bus_replay_fn fn;
    void *arg;
};

/* one - a polled message to fn; 1: the end is reached, 0, -1 */
static int one(struct reading *g, const rd_kafka_message_t *m, struct err *e)
{
    struct bus_message out;

    if (m->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
        g->next = m->offset;
        return m->offset >= g->end;
    }
    if (m->err != RD_KAFKA_RESP_ERR_NO_ERROR)
        return bus_error(m->err, "replay", e);
    bus_message_of(m, g->topic, &out);
    bus_unseal(g->b->vault, &g->b->opened, &out);
    if (out.fault)
        return bus_fault(&out, e);
    g->next = m->offset + 1;
    if (g->fn(g->arg, &out, e) < 0)
        return -1;
    return g->next >= g->end;
}

/* read_to - until the end, or nothing moves any more */
static int read_to(struct reading *g, rd_kafka_topic_t *rkt, struct err *e)
{
    int64_t moved = clock_mono_us();
    int r = 0;

    while (r == 0) {
        rd_kafka_message_t *m = rd_kafka_consume(rkt, g->partition, POLL_MS);
        int64_t before = g->next;

        if (m) {
            r = one(g, m, e);
            rd_kafka_message_destroy(m);
        }
        if (g->next != before)
            moved = clock_mono_us();
        if (r == 0 && clock_mono_us() - moved > STUCK_US)
            return err_set(e, ERR_RETRY, "replay", "%s: an open transaction does not end",
                           rd_kafka_topic_name(rkt));
    }
    return r < 0 ? -1 : 0;
}

/* read_from - an offset on */
static int read_from(struct reading *g, const char *name, int64_t from, struct err *e)
{
    rd_kafka_topic_t *rkt = rd_kafka_topic_new(g->b->reader, name, NULL);
    int r;

    if (!rkt || rd_kafka_consume_start(rkt, g->partition, from) != 0)
        r = bus_error(rd_kafka_last_error(), name, e);
    else {
        r = read_to(g, rkt, e);
        rd_kafka_consume_stop(rkt, g->partition);
    }
    if (rkt)
        rd_kafka_topic_destroy(rkt);
    return r;
}

/* bus_replay - state of one partition */
int bus_replay(struct bus *b, enum topic t, int32_t partition, int64_t from_offset,
               bus_replay_fn fn, void *arg, int64_t *next_offset, struct err *e)
{
    struct reading g = {b, t, partition, 0, from_offset, fn, arg};
    const char *name = b->names[t][0];
    int64_t low;

    if (open_handles(b, e) < 0)
        return -1;
    if (bus_watermarks(b->watcher, name, partition, &low, &g.end, b->timeout_ms, e) < 0)
        return -1;
    if (from_offset > g.end || (from_offset && from_offset < low))
        return err_set(e, ERR_REJECT, "offset", "%s/%d: the topic was made anew", name,
                       (int)partition);
    if (from_offset == g.end || low == g.end) {
        *next_offset = g.end;
        return 0;
    }
    if (read_from(&g, name, from_offset < low ? low : from_offset, e) < 0)
        return -1;
    *next_offset = g.next;
    return 0;
}
