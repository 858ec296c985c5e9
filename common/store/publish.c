/* publish.c - chunks first, then one flip of index, epoch and notice */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/store/private.h"
#include "common/sys/digest.h"

/* write_chunks - nobody reads them before the index names them */
static int write_chunks(struct store *s, const struct snapshot_head *h, const char *sha256,
                        const char *p, size_t n, struct err *e)
{
    char key[KEY_MAX];

    for (size_t i = 0; i * CHUNK_BYTES < n; i++) {
        size_t len = n - i * CHUNK_BYTES < CHUNK_BYTES ? n - i * CHUNK_BYTES : CHUNK_BYTES;

        store_chunk_key(h->table, h->edition, sha256, i, key);
        if (store_done(s, redisCommand(s->redis, "SET %s %b", key, p + i * CHUNK_BYTES, len),
                       "write", e) != 0)
            return -1;
    }
    return 0;
}

/* A change on its way. */
struct change {
    struct snapshot_head head;
    char sha256[65];
    struct listed old;
    bool there; /* something is published under its name */
    bool take_away;
};

/* prepare - heads, digests, chunks */
static int prepare(struct store *s, const struct store_change *from, struct change *c,
                   struct err *e)
{
    size_t rows_at;

    c->take_away = !from->snapshot;
    if (c->take_away) {
        c->head.table = from->table;
        if (!str_copy(c->head.edition, sizeof(c->head.edition), from->edition))
            return err_set(e, ERR_REJECT, "name", "an edition's name is too long");
        return store_listed(s, from->table, from->edition, &c->old, &c->there, e);
    }
    if (from->n > SNAPSHOT_MAX)
        return err_set(e, ERR_REJECT, "size", "a snapshot of over 1 GiB");
    if (snapshot_head_read(from->snapshot, from->n, &c->head, &rows_at, e) != 0)
        return -1;
    digest_hex(from->snapshot, from->n, c->sha256);
    if (store_listed(s, c->head.table, c->head.edition, &c->old, &c->there, e) != 0)
        return -1;
    return write_chunks(s, &c->head, c->sha256, from->snapshot, from->n, e);
}

/* queue - one command of the MULTI */
static int queue(struct store *s, void *reply, struct err *e)
{
    return store_done(s, reply, "publish", e);
}

/* queue_change - index field; the old chunks get a day to live */
static int queue_change(struct store *s, const struct change *c, size_t bytes, struct err *e)
{
    char field[KEY_MAX], key[KEY_MAX];
    struct buf value;
    int r;

    store_field(c->head.table, c->head.edition, field);
    if (c->take_away) {
        r = queue(s, redisCommand(s->redis, "HDEL " INDEX_KEY " %s", field), e);
    } else {
        buf_init(&value);
        store_write_value(&c->head, bytes, c->sha256, &value);
        r = queue(
            s, redisCommand(s->redis, "HSET " INDEX_KEY " %s %b", field, value.data, value.len), e);
        buf_release(&value);
    }
    if (c->there && strcmp(c->old.sha256, c->sha256) == 0)
        return r;
    for (size_t i = 0; r == 0 && c->there && i < c->old.chunks; i++) {
        store_chunk_key(c->head.table, c->head.edition, c->old.sha256, i, key);
        r = queue(s, redisCommand(s->redis, "EXPIRE %s %d", key, OLD_CHUNKS_SECONDS), e);
    }
    for (size_t i = 0; r == 0 && !c->take_away && i * CHUNK_BYTES < bytes; i++) {
        store_chunk_key(c->head.table, c->head.edition, c->sha256, i,
                        key); /* it may be one that was about to expire */
        r = queue(s, redisCommand(s->redis, "PERSIST %s", key), e);
    }
    return r;
}

/* flip - index, epoch and notice at once */
static int flip(struct store *s, const struct store_change *from, const struct change *c, size_t n,
                struct err *e)
{
    redisReply *r;
    int result = queue(s, redisCommand(s->redis, "MULTI"), e);

    for (size_t i = 0; i < n && result == 0; i++)
        result = queue_change(s, &c[i], from[i].n, e);
    if (result == 0)
        result = queue(s, redisCommand(s->redis, "INCR " EPOCH_KEY), e);
    if (result == 0)
        result = queue(s, redisCommand(s->redis, "PUBLISH " NOTICE_CHANNEL " tables"), e);
    if (result != 0) {
        store_disconnect(s); /* an open MULTI ends with its connection */
        return -1;
    }
    r = store_answer(s, redisCommand(s->redis, "EXEC"), "publish", e);
    if (!r)
        return -1;
    if (r->type != REDIS_REPLY_ARRAY)
        result = err_set(e, ERR_RETRY, "redis", "redis: publish: not executed");
    freeReplyObject(r);
    return result;
}

/* store_apply - chunks, then the flip */
int store_apply(struct store *s, const struct store_change *changes, size_t n, struct err *e)
{
    struct change *c = calloc(n + 1, sizeof(*c));
    int r = c ? store_ready(s, e) : err_set(e, ERR_RETRY, "memory", "out of memory");

    for (size_t i = 0; i < n && r == 0; i++)
        r = prepare(s, &changes[i], &c[i], e);
    if (r == 0)
        r = flip(s, changes, c, n, e);
    free(c);
    return r;
}

/* store_publish - unless the very bytes are there */
int store_publish(struct store *s, const void *snapshot, size_t n, bool *changed, struct err *e)
{
    struct store_change one = {.snapshot = snapshot, .n = n};
    struct snapshot_head h;
    struct listed old = {0};
    char sha256[65];
    size_t rows_at;
    bool there;

    if (snapshot_head_read(snapshot, n, &h, &rows_at, e) != 0 || store_ready(s, e) != 0 ||
        store_listed(s, h.table, h.edition, &old, &there, e) != 0)
        return -1;
    *changed = !there || strcmp(old.sha256, digest_hex(snapshot, n, sha256)) != 0;
    return *changed ? store_apply(s, &one, 1, e) : 0;
}

/* store_remove - from the index; that it is not there is no error */
int store_remove(struct store *s, enum table_id t, const char *edition, struct err *e)
{
    struct store_change one = {.table = t, .edition = edition};

    return store_apply(s, &one, 1, e);
}
