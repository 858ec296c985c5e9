/* starve_rules_test.c - payers' rules read and asked while allocations fail: a rule is as it always
 * is or there is none, and no claim is told a part of what is wrong with it */
#include "tests/support/test.h"

#include "common/rules/payer_rule.h"
#include "services/validator/cases/case.h"
#include "tests/starve/starve.h"
#include "tests/support/loading.h"

enum { MEMORY = 1 << 24, RULES = 40 };

#define R(n, what, codes, condition, value)                                                        \
    {                                                                                              \
        n, what, codes, condition, value                                                           \
    }

static const struct {
    const char *name, *what, *codes, *condition, *value;
} rules[] = {
    R("R-1", "condition", "99214;70551-70553;J*;K*;L*;M*;N*;P*;Q*", "not (age < 5) or self", ""),
    R("R-2", "element", "", "zip in ('44101', 441*, '4'..'5') and zip like '#####'", "units <= 0"),
    R("R-3", "element", "", "dx in (E11*, I10) and charge in (100..200, 5)",
      "units > 5 or charge < 1"),
    R("R-4", "required-field", "", "group_name = 'O''HARA' or age > 1", "ndc;note"),
    R("R-5", "member-pattern", "", "", "^M"),
    R("R-6", "specialty", "99214", "", "208*;332B00000X"),
    R("R-7", "frequency-limit", "99214", "", "1 per lifetime"),
};

enum { N = sizeof(rules) / sizeof(rules[0]) };

/* cells_of - a rule of the payer SHP01 */
static struct payer_rule_cells cells_of(size_t i)
{
    return (struct payer_rule_cells){.rule = span_of(rules[i].name),
                                     .payer = span_of("SHP01"),
                                     .what = span_of(rules[i].what),
                                     .codes = span_of(rules[i].codes),
                                     .condition = span_of(rules[i].condition),
                                     .value = span_of(rules[i].value),
                                     .message = span_of("m"),
                                     .authority = span_of("manual")};
}

/* read_rules - all of them, so often that the list grows; NULL with the reason */
static struct payer_rules *read_rules(struct err *e)
{
    struct payer_rules *s = payer_rules_new();
    int r = s ? 0 : err_set(e, ERR_RETRY, "memory", "out of memory");

    for (size_t i = 0; r == 0 && i < RULES; i++) {
        struct payer_rule_cells cells = cells_of(i % N);

        r = payer_rules_add(s, &cells, e);
    }
    if (r == 0)
        r = payer_rules_finish(s, e);
    if (r == 0)
        return s;
    payer_rules_free(s);
    return NULL;
}

/* check_rules - all are there, with all that they are made of */
static void check_rules(const struct payer_rules *s)
{
    size_t tests = 0, codes = 0, texts = 0, n = 0;

    for (const struct payer_rule *r; (r = payer_rules_at(s, n)); n++) {
        tests += r->when.n + r->must.n;
        codes += r->codes.n + r->accepted.n;
        texts += r->n_texts + (r->pattern != NULL);
    }
    assert_int_equal(n, RULES);
    assert_int_equal(tests, 66);
    assert_int_equal(codes, 64);
    assert_int_equal(texts, 16);
}

/* test_read - with each allocation failing */
static void test_read(void **state)
{
    struct err e = {0};
    struct payer_rules *s;
    size_t count, refused = 0;
    bool failed;

    (void)state;
    for (int how = 0; how < STARVE_HOWS; how++) {
        starve_begin(STARVE_MALLOC, (enum starve_how)how, 0);
        s = read_rules(&e);
        count = starve_end(NULL);
        assert_non_null(s);
        check_rules(s);
        payer_rules_free(s);
        for (size_t n = 1; n <= count; n++) {
            starve_begin(STARVE_MALLOC, (enum starve_how)how, n);
            s = read_rules(&e);
            starve_end(&failed);
            assert_true(failed);
            if (s)
                check_rules(s);
            else
                assert_int_equal(e.class, ERR_RETRY);
            refused += s == NULL;
            payer_rules_free(s);
        }
    }
    assert_true(refused > 200);
}

/* load - the rules and a test of them as tables */
static void load(struct loading *l)
{
    struct buf text;

    buf_init(&text);
    buf_adds(&text, "rule,payer,plan,kind,severity,what,codes,condition,value,message,fix,"
                    "authority,from,to\n");
    for (size_t i = 0; i < N; i++)
        buf_addf(&text, "%s,SHP01,,,,%s,%s,\"%s\",%s,m,do,manual,,\n", rules[i].name, rules[i].what,
                 rules[i].codes, rules[i].condition, rules[i].value);
    loading_begin(l, NULL);
    if (loading_add(l, "payer_rules.csv", text.data) != LOAD_TAKEN)
        fail_msg("%s", l->last.text);
    assert_int_equal(loading_add(l, "payer_rule_tests.csv",
                                 "test,rule,claim,expect,changes\na,R-1,professional,silent,\n"),
                     LOAD_TAKEN);
    loading_publish(l);
    assert_int_equal(l->refused, 0);
    buf_release(&text);
}

/* findings - of rules: edits, texts, authorities and fixes */
static void findings(const struct validator_result *r, struct buf *said)
{
    buf_reset(said);
    for (size_t i = 0; i < r->n_findings; i++)
        if (strncmp(r->findings[i]->authority, "payer rule ", 11) == 0)
            buf_addf(said, "%s %s %s %s %s;", r->findings[i]->edit, r->findings[i]->element,
                     r->findings[i]->message, r->findings[i]->authority, r->findings[i]->fix);
}

/* test_ask - a claim is judged whole, or it is too large */
static void test_ask(void **state)
{
    struct arena *a = arena_new(MEMORY), *claims = arena_new(MEMORY);
    struct validator_options o = {0};
    struct validator_result r;
    struct case_options c;
    struct loading l;
    struct buf whole, said;
    struct err e = {0};
    const CcClaim *claim = case_claim('P', claims, &c, &e);
    size_t count;

    (void)state;
    load(&l);
    buf_init(&whole);
    buf_init(&said);
    starve_begin(STARVE_ARENA, STARVE_ONCE, 0);
    assert_int_equal(validator_check(claim, l.tables, &o, a, &r, &e), 0);
    count = starve_end(NULL);
    findings(&r, &whole);
    assert_non_null(strstr(whole.data, "PRV-14"));
    for (size_t n = 1; n <= count; n++) {
        int result;

        arena_reset(a);
        starve_begin(STARVE_ARENA, STARVE_ONCE, n);
        result = validator_check(claim, l.tables, &o, a, &r, &e);
        starve_end(NULL);
        if (result != 0) {
            assert_string_equal(e.code, "size");
            continue;
        }
        findings(&r, &said);
        assert_string_equal(said.data, whole.data);
    }
    buf_release(&whole);
    buf_release(&said);
    loading_end(&l);
    arena_free(a);
    arena_free(claims);
}

/* say - counts what is said */
static void say(void *arg, const struct err *e)
{
    size_t *said = arg;

    assert_true(e->text[0] != '\0');
    (*said)++;
}

/* test_tests - a test of the rules that could not be run has not passed: the one here fails, and
 * does so whatever allocation fails */
static void test_tests(void **state)
{
    struct loading l;
    size_t count, said = 0;

    (void)state;
    load(&l);
    for (int kind = 0; kind < STARVE_KINDS; kind++) {
        starve_begin((enum starve_kind)kind, STARVE_ONCE, 0);
        assert_int_equal(validator_rule_tests(l.tables, say, &said), 1);
        count = starve_end(NULL);
        for (size_t n = 1; n <= count; n++) {
            said = 0;
            starve_begin((enum starve_kind)kind, STARVE_ONCE, n);
            assert_int_equal(validator_rule_tests(l.tables, say, &said), 1);
            starve_end(NULL);
            assert_int_equal(said, 1);
        }
    }
    loading_end(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_ask),
        cmocka_unit_test(test_tests),
    };

    return cmocka_run_group_tests_name("starve_rules", tests, NULL, NULL);
}
