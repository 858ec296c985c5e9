/* svc_test.c - a worker on a real broker: exactly once under kill -9, state that survives, dead
 * letters, brokers away
 *
 * The worker is this program itself, started with "worker": a stage that numbers the claims of each
 * key from its state. Lost or doubled work shows as a gap or a repeat in the numbers. */
#include "tests/support/test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/str.h"
#include "common/bus/bus.h"
#include "common/svc/svc.h"
#include "common/sys/clock.h"

enum { KEYS = 100, EACH = 40, PARTITIONS = 4, WAIT_S = 90 };

/* number - the claim's version = how many of this key came before, and one */
static int number(struct svc_ctx *x, const struct svc_message *m, struct err *e)
{
    ProtobufCMessage *raw, *old;
    CcClaim *c;
    int r;

    if (svc_unpack(x, m, NULL, &raw, e) < 0)
        return -1;
    c = (CcClaim *)(void *)raw;
    r = svc_get(x, m->key, &cc_claim__descriptor, &old, e);
    if (r < 0)
        return -1;
    c->version = r ? ((CcClaim *)(void *)old)->version + 1 : 1;
    if (svc_put(x, m->key, raw, e) < 0 || svc_emit(x, TOPIC_CLAIMS_CLEAN, m->key, raw, e) < 0)
        return -1;
    if (str_eq(c->claim_id, "POISON"))
        return err_set(e, ERR_REJECT, "poison", "asked to");
    return str_eq(c->claim_id, "HOLD") ? svc_timer_set(x, m->key, svc_now_ms(x) + 500, e) : 0;
}

/* fired - a claim of its own */
static int fired(struct svc_ctx *x, const char *name, int64_t due_ms, struct err *e)
{
    CcClaim *c = event_new(svc_arena(x), &cc_claim__descriptor);

    (void)due_ms;
    c->claim_id = arena_strdup(svc_arena(x), "FIRED");
    return svc_emit(x, TOPIC_CLAIMS_CLEAN, name, &c->base, e);
}

static const enum topic consume[] = {TOPIC_CLAIMS_CODED, TOPIC_NONE};
static const enum topic produce[] = {TOPIC_CLAIMS_CLEAN, TOPIC_NONE};
static const struct svc_spec spec = {
    .name = "numbers",
    .sentence = "numbers the claims of each key",
    .consume = consume,
    .produce = produce,
    .state = TOPIC_CLAIMS_HISTORY,
    .handle = number,
    .timer = fired,
};

/* What one test has: a prefix and a folder of its own. */
struct fixture {
    char prefix[64], dir[64];
    struct conf *conf;
};

static char self[4096];

/* setup - topics under a prefix nobody else has */
static int setup(void **arg)
{
    static int n;
    static const struct conf_row *const tables[] = {bus_settings, NULL};
    struct fixture *f = calloc(1, sizeof(*f));
    struct err e = {0};

    snprintf(f->prefix, sizeof(f->prefix), "svc%d-%d-", (int)getpid(), n++);
    snprintf(f->dir, sizeof(f->dir), "/tmp/cc-svc-test.XXXXXX");
    if (!mkdtemp(f->dir))
        return -1;
    setenv("KAFKA_BOOTSTRAP_SERVERS", getenv("CC_KAFKA"), 1);
    setenv("TOPIC_PREFIX", f->prefix, 1);
    setenv("STATE_DIR", f->dir, 1);
    setenv("KAFKA_SESSION_TIMEOUT_MS", "6000", 1);
    f->conf = conf_load(tables, &e);
    if (!f->conf || bus_topics_create(f->conf, PARTITIONS, 1, &e) < 0) {
        fprintf(stderr, "setup: %s\n", e.text);
        return -1;
    }
    *arg = f;
    return 0;
}

/* teardown - the folder */
static int teardown(void **arg)
{
    struct fixture *f = *arg;
    char command[128];

    snprintf(command, sizeof(command), "rm -rf '%s'", f->dir);
    if (system(command) != 0)
        return -1;
    conf_free(f->conf);
    free(f);
    return 0;
}

/* start_worker - its log in the test's folder's name, kept when the test fails */
static pid_t start_worker(const char *id)
{
    pid_t pid = fork();

    if (pid == 0) {
        char log[128];
        int fd;

        snprintf(log, sizeof(log), "%s/svc_test.%s.worker",
                 getenv("CC_BUILD") ? getenv("CC_BUILD") : "/tmp", id);
        fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0644);
        dup2(fd, STDERR_FILENO);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        setenv("WORKER_ID", id, 1);
        execl(self, self, "worker", (char *)NULL);
        _exit(127);
    }
    return pid;
}

/* stop_worker - SIGTERM ends it within its five seconds, with exit code 0 */
static void stop_worker(pid_t pid)
{
    int64_t from = clock_mono_us();
    int status;

    kill(pid, SIGTERM);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_true(clock_mono_us() - from < 7 * 1000000);
}

/* kill_worker - no time for anything */
static void kill_worker(pid_t pid)
{
    int status;

    kill(pid, SIGKILL);
    assert_int_equal(waitpid(pid, &status, 0), pid);
}

/* send_claims - claims with this id to keys first … last */
static void send_claims(struct fixture *f, const char *id, int first, int last, int each)
{
    struct arena *a = arena_new(1 << 26);
    struct err e = {0};
    struct bus_publisher *p = bus_publisher_open("test", f->conf, &e);
    size_t n = (size_t)(last - first) * (size_t)each, at = 0;
    struct bus_record *r = arena_array(a, n, sizeof(*r));
    CcClaim c;

    cc_claim__init(&c);
    c.claim_id = (char *)(uintptr_t)id;
    for (int i = 0; i < each; i++)
        for (int k = first; k < last; k++, at++) {
            uint8_t *bytes;

            assert_int_equal(event_pack(a, &c.base, &bytes, &r[at].value_len, &e), 0);
            r[at].value = bytes;
            r[at].topic = TOPIC_CLAIMS_CODED;
            r[at].partition = -1;
            r[at].key = arena_printf(a, "key-%d", k);
            r[at].key_len = strlen(r[at].key);
            snprintf(r[at].headers.ce_id, sizeof(r[at].headers.ce_id), "%s-%d-%d", id, k, i);
            snprintf(r[at].headers.traceparent, sizeof(r[at].headers.traceparent),
                     "00-%032d-%016d-01", k, i);
        }
    assert_int_equal(bus_publish(p, r, n, 30000, &e), 0);
    bus_publisher_close(p);
    arena_free(a);
}

/* What came out: per key the versions in their order. */
struct result {
    size_t n, wrong, fired;
    unsigned next[KEYS];
    char traceparent[64];
};

/* collect - the next number of its key, or wrong */
static int collect(void *arg, const struct bus_message *m)
{
    struct result *r = arg;
    CcClaim *c = cc_claim__unpack(NULL, m->value_len, m->value);
    int k = 0;

    if (!c || sscanf(m->key_len < 16 ? m->key : "", "key-%d", &k) != 1 || k < 0 || k >= KEYS)
        r->wrong++;
    else if (str_eq(c->claim_id, "FIRED"))
        r->fired++;
    else if (c->version != ++r->next[k])
        r->wrong++;
    r->n++;
    str_copy(r->traceparent, sizeof(r->traceparent), m->headers.traceparent);
    if (c)
        cc_claim__free_unpacked(c, NULL);
    return 0;
}

/* look - the whole output topic, as a reader of committed records sees it */
static struct result look(struct fixture *f)
{
    struct result r = {0};
    struct err e = {0};

    if (bus_scan(f->conf, TOPIC_CLAIMS_CLEAN, false, 0, false, collect, &r, &e) < 0)
        fail_msg("%s", e.text);
    return r;
}

/* wait_for - until so many are out, and a moment longer in case of too many */
static struct result wait_for(struct fixture *f, size_t n)
{
    int64_t until = clock_mono_us() + (int64_t)WAIT_S * 1000000;
    struct result r = look(f);

    while (r.n < n && clock_mono_us() < until) {
        usleep(200000);
        r = look(f);
    }
    usleep(300000);
    return look(f);
}

/* assert_numbers - each of the keys was numbered without gap or repeat up to `each` */
static void assert_numbers(const struct result *r, int keys, unsigned each)
{
    assert_int_equal(r->wrong, 0);
    for (int k = 0; k < keys; k++)
        assert_int_equal(r->next[k], each);
}

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
        cmocka_unit_test_setup_teardown(poison, setup, teardown),
        cmocka_unit_test_setup_teardown(state_survives, setup, teardown),
        cmocka_unit_test_setup_teardown(timers_survive, setup, teardown),
        cmocka_unit_test_setup_teardown(exactly_once, setup, teardown),
        cmocka_unit_test_setup_teardown(hung_worker, setup, teardown),
    };

    if (argc > 1 && str_eq(argv[1], "worker"))
        return svc_main(&spec, 1, argv);
    if (!getenv("CC_KAFKA") || readlink("/proc/self/exe", self, sizeof(self) - 1) < 0) {
        fprintf(stderr, "CC_KAFKA is not set: make component runs this\n");
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
