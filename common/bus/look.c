/* look.c - one record of a topic, by its place: the operator's command asks for what a question
 * names */
#include "common/bus/handle.h"
#include "common/sys/clock.h"

enum { POLL_MS = 100 };

/* take - the record that was asked for to fn; the next one, or the end, says that it is gone.
 * 1: read, 0: not there, -1: error */
static int take(const rd_kafka_message_t *m, enum topic t, int64_t offset, bus_scan_fn fn,
                void *arg, struct err *e)
{
    struct bus_message out;

    if (m->err == RD_KAFKA_RESP_ERR__PARTITION_EOF)
        return 0;
    if (m->err != RD_KAFKA_RESP_ERR_NO_ERROR)
        return bus_error(m->err, "look", e);
    if (m->offset != offset)
        return 0;
    bus_message_of(m, t, &out);
    fn(arg, &out);
    return 1;
}

/* read_one - the first answer of the broker */
static int read_one(rd_kafka_topic_t *rkt, enum topic t, int32_t partition, int64_t offset,
                    int64_t timeout_ms, bus_scan_fn fn, void *arg, struct err *e)
{
    int64_t until = clock_mono_us() + timeout_ms * 1000;

    while (clock_mono_us() < until) {
        rd_kafka_message_t *m = rd_kafka_consume(rkt, partition, POLL_MS);
        int r;

        if (!m)
            continue;
        r = take(m, t, offset, fn, arg, e);
        rd_kafka_message_destroy(m);
        return r;
    }
    return err_set(e, ERR_RETRY, "broker", "look: the record did not come");
}

/* look - within the topic as it is now */
static int look(rd_kafka_t *rk, const char *name, enum topic t, int32_t partition, int64_t offset,
                int64_t timeout_ms, bus_scan_fn fn, void *arg, struct err *e)
{
    int64_t low, high;
    rd_kafka_topic_t *rkt;
    int r;

    if (bus_watermarks(rk, name, partition, &low, &high, timeout_ms, e) < 0)
        return -1;
    if (offset < low || offset >= high)
        return 0;
    rkt = rd_kafka_topic_new(rk, name, NULL);
    if (!rkt || rd_kafka_consume_start(rkt, partition, offset) != 0)
        r = bus_error(rd_kafka_last_error(), name, e);
    else {
        r = read_one(rkt, t, partition, offset, timeout_ms, fn, arg, e);
        rd_kafka_consume_stop(rkt, partition);
    }
    if (rkt)
        rd_kafka_topic_destroy(rkt);
    return r;
}

/* bus_look - as the header has it */
int bus_look(const struct conf *c, enum topic t, int32_t partition, int64_t offset, bus_scan_fn fn,
             void *arg, struct err *e)
{
    char name[BUS_NAME];
    int64_t timeout_ms = bus_timeout_ms(c);
    rd_kafka_t *rk;
    int r;

    if (bus_check_prefix(c, e) != 0)
        return -1;
    rk = bus_handle(BUS_READER, bus_conf(BUS_READER, c, "look", NULL, e), e);
    if (!rk)
        return -1;
    bus_topic_name(c, t, false, name);
    r = look(rk, name, t, partition, offset, timeout_ms, fn, arg, e);
    bus_handle_free(rk);
    return r;
}
