/* ctx.c - what a handler asks of its context, and its way through one message */
#include "common/svc/work.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "common/sys/clock.h"
#include "common/sys/digest.h"
#include "common/sys/metric.h"

enum { ID_BYTES = 16, KEY_MAX = 1024 };

/* svc_arena - memory of the message in hand */
struct arena *svc_arena(struct svc_ctx *x)
{
    return x->arena;
}

/* svc_now_ms - the batch's clock */
int64_t svc_now_ms(const struct svc_ctx *x)
{
    return x->live_clock ? clock_ms() : x->now_ms;
}

/* svc_tables - the snapshot of this batch */
const struct tables *svc_tables(const struct svc_ctx *x)
{
    return x->tables;
}

/* svc_conf - the settings */
const struct conf *svc_conf(const struct svc_ctx *x)
{
    return x->conf;
}

/* svc_user - what start made */
void *svc_user(const struct svc_ctx *x)
{
    return x->user;
}

/* svc_partition - of the message or timer in hand */
int32_t svc_partition(const struct svc_ctx *x)
{
    return x->partition;
}

/* ctx_init - an empty context with an arena */
int ctx_init(struct svc_ctx *x, const struct svc_spec *spec, const struct conf *c, struct err *e)
{
    memset(x, 0, sizeof(*x));
    x->spec = spec;
    x->conf = c;
    x->partition = -1;
    x->peak = metric_get(METRIC_ARENA_BYTES_PEAK, "");
    x->arena = arena_new(SVC_MEMORY_BYTES);
    return x->arena ? 0 : err_set(e, ERR_FATAL, "memory", "out of memory");
}

/* ctx_release - accepts one that was never initialised but zeroed */
void ctx_release(struct svc_ctx *x)
{
    arena_free(x->arena);
    x->arena = NULL;
}

/* derive - an id from parts that a replay finds again: ID_BYTES of SHA-256 over the parts, each
 * ended by a zero */
static void derive(char out[SVC_ID_SIZE], const char *a, const char *b, int64_t n)
{
    char digits[24];
    const struct span parts[] = {{a, strlen(a) + 1},
                                 {b, strlen(b) + 1},
                                 {digits, (size_t)snprintf(digits, sizeof(digits), "%" PRId64, n)}};
    uint8_t raw[DIGEST_BYTES];

    digest_parts(parts, sizeof(parts) / sizeof(parts[0]), raw);
    digest_to_hex(raw, ID_BYTES, out);
}

/* message_id - the sender's, or for a sender that gives none the content's */
static void message_id(struct svc_ctx *x, const struct svc_message *m)
{
    uint8_t raw[DIGEST_BYTES];

    if (m->headers.ce_id[0]) {
        str_copy(x->id, sizeof(x->id), m->headers.ce_id);
        return;
    }
    digest_sha256(m->value ? m->value : "", m->value_len, raw);
    digest_to_hex(raw, ID_BYTES, x->id);
    derive(x->id, m->key, x->id, (int64_t)m->value_len);
}

/* start_unit - a fresh context for a message, timer or tick */
static void start_unit(struct svc_ctx *x, int32_t partition, size_t bytes)
{
    ctx_drop(x);
    arena_set_limit(x->arena, SVC_MEMORY_BYTES + SVC_MEMORY_FACTOR * bytes);
    x->partition = partition;
    x->traceparent[0] = '\0';
    x->as = NULL;
}

/* start_trace - a step below the one that caused it */
static void start_trace(struct svc_ctx *x, const char *cause)
{
    trace_step(&x->trace, cause, x->id, x->spec->name, x->sample_per_mille);
    trace_text(&x->trace, x->traceparent);
}

/* whole - a handler that was content although the arena gave out has left something out: a value,
 * or what it would have said of it */
static int whole(struct svc_ctx *x, int r, enum err_class otherwise, struct err *e)
{
    if (r == 0 && arena_exhausted(x->arena))
        return err_set(e, otherwise, "size", "over the message's memory");
    return r;
}

/* settle - what becomes of a handler's answer; a rejected one is replaced by its dead letter */
static int settle(struct svc_ctx *x, int r, const struct bus_record *dead, bool *rejected,
                  struct err *e)
{
    struct bus_record d = *dead;

    r = whole(x, r, ERR_REJECT, e);
    if (rejected)
        *rejected = r < 0 && e->class == ERR_REJECT;
    if (r == 0)
        r = ctx_apply(x, e);
    else if (e->class == ERR_REJECT) {
        d.dead_reason = e->code;
        d.dead_text = e->text;
        r = x->sink.record(x->sink.arg, &d, e);
    }
    metric_most(x->peak, (int64_t)arena_used(x->arena));
    ctx_drop(x);
    return r < 0 ? -1 : 0;
}

/* answer - the handler's, if the record can be given to it */
static int answer(struct svc_ctx *x, const struct svc_message *m, struct err *e)
{
    if (m->fault) {
        *e = *m->fault;
        return -1;
    }
    return m->key ? x->spec->handle(x, m, e)
                  : err_set(e, ERR_REJECT, "key", "the record's key is no text");
}

/* ctx_message - one record */
int ctx_message(struct svc_ctx *x, const struct svc_message *m, bool *rejected, struct err *e)
{
    struct bus_record dead = {.topic = m->topic,
                              .dead = true,
                              .partition = -1,
                              .value = m->value,
                              .value_len = m->value_len};

    start_unit(x, m->partition, m->value_len);
    message_id(x, m);
    start_trace(x, m->headers.traceparent);
    dead.key = m->key;
    dead.key_len = m->key ? strlen(m->key) : 0;
    dead.headers = m->headers;
    dead.keep_headers = true;
    dead.dead_stage = x->spec->name;
    dead.dead_partition = m->partition;
    dead.dead_offset = m->offset;
    return settle(x, answer(x, m, e), &dead, rejected, e);
}

/* ctx_timer - a timer that is rejected leaves a dead letter with its name as key and no value */
int ctx_timer(struct svc_ctx *x, int32_t partition, const char *name, int64_t due_ms,
              bool *rejected, struct err *e)
{
    struct bus_record dead = {.dead = true, .partition = -1, .key = name, .key_len = strlen(name)};
    char where[SVC_ID_SIZE]; /* partitions may have timers of one name and instant */

    start_unit(x, partition, 0);
    snprintf(where, sizeof(where), "%s/%d", x->spec->name, (int)partition);
    derive(x->id, where, name, due_ms);
    start_trace(x, recall_get(x->recall, partition, name));
    dead.topic = x->spec->consume[0];
    str_copy(dead.headers.ce_id, sizeof(dead.headers.ce_id), x->id);
    str_copy(dead.headers.ce_source, sizeof(dead.headers.ce_source), x->spec->name);
    dead.headers.ce_time_ms = x->now_ms;
    str_copy(dead.headers.traceparent, sizeof(dead.headers.traceparent), x->traceparent);
    dead.dead_stage = x->spec->name;
    dead.dead_partition = partition;
    dead.dead_offset = -1;
    return settle(x, x->spec->timer(x, name, due_ms, e), &dead, rejected, e);
}

/* ctx_tick - between batches */
int ctx_tick(struct svc_ctx *x, struct err *e)
{
    start_unit(x, -1, 0);
    derive(x->id, x->spec->name, "tick", x->now_ms);
    return whole(x, x->spec->tick(x, e), ERR_RETRY, e);
}

/* svc_unpack - by the topic's type, or by d */
int svc_unpack(struct svc_ctx *x, const struct svc_message *m, const ProtobufCMessageDescriptor *d,
               ProtobufCMessage **out, struct err *e)
{
    if (!d)
        d = topic_row(m->topic)->message;
    if (!d)
        return err_set(e, ERR_FATAL, "bug", "%s has several types of message",
                       topic_row(m->topic)->name);
    if (!m->value)
        return err_set(e, ERR_REJECT, "protobuf", "a record without value");
    x->as = d;
    return event_unpack_as(x->arena, d, m->value, m->value_len, out, &x->packed, e);
}

/* svc_packed - see svc.h */
int svc_packed(struct svc_ctx *x, const struct svc_message *m, const ProtobufCMessageDescriptor *d,
               struct span *out, struct err *e)
{
    ProtobufCMessage *p;
    uint8_t *bytes;

    if (x->as != d || !x->packed.p) {
        if (svc_unpack(x, m, d, &p, e) < 0)
            return -1;
        if (!x->packed.p) {
            if (event_pack(x->arena, p, &bytes, &x->packed.n, e) < 0)
                return -1;
            x->packed.p = (const char *)bytes;
        }
    }
    *out = x->packed;
    return 0;
}

/* ctx_record - packed, with CloudEvents headers */
int ctx_record(const struct svc_ctx *x, struct arena *a, enum topic t, const char *key,
               const char *ce_id, const ProtobufCMessage *m, struct bus_record *out, struct err *e)
{
    struct bus_record r = {.topic = t, .partition = -1, .key_len = strlen(key)};
    uint8_t *bytes;

    if (topic_row(t)->message && topic_row(t)->message != m->descriptor)
        return err_set(e, ERR_FATAL, "bug", "%s takes no %s", topic_row(t)->name,
                       m->descriptor->name);
    if (r.key_len == 0 || r.key_len > KEY_MAX)
        return err_set(e, ERR_REJECT, "key", "%s: key of %zu bytes, 1 to %d are possible",
                       topic_row(t)->name, r.key_len, KEY_MAX);
    r.key = arena_strdup(a, key);
    if (!r.key)
        return err_set(e, ERR_REJECT, "size", "%s: over the message's memory", topic_row(t)->name);
    if (event_pack(a, m, &bytes, &r.value_len, e) < 0)
        return -1;
    r.value = bytes;
    str_copy(r.headers.ce_id, sizeof(r.headers.ce_id), ce_id);
    str_copy(r.headers.ce_type, sizeof(r.headers.ce_type), m->descriptor->name);
    str_copy(r.headers.ce_source, sizeof(r.headers.ce_source), x->spec->name);
    str_copy(r.headers.traceparent, sizeof(r.headers.traceparent), x->traceparent);
    r.headers.ce_time_ms = svc_now_ms(x);
    *out = r;
    return 0;
}

/* produces - is the topic one of the spec's outputs? */
static bool produces(const struct svc_spec *s, enum topic t)
{
    for (const enum topic *p = s->produce; p && *p != TOPIC_NONE; p++)
        if (*p == t)
            return true;
    return false;
}

/* svc_emit_id - collected until the handler has answered */
int svc_emit_id(struct svc_ctx *x, enum topic t, const char *key, const char *ce_id,
                const ProtobufCMessage *m, struct err *e)
{
    struct bus_record r, *grown;

    if (!produces(x->spec, t))
        return err_set(e, ERR_FATAL, "bug", "%s does not produce to %s", x->spec->name,
                       topic_row(t)->name);
    if (ctx_record(x, x->arena, t, key, ce_id, m, &r, e) < 0)
        return -1;
    grown = arena_grow(x->arena, x->records, x->n_records, sizeof(r));
    if (!grown)
        return err_set(e, ERR_REJECT, "size", "%s: over the message's memory", topic_row(t)->name);
    grown[x->n_records++] = r;
    if (t == TOPIC_WORK_REVIEW)
        held_count(m);
    x->records = grown;
    return 0;
}

/* svc_emit - with the derived id */
int svc_emit(struct svc_ctx *x, enum topic t, const char *key, const ProtobufCMessage *m,
             struct err *e)
{
    char id[SVC_ID_SIZE];

    derive(id, x->id, x->spec->name, x->emitted++);
    return svc_emit_id(x, t, key, id, m, e);
}

/* told - the step of each event that the broker holds now */
static void told(const struct svc_ctx *x, const struct svc_event *events, struct step *spans,
                 size_t n)
{
    int64_t now_us = clock_ms() * 1000;

    for (size_t i = 0; i < n; i++) {
        spans[i].does = "publish";
        spans[i].topic = events[i].topic;
        spans[i].partition = -1;
        spans[i].offset = -1;
        spans[i].end_us = now_us;
        spans_send(x->spans, &spans[i]);
    }
}

/* svc_publish - a source's events, all or an error */
int svc_publish(struct svc_ctx *x, struct arena *a, const struct svc_event *events, size_t n,
                struct err *e)
{
    struct bus_record *records = arena_array(a, n ? n : 1, sizeof(*records));
    struct step *spans = arena_array(a, n ? n : 1, sizeof(*spans));

    if (!records || !spans)
        return err_set(e, ERR_REJECT, "size", "over the message's memory");
    for (size_t i = 0; i < n; i++) {
        if (ctx_record(x, a, events[i].topic, events[i].key, events[i].ce_id, events[i].message,
                       &records[i], e) < 0)
            return -1;
        trace_step(&spans[i].trace, events[i].traceparent, events[i].ce_id, x->spec->name,
                   x->sample_per_mille);
        trace_text(&spans[i].trace, records[i].headers.traceparent);
        spans[i].start_us = clock_ms() * 1000;
    }
    if (x->sink.publish(x->sink.arg, records, n, e) < 0)
        return -1;
    told(x, events, spans, n);
    return 0;
}

/* svc_refuse - a source's message that gives no event */
int svc_refuse(struct svc_ctx *x, const struct svc_refused *m, struct err *e)
{
    struct bus_record r = {.topic = m->topic,
                           .dead = true,
                           .partition = -1,
                           .key = m->id,
                           .key_len = strlen(m->id),
                           .value = m->bytes,
                           .value_len = m->n,
                           .content_type = m->content_type,
                           .dead_reason = m->reason,
                           .dead_text = m->text,
                           .dead_stage = x->spec->name,
                           .dead_partition = -1,
                           .dead_offset = -1};

    str_copy(r.headers.ce_id, sizeof(r.headers.ce_id), m->id);
    str_copy(r.headers.ce_type, sizeof(r.headers.ce_type), m->format);
    str_copy(r.headers.ce_source, sizeof(r.headers.ce_source), x->spec->name);
    r.headers.ce_time_ms = m->received_ms;
    return x->sink.publish(x->sink.arg, &r, 1, e);
}
