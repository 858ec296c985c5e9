/* coder_worker_test.c - what the worker remembers: holds, versions, voids, questions, merges */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/svc/svc.h"
#include "services/coder/coder.h"
#include "tests/support/coder_world.h"

/* hold - a finished visit waits for its hold; every event starts it anew; then it is coded */
static void hold(void **state)
{
    struct world x = coder_world_open();
    const char *key;
    CcClaimStatus *s;

    (void)state;
    world_feed(&x, world_registered(&x));
    world_feed(&x, world_charged(&x, "T1", "OV-EST3", 20));
    world_feed(&x, world_said(&x, EVENT_KIND_DISCHARGE, "ADT^A03^ADT_A03", 30));
    world_pass(&x, 2 * DAY);
    assert_int_equal(svc_sim_count(x.sim), 0);
    world_feed(&x, world_charged(&x, "T2", "LAB-A1C", 40));
    world_pass(&x, 2 * DAY);
    assert_int_equal(svc_sim_count(x.sim), 0);
    world_pass(&x, 1 * DAY);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    assert_int_equal(world_claim(&x)->version, 1);
    assert_int_equal(world_claim(&x)->n_lines, 2);
    assert_int_equal(world_claim(&x)->created_ms, x.now);
    assert_string_equal(world_claim(&x)->patient_key, KEY_A);
    s = world_last(&x, TOPIC_CLAIMS_STATUS, &key);
    assert_string_equal(key, world_claim(&x)->claim_id);
    assert_int_equal(s->state, CLAIM_STATE_CODED);
    assert_string_equal(s->step, "coder");
    assert_string_equal(s->payer_id, "SHP01");
    assert_int_equal(world_count(&x, TOPIC_WORK_REVIEW), 0);
    world_pass(&x, 90 * (int64_t)DAY);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    coder_world_close(&x);
}

/* hold_settings - by class and payer; a bad row stops the program with its name */
static void hold_settings(void **state)
{
    static const char *const bad[] = {"inpatient", "nonsense=1", "inpatient=x", "inpatient=-1"};
    struct world x = coder_world_open();

    (void)state;
    svc_sim_free(x.sim);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_int_equal(conf_set(x.conf, "BILL_HOLD", bad[i], &x.e), 0);
        assert_null(svc_sim_new(&coder_spec, x.conf, x.t, &x.e));
        assert_int_equal(x.e.class, ERR_FATAL);
        assert_string_equal(x.e.code, "setting");
        assert_non_null(strstr(x.e.text, "BILL_HOLD"));
    }
    assert_int_equal(
        conf_set(x.conf, "BILL_HOLD", "emergency=7200000 emergency/SHP01=3600000", &x.e), 0);
    x.sim = svc_sim_new(&coder_spec, x.conf, x.t, &x.e);
    assert_non_null(x.sim);
    world_feed(&x, world_registered(&x));
    world_feed(&x, world_charged(&x, "T1", "OV-EST3", 20));
    world_feed(&x, world_said(&x, EVENT_KIND_DISCHARGE, "ADT^A03^ADT_A03", 30));
    world_pass(&x, HOUR - 1);
    assert_int_equal(svc_sim_count(x.sim), 0);
    world_pass(&x, 1);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    coder_world_close(&x);
}

/* versions - the source's bill codes at once; later events make the next version, and only when
 * they change what a payer would see */
static void versions(void **state)
{
    struct world x = coder_world_open();
    CcEncounter *again;
    char first[32];

    (void)state;
    world_feed(&x, world_registered(&x));
    world_feed(&x, world_charged(&x, "T1", "OV-EST3", 20));
    world_feed(&x, world_said(&x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", 30));
    assert_int_equal(world_claim(&x)->version, 1);
    snprintf(first, sizeof(first), "%s", world_claim(&x)->claim_id);
    again = care_event(x.a, EVENT_KIND_UPDATE, "ADT^A08^ADT_A01", "REG|HOSP", 40);
    care_dx(x.a, again, "E119", PROBLEM_USE_FINAL, 1); /* says the same again */
    world_feed(&x, again);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    world_feed(&x, world_charged(&x, "T2", "LAB-A1C", 50)); /* a late charge */
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 2);
    assert_int_equal(world_claim(&x)->version, 2);
    assert_string_equal(world_claim(&x)->claim_id, first);
    assert_int_equal(world_claim(&x)->n_lines, 2);
    world_feed(&x, world_charged(&x, "T2", "LAB-A1C", 50)); /* the same message again */
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 2);
    coder_world_close(&x);
}

/* cancels - a void repeats the last version; a new admission makes the next */
static void cancels(void **state)
{
    struct world x = coder_world_open();
    CcClaimStatus *s;

    (void)state;
    world_feed(&x, world_registered(&x));
    world_feed(&x, world_charged(&x, "T1", "OV-EST3", 20));
    world_feed(&x, world_said(&x, EVENT_KIND_CANCEL, "ADT^A11^ADT_A09", 30));
    assert_int_equal(svc_sim_count(x.sim), 1);
    s = world_last(&x, TOPIC_CLAIMS_STATUS, NULL);
    assert_int_equal(s->state, CLAIM_STATE_CLOSED);
    assert_string_equal(s->event, "cancelled");
    world_pass(&x, 40 * (int64_t)DAY);
    assert_int_equal(svc_sim_count(x.sim), 1); /* no claim, no question */
    world_feed(&x, world_said(&x, EVENT_KIND_REGISTER, "ADT^A04^ADT_A01", 40));
    world_feed(&x, world_said(&x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", 50));
    assert_int_equal(world_claim(&x)->version, 1);
    world_feed(&x, world_said(&x, EVENT_KIND_CANCEL, "ADT^A11^ADT_A09", 60));
    assert_int_equal(world_claim(&x)->version, 2);
    assert_string_equal(world_claim(&x)->frequency, "8");
    assert_true(world_claim(&x)->void_of_claim);
    assert_int_equal(world_claim(&x)->charge_cents, 18000);
    assert_int_equal(world_claim_status(&x)->state, CLAIM_STATE_VOID_PENDING);
    world_feed(&x, world_charged(&x, "T2", "LAB-A1C", 70));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 2);
    world_feed(&x, world_said(&x, EVENT_KIND_REGISTER, "ADT^A04^ADT_A01", 80));
    world_feed(&x, world_said(&x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", 90));
    assert_int_equal(world_claim(&x)->version, 3);
    assert_string_equal(world_claim(&x)->frequency, "1");
    coder_world_close(&x);
}

/* credited - a claim that nothing supports any more is void, and the question is asked */
static void credited(void **state)
{
    struct world x = coder_world_open();
    CcEncounter *credit;

    (void)state;
    world_feed(&x, world_registered(&x));
    world_feed(&x, world_charged(&x, "T1", "OV-EST3", 20));
    world_feed(&x, world_said(&x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", 30));
    credit = world_charged(&x, "T1", "OV-EST3", 40);
    credit->charges[0]->kind = CHARGE_KIND_CREDIT;
    world_feed(&x, credit);
    assert_string_equal(world_claim(&x)->frequency, "8");
    assert_string_equal(((CcReviewItem *)world_last(&x, TOPIC_WORK_REVIEW, NULL))->reason,
                        "no-charges");
    coder_world_close(&x);
}

/* questions - asked once, under the encounter; answered by a later event: closed, and the claim */
static void questions(void **state)
{
    struct world x = coder_world_open();
    CcEncounter *fix;
    CcReviewItem *item;
    CcClaimStatus *s;
    const char *key;

    (void)state;
    world_feed(&x, world_registered(&x));
    world_feed(&x, world_charged(&x, "T1", "NOBODYS", 20));
    world_feed(&x, world_said(&x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", 30));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 0);
    item = world_last(&x, TOPIC_WORK_REVIEW, &key);
    assert_string_equal(key, ENC);
    assert_string_equal(item->reason, "charge-unmapped");
    assert_string_equal(item->state, "open");
    assert_string_equal(item->stage, "coder");
    assert_int_equal(item->created_ms, x.now);
    assert_string_equal(item->options[item->n_options - 1]->text, "cannot be determined");
    assert_string_equal(item->evidence[0]->ref, "FT1[1]");
    assert_true(item->due_date > 20260301);
    s = world_last(&x, TOPIC_CLAIMS_STATUS, &key);
    assert_string_equal(key, ENC);
    assert_int_equal(s->state, CLAIM_STATE_REVIEW);
    world_feed(&x, world_charged(&x, "T3", "LAB-A1C", 40));
    assert_int_equal(world_count(&x, TOPIC_WORK_REVIEW), 1);
    fix = world_charged(&x, "T1", "OV-EST3", 50);
    world_feed(&x, fix);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    item = world_last(&x, TOPIC_WORK_REVIEW, NULL);
    assert_string_equal(item->state, "done");
    s = world_last(&x, TOPIC_CLAIMS_STATUS, &key);
    assert_string_equal(key, ENC);
    assert_int_equal(s->state, CLAIM_STATE_CLOSED);
    coder_world_close(&x);
}

/* billed_then_asked - a question after the claim leaves the claim as it is */
static void billed_then_asked(void **state)
{
    struct world x = coder_world_open();

    (void)state;
    world_feed(&x, world_registered(&x));
    world_feed(&x, world_charged(&x, "T1", "OV-EST3", 20));
    world_feed(&x, world_said(&x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", 30));
    world_feed(&x, world_charged(&x, "T2", "NOBODYS", 40));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    assert_int_equal(world_count(&x, TOPIC_WORK_REVIEW), 1);
    coder_world_close(&x);
}

/* left_open - a visit that nobody ends is asked about, once */
static void left_open(void **state)
{
    struct world x = coder_world_open();

    (void)state;
    world_feed(&x, world_registered(&x));
    world_pass(&x, 29 * (int64_t)DAY);
    assert_int_equal(svc_sim_count(x.sim), 0);
    world_pass(&x, 2 * (int64_t)DAY);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 0);
    assert_true(world_count(&x, TOPIC_WORK_REVIEW) >= 1);
    world_pass(&x, 90 * (int64_t)DAY);
    svc_sim_clear(x.sim);
    world_feed(&x, world_charged(&x, "T1", "OV-EST3", 50));
    world_feed(&x, world_said(&x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", 60));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    coder_world_close(&x);
}

/* bundle - a finished FHIR Encounter is coded at once; one that announces a closing event waits for
 * it, but not for ever */
static void bundle(void **state)
{
    struct world x = coder_world_open();
    CcEncounter *care = care_fhir(x.a, "f1", 10);
    CcEncounter *rest = care_event(x.a, EVENT_KIND_REST, "Bundle", "https://ehr.example", 10);

    (void)state;
    care->encounter = care_text(x.a, ENC);
    care_visit(x.a, care, ENCOUNTER_CLASS_OUTPATIENT)->admit_date = 20260301;
    care->visit->discharge_date = 20260301;
    care->visit->facility = care_text(x.a, "CLINIC");
    care_patient(x.a, care, "TESTER", "ADA");
    care_provider(x.a, care, PROVIDER_ROLE_RENDERING, "1455555015");
    care_dx(x.a, care, "E119", PROBLEM_USE_FINAL, 1);
    care_charge(x.a, care, "T1", "OV-EST3", 1000, 20260301);
    care->closing_id = care_text(x.a, "rest-1");
    rest->event_id = care_text(x.a, "rest-1");
    rest->encounter = care_text(x.a, "");
    rest->format = care_text(x.a, "fhir");
    care_coverage(x.a, rest, 1, "SHP01", "SYN0001234")->ref = care_text(x.a, "Coverage/1");
    world_feed(&x, care);
    assert_int_equal(svc_sim_count(x.sim), 0);
    world_feed(&x, rest);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    assert_int_equal(world_count(&x, TOPIC_WORK_REVIEW), 0);
    svc_sim_clear(x.sim);
    care->event_id = care_text(x.a, "f2");
    care->encounter = care_text(x.a, "E0000000000000002");
    care->patient_key = care_text(x.a, KEY_B);
    care->closing_id = care_text(x.a, "rest-2");
    world_feed(&x, care);
    assert_int_equal(svc_sim_count(x.sim), 0);
    world_pass(&x, HOUR);
    assert_string_equal(((CcReviewItem *)world_last(&x, TOPIC_WORK_REVIEW, NULL))->reason,
                        "no-payer");
    coder_world_close(&x);
}

/* any_order - two senders in every order that keeps their own: the last version is the same claim
 */
static void any_order(void **state)
{
    uint8_t *first = NULL;
    size_t first_n = 0;

    (void)state;
    for (unsigned bits = 0; bits < 64; bits++) {
        struct world x = coder_world_open();
        CcEncounter *reg[3] = {
            world_registered(&x),
            care_event(x.a, EVENT_KIND_UPDATE, "ADT^A08^ADT_A01", "REG|HOSP", 35),
            world_said(&x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", 40)};
        CcEncounter *lab[3] = {world_charged(&x, "T1", "OV-EST3", 20),
                               world_charged(&x, "T2", "LAB-A1C", 35),
                               world_charged(&x, "T2", "LAB-A1C", 50)};
        size_t i = 0, j = 0;
        uint8_t *bytes;
        size_t n;
        CcClaim *c;

        care_dx(x.a, reg[1], "I10", PROBLEM_USE_FINAL, 1);
        lab[2]->charges[0]->units_milli = 3000;
        for (unsigned k = 0; k < 6; k++)
            if (bits >> k & 1)
                i = i < 3 ? (world_feed(&x, reg[i]), i + 1) : (j = 9, i);
            else
                j = j < 3 ? (world_feed(&x, lab[j]), j + 1) : (i = 9, j);
        if (i == 3 && j == 3) {
            c = world_claim(&x);
            c->version = 0;
            c->created_ms = 0;
            c->n_changes = 0; /* against the version before, which depends on the way here */
            assert_int_equal(event_pack(x.a, &c->base, &bytes, &n, &x.e), 0);
            if (!first) {
                first = malloc(n);
                assert_non_null(first);
                memcpy(first, bytes, n);
                first_n = n;
            }
            assert_int_equal(n, first_n);
            assert_memory_equal(bytes, first, n);
        }
        coder_world_close(&x);
    }
    free(first);
}

/* relay - what the worker sends to `encounters` comes to it again, in order of each key; keys may
 * overtake each other */
static void relay(struct world *x, bool b_first)
{
    for (size_t done = 0; done < svc_sim_count(x->sim); done++) {
        const struct svc_sim_output *o = svc_sim_output(x->sim, done);
        ProtobufCMessage *m;
        char key[32];

        (void)b_first;
        if (o->topic != TOPIC_ENCOUNTERS || o->dead)
            continue;
        snprintf(key, sizeof(key), "%s", o->key);
        assert_int_equal(
            event_unpack(x->a, &cc_encounter__descriptor, o->value, o->value_len, &m, &x->e), 0);
        world_feed_key(x, (CcEncounter *)(void *)m, key);
    }
}

/* merged - A40: B ends in A */
static CcEncounter *merged(struct world *x, int64_t ms)
{
    CcEncounter *ev = care_event(x->a, EVENT_KIND_MERGE, "ADT^A40^ADT_A39", "REG|HOSP", ms);

    ev->encounter = care_text(x->a, "");
    care_patient(x->a, ev, "TESTER", "ADELE");
    assert_true(event_push(x->a, ev, merged_patients, care_text(x->a, KEY_B)));
    return ev;
}

/* of_b - the same event under the key that ends */
static CcEncounter *of_b(struct world *x, CcEncounter *ev)
{
    ev->patient_key = care_text(x->a, KEY_B);
    return ev;
}

/* merge - an encounter billed under B moves to A: same claim id, next version, the patient's new
 * name; later events come under either key */
static void merge(void **state)
{
    (void)state;
    for (int order = 0; order < 2; order++) {
        struct world x = coder_world_open();
        CcEncounter *m = merged(&x, 100);
        char id[32];

        world_feed(&x, of_b(&x, world_registered(&x)));
        world_feed(&x, of_b(&x, world_charged(&x, "T1", "OV-EST3", 20)));
        world_feed(&x, of_b(&x, world_said(&x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", 30)));
        assert_string_equal(world_claim(&x)->patient_key, KEY_B);
        snprintf(id, sizeof(id), "%s", world_claim(&x)->claim_id);
        svc_sim_clear(x.sim);
        world_feed_key(&x, m, order ? KEY_A : KEY_B); /* the two partitions in either order */
        if (order == 0)
            relay(&x, false);
        world_feed_key(&x, m, order ? KEY_B : KEY_A);
        if (order == 1)
            relay(&x, false);
        assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
        assert_string_equal(world_claim(&x)->claim_id, id);
        assert_int_equal(world_claim(&x)->version, 2);
        assert_string_equal(world_claim(&x)->patient_key, KEY_A);
        assert_string_equal(world_claim(&x)->patient->name->first, "ADELE");
        svc_sim_clear(x.sim);
        world_feed(&x,
                   world_charged(&x, "T2", "LAB-A1C", 110)); /* a sender that knows of the merge */
        assert_int_equal(world_claim(&x)->version, 3);
        svc_sim_clear(x.sim);
        world_feed(&x, of_b(&x, world_charged(&x, "T3", "LAB-A1C", 120))); /* one that does not */
        assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 0);
        relay(&x, false);
        assert_int_equal(world_claim(&x)->version, 4);
        assert_int_equal(world_claim(&x)->lines[1]->units_milli, 2000);
        coder_world_close(&x);
    }
}

/* merge_waits - under the key that stays nothing is coded until the other has sent all; if it never
 * does, the wait ends */
static void merge_waits(void **state)
{
    struct world x = coder_world_open();
    CcEncounter *m = merged(&x, 100);

    (void)state;
    world_feed(&x, of_b(&x, world_registered(&x)));
    world_feed(&x, of_b(&x, world_charged(&x, "T1", "OV-EST3", 20)));
    world_feed_key(&x, m, KEY_A);
    world_feed(&x, world_said(&x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", 110));
    assert_int_equal(svc_sim_count(x.sim), 0);
    world_feed_key(&x, m, KEY_B);
    relay(&x, false);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    assert_int_equal(world_claim(&x)->version, 1);
    coder_world_close(&x);
    x = coder_world_open();
    m = merged(&x, 100);
    world_feed_key(&x, m, KEY_A);
    world_feed(&x, world_registered(&x));
    world_feed(&x, world_charged(&x, "T1", "OV-EST3", 20));
    world_feed(&x, world_said(&x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", 110));
    assert_int_equal(svc_sim_count(x.sim), 0);
    world_pass(&x, HOUR);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    coder_world_close(&x);
}

/* back_and_forth - B into A, then A into B: the later merge counts, nothing goes in circles */
static void back_and_forth(void **state)
{
    struct world x = coder_world_open();
    CcEncounter *m = merged(&x, 100), *back = merged(&x, 200);

    (void)state;
    back->patient_key = care_text(x.a, KEY_B);
    back->merged_patients[0] = care_text(x.a, KEY_A);
    world_feed(&x, of_b(&x, world_registered(&x)));
    world_feed(&x, of_b(&x, world_charged(&x, "T1", "OV-EST3", 20)));
    world_feed(&x, of_b(&x, world_said(&x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", 30)));
    world_feed_key(&x, m, KEY_B);
    world_feed_key(&x, m, KEY_A);
    world_feed_key(&x, back, KEY_A);
    world_feed_key(&x, back, KEY_B);
    relay(&x, false);
    assert_string_equal(world_claim(&x)->patient_key, KEY_B);
    svc_sim_clear(x.sim);
    world_feed(&x, world_charged(&x, "T2", "LAB-A1C", 210));
    relay(&x, false);
    assert_string_equal(world_claim(&x)->patient_key, KEY_B);
    assert_int_equal(world_claim(&x)->n_lines, 2);
    coder_world_close(&x);
}

/* two_visits - A42: one visit of the patient ends in another: its claim is void, its care moves */
static void two_visits(void **state)
{
    struct world x = coder_world_open();
    CcEncounter *other = world_registered(&x), *charge = world_charged(&x, "T9", "LAB-A1C", 25);
    CcEncounter *bill = world_said(&x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", 30),
                *m = merged(&x, 100);
    size_t voids = 0;

    (void)state;
    other->encounter = charge->encounter = bill->encounter = care_text(x.a, "E0000000000000002");
    other->event_id = care_text(x.a, "o1");
    charge->event_id = care_text(x.a, "o2");
    bill->event_id = care_text(x.a, "o3");
    world_feed(&x, other);
    world_feed(&x, charge);
    world_feed(&x, bill);
    world_feed(&x, world_registered(&x));
    world_feed(&x, world_charged(&x, "T1", "OV-EST3", 20));
    world_feed(&x, world_said(&x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", 30));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 2);
    svc_sim_clear(x.sim);
    m->n_merged_patients = 0;
    m->encounter = care_text(x.a, ENC);
    assert_true(event_push(x.a, m, merged, other->encounter));
    world_feed(&x, m);
    for (size_t i = 0; i < svc_sim_count(x.sim); i++) {
        const struct svc_sim_output *o = svc_sim_output(x.sim, i);
        ProtobufCMessage *p;

        if (o->topic != TOPIC_CLAIMS_CODED)
            continue;
        assert_int_equal(event_unpack(x.a, &cc_claim__descriptor, o->value, o->value_len, &p, &x.e),
                         0);
        if (((CcClaim *)(void *)p)->void_of_claim)
            voids++;
        else
            assert_int_equal(((CcClaim *)(void *)p)->n_lines, 2);
    }
    assert_int_equal(voids, 1);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 2);
    charge->event_id = care_text(x.a, "o4"); /* and what still comes for the old visit */
    charge->charges[0]->id = care_text(x.a, "T10");
    charge->charges[0]->service_date = 20260302;
    world_feed(&x, charge);
    assert_string_equal(world_claim(&x)->encounter, ENC);
    assert_int_equal(world_claim(&x)->n_lines, 3);
    coder_world_close(&x);
}

/* news - a patient with more encounters than one message codes: all are looked at in the end */
static void news(void **state)
{
    struct world x = coder_world_open();
    CcEncounter *insured = care_event(x.a, EVENT_KIND_UPDATE, "ADT^A31^ADT_A05", "REG|HOSP", 500);

    (void)state;
    for (int i = 0; i < 40; i++) {
        CcEncounter *ev = world_registered(&x), *charge = world_charged(&x, "T1", "OV-EST3", 20);

        ev->encounter = charge->encounter = arena_printf(x.a, "E00000000000001%02d", i);
        ev->event_id = arena_printf(x.a, "v%d", i);
        charge->event_id = arena_printf(x.a, "c%d", i);
        charge->bill = true;
        ev->n_coverages = 0;
        world_feed(&x, ev);
        world_feed(&x, charge);
    }
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 0);
    assert_int_equal(world_count(&x, TOPIC_WORK_REVIEW), 40);
    insured->encounter = care_text(x.a, "");
    care_coverage(x.a, insured, 1, "SHP01", "SYN0001234");
    world_feed(&x, insured);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 32);
    world_pass(&x, 1000);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 40);
    coder_world_close(&x);
}

/* still_in - a Medicare stay from the first of March that the source wants billed while it goes on
 */
static CcEncounter *still_in(struct world *x, const char *payer)
{
    CcEncounter *ev = care_billed(x->a, 'I');

    x->now = ms_of(20260315, 12, 0, 0, 0, 0);
    ev->visit->discharge_date = 0;
    ev->visit->discharge_status = care_text(x->a, "30");
    ev->coverages[0]->payer = care_text(x->a, payer);
    ev->coverages[0]->member_id = care_text(x->a, "1EG4TE5MK73");
    care_dx(x->a, ev, "J189", PROBLEM_USE_FINAL, 1)->poa = POA_Y;
    return ev;
}

/* interim_waits - Medicare takes no interim bill before the 60th day: it waits for that day and is
 * made then; other payers' goes at once */
static void interim_waits(void **state)
{
    struct world x = coder_world_open();
    CcClaimStatus *s;

    (void)state;
    world_feed(&x, still_in(&x, "99901"));
    assert_int_equal(world_count(&x, TOPIC_WORK_REVIEW), 0);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 0);
    s = world_said_of(&x, "interim_early");
    assert_non_null(s);
    assert_string_equal(s->reason, "an interim bill before the 60th day of the stay, 2026-04-29");
    assert_int_equal(s->state, CLAIM_STATE_DRAFT);
    world_pass(&x, 44 * (int64_t)DAY);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 0);
    world_pass(&x, 1 * DAY);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    assert_string_equal(world_claim(&x)->type_of_bill, "0112");
    coder_world_close(&x);
    x = coder_world_open();
    world_feed(&x, still_in(&x, "SHP01"));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    assert_string_equal(world_claim(&x)->frequency, "2");
    coder_world_close(&x);
}

/* interim_ends - who is discharged before is billed as a stay that ended */
static void interim_ends(void **state)
{
    struct world x = coder_world_open();
    CcEncounter *ev, *end;

    (void)state;
    ev = still_in(&x, "99901");
    world_feed(&x, ev);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 0);
    end = still_in(&x, "99901");
    end->event_id = care_text(x.a, "the-end");
    end->visit->discharge_date = 20260320;
    end->visit->discharge_status = care_text(x.a, "01");
    world_feed(&x, end);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    assert_string_equal(world_claim(&x)->type_of_bill, "0111");
    world_pass(&x, 60 * (int64_t)DAY);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    coder_world_close(&x);
}

/* bad_input - no key, no message, an event of nothing: dead letter or nothing, the rest flows on */
static void bad_input(void **state)
{
    struct world x = coder_world_open();
    CcEncounter *ev = world_registered(&x);

    (void)state;
    assert_int_equal(
        svc_sim_feed_bytes(x.sim, TOPIC_ENCOUNTERS, 0, KEY_A, "id", "\x0a\xff\x01", 3, x.now, &x.e),
        0);
    assert_true(svc_sim_output(x.sim, 0)->dead);
    assert_string_equal(svc_sim_output(x.sim, 0)->dead_reason, "protobuf");
    assert_int_equal(svc_sim_feed(x.sim, TOPIC_ENCOUNTERS, 0, "", "id2", &ev->base, x.now, &x.e),
                     0);
    assert_true(svc_sim_output(x.sim, 1)->dead);
    svc_sim_clear(x.sim);
    world_feed(&x, care_event(x.a, EVENT_KIND_NONE, "ADT^A99", "REG|HOSP", 5));
    world_feed(&x, ev);
    world_feed(&x, world_charged(&x, "T1", "OV-EST3", 20));
    world_feed(&x, world_said(&x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", 30));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    coder_world_close(&x);
}

/* too_many - over the bound of events: the next is refused, the encounter stays as it is */
static void too_many(void **state)
{
    struct world x = coder_world_open();
    CcEncounter *ev = world_said(&x, EVENT_KIND_UPDATE, "ADT^A08^ADT_A01", 1);
    size_t i;

    (void)state;
    for (i = 0; i < 2100 && svc_sim_count(x.sim) == 0; i++) {
        ev->event_id = arena_printf(x.a, "n%zu", i);
        world_feed(&x, ev);
    }
    assert_int_equal(i, 2001);
    assert_true(svc_sim_output(x.sim, 0)->dead);
    assert_string_equal(svc_sim_output(x.sim, 0)->dead_reason, "bounds");
    coder_world_close(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hold),
        cmocka_unit_test(hold_settings),
        cmocka_unit_test(versions),
        cmocka_unit_test(cancels),
        cmocka_unit_test(credited),
        cmocka_unit_test(questions),
        cmocka_unit_test(billed_then_asked),
        cmocka_unit_test(left_open),
        cmocka_unit_test(bundle),
        cmocka_unit_test(any_order),
        cmocka_unit_test(merge),
        cmocka_unit_test(merge_waits),
        cmocka_unit_test(back_and_forth),
        cmocka_unit_test(two_visits),
        cmocka_unit_test(news),
        cmocka_unit_test(interim_waits),
        cmocka_unit_test(interim_ends),
        cmocka_unit_test(bad_input),
        cmocka_unit_test(too_many),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
