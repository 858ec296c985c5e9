/* validator_moved_test.c - a merge of two records: what was billed under the key that ended is
 * found under the one that stays, whatever comes first */
#include "tests/support/test.h"

#include "tests/support/validating.h"

#define OLD "patient_key=00000000000000bb; "
#define NEW "patient_key=00000000000000aa; "
#define HOLD "L2.modifiers=QW,59,XU; L1.modifiers=59"

enum { WAITING = 64 };

/* ends - the coder's word: a key ended in another one */
static CcDecision *ends(struct bench *b, const char *from, const char *into, int64_t ms)
{
    CcDecision *d = event_new(b->a, &cc_decision__descriptor);

    d->patient_key = arena_strdup(b->a, from);
    d->merged_into = arena_strdup(b->a, into);
    d->merged_ms = ms;
    return d;
}

/* relay - what the worker sends to itself comes to it again, until nothing more does */
static size_t relay(struct bench *b)
{
    CcDecision *waiting[WAITING];
    size_t n = 0, done = 0;

    do {
        CcDecision *d;

        for (size_t i = 0; (d = bench_output(b, TOPIC_CLAIMS_DECISIONS, i)); i++) {
            assert_true(n < WAITING);
            waiting[n++] = d;
        }
        if (n)
            bench_decide(b, waiting[done++]);
    } while (done < n || (n && bench_output(b, TOPIC_CLAIMS_DECISIONS, 0)));
    return n;
}

/* merge - A40: bb ends in aa */
static size_t merge(struct bench *b)
{
    bench_decide(b, ends(b, "00000000000000bb", "00000000000000aa", 100));
    return relay(b);
}

/* is_duplicate - the claim is held for what is billed already */
static bool is_duplicate(struct bench *b, const CcClaim *c)
{
    CcReviewItem *item;

    bench_feed(b, c);
    item = bench_output(b, TOPIC_WORK_REVIEW, 0);
    return item && (bench_finding(item->findings, item->n_findings, "DUP-01") ||
                    bench_finding(item->findings, item->n_findings, "DUP-02"));
}

/* follows - billed under the old key, then the merge: the same care again under the new key is a
 * duplicate, and the payer's word about the first finds it there */
static void follows(void **state)
{
    struct bench *b = *state;
    CcClaim *first = bench_claim(b, 'P', OLD "claim_id=A1000002");

    bench_feed(b, first);
    bench_feed(b, bench_claim(b, 'P', OLD "claim_id=A1000003; @shift=-30"));
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
    assert_int_equal(merge(b), 2);
    assert_true(is_duplicate(b, bench_claim(b, 'P', NEW)));
    bench_payer(b, first, CLAIM_STATE_DENIED, "ICN1"); /* under the key that it knew */
    assert_int_equal(relay(b), 1);
    bench_payer(b, bench_claim(b, 'P', NEW "claim_id=A1000003"), CLAIM_STATE_REJECTED, "");
    assert_int_equal(svc_sim_count(b->sim), 0);
    bench_feed(b, bench_claim(b, 'P', NEW "claim_id=A1000004; @shift=-30"));
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0)); /* a rejected one bills nothing */
}

/* not_before - without a merge two patients are two patients */
static void not_before(void **state)
{
    struct bench *b = *state;

    bench_feed(b, bench_claim(b, 'P', OLD "claim_id=A1000002"));
    assert_false(is_duplicate(b, bench_claim(b, 'P', NEW)));
}

/* in_flight - a claim that was coded under the old key and comes after the merge: it is checked
 * with what was billed under the new one, as it was coded, and remembered there */
static void in_flight(void **state)
{
    struct bench *b = *state;
    CcClaim *late = bench_claim(b, 'P', OLD "claim_id=A1000005; @shift=-60"), *clean;
    CcDecision *sent;

    assert_int_equal(merge(b), 0);
    bench_feed(b, late);
    assert_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
    sent = bench_output(b, TOPIC_CLAIMS_DECISIONS, 0);
    assert_string_equal(sent->patient_key, "00000000000000aa");
    assert_string_equal(sent->claim->patient_key, "00000000000000bb");
    bench_decide(b, sent);
    clean = bench_output(b, TOPIC_CLAIMS_CLEAN, 0);
    assert_non_null(clean);
    assert_string_equal(clean->patient_key, "00000000000000aa");
    assert_string_equal(((CcClaimStatus *)bench_output(b, TOPIC_CLAIMS_STATUS, 0))->event,
                        "checks_passed");
    assert_true(is_duplicate(b, bench_claim(b, 'P', NEW "@shift=-60")));
}

/* held - a question of before the merge is answered after it, under the key that it names; one
 * whose claim was held on its way too */
static void held(void **state)
{
    struct bench *b = *state;

    for (int late = 0; late < 2; late++) {
        CcClaim *c =
            bench_claim(b, 'P', late ? OLD HOLD "; claim_id=A1000007; @shift=-90" : OLD HOLD);
        CcReviewItem *item;
        CcDecision *d;

        bench_feed(b, c);
        if (late)
            bench_decide(b, bench_output(b, TOPIC_CLAIMS_DECISIONS, 0));
        item = bench_output(b, TOPIC_WORK_REVIEW, 0);
        assert_non_null(item);
        assert_non_null(item->claim_place);
        d = bench_decision(b, c, item, "NCC-04");
        if (!late)
            merge(b);
        bench_decide(b, d);
        assert_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
        assert_null(bench_output(b, TOPIC_CLAIMS_STATUS, 0));
        bench_decide(b, bench_output(b, TOPIC_CLAIMS_DECISIONS, 0));
        assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
        assert_string_equal(((CcReviewItem *)bench_output(b, TOPIC_WORK_REVIEW, 0))->state, "done");
    }
}

/* overtaken - the next version came under the new key before what was remembered under the old
 * one: it stays, and the old question is closed */
static void overtaken(void **state)
{
    struct bench *b = *state;
    CcReviewItem *item;
    CcDecision *moved;

    bench_feed(b, bench_claim(b, 'P', OLD HOLD));
    bench_decide(b, ends(b, "00000000000000bb", "00000000000000aa", 100));
    moved = bench_output(b, TOPIC_CLAIMS_DECISIONS, 0);
    bench_feed(b, bench_claim(b, 'P', NEW "version=2"));
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
    bench_decide(b, moved);
    item = bench_output(b, TOPIC_WORK_REVIEW, 0);
    assert_non_null(item);
    assert_string_equal(item->state, "done");
    assert_true(is_duplicate(b, bench_claim(b, 'P', NEW "claim_id=A1000009")));
}

/* back - bb into aa, then aa into bb: the later merge counts; one that comes late, or into itself,
 * changes nothing */
static void back(void **state)
{
    struct bench *b = *state;

    bench_feed(b, bench_claim(b, 'P', OLD "claim_id=A1000002"));
    merge(b);
    bench_decide(b, ends(b, "00000000000000aa", "00000000000000bb", 200));
    assert_int_equal(relay(b), 1);
    assert_true(is_duplicate(b, bench_claim(b, 'P', OLD)));
    bench_feed(b, bench_claim(b, 'P', NEW "claim_id=A1000003"));
    assert_int_equal(relay(b), 1);
    bench_decide(b, ends(b, "00000000000000bb", "00000000000000bb", 300));
    assert_true(svc_sim_output(b->sim, 0)->dead);
    assert_true(is_duplicate(b, bench_claim(b, 'P', OLD "claim_id=A1000004")));
}

/* in_a_chain - bb into aa, aa into cc: what comes under bb is found under cc; a circle ends */
static void in_a_chain(void **state)
{
    struct bench *b = *state;
    CcDecision *d;

    bench_feed(b, bench_claim(b, 'P', OLD "claim_id=A1000002"));
    merge(b);
    bench_decide(b, ends(b, "00000000000000aa", "00000000000000cc", 200));
    relay(b);
    bench_feed(b, bench_claim(b, 'P', OLD "claim_id=A1000003"));
    assert_int_equal(relay(b), 2);
    assert_true(is_duplicate(b, bench_claim(b, 'P', "patient_key=00000000000000cc")));
    bench_feed(b, bench_claim(b, 'P', OLD "claim_id=A1000004; @shift=-20"));
    d = bench_output(b, TOPIC_CLAIMS_DECISIONS, 0);
    d->hops = 16;
    bench_decide(b, d);
    assert_true(svc_sim_output(b->sim, 0)->dead);
    assert_string_equal(svc_sim_output(b->sim, 0)->dead_reason, "merge-loop");
}

/* not_ours - what the coder carried on for itself is passed over */
static void not_ours(void **state)
{
    struct bench *b = *state;
    CcClaim *c = bench_claim(b, 'P', NEW);
    CcDecision *d = event_new(b->a, &cc_decision__descriptor);

    bench_feed(b, c);
    d->claim_id = c->claim_id;
    d->version = 1;
    d->patient_key = c->patient_key;
    d->payer_state = CLAIM_STATE_REJECTED;
    d->hops = 1;
    bench_decide(b, d);
    assert_true(is_duplicate(b, bench_claim(b, 'P', NEW "claim_id=A1000002")));
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, bench_setup, bench_teardown)

/* main - each with a worker of its own */
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(follows),   T(not_before), T(in_flight),  T(held),
        T(overtaken), T(back),       T(in_a_chain), T(not_ours),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
