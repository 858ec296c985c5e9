/* trace_test.c - trace context as W3C has it, spans as OTLP's JSON, and the collector that is slow
 * or away */
#include "tests/support/test.h"

#include <jansson.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "common/base/str.h"
#include "common/svc/otlp.h"
#include "common/svc/recall.h"
#include "common/svc/svc.h"
#include "common/sys/clock.h"
#include "common/sys/metric.h"
#include "tests/support/port.h"

#define CAUSE "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

/* goes_on - the trace, its parent and its mark are the cause's; the span is not */
static void goes_on(void **state)
{
    struct trace t, again, other;
    char text[TRACE_TEXT];

    (void)state;
    trace_step(&t, CAUSE, "id", "coder", 0);
    assert_string_equal(t.id, "0af7651916cd43dd8448eb211c80319c");
    assert_string_equal(t.parent, "b7ad6b7169203331");
    assert_true(t.sampled);
    assert_int_equal(strlen(t.span), 16);
    trace_step(&again, CAUSE, "id", "coder", 0);
    assert_string_equal(again.span, t.span);
    trace_step(&other, CAUSE, "id", "validator", 0);
    assert_string_not_equal(other.span, t.span);
    trace_step(&other, trace_text(&t, text), "id2", "validator", 0);
    assert_string_equal(other.parent, t.span);
    assert_int_equal(strlen(text), 55);
    trace_step(&other, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", "i", "n", 1000);
    assert_false(other.sampled);
    trace_step(&other, "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more", "i", "n", 0);
    assert_string_equal(other.parent, "b7ad6b7169203331");
}

/* begins - where there is no cause, or none that is valid; the same id gives the same trace */
static void begins(void **state)
{
    static const char *const bad[] = {
        "",
        "00-ab-cd-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0x",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more",
        "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    };
    struct trace t, first;

    (void)state;
    trace_step(&first, NULL, "id", "intake", 1000);
    assert_true(first.sampled);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        trace_step(&t, bad[i], "id", "intake", 0);
        assert_string_equal(t.id, first.id);
        assert_string_equal(t.parent, "");
        assert_false(t.sampled);
    }
}

/* sampled - about as many as are asked for */
static void sampled(void **state)
{
    int n = 0;

    (void)state;
    for (int i = 0; i < 2000; i++) {
        struct trace t;
        char id[16];

        snprintf(id, sizeof(id), "%d", i);
        trace_step(&t, "", id, "intake", 250);
        n += t.sampled;
    }
    assert_in_range(n, 400, 600);
}

/* remembers - a timer's trace, of its partition only, until it is set by another */
static void remembers(void **state)
{
    struct recall *r = recall_new();

    (void)state;
    recall_put(r, 3, "hold/1", CAUSE);
    assert_string_equal(recall_get(r, 3, "hold/1"), CAUSE);
    assert_string_equal(recall_get(r, 2, "hold/1"), "");
    assert_string_equal(recall_get(r, 3, "hold/2"), "");
    recall_put(r, 3, "hold/1", "x");
    assert_string_equal(recall_get(r, 3, "hold/1"), "x");
    recall_free(r);
    recall_put(NULL, 3, "hold/1", CAUSE);
    assert_string_equal(recall_get(NULL, 3, "hold/1"), "");
}

/* one - a span of a trace of its own */
static struct step one(const char *id)
{
    struct step s = {.does = "process",
                     .topic = TOPIC_ENCOUNTERS,
                     .partition = 2,
                     .offset = 77,
                     .start_us = 1700000000000001,
                     .end_us = 1700000000000042};

    trace_step(&s.trace, "", id, "coder", 1000);
    return s;
}

/* first_span - of a request, checked on the way */
static json_t *first_span(json_t *root)
{
    json_t *resource = json_array_get(json_object_get(root, "resourceSpans"), 0);
    json_t *scope = json_array_get(json_object_get(resource, "scopeSpans"), 0);

    assert_non_null(scope);
    return json_array_get(json_object_get(scope, "spans"), 0);
}

/* text_of - a member's text */
static const char *text_of(json_t *o, const char *name)
{
    return json_string_value(json_object_get(o, name));
}

/* written - what a collector wants to find */
static void written(void **state)
{
    struct step s[2] = {one("a"), one("b")};
    struct buf b;
    json_t *root, *span;

    (void)state;
    str_copy(s[0].refused, sizeof(s[0].refused), "schema");
    buf_init(&b);
    otlp_write(&b, "coder", s, 2);
    root = json_loadb(b.data, b.len, 0, NULL);
    span = first_span(root);
    assert_string_equal(text_of(span, "traceId"), s[0].trace.id);
    assert_string_equal(text_of(span, "spanId"), s[0].trace.span);
    assert_null(json_object_get(span, "parentSpanId"));
    assert_string_equal(text_of(span, "name"), "process encounters");
    assert_string_equal(text_of(span, "startTimeUnixNano"), "1700000000000001000");
    assert_int_equal(json_integer_value(json_object_get(span, "kind")), 5);
    assert_int_equal(json_integer_value(json_object_get(json_object_get(span, "status"), "code")),
                     2);
    assert_int_equal(json_array_size(json_object_get(span, "attributes")), 5);
    json_decref(root);
    buf_release(&b);
}

static char collector[64];
static int listener;
static const struct conf_row rows[] = {
    {"OTEL_EXPORTER_OTLP_ENDPOINT", CONF_TEXT, "", 0, 0, NULL, "of the test"},
    {NULL, CONF_TEXT, NULL, 0, 0, NULL, NULL},
};
static const struct conf_row *const tables[] = {rows, NULL};

/* conf_at - settings with a collector */
static struct conf *conf_at(const char *url)
{
    struct err e;
    struct conf *c;

    setenv("OTEL_EXPORTER_OTLP_ENDPOINT", url, 1);
    c = conf_load(tables, &e);
    assert_non_null(c);
    return c;
}

/* counted - spans by what became of them */
static int64_t counted(const char *result)
{
    return metric_value(metric_with(METRIC_SPANS, "result", result));
}

/* none - no setting, no collector, no error; a bad one is said */
static void none(void **state)
{
    struct conf *c = conf_at(""), *bad = conf_at("localhost:4318");
    struct err e = {0};
    struct step s = one("x");

    (void)state;
    assert_null(spans_open("coder", c, &e));
    assert_string_equal(e.code, "");
    spans_hold(NULL, &s);
    spans_keep(NULL);
    spans_drop(NULL);
    assert_null(spans_open("coder", bad, &e));
    assert_string_equal(e.code, "setting");
    conf_free(c);
    conf_free(bad);
}

/* start_listener - on a free port, which is the collector's from now on */
static void start_listener(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof(at);

    listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(listener, (struct sockaddr *)&at, sizeof(at)), 0);
    assert_int_equal(listen(listener, 4), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&at, &n), 0);
    snprintf(collector, sizeof(collector), "http://127.0.0.1:%d", (int)ntohs(at.sin_port));
}

/* take_request - one POST, answered; the body */
static void *take_request(void *arg)
{
    static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    struct buf *got = arg;
    char piece[4096];
    ssize_t n;
    int in;

    in = accept(listener, NULL, NULL);
    while ((n = read(in, piece, sizeof(piece))) > 0) {
        buf_add(got, piece, (size_t)n);
        if (strstr(got->data, "]}]}]}"))
            break;
    }
    n = write(in, answer, sizeof(answer) - 1);
    close(in);
    close(listener);
    return n > 0 ? got : NULL;
}

/* arrives - what was committed, not what was aborted nor what is not sampled */
static void arrives(void **state)
{
    struct step kept = one("kept"), dropped = one("dropped"), not_sampled = one("no");
    struct err e;
    struct spans *s;
    struct conf *c;
    struct buf got;
    pthread_t t;
    void *good;

    (void)state;
    buf_init(&got);
    start_listener();
    pthread_create(&t, NULL, take_request, &got);
    c = conf_at(collector);
    s = spans_open("coder", c, &e);
    assert_non_null(s);
    spans_hold(s, &dropped);
    spans_drop(s);
    not_sampled.trace.sampled = false;
    spans_hold(s, &not_sampled);
    spans_hold(s, &kept);
    spans_keep(s);
    pthread_join(t, &good);
    assert_ptr_equal(good, &got);
    spans_close(s);
    assert_non_null(strstr(got.data, "POST /v1/traces HTTP/1.1\r\n"));
    assert_non_null(strstr(got.data, kept.trace.span));
    assert_null(strstr(got.data, dropped.trace.span));
    assert_null(strstr(got.data, not_sampled.trace.span));
    assert_int_equal(counted("sent"), 1);
    conf_free(c);
    buf_release(&got);
}

/* away - a collector that never answers costs spans, and no time */
static void away(void **state)
{
    int port, silent = port_silent(&port);
    struct step many = one("many");
    struct err e;
    struct spans *s;
    struct conf *c;
    int64_t from;

    (void)state;
    snprintf(collector, sizeof(collector), "http://127.0.0.1:%d/", port);
    c = conf_at(collector);
    s = spans_open("coder", c, &e);
    assert_non_null(s);
    from = clock_mono_us();
    for (int i = 0; i < 40000; i++)
        spans_send(s, &many);
    assert_true(clock_mono_us() - from < 1000000);
    assert_true(counted("dropped") >= 40000 - 8192 - 512 * 2);
    spans_close(s);
    assert_true(counted("failed") > 0);
    assert_true(clock_mono_us() - from < 6000000);
    close(silent);
    conf_free(c);
}

/* main - all of the above */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(goes_on),   cmocka_unit_test(begins),  cmocka_unit_test(sampled),
        cmocka_unit_test(remembers), cmocka_unit_test(written), cmocka_unit_test(none),
        cmocka_unit_test(arrives),   cmocka_unit_test(away),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
