/* follow_secondary_test.c - the next payer's claim: made of claim and remittance to the cent, once,
 * by itself only where nothing is open, and its parent waits for it */
#include "tests/support/test.h"

#include "common/claim/secondary.h"
#include "common/x12/check.h"
#include "tests/support/claims.h"
#include "tests/support/following.h"

#define LINE_1                                                                                     \
    "SVC*HC:99214:25*165*100**1~DTM*472*20260325~CAS*CO*45*40~CAS*PR*3*25~REF*6R*A1000001L1~"
#define LINE_2 "SVC*HC:83036:QW*50*50**1~DTM*472*20260325~REF*6R*A1000001L2~"
#define PAID "CLP*A1000001*1*215*150*25*12*P1~MOA***MA01~" LINE_1 LINE_2
#define FORWARDED "CLP*A1000001*19*215*150*25*12*P1~" LINE_1 LINE_2
#define PART                                                                                       \
    "CLP*A1000001*1*215*100*25*12*P1~" LINE_1                                                      \
    "SVC*HC:83036:QW*50*0**1~CAS*CO*50*50~REF*6R*A1000001L2~"

/* two_payers - claim 1, and a second coverage behind the first */
static CcClaim *two_payers(void)
{
    CcClaim *c = claims_office(fw.memory);
    CcClaimCoverage *x =
        claims_coverage(fw.memory, c, "S", "SMP02", "SECOND MUTUAL PLAN", "ABC556677");

    x->subscriber = c->patient->name;
    x->filing_indicator = fw_text("CI");
    x->relationship = RELATIONSHIP_SELF;
    c->version = 1;
    c->patient_key = fw_text("0011223344556677");
    c->receiver = fw_text(FW_RECEIVER);
    c->authorization = fw_text("AUTH1");
    return c;
}

/* send - the claim is clean and sent, then this 835 comes */
static void send(CcClaim *c, const char *paid, const char *claims)
{
    fw_feed(TOPIC_CLAIMS_CLEAN, c->claim_id, c);
    fw_send_file("000000101");
    fw_answer(fw_era("E1", paid, claims));
}

/* made - the n-th claim that follow sent to the validator; NULL: none */
static CcClaim *made(size_t n)
{
    for (size_t i = 0; i < svc_sim_count(fw.sim); i++)
        if (svc_sim_output(fw.sim, i)->topic == TOPIC_CLAIMS_CODED && n-- == 0)
            return fw_output(i, &cc_claim__descriptor);
    return NULL;
}

/* by_itself - paid, nothing refused, another payer left */
static void by_itself(void **state)
{
    CcClaim *c;

    (void)state;
    send(two_payers(), "150", PAID);
    c = made(0);
    assert_non_null(c);
    assert_null(made(1));
    assert_string_equal(c->claim_id, "A1000001S");
    assert_string_equal(c->parent_claim, "A1000001");
    assert_int_equal(c->version, 1);
    assert_string_equal(c->receiver, "");
    assert_string_equal(c->authorization, "");
    assert_string_equal(c->coverages[0]->authorization, "AUTH1");
    assert_int_equal(c->charge_cents, 21500);
    assert_false(c->coverages[0]->destination);
    assert_true(c->coverages[1]->destination);
    assert_true(c->coverages[0]->adjudicated);
    assert_int_equal(c->coverages[0]->paid_cents, 15000);
    assert_string_equal(c->coverages[0]->payer_claim, "P1");
    assert_string_equal(c->coverages[0]->remarks[0], "MA01");
    assert_int_equal(c->coverages[0]->adjudication_date, 20260415);
    assert_int_equal(c->lines[0]->adjudications[0]->paid_cents, 10000);
    assert_int_equal(c->lines[0]->adjudications[0]->n_adjustments, 2);
    assert_string_equal(c->lines[0]->adjudications[0]->payer, "SHP01");
    assert_string_equal(c->lines[0]->adjudications[0]->modifiers[0], "25");
    assert_int_equal(c->lines[0]->adjudications[0]->adjudication_date, 20260415);
    assert_int_equal(c->lines[1]->adjudications[0]->paid_cents, 5000);
    assert_state("A1000001", COB_WAIT);
    assert_string_equal(fw_last("A1000001S")->event, "coded");
    assert_int_equal(fw_last("A1000001")->paid_cents, 15000);
}

/* on_result - of a set, group or interchange: nothing was found in it */
static int on_result(void *arg, const struct x12_result *r)
{
    for (size_t i = 0; i < r->count; i++)
        print_message("%s at %u: %s\n", r->findings[i].code, r->findings[i].position,
                      r->findings[i].message);
    *(size_t *)arg += r->count + !r->accepted;
    return 0;
}

/* as_x12 - what is made can be written, and the check finds nothing in it */
static void as_x12(void **state)
{
    const struct x12_check_options o = {.snip = 4};
    struct claim_rendered out;
    struct claim_batch b = {.route = &claims_route,
                            .n_claims = 1,
                            .control = 7,
                            .bht_prefix = "B",
                            .date = 20260416,
                            .hhmm = 900};
    const CcClaim *c;
    struct buf bytes;
    size_t findings = 0;

    (void)state;
    send(two_payers(), "150", PAID);
    c = made(0);
    b.claims = &c;
    buf_init(&bytes);
    if (claim_render(fw.memory, &b, &bytes, &out, &fw.error) != 0)
        fail_msg("%s", fw.error.text);
    assert_non_null(memmem(bytes.data, bytes.len, "SBR*S*18", 8));
    assert_non_null(memmem(bytes.data, bytes.len, "AMT*D*150~", 10));
    assert_non_null(
        memmem(bytes.data, bytes.len, "SVD*SHP01*100*HC:99214:25**1~CAS*CO*45*40~", 41));
    assert_int_equal(x12_check(bytes.data, bytes.len, &o, on_result, &findings, &fw.error), 0);
    assert_int_equal(findings, 0);
    buf_release(&bytes);
}

/* none - no other payer, forwarded by the payer, something refused, the patient owes nothing */
static void none_by_itself(void **state)
{
    CcClaim *alone;

    (void)state;
    alone = two_payers();
    alone->n_coverages = 1;
    send(alone, "150", PAID);
    assert_null(made(0));
    assert_state("A1000001", PAID);
    fw_teardown(NULL);
    fw_setup(NULL);
    send(two_payers(), "150", FORWARDED);
    assert_null(made(0));
    assert_state("A1000001", COB_WAIT);
    fw_teardown(NULL);
    fw_setup(NULL);
    send(two_payers(), "100", PART);
    assert_null(made(0));
    assert_state("A1000001", PARTIAL);
    fw_teardown(NULL);
    fw_setup(NULL);
    send(two_payers(), "215", "CLP*A1000001*1*215*215**12*P1~");
    assert_null(made(0));
    assert_state("A1000001", PAID);
}

/* not_of_another - the newest clean version is not the one that was paid */
static void not_of_another(void **state)
{
    CcClaim *c = two_payers();

    (void)state;
    c->version = 2;
    send(c, "150", PAID);
    assert_null(made(0));
    assert_state("A1000001", PAID);
}

/* choose - a person's word on a claim */
static void choose(const char *claim, const char *choice)
{
    CcAnswer *a = event_new(fw.memory, &cc_answer__descriptor);

    a->kind = fw_text("person");
    a->level = fw_text("claim");
    a->claim_id = fw_text(claim);
    a->key = fw_text("person|1");
    a->answer = event_new(fw.memory, &cc_review_answer__descriptor);
    a->answer->choice = fw_text(choice);
    a->answer->review_id = fw_text("R1");
    fw_feed(TOPIC_PAYER_ANSWERS, claim, a);
}

/* by_word - of what was refused in part a person sends the rest on, as it was decided */
static void by_word(void **state)
{
    (void)state;
    send(two_payers(), "100", PART);
    choose("A1000001", "bill-next");
    assert_non_null(made(0));
    assert_int_equal(made(0)->lines[1]->adjudications[0]->adjustments[0]->amount_cents, 5000);
    assert_state("A1000001", COB_WAIT);
    assert_string_equal(fw_asked("")->state, "done");
}

/* by_hand - lines that are not those of the claim, or a part of it: nothing is repaired */
static void by_hand(void **state)
{
    (void)state;
    send(two_payers(), "150",
         "CLP*A1000001*1*215*150*25*12*P1~SVC*HC:99214:25*215*150~CAS*CO*45*40~CAS*PR*3*25~"
         "REF*6R*A1000001L1~");
    assert_null(made(0));
    assert_non_null(strstr(fw_asked("secondary-by-hand")->question, "not those of the claim"));
    fw_teardown(NULL);
    fw_setup(NULL);
    send(two_payers(), "75", "CLP*A1000001*1*100*75*25*12*P1~CAS*PR*3*25~");
    assert_null(made(0));
    assert_non_null(strstr(fw_asked("secondary-by-hand")->question, "whole claim"));
}

/* split_line - a line that the payer split has an adjudication for each part */
static void split_line(void **state)
{
    (void)state;
    send(two_payers(), "150",
         "CLP*A1000001*1*215*150*25*12*P1~SVC*HC:99214:25*100*60**1~CAS*CO*45*40~REF*6R*A1000001L1~"
         "SVC*HC:99213*65*40**1~CAS*PR*3*25~REF*6R*A1000001L1~" LINE_2);
    assert_int_equal(made(0)->lines[0]->n_adjudications, 2);
    assert_string_equal(made(0)->lines[0]->adjudications[1]->code, "99213");
}

#define REVERSED                                                                                   \
    "CLP*A1000001*22*-215*-150**12*P1~SVC*HC:99214:25*-165*-100~CAS*CO*45*-40~CAS*PR*3*-25~"       \
    "SVC*HC:83036:QW*-50*-50~"
#define ANEW                                                                                       \
    "CLP*A1000001*1*215*140*35*12*P1~SVC*HC:99214:25*165*90**1~DTM*472*20260325~CAS*CO*45*40~"     \
    "CAS*PR*3*35~REF*6R*A1000001L1~" LINE_2

/* taken_back - after the next payer was billed, and not decided anew: a person hears of it */
static void taken_back(void **state)
{
    (void)state;
    send(two_payers(), "150", PAID);
    fw_answer(fw_era("E2", "0", REVERSED "PLB*1234567893*20261231*FB:X*-150~"));
    assert_state("A1000001", REVERSED);
    fw_clock_to(fw.now + 8 * DAYS);
    assert_non_null(strstr(fw_asked("secondary-changed")->question, "took its decision back"));
    assert_null(made(1));
}

/* child_says - another step of the next payer's claim */
static void child_says(const char *step, const char *event, CcClaimState s, uint32_t version,
                       const char *isa13)
{
    CcClaimStatus *st = fw_step_status(step, event, s, 0, version, isa13);

    st->claim_id = fw_text("A1000001S");
    st->payer_id = fw_text("SMP02");
    fw_feed(TOPIC_CLAIMS_STATUS, "A1000001S", st);
}

/* child_sent - the next payer's claim in a file */
static void child_sent(uint32_t version, const char *isa13)
{
    CcClaim *c = made(version - 1);

    child_says("validator", "checks_passed", CLAIM_STATE_READY, version, "");
    fw_feed(TOPIC_CLAIMS_CLEAN, "A1000001S", c);
    child_says("build", "batch", CLAIM_STATE_BATCHED, version, isa13);
    child_says("deliver", "transport_ok", CLAIM_STATE_SENT, version, isa13);
}

/* decide_anew - the first payer takes back and decides anew, in one payment */
static void decide_anew(void)
{
    fw_answer(fw_era("E2", "-10", REVERSED ANEW));
    assert_state("A1000001", COB_WAIT);
    assert_int_equal(fw_last("A1000001")->paid_cents, 14000);
}

/* check_second - the claim as it is made of the new decision */
static void check_second(const char *frequency, const char *reference, uint32_t after)
{
    CcClaim *c = made(1);

    assert_non_null(c);
    assert_null(made(2));
    assert_string_equal(c->claim_id, "A1000001S");
    assert_int_equal(c->version, 2);
    assert_string_equal(c->frequency, frequency);
    assert_string_equal(c->original_reference, reference);
    assert_int_equal(c->after_version, after);
    assert_int_equal(c->coverages[0]->paid_cents, 14000);
    assert_int_equal(c->lines[0]->adjudications[0]->paid_cents, 9000);
    assert_null(fw_asked("secondary-changed"));
}

/* again_before_sent - no payer has the next claim: another original */
static void again_before_sent(void **state)
{
    (void)state;
    send(two_payers(), "150", PAID);
    child_says("validator", "checks_passed", CLAIM_STATE_READY, 1, "");
    decide_anew();
    check_second("1", "", 0);
    child_sent(2, "000000109");
    fw_answer(fw_era("E7", "35", "CLP*A1000001S*2*215*35**12*S1~CAS*OA*23*180~"));
    assert_state("A1000001S", PAID);
    assert_state("A1000001", CLOSED);
    assert_null(made(2));
}

/* again_when_decided - not while the next payer decides; then as a replacement of its number, once
 */
static void again_when_decided(void **state)
{
    (void)state;
    send(two_payers(), "150", PAID);
    child_sent(1, "000000109");
    decide_anew();
    assert_null(made(1));
    assert_string_equal(fw_last("A1000001S")->event, "payer_before");
    fw_clock_to(fw.now + 20 * DAYS);
    assert_null(made(1));
    fw_answer(fw_era("E7", "25", "CLP*A1000001S*2*215*25**12*S1~CAS*OA*23*190~"));
    check_second("7", "S1", 1);
    child_sent(2, "000000110");
    fw_answer(fw_era("E8", "10",
                     "CLP*A1000001S*22*-215*-25**12*S1~CAS*OA*23*-190~"
                     "CLP*A1000001S*2*215*35**12*S2~CAS*OA*23*180~"));
    assert_int_equal(fw_posted_sum("A1000001S"), 3500);
    assert_null(made(2));
}

/* again_when_refused - before adjudication: an original */
static void again_when_refused(void **state)
{
    (void)state;
    send(two_payers(), "150", PAID);
    child_sent(1, "000000109");
    decide_anew();
    child_says("follow-test", "277CA_U", CLAIM_STATE_REJECTED, 1, "000000109");
    check_second("1", "", 1);
}

/* overtaken - what was made as an original while the one before was already in a file is made once
 * more when that one is decided */
static void overtaken(void **state)
{
    (void)state;
    send(two_payers(), "150", PAID);
    child_says("validator", "checks_passed", CLAIM_STATE_READY, 1, "");
    decide_anew();
    check_second("1", "", 0);
    child_says("build", "batch", CLAIM_STATE_BATCHED, 1, "000000109");
    child_says("deliver", "transport_ok", CLAIM_STATE_SENT, 1, "000000109");
    assert_null(made(2));
    fw_answer(fw_era("E7", "25", "CLP*A1000001S*2*215*25**12*S1~CAS*OA*23*190~"));
    assert_non_null(made(2));
    assert_int_equal(made(2)->version, 3);
    assert_string_equal(made(2)->frequency, "7");
    assert_int_equal(made(2)->after_version, 1);
}

/* not_again - nothing left to bill, something refused, or a claim whose life is over: a person */
static void not_again(void **state)
{
    (void)state;
    send(two_payers(), "150", PAID);
    fw_answer(fw_era("E2", "65", REVERSED "CLP*A1000001*1*215*215**12*P2~"));
    assert_null(made(1));
    assert_non_null(strstr(fw_asked("secondary-changed")->question, "nothing is left"));
    fw_teardown(NULL);
    fw_setup(NULL);
    send(two_payers(), "150", PAID);
    fw_answer(fw_era("E2", "-50", REVERSED PART));
    assert_null(made(1));
    assert_non_null(strstr(fw_asked("secondary-changed")->question, "refused"));
    fw_teardown(NULL);
    fw_setup(NULL);
    send(two_payers(), "150", PAID);
    child_sent(1, "000000109");
    fw_answer(fw_era("E7", "0", "CLP*A1000001S*2*215*0**12*S1~CAS*OA*23*190~CAS*CO*50*25~"));
    choose("A1000001S", "write-off");
    assert_state("A1000001S", WRITTEN_OFF);
    decide_anew();
    assert_null(made(1));
    assert_non_null(fw_asked("secondary-changed"));
}

/* parent_ends - the next payer's payment ends the wait of the claim before */
static void parent_ends(void **state)
{
    CcClaimStatus *st;

    (void)state;
    send(two_payers(), "150", PAID);
    fw_feed(TOPIC_CLAIMS_CLEAN, "A1000001S", made(0));
    st = fw_step_status("build", "batch", CLAIM_STATE_BATCHED, 0, 1, "000000109");
    st->claim_id = fw_text("A1000001S");
    fw_feed(TOPIC_CLAIMS_STATUS, "A1000001S", st);
    fw_answer(fw_era("E7", "25", "CLP*A1000001S*2*215*25**12*S1~CAS*OA*23*190~"));
    assert_state("A1000001S", PAID);
    assert_state("A1000001", CLOSED);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, fw_setup, fw_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {CASE(by_itself),
                                       CASE(as_x12),
                                       CASE(none_by_itself),
                                       CASE(not_of_another),
                                       CASE(by_word),
                                       CASE(by_hand),
                                       CASE(split_line),
                                       CASE(taken_back),
                                       CASE(parent_ends),
                                       CASE(again_before_sent),
                                       CASE(again_when_decided),
                                       CASE(again_when_refused),
                                       CASE(overtaken),
                                       CASE(not_again)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
