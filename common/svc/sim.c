/* sim.c - a stage in memory: each feed is a batch of its own, with the same contexts, state and
 * undo as the loop's */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "common/svc/ctx.h"

enum { SIM_TIMERS_MAX = 100000, SIM_FULL_TRIES = 8 };

struct svc_sim {
    struct svc_ctx x;
    struct svc_sim_output *outputs;
    size_t n, cap;
    int64_t fed;      /* messages so far: the next one's offset */
    size_t committed; /* outputs of ended batches; those behind are the open one's */
    pthread_mutex_t lock;
};

/* free_output - what copy_output took */
static void free_output(struct svc_sim_output *o)
{
    free((void *)(uintptr_t)o->key);
    free((void *)(uintptr_t)o->ce_id);
    free((void *)(uintptr_t)o->dead_reason);
    free((void *)(uintptr_t)o->value);
}

/* copy_bytes - ended by a zero that is not counted; NULL stays NULL */
static void *copy_bytes(const void *p, size_t n)
{
    char *copy = p ? malloc(n + 1) : NULL;

    if (copy) {
        memcpy(copy, p, n);
        copy[n] = '\0';
    }
    return copy;
}

/* whole - all that a record has was copied */
static bool whole(const struct svc_sim_output *o, const struct bus_record *r)
{
    return o->key && o->ce_id && (o->dead_reason || !r->dead) && (o->value || !r->value);
}

/* append - a record as an output */
static int append(struct svc_sim *s, const struct bus_record *r, struct err *e)
{
    if (s->n == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : 64;
        struct svc_sim_output *grown = realloc(s->outputs, cap * sizeof(*grown));

        if (!grown)
            return err_set(e, ERR_RETRY, "memory", "out of memory");
        s->outputs = grown;
        s->cap = cap;
    }
    s->outputs[s->n] = (struct svc_sim_output){
        .topic = r->topic,
        .dead = r->dead,
        .key = copy_bytes(r->key ? r->key : "", r->key_len),
        .ce_id = copy_bytes(r->headers.ce_id, strlen(r->headers.ce_id)),
        .dead_reason = r->dead ? copy_bytes(r->dead_reason, strlen(r->dead_reason)) : NULL,
        .value = copy_bytes(r->value, r->value_len),
        .value_len = r->value_len,
    };
    return whole(&s->outputs[s->n++], r) ? 0 : err_set(e, ERR_RETRY, "memory", "out of memory");
}

/* record - the sink of handlers */
static int record(void *arg, const struct bus_record *r, struct err *e)
{
    return append(arg, r, e);
}

/* publish - the sink of sources: durable at once, from any thread */
static int publish(void *arg, const struct bus_record *r, size_t n, struct err *e)
{
    struct svc_sim *s = arg;
    int bad = 0;

    pthread_mutex_lock(&s->lock);
    for (size_t i = 0; bad == 0 && i < n; i++)
        bad = append(s, &r[i], e);
    s->committed = s->n;
    pthread_mutex_unlock(&s->lock);
    return bad;
}

/* svc_sim_new - the spec's start runs here */
struct svc_sim *svc_sim_new(const struct svc_spec *spec, const struct conf *c,
                            const struct tables *t, struct err *e)
{
    struct svc_sim *s = calloc(1, sizeof(*s));
    int r = s ? ctx_init(&s->x, spec, c, e) : err_set(e, ERR_FATAL, "memory", "out of memory");

    if (r == 0) {
        pthread_mutex_init(&s->lock, NULL);
        s->x.tables = t;
        s->x.sink = (struct svc_sink){record, publish, s};
        if (spec->state != TOPIC_NONE &&
            !(s->x.state = state_open(NULL, spec->name, NULL, NULL, e)))
            r = -1;
    }
    if (r == 0 && spec->start)
        r = spec->start(c, &s->x.user, e);
    if (r == 0)
        return s;
    if (s) {
        state_close(s->x.state);
        ctx_release(&s->x);
        free(s);
    }
    return NULL;
}

/* svc_sim_free - the spec's stop runs here */
void svc_sim_free(struct svc_sim *s)
{
    if (!s)
        return;
    if (s->x.spec->stop)
        s->x.spec->stop(s->x.user);
    svc_sim_clear(s);
    free(s->outputs);
    state_close(s->x.state);
    ctx_release(&s->x);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

/* svc_sim_ctx - for sources and tests of helpers */
struct svc_ctx *svc_sim_ctx(struct svc_sim *s)
{
    return &s->x;
}

/* svc_sim_state - between two messages */
int svc_sim_state(struct svc_sim *s, int32_t partition, const char *key,
                  const ProtobufCMessageDescriptor *d, struct arena *a, ProtobufCMessage **out,
                  struct err *e)
{
    void *value;
    size_t n;
    int r = state_begin(s->x.state, e) < 0
                ? -1
                : state_get(s->x.state, partition, key, a, &value, &n, e);

    state_abort(s->x.state);
    if (r <= 0)
        return r;
    return event_unpack(a, d, value, n, out, e) < 0 ? -1 : 1;
}

/* svc_sim_tables - from the next batch on */
void svc_sim_tables(struct svc_sim *s, const struct tables *t)
{
    s->x.tables = t;
}

/* drop_open - outputs of the batch that failed */
static void drop_open(struct svc_sim *s)
{
    while (s->n > s->committed)
        free_output(&s->outputs[--s->n]);
}

/* begin - state is there only where the spec says so */
static int begin(struct svc_sim *s, int32_t partition, int64_t now_ms, struct err *e)
{
    int64_t next;

    s->x.now_ms = now_ms;
    if (!s->x.state)
        return 0;
    if (partition >= 0 && state_attach(s->x.state, partition, &next, e) < 0)
        return -1;
    return state_begin(s->x.state, e);
}

/* end - commit or undo, and tell the stage */
static int end(struct svc_sim *s, int r, struct err *e)
{
    const struct svc_spec *spec = s->x.spec;

    if (r == 0 && s->x.state)
        r = state_commit(s->x.state, e);
    else if (s->x.state)
        state_abort(s->x.state);
    if (r == 0)
        s->committed = s->n;
    else
        drop_open(s);
    if (r == 0 && spec->committed)
        spec->committed(s->x.user);
    if (r < 0 && spec->aborted)
        spec->aborted(s->x.user);
    return r;
}

/* feed_once - one message as one batch */
static int feed_once(struct svc_sim *s, const struct svc_message *m, int64_t now_ms, struct err *e)
{
    int r = begin(s, m->partition, now_ms, e);

    return r < 0 ? -1 : end(s, ctx_message(&s->x, m, NULL, e), e);
}

/* svc_sim_feed_bytes - again when only the local copy's map was full: the loop would do the same */
int svc_sim_feed_bytes(struct svc_sim *s, enum topic t, int32_t partition, const char *key,
                       const char *ce_id, const void *value, size_t n, int64_t now_ms,
                       struct err *e)
{
    struct svc_message m = {.topic = t,
                            .partition = partition,
                            .offset = s->fed,
                            .key = key,
                            .value = value,
                            .value_len = n};
    struct err own = {0};
    int r = -1;

    snprintf(m.headers.ce_id, sizeof(m.headers.ce_id), "%s", ce_id ? ce_id : "");
    m.headers.ce_time_ms = now_ms;
    for (int i = 0; i < SIM_FULL_TRIES && r < 0; i++) {
        r = feed_once(s, &m, now_ms, &own);
        if (r < 0 && strcmp(own.code, "state-full") != 0)
            break;
    }
    if (r == 0)
        s->fed++;
    else if (e)
        *e = own;
    return r;
}

/* svc_sim_feed - packs first */
int svc_sim_feed(struct svc_sim *s, enum topic t, int32_t partition, const char *key,
                 const char *ce_id, const ProtobufCMessage *m, int64_t now_ms, struct err *e)
{
    struct arena *a = arena_new(SVC_MEMORY_BYTES);
    uint8_t *bytes;
    size_t n;
    int r = a ? event_pack(a, m, &bytes, &n, e) : err_set(e, ERR_FATAL, "memory", "out of memory");

    if (r == 0)
        r = svc_sim_feed_bytes(s, t, partition, key, ce_id, bytes, n, now_ms, e);
    arena_free(a);
    return r;
}

/* fire - every due timer, in order; one that a timer sets for now fires too */
static int fire(struct svc_sim *s, struct err *e)
{
    int r = 0;

    for (int i = 0; r == 0 && i < SIM_TIMERS_MAX; i++) {
        struct arena *a = arena_new(SVC_MEMORY_BYTES);
        int32_t partition;
        char *name;
        int64_t at;
        int due = a ? state_timer_due(s->x.state, s->x.now_ms, a, &partition, &name, &at, e)
                    : err_set(e, ERR_RETRY, "memory", "out of memory");

        if (due > 0)
            r = ctx_timer(&s->x, partition, name, at, NULL, e);
        arena_free(a);
        if (due <= 0)
            return due;
    }
    return r < 0 ? -1 : r;
}

/* svc_sim_clock - due timers, then a tick */
int svc_sim_clock(struct svc_sim *s, int64_t now_ms, struct err *e)
{
    struct err own = {0};
    int r = begin(s, -1, now_ms, &own);

    if (r < 0) {
        if (e)
            *e = own;
        return -1;
    }
    if (s->x.state && s->x.spec->timer)
        r = fire(s, &own);
    if (r == 0 && s->x.spec->tick) {
        r = ctx_tick(&s->x, &own);
        if (r == 0)
            r = ctx_apply(&s->x, &own);
        ctx_drop(&s->x);
    }
    r = end(s, r, &own);
    if (r < 0 && e)
        *e = own;
    return r;
}

/* svc_sim_count - outputs since the last clear */
size_t svc_sim_count(const struct svc_sim *s)
{
    return s->n;
}

/* svc_sim_output - in the order of emission */
const struct svc_sim_output *svc_sim_output(const struct svc_sim *s, size_t i)
{
    return i < s->n ? &s->outputs[i] : NULL;
}

/* svc_sim_clear - keeps state */
void svc_sim_clear(struct svc_sim *s)
{
    s->committed = 0;
    drop_open(s);
}
