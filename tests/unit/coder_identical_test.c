/* coder_identical_test.c - a claim of the encounter and a person's answers is the claim that the
 * record itself would have given, over visits of codes in a fixed disorder */
#include "tests/support/test.h"

#include <stdio.h>

#include "services/coder/adjust.h"
#include "tests/support/care.h"
#include "tests/support/care_tables.h"
#include "tests/support/coder_cases.h"

enum { VISITS = 3000, CODES = 4, POOL = 4096, ARENA = 64 << 20 };

/* What one entry of the visit lacks, and a person says. */
enum lack {
    LACKS_CODE,   /* only words: the code */
    LACKS_PLACE,  /* words that are no diagnosis of the visit: none */
    LACKS_SIGN,   /* present on admission: Y or N */
    LACKS_AMOUNT, /* what is charged */
    LACK_MAX
};

struct visit {
    struct arena *a;
    char base;
    enum lack lack;
    const char *codes[CODES];
    size_t at; /* the entry that lacks something */
    bool present;
};

static struct tables *tables;

/* open_tables - once */
static int open_tables(void **state)
{
    (void)state;
    tables = care_tables(TABLE_ICD10CM);
    care_rows(tables, TABLE_ICD10CM, coder_codes_icd);
    return 0;
}

/* close_tables - at the end */
static int close_tables(void **state)
{
    (void)state;
    tables_free(tables);
    return 0;
}

/* next - a number of the disorder */
static uint32_t next(uint32_t *x)
{
    *x = *x * 1664525U + 1013904223U;
    return *x >> 8;
}

/* put_dx - one entry; `whole`: as the record would have it */
static void put_dx(const struct visit *v, CcEncounter *ev, size_t i, bool whole)
{
    bool here = i == v->at;
    CcProblem *p;

    if (here && v->lack == LACKS_PLACE && whole)
        return;
    if (here && (v->lack == LACKS_PLACE || (v->lack == LACKS_CODE && !whole))) {
        p = care_text_dx(v->a, ev, CODE_SYSTEM_UNKNOWN, "", "trouble of some kind");
        p->use = PROBLEM_USE_FINAL;
        p->rank = (uint32_t)i + 1;
    } else {
        p = care_dx(v->a, ev, v->codes[i], PROBLEM_USE_FINAL, (uint32_t)i + 1);
    }
    p->ref = arena_printf(v->a, "DG1[%zu]", i + 1);
    p->id = arena_printf(v->a, "C%zu", i + 1);
    p->poa = POA_Y;
    if (here && v->lack == LACKS_SIGN)
        p->poa = !whole ? POA_UNKNOWN : v->present ? POA_Y : POA_N;
}

/* encounter - of the visit */
static CcEncounter *encounter(const struct visit *v, bool whole)
{
    CcEncounter *ev = care_billed(v->a, v->base);

    for (size_t i = 0; i < CODES; i++)
        put_dx(v, ev, i, whole);
    if (v->lack == LACKS_AMOUNT) {
        CcCharge *c = care_charge(v->a, ev, "T2", "", 1000, 20260301);

        c->code = care_code(v->a, CODE_SYSTEM_CPT, "80053", "");
        c->revenue = care_text(v->a, v->base == 'I' ? "0301" : "");
        c->charge_given = whole;
        c->charge_cents = whole ? 4200 : 0;
    }
    return ev;
}

/* code - with the answers */
static CcCodingResult *code(const struct visit *v, CcEncounter *ev, CcReviewAnswer **answers,
                            size_t n)
{
    CcCodingResult *out = NULL;
    struct coder_visit folded;
    struct err e = {0};

    assert_int_equal(coder_fold(v->a, &ev, 1, NULL, 0, &folded, &e), 0);
    folded.answers = answers;
    folded.n_answers = n;
    assert_int_equal(coder_code(v->a, tables, NULL, &folded, &out, &e), 0);
    return out;
}

/* reason_of - a lack's question */
static const char *reason_of(enum lack lack)
{
    static const char *const reasons[LACK_MAX] = {"no-code", "no-code", "poa-missing", "no-price"};

    return reasons[lack];
}

/* answer_of - the person's word on the visit's question; NULL: it is not asked */
static CcReviewAnswer *answer_of(const struct visit *v, const CcCodingResult *out)
{
    CcReviewAnswer *word = event_new(v->a, &cc_review_answer__descriptor);

    for (size_t i = 0; i < out->n_review && !word->review_id[0]; i++)
        if (strcmp(out->review[i]->reason, reason_of(v->lack)) == 0)
            word->review_id = out->review[i]->review_id;
    if (!word->review_id[0])
        return NULL;
    word->choice = care_text(v->a, v->lack == LACKS_PLACE  ? "none"
                                   : v->lack != LACKS_SIGN ? "other"
                                   : v->present            ? "Y"
                                                           : "N");
    word->role = care_text(v->a, "coder");
    word->why = care_text(v->a, "seen");
    word->at_ms = 1;
    if (v->lack == LACKS_CODE)
        assert_true(event_push(v->a, word, codes,
                               care_code(v->a, CODE_SYSTEM_ICD10CM, v->codes[v->at], "")));
    word->amount_given = v->lack == LACKS_AMOUNT;
    word->amount_cents = v->lack == LACKS_AMOUNT ? 4200 : 0;
    return word;
}

/* reasons - of all questions, in order */
static const char *reasons(const struct visit *v, const CcCodingResult *out)
{
    const char *s = "";

    for (size_t i = 0; i < out->n_review; i++)
        s = arena_printf(v->a, "%s %s", s, out->review[i]->reason);
    return s;
}

/* same - the claims, and what is asked besides; false: printed */
static bool same(const struct visit *v, const CcCodingResult *x, const CcCodingResult *y)
{
    bool fine = x->n_claims == y->n_claims && strcmp(reasons(v, x), reasons(v, y)) == 0;

    for (size_t i = 0; fine && i < x->n_claims; i++) {
        CcClaim *told = event_copy(v->a, &x->claims[i]->base);

        fine = strcmp(x->claims[i]->claim_id, y->claims[i]->claim_id) == 0 &&
               adjust_difference(v->a, x->claims[i], y->claims[i], told) == WANT_SAME;
        if (!fine)
            fprintf(stderr, "%s\n", adjust_words(v->a, told));
    }
    if (!fine)
        fprintf(stderr, "%c lack %d at %zu of %s %s %s %s: %zu claims,%s; of the record %zu,%s\n",
                v->base, (int)v->lack, v->at, v->codes[0], v->codes[1], v->codes[2], v->codes[3],
                x->n_claims, reasons(v, x), y->n_claims, reasons(v, y));
    return fine;
}

/* otherwise_identical - each visit, its lack answered, against the record that lacks nothing */
static void otherwise_identical(void **state)
{
    static const char *pool[POOL];
    struct arena *names = arena_new((size_t)8 << 20);
    size_t n = care_billable(coder_codes_icd, pool, POOL, names), bad = 0, asked[LACK_MAX] = {0};
    uint32_t x = 20261126;

    (void)state;
    for (size_t i = 0; i < VISITS; i++) {
        struct visit v = {.a = arena_new(ARENA), .base = i % 2 ? 'I' : 'O'};
        CcReviewAnswer *word;

        for (size_t k = 0; k < CODES; k++)
            v.codes[k] = pool[next(&x) % n];
        v.at = next(&x) % CODES;
        v.lack = (enum lack)(next(&x) % LACK_MAX);
        v.present = next(&x) % 2;
        word = answer_of(&v, code(&v, encounter(&v, false), NULL, 0));
        if (word) {
            asked[v.lack]++;
            bad += !same(&v, code(&v, encounter(&v, false), &word, 1),
                         code(&v, encounter(&v, true), NULL, 0));
        }
        arena_free(v.a);
    }
    arena_free(names);
    for (int k = 0; k < LACK_MAX; k++)
        assert_true(asked[k] > 20);
    assert_int_equal(bad, 0);
}

/* main - the tests */
int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(otherwise_identical)};

    return cmocka_run_group_tests(tests, open_tables, close_tables);
}
