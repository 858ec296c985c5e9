/* coder_em_test.c - the level of a visit: the whole cube of elements, every threshold of time */
#include "tests/support/test.h"

#include "services/coder/em/em.h"

/* facts_of - documentation that reaches these levels */
static struct em_facts facts_of(int problems, int data, int risk)
{
    static const enum em_problem kinds[EM_LEVELS] = {
        [EM_STRAIGHTFORWARD] = EM_MINOR,
        [EM_LOW] = EM_ACUTE_SIMPLE,
        [EM_MODERATE] = EM_UNDIAGNOSED,
        [EM_HIGH] = EM_THREAT,
    };
    struct em_facts f = {.risk = (enum em_level)risk, .minutes = -1};

    f.problems[kinds[problems]] = 1;
    f.items = data == EM_LOW ? 2 : data >= EM_MODERATE ? 3 : 0;
    f.discussion = data == EM_HIGH;
    return f;
}

/* cube - the highest level that at least two of the three reach */
static void cube(void **state)
{
    size_t n = 0;

    (void)state;
    for (int p = EM_STRAIGHTFORWARD; p < EM_LEVELS; p++)
        for (int d = EM_STRAIGHTFORWARD; d < EM_LEVELS; d++)
            for (int r = EM_STRAIGHTFORWARD; r < EM_LEVELS; r++, n++) {
                struct em_facts f = facts_of(p, d, r);
                struct em_mdm m = em_mdm(&f);
                int best = EM_NONE;

                for (int l = EM_STRAIGHTFORWARD; l < EM_LEVELS; l++)
                    if ((p >= l) + (d >= l) + (r >= l) >= 2)
                        best = l;
                assert_int_equal(m.problems, p);
                assert_int_equal(m.data, d);
                assert_int_equal(m.risk, r);
                assert_int_equal(m.reached, best);
                assert_int_equal(em_missing(&m, (enum em_level)best)[0], '\0');
                if (best < EM_HIGH)
                    assert_true(em_missing(&m, (enum em_level)(best + 1))[0] != '\0');
            }
    assert_int_equal(n, 64);
}

/* elements - what of a kind and how many make a level */
static void elements(void **state)
{
    struct em_facts f = {.minutes = -1};

    (void)state;
    assert_int_equal(em_mdm(&f).reached, EM_NONE);
    f.problems[EM_MINOR] = 1;
    assert_int_equal(em_mdm(&f).problems, EM_STRAIGHTFORWARD);
    f.problems[EM_MINOR] = 2;
    assert_int_equal(em_mdm(&f).problems, EM_LOW);
    f.problems[EM_CHRONIC_STABLE] = 1;
    assert_int_equal(em_mdm(&f).problems, EM_LOW);
    f.problems[EM_CHRONIC_STABLE] = 2;
    assert_int_equal(em_mdm(&f).problems, EM_MODERATE);
    assert_int_equal(em_mdm(&f).data, EM_STRAIGHTFORWARD);
    f.historian = true;
    assert_int_equal(em_mdm(&f).data, EM_LOW);
    f.items = 2;
    assert_int_equal(em_mdm(&f).data, EM_MODERATE);
    f.interpretation = true;
    assert_int_equal(em_mdm(&f).data, EM_HIGH);
    f.historian = false;
    assert_int_equal(em_mdm(&f).data, EM_MODERATE);
}

/* minutes - each threshold, and a minute less; families by day */
static void minutes(void **state)
{
    static const struct {
        const char *code;
        int32_t on;
        int64_t minutes;
    } rows[] = {
        {"99202", 20260310, 15}, {"99205", 20260310, 60}, {"99212", 20260310, 10},
        {"99215", 20260310, 40}, {"99223", 20260310, 75}, {"99233", 20260310, 50},
        {"99236", 20260310, 85}, {"99245", 20260310, 55}, {"99255", 20260310, 80},
        {"99306", 20231231, 45}, {"99306", 20240101, 50}, {"99308", 20231231, 15},
        {"99308", 20240101, 20}, {"99345", 20260310, 75}, {"99350", 20260310, 60},
    };
    enum em_level level;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct em_family *f = em_family_of(rows[i].code, rows[i].on, &level);

        assert_non_null(f);
        assert_int_equal(em_by_time(f, rows[i].minutes), level);
        assert_true(em_by_time(f, rows[i].minutes - 1) < level);
    }
    assert_null(em_family_of("99223", 20221231, &level));
    assert_null(em_family_of("99213", 20201231, &level));
    assert_null(em_family_of("99211", 20260310, &level));
    assert_int_equal(em_by_time(em_family_of("99285", 20260310, &level), 600), EM_NONE);
    assert_int_equal(em_prolonged_units("99205", "99417", 74), 0);
    assert_int_equal(em_prolonged_units("99205", "99417", 90), 2);
    assert_int_equal(em_prolonged_units("99205", "G2212", 89), 1);
    assert_int_equal(em_prolonged_units("99213", "99417", 90), -1);
    assert_int_equal(em_critical_units(104, false), 1);
    assert_int_equal(em_critical_units(105, false), 2);
    assert_int_equal(em_critical_units(103, true), 0);
    assert_int_equal(em_critical_units(134, true), 2);
    assert_string_equal(em_preventive("99396", 0), "99391");
    assert_string_equal(em_preventive("99381", 65), "99387");
    assert_string_equal(em_preventive("99391", 11), "99393");
    assert_string_equal(em_preventive("99391", 12), "99394");
    assert_null(em_preventive("99213", 40));
    assert_null(em_preventive("99396", -1));
}

/* main - the tests */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cube),
        cmocka_unit_test(elements),
        cmocka_unit_test(minutes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
