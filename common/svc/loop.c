/* loop.c - messages into batches, batches into transactions
 *
 * A batch begins with its first message, takes the clock once, fires due timers, and ends by count,
 * bytes or age, when no more messages come, or when partitions go. Any error of the class "retry"
 * aborts it; what was polled comes again after a pause that doubles. */
#include <string.h>
#include <time.h>

#include "common/svc/work.h"
#include "common/sys/clock.h"
#include "common/sys/log.h"
#include "common/sys/metric.h"

enum {
    POLL_IDLE_MS = 50,
    POLL_BATCH_MS = 5,
    DRY_LEAST_US = 2000,
    BACKOFF_FIRST_MS = 100,
    TIMERS_A_BATCH = 2000,
    SLEEP_SLICE_MS = 50,
    LAG_US = 5000000,
    CALM_US = 2000000, /* without a message, after a failure */
};

/* loop_sleep - in slices, so that SIGTERM is heard */
void loop_sleep(int64_t ms)
{
    while (ms > 0 && !svc_stopping()) {
        struct timespec t = {0, SLEEP_SLICE_MS * 1000000L};

        nanosleep(&t, NULL);
        ms -= SLEEP_SLICE_MS;
    }
}

/* loop_init - limits and metrics */
int loop_init(struct loop *l, struct err *e)
{
    const struct conf *c = l->x.conf;

    l->max_records = conf_number(c, "BATCH_RECORDS");
    l->max_bytes = conf_number(c, "BATCH_BYTES");
    l->max_us = conf_number(c, "BATCH_MS") * 1000;
    l->dry_us = conf_number(c, "BATCH_DRY_MS") * 1000;
    l->max_backoff_ms = conf_number(c, "RETRY_MAX_MS");
    l->consumed = metric_get(METRIC_EVENTS_CONSUMED, "");
    l->handled = metric_get(METRIC_HANDLE_SECONDS, "");
    l->age = metric_get(METRIC_EVENT_AGE_SECONDS, "");
    l->batch = metric_get(METRIC_BATCH_EVENTS, "");
    l->retries = metric_get(METRIC_BATCH_RETRIES, "");
    l->names = arena_new(64 * 1024);
    return l->names ? 0 : err_set(e, ERR_FATAL, "memory", "out of memory");
}

/* loop_release - of what loop_init made */
void loop_release(struct loop *l)
{
    arena_free(l->names);
    l->names = NULL;
}

/* count_dead - by reason */
static void count_dead(const char *code)
{
    metric_add(metric_with(METRIC_EVENTS_DLQ, "code", code), 1);
}

/* abort_batch - nothing of it remains */
static void abort_batch(struct loop *l)
{
    struct err ignored;

    if (!l->in_batch)
        return;
    l->in_batch = false;
    if (bus_abort(l->bus, &ignored) < 0)
        log_err(LOG_WARN, "abort", &ignored);
    if (l->x.state)
        state_abort(l->x.state);
    spans_drop(l->x.spans);
    if (l->x.spec->aborted)
        l->x.spec->aborted(l->x.user);
}

/* keep_state - after Kafka's commit; a copy that cannot be written is read on from the topic */
static int keep_state(struct loop *l, struct err *e)
{
    if (!l->x.state || state_commit(l->x.state, e) == 0)
        return 0;
    bus_restore(l->bus);
    log_err(LOG_WARN, "state", e);
    return 0;
}

/* recovered - said once after a back-off */
static void recovered(struct loop *l)
{
    if (l->backoff_ms)
        log_event(LOG_INFO, "recovered", log_i("tries", l->tries));
    l->backoff_ms = l->tries = 0;
    l->status->failing = false;
}

/* tell_state - what the batch has changed, into its transaction */
static int tell_state(struct loop *l, struct err *e)
{
    if (!l->x.state || state_flush(l->x.state, e) == 0)
        return 0;
    if (e->class == ERR_REJECT) /* of no message in hand */
        e->class = ERR_FATAL;
    abort_batch(l);
    return -1;
}

/* commit_batch - Kafka first, then the local copy, then whoever waits for it */
static int commit_batch(struct loop *l, struct err *e)
{
    int64_t from;

    if (!l->in_batch)
        return 0;
    if (tell_state(l, e) < 0)
        return -1;
    l->in_batch = false;
    from = clock_mono_us();
    if (bus_commit(l->bus, e) < 0) {
        if (l->x.state)
            state_abort(l->x.state);
        spans_drop(l->x.spans);
        if (l->x.spec->aborted)
            l->x.spec->aborted(l->x.user);
        return -1;
    }
    keep_state(l, e);
    spans_keep(l->x.spans);
    metric_set(l->batch, l->records);
    l->mono_us = clock_mono_us();
    l->commit_us = (3 * l->commit_us + l->mono_us - from) / 4;
    recovered(l);
    if (l->x.spec->committed)
        l->x.spec->committed(l->x.user);
    return 0;
}

/* fire_timers - those due at the batch's clock */
static int fire_timers(struct loop *l, struct err *e)
{
    if (!l->x.state || !l->x.spec->timer)
        return 0;
    for (int i = 0; i < TIMERS_A_BATCH; i++) {
        bool rejected;
        int32_t partition;
        char *name;
        int64_t at, from = clock_mono_us();
        int r;

        arena_reset(l->names);
        r = state_timer_due(l->x.state, l->x.now_ms, l->names, &partition, &name, &at, e);
        if (r <= 0)
            return r;
        if (ctx_timer(&l->x, partition, name, at, &rejected, e) < 0)
            return -1;
        l->records++;
        if (rejected)
            count_dead("timer");
        step_timer(l, partition, from, rejected ? e->code : "");
    }
    return 0;
}

/* begin_batch - its clock, its transaction, its timers */
static int begin_batch(struct loop *l, struct err *e)
{
    l->x.now_ms = clock_ms();
    l->mono_us = l->began_us = l->last_us = clock_mono_us();
    l->records = l->bytes = 0;
    if (bus_begin(l->bus, e) < 0)
        return -1;
    l->in_batch = true;
    if (l->x.state && state_begin(l->x.state, e) < 0)
        return -1;
    return fire_timers(l, e);
}

/* handle - one message, in the batch */
static int handle(struct loop *l, const struct bus_message *in, struct err *e)
{
    struct svc_message m = {.topic = in->topic,
                            .partition = in->partition,
                            .offset = in->offset,
                            .value = in->value,
                            .value_len = in->value_len,
                            .headers = in->headers,
                            .fault = in->fault};
    int64_t from = clock_mono_us();
    bool rejected;

    arena_reset(l->names);
    if (in->key_len < 4096 && (in->key_len == 0 || !memchr(in->key, 0, in->key_len)))
        m.key = arena_strndup(l->names, in->key_len ? in->key : "", in->key_len);
    if (ctx_message(&l->x, &m, &rejected, e) < 0)
        return -1;
    if (rejected) {
        count_dead(e->code);
        log_event(LOG_WARN, "dead_letter", log_s("topic", topic_row(m.topic)->name),
                  log_i("partition", m.partition), log_i("offset", m.offset),
                  log_s("code", e->code), log_s("text", e->text));
    }
    metric_add(l->consumed, 1);
    l->mono_us = l->last_us = clock_mono_us();
    metric_observe_us(l->handled, l->mono_us - from);
    step_message(l, &m, from, rejected ? e->code : "");
    if (m.headers.ce_time_ms)
        metric_observe_us(l->age, (l->x.now_ms - m.headers.ce_time_ms) * 1000);
    l->records++;
    l->bytes += (int64_t)(in->value_len + in->key_len);
    return 0;
}

/* dry_us - how long a batch waits for one more message: half of what a commit takes, for what comes
 * meanwhile makes the next batch; where the broker is quick, waiting would be most of the delay */
static int64_t dry_us(const struct loop *l)
{
    int64_t us = l->commit_us / 2;

    if (us < DRY_LEAST_US)
        us = DRY_LEAST_US;
    return us < l->dry_us ? us : l->dry_us;
}

/* full - by count, bytes or age, or nothing more comes */
static bool full(const struct loop *l)
{
    return l->records >= l->max_records || l->bytes >= l->max_bytes ||
           l->mono_us - l->began_us >= l->max_us || l->mono_us - l->last_us >= dry_us(l);
}

/* drop_tick - no batch began: what the stage had in hand is its own again */
static int drop_tick(struct loop *l)
{
    ctx_drop(&l->x);
    if (l->x.spec->aborted)
        l->x.spec->aborted(l->x.user);
    return -1;
}

/* tick - a batch of its own when it emits */
static int tick(struct loop *l, struct err *e)
{
    if (!l->x.spec->tick || clock_mono_us() - l->tick_us < SVC_TICK_MS * 1000)
        return 0;
    l->tick_us = clock_mono_us();
    l->x.now_ms = clock_ms();
    if (ctx_tick(&l->x, e) < 0)
        return drop_tick(l);
    if (ctx_collected(&l->x) == 0)
        return 0;
    if (bus_begin(l->bus, e) < 0)
        return drop_tick(l);
    l->in_batch = true;
    if ((l->x.state && state_begin(l->x.state, e) < 0) || ctx_apply(&l->x, e) < 0)
        return -1;
    ctx_drop(&l->x);
    return commit_batch(l, e);
}

/* timer_in_ms - until the next one is due, at the time of day; `most` where that is later or none
 */
static int64_t timer_in_ms(struct loop *l, int64_t most)
{
    int64_t at;
    struct err ignored;

    if (!l->x.state || !l->x.spec->timer || state_timer_next(l->x.state, &at, &ignored) != 1)
        return most;
    at -= clock_ms();
    return at > most ? most : at;
}

/* wait_ms - for a message: in a batch as long as it may stay dry, else until a timer is due */
static int wait_ms(struct loop *l)
{
    int64_t ms = l->in_batch ? dry_us(l) / 1000 : timer_in_ms(l, POLL_IDLE_MS);
    int64_t most = l->in_batch ? POLL_BATCH_MS : POLL_IDLE_MS;

    return (int)(ms < 1 ? 1 : ms > most ? most : ms);
}

/* between - outside a batch: newer tables, the tick, timers, the position past markers */
static int between(struct loop *l, struct err *e)
{
    if (l->loader && loader_swap(l->loader, &l->x, e) < 0) {
        e->class = ERR_FATAL;
        return -1;
    }
    if (clock_mono_us() - l->lag_us > LAG_US) {
        l->lag_us = clock_mono_us();
        bus_report_lag(l->bus);
    }
    if (!bus_settled(l->bus)) /* state may be behind */
        return 0;
    if (tick(l, e) < 0)
        return -1;
    if (timer_in_ms(l, 1) <= 0 && (begin_batch(l, e) < 0 || commit_batch(l, e) < 0))
        return -1;
    return bus_idle(l->bus, e);
}

/* turn - one poll and what follows from it */
static int turn(struct loop *l, struct err *e)
{
    struct bus_message m;
    int r;

    if (!l->in_batch && between(l, e) < 0)
        return -1;
    r = bus_poll(l->bus, wait_ms(l), &m, e);
    if (r < 0)
        return -1;
    if (!l->status->joined && bus_assigned(l->bus))
        l->status->joined = true;
    if (r > 0 && ((!l->in_batch && begin_batch(l, e) < 0) || handle(l, &m, e) < 0))
        return -1;
    if (r == 0)
        l->mono_us = clock_mono_us();
    if (r == 0 && !l->in_batch && l->backoff_ms && bus_settled(l->bus) &&
        l->mono_us - l->failed_us > CALM_US)
        recovered(l); /* nothing is left to be tried again */
    return l->in_batch && full(l) ? commit_batch(l, e) : 0;
}

/* back_off - a pause that doubles; said each time */
static void back_off(struct loop *l, const struct err *e)
{
    abort_batch(l);
    ctx_drop(&l->x);
    l->backoff_ms = l->backoff_ms ? l->backoff_ms * 2 : BACKOFF_FIRST_MS;
    if (l->backoff_ms > l->max_backoff_ms)
        l->backoff_ms = l->max_backoff_ms;
    l->status->failing = true;
    l->tries++;
    metric_add(l->retries, 1);
    log_err(LOG_WARN, "retry", e);
    loop_sleep(l->backoff_ms);
    l->mono_us = l->failed_us = clock_mono_us();
}

/* loop_run - until SIGTERM or something no waiting mends */
int loop_run(struct loop *l, struct err *e)
{
    l->mono_us = clock_mono_us();
    while (!svc_stopping()) {
        l->status->alive_us = l->mono_us;
        if (turn(l, e) == 0)
            continue;
        if (e->class == ERR_FATAL) {
            abort_batch(l);
            return -1;
        }
        back_off(l, e);
    }
    if (commit_batch(l, e) < 0)
        log_err(LOG_WARN, "last_batch", e);
    return 0;
}

/* assigned - state first */
static int assigned(void *arg, const int32_t *partitions, size_t n, struct err *e)
{
    return restore_partitions(arg, partitions, n, e);
}

/* revoked - the copies stay on disk for whoever comes back */
static void revoked(void *arg, const int32_t *partitions, size_t n)
{
    struct loop *l = arg;

    for (size_t i = 0; l->x.state && i < n; i++)
        state_detach(l->x.state, partitions[i]);
}

/* end_batch - partitions are about to go */
static int end_batch(void *arg, bool lost, struct err *e)
{
    struct loop *l = arg;

    if (!lost)
        return commit_batch(l, e);
    abort_batch(l);
    return 0;
}

/* delivered - a state record's offset */
static void delivered(void *arg, enum topic topic, int32_t partition, int64_t offset)
{
    struct loop *l = arg;

    if (l->x.state && topic == l->x.spec->state)
        state_delivered(l->x.state, partition, offset);
}

/* loop_events - the bus's questions to us */
struct bus_events loop_events(struct loop *l)
{
    return (struct bus_events){
        .assigned = l->x.state ? assigned : NULL,
        .revoked = revoked,
        .end_batch = end_batch,
        .delivered = l->x.state ? delivered : NULL,
        .arg = l,
    };
}
