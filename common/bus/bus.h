/* bus.h - Kafka: consume, process, produce in one transaction; everything librdkafka is seen only
 * in this room.
 *
 * A struct bus is one consumer of a group and two transactional producers used in turn (runtime
 * §5.7), or in at-least-once mode one idempotent producer. Single threaded: all calls from the
 * loop's thread, except bus_publish. With PAYLOAD_KEYS_FILE values are sealed on their way out and
 * opened on their way in (common/sys/vault.h), bound to topic and key; keys and headers stay clear.
 * The rule of the uncertain commit (runtime §0.3): after a
 * commit that timed out, was retried or took over max(2 s, 10 x average), and after a transaction
 * in which a connection ended, the producer is destroyed and made anew with the same id; where the
 * commit is not known to have happened, positions go back to what is committed. */
#ifndef CC_BUS_BUS_H
#define CC_BUS_BUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/err.h"
#include "common/event/event.h"
#include "common/sys/conf.h"

struct bus;
struct vault;

struct bus_message {
    enum topic topic;
    int32_t partition;
    int64_t offset;
    const void *key, *value; /* valid until the next bus_poll */
    size_t key_len, value_len;
    struct event_headers headers; /* "" where the record has none */
    const void *raw;              /* librdkafka's own, for bus_dead_headers; NULL in tests */
    const struct err *fault; /* NULL, or why the value could not be opened (vault_unseal); it is the
                                sealed bytes then */
    int64_t time_ms;         /* the record's timestamp */
};

struct bus_record {
    enum topic topic;
    bool dead;               /* to <topic>.dead */
    int32_t partition;       /* -1: by key (murmur2) */
    const void *key, *value; /* value NULL: tombstone */
    size_t key_len, value_len;
    struct event_headers headers;
    bool keep_headers; /* all headers of the message in hand (bus_poll's last) are copied; `headers`
                          is not looked at */
    /* dead letters: reason code and stage, where it came from */
    const char *dead_reason, *dead_text, *dead_stage,
        *dead_topic; /* topic: NULL = `topic` with its prefix */
    int32_t dead_partition;
    int64_t dead_offset;
    const char *content_type; /* NULL: application/protobuf */
    bool keep_sealed; /* a value that is sealed already goes as it is (a letter sent back) */
};

/* Partitions come and go: called from bus_poll, outside a batch or after the batch was committed or
 * aborted. */
struct bus_events {
    int (*assigned)(void *arg, const int32_t *partitions, size_t n, struct err *e);
    void (*revoked)(void *arg, const int32_t *partitions, size_t n);
    /* The batch that is open must be ended before partitions go: lost = they are gone already
     * (abort). */
    int (*end_batch)(void *arg, bool lost, struct err *e);
    /* A state record of this batch is at this offset (delivery report), before bus_commit returns.
     */
    void (*delivered)(void *arg, enum topic topic, int32_t partition, int64_t offset);
    void *arg;
};

struct bus_options {
    const char *stage;         /* "coder": group id, transactional id prefix */
    const enum topic *consume; /* TOPIC_NONE-ended; all with the same number of partitions */
    const enum topic *produce;
    enum topic state; /* TOPIC_NONE, or the changelog: as many partitions as what is consumed */
    bool at_least_once;
    struct bus_events events;
};

extern const struct conf_row bus_settings[]; /* TOPIC_PREFIX, WORKER_ID, DELIVERY …;
                                                KAFKA_<PROPERTY> are taken from the environment */

struct bus *bus_open(const struct bus_options *o, const struct conf *c, struct err *e);
/* Leaves the group; never waits longer than a few seconds (runtime §7.8). Accepts NULL. */
void bus_close(struct bus *b);

/* 1 = *out is a message, 0 = none within timeout, -1 = error (ERR_RETRY: broker away, go on;
 * ERR_FATAL). */
int bus_poll(struct bus *b, int timeout_ms, struct bus_message *out, struct err *e);

int bus_begin(struct bus *b, struct err *e);
int bus_produce(struct bus *b, const struct bus_record *r,
                struct err *e); /* copies; inside a batch */
int bus_commit(struct bus *b,
               struct err *e); /* offsets of all polled messages and all records, at once */
int bus_abort(struct bus *b, struct err *e); /* and back to the committed positions */
bool bus_assigned(const struct bus *b);      /* has partitions, was in the group once */
int32_t bus_partitions(struct bus *b, enum topic t,
                       struct err *e); /* of a topic; -1: broker away */
/* Commits the position past transaction markers when nothing came for a second (KEDA lag; runtime
 * §0.7). */
int bus_idle(struct bus *b, struct err *e);

/* Nothing is flagged to be mended: state is read on, positions are right. Else only bus_poll may be
 * called. */
bool bus_settled(const struct bus *b);
/* The local copy of state could not be written: `assigned` is called again for all partitions. */
void bus_restore(struct bus *b);
/* How far each partition's position is behind, as metric cleanclaim_consumer_lag; asks no broker,
 * but after all were away, whether one is back. */
void bus_report_lag(struct bus *b);
/* What state is sealed with; the bus's own. */
struct vault *bus_keys(const struct bus *b);
/* "librdkafka 2.0.2 (built with 2.0.2)". */
const char *bus_version(char *out, size_t size);
const char *bus_cluster_id(struct bus *b, char *out,
                           size_t size); /* "" while the brokers are away */

/* Reads one partition of a (compacted) topic from an offset to its end as of now, waiting for open
 * transactions to end. ERR_REJECT "offset": from_offset lies outside the topic (it was made anew);
 * begin at 0. ERR_RETRY "replay": nothing moved for 30 s; "seal", "seal-key", "seal-clear": a
 * record that cannot be opened, for state with a hole is none. */
typedef int (*bus_replay_fn)(void *arg, const struct bus_message *m, struct err *e);
int bus_replay(struct bus *b, enum topic t, int32_t partition, int64_t from_offset,
               bus_replay_fn fn, void *arg, int64_t *next_offset, struct err *e);

/* A producer alone, for intake and the operator's command: thread safe, idempotent, acks=all.
 * Returns when the broker holds all n records (0) or not (ERR_RETRY, none may be assumed stored).
 */
struct bus_publisher;
struct bus_publisher *bus_publisher_open(const char *stage, const struct conf *c, struct err *e);
void bus_publisher_close(struct bus_publisher *p);
int bus_publish(struct bus_publisher *p, const struct bus_record *records, size_t n, int timeout_ms,
                struct err *e);

/* A reader alone, no group: every partition of a topic from the beginning (or from a timestamp, ms;
 * 0 = beginning) to the end as of now, or on and on with `follow` until fn returns non-zero. dead =
 * the topic's .dead. Only a dead letter is given with a fault: a record that was changed is passed
 * over and logged, one whose key is not there ends the scan (ERR_RETRY "seal-key"). With `follow`
 * fn is also called with NULL, about five times a second while nothing comes. */
typedef int (*bus_scan_fn)(void *arg,
                           const struct bus_message *m); /* headers.* filled; non-zero: stop */
int bus_scan(const struct conf *c, enum topic t, bool dead, int64_t from_ms, bool follow,
             bus_scan_fn fn, void *arg, struct err *e);
enum { BUS_LAST = -1 };
/* The one record at an offset (BUS_LAST: the last one; of a topic without transactions), to fn;
 * what fn answers is not looked at. 1: it was read, 0: it is not there (any more). */
int bus_look(const struct conf *c, enum topic t, int32_t partition, int64_t offset, bus_scan_fn fn,
             void *arg, struct err *e);
/* All records of a partition of a topic without transactions from an offset to its end as of now;
 * 1: some, 0: there are none. */
int bus_look_on(const struct conf *c, enum topic t, int32_t partition, int64_t offset,
                bus_scan_fn fn, void *arg, struct err *e);
/* Dead-letter headers of the message just handed to fn. */
struct bus_dead {
    char reason[64], text[ERR_TEXT_MAX], stage[32], topic[64];
    int32_t partition;
    int64_t offset;
};
bool bus_dead_headers(const struct bus_message *m, struct bus_dead *out);

/* Topics with the settings they need; those that are there stay as they are. replication 0: 3, or
 * as many as there are brokers. check: 0 all right, 1 something differs (printed), -1 error.
 */
int bus_topics_create(const struct conf *c, int partitions, int replication, struct err *e);
int bus_topics_check(const struct conf *c,
                     int (*report)(void *arg, const char *topic, const char *problem), void *arg,
                     struct err *e);
/* Lag and end offsets a group has, for `watch`. */
struct bus_lag {
    enum topic topic;
    int64_t end, committed;
};
int bus_group_lag(const struct conf *c, const char *stage, const enum topic *topics,
                  struct bus_lag *out, size_t n, struct err *e);

#endif
