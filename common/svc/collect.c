/* collect.c - what a handler changes, until it has answered; and state as it sees it meanwhile
 *
 * A message changes a handful of keys, so the list is searched from its end: the last change of a
 * key is the valid one. */
#include "common/svc/ctx.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"

/* ctx_collected - records and changes that wait */
size_t ctx_collected(const struct svc_ctx *x)
{
    return x->n_records + x->n_changes;
}

/* ctx_drop - forgets them, and wipes the message's memory */
void ctx_drop(struct svc_ctx *x)
{
    x->records = NULL;
    x->changes = NULL;
    x->n_records = x->n_changes = 0;
    x->emitted = 0;
    arena_reset(x->arena);
}

/* is_timer - timers and keys are two spaces of names */
static bool is_timer(const struct change *c)
{
    return c->kind == CHANGE_TIMER || c->kind == CHANGE_TIMER_CLEAR;
}

/* apply_change - now for good */
static int apply_change(struct svc_ctx *x, const struct change *c, struct err *e)
{
    switch (c->kind) {
    case CHANGE_PUT:
        return state_put(x->state, x->partition, c->key, c->value, c->n, e);
    case CHANGE_DELETE:
        return state_delete(x->state, x->partition, c->key, e);
    case CHANGE_TIMER:
        recall_put(x->recall, x->partition, c->key, x->traceparent);
        return state_timer_set(x->state, x->partition, c->key, c->at_ms, e);
    case CHANGE_TIMER_CLEAR:
        return state_timer_clear(x->state, x->partition, c->key, e);
    }
    return err_set(e, ERR_FATAL, "bug", "a change of no kind");
}

/* ctx_apply - state first, then records, in the order the handler gave; half applied is mended only
 * by aborting the batch */
int ctx_apply(struct svc_ctx *x, struct err *e)
{
    int r = 0;

    for (size_t i = 0; r == 0 && i < x->n_changes; i++)
        r = apply_change(x, &x->changes[i], e);
    for (size_t i = 0; r == 0 && i < x->n_records; i++)
        r = x->sink.record(x->sink.arg, &x->records[i], e);
    if (r < 0 && e->class == ERR_REJECT)
        e->class = ERR_FATAL;
    return r;
}

/* check_state - may the handler use state now? */
static int check_state(const struct svc_ctx *x, const char *key, struct err *e)
{
    if (!x->state)
        return err_set(e, ERR_FATAL, "bug", "%s has no state", x->spec->name);
    if (x->partition < 0)
        return err_set(e, ERR_FATAL, "bug", "%s: state in a tick", x->spec->name);
    return state_check_key(key, strlen(key), e);
}

/* collect_change - one more */
int collect_change(struct svc_ctx *x, const struct change *c, struct err *e)
{
    struct change *grown;
    char *key;

    if (check_state(x, c->key, e) < 0)
        return -1;
    grown = arena_grow(x->arena, x->changes, x->n_changes, sizeof(*c));
    key = arena_strdup(x->arena, c->key);
    if (!grown || !key)
        return err_set(e, ERR_REJECT, "size", "state: over the message's memory");
    grown[x->n_changes] = *c;
    grown[x->n_changes++].key = key;
    x->changes = grown;
    return 0;
}

/* collect_find - the last change of a key */
const struct change *collect_find(const struct svc_ctx *x, const char *key)
{
    for (size_t i = x->n_changes; i; i--)
        if (!is_timer(&x->changes[i - 1]) && strcmp(x->changes[i - 1].key, key) == 0)
            return &x->changes[i - 1];
    return NULL;
}

/* svc_get - collected, else remembered */
int svc_get(struct svc_ctx *x, const char *key, const ProtobufCMessageDescriptor *d,
            ProtobufCMessage **out, struct err *e)
{
    const struct change *c;
    void *value;
    size_t n;
    int r;

    if (check_state(x, key, e) < 0)
        return -1;
    c = collect_find(x, key);
    if (c && c->kind == CHANGE_DELETE)
        return 0;
    if (c)
        return event_unpack(x->arena, d, c->value, c->n, out, e) < 0 ? -1 : 1;
    r = state_get(x->state, x->partition, key, x->arena, &value, &n, e);
    if (r <= 0)
        return r;
    return event_unpack(x->arena, d, value, n, out, e) < 0 ? -1 : 1;
}

/* svc_put - packed at once */
int svc_put(struct svc_ctx *x, const char *key, const ProtobufCMessage *m, struct err *e)
{
    struct change c = {.kind = CHANGE_PUT, .key = (char *)(uintptr_t)key};
    uint8_t *bytes;

    if (event_pack(x->arena, m, &bytes, &c.n, e) < 0)
        return -1;
    c.value = bytes;
    return collect_change(x, &c, e);
}

/* svc_delete - also of a key that is not there */
int svc_delete(struct svc_ctx *x, const char *key, struct err *e)
{
    struct change c = {.kind = CHANGE_DELETE, .key = (char *)(uintptr_t)key};

    return collect_change(x, &c, e);
}

/* svc_timer_set - set or moved */
int svc_timer_set(struct svc_ctx *x, const char *name, int64_t at_ms, struct err *e)
{
    struct change c = {
        .kind = CHANGE_TIMER, .key = (char *)(uintptr_t)name, .at_ms = at_ms < 0 ? 0 : at_ms};

    return collect_change(x, &c, e);
}

/* svc_timer_clear - also of one that is not set */
int svc_timer_clear(struct svc_ctx *x, const char *name, struct err *e)
{
    struct change c = {.kind = CHANGE_TIMER_CLEAR, .key = (char *)(uintptr_t)name};

    return collect_change(x, &c, e);
}

/* Two ordered lists walked as one: what state holds, and what is collected over it. */
struct merge {
    struct svc_ctx *x;
    const struct change **over; /* the valid changes under the prefix, by key */
    size_t n, at;
    svc_each_fn fn;
    void *arg;
};

/* by_key - qsort order, byte order as in state */
static int by_key(const void *a, const void *b)
{
    const struct change *const *x = a, *const *y = b;

    return strcmp((*x)->key, (*y)->key);
}

/* gather - the valid changes under a prefix */
static int gather(struct merge *m, const char *prefix, struct err *e)
{
    m->over = arena_array(m->x->arena, m->x->n_changes + 1, sizeof(*m->over));
    if (!m->over)
        return err_set(e, ERR_REJECT, "size", "state: over the message's memory");
    for (size_t i = 0; i < m->x->n_changes; i++) {
        const struct change *c = &m->x->changes[i];

        if (!is_timer(c) && str_starts(c->key, prefix) && collect_find(m->x, c->key) == c)
            m->over[m->n++] = c;
    }
    if (m->n)
        qsort(m->over, m->n, sizeof(*m->over), by_key);
    return 0;
}

/* hand_over - the collected ones that come before a key (NULL: all that are left) */
static int hand_over(struct merge *m, const char *before, struct err *e)
{
    int r = 0;

    while (r == 0 && m->at < m->n && (!before || strcmp(m->over[m->at]->key, before) < 0)) {
        const struct change *c = m->over[m->at++];

        if (c->kind == CHANGE_PUT)
            r = m->fn(m->arg, c->key, c->value, c->n, e);
    }
    return r;
}

/* merge_row - a row of state, unless it was changed since */
static int merge_row(void *arg, const char *key, const void *value, size_t n, struct err *e)
{
    struct merge *m = arg;
    int r = hand_over(m, key, e);

    if (r != 0 || (m->at < m->n && strcmp(m->over[m->at]->key, key) == 0))
        return r;
    return m->fn(m->arg, key, value, n, e);
}

/* svc_each - in byte order, as if what is collected were there already */
int svc_each(struct svc_ctx *x, const char *prefix, svc_each_fn fn, void *arg, struct err *e)
{
    struct merge m = {.x = x, .fn = fn, .arg = arg};
    int r;

    if (check_state(x, "-", e) < 0 || gather(&m, prefix, e) < 0)
        return -1;
    r = state_each(x->state, x->partition, prefix, merge_row, &m, e);
    return r == 0 ? hand_over(&m, NULL, e) : r;
}
