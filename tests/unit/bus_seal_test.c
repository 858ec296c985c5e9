/* bus_seal_test.c - values on the embedded broker: sealed on their way out, opened on their way in,
 * and what becomes of those that do not open */
#include "tests/support/test.h"

#include <fcntl.h>
#include <librdkafka/rdkafka.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/str.h"
#include "common/bus/bus.h"
#include "common/bus/mock.h"
#include "common/sys/clock.h"
#include "common/sys/vault.h"

#define KEY_A "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define KEY_B "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100"
#define SECRET "a patient's name and birth date"

enum { SECRET_LEN = sizeof(SECRET) - 1 };

static const enum topic consume[] = {TOPIC_CLAIMS_CODED, TOPIC_NONE};
static const enum topic produce[] = {TOPIC_CLAIMS_CLEAN, TOPIC_NONE};

struct fixture {
    struct mock *mock;
    struct conf *conf, *keyless;
    struct bus *bus;
    char path[40], other[40];
};

/* put - a file of keys */
static void put(const char *path, const char *text)
{
    int fd;

    chmod(path, 0600);
    fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
}

/* setup - a broker, settings with keys and without */
static int setup(void **arg)
{
    static const struct conf_row *const tables[] = {bus_settings, NULL};
    struct fixture *f = calloc(1, sizeof(*f));
    struct err e = {0};

    f->mock = mock_open(1, 1, "", &e);
    if (!f->mock)
        return -1;
    snprintf(f->path, sizeof(f->path), "/tmp/bus_seal_XXXXXX");
    snprintf(f->other, sizeof(f->other), "/tmp/bus_seal_XXXXXX");
    close(mkstemp(f->path));
    close(mkstemp(f->other));
    put(f->path, "a " KEY_A " current\n");
    put(f->other, "b " KEY_B " current\n");
    setenv("KAFKA_BOOTSTRAP_SERVERS", mock_bootstrap(f->mock), 1);
    setenv("KAFKA_SESSION_TIMEOUT_MS", "6000", 1);
    setenv("KAFKA_HEARTBEAT_INTERVAL_MS", "500", 1);
    setenv("KAFKA_FETCH_WAIT_MAX_MS", "10", 1);
    f->keyless = conf_load(tables, &e);
    f->conf = conf_load(tables, &e);
    *arg = f;
    return f->conf ? conf_set(f->conf, "PAYLOAD_KEYS_FILE", f->path, &e) : -1;
}

/* teardown - bus before broker */
static int teardown(void **arg)
{
    struct fixture *f = *arg;

    bus_close(f->bus);
    mock_close(f->mock);
    conf_free(f->conf);
    conf_free(f->keyless);
    unlink(f->path);
    unlink(f->other);
    free(f);
    return 0;
}

/* open_bus - with these settings */
static void open_bus(struct fixture *f, const struct conf *c)
{
    struct err e = {0};
    struct bus_options o = {
        .stage = "test", .consume = consume, .produce = produce, .state = TOPIC_CLAIMS_HISTORY};

    f->bus = bus_open(&o, c, &e);
    if (!f->bus)
        fail_msg("%s", e.text);
}

/* publish - one record to the input */
static void publish(const struct conf *c, const void *value, size_t n, bool keep_sealed)
{
    struct err e = {0};
    struct bus_publisher *p = bus_publisher_open("test", c, &e);
    struct bus_record r = {.topic = TOPIC_CLAIMS_CODED,
                           .partition = 0,
                           .key = "k1",
                           .key_len = 2,
                           .value = value,
                           .value_len = n,
                           .keep_sealed = keep_sealed,
                           .headers = {"id-1", "cleanclaim.v1.Claim", "test", 1772352000123, ""}};

    assert_non_null(p);
    assert_int_equal(bus_publish(p, &r, 1, 10000, &e), 0);
    bus_publisher_close(p);
}

/* next - the message that comes */
static void next(struct fixture *f, struct bus_message *m)
{
    int64_t until = clock_mono_us() + INT64_C(15000000);
    struct err e = {0};
    int r = 0;

    while (r == 0 && clock_mono_us() < until)
        r = bus_poll(f->bus, 50, m, &e);
    if (r != 1)
        fail_msg("no message: %s", e.text);
}

/* pass_on - a message in hand on, to where a stage would */
static void pass_on(struct fixture *f, const struct bus_message *m, enum topic t, bool dead)
{
    struct err e = {0};
    struct bus_record r = {.topic = t,
                           .dead = dead,
                           .keep_headers = dead,
                           .partition = 0,
                           .key = m->key,
                           .key_len = m->key_len,
                           .value = m->value,
                           .value_len = m->value_len,
                           .headers = m->headers,
                           .dead_reason = dead && m->fault ? m->fault->code : "test",
                           .dead_text = "why",
                           .dead_stage = "test"};

    assert_int_equal(bus_produce(f->bus, &r, &e), 0);
}

/* What a scan saw last. */
struct seen {
    int n;
    char value[512], header[64], fault[32];
    size_t len;
};

/* see - a record */
static int see(void *arg, const struct bus_message *m)
{
    struct seen *s = arg;
    rd_kafka_headers_t *h;
    const void *value;
    size_t n;

    s->n++;
    s->len = m->value_len;
    assert_true(m->value_len <= sizeof(s->value));
    memcpy(s->value, m->value, m->value_len);
    str_copy(s->fault, sizeof(s->fault), m->fault ? m->fault->code : "");
    s->header[0] = '\0';
    if (rd_kafka_message_headers(m->raw, &h) == RD_KAFKA_RESP_ERR_NO_ERROR &&
        rd_kafka_header_get_last(h, "seal.key", &value, &n) == RD_KAFKA_RESP_ERR_NO_ERROR)
        snprintf(s->header, sizeof(s->header), "%.*s", (int)n, (const char *)value);
    return 0;
}

/* scan - a topic, 0 or -1 with e's code */
static int scan(const struct conf *c, enum topic t, bool dead, struct seen *s, struct err *e)
{
    memset(s, 0, sizeof(*s));
    return bus_scan(c, t, dead, 0, false, see, s, e);
}

/* is_secret - the plain text and the key's id beside it */
static void is_secret(const struct seen *s, const char *key)
{
    assert_int_equal(s->len, SECRET_LEN);
    assert_memory_equal(s->value, SECRET, SECRET_LEN);
    assert_string_equal(s->header, key);
    assert_string_equal(s->fault, "");
}

/* replayed - a value read back */
static int replayed(void *arg, const struct bus_message *m, struct err *e)
{
    (void)e;
    assert_int_equal(m->value_len, SECRET_LEN);
    assert_memory_equal(m->value, SECRET, SECRET_LEN);
    (*(int *)arg)++;
    return 0;
}

/* sealed_on_the_way - input, output and state are sealed; handlers and readers see none of it */
static void sealed_on_the_way(void **arg)
{
    struct fixture *f = *arg;
    struct bus_message m;
    struct err e = {0};
    struct seen s;
    int64_t end;
    int n = 0;

    publish(f->conf, SECRET, SECRET_LEN, false);
    open_bus(f, f->conf);
    next(f, &m);
    assert_null(m.fault);
    assert_int_equal(m.value_len, SECRET_LEN);
    assert_memory_equal(m.value, SECRET, SECRET_LEN);
    assert_int_equal(bus_begin(f->bus, &e), 0);
    pass_on(f, &m, TOPIC_CLAIMS_CLEAN, false);
    pass_on(f, &m, TOPIC_CLAIMS_HISTORY, false);
    assert_int_equal(bus_commit(f->bus, &e), 0);
    for (size_t i = 0; i < 2; i++) {
        enum topic t = i ? TOPIC_CLAIMS_CLEAN : TOPIC_CLAIMS_CODED;

        assert_int_equal(scan(f->conf, t, false, &s, &e), 0);
        is_secret(&s, "a");
        assert_int_equal(scan(f->keyless, t, false, &s, &e), -1);
        assert_string_equal(e.code, "seal-key");
        assert_int_equal(bus_look(f->keyless, t, 0, 0, see, &s, &e), -1);
        assert_int_equal(bus_look(f->conf, t, 0, 0, see, &s, &e), 1);
        is_secret(&s, "a");
    }
    assert_int_equal(bus_replay(f->bus, TOPIC_CLAIMS_HISTORY, 0, 0, replayed, &n, &end, &e), 0);
    assert_int_equal(n, 1);
    bus_close(f->bus);
    open_bus(f, f->keyless);
    assert_int_equal(bus_replay(f->bus, TOPIC_CLAIMS_HISTORY, 0, 0, replayed, &n, &end, &e), -1);
    assert_int_equal(e.class, ERR_RETRY);
    assert_string_equal(e.code, "seal-key");
    assert_int_equal(n, 1);
}

/* moved - bytes sealed for another topic are told, kept as they are, and passed over by readers */
static void moved(void **arg)
{
    struct fixture *f = *arg;
    struct vault_place elsewhere = {"claims.clean", "k1", 2};
    struct err e = {0};
    struct vault *v = vault_open(f->path, true, &e);
    struct bus_message m;
    struct buf sealed;
    struct seen s;

    buf_init(&sealed);
    assert_int_equal(vault_seal(v, &elsewhere, SECRET, SECRET_LEN, &sealed, &e), 0);
    publish(f->conf, sealed.data, sealed.len, true);
    open_bus(f, f->conf);
    next(f, &m);
    assert_non_null(m.fault);
    assert_int_equal(m.fault->class, ERR_REJECT);
    assert_string_equal(m.fault->code, "seal");
    assert_int_equal(bus_begin(f->bus, &e), 0);
    pass_on(f, &m, TOPIC_CLAIMS_CODED, true);
    assert_int_equal(bus_commit(f->bus, &e), 0);
    assert_int_equal(scan(f->conf, TOPIC_CLAIMS_CODED, false, &s, &e), 0);
    assert_int_equal(s.n, 0);
    assert_int_equal(scan(f->conf, TOPIC_CLAIMS_CODED, true, &s, &e), 0);
    assert_string_equal(s.fault, "seal");
    assert_int_equal(s.len, sealed.len);
    assert_memory_equal(s.value, sealed.data, sealed.len);
    buf_release(&sealed);
    vault_close(v);
}

/* unknown_key - a dead letter that opens, and can be sent back, once the file has the key */
static void unknown_key(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    struct bus_message m;
    struct conf *c = f->conf;
    struct seen s, raw;

    assert_int_equal(conf_set(c, "PAYLOAD_KEYS_FILE", f->other, &e), 0);
    publish(c, SECRET, SECRET_LEN, false);
    assert_int_equal(conf_set(c, "PAYLOAD_KEYS_FILE", f->path, &e), 0);
    open_bus(f, c);
    next(f, &m);
    assert_string_equal(m.fault->code, "seal-key");
    assert_non_null(strstr(m.fault->text, "key b"));
    assert_int_equal(bus_begin(f->bus, &e), 0);
    pass_on(f, &m, TOPIC_CLAIMS_CODED, true);
    assert_int_equal(bus_commit(f->bus, &e), 0);
    assert_int_equal(scan(c, TOPIC_CLAIMS_CODED, true, &raw, &e), 0);
    assert_string_equal(raw.fault, "seal-key");
    assert_string_equal(raw.header, "b");
    put(f->path, "a " KEY_A " current\nb " KEY_B "\n");
    assert_int_equal(scan(c, TOPIC_CLAIMS_CODED, true, &s, &e), 0);
    is_secret(&s, "b");
    publish(c, raw.value, raw.len, true); /* as it is */
    next(f, &m);
    assert_null(m.fault);
    assert_memory_equal(m.value, SECRET, SECRET_LEN);
    publish(c, s.value, s.len, false); /* opened, and sealed again under the current key */
    next(f, &m);
    assert_null(m.fault);
    assert_memory_equal(m.value, SECRET, SECRET_LEN);
}

/* clear_refused - after a site has moved over; the letter it becomes is sealed */
static void clear_refused(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    struct bus_message m;
    struct seen s;

    publish(f->keyless, SECRET, SECRET_LEN, false);
    assert_int_equal(scan(f->conf, TOPIC_CLAIMS_CODED, false, &s, &e), 0);
    is_secret(&s, "");
    assert_int_equal(conf_set(f->conf, "PAYLOAD_CLEAR", "refuse", &e), 0);
    open_bus(f, f->conf);
    next(f, &m);
    assert_string_equal(m.fault->code, "seal-clear");
    assert_int_equal(bus_begin(f->bus, &e), 0);
    pass_on(f, &m, TOPIC_CLAIMS_CODED, true);
    assert_int_equal(bus_commit(f->bus, &e), 0);
    assert_int_equal(scan(f->conf, TOPIC_CLAIMS_CODED, true, &s, &e), 0);
    is_secret(&s, "a");
    assert_int_equal(scan(f->conf, TOPIC_CLAIMS_CODED, false, &s, &e), 0);
    assert_int_equal(s.n, 0);
}

/* a_bad_file_stops - before anything is read or written */
static void a_bad_file_stops(void **arg)
{
    struct fixture *f = *arg;
    struct err e = {0};
    struct seen s;

    put(f->path, "a 00 current\n");
    assert_null(bus_publisher_open("test", f->conf, &e));
    assert_string_equal(e.code, "setting");
    assert_int_equal(scan(f->conf, TOPIC_CLAIMS_CODED, false, &s, &e), -1);
    assert_int_equal(e.class, ERR_FATAL);
}

/* main - each with a broker of its own */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(sealed_on_the_way, setup, teardown),
        cmocka_unit_test_setup_teardown(moved, setup, teardown),
        cmocka_unit_test_setup_teardown(unknown_key, setup, teardown),
        cmocka_unit_test_setup_teardown(clear_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(a_bad_file_stops, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
