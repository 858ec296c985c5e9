/* svc_test.c - a worker on a real broker: exactly once under kill -9, state that survives, dead
 * letters */
#include "tests/support/test.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "common/base/str.h"
#include "tests/support/worker.h"

enum { EACH = 40 };

/* exactly_once - two workers, one of them killed again and again */
static void exactly_once(void **arg)
{
    struct fixture *f = *arg;
    pid_t pid[2] = {start_worker("a"), start_worker("b")};
    struct result r;

    for (int i = 0; i < 6; i++) {
        send_claims(f, "CLAIM", 0, KEYS, EACH / 5);
        if (i == 5)
            break;
        usleep(700000);
        kill_worker(pid[i % 2]);
        usleep(100000);
        pid[i % 2] = start_worker(i % 2 ? "b" : "a");
    }
    r = wait_for(f, (size_t)KEYS * EACH / 5 * 6);
    stop_worker(pid[0]);
    stop_worker(pid[1]);
    assert_numbers(&r, KEYS, EACH / 5 * 6);
    assert_int_equal(r.n, KEYS * EACH / 5 * 6);
    assert_int_equal(strlen(r.traceparent), 55);
}

/* What is in the dead letters. */
struct dead {
    size_t n;
    struct bus_dead last;
    size_t value_len;
    char ce_id[80];
};

/* collect_dead - the last one's headers */
static int collect_dead(void *arg, const struct bus_message *m)
{
    struct dead *d = arg;

    d->n++;
    d->value_len = m->value_len;
    str_copy(d->ce_id, sizeof(d->ce_id), m->headers.ce_id);
    return bus_dead_headers(m, &d->last) ? 0 : 1;
}

/* poison - to the dead letters with its reason, nothing of it elsewhere, the rest flows on */
static void poison(void **arg)
{
    struct fixture *f = *arg;
    struct bus_record junk = {.topic = TOPIC_CLAIMS_CODED,
                              .partition = 1,
                              .key = "key-0",
                              .key_len = 5,
                              .value = "\xff\xff\xff",
                              .value_len = 3};
    struct err e = {0};
    struct bus_publisher *p = bus_publisher_open("test", f->conf, &e);
    struct dead d = {0};
    struct result r;
    pid_t pid;

    snprintf(junk.headers.ce_id, sizeof(junk.headers.ce_id), "junk");
    assert_int_equal(bus_publish(p, &junk, 1, 30000, &e), 0);
    bus_publisher_close(p);
    send_claims(f, "CLAIM", 0, 10, 2);
    send_claims(f, "POISON", 0, 10, 1);
    send_claims(f, "CLAIM", 0, 10, 2);
    pid = start_worker("a");
    r = wait_for(f, 40);
    stop_worker(pid);
    assert_numbers(&r, 10, 4);
    assert_int_equal(r.n, 40);
    assert_int_equal(bus_scan(f->conf, TOPIC_CLAIMS_CODED, true, 0, false, collect_dead, &d, &e),
                     0);
    assert_int_equal(d.n, 11);
    assert_string_equal(d.last.stage, "numbers");
    assert_true(str_starts(d.last.topic, f->prefix));
    assert_true(d.last.offset >= 0 && d.last.partition >= 0);
    assert_true(str_eq(d.last.reason, "poison") || str_eq(d.last.reason, "protobuf"));
    assert_true(d.ce_id[0] != '\0');
}

/* What a scan gave while each record given brought one more. */
struct echo {
    struct bus_publisher *bus;
    size_t n;
};

/* echo_one - to the last partition, whose end a scan is told last */
static int echo_one(void *arg, const struct bus_message *m)
{
    struct echo *x = arg;
    struct bus_record r = {.topic = m->topic,
                           .partition = 3,
                           .key = m->key,
                           .key_len = m->key_len,
                           .value = m->value,
                           .value_len = m->value_len,
                           .headers = m->headers};
    struct err e = {0};

    assert_int_equal(bus_publish(x->bus, &r, 1, 30000, &e), 0);
    return ++x->n > 1000;
}

/* scan_ends - at the end as it was, behind the marker of the last transaction, whatever is written
 * meanwhile */
static void scan_ends(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    struct echo x = {0};
    pid_t pid = start_worker("a");

    send_claims(f, "CLAIM", 0, 10, 2);
    assert_int_equal(wait_for(f, 20).n, 20);
    stop_worker(pid);
    x.bus = bus_publisher_open("test", f->conf, &e);
    assert_non_null(x.bus);
    assert_int_equal(bus_scan(f->conf, TOPIC_CLAIMS_CLEAN, false, 0, false, echo_one, &x, &e), 0);
    bus_publisher_close(x.bus);
    assert_int_equal(x.n, 20);
}

/* state_survives - stop and start; the copy lost; partitions moved to a second worker and back */
static void state_survives(void **arg)
{
    struct fixture *f = *arg;
    pid_t a = start_worker("a"), b;
    struct result r;
    char command[160];

    send_claims(f, "CLAIM", 0, KEYS, 2);
    assert_int_equal(wait_for(f, KEYS * 2).n, KEYS * 2);
    stop_worker(a);
    a = start_worker("a");
    send_claims(f, "CLAIM", 0, KEYS, 2);
    assert_int_equal(wait_for(f, KEYS * 4).n, KEYS * 4);
    stop_worker(a);
    snprintf(command, sizeof(command), "rm -rf '%s'/numbers-*", f->dir);
    assert_int_equal(system(command), 0);
    a = start_worker("a");
    send_claims(f, "CLAIM", 0, KEYS, 2);
    assert_int_equal(wait_for(f, KEYS * 6).n, KEYS * 6);
    b = start_worker("b");
    usleep(1500000);
    send_claims(f, "CLAIM", 0, KEYS, 2);
    assert_int_equal(wait_for(f, KEYS * 8).n, KEYS * 8);
    stop_worker(a);
    send_claims(f, "CLAIM", 0, KEYS, 2);
    r = wait_for(f, KEYS * 10);
    stop_worker(b);
    assert_numbers(&r, KEYS, 10);
    assert_int_equal(r.n, KEYS * 10);
}

/* hung_worker - stopped by SIGSTOP it loses its partitions; awake again it must not spoil what the
 * other did */
static void hung_worker(void **arg)
{
    struct fixture *f = *arg;
    pid_t a = start_worker("a"), b;
    struct result r;

    send_claims(f, "CLAIM", 0, KEYS, 2);
    assert_int_equal(wait_for(f, KEYS * 2).n, KEYS * 2);
    send_claims(f, "CLAIM", 0, KEYS, 10);
    usleep(30000);
    kill(a, SIGSTOP);
    b = start_worker("b");
    send_claims(f, "CLAIM", 0, KEYS, 2);
    assert_int_equal(wait_for(f, KEYS * 14).n, KEYS * 14);
    kill(a, SIGCONT);
    send_claims(f, "CLAIM", 0, KEYS, 2);
    r = wait_for(f, KEYS * 16);
    stop_worker(a);
    stop_worker(b);
    assert_numbers(&r, KEYS, 16);
    assert_int_equal(r.n, KEYS * 16);
}

/* timers_survive - set by one worker, fired by the next, once */
static void timers_survive(void **arg)
{
    struct fixture *f = *arg;
    pid_t a = start_worker("a");
    struct result r;
    char command[160];

    send_claims(f, "HOLD", 0, 20, 1);
    wait_for(f, 20);
    kill_worker(a);
    snprintf(command, sizeof(command), "rm -rf '%s'/numbers-*", f->dir);
    assert_int_equal(system(command), 0);
    a = start_worker("a");
    r = wait_for(f, 40);
    stop_worker(a);
    assert_int_equal(r.fired, 20);
    assert_int_equal(r.n, 40);
}

/* main - as the worker, or all tests */
int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(poison, worker_setup, worker_teardown),
        cmocka_unit_test_setup_teardown(scan_ends, worker_setup, worker_teardown),
        cmocka_unit_test_setup_teardown(state_survives, worker_setup, worker_teardown),
        cmocka_unit_test_setup_teardown(timers_survive, worker_setup, worker_teardown),
        cmocka_unit_test_setup_teardown(exactly_once, worker_setup, worker_teardown),
        cmocka_unit_test_setup_teardown(hung_worker, worker_setup, worker_teardown),
    };

    int as_worker = worker_main(argc, argv);

    if (as_worker >= 0)
        return as_worker;
    if (!getenv("CC_KAFKA")) {
        fprintf(stderr, "CC_KAFKA is not set: make component runs this\n");
        return 1;
    }
    setenv("KAFKA_BOOTSTRAP_SERVERS", getenv("CC_KAFKA"), 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
