/* libc.c - time, sleep, threads and file locks as the workers see them: the linker sends their
 * calls here (--wrap)
 *
 * A thread is a task of the process that starts it. File locks are real, but a process that is
 * killed here does not end, so they are kept by process and given back by hand. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "common/svc/svc.h"
#include "common/sys/clock.h"
#include "common/sys/log.h"
#include "tests/sim/libc.h"
#include "tests/sim/sim.h"

enum { LOCKS_MAX = 4096, LOCK_WAIT_US = 5000 };

static struct {
    const struct proc *proc;
    int fd;
} locks[LOCKS_MAX];
static size_t n_locks;

/* clock_gettime - the simulated one; the time of day with its jumps, of whole milliseconds */
int __wrap_clock_gettime(clockid_t id, struct timespec *t)
{
    int64_t us = id == CLOCK_REALTIME ? (sim.wall_ms + sim.now_us / 1000) * 1000 : sim.now_us;

    t->tv_sec = us / 1000000;
    t->tv_nsec = us % 1000000 * 1000;
    return 0;
}

/* nanosleep - a pause */
int __wrap_nanosleep(const struct timespec *t, struct timespec *left)
{
    (void)left;
    sim_call("sleep");
    task_pause(t->tv_sec * 1000000 + t->tv_nsec / 1000);
    return 0;
}

/* usleep - a pause */
int __wrap_usleep(useconds_t us)
{
    sim_call("sleep");
    task_pause(us);
    return 0;
}

/* svc_stopping - SIGTERM to this worker */
bool __wrap_svc_stopping(void)
{
    const struct proc *p = proc_current();

    return p && p->stopping;
}

/* sigaction - signals are not simulated but by svc_stopping */
int __wrap_sigaction(int sig, const struct sigaction *new, struct sigaction *old)
{
    (void)sig;
    (void)new;
    (void)old;
    return 0;
}

/* setpriority - of threads that are none */
int __wrap_setpriority(int which, id_t who, int value)
{
    (void)which;
    (void)who;
    (void)value;
    return 0;
}

/* pthread_create - a task of the same process */
int __wrap_pthread_create(pthread_t *t, const pthread_attr_t *attr, void *(*fn)(void *), void *arg)
{
    (void)attr;
    *t = (pthread_t)(uintptr_t)task_new(proc_current(), fn, arg);
    return 0;
}

/* ended - within the time? */
static bool ended(pthread_t t, int64_t until_us)
{
    struct task *task = (struct task *)(uintptr_t)t;

    while (!task_done(task) && sim.now_us < until_us)
        task_wait(task, until_us - sim.now_us);
    if (!task_done(task))
        return false;
    task_forget(task);
    return true;
}

/* pthread_join - without an end */
int __wrap_pthread_join(pthread_t t, void **result)
{
    (void)result;
    ended(t, INT64_MAX);
    return 0;
}

/* pthread_timedjoin_np - by the wall clock */
int __wrap_pthread_timedjoin_np(pthread_t t, void **result, const struct timespec *until)
{
    int64_t ms = until->tv_sec * 1000 + until->tv_nsec / 1000000 - clock_ms();

    (void)result;
    return ended(t, sim.now_us + ms * 1000) ? 0 : ETIMEDOUT;
}

/* pthread_detach - ends whenever it does */
int __wrap_pthread_detach(pthread_t t)
{
    task_forget((struct task *)(uintptr_t)t);
    return 0;
}

/* pthread_cond_timedwait - by the monotonic clock, as all of ours are */
int __wrap_pthread_cond_timedwait(pthread_cond_t *c, pthread_mutex_t *m,
                                  const struct timespec *until)
{
    int64_t at = until->tv_sec * 1000000 + until->tv_nsec / 1000;

    pthread_mutex_unlock(m);
    if (at > sim.now_us)
        task_wait(c, at - sim.now_us);
    __wrap_pthread_mutex_lock(m);
    return sim.now_us >= at ? ETIMEDOUT : 0;
}

/* pthread_cond_signal - whoever waits */
int __wrap_pthread_cond_signal(pthread_cond_t *c)
{
    task_wake(c);
    return 0;
}

/* pthread_mutex_lock - whoever holds it may have given way; so must we */
int __wrap_pthread_mutex_lock(pthread_mutex_t *m)
{
    while (pthread_mutex_trylock(m) == EBUSY)
        task_pause(LOCK_WAIT_US);
    return 0;
}

/* pthread_rwlock_rdlock - the same */
int __wrap_pthread_rwlock_rdlock(pthread_rwlock_t *l)
{
    while (pthread_rwlock_tryrdlock(l) == EBUSY)
        task_pause(LOCK_WAIT_US);
    return 0;
}

/* pthread_rwlock_wrlock - the same */
int __wrap_pthread_rwlock_wrlock(pthread_rwlock_t *l)
{
    while (pthread_rwlock_trywrlock(l) == EBUSY)
        task_pause(LOCK_WAIT_US);
    return 0;
}

/* fsync - a moment in which a worker may die; nothing is ever lost with the machine */
int __wrap_fsync(int fd)
{
    (void)fd;
    sim_call("fsync");
    return 0;
}

/* rename - before and after it is a moment, too */
int __wrap_rename(const char *from, const char *to)
{
    int r;

    sim_call("rename");
    r = __real_rename(from, to);
    sim_call("renamed");
    return r;
}

/* flock - remembered; who must wait gives way */
int __wrap_flock(int fd, int how)
{
    int r;

    if (how & LOCK_UN)
        return __real_flock(fd, how);
    while ((r = __real_flock(fd, how | LOCK_NB)) != 0 && errno == EWOULDBLOCK && !(how & LOCK_NB))
        task_pause(LOCK_WAIT_US);
    if (r != 0)
        return r;
    if (n_locks == LOCKS_MAX)
        sim_fail("simulator: too many locks");
    locks[n_locks].proc = proc_current();
    locks[n_locks++].fd = fd;
    return 0;
}

/* close - with its lock */
int __wrap_close(int fd)
{
    for (size_t i = n_locks; i; i--)
        if (locks[i - 1].fd == fd)
            locks[i - 1] = locks[--n_locks];
    return __real_close(fd);
}

/* locks_release - of a process that is gone */
void locks_release(const struct proc *p)
{
    for (size_t i = n_locks; i; i--)
        if (locks[i - 1].proc == p) {
            __real_flock(locks[i - 1].fd, LOCK_UN);
            locks[i - 1] = locks[--n_locks];
        }
}

/* log_write - into the trace */
void __wrap_log_write(enum log_level level, const char *event, const struct log_field *fields)
{
    static const char *const names[] = {"debug", "info", "warn", "error"};

    trace("log %s %s", names[level], event);
    for (const struct log_field *f = fields; f && f->key; f++) {
        if (f->text)
            trace("      %s=%s", f->key, f->text);
        else
            trace("      %s=%lld", f->key, (long long)f->number);
    }
}

/* log_err - the same */
void __wrap_log_err(enum log_level level, const char *event, const struct err *e)
{
    (void)level;
    trace("log %s code=%s text=%s", event, e->code, e->text);
}
