/* coder_changed_test.c - each kind of later event of an encounter whose claim is at the payer: what
 * waits for the payer's decision, what goes out then, and what is said of the difference */
#include "tests/support/test.h"

#include <stdio.h>

#include "services/coder/adjust.h"
#include "tests/support/coder_world.h"

static CcEncounter *update(struct world *x)
{
    return world_said(x, EVENT_KIND_UPDATE, "ADT^A08^ADT_A01", 100);
}

static CcEncounter *the_same(struct world *x)
{
    CcEncounter *ev = update(x);

    care_dx(x->a, ev, "E119", PROBLEM_USE_FINAL, 1);
    return ev;
}

static CcEncounter *one_more_diagnosis(struct world *x)
{
    CcEncounter *ev = the_same(x);

    care_dx(x->a, ev, "I10", PROBLEM_USE_FINAL, 2);
    return ev;
}

static CcEncounter *another_diagnosis(struct world *x)
{
    CcEncounter *ev = update(x);

    care_dx(x->a, ev, "R7303", PROBLEM_USE_FINAL, 1);
    return ev;
}

static CcEncounter *another_name(struct world *x)
{
    CcEncounter *ev = update(x);

    care_patient(x->a, ev, "TESTER", "ADELE");
    return ev;
}

static CcEncounter *another_member(struct world *x)
{
    CcEncounter *ev = update(x);

    care_coverage(x->a, ev, 1, "SHP01", "SYN0009999");
    return ev;
}

static CcEncounter *late_charge(struct world *x)
{
    return world_charged(x, "T3", "DEXA-INJ", 100);
}

/* credited - FT1-6 CR */
static CcEncounter *credited(struct world *x, const char *id, const char *cdm)
{
    CcEncounter *ev = world_charged(x, id, cdm, 100);

    ev->charges[0]->kind = CHARGE_KIND_CREDIT;
    return ev;
}

static CcEncounter *one_credited(struct world *x)
{
    return credited(x, "T2", "LAB-A1C");
}

static CcEncounter *two_units(struct world *x)
{
    CcEncounter *ev = world_charged(x, "T2", "LAB-A1C", 100);

    ev->charges[0]->units_milli = 2000;
    return ev;
}

static CcEncounter *discharged(struct world *x)
{
    return world_said(x, EVENT_KIND_DISCHARGE, "ADT^A03^ADT_A03", 100);
}

static CcEncounter *discharge_undone(struct world *x)
{
    return world_said(x, EVENT_KIND_CANCEL, "ADT^A13^ADT_A01", 100);
}

static CcEncounter *cancelled(struct world *x)
{
    return world_said(x, EVENT_KIND_CANCEL, "ADT^A11^ADT_A09", 100);
}

static CcEncounter *billed_again(struct world *x)
{
    return world_said(x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", 100);
}

/* addendum - of a note; it names one condition more */
static CcEncounter *addendum(struct world *x)
{
    CcEncounter *ev = care_event(x->a, EVENT_KIND_DOCUMENT, "MDM^T08^MDM_T02", "DOC|HOSP", 100);
    CcDocument *d = event_new(x->a, &cc_document__descriptor);

    assert_true(event_push(x->a, ev, documents, d));
    d->ref = care_text(x->a, "TXA[1]");
    d->id = care_text(x->a, "DOC1");
    d->mime = care_text(x->a, "text/plain");
    d->text.data = (uint8_t *)care_text(x->a, "Impression: acute bronchitis.");
    d->text.len = d->bytes = strlen((const char *)d->text.data);
    return ev;
}

static const struct row {
    const char *name;
    CcEncounter *(*event)(struct world *x);
    const char *frequency; /* of what goes out once the payer has decided; NULL: nothing */
    const char *changed;   /* what, action and code of one of the changes */
    const char *asks;      /* a question that is answered first with a code, NULL: none */
} rows[] = {
    {"A08, nothing new", the_same, NULL, "", NULL},
    {"A08, one more diagnosis", one_more_diagnosis, "7", "diagnosis added I10", NULL},
    {"A08, another diagnosis", another_diagnosis, "7", "diagnosis removed E119", NULL},
    {"A08, another name", another_name, "7", "patient changed ", NULL},
    {"A08, another member", another_member, "1", "", NULL}, /* and a void before it */
    {"a late charge", late_charge, "7", "line added J1100", NULL},
    {"a credit of one charge", one_credited, "7", "line removed 83036", NULL},
    {"a corrected charge", two_units, "7", "line changed 83036", NULL},
    {"A03 after the bill", discharged, NULL, "", NULL},
    {"A13: open again", discharge_undone, NULL, "", NULL},
    {"A11", cancelled, "8", "", NULL},
    {"the bill again", billed_again, NULL, "", NULL},
    {"an addendum, and what a person decides of it", addendum, "7", "diagnosis added J209",
     "text-missed"},
};

/* say_state - what follow tells of version 1 of the first claim */
static void say_state(struct world *x, const char *claim, CcClaimState s)
{
    CcDecision *d = event_new(x->a, &cc_decision__descriptor);

    d->claim_id = care_text(x->a, claim);
    d->version = 1;
    d->patient_key = care_text(x->a, KEY_A);
    d->encounter = care_text(x->a, ENC);
    d->payer_state = s;
    d->payer_claim = care_text(x->a, s == CLAIM_STATE_PAID ? "ICN1" : "");
    world_decide(x, d);
}

/* has_change - is one of the claim's changes told so? */
static bool has_change(struct arena *a, const CcClaim *c, const char *changed)
{
    for (size_t i = 0; i < c->n_changes; i++)
        if (strcmp(arena_printf(a, "%s %s %s", c->changes[i]->what, c->changes[i]->action,
                                c->changes[i]->code),
                   changed) == 0)
            return true;
    return !*changed;
}

/* happen - the later event, and a person's answer where one is asked */
static void happen(struct world *x, const struct row *r)
{
    world_feed(x, r->event(x));
    if (!r->asks)
        return;
    assert_int_equal(world_count(x, TOPIC_CLAIMS_CODED), 0);
    assert_non_null(world_question(x, r->asks));
    world_decide(x, world_decision(x, world_question(x, r->asks)->review_id, "other",
                                   CODE_SYSTEM_ICD10CM, "J20.9"));
}

/* check - one row; `early`: the event comes while the payer decides. False: printed */
static bool check(const struct row *r, bool early)
{
    struct world x = coder_world_open();
    const CcClaim *c;
    char first[32];
    bool fine;

    world_feed(&x, world_registered(&x));
    world_feed(&x, world_charged(&x, "T1", "OV-EST3", 20));
    world_feed(&x, world_charged(&x, "T2", "LAB-A1C", 21));
    world_feed(&x, world_said(&x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", 30));
    snprintf(first, sizeof(first), "%s", world_claim(&x)->claim_id);
    say_state(&x, first, early ? CLAIM_STATE_BATCHED : CLAIM_STATE_PAID);
    svc_sim_clear(x.sim);
    happen(&x, r);
    fine = !early || (world_count(&x, TOPIC_CLAIMS_CODED) == 0 &&
                      (world_said_of(&x, "waits_payer") != NULL) == (r->frequency != NULL));
    if (early)
        say_state(&x, first, CLAIM_STATE_PAID);
    c = world_last(&x, TOPIC_CLAIMS_CODED, NULL);
    fine = fine && (c != NULL) == (r->frequency != NULL);
    if (fine && c)
        fine = strcmp(c->frequency, r->frequency) == 0 && has_change(x.a, c, r->changed) &&
               strcmp(c->original_reference, r->frequency[0] == '1' ? "" : "ICN1") == 0;
    if (!fine)
        fprintf(stderr, "%s, %s: frequency \"%s\", %s\n", r->name, early ? "early" : "decided",
                c ? c->frequency : "", c ? adjust_words(x.a, c) : "nothing");
    coder_world_close(&x);
    return fine;
}

/* later_events - each while the payer decides, and after it has */
static void later_events(void **state)
{
    size_t bad = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        bad += !check(&rows[i], true);
        bad += !check(&rows[i], false);
    }
    assert_int_equal(bad, 0);
}

/* reopened - A13, then another end: the bill as it is then, and only where it differs */
static void reopened(void **state)
{
    struct world x = coder_world_open();

    (void)state;
    world_feed(&x, world_registered(&x));
    world_feed(&x, world_charged(&x, "T1", "OV-EST3", 20));
    world_feed(&x, world_said(&x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", 30));
    say_state(&x, world_claim(&x)->claim_id, CLAIM_STATE_PAID);
    world_feed(&x, discharge_undone(&x));
    world_feed(&x, world_charged(&x, "T2", "LAB-A1C", 110));
    world_feed(&x, world_said(&x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", 120));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 2);
    assert_string_equal(world_claim(&x)->frequency, "7");
    assert_string_equal(world_claim(&x)->original_reference, "ICN1");
    coder_world_close(&x);
}

/* whole_credited - the only charge is taken back: nothing is left to bill */
static void whole_credited(void **state)
{
    struct world x = coder_world_open();

    (void)state;
    world_feed(&x, world_registered(&x));
    world_feed(&x, world_charged(&x, "T1", "OV-EST3", 20));
    world_feed(&x, world_said(&x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", 30));
    say_state(&x, world_claim(&x)->claim_id, CLAIM_STATE_PAID);
    world_feed(&x, credited(&x, "T1", "OV-EST3"));
    assert_string_equal(world_claim(&x)->frequency, "8");
    assert_string_equal(world_claim(&x)->original_reference, "ICN1");
    assert_int_equal(world_claim(&x)->charge_cents, 18000); /* of what the payer has */
    coder_world_close(&x);
}

/* bundle - a FHIR bundle of the visit, sent at a time, with one diagnosis */
static CcEncounter *bundle(struct world *x, int64_t ms, const char *code)
{
    CcEncounter *ev = care_fhir(x->a, "b", ms);
    CcCharge *c;

    ev->event_id = arena_printf(x->a, "bundle-%d", (int)ms);
    ev->encounter = care_text(x->a, ENC);
    ev->bill = true;
    care_visit(x->a, ev, ENCOUNTER_CLASS_OUTPATIENT);
    ev->visit->admit_date = ev->visit->discharge_date = 20260301;
    ev->visit->facility = care_text(x->a, "CLINIC");
    ev->visit->status = VISIT_STATUS_FINISHED;
    care_patient(x->a, ev, "TESTER", "ADA");
    care_coverage(x->a, ev, 1, "SHP01", "SYN0001234");
    care_provider(x->a, ev, PROVIDER_ROLE_RENDERING, "1455555015");
    care_dx(x->a, ev, code, PROBLEM_USE_FINAL, 1)->id = care_text(x->a, "c1");
    c = care_charge(x->a, ev, "ch1", "OV-EST3", 1000, 20260301);
    c->ref = care_text(x->a, "ChargeItem/ch1");
    ev->diagnoses[0]->ref = care_text(x->a, "Condition/c1");
    return ev;
}

/* corrected_bundle - the same resources with another code: a replacement that says so */
static void corrected_bundle(void **state)
{
    struct world x = coder_world_open();
    const CcClaim *c;

    (void)state;
    world_feed(&x, bundle(&x, 10, "E119"));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    say_state(&x, world_claim(&x)->claim_id, CLAIM_STATE_PAID);
    world_feed(&x, bundle(&x, 20, "E119"));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    world_feed(&x, bundle(&x, 30, "R7303"));
    c = world_claim(&x);
    assert_int_equal(c->version, 2);
    assert_string_equal(c->frequency, "7");
    assert_string_equal(c->original_reference, "ICN1");
    assert_true(has_change(x.a, c, "diagnosis removed E119"));
    assert_true(has_change(x.a, c, "diagnosis added R7303"));
    assert_int_equal(c->n_diagnoses, 1);
    coder_world_close(&x);
}

/* main - the tests */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(later_events),
        cmocka_unit_test(reopened),
        cmocka_unit_test(whole_credited),
        cmocka_unit_test(corrected_bundle),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
