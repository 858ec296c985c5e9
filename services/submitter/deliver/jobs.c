/* jobs.c - transfers in threads of their own */
#include "services/submitter/deliver/jobs.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum state { QUEUED, RUNNING, FINISHED, TAKEN };

struct job {
    struct job *next;
    char *key;
    const struct job_kind *kind;
    void (*run)(void *arg);
    void *arg;
    pthread_t thread;
    enum state state; /* RUNNING becomes FINISHED when `ended` was seen */
    atomic_bool ended;
};

struct jobs {
    struct job *first;
    atomic_bool stop;
};

/* jobs_new - none */
struct jobs *jobs_new(void)
{
    return calloc(1, sizeof(struct jobs));
}

/* free_job - that runs no more */
static void free_job(struct job *j)
{
    j->kind->drop(j->arg);
    free(j->key);
    free(j);
}

/* join - waits for it if it runs */
static void join(struct job *j)
{
    if (j->state == RUNNING) {
        pthread_join(j->thread, NULL);
        j->state = FINISHED;
    }
}

/* jobs_free - see jobs.h */
void jobs_free(struct jobs *j)
{
    if (!j)
        return;
    atomic_store(&j->stop, true);
    while (j->first) {
        struct job *gone = j->first;

        j->first = gone->next;
        join(gone);
        free_job(gone);
    }
    free(j);
}

/* jobs_stop - see jobs.h */
const atomic_bool *jobs_stop(const struct jobs *j)
{
    return &j->stop;
}

/* jobs_queue - see jobs.h */
int jobs_queue(struct jobs *j, const char *key, const struct job_kind *kind, void *arg,
               struct err *e)
{
    struct job *job = calloc(1, sizeof(*job));

    if (job)
        job->key = strdup(key);
    if (!job || !job->key) {
        kind->drop(arg);
        free(job);
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    }
    job->kind = kind;
    job->run = kind->run;
    job->arg = arg;
    job->next = j->first;
    j->first = job;
    return 0;
}

/* jobs_take - see jobs.h */
enum job_state jobs_take(struct jobs *j, const char *key, void **arg)
{
    for (struct job **at = &j->first; *at; at = &(*at)->next) {
        struct job *job = *at;

        if (job->state == TAKEN || strcmp(job->key, key) != 0)
            continue;
        if (job->state == QUEUED || (job->state == RUNNING && !atomic_load(&job->ended)))
            return JOB_BUSY;
        join(job);
        job->state = TAKEN;
        *arg = job->arg;
        if (!job->kind->run) { /* it was started, not queued */
            *at = job->next;
            free_job(job);
        }
        return JOB_DONE;
    }
    return JOB_NONE;
}

/* thread - one job */
static void *thread(void *arg)
{
    struct job *job = arg;

    job->run(job->arg);
    atomic_store(&job->ended, true);
    return NULL;
}

/* own_arg - of a job that was started is freed by whoever started it */
static void own_arg(void *arg)
{
    (void)arg;
}

/* jobs_start - see jobs.h */
int jobs_start(struct jobs *j, const char *key, void (*run)(void *arg), void *arg, struct err *e)
{
    static const struct job_kind none = {NULL, own_arg};
    struct job *job;

    if (jobs_queue(j, key, &none, arg, e) < 0)
        return -1;
    job = j->first;
    job->run = run;
    if (pthread_create(&job->thread, NULL, thread, job) == 0) {
        job->state = RUNNING;
        return 0;
    }
    j->first = job->next;
    free_job(job);
    return err_set(e, ERR_RETRY, "thread", "no thread can be made");
}

/* sweep - starts or forgets what was queued; keeps or frees what was taken */
static void sweep(struct jobs *j, bool durable)
{
    struct job **at = &j->first;

    while (*at) {
        struct job *job = *at;
        const bool gone = job->state == (durable ? TAKEN : QUEUED);

        if (!durable && job->state == TAKEN)
            job->state = FINISHED;
        if (gone ||
            (job->state == QUEUED && pthread_create(&job->thread, NULL, thread, job) != 0)) {
            *at = job->next;
            free_job(job);
            continue;
        }
        if (job->state == QUEUED)
            job->state = RUNNING;
        at = &job->next;
    }
}

/* jobs_committed - a thread that cannot be made is a try that did nothing: the next one looks */
void jobs_committed(struct jobs *j)
{
    sweep(j, true);
}

/* jobs_aborted - see jobs.h */
void jobs_aborted(struct jobs *j)
{
    sweep(j, false);
}
