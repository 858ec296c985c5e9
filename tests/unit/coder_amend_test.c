/* coder_amend_test.c - a claim that was made is wanted otherwise: what goes out, by what the payer
 * has of it (billing §8.4, §8.5) */
#include "tests/support/test.h"

#include "common/base/str.h"
#include "services/coder/adjust.h"
#include "tests/support/coder_world.h"

/* rows - each standing and want has exactly one row */
static void rows(void **state)
{
    unsigned seen[STANDING_MAX][WANT_MAX] = {{0}};
    size_t n = 0;

    (void)state;
    for (; n < (size_t)STANDING_MAX * WANT_MAX; n++)
        seen[adjust_rows[n].standing][adjust_rows[n].want]++;
    for (int s = 0; s < STANDING_MAX; s++)
        for (int w = 0; w < WANT_MAX; w++)
            assert_int_equal(seen[s][w], 1);
}

/* steps - of each standing: same, more, other, elsewhere, gone */
static void steps(void **state)
{
    static const struct {
        enum standing standing;
        bool late;
        enum step steps[WANT_MAX];
    } cases[] = {
        {STANDING_NONE,
         false,
         {STEP_ORIGINAL, STEP_ORIGINAL, STEP_ORIGINAL, STEP_ORIGINAL, STEP_DROP}},
        {STANDING_REJECTED,
         true,
         {STEP_KEEP, STEP_ORIGINAL, STEP_ORIGINAL, STEP_ORIGINAL, STEP_DROP}},
        {STANDING_UNPROCESSABLE,
         false,
         {STEP_KEEP, STEP_ORIGINAL, STEP_ORIGINAL, STEP_ORIGINAL, STEP_DROP}},
        {STANDING_UNDECIDED, true, {STEP_KEEP, STEP_WAIT, STEP_WAIT, STEP_WAIT, STEP_WAIT}},
        {STANDING_DECIDED, false, {STEP_KEEP, STEP_REPLACE, STEP_REPLACE, STEP_MOVE, STEP_VOID}},
        {STANDING_DECIDED, true, {STEP_KEEP, STEP_LATE, STEP_REPLACE, STEP_MOVE, STEP_VOID}},
        {STANDING_VOIDED, false, {STEP_RENEW, STEP_RENEW, STEP_RENEW, STEP_RENEW, STEP_KEEP}},
    };
    const char *why;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        for (int w = 0; w < WANT_MAX; w++)
            assert_int_equal(adjust_step(cases[i].standing, (enum want)w, cases[i].late, &why),
                             cases[i].steps[w]);
}

/* standings - by what the payer said of the version that it has */
static void standings(void **state)
{
    static const struct {
        CcClaimState state;
        enum standing standing, unprocessable;
    } cases[] = {
        {CLAIM_STATE_BATCHED, STANDING_UNDECIDED, STANDING_UNDECIDED},
        {CLAIM_STATE_ACCEPTED, STANDING_UNDECIDED, STANDING_UNDECIDED},
        {CLAIM_STATE_UNKNOWN, STANDING_UNDECIDED, STANDING_UNDECIDED},
        {CLAIM_STATE_REVERSED, STANDING_UNDECIDED, STANDING_UNDECIDED},
        {CLAIM_STATE_APPEALED, STANDING_UNDECIDED, STANDING_UNDECIDED},
        {CLAIM_STATE_REJECTED, STANDING_REJECTED, STANDING_REJECTED},
        {CLAIM_STATE_PAID, STANDING_DECIDED, STANDING_UNPROCESSABLE},
        {CLAIM_STATE_DENIED, STANDING_DECIDED, STANDING_UNPROCESSABLE},
        {CLAIM_STATE_PARTIAL, STANDING_DECIDED, STANDING_UNPROCESSABLE},
        {CLAIM_STATE_CLOSED, STANDING_DECIDED, STANDING_UNPROCESSABLE},
        {CLAIM_STATE_VOIDED, STANDING_VOIDED, STANDING_VOIDED},
    };
    struct arena *a = arena_new(1 << 20);
    CcMadeClaim *m = event_new(a, &cc_made_claim__descriptor);

    (void)state;
    m->payer_state = CLAIM_STATE_PAID;
    assert_int_equal(adjust_standing(m), STANDING_NONE);
    m->sent_version = 1;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        m->payer_state = (uint32_t)cases[i].state;
        m->unprocessable = 0;
        assert_int_equal(adjust_standing(m), cases[i].standing);
        m->unprocessable = 1;
        assert_int_equal(adjust_standing(m), cases[i].unprocessable);
    }
    arena_free(a);
}

/* billed - an office visit that was coded and sent on */
static struct world billed(void)
{
    struct world x = coder_world_open();

    world_feed(&x, world_registered(&x));
    world_feed(&x, world_charged(&x, "T1", "OV-EST3", 20));
    world_feed(&x, world_said(&x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", 30));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    return x;
}

/* payer - what follow tells of a version of the last claim */
static void payer_of(struct world *x, const char *claim, uint32_t version, CcClaimState s,
                     const char *number)
{
    CcDecision *d = event_new(x->a, &cc_decision__descriptor);

    d->claim_id = care_text(x->a, claim);
    d->version = version;
    d->patient_key = care_text(x->a, KEY_A);
    d->encounter = care_text(x->a, ENC);
    d->payer_state = s;
    d->payer_claim = care_text(x->a, number);
    world_decide(x, d);
}

/* payer - of the last claim that went out */
static void payer(struct world *x, uint32_t version, CcClaimState s, const char *number)
{
    payer_of(x, world_claim(x)->claim_id, version, s, number);
}

/* late - one more charge, after the bill */
static void late(struct world *x, int64_t ms)
{
    world_feed(x, world_charged(x, "T2", "LAB-A1C", ms));
}

/* change - of a kind; NULL: none */
static const CcClaimChange *change(const CcClaim *c, const char *what)
{
    for (size_t i = 0; i < c->n_changes; i++)
        if (strcmp(c->changes[i]->what, what) == 0)
            return c->changes[i];
    return NULL;
}

/* not_sent - an original again, with what changed */
static void not_sent(void **state)
{
    struct world x = billed();
    CcClaim *c;

    (void)state;
    assert_int_equal(world_claim(&x)->n_changes, 0);
    late(&x, 40);
    c = world_claim(&x);
    assert_int_equal(c->version, 2);
    assert_string_equal(c->frequency, "1");
    assert_int_equal(c->after_version, 0);
    assert_string_equal(change(c, "line")->action, "added");
    assert_string_equal(change(c, "line")->code, "83036");
    assert_int_equal(change(c, "line")->after_cents, 5000);
    assert_int_equal(change(c, "total")->before_cents, 18000);
    assert_int_equal(change(c, "total")->after_cents, 23000);
    assert_string_equal(world_claim_status(&x)->reason,
                        "the record changed: clia changed 1, line added 1, total +50.00");
    coder_world_close(&x);
}

/* not_decided - nothing goes out while the payer has not decided, and that is said once; then a
 * replacement of all lines under the payer's number */
static void not_decided(void **state)
{
    struct world x = billed();
    CcClaim *c;

    (void)state;
    payer(&x, 1, CLAIM_STATE_BATCHED, "");
    late(&x, 40);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    assert_int_equal(world_said_of(&x, "waits_payer")->state, CLAIM_STATE_HELD);
    assert_string_equal(world_said_of(&x, "waits_payer")->encounter, ENC);
    svc_sim_clear(x.sim);
    world_feed(&x, world_said(&x, EVENT_KIND_UPDATE, "ADT^A08^ADT_A01", 45));
    assert_int_equal(svc_sim_count(x.sim), 0);
    payer_of(&x, "NOBODYS", 1, CLAIM_STATE_PAID, "ICN0");
    assert_int_equal(svc_sim_count(x.sim), 0);
    coder_world_close(&x);
    x = billed();
    payer(&x, 1, CLAIM_STATE_BATCHED, "");
    late(&x, 40);
    payer(&x, 1, CLAIM_STATE_PAID, "ICN1");
    c = world_claim(&x);
    assert_int_equal(c->version, 2);
    assert_string_equal(c->frequency, "7");
    assert_string_equal(c->original_reference, "ICN1");
    assert_int_equal(c->after_version, 1);
    assert_int_equal(c->n_lines, 2);
    assert_string_equal(change(c, "line")->action, "added");
    payer(&x, 2, CLAIM_STATE_BATCHED, "");
    payer(&x, 2, CLAIM_STATE_PAID, "ICN2");
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 2);
    world_feed(&x, world_charged(&x, "T3", "LAB-A1C", 60));
    assert_string_equal(world_claim(&x)->original_reference, "ICN2"); /* the latest */
    assert_int_equal(world_claim(&x)->version, 3);
    coder_world_close(&x);
}

/* in_between - a change while a replacement is on its way but in no file yet: the next one takes
 * its place; once it is in a file, the change waits */
static void in_between(void **state)
{
    struct world x = billed();

    (void)state;
    payer(&x, 1, CLAIM_STATE_PAID, "ICN1");
    late(&x, 40);
    assert_int_equal(world_claim(&x)->version, 2);
    world_feed(&x, world_said(&x, EVENT_KIND_UPDATE, "ADT^A08^ADT_A01", 45));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 2);
    world_feed(&x, world_charged(&x, "T3", "OV-EST3", 50));
    assert_int_equal(world_claim(&x)->version, 3);
    assert_string_equal(world_claim(&x)->original_reference, "ICN1");
    payer(&x, 3, CLAIM_STATE_BATCHED, "");
    world_feed(&x, world_charged(&x, "T4", "LAB-A1C", 60));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 3);
    assert_non_null(world_said_of(&x, "waits_payer"));
    coder_world_close(&x);
}

/* nothing_billed - an address, or the same said again, is no difference to a payer */
static void nothing_billed(void **state)
{
    struct world x = billed();
    CcEncounter *ev = world_said(&x, EVENT_KIND_UPDATE, "ADT^A08^ADT_A01", 40);

    (void)state;
    payer(&x, 1, CLAIM_STATE_PAID, "ICN1");
    care_patient(x.a, ev, "TESTER", "ADA");
    ev->patient->address = event_new(x.a, &cc_address__descriptor);
    ev->patient->address->line1 = care_text(x.a, "9 OTHER ST");
    ev->patient->address->city = care_text(x.a, "SPRINGTOWN");
    ev->patient->address->state = care_text(x.a, "OH");
    ev->patient->address->zip = care_text(x.a, "44101");
    world_feed(&x, ev);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    assert_null(world_said_of(&x, "waits_payer"));
    coder_world_close(&x);
}

/* refused_before - what the payer refused before adjudication goes out as an original */
static void refused_before(void **state)
{
    struct world x = billed();

    (void)state;
    payer(&x, 1, CLAIM_STATE_REJECTED, "");
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1); /* nothing is corrected yet */
    late(&x, 40);
    assert_string_equal(world_claim(&x)->frequency, "1");
    assert_string_equal(world_claim(&x)->original_reference, "");
    assert_int_equal(world_claim(&x)->after_version, 1);
    assert_int_equal(world_claim(&x)->version, 2);
    coder_world_close(&x);
}

/* cancelled - a void waits for the decision, and has the payer's number and the original's charges;
 * what is billed after it is a new claim */
static void cancelled(void **state)
{
    struct world x = billed();
    char first[32];
    CcClaim *c;

    (void)state;
    snprintf(first, sizeof(first), "%s", world_claim(&x)->claim_id);
    payer(&x, 1, CLAIM_STATE_BATCHED, "");
    world_feed(&x, world_said(&x, EVENT_KIND_CANCEL, "ADT^A11^ADT_A09", 40));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    assert_non_null(world_said_of(&x, "waits_payer"));
    payer(&x, 1, CLAIM_STATE_PAID, "ICN1");
    c = world_claim(&x);
    assert_string_equal(c->claim_id, first);
    assert_string_equal(c->frequency, "8");
    assert_string_equal(c->original_reference, "ICN1");
    assert_int_equal(c->charge_cents, 18000);
    assert_int_equal(c->version, 2);
    assert_int_equal(world_claim_status(&x)->state, CLAIM_STATE_VOID_PENDING);
    world_feed(&x, world_said(&x, EVENT_KIND_REGISTER, "ADT^A04^ADT_A01", 80));
    world_feed(&x, world_said(&x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", 90));
    c = world_claim(&x);
    assert_string_equal(c->claim_id, arena_printf(x.a, "%sR1", first));
    assert_string_equal(c->frequency, "1");
    assert_int_equal(c->version, 1);
    assert_string_equal(c->lines[0]->control, arena_printf(x.a, "%sR1L1", first));
    payer_of(&x, first, 2, CLAIM_STATE_VOIDED, "");
    payer(&x, 1, CLAIM_STATE_PAID, "ICN9");
    late(&x, 95);
    assert_string_equal(world_claim(&x)->claim_id, arena_printf(x.a, "%sR1", first));
    assert_string_equal(world_claim(&x)->original_reference, "ICN9");
    coder_world_close(&x);
}

/* came_back - cancelled and taken back while the payer decides: nothing happened */
static void came_back(void **state)
{
    struct world x = billed();

    (void)state;
    payer(&x, 1, CLAIM_STATE_BATCHED, "");
    world_feed(&x, world_said(&x, EVENT_KIND_CANCEL, "ADT^A11^ADT_A09", 40));
    world_feed(&x, world_said(&x, EVENT_KIND_REGISTER, "ADT^A04^ADT_A01", 50));
    world_feed(&x, world_said(&x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", 60));
    payer(&x, 1, CLAIM_STATE_PAID, "ICN1");
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    coder_world_close(&x);
}

/* other_member - billed to the wrong member: a void, and a new claim */
static void other_member(void **state)
{
    struct world x = billed();
    CcEncounter *ev = world_said(&x, EVENT_KIND_UPDATE, "ADT^A08^ADT_A01", 40);
    char first[32];
    CcClaim *c;

    (void)state;
    snprintf(first, sizeof(first), "%s", world_claim(&x)->claim_id);
    payer(&x, 1, CLAIM_STATE_DENIED, "ICN1");
    care_coverage(x.a, ev, 1, "SHP01", "SYN0009999");
    world_feed(&x, ev);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 3);
    c = world_claim(&x);
    assert_string_equal(c->claim_id, arena_printf(x.a, "%sR1", first));
    assert_string_equal(c->frequency, "1");
    assert_string_equal(world_said_of(&x, "void")->claim_id, first);
    assert_non_null(strstr(world_said_of(&x, "void")->reason, "wrong payer"));
    coder_world_close(&x);
}

/* made_too_late - a version was made before it was known that the one before is in a file: it goes
 * nowhere, and what it says is a replacement once the payer has decided */
static void made_too_late(void **state)
{
    struct world x = billed();

    (void)state;
    late(&x, 40);
    assert_int_equal(world_claim(&x)->version, 2);
    payer(&x, 1, CLAIM_STATE_BATCHED, "");
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 2);
    assert_non_null(world_said_of(&x, "waits_payer"));
    payer(&x, 1, CLAIM_STATE_PAID, "ICN1");
    assert_int_equal(world_claim(&x)->version, 3);
    assert_string_equal(world_claim(&x)->frequency, "7");
    assert_int_equal(world_claim(&x)->n_lines, 2);
    assert_int_equal(change(world_claim(&x), "total")->before_cents, 18000);
    coder_world_close(&x);
}

/* replacement_refused - the front end refused the 7: what the payer decided before stands, the same
 * is not sent again, and the next change replaces that */
static void replacement_refused(void **state)
{
    struct world x = billed();

    (void)state;
    payer(&x, 1, CLAIM_STATE_PAID, "ICN1");
    late(&x, 40);
    payer(&x, 2, CLAIM_STATE_BATCHED, "");
    payer(&x, 2, CLAIM_STATE_REJECTED, "");
    world_feed(&x, world_said(&x, EVENT_KIND_UPDATE, "ADT^A08^ADT_A01", 45));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 2);
    world_feed(&x, world_charged(&x, "T3", "OV-EST3", 50));
    assert_int_equal(world_claim(&x)->version, 3);
    assert_string_equal(world_claim(&x)->frequency, "7");
    assert_string_equal(world_claim(&x)->original_reference, "ICN1");
    assert_int_equal(world_claim(&x)->after_version, 2);
    assert_int_equal(change(world_claim(&x), "total")->before_cents, 18000);
    coder_world_close(&x);
}

/* void_refused - the 8 was refused: a person looks; a visit that comes back is billed as it was */
static void void_refused(void **state)
{
    struct world x = billed();

    (void)state;
    payer(&x, 1, CLAIM_STATE_PAID, "ICN1");
    world_feed(&x, world_said(&x, EVENT_KIND_CANCEL, "ADT^A11^ADT_A09", 40));
    assert_string_equal(world_claim(&x)->frequency, "8");
    payer(&x, 2, CLAIM_STATE_REJECTED, "");
    world_feed(&x, world_said(&x, EVENT_KIND_UPDATE, "ADT^A08^ADT_A01", 45));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 2);
    world_feed(&x, world_said(&x, EVENT_KIND_REGISTER, "ADT^A04^ADT_A01", 50));
    world_feed(&x, world_said(&x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", 60));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 2);
    late(&x, 70);
    assert_string_equal(world_claim(&x)->frequency, "7");
    assert_string_equal(world_claim(&x)->original_reference, "ICN1");
    coder_world_close(&x);
}

/* of_a_merged_patient - the payer's word comes under the old key: carried on to the new one */
static void of_a_merged_patient(void **state)
{
    struct world x = billed();
    CcEncounter *merge = world_said(&x, EVENT_KIND_MERGE, "ADT^A40^ADT_A39", 100);
    char id[32];
    const char *key;
    CcDecision *d;

    (void)state;
    snprintf(id, sizeof(id), "%s", world_claim(&x)->claim_id);
    merge->encounter = care_text(x.a, "");
    merge->patient_key = care_text(x.a, KEY_B);
    assert_true(event_push(x.a, merge, merged_patients, care_text(x.a, KEY_A)));
    world_feed_key(&x, merge, KEY_A);
    d = world_last(&x, TOPIC_CLAIMS_DECISIONS, &key); /* so that what was billed follows */
    assert_string_equal(key, KEY_A);
    assert_string_equal(d->patient_key, KEY_A);
    assert_string_equal(d->merged_into, KEY_B);
    assert_int_equal(d->merged_ms, merge->event_ms);
    world_decide(&x, d);
    svc_sim_clear(x.sim);
    payer_of(&x, id, 1, CLAIM_STATE_PAID, "ICN1");
    d = world_last(&x, TOPIC_CLAIMS_DECISIONS, &key);
    assert_string_equal(key, KEY_B);
    assert_string_equal(d->payer_claim, "ICN1");
    assert_int_equal(d->hops, 1);
    coder_world_close(&x);
}

/* not_ours - what the validator carries on for itself says nothing here */
static void not_ours(void **state)
{
    struct world x = billed();
    CcDecision *d = event_new(x.a, &cc_decision__descriptor);

    (void)state;
    d->claim_id = world_claim(&x)->claim_id;
    d->version = 1;
    d->patient_key = care_text(x.a, KEY_A);
    d->encounter = care_text(x.a, ENC);
    d->payer_state = CLAIM_STATE_PAID;
    d->hops = 1;
    d->carried = 1;
    world_decide(&x, d);
    late(&x, 50);
    assert_int_equal(world_claim(&x)->after_version, 0);
    coder_world_close(&x);
}

/* unprocessable - denied as not processed: an original, not a replacement */
static void unprocessable(void **state)
{
    struct world x = billed();
    CcDecision *d = event_new(x.a, &cc_decision__descriptor);

    (void)state;
    d->claim_id = world_claim(&x)->claim_id;
    d->version = 1;
    d->patient_key = care_text(x.a, KEY_A);
    d->encounter = care_text(x.a, ENC);
    d->payer_state = CLAIM_STATE_DENIED;
    d->payer_claim = care_text(x.a, "ICN1");
    d->unprocessable = 1;
    world_decide(&x, d);
    late(&x, 40);
    assert_string_equal(world_claim(&x)->frequency, "1");
    assert_string_equal(world_claim(&x)->original_reference, "");
    assert_int_equal(world_claim(&x)->after_version, 1);
    coder_world_close(&x);
}

/* facility - a hospital's outpatient bill to a payer */
static struct world facility(const char *to)
{
    struct world x = coder_world_open();
    CcEncounter *ev = world_registered(&x);

    ev->visit->facility = care_text(x.a, "RIVERBEND");
    ev->visit->discharge_status = care_text(x.a, "01");
    ev->visit->discharge_date = 20260301;
    ev->coverages[0]->payer = care_text(x.a, to);
    care_provider(x.a, ev, PROVIDER_ROLE_ATTENDING, "1455555023");
    world_feed(&x, ev);
    world_feed(&x, world_charged(&x, "T1", "XR-CHEST2", 20));
    world_feed(&x, world_said(&x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", 30));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    assert_int_equal(world_claim(&x)->kind, CLAIM_KIND_INSTITUTIONAL);
    return x;
}

/* late_bill - where the payer takes it: a bill of the late lines alone, under its own number; a
 * change of what was billed before replaces the whole and voids it */
static void late_bill(void **state)
{
    struct world x = facility("SMP02");
    CcEncounter *credit;
    char first[32];
    CcClaim *c;

    (void)state;
    snprintf(first, sizeof(first), "%s", world_claim(&x)->claim_id);
    payer(&x, 1, CLAIM_STATE_PAID, "ICN1");
    world_feed(&x, world_charged(&x, "T2", "LAB-CHEM", 40));
    c = world_claim(&x);
    assert_string_equal(c->claim_id, arena_printf(x.a, "%sL1", first));
    assert_string_equal(c->adds_to, first);
    assert_string_equal(c->frequency, "5");
    assert_int_equal(c->type_of_bill[3], '5');
    assert_string_equal(c->original_reference, "");
    assert_int_equal(c->n_lines, 1);
    assert_int_equal(c->lines[0]->number, 1);
    assert_int_equal(c->charge_cents, 12000);
    world_feed(&x, world_said(&x, EVENT_KIND_UPDATE, "ADT^A08^ADT_A01", 45));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 2);
    world_feed(&x, world_charged(&x, "T3", "PHARM-IP", 50));
    c = world_claim(&x);
    assert_string_equal(c->claim_id, arena_printf(x.a, "%sL2", first));
    assert_int_equal(c->n_lines, 1);
    payer_of(&x, arena_printf(x.a, "%sL1", first), 1, CLAIM_STATE_PAID, "ICN2");
    credit = world_charged(&x, "T1", "XR-CHEST2", 60);
    credit->charges[0]->kind = CHARGE_KIND_CREDIT;
    svc_sim_clear(x.sim);
    world_feed(&x, credit);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 3); /* 7, and two voids */
    c = world_claim(&x);
    assert_string_equal(c->frequency, "8");
    coder_world_close(&x);
}

/* late_whole - where it does not: the whole again */
static void late_whole(void **state)
{
    struct world x = facility("SHP01");

    (void)state;
    payer(&x, 1, CLAIM_STATE_PAID, "ICN1");
    world_feed(&x, world_charged(&x, "T2", "LAB-CHEM", 40));
    assert_string_equal(world_claim(&x)->frequency, "7");
    assert_int_equal(world_claim(&x)->type_of_bill[3], '7');
    assert_int_equal(world_claim(&x)->n_lines, 2);
    assert_int_equal(world_claim(&x)->n_conditions, 0);
    coder_world_close(&x);
}

/* medicare - an adjustment carries the one condition code that says why */
static void medicare(void **state)
{
    struct world x = facility("99901");
    CcEncounter *ev = world_said(&x, EVENT_KIND_UPDATE, "ADT^A08^ADT_A01", 50);

    (void)state;
    payer(&x, 1, CLAIM_STATE_PAID, "ICN1");
    world_feed(&x, world_charged(&x, "T2", "LAB-CHEM", 40));
    assert_int_equal(world_claim(&x)->n_conditions, 1);
    assert_string_equal(world_claim(&x)->conditions[0], "D2");
    payer(&x, 2, CLAIM_STATE_PAID, "ICN2");
    care_dx(x.a, ev, "I10", PROBLEM_USE_FINAL, 1);
    world_feed(&x, ev);
    assert_string_equal(world_claim(&x)->original_reference, "ICN2");
    assert_int_equal(world_claim(&x)->n_conditions, 1);
    assert_string_equal(world_claim(&x)->conditions[0], "D4");
    payer(&x, 3, CLAIM_STATE_PAID, "ICN3");
    world_feed(&x, world_said(&x, EVENT_KIND_CANCEL, "ADT^A11^ADT_A09", 60));
    assert_string_equal(world_claim(&x)->frequency, "8");
    assert_int_equal(world_claim(&x)->n_conditions, 1);
    assert_string_equal(world_claim(&x)->conditions[0], "D6");
    coder_world_close(&x);
}

/* differs - what is billed otherwise, field by field */
static void differs(void **state)
{
    struct world x = billed();
    CcClaim *was = world_claim(&x), *now;

    (void)state;
#define CASE(want, field, ...)                                                                     \
    do {                                                                                           \
        now = event_copy(x.a, &was->base);                                                         \
        __VA_ARGS__;                                                                               \
        assert_int_equal(adjust_difference(x.a, was, now, now), want);                             \
        if ((want) != WANT_SAME)                                                                   \
            assert_non_null(change(now, field));                                                   \
        else                                                                                       \
            assert_int_equal(now->n_changes, 0);                                                   \
    } while (0)
    CASE(WANT_SAME, "", now->version = 9);
    CASE(WANT_SAME, "", now->mrn = care_text(x.a, "OTHER"));
    CASE(WANT_SAME, "", now->n_considered = now->n_tables = 0);
    CASE(WANT_SAME, "", now->patient->phone = care_text(x.a, "5555550100"));
    CASE(WANT_OTHER, "patient", now->patient->birth_date = 19700101);
    CASE(WANT_OTHER, "place_of_service", now->place_of_service = care_text(x.a, "12"));
    CASE(WANT_OTHER, "diagnosis",
         now->diagnoses[0]->assignment->code->code = care_text(x.a, "I10"));
    CASE(WANT_OTHER, "line", now->lines[0]->units_milli = 2000);
    CASE(WANT_OTHER, "line", now->n_lines = 0);
    CASE(WANT_OTHER, "line",
         assert_true(event_push(x.a, now->lines[0], modifiers, care_text(x.a, "25"))));
    CASE(WANT_OTHER, "provider",
         now->providers[now->n_providers - 1]->npi = care_text(x.a, "1455555049"));
    CASE(WANT_OTHER, "coverages", now->coverages[0]->group_number = care_text(x.a, "G2"));
    CASE(WANT_ELSEWHERE, "payer", now->coverages[0]->payer_id = care_text(x.a, "SMP02"));
    CASE(WANT_ELSEWHERE, "member", now->coverages[0]->member_id = care_text(x.a, "SYN1"));
    CASE(WANT_ELSEWHERE, "billing provider", now->providers[0]->npi = care_text(x.a, "1"));
#undef CASE
    coder_world_close(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows),
        cmocka_unit_test(steps),
        cmocka_unit_test(standings),
        cmocka_unit_test(not_sent),
        cmocka_unit_test(not_decided),
        cmocka_unit_test(in_between),
        cmocka_unit_test(nothing_billed),
        cmocka_unit_test(refused_before),
        cmocka_unit_test(cancelled),
        cmocka_unit_test(came_back),
        cmocka_unit_test(other_member),
        cmocka_unit_test(made_too_late),
        cmocka_unit_test(replacement_refused),
        cmocka_unit_test(void_refused),
        cmocka_unit_test(of_a_merged_patient),
        cmocka_unit_test(not_ours),
        cmocka_unit_test(unprocessable),
        cmocka_unit_test(late_bill),
        cmocka_unit_test(late_whole),
        cmocka_unit_test(medicare),
        cmocka_unit_test(differs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
