/* restore.c - state and its changelog: changes out, records back */
#include <string.h>

#include "common/svc/work.h"
#include "common/sys/clock.h"
#include "common/sys/log.h"
#include "common/sys/metric.h"

enum { RESTORE_RECORDS = 2000, RESTORE_BYTES = 8 * 1024 * 1024 };

/* restore_change - a change of state as a record of the batch, to the partition of the message it
 * came from */
int restore_change(void *loop, int32_t partition, const void *key, size_t key_len,
                   const void *value, size_t n, struct err *e)
{
    struct loop *l = loop;
    struct bus_record r = {.topic = l->x.spec->state,
                           .partition = partition,
                           .key = key,
                           .key_len = key_len,
                           .value = value,
                           .value_len = n};

    return bus_produce(l->bus, &r, e);
}

/* A partition being read back, in local batches. */
struct restore {
    struct loop *l;
    int32_t partition;
    size_t records, bytes, total;
};

/* save - ends the local batch at an offset and opens the next */
static int save(struct restore *r, int64_t next, bool more, struct err *e)
{
    r->records = r->bytes = 0;
    if (next > 0)
        state_delivered(r->l->x.state, r->partition, next - 1);
    if (state_commit(r->l->x.state, e) < 0)
        return -1;
    return more ? state_begin(r->l->x.state, e) : 0;
}

/* restore_record - one; what is no record of ours is skipped and counted, it cannot be of this
 * worker's making */
static int restore_record(void *arg, const struct bus_message *m, struct err *e)
{
    struct restore *r = arg;

    r->l->status->alive_us = clock_mono_us();
    if (svc_stopping())
        return err_set(e, ERR_RETRY, "stopping", "stopped while reading state");
    if (state_restore(r->l->x.state, r->partition, m->key ? m->key : "", m->key_len, m->value,
                      m->value_len, e) < 0) {
        if (e->class != ERR_REJECT)
            return -1;
        log_event(LOG_ERROR, "state_record_skipped", log_s("code", e->code),
                  log_i("partition", m->partition), log_i("offset", m->offset));
        metric_add(metric_get(METRIC_STATE_SKIPPED, ""), 1);
    }
    r->total++;
    r->bytes += m->key_len + m->value_len;
    if (++r->records < RESTORE_RECORDS && r->bytes < RESTORE_BYTES)
        return 0;
    return save(r, m->offset + 1, true, e);
}

/* replay - from an offset to the end */
static int replay(struct restore *r, int64_t from, struct err *e)
{
    struct state *s = r->l->x.state;
    int64_t next = from;

    if (state_begin(s, e) < 0)
        return -1;
    if (bus_replay(r->l->bus, r->l->x.spec->state, r->partition, from, restore_record, r, &next,
                   e) < 0 ||
        save(r, next, false, e) < 0) {
        state_abort(s);
        return -1;
    }
    return 0;
}

/* restore_one - on from the local copy, or from the start where the copy does not fit the topic */
static int restore_one(struct loop *l, int32_t partition, struct err *e)
{
    struct restore r = {.l = l, .partition = partition};
    int64_t from, began = clock_mono_us();
    int bad;

    if (state_attach(l->x.state, partition, &from, e) < 0)
        return -1;
    bad = replay(&r, from, e);
    if (bad < 0 && e->class == ERR_REJECT && strcmp(e->code, "offset") == 0) {
        log_err(LOG_WARN, "state_forgotten", e);
        bad = state_forget(l->x.state, partition, e) < 0 ? -1 : replay(&r, 0, e);
    }
    if (bad < 0 && e->class == ERR_REJECT)
        e->class = ERR_RETRY;
    if (bad == 0)
        log_event(LOG_INFO, "state_restored", log_i("partition", partition), log_i("from", from),
                  log_i("records", (int64_t)r.total),
                  log_i("ms", (clock_mono_us() - began) / 1000));
    return bad;
}

/* restore_partitions - the bus's `assigned` */
int restore_partitions(struct loop *l, const int32_t *partitions, size_t n, struct err *e)
{
    char cluster[96];

    state_origin(l->x.state, bus_cluster_id(l->bus, cluster, sizeof(cluster)));
    for (size_t i = 0; i < n; i++)
        if (restore_one(l, partitions[i], e) < 0)
            return -1;
    return 0;
}
