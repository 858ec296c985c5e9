/* hcc_test.c - risk adjustment: categories, hierarchies, interactions, count, segments, over the
 * model's own numbers for a few categories */
#include "tests/support/loading.h"
#include "tests/support/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/hcc/hcc.h"
#include "tests/support/claims.h"

/* clang-format off */
static const char dx[] =
    "diagnosis_code,cc,model_name\n"
    "E119,38,CMS-HCC Model V28\nE1122,37,CMS-HCC Model V28\nI509,226,CMS-HCC Model V28\nI509,85,CMS-HCC Model V24\n"
    "J449,280,CMS-HCC Model V28\nN184,327,CMS-HCC Model V28\nN1832,328,CMS-HCC Model V28\nI4891,238,CMS-HCC Model V28\n"
    "E113211,37,CMS-HCC Model V28\nE113211,298,CMS-HCC Model V28\nC61,23,CMS-HCC Model V28\n"
    "D66,111,CMS-HCC Model V28\nC50011,23,CMS-HCC Model V28\nJ42,280,CMS-HCC Model V28\nJ4489,280,CMS-HCC Model V28\nP0411,137,CMS-HCC Model V28\n";
static const char parents[] =
    "cc_parent,cc_child,model_domain,model_version,model_fullname\n"
    "37,38,CMS-HCC,V28,V28115H1\n327,328,CMS-HCC,V28,V28115H1\n226,327,CMS-HCC,V24,V24H86H1\n";
/* PY 2026, CNA: as published; other segments shortened */
static const char values[] =
    "coefficient,value,model_domain,model_version\n"
    "CNA_HCC37,0.166,CMS-HCC,C28\nCNA_HCC38,0.166,CMS-HCC,C28\nCNA_HCC226,0.36,CMS-HCC,C28\nCNA_HCC280,0.319,CMS-HCC,C28\n"
    "CNA_HCC327,0.514,CMS-HCC,C28\nCNA_HCC328,0.127,CMS-HCC,C28\nCNA_HCC238,0.299,CMS-HCC,C28\nCNA_HCC298,0.2,CMS-HCC,C28\n"
    "CNA_DIABETES_HF_V28,0.112,CMS-HCC,C28\nCNA_HF_CHR_LUNG_V28,0.078,CMS-HCC,C28\nCNA_HF_KIDNEY_V28,0.176,CMS-HCC,C28\n"
    "CNA_HF_HCC238_V28,0.077,CMS-HCC,C28\nCNA_F65_69,0.33,CMS-HCC,C28\nCNA_M95_GT,0.896,CMS-HCC,C28\nCNA_D1,0,CMS-HCC,C28\n"
    "CNA_D4,0,CMS-HCC,C28\nCNA_D5,0.05,CMS-HCC,C28\nCNA_OriginallyDisabled_Female,0.228,CMS-HCC,C28\nCNA_HCC226,9.9,CMS-HCC,C24\n"
    "INS_F60_64,1.1,CMS-HCC,C28\nINS_F45_54,0.6,CMS-HCC,C28\nINS_F0_34,0.5,CMS-HCC,C28\nINS_HCC23,0.2,CMS-HCC,C28\nINS_DISABLED_CANCER_V28,0.367,CMS-HCC,C28\nINS_LTIMCAID,0.1,CMS-HCC,C28\n"
    "NE_NMCAID_NORIGDIS_NEF66,0.55,CMS-HCC,C28\nNE_MCAID_ORIGDIS_NEF66,1.55,CMS-HCC,C28\n";
static const char eligible[] = "cpt_hcpcs_code\n99213\n";
static const char rates[] = "rate,value,from,to\nhcc-normalization,1.067,2026-01-01,2026-12-31\nhcc-coding-intensity,0.059,2026-01-01,2026-12-31\n";

static const struct example {
    const char *segment, *born, *flags; /* F M D(isabled first) A(id) */
    const char *codes;                  /* "-" before one: its claim does not count */
    const char *want;
} examples[] = {
    {"CNA", "19590301", "F", "", "F65_69 330 | raw 330 score 291"},
    {"CNA", "19590301", "F", "E119", "38 E119 166 | F65_69 330 D1 0 | raw 496 score 438"},
    {"CNA", "19590301", "F", "E119 E1122", "37 E1122 166, 38 E119 <37 | F65_69 330 D1 0 | raw 496 score 438"},
    {"CNA", "19590301", "F", "I509 E119 J449 N184 N1832",
     "38 E119 166, 226 I509 360, 280 J449 319, 327 N184 514, 328 N1832 <327 | F65_69 330 D4 0 DIABETES_HF_V28 112 HF_CHR_LUNG_V28 78 "
     "HF_KIDNEY_V28 176 | raw 2055 score 1812"},
    {"CNA", "19590301", "F", "I509 E119 J449 N184 I4891",
     "38 E119 166, 226 I509 360, 238 I4891 299, 280 J449 319, 327 N184 514 | F65_69 330 D5 50 DIABETES_HF_V28 112 HF_CHR_LUNG_V28 78 "
     "HF_KIDNEY_V28 176 HF_HCC238_V28 77 | raw 2481 score 2188"},
    {"CNA", "19590301", "F", "E113211", "37 E113211 166, 298 E113211 200 | F65_69 330 | raw 696 score 614"}, /* one code, two categories */
    {"CNA", "19590301", "F", "-I509 E119", "38 E119 166, 226 I509 ? | F65_69 330 D1 0 | raw 496 score 438"},
    {"CNA", "19590301", "F", "-E119 E119", "38 E119 166 | F65_69 330 D1 0 | raw 496 score 438"},
    {"CNA", "19590301", "F", "Z23 J069", "F65_69 330 | raw 330 score 291"},
    {"CNA", "19590301", "FD", "", "F65_69 330 OriginallyDisabled_Female 228 | raw 558 score 492"},
    {"CNA", "19200101", "M", "", "M95_GT 896 | raw 896 score 790"},
    {"INS", "19640301", "FA", "C61", "23 C61 200 | F60_64 1100 LTIMCAID 100 DISABLED_CANCER_V28 367 | raw 1767 score 1558"},
    {"NE", "19590301", "F", "E119", "38 E119 0 | NMCAID_NORIGDIS_NEF66 550 | raw 550 score 485"},
    {"NE", "19590301", "FDA", "", "MCAID_ORIGDIS_NEF66 1550 | raw 1550 score 1367"},
    /* age and sex of single diagnoses, each on both sides of its bound */
    {"CNA", "19590301", "F", "D66", "112 D66 0 | F65_69 330 | raw 330 score 291, D66 111>112"},
    {"CNA", "19200101", "M", "D66", "111 D66 0 | M95_GT 896 | raw 896 score 790"},
    {"INS", "19760202", "F", "C50011", "22 C50011 0 | F45_54 600 DISABLED_CANCER_V28 367 | raw 967 score 853, C50011 23>22"},
    {"INS", "19760201", "F", "C50011", "23 C50011 200 | F45_54 600 DISABLED_CANCER_V28 367 | raw 1167 score 1029"},
    {"INS", "20080202", "F", "J42 J4489", "280 J4489 0 | F0_34 500 | raw 500 score 441, J42 280>0"},
    {"INS", "20080201", "F", "J42", "280 J42 0 | F0_34 500 | raw 500 score 441"},
    {"INS", "20240202", "F", "P0411", "137 P0411 0 | F0_34 500 | raw 500 score 441"},
    {"INS", "20240201", "F", "P0411", "F0_34 500 | raw 500 score 441, P0411 137>0"},
    {"CND", "19590301", "F", "E119", "missing: the table hcc has no age and sex of this segment"},
};
/* clang-format on */

/* load - a payment year */
static void load(struct loading *l)
{
    static const struct {
        const char *name, *text;
    } files[] = {{"ra_dx_to_cc_2026.csv", dx},
                 {"ra_hierarchies_2026.csv", parents},
                 {"ra_coefficients_2026.csv", values},
                 {"ra_eligible_cpt_hcpcs_2026.csv", eligible},
                 {"rates.csv", rates}};

    loading_begin(l, NULL);
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
        if (loading_add(l, files[i].name, files[i].text) != LOAD_TAKEN)
            fail_msg("%s: %s", files[i].name, l->last.text);
    loading_publish(l);
    assert_int_equal(l->refused, 0);
}

/* said - a score in the words of the examples */
static const char *said(const struct hcc_score *s)
{
    static char out[1000];
    size_t n = 0;

    out[0] = '\0';
    if (s->missing) {
        snprintf(out, sizeof(out), "missing: %s", s->missing);
        return out;
    }
    for (size_t i = 0; i < s->n_categories; i++) {
        const struct hcc_category *c = &s->categories[i];

        n += (size_t)snprintf(out + n, sizeof(out) - n, "%s%u %s ", i ? ", " : "", c->hcc, c->code);
        if (!c->counts)
            n += (size_t)snprintf(out + n, sizeof(out) - n, "?");
        else if (c->dropped_by)
            n += (size_t)snprintf(out + n, sizeof(out) - n, "<%u", c->dropped_by);
        else
            n += (size_t)snprintf(out + n, sizeof(out) - n, "%lld", (long long)c->value);
    }
    n += (size_t)snprintf(out + n, sizeof(out) - n, "%s", s->n_categories ? " | " : "");
    for (size_t i = 0; i < s->n_terms; i++)
        n += (size_t)snprintf(out + n, sizeof(out) - n, "%s %lld ", s->terms[i].name,
                              (long long)s->terms[i].value);
    n += (size_t)snprintf(out + n, sizeof(out) - n, "| raw %lld score %lld", (long long)s->raw,
                          (long long)(s->payment_given ? s->payment : -1));
    for (size_t i = 0; i < s->n_edited; i++)
        n += (size_t)snprintf(out + n, sizeof(out) - n, ", %s %u>%u", s->edited[i].code,
                              s->edited[i].hcc, s->edited[i].instead);
    return out;
}

/* test_scores - every example */
static void test_scores(void **state)
{
    struct loading l;

    (void)state;
    load(&l);
    for (size_t i = 0; i < sizeof(examples) / sizeof(examples[0]); i++) {
        const struct example *x = &examples[i];
        struct arena *a = arena_new(1 << 20);
        struct hcc_person who = {.birth = (int32_t)strtol(x->born, NULL, 10),
                                 .female = x->flags[0] == 'F',
                                 .disabled_first = strchr(x->flags, 'D') != NULL,
                                 .medicaid = strchr(x->flags, 'A') != NULL,
                                 .segment = hcc_segment_by_name(x->segment)};
        struct hcc_dx list[8];
        struct hcc_score s;
        struct err e = {0};
        char codes[100], *save = NULL, *w;
        size_t n = 0;

        snprintf(codes, sizeof(codes), "%s", x->codes);
        for (w = strtok_r(codes, " ", &save); w; w = strtok_r(NULL, " ", &save))
            list[n++] = (struct hcc_dx){w + (*w == '-'), *w != '-'};
        assert_int_equal(hcc_score(&who, 2025, list, n, l.tables, a, &s, &e), 0);
        if (strcmp(said(&s), x->want) != 0)
            fail_msg("%s %s: %s\nexpected %s", x->segment, x->codes, said(&s), x->want);
        arena_free(a);
    }
    loading_end(&l);
}

/* test_years - without an edition there is no score; without rates only the raw one */
static void test_years(void **state)
{
    struct hcc_person who = {.birth = 19590301, .female = true, .segment = HCC_CNA};
    struct hcc_score s;
    struct err e = {0};
    struct loading l;
    struct arena *a = arena_new(1 << 20);

    (void)state;
    load(&l);
    assert_int_equal(hcc_score(&who, 2023, NULL, 0, l.tables, a, &s, &e), 0);
    assert_string_equal(s.missing, "table hcc: no edition covers the year of service");
    who.birth = 0;
    assert_int_equal(hcc_score(&who, 2025, NULL, 0, l.tables, a, &s, &e), 0);
    assert_string_equal(s.missing, "the date of birth");
    arena_free(a);
    loading_end(&l);
}

/* test_claims - which claims count */
static void test_claims(void **state)
{
    static const struct {
        const char *bill, *code; /* bill "": professional */
        bool counts;
    } rows[] = {{"", "99213", true},     {"", "36415", false},     {"0111", "36415", true},
                {"0131", "99213", true}, {"0131", "36415", false}, {"0211", "99213", false},
                {"0851", "99213", true}, {"0411", "", true},       {"0321", "99213", false}};
    struct loading l;
    struct arena *a = arena_new(1 << 22);

    (void)state;
    load(&l);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        CcClaim *c = rows[i].bill[0] ? claims_inpatient(a) : claims_office(a);

        c->type_of_bill = claims_text(a, rows[i].bill);
        c->n_lines = 0;
        if (rows[i].code[0])
            claims_line(a, c, rows[i].code, 100, 20250301);
        if (hcc_claim_counts(c, l.tables, 20250301) != rows[i].counts)
            fail_msg("%s %s", rows[i].bill, rows[i].code);
        assert_false(hcc_claim_counts(c, l.tables, 20230301));
    }
    arena_free(a);
    loading_end(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_scores), cmocka_unit_test(test_years),
                                       cmocka_unit_test(test_claims)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
