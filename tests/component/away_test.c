/* away_test.c - brokers and Redis that are away: at the start, in the middle, hung; the worker
 * waits and says so
 *
 * Has a Kafka and a Redis of its own, because it kills them. */
#include "tests/support/test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/str.h"
#include "common/store/store.h"
#include "common/sys/clock.h"
#include "tests/support/worker.h"

enum { WAIT_S = 60 };

static char folder[64];

/* script - one of deploy/local on the folder of this test; its last line */
static void script(const char *command, char *out, size_t size)
{
    char line[512];
    FILE *f;

    snprintf(line, sizeof(line), "deploy/local/%s | tail -n 1", command);
    f = popen(line, "r");
    assert_non_null(f);
    if (!fgets(line, sizeof(line), f))
        line[0] = '\0';
    assert_int_equal(pclose(f), 0);
    line[strcspn(line, "\n")] = '\0';
    if (out)
        assert_true(str_copy(out, size, line));
}

/* kafka - a verb of kafka.sh */
static void kafka(const char *verb)
{
    char command[160];

    snprintf(command, sizeof(command), "kafka.sh %s %s/kafka", verb, folder);
    script(command, NULL, 0);
}

/* redis - a verb of redis.sh */
static void redis(const char *verb)
{
    char command[160], url[128];

    snprintf(command, sizeof(command), "redis.sh %s %s/redis", verb, folder);
    script(command, url, sizeof(url));
    if (url[0])
        setenv("REDIS_URL", url, 1);
}

/* broker_pid - of the one broker */
static pid_t broker_pid(void)
{
    char path[128];
    int pid = 0;
    FILE *f;

    snprintf(path, sizeof(path), "%s/kafka/1/pid", folder);
    f = fopen(path, "r");
    assert_non_null(f);
    assert_int_equal(fscanf(f, "%d", &pid), 1);
    fclose(f);
    return pid;
}

/* free_port - nobody listens there */
static int free_port(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t n = sizeof(at);
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &n), 0);
    close(fd);
    return ntohs(at.sin_port);
}

/* get - status of a page, its body appended; -1: nobody answers */
static int get(int port, const char *page, char *body, size_t size)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_addr = {htonl(INADDR_LOOPBACK)},
                             .sin_port = htons((uint16_t)port)};
    int fd = socket(AF_INET, SOCK_STREAM, 0), status = -1;
    size_t len = 0;
    ssize_t n;

    body[0] = '\0';
    if (connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0) {
        dprintf(fd, "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", page);
        while (len + 1 < size && (n = read(fd, body + len, size - 1 - len)) > 0)
            len += (size_t)n;
        body[len] = '\0';
        if (sscanf(body, "HTTP/1.1 %d", &status) != 1)
            status = -1;
    }
    close(fd);
    return status;
}

/* until - the page answers so and its body holds the text */
static void until(int port, const char *page, int status, const char *text)
{
    int64_t end = clock_mono_us() + (int64_t)WAIT_S * 1000000;
    static char body[65536];
    int got = 0;

    while (clock_mono_us() < end) {
        got = get(port, page, body, sizeof(body));
        if (got == status && strstr(body, text))
            return;
        usleep(100000);
    }
    fail_msg("%s: %d wanted with '%s', last: %d %s", page, status, text, got, body);
}

/* setup - a free port for the probes */
static int setup(void **arg)
{
    char port[16];

    snprintf(port, sizeof(port), "%d", free_port());
    setenv("HTTP_PORT", port, 1);
    return worker_setup(arg);
}

/* probe_port - of the next worker */
static int probe_port(void)
{
    int64_t port;

    assert_true(str_to_i64(getenv("HTTP_PORT"), &port));
    return (int)port;
}

/* stale_s - how long the worker says that it has not heard of its tables; -1: it does not say */
static double stale_s(void)
{
    static const char name[] = "\ncleanclaim_tables_stale_seconds{stage=\"numbers\"} ";
    static char body[65536];
    const char *at =
        get(probe_port(), "/metrics", body, sizeof(body)) == 200 ? strstr(body, name) : NULL;

    return at ? strtod(at + strlen(name), NULL) : -1;
}

/* broker_away_at_start - alive, not ready; then it works */
static void broker_away_at_start(void **arg)
{
    struct fixture *f = *arg;
    struct result r;
    pid_t pid;

    send_claims(f, "CLAIM", 0, KEYS, 1);
    kafka("stop");
    pid = start_worker("away-start");
    until(probe_port(), "/readyz", 503, "not in the group yet");
    until(probe_port(), "/healthz", 200, "alive");
    kafka("start");
    until(probe_port(), "/readyz", 200, "ready");
    r = wait_for(f, KEYS);
    stop_worker(pid);
    assert_numbers(&r, KEYS, 1);
    assert_int_equal(r.n, KEYS);
}

/* broker_killed - kill -9 in the middle; what it had comes back with it */
static void broker_killed(void **arg)
{
    struct fixture *f = *arg;
    pid_t a = start_worker("killed");
    struct result r;

    send_claims(f, "CLAIM", 0, KEYS, 20);
    usleep(100000);
    kafka("kill9");
    until(probe_port(), "/metrics", 200, "\ncleanclaim_broker_up{stage=\"numbers\"} 0");
    kafka("start");
    send_claims(f, "CLAIM", 0, KEYS, 5);
    r = wait_for(f, KEYS * 25);
    until(probe_port(), "/readyz", 200, "ready");
    until(probe_port(), "/metrics", 200, "\ncleanclaim_broker_up{stage=\"numbers\"} 1");
    stop_worker(a);
    assert_numbers(&r, KEYS, 25);
    assert_int_equal(r.n, KEYS * 25);
}

/* broker_hangs - SIGSTOP for longer than a commit may take, again and again while records flow:
 * commits whose end is uncertain are settled, not guessed */
static void broker_hangs(void **arg)
{
    struct fixture *f = *arg;
    pid_t a = start_worker("hangs");
    struct result r;

    wait_for(f, 0);
    for (int i = 0; i < 3; i++) {
        send_claims(f, "CLAIM", 0, KEYS, 10);
        usleep(20000);
        kill(broker_pid(), SIGSTOP);
        sleep(i == 2 ? 12 : 3);
        kill(broker_pid(), SIGCONT);
    }
    r = wait_for(f, KEYS * 30);
    stop_worker(a);
    assert_numbers(&r, KEYS, 30);
    assert_int_equal(r.n, KEYS * 30);
}

/* stops_without_broker - SIGTERM is obeyed in time when nobody answers */
static void stops_without_broker(void **arg)
{
    struct fixture *f = *arg;
    pid_t a = start_worker("stops");

    until(probe_port(), "/readyz", 200, "ready");
    send_claims(f, "CLAIM", 0, KEYS, 5);
    kill(broker_pid(), SIGSTOP);
    usleep(300000);
    stop_worker(a);
    kill(broker_pid(), SIGCONT);
}

/* publish - an edition of the little table of discharge codes */
static void publish(const char *edition, int32_t from, int32_t to)
{
    static const struct conf_row *const rows[] = {store_settings, NULL};
    struct err e = {0};
    struct conf *c = conf_load(rows, &e);
    struct store *s = store_new(c, &e);
    struct buf b;
    bool changed;

    worker_snapshot(edition, from, to, &b);
    if (store_publish(s, b.data, b.len, &changed, &e) < 0)
        fail_msg("%s", e.text);
    buf_release(&b);
    store_free(s);
    conf_free(c);
}

/* redis_away - at the start: waits and says so; in the middle: goes on with what it has; back with
 * more: swaps */
static void redis_away(void **arg)
{
    struct fixture *f = *arg;
    struct result r;
    int64_t from;
    pid_t pid;

    redis("stop");
    setenv("CC_TEST_TABLES", "1", 1);
    setenv("TABLES_POLL_MS", "200", 1);
    send_claims(f, "CLAIM", 0, KEYS, 1);
    pid = start_worker("redis");
    until(probe_port(), "/readyz", 503, "no tables yet");
    redis("start");
    sleep(1);
    until(probe_port(), "/readyz", 503, "no tables yet");
    publish("2025", 20250101, 20251231);
    until(probe_port(), "/readyz", 200, "ready");
    assert_int_equal(wait_for(f, KEYS).n, KEYS);
    from = clock_mono_us();
    redis("kill9");
    send_claims(f, "CLAIM", 0, KEYS, 1);
    assert_int_equal(wait_for(f, KEYS * 2).n, KEYS * 2);
    until(probe_port(), "/readyz", 200, "ready");
    while (stale_s() < 1) {
        assert_true(clock_mono_us() - from < (int64_t)WAIT_S * 1000000);
        usleep(100000);
    }
    assert_true(stale_s() <= (double)(clock_mono_us() - from) / 1000000 + 1);
    redis("start");
    until(probe_port(), "/metrics", 200,
          "\ncleanclaim_tables_stale_seconds{stage=\"numbers\"} 0.0");
    publish("2026", 20260101, 20261231);
    until(probe_port(), "/metrics", 200, "version=\"2026\"");
    r = wait_for(f, KEYS * 2);
    stop_worker(pid);
    unsetenv("CC_TEST_TABLES");
    assert_numbers(&r, KEYS, 2);
}

/* probes_answer - the pages, and what is none of them */
static void probes_answer(void **arg)
{
    struct fixture *f = *arg;
    pid_t pid = start_worker("probes");

    until(probe_port(), "/readyz", 200, "ready");
    send_claims(f, "CLAIM", 0, KEYS, 1);
    wait_for(f, KEYS);
    until(probe_port(), "/metrics", 200,
          "\ncleanclaim_events_consumed_total{stage=\"numbers\"} 100");
    until(probe_port(), "/metrics", 200,
          "cleanclaim_txn_total{stage=\"numbers\",result=\"committed\"}");
    until(probe_port(), "/metrics", 200, "cleanclaim_build_info{stage=\"numbers\",version=");
    until(probe_port(), "/metrics", 200, "cleanclaim_assigned_partitions{stage=\"numbers\"} 4");
    until(probe_port(), "/other", 404, "");
    stop_worker(pid);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, worker_teardown)

/* group_setup - a Kafka and a Redis */
static int group_setup(void **arg)
{
    char command[160], address[128];

    (void)arg;
    snprintf(folder, sizeof(folder), "/tmp/cc-away-test.XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(command, sizeof(command), "kafka.sh start %s/kafka", folder);
    script(command, address, sizeof(address));
    setenv("KAFKA_BOOTSTRAP_SERVERS", address, 1);
    redis("start");
    return 0;
}

/* group_teardown - both end, their folder goes */
static int group_teardown(void **arg)
{
    char command[160];

    (void)arg;
    kafka("stop");
    redis("stop");
    snprintf(command, sizeof(command), "rm -rf '%s'", folder);
    return system(command) == 0 ? 0 : -1;
}

/* main - as the worker, or all tests */
int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        T(probes_answer), T(broker_away_at_start), T(broker_killed),
        T(broker_hangs),  T(stops_without_broker), T(redis_away),
    };
    int as_worker = worker_main(argc, argv);

    return as_worker >= 0 ? as_worker : cmocka_run_group_tests(tests, group_setup, group_teardown);
}
