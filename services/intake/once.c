/* once.c - lets a message through once */
#include <pthread.h>
#include <stdlib.h>

#include "common/sys/metric.h"
#include "services/intake/publish.h"
#include "services/intake/seen.h"

struct once {
    pthread_mutex_t lock;
    struct seen *seen;
    const struct intake_out *next;
};

/* once_new - see publish.h */
struct once *once_new(size_t capacity, const struct intake_out *next)
{
    struct once *o = calloc(1, sizeof(*o));

    if (!o)
        return NULL;
    o->seen = seen_new(capacity);
    o->next = next;
    if (!o->seen || pthread_mutex_init(&o->lock, NULL) != 0) {
        seen_free(o->seen);
        free(o);
        return NULL;
    }
    return o;
}

/* once_free - see publish.h */
void once_free(struct once *o)
{
    if (!o)
        return;
    pthread_mutex_destroy(&o->lock);
    seen_free(o->seen);
    free(o);
}

/* held - does the broker hold every event of it? */
static bool held(struct once *o, const struct intake_result *r)
{
    bool all = r->n != 0;

    pthread_mutex_lock(&o->lock);
    for (size_t i = 0; all && i < r->n; i++)
        all = seen_has(o->seen, r->events[i]->event_id);
    pthread_mutex_unlock(&o->lock);
    return all;
}

/* remember - the broker holds them now */
static void remember(struct once *o, const struct intake_result *r)
{
    pthread_mutex_lock(&o->lock);
    for (size_t i = 0; i < r->n; i++)
        seen_add(o->seen, r->events[i]->event_id);
    pthread_mutex_unlock(&o->lock);
}

/* once_publish - see publish.h */
int once_publish(void *once, struct arena *a, const struct intake_result *r, struct err *e)
{
    struct once *o = once;

    if (held(o, r)) {
        metric_add(metric_get(METRIC_INTAKE_REPEATS, ""), 1);
        return 0;
    }
    if (o->next->publish(o->next->arg, a, r, e) != 0)
        return -1;
    remember(o, r);
    return 0;
}

/* once_refuse - see publish.h */
int once_refuse(void *once, const struct intake_result *r, struct err *e)
{
    struct once *o = once;

    if (!o->next->refuse || held(o, r))
        return 0;
    if (o->next->refuse(o->next->arg, r, e) != 0)
        return -1;
    remember(o, r);
    return 0;
}

/* held_claim - is it one that the broker holds? */
static bool held_claim(struct once *o, const struct intake_claim *c)
{
    bool has;

    pthread_mutex_lock(&o->lock);
    has = seen_has(o->seen, c->event_id);
    pthread_mutex_unlock(&o->lock);
    return has;
}

/* once_claims - see publish.h */
int once_claims(void *once, struct arena *a, struct intake_claim *const *list, size_t n,
                struct err *e)
{
    struct once *o = once;
    struct intake_claim **fresh = arena_array(a, n + 1, sizeof(*fresh));
    size_t m = 0;

    if (!fresh)
        return err_set(e, ERR_RETRY, "memory", "no memory for the records of claims");
    for (size_t i = 0; i < n; i++) {
        list[i]->repeated = list[i]->repeated || held_claim(o, list[i]);
        if (!list[i]->repeated)
            fresh[m++] = list[i];
    }
    if (o->next->claims(o->next->arg, a, fresh, m, e) != 0)
        return -1;
    pthread_mutex_lock(&o->lock);
    for (size_t i = 0; i < m; i++)
        seen_add(o->seen, fresh[i]->event_id);
    pthread_mutex_unlock(&o->lock);
    return 0;
}
