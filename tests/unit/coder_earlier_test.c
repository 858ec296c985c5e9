/* coder_earlier_test.c - encounters of a patient that know of each other's operations */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/base/date.h"
#include "common/svc/svc.h"
#include "services/coder/coder.h"
#include "tests/support/care_tables.h"
#include "tests/support/coder_world.h"

#define OPERATION "E0000000000000002"

/* open - with a fee schedule */
static struct world open(void)
{
    struct world x = coder_world_open();

    care_service_rows(x.t);
    return x;
}

/* billed - an encounter of one charge, for one disease, that the source says is complete */
static CcEncounter *billed(struct world *x, const char *encounter, const char *code, const char *dx,
                           int32_t day)
{
    CcEncounter *ev = world_registered(x);
    CcCharge *c = care_charge(x->a, ev, "T1", "", 1000, day);

    ev->encounter = care_text(x->a, encounter);
    ev->event_id = arena_printf(x->a, "%s-%s-%s", encounter, code, dx);
    ev->bill = true;
    ev->event = EVENT_KIND_BILL;
    ev->visit->admit_date = ev->visit->discharge_date = day;
    ev->visit->class_ = ENCOUNTER_CLASS_OUTPATIENT;
    ev->diagnoses[0]->code = care_code(x->a, CODE_SYSTEM_ICD10CM, dx, "");
    c->code = care_code(x->a, CODE_SYSTEM_CPT, code, "");
    c->professional = c->charge_given = true;
    c->charge_cents = 10000;
    assert_true(event_push(x->a, c, pointers, care_text(x->a, dx)));
    return ev;
}

/* assert_last - the last claim is of the visit, in this version, its line modified so */
static void assert_last(struct world *x, uint32_t version, const char *modifier)
{
    CcClaim *c = world_claim(x);

    assert_string_equal(c->encounter, ENC);
    assert_int_equal(c->version, version);
    assert_int_equal(c->n_lines, 1);
    assert_int_equal(c->lines[0]->n_modifiers, *modifier != '\0');
    if (*modifier)
        assert_string_equal(c->lines[0]->modifiers[0], modifier);
}

/* after - an operation, then a visit in its ten days for something else; the operation is its
 * evidence */
static void after(void **state)
{
    struct world x = open();
    bool shown = false;

    (void)state;
    world_feed(&x, billed(&x, OPERATION, "11750", "I10", 20260301));
    world_feed(&x, billed(&x, ENC, "99213", "E119", 20260305));
    assert_last(&x, 1, "24");
    for (size_t i = 0; i < world_claim(&x)->lines[0]->procedure->n_evidence; i++) {
        const CcEvidence *ev = world_claim(&x)->lines[0]->procedure->evidence[i];
        bool there = strcmp(ev->event_id, OPERATION "-11750-I10") == 0;

        assert_string_equal(ev->encounter, there ? OPERATION : "");
        shown = shown || there;
    }
    assert_true(shown);
    assert_int_equal(world_claim(&x)->lines[0]->n_charge_refs, 1);
    world_pass(&x, 40 * (int64_t)DAY);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 2);
    coder_world_close(&x);
}

/* late - the operation is told after the visit was billed: the visit is looked at again, and once
 * more when there was no operation */
static void late(void **state)
{
    struct world x = open();
    CcEncounter *cancel = world_said(&x, EVENT_KIND_CANCEL, "ADT^A11^ADT_A09", 30);

    (void)state;
    world_feed(&x, billed(&x, ENC, "99213", "E119", 20260305));
    assert_last(&x, 1, "");
    world_feed(&x, billed(&x, OPERATION, "11750", "I10", 20260301));
    world_pass(&x, 1);
    assert_last(&x, 2, "24");
    cancel->encounter = care_text(x.a, OPERATION);
    world_feed(&x, cancel);
    world_pass(&x, 1);
    assert_last(&x, 3, "");
    coder_world_close(&x);
}

/* apart - another patient's operation, and one after the visit, are nothing to it */
static void apart(void **state)
{
    struct world x = open();
    CcEncounter *other = billed(&x, OPERATION, "11750", "I10", 20260301);

    (void)state;
    other->patient_key = care_text(x.a, KEY_B);
    world_feed(&x, other);
    world_feed(&x, billed(&x, "E0000000000000003", "11750", "I10", 20260306));
    world_feed(&x, billed(&x, ENC, "99213", "E119", 20260305));
    world_pass(&x, 1);
    assert_last(&x, 1, "");
    coder_world_close(&x);
}

/* known - whom the group saw in another encounter is no new patient; that alone looks at nothing
 * again */
static void known(void **state)
{
    struct world x = open();

    (void)state;
    world_feed(&x, billed(&x, ENC, "99203", "E119", 20260305));
    assert_last(&x, 1, "");
    world_feed(&x, billed(&x, OPERATION, "99213", "I10", 20260301));
    world_pass(&x, 1);
    assert_null(world_question(&x, "level"));
    world_feed(&x, billed(&x, "E0000000000000003", "99203", "I10", 20260306));
    assert_non_null(world_question(&x, "level"));
    coder_world_close(&x);
}

/* many - the oldest of too many visits is not remembered */
static void many(void **state)
{
    struct world x = open();

    (void)state;
    world_feed(&x, billed(&x, OPERATION, "99213", "I10", 20260105));
    for (int i = 0; i < 40; i++) {
        char encounter[32];
        CcEncounter *ev;

        snprintf(encounter, sizeof(encounter), "E00000000000001%02d", i);
        ev = billed(&x, encounter, "99213", "I10", 20260201);
        ev->providers[0]->npi = care_text(x.a, "1455555023");
        world_feed(&x, ev);
    }
    world_feed(&x, billed(&x, ENC, "99203", "E119", 20260305));
    assert_null(world_question(&x, "level"));
    assert_last(&x, 1, "");
    coder_world_close(&x);
}

/* rented - a bed of Medicare's patient for a month */
static CcEncounter *rented(struct world *x, const char *encounter, const char *months, int32_t day)
{
    CcEncounter *ev = billed(x, encounter, "E0260", "E119", day);
    CcCharge *c = ev->charges[ev->n_charges - 1];

    c->code->system = CODE_SYSTEM_HCPCS;
    ev->coverages[0]->payer = care_text(x->a, "99902");
    assert_true(event_push(x->a, c, modifiers, care_text(x->a, "RR")));
    if (*months)
        assert_true(event_push(x->a, c, modifiers, care_text(x->a, months)));
    return ev;
}

/* rental - the second month is counted from the first; neither is a visit */
static void rental(void **state)
{
    struct world x = open();

    (void)state;
    world_feed(&x, rented(&x, OPERATION, "KH", 20260301));
    world_feed(&x, rented(&x, ENC, "", 20260331));
    assert_string_equal(world_claim(&x)->lines[0]->modifiers[1], "KI");
    assert_int_equal(world_claim(&x)->lines[0]->n_charge_refs, 1);
    world_feed(&x, billed(&x, "E0000000000000004", "99203", "I10", 20260401));
    assert_null(world_question(&x, "level"));
    coder_world_close(&x);
}

/* past - a file's encounters know of the patient's earlier ones */
static void past(void **state)
{
    struct world x = open();
    struct coder_past p = {0};
    CcCodingResult *result = event_new(x.a, &cc_coding_result__descriptor);
    struct coder_visit v = {0};

    (void)state;
    assert_true(event_push(x.a, result, past, event_new(x.a, &cc_past_service__descriptor)));
    assert_true(coder_past_add(x.a, &p, KEY_A, result));
    assert_true(coder_past_of(x.a, &p, KEY_A, &v));
    assert_int_equal(v.n_earlier, 1);
    assert_true(coder_past_of(x.a, &p, KEY_B, &v));
    assert_int_equal(v.n_earlier, 0);
    assert_true(coder_past_add(x.a, &p, "", result));
    assert_true(coder_past_of(x.a, &p, "", &v));
    assert_int_equal(v.n_earlier, 0);
    coder_world_close(&x);
}

/* main - the tests */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(after),  cmocka_unit_test(late), cmocka_unit_test(apart),
        cmocka_unit_test(known),  cmocka_unit_test(many), cmocka_unit_test(past),
        cmocka_unit_test(rental),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
