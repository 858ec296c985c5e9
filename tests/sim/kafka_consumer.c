/* kafka_consumer.c - librdkafka's consumer: the group's member, partitions, positions
 *
 * As measured with 2.0.2: a position is known once a message was handed out, steps over markers and
 * aborted records as they are polled past, and is unknown again after a seek. */
#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "tests/sim/kafka.h"

enum { WAIT_US = 50000, HEARTBEAT_US = 3000000 };

/* kafka_part - of the assignment; NULL: not in it */
struct part *kafka_part(rd_kafka_t *rk, const rd_kafka_topic_partition_t *p)
{
    enum topic t;
    bool dead;

    broker_topic(p->topic, &t, &dead);
    for (size_t i = 0; i < rk->n_parts; i++)
        if (rk->parts[i].topic == t && rk->parts[i].partition == p->partition)
            return &rk->parts[i];
    return NULL;
}

/* rd_kafka_subscribe - joins at the first poll */
rd_kafka_resp_err_t rd_kafka_subscribe(rd_kafka_t *rk, const rd_kafka_topic_partition_list_t *list)
{
    size_t n = 0;
    bool dead;

    sim_call("subscribe");
    for (int i = 0; i < list->cnt; i++)
        broker_topic(list->elems[i].topic, &rk->subscribed[n++], &dead);
    rk->subscribed[n] = TOPIC_NONE;
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

/* rd_kafka_assign - nothing is known of positions yet */
rd_kafka_resp_err_t rd_kafka_assign(rd_kafka_t *rk, const rd_kafka_topic_partition_list_t *list)
{
    rk->n_parts = 0;
    for (int i = 0; list && i < list->cnt; i++) {
        struct part *p = &rk->parts[rk->n_parts++];
        bool dead;

        *p = (struct part){.partition = list->elems[i].partition,
                           .fetch = RD_KAFKA_OFFSET_INVALID,
                           .position = RD_KAFKA_OFFSET_INVALID};
        broker_topic(list->elems[i].topic, &p->topic, &dead);
    }
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

/* rd_kafka_assignment_lost - inside the callback */
int rd_kafka_assignment_lost(rd_kafka_t *rk)
{
    return rk->lost;
}

/* rd_kafka_assignment - a copy */
rd_kafka_resp_err_t rd_kafka_assignment(rd_kafka_t *rk, rd_kafka_topic_partition_list_t **out)
{
    *out = rd_kafka_topic_partition_list_new(1);
    for (size_t i = 0; i < rk->n_parts; i++)
        rd_kafka_topic_partition_list_add(*out, topic_row(rk->parts[i].topic)->name,
                                          rk->parts[i].partition);
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

/* rd_kafka_position - behind the last message that was handed out */
rd_kafka_resp_err_t rd_kafka_position(rd_kafka_t *rk, rd_kafka_topic_partition_list_t *list)
{
    for (int i = 0; i < list->cnt; i++) {
        const struct part *p = kafka_part(rk, &list->elems[i]);

        list->elems[i].offset = p ? p->position : RD_KAFKA_OFFSET_INVALID;
    }
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

/* stable - waits until no transaction is about to change what is committed */
static bool stable(rd_kafka_t *rk, enum topic t, int32_t partition, int64_t until)
{
    while (broker_unstable(rk->conf.group, t, partition)) {
        if (sim.now_us > until)
            return false;
        task_pause(WAIT_US);
    }
    return true;
}

/* rd_kafka_committed - waits for offsets that a transaction is about to change */
rd_kafka_resp_err_t rd_kafka_committed(rd_kafka_t *rk, rd_kafka_topic_partition_list_t *list,
                                       int timeout_ms)
{
    int64_t until = sim.now_us + (int64_t)timeout_ms * 1000;

    sim_call("committed");
    if (fault(FAULT_COMMITTED))
        return RD_KAFKA_RESP_ERR__TIMED_OUT;
    for (int i = 0; i < list->cnt; i++) {
        rd_kafka_topic_partition_t *p = &list->elems[i];
        enum topic t;
        bool dead;

        broker_topic(p->topic, &t, &dead);
        if (!stable(rk, t, p->partition, until))
            return RD_KAFKA_RESP_ERR__TIMED_OUT;
    }
    for (int i = 0; i < list->cnt; i++) {
        rd_kafka_topic_partition_t *p = &list->elems[i];
        enum topic t;
        bool dead;

        broker_topic(p->topic, &t, &dead);
        p->offset = group_committed(rk->conf.group, t, p->partition);
        p->err = RD_KAFKA_RESP_ERR_NO_ERROR;
        if (p->offset < 0)
            p->offset = RD_KAFKA_OFFSET_INVALID;
    }
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

/* rd_kafka_seek_partitions - each by itself */
rd_kafka_error_t *rd_kafka_seek_partitions(rd_kafka_t *rk, rd_kafka_topic_partition_list_t *list,
                                           int timeout_ms)
{
    (void)timeout_ms;
    sim_call("seek");
    for (int i = 0; i < list->cnt; i++) {
        struct part *p = kafka_part(rk, &list->elems[i]);

        list->elems[i].err = RD_KAFKA_RESP_ERR_NO_ERROR;
        if (!p)
            list->elems[i].err = RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION;
        else if (fault(FAULT_SEEK))
            list->elems[i].err = RD_KAFKA_RESP_ERR__TIMED_OUT;
        else if (sim.sabotage != SABOTAGE_SEEK) {
            p->fetch = list->elems[i].offset < 0 ? 0 : list->elems[i].offset;
            p->position = RD_KAFKA_OFFSET_INVALID;
        }
    }
    return NULL;
}

/* pause_all - or resume */
static rd_kafka_resp_err_t pause_all(rd_kafka_t *rk, rd_kafka_topic_partition_list_t *list, bool on)
{
    for (int i = 0; i < list->cnt; i++) {
        struct part *p = kafka_part(rk, &list->elems[i]);

        if (p)
            p->paused = on;
    }
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

/* rd_kafka_pause_partitions - none of their messages come */
rd_kafka_resp_err_t rd_kafka_pause_partitions(rd_kafka_t *rk, rd_kafka_topic_partition_list_t *list)
{
    return pause_all(rk, list, true);
}

/* rd_kafka_resume_partitions - they come again */
rd_kafka_resp_err_t rd_kafka_resume_partitions(rd_kafka_t *rk,
                                               rd_kafka_topic_partition_list_t *list)
{
    return pause_all(rk, list, false);
}

/* rd_kafka_commit - outside a transaction */
rd_kafka_resp_err_t rd_kafka_commit(rd_kafka_t *rk, const rd_kafka_topic_partition_list_t *list,
                                    int async)
{
    (void)async;
    sim_call("commit");
    if (fault(FAULT_COMMITTED))
        return RD_KAFKA_RESP_ERR__TIMED_OUT;
    if (!group_valid(rk->conf.group, rk->member, rk->generation))
        return RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION;
    for (int i = 0; i < list->cnt; i++) {
        struct offset o = {.partition = list->elems[i].partition,
                           .offset = list->elems[i].offset,
                           .order = broker_order()};
        bool dead;

        if (broker_topic(list->elems[i].topic, &o.topic, &dead))
            group_commit(rk->conf.group, &o);
    }
    sim_call("commit's answer");
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

/* rd_kafka_consumer_group_metadata - as the member knows it, which may be old */
rd_kafka_consumer_group_metadata_t *rd_kafka_consumer_group_metadata(rd_kafka_t *rk)
{
    rd_kafka_consumer_group_metadata_t *g = calloc(1, sizeof(*g));

    if (!g)
        sim_fail("simulator: out of memory");
    str_copy(g->group, KAFKA_NAME, rk->conf.group);
    g->member = rk->member;
    g->generation = rk->generation;
    return g;
}

/* rd_kafka_consumer_group_metadata_destroy - a copy */
void rd_kafka_consumer_group_metadata_destroy(rd_kafka_consumer_group_metadata_t *g)
{
    free(g);
}

/* give_up - the application's callback; it ends its batch in there */
static void give_up(rd_kafka_t *rk, bool lost)
{
    rd_kafka_topic_partition_list_t *list;

    if (!rk->holds)
        return;
    rk->lost = lost;
    rd_kafka_assignment(rk, &list);
    rk->conf.rebalance(rk, RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS, list, rk->conf.opaque);
    rd_kafka_topic_partition_list_destroy(list);
    rk->lost = rk->holds = false;
    rk->n_parts = 0;
}

/* take_up - new partitions; a group that formed anew meanwhile is told the next time */
static void take_up(rd_kafka_t *rk)
{
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
    int32_t from, to;

    rk->generation = group_take(rk->conf.group, rk->member, &from, &to);
    for (const enum topic *t = rk->subscribed; *t != TOPIC_NONE; t++)
        for (int32_t p = from; p < to; p++)
            rd_kafka_topic_partition_list_add(list, topic_row(*t)->name, p);
    rk->holds = true;
    trace("takes partitions %d to %d", (int)from, (int)to - 1);
    rk->conf.rebalance(rk, RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS, list, rk->conf.opaque);
    rd_kafka_topic_partition_list_destroy(list);
}

/* be_member - what the group wants of us; a rebalance callback may be called */
static void be_member(rd_kafka_t *rk)
{
    if (rk->member < 0) {
        rk->member = group_join(rk->conf.group, rk->proc, rk->subscribed);
        return;
    }
    group_disturb(rk->conf.group, rk->member);
    if (rk->holds && sim.now_us < rk->heartbeat_us) /* what the group wants is heard then */
        return;
    rk->heartbeat_us = sim.now_us + random_between(0, HEARTBEAT_US);
    switch (group_heartbeat(rk->conf.group, rk->member)) {
    case GROUP_LOST:
        give_up(rk, true);
        rk->member = -1;
        break;
    case GROUP_REJOIN:
        give_up(rk, false);
        group_rejoin(rk->conf.group, rk->member);
        break;
    case GROUP_NEW:
        take_up(rk);
        break;
    default:
        break;
    }
}

/* start_fetch - from what is committed, once that is stable */
static bool start_fetch(rd_kafka_t *rk, struct part *p)
{
    if (p->fetch >= 0)
        return true;
    if (broker_unstable(rk->conf.group, p->topic, p->partition))
        return false;
    p->fetch = group_committed(rk->conf.group, p->topic, p->partition);
    if (p->fetch < 0)
        p->fetch = 0;
    return true;
}

/* step_over - markers and aborted records; true: there is a record */
static bool step_over(rd_kafka_t *rk, struct part *p)
{
    struct log *l = broker_log(p->topic, false, p->partition);
    size_t end = broker_end(l, rk->conf.committed);

    while ((size_t)p->fetch < end && !broker_visible(&l->records[p->fetch], rk->conf.committed)) {
        p->fetch++;
        if (p->position >= 0)
            p->position = p->fetch;
    }
    return (size_t)p->fetch < end;
}

/* ready - may this partition give a record now? */
static bool ready(rd_kafka_t *rk, struct part *p)
{
    if (p->paused || p->slow_until_us > sim.now_us || !start_fetch(rk, p) || !step_over(rk, p))
        return false;
    if (!fault(FAULT_FETCH_SLOW))
        return true;
    p->slow_until_us = sim.now_us + random_between(1000, 3000000);
    return false;
}

/* next_message - of any partition that has one; NULL: none */
static rd_kafka_message_t *next_message(rd_kafka_t *rk)
{
    size_t first = random_below(rk->n_parts);

    for (size_t i = 0; i < rk->n_parts; i++) {
        struct part *p = &rk->parts[(first + i) % rk->n_parts];
        struct rd_kafka_topic_s topic = {.topic = p->topic, .rk = rk};

        if (!ready(rk, p))
            continue;
        str_copy(topic.name, KAFKA_NAME, topic_row(p->topic)->name);
        p->position = ++p->fetch;
        trace("poll %s/%d@%lld", topic.name, (int)p->partition, (long long)p->fetch - 1);
        return kafka_message(&topic, p->partition, p->fetch - 1,
                             &broker_log(p->topic, false, p->partition)->records[p->fetch - 1]);
    }
    return NULL;
}

/* rd_kafka_consumer_poll - rebalances, then a message */
rd_kafka_message_t *rd_kafka_consumer_poll(rd_kafka_t *rk, int timeout_ms)
{
    rd_kafka_message_t *m;

    sim_call("consumer_poll");
    be_member(rk);
    if (fault(FAULT_POLL)) {
        struct rd_kafka_topic_s none = {.rk = rk};

        return kafka_event(&none, 0, 0, RD_KAFKA_RESP_ERR__TRANSPORT);
    }
    if ((m = next_message(rk)) || timeout_ms <= 0)
        return m;
    task_pause(random_between(1, timeout_ms * 1000));
    be_member(rk);
    return next_message(rk);
}

/* rd_kafka_consumer_close - leaves at once */
rd_kafka_resp_err_t rd_kafka_consumer_close(rd_kafka_t *rk)
{
    sim_call("consumer_close");
    give_up(rk, false);
    if (rk->member >= 0)
        group_leave(rk->conf.group, rk->member);
    rk->member = -1;
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}
