/* svc.c - a worker's life: settings, start, loop, stop
 *
 * Order of the start: settings, the spec's own start, tables, brokers, the group. Each waits for
 * what is away and says so; the probes answer from the first moment on. Stopping has five seconds:
 * then the process ends whatever hangs, for everything that counts is in Kafka. at-least-once is
 * refused for a stage that `refuses_at_least_once` and has no `check` that looks closer. */
#include "common/svc/svc.h"

#include <malloc.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/str.h"
#include "common/bus/audit.h"
#include "common/svc/work.h"
#include "common/sys/clock.h"
#include "common/sys/harden.h"
#include "common/sys/log.h"
#include "common/sys/metric.h"

enum { STOP_S = 5, WAIT_FIRST_MS = 250, WAIT_MAX_MS = 5000 };
enum { MALLOC_ARENAS = 2, MALLOC_OWN_BLOCK = 256 * 1024, MALLOC_KEPT = 1024 * 1024 };

static atomic_bool stop_flag; /* lock-free, so that a handler may set it and every thread read it */

/* on_stop - the second one does not wait */
static void on_stop(int sig)
{
    (void)sig;
    if (stop_flag)
        _exit(0);
    stop_flag = true;
    alarm(STOP_S);
}

/* on_late - the five seconds are over */
static void on_late(int sig)
{
    (void)sig;
    _exit(0);
}

/* svc_stopping - SIGTERM or SIGINT came */
bool svc_stopping(void)
{
    return stop_flag;
}

/* catch_signals - system calls go on, the loop looks at the flag */
static void catch_signals(void)
{
    struct sigaction stop = {.sa_handler = on_stop, .sa_flags = SA_RESTART};
    struct sigaction late = {.sa_handler = on_late};
    struct sigaction ignore = {.sa_handler = SIG_IGN};

    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGINT, &stop, NULL);
    sigaction(SIGALRM, &late, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
}

/* open_log - level and form */
static void open_log(const struct svc_spec *s, const struct conf *c)
{
    static const char *const levels[] = {"debug", "info", "warn", "error"};
    char text[SVC_VERSIONS], bus[80], labels[160], library[24] = "";
    enum log_level level = LOG_INFO;

    for (int i = 0; i < LOG_LEVEL_MAX; i++)
        if (conf_is(c, "LOG_LEVEL", levels[i]))
            level = (enum log_level)i;
    metric_stage(s->name);
    log_open(s->name, level, conf_is(c, "LOG_FORMAT", "json") ? LOG_JSON : LOG_KEY_VALUE);
    log_event(LOG_INFO, "start", log_s("version", CC_VERSION),
              log_s("libraries", svc_versions(text)));
    if (harden_is_root())
        log_event(LOG_WARN, "runs_as_root", log_s("hint", "no worker needs it"));
    sscanf(bus_version(bus, sizeof(bus)), "%*s %23s", library);
    snprintf(labels, sizeof(labels), "version=\"%s\",librdkafka=\"%s\",protobuf_c=\"%s\"",
             CC_VERSION, library, protobuf_c_version());
    metric_set(metric_get(METRIC_BUILD_INFO, labels), 1);
}

/* Everything of one running worker. */
struct worker {
    const struct svc_spec *spec;
    struct conf *conf;
    struct svc_status status;
    struct probe *probe;
    struct bus_publisher *publisher;
    struct audit *audit; /* a source's; a stage's is the bus's */
    struct loop loop;
    struct metric *_Atomic produced[TOPIC_MAX][2]; /* [dead] */
    bool started;
};

/* count_produced - by topic; records of a batch that is aborted count too */
static void count_produced(struct worker *w, const struct bus_record *r)
{
    struct metric *m = w->produced[r->topic][r->dead];
    char labels[128];

    if (!m) {
        snprintf(labels, sizeof(labels), "topic=\"%s%s\"", topic_row(r->topic)->name,
                 r->dead ? ".dead" : "");
        w->produced[r->topic][r->dead] = m = metric_get(METRIC_EVENTS_PRODUCED, labels);
    }
    metric_add(m, 1);
}

/* to_bus - the sink of handlers */
static int to_bus(void *arg, const struct bus_record *r, struct err *e)
{
    struct worker *w = arg;

    count_produced(w, r);
    return bus_produce(w->loop.bus, r, e);
}

/* to_publisher - the sink of sources */
static int to_publisher(void *arg, const struct bus_record *r, size_t n, struct err *e)
{
    struct worker *w = arg;

    int64_t from = clock_mono_us();
    int bad;

    if (!w->publisher)
        return err_set(e, ERR_FATAL, "bug", "%s is no source", w->spec->name);
    bad = bus_publish(w->publisher, r, n, (int)conf_number(w->conf, "PUBLISH_TIMEOUT_MS"), e);
    metric_observe_us(metric_get(METRIC_PUBLISH_SECONDS, ""), clock_mono_us() - from);
    for (size_t i = 0; bad == 0 && i < n; i++)
        count_produced(w, &r[i]);
    return bad;
}

/* check_delivery - the stages that must not repeat themselves */
static int check_delivery(const struct svc_spec *s, const struct conf *c, struct err *e)
{
    if (!svc_uses_bus(s) || !s->refuses_at_least_once || s->check ||
        conf_is(c, "DELIVERY", "exactly_once"))
        return 0;
    return err_set(e, ERR_FATAL, "setting", "DELIVERY=at_least_once: %s sends nothing twice",
                   s->name);
}

/* open_traces - a collector's address is a setting, so a bad one stops the start */
static int open_traces(struct svc_ctx *x, const struct conf *c, struct err *e)
{
    struct err none = {0};

    x->sample_per_mille = (unsigned)conf_number(c, "TRACE_SAMPLE_PER_MILLE");
    x->spans = spans_open(x->spec->name, c, &none);
    if (!x->spans && none.code[0]) {
        *e = none;
        return -1;
    }
    if (x->spec->timer && !(x->recall = recall_new()))
        return err_set(e, ERR_FATAL, "memory", "out of memory");
    return 0;
}

/* prepare - what needs no broker */
static int prepare(struct worker *w, struct err *e)
{
    struct svc_ctx *x = &w->loop.x;

    if (ctx_init(x, w->spec, w->conf, e) < 0 || check_delivery(w->spec, w->conf, e) < 0)
        return -1;
    x->sink = (struct svc_sink){to_bus, to_publisher, w};
    if (open_traces(x, w->conf, e) < 0)
        return -1;
    w->loop.status = &w->status;
    w->status.alive_us = clock_mono_us();
    w->status.tables = w->spec->tables == NULL;
    w->probe = probe_open(w->conf, &w->status, e);
    if (!w->probe && conf_number(w->conf, "HTTP_PORT") >= 0)
        return -1;
    if (w->spec->start && w->spec->start(w->conf, &x->user, e) < 0)
        return -1;
    w->started = true;
    if (!w->spec->tables)
        return w->spec->check ? w->spec->check(w->conf, NULL, e) : 0;
    w->loop.loader = loader_new(w->spec, w->conf, &w->status, e);
    return w->loop.loader ? loader_first(w->loop.loader, x, e) : -1;
}

/* open_state - local copies under STATE_DIR */
static int open_state(struct worker *w, struct err *e)
{
    const char *dir = conf_text(w->conf, "STATE_DIR");

    if (w->spec->state == TOPIC_NONE)
        return 0;
    w->loop.x.state =
        state_open(str_empty(dir) ? NULL : dir, w->spec->name, restore_change, &w->loop, e);
    return w->loop.x.state ? 0 : -1;
}

/* open_bus - waits for brokers and topics */
static int open_bus(struct worker *w, struct err *e)
{
    struct bus_options o = {.stage = w->spec->name,
                            .consume = w->spec->consume,
                            .produce = w->spec->produce,
                            .state = w->spec->state,
                            .at_least_once = conf_is(w->conf, "DELIVERY", "at_least_once"),
                            .events = loop_events(&w->loop)};
    int64_t wait_ms = WAIT_FIRST_MS;

    while (!(w->loop.bus = bus_open(&o, w->conf, e))) {
        if (e->class == ERR_FATAL || svc_stopping())
            return -1;
        log_err(LOG_WARN, "broker_wait", e);
        w->status.alive_us = clock_mono_us();
        loop_sleep(wait_ms);
        wait_ms = wait_ms * 2 < WAIT_MAX_MS ? wait_ms * 2 : WAIT_MAX_MS;
    }
    return 0;
}

/* run_stage - consume, process, produce */
static int run_stage(struct worker *w, struct err *e)
{
    if (open_state(w, e) < 0 || open_bus(w, e) < 0 || loop_init(&w->loop, e) < 0)
        return -1;
    if (w->loop.x.state)
        state_keys(w->loop.x.state, bus_keys(w->loop.bus));
    return loop_run(&w->loop, e);
}

/* publish_tick - what a source's tick emitted */
static int publish_tick(struct worker *w, struct err *e)
{
    struct svc_ctx *x = &w->loop.x;
    int r = ctx_tick(x, e);

    if (r == 0 && x->n_records)
        r = to_publisher(w, x->records, x->n_records, e);
    if (r == 0 && x->n_records && w->spec->committed)
        w->spec->committed(x->user);
    if (r < 0 && w->spec->aborted)
        w->spec->aborted(x->user);
    ctx_drop(x);
    return r;
}

/* run_ticks - a source without own threads */
static int run_ticks(struct worker *w, struct err *e)
{
    while (!svc_stopping()) {
        w->status.alive_us = clock_mono_us();
        if (w->loop.loader && loader_swap(w->loop.loader, &w->loop.x, e) < 0)
            return -1;
        w->loop.x.now_ms = clock_ms();
        w->status.failing = publish_tick(w, e) < 0;
        if (w->status.failing && e->class == ERR_FATAL)
            return -1;
        if (w->status.failing)
            log_err(LOG_WARN, "retry", e);
        loop_sleep(SVC_TICK_MS);
    }
    return 0;
}

/* keep_alive - beside a source that serves: it is alive while the process is, and gets newer tables
 */
static void *keep_alive(void *arg)
{
    struct worker *w = arg;
    struct err e;

    while (!svc_stopping()) {
        w->status.alive_us = clock_mono_us();
        if (w->loop.loader && loader_swap(w->loop.loader, &w->loop.x, &e) < 0) {
            log_err(LOG_ERROR, "fatal", &e);
            raise(SIGTERM);
        }
        loop_sleep(1000);
    }
    return NULL;
}

/* run_source - serve, or tick */
static int run_source(struct worker *w, struct err *e)
{
    pthread_t t;
    int r;

    if (svc_uses_bus(w->spec) && !(w->publisher = bus_publisher_open(w->spec->name, w->conf, e)))
        return -1;
    if (w->publisher)
        w->audit = audit_worker(w->spec->name, w->conf);
    w->status.joined = true;
    w->loop.x.live_clock = w->spec->serve != NULL;
    if (!w->spec->serve)
        return w->spec->tick ? run_ticks(w, e)
                             : err_set(e, ERR_FATAL, "bug", "a stage that does nothing");
    if (pthread_create(&t, NULL, keep_alive, w) != 0)
        return err_set(e, ERR_FATAL, "thread", "no thread");
    r = w->spec->serve(&w->loop.x, e);
    stop_flag = true;
    pthread_join(t, NULL);
    return r;
}

/* finish - leaves the group first, so that others take over at once */
static void finish(struct worker *w)
{
    bus_close(w->loop.bus);
    audit_stopped(w->audit);
    bus_publisher_close(w->publisher);
    state_close(w->loop.x.state);
    if (w->started && w->spec->stop)
        w->spec->stop(w->loop.x.user);
    probe_close(w->probe);
    spans_close(w->loop.x.spans);
    recall_free(w->loop.x.recall);
    loader_free(w->loop.loader);
    loop_release(&w->loop);
    ctx_release(&w->loop.x);
    conf_free(w->conf);
}

/* give_memory_back - glibc else keeps an arena for each of librdkafka's threads, and in it what a
 * burst of fetched records once took */
static void give_memory_back(void)
{
    mallopt(M_ARENA_MAX, MALLOC_ARENAS);
    mallopt(M_MMAP_THRESHOLD, MALLOC_OWN_BLOCK);
    mallopt(M_TRIM_THRESHOLD, MALLOC_KEPT);
}

/* svc_run - a worker's life; the exit code */
int svc_run(const struct svc_spec *spec)
{
    const struct conf_row *tables[CONF_TABLES_MAX];
    struct worker w = {.spec = spec};
    struct err e = {0};
    int r;

    give_memory_back();
    catch_signals();
    svc_setting_tables(spec, tables);
    w.conf = conf_load(tables, &e);
    if (!w.conf) {
        fprintf(stderr, "%s: error: %s\n", spec->name, e.text);
        return SVC_EXIT_SETTING;
    }
    open_log(spec, w.conf);
    r = prepare(&w, &e);
    if (r == 0)
        r = spec->consume ? run_stage(&w, &e) : run_source(&w, &e);
    if (r < 0 && !(svc_stopping() && e.class == ERR_RETRY)) {
        log_err(LOG_ERROR, "fatal", &e);
        r = str_eq(e.code, "setting") ? SVC_EXIT_SETTING : SVC_EXIT_GONE;
    } else
        r = 0;
    log_event(LOG_INFO, "stop", log_i("code", r));
    finish(&w);
    return r;
}
