/* jobs.h - transfers in threads of their own, so that a slow payer delays nobody else.
 *
 * A job that is queued inside a batch starts when the batch is durable, and is forgotten when it is
 * not: what the batch says of it ("bytes may have gone out") is in the topic before the first byte.
 * A result that is taken inside a batch is given back when the batch is not durable. At most one
 * job of a key is not taken. Not thread safe: one caller. */
#ifndef CC_SUBMITTER_DELIVER_JOBS_H
#define CC_SUBMITTER_DELIVER_JOBS_H

#include <stdatomic.h>
#include <stdbool.h>

#include "common/base/err.h"

struct jobs;

struct job_kind {
    void (*run)(void *arg);  /* in the job's thread */
    void (*drop)(void *arg); /* frees */
};

enum job_state { JOB_NONE, JOB_BUSY, JOB_DONE };

struct jobs *jobs_new(void);    /* NULL: out of memory */
void jobs_free(struct jobs *j); /* accepts NULL; tells all to stop, and waits for them */
const atomic_bool *jobs_stop(const struct jobs *j);

/* Takes arg over, also on error. */
int jobs_queue(struct jobs *j, const char *key, const struct job_kind *kind, void *arg,
               struct err *e);
/* The same, but it starts now, since what it does needs no record, and is forgotten when it is
 * taken: arg stays the caller's. */
int jobs_start(struct jobs *j, const char *key, void (*run)(void *arg), void *arg, struct err *e);
/* JOB_DONE: *arg is the job's, taken, valid until the batch ends. */
enum job_state jobs_take(struct jobs *j, const char *key, void **arg);
void jobs_committed(struct jobs *j);
void jobs_aborted(struct jobs *j);

#endif
