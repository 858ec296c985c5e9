/* store.c - snapshots in Redis: publish, list, fetch. What is where: store.h.
 *
 * hiredis 0.14.1: a context that has failed once is of no use any more, so every failure closes it
 * and the next call connects again. A publisher writes the chunks of new snapshots first (nobody
 * knows of them yet), then index, epoch and notice flip in one MULTI/EXEC. A reader takes epoch and
 * index in one MULTI too and then fetches chunks; those of a replaced snapshot live on for a day,
 * so that it can finish. */
#include "common/store/store.h"

#include <hiredis/hiredis.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

#include "common/sys/digest.h"
#include "common/tables/snapshot.h"

enum { CHUNK_BYTES = 4 << 20, KEY_MAX = 256, OLD_CHUNKS_SECONDS = 86400, SNAPSHOT_MAX = 1 << 30 };

#define INDEX_KEY "cleanclaim:tables"
#define EPOCH_KEY "cleanclaim:epoch"
#define NOTICE_CHANNEL "cleanclaim:notice"

/* clang-format off */
const struct conf_row store_settings[] = {
    {"REDIS_URL", CONF_TEXT, "redis://127.0.0.1:6379/0", 0, 0, NULL, "code tables: redis://host:port/db or unix:///path"},
    {"REDIS_PASSWORD", CONF_SECRET, "", 0, 0, NULL, "password of Redis, or user:password; REDIS_PASSWORD_FILE names a file"},
    {"REDIS_TIMEOUT_MS", CONF_NUMBER, "5000", 10, 600000, NULL, "how long to wait for Redis to connect or to answer"},
    {NULL, CONF_TEXT, NULL, 0, 0, NULL, NULL},
};
/* clang-format on */

struct store {
    char host[256]; /* or the socket's path */
    int port;       /* 0: a socket */
    int db;
    char password[512];
    int64_t timeout_ms;
    redisContext *redis; /* NULL: not connected */
    struct tables *last; /* of the last load, so that the next one shares what did not change */
};

/* What the index says of an edition. */
struct listed {
    enum table_id table;
    char edition[EDITION_NAME_MAX + 1];
    size_t bytes, chunks;
    char sha256[65];
};

/* --- connection
 * --------------------------------------------------------------------------------------------------
 */

/* parse_url - redis://host:port/db or unix:///path */
static bool parse_url(struct store *s, const char *url)
{
    const char *p = url + 8, *end, *slash;
    char number[16];
    int64_t n;

    if (str_starts(url, "unix://"))
        return str_copy(s->host, sizeof(s->host), url + 7) && s->host[0] == '/';
    if (!str_starts(url, "redis://"))
        return false;
    slash = strchr(p, '/');
    end = *p == '[' ? strchr(p, ']') : strchr(p, ':');
    end = end && *p == '[' ? end + 1 : end;
    if (!end || (slash && end > slash))
        end = slash ? slash : p + strlen(p);
    if (end == p || (size_t)(end - p) >= sizeof(s->host))
        return false;
    memcpy(s->host, p + (*p == '['), (size_t)(end - p) - 2 * (size_t)(*p == '['));
    s->port = 6379;
    if (*end == ':') {
        snprintf(number, sizeof(number), "%.*s", (int)strcspn(end + 1, "/"), end + 1);
        if (!str_to_i64(number, &n) || n < 1 || n > 65535)
            return false;
        s->port = (int)n;
    }
    if (slash && slash[1]) {
        if (!str_to_i64(slash + 1, &n) || n < 0 || n > 10000)
            return false;
        s->db = (int)n;
    }
    return true;
}

/* store_new - settings only */
struct store *store_new(const struct conf *c, struct err *e)
{
    struct store *s = calloc(1, sizeof(*s));

    if (!s) {
        err_set(e, ERR_RETRY, "memory", "out of memory");
        return NULL;
    }
    if (!parse_url(s, conf_text(c, "REDIS_URL")) ||
        !str_copy(s->password, sizeof(s->password), conf_text(c, "REDIS_PASSWORD"))) {
        err_set(e, ERR_FATAL, "setting",
                "REDIS_URL: expected redis://host:port/db or unix:///path");
        free(s);
        return NULL;
    }
    s->timeout_ms = conf_number(c, "REDIS_TIMEOUT_MS");
    return s;
}

/* disconnect - the context is of no use any more */
static void disconnect(struct store *s)
{
    if (s->redis)
        redisFree(s->redis);
    s->redis = NULL;
}

/* store_free - closes */
void store_free(struct store *s)
{
    if (!s)
        return;
    disconnect(s);
    tables_free(s->last);
    explicit_bzero(s->password, sizeof(s->password));
    free(s);
}

/* away - Redis cannot be asked now */
static int away(struct store *s, const char *what, struct err *e)
{
    char why[128];

    snprintf(why, sizeof(why), "%.100s",
             s->redis && s->redis->errstr[0] ? s->redis->errstr : "no answer");
    disconnect(s);
    return err_set(e, ERR_RETRY, "redis", "redis: %s: %s", what, why);
}

/* answered - takes a reply that must not be an error over; NULL after saying why */
static redisReply *answered(struct store *s, void *reply, const char *what, struct err *e)
{
    redisReply *r = reply;

    if (!r) {
        away(s, what, e);
        return NULL;
    }
    if (r->type != REDIS_REPLY_ERROR)
        return r;
    /* NOAUTH, LOADING, READONLY, OOM: an operator or time can mend all of these */
    err_set(e, ERR_RETRY, "redis", "redis: %s: %.120s", what, r->str);
    freeReplyObject(r);
    return NULL;
}

/* done - the reply carries nothing more */
static int done(struct store *s, void *reply, const char *what, struct err *e)
{
    redisReply *r = answered(s, reply, what, e);

    if (!r)
        return -1;
    freeReplyObject(r);
    return 0;
}

/* log_in - AUTH with or without a user */
static int log_in(struct store *s, struct err *e)
{
    const char *colon = strchr(s->password, ':');
    char user[sizeof(s->password)];

    if (!s->password[0])
        return 0;
    if (!colon)
        return done(s, redisCommand(s->redis, "AUTH %s", s->password), "login", e);
    snprintf(user, sizeof(user), "%.*s", (int)(colon - s->password), s->password);
    return done(s, redisCommand(s->redis, "AUTH %s %s", user, colon + 1), "login", e);
}

/* open_context - a new connection */
static redisContext *open_context(const struct store *s)
{
    struct timeval t = {s->timeout_ms / 1000, s->timeout_ms % 1000 * 1000};

    return s->port ? redisConnectWithTimeout(s->host, s->port, t)
                   : redisConnectUnixWithTimeout(s->host, t);
}

/* connect_redis - unless connected */
static int connect_redis(struct store *s, struct err *e)
{
    struct timeval t = {s->timeout_ms / 1000, s->timeout_ms % 1000 * 1000};

    if (s->redis)
        return 0;
    s->redis = open_context(s);
    if (!s->redis || s->redis->err)
        return away(s, "connect", e);
    redisSetTimeout(s->redis, t);
    if (log_in(s, e) != 0 ||
        (s->db && done(s, redisCommand(s->redis, "SELECT %d", s->db), "select", e) != 0)) {
        disconnect(s);
        return -1;
    }
    return 0;
}

/* ready - connected, and the connection still answers: one that a restart has cut is opened again,
 * once */
static int ready(struct store *s, struct err *e)
{
    redisReply *r;

    if (connect_redis(s, e) != 0)
        return -1;
    r = redisCommand(s->redis, "PING");
    if (r) {
        freeReplyObject(r);
        return 0;
    }
    disconnect(s);
    return connect_redis(s, e);
}

/* --- index
 * ---------------------------------------------------------------------------------------------------------
 */

/* field_of - "icd10cm@2026" */
static void field_of(enum table_id t, const char *edition, char out[KEY_MAX])
{
    snprintf(out, KEY_MAX, "%s@%s", table_name(t), edition);
}

/* chunk_key - where the n-th part of a snapshot lies */
static void chunk_key(enum table_id t, const char *edition, const char *sha256, size_t n,
                      char out[KEY_MAX])
{
    snprintf(out, KEY_MAX, "cleanclaim:table:%s:%s:%.12s:%zu", table_name(t), edition, sha256, n);
}

/* read_field - "table@edition"; false: not ours */
static bool read_field(const char *field, struct listed *out)
{
    const char *at = strchr(field, '@');
    char name[64];

    if (!at || (size_t)(at - field) >= sizeof(name))
        return false;
    memcpy(name, field, (size_t)(at - field));
    name[at - field] = '\0';
    out->table = table_by_name(name);
    return out->table != TABLE_MAX && str_copy(out->edition, sizeof(out->edition), at + 1) &&
           edition_name_valid(out->edition);
}

/* read_value - from, to, rows, bytes, chunks, sha256, source; the days stand in the snapshot too */
static bool read_value(const char *value, struct listed *out)
{
    int n = 0;

    for (int field = 0; field < 2; field++) {
        value += strspn(value, "0123456789");
        if (*value++ != '\t')
            return false;
    }
    return sscanf(value, "%*u\t%zu\t%zu\t%64[0-9a-f]%n", &out->bytes, &out->chunks, out->sha256,
                  &n) == 3 &&
           n > 0 && strlen(out->sha256) == 64 && out->bytes <= SNAPSHOT_MAX &&
           out->chunks == (out->bytes + CHUNK_BYTES - 1) / CHUNK_BYTES;
}

/* add_day - yyyymmdd or nothing */
static void add_day(struct buf *b, int32_t day)
{
    if (day)
        buf_addf(b, "%08" PRId32, day);
    buf_addc(b, '\t');
}

/* write_value - as read_value reads it */
static void write_value(const struct snapshot_head *h, size_t bytes, const char *sha256,
                        struct buf *out)
{
    add_day(out, h->from);
    add_day(out, h->to);
    buf_addf(out, "%zu\t%zu\t%zu\t%s\t%s", h->rows, bytes, (bytes + CHUNK_BYTES - 1) / CHUNK_BYTES,
             sha256, h->source);
}

/* listed_now - what the index says of one edition; *there = false: nothing */
static int listed_now(struct store *s, enum table_id t, const char *edition, struct listed *out,
                      bool *there, struct err *e)
{
    char field[KEY_MAX];
    redisReply *r;
    int result = 0;

    field_of(t, edition, field);
    r = answered(s, redisCommand(s->redis, "HGET " INDEX_KEY " %s", field), "index", e);
    if (!r)
        return -1;
    *there = r->type == REDIS_REPLY_STRING;
    if (*there && (!read_field(field, out) || !read_value(r->str, out)))
        result =
            err_set(e, ERR_RETRY, "redis", "redis: the index entry of %s cannot be read", field);
    freeReplyObject(r);
    return result;
}

/* store_epoch - 0 when nothing was ever published */
int store_epoch(struct store *s, int64_t *epoch, struct err *e)
{
    redisReply *r;
    int64_t v = 0;

    if (ready(s, e) != 0)
        return -1;
    r = answered(s, redisCommand(s->redis, "GET " EPOCH_KEY), "epoch", e);
    if (!r)
        return -1;
    if (r->type == REDIS_REPLY_STRING && !str_to_i64(r->str, &v))
        v = 0;
    freeReplyObject(r);
    *epoch = v;
    return 0;
}

/* --- publishing
 * ----------------------------------------------------------------------------------------------------
 */

/* write_chunks - nobody reads them before the index names them */
static int write_chunks(struct store *s, const struct snapshot_head *h, const char *sha256,
                        const char *p, size_t n, struct err *e)
{
    char key[KEY_MAX];

    for (size_t i = 0; i * CHUNK_BYTES < n; i++) {
        size_t len = n - i * CHUNK_BYTES < CHUNK_BYTES ? n - i * CHUNK_BYTES : CHUNK_BYTES;

        chunk_key(h->table, h->edition, sha256, i, key);
        if (done(s, redisCommand(s->redis, "SET %s %b", key, p + i * CHUNK_BYTES, len), "write",
                 e) != 0)
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
        return listed_now(s, from->table, from->edition, &c->old, &c->there, e);
    }
    if (from->n > SNAPSHOT_MAX)
        return err_set(e, ERR_REJECT, "size", "a snapshot of over 1 GiB");
    if (snapshot_head_read(from->snapshot, from->n, &c->head, &rows_at, e) != 0)
        return -1;
    digest_hex(from->snapshot, from->n, c->sha256);
    if (listed_now(s, c->head.table, c->head.edition, &c->old, &c->there, e) != 0)
        return -1;
    return write_chunks(s, &c->head, c->sha256, from->snapshot, from->n, e);
}

/* queue - one command of the MULTI */
static int queue(struct store *s, void *reply, struct err *e)
{
    return done(s, reply, "publish", e);
}

/* queue_change - index field; the old chunks get a day to live */
static int queue_change(struct store *s, const struct change *c, size_t bytes, struct err *e)
{
    char field[KEY_MAX], key[KEY_MAX];
    struct buf value;
    int r;

    field_of(c->head.table, c->head.edition, field);
    if (c->take_away) {
        r = queue(s, redisCommand(s->redis, "HDEL " INDEX_KEY " %s", field), e);
    } else {
        buf_init(&value);
        write_value(&c->head, bytes, c->sha256, &value);
        r = queue(
            s, redisCommand(s->redis, "HSET " INDEX_KEY " %s %b", field, value.data, value.len), e);
        buf_release(&value);
    }
    if (c->there && strcmp(c->old.sha256, c->sha256) == 0)
        return r;
    for (size_t i = 0; r == 0 && c->there && i < c->old.chunks; i++) {
        chunk_key(c->head.table, c->head.edition, c->old.sha256, i, key);
        r = queue(s, redisCommand(s->redis, "EXPIRE %s %d", key, OLD_CHUNKS_SECONDS), e);
    }
    for (size_t i = 0; r == 0 && !c->take_away && i * CHUNK_BYTES < bytes; i++) {
        chunk_key(c->head.table, c->head.edition, c->sha256, i,
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
        disconnect(s); /* an open MULTI ends with its connection */
        return -1;
    }
    r = answered(s, redisCommand(s->redis, "EXEC"), "publish", e);
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
    int r = c ? ready(s, e) : err_set(e, ERR_RETRY, "memory", "out of memory");

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

    if (snapshot_head_read(snapshot, n, &h, &rows_at, e) != 0 || ready(s, e) != 0 ||
        listed_now(s, h.table, h.edition, &old, &there, e) != 0)
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

/* --- reading
 * -------------------------------------------------------------------------------------------------------
 */

/* read_chunks - the whole snapshot; the caller compares the digest */
static int read_chunks(struct store *s, const struct listed *l, struct buf *out, struct err *e)
{
    char key[KEY_MAX];

    for (size_t i = 0; i < l->chunks; i++) {
        redisReply *r;

        chunk_key(l->table, l->edition, l->sha256, i, key);
        r = answered(s, redisCommand(s->redis, "GET %s", key), "read", e);
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

    if (ready(s, e) != 0 || listed_now(s, t, edition, &l, &there, e) != 0)
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

/* load_all - every wanted field of the index */
static int load_all(struct store *s, struct tables *t, const redisReply *index,
                    const enum table_id *wanted, struct err *e)
{
    for (size_t i = 0; i + 1 < index->elements; i += 2) {
        struct listed l = {0};

        if (!read_field(index->element[i]->str, &l) || !is_wanted(wanted, l.table))
            continue;
        if (!read_value(index->element[i + 1]->str, &l))
            return err_set(e, ERR_REJECT, "redis", "redis: the index entry of %s@%s cannot be read",
                           table_name(l.table), l.edition);
        if (load_one(s, t, &l, e) != 0)
            return -1;
    }
    return 0;
}

/* read_index - epoch and index of one moment; NULL after saying why */
static redisReply *read_index(struct store *s, struct err *e)
{
    redisReply *r;

    if (done(s, redisCommand(s->redis, "MULTI"), "index", e) != 0 ||
        done(s, redisCommand(s->redis, "GET " EPOCH_KEY), "index", e) != 0 ||
        done(s, redisCommand(s->redis, "HGETALL " INDEX_KEY), "index", e) != 0) {
        disconnect(s);
        return NULL;
    }
    r = answered(s, redisCommand(s->redis, "EXEC"), "index", e);
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

    if (ready(s, e) != 0)
        return NULL;
    index = read_index(s, e);
    t = index ? tables_new() : NULL;
    if (t && load_all(s, t, index, wanted, e) != 0) {
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
