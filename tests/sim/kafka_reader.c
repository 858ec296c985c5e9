/* kafka_reader.c - librdkafka's questions about topics, and its simple consumer, which state is
 * read with */
#include <stdlib.h>
#include <string.h>

#include "tests/sim/kafka.h"

enum { WAIT_US = 5000 };

/* rd_kafka_metadata - all topics have as many partitions */
rd_kafka_resp_err_t rd_kafka_metadata(rd_kafka_t *rk, int all, rd_kafka_topic_t *only,
                                      const struct rd_kafka_metadata **out, int timeout_ms)
{
    struct rd_kafka_metadata *md;

    (void)rk;
    (void)all;
    (void)timeout_ms;
    sim_call("metadata");
    if (fault(FAULT_METADATA))
        return RD_KAFKA_RESP_ERR__TRANSPORT;
    md = calloc(1, sizeof(*md));
    if (md)
        md->topics = calloc(1, sizeof(*md->topics));
    if (!md || !md->topics)
        sim_fail("simulator: out of memory");
    md->topic_cnt = 1;
    md->topics[0].topic = only->name;
    md->topics[0].partition_cnt = SIM_PARTITIONS;
    *out = md;
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

/* rd_kafka_metadata_destroy - ours */
void rd_kafka_metadata_destroy(const struct rd_kafka_metadata *md)
{
    free(md->topics);
    free((void *)(uintptr_t)md);
}

/* rd_kafka_offsets_for_times - the begin, or the end, which counts what is open */
rd_kafka_resp_err_t
rd_kafka_offsets_for_times(rd_kafka_t *rk, rd_kafka_topic_partition_list_t *list, int timeout_ms)
{
    rd_kafka_topic_partition_t *p = &list->elems[0];
    enum topic t;
    bool dead;

    (void)timeout_ms;
    sim_call("offsets");
    if (fault(FAULT_WATERMARK))
        return random_below(2) ? RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE
                               : RD_KAFKA_RESP_ERR__TIMED_OUT;
    broker_topic(p->topic, &t, &dead);
    p->err = RD_KAFKA_RESP_ERR_NO_ERROR;
    if (p->offset == RD_KAFKA_OFFSET_BEGINNING)
        p->offset = 0;
    else
        p->offset = (int64_t)broker_end(broker_log(t, dead, p->partition), rk->conf.committed);
    if (sim.sabotage == SABOTAGE_REPLAY && p->offset > 2)
        p->offset -= 2;
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

/* rd_kafka_get_watermark_offsets - as the last fetch said */
rd_kafka_resp_err_t rd_kafka_get_watermark_offsets(rd_kafka_t *rk, const char *topic,
                                                   int32_t partition, int64_t *low, int64_t *high)
{
    enum topic t;
    bool dead;

    broker_topic(topic, &t, &dead);
    *low = 0;
    *high = (int64_t)broker_end(broker_log(t, dead, partition), rk->conf.committed);
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

/* rd_kafka_consume_start - from an offset */
int rd_kafka_consume_start(rd_kafka_topic_t *t, int32_t partition, int64_t offset)
{
    (void)partition;
    sim_call("consume_start");
    t->next = offset;
    t->told_end = -1;
    t->started = true;
    return 0;
}

/* rd_kafka_consume_stop - no more */
int rd_kafka_consume_stop(rd_kafka_topic_t *t, int32_t partition)
{
    (void)partition;
    t->started = false;
    return 0;
}

/* step - the next record, or once that there is none */
static rd_kafka_message_t *step(rd_kafka_topic_t *t, int32_t partition)
{
    struct log *l = broker_log(t->topic, t->dead, partition);
    size_t end = broker_end(l, t->rk->conf.committed);

    while ((size_t)t->next < end) {
        const struct record *r = &l->records[t->next++];

        if (broker_visible(r, t->rk->conf.committed))
            return kafka_message(t, partition, t->next - 1, r);
    }
    if (t->told_end == t->next || !t->rk->conf.eof)
        return NULL;
    t->told_end = t->next;
    return kafka_event(t, partition, t->next, RD_KAFKA_RESP_ERR__PARTITION_EOF);
}

/* rd_kafka_consume - a record, the end once, or nothing in time */
rd_kafka_message_t *rd_kafka_consume(rd_kafka_topic_t *t, int32_t partition, int timeout_ms)
{
    int64_t until = sim.now_us + (int64_t)timeout_ms * 1000;
    rd_kafka_message_t *m;

    sim_call("consume");
    if (fault(FAULT_REPLAY))
        return kafka_event(t, partition, t->next, RD_KAFKA_RESP_ERR__TRANSPORT);
    while (!(m = step(t, partition)) && sim.now_us < until)
        task_pause(WAIT_US);
    return m;
}
