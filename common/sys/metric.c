/* metric.c - a list that only grows, printed as Prometheus text */
#include "common/sys/metric.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BUCKETS = 14 };

/* Upper bounds in microseconds: 10 us to 30 s. */
static const int64_t bounds_us[BUCKETS] = {10,      30,      100,      300,     1000,
                                           3000,    10000,   30000,    100000,  300000,
                                           1000000, 3000000, 10000000, 30000000};

struct metric {
    struct metric *next;
    enum metric_id id;
    char labels[160];
    atomic_llong value; /* counter, gauge; histogram: sum in microseconds */
    atomic_llong count;
    atomic_llong buckets[BUCKETS];
};

static struct {
    pthread_mutex_t lock;
    struct metric *first, *last;
    struct metric spare;
    char stage[64]; /* `stage="coder"`, or "" */
} registry = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* metric_stage - before the first metric is printed */
void metric_stage(const char *name)
{
    snprintf(registry.stage, sizeof(registry.stage), "stage=\"%s\"", name);
}

/* find - of row and labels, under the lock */
static struct metric *find(enum metric_id id, const char *labels)
{
    for (struct metric *m = registry.first; m; m = m->next)
        if (m->id == id && strcmp(m->labels, labels) == 0)
            return m;
    return NULL;
}

/* add - a new one at the end, under the lock; behind its namesakes so that they print together */
static struct metric *add(enum metric_id id, const char *labels)
{
    struct metric *m = calloc(1, sizeof(*m)), *after = registry.last;

    if (!m)
        return &registry.spare;
    m->id = id;
    str_copy(m->labels, sizeof(m->labels), labels);
    for (struct metric *other = registry.first; other; other = other->next)
        if (other->id == id)
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
struct metric *metric_get(enum metric_id id, const char *labels)
{
    struct metric *m;

    pthread_mutex_lock(&registry.lock);
    m = find(id, labels);
    if (!m)
        m = add(id, labels);
    pthread_mutex_unlock(&registry.lock);
    return m;
}

/* metric_with - `label="value"` */
struct metric *metric_with(enum metric_id id, const char *label, const char *value)
{
    char labels[160];

    snprintf(labels, sizeof(labels), "%s=\"%s\"", label, value);
    return metric_get(id, labels);
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

/* metric_most - only ever up */
void metric_most(struct metric *m, int64_t v)
{
    long long had = atomic_load(&m->value);

    while (had < v && !atomic_compare_exchange_weak(&m->value, &had, v))
        ;
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

/* print_name - with all its labels, and one more where a bucket has it */
static void print_name(struct buf *out, const struct metric *m, const char *suffix,
                       const char *bucket)
{
    const char *name = metric_rows[m->id].name;
    const char *parts[] = {str_starts(name, "process_") ? "" : registry.stage, m->labels, bucket};
    const char *before = "{";

    buf_addf(out, "%s%s", name, suffix);
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        if (parts[i][0]) {
            buf_addf(out, "%s%s", before, parts[i]);
            before = ",";
        }
    buf_adds(out, before[0] == ',' ? "} " : " ");
}

/* print_seconds - microseconds as a decimal number */
static void print_seconds(struct buf *out, long long us)
{
    buf_addf(out, "%lld.%06lld\n", us / 1000000, us % 1000000);
}

/* print_histogram - buckets, sum, count */
static void print_histogram(struct buf *out, const struct metric *m)
{
    long long total = 0;
    char le[40];

    for (int i = 0; i < BUCKETS; i++) {
        total += atomic_load(&m->buckets[i]);
        snprintf(le, sizeof(le), "le=\"%lld.%06lld\"", (long long)bounds_us[i] / 1000000,
                 (long long)bounds_us[i] % 1000000);
        print_name(out, m, "_bucket", le);
        buf_addf(out, "%lld\n", total);
    }
    print_name(out, m, "_bucket", "le=\"+Inf\"");
    buf_addf(out, "%lld\n", (long long)atomic_load(&m->count));
    print_name(out, m, "_sum", "");
    print_seconds(out, atomic_load(&m->value));
    print_name(out, m, "_count", "");
    buf_addf(out, "%lld\n", (long long)atomic_load(&m->count));
}

/* print_one - counter or gauge */
static void print_one(struct buf *out, const struct metric *m)
{
    print_name(out, m, "", "");
    if (str_eq(metric_rows[m->id].unit, "seconds"))
        print_seconds(out, atomic_load(&m->value));
    else
        buf_addf(out, "%lld\n", (long long)atomic_load(&m->value));
}

/* metric_print - the whole registry */
void metric_print(struct buf *out)
{
    static const char *const types[] = {"counter", "gauge", "histogram"};
    int before = -1;

    pthread_mutex_lock(&registry.lock);
    for (const struct metric *m = registry.first; m; m = m->next) {
        const struct metric_row *r = &metric_rows[m->id];

        if ((int)m->id != before)
            buf_addf(out, "# HELP %s %s\n# TYPE %s %s\n", r->name, r->help, r->name,
                     types[r->type]);
        before = (int)m->id;
        if (r->type == METRIC_HISTOGRAM)
            print_histogram(out, m);
        else
            print_one(out, m);
    }
    pthread_mutex_unlock(&registry.lock);
}
