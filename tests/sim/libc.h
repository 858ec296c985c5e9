/* libc.h - the names under which the linker knows replaced functions (--wrap) */
#ifndef CC_TESTS_SIM_LIBC_H
#define CC_TESTS_SIM_LIBC_H

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <time.h>
#include <unistd.h>

#include "common/bus/bus.h"
#include "common/state/state.h"
#include "common/sys/log.h"

/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): the linker's names */
int __wrap_clock_gettime(clockid_t id, struct timespec *t);
int __wrap_nanosleep(const struct timespec *t, struct timespec *left);
int __wrap_usleep(useconds_t us);
bool __wrap_svc_stopping(void);
int __wrap_sigaction(int sig, const struct sigaction *new, struct sigaction *old);
int __wrap_setpriority(int which, id_t who, int value);
int __wrap_pthread_create(pthread_t *t, const pthread_attr_t *attr, void *(*fn)(void *), void *arg);
int __wrap_pthread_join(pthread_t t, void **result);
int __wrap_pthread_timedjoin_np(pthread_t t, void **result, const struct timespec *until);
int __wrap_pthread_detach(pthread_t t);
int __wrap_pthread_cond_timedwait(pthread_cond_t *c, pthread_mutex_t *m,
                                  const struct timespec *until);
int __wrap_pthread_cond_signal(pthread_cond_t *c);
int __wrap_pthread_mutex_lock(pthread_mutex_t *m);
int __wrap_pthread_rwlock_rdlock(pthread_rwlock_t *l);
int __wrap_pthread_rwlock_wrlock(pthread_rwlock_t *l);
int __wrap_fsync(int fd);
int __wrap_rename(const char *from, const char *to);
int __wrap_flock(int fd, int how);
int __wrap_close(int fd);
void __wrap_log_write(enum log_level level, const char *event, const struct log_field *fields);
void __wrap_log_err(enum log_level level, const char *event, const struct err *e);

int __wrap_bus_abort(struct bus *b, struct err *e);
int __wrap_bus_produce(struct bus *b, const struct bus_record *r, struct err *e);
void __wrap_state_abort(struct state *s);

int __real_bus_abort(struct bus *b, struct err *e);
int __real_bus_produce(struct bus *b, const struct bus_record *r, struct err *e);
void __real_state_abort(struct state *s);
int __real_clock_gettime(clockid_t id, struct timespec *t);
int __real_rename(const char *from, const char *to);
int __real_flock(int fd, int how);
int __real_close(int fd);
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */

#endif
