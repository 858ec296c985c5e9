/* sim.h - the simulated world of one seed: random numbers, time, tasks, processes, faults.
 *
 * The workers are the real ones down to common/bus; what lies below it is replaced when the program
 * is linked: librdkafka (kafka_*.c over broker.c), the table store (store.c), the clock, sleeping,
 * threads and file locks (libc.c). Everything runs in one thread: each worker, and each thread that
 * a worker starts, is a task with a stack of its own, that gives way in every such call. Which task
 * goes on, when, and what becomes of its call is drawn from the seed, so a seed is one run. */
#ifndef CC_TESTS_SIM_SIM_H
#define CC_TESTS_SIM_SIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SIM_PARTITIONS = 3, SIM_PROCS_MAX = 1024, SIM_WHY = 2000, SIM_SUMMARY = 1 << 20 };

/* What may go wrong; rows in faults.c. */
enum fault {
    FAULT_CRASH,          /* everything in memory is gone, at any call */
    FAULT_STALL,          /* stands still for longer or shorter than the session's time-out */
    FAULT_ZOMBIE,         /* a second one under the same id while the first stands still */
    FAULT_STOP,           /* SIGTERM */
    FAULT_REBALANCE,      /* the group forms anew though nobody came or went */
    FAULT_LOST,           /* a member is thrown out and learns it later */
    FAULT_SLOW,           /* a call takes seconds */
    FAULT_FETCH_SLOW,     /* a partition gives nothing for a while: the others overtake it */
    FAULT_MARKER_SLOW,    /* a decided transaction is written to its partitions late */
    FAULT_INIT_RETRY,     /* init_transactions: not now */
    FAULT_INIT_FATAL,     /* … and the handle is of no use any more */
    FAULT_BEGIN,          /* begin_transaction fails */
    FAULT_QUEUE_FULL,     /* the producer takes no record for a moment */
    FAULT_PRODUCE,        /* the producer refuses a record */
    FAULT_DELIVERY,       /* a record does not reach the broker: the transaction must be aborted */
    FAULT_CUT,            /* a producer's connection ends: it is made anew after the transaction */
    FAULT_OFFSETS_RETRY,  /* send_offsets: not now */
    FAULT_OFFSETS_ABORT,  /* … only an abort is left */
    FAULT_OFFSETS_FATAL,  /* … the handle is of no use any more */
    FAULT_COMMIT_RETRY,   /* commit: not now, nothing has happened */
    FAULT_COMMIT_UNHEARD, /* … it has happened, the answer was not heard, ask again */
    FAULT_COMMIT_ABORT,   /* … only an abort is left */
    FAULT_COMMIT_GONE,    /* uncertain: it has not happened */
    FAULT_COMMIT_DONE,    /* uncertain: it has happened */
    FAULT_COMMIT_LATE,    /* uncertain: the request arrives some time later */
    FAULT_ABORT_RETRY,    /* abort: not now */
    FAULT_ABORT_GONE,     /* … uncertain */
    FAULT_METADATA,       /* the broker does not say how many partitions there are */
    FAULT_COMMITTED,      /* … what is committed */
    FAULT_SEEK,           /* a position cannot be set */
    FAULT_POLL,           /* a poll gives an error */
    FAULT_WATERMARK,      /* the end of a partition is not told */
    FAULT_REPLAY,         /* reading state on breaks off */
    FAULT_STATE_LOST,     /* a local copy of state is gone */
    FAULT_STATE_STALE,    /* … is an older one */
    FAULT_STORE_AWAY,     /* the table store does not answer */
    FAULT_STORE_SLOW,     /* … after seconds */
    FAULT_STORE_SWAP,     /* new tables are published */
    FAULT_CLOCK,          /* the wall clock jumps forward */
    FAULT_PUBLISH_LOST,   /* a source's record is not taken: it sends again */
    FAULT_PUBLISH_TWICE,  /* … is taken, the answer is lost: it sends again */
    FAULT_MAX
};

struct fault_row {
    const char *name, *help;
    unsigned per_million; /* calls of its kind, where the seed has it at its usual rate */
};
extern const struct fault_row fault_rows[FAULT_MAX];

/* Deliberate breakages, for the test that the invariants bite; rows in sabotage.c. */
enum sabotage {
    SABOTAGE_NONE,
    SABOTAGE_EPOCH,      /* the broker lets fenced producers write */
    SABOTAGE_GENERATION, /* the broker takes offsets of members that are out */
    SABOTAGE_ISOLATION,  /* readers see records of transactions that are open or aborted */
    SABOTAGE_OFFSETS,    /* offsets count at once, not with their transaction */
    SABOTAGE_UNSTABLE,   /* offsets are told while a transaction is about to change them */
    SABOTAGE_SEEK,       /* the client does not go back */
    SABOTAGE_REPLAY,     /* state is read on to just before its end */
    SABOTAGE_ABORT,      /* the worker commits where it should abort */
    SABOTAGE_PRODUCE,    /* the worker loses a record of a batch */
    SABOTAGE_STATE,      /* the local copy is kept also where the commit failed */
    SABOTAGE_ORDER,      /* the broker swaps two records of a partition */
    SABOTAGE_MAX
};
struct sabotage_row {
    const char *name, *help;
    const char *only; /* the faults that bring it to light */
};
extern const struct sabotage_row sabotage_rows[SABOTAGE_MAX];

/* How a run ended; in memory that parent and child share. */
struct outcome {
    bool ended, failed;
    char why[SIM_WHY];
    uint64_t faults[FAULT_MAX], calls, records;
    size_t n_summary;
    char summary[SIM_SUMMARY];
};

/* A started worker. */
struct proc {
    char name[48]; /* "coder.1#3": stage, slot, start */
    int slot;
    bool dead, stopping;
    int64_t stalled_until_us; /* 0: runs */
    int64_t silent_us;        /* dead or stalled since; brokers hear no heartbeat */
    int64_t kill_at_us;       /* of a zombie; 0: never */
    int exit_code;
};

struct sim {
    uint64_t seed;
    bool disturbed; /* false: the undisturbed run */
    bool calm;      /* no faults now */
    bool trace;
    enum sabotage sabotage;
    const char *only;          /* names of faults, at six times their rates; NULL: the seed's */
    unsigned rates[FAULT_MAX]; /* per million, of this seed */
    int64_t now_us;            /* monotonic */
    int64_t wall_ms;           /* at now_us = 0; jumps are added */
    int64_t slow_until_us;     /* somebody stands in a slow call till then */
    char root[200];            /* folder of this run */
    struct outcome *out;
};
extern struct sim sim;

/* random.c */
void random_seed(uint64_t seed);
uint64_t random_below(uint64_t n);                 /* 0 to n - 1 */
int64_t random_between(int64_t low, int64_t high); /* both included */

/* faults.c: draws this seed's rates; does it happen now? Counts it when it does. */
void faults_draw(void);
bool fault(enum fault f);
void trace(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Ends the run as failed; does not return. */
void sim_fail(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

/* task.c */
struct task;
struct task *task_new(struct proc *p, void *(*fn)(void *), void *arg);
struct task *task_current(void);
struct proc *proc_current(void); /* NULL: not a worker's task */
bool task_done(const struct task *t);
void task_forget(struct task *t);
void task_pause(int64_t us); /* gives way for so long */
void task_slow(int64_t us);  /* the same, and nothing is at rest meanwhile */
void task_wait(const void *on, int64_t us);
void task_wake(const void *on);  /* whoever waits on it */
void tasks_kill(struct proc *p); /* returns unless p is the current task's */
/* Runs tasks until stop() answers true, which is asked every so often. */
void tasks_run(bool (*stop)(void), int64_t every_us);
/* One call to the outside: takes time, and may be the process' last. */
void sim_call(const char *what);

/* libc.c */
void locks_release(const struct proc *p);

/* procs.c */
void procs_open(void);
void procs_step(void);   /* starts, ends, disturbs; asked between tasks */
void procs_calm(void);   /* everybody runs again, one a slot */
bool procs_steady(void); /* one a slot, all started some time ago */
void proc_crash(struct proc *p);

/* store.c */
struct tables;
void store_give(const struct tables *t);
void store_swap(void);

#endif
