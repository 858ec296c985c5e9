/* follow_lives_test.c - claims of every kind of life end the same, whatever the order, however
 * often each thing is said (the long form is tests/bench/follow_bench.c) */
#include "tests/support/test.h"

#include "tests/support/lives.h"

/* same_ends - of a thousand lives in three orders */
static void same_ends(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct lives l = {0};

        assert_int_equal(lives_run(1, 400, seed, &l), 0);
        if (l.differ)
            fail_msg("seed %llu: %llu of %llu differ, the first is %llu", (unsigned long long)seed,
                     (unsigned long long)l.differ, (unsigned long long)l.claims,
                     (unsigned long long)l.first);
        assert_true(l.records > 2 * 400);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(same_ends)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
