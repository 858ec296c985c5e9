/* intake_x12_test.c - an 837 through the intake: ids, keys, versions, what is refused, what came
 * twice, and the answer of POST /x12 */
#include "tests/support/test.h"

#include <jansson.h>

#include "common/claim/read837.h"
#include "services/intake/ident.h"
#include "services/intake/intake.h"
#include "services/intake/seen.h"
#include "tests/support/x12_faults.h"

enum { KEPT = 8, MEMORY = 1 << 24 };

static const struct intake_conf conf = {.secret = "s", .facility = "MAIN"};

/* What a file gave. */
struct kept {
    struct arena *a;
    struct intake_claim c[KEPT];
    size_t n;
};

/* keep - an intake_claim_sink */
static int keep(void *arg, struct arena *a, struct intake_claim *c, struct err *e)
{
    struct kept *k = arg;

    (void)a;
    (void)e;
    assert_true(k->n < KEPT);
    k->c[k->n] = *c;
    if (c->claim)
        k->c[k->n].claim = event_copy(k->a, &c->claim->base);
    k->c[k->n].event_id = c->event_id ? arena_strdup(k->a, c->event_id) : NULL;
    k->c[k->n].key = c->key ? arena_strdup(k->a, c->key) : NULL;
    k->c[k->n].account = arena_strdup(k->a, c->account);
    k->c[k->n++].why = arena_strdup(k->a, c->why);
    return 0;
}

/* read - the claims of these bytes */
static void read(struct kept *k, const struct buf *b, int64_t received_ms)
{
    const struct claim_input in = {.data = b->data, .n = b->len};
    struct err e = {0};

    memset(k, 0, sizeof(*k));
    k->a = arena_new(MEMORY);
    assert_non_null(k->a);
    assert_int_equal(intake_x12_each(&conf, &in, received_ms, keep, k, &e), 0);
}

/* test_claims - as they stand in the file */
static void test_claims(void **state)
{
    struct kept k, again;
    struct buf b;

    (void)state;
    x12_example("837p", &b);
    read(&k, &b, 1000);
    assert_int_equal(k.n, 2);
    assert_string_equal(k.c[0].claim->claim_id, "A1000001");
    assert_string_equal(k.c[0].claim->account, "A1000001");
    assert_string_equal(k.c[0].claim->source, "SUBM10001/000000101/0001");
    assert_int_equal(k.c[0].claim->version, 9587 * 1440 + 9 * 60 + 15 + 1);
    assert_int_equal(k.c[0].claim->created_date, 20260401);
    assert_int_equal(k.c[0].claim->created_ms, 1000);
    assert_string_equal(k.c[0].key, ident_patient_key(&conf, k.a, "MAIN", "MRN778"));
    assert_string_equal(k.c[0].claim->patient_key, k.c[0].key);
    assert_int_equal(strlen(k.c[1].key), 16);
    assert_string_not_equal(k.c[1].key, k.c[0].key);
    assert_int_equal(k.c[1].segment, 43);
    read(&again, &b, 2000);
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(again.c[i].event_id, k.c[i].event_id);
        assert_string_equal(again.c[i].key, k.c[i].key);
        assert_false(again.c[i].repeated);
    }
    arena_free(k.a);
    arena_free(again.a);
    buf_release(&b);
}

/* test_numbers - numbers that cannot be ours, and that stand twice */
static void test_numbers(void **state)
{
    struct kept k;
    struct buf b;

    (void)state;
    x12_example("837p", &b);
    x12_replace(&b, "", "CLM*A1000001*", "CLM*PCN-77/a*");
    x12_replace(&b, "", "REF*6R*A1000002L1~\n", "");
    read(&k, &b, 0);
    assert_int_equal(k.c[0].claim->claim_id[0], 'X');
    assert_int_equal(strlen(k.c[0].claim->claim_id), 17);
    assert_string_equal(k.c[0].claim->account, "PCN-77/a");
    assert_string_equal(k.c[1].claim->lines[0]->control, "A1000002L1");
    arena_free(k.a);
    buf_release(&b);
    x12_example("837p", &b);
    x12_replace(&b, "", "CLM*A1000002*", "CLM*A1000001*");
    read(&k, &b, 0);
    assert_string_equal(k.c[0].claim->claim_id, "A1000001");
    assert_int_equal(k.c[1].claim->claim_id[0], 'X');
    assert_string_equal(k.c[1].claim->account, "A1000001");
    assert_false(k.c[1].repeated);
    arena_free(k.a);
    buf_release(&b);
}

/* twice - the file, and its content once more under another control number */
static void twice(struct buf *out)
{
    struct buf b;

    x12_example("837p", &b);
    buf_init(out);
    buf_add(out, b.data, b.len);
    buf_add(out, b.data, b.len);
    buf_release(&b);
}

/* test_twice - the same claims again are the same events */
static void test_twice(void **state)
{
    struct kept k;
    struct buf b;

    (void)state;
    twice(&b);
    read(&k, &b, 0);
    assert_int_equal(k.n, 4);
    for (size_t i = 0; i < 2; i++) {
        assert_false(k.c[i].repeated);
        assert_true(k.c[i + 2].repeated);
        assert_string_equal(k.c[i + 2].event_id, k.c[i].event_id);
        assert_string_equal(k.c[i + 2].claim->claim_id, k.c[i].claim->claim_id);
    }
    arena_free(k.a);
    buf_release(&b);
}

/* clang-format off */
static const struct {
    const char *from, *to, *code, *account, *why;
} refused[] = {
    {"DTP*472*D8*20260325~\nREF*6R*A1000001L1", "DTP*472*D8*20260230~\nREF*6R*A1000001L1", "value", "A1000001", "segment 27, loop 2400, DTP03: not a day of the calendar"},
    {"REF*EA*MRN778~\n", "REF*EA*MRN778~\nCUR*85*CAD~\n", "segment", "A1000001", "segment 22, loop 2300, CUR: no place in the claim model"},
    {"REF*EA*MRN778", "REF*QQ*MRN778", "segment", "A1000001", "segment 21, loop 2300, REF: no place in the claim model"},
};
/* clang-format on */

/* test_refused - what could not be kept is not sent on without it; the other claim is */
static void test_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        struct kept k;
        struct buf b;

        x12_example("837p", &b);
        x12_replace(&b, "", refused[i].from, refused[i].to);
        read(&k, &b, 0);
        assert_int_equal(k.n, 2);
        assert_null(k.c[0].claim);
        assert_string_equal(k.c[0].code, refused[i].code);
        assert_string_equal(k.c[0].account, refused[i].account);
        assert_string_equal(k.c[0].why, refused[i].why);
        assert_non_null(k.c[1].claim);
        arena_free(k.a);
        buf_release(&b);
    }
}

/* A broker that counts. */
struct broker {
    size_t held;
    bool away;
};

/* hold - an intake_out.claims */
static int hold(void *arg, struct arena *a, struct intake_claim *const *list, size_t n,
                struct err *e)
{
    struct broker *b = arg;

    (void)a;
    for (size_t i = 0; i < n; i++)
        assert_non_null(list[i]->claim);
    b->held += n;
    return b->away ? err_set(e, ERR_RETRY, "broker", "away") : 0;
}

/* ask - the answer's status, and its counts as "taken repeated refused" */
static unsigned ask(struct broker *broker, const struct buf *b, int counts[3])
{
    const struct intake_out out = {.arg = broker, .claims = hold};
    unsigned status;
    json_t *answer = intake_x12_answer(&conf, &out, b->data ? b->data : "", b->len, 0, &status);

    counts[0] = (int)json_integer_value(json_object_get(answer, "taken"));
    counts[1] = (int)json_integer_value(json_object_get(answer, "repeated"));
    counts[2] = (int)json_integer_value(json_object_get(answer, "refused"));
    assert_true(json_is_array(json_object_get(answer, "claims")));
    json_decref(answer);
    return status;
}

/* test_answer - 201, 200, 422, 400, 503 */
static void test_answer(void **state)
{
    struct broker broker = {0};
    struct buf b;
    int n[3];

    (void)state;
    x12_example("837p", &b);
    assert_int_equal(ask(&broker, &b, n), 201);
    assert_int_equal(n[0], 2);
    assert_int_equal(broker.held, 2);
    broker.away = true;
    assert_int_equal(ask(&broker, &b, n), 503);
    broker.away = false;
    x12_replace(&b, "", "REF*EA*MRN778", "REF*QQ*MRN778");
    assert_int_equal(ask(&broker, &b, n), 200);
    assert_int_equal(n[2], 1);
    x12_replace(&b, "", "ST*837*0001*005010X222A1~\n", "");
    assert_int_equal(ask(&broker, &b, n), 422);
    assert_int_equal(n[2], 2);
    buf_release(&b);
    x12_example("835", &b);
    assert_int_equal(ask(&broker, &b, n), 400);
    buf_reset(&b);
    assert_int_equal(ask(&broker, &b, n), 400);
    buf_release(&b);
    twice(&b);
    broker.held = 0;
    assert_int_equal(ask(&broker, &b, n), 200);
    assert_int_equal(broker.held, 2);
    assert_int_equal(n[1], 2);
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_claims), cmocka_unit_test(test_numbers), cmocka_unit_test(test_twice),
        cmocka_unit_test(test_refused), cmocka_unit_test(test_answer)};

    return cmocka_run_group_tests_name("intake_x12", tests, NULL, NULL);
}
