/* rule_tests_test.c - test claims of payers' rules: what is said of one that fails */
#include "tests/support/test.h"

#include <stdio.h>

#include "services/validator/validator.h"
#include "tests/support/loading.h"

static const char rules[] =
    "rule,payer,plan,kind,severity,what,codes,condition,value,message,fix,authority,from,to\n"
    "R-1,SHP01,,P,hold,condition,,units > 1,,too many,,manual 1,2026-01-01,\n"
    "R-10,*,,,note,condition,,frequency = 8,,a void,,manual 3,,\n"
    "R-2,*,,,,required-field,,frequency = 7,note,,,manual 2,,\n";

struct said {
    char text[1024];
};

/* say - all messages, one a line */
static void say(void *arg, const struct err *e)
{
    struct said *s = arg;
    size_t n = strlen(s->text);

    snprintf(s->text + n, sizeof(s->text) - n, "%s\n", e->text);
}

/* tried - the rules with these tests; how many failed */
static size_t tried(const char *tests, struct said *s)
{
    char file[2048];
    struct loading l;
    size_t bad;

    s->text[0] = '\0';
    snprintf(file, sizeof(file), "test,rule,claim,expect,changes\n%s", tests);
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "payer_rules.csv", rules), LOAD_TAKEN);
    assert_int_equal(loading_add(&l, "payer_rule_tests.csv", file), LOAD_TAKEN);
    loading_publish(&l);
    assert_int_equal(l.refused, 0);
    bad = validator_rule_tests(l.tables, say, s);
    loading_end(&l);
    return bad;
}

/* test_good - both ways, with dates, kinds and payers */
static void test_good(void **state)
{
    struct said s;

    (void)state;
    assert_int_equal(tried("two units,R-1,professional,fires,L1.units_milli=2000\n"
                           "one unit,R-1,professional,silent,\n"
                           "before,R-1,professional,silent,L1.units_milli=2000; @shift=-90\n"
                           "outpatient,R-1,outpatient,silent,L1.units_milli=2000\n"
                           "stay,R-2,inpatient,fires,frequency=7; original_reference=X\n"
                           "stay with note,R-2,inpatient,silent,frequency=7; note=SEE RECORD\n",
                           &s),
                     0);
    assert_string_equal(s.text, "");
}

/* test_bad - each message */
static void test_bad(void **state)
{
    struct said s;

    (void)state;
    assert_int_equal(tried("a,R-1,professional,fires,\n"
                           "b,R-1,professional,silent,L1.units_milli=2000\n"
                           "c,R-9,professional,silent,\n"
                           "d,R-1,professional,fires,L1.unit=2\n"
                           "e,R-1,professional,fires,frequency=7\n",
                           &s),
                     5);
    assert_string_equal(
        s.text, "payer-rule-tests, test \"A\": expected R-1 to be told; found: nothing\n"
                "payer-rule-tests, test \"B\": expected R-1 to be silent; found: PAY-02 R-1\n"
                "payer-rule-tests, test \"C\": there is no rule R-9\n"
                "payer-rule-tests, test \"D\": \"L1.unit=2\": no such field, or no value for it\n"
                "payer-rule-tests, test \"E\": expected R-1 to be told; found: PAY-01 R-2\n");
}

/* test_file - its own cells */
static void test_file(void **state)
{
    (void)state;
    refused("payer_rule_tests.csv", "test,rule,claim,expect,changes\na,R-1,dental,fires,\n",
            "layout", "line 2: expected professional, inpatient or outpatient in \"claim\"");
    refused("payer_rule_tests.csv", "test,rule,claim,expect,changes\na,R-1,inpatient,yes,\n",
            "layout", "line 2: expected fires or silent in \"expect\"");
}

/* test_names - of rules that begin alike, and of tests without end */
static void test_names(void **state)
{
    struct said s;

    (void)state;
    assert_int_equal(
        tried("two rules,R-1,professional,silent,"
              "L1.units_milli=2000; frequency=7; original_reference=X\n"
              "of a longer name,R-1,professional,silent,"
              "frequency=8; original_reference=X\n"
              "of a shorter name,R,professional,fires,L1.units_milli=2000\n"
              "a name of more than eighty letters 34567890123456789012345678901234567890"
              "12345678901234567890,R-1,professional,fires,\n",
              &s),
        3);
    assert_non_null(strstr(s.text, "to be silent; found: PAY-01 R-2, PAY-02 R-1\n"));
    assert_non_null(strstr(s.text, "there is no rule R\n"));
    assert_non_null(strstr(s.text, "4567890123456\": expected"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_bad),
        cmocka_unit_test(test_file),
        cmocka_unit_test(test_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
