/* validator_decide_test.c - a person's word on a held claim: what passes by it, what never does */
#include "tests/support/test.h"

#include "services/validator/cases/case.h"
#include "tests/support/validating.h"

#define TWO_HOLDS "L2.modifiers=QW,59,XU; L1.modifiers=59"

/* held - a claim that two holds of NCC-04 stop; its question */
static CcReviewItem *held(struct bench *b, CcClaim **claim, const char *changes)
{
    CcReviewItem *item;

    *claim = bench_claim(b, 'P', changes);
    bench_feed(b, *claim);
    assert_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
    item = bench_output(b, TOPIC_WORK_REVIEW, 0);
    assert_non_null(item);
    return item;
}

/* confirmed - it goes on, carries who confirmed what and why, its question is closed, and its lines
 * are billed */
static void confirmed(void **state)
{
    struct bench *b = *state;
    CcClaim *c, *clean;
    CcReviewItem *item = held(b, &c, TWO_HOLDS), *done;
    const CcFinding *f;
    CcClaimStatus *st;

    assert_int_equal(item->n_options, 4);
    assert_string_equal(item->options[0]->id, "confirm");
    assert_string_equal(item->options[3]->text, "cannot be determined: the claim stays held");
    bench_decide(b, bench_decision(b, c, item, "NCC-04"));
    clean = bench_output(b, TOPIC_CLAIMS_CLEAN, 0);
    done = bench_output(b, TOPIC_WORK_REVIEW, 0);
    st = bench_output(b, TOPIC_CLAIMS_STATUS, 0);
    assert_non_null(clean);
    f = bench_finding(clean->findings, clean->n_findings, "NCC-04");
    assert_non_null(f);
    assert_int_equal(f->overridden, 1);
    assert_string_equal(f->override_role, "coder");
    assert_string_equal(f->override_reason, "seen in the record");
    assert_int_equal(f->override_version, 1);
    assert_string_equal(done->state, "done");
    assert_string_equal(done->review_id, item->review_id);
    assert_string_equal(st->event, "override");
    assert_int_equal(st->from_state, CLAIM_STATE_HELD);
    assert_int_equal(st->state, CLAIM_STATE_READY);
    assert_int_equal(st->refused, 0);
    bench_feed(b, bench_claim(b, 'P', "claim_id=A1000002; L2.modifiers=QW,59,XU"));
    assert_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0)); /* DUP-01 */
}

/* in_two_steps - what is not confirmed yet holds on; the next decision carries both */
static void in_two_steps(void **state)
{
    struct bench *b = *state;
    CcClaim *c;
    CcReviewItem *item = held(b, &c, TWO_HOLDS), *again;
    CcDecision *first = bench_decision(b, c, item, "NCC-04");

    assert_int_equal(first->n_overrides, 2);
    first->n_overrides = 1;
    bench_decide(b, first);
    assert_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
    again = bench_output(b, TOPIC_WORK_REVIEW, 0);
    assert_string_equal(again->state, "open");
    assert_int_equal(again->findings[0]->overridden + again->findings[1]->overridden, 1);
    assert_int_equal(again->claim_place->offset, item->claim_place->offset);
    bench_decide(b, bench_decision(b, c, again, "NCC-04"));
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
}

/* refused - the record of a decision that found nothing to decide */
static void refused(struct bench *b, const CcDecision *d, const char *why)
{
    CcClaimStatus *st;

    bench_decide(b, d);
    st = bench_output(b, TOPIC_CLAIMS_STATUS, 0);
    assert_non_null(st);
    assert_int_equal(svc_sim_count(b->sim), 1);
    assert_int_equal(st->refused, 1);
    assert_non_null(strstr(st->reason, why));
}

/* other_version - what was confirmed of one version says nothing of the next, whether the decision
 * comes late or the claim carries the old word */
static void other_version(void **state)
{
    struct bench *b = *state;
    CcClaim *first, *second;
    CcReviewItem *item = held(b, &first, TWO_HOLDS), *next;
    CcDecision *late = bench_decision(b, first, item, "NCC-04"), *forged;

    next = held(b, &second, "version=2; " TWO_HOLDS);
    assert_int_equal(next->claim_place->offset, item->claim_place->offset + 1);
    refused(b, late, "another version");
    forged = bench_decision(b, second, item, "NCC-04");
    forged->overrides[0]->override_version = forged->overrides[1]->override_version = 1;
    bench_decide(b, forged);
    assert_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
    bench_decide(b, bench_decision(b, second, item, "NCC-04"));
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
}

/* nothing_held - decided twice, never held, or not the bytes that were held */
static void nothing_held(void **state)
{
    struct bench *b = *state;
    CcClaim *c, *other = bench_claim(b, 'P', "claim_id=A1000009");
    CcReviewItem *item = held(b, &c, TWO_HOLDS);
    CcDecision *d = bench_decision(b, c, item, "NCC-04");
    CcDecision *changed = bench_decision(b, c, item, "NCC-04");

    changed->claim->lines[0]->charge_cents += 1;
    refused(b, changed, "coded anew");
    bench_decide(b, d);
    refused(b, d, "not held");
    refused(b, bench_decision(b, other, NULL, ""), "not held");
}

/* other_bytes - the same claim in bytes that nobody here writes (a field out of its order that says
 * nothing) is held and decided as the same */
static void other_bytes(void **state)
{
    struct bench *b = *state;
    CcClaim *c = bench_claim(b, 'P', TWO_HOLDS);
    uint8_t *bytes, *longer;
    CcReviewItem *item;
    size_t n;

    assert_int_equal(event_pack(b->a, &c->base, &bytes, &n, &b->e), 0);
    longer = arena_alloc(b->a, n + 2);
    memcpy(longer, bytes, n);
    memcpy(longer + n, "\x4a\0", 2); /* parent_claim: "" */
    assert_int_equal(svc_sim_feed_bytes(b->sim, TOPIC_CLAIMS_CODED, 0, c->patient_key, "other",
                                        longer, n + 2, 1000000000000, &b->e),
                     0);
    item = bench_output(b, TOPIC_WORK_REVIEW, 0);
    assert_non_null(item);
    bench_decide(b, bench_decision(b, c, item, "NCC-04"));
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
}

/* never_by_word - what cannot go out, and what no table was there to ask */
static void never_by_word(void **state)
{
    struct bench *b = *state;
    struct tables *t = case_tables(TABLE_POS, &b->e);
    CcClaim *c;
    CcReviewItem *item = held(b, &c, "charge_cents=1");

    bench_decide(b, bench_decision(b, c, item, "CHG-01"));
    assert_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
    svc_sim_tables(b->sim, t);
    item = held(b, &c, "version=2");
    bench_decide(b, bench_decision(b, c, item, "TAB-01"));
    assert_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
    svc_sim_tables(b->sim, b->tables);
    bench_decide(b, bench_decision(b, c, NULL, "")); /* the table is there now: once more */
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
    tables_free(t);
}

/* as_of_now - a decision is no pass for what happened since: the care was billed meanwhile */
static void as_of_now(void **state)
{
    struct bench *b = *state;
    CcClaim *c;
    CcReviewItem *item = held(b, &c, TWO_HOLDS);

    bench_feed(b, bench_claim(b, 'P', "claim_id=A1000002; L1.modifiers=25"));
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
    bench_feed(b, bench_claim(b, 'P', "claim_id=A1000003; L2.modifiers=QW,XU; L2.code=83036"));
    bench_decide(b, bench_decision(b, c, item, "NCC-04"));
    item = bench_output(b, TOPIC_WORK_REVIEW, 0);
    assert_non_null(item);
    assert_non_null(bench_finding(item->findings, item->n_findings, "MUE-02"));
}

/* malformed - no claim, another's claim, no reason: dead letters, and the partition goes on */
static void malformed(void **state)
{
    struct bench *b = *state;
    CcClaim *c;
    CcReviewItem *item = held(b, &c, TWO_HOLDS);
    CcDecision *bad[4];

    for (size_t i = 0; i < 4; i++)
        bad[i] = bench_decision(b, c, item, "NCC-04");
    bad[0]->claim = NULL;
    bad[1]->version = 7;
    bad[2]->overrides[0]->override_reason[0] = '\0';
    bad[3]->overrides[0]->override_role = bad[2]->overrides[0]->override_reason;
    for (size_t i = 0; i < 4; i++) {
        bench_decide(b, bad[i]);
        assert_int_equal(svc_sim_count(b->sim), 1);
        assert_true(svc_sim_output(b->sim, 0)->dead);
        assert_string_equal(svc_sim_output(b->sim, 0)->dead_reason, "schema");
    }
    bench_decide(b, bench_decision(b, c, item, "NCC-04"));
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, bench_setup, bench_teardown)

/* main - each with a worker of its own */
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(confirmed),   T(in_two_steps),  T(other_version), T(nothing_held),
        T(other_bytes), T(never_by_word), T(as_of_now),     T(malformed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
