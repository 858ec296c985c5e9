/* ctx.h - what a handler has in hand. Private to common/svc.
 *
 * What a handler emits and changes is collected first and takes effect only after it answered 0: so
 * a rejected message leaves nothing behind but its dead letter. Reads see what is collected. */
#ifndef CC_SVC_CTX_H
#define CC_SVC_CTX_H

#include "common/bus/bus.h"
#include "common/state/state.h"
#include "common/svc/recall.h"
#include "common/svc/spans.h"
#include "common/svc/svc.h"

enum { SVC_ID_SIZE = 80, SVC_MEMORY_BYTES = 32 * 1024 * 1024, SVC_MEMORY_FACTOR = 16 };

enum change_kind { CHANGE_PUT, CHANGE_DELETE, CHANGE_TIMER, CHANGE_TIMER_CLEAR };

struct change {
    enum change_kind kind;
    char *key;
    const void *value;
    size_t n;
    int64_t at_ms;
};

/* Where effects go: the bus, or the simulation's list. */
struct svc_sink {
    int (*record)(void *arg, const struct bus_record *r, struct err *e);
    int (*publish)(void *arg, const struct bus_record *r, size_t n, struct err *e);
    void *arg;
};

struct svc_ctx {
    const struct svc_spec *spec;
    const struct conf *conf;
    const struct tables *_Atomic tables;
    void *user;
    struct svc_sink sink;
    struct state *state; /* NULL: remembers nothing */
    struct arena *arena;
    bool live_clock; /* a source: the time of day */
    int64_t now_ms;
    int32_t partition; /* -1: a tick */
    char id[SVC_ID_SIZE];
    unsigned sample_per_mille;    /* of traces that begin here */
    struct trace trace;           /* of the message or timer in hand */
    char traceparent[TRACE_TEXT]; /* what it causes goes on with; "" in a tick */
    struct recall *recall;        /* NULL: no timers, or the simulation */
    struct spans *spans;          /* NULL: no collector */
    unsigned emitted;
    struct bus_record *records; /* collected, of the arena */
    size_t n_records;
    struct change *changes;
    size_t n_changes;
    const ProtobufCMessageDescriptor *as; /* what the message in hand was unpacked as, and its */
    struct span packed;  /* bytes as event_pack writes them; NULL: they are not so */
    struct metric *peak; /* of the arena */
};

int ctx_init(struct svc_ctx *x, const struct svc_spec *spec, const struct conf *c, struct err *e);
void ctx_release(struct svc_ctx *x);

/* One message, timer or tick through the handler. 0: done, its effects are applied (a rejected one:
 * its dead letter is); *rejected (may be NULL) says which. -1: ERR_RETRY or ERR_FATAL, the batch
 * must be aborted. */
int ctx_message(struct svc_ctx *x, const struct svc_message *m, bool *rejected, struct err *e);
int ctx_timer(struct svc_ctx *x, int32_t partition, const char *name, int64_t due_ms,
              bool *rejected, struct err *e);
/* A tick's effects stay collected: ctx_apply or ctx_drop follows. */
int ctx_tick(struct svc_ctx *x, struct err *e);
size_t ctx_collected(const struct svc_ctx *x);
int ctx_apply(struct svc_ctx *x, struct err *e);
void ctx_drop(struct svc_ctx *x);

/* collect.c */
int collect_change(struct svc_ctx *x, const struct change *c, struct err *e);
/* The last collected change of a key (timer: of a name), or NULL. */
const struct change *collect_find(const struct svc_ctx *x, const char *key);

/* A packed message as a record with its headers, of the arena. */
int ctx_record(const struct svc_ctx *x, struct arena *a, enum topic t, const char *key,
               const char *ce_id, const ProtobufCMessage *m, struct bus_record *out, struct err *e);

#endif
