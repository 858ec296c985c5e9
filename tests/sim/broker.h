/* broker.h - the simulated brokers: partitions as lists, transactions, groups
 *
 * Transactions as Kafka has them: a producer's epoch is checked at every request; the end of one is
 * decided first and written to each partition, and to the offsets, a while later; readers that read
 * committed stop at the first record of a transaction that is not written yet. One that lives too
 * long is aborted and its producer fenced. Compacted topics stay uncompacted. */
#ifndef CC_TESTS_SIM_BROKER_H
#define CC_TESTS_SIM_BROKER_H

#include "common/event/event.h"
#include "tests/sim/sim.h"

struct rd_kafka_headers_s;
struct txn;
struct group;

enum record_state { RECORD_COMMITTED, RECORD_OPEN, RECORD_ABORTED, RECORD_MARKER };

struct record {
    const void *key, *value; /* value NULL: a tombstone */
    size_t key_len, value_len;
    const struct rd_kafka_headers_s *headers;
    int64_t time_ms;
    struct txn *txn;
    enum record_state state;
};

struct log {
    enum topic topic;
    bool dead;
    int32_t partition;
    struct record *records;
    size_t n, cap;
    size_t stable; /* behind it nothing is decided */
};

struct log *broker_log(enum topic t, bool dead, int32_t partition);
bool broker_topic(const char *name, enum topic *t, bool *dead); /* with ".dead" */
/* What a reader may see up to: read committed, or all. */
size_t broker_end(struct log *l, bool committed);
bool broker_visible(const struct record *r, bool committed);

enum answer { ANSWER_OK, ANSWER_FENCED, ANSWER_WAIT, ANSWER_GENERATION };

/* Whatever is due: markers, late requests, time-outs. Called by every other function here. */
void broker_step(void);
bool broker_idle(void); /* no transaction is under way */

/* Aborts what is open under the id; ANSWER_WAIT: the one before is not written yet. */
enum answer broker_init(const char *id, int64_t timeout_us, int *epoch);
/* In the producer's transaction (begun by its first record); id NULL: outside. *offset is the
 * record's. Key and value are the log's from now on. */
enum answer broker_append(const char *id, int epoch, struct log *l, const struct record *r,
                          int64_t *offset);
struct offset {
    enum topic topic;
    int32_t partition;
    int64_t offset;
    uint64_t order; /* of all that came to the broker: an older one does not replace a newer */
};
uint64_t broker_order(void);
enum answer broker_offsets(const char *id, int epoch, const char *group, int member, int generation,
                           const struct offset *list, size_t n);
enum answer broker_finish(const char *id, int epoch, bool commit);
/* The same request, but it arrives later. */
void broker_finish_later(const char *id, int epoch, int64_t us);

/* group.c: eager rebalances, range assignment; a member is a number of the group's. */
int group_join(const char *group, const struct proc *p, const enum topic *topics);
void group_leave(const char *group, int member);
enum group_says {
    GROUP_STAY,   /* go on */
    GROUP_LOST,   /* you are out */
    GROUP_REJOIN, /* give up your partitions, then group_rejoin */
    GROUP_WAIT,   /* the others have not */
    GROUP_NEW     /* new partitions: group_take */
};
enum group_says group_heartbeat(const char *group, int member);
void group_rejoin(const char *group, int member);
/* Partitions [*from, *to); returns the generation. */
int group_take(const char *group, int member, int32_t *from, int32_t *to);
bool group_valid(const char *group, int member, int generation);
void group_disturb(const char *group, int member); /* faults: rebalance, lost */
int64_t group_committed(const char *group, enum topic t, int32_t partition); /* -1: nothing */
void group_commit(const char *group, const struct offset *o);
bool broker_unstable(const char *group, enum topic t, int32_t partition); /* about to change */
/* So many groups are there, all their members hold partitions, and all is read to its end. */
bool groups_done(size_t stages);

#endif
