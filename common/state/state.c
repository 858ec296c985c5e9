/* state.c - keys, values and timers over the attached partitions */
#include "common/state/state.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/str.h"
#include "common/state/part.h"

/* temporary_folder - under $TMPDIR */
static int temporary_folder(struct state *s, struct err *e)
{
    const char *base = getenv("TMPDIR");

    s->temporary = true;
    snprintf(s->dir, sizeof(s->dir), "%s/cleanclaim-state.XXXXXX", str_empty(base) ? "/tmp" : base);
    if (!mkdtemp(s->dir))
        return err_set(e, ERR_FATAL, "state", "%s: %s", s->dir, strerror(errno));
    return 0;
}

/* state_open - no partition yet */
struct state *state_open(const char *dir, const char *stage, state_change_fn change, void *arg,
                         struct err *e)
{
    struct state *s = calloc(1, sizeof(*s));
    int r = s ? 0 : err_set(e, ERR_RETRY, "memory", "state: out of memory");

    if (r == 0 && (!str_copy(s->stage, sizeof(s->stage), stage) || strchr(stage, '/')))
        r = err_set(e, ERR_FATAL, "state", "stage name too long or with a slash");
    if (r == 0 && dir && !str_copy(s->dir, sizeof(s->dir), dir))
        r = err_set(e, ERR_FATAL, "state", "%s: path too long", dir);
    if (r == 0 && !dir)
        r = temporary_folder(s, e);
    if (r < 0) {
        free(s);
        return NULL;
    }
    s->change = change;
    s->arg = arg;
    return s;
}

/* remove_at - closes one partition; in temporary mode the copy goes with it at the end only */
static void remove_at(struct state *s, size_t i)
{
    char path[sizeof(s->parts[i]->path)];

    snprintf(path, sizeof(path), "%s", s->parts[i]->path);
    part_close(s->parts[i]);
    if (s->temporary)
        part_remove_folder(path);
    s->n--;
    memmove(s->parts + i, s->parts + i + 1, (s->n - i) * sizeof(struct part *));
}

/* state_close - drops the open batch */
void state_close(struct state *s)
{
    if (!s)
        return;
    while (s->n)
        remove_at(s, s->n - 1);
    if (s->temporary)
        rmdir(s->dir);
    buf_release(&s->sealed);
    news_release(&s->news);
    free(s->parts);
    free(s);
}

/* state_version - the library that runs */
const char *state_version(void)
{
    return mdb_version(NULL, NULL, NULL);
}

/* state_origin - cluster id */
void state_origin(struct state *s, const char *cluster_id)
{
    str_copy(s->origin, sizeof(s->origin), cluster_id);
}

/* find - the attached partition, or NULL */
static struct part *find(const struct state *s, int32_t partition)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->parts[i]->partition == partition)
            return s->parts[i];
    return NULL;
}

/* state_part - NULL and ERR_FATAL when the caller is wrong */
struct part *state_part(const struct state *s, int32_t partition, struct err *e)
{
    struct part *p = find(s, partition);

    if (!s->in_batch)
        err_set(e, ERR_FATAL, "bug", "state: used outside a batch");
    else if (!p)
        err_set(e, ERR_FATAL, "bug", "state: partition %d is not attached", (int)partition);
    return s->in_batch ? p : NULL;
}

/* insert - keeps the order by partition */
static int insert(struct state *s, struct part *p, struct err *e)
{
    struct part **grown = realloc(s->parts, (s->n + 1) * sizeof(struct part *));
    size_t i = s->n;

    if (!grown)
        return err_set(e, ERR_RETRY, "memory", "state: out of memory");
    s->parts = grown;
    while (i && s->parts[i - 1]->partition > p->partition)
        i--;
    memmove(s->parts + i + 1, s->parts + i, (s->n - i) * sizeof(struct part *));
    s->parts[i] = p;
    s->n++;
    return 0;
}

/* state_attach - opens the copy; attaching twice is no error */
int state_attach(struct state *s, int32_t partition, int64_t *next_offset, struct err *e)
{
    struct part *p = find(s, partition);
    char stamp[STATE_STAMP];

    if (!p) {
        p = part_open(s->dir, s->stage, partition, !s->temporary, state_stamp_of(s, stamp), e);
        if (!p || insert(s, p, e) < 0) {
            part_close(p);
            return -1;
        }
    }
    *next_offset = p->next_offset;
    return 0;
}

/* state_detach - the copy stays on disk for whoever comes back */
void state_detach(struct state *s, int32_t partition)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->parts[i]->partition == partition) {
            remove_at(s, i);
            return;
        }
}

/* state_forget - empty, from offset 0 */
int state_forget(struct state *s, int32_t partition, struct err *e)
{
    struct part *p = find(s, partition);
    char stamp[STATE_STAMP];

    if (!p || s->in_batch)
        return err_set(e, ERR_FATAL, "bug", "state: forget of partition %d", (int)partition);
    return part_forget(p, state_stamp_of(s, stamp), e);
}

/* state_next_offset - where the copy stands */
int64_t state_next_offset(const struct state *s, int32_t partition)
{
    const struct part *p = find(s, partition);

    return p ? p->next_offset : 0;
}

/* state_partitions - which are attached */
size_t state_partitions(const struct state *s, int32_t *out, size_t max)
{
    for (size_t i = 0; i < s->n && i < max; i++)
        out[i] = s->parts[i]->partition;
    return s->n;
}

/* state_begin - maps that are getting full grow now */
int state_begin(struct state *s, struct err *e)
{
    if (s->in_batch)
        return err_set(e, ERR_FATAL, "bug", "state: batch within a batch");
    for (size_t i = 0; i < s->n; i++)
        if (part_grow(s->parts[i], e) < 0)
            return -1;
    s->in_batch = true;
    return 0;
}

/* state_delivered - the highest offset of the batch counts */
void state_delivered(struct state *s, int32_t partition, int64_t offset)
{
    struct part *p = find(s, partition);

    if (p && offset >= p->pending_offset)
        p->pending_offset = offset;
}

/* state_commit - partition by partition: each copy is right for itself, whatever happens to the
 * next */
int state_commit(struct state *s, struct err *e)
{
    int r = 0;

    if (!s->in_batch)
        return err_set(e, ERR_FATAL, "bug", "state: commit without a batch");
    if (s->news.n)
        return err_set(e, ERR_FATAL, "bug", "state: commit of what the topic was not told");
    s->in_batch = false;
    for (size_t i = 0; i < s->n; i++)
        if (part_commit(s->parts[i], e) < 0)
            r = -1;
    return r;
}

/* state_abort - as if the batch had not been */
void state_abort(struct state *s)
{
    s->in_batch = false;
    news_forget(&s->news);
    for (size_t i = 0; i < s->n; i++)
        part_abort(s->parts[i]);
}

/* state_check_key - LMDB's limit with room for an instant, and no key that looks like a timer */
int state_check_key(const char *key, size_t n, struct err *e)
{
    if (n == 0 || n > STATE_KEY_MAX)
        return err_set(e, ERR_REJECT, "key", "state: key of %zu bytes, 1 to %d are possible", n,
                       STATE_KEY_MAX);
    if (key[0] == '@')
        return err_set(e, ERR_REJECT, "key", "state: a key must not begin with '@'");
    return 0;
}

/* copy_out - a stored value in plain, into the arena */
static int copy_out(const struct state *s, const MDB_val *k, MDB_val *v, struct arena *a,
                    void **value, struct err *e)
{
    struct buf plain = {0};
    int r = state_open_value(s, k, v, &plain, e);
    void *copy = r == 0 ? arena_alloc(a, v->mv_size + 1) : NULL;

    if (copy)
        memcpy(copy, v->mv_data, v->mv_size);
    buf_wipe(&plain);
    if (r < 0)
        return -1;
    *value = copy;
    return copy ? 0 : err_set(e, ERR_REJECT, "size", "state: value over the message's memory");
}

/* state_get - found, not there, could not look */
int state_get(struct state *s, int32_t partition, const char *key, struct arena *a, void **value,
              size_t *n, struct err *e)
{
    MDB_val k = {strlen(key), (char *)(uintptr_t)key}, v;
    struct part *p = state_part(s, partition, e);
    int r;

    if (!p || state_check_key(key, k.mv_size, e) < 0 || part_txn(p, e) < 0)
        return -1;
    r = mdb_get(p->txn, p->kv, &k, &v);
    if (r != 0)
        return r == MDB_NOTFOUND ? 0 : part_error(p, r, "state: get", e);
    if (copy_out(s, &k, &v, a, value, e) < 0)
        return -1;
    *n = v.mv_size;
    return 1;
}

/* state_put - here, and to be told */
int state_put(struct state *s, int32_t partition, const char *key, const void *value, size_t n,
              struct err *e)
{
    struct news_row r = {.partition = partition, .len = strlen(key)};
    struct part *p = state_part(s, partition, e);
    bool added;

    if (!p || state_check_key(key, r.len, e) < 0 ||
        state_store(s, p, key, r.len, value, n, &added, e) < 0)
        return -1;
    r.was_there = !added;
    return news_add(s, &r, key, e);
}

/* state_delete - a tombstone in the changelog, if there was a value */
int state_delete(struct state *s, int32_t partition, const char *key, struct err *e)
{
    struct news_row r = {.partition = partition, .len = strlen(key)};
    struct part *p = state_part(s, partition, e);

    if (!p || state_check_key(key, r.len, e) < 0 || part_delete(p, key, r.len, &r.was_there, e) < 0)
        return -1;
    return r.was_there ? news_add(s, &r, key, e) : 0;
}

/* Whom each_row tells. */
struct each {
    const struct state *s;
    state_each_fn fn;
    void *arg;
    struct buf plain; /* of the row in hand */
};

/* give_row - in plain */
static int give_row(struct each *x, const MDB_val *k, MDB_val v, struct err *e)
{
    char key[STATE_KEY_MAX + 1];

    memcpy(key, k->mv_data, k->mv_size);
    key[k->mv_size] = '\0';
    if (state_open_value(x->s, k, &v, &x->plain, e) < 0)
        return -1;
    return x->fn(x->arg, key, v.mv_data, v.mv_size, e);
}

/* each_row - from the cursor's place on, while the prefix fits */
static int each_row(MDB_cursor *c, const char *prefix, struct each *x, struct err *e)
{
    size_t len = strlen(prefix);
    MDB_val k = {len, (char *)(uintptr_t)prefix}, v;
    int r = mdb_cursor_get(c, &k, &v, len ? MDB_SET_RANGE : MDB_FIRST), stop = 0;

    while (r == 0 && stop == 0 && k.mv_size >= len && k.mv_size <= STATE_KEY_MAX &&
           memcmp(k.mv_data, prefix, len) == 0) {
        stop = give_row(x, &k, v, e);
        if (stop == 0)
            r = mdb_cursor_get(c, &k, &v, MDB_NEXT);
    }
    if (r != 0 && r != MDB_NOTFOUND)
        return err_set(e, ERR_RETRY, "state", "state: each: %s", mdb_strerror(r));
    return stop;
}

/* state_each - byte order is LMDB's own */
int state_each(struct state *s, int32_t partition, const char *prefix, state_each_fn fn, void *arg,
               struct err *e)
{
    struct part *p = state_part(s, partition, e);
    struct each x = {.s = s, .fn = fn, .arg = arg};
    MDB_cursor *c;
    int r;

    if (!p || part_txn(p, e) < 0)
        return -1;
    r = mdb_cursor_open(p->txn, p->kv, &c);
    if (r != 0)
        return part_error(p, r, "state: each", e);
    r = each_row(c, prefix, &x, e);
    mdb_cursor_close(c);
    buf_wipe(&x.plain);
    return r;
}
