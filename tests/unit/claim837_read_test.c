/* claim837_read_test.c - 837 files back into claims: round trip, places, other delimiters, damage
 */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/claim/read837.h"
#include "common/claim/write837.h"
#include "common/sys/file.h"
#include "common/x12/check.h"
#include "tests/support/claims.h"
#include "tests/support/claims_random.h"

enum { MEMORY = 64 * 1024 * 1024, KEPT_MAX = 64 };

/* What came back: copies in an arena of the test. */
struct kept {
    struct arena *a;
    CcClaim *claims[KEPT_MAX];
    size_t n, damaged, faults, extras;
    char first_fault[CLAIM_ELEMENT_NAME], error[256];
    uint32_t first[KEPT_MAX], hl[KEPT_MAX], segments[KEPT_MAX];
    int stop_after;
};

/* keep - a claim_read_fn */
static int keep(void *arg, const struct claim_read *r)
{
    struct kept *k = arg;

    if (!r->claim) {
        assert_non_null(r->error);
        assert_int_equal(r->error->class, ERR_REJECT);
        if (!k->damaged)
            snprintf(k->error, sizeof(k->error), "%s", r->error->text);
        k->damaged++;
        return 0;
    }
    assert_true(k->n < KEPT_MAX);
    k->first[k->n] = r->first_segment;
    k->hl[k->n] = r->hl_first_segment;
    k->segments[k->n] = r->segments;
    k->claims[k->n++] = event_copy(k->a, &r->claim->base);
    if (r->n_faults && !k->faults)
        memcpy(k->first_fault, r->faults[0].element, CLAIM_ELEMENT_NAME);
    k->faults += r->n_faults;
    k->extras += r->n_extras;
    return k->stop_after && (int)k->n >= k->stop_after ? 7 : 0;
}

/* read - all claims of a text */
static int read(struct kept *k, struct arena *a, const char *text, size_t n)
{
    struct err e;

    memset(k, 0, sizeof(*k));
    k->a = a;
    return claim_read_837(text, n, 0, keep, k, &e);
}

/* render - a batch with fixed numbers */
static void render(struct arena *a, const CcClaim *const *claims, size_t n, struct buf *out)
{
    struct claim_batch b = {.route = &claims_route,
                            .claims = claims,
                            .n_claims = n,
                            .control = 101,
                            .bht_prefix = "B20260401P",
                            .date = 20260401,
                            .hhmm = 915};
    struct claim_rendered r;
    struct err e = {.class = ERR_NONE};
    int result = claim_render(a, &b, out, &r, &e);

    if (result < 0)
        print_error("%s\n", e.text);
    assert_int_equal(result, 0);
}

/* golden - a file of tests/golden/x12 */
static void golden(const char *name, struct buf *out)
{
    struct err e;
    char path[256];

    snprintf(path, sizeof(path), "tests/golden/x12/%s", name);
    assert_int_equal(file_read(path, 1 << 20, out, &e), 0);
}

/* swap - one string for another of any length, everywhere */
static void swap(struct buf *b, const char *from, const char *to)
{
    struct buf out;
    const char *at, *p = b->data;

    buf_init(&out);
    for (; (at = strstr(p, from)) != NULL; p = at + strlen(from)) {
        buf_add(&out, p, (size_t)(at - p));
        buf_adds(&out, to);
    }
    buf_adds(&out, p);
    buf_release(b);
    *b = out;
}

/* findings - what our own check says, all levels */
static int findings(void *arg, const struct x12_result *r)
{
    size_t *n = arg;

    for (size_t i = 0; i < r->count; i++)
        print_error("%s %s %s at %u: %s\n", r->findings[i].code, r->findings[i].loop,
                    r->findings[i].segment, (unsigned)r->findings[i].position,
                    r->findings[i].message);
    *n += r->count;
    return 0;
}

/* test_round_trip - thousands of random claims: no finding, and written, read, written the same
 * bytes */
static void test_round_trip(void **state)
{
    enum { ROUNDS = 60, PER_ROUND = 20 };
    const char *given = getenv("CLAIMS_SEED");
    uint64_t seed = given ? strtoull(given, NULL, 10) : 20260401;
    const char *save = getenv("CLAIMS_SAVE");

    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct arena *a = arena_new(MEMORY);
        const CcClaim *claims[PER_ROUND], *again[PER_ROUND];
        struct buf first, second;
        struct kept k;
        struct err e;
        size_t n = 0;
        char name[64];

        buf_init(&first);
        buf_init(&second);
        for (int i = 0; i < PER_ROUND; i++)
            claims[i] = claims_random(
                a, &seed, round % 2 ? CLAIM_KIND_INSTITUTIONAL : CLAIM_KIND_PROFESSIONAL);
        render(a, claims, PER_ROUND, &first);
        assert_int_equal(
            x12_check(first.data, first.len, &(struct x12_check_options){0}, findings, &n, &e), 0);
        assert_int_equal(read(&k, a, first.data, first.len), 0);
        assert_int_equal(k.n, PER_ROUND);
        assert_int_equal(k.damaged + k.faults + k.extras, 0);
        for (int i = 0; i < PER_ROUND; i++)
            again[i] = k.claims[i];
        render(a, again, PER_ROUND, &second);
        assert_string_equal(first.data, second.data);
        snprintf(name, sizeof(name), "claims-%03d.x12", round);
        if (save)
            assert_int_equal(file_write(save, name, first.data, first.len, &e), 0);
        assert_int_equal(n, 0);
        buf_release(&first);
        buf_release(&second);
        arena_free(a);
    }
}

/* test_examples - the worked examples come back as they stand in the files */
static void test_examples(void **state)
{
    struct arena *a = arena_new(MEMORY);
    struct buf text, again;
    struct kept k;

    (void)state;
    buf_init(&text);
    buf_init(&again);
    golden("837p.x12", &text);
    assert_int_equal(read(&k, a, text.data, text.len), 0);
    assert_int_equal(k.n, 2);
    assert_int_equal(k.damaged + k.faults + k.extras, 0);
    assert_string_equal(k.claims[0]->claim_id, "A1000001");
    assert_int_equal(k.claims[0]->charge_cents, 21500);
    assert_int_equal(k.claims[0]->from_date, 20260325);
    assert_int_equal(k.claims[0]->coverages[0]->relationship, RELATIONSHIP_SELF);
    assert_string_equal(k.claims[0]->patient->name->last, "TESTER");
    assert_int_equal(k.claims[0]->patient->birth_date, 19700214);
    assert_string_equal(k.claims[0]->lines[0]->modifiers[0], "25");
    assert_int_equal(k.claims[1]->coverages[0]->relationship, RELATIONSHIP_CHILD);
    assert_string_equal(k.claims[1]->coverages[0]->subscriber->first, "BORIS");
    assert_string_equal(k.claims[1]->patient->name->first, "CLEO");
    assert_string_equal(k.claims[1]->coverages[1]->payer_claim, "SHP2026031500017");
    assert_int_equal(k.claims[1]->lines[0]->adjudications[0]->adjustments[1]->amount_cents, 2500);
    assert_string_equal(k.claims[1]->providers[0]->npi, "1234567893");
    assert_int_equal(k.first[1], 43);
    assert_int_equal(k.hl[1], 33);
    assert_int_equal(k.segments[1], 27);
    render(a, (const CcClaim *const *)k.claims, 2, &again);
    swap(&text, "\n", "");
    assert_string_equal(again.data, text.data);
    buf_reset(&text);
    golden("837i.x12", &text);
    assert_int_equal(read(&k, a, text.data, text.len), 0);
    assert_int_equal(k.n, 1);
    assert_int_equal(k.damaged + k.faults + k.extras, 0);
    assert_string_equal(k.claims[0]->type_of_bill, "0111");
    assert_string_equal(k.claims[0]->admit_hour, "1402");
    assert_int_equal(k.claims[0]->admit_date, 20260310);
    assert_int_equal(k.claims[0]->diagnoses[0]->poa, POA_Y);
    assert_int_equal(k.claims[0]->values[0]->amount_cents, 400);
    assert_string_equal(k.claims[0]->procedures[0]->assignment->code->code, "02HV33Z");
    buf_release(&text);
    buf_release(&again);
    arena_free(a);
}

/* find_places - a claim_read_fn: where the parts of the second claim stand */
static int find_places(void *arg, const struct claim_read *r)
{
    const struct claim_places *p = r->places;

    (void)arg;
    assert_non_null(r->claim);
    assert_int_equal(claim_place(p, CLAIM_PART_PROVIDER, 0, "NM109"), 8);
    assert_int_equal(claim_place(NULL, CLAIM_PART_CLAIM, 0, "CLM01"), 0);
    if (strcmp(r->claim->claim_id, "A1000001") == 0) {
        assert_int_equal(claim_place(p, CLAIM_PART_PATIENT, 0, "DMG02"), 17);
        assert_int_equal(claim_place(p, CLAIM_PART_LINE, 0, "SV101-2"), 26);
        return 0;
    }
    assert_int_equal(claim_place(p, CLAIM_PART_COVERAGE, 0, "NM109*PR"), 36);
    assert_int_equal(claim_place(p, CLAIM_PART_PATIENT, 0, "DMG02"), 42);
    assert_int_equal(claim_place(p, CLAIM_PART_CLAIM, 0, "CLM05-3"), 43);
    assert_int_equal(claim_place(p, CLAIM_PART_CLAIM, 0, "REF02*X4"), 44);
    assert_int_equal(claim_place(p, CLAIM_PART_CLAIM, 0, "REF02*G1"), 0);
    assert_int_equal(claim_place(p, CLAIM_PART_DIAGNOSIS, 0, "HI01-2"), 45);
    assert_int_equal(claim_place(p, CLAIM_PART_DIAGNOSIS, 1, "HI02-2"), 0);
    assert_int_equal(claim_place(p, CLAIM_PART_PROVIDER, 1, "NM109"), 46);
    assert_int_equal(claim_place(p, CLAIM_PART_COVERAGE, 1, "SBR01"), 47);
    assert_int_equal(claim_place(p, CLAIM_PART_COVERAGE, 1, "AMT02*EAF"), 49);
    assert_int_equal(claim_place(p, CLAIM_PART_LINE, 1, "SV101-2"), 63);
    assert_int_equal(claim_place(p, CLAIM_PART_LINE, 1, "DTP03*573"), 69);
    assert_int_equal(claim_place(p, CLAIM_PART_LINE, 2, "SV101-2"), 0);
    return 0;
}

/* test_places - segment positions as a 999 counts them */
static void test_places(void **state)
{
    struct buf text;
    struct err e;

    (void)state;
    buf_init(&text);
    golden("837p.x12", &text);
    assert_int_equal(claim_read_837(text.data, text.len, 0, find_places, NULL, &e), 0);
    buf_release(&text);
}

/* test_delimiters - other delimiters, CR LF behind segments, blanks between interchanges, a BOM */
static void test_delimiters(void **state)
{
    struct arena *a = arena_new(MEMORY);
    struct buf text, twice;
    struct kept k;

    (void)state;
    buf_init(&text);
    buf_init(&twice);
    golden("837p.x12", &text);
    swap(&text, "*00501*", "*00501*");
    swap(&text, ":", ">");
    swap(&text, "^", "!");
    swap(&text, "*", "|");
    swap(&text, "~\n", "\n");
    buf_adds(&twice, "\xEF\xBB\xBF");
    buf_adds(&twice, text.data);
    buf_adds(&twice, "  \r\n");
    buf_reset(&text);
    golden("837i.x12", &text);
    swap(&text, "~\n", "~\r\n");
    buf_adds(&twice, text.data);
    assert_int_equal(read(&k, a, twice.data, twice.len), 0);
    assert_int_equal(k.n, 3);
    assert_int_equal(k.damaged + k.faults + k.extras, 0);
    assert_string_equal(k.claims[1]->lines[1]->modifiers[0], "QW");
    assert_int_equal(k.claims[2]->kind, CLAIM_KIND_INSTITUTIONAL);
    buf_release(&text);
    buf_release(&twice);
    arena_free(a);
}

/* test_faults - values that are none are left unknown and named; the claim comes all the same */
static void test_faults(void **state)
{
    struct arena *a = arena_new(MEMORY);
    struct buf text;
    struct kept k;

    (void)state;
    buf_init(&text);
    golden("837p.x12", &text);
    swap(&text, "DTP*472*D8*20260325", "DTP*472*D8*20260230");
    assert_int_equal(read(&k, a, text.data, text.len), 0);
    assert_int_equal(k.n, 2);
    assert_int_equal(k.faults, 2);
    assert_string_equal(k.first_fault, "DTP03");
    assert_int_equal(k.claims[0]->lines[0]->from_date, 0);
    buf_reset(&text);
    golden("837p.x12", &text);
    swap(&text, "CLM*A1000001*215*", "CLM*A1000001*2x5*");
    swap(&text, "DMG*D8*19700214", "DMG*D8*1970021");
    swap(&text, "*180*UN*1*", "*180.001*UN*1.0001*");
    assert_int_equal(read(&k, a, text.data, text.len), 0);
    assert_int_equal(k.n, 2);
    assert_int_equal(k.faults, 4);
    assert_int_equal(k.claims[0]->charge_cents, 0);
    assert_string_equal(k.first_fault, "DMG02");
    buf_reset(&text);
    golden("837p.x12", &text);
    swap(&text, "REF*EA*MRN778~\n", "REF*EA*MRN778~\nREF*ZZ*1~\nCUR*85*CAD~\n");
    swap(&text, "SE*70*", "SE*72*");
    assert_int_equal(read(&k, a, text.data, text.len), 0);
    assert_int_equal(k.n, 2);
    assert_int_equal(k.faults, 0);
    assert_int_equal(k.extras, 2);
    buf_release(&text);
    arena_free(a);
}

/* test_above - a fault above CLM is told for each claim under it, and for no other */
static void test_above(void **state)
{
    struct arena *a = arena_new(MEMORY);
    const CcClaim *claims[3] = {claims_office(a), claims_office(a), claims_dependent(a)};
    struct buf text;
    struct kept k;

    (void)state;
    buf_init(&text);
    ((CcClaim *)(uintptr_t)claims[1])->claim_id = claims_text(a, "A1000009");
    render(a, claims, 3, &text);
    swap(&text, "DMG*D8*19700214", "DMG*D8*19701314");
    assert_int_equal(read(&k, a, text.data, text.len), 0);
    assert_int_equal(k.n, 3);
    assert_int_equal(k.faults, 2);
    buf_release(&text);
    arena_free(a);
}

/* test_damage - every cut of the file: whole claims before it come, never half a claim */
static void test_damage(void **state)
{
    struct arena *a = arena_new(MEMORY);
    struct buf text, both;
    struct kept k;

    (void)state;
    buf_init(&text);
    buf_init(&both);
    golden("837p.x12", &text);
    for (size_t n = 0; n < text.len; n++) {
        char *cut = malloc(n + 1);

        assert_non_null(cut);
        memcpy(cut, text.data, n);
        arena_reset(a);
        assert_int_equal(read(&k, a, cut, n), 0);
        assert_true(k.n <= 2);
        if (n < text.len - 3)
            assert_true(k.damaged >= 1);
        for (size_t i = 0; i < k.n; i++)
            assert_int_equal(k.claims[i]->n_lines, 2);
        free(cut);
    }
    arena_reset(a);
    buf_add(&both, text.data, text.len / 2);
    buf_adds(&both, "\n");
    buf_adds(&both, text.data);
    assert_int_equal(read(&k, a, both.data, both.len), 0);
    assert_true(k.n >= 2);
    assert_string_equal(k.claims[k.n - 1]->claim_id, "A1000002");
    assert_int_equal(read(&k, a, "hello", 5), 0);
    assert_int_equal(k.n, 0);
    assert_int_equal(k.damaged, 1);
    assert_int_equal(read(&k, a, "", 0), 0);
    assert_int_equal(k.damaged, 1);
    buf_release(&text);
    buf_release(&both);
    arena_free(a);
}

/* test_garbled - segments torn out, doubled, of no order: never a crash */
static void test_garbled(void **state)
{
    struct arena *a = arena_new(MEMORY);
    struct buf text, out;
    struct kept k;

    (void)state;
    buf_init(&text);
    buf_init(&out);
    golden("837p.x12", &text);
    for (int skip = 3; skip < 74; skip++)
        for (int twice = 0; twice < 2; twice++) {
            const char *p = text.data;

            buf_reset(&out);
            for (int i = 0; *p; i++) {
                const size_t n = strcspn(p, "~") + 2;

                for (int times = i == skip ? 2 * twice : 1; times > 0; times--)
                    buf_add(&out, p, n);
                p += n;
            }
            arena_reset(a);
            assert_int_equal(read(&k, a, out.data, out.len), 0);
            assert_true(k.n + k.damaged >= 1);
        }
    buf_release(&text);
    buf_release(&out);
    arena_free(a);
}

/* test_limit - a claim over the memory is named and dropped, the next is read; a set of no claims
 * is named; the callback can stop */
static void test_limit(void **state)
{
    struct arena *a = arena_new(MEMORY);
    CcClaim *big = claims_inpatient(a), *small = claims_inpatient(a);
    const CcClaim *claims[2] = {big, small};
    struct buf text;
    struct kept k;
    struct err e;

    (void)state;
    buf_init(&text);
    small->claim_id = claims_text(a, "H2000002");
    while (big->n_lines < 900)
        claims_revenue(a, big, "0250", 100, "UN", 1);
    render(a, claims, 2, &text);
    memset(&k, 0, sizeof(k));
    k.a = a;
    assert_int_equal(claim_read_837(text.data, text.len, 64 * 1024, keep, &k, &e), 0);
    assert_int_equal(k.damaged, 1);
    assert_int_equal(k.n, 1);
    assert_string_equal(k.claims[0]->claim_id, "H2000002");
    buf_reset(&text);
    golden("835.x12", &text);
    assert_int_equal(read(&k, a, text.data, text.len), 0);
    assert_int_equal(k.damaged, 1);
    buf_reset(&text);
    golden("837p.x12", &text);
    memset(&k, 0, sizeof(k));
    k.a = a;
    k.stop_after = 1;
    assert_int_equal(claim_read_837(text.data, text.len, 0, keep, &k, &e), 7);
    assert_int_equal(k.n, 1);
    buf_release(&text);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip), cmocka_unit_test(test_examples),
        cmocka_unit_test(test_places),     cmocka_unit_test(test_delimiters),
        cmocka_unit_test(test_faults),     cmocka_unit_test(test_above),
        cmocka_unit_test(test_damage),     cmocka_unit_test(test_garbled),
        cmocka_unit_test(test_limit),
    };

    return cmocka_run_group_tests_name("claim837_read", tests, NULL, NULL);
}
