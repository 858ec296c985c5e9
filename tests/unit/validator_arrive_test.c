/* validator_arrive_test.c - claims of other systems: where they go, how their life begins, what
 * came twice */
#include "tests/support/test.h"

#include "services/validator/cases/case.h"
#include "tests/support/validating.h"

#define CAME "encounter=; source=SUBM/000000101/0001; account=PCN-77; version=13805836; "

/* first - the first step is written, the payer's receiver filled in, then the edits' answer */
static void first(void **state)
{
    struct bench *b = *state;
    CcClaimStatus *st;
    CcClaim *clean;

    bench_feed(b, bench_claim(b, 'P', CAME));
    st = bench_output(b, TOPIC_CLAIMS_STATUS, 0);
    assert_string_equal(st->step, "intake");
    assert_string_equal(st->event, "coded");
    assert_string_equal(st->account, "PCN-77");
    assert_int_equal(st->state, CLAIM_STATE_CODED);
    st = bench_output(b, TOPIC_CLAIMS_STATUS, 1);
    assert_int_equal(st->state, CLAIM_STATE_READY);
    clean = bench_output(b, TOPIC_CLAIMS_CLEAN, 0);
    assert_non_null(clean);
    assert_string_equal(clean->receiver, "CLR");
    assert_string_equal(st->receiver, "CLR");
}

/* twice - the same again is nothing; a later version, and other content, are something */
static void twice(void **state)
{
    struct bench *b = *state;

    bench_feed(b, bench_claim(b, 'P', CAME));
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
    bench_feed(b, bench_claim(b, 'P', CAME));
    assert_int_equal(svc_sim_count(b->sim), 0);
    bench_feed(b, bench_claim(b, 'P', CAME "version=13805837"));
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
    bench_feed(
        b, bench_claim(b, 'P', CAME "version=13805837; L1.charge_cents=16600; charge_cents=21600"));
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
}

/* held - what is held comes again as often as it is sent: its question is the same one */
static void held(void **state)
{
    struct bench *b = *state;

    for (int i = 0; i < 2; i++) {
        bench_feed(b, bench_claim(b, 'P', CAME "charge_cents=1"));
        assert_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
        assert_non_null(bench_output(b, TOPIC_WORK_REVIEW, 0));
    }
}

/* coded_here - a coder's claim is left as it is, its own repeats too */
static void coded_here(void **state)
{
    struct bench *b = *state;

    for (int i = 0; i < 2; i++) {
        CcClaimStatus *st;

        bench_feed(b, bench_claim(b, 'P', ""));
        st = bench_output(b, TOPIC_CLAIMS_STATUS, 0);
        assert_string_equal(st->step, "validator");
    }
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, bench_setup, bench_teardown)

/* main - each with a worker of its own */
int main(void)
{
    const struct CMUnitTest tests[] = {T(first), T(twice), T(held), T(coded_here)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
