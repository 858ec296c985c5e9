/* store.c - snapshots in Redis: publish, list, fetch. What is where: store.h.
 *
 * hiredis 0.14.1: a context that has failed once is of no use any more, so every failure closes it
 * and the next call connects again. A publisher writes the chunks of new snapshots first (nobody
 * knows of them yet), then index, epoch and notice flip in one MULTI/EXEC. A reader takes epoch and
 * index in one MULTI too and then fetches chunks; those of a replaced snapshot live on for a day,
 * so that it can finish. */
#include "common/store/private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

/* store_new - settings only */
struct store *store_new(const struct conf *c, struct err *e)
{
    struct store *s = calloc(1, sizeof(*s));

    if (!s) {
        err_set(e, ERR_RETRY, "memory", "out of memory");
        return NULL;
    }
    if (store_address(s, c, e) != 0 || store_tls_open(s, c, e) != 0) {
        store_free(s);
        return NULL;
    }
    s->timeout_ms = conf_number(c, "REDIS_TIMEOUT_MS");
    return s;
}

/* store_disconnect - the context is of no use any more */
void store_disconnect(struct store *s)
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
    store_disconnect(s);
    store_tls_close(s);
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
    store_disconnect(s);
    return err_set(e, ERR_RETRY, "redis", "redis: %s: %s", what, why);
}

/* store_answer - takes a reply that must not be an error over; NULL after saying why */
redisReply *store_answer(struct store *s, void *reply, const char *what, struct err *e)
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

/* store_done - the reply carries nothing more */
int store_done(struct store *s, void *reply, const char *what, struct err *e)
{
    redisReply *r = store_answer(s, reply, what, e);

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
        return store_done(s, redisCommand(s->redis, "AUTH %s", s->password),
                          "login with REDIS_PASSWORD_FILE", e);
    snprintf(user, sizeof(user), "%.*s", (int)(colon - s->password), s->password);
    return store_done(s, redisCommand(s->redis, "AUTH %s %s", user, colon + 1),
                      "login with REDIS_PASSWORD_FILE", e);
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
    if (store_tls_begin(s, e) != 0 || log_in(s, e) != 0 ||
        (s->db && store_done(s, redisCommand(s->redis, "SELECT %d", s->db), "select", e) != 0)) {
        store_disconnect(s);
        return -1;
    }
    return 0;
}

/* store_ready - connected, and the connection still answers: one that a restart has cut is opened
 * again, once */
int store_ready(struct store *s, struct err *e)
{
    redisReply *r;

    if (connect_redis(s, e) != 0)
        return -1;
    r = redisCommand(s->redis, "PING");
    if (r) {
        freeReplyObject(r);
        return 0;
    }
    store_disconnect(s);
    return connect_redis(s, e);
}
