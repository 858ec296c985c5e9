/* policy_test.c - coverage policies, authorizations and the newer columns of providers: files
 * taken, files refused, policies found by code */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/rules/policy.h"
#include "common/tables/made.h"
#include "tests/support/loading.h"

#define HEADER "policy,contractor,codes,list,dx,also,condition,authority,from,to\n"

static const char sample[] =
    HEADER "L1,15101,70551-70553;J*,covered,G43*,,,LCD L1,2026-01-01,\n"
           "L1,15101,70551-70553;J*,covered,R51.9,,,LCD L1,2026-01-01,\n"
           "L1,15101,70551-70553;J*,covered,I63-I67,,age >= 18,LCD L1,2026-01-01,\n"
           "N1,*,70552,covered,C71*,,,NCD 1,,\n"
           "P1,payer:SHP01,7*,denied,F*,Z79*,,plan 1,,2026-12-31\n";

/* found - the policies of a code, as ids joined by blanks, in the order they come */
static const char *found(const struct policies *s, const char *code)
{
    static char out[200];
    const struct policy *p;
    size_t cursor = 0;

    out[0] = '\0';
    while ((p = policies_next(s, code_key(code), &cursor))) {
        size_t n = strlen(out);

        snprintf(out + n, sizeof(out) - n, "%s%.*s", n ? " " : "", (int)p->cells.policy.n,
                 p->cells.policy.p);
    }
    assert_null(policies_next(s, code_key(code), &cursor));
    return out;
}

/* test_found - rows that differ in their diagnoses are one policy; ranges around each other */
static void test_found(void **state)
{
    const struct policies *s;
    const struct policy *p;
    struct loading l;
    size_t cursor = 0;

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "coverage_policy.csv", sample), LOAD_TAKEN);
    loading_publish(&l);
    assert_int_equal(l.refused, 0);
    s = tables_policies(tables_edition(l.tables, TABLE_COVERAGE_POLICY, 20260101));
    assert_non_null(s);
    assert_string_equal(found(s, "70552"), "N1 L1 L1 P1");
    assert_string_equal(found(s, "70553"), "L1 L1 P1");
    assert_string_equal(found(s, "7"), "P1");
    assert_string_equal(found(s, "J1885"), "L1 L1");
    assert_string_equal(found(s, "80000"), "");
    assert_string_equal(found(s, "00100"), "");
    assert_string_equal(found(s, ""), "");
    p = policies_next(s, code_key("J1885"), &cursor);
    if (p && p->when.n)
        p = policies_next(s, code_key("J1885"), &cursor);
    assert_true(p && code_set_has(&p->dx, code_key("R519")) &&
                code_set_has(&p->dx, code_key("G43909")) && !code_set_has(&p->dx, code_key("I63")));
    loading_end(&l);
}

/* wrong - a row that must be refused on line 2 */
static void wrong(const char *row, const char *says)
{
    char text[1024];

    struct loading l;

    snprintf(text, sizeof(text), HEADER "%s\n", row);
    loading_begin(&l, NULL);
    if (loading_add(&l, "coverage_policy.csv", text) != LOAD_REFUSED || !strstr(l.last.text, says))
        fail_msg("%s: \"%s\", wanted \"%s\"", row, l.last.text, says);
    loading_end(&l);
}

/* test_wrong - every message */
static void test_wrong(void **state)
{
    (void)state;
    wrong("L1,payer:,1,covered,I10,,,,,", "line 2: column contractor: expected a contractor of");
    wrong("L1,*,1!,covered,I10,,,,,", "line 2: column codes: expected a code of at most eight");
    wrong("L1,*,;,covered,I10,,,,,", "line 2: column codes: expected the codes that the policy");
    wrong("L1,*,1,covered,;,,,,,", "line 2: column dx: expected diagnoses: E11.9, E08-E13, I10*");
    wrong("L1,*,1,covered,I10-,,,,,", "line 2: column dx: expected codes of at most eight");
    wrong("L1,*,1,covered,I10,E!,,,,", "line 2: column also: expected a code of at most eight");
    wrong("L1,*,1,covered,I10,,age,,,", "line 2: column condition: at 4: expected =, !=, <");
    wrong("L0123456789012345678901234567890123456789,*,1,covered,I10,,,,,",
          "line 2: column policy: expected the policy's number of at most 40 bytes");
    refused("coverage_policy.csv", HEADER "L1,*,1,all,I10,,,,,\n", "layout",
            "line 2: expected covered or denied in \"list\"");
}

/* A row of a policy, and what stands in it instead of the sample's cells. */
static const struct policy_cells plain = {.policy = {"L1", 2},
                                          .contractor = {"15101", 5},
                                          .codes = {"70551", 5},
                                          .list = {"covered", 7},
                                          .dx = {"I10", 3}};

/* added - the sample's row and then this one: how many policies there are; -1 with the error */
static int added(struct policy_cells second, struct err *e)
{
    struct policies *s = policies_new();
    size_t cursor = 0;
    int n = 0;

    assert_non_null(s);
    assert_int_equal(policies_add(s, &plain, e), 0);
    n = policies_add(s, &second, e);
    if (n == 0)
        n = policies_finish(s, e);
    for (const char *code = "70551"; n >= 0 && policies_next(s, code_key(code), &cursor);)
        n++;
    policies_free(s);
    return n;
}

/* test_same - of what two rows may differ to be one policy: of diagnoses only */
static void test_same(void **state)
{
    struct policy_cells x = plain;
    struct err e = {0};

    (void)state;
    x.dx = span_of("E11*");
    assert_int_equal(added(x, &e), 1);
    x = plain, x.from = 20260101;
    assert_int_equal(added(x, &e), 2);
    x = plain, x.to = 20260101;
    assert_int_equal(added(x, &e), 2);
    x = plain, x.policy = span_of("L2");
    assert_int_equal(added(x, &e), 2);
    x = plain, x.contractor = span_of("payer");
    assert_int_equal(added(x, &e), 2);
    x = plain, x.contractor = span_of("Payer:SHP01");
    assert_int_equal(added(x, &e), 2);
    x = plain, x.contractor = span_of("SHP0123");
    assert_int_equal(added(x, &e), 2);
    x = plain, x.codes = span_of("7*");
    assert_int_equal(added(x, &e), 2);
    x = plain, x.list = span_of("denied");
    assert_int_equal(added(x, &e), 2);
    x = plain, x.also = span_of("E11");
    assert_int_equal(added(x, &e), 2);
    x = plain, x.condition = span_of("age > 5");
    assert_int_equal(added(x, &e), 2);
}

/* test_refused - by the room itself, whatever was there before */
static void test_refused(void **state)
{
    static const char nothing_longer[] =
        "012345678901234567890123456789012345678901234567890123456789012345678901234567890";
    struct policy_cells x = plain;
    struct err e = {0};

    (void)state;
    x.dx = span_of("");
    assert_int_equal(added(x, &e), -1);
    assert_non_null(strstr(e.text, "column dx: expected diagnoses"));
    x.dx = span_of("E!");
    assert_int_equal(added(x, &e), -1);
    assert_non_null(strstr(e.text, "column dx: expected a code of at most eight"));
    x = plain, x.list = span_of("all");
    assert_int_equal(added(x, &e), -1);
    assert_string_equal(e.text, "column list: expected covered or denied");
    x = plain, x.policy = span_of("");
    assert_int_equal(added(x, &e), -1);
    assert_non_null(strstr(e.text, "column policy: expected the policy's number"));
    x = plain, x.contractor = span_of(nothing_longer);
    assert_int_equal(added(x, &e), -1);
    assert_non_null(strstr(e.text, "column contractor: expected a contractor"));
}

/* test_none - no policies, found by no code */
static void test_none(void **state)
{
    struct policies *s = policies_new();
    struct err e = {0};

    (void)state;
    assert_non_null(s);
    assert_int_equal(policies_finish(s, &e), 0);
    assert_string_equal(found(s, "70551"), "");
    policies_free(s);
}

#define GRANTS "number,payer,codes,units,rendering,facility,first_day,last_day\n"

/* test_grants - codes as they are compared, NPIs and days that are some */
static void test_grants(void **state)
{
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "authorizations.csv",
                                 GRANTS "a-1,SHP01,20610;7*;J0100-J9999,2,,,2026-01-01,\n"),
                     LOAD_TAKEN);
    loading_publish(&l);
    assert_string_equal(asked(l.tables, TABLE_AUTHORIZATIONS, "A-1", NULL, 20260101, "units"), "2");
    loading_end(&l);
    refused("authorizations.csv", GRANTS "A1,S,j*,,,,,\n", "layout", "in \"codes\"");
    refused("authorizations.csv", GRANTS "A1,S,20610-1,,,,,\n", "layout", "in \"codes\"");
    refused("authorizations.csv", GRANTS "A1,S,1,2.5,,,,\n", "layout", "in \"units\"");
    refused("authorizations.csv", GRANTS "A1,S,1,,1234567890,,,\n", "layout", "in \"rendering\"");
    refused("authorizations.csv", GRANTS "A1,S,1,,,,2026-13-01,\n", "layout", "in \"first_day\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_found),   cmocka_unit_test(test_wrong), cmocka_unit_test(test_same),
        cmocka_unit_test(test_refused), cmocka_unit_test(test_none),  cmocka_unit_test(test_grants),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
