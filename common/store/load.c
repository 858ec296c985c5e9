/* load.c - snapshots out of Redis into tables; editions that the last load had are shared */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/store/private.h"
#include "common/sys/digest.h"

/* read_chunks - the whole snapshot; the caller compares the digest */
static int read_chunks(struct store *s, const struct listed *l, struct buf *out, struct err *e)
{
    char key[KEY_MAX];

    for (size_t i = 0; i < l->chunks; i++) {
        redisReply *r;

        store_chunk_key(l->table, l->edition, l->sha256, i, key);
        r = store_answer(s, redisCommand(s->redis, "GET %s", key), "read", e);
        if (!r)
            return -1;
        if (r->type == REDIS_REPLY_STRING)
            buf_add(out, r->str, r->len);
        freeReplyObject(r);
    }
    if (out->failed)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    /* a publisher may have been faster by a day: asking again finds the new index */
    return out->len == l->bytes ? 0 : err_set(e, ERR_RETRY, "redis", "redis: %s is not whole", key);
}

/* store_fetch - one snapshot by name */
int store_fetch(struct store *s, enum table_id t, const char *edition, struct buf *out,
                struct err *e)
{
    struct listed l = {0};
    char sha256[65];
    bool there;

    if (store_ready(s, e) != 0 || store_listed(s, t, edition, &l, &there, e) != 0)
        return -1;
    if (!there)
        return err_set(e, ERR_REJECT, "edition", "%s has no edition of this name", table_name(t));
    buf_reset(out);
    if (read_chunks(s, &l, out, e) != 0)
        return -1;
    return strcmp(digest_hex(out->data, out->len, sha256), l.sha256) == 0
               ? 0
               : err_set(e, ERR_REJECT, "hash", "%s: its SHA-256 is not the one published",
                         table_name(t));
}

/* is_wanted - NULL: all */
static bool is_wanted(const enum table_id *wanted, enum table_id t)
{
    if (!wanted)
        return true;
    while (*wanted != TABLE_MAX && *wanted != t)
        wanted++;
    return *wanted == t;
}

/* load_one - shared with the last load, or fetched */
static int load_one(struct store *s, struct tables *t, const struct listed *l, struct err *e)
{
    struct err shared = {0};
    struct buf b;

    if (tables_share(t, s->last, l->table, l->sha256, &shared))
        return 0;
    if (shared.class != ERR_NONE) {
        *e = shared;
        return -1;
    }
    buf_init(&b);
    if (read_chunks(s, l, &b, e) != 0) {
        buf_release(&b);
        return -1;
    }
    return tables_add_buf(t, &b, l->sha256, e);
}

/* list_wanted - what the index says of every wanted edition */
static int list_wanted(const redisReply *index, const enum table_id *wanted, struct listed *out,
                       size_t *n, struct err *e)
{
    for (size_t i = 0; i + 1 < index->elements; i += 2) {
        struct listed l = {0};

        if (!store_read_field(index->element[i]->str, &l) || !is_wanted(wanted, l.table))
            continue;
        if (!store_read_value(index->element[i + 1]->str, &l))
            return err_set(e, ERR_REJECT, "redis", "redis: the index entry of %s@%s cannot be read",
                           table_name(l.table), l.edition);
        out[(*n)++] = l;
    }
    return 0;
}

/* by_size - for qsort, the largest first: while an edition is built its text lies beside it, and
 * then as little else as can be does */
static int by_size(const void *a, const void *b)
{
    const struct listed *x = a, *y = b;

    if (x->bytes != y->bytes)
        return x->bytes > y->bytes ? -1 : 1;
    return x->table != y->table ? (x->table < y->table ? -1 : 1) : strcmp(x->edition, y->edition);
}

/* load_all - every wanted field of the index */
static int load_all(struct store *s, struct tables *t, const redisReply *index,
                    const enum table_id *wanted, struct err *e)
{
    struct listed *list = calloc(index->elements / 2 + 1, sizeof(*list));
    size_t n = 0;
    int r = list ? list_wanted(index, wanted, list, &n, e)
                 : err_set(e, ERR_RETRY, "memory", "out of memory");

    if (r == 0)
        qsort(list, n, sizeof(*list), by_size);
    for (size_t i = 0; r == 0 && i < n; i++)
        r = load_one(s, t, &list[i], e);
    free(list);
    return r;
}

/* read_index - epoch and index of one moment; NULL after saying why */
static redisReply *read_index(struct store *s, struct err *e)
{
    redisReply *r;

    if (store_done(s, redisCommand(s->redis, "MULTI"), "index", e) != 0 ||
        store_done(s, redisCommand(s->redis, "GET " EPOCH_KEY), "index", e) != 0 ||
        store_done(s, redisCommand(s->redis, "HGETALL " INDEX_KEY), "index", e) != 0) {
        store_disconnect(s);
        return NULL;
    }
    r = store_answer(s, redisCommand(s->redis, "EXEC"), "index", e);
    if (!r)
        return NULL;
    if (r->type == REDIS_REPLY_ARRAY && r->elements == 2 &&
        r->element[1]->type == REDIS_REPLY_ARRAY)
        return r;
    freeReplyObject(r);
    err_set(e, ERR_RETRY, "redis", "redis: index: not what was expected");
    return NULL;
}

/* keep_last - for sharing; a plain copy of the list of editions */
static void keep_last(struct store *s, const struct tables *t)
{
    struct tables *copy = tables_new();
    const struct edition_info *i;
    struct err ignored = {0};

    for (size_t n = 0; copy && (i = tables_edition_at(t, n)); n++)
        tables_share(copy, t, i->table, i->sha256, &ignored);
    tables_free(s->last);
    s->last = copy;
}

/* store_load - all that is wanted, of one moment */
struct tables *store_load(struct store *s, const enum table_id *wanted, int64_t *epoch,
                          struct err *e)
{
    struct tables *t;
    redisReply *index;
    int64_t v = 0;

    if (store_ready(s, e) != 0)
        return NULL;
    index = read_index(s, e);
    t = index ? tables_new() : NULL;
    if (t && load_all(s, t, index->element[1], wanted, e) != 0) {
        tables_free(t);
        t = NULL;
    }
    if (t) {
        if (index->element[0]->type == REDIS_REPLY_STRING &&
            !str_to_i64(index->element[0]->str, &v))
            v = 0;
        *epoch = v;
        keep_last(s, t);
    }
    if (index)
        freeReplyObject(index);
    return t;
}
