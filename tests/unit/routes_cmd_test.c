/* routes_cmd_test.c - cleanclaim routes on the embedded broker: what deliver remembers, and a held
 * file once more */
#include "tests/support/test.h"

#include "tests/support/command.h"

/* outbound - a file of deliver's state */
static void outbound(struct command *c, const char *key, const char *file, int64_t since_ms)
{
    CcOutbound *o = event_new(c->a, &cc_outbound__descriptor);

    o->file_name = arena_strdup(c->a, file);
    o->since_ms = since_ms;
    o->code = arena_strdup(c->a, "refused");
    o->text = arena_strdup(c->a, "status 422");
    command_publish(c, TOPIC_INTERCHANGES_PENDING, -1, key, &o->base);
}

/* run - the command with words after its name */
static int run(struct command *c, const char *words)
{
    return command_run(c, cmd_routes, words);
}

/* lists - nothing; then one route that is well, one that fails and holds */
static void lists(void **state)
{
    struct command *c = *state;
    CcRouteState *r = event_new(c->a, &cc_route_state__descriptor);

    assert_int_equal(run(c, "--json"), 0);
    assert_string_equal(c->out, "");
    outbound(c, "sent/A/000000100", "a100", 1);
    outbound(c, "wait/A/000000200", "a200", 1);
    command_publish(c, TOPIC_INTERCHANGES_PENDING, -1, "wait/A/000000200", NULL);
    outbound(c, "sent/A/000000200", "a200", 1);
    assert_int_equal(run(c, "--json"), 0);
    assert_non_null(strstr(c->out, "\"receiver\":\"A\",\"sent\":2,\"waiting\":0,\"held\":0"));
    r->failures = 3;
    r->text = arena_strdup(c->a, "no answer");
    command_publish(c, TOPIC_INTERCHANGES_PENDING, -1, "route/B", &r->base);
    outbound(c, "wait/B/000000300", "b300", 7);
    outbound(c, "wait/B/000000200", "b200", 5);
    outbound(c, "held/B/000000100", "b100", 1);
    assert_int_equal(run(c, "--json"), 1);
    assert_non_null(strstr(c->out, "\"receiver\":\"B\",\"sent\":0,\"waiting\":2,\"held\":1,"
                                   "\"failures\":3"));
    assert_non_null(strstr(c->out, "\"oldest_ms\":5"));
    assert_int_equal(run(c, ""), 1);
    assert_non_null(strstr(c->out, "  3  no answer"));
    assert_non_null(strstr(c->out, "held b100: status 422 (refused)"));
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
    struct command *c = *state;
    CcInterchange *f = event_new(c->a, &cc_interchange__descriptor);
    uint32_t n[2] = {0, 0};

    f->receiver = arena_strdup(c->a, "B");
    f->file_name = arena_strdup(c->a, "b100");
    command_publish(c, TOPIC_INTERCHANGES, -1, "B", &f->base);
    outbound(c, "held/B/000000100", "b100", 1);
    outbound(c, "sent/A/000000100", "a100", 1);
    outbound(c, "held/C/000000100", "c100", 1);
    assert_int_equal(run(c, "again a100"), 1);
    assert_int_equal(run(c, "never b100"), 2);
    assert_int_equal(run(c, "again b100"), 0);
    assert_int_equal(live_each(c->conf, TOPIC_INTERCHANGES, 0, false, seen, n), 0);
    assert_int_equal(n[0], 2);
    assert_int_equal(n[1], 1);
    assert_int_equal(run(c, "again c100"), 3); /* its bytes are nowhere */
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, command_setup, command_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {CASE(lists), CASE(sends_again)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
