/* edits_test.c - every case of every edit: what it must find, and nothing that it does not say */
#include "tests/support/test.h"

#include <stdio.h>

#include "services/validator/cases/case.h"

/* count_of - findings of an edit; `others` gets the ids of other rejects and holds */
static unsigned count_of(const struct validator_result *r, const char *id, char *others,
                         size_t size)
{
    unsigned n = 0;

    others[0] = '\0';
    for (size_t i = 0; i < r->n_findings; i++) {
        const CcFinding *f = r->findings[i];

        if (strcmp(f->edit, id) == 0)
            n++;
        else if (f->severity != SEVERITY_NOTE && !strstr(others, f->edit))
            snprintf(others + strlen(others), size - strlen(others), "%s%s", others[0] ? "," : "",
                     f->edit);
    }
    return n;
}

/* same_set - two lists with commas hold the same ids */
static bool same_set(const char *a, const char *b)
{
    char word[16];

    for (int turn = 0; turn < 2; turn++) {
        const char *p = turn ? b : a, *other = turn ? a : b;

        while (*p) {
            size_t n = strcspn(p, ",");

            snprintf(word, sizeof(word), "%.*s", (int)n, p);
            if (!strstr(other, word))
                return false;
            p += n + (p[n] == ',');
        }
    }
    return true;
}

/* check_case - one case; prints what differs */
static bool check_case(const struct edit_case *c, const struct tables *all, struct arena *a)
{
    struct tables *t = NULL;
    struct validator_result r = {0};
    struct err e = {0};
    char others[512];
    unsigned n;
    bool fine;

    if (case_drops(c) != TABLE_MAX)
        t = case_tables(case_drops(c), &e);
    if (case_run(c, t ? t : all, a, &r, &e) != 0) {
        print_message("%s \"%s\": %s\n", c->id, c->what, e.text);
        tables_free(t);
        return false;
    }
    n = count_of(&r, c->id, others, sizeof(others));
    fine = n == c->fires && same_set(others, c->also ? c->also : "");
    if (!fine) {
        print_message("%s \"%s\": %u findings, wanted %u; others \"%s\", said \"%s\"\n", c->id,
                      c->what, n, c->fires, others, c->also ? c->also : "");
        for (size_t i = 0; i < r.n_findings; i++)
            print_message("    %s line %u %s: %s\n", r.findings[i]->edit, r.findings[i]->line,
                          r.findings[i]->element, r.findings[i]->message);
    }
    tables_free(t);
    return fine;
}

/* every_case - all of them */
static void every_case(void **state)
{
    struct err e = {0};
    struct tables *t = case_tables(TABLE_MAX, &e);
    struct arena *a = arena_new((size_t)1 << 22);
    unsigned bad = 0;

    (void)state;
    if (!t)
        print_message("%s\n", e.text);
    assert_non_null(t);
    for (const struct edit_case *const *list = case_lists; *list; list++)
        for (const struct edit_case *c = *list; c->id; c++) {
            bad += !check_case(c, t, a);
            arena_reset(a);
        }
    assert_int_equal(bad, 0);
    arena_free(a);
    tables_free(t);
}

/* both_ways - each edit has a case that fires and one that does not */
static void both_ways(void **state)
{
    struct validator_edit edit;

    (void)state;
    for (size_t i = 0; validator_edit_at(i, &edit); i++) {
        struct validator_example x;
        bool fires = false, silent = false;

        for (size_t k = 0; validator_example_at(edit.id, k, &x); k++) {
            fires |= x.fires > 0;
            silent |= x.fires == 0;
        }
        if (!fires || !silent)
            print_message("%s: fires %d, silent %d\n", edit.id, fires, silent);
        assert_true(fires && silent);
    }
}

/* tables_loaded - the worker holds every table that a row names */
static void tables_loaded(void **state)
{
    (void)state;
    for (const struct edit *row = edit_list; row->id; row++)
        for (int i = 0; i < EDIT_TABLES && row->tables[i].on != ON_NOTHING; i++) {
            const enum table_id *t = validator_spec.tables;

            while (*t != TABLE_MAX && *t != row->tables[i].table)
                t++;
            if (*t == TABLE_MAX)
                print_message("%s: %s\n", row->id, table_name(row->tables[i].table));
            assert_int_not_equal(*t, TABLE_MAX);
        }
}

/* samples_clean - the sample claims themselves have no finding at all */
static void samples_clean(void **state)
{
    static const struct edit_case rows[] = {
        {"", 'P', 0, "", "", NULL}, {"", 'I', 0, "", "", NULL}, {"", 'O', 0, "", "", NULL}};
    struct err e = {0};
    struct tables *t = case_tables(TABLE_MAX, &e);
    struct arena *a = arena_new((size_t)1 << 20);

    (void)state;
    assert_non_null(t);
    for (size_t i = 0; i < 3; i++) {
        struct validator_result r;

        assert_int_equal(case_run(&rows[i], t, a, &r, &e), 0);
        for (size_t k = 0; k < r.n_findings; k++)
            print_message("%c: %s %s\n", rows[i].base, r.findings[k]->edit, r.findings[k]->message);
        assert_int_equal(r.n_findings, 0);
        arena_reset(a);
    }
    arena_free(a);
    tables_free(t);
}

/* findings_whole - every finding says where, why and what to do, and holds no name of the sample */
static void findings_whole(void **state)
{
    static const char *const people[] = {"TESTER", "ADA",      "ELM",        "SYN0001234",
                                         "MRN778", "19700214", "1EG4TE5MK73"};
    struct err e = {0};
    struct tables *t = case_tables(TABLE_MAX, &e);
    struct arena *a = arena_new((size_t)1 << 22);

    (void)state;
    for (const struct edit_case *const *list = case_lists; *list; list++)
        for (const struct edit_case *c = *list; c->id; c++) {
            struct validator_result r;

            assert_int_equal(case_run(c, t, a, &r, &e), 0);
            for (size_t i = 0; i < r.n_findings; i++) {
                assert_true(r.findings[i]->message[0] && r.findings[i]->fix[0]);
                assert_true(r.findings[i]->authority[0] && r.findings[i]->element[0]);
                assert_true(r.findings[i]->snip >= 1 && r.findings[i]->snip <= 7);
                for (size_t k = 0; k < sizeof(people) / sizeof(people[0]); k++)
                    assert_null(strstr(r.findings[i]->message, people[k]));
            }
            arena_reset(a);
        }
    arena_free(a);
    tables_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_loaded),  cmocka_unit_test(samples_clean),
        cmocka_unit_test(both_ways),      cmocka_unit_test(every_case),
        cmocka_unit_test(findings_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
