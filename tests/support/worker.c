/* worker.c - the stage, the process and the records of worker.h */
#include "tests/support/worker.h"

#include "tests/support/test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/str.h"
#include "common/sys/clock.h"
#include "common/tables/sheet.h"
#include "common/tables/snapshot.h"

enum { WAIT_S = 120 };

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

/* worker_main - as the worker, with or without tables? */
int worker_main(int argc, char **argv)
{
    static const enum table_id tables[] = {TABLE_POS, TABLE_MAX};
    struct svc_spec with_tables = spec;

    if (argc < 2 || !str_eq(argv[1], "worker"))
        return -1;
    if (getenv("CC_TEST_TABLES"))
        with_tables.tables = tables;
    return svc_main(&with_tables, 1, argv);
}

/* worker_snapshot - one place of service */
void worker_snapshot(const char *edition, int32_t from, int32_t to, struct buf *out)
{
    struct snapshot_head h = {
        .table = TABLE_POS, .from = from, .to = to, .starts = from, .until = to, .reach = from};
    struct sheet s;
    struct err e = {0};

    str_copy(h.edition, sizeof(h.edition), edition);
    memset(h.source_sha256, '0', 64);
    sheet_init(&s, TABLE_POS);
    assert_true(sheet_row(&s, span_of("11"), (struct span){"", 0}, 0, 0));
    sheet_text(&s, "Office");
    sheet_end(&s);
    buf_init(out);
    assert_int_equal(sheet_write(&s, &h, out, &e), 0);
    sheet_release(&s);
}

/* worker_setup - topics under a prefix nobody else has */
int worker_setup(void **arg)
{
    static int n;
    static const struct conf_row *const tables[] = {bus_settings, NULL};
    struct fixture *f = calloc(1, sizeof(*f));
    struct err e = {0};

    snprintf(f->prefix, sizeof(f->prefix), "svc%d-%d-", (int)getpid(), n++);
    snprintf(f->dir, sizeof(f->dir), "/tmp/cc-svc-test.XXXXXX");
    if (!mkdtemp(f->dir))
        return -1;
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

/* worker_teardown - the folder */
int worker_teardown(void **arg)
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
pid_t start_worker(const char *id)
{
    pid_t pid = fork();

    if (pid == 0) {
        char log[128];
        int fd;

        snprintf(log, sizeof(log), "%s/tests/component/%s.worker",
                 getenv("CC_BUILD") ? getenv("CC_BUILD") : "/tmp", id);
        fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0644);
        dup2(fd, STDERR_FILENO);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        setenv("WORKER_ID", id, 1);
        execl("/proc/self/exe", "worker", "worker", (char *)NULL);
        _exit(127);
    }
    return pid;
}

/* stop_worker - SIGTERM ends it within its five seconds, with exit code 0 */
void stop_worker(pid_t pid)
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
void kill_worker(pid_t pid)
{
    int status;

    kill(pid, SIGKILL);
    assert_int_equal(waitpid(pid, &status, 0), pid);
}

/* send_claims - claims with this id to keys first … last */
void send_claims(struct fixture *f, const char *id, int first, int last, int each)
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
struct result look(struct fixture *f)
{
    struct result r = {0};
    struct err e = {0};

    if (bus_scan(f->conf, TOPIC_CLAIMS_CLEAN, false, 0, false, collect, &r, &e) < 0)
        fail_msg("%s", e.text);
    return r;
}

/* wait_for - until so many are out, and a moment longer in case of too many */
struct result wait_for(struct fixture *f, size_t n)
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
void assert_numbers(const struct result *r, int keys, unsigned each)
{
    assert_int_equal(r->wrong, 0);
    for (int k = 0; k < keys; k++)
        assert_int_equal(r->next[k], each);
}
