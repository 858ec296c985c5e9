/* svc.h - the skeleton of a worker: a const spec and a pure handler; everything else is here.
 *
 * The skeleton owns main, settings, logging, the loop (runtime §7.2), transactions, state, retry /
 * dead letter / fatal, the table snapshot and its swap between batches, timers, probes (/healthz
 * /readyz /metrics), signals and shutdown.
 *
 * A handler is pure: (message or due timer, state, tables, clock) -> (messages, state changes). It
 * reads the clock only by svc_now_ms, allocates only from svc_arena, and answers 0, or -1 with an
 * error whose class decides: ERR_RETRY   the batch is aborted and tried again with back-off
 * ERR_REJECT   the message goes to <topic>.dead in the same ERR_FATAL   the program stops with one
 * clear line                                 transaction; what it emitted and changed is undone */
#ifndef CC_SVC_SVC_H
#define CC_SVC_SVC_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/event/event.h"
#include "common/sys/conf.h"
#include "common/tables/tables.h"

struct svc_ctx;

/* One consumed record; the bytes are not unpacked yet (svc_unpack). */
struct svc_message {
    enum topic topic;
    int32_t partition;
    int64_t offset;
    const char *key; /* zero-ended copy */
    const void *value;
    size_t value_len;
    struct event_headers headers;
    const struct err *fault; /* NULL, or why the value could not be opened: no handler gets it */
};

struct svc_spec {
    const char *name;            /* "coder"; group id and log name */
    const char *sentence;        /* for --help */
    const enum topic *consume;   /* TOPIC_NONE-ended; NULL for a source (intake) */
    const enum topic *produce;   /* TOPIC_NONE-ended */
    enum topic state;            /* TOPIC_NONE: remembers nothing */
    const enum table_id *tables; /* TABLE_MAX-ended; NULL: needs none */
    const struct conf_row *settings;
    bool refuses_at_least_once; /* build, deliver: unless every route is the sandbox; see svc.c */
    /* Once, before the loop. *user is handed to all others. */
    int (*start)(const struct conf *c, void **user, struct err *e);
    int (*handle)(struct svc_ctx *x, const struct svc_message *m, struct err *e);
    int (*timer)(struct svc_ctx *x, const char *name, int64_t due_ms,
                 struct err *e); /* partition = svc_partition(x) */
    /* Between batches, about every 200 ms, inside a batch of its own when it emits: the rim that
     * polls folders. */
    int (*tick)(struct svc_ctx *x, struct err *e);
    void (*committed)(
        void *user); /* the batch that held the last tick's or handler's output is durable */
    void (*aborted)(void *user);
    /* A source: runs until svc_stopping(); own threads allowed; publishes by svc_publish. */
    int (*serve)(struct svc_ctx *x, struct err *e);
    void (*stop)(void *user);
    /* After the tables are loaded and after each swap: may these settings run with these tables? An
     * error stops the program. (The submitter: at-least-once only while every route is the
     * sandbox's.) */
    int (*check)(const struct conf *c, const struct tables *t, struct err *e);
};

/* main of every worker: `return svc_main(&coder_spec, argc, argv);`
 * --help prints sentence, topics and settings; --help-markdown the rows for the README;
 * --help-metrics those of docs/metrics.md; --version; exit 0 stopped, 2 usage or setting, 3 gone.
 */
int svc_main(const struct svc_spec *spec, int argc, char **argv);

struct arena *svc_arena(struct svc_ctx *x);  /* reset after each message */
int64_t svc_now_ms(const struct svc_ctx *x); /* the batch's clock = ce_time of its output */
const struct tables *svc_tables(const struct svc_ctx *x);
const struct conf *svc_conf(const struct svc_ctx *x);
void *svc_user(const struct svc_ctx *x);
int32_t svc_partition(const struct svc_ctx *x); /* of the message or timer in hand */
bool svc_stopping(void);                        /* SIGTERM came */

/* Unpacks the message in hand by its topic's type, or by d where the topic has several. */
int svc_unpack(struct svc_ctx *x, const struct svc_message *m, const ProtobufCMessageDescriptor *d,
               ProtobufCMessage **out, struct err *e);

/* The message in hand as it came, packed as event_pack packs it: whoever sent the same message in
 * other bytes gives the same here. Mostly these are the record's own bytes. */
int svc_packed(struct svc_ctx *x, const struct svc_message *m, const ProtobufCMessageDescriptor *d,
               struct span *out, struct err *e);

/* One more record of this batch. ce_id is derived from the input's ce_id, the stage and the count,
 * so a replay gives the same. Packs at once: m may change afterwards. */
int svc_emit(struct svc_ctx *x, enum topic t, const char *key, const ProtobufCMessage *m,
             struct err *e);
/* With a ce_id of the caller's (intake's event id). */
int svc_emit_id(struct svc_ctx *x, enum topic t, const char *key, const char *ce_id,
                const ProtobufCMessage *m, struct err *e);

/* State of the partition in hand. get: 1 found, 0 not there, -1 could not look. */
int svc_get(struct svc_ctx *x, const char *key, const ProtobufCMessageDescriptor *d,
            ProtobufCMessage **out, struct err *e);
int svc_put(struct svc_ctx *x, const char *key, const ProtobufCMessage *m, struct err *e);
int svc_delete(struct svc_ctx *x, const char *key, struct err *e);
typedef int (*svc_each_fn)(void *arg, const char *key, const void *value, size_t n, struct err *e);
int svc_each(struct svc_ctx *x, const char *prefix, svc_each_fn fn, void *arg, struct err *e);
int svc_timer_set(struct svc_ctx *x, const char *name, int64_t at_ms, struct err *e);
int svc_timer_clear(struct svc_ctx *x, const char *name, struct err *e);

/* Sources only, thread safe: returns 0 when the broker holds all of them. key, id and message of
 * each, and the W3C traceparent of the request that brought it (NULL or "": a trace begins here).
 */
struct svc_event {
    enum topic topic;
    const char *key, *ce_id;
    const ProtobufCMessage *message;
    const char *traceparent;
};
int svc_publish(struct svc_ctx *x, struct arena *a, const struct svc_event *events, size_t n,
                struct err *e);

/* What a source refused, as it came, to <topic>.dead: offset and partition are -1. Thread safe. */
struct svc_refused {
    enum topic topic;
    const char *id, *format, *content_type; /* of the message; the id is the record's key too */
    const char *reason, *text;              /* a code and a sentence, no patient data */
    int64_t received_ms;
    const void *bytes;
    size_t n;
};
int svc_refuse(struct svc_ctx *x, const struct svc_refused *m, struct err *e);

/* A stage in memory: no Kafka, no Redis. For the operator's command (one stage on one file), unit
 * tests, fuzzing. */
struct svc_sim;
struct svc_sim_output {
    enum topic topic;
    bool dead;
    const char *key;
    const char *ce_id;
    const char *dead_reason;
    const void *value;
    size_t value_len;
};
struct svc_sim *svc_sim_new(const struct svc_spec *spec, const struct conf *c,
                            const struct tables *t, struct err *e);
void svc_sim_free(struct svc_sim *s);
/* Hands one packed record to the stage, as one batch, at a clock. Outputs are appended. */
int svc_sim_feed(struct svc_sim *s, enum topic t, int32_t partition, const char *key,
                 const char *ce_id, const ProtobufCMessage *m, int64_t now_ms, struct err *e);
int svc_sim_feed_bytes(struct svc_sim *s, enum topic t, int32_t partition, const char *key,
                       const char *ce_id, const void *value, size_t n, int64_t now_ms,
                       struct err *e);
int svc_sim_clock(struct svc_sim *s, int64_t now_ms,
                  struct err *e); /* fires due timers and a tick */
size_t svc_sim_count(const struct svc_sim *s);
const struct svc_sim_output *svc_sim_output(const struct svc_sim *s,
                                            size_t i);          /* valid until clear/free */
void svc_sim_clear(struct svc_sim *s);                          /* forgets outputs, keeps state */
void svc_sim_tables(struct svc_sim *s, const struct tables *t); /* the swap between two batches */
/* A source's context (svc_publish appends outputs), and for unit tests of helpers that take one. */
struct svc_ctx *svc_sim_ctx(struct svc_sim *s);
/* What the worker has remembered under a key by now, into an arena of the caller: 1 found, 0 not
 * there, -1. */
int svc_sim_state(struct svc_sim *s, int32_t partition, const char *key,
                  const ProtobufCMessageDescriptor *d, struct arena *a, ProtobufCMessage **out,
                  struct err *e);

/* Settings common to all workers, for the operator's command and the README. */
extern const struct conf_row svc_settings[];

#endif
