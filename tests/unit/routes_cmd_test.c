/* routes_cmd_test.c - cleanclaim routes on the embedded broker: what deliver remembers, and a held
 * file once more */
#include "tests/support/test.h"

#include <stdio.h>
#include <unistd.h>

#include "common/bus/mock.h"
#include "services/cleanclaim/live.h"

enum { WAIT_MS = 10000, OUT = 1 << 14 };

static struct mock *mock;
static struct conf *conf;
static struct arena *memory;
static char out[OUT]; /* what the last command printed */

/* setup - a broker with all topics; the command finds it by the environment */
static int setup(void **state)
{
    struct err e = {0};

    (void)state;
    mock = mock_open(1, 2, "", &e);
    if (!mock)
        return -1;
    setenv("KAFKA_BOOTSTRAP_SERVERS", mock_bootstrap(mock), 1);
    setenv("KAFKA_FETCH_WAIT_MAX_MS", "10", 1);
    conf = live_conf();
    memory = arena_new((size_t)1 << 22);
    return conf && memory ? 0 : -1;
}

/* teardown - all of it */
static int teardown(void **state)
{
    (void)state;
    mock_close(mock);
    conf_free(conf);
    arena_free(memory);
    return 0;
}

/* publish - one record; m NULL: the key is gone */
static void publish(enum topic t, const char *key, const ProtobufCMessage *m)
{
    struct err e = {0};
    struct bus_publisher *bus = bus_publisher_open("test", conf, &e);
    struct bus_record r = {.topic = t, .partition = -1, .key = key, .key_len = strlen(key)};
    uint8_t *bytes;

    assert_non_null(bus);
    if (m) {
        assert_int_equal(event_pack(memory, m, &bytes, &r.value_len, &e), 0);
        r.value = bytes;
    }
    assert_int_equal(bus_publish(bus, &r, 1, WAIT_MS, &e), 0);
    bus_publisher_close(bus);
}

/* outbound - a file of deliver's state */
static void outbound(const char *key, const char *file, int64_t since_ms)
{
    CcOutbound *o = event_new(memory, &cc_outbound__descriptor);

    o->file_name = arena_strdup(memory, file);
    o->since_ms = since_ms;
    o->code = arena_strdup(memory, "refused");
    o->text = arena_strdup(memory, "status 422");
    publish(TOPIC_INTERCHANGES_PENDING, key, &o->base);
}

/* run - the command; its exit code */
static int run(char *word, char *file)
{
    char name[] = "routes", *argv[] = {name, word, file, NULL};
    int keep = dup(1), code;
    FILE *printed = tmpfile();

    fflush(stdout);
    dup2(fileno(printed), 1);
    code = cmd_routes(file ? 3 : word ? 2 : 1, argv);
    fflush(stdout);
    dup2(keep, 1);
    close(keep);
    rewind(printed);
    out[fread(out, 1, OUT - 1, printed)] = '\0';
    fclose(printed);
    return code;
}

/* lists - nothing; then one route that is well, one that fails and holds */
static void lists(void **state)
{
    CcRouteState *r = event_new(memory, &cc_route_state__descriptor);
    char json[] = "--json";

    (void)state;
    assert_int_equal(run(json, NULL), 0);
    assert_string_equal(out, "");
    outbound("sent/A/000000100", "a100", 1);
    outbound("wait/A/000000200", "a200", 1);
    publish(TOPIC_INTERCHANGES_PENDING, "wait/A/000000200", NULL);
    outbound("sent/A/000000200", "a200", 1);
    assert_int_equal(run(json, NULL), 0);
    assert_non_null(strstr(out, "\"receiver\":\"A\",\"sent\":2,\"waiting\":0,\"held\":0"));
    r->failures = 3;
    r->text = arena_strdup(memory, "no answer");
    publish(TOPIC_INTERCHANGES_PENDING, "route/B", &r->base);
    outbound("wait/B/000000300", "b300", 7);
    outbound("wait/B/000000200", "b200", 5);
    outbound("held/B/000000100", "b100", 1);
    assert_int_equal(run(json, NULL), 1);
    assert_non_null(strstr(out, "\"receiver\":\"B\",\"sent\":0,\"waiting\":2,\"held\":1,"
                                "\"failures\":3"));
    assert_non_null(strstr(out, "\"oldest_ms\":5"));
    assert_int_equal(run(NULL, NULL), 1);
    assert_non_null(strstr(out, "  3  no answer"));
    assert_non_null(strstr(out, "held b100: status 422 (refused)"));
}

/* seen - the last interchange of the topic */
static int seen(void *arg, const struct bus_message *raw, const ProtobufCMessage *m)
{
    const CcInterchange *f = (const CcInterchange *)(const void *)m;

    assert_int_equal(raw->key_len, 1);
    ((uint32_t *)arg)[0]++;
    ((uint32_t *)arg)[1] = f->attempt;
    return 0;
}

/* sends_again - a held file as it was written, as the next attempt; no other */
static void sends_again(void **state)
{
    CcInterchange *f = event_new(memory, &cc_interchange__descriptor);
    char word[] = "again", held[] = "b100", other[] = "a100", bad[] = "never";
    uint32_t n[2] = {0, 0};

    (void)state;
    f->receiver = arena_strdup(memory, "B");
    f->file_name = arena_strdup(memory, "b100");
    publish(TOPIC_INTERCHANGES, "B", &f->base);
    outbound("held/B/000000100", "b100", 1);
    outbound("sent/A/000000100", "a100", 1);
    outbound("held/C/000000100", "c100", 1);
    assert_int_equal(run(word, other), 1);
    assert_int_equal(run(bad, held), 2);
    assert_int_equal(run(word, held), 0);
    assert_int_equal(live_each(conf, TOPIC_INTERCHANGES, 0, false, seen, n), 0);
    assert_int_equal(n[0], 2);
    assert_int_equal(n[1], 1);
    assert_int_equal(run(word, (char[]){"c100"}), 3); /* its bytes are nowhere */
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {CASE(lists), CASE(sends_again)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
