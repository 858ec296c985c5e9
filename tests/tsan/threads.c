/* threads.c - C11 threads by POSIX threads, for ThreadSanitizer, which knows only these
 *
 * librdkafka makes its threads by thrd_create: to ThreadSanitizer they do not exist, and it falls
 * over the first that calls us back. What stands here comes before the C library's and gives the
 * same by calls that are seen, so that what librdkafka's locks put in order is in order for it too.
 */
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <threads.h>

_Static_assert(sizeof(mtx_t) >= sizeof(pthread_mutex_t), "a lock fits");
_Static_assert(sizeof(cnd_t) >= sizeof(pthread_cond_t), "a condition fits");
_Static_assert(sizeof(thrd_t) == sizeof(pthread_t), "a thread is a thread");

struct beginning {
    thrd_start_t run;
    void *arg;
};

/* word - POSIX's answer in C11's words */
static int word(int r)
{
    return r == 0 ? thrd_success : r == ETIMEDOUT ? thrd_timedout : thrd_error;
}

/* lock_of - the POSIX lock that lies in a C11 one */
static pthread_mutex_t *lock_of(mtx_t *m)
{
    return (pthread_mutex_t *)(void *)m;
}

/* wake_of - the same of a condition */
static pthread_cond_t *wake_of(cnd_t *c)
{
    return (pthread_cond_t *)(void *)c;
}

/* begin - the new thread */
static void *begin(void *arg)
{
    struct beginning b = *(struct beginning *)arg;

    free(arg);
    return (void *)(intptr_t)b.run(b.arg);
}

/* thrd_create - by pthread_create */
int thrd_create(thrd_t *t, thrd_start_t run, void *arg)
{
    struct beginning *b = malloc(sizeof(*b));

    if (!b)
        return thrd_nomem;
    *b = (struct beginning){run, arg};
    return word(pthread_create((pthread_t *)t, NULL, begin, b));
}

/* thrd_join - by pthread_join */
int thrd_join(thrd_t t, int *result)
{
    void *r = NULL;
    int n = pthread_join((pthread_t)t, &r);

    if (result)
        *result = (int)(intptr_t)r;
    return word(n);
}

/* mtx_init - plain or recursive */
int mtx_init(mtx_t *m, int type)
{
    pthread_mutexattr_t attr;
    int r;

    pthread_mutexattr_init(&attr);
    if (type & mtx_recursive)
        pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE);
    r = pthread_mutex_init(lock_of(m), &attr);
    pthread_mutexattr_destroy(&attr);
    return word(r);
}

/* mtx_lock - waits */
int mtx_lock(mtx_t *m)
{
    return word(pthread_mutex_lock(lock_of(m)));
}

/* mtx_unlock - lets go */
int mtx_unlock(mtx_t *m)
{
    return word(pthread_mutex_unlock(lock_of(m)));
}

/* mtx_destroy - no longer used */
void mtx_destroy(mtx_t *m)
{
    pthread_mutex_destroy(lock_of(m));
}

/* cnd_init - by the wall clock, as TIME_UTC */
int cnd_init(cnd_t *c)
{
    return word(pthread_cond_init(wake_of(c), NULL));
}

/* cnd_wait - until woken */
int cnd_wait(cnd_t *c, mtx_t *m)
{
    return word(pthread_cond_wait(wake_of(c), lock_of(m)));
}

/* cnd_timedwait - or until then */
int cnd_timedwait(cnd_t *c, mtx_t *m, const struct timespec *until)
{
    return word(pthread_cond_timedwait(wake_of(c), lock_of(m), until));
}

/* cnd_signal - one */
int cnd_signal(cnd_t *c)
{
    return word(pthread_cond_signal(wake_of(c)));
}

/* cnd_broadcast - all */
int cnd_broadcast(cnd_t *c)
{
    return word(pthread_cond_broadcast(wake_of(c)));
}

/* cnd_destroy - no longer used */
void cnd_destroy(cnd_t *c)
{
    pthread_cond_destroy(wake_of(c));
}
