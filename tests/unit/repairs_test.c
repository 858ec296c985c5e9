/* repairs_test.c - every case of every repair: what is changed and noted, that the edits are silent
 * then, and speak when nothing is repaired */
#include "tests/support/test.h"

#include <stdio.h>

#include "services/validator/cases/case.h"

enum { MEMORY = 1 << 22 };

/* done - "NM109 before>after; …" */
static void done(const CcClaim *c, char *out, size_t size)
{
    out[0] = '\0';
    for (size_t i = 0; i < c->n_repairs; i++) {
        const size_t n = strlen(out);

        snprintf(out + n, size - n, "%s%s %s>%s", n ? "; " : "", c->repairs[i]->element,
                 c->repairs[i]->before, c->repairs[i]->after);
    }
}

/* found - ids of rejects and holds, once each */
static void found(const CcClaim *c, const struct case_options *o, const struct tables *t,
                  struct arena *a, char *out, size_t size)
{
    const struct validator_options options = {.received_date = o->received_date,
                                              .warn_days = o->warn_days};
    struct validator_result r;
    struct err e = {0};

    out[0] = '\0';
    assert_int_equal(validator_check(c, t, &options, a, &r, &e), 0);
    for (size_t i = 0; i < r.n_findings; i++) {
        const CcFinding *f = r.findings[i];
        const size_t n = strlen(out);

        if (f->severity != SEVERITY_NOTE && !strstr(out, f->edit))
            snprintf(out + n, size - n, "%s%s", n ? "," : "", f->edit);
    }
}

/* check_case - both ways */
static bool check_case(const struct repair_case *x, const struct tables *t, struct arena *a)
{
    char did[512], with[512], without[512];
    struct case_options o;
    struct err e = {0};
    CcClaim *c = case_claim(x->base, a, &o, &e);
    bool fine;

    if (!c || case_change(c, &o, x->changes, a, &e) != 0)
        fail_msg("%s %s: %s", x->id, x->changes, e.text);
    found(c, &o, t, a, without, sizeof(without));
    assert_int_equal(validator_repair(c, t, NULL, a, &e), 0);
    done(c, did, sizeof(did));
    found(c, &o, t, a, with, sizeof(with));
    fine = strcmp(did, x->done) == 0 && strcmp(with, x->done[0] ? "" : x->otherwise) == 0 &&
           strcmp(without, x->otherwise) == 0;
    for (size_t i = 0; i < c->n_repairs; i++)
        fine = fine && strcmp(c->repairs[i]->id, x->id) == 0;
    if (!fine)
        print_message("%s %s: did \"%s\", left %s, without %s\n", x->id, x->changes, did, with,
                      without);
    return fine;
}

/* every_case - all of them */
static void every_case(void **state)
{
    struct err e = {0};
    struct tables *t = case_tables(TABLE_MAX, &e);
    struct arena *a = arena_new(MEMORY);
    unsigned bad = 0;

    (void)state;
    assert_non_null(t);
    for (const struct repair_case *x = cases_repairs; x->id; x++) {
        bad += !check_case(x, t, a);
        arena_reset(a);
    }
    assert_int_equal(bad, 0);
    arena_free(a);
    tables_free(t);
}

/* both_ways - each row has a case that repairs and one that does not */
static void both_ways(void **state)
{
    struct validator_repair_row row;

    (void)state;
    for (size_t i = 0; validator_repair_at(i, &row); i++) {
        bool does = false, leaves = false;

        for (const struct repair_case *x = cases_repairs; x->id; x++)
            if (strcmp(x->id, row.id) == 0) {
                does |= x->done[0] != '\0';
                leaves |= x->done[0] == '\0';
            }
        if (!does || !leaves)
            fail_msg("%s: a case is missing", row.id);
    }
}

/* samples_alone - the sample claims are not touched; what is repaired is repaired once */
static void samples_alone(void **state)
{
    struct err e = {0};
    struct tables *t = case_tables(TABLE_MAX, &e);
    struct arena *a = arena_new(MEMORY);
    struct case_options o;

    (void)state;
    for (const char *base = "PIO"; *base; base++) {
        CcClaim *c = case_claim(*base, a, &o, &e);
        char did[512];

        assert_int_equal(validator_repair(c, t, NULL, a, &e), 0);
        done(c, did, sizeof(did));
        assert_string_equal(did, "");
    }
    for (const struct repair_case *x = cases_repairs; x->id; x++) {
        CcClaim *c = case_claim(x->base, a, &o, &e);
        size_t n;

        assert_int_equal(case_change(c, &o, x->changes, a, &e), 0);
        assert_int_equal(validator_repair(c, t, NULL, a, &e), 0);
        n = c->n_repairs;
        assert_int_equal(validator_repair(c, t, NULL, a, &e), 0);
        assert_int_equal(c->n_repairs, n);
        arena_reset(a);
    }
    arena_free(a);
    tables_free(t);
}

/* pointers - what is left of them when a diagnosis goes */
static void pointers(void **state)
{
    struct err e = {0};
    struct tables *t = case_tables(TABLE_MAX, &e);
    struct arena *a = arena_new(MEMORY);
    struct case_options o;
    CcClaim *c = case_claim('P', a, &o, &e);

    (void)state;
    assert_int_equal(case_change(c, &o,
                                 "diagnoses#4; D3.code=E1165; D3.rank=3; D4.code=I10; D4.rank=4; "
                                 "D2.code=J029; L1.pointers=3,1,2; L2.pointers=4,3; lines#3; "
                                 "L3.pointers=2,2",
                                 a, &e),
                     0);
    assert_int_equal(validator_repair(c, t, NULL, a, &e), 0);
    assert_int_equal(c->n_diagnoses, 3);
    assert_int_equal(c->diagnoses[2]->rank, 3);
    assert_string_equal(c->diagnoses[2]->assignment->code->code, "I10");
    assert_int_equal(c->lines[0]->n_pointers, 2);
    assert_int_equal(c->lines[0]->pointers[0], 1);
    assert_int_equal(c->lines[0]->pointers[1], 2);
    assert_int_equal(c->lines[1]->n_pointers, 2);
    assert_int_equal(c->lines[1]->pointers[0], 3);
    assert_int_equal(c->lines[1]->pointers[1], 1);
    assert_int_equal(c->lines[2]->n_pointers, 2); /* COD-16 has its say */
    arena_free(a);
    tables_free(t);
}

/* subscriber_alone - his address is his own where the claim knows no home of the patient */
static void subscriber_alone(void **state)
{
    static const char *const homeless[] = {"patient=", "patient.address="};
    struct err e = {0};
    struct tables *t = case_tables(TABLE_MAX, &e);
    struct arena *a = arena_new(MEMORY);
    struct case_options o;
    char did[512];

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        CcClaim *c = case_claim('P', a, &o, &e);

        assert_int_equal(case_change(c, &o, homeless[i], a, &e), 0);
        assert_int_equal(case_change(c, &o, "C1.subscriber_address.zip=44102-1234", a, &e), 0);
        assert_int_equal(validator_repair(c, t, NULL, a, &e), 0);
        done(c, did, sizeof(did));
        assert_string_equal(did, "N403 44102-1234>441021234");
    }
    arena_free(a);
    tables_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_case), cmocka_unit_test(both_ways),
                                       cmocka_unit_test(samples_alone), cmocka_unit_test(pointers),
                                       cmocka_unit_test(subscriber_alone)};

    return cmocka_run_group_tests_name("repairs", tests, NULL, NULL);
}
