/* coder_quality_test.c - a share of the claims that no person touched is looked at afterwards:
 * which, by stratum, the same each time; they go out meanwhile */
#include "tests/support/test.h"

#include "services/coder/quality.h"
#include "tests/support/coder_world.h"

enum { CLAIMS = 4000 };

/* open_at - the worker with shares */
static struct world open_at(const char *usual, const char *rows, const char *seed)
{
    struct world x = coder_world_open();

    svc_sim_free(x.sim);
    assert_int_equal(conf_set(x.conf, "QUALITY_PER_MILLE", usual, &x.e), 0);
    assert_int_equal(conf_set(x.conf, "QUALITY", rows, &x.e), 0);
    assert_int_equal(conf_set(x.conf, "QUALITY_SEED", seed, &x.e), 0);
    x.sim = svc_sim_new(&coder_spec, x.conf, x.t, &x.e);
    assert_non_null(x.sim);
    return x;
}

/* claim - of a stratum, the n-th */
static CcClaim *claim(struct arena *a, CcClaimKind kind, const char *setting, const char *payer,
                      int n)
{
    CcClaim *c = event_new(a, &cc_claim__descriptor);
    CcClaimCoverage *to = event_new(a, &cc_claim_coverage__descriptor);

    c->claim_id = arena_printf(a, "CLAIM%08dP1", n);
    c->kind = kind;
    c->type_of_bill = care_text(a, kind == CLAIM_KIND_INSTITUTIONAL ? setting : "");
    c->place_of_service = care_text(a, kind == CLAIM_KIND_INSTITUTIONAL ? "" : setting);
    to->destination = 1;
    to->filing_indicator = care_text(a, payer);
    assert_true(event_push(a, c, coverages, to));
    return c;
}

/* drawn - how many of a stratum; *sum tells which */
static int drawn(struct world *x, CcClaimKind kind, const char *setting, const char *payer,
                 unsigned *sum)
{
    struct coder_quality *q = quality_new(x->conf, &x->e);
    struct arena *a = arena_new((size_t)64 << 20);
    int n = 0;

    assert_non_null(q);
    *sum = 0;
    for (int i = 0; i < CLAIMS; i++)
        if (quality_picks(q, claim(a, kind, setting, payer, i))) {
            n++;
            *sum = *sum * 31 + (unsigned)i;
        }
    arena_free(a);
    quality_free(q);
    return n;
}

/* shares - near what is set, by the longest row of the stratum; none and all are exact */
static void shares(void **state)
{
    struct world x =
        open_at("50", "institutional=0 institutional/011=1000 professional/11/MB=200", "");
    unsigned sum;
    int n;

    (void)state;
    assert_int_equal(drawn(&x, CLAIM_KIND_INSTITUTIONAL, "0131", "MA", &sum), 0);
    assert_int_equal(drawn(&x, CLAIM_KIND_INSTITUTIONAL, "0111", "MA", &sum), CLAIMS);
    n = drawn(&x, CLAIM_KIND_PROFESSIONAL, "11", "CI", &sum);
    assert_in_range(n, 150, 250);
    n = drawn(&x, CLAIM_KIND_PROFESSIONAL, "11", "MB", &sum);
    assert_in_range(n, 700, 900);
    coder_world_close(&x);
}

/* the_same - each time; another word of the site, or another stratum, draws others */
static void the_same(void **state)
{
    struct world x = open_at("50", "", "a"), y = open_at("50", "", "b");
    unsigned first, again, other, elsewhere;

    (void)state;
    drawn(&x, CLAIM_KIND_PROFESSIONAL, "11", "CI", &first);
    drawn(&x, CLAIM_KIND_PROFESSIONAL, "11", "CI", &again);
    drawn(&y, CLAIM_KIND_PROFESSIONAL, "11", "CI", &other);
    drawn(&x, CLAIM_KIND_PROFESSIONAL, "22", "CI", &elsewhere);
    assert_int_equal(first, again);
    assert_int_not_equal(first, other);
    assert_int_not_equal(first, elsewhere);
    coder_world_close(&x);
    coder_world_close(&y);
}

/* bad_rows - stop the program with the setting's name */
static void bad_rows(void **state)
{
    static const char *const bad[] = {"professional", "nobody=1", "professional=x",
                                      "professional=1001", "institutional/011=-1"};
    struct world x = coder_world_open();

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_int_equal(conf_set(x.conf, "QUALITY", bad[i], &x.e), 0);
        assert_null(quality_new(x.conf, &x.e));
        assert_string_equal(x.e.code, "setting");
        assert_non_null(strstr(x.e.text, "QUALITY"));
    }
    coder_world_close(&x);
}

/* bill - an office visit, ready */
static void bill(struct world *x)
{
    world_feed(x, world_registered(x));
    world_feed(x, world_charged(x, "T1", "OV-EST3", 20));
    world_feed(x, world_said(x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", 30));
}

/* looked_at - the claim goes out, the item is there once with codes and evidence; an answer closes
 * it and makes no version */
static void looked_at(void **state)
{
    struct world x = open_at("1000", "", "");
    CcReviewItem *item;

    (void)state;
    bill(&x);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    item = world_question(&x, "quality");
    assert_non_null(item);
    assert_string_equal(item->claim_id, world_claim(&x)->claim_id);
    assert_int_equal(item->version, 1);
    assert_true(item->n_proposed >= 2);
    assert_true(item->n_evidence >= 2);
    assert_int_equal(item->at_stake_cents, 18000);
    assert_true(item->due_date > 20260301);
    assert_string_equal(item->options[item->n_options - 1]->text, "cannot be determined");
    world_feed(&x, world_charged(&x, "T2", "LAB-A1C", 40));
    assert_int_equal(world_claim(&x)->version, 2);
    assert_int_equal(world_count(&x, TOPIC_WORK_REVIEW), 1);
    world_decide(&x, world_decision(&x, item->review_id, "right", CODE_SYSTEM_UNKNOWN, NULL));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 2);
    item = world_last(&x, TOPIC_WORK_REVIEW, NULL);
    assert_string_equal(item->state, "done");
    assert_string_equal(item->answer->choice, "right");
    svc_sim_clear(x.sim);
    world_decide(&x, world_decision(&x, item->review_id, "wrong", CODE_SYSTEM_UNKNOWN, NULL));
    assert_int_equal(world_said_of(&x, "decision")->refused, 1);
    coder_world_close(&x);
}

/* touched - a claim that rests on a person's decision was looked at already */
static void touched(void **state)
{
    struct world x = open_at("1000", "", "");
    CcEncounter *ev = world_registered(&x);

    (void)state;
    ev->n_diagnoses = 0;
    care_text_dx(x.a, ev, CODE_SYSTEM_UNKNOWN, "", "sugar trouble of the old kind")->use =
        PROBLEM_USE_FINAL;
    world_feed(&x, ev);
    world_feed(&x, world_charged(&x, "T1", "OV-EST3", 20));
    world_feed(&x, world_said(&x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", 30));
    world_decide(&x, world_decision(&x, world_question(&x, "no-code")->review_id, "other",
                                    CODE_SYSTEM_ICD10CM, "E119"));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    assert_null(world_question(&x, "quality"));
    coder_world_close(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares),    cmocka_unit_test(the_same), cmocka_unit_test(bad_rows),
        cmocka_unit_test(looked_at), cmocka_unit_test(touched),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
