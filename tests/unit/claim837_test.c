/* claim837_test.c - claims to 837P and 837I: worked examples, loops, limits, refusals */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/claim/read837.h"
#include "common/claim/write837.h"
#include "common/sys/file.h"
#include "tests/support/claims.h"

enum { MEMORY = 64 * 1024 * 1024 };

struct world {
    struct arena *a;
    struct buf out;
    struct claim_rendered r;
    struct err e;
};

/* setup - an arena and a buffer */
static int setup(void **state)
{
    static struct world w;

    w.a = arena_new(MEMORY);
    buf_init(&w.out);
    memset(&w.e, 0, sizeof(w.e));
    *state = &w;
    return w.a == NULL;
}

/* teardown - and no more */
static int teardown(void **state)
{
    struct world *w = *state;

    arena_free(w->a);
    buf_release(&w->out);
    return 0;
}

/* render - claims as the examples' files */
static int render(struct world *w, const CcClaim *const *claims, size_t n, bool hospital)
{
    struct claim_batch b = {.route = hospital ? &claims_hospital_route : &claims_route,
                            .claims = claims,
                            .n_claims = n,
                            .control = hospital ? 102 : 101,
                            .bht_prefix = hospital ? "B20260401I" : "B20260401P",
                            .date = 20260401,
                            .hhmm = hospital ? 920 : 915};

    buf_reset(&w->out);
    memset(&w->e, 0, sizeof(w->e));
    return claim_render(w->a, &b, &w->out, &w->r, &w->e);
}

/* one - the claim alone */
static const char *one(struct world *w, const CcClaim *c)
{
    buf_reset(&w->out);
    memset(&w->e, 0, sizeof(w->e));
    if (claim_render_one(w->a, &claims_route, c, &w->out, &w->e) < 0)
        return NULL;
    return w->out.data;
}

/* golden - a file of tests/golden/x12 without its line ends */
static void golden(const char *name, struct buf *out)
{
    struct buf raw;
    struct err e;
    char path[256];

    buf_init(&raw);
    snprintf(path, sizeof(path), "tests/golden/x12/%s", name);
    assert_int_equal(file_read(path, 1 << 20, &raw, &e), 0);
    for (size_t i = 0; i < raw.len; i++)
        if (raw.data[i] != '\n')
            buf_addc(out, raw.data[i]);
    buf_release(&raw);
}

/* assert_golden - what was rendered is that file */
static void assert_golden(struct world *w, const char *name)
{
    struct buf want;

    buf_init(&want);
    golden(name, &want);
    assert_string_equal(w->out.data, want.data);
    buf_release(&want);
}

/* holds - the rendered bytes hold these segments */
static void holds(struct world *w, const char *segments)
{
    if (!w->out.data || !strstr(w->out.data, segments))
        print_error("not there: %s\nin: %s\n%s\n", segments, w->out.data ? w->out.data : "",
                    w->e.text);
    assert_true(w->out.data && strstr(w->out.data, segments));
}

/* lacks - they do not */
static void lacks(struct world *w, const char *segments)
{
    assert_null(strstr(w->out.data, segments));
}

/* refused - rendering the claim gives this error */
static void refused(struct world *w, const CcClaim *c, const char *code, const char *where)
{
    assert_null(one(w, c));
    assert_int_equal(w->e.class, ERR_REJECT);
    assert_string_equal(w->e.code, code);
    if (!strstr(w->e.text, where))
        print_error("%s\n", w->e.text);
    assert_non_null(strstr(w->e.text, where));
}

/* test_professional - billing §2.6, in whatever order the claims come */
static void test_professional(void **state)
{
    struct world *w = *state;
    const CcClaim *claims[2] = {claims_dependent(w->a), claims_office(w->a)};

    assert_int_equal(render(w, claims, 2, false), 0);
    assert_golden(w, "837p.x12");
    assert_int_equal(w->r.sets, 1);
    assert_int_equal(w->r.charge_cents, 45500);
    assert_int_equal(w->r.sent[0].index, 1);
    assert_int_equal(w->r.sent[0].hl_first_segment, 12);
    assert_int_equal(w->r.sent[0].first_segment, 19);
    assert_int_equal(w->r.sent[0].segments, 14);
    assert_int_equal(w->r.sent[1].hl_first_segment, 33);
    assert_int_equal(w->r.sent[1].first_segment, 43);
    assert_int_equal(w->r.sent[1].segments, 27);
    assert_string_equal(w->r.sent[1].st02, "0001");
    assert_string_equal(w->r.sent[1].bht03, "B20260401P001");
}

/* test_institutional - billing §3.4 */
static void test_institutional(void **state)
{
    struct world *w = *state;
    const CcClaim *claims[1] = {claims_inpatient(w->a)};

    assert_int_equal(render(w, claims, 1, true), 0);
    assert_golden(w, "837i.x12");
}

/* test_own_bytes - a claim's bytes are the same alone and in any company */
static void test_own_bytes(void **state)
{
    struct world *w = *state;
    const CcClaim *claims[2] = {claims_office(w->a), claims_dependent(w->a)};
    char *office = claims_text(w->a, one(w, claims[0]));
    char *dependent = claims_text(w->a, one(w, claims[1]));

    assert_int_equal(render(w, claims, 2, false), 0);
    holds(w, office);
    holds(w, dependent);
    assert_int_equal(render(w, claims + 1, 1, false), 0);
    holds(w, dependent);
}

/* test_shared_loops - claims of one patient share an HL, up to a hundred; another member has his
 * own */
static void test_shared_loops(void **state)
{
    struct world *w = *state;
    const CcClaim *claims[102];

    for (size_t i = 0; i < 102; i++) {
        CcClaim *c = claims_office(w->a);
        char id[16];

        snprintf(id, sizeof(id), "A%05zu", i);
        c->claim_id = claims_text(w->a, id);
        claims[i] = c;
    }
    claims[101]->coverages[0]->member_id = claims_text(w->a, "SYN0009999");
    assert_int_equal(render(w, claims, 102, false), 0);
    holds(w, "HL*2*1*22*0~");
    holds(w, "HL*3*1*22*0~");
    holds(w, "HL*4*1*22*0~");
    lacks(w, "HL*5*");
    assert_int_equal(w->r.sent[99].hl_first_segment, w->r.sent[0].hl_first_segment);
    assert_true(w->r.sent[100].hl_first_segment > w->r.sent[99].first_segment);
}

/* test_siblings - two dependents under one subscriber */
static void test_siblings(void **state)
{
    struct world *w = *state;
    CcClaim *sister = claims_dependent(w->a), *brother = claims_dependent(w->a);
    const CcClaim *claims[2] = {sister, brother};

    brother->claim_id = claims_text(w->a, "A1000003");
    brother->patient->name = claims_name(w->a, "SAMPLEMAN", "DAN");
    brother->patient->sex = SEX_MALE;
    assert_int_equal(render(w, claims, 2, false), 0);
    holds(w, "HL*2*1*22*1~");
    holds(w, "HL*3*2*23*0~");
    holds(w, "HL*4*2*23*0~");
    lacks(w, "HL*5*");
}

/* test_sets - 5,001 claims and two billing providers: no ST with more than one provider or 500
 * claims */
static void test_sets(void **state)
{
    enum { N = 5001 };
    struct world *w = *state;
    struct arena *a = arena_new((size_t)1 << 30);
    const CcClaim **claims = calloc(N, sizeof(*claims));
    struct world mine = {.a = a, .out = w->out};
    size_t in_set = 0;

    assert_non_null(claims);
    for (size_t i = 0; i < N; i++) {
        CcClaim *c = claims_office(a);
        char id[16];

        snprintf(id, sizeof(id), "A%05zu", i);
        c->claim_id = claims_text(a, id);
        if (i % 3 == 0)
            c->providers[0]->npi = claims_text(a, "1667770014");
        claims[i] = c;
    }
    assert_int_equal(render(&mine, claims, N, false), 0);
    assert_int_equal(mine.r.sets, 4 + 7); /* 1,667 and 3,334 claims */
    for (size_t i = 0; i < N; i++) {
        const bool same = i > 0 && strcmp(mine.r.sent[i].bht03, mine.r.sent[i - 1].bht03) == 0;

        in_set = same ? in_set + 1 : 1;
        assert_true(in_set <= 500);
        assert_int_equal(same, i > 0 && strcmp(mine.r.sent[i].st02, mine.r.sent[i - 1].st02) == 0);
        if (same)
            assert_string_equal(claims[mine.r.sent[i].index]->providers[0]->npi,
                                claims[mine.r.sent[i - 1].index]->providers[0]->npi);
    }
    w->out = mine.out;
    free((void *)(uintptr_t)claims);
    arena_free(a);
}

/* test_text - accents, apostrophes, delimiters, blanks, too long a name */
static void test_text(void **state)
{
    struct world *w = *state;
    CcClaim *c = claims_office(w->a);
    const CcClaim *claims[1] = {c};

    c->coverages[0]->subscriber->last = claims_text(w->a, "O'Mu\xC3\xB1oz*~:^ de la   Cr\xC3\xBAz");
    c->coverages[0]->subscriber->first = claims_text(w->a, "Zo\xC3\xAB");
    c->patient->address->line1 = claims_text(w->a, "\t12 Elm\nStreet #4 ");
    c->providers[1]->name->last =
        claims_text(w->a, "ABCDEFGHIJABCDEFGHIJABCDEFGHIJABCDEFGHIJABCDEFGHIJABCDEFGHIJXYZ");
    assert_int_equal(render(w, claims, 1, false), 0);
    holds(w, "NM1*IL*1*O'MUNOZ DE LA CRUZ*ZOE*Q***MI*SYN0001234~");
    holds(w, "N3*12 ELM STREET 4~");
    holds(w, "NM1*82*1*ABCDEFGHIJABCDEFGHIJABCDEFGHIJABCDEFGHIJABCDEFGHIJABCDEFGHIJ*JAN*");
}

/* test_limits - one more than the guide has room for */
static void test_limits(void **state)
{
    struct world *w = *state;
    CcClaim *c = claims_office(w->a);

    for (int i = 0; i < 10; i++)
        claims_dx(w->a, c, "Z0000", DIAGNOSIS_ROLE_OTHER, POA_UNKNOWN);
    assert_non_null(one(w, c));
    holds(w, "HI*ABK:E1165*ABF:I10*ABF:Z0000*");
    claims_dx(w->a, c, "Z0000", DIAGNOSIS_ROLE_OTHER, POA_UNKNOWN);
    refused(w, c, "limit", "loop 2300, HI");

    c = claims_office(w->a);
    while (c->n_lines < 50)
        claims_line(w->a, c, "99213", 100, 20260325);
    assert_non_null(one(w, c));
    claims_line(w->a, c, "99213", 100, 20260325);
    refused(w, c, "limit", "at most 50");

    c = claims_inpatient(w->a);
    while (c->n_lines < 999)
        claims_revenue(w->a, c, "0250", 100, "UN", 1);
    assert_non_null(one(w, c));
    claims_revenue(w->a, c, "0250", 100, "UN", 1);
    refused(w, c, "limit", "at most 999");

    c = claims_inpatient(w->a);
    for (int i = 0; i < 21; i++)
        claims_dx(w->a, c, "Z0000", DIAGNOSIS_ROLE_OTHER, POA_N);
    assert_non_null(one(w, c)); /* 24 */
    claims_dx(w->a, c, "Z0000", DIAGNOSIS_ROLE_OTHER, POA_N);
    refused(w, c, "limit", "ABF");

    c = claims_office(w->a);
    for (int i = 0; i < 4; i++)
        assert_true(event_push(w->a, c->lines[0], modifiers, claims_text(w->a, "59")));
    refused(w, c, "limit", "four modifiers");
}

/* test_missing - what the guide requires is insisted on; texts name the place, never a value */
static void test_missing(void **state)
{
    struct world *w = *state;
    CcClaim *c = claims_office(w->a);

    c->coverages[0]->member_id = claims_text(w->a, "");
    refused(w, c, "missing", "loop 2010BA, NM109");
    c = claims_office(w->a);
    c->patient->address = NULL;
    refused(w, c, "missing", "loop 2010BA, N301");
    c = claims_office(w->a);
    c->patient->birth_date = 0;
    refused(w, c, "missing", "loop 2010BA, DMG02");
    c = claims_office(w->a);
    c->providers[0]->role = PROVIDER_ROLE_RENDERING;
    refused(w, c, "missing", "loop 2010AA");
    c = claims_office(w->a);
    c->coverages[0]->destination = false;
    refused(w, c, "missing", "destination");
    c = claims_office(w->a);
    c->assignment = claims_text(w->a, "");
    refused(w, c, "missing", "CLM07");
    c = claims_office(w->a);
    c->n_diagnoses = 0;
    refused(w, c, "missing", "principal diagnosis");
    c = claims_office(w->a);
    c->lines[0]->pointers[0] = 3;
    refused(w, c, "pointer", "SV107");
    c = claims_office(w->a);
    c->lines[0]->charge_cents = -1;
    refused(w, c, "amount", "SV102");
    c = claims_office(w->a);
    c->lines[1]->from_date = 0;
    refused(w, c, "missing", "DTP03");
    c = claims_office(w->a);
    c->claim_id = claims_text(w->a, "A*1");
    refused(w, c, "key", "CLM01");
    assert_null(strstr(w->e.text, "A*1"));
    c = claims_dependent(w->a);
    c->lines[0]->adjudications[0]->adjudication_date = 0;
    refused(w, c, "missing", "loop 2430, DTP03");
    c = claims_inpatient(w->a);
    c->discharge_status = claims_text(w->a, "");
    refused(w, c, "missing", "CL103");
    c = claims_inpatient(w->a);
    c->kind = CLAIM_KIND_UNKNOWN;
    refused(w, c, "kind", "");
}

/* test_batch - what an envelope cannot be written without; a failed batch leaves the buffer alone
 */
static void test_batch(void **state)
{
    struct world *w = *state;
    const CcClaim *claims[2] = {claims_office(w->a), claims_inpatient(w->a)};
    struct claim_batch b = {.route = &claims_route,
                            .claims = claims,
                            .n_claims = 2,
                            .control = 1,
                            .bht_prefix = "B",
                            .date = 20260401};

    buf_adds(&w->out, "before");
    assert_int_equal(claim_render(w->a, &b, &w->out, &w->r, &w->e), -1);
    assert_string_equal(w->e.code, "kind");
    b.n_claims = 1;
    b.control = 1000000000;
    assert_int_equal(claim_render(w->a, &b, &w->out, &w->r, &w->e), -1);
    b.control = 0;
    assert_int_equal(claim_render(w->a, &b, &w->out, &w->r, &w->e), -1);
    b.control = 999999999;
    b.date = 20260230;
    assert_int_equal(claim_render(w->a, &b, &w->out, &w->r, &w->e), -1);
    b.date = 20260228;
    claims[0]->lines[0]->n_pointers = 0;
    assert_int_equal(claim_render(w->a, &b, &w->out, &w->r, &w->e), -1);
    assert_int_equal(w->r.failed, 0);
    assert_int_equal(w->out.len, 6);
    claims[0]->lines[0]->n_pointers = 1;
    assert_int_equal(claim_render(w->a, &b, &w->out, &w->r, &w->e), 0);
    holds(w, "beforeISA*00*");
    holds(w, "~GE*1*999999999~IEA*1*999999999~");
}

/* test_redundant - providers that the guide does not want said twice */
static void test_redundant(void **state)
{
    struct world *w = *state;
    CcClaim *c = claims_office(w->a);
    CcProvider *p;

    c->providers[1]->npi = claims_text(w->a, "1234567893");
    p = claims_provider(w->a, c, PROVIDER_ROLE_FACILITY, "RIVERBEND MEDICAL GROUP", "", "");
    p->address = c->providers[0]->address;
    assert_non_null(one(w, c));
    lacks(w, "NM1*82");
    lacks(w, "NM1*77");
    p->address = claims_address(w->a, "1 OTHER ST", "SPRINGTOWN", "OH", "441019999");
    claims_provider(w->a, c, PROVIDER_ROLE_ORDERING, "SENDER", "ANN", "1455555049");
    assert_non_null(one(w, c));
    holds(w,
          "NM1*DN*1*SENDER*ANN****XX*1455555049~NM1*77*2*RIVERBEND MEDICAL GROUP~N3*1 OTHER ST~");
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(test_professional), T(test_institutional), T(test_own_bytes), T(test_shared_loops),
        T(test_siblings),     T(test_sets),          T(test_text),      T(test_limits),
        T(test_missing),      T(test_batch),         T(test_redundant),
    };

    return cmocka_run_group_tests_name("claim837", tests, NULL, NULL);
}
