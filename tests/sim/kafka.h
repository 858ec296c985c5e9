/* kafka.h - inside the stand-in for librdkafka 2.0.2: as much of it as common/bus uses, with the
 * meanings that its documentation and its measured behaviour give. A function that common/bus
 * begins to use and that is not here fails at the link. */
#ifndef CC_TESTS_SIM_KAFKA_H
#define CC_TESTS_SIM_KAFKA_H

#include <librdkafka/rdkafka.h>

#include "tests/sim/broker.h"

enum { KAFKA_NAME = 200, KAFKA_HEADERS = 24, KAFKA_QUEUE = 512, KAFKA_PARTS = 64 };

struct rd_kafka_headers_s {
    size_t n;
    struct {
        char *name;
        void *value;
        size_t size;
    } items[KAFKA_HEADERS];
};

struct rd_kafka_topic_s {
    char name[KAFKA_NAME];
    enum topic topic;
    bool dead;
    rd_kafka_t *rk;
    /* of a simple consumer */
    int64_t next, told_end; /* told_end: the end was said there */
    bool started;
};

struct rd_kafka_conf_s {
    char group[KAFKA_NAME], transactional[KAFKA_NAME];
    bool committed, eof;
    void *opaque;
    void (*rebalance)(rd_kafka_t *rk, rd_kafka_resp_err_t err,
                      rd_kafka_topic_partition_list_t *list, void *opaque);
    void (*error)(rd_kafka_t *rk, int err, const char *reason, void *opaque);
    int (*closed)(int fd, void *opaque);
    void (*delivered)(rd_kafka_t *rk, const rd_kafka_message_t *m, void *opaque);
};

struct rd_kafka_error_s {
    rd_kafka_resp_err_t code;
    bool fatal, retriable, abortable;
    char text[120];
};

struct rd_kafka_consumer_group_metadata_s {
    char group[KAFKA_NAME];
    int member, generation;
};

/* A record that is not sent yet, or whose report is not given yet. */
struct sending {
    rd_kafka_topic_t *rkt;
    int32_t partition;
    struct record record;
    void *opaque;
    int64_t offset;
    rd_kafka_resp_err_t err;
};

struct part {
    enum topic topic;
    int32_t partition;
    int64_t fetch, position; /* RD_KAFKA_OFFSET_INVALID: not known yet */
    int64_t slow_until_us;
    bool paused;
};

struct rd_kafka_s {
    rd_kafka_type_t type;
    struct rd_kafka_conf_s conf;
    struct proc *proc;
    /* producer */
    int epoch;
    bool open, fatal, must_abort, init_done;
    struct sending *queue, *reports;
    size_t n_queue, n_reports;
    /* consumer */
    enum topic subscribed[16];
    int member, generation; /* member -1: not in the group */
    int64_t heartbeat_us;   /* the next one */
    bool holds, lost;       /* holds: was told partitions */
    struct part parts[KAFKA_PARTS];
    size_t n_parts;
};

rd_kafka_error_t *kafka_error(rd_kafka_resp_err_t code, const char *text);
rd_kafka_error_t *kafka_retriable(const char *text);
rd_kafka_error_t *kafka_abortable(rd_kafka_resp_err_t code, const char *text);
rd_kafka_error_t *kafka_fatal(rd_kafka_t *rk, rd_kafka_resp_err_t code, const char *text);
/* A record as a message of the caller's (rd_kafka_message_destroy). */
rd_kafka_message_t *kafka_message(rd_kafka_topic_t *rkt, int32_t partition, int64_t offset,
                                  const struct record *r);
rd_kafka_message_t *kafka_event(rd_kafka_topic_t *rkt, int32_t partition, int64_t offset,
                                rd_kafka_resp_err_t err);
rd_kafka_topic_t *kafka_topic(rd_kafka_t *rk, const char *name);
struct part *kafka_part(rd_kafka_t *rk, const rd_kafka_topic_partition_t *p);

#endif
