/* loader.c - code tables: the first snapshot is waited for, newer ones are built in a side thread
 * and swapped between batches
 *
 * Redis away at the start: the worker waits and says so. Away later: it goes on with what it holds,
 * and cleanclaim_tables_stale_seconds grows. A replaced snapshot lives until the next swap, so that
 * a source's threads may finish with it; it is freed in the side thread, since giving back hundreds
 * of megabytes takes longer than a batch should wait. The side thread stands behind the loop's for
 * the processor: a second of building that shares a core with it would cost it a time slice each
 * time. */
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "common/svc/work.h"
#include "common/sys/clock.h"
#include "common/sys/log.h"
#include "common/sys/metric.h"
#include "common/sys/wait.h"

enum {
    WAIT_FIRST_MS = 250,
    WAIT_MAX_MS = 5000,
    SAY_AGAIN_S = 30,
    WORN_MAX = 4,
    NICER = 5, /* a quarter of a core that the loop wants too, all of one that nobody wants */
};

struct loader {
    const struct svc_spec *spec;
    const struct conf *conf;
    struct svc_status *status;
    struct store *store;         /* the main thread's until the side thread runs, then its */
    struct tables *now, *before; /* main thread */
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct tables *fresh;          /* under the lock */
    struct tables *worn[WORN_MAX]; /* under the lock: nobody reads them any more */
    size_t n_worn;
    bool stop;     /* under the lock */
    int64_t epoch; /* of the newest loaded */
    pthread_t thread;
    bool running;
    int64_t said_s; /* that the store is away; -1: not said */
    struct metric *stale;
};

/* loader_new - does not connect yet */
struct loader *loader_new(const struct svc_spec *spec, const struct conf *c, struct svc_status *s,
                          struct err *e)
{
    struct loader *l = calloc(1, sizeof(*l));

    if (!l) {
        err_set(e, ERR_FATAL, "memory", "out of memory");
        return NULL;
    }
    l->spec = spec;
    l->conf = c;
    l->status = s;
    l->said_s = -1;
    pthread_mutex_init(&l->lock, NULL);
    wait_init(&l->wake);
    l->stale = metric_get(METRIC_TABLES_STALE_SECONDS, "");
    l->store = store_new(c, e);
    if (l->store)
        return l;
    loader_free(l);
    return NULL;
}

/* free_worn - what the main thread has put away */
static void free_worn(struct loader *l)
{
    struct tables *worn[WORN_MAX];
    size_t n;

    pthread_mutex_lock(&l->lock);
    n = l->n_worn;
    memcpy(worn, l->worn, n * sizeof(worn[0]));
    l->n_worn = 0;
    pthread_mutex_unlock(&l->lock);
    while (n > 0)
        tables_free(worn[--n]);
}

/* put_away - for the side thread, which is never so many swaps behind that the list is full */
static void put_away(struct loader *l, struct tables *t)
{
    bool taken;

    pthread_mutex_lock(&l->lock);
    taken = t && l->n_worn < WORN_MAX;
    if (taken)
        l->worn[l->n_worn++] = t;
    pthread_mutex_unlock(&l->lock);
    if (!taken)
        tables_free(t);
}

/* loader_free - stops the side thread first */
void loader_free(struct loader *l)
{
    if (!l)
        return;
    if (l->running) {
        pthread_mutex_lock(&l->lock);
        l->stop = true;
        pthread_cond_signal(&l->wake);
        pthread_mutex_unlock(&l->lock);
        pthread_join(l->thread, NULL);
    }
    free_worn(l);
    tables_free(l->fresh);
    tables_free(l->now);
    tables_free(l->before);
    store_free(l->store);
    pthread_cond_destroy(&l->wake);
    pthread_mutex_destroy(&l->lock);
    free(l);
}

/* count_reload - by result */
static void count_reload(const char *result)
{
    metric_add(metric_with(METRIC_TABLE_RELOAD, "result", result), 1);
}

/* show_editions - one info metric an edition: 1 in use, 0 replaced */
static void show_editions(const struct tables *t, int64_t value)
{
    const struct edition_info *d;
    char labels[160];

    for (size_t i = 0; t && (d = tables_edition_at(t, i)); i++) {
        snprintf(labels, sizeof(labels), "table=\"%s\",version=\"%s\",sha256=\"%.12s\"",
                 table_name(d->table), d->edition, d->sha256);
        metric_set(metric_get(METRIC_TABLE_VERSION_INFO, labels), value);
    }
}

/* load - a snapshot that has at least one edition */
static struct tables *load(struct loader *l, int64_t *epoch, struct err *e)
{
    struct tables *t = store_load(l->store, l->spec->tables, epoch, e);

    if (t && !tables_edition_at(t, 0)) {
        tables_free(t);
        err_set(e, ERR_RETRY, "tables", "no tables are published yet");
        return NULL;
    }
    return t;
}

/* say_away - at once, then every half minute */
static void say_away(struct loader *l, int64_t away_s, const struct err *e)
{
    if (l->said_s >= 0 && away_s < l->said_s + SAY_AGAIN_S)
        return;
    l->said_s = away_s;
    log_err(LOG_WARN, "tables_away", e);
}

/* look - is there a newer epoch? Builds its snapshot. */
static void look(struct loader *l, int64_t *reached_us)
{
    struct err e = {0};
    struct tables *t, *unseen;
    int64_t epoch;

    if (store_epoch(l->store, &epoch, &e) < 0) {
        int64_t away_s = (clock_mono_us() - *reached_us) / 1000000;

        metric_set(l->stale, away_s * 1000000);
        say_away(l, away_s, &e);
        return;
    }
    l->said_s = -1;
    *reached_us = clock_mono_us();
    metric_set(l->stale, 0);
    if (epoch == l->epoch)
        return;
    t = load(l, &epoch, &e);
    count_reload(t ? "loaded" : "failed");
    if (!t) {
        log_err(LOG_ERROR, "tables_not_loaded", &e);
        return;
    }
    l->epoch = epoch;
    pthread_mutex_lock(&l->lock);
    unseen = l->fresh;
    l->fresh = t;
    pthread_mutex_unlock(&l->lock);
    tables_free(unseen);
}

/* pause_thread - until the next look; true: stop */
static bool pause_thread(struct loader *l)
{
    int64_t ms = conf_number(l->conf, "TABLES_POLL_MS");
    struct timespec until = wait_until(ms);
    bool stop;

    pthread_mutex_lock(&l->lock);
    if (!l->stop)
        pthread_cond_timedwait(&l->wake, &l->lock, &until);
    stop = l->stop;
    pthread_mutex_unlock(&l->lock);
    return stop;
}

/* step_back - this thread alone: Linux keeps a nice value a thread */
static void step_back(void)
{
    id_t me = (id_t)gettid();

    setpriority(PRIO_PROCESS, me, getpriority(PRIO_PROCESS, me) + NICER);
}

/* run - the side thread */
static void *run(void *arg)
{
    struct loader *l = arg;
    int64_t reached_us = clock_mono_us();

    step_back();

    while (!pause_thread(l)) {
        free_worn(l);
        look(l, &reached_us);
    }
    return NULL;
}

/* use - a snapshot from now on */
static int use(struct loader *l, struct svc_ctx *x, struct tables *t, struct err *e)
{
    show_editions(l->now, 0);
    show_editions(t, 1);
    put_away(l, l->before);
    l->before = l->now;
    l->now = t;
    x->tables = t;
    l->status->tables_since_us = clock_mono_us();
    log_event(LOG_INFO, "tables", log_i("epoch", l->epoch));
    return l->spec->check ? l->spec->check(l->conf, t, e) : 0;
}

/* loader_first - waits, longer and longer, and says so each time */
int loader_first(struct loader *l, struct svc_ctx *x, struct err *e)
{
    int64_t wait_ms = WAIT_FIRST_MS;
    struct tables *t;

    while (!(t = load(l, &l->epoch, e))) {
        if (e->class == ERR_FATAL || svc_stopping())
            return -1;
        log_err(LOG_WARN, "tables_wait", e);
        l->status->alive_us = clock_mono_us();
        loop_sleep(wait_ms);
        wait_ms = wait_ms * 2 < WAIT_MAX_MS ? wait_ms * 2 : WAIT_MAX_MS;
    }
    count_reload("loaded");
    if (use(l, x, t, e) < 0)
        return -1;
    l->running = pthread_create(&l->thread, NULL, run, l) == 0;
    if (!l->running)
        return err_set(e, ERR_FATAL, "thread", "no thread for tables");
    l->status->tables = true;
    return 0;
}

/* loader_swap - one pointer */
int loader_swap(struct loader *l, struct svc_ctx *x, struct err *e)
{
    struct tables *t;

    pthread_mutex_lock(&l->lock);
    t = l->fresh;
    l->fresh = NULL;
    pthread_mutex_unlock(&l->lock);
    return t ? use(l, x, t, e) : 0;
}
