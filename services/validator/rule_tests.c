/* rule_tests.c - the test claims of the payers' rules: a sample claim, changes, and whether the
 * rule is told. Nobody lives in sample claims, so what was found may be said in full. */
#include "services/validator/rules.h"

#include <stdio.h>
#include <string.h>

#include "common/base/str.h"
#include "common/tables/made.h"
#include "services/validator/cases/case.h"

enum { TEST_ARENA = 1 << 24, CHANGES_MAX = 4096, FOUND_MAX = 100 };

struct test {
    const struct tables *tables;
    struct arena *a;
    char name[80], rule[32], claim[16], expect[8], changes[CHANGES_MAX];
};

/* base_of - letter of a sample claim */
static char base_of(const char *word)
{
    return word[0] == 'p' ? 'P' : word[0] == 'i' ? 'I' : 'O';
}

/* is_of - does the finding rest on the rule: its authority begins with the rule's name */
static bool is_of(const CcFinding *f, const char *rule)
{
    size_t n = strlen(rule);

    return str_starts(f->authority, "payer rule ") && strncmp(f->authority + 11, rule, n) == 0 &&
           f->authority[11 + n] == ':';
}

/* outcome - is the rule told; `found` gets the edits of all findings of rules */
static int outcome(const struct test *x, bool *fires, char found[FOUND_MAX], struct err *e)
{
    struct case_options o;
    CcClaim *claim = case_claim(base_of(x->claim), x->a, &o, e);
    struct validator_options options = {0};
    struct validator_result r;

    *fires = false;
    found[0] = '\0';
    if (!claim || case_change(claim, &o, x->changes, x->a, e) != 0)
        return -1;
    options.received_date = o.received_date;
    options.warn_days = o.warn_days;
    options.history = (const CcBilledLine *const *)o.history;
    options.n_history = o.n_history;
    if (validator_check(claim, x->tables, &options, x->a, &r, e) != 0)
        return -1;
    for (size_t i = 0; i < r.n_findings; i++) {
        const CcFinding *f = r.findings[i];
        size_t n = strlen(found);

        *fires |= is_of(f, x->rule);
        if (str_starts(f->authority, "payer rule "))
            snprintf(found + n, FOUND_MAX - n, "%s%s %.*s", n ? ", " : "", f->edit,
                     (int)strcspn(f->authority + 11, ":"), f->authority + 11);
    }
    return 0;
}

/* knows - is there such a rule, in any edition */
static bool knows(const struct tables *t, const char *rule)
{
    const struct edition_info *i;
    const struct payer_rule *x;

    for (size_t n = 0; (i = tables_edition_at(t, n)); n++)
        for (size_t k = 0; tables_payer_rules(i) && (x = payer_rules_at(tables_payer_rules(i), k));
             k++)
            if (span_is(x->cells.rule, rule))
                return true;
    return false;
}

/* run - one test; -1 with what is wrong */
static int run(const struct test *x, struct err *e)
{
    char found[FOUND_MAX];
    bool fires;

    if (!knows(x->tables, x->rule))
        return err_set(e, ERR_REJECT, "test", "payer-rule-tests, test \"%s\": there is no rule %s",
                       x->name, x->rule);
    if (outcome(x, &fires, found, e) != 0)
        return err_prefix(e, "payer-rule-tests, test \"%s\"", x->name);
    if (fires == (strcmp(x->expect, "fires") == 0))
        return 0;
    return err_set(e, ERR_REJECT, "test",
                   "payer-rule-tests, test \"%s\": expected %s to be %s; found: %s", x->name,
                   x->rule, fires ? "silent" : "told", found[0] ? found : "nothing");
}

/* read - a row of the table */
static void read_row(struct test *x, const struct table_row *row)
{
    struct span name = table_key(row, 0);

    snprintf(x->name, sizeof(x->name), "%.*s", (int)(name.n < 79 ? name.n : 79), name.p);
    table_col_text(row, "rule", x->rule, sizeof(x->rule));
    table_col_text(row, "claim", x->claim, sizeof(x->claim));
    table_col_text(row, "expect", x->expect, sizeof(x->expect));
    table_col_text(row, "changes", x->changes, sizeof(x->changes));
}

/* validator_rule_tests - every test of every edition */
size_t validator_rule_tests(const struct tables *t, void (*say)(void *arg, const struct err *e),
                            void *arg)
{
    struct test x = {.tables = t, .a = arena_new(TEST_ARENA)};
    const struct edition_info *i;
    struct table_row row;
    struct err none = {0};
    size_t bad = 0;

    if (!x.a) {
        err_set(&none, ERR_RETRY, "memory", "payer-rule-tests: out of memory");
        say(arg, &none);
        return 1;
    }
    for (size_t n = 0; (i = tables_edition_at(t, n)); n++)
        for (size_t cursor = 0;
             i->table == TABLE_PAYER_RULE_TESTS && edition_each(i, &cursor, &row);) {
            struct err e = {0};

            read_row(&x, &row);
            arena_reset(x.a);
            if (run(&x, &e) == 0)
                continue;
            say(arg, &e);
            bad++;
        }
    arena_free(x.a);
    return bad;
}
