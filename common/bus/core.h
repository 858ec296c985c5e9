/* core.h - inside a struct bus. Private to common/bus.
 *
 * What went wrong is mended in bus_poll, in this order: producers (init_transactions settles what
 * an uncertain commit left), positions (back to what is committed), partitions (the worker's
 * `assigned`, which reads its state on). Each step is a flag, so that a broker that is away in the
 * middle only means: the same step again later. */
#ifndef CC_BUS_CORE_H
#define CC_BUS_CORE_H

#include <stdatomic.h>

#include "common/bus/audit.h"
#include "common/bus/handle.h"

enum { BUS_PRODUCERS = 2, BUS_ASSIGNED_MAX = 4096, BUS_ABORTS_MAX = 5 };

struct bus_producer {
    struct bus *bus; /* for delivery reports */
    rd_kafka_t *rk;
    char id[BUS_NAME + 96];
    bool ready;                             /* init_transactions done, topics known */
    bool renew;                             /* do not use again: make a new one with the same id */
    bool open;                              /* a transaction is open */
    rd_kafka_topic_t *topics[TOPIC_MAX][2]; /* [dead] */
    int64_t average_us;                     /* of a commit */
    int aborts;                             /* in a row */
    atomic_uint closed;     /* connections that ended, ever: counted by any thread */
    unsigned closed_before; /* when the transaction began */
};

struct worker_id {
    char name[88];
    char path[512]; /* of the lock behind a name of our own */
    int fd;         /* -1: none */
};

struct bus {
    struct bus_options o;
    const struct conf *conf;
    rd_kafka_t *consumer;
    rd_kafka_t *reader, *watcher; /* while partitions are restored */
    struct bus_producer producers[BUS_PRODUCERS];
    int n_producers, turn;
    char names[TOPIC_MAX][2][BUS_NAME];
    int64_t timeout_ms;
    rd_kafka_message_t *current; /* handed out last */
    bool in_batch, closing;
    int failed_deliveries;              /* at-least-once: of this batch */
    int32_t assigned[BUS_ASSIGNED_MAX]; /* partition numbers, each once */
    size_t n_assigned;
    bool was_assigned;
    bool rewind;       /* positions must go back */
    size_t n_restored; /* of `assigned`; all: handed out */
    bool paused;
    bool end_failed;                            /* a batch could not be ended in a rebalance */
    bool away;                                  /* no broker answered when last heard of */
    struct err fatal;                           /* of a callback */
    rd_kafka_topic_partition_list_t *committed; /* last committed positions */
    int64_t quiet_since_us;                     /* 0: a message came since it was looked at */
    bool fresh_positions;                       /* polled since the last commit */
    struct worker_id worker;
    struct vault *vault;
    struct audit *audit;      /* NULL: none is kept */
    struct bus_opened opened; /* of `current` */
    struct buf sealed;        /* of the record being sent */
};

/* worker.c: WORKER_ID, or "<host>-<slot>" with a slot that no other process of this machine holds.
 */
void worker_id_take(struct worker_id *w, const struct conf *c, const char *group);
void worker_id_release(struct worker_id *w);

/* producer.c */
int producer_ready(struct bus *b, struct bus_producer *p,
                   struct err *e); /* makes, inits, warms up */
void producer_drop(struct bus_producer *p);
int producer_begin(struct bus *b, struct err *e);
int producer_send(struct bus *b, const struct bus_record *r, struct err *e);
bool producers_settled(const struct bus *b);
bool producer_was_cut(const struct bus_producer *p); /* since its transaction began */

/* transaction.c */
int producer_commit(struct bus *b, struct err *e);
int producer_abort(struct bus *b, struct err *e);
void producer_count_renewal(const char *reason);

/* consumer.c */
int consumer_open(struct bus *b, struct err *e);
int consumer_check(struct bus *b, struct err *e); /* -1: the member is dead (ERR_FATAL) */
int consumer_positions(struct bus *b, rd_kafka_topic_partition_list_t **out,
                       struct err *e); /* those known; caller destroys */
int consumer_committed(struct bus *b, rd_kafka_topic_partition_list_t **out,
                       struct err *e); /* asks a broker; caller destroys */
void consumer_set_committed(struct bus *b,
                            rd_kafka_topic_partition_list_t *positions); /* takes it */
int consumer_commit(struct bus *b, struct err *e);                       /* at-least-once */
int consumer_rewind(struct bus *b, struct err *e);
void consumer_set_away(struct bus *b, bool away); /* all brokers, or one is back */

/* replay.c */
void replay_close(struct bus *b);

#endif
