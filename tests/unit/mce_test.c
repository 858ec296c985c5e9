/* mce_test.c - the Medicare Code Editor's rules, as a table: an acute stay, what is changed in it,
 * and the set of (edit, code) that the editor of that day of discharge reports; of the validator's
 * edits and of the editor itself (common/mce), which also names the flag */
#include "tests/support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/claim/stay.h"
#include "common/tables/mce.h"
#include "services/validator/cases/case.h"

#define DAY_OF(dx) "diagnoses#1; D1.code=" dx "; D1.poa=exempt"
#define BOTH_HEARTS "R1.code=02RK0JZ; procedures#2; R2.code=02RL0JZ; R2.rank=2"

/* clang-format off */
static const struct {
    const char *changes, *wanted; /* "1:E1199 16:"; in any order */
} rows[] = {
    {"", ""},
    /* 1 invalid code: each by itself, once; the admitting one is only noted; what holds nothing is skipped */
    {"D4.code=E1199", "1:E1199"},
    {"D3.code=E1199; D4.code=E1198", "1:E1199 1:E1198"},
    {"D3.code=E1199; D4.code=E1199", "1:E1199"},
    {"D1.code=E1199; D4.code=E1199", "1:E1199 3:E1199"},
    {"D2.code=E1199", ""},
    {"D2.code=E1199; D4.code=E1199", "1:E1199"},
    {"D4.code=", ""},
    {"D4.code=0000", ""},
    {"D1.code=", "1:"},
    {"D1.role=other", "1:"},
    {"D4.code=B9681", "1:B9681"},
    {"D4.code=B9681; from_date=20260401; admit_date=20260401; thru_date=20260405; discharge_date=20260405", ""},
    {"D4.code=j189", "3:J189"},
    {"R1.code=02HV43Z", "1:02HV43Z"},
    {"R1.code=02HV33I", "1:02HV33I"},
    {"R1.code=", ""},
    {"R1.code=0000000", ""},
    {"D1.code=W20XXXA", "1:W20XXXA"},
    /* 2, 6, 8, 9 the principal one only */
    {"D1.code=W19XXXA", "2:W19XXXA"},
    {"D4.code=W19XXXA; D4.role=external_cause", ""},
    {"D1.code=D631", "6:D631"},
    {"D1.code=E119; D4.code=I10", "8:E119"},
    {"D4.code=E119", ""},
    {"D1.code=Z91419", "9:Z91419"},
    {"D4.code=Z91419", ""},
    {DAY_OF("Z5189"), "9:Z5189"},
    {"D1.code=Z5189", ""},
    {DAY_OF("Z5189") "; diagnoses#2; D2.role=other; D2.code=", "9:Z5189"},
    {DAY_OF("Z5189") "; diagnoses#2; D2.role=other; D2.code=E1199", "1:E1199"},
    {DAY_OF("Z5189") "; diagnoses#2; D2.role=admitting; D2.code=R0902", "9:Z5189"},
    {DAY_OF("Z5189") "; diagnoses#2; D2.role=external_cause; D2.code=W19XXXA", ""},
    /* 3 a secondary one is the principal one; two equal secondaries are not */
    {"D4.code=J189", "3:J189"},
    {"D3.code=J189; D4.code=J189", "3:J189"},
    {"D4.code=J9601", ""},
    /* 4 age */
    {"D4.code=E8411", "4:E8411"},
    {"D1.code=E8411", "4:E8411"},
    {"D2.code=E8411", ""},
    {"D2.code=E8411; D4.code=E8411", "4:E8411"},
    {"D4.code=E8411; patient.birth_date=20250311", ""},
    {"D4.code=E8411; patient.birth_date=20250310", "4:E8411"},
    {"D4.code=B0821; patient.birth_date=20080311", ""},
    {"D4.code=B0821; patient.birth_date=20080310", "4:B0821"},
    {"D4.code=O26891", "4:O26891"},
    {"D4.code=O26891; patient.birth_date=19610311", ""},
    {"D4.code=R54; patient.birth_date=20110311", "4:R54"},
    {"D4.code=R54; patient.birth_date=20110310", ""},
    {"D4.code=Z91419; patient.birth_date=20110311", "4:Z91419"},
    /* 5 sex, until 2024-09-30; no condition code opens it */
    {"D4.code=C50912; patient.sex=male; @shift=-560", "5:C50912"},
    {"D4.code=C50912; patient.sex=male; conditions=45; @shift=-560", "5:C50912"},
    {"D4.code=C50912; patient.sex=female; @shift=-560", ""},
    {"R1.code=0V5Q4ZZ; @shift=-560", "5:0V5Q4ZZ 11:0V5Q4ZZ"},
    {"R1.code=0V5Q4ZZ", "1:0V5Q4ZZ"},
    /* 8 a delivery without its outcome: each such procedure */
    {"R1.code=10D00Z1", "8:10D00Z1"},
    {"R1.code=10D00Z1; D4.code=Z370; patient.birth_date=19900310", ""},
    {"R1.code=10D00Z1; D1.code=Z370; patient.birth_date=19900310", "8:10D00Z1 9:Z370"}, /* a secondary one */
    {"R1.code=10D00Z1; D2.code=Z370; patient.birth_date=19900310", "8:10D00Z1"},
    {"R1.code=10D00Z1; procedures#2; R2.code=10D07Z7; R2.rank=2; @shift=-560", "8:10D00Z1 8:10D07Z7"},
    /* 11 non-covered, else 17 limited */
    {"R1.code=00F3XZZ", "11:00F3XZZ"},
    {"R1.code=0FYG0Z0", "11:0FYG0Z0"},
    {"R1.code=0FYG0Z0; procedures#2; R2.code=0TY00Z0; R2.rank=2", "17:0FYG0Z0"},
    {"R1.code=0FYG0Z0; D4.code=E109", "17:0FYG0Z0"},
    {"R1.code=0FYG0Z0; D2.code=E109", "11:0FYG0Z0"},
    {"R1.code=0SR20JZ", "11:0SR20JZ"},
    {"R1.code=0SR20JZ; patient.birth_date=19650310", "11:0SR20JZ"},
    {"R1.code=0SR20JZ; patient.birth_date=19650311", ""},
    {"R1.code=0UL70ZZ", ""},
    {"R1.code=0UL70ZZ; D4.code=Z302", "11:0UL70ZZ"},
    {"R1.code=0BYD0Z2", "17:0BYD0Z2"},
    {"R1.code=0BYD0Z2; authorization=AUTH1", "17:0BYD0Z2"},
    {"R1.code=02RK0JZ", ""},
    {BOTH_HEARTS, "11:02RK0JZ 11:02RL0JZ"},
    {BOTH_HEARTS "; D4.code=Z006", "17:02RK0JZ 17:02RL0JZ"},
    /* 14 age, 15 sex, 16 discharge status */
    {"patient.birth_date=0", "14:"},
    {"patient.birth_date=19010310", "14:"},
    {"patient.birth_date=19010311", ""},
    {"patient.birth_date=20260311", "14:"},
    {"patient.sex=9", "15:"},
    {"patient.sex=unknown", ""},
    {"patient.sex=unknown; @shift=-560", "15:"},
    {"discharge_status=", "16:"},
    {"discharge_status=40", "16:40"},
    {"discharge_status=81", "16:81"},
    {"discharge_status=81; thru_date=20260312; discharge_date=20260312", ""},
    {"admit_type=7; admit_source=3", ""},
    /* 18, 19, 20 */
    {"D4.code=Y6551", "18:Y6551"},
    {"D1.code=Y6551", "2:Y6551 18:Y6551"},
    {"R1.code=5A1955Z", "19:5A1955Z"},
    {"R1.code=5A1955Z; thru_date=20260315; discharge_date=20260315", ""},
    {"D1.code=G8100; D4.code=G8101", "20:G8100"},
    {"D2.code=G8100", ""},
    /* no edition of the day, and bills that are no acute stays: no edits of CMS's */
    {"D4.code=E1199; discharge_status=40; @shift=400", ""},
    {"D4.code=E1199; discharge_status=40; type_of_bill=0211", ""},
};
/* clang-format on */

/* add_pair - "16:40" once */
static void add_pair(char *out, size_t size, const char *edit, const char *code)
{
    char pair[32], plain[16] = "";
    size_t n = 0;

    for (; *code && n + 1 < sizeof(plain); code++)
        if (*code != '.')
            plain[n++] = *code;
    snprintf(pair, sizeof(pair), " %s:%s ", edit, plain);
    if (!strstr(out, pair))
        snprintf(out + strlen(out), size - strlen(out), "%s", pair);
}

/* reported - all that names the MCE */
static void reported(const struct validator_result *r, char *out, size_t size)
{
    out[0] = '\0';
    for (size_t i = 0; i < r->n_findings; i++)
        for (size_t k = 0; k < r->findings[i]->n_same_as; k++) {
            const CcFinding *f = r->findings[i];

            if (strncmp(f->same_as[k], "MCE ", 4) == 0)
                add_pair(out, size, f->same_as[k] + 4, f->n_codes ? f->codes[0] : "");
        }
}

/* wanted_of - the row's list in the same form */
static void wanted_of(const char *list, char *out, size_t size)
{
    char copy[256], *save = NULL;

    out[0] = '\0';
    snprintf(copy, sizeof(copy), "%s", list);
    for (char *w = strtok_r(copy, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
        char *colon = strchr(w, ':');

        *colon = '\0';
        add_pair(out, size, w, colon + 1);
    }
}

/* same_pairs - equal sets: as long, and each of one is in the other */
static bool same_pairs(const char *a, const char *b)
{
    char copy[512], word[40], *save = NULL;

    snprintf(copy, sizeof(copy), "%s", a);
    for (char *w = strtok_r(copy, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
        snprintf(word, sizeof(word), " %s ", w);
        if (!strstr(b, word))
            return false;
    }
    return strlen(a) == strlen(b);
}

/* The flags that an edit may fire by; 0: none. */
static const uint32_t flags_of_edit[21] = {
    [2] = MCE_EXTERNAL,
    [4] = MCE_NEWBORN | MCE_PEDIATRIC | MCE_MATERNITY | MCE_ADULT,
    [5] = MCE_MALE | MCE_FEMALE,
    [6] = MCE_MANIFESTATION,
    [8] = MCE_QUESTIONABLE | MCE_CESAREAN | MCE_VAGINAL,
    [9] = MCE_UNACCEPTABLE | MCE_NEEDS_SECOND,
    [11] = MCE_NONCOVERED | MCE_NCOV45 | MCE_NCOV_OVER_60 | MCE_NCOV6 | MCE_NCOV7 | MCE_NCOV_Z302 |
           MCE_HEART_A | MCE_HEART_B,
    [17] = MCE_LIMITED | MCE_HEART_A | MCE_HEART_B,
    [18] = MCE_WRONG_PROCEDURE,
    [19] = MCE_STAY,
    [20] = MCE_UNSPECIFIED,
};

/* code_of - where a hit fired */
static const char *code_of(const struct mce_stay *s, const struct mce_hit *h)
{
    return h->of == MCE_OF_DX ? s->dx[h->index] : h->of == MCE_OF_PX ? s->px[h->index] : "";
}

/* judged - what the editor itself says of a claim, each hit by one flag that its edit knows and its
 * code has */
static void judged(const CcClaim *c, const struct tables *t, struct arena *a, char *out,
                   size_t size)
{
    static struct mce_hit hits[MCE_HITS_MAX];
    struct claim_stay in;
    struct mce_stay s;
    struct err e = {0};
    const struct mce *m;
    int n;

    out[0] = '\0';
    assert_int_equal(claim_stay_of(c, a, &in, &e), 0);
    m = claim_is_acute(c) ? tables_mce(t, in.discharge, NULL) : NULL;
    if (!m)
        return;
    assert_int_equal(claim_mce_stay(c, &in, a, &s, &e), 0);
    n = mce_check(m, &s, hits, &e);
    assert_true(n >= 0);
    for (int i = 0; i < n; i++) {
        const struct mce_hit *h = &hits[i];
        char edit[12];
        uint32_t flags = 0;

        assert_true(h->edit <= 20 && mce_edit_name(h->edit)[0]);
        assert_int_equal(h->flag & ~flags_of_edit[h->edit], 0);
        assert_int_equal(h->flag != 0, flags_of_edit[h->edit] != 0);
        if (h->flag) {
            assert_true(mce_code(m, h->of == MCE_OF_PX ? MCE_PX : MCE_DX, code_of(&s, h),
                                 s.discharge, &flags));
            assert_int_equal(flags & h->flag, h->flag);
            assert_true(mce_flag_name(h->flag)[0]);
        }
        snprintf(edit, sizeof(edit), "%u", h->edit);
        add_pair(out, size, edit, h->edit == 16 ? c->discharge_status : code_of(&s, h));
    }
}

/* differs - says where the two are not equal */
static bool differs(const char *by, const char *changes, const char *got, const char *wanted)
{
    bool same = same_pairs(got, wanted) && same_pairs(wanted, got);

    if (!same)
        print_message("%s, \"%s\": \"%s\", wanted \"%s\"\n", by, changes, got, wanted);
    return !same;
}

/* test_rules - every row */
static void test_rules(void **state)
{
    struct err e = {0};
    struct tables *t = case_tables(TABLE_MAX, &e);
    struct arena *a = arena_new((size_t)1 << 22);
    unsigned bad = 0;

    (void)state;
    assert_non_null(t);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct edit_case c = {"", 'I', 0, rows[i].changes, "", NULL};
        struct case_options o = {0};
        struct validator_result r = {0};
        char got[512], wanted[512];
        CcClaim *claim;

        assert_int_equal(case_run(&c, t, a, &r, &e), 0);
        reported(&r, got, sizeof(got));
        wanted_of(rows[i].wanted, wanted, sizeof(wanted));
        bad += differs("validator", rows[i].changes, got, wanted);
        claim = case_claim('I', a, &o, &e);
        assert_int_equal(case_change(claim, &o, rows[i].changes, a, &e), 0);
        judged(claim, t, a, got, sizeof(got));
        bad += differs("editor", rows[i].changes, got, wanted);
        arena_reset(a);
    }
    assert_int_equal(bad, 0);
    arena_free(a);
    tables_free(t);
}

/* add - a code of the list */
static int add(struct mce *m, enum mce_list list, const char *code, const char *flags,
               struct err *e)
{
    return mce_add_code(m, list, span_of(code), 20151001, 0, span_of(flags), e);
}

/* test_flags - which of several flags is named; a stay of too many codes, a row that is none */
static void test_flags(void **state)
{
    static const char *dx[MCE_CODES_MAX + 1] = {"Z5189", "E109", "Z302"},
                                          *px[] = {"0FYG0Z0", "0TY00Z0"};
    static struct mce_hit hits[MCE_HITS_MAX];
    struct mce_stay s = {dx, 1, px, 1, MCE_SEX_MALE, 50, 1, 9, 20260401};
    struct mce *m = mce_new();
    struct err e = {0};

    (void)state;
    assert_int_equal(add(m, MCE_DX, "Z5189", "unacceptable,reqsdx", &e), 0);
    assert_int_equal(add(m, MCE_DX, "E109", "diabtypeI", &e), 0);
    assert_int_equal(add(m, MCE_PX, "0FYG0Z0", "lcov,ncov45", &e), 0);
    assert_int_equal(add(m, MCE_PX, "0TY00Z0", "kidneyxp,unheard", &e), 0);
    assert_int_equal(add(m, MCE_PX, "0TY00Z0$", "", &e), -1);
    assert_string_equal(e.code, "mce");
    assert_int_equal(mce_add_age(m, span_of("OLD"), 1, 2, 20151001, 0, &e), -1);
    assert_int_equal(mce_add_status(m, span_of("1x"), 20151001, 0, &e), -1);
    assert_int_equal(mce_finish(m, &e), 0);
    assert_int_equal(mce_check(m, &s, hits, &e), 2);
    assert_int_equal(hits[0].flag, MCE_NEEDS_SECOND);
    assert_string_equal(mce_flag_name(hits[1].flag), "ncov45");
    s.n_dx = 2;
    assert_int_equal(mce_check(m, &s, hits, &e), 1);
    assert_string_equal(mce_flag_name(hits[0].flag), "lcov");
    s.n_dx = MCE_CODES_MAX + 1;
    assert_int_equal(mce_check(m, &s, hits, &e), -1);
    assert_string_equal(e.code, "size");
    mce_free(m);
    mce_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rules), cmocka_unit_test(test_flags)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
