/* drg_test.c - the grouper on a small version made up for it: every step of the definitions, with
 * its boundaries */
#include "tests/support/drg.h"
#include "tests/support/loading.h"
#include "tests/support/test.h"

#include <stdio.h>

#include "common/tables/msdrg.h"

/* A stay in hand: `dx` "I5020 J9601:N" (POA Y where nothing is said, "-" none), `px` codes. */
struct given {
    const char *dx, *px;
    enum drg_sex sex;
    int status;
    bool exempt;
};

struct world {
    struct loading l;
    const struct drg *d;
    char text[600];
    struct drg_dx dx[DRG_DX_MAX];
    const char *px[DRG_PX_MAX];
    struct drg_claim claim;
    struct drg_result result;
    struct drg_dx_why dx_why[DRG_DX_MAX];
    struct drg_px_why px_why[DRG_PX_MAX];
};
static struct world w;

/* begin - the version is loaded once */
static int begin(void **state)
{
    char name[200];

    (void)state;
    loading_begin(&w.l, NULL);
    for (size_t i = 0; drg_files[i].name; i++) {
        snprintf(name, sizeof(name), "v431/%s", drg_files[i].name);
        if (loading_add(&w.l, name, drg_files[i].text) != LOAD_TAKEN)
            return -1;
    }
    loading_publish(&w.l);
    w.d = tables_drg(w.l.tables, 20260501, NULL);
    return w.d ? 0 : -1;
}

/* end - and given back */
static int end(void **state)
{
    (void)state;
    loading_end(&w.l);
    return 0;
}

/* take_words - codes of a text, cut in place */
static size_t take_words(char *text, char **out)
{
    char *rest = text, *word;
    size_t n = 0;

    while ((word = strsep(&rest, " ")))
        if (*word)
            out[n++] = word;
    return n;
}

/* given - a claim from its short form */
static void given(const struct given *g)
{
    static char dx[300], px[300];
    char *words[DRG_DX_MAX];

    str_copy(dx, sizeof(dx), g->dx ? g->dx : "");
    str_copy(px, sizeof(px), g->px ? g->px : "");
    w.claim = (struct drg_claim){.dx = w.dx,
                                 .px = w.px,
                                 .sex = g->sex,
                                 .status = g->status ? g->status : 1,
                                 .poa_exempt = g->exempt};
    w.claim.status = g->status < 0 ? 0 : w.claim.status;
    w.claim.n_dx = take_words(dx, words);
    for (size_t i = 0; i < w.claim.n_dx; i++) {
        char *colon = strchr(words[i], ':');

        w.dx[i] = (struct drg_dx){words[i], colon ? colon[1] : 'Y'};
        if (colon)
            *colon = '\0';
    }
    w.claim.n_px = take_words(px, words);
    for (size_t i = 0; i < w.claim.n_px; i++)
        w.px[i] = words[i];
}

/* expect - "initial final mdc return" of a claim */
static void expect(struct given g, const char *wanted)
{
    const struct drg_answer *f = &w.result.final;
    struct err e = {0};

    given(&g);
    if (drg_explain(w.d, &w.claim, &w.result, w.dx_why, w.px_why, &e) != 0)
        fail_msg("%s", e.text);
    snprintf(w.text, sizeof(w.text), "%u %u %u %s", w.result.initial.drg, f->drg, f->mdc,
             drg_return_name(f->ret));
    if (strcmp(w.text, wanted) != 0)
        fail_msg("%s | %s: %s, expected %s", g.dx ? g.dx : "", g.px ? g.px : "", w.text, wanted);
}

/* test_severity - MCC, CC, none; a collection of the principal excludes; unknown codes are nothing
 */
static void test_severity(void **state)
{
    (void)state;
    expect((struct given){.dx = "I5020"}, "293 293 5 OK");
    expect((struct given){.dx = "I5020 N179"}, "292 292 5 OK");
    expect((struct given){.dx = "I5020 N179 J9601"}, "291 291 5 OK");
    expect((struct given){.dx = "I5020 I5021"}, "293 293 5 OK");
    assert_int_equal(w.dx_why[1].severity, DRG_MCC);
    assert_int_equal(w.dx_why[1].excluded, DRG_EXCLUDED_BY_PRINCIPAL);
    expect((struct given){.dx = "J9601 I5021"}, "190 190 4 OK");
    expect((struct given){.dx = "J9601"}, "189 189 4 OK");
    expect((struct given){.dx = "I5020 ZZZ j9601 J96012345 \xC3\xA9"}, "293 293 5 OK");
    assert_false(w.dx_why[1].known);
}

/* test_refused - each refusal of the definitions */
static void test_refused(void **state)
{
    (void)state;
    expect((struct given){.dx = NULL}, "999 999 0 INVALID_PDX");
    expect((struct given){.dx = "i5020"}, "999 999 0 INVALID_PDX");
    expect((struct given){.dx = "I50"}, "999 999 0 INVALID_PDX");
    expect((struct given){.dx = "V9999XA"}, "999 999 0 INVALID_PDX");
    expect((struct given){.dx = "W1830XA"}, "999 999 0 DX_CANNOT_BE_PDX");
    expect((struct given){.dx = "N800"}, "999 999 0 INVALID_SEX");
    expect((struct given){.dx = "N800", .sex = DRG_MALE}, "684 684 11 OK");
    expect((struct given){.dx = "N800", .sex = DRG_FEMALE}, "760 760 13 OK");
    expect((struct given){.dx = "C61"}, "722 722 12 OK");
    expect((struct given){.dx = "I2101", .status = 8}, "999 999 0 INVALID_DISCHARGE_STATUS");
    expect((struct given){.dx = "I2101", .status = -1}, "999 999 0 INVALID_DISCHARGE_STATUS");
    expect((struct given){.dx = "I5020", .status = -1}, "293 293 5 OK");
    expect((struct given){.dx = "I5020 I469", .status = 96}, "999 999 0 INVALID_DISCHARGE_STATUS");
    expect((struct given){.dx = "Z3800", .status = 10}, "999 999 0 INVALID_DISCHARGE_STATUS");
    expect((struct given){.dx = "O80"}, "999 999 0 UNGROUPABLE");
}

/* test_status - alive, died, against advice, transferred; arrest counts only alive */
static void test_status(void **state)
{
    (void)state;
    expect((struct given){.dx = "I5020 I469"}, "291 291 5 OK");
    expect((struct given){.dx = "I5020 I469", .status = 20}, "293 293 5 OK");
    assert_int_equal(w.dx_why[1].excluded, DRG_EXCLUDED_ALIVE_ONLY);
    expect((struct given){.dx = "I2101"}, "282 282 5 OK");
    expect((struct given){.dx = "I2101", .status = 20}, "285 285 5 OK");
    expect((struct given){.dx = "F1010", .status = 7}, "894 894 20 OK");
    expect((struct given){.dx = "F1010", .status = 6}, "897 897 20 OK");
    expect((struct given){.dx = "Z3800", .status = 66}, "789 789 15 OK");
    expect((struct given){.dx = "Z3800", .status = 95}, "795 795 15 OK");
    expect((struct given){.dx = "Z3800 Z23"}, "795 795 15 OK");
    expect((struct given){.dx = "Z3800 Z23 QQQ"}, "795 795 15 OK");
    expect((struct given){.dx = "Z3800 N179"}, "794 794 15 OK");
    expect((struct given){.dx = "P0730"}, "794 794 15 OK");
}

/* test_suppression - a formula that gives its own attribute no severity */
static void test_suppression(void **state)
{
    (void)state;
    expect((struct given){.dx = "I5020 I2101"}, "282 282 5 OK");
    expect((struct given){.dx = "I5020 I2101 J9601"}, "280 280 5 OK");
    assert_true(w.dx_why[2].used);
    assert_true(w.dx_why[1].used); /* ANY:ami */
}

/* test_ways - pre-MDC, reroutes, unrelated procedures, no formula */
static void test_ways(void **state)
{
    (void)state;
    expect((struct given){.dx = "N179", .px = "02YA0Z0"}, "2 2 11 OK");
    expect((struct given){.dx = "N179 J9601", .px = "02YA0Z0"}, "1 1 11 OK");
    expect((struct given){.dx = "I5020", .px = "0TY00Z0"}, "652 652 11 OK");
    assert_int_equal(w.result.final.n_path, 2);
    expect((struct given){.dx = "S0101XA"}, "605 605 9 OK");
    expect((struct given){.dx = "S0101XA S2101XA"}, "965 965 24 OK");
    expect((struct given){.dx = "S0101XA S0201XA"}, "965 965 24 OK");
    expect((struct given){.dx = "S0101XA S0101XA"}, "605 605 9 OK");
    expect((struct given){.dx = "I5020", .px = "0HBT0ZZ"}, "983 983 5 OK");
    expect((struct given){.dx = "I5020 J9601", .px = "0HBT0ZZ"}, "981 981 5 OK");
    expect((struct given){.dx = "I5020", .px = "0DTJ4ZZ"}, "989 989 5 OK");
    assert_int_equal(w.result.final.type, DRG_SURGICAL);
    expect((struct given){.dx = "I5020", .px = "5A1955Z 0000000"}, "293 293 5 OK");
    assert_int_equal(w.result.final.type, DRG_MEDICAL);
}

/* test_clusters - a pair of procedures is one more; its parts are hidden where it says */
static void test_clusters(void **state)
{
    (void)state;
    expect((struct given){.dx = "I5020", .px = "0JH609Z"}, "250 250 5 OK");
    expect((struct given){.dx = "I5020", .px = "0JH609Z 02HK0KZ"}, "277 277 5 OK");
    assert_string_equal(w.px_why[0].cluster, "Z@0001");
    assert_true(w.px_why[0].used && w.px_why[1].used);
    expect((struct given){.dx = "I5020 N179", .px = "02HK0KZ 0JH609Z"}, "276 276 5 OK");
    expect((struct given){.dx = "I5020", .px = "02HK0KZ 02HK0KZ"}, "293 293 5 OK");
    expect((struct given){.dx = "I5020", .px = "02HK0KZ 0JH609Z 0JH609Z"}, "277 277 5 OK");
}

/* test_counts - vessels and stents, sides of the body, fusions */
static void test_counts(void **state)
{
    (void)state;
    expect((struct given){.dx = "I5020", .px = "027034Z"}, "322 322 5 OK");
    expect((struct given){.dx = "I5020", .px = "027034Z 027034Z"}, "321 321 5 OK");
    expect((struct given){.dx = "I5020", .px = "027034Z 027134Z"}, "321 321 5 OK");
    assert_true(w.px_why[0].used && w.px_why[1].used);
}

/* test_hac - what the hospital caused loses its severity in the final DRG, and why or why not */
static void test_hac(void **state)
{
    (void)state;
    expect((struct given){.dx = "I5020 T8131XA:Y"}, "292 292 5 OK");
    assert_int_equal(w.dx_why[1].hac_why, DRG_HAC_PRESENT);
    expect((struct given){.dx = "I5020 T8131XA:W"}, "292 292 5 OK");
    expect((struct given){.dx = "I5020 T8131XA:N"}, "292 293 5 OK");
    assert_int_equal(w.dx_why[1].hac, 2);
    assert_int_equal(w.dx_why[1].hac_why, DRG_HAC_MET);
    assert_false(w.dx_why[1].used);
    expect((struct given){.dx = "I5020 T8131XA:U"}, "292 293 5 OK");
    expect((struct given){.dx = "I5020 T8131XA:N", .exempt = true}, "292 292 5 OK");
    assert_int_equal(w.dx_why[1].hac_why, DRG_HAC_EXEMPT);
    expect((struct given){.dx = "I5020 T8149XA:N"}, "291 291 5 OK");
    assert_int_equal(w.dx_why[1].hac_why, DRG_HAC_CONDITIONS);
    expect((struct given){.dx = "I5020 T8149XA:N", .px = "3E0234Z"}, "291 293 5 OK");
    expect((struct given){.dx = "I5020 T8131XA:-"}, "292 999 0 HAC_MISSING_ONE_POA");
    expect((struct given){.dx = "I5020 T8131XA:-", .exempt = true}, "292 292 5 OK");
    expect((struct given){.dx = "I5020 T8131XA:N T8149XA:-"}, "291 999 0 HAC_MISSING_ONE_POA");
    expect((struct given){.dx = "I5020 T8149XA:-"}, "291 291 5 OK");
    expect((struct given){.dx = "I5020 T8131XA:N N179:-"}, "292 292 5 OK");
}

/* test_catheter - HAC 6: the code of the catheter alone is nothing without an infection */
static void test_catheter(void **state)
{
    (void)state;
    expect((struct given){.dx = "I5020 T83511A:N"}, "292 292 5 OK");
    assert_int_equal(w.dx_why[1].hac_why, DRG_HAC_NO_CAUSE);
    expect((struct given){.dx = "I5020 T83511A:N N3001:Y"}, "292 292 5 OK");
    expect((struct given){.dx = "I5020 T83511A:N N3001:N"}, "292 293 5 OK");
    expect((struct given){.dx = "I5020 T83511A:- N3001:N"}, "292 999 0 HAC_MISSING_ONE_POA");
    expect((struct given){.dx = "I5020 N3001:N T8149XA:-"}, "291 291 5 OK");
}

/* test_what_if - what carries the DRG */
static void test_what_if(void **state)
{
    struct drg_what_if x;
    struct err e = {0};

    (void)state;
    given(&(struct given){.dx = "I5020 N179 J9601 E119", .px = "0DTJ4ZZ"});
    assert_int_equal(drg_what_if(w.d, &w.claim, &x, &e), 0);
    assert_int_equal(x.px_drg[0], 291);
    given(&(struct given){.dx = "I5020 N179 J9601 E119"});
    assert_int_equal(drg_what_if(w.d, &w.claim, &x, &e), 0);
    assert_int_equal(x.level_by, 2);
    assert_int_equal(x.level_next, 1);
    assert_int_equal(x.single_driver, 2);
    assert_int_equal(x.dx_drg[1], 291);
    assert_int_equal(x.dx_drg[2], 292);
    assert_int_equal(x.dx_drg[3], 291);
    given(&(struct given){.dx = "I5020 J9601 I469"});
    assert_int_equal(drg_what_if(w.d, &w.claim, &x, &e), 0);
    assert_int_equal(x.level_by, 2); /* the first in the order of codes */
    assert_int_equal(x.single_driver, -1);
}

/* test_swapped - another principal, another indicator */
static void test_swapped(void **state)
{
    (void)state;
    given(&(struct given){.dx = "I5020 N179 T8131XA:N"});
    assert_int_equal(drg_with_principal(w.d, &w.claim, 1), 683);
    assert_int_equal(drg_with_principal(w.d, &w.claim, 0), 292);
    assert_int_equal(drg_with_principal(w.d, &w.claim, 3), 0); /* there is none */
    given(&(struct given){.dx = "I5020 W1830XA"});
    assert_int_equal(drg_with_principal(w.d, &w.claim, 1), 0); /* does not group */
    given(&(struct given){.dx = "I5020 T8131XA:N"});
    assert_int_equal(drg_with_poa(w.d, &w.claim, 1, 'N'), 293);
    assert_int_equal(drg_with_poa(w.d, &w.claim, 1, 'Y'), 292);
    assert_int_equal(drg_with_poa(w.d, &w.claim, 2, 'Y'), 0);
}

/* test_size - as many codes as there is room for, and one more */
static void test_size(void **state)
{
    struct err e = {0};

    (void)state;
    given(&(struct given){.dx = "I5020"});
    for (size_t i = 1; i < DRG_DX_MAX; i++)
        w.dx[i] = (struct drg_dx){"N179", 'Y'};
    w.claim.n_dx = DRG_DX_MAX;
    assert_int_equal(drg_group(w.d, &w.claim, &w.result, &e), 0);
    assert_int_equal(w.result.final.drg, 292);
    w.claim.n_dx++;
    assert_int_equal(drg_group(w.d, &w.claim, &w.result, &e), -1);
    assert_int_equal(e.class, ERR_REJECT);
    assert_string_equal(e.code, "size");
}

/* refuse_version - one file in the place of the small one's; the draft must be refused */
static void refuse_version(const char *file, const char *text, const char *words)
{
    struct loading l;
    char name[200];

    loading_begin(&l, NULL);
    for (size_t i = 0; drg_files[i].name; i++) {
        bool other = strcmp(drg_files[i].name, file) == 0;

        snprintf(name, sizeof(name), "v431/%s", drg_files[i].name);
        if ((!other || text) &&
            loading_add(&l, name, other ? text : drg_files[i].text) != LOAD_TAKEN)
            fail_msg("%s", l.last.text);
    }
    loading_publish(&l);
    assert_int_equal(l.refused, 1);
    assert_null(tables_edition(l.tables, TABLE_MSDRG, 20260501));
    if (!strstr(l.last.text, words))
        fail_msg("\"%s\" does not say \"%s\"", l.last.text, words);
    loading_end(&l);
}

#define FORMULAS                                                                                   \
    "# mdc\torder\trank\tbase_drg\tdrg\tsurgical\treroute_mdc\tdrg_severity\t"                     \
    "severity_suppression\tformula\n"

/* test_bad_version - a version that does not fit together is not loaded, with file and line */
static void test_bad_version(void **state)
{
    (void)state;
    refuse_version("px.tsv", NULL, "no row of PX");
    refuse_version("formulas.tsv", FORMULAS "5\t0\t1\t1\t1\tMEDICAL\t0\t0\t\tPDX:nothing\n",
                   "formulas line 2: no code carries \"PDX:nothing\"");
    refuse_version("formulas.tsv", FORMULAS "5\t0\t1\t1\t1\tMEDICAL\t0\t0\tnothing\tami\n",
                   "formulas line 2: no code carries \"nothing\"");
    refuse_version("formulas.tsv", FORMULAS "5\t0\t1\t1\t1\tMEDICAL\t0\t0\t\t(ami & defib\n",
                   "not closed");
    refuse_version("formulas.tsv", FORMULAS "5\t0\t1\t1\t1\tMEDICAL\t0\t0\t\tami defib\n",
                   "what follows the formula: \"defib\"");
    refuse_version("formulas.tsv", FORMULAS "5\t0\t1\t1\t1\tMEDICAL\t0\t0\t\tami & | defib\n",
                   "a name is missing");
    refuse_version("hac_formulas.tsv", "# hac\torder\tformula\n8\t0\tSDX:HAC08 & hac99\n",
                   "hac_formulas line 2: no code carries \"hac99\"");
    refuse_version("clusters.tsv",
                   "# cluster\tsuppressed_mdcs\tchoice\tcodes\nZ@0002\t5\t1\t02HK0KZ\n",
                   "CLUSTER Z@0002");
    refuse_version("clusters.tsv",
                   "# cluster\tsuppressed_mdcs\tchoice\tcodes\nZ@0001\t5\t1\t0000000\n",
                   "a code that no row of PX has");
    refuse_version("exclusion_collections.tsv",
                   "# collection\texcluded secondary codes\n2\tI5020\n", "excludes collection 1");
    refuse_version("exclusion_collections.tsv",
                   "# collection\texcluded secondary codes\n1\tI5020 I9999\n", "I9999");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_severity),    cmocka_unit_test(test_refused),
        cmocka_unit_test(test_status),      cmocka_unit_test(test_suppression),
        cmocka_unit_test(test_ways),        cmocka_unit_test(test_clusters),
        cmocka_unit_test(test_counts),      cmocka_unit_test(test_hac),
        cmocka_unit_test(test_catheter),    cmocka_unit_test(test_what_if),
        cmocka_unit_test(test_swapped),     cmocka_unit_test(test_size),
        cmocka_unit_test(test_bad_version),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
