/* follow_person_test.c - what people decide of claims: offered where it is legal, carried out once,
 * and never an appeal of what cannot be appealed */
#include "tests/support/test.h"

#include "tests/support/following.h"

#define DENIED "CLP*A1000001*1*215*0**12*P1~CAS*CO*50*215~"
#define BARRED "CLP*A1000001*1*215*0**12*P1~CAS*CO*16*215~MOA***MA130~"

/* offered - is the choice an option of the question? */
static bool offered(const CcReviewItem *item, const char *id)
{
    for (size_t i = 0; i < item->n_options; i++)
        if (strcmp(item->options[i]->id, id) == 0)
            return true;
    return false;
}

/* decide - a person's word, as the operator's command sends it */
static void decide(const char *choice, uint32_t version)
{
    CcAnswer *a = event_new(fw.memory, &cc_answer__descriptor);

    a->kind = fw_text("person");
    a->level = fw_text("claim");
    a->claim_id = fw_text(fw_ids[0]);
    a->event = fw_text(choice);
    a->key = arena_printf(fw.memory, "person|R1|%s|%lld", choice, (long long)fw.now);
    a->answer = event_new(fw.memory, &cc_review_answer__descriptor);
    a->answer->choice = fw_text(choice);
    a->answer->review_id = fw_text("R1");
    a->answer->role = fw_text("billing lead");
    a->answer->version = version;
    fw_feed(TOPIC_PAYER_ANSWERS, fw_ids[0], a);
}

/* deny - the claim is sent and denied */
static CcReviewItem *deny(const char *claims)
{
    fw_send_file("000000101");
    fw_answer(fw_era("E1", "0", claims));
    assert_state("A1000001", DENIED);
    return fw_asked("denied");
}

/* written_off - once, and the question is closed with the person's word */
static void written_off(void **state)
{
    CcReviewItem *item = deny(DENIED);
    size_t records;

    (void)state;
    assert_true(offered(item, "write-off"));
    assert_true(offered(item, "appeal"));
    assert_false(offered(item, "close"));
    decide("write-off", 1);
    assert_state("A1000001", WRITTEN_OFF);
    assert_string_equal(fw_last("A1000001")->event, "write_off");
    assert_non_null(strstr(fw_last("A1000001")->reason, "billing lead"));
    item = fw_asked("");
    assert_string_equal(item->state, "done");
    assert_string_equal(item->review_id, "R1");
    assert_string_equal(item->answer->choice, "write-off");
    records = svc_sim_count(fw.sim);
    decide("write-off", 1);
    assert_int_equal(svc_sim_count(fw.sim), records);
}

/* appealed - in time; a day too late it is refused and recorded */
static void appealed(void **state)
{
    (void)state;
    deny(DENIED);
    decide("appeal", 1);
    assert_state("A1000001", APPEALED);
    fw_teardown(NULL);
    fw_setup(NULL);
    deny(DENIED);                        /* paid on 2026-04-15: until 2026-08-13 */
    fw_clock_to(INT64_C(1786665599000)); /* 2026-08-13 23:59:59 */
    decide("appeal", 1);
    assert_state("A1000001", APPEALED);
    fw_teardown(NULL);
    fw_setup(NULL);
    deny(DENIED);
    fw_clock_to(INT64_C(1786665600000)); /* 2026-08-14 */
    decide("appeal", 1);
    assert_state("A1000001", DENIED);
    assert_true(fw_last("A1000001")->refused);
    assert_non_null(strstr(fw_last("A1000001")->reason, "over"));
}

/* never_appealed - what the payer called unprocessable leaves no appeal */
static void never_appealed(void **state)
{
    (void)state;
    assert_false(offered(deny(BARRED), "appeal"));
    decide("appeal", 1);
    assert_state("A1000001", DENIED);
    assert_true(fw_last("A1000001")->refused);
    assert_non_null(strstr(fw_last("A1000001")->reason, "no appeal"));
}

/* of_another - a word on another version, or one that nobody knows, is recorded and does nothing */
static void of_another(void **state)
{
    (void)state;
    deny(DENIED);
    decide("write-off", 2);
    assert_state("A1000001", DENIED);
    assert_non_null(strstr(fw_last("A1000001")->reason, "another version"));
    decide("forget-it", 1);
    assert_state("A1000001", DENIED);
    assert_true(fw_last("A1000001")->refused);
}

/* patient_owes - the share that is left is the patient's, then it is paid */
static void patient_owes(void **state)
{
    (void)state;
    fw_send_file("000000101");
    fw_answer(fw_era("E1", "150", "CLP*A1000001*1*215*150*25*12*P1~CAS*CO*45*40~CAS*PR*3*25~"));
    decide("bill-patient", 0);
    assert_state("A1000001", PATIENT_DUE);
    decide("close", 0);
    assert_state("A1000001", CLOSED);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, fw_setup, fw_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {CASE(written_off), CASE(appealed), CASE(never_appealed),
                                       CASE(of_another), CASE(patient_owes)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
