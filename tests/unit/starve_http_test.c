/* starve_http_test.c - intake's HTTP face while allocations fail: it does not start, or a request
 * is answered "send again", or not at all, or as always; after that the next one is served */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/sys/log.h"
#include "services/intake/intake.h"
#include "tests/starve/starve.h"
#include "tests/support/http.h"
#include "tests/support/port.h"
#include "tests/support/x12_faults.h"

enum { SHARE = 60, ROOM = 1 << 16 };

static struct conf *settings;
static struct intake_conf *conf;
static struct buf claims_file;
static int port;

/* publish - an intake_out.publish */
static int publish(void *arg, struct arena *a, const struct intake_result *r, struct err *e)
{
    (void)arg;
    (void)a;
    (void)e;
    assert_true(r->n > 0);
    return 0;
}

/* claims - an intake_out.claims */
static int claims(void *arg, struct arena *a, struct intake_claim *const *list, size_t n,
                  struct err *e)
{
    (void)arg;
    (void)a;
    (void)e;
    assert_true(n > 0 && list[0]->claim);
    return 0;
}

static const struct intake_out out = {.publish = publish, .claims = claims};

/* setup - settings with a limit of rate, which needs memory too */
static int setup(void **state)
{
    static const struct conf_row *const rows[] = {intake_settings, NULL};
    struct err e = {0};
    char text[16];

    (void)state;
    log_open("starve", LOG_ERROR, LOG_KEY_VALUE);
    settings = conf_load(rows, &e);
    assert_non_null(settings);
    port = port_free();
    snprintf(text, sizeof(text), "%d", port);
    assert_int_equal(conf_set(settings, "FHIR_PORT", text, &e), 0);
    assert_int_equal(conf_set(settings, "SITE_SECRET", "s", &e), 0);
    assert_int_equal(conf_set(settings, "FHIR_RATE", "100000", &e), 0);
    conf = intake_conf_new(settings, &e);
    x12_example("837p", &claims_file);
    return conf ? 0 : -1;
}

/* teardown - and back */
static int teardown(void **state)
{
    (void)state;
    buf_release(&claims_file);
    intake_conf_free(conf);
    conf_free(settings);
    return 0;
}

/* A request that is usually answered 201. */
struct request {
    const char *path, *body;
    size_t n;
    const char *instead; /* statuses that may come in its place; 503 and none at all may always */
};

/* ask - it; its answer's status, 0: the connection was closed without one */
static long ask(const struct request *r)
{
    static char text[ROOM];

    return http_ask(port, "POST", r->path, "", r->body, r->n, text, sizeof(text));
}

/* starved - it, with the n-th allocation failing; 0: none. How many allocations there were */
static size_t starved(const struct request *r, int kind, int how, size_t n, long *status)
{
    starve_begin((enum starve_kind)kind, (enum starve_how)how, n);
    *status = ask(r);
    return starve_end(NULL);
}

/* sweep - of one request; afterwards it is answered as usual */
static void sweep(const struct request *r)
{
    size_t other = 0, n;
    long status;

    for (int kind = 0; kind < STARVE_KINDS; kind++)
        for (int how = 0; how < STARVE_HOWS; how++) {
            size_t count = starved(r, kind, how, 0, &status);

            assert_int_equal(status, 201);
            for (size_t i = 0; (n = starve_pick(count, SHARE, 0, i)); i++) {
                char text[8];

                starved(r, kind, how, n, &status);
                snprintf(text, sizeof(text), "%ld", status);
                if (status && status != 201 && status != 503 && !strstr(r->instead, text))
                    fail_msg("%s: %ld", r->path, status);
                other += status != 201;
            }
        }
    assert_true(other > 10);
    assert_int_equal(ask(r), 201);
}

/* test_requests - a resource, which may be over the message's memory; claims, of which each may */
static void test_requests(void **state)
{
    static const char patient[] = "{\"resourceType\":\"Patient\",\"id\":\"p\"}";
    const struct request rows[] = {
        {"/fhir", patient, sizeof(patient) - 1, "413"},
        {"/x12", claims_file.data, claims_file.len, "200 422"},
    };
    struct intake_http *http = NULL;
    struct err e = {0};

    (void)state;
    assert_int_equal(intake_http_start(settings, conf, &out, &http, &e), 0);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        sweep(&rows[i]);
    intake_http_stop(http);
}

/* test_start - it starts, or says what it lacks and leaves nothing behind */
static void test_start(void **state)
{
    size_t failed = 0, count = 1;

    (void)state;
    for (size_t n = 0; n <= count; n++) {
        struct intake_http *http = NULL;
        struct err e = {0};
        int r;

        starve_begin(STARVE_MALLOC, STARVE_ON, n);
        r = intake_http_start(settings, conf, &out, &http, &e);
        if (n == 0)
            count = starve_end(NULL);
        starve_end(NULL);
        assert_int_equal(r == 0, http != NULL);
        assert_true(r == 0 || e.class == ERR_FATAL);
        failed += r != 0;
        intake_http_stop(http);
    }
    assert_true(failed >= 3); /* itself, its door, its limit of rate */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_start),
                                       cmocka_unit_test(test_requests)};

    return cmocka_run_group_tests_name("starve_http", tests, setup, teardown);
}
