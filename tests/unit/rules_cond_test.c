/* rules_cond_test.c - conditions of payer rules: what they mean, and what is said of wrong ones */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/rules/code_list.h"
#include "common/rules/cond.h"

/* A claim of the test: what it holds of each element. */
struct fact {
    enum element_id element;
    const char *text; /* codes and texts */
    int64_t number;
};

static const struct fact facts[] = {
    {ELEMENT_CODE, "70551", 0},
    {ELEMENT_MODIFIERS, "26", 0},
    {ELEMENT_MODIFIERS, "59", 0},
    {ELEMENT_UNITS, "", 2500},
    {ELEMENT_CHARGE, "", 15000},
    {ELEMENT_THRU, "", 20260314},
    {ELEMENT_SELF, "", 1},
    {ELEMENT_PLACE, "22", 0},
    {ELEMENT_DX, "E119", 0},
    {ELEMENT_DX, "I10", 0},
    {ELEMENT_GROUP_NUMBER, "GRP4410", 0},
    {ELEMENT_AGE, "", 66000},
    {ELEMENT_BILLING_TAXONOMY, "207Q00000X", 0},
    {ELEMENT_GROUP_NAME, "O'HARA'S PLAN", 0},
    {ELEMENT_NOTE, "a[z{@", 0},
};

/* fetch - the i-th of the element in the list */
static bool fetch(const void *claim, enum element_id element, size_t i, struct cond_value *out)
{
    const struct fact *f = claim;

    for (; f < facts + sizeof(facts) / sizeof(facts[0]); f++)
        if (f->element == element && i-- == 0) {
            *out = (struct cond_value){code_key(f->text), f->number, f->text};
            return true;
        }
    return false;
}

/* holds - compiled and asked; a text that is wrong fails the test */
static bool holds(const char *text)
{
    struct cond c = {0};
    struct err e = {0};
    bool yes;

    if (cond_compile(&c, span_of(text), &e) != 0)
        fail_msg("%s: %s", text, e.text);
    yes = cond_holds(&c, fetch, facts);
    cond_release(&c);
    return yes;
}

/* test_meaning - each kind of test, both ways and at its boundary */
static void test_meaning(void **state)
{
    static const char *const yes[] = {
        "",
        "code = 70551",
        "code in (70551)",
        "code in (70540-70551)",
        "code in (705*)",
        "frequency is missing",
        "code in (G0101, 70540..70553)",
        "not code = 70552",
        "code != 70552",
        "code not in (1*)",
        "modifiers = 26",
        "modifiers in (LT, 59)",
        "not (modifiers = 25)",
        "units > 2",
        "units >= 2.5",
        "units <= 2.500",
        "units = 2.5",
        "units in (1, 2..3)",
        "charge >= 150.00",
        "charge < 150.01",
        "charge = 150",
        "self",
        "not (self and place = 11)",
        "thru > 2026-03-13",
        "thru in (20260101..20260314)",
        "dx = E11.9",
        "dx in (e11*)",
        "dx in (E08-E11)",
        "frequency is missing",
        "age is not missing",
        "age >= 65 and age < 67",
        "age < 5 or place in (21, 22)",
        "age < 5 and place = 21 or self",
        "self or age < 5 and place = 21",
        "(self or age < 5) and place = 22",
        "group_number like 'GRP####'",
        "group_number like 'G*'",
        "group_number like '@@@?*0'",
        "group_number like 'GRP4410*'",
        "billing_taxonomy in (207Q*)",
        "billing_taxonomy = 207Q00000X",
        "billing_taxonomy in ('207A'..'207Z')",
        "group_name = 'O''HARA''S PLAN'",
        "group_number not like '#*'",
        "NOT (units > 3 AND self)",
        "frequency != 1",
        "frequency not in (1)",
        "not not self",
        "age\t>\n5\r",
        "age > -5",
        "age > -5.5",
        "note like '@[@{?'",
        "group_number = GRP4410",
        "group_number in (A*, GRP*)",
        "group_number in ('A'.. B, 'G'.. H)",
    };
    static const char *const no[] = {
        "code = 70552",
        "code in (70552-70559)",
        "not code = 70551",
        "code != 70551",
        "modifiers = 25",
        "not (modifiers = 26)",
        "units > 2.5",
        "units < 2.5",
        "units = 2",
        "charge > 150.00",
        "not self",
        "thru > 2026-03-14",
        "thru < 2026-03-14",
        "dx = E11",
        "frequency = 1",
        "frequency in (1, 7)",
        "age is missing",
        "claim_days > 1",
        "not age >= 65",
        "group_number like 'GRP###'",
        "group_number like '####'",
        "group_number like 'GRP44100*'",
        "group_number like '*1'",
        "billing_taxonomy = 207Q",
        "age >= 65 and (age < 60 or place = 21)",
        "self and not (modifiers in (26) or units = 0)",
        "note like '@@*'",
        "note like '???@*'",
        "note like '*@'",
        "group_name like 'O#*'",
        "billing_taxonomy in ('208A'..'209Z')",
        "billing_taxonomy in ('206A'..'206Z')",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
        if (!holds(yes[i]))
            fail_msg("does not hold: %s", yes[i]);
    for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
        if (holds(no[i]))
            fail_msg("holds: %s", no[i]);
}

/* test_wrong - every message, with its position */
static void test_wrong(void **state)
{
    static const struct {
        const char *text, *says;
    } rows[] = {
        {"= 4", "at 1: expected an element, \"not\" or ("},
        {"units > 4 and", "at 14: expected an element, \"not\" or ("},
        {"unit_s > 4", "at 1: expected an element, found \"unit_s\""},
        {"age > 5 an place = 11", "at 9: expected \"and\", \"or\" or the end"},
        {"age", "at 4: expected =, !=, <, <=, >, >=, \"in\", \"like\" or \"is\" after age"},
        {"age (5)", "at 5: expected =, !=, <, <=, >, >=, \"in\", \"like\" or \"is\" after age"},
        {"age not 5", "at 9: expected \"in\" or \"like\" after age"},
        {"age is 5", "at 8: expected \"missing\" or \"not missing\" after \"is\""},
        {"age is not 5", "at 12: expected \"missing\" or \"not missing\" after \"is\""},
        {"(age > 5", "at 9: expected \"and\", \"or\" or )"},
        {"age in 5", "at 8: expected ( after \"in\""},
        {"age in (5", "at 10: expected , or ) in the list"},
        {"age in (5; 6)", "at 10: expected a word, a text in '…', ( ) , = != < <= > or >="},
        {"age = old", "at 7: expected a number (4 or 2.5, at most three decimals) for age"},
        {"age = 2.5555", "at 7: expected a number"},
        {"age = -", "at 7: expected a number"},
        {"age = 5.", "at 7: expected a number"},
        {"age = .5", "at 7: expected a number"},
        {"age in (9..5)", "at 9: expected the smaller one before .."},
        {"age > ", "at 7: expected a number"},
        {"charge > 1.505", "at 10: expected an amount (150.00) for charge"},
        {"thru > 2026-02-30", "at 8: expected a day (2026-03-01) for thru"},
        {"code > 5", "at 6: expected = or \"in\": code is a code, which is not more or less"},
        {"code = 123456789", "at 8: expected a code of at most eight letters and digits"},
        {"code in (70553-70551)", "at 10: expected 70553-70551 the other way round"},
        {"code in (70553-)", "at 10: expected codes of at most eight letters and digits on both"},
        {"code like '7*'", "at 6: expected = or \"in\": code is a code, \"like\" is for texts"},
        {"modifiers != 26", "at 11: expected = or \"in\": modifiers has many values; write not"},
        {"zip like 441", "at 10: expected a picture in '…' after \"like\""},
        {"zip = '441", "at 7: expected a closing ' after the text that begins here"},
        {"zip = )", "at 7: expected a text in '…' for zip"},
        {"zip in ('4'..)", "at 14: expected a text in '…' for zip"},
        {"age > 5 ! self", "at 9: expected a word, a text in '…'"},
        {"!", "at 1: expected a word, a text in '…'"},
        {"age !", "at 5: expected a word, a text in '…'"},
        {"age is !", "at 8: expected a word, a text in '…'"},
        {"age is not !", "at 12: expected a word, a text in '…'"},
        {"age is missing !", "at 16: expected a word, a text in '…'"},
        {"age not !", "at 9: expected a word, a text in '…'"},
        {"age in !", "at 8: expected a word, a text in '…'"},
        {"age in (!", "at 9: expected a word, a text in '…'"},
        {"(!", "at 2: expected a word, a text in '…'"},
        {"(self) !", "at 8: expected a word, a text in '…'"},
        {"self and !", "at 10: expected a word, a text in '…'"},
        {"self or !", "at 9: expected a word, a text in '…'"},
        {"self or age", "at 12: expected =, !=, <, <=, >, >=, \"in\", \"like\" or \"is\" after"},
        {"self {", "at 6: expected a word, a text in '…'"},
        {"age == 5", "at 6: expected a number"},
        {"age = 5.5.5", "at 7: expected a number"},
        {"age = 999999999999999999", "at 7: expected a number"},
        {"age = 0000000000000000000000000000000000000000", "at 7: expected a number"},
        {"age in (..5)", "at 9: expected a number"},
        {"age in (5..x)", "at 9: expected a number"},
        {"code = ''", "at 8: expected a code of at most eight letters and digits"},
        {"zip > '4'", "at 5: expected = or \"in\": zip is a text, which is not more or less"},
        {"zip = 441* !", "at 12: expected a word, a text in '…'"},
        {"zip = '441' !", "at 13: expected a word, a text in '…'"},
        {"zip in ('4' !", "at 13: expected a word, a text in '…'"},
        {"zip in ('4'.. !", "at 15: expected a word, a text in '…'"},
        {"zip like !", "at 10: expected a word, a text in '…'"},
        {"zip like ''", "at 10: expected a picture in '…' after \"like\""},
        {"zip like "
         "'##########*########*########*########*########*########*########*########*########'",
         "at 10: expected a picture in '…' after \"like\""},
        {"an_element_of_a_name_that_no_rule_has_and_no_message_tells = 1",
         "at 1: expected an element, found \"an_element_of_a_name_that_no_rule_has_an\""},
    };
    struct cond c;
    struct err e;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        e = (struct err){0};
        assert_int_equal(cond_compile(&c, span_of(rows[i].text), &e), -1);
        if (e.class != ERR_REJECT || strncmp(e.text, rows[i].says, strlen(rows[i].says)) != 0)
            fail_msg("%s: \"%s\", wanted \"%s\"", rows[i].text, e.text, rows[i].says);
    }
}

/* test_nul - a byte of nothing is no sign, nor of a word */
static void test_nul(void **state)
{
    static const struct {
        struct span text;
        const char *says;
    } rows[] = {
        {{"self \0", 6}, "at 6: expected a word"},
        {{"se\0lf", 5}, "at 1: expected an element, found \"se\""},
        {{"self and \0= 4", 13}, "at 10: expected a word"},
    };
    struct cond c;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct err e = {0};

        assert_int_equal(cond_compile(&c, rows[i].text, &e), -1);
        if (strncmp(e.text, rows[i].says, strlen(rows[i].says)) != 0)
            fail_msg("%zu: %s", i, e.text);
    }
}

/* nothing - a claim that holds no element */
static bool nothing(const void *claim, enum element_id element, size_t i, struct cond_value *out)
{
    (void)claim, (void)element, (void)i, (void)out;
    return false;
}

/* test_nothing - a flag that nobody set is not set */
static void test_nothing(void **state)
{
    struct cond c;
    struct err e = {0};

    (void)state;
    assert_int_equal(cond_compile(&c, span_of("self"), &e), 0);
    assert_false(cond_holds(&c, nothing, NULL));
    cond_release(&c);
    assert_int_equal(cond_compile(&c, span_of("not self"), &e), 0);
    assert_true(cond_holds(&c, nothing, NULL));
    cond_release(&c);
}

/* again - a text so many times, behind what is there */
static void again(struct buf *b, const char *text, int n)
{
    for (; n > 0; n--)
        buf_adds(b, text);
}

/* compiles - without asking it */
static int compiles(const char *text, struct err *e)
{
    struct cond c = {0};
    int r = cond_compile(&c, span_of(text), e);

    if (r == 0)
        cond_release(&c);
    return r;
}

/* test_limits - as many tests and brackets as there may be, and one more */
static void test_limits(void **state)
{
    struct err e = {0};
    struct buf b;

    (void)state;
    buf_init(&b);
    again(&b, "self and ", COND_TESTS_MAX - 1);
    buf_adds(&b, "self");
    assert_true(holds(b.data));
    buf_adds(&b, " and self");
    assert_int_equal(compiles(b.data, &e), -1);
    assert_non_null(strstr(e.text, "expected at most 64 tests"));
    buf_reset(&b);
    again(&b, "(", COND_DEPTH_MAX);
    buf_adds(&b, "self");
    again(&b, ")", COND_DEPTH_MAX);
    assert_int_equal(compiles(b.data, &e), 0);
    buf_reset(&b);
    again(&b, "not ", COND_DEPTH_MAX + 1);
    buf_adds(&b, "self");
    assert_int_equal(compiles(b.data, &e), -1);
    assert_non_null(strstr(e.text, "at 97: expected at most 24 brackets"));
    buf_reset(&b);
    again(&b, "not not not self or ", COND_TESTS_MAX - 1);
    buf_adds(&b, "not not not self");
    assert_int_equal(compiles(b.data, &e), -1);
    assert_non_null(strstr(e.text, "expected fewer than 256 and, or, not"));
    buf_reset(&b);
    buf_adds(&b, "age in (");
    again(&b, "1,", 10000);
    buf_adds(&b, "2)");
    assert_int_equal(compiles(b.data, &e), -1);
    assert_int_equal(e.class, ERR_REJECT);
    assert_non_null(strstr(e.text, "at 20009: expected at most 10000 values in a list"));
    memcpy(strstr(b.data, ",2)"), ")  ", 3);
    assert_int_equal(compiles(b.data, &e), 0);
    buf_release(&b);
}

/* test_elements - each has a name of its own, in order, a place and a help */
static void test_elements(void **state)
{
    (void)state;
    for (int i = 0; i < ELEMENT_MAX; i++) {
        const struct element *x = element_of((enum element_id)i);

        if (!x->at || !x->help ||
            (i &&
             strcmp(element_name((enum element_id)i - 1), element_name((enum element_id)i)) >= 0))
            fail_msg("%s: no place, no help or out of order", element_name((enum element_id)i));
        assert_int_equal(element_by_name(span_of(element_name((enum element_id)i))), i);
    }
}

/* may_hold - by the masks only */
static bool may_hold(const struct code_set *s, const char *code)
{
    struct code_mask m = {{0}};

    code_mask_add(&m, code_key(code));
    return code_mask_meet(&s->mask, &m);
}

/* test_masks - a code that a set holds is never hidden by the masks */
static void test_masks(void **state)
{
    static const char *const lists[] = {
        "7*",    "70*",         "705*",    "70551-70999", "69990-72000", "0001U-9999Z", "0-9",
        "1",     "A0100-J9999", "E08-E13", "*",           "99*;J1*",     "0A12-0B99",   "3-4",
        "09-1A", "9-A1",        "19-1A",   "1A-1B",       "705-719",     "709-70A"};
    static const char chars[] = "0123456789ABCGJUZ";

    (void)state;
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        struct code_set s = {0};
        struct err e = {0};

        if (code_set_parse(&s, span_of(lists[i]), &e) != 0)
            continue;
        for (size_t n = 0; n < 17 * 17 * 17 * 17; n++) {
            char code[5] = {chars[n % 17], chars[n / 17 % 17], chars[n / 289 % 17],
                            chars[n / 4913 % 17], '\0'};

            if (code_set_has(&s, code_key(code)) && !may_hold(&s, code))
                fail_msg("%s hides %s", lists[i], code);
        }
        code_set_release(&s);
    }
}

/* test_lists - in it, between, before and behind; lists of one and of none */
static void test_lists(void **state)
{
    static const uint64_t list[] = {CODE_KEY("21089"), CODE_KEY("99429"), CODE_KEY("A0999"),
                                    CODE_KEY("J3490"), CODE_KEY("V5299")};

    (void)state;
    for (size_t n = 0; n <= 5; n++)
        for (size_t i = 0; i < 5; i++)
            assert_int_equal(code_key_in(list[i], list, n), i < n);
    assert_false(code_key_in(code_key("99430"), list, 5) || code_key_in(0, list, 5));
    assert_false(code_key_in(code_key("21088"), list, 5) ||
                 code_key_in(code_key("V52990"), list, 5));
    assert_true(code_key("E1199999") <= CODE_KEY_LAST("E11") &&
                code_key("E12") > CODE_KEY_LAST("E11"));
    assert_true(CODE_KEY_LAST("S72001AB") == code_key("S72001AB"));
    assert_true(CODE_KEY("E11") == code_key("E11") && CODE_KEY("S72001A") == code_key("S72001A"));
}

/* test_sets - stretches joined, masks that never hide a code */
static void test_sets(void **state)
{
    struct code_set s = {0};
    struct err e = {0};

    (void)state;
    assert_int_equal(code_set_parse(&s, span_of("J*; 70551-70553,70552; ;E08-E13"), &e), 0);
    assert_int_equal(s.n, 3);
    assert_true(code_set_has(&s, code_key("J1885")) && code_set_has(&s, code_key("J")));
    assert_true(code_set_has(&s, code_key("E139")) && code_set_has(&s, code_key("E08")));
    assert_true(code_set_has(&s, code_key("70553")) && code_set_has(&s, code_key("70551")));
    assert_false(code_set_has(&s, code_key("70554")) || code_set_has(&s, code_key("E14")));
    assert_false(code_set_has(&s, code_key("70550")) || code_set_has(&s, 0));
    assert_true(may_hold(&s, "J1885") && may_hold(&s, "E100") && may_hold(&s, "70553"));
    assert_false(may_hold(&s, "99213") || may_hold(&s, "70053") || may_hold(&s, "G0101"));
    code_set_release(&s);
    assert_int_equal(code_set_parse(&s, span_of("A;B C-"), &e), -1);
    code_set_release(&s);
    assert_int_equal(code_set_parse(&s, span_of("J*;J1;J1-J2;ABCDEFGH*;A1;B1;C1;D1;E1;F1;G1"), &e),
                     0);
    assert_int_equal(s.n, 9);
    assert_true(code_set_has(&s, code_key("ABCDEFGH")) && code_set_has(&s, code_key("J25")));
    code_set_release(&s);
}

/* test_no_codes - signs that no code has, and ranges of one end */
static void test_no_codes(void **state)
{
    static const char *const wrong[] = {"A!", "A:", "A_",  "a{",       "-A",
                                        "A-", "*",  "..A", "ABCDEFGHI"};
    struct code_set s = {0};

    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct err e = {0};

        assert_int_equal(code_set_add(&s, span_of(wrong[i]), &e), -1);
        assert_int_equal(e.class, ERR_REJECT);
        assert_int_equal(s.n, 0);
    }
}

/* test_cells - codes of a site's own cell */
static void test_cells(void **state)
{
    static const struct {
        const char *list, *code;
        bool in;
    } rows[] = {
        {"", "A", false},
        {";A", "A", true},
        {"B; A ", "A", true},
        {"AB", "A", false},
        {"J*", "J1885", true},
        {"J*", "K1885", false},
        {"J18*", "J1", false},
        {"*", "A", true},
        {"70551-70553", "70551", true},
        {"1-5", "12", false},
        {"70551-70553", "70553", true},
        {"70551-70553", "70550", false},
        {"70551-70553", "70554", false},
        {"70551-7055", "70552", false},
        {"7055-70553", "70552", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (code_listed(span_of(rows[i].list), rows[i].code) != rows[i].in)
            fail_msg("%s in %s", rows[i].code, rows[i].list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_meaning), cmocka_unit_test(test_wrong),
        cmocka_unit_test(test_limits),  cmocka_unit_test(test_elements),
        cmocka_unit_test(test_lists),   cmocka_unit_test(test_sets),
        cmocka_unit_test(test_masks),   cmocka_unit_test(test_nul),
        cmocka_unit_test(test_nothing), cmocka_unit_test(test_no_codes),
        cmocka_unit_test(test_cells),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
