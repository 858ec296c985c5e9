/* mock.h - the embedded broker: librdkafka's mock cluster, for the demo and for fault injection in
 * tests.
 *
 * It forgets at exit, keeps 5 MiB a partition, throws transactional offsets away and shows aborted
 * records (runtime §4): good for at-least-once, never a proof of exactly-once. */
#ifndef CC_BUS_MOCK_H
#define CC_BUS_MOCK_H

#include "common/base/err.h"
#include "common/event/event.h"

struct mock;

/* `brokers` brokers on loopback, all topics of topic.c with their dead letters and `partitions`
 * partitions. */
struct mock *mock_open(int brokers, int partitions, const char *topic_prefix, struct err *e);
void mock_close(struct mock *m); /* accepts NULL */
const char *mock_bootstrap(const struct mock *m);

/* Faults, for tests. api: Kafka's number of the request; code: Kafka's number of the error. */
enum {
    MOCK_PRODUCE = 0,
    MOCK_OFFSET_FETCH = 9,
    MOCK_HEARTBEAT = 12,
    MOCK_INIT = 22,
    MOCK_ADD_OFFSETS = 25,
    MOCK_END = 26,
    MOCK_COMMIT_OFFSETS = 28
};
/* The next n requests of this kind are answered with the error; 0 is success. */
void mock_fail(struct mock *m, int api, int n, int code);
void mock_down(struct mock *m, int broker, bool down); /* 1 is the first */
void mock_delay(struct mock *m, int broker, int ms);   /* of every answer */
/* The partition has another leader from now on; the one before says so to whoever asks it. */
void mock_lead(struct mock *m, const char *topic, int partition, int broker);

#endif
