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

/* one - a polled message to fn; 1: the end is reached, 0, -1 */
static int one(const rd_kafka_message_t *m, enum topic t, int64_t end, bus_replay_fn fn, void *arg,
               int64_t *next, struct err *e)
{
    struct bus_message out;

    if (m->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
        *next = m->offset;
        return m->offset >= end;
    }
    if (m->err != RD_KAFKA_RESP_ERR_NO_ERROR)
        return bus_error(m->err, "replay", e);
    *next = m->offset + 1;
    bus_message_of(m, t, &out);
    if (fn(arg, &out, e) < 0)
        return -1;
    return *next >= end;
}

/* read_to - until the end, or nothing moves any more */
static int read_to(rd_kafka_topic_t *rkt, enum topic t, int32_t partition, int64_t end,
                   bus_replay_fn fn, void *arg, int64_t *next, struct err *e)
{
    int64_t moved = clock_mono_us();
    int r = 0;

    while (r == 0) {
        rd_kafka_message_t *m = rd_kafka_consume(rkt, partition, POLL_MS);
        int64_t before = *next;

        if (m) {
            r = one(m, t, end, fn, arg, next, e);
            rd_kafka_message_destroy(m);
        }
        if (*next != before)
            moved = clock_mono_us();
        if (r == 0 && clock_mono_us() - moved > STUCK_US)
            return err_set(e, ERR_RETRY, "replay", "%s: an open transaction does not end",
                           rd_kafka_topic_name(rkt));
    }
    return r < 0 ? -1 : 0;
}

/* bus_replay - state of one partition */
int bus_replay(struct bus *b, enum topic t, int32_t partition, int64_t from_offset,
               bus_replay_fn fn, void *arg, int64_t *next_offset, struct err *e)
{
    int64_t low, high, next = from_offset;
    rd_kafka_topic_t *rkt;
    int r;

    if (open_handles(b, e) < 0)
        return -1;
    if (bus_watermarks(b->watcher, b->names[t][0], partition, &low, &high, b->timeout_ms, e) < 0)
        return -1;
    if (from_offset > high || (from_offset && from_offset < low))
        return err_set(e, ERR_REJECT, "offset", "%s/%d: the topic was made anew", b->names[t][0],
                       (int)partition);
    if (from_offset == high || low == high) {
        *next_offset = high;
        return 0;
    }
    rkt = rd_kafka_topic_new(b->reader, b->names[t][0], NULL);
    if (!rkt || rd_kafka_consume_start(rkt, partition, from_offset < low ? low : from_offset) != 0)
        r = bus_error(rd_kafka_last_error(), b->names[t][0], e);
    else {
        r = read_to(rkt, t, partition, high, fn, arg, &next, e);
        rd_kafka_consume_stop(rkt, partition);
    }
    if (rkt)
        rd_kafka_topic_destroy(rkt);
    if (r == 0)
        *next_offset = next;
    return r;
}
