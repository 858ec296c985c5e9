/* look.c - one record of a topic, by its place: the operator's command asks for what a question
 * names */
#include "common/bus/handle.h"
#include "common/sys/clock.h"

enum { POLL_MS = 100 };

/* What is looked for. */
struct look {
    rd_kafka_t *rk;
    struct vault *vault;
    enum topic topic;
    int32_t partition;
    int64_t offset, timeout_ms;
    bus_scan_fn fn;
    void *arg;
    bool to_end;
    int64_t end; /* read on until here */
};

/* give - the record opened, to fn; a record that cannot be opened is an error */
static int give(const struct look *l, const rd_kafka_message_t *m, struct err *e)
{
    struct bus_opened opened = {0};
    struct bus_message out;

    bus_message_of(m, l->topic, &out);
    bus_unseal(l->vault, &opened, &out);
    if (!out.fault)
        l->fn(l->arg, &out);
    else
        bus_fault(&out, e);
    buf_wipe(&opened.plain);
    return out.fault ? -1 : 1;
}

/* take - the record that was asked for to fn; the next one, or the end, says that it is gone.
 * 1: read, 0: not there, -1: error */
static int take(struct look *l, const rd_kafka_message_t *m, struct err *e)
{
    if (m->err == RD_KAFKA_RESP_ERR__PARTITION_EOF)
        return 0;
    if (m->err != RD_KAFKA_RESP_ERR_NO_ERROR)
        return bus_error(m->err, "look", e);
    if (m->offset < l->offset || m->offset >= l->end) /* the one asked for is gone */
        return 0;
    l->offset = m->offset + 1;
    return give(l, m, e);
}

/* read_on - the broker's answers, up to the end */
static int read_on(struct look *l, rd_kafka_topic_t *rkt, struct err *e)
{
    int64_t until = clock_mono_us() + l->timeout_ms * 1000;
    int r = 1;

    while (clock_mono_us() < until) {
        rd_kafka_message_t *m = rd_kafka_consume(rkt, l->partition, POLL_MS);

        if (!m)
            continue;
        r = take(l, m, e);
        rd_kafka_message_destroy(m);
        if (r <= 0 || l->offset >= l->end)
            return r;
    }
    return err_set(e, ERR_RETRY, "broker", "look: the record did not come");
}

/* look - within the topic as it is now */
static int look(struct look *l, const char *name, struct err *e)
{
    int64_t low, high;
    rd_kafka_topic_t *rkt;
    int r;

    if (bus_watermarks(l->rk, name, l->partition, &low, &high, l->timeout_ms, e) < 0)
        return -1;
    if (l->offset == BUS_LAST)
        l->offset = high - 1;
    if (l->to_end && l->offset < low)
        l->offset = low;
    if (l->offset < low || l->offset >= high)
        return 0;
    l->end = l->to_end ? high : l->offset + 1;
    rkt = rd_kafka_topic_new(l->rk, name, NULL);
    if (!rkt || rd_kafka_consume_start(rkt, l->partition, l->offset) != 0)
        r = bus_error(rd_kafka_last_error(), name, e);
    else {
        r = read_on(l, rkt, e);
        rd_kafka_consume_stop(rkt, l->partition);
    }
    if (rkt)
        rd_kafka_topic_destroy(rkt);
    return r;
}

/* open_and_look - with a handle of its own */
static int open_and_look(struct look *l, const struct conf *c, struct err *e)
{
    char name[BUS_NAME];
    int r = bus_check_prefix(c, e);

    l->timeout_ms = bus_timeout_ms(c);
    bus_topic_name(c, l->topic, false, name);
    if (r == 0 && (l->vault = bus_vault(c, e)))
        l->rk = bus_handle(BUS_READER, bus_conf(BUS_READER, c, "look", NULL, e), e);
    r = l->rk ? look(l, name, e) : -1;
    bus_handle_free(l->rk);
    vault_close(l->vault);
    return r;
}

/* bus_look - as the header has it */
int bus_look(const struct conf *c, enum topic t, int32_t partition, int64_t offset, bus_scan_fn fn,
             void *arg, struct err *e)
{
    struct look l = {.topic = t, .partition = partition, .offset = offset, .fn = fn, .arg = arg};

    return open_and_look(&l, c, e);
}

/* bus_look_on - as the header has it */
int bus_look_on(const struct conf *c, enum topic t, int32_t partition, int64_t offset,
                bus_scan_fn fn, void *arg, struct err *e)
{
    struct look l = {
        .topic = t, .partition = partition, .offset = offset, .fn = fn, .arg = arg, .to_end = true};

    return open_and_look(&l, c, e);
}
