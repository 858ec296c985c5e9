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
    x12_replace(&b, "", "CLM*A1000001*", "CLM*A10000012345678901234*");
    read(&k, &b, 0);
    assert_int_equal(strlen(k.c[0].claim->claim_id), 17);
    assert_string_equal(k.c[0].account, "A10000012345678901234");
    arena_free(k.a);
    buf_release(&b);
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

/* By what a claim's key is made. */
enum keyed { BY_RECORD, BY_MEMBER, BY_NUMBER };

#define BHT(day, time) "BHT*0019*00*B20260401P001*" day "*" time

/* clang-format off */
static const struct {
    const char *what, *from, *to;
    size_t claim;
    uint32_t version; /* minutes since 2000, from 1 */
    enum keyed by;
} odd[] = {
    {"the first minute",        BHT("20260401", "0915"), BHT("20000101", "0000"), 0, 1,        BY_RECORD},
    {"the last of a day",       BHT("20260401", "0915"), BHT("20000101", "2359"), 0, 1440,     BY_RECORD},
    {"no time",                 BHT("20260401", "0915"), BHT("20000102", ""),     0, 1441,     BY_RECORD},
    {"before there was one",    BHT("20260401", "0915"), BHT("19991231", "0915"), 0, 1,        BY_RECORD},
    {"no day",                  BHT("20260401", "0915"), BHT("20260231", "0915"), 0, 1,        BY_RECORD},
    {"no hour of a day",        BHT("20260401", "0915"), BHT("20260401", "2400"), 0, 1,        BY_RECORD},
    {"no record number",        "REF*EA*MRN778~\n", "",                           0, 13805836, BY_MEMBER},
    {"nor a member's",          "***MI*SYN0001234", "",                           0, 13805836, BY_NUMBER},
    {"a patient without name",  "NM1*QC*1*SAMPLEMAN*CLEO~\nN3*77 OAK AVE~\nN4*SPRINGTOWN*OH*44101~\nDMG*D8*20180709*F~\n", "", 1, 13805836, BY_MEMBER},
    {"a patient who is nobody", "SBR*P*18*GRP4410", "SBR*P*01*GRP4410",           0, 13805836, BY_MEMBER},
    {"no payer",                "SBR*P*18*GRP4410******CI~\nNM1*IL*1*TESTER*ADA*Q***MI*SYN0001234~\nN3*12 ELM ST~\nN4*SPRINGTOWN*OH*44101~\nDMG*D8*19700214*F~\nNM1*PR*2*SAMPLE HEALTH PLAN*****PI*SHP01~\n", "", 0, 13805836, BY_NUMBER},
};
/* clang-format on */

/* check_key - of a claim */
static void check_key(const struct kept *k, const struct intake_claim *c, enum keyed by)
{
    if (by == BY_RECORD)
        assert_string_equal(c->key, ident_patient_key(&conf, k->a, "MAIN", "MRN778"));
    else if (by == BY_NUMBER)
        assert_string_equal(c->key, c->claim->claim_id);
    else {
        assert_string_equal(c->key, c->claim->patient_key);
        assert_int_equal(strlen(c->key), 16);
        assert_string_not_equal(c->key, ident_patient_key(&conf, k->a, "MAIN", "MRN778"));
    }
}

/* test_odd - versions by the minute, keys by the best that the claim has */
static void test_odd(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
        const struct intake_claim *c;
        struct kept k;
        struct buf b;

        x12_example("837p", &b);
        if (odd[i].by != BY_RECORD && odd[i].claim == 0 && strncmp(odd[i].from, "REF", 3) != 0)
            x12_replace(&b, "", "REF*EA*MRN778~\n", "");
        x12_replace(&b, "", odd[i].from, odd[i].to);
        read(&k, &b, 0);
        c = &k.c[odd[i].claim];
        if (!c->claim || c->claim->version != odd[i].version)
            fail_msg("%s: %s, %u", odd[i].what, c->why, c->claim ? c->claim->version : 0);
        check_key(&k, c, odd[i].by);
        arena_free(k.a);
        buf_release(&b);
    }
}

/* A broker that counts, and has some already. */
struct broker {
    size_t held, batches, known; /* known: so many of each batch, its first ones */
    bool away;
};

/* hold - an intake_out.claims */
static int hold(void *arg, struct arena *a, struct intake_claim *const *list, size_t n,
                struct err *e)
{
    struct broker *b = arg;

    (void)a;
    for (size_t i = 0; i < n; i++) {
        assert_non_null(list[i]->claim);
        list[i]->repeated = i < b->known;
    }
    b->held += n;
    b->batches++;
    return b->away ? err_set(e, ERR_RETRY, "broker", "away") : 0;
}

/* ask - the answer's status, and its counts as "taken repeated refused" */
static unsigned ask(struct broker *broker, const struct buf *b, int counts[3])
{
    const struct intake_out out = {.arg = broker, .claims = hold};
    const struct intake_input in = {.bytes = b->data ? b->data : "", .n = b->len};
    unsigned status;
    json_t *answer = intake_x12_answer(&conf, &out, &in, &status);

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

/* crowd - so many claims of so many lines each */
static void crowd(struct buf *out, size_t claims, size_t lines)
{
    struct buf b;

    x12_example("837p", &b);
    buf_init(out);
    buf_add(out, b.data, (size_t)(strstr(b.data, "CLM*") - b.data));
    buf_release(&b);
    for (size_t i = 0; i < claims; i++) {
        buf_addf(out, "CLM*B%07zu*100***11:B:1*Y*A*Y*Y~HI*ABK:E1165~", i);
        for (size_t k = 0; k < lines; k++)
            buf_addf(out, "LX*%zu~SV1*HC:99214*1*UN*1***1~DTP*472*D8*20260325~", k + 1);
    }
    buf_adds(out, "SE*9*0001~GE*1*101~IEA*1*000000101~");
}

/* test_batches - many claims go in batches by number and by size; what the broker knows already is
 * said; a broker that goes away between two has not taken the file */
static void test_batches(void **state)
{
    static const struct {
        size_t claims, lines, batches, known;
    } rows[] = {{256, 1, 1, 0}, {257, 1, 2, 0}, {257, 1, 2, 1}, {40, 900, 2, 40}};

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct broker broker = {.known = rows[i].known};
        struct buf b;
        int n[3];

        crowd(&b, rows[i].claims, rows[i].lines);
        assert_int_equal(ask(&broker, &b, n), rows[i].known ? 200 : 201);
        assert_int_equal(broker.held, rows[i].claims);
        assert_int_equal(broker.batches, rows[i].batches);
        assert_int_equal(n[0] + n[1], rows[i].claims);
        assert_int_equal(n[1] > 0, rows[i].known > 0);
        assert_int_equal(n[2], 0);
        broker.away = true;
        assert_int_equal(ask(&broker, &b, n), 503);
        assert_int_equal(n[0] + n[1], 0);
        buf_release(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_claims), cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_twice),  cmocka_unit_test(test_refused),
        cmocka_unit_test(test_odd),    cmocka_unit_test(test_answer),
        cmocka_unit_test(test_batches)};

    return cmocka_run_group_tests_name("intake_x12", tests, NULL, NULL);
}
