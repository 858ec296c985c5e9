/* work.h - the running worker: loop, tables, state, probes. Private to common/svc. */
#ifndef CC_SVC_WORK_H
#define CC_SVC_WORK_H

#include <pthread.h>
#include <stdatomic.h>

#include "common/store/store.h"
#include "common/svc/ctx.h"

enum { SVC_EXIT_SETTING = 2, SVC_EXIT_GONE = 3, SVC_TICK_MS = 200 };

/* What the probes see, from their own thread. */
struct svc_status {
    atomic_llong alive_us;        /* the loop turned */
    atomic_llong tables_since_us; /* those in use were loaded; 0: none */
    atomic_bool tables;           /* loaded, or none needed */
    atomic_bool joined;           /* the group, or a source that serves */
    atomic_bool failing;          /* in back-off */
};

/* args.c */
enum { SVC_VERSIONS = 320 };
bool svc_uses_bus(const struct svc_spec *s); /* does the stage touch Kafka at all? */
void svc_setting_tables(const struct svc_spec *s,
                        const struct conf_row *out[CONF_TABLES_MAX]); /* NULL-ended */
const char *svc_versions(char out[SVC_VERSIONS]);

/* svc.c */
int svc_run(const struct svc_spec *spec);

/* loader.c - the snapshot: a first one, waited for; then newer ones built aside. */
struct loader;
struct loader *loader_new(const struct svc_spec *spec, const struct conf *c, struct svc_status *s,
                          struct err *e);
void loader_free(struct loader *l); /* frees all tables it handed out; accepts NULL */
/* Waits until tables are there; -1: ERR_FATAL, or stopped meanwhile (ERR_RETRY). */
int loader_first(struct loader *l, struct svc_ctx *x, struct err *e);
/* Between batches: the newer snapshot, if there is one. -1: the spec's check refuses it. */
int loader_swap(struct loader *l, struct svc_ctx *x, struct err *e);

/* step.c - one step of a trace, from a point of the loop's clock until now */
struct loop;
void step_message(struct loop *l, const struct svc_message *m, int64_t from_us,
                  const char *refused);
void step_timer(struct loop *l, int32_t partition, int64_t from_us, const char *refused);

/* measure.c - what is measured when somebody looks: the process, the tables' age */
void measure_all(const struct svc_status *s);

/* held.c - a question for a person is counted by the family of its rules, or its reason */
void held_count(const ProtobufCMessage *item);

/* probe.c */
struct probe;
struct probe *probe_open(const struct conf *c, const struct svc_status *s,
                         struct err *e); /* NULL with HTTP_PORT=-1: no error */
void probe_close(struct probe *p);

/* loop.c */
struct loop {
    struct svc_ctx x;
    struct svc_status *status;
    struct loader *loader; /* NULL: no tables */
    struct bus *bus;
    bool in_batch;
    int64_t records, bytes, began_us, max_records, max_bytes, max_us, dry_us;
    int64_t commit_us;        /* a commit takes, on average */
    int64_t last_us;          /* when the batch's last message was handled */
    int64_t mono_us;          /* as last read: at most once before and once after a handler */
    int64_t failed_us, tries; /* the last failure, how many in a row */
    int64_t backoff_ms, max_backoff_ms, tick_us, lag_us;
    struct arena *names; /* of the timer in hand */
    struct metric *consumed, *rejected, *handled, *age, *batch, *retries;
};

int loop_init(struct loop *l, struct err *e); /* after x, bus, status are set */
void loop_release(struct loop *l);
int loop_run(struct loop *l, struct err *e); /* 0: stopped; -1: ERR_FATAL */
struct bus_events loop_events(struct loop *l);
void loop_sleep(int64_t ms); /* or until SIGTERM */

/* restore.c */
int restore_partitions(struct loop *l, const int32_t *partitions, size_t n, struct err *e);
int restore_change(void *loop, int32_t partition, const void *key, size_t key_len,
                   const void *value, size_t n, struct err *e);

#endif
