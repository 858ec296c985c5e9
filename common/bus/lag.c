/* lag.c - how far a group is, asked from outside it */
#include "common/bus/handle.h"

/* sum_partition - one partition's end and the group's offset in it */
static int sum_partition(rd_kafka_t *rk, const rd_kafka_topic_partition_t *p, int64_t timeout_ms,
                         struct bus_lag *out, struct err *e)
{
    int64_t low, high;

    if (bus_watermarks(rk, p->topic, p->partition, &low, &high, timeout_ms, e) < 0)
        return -1;
    out->end += high;
    out->committed += p->offset >= 0 ? p->offset : low;
    return 0;
}

/* lag_of - of one topic, summed over partitions */
static int lag_of(rd_kafka_t *rk, const struct conf *c, enum topic t, struct bus_lag *out,
                  struct err *e)
{
    int64_t timeout_ms = bus_timeout_ms(c);
    rd_kafka_topic_partition_list_t *partitions;
    rd_kafka_resp_err_t err;
    char name[BUS_NAME];
    int r = 0, n;

    *out = (struct bus_lag){.topic = t};
    n = bus_count_partitions(rk, bus_topic_name(c, t, false, name), timeout_ms, e);
    if (n < 0)
        return -1;
    partitions = rd_kafka_topic_partition_list_new(n);
    rd_kafka_topic_partition_list_add_range(partitions, name, 0, n - 1);
    err = rd_kafka_committed(rk, partitions, (int)timeout_ms);
    if (err != RD_KAFKA_RESP_ERR_NO_ERROR)
        r = bus_error(err, name, e);
    for (int i = 0; r == 0 && i < n; i++)
        r = sum_partition(rk, &partitions->elems[i], timeout_ms, out, e);
    rd_kafka_topic_partition_list_destroy(partitions);
    return r;
}

/* bus_group_lag - a group is asked without being joined */
int bus_group_lag(const struct conf *c, const char *stage, const enum topic *topics,
                  struct bus_lag *out, size_t n, struct err *e)
{
    rd_kafka_t *rk = bus_handle(BUS_CONSUMER, bus_conf(BUS_CONSUMER, c, stage, NULL, e), e);
    int r = rk ? 0 : -1;

    for (size_t i = 0; r == 0 && i < n; i++)
        r = lag_of(rk, c, topics[i], &out[i], e);
    bus_handle_free(rk);
    return r;
}
