/* starve_intake_test.c - HL7, FHIR and 837 files at intake while allocations fail: a message is
 * refused, or to be sent again, or gives the events that it always gives; never a part of them */
#include "tests/support/test.h"

#include <glob.h>
#include <jansson.h>

#include "common/sys/digest.h"
#include "common/sys/file.h"
#include "services/intake/intake.h"
#include "tests/starve/starve.h"

enum { SHARE = 1 << 20, MEMORY = 64 << 20, MESSAGES = 32 };

static const struct intake_conf conf = {.secret = "s",
                                        .facility = "MAIN",
                                        .max_bytes = 1 << 20,
                                        .x12_max_bytes = 1 << 20,
                                        .charset = "UNICODE UTF-8"};

/* What a file gave: a digest of each message's events, "" where it was refused. */
struct given {
    struct arena *packing;
    char hex[MESSAGES][DIGEST_TEXT];
    size_t n, refused;
};

/* Counts of all that was tried. */
static struct {
    size_t refused, again, same;
} met;

/* add - packed, to what is hashed */
static void add(struct given *g, struct buf *b, const ProtobufCMessage *m)
{
    struct err e = {0};
    uint8_t *bytes;
    size_t n;

    assert_int_equal(event_pack(g->packing, m, &bytes, &n, &e), 0);
    buf_add(b, bytes, n);
}

/* close_message - one more */
static void close_message(struct given *g, struct buf *b, bool refused)
{
    assert_true(g->n < MESSAGES);
    g->hex[g->n][0] = '\0';
    if (!refused)
        digest_hex(b->data ? b->data : "", b->len, g->hex[g->n]);
    g->refused += refused;
    g->n++;
    buf_release(b);
}

/* take - an intake_sink: what it does itself does not fail */
static int take(void *arg, const struct intake_result *r, struct err *e)
{
    struct given *g = arg;
    struct buf b;

    (void)e;
    starve_pause(true);
    buf_init(&b);
    assert_true(r->n > 0);
    for (size_t i = 0; i < r->n; i++) {
        assert_int_equal(event_check(&r->events[i]->base, NULL), 0);
        if (!r->refused)
            add(g, &b, &r->events[i]->base);
        else
            assert_true(r->events[i]->n_problems && r->events[i]->problems[0]->code[0]);
    }
    close_message(g, &b, r->refused);
    starve_pause(false);
    return 0;
}

/* claims - an intake_out.claims */
static int claims(void *arg, struct arena *a, struct intake_claim *const *list, size_t n,
                  struct err *e)
{
    struct given *g = arg;

    (void)a;
    (void)e;
    starve_pause(true);
    for (size_t i = 0; i < n; i++) {
        struct buf b;

        buf_init(&b);
        add(g, &b, &list[i]->claim->base);
        close_message(g, &b, false);
    }
    starve_pause(false);
    return 0;
}

/* A file through one of the three ways; 0, or -1 with *e. */
typedef int (*way)(const struct buf *file, struct arena *a, struct given *g, struct err *e);

/* by_hl7 - each message */
static int by_hl7(const struct buf *file, struct arena *a, struct given *g, struct err *e)
{
    const struct intake_input in = {.source = "t", .bytes = file->data, .n = file->len};

    return intake_hl7_each(&conf, a, &in, take, g, e);
}

/* by_fhir - each bundle */
static int by_fhir(const struct buf *file, struct arena *a, struct given *g, struct err *e)
{
    const struct intake_input in = {.source = "t", .bytes = file->data, .n = file->len};

    return intake_fhir_each(&conf, a, &in, take, g, e);
}

/* by_x12 - as POST /x12 does; an answer that no memory was left for is none */
static int by_x12(const struct buf *file, struct arena *a, struct given *g, struct err *e)
{
    const struct intake_out out = {.claims = claims, .arg = g};
    unsigned status = 0;
    json_t *answer = intake_x12_answer(&conf, &out, file->data, file->len, 0, &status);
    const json_t *refused = json_object_get(answer, "refused");

    (void)a;
    assert_true(status == 200 || status == 201 || status == 400 || status == 422 || status == 503);
    g->refused += (size_t)json_integer_value(refused);
    json_decref(answer);
    return status == 503 ? err_set(e, ERR_RETRY, "memory", "503") : 0;
}

/* compare - nothing but what it always gives, less what was refused */
static void compare(const struct given *whole, const struct given *g, int r, const struct err *e)
{
    if (r < 0) {
        assert_true(e->class == ERR_RETRY && e->code[0]);
        met.again++;
        return;
    }
    if (g->refused == whole->refused) {
        assert_int_equal(g->n, whole->n);
        assert_memory_equal(g->hex, whole->hex, sizeof(g->hex[0]) * g->n);
        met.same++;
        return;
    }
    for (size_t i = 0, k = 0; i < g->n; i++, k++) {
        while (g->hex[i][0] && k < whole->n && strcmp(g->hex[i], whole->hex[k]) != 0)
            k++;
        assert_true(k < whole->n);
    }
    met.refused++;
}

/* once - the file, with the n-th allocation failing (0: none); the number of allocations */
static size_t once(way by, const struct buf *file, const struct given *whole, enum starve_kind kind,
                   enum starve_how how, size_t n)
{
    static struct given g;
    struct arena *a = arena_new(MEMORY), *packing = arena_new(MEMORY);
    struct err e = {0};
    size_t count;
    int r;

    assert_true(a && packing);
    memset(&g, 0, sizeof(g));
    g.packing = packing;
    starve_begin(kind, how, n);
    r = by(file, a, &g, &e);
    count = starve_end(NULL);
    compare(whole, &g, r, &e);
    arena_free(a);
    arena_free(packing);
    return count;
}

/* sweep - a file; every kind of failure */
static void sweep(way by, const struct buf *file)
{
    static struct given whole;
    struct arena *a = arena_new(MEMORY), *packing = arena_new(MEMORY);
    struct err e = {0};

    assert_true(a && packing);
    memset(&whole, 0, sizeof(whole));
    whole.packing = packing;
    assert_int_equal(by(file, a, &whole, &e), 0);
    assert_true(whole.n > 0);
    for (int kind = 0; kind < STARVE_KINDS; kind++)
        for (int how = 0; how < STARVE_HOWS; how++) {
            const enum starve_kind k = (enum starve_kind)kind;
            const enum starve_how h = (enum starve_how)how;
            const size_t count = once(by, file, &whole, k, h, 0);
            size_t n;

            for (size_t i = 0; (n = starve_pick(count, SHARE, 0, i)); i++)
                once(by, file, &whole, k, h, n);
        }
    arena_free(a);
    arena_free(packing);
}

/* each_file - of a pattern */
static void each_file(const char *pattern, way by)
{
    glob_t g;

    memset(&met, 0, sizeof(met));
    assert_int_equal(glob(pattern, 0, NULL, &g), 0);
    for (size_t i = 0; i < g.gl_pathc; i++) {
        struct err e = {0};
        struct buf b;

        buf_init(&b);
        assert_int_equal(file_read(g.gl_pathv[i], 1 << 20, &b, &e), 0);
        sweep(by, &b);
        buf_release(&b);
    }
    globfree(&g);
    print_message("%s: %zu refused, %zu to be sent again, %zu as if nothing was\n", pattern,
                  met.refused, met.again, met.same);
    assert_true(met.refused + met.again > 50);
}

/* test_hl7 - the sample messages */
static void test_hl7(void **state)
{
    (void)state;
    each_file("deploy/seed/encounters/*.hl7", by_hl7);
}

/* test_fhir - the sample bundles */
static void test_fhir(void **state)
{
    (void)state;
    each_file("deploy/seed/encounters/clinic_*.json", by_fhir);
}

/* test_x12 - the worked claims */
static void test_x12(void **state)
{
    (void)state;
    each_file("tests/golden/x12/837[pi].x12", by_x12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hl7),
        cmocka_unit_test(test_fhir),
        cmocka_unit_test(test_x12),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
