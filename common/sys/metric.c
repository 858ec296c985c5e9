/* metric.c - a list that only grows, printed as Prometheus text */
#include "common/sys/metric.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { BUCKETS = 12 };

/* Upper bounds in microseconds: 100 us to 30 s. */
static const int64_t bounds_us[BUCKETS] = {100,    300,    1000,    3000,    10000,    30000,
                                           100000, 300000, 1000000, 3000000, 10000000, 30000000};

struct metric {
    struct metric *next;
    enum metric_type type;
    char name[96], labels[160], help[160];
    atomic_llong value; /* counter, gauge; histogram: sum in microseconds */
    atomic_llong count;
    atomic_llong buckets[BUCKETS];
};

static struct {
    pthread_mutex_t lock;
    struct metric *first, *last;
    struct metric spare;
} registry = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* find - of name and labels, under the lock */
static struct metric *find(const char *name, const char *labels)
{
    for (struct metric *m = registry.first; m; m = m->next)
        if (strcmp(m->name, name) == 0 && strcmp(m->labels, labels) == 0)
            return m;
    return NULL;
}

/* add - a new one at the end, under the lock; behind its namesakes so that they print together */
static struct metric *add(enum metric_type type, const char *name, const char *labels,
                          const char *help)
{
    struct metric *m = calloc(1, sizeof(*m)), *after = registry.last;

    if (!m)
        return &registry.spare;
    m->type = type;
    str_copy(m->name, sizeof(m->name), name);
    str_copy(m->labels, sizeof(m->labels), labels);
    str_copy(m->help, sizeof(m->help), help);
    for (struct metric *other = registry.first; other; other = other->next)
        if (strcmp(other->name, name) == 0)
            after = other;
    m->next = after ? after->next : NULL;
    if (after)
        after->next = m;
    else
        registry.first = m;
    if (!m->next)
        registry.last = m;
    return m;
}

/* metric_get - find or make */
struct metric *metric_get(enum metric_type type, const char *name, const char *labels,
                          const char *help)
{
    struct metric *m;

    pthread_mutex_lock(&registry.lock);
    m = find(name, labels);
    if (!m)
        m = add(type, name, labels, help);
    pthread_mutex_unlock(&registry.lock);
    return m;
}

/* metric_add - n more */
void metric_add(struct metric *m, int64_t n)
{
    atomic_fetch_add(&m->value, n);
}

/* metric_set - this now */
void metric_set(struct metric *m, int64_t v)
{
    atomic_store(&m->value, v);
}

/* metric_observe_us - one duration */
void metric_observe_us(struct metric *m, int64_t us)
{
    for (int i = 0; i < BUCKETS; i++)
        if (us <= bounds_us[i]) {
            atomic_fetch_add(&m->buckets[i], 1);
            break;
        }
    atomic_fetch_add(&m->value, us);
    atomic_fetch_add(&m->count, 1);
}

/* metric_value - for tests and `watch` */
int64_t metric_value(const struct metric *m)
{
    return atomic_load(&m->value);
}

/* print_histogram - buckets, sum, count */
static void print_histogram(struct buf *out, const struct metric *m)
{
    const char *comma = m->labels[0] ? "," : "";
    long long total = 0;

    for (int i = 0; i < BUCKETS; i++) {
        total += atomic_load(&m->buckets[i]);
        buf_addf(out, "%s_bucket{%s%sle=\"%lld.%06lld\"} %lld\n", m->name, m->labels, comma,
                 (long long)bounds_us[i] / 1000000, (long long)bounds_us[i] % 1000000, total);
    }
    buf_addf(out, "%s_bucket{%s%sle=\"+Inf\"} %lld\n", m->name, m->labels, comma,
             (long long)atomic_load(&m->count));
    buf_addf(out, "%s_sum{%s} %lld.%06lld\n", m->name, m->labels,
             (long long)atomic_load(&m->value) / 1000000,
             (long long)atomic_load(&m->value) % 1000000);
    buf_addf(out, "%s_count{%s} %lld\n", m->name, m->labels, (long long)atomic_load(&m->count));
}

/* metric_print - the whole registry */
void metric_print(struct buf *out)
{
    static const char *const types[] = {"counter", "gauge", "histogram"};
    const char *before = "";

    pthread_mutex_lock(&registry.lock);
    for (const struct metric *m = registry.first; m; m = m->next) {
        if (strcmp(before, m->name) != 0)
            buf_addf(out, "# HELP %s %s\n# TYPE %s %s\n", m->name, m->help, m->name,
                     types[m->type]);
        before = m->name;
        if (m->type == METRIC_HISTOGRAM)
            print_histogram(out, m);
        else
            buf_addf(out, "%s{%s} %lld\n", m->name, m->labels, (long long)atomic_load(&m->value));
    }
    pthread_mutex_unlock(&registry.lock);
}
