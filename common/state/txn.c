/* txn.c - what happens inside a batch to one partition's copy */
#include "common/state/part.h"

#include <string.h>

/* part_txn - begun at the first touch, so that a batch costs nothing to partitions it does not meet
 */
int part_txn(struct part *p, struct err *e)
{
    int r;

    if (p->txn)
        return 0;
    r = mdb_txn_begin(p->env, NULL, 0, &p->txn);
    if (r != 0) {
        p->txn = NULL;
        return part_error(p, r, "state: begin", e);
    }
    return 0;
}

/* part_abort - as if the batch had not been */
void part_abort(struct part *p)
{
    if (p->txn)
        mdb_txn_abort(p->txn);
    p->txn = NULL;
    p->changed = false;
    p->pending_offset = -1;
    p->first_due_known = false;
}

/* used_half - is more than half of the map in use? */
static bool used_half(const struct part *p)
{
    MDB_envinfo info;
    MDB_stat st;

    mdb_env_info(p->env, &info);
    mdb_env_stat(p->env, &st);
    return (info.me_last_pgno + 1) * st.ms_psize > p->map_bytes / 2;
}

/* part_grow - doubles the map; only address space, the file grows by what is used */
int part_grow(struct part *p, struct err *e)
{
    int r;

    if (!p->full && !used_half(p))
        return 0;
    r = mdb_env_set_mapsize(p->env, p->map_bytes * 2);
    if (r != 0)
        return part_error(p, r, "state: grow", e);
    p->map_bytes *= 2;
    p->full = false;
    return 0;
}

/* rows - keys with a value, as LMDB counts them */
static size_t rows(const struct part *p)
{
    MDB_stat st = {0};

    mdb_stat(p->txn, p->kv, &st);
    return st.ms_entries;
}

/* part_put - a value; inside a transaction */
int part_put(struct part *p, const void *key, size_t key_len, const void *value, size_t n,
             bool *added, struct err *e)
{
    MDB_val k = {key_len, (void *)(uintptr_t)key}, v = {n, (void *)(uintptr_t)value};
    size_t before;
    int r = part_txn(p, e);

    if (r < 0)
        return -1;
    before = rows(p);
    r = mdb_put(p->txn, p->kv, &k, &v, 0);
    p->changed = true;
    *added = rows(p) > before;
    return r == 0 ? 0 : part_error(p, r, "state: put", e);
}

/* part_delete - it may well be absent */
int part_delete(struct part *p, const void *key, size_t key_len, bool *had, struct err *e)
{
    MDB_val k = {key_len, (void *)(uintptr_t)key};
    int r = part_txn(p, e);

    if (r < 0)
        return -1;
    r = mdb_del(p->txn, p->kv, &k, NULL);
    p->changed = true;
    *had = r == 0;
    return r == 0 || r == MDB_NOTFOUND ? 0 : part_error(p, r, "state: delete", e);
}

/* put_instant - 8 bytes, big endian, so that byte order is time order */
static void put_instant(uint8_t *out, int64_t at_ms)
{
    for (int i = 7; i >= 0; i--, at_ms >>= 8)
        out[i] = (uint8_t)(at_ms & 0xff);
}

/* get_instant - and back */
static int64_t get_instant(const uint8_t *in)
{
    uint64_t v = 0;

    for (int i = 0; i < 8; i++)
        v = v << 8 | in[i];
    return (int64_t)v;
}

/* due_key - instant and name in one key; returns its length */
static size_t due_key(uint8_t *out, int64_t at_ms, const char *name, size_t name_len)
{
    put_instant(out, at_ms);
    memcpy(out + 8, name, name_len);
    return 8 + name_len;
}

/* timer_instant - when a name is set for; -1: not set, -2: could not look (*r) */
static int64_t timer_instant(struct part *p, MDB_val *k, int *r)
{
    MDB_val v;

    *r = mdb_get(p->txn, p->timer, k, &v);
    if (*r == 0 && v.mv_size == 8)
        return get_instant(v.mv_data);
    if (*r == 0 || *r == MDB_NOTFOUND) {
        *r = 0;
        return -1;
    }
    return -2;
}

/* part_timer_at - see part.h */
int part_timer_at(struct part *p, const char *name, size_t name_len, int64_t *at_ms, struct err *e)
{
    MDB_val k = {name_len, (char *)(uintptr_t)name};
    int r;

    *at_ms = timer_instant(p, &k, &r);
    return r == 0 ? 0 : part_error(p, r, "state: timer", e);
}

/* remove_timer - from both sides */
static int remove_timer(struct part *p, MDB_val *k, int64_t at_ms)
{
    uint8_t raw[8 + STATE_KEY_MAX];
    MDB_val d = {due_key(raw, at_ms, k->mv_data, k->mv_size), raw};
    int r = mdb_del(p->txn, p->due, &d, NULL);

    if (r == 0 || r == MDB_NOTFOUND)
        r = mdb_del(p->txn, p->timer, k, NULL);
    return r == MDB_NOTFOUND ? 0 : r;
}

/* insert_timer - on both sides */
static int insert_timer(struct part *p, MDB_val *k, int64_t at_ms)
{
    uint8_t raw[8 + STATE_KEY_MAX];
    MDB_val d = {due_key(raw, at_ms, k->mv_data, k->mv_size), raw};
    MDB_val nothing = {0, raw}, v = {8, raw};
    int r = mdb_put(p->txn, p->due, &d, &nothing, 0);

    return r == 0 ? mdb_put(p->txn, p->timer, k, &v, 0) : r;
}

/* part_timer - sets, moves or clears */
int part_timer(struct part *p, const char *name, size_t name_len, int64_t at_ms, int64_t *had,
               struct err *e)
{
    MDB_val k = {name_len, (char *)(uintptr_t)name};
    int r = part_txn(p, e);

    if (r < 0)
        return -1;
    *had = timer_instant(p, &k, &r);
    p->first_due_known = false;
    p->changed = true;
    if (r == 0 && *had >= 0)
        r = remove_timer(p, &k, *had);
    if (r == 0 && at_ms >= 0)
        r = insert_timer(p, &k, at_ms);
    return r == 0 ? 0 : part_error(p, r, "state: timer", e);
}

/* first_row - the first row of the due database; MDB_NOTFOUND: none */
static int first_row(struct part *p, MDB_txn *txn, MDB_val *k)
{
    MDB_cursor *c;
    MDB_val v;
    int r = mdb_cursor_open(txn, p->due, &c);

    if (r != 0)
        return r;
    r = mdb_cursor_get(c, k, &v, MDB_FIRST);
    mdb_cursor_close(c);
    return r;
}

/* remember_due - what first_row found */
static void remember_due(struct part *p, int r, const MDB_val *k, char *name)
{
    p->first_due_known = true;
    p->first_due_ms = r == 0 && k->mv_size > 8 ? get_instant(k->mv_data) : INT64_MAX;
    if (name && r == 0 && k->mv_size > 8 && k->mv_size - 8 <= STATE_KEY_MAX) {
        memcpy(name, (const char *)k->mv_data + 8, k->mv_size - 8);
        name[k->mv_size - 8] = '\0';
    }
}

/* part_first_due - from memory where only the instant is asked */
int part_first_due(struct part *p, int64_t *at_ms, char *name, struct err *e)
{
    MDB_txn *own = NULL;
    MDB_val k;
    int r = 0;

    if (!p->first_due_known || name) {
        if (!p->txn)
            r = mdb_txn_begin(p->env, NULL, MDB_RDONLY, &own);
        if (r == 0)
            r = first_row(p, p->txn ? p->txn : own, &k);
        if (r == 0 || r == MDB_NOTFOUND)
            remember_due(p, r, &k, name);
        if (own)
            mdb_txn_abort(own);
        if (r != 0 && r != MDB_NOTFOUND)
            return part_error(p, r, "state: timers", e);
    }
    if (p->first_due_ms == INT64_MAX)
        return 0;
    *at_ms = p->first_due_ms;
    return 1;
}
