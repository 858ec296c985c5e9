/* worker.h - a worker under test on a real broker, and what goes in and comes out of it
 *
 * The stage numbers the claims of each key from its state: lost or doubled work shows as a gap or a
 * repeat in the numbers. The worker is the test program itself, started with "worker" as its
 * argument: its main calls worker_main first. */
#ifndef CC_TESTS_WORKER_H
#define CC_TESTS_WORKER_H

#include <stdbool.h>
#include <sys/types.h>

#include "common/base/str.h"
#include "common/bus/bus.h"
#include "common/svc/svc.h"

enum { KEYS = 100, PARTITIONS = 4 };

/* What one test has: topics under a prefix nobody else has, and a folder of state of its own. */
struct fixture {
    char prefix[64], dir[64];
    struct conf *conf;
};

/* What came out: per key the versions in their order. */
struct result {
    size_t n, wrong, fired;
    unsigned next[KEYS];
    char traceparent[64];
};

/* In main: the worker's life, when the program was started as one; -1: it was not. */
int worker_main(int argc, char **argv);
/* cmocka's setup and teardown: topics at KAFKA_BOOTSTRAP_SERVERS. */
int worker_setup(void **arg);
int worker_teardown(void **arg);

pid_t start_worker(const char *id);
void stop_worker(pid_t pid); /* SIGTERM ends it within its five seconds, with exit code 0 */
void kill_worker(pid_t pid); /* SIGKILL */
/* Claims with this id to keys first … last - 1, `each` times. Ids "POISON" and "HOLD" have their
 * own meaning. */
void send_claims(struct fixture *f, const char *id, int first, int last, int each);
struct result
look(struct fixture *f); /* the whole output, as a reader of committed records sees it */
struct result
wait_for(struct fixture *f,
         size_t n); /* until so many are out, and a moment longer in case of too many */
/* The bytes of an edition of a small table, "pos", which the worker needs when CC_TEST_TABLES is
 * set. */
void worker_snapshot(const char *edition, int32_t from, int32_t to, struct buf *out);
/* Each of the first keys was numbered without gap or repeat up to `each`. */
void assert_numbers(const struct result *r, int keys, unsigned each);

#endif
