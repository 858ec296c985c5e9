/* news.c - what a batch has changed, so that the topic hears of each key once
 *
 * A batch may change a key for each of its records: a visit's three messages rewrite one value, a
 * claim waits for its file and leaves with it. The topic is compacted and only the last value of a
 * transaction counts, so the keys are gathered and told before it ends, in the order of their first
 * change. What is as it was before the batch (a key that came and went, a timer set and cleared) is
 * not told. The values stand in the open LMDB transaction; here are only names. */
#include "common/state/part.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS_FIRST = 256 };

/* hash - FNV-1a over the name, begun with its space */
static size_t hash(const struct news_row *r, const char *key)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325) ^ (uint64_t)(uint32_t)r->partition << 1 ^ r->timer;

    for (size_t i = 0; i < r->len; i++)
        h = (h ^ (unsigned char)key[i]) * UINT64_C(0x100000001b3);
    return (size_t)(h ^ h >> 32);
}

/* same - one name of one space */
static bool same(const struct news *w, const struct news_row *a, const struct news_row *b,
                 const char *key)
{
    return a->timer == b->timer && a->partition == b->partition && a->len == b->len &&
           memcmp(w->keys.data + a->at, key, b->len) == 0;
}

/* slot_of - where a row stands, or would */
static uint32_t *slot_of(const struct news *w, const struct news_row *r, const char *key)
{
    size_t i = hash(r, key) & (w->n_slots - 1);

    while (w->slots[i] && !same(w, &w->rows[w->slots[i] - 1], r, key))
        i = (i + 1) & (w->n_slots - 1);
    return &w->slots[i];
}

/* grow - room for one more row, half of the slots free */
static int grow(struct news *w, struct err *e)
{
    size_t n = w->n_slots ? w->n_slots * 2 : SLOTS_FIRST;
    struct news_row *rows;
    uint32_t *slots;

    if ((w->n + 1) * 2 <= w->n_slots)
        return 0;
    if ((rows = realloc(w->rows, n / 2 * sizeof(*rows))))
        w->rows = rows;
    slots = rows ? calloc(n, sizeof(*slots)) : NULL;
    if (!slots)
        return err_set(e, ERR_RETRY, "memory", "state: no memory for what a batch has changed");
    free(w->slots);
    w->slots = slots;
    w->n_slots = n;
    for (size_t i = 0; i < w->n; i++)
        *slot_of(w, &w->rows[i], w->keys.data + w->rows[i].at) = (uint32_t)i + 1;
    return 0;
}

/* news_add - the first change of a key says what was before */
int news_add(struct state *s, const struct news_row *r, const char *key, struct err *e)
{
    struct news *w = &s->news;
    uint32_t *slot;

    if (!s->change)
        return 0;
    if (grow(w, e) < 0)
        return -1;
    slot = slot_of(w, r, key);
    if (*slot)
        return 0;
    w->rows[w->n] = *r;
    w->rows[w->n].at = w->keys.len;
    buf_add(&w->keys, key, r->len);
    buf_addc(&w->keys, '\0');
    if (w->keys.failed)
        return err_set(e, ERR_RETRY, "memory", "state: no memory for what a batch has changed");
    *slot = (uint32_t)++w->n;
    return 0;
}

/* news_forget - the next batch begins with none */
void news_forget(struct news *w)
{
    if (w->n)
        memset(w->slots, 0, w->n_slots * sizeof(*w->slots));
    if (w->keys.failed)
        buf_release(&w->keys);
    w->n = w->keys.len = 0;
}

/* news_release - accepts what was zeroed */
void news_release(struct news *w)
{
    buf_release(&w->keys);
    free(w->rows);
    free(w->slots);
    memset(w, 0, sizeof(*w));
}

/* tell_value - as it stands now; a tombstone, where one is needed */
static int tell_value(const struct state *s, struct part *p, const struct news_row *r,
                      const char *key, struct err *e)
{
    MDB_val k = {r->len, (char *)(uintptr_t)key}, v;
    struct buf plain = {0};
    int found = mdb_get(p->txn, p->kv, &k, &v);

    if (found == MDB_NOTFOUND)
        return r->was_there ? s->change(s->arg, r->partition, key, r->len, NULL, 0, e) : 0;
    if (found != 0)
        return part_error(p, found, "state: tell", e);
    found = state_open_value(s, &k, &v, &plain, e);
    if (found == 0)
        found =
            s->change(s->arg, r->partition, key, r->len, v.mv_size ? v.mv_data : "", v.mv_size, e);
    buf_wipe(&plain);
    return found;
}

/* tell - one row */
static int tell(const struct state *s, const struct news_row *r, struct err *e)
{
    struct part *p = state_part(s, r->partition, e);
    const char *key = s->news.keys.data + r->at;

    if (!p || part_txn(p, e) < 0)
        return -1;
    return r->timer ? state_tell_timer(s, p, r, key, e) : tell_value(s, p, r, key, e);
}

/* state_flush - see state.h */
int state_flush(struct state *s, struct err *e)
{
    for (size_t i = 0; i < s->news.n; i++)
        if (tell(s, &s->news.rows[i], e) < 0)
            return -1;
    news_forget(&s->news);
    return 0;
}
