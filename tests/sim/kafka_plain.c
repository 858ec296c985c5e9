/* kafka_plain.c - librdkafka's plain things: settings, handles, lists, headers, messages, errors */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/kafka.h"

/* room - memory that must be there */
static void *room(size_t n)
{
    void *p = calloc(1, n ? n : 1);

    if (!p)
        sim_fail("simulator: out of memory");
    return p;
}

/* copy - of bytes; NULL stays NULL */
static void *copy(const void *p, size_t n)
{
    return p ? memcpy(room(n + 1), p, n) : NULL;
}

/* rd_kafka_conf_new - empty */
rd_kafka_conf_t *rd_kafka_conf_new(void)
{
    return room(sizeof(rd_kafka_conf_t));
}

/* rd_kafka_conf_destroy - one that no handle took */
void rd_kafka_conf_destroy(rd_kafka_conf_t *c)
{
    free(c);
}

/* rd_kafka_conf_set - those that mean something here; all are taken */
rd_kafka_conf_res_t rd_kafka_conf_set(rd_kafka_conf_t *c, const char *name, const char *value,
                                      char *why, size_t size)
{
    (void)why;
    (void)size;
    if (strcmp(name, "group.id") == 0)
        snprintf(c->group, sizeof(c->group), "%s", value);
    if (strcmp(name, "transactional.id") == 0)
        snprintf(c->transactional, sizeof(c->transactional), "%s", value);
    if (strcmp(name, "isolation.level") == 0)
        c->committed = strcmp(value, "read_committed") == 0;
    if (strcmp(name, "enable.partition.eof") == 0)
        c->eof = strcmp(value, "true") == 0;
    return RD_KAFKA_CONF_OK;
}

/* rd_kafka_conf_set_opaque - for callbacks */
void rd_kafka_conf_set_opaque(rd_kafka_conf_t *c, void *opaque)
{
    c->opaque = opaque;
}

/* rd_kafka_conf_set_error_cb - kept, there are no global errors */
void rd_kafka_conf_set_error_cb(rd_kafka_conf_t *c, void (*fn)(rd_kafka_t *rk, int err,
                                                               const char *reason, void *opaque))
{
    c->error = fn;
}

/* rd_kafka_conf_set_log_cb - nothing is logged */
void rd_kafka_conf_set_log_cb(rd_kafka_conf_t *c, void (*fn)(const rd_kafka_t *rk, int level,
                                                             const char *fac, const char *buf))
{
    (void)c;
    (void)fn;
}

/* rd_kafka_conf_set_closesocket_cb - called for connections that are cut, of no descriptor */
void rd_kafka_conf_set_closesocket_cb(rd_kafka_conf_t *c, int (*fn)(int fd, void *opaque))
{
    c->closed = fn;
}

/* rd_kafka_conf_set_rebalance_cb - called from polls */
void rd_kafka_conf_set_rebalance_cb(rd_kafka_conf_t *c,
                                    void (*fn)(rd_kafka_t *rk, rd_kafka_resp_err_t err,
                                               rd_kafka_topic_partition_list_t *list, void *opaque))
{
    c->rebalance = fn;
}

/* rd_kafka_conf_set_dr_msg_cb - a record's fate */
void rd_kafka_conf_set_dr_msg_cb(rd_kafka_conf_t *c,
                                 void (*fn)(rd_kafka_t *rk, const rd_kafka_message_t *m,
                                            void *opaque))
{
    c->delivered = fn;
}

/* rd_kafka_new - a client of the current process */
rd_kafka_t *rd_kafka_new(rd_kafka_type_t type, rd_kafka_conf_t *conf, char *why, size_t size)
{
    rd_kafka_t *rk = room(sizeof(*rk));

    (void)why;
    (void)size;
    rk->type = type;
    rk->conf = *conf;
    rk->proc = proc_current();
    rk->member = -1;
    rk->generation = -1;
    rk->queue = room(sizeof(*rk->queue) * (type == RD_KAFKA_PRODUCER ? KAFKA_QUEUE : 1));
    rk->reports = room(sizeof(*rk->reports) * (type == RD_KAFKA_PRODUCER ? KAFKA_QUEUE : 1));
    free(conf);
    return rk;
}

/* rd_kafka_destroy - what it has queued is lost */
void rd_kafka_destroy(rd_kafka_t *rk)
{
    free(rk->queue);
    free(rk->reports);
    free(rk);
}

/* rd_kafka_destroy_flags - the same */
void rd_kafka_destroy_flags(rd_kafka_t *rk, int flags)
{
    (void)flags;
    rd_kafka_destroy(rk);
}

/* rd_kafka_poll_set_consumer - there is one queue only */
rd_kafka_resp_err_t rd_kafka_poll_set_consumer(rd_kafka_t *rk)
{
    (void)rk;
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

/* rd_kafka_version_str - no version */
const char *rd_kafka_version_str(void)
{
    return "simulated";
}

/* rd_kafka_clusterid - always the same cluster */
char *rd_kafka_clusterid(rd_kafka_t *rk, int timeout_ms)
{
    (void)rk;
    (void)timeout_ms;
    sim_call("clusterid");
    return copy("simulated", strlen("simulated"));
}

/* rd_kafka_mem_free - of what we gave */
void rd_kafka_mem_free(rd_kafka_t *rk, void *p)
{
    (void)rk;
    free(p);
}

/* rd_kafka_last_error - of calls that do not fail here */
rd_kafka_resp_err_t rd_kafka_last_error(void)
{
    return RD_KAFKA_RESP_ERR__FAIL;
}

/* rd_kafka_err2str - its number */
const char *rd_kafka_err2str(rd_kafka_resp_err_t err)
{
    static char text[40];

    snprintf(text, sizeof(text), "error %d", (int)err);
    return text;
}

/* rd_kafka_err2name - its number */
const char *rd_kafka_err2name(rd_kafka_resp_err_t err)
{
    return rd_kafka_err2str(err);
}

/* kafka_topic - a handle of a topic that there is */
rd_kafka_topic_t *kafka_topic(rd_kafka_t *rk, const char *name)
{
    rd_kafka_topic_t *t = room(sizeof(*t));

    snprintf(t->name, sizeof(t->name), "%s", name);
    t->rk = rk;
    if (!broker_topic(name, &t->topic, &t->dead))
        sim_fail("simulator: no topic %s", name);
    return t;
}

/* rd_kafka_topic_new - as above */
rd_kafka_topic_t *rd_kafka_topic_new(rd_kafka_t *rk, const char *name, rd_kafka_topic_conf_t *conf)
{
    (void)conf;
    return kafka_topic(rk, name);
}

/* rd_kafka_topic_destroy - each is its own */
void rd_kafka_topic_destroy(rd_kafka_topic_t *t)
{
    free(t);
}

/* rd_kafka_topic_name - with .dead */
const char *rd_kafka_topic_name(const rd_kafka_topic_t *t)
{
    return t->name;
}

/* rd_kafka_topic_partition_list_new - of fixed size */
rd_kafka_topic_partition_list_t *rd_kafka_topic_partition_list_new(int size)
{
    rd_kafka_topic_partition_list_t *l = room(sizeof(*l));

    (void)size;
    l->size = KAFKA_PARTS;
    l->elems = room(sizeof(*l->elems) * KAFKA_PARTS);
    return l;
}

/* rd_kafka_topic_partition_list_destroy - with its names */
void rd_kafka_topic_partition_list_destroy(rd_kafka_topic_partition_list_t *l)
{
    for (int i = 0; i < l->cnt; i++)
        free(l->elems[i].topic);
    free(l->elems);
    free(l);
}

/* rd_kafka_topic_partition_list_add - at the end, offset unknown */
rd_kafka_topic_partition_t *rd_kafka_topic_partition_list_add(rd_kafka_topic_partition_list_t *l,
                                                              const char *topic, int32_t partition)
{
    rd_kafka_topic_partition_t *p = &l->elems[l->cnt++];

    if (l->cnt > l->size)
        sim_fail("simulator: too many partitions");
    p->topic = copy(topic, strlen(topic));
    p->partition = partition;
    p->offset = RD_KAFKA_OFFSET_INVALID;
    return p;
}

/* rd_kafka_topic_partition_list_del_by_idx - order is kept */
int rd_kafka_topic_partition_list_del_by_idx(rd_kafka_topic_partition_list_t *l, int i)
{
    free(l->elems[i].topic);
    memmove(&l->elems[i], &l->elems[i + 1], sizeof(*l->elems) * (size_t)(l->cnt - i - 1));
    l->cnt--;
    return 1;
}

/* rd_kafka_topic_partition_list_find - NULL: not in it */
rd_kafka_topic_partition_t *
rd_kafka_topic_partition_list_find(const rd_kafka_topic_partition_list_t *l, const char *topic,
                                   int32_t partition)
{
    for (int i = 0; i < l->cnt; i++)
        if (strcmp(l->elems[i].topic, topic) == 0 && l->elems[i].partition == partition)
            return &l->elems[i];
    return NULL;
}

/* rd_kafka_headers_new - none yet */
rd_kafka_headers_t *rd_kafka_headers_new(size_t n)
{
    (void)n;
    return room(sizeof(rd_kafka_headers_t));
}

/* rd_kafka_headers_destroy - those that were not sent */
void rd_kafka_headers_destroy(rd_kafka_headers_t *h)
{
    free(h);
}

/* rd_kafka_headers_copy - names and values are shared, they are never given back */
rd_kafka_headers_t *rd_kafka_headers_copy(const rd_kafka_headers_t *h)
{
    return copy(h, sizeof(*h)); /* names and values are never given back */
}

/* rd_kafka_header_add - copies */
rd_kafka_resp_err_t rd_kafka_header_add(rd_kafka_headers_t *h, const char *name, ssize_t name_size,
                                        const void *value, ssize_t size)
{
    (void)name_size;
    if (h->n == KAFKA_HEADERS)
        sim_fail("simulator: too many headers");
    h->items[h->n].name = copy(name, strlen(name));
    h->items[h->n].value = copy(value, (size_t)size);
    h->items[h->n++].size = (size_t)size;
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

/* rd_kafka_header_remove - all of a name */
rd_kafka_resp_err_t rd_kafka_header_remove(rd_kafka_headers_t *h, const char *name)
{
    size_t kept = 0;

    for (size_t i = 0; i < h->n; i++)
        if (strcmp(h->items[i].name, name) != 0)
            h->items[kept++] = h->items[i];
    h->n = kept;
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

/* rd_kafka_header_get_last - of a name */
rd_kafka_resp_err_t rd_kafka_header_get_last(const rd_kafka_headers_t *h, const char *name,
                                             const void **value, size_t *size)
{
    for (size_t i = h->n; i; i--)
        if (strcmp(h->items[i - 1].name, name) == 0) {
            *value = h->items[i - 1].value;
            *size = h->items[i - 1].size;
            return RD_KAFKA_RESP_ERR_NO_ERROR;
        }
    return RD_KAFKA_RESP_ERR__NOENT;
}

/* rd_kafka_header_get_all - the i-th */
rd_kafka_resp_err_t rd_kafka_header_get_all(const rd_kafka_headers_t *h, size_t i,
                                            const char **name, const void **value, size_t *size)
{
    if (i >= h->n)
        return RD_KAFKA_RESP_ERR__NOENT;
    *name = h->items[i].name;
    *value = h->items[i].value;
    *size = h->items[i].size;
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

/* A message with what the public struct has no place for. */
struct message {
    rd_kafka_message_t m;
    const rd_kafka_headers_t *headers;
    int64_t time_ms;
    rd_kafka_topic_t topic;
};

/* kafka_event - a message that tells of an error */
rd_kafka_message_t *kafka_event(rd_kafka_topic_t *rkt, int32_t partition, int64_t offset,
                                rd_kafka_resp_err_t err)
{
    struct message *m = room(sizeof(*m));

    m->topic = *rkt;
    m->m.rkt = &m->topic;
    m->m.partition = partition;
    m->m.offset = offset;
    m->m.err = err;
    return &m->m;
}

/* kafka_message - a record of a partition */
rd_kafka_message_t *kafka_message(rd_kafka_topic_t *rkt, int32_t partition, int64_t offset,
                                  const struct record *r)
{
    rd_kafka_message_t *out = kafka_event(rkt, partition, offset, RD_KAFKA_RESP_ERR_NO_ERROR);
    struct message *m = (struct message *)(void *)out;

    m->m.payload = (void *)(uintptr_t)r->value;
    m->m.len = r->value_len;
    m->m.key = (void *)(uintptr_t)r->key;
    m->m.key_len = r->key_len;
    m->headers = r->headers;
    m->time_ms = r->time_ms;
    return out;
}

/* rd_kafka_message_destroy - the record's bytes stay the partition's */
void rd_kafka_message_destroy(rd_kafka_message_t *m)
{
    free(m);
}

/* rd_kafka_message_headers - none is an error, as there */
rd_kafka_resp_err_t rd_kafka_message_headers(const rd_kafka_message_t *m, rd_kafka_headers_t **out)
{
    const struct message *mine = (const struct message *)(const void *)m;

    if (!mine->headers || !mine->headers->n)
        return RD_KAFKA_RESP_ERR__NOENT;
    *out = (rd_kafka_headers_t *)(uintptr_t)mine->headers;
    return RD_KAFKA_RESP_ERR_NO_ERROR;
}

/* rd_kafka_message_timestamp - when it was produced */
int64_t rd_kafka_message_timestamp(const rd_kafka_message_t *m, rd_kafka_timestamp_type_t *type)
{
    if (type)
        *type = RD_KAFKA_TIMESTAMP_CREATE_TIME;
    return ((const struct message *)(const void *)m)->time_ms;
}
