/* handle.h - librdkafka handles, names and headers as this room shares them. Private to common/bus.
 */
#ifndef CC_BUS_HANDLE_H
#define CC_BUS_HANDLE_H

#include <librdkafka/rdkafka.h>

#include "common/bus/bus.h"
#include "common/sys/vault.h"

enum bus_kind {
    BUS_CONSUMER = 1,   /* in the group */
    BUS_TRANSACTOR = 2, /* transactional producer */
    BUS_PRODUCER = 4,   /* idempotent producer */
    BUS_READER = 8,     /* no group, read committed */
    BUS_WATCHER = 16,   /* no group, read uncommitted: asks for high watermarks, manages topics */
};

enum {
    BUS_NAME = 256,                    /* a topic's name with prefix */
    BUS_MAX_MESSAGE = 9 * 1024 * 1024, /* a message of EVENT_MAX_BYTES with its headers */
    BUS_TRANSACTION_MS = 15000,
};

/* A configuration with our properties, then the environment's KAFKA_*; `id` is the transactional
 * id. NULL: *e. */
rd_kafka_conf_t *bus_conf(enum bus_kind kind, const struct conf *c, const char *stage,
                          const char *id, struct err *e);
/* A handle of it; takes conf. NULL: *e. */
rd_kafka_t *bus_handle(enum bus_kind kind, rd_kafka_conf_t *conf, struct err *e);
/* Its log lines and errors go to our log. */
void bus_tell_by(rd_kafka_conf_t *conf);
void bus_let_in(void); /* a broker has answered */
/* Tokens of OAUTHBEARER come from KAFKA_SASL_OAUTHBEARER_TOKEN_FILE, where that is set; `serve`: by
 * librdkafka's own thread, whoever polls. */
void bus_token_by(rd_kafka_conf_t *conf);
void bus_token_serve(rd_kafka_t *rk);
void bus_log_error(rd_kafka_t *rk, int code, const char *reason,
                   void *opaque); /* the error callback of all but the member */
/* Destroys without leaving a group; never waits for outstanding work. Accepts NULL. */
void bus_handle_free(rd_kafka_t *rk);
int64_t bus_timeout_ms(const struct conf *c);

/* "<prefix><name>" or "<prefix><name>.dead"; out holds BUS_NAME bytes. */
const char *bus_topic_name(const struct conf *c, enum topic t, bool dead, char *out);
/* "<prefix>cleanclaim-<stage>": group id, and the beginning of transactional ids. */
const char *bus_group_name(const struct conf *c, const char *stage, char *out);
int bus_check_prefix(const struct conf *c, struct err *e);

/* An error of librdkafka as ours: authorization and fenced members are fatal, the rest may pass. */
int bus_error(rd_kafka_resp_err_t code, const char *what, struct err *e);

/* Headers of a consumed message; "" where there is none. */
void bus_read_headers(const rd_kafka_message_t *m, struct event_headers *out);
/* A consumed message in our form; its bytes stay the handle's. */
void bus_message_of(const rd_kafka_message_t *m, enum topic t, struct bus_message *out);
/* Headers to be produced: of r, or all of `original` (may be NULL) with the dead letter's. Never
 * NULL but when memory is out. */
rd_kafka_headers_t *bus_write_headers(const struct bus_record *r,
                                      const rd_kafka_message_t *original, const char *topic_name);

/* seal.c: values sealed and opened. What an opened value lies in: */
struct bus_opened {
    struct buf plain; /* buf_wipe when done */
    struct err fault;
};
struct vault *bus_vault(const struct conf *c, struct err *e); /* NULL: *e */
bool bus_vault_refresh(struct vault *v);                      /* another key is current now */
/* *out is r with its value sealed into buf, or r where nothing is to be sealed. */
int bus_seal(struct vault *v, const struct bus_record *r, struct buf *buf, struct bus_record *out,
             struct err *e);
/* *out is r, or its bytes as they came where r is the dead letter of m, which was sealed. */
void bus_as_it_came(const struct bus_record *r, const rd_kafka_message_t *m,
                    struct bus_record *out);
/* Opens m's value in place; m->fault says why not. */
void bus_unseal(struct vault *v, struct bus_opened *o, struct bus_message *m);
/* m's fault as an error of its place. */
int bus_fault(const struct bus_message *m, struct err *e);

/* Produces one record through a topic handle; polls while the queue is full, at most timeout_ms.
 * opaque comes back in the delivery report. */
int bus_send(rd_kafka_t *rk, rd_kafka_topic_t *rkt, const struct bus_record *r,
             const rd_kafka_message_t *original, const char *topic_name, void *opaque,
             int64_t timeout_ms, struct err *e);

/* publisher.c: asks for a topic once, so that its first record need not wait (as producers do). */
int bus_publisher_warm(struct bus_publisher *p, enum topic t, struct err *e);

/* Number of partitions; -1: away (ERR_RETRY) or not there (ERR_RETRY "topic"). */
int32_t bus_count_partitions(rd_kafka_t *rk, const char *topic, int64_t timeout_ms, struct err *e);

/* First and next offset of a partition; asks again, within timeout_ms, while brokers still agree on
 * the leader. */
int bus_watermarks(rd_kafka_t *rk, const char *topic, int32_t partition, int64_t *low,
                   int64_t *high, int64_t timeout_ms, struct err *e);

#endif
