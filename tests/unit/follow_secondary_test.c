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

/* by_word - of what was refused in part a person sends the rest on, as it was decided */
static void by_word(void **state)
{
    CcAnswer *a;

    (void)state;
    send(two_payers(), "100", PART);
    a = event_new(fw.memory, &cc_answer__descriptor);
    a->kind = fw_text("person");
    a->level = fw_text("claim");
    a->claim_id = fw_text("A1000001");
    a->key = fw_text("person|1");
    a->answer = event_new(fw.memory, &cc_review_answer__descriptor);
    a->answer->choice = fw_text("bill-next");
    a->answer->review_id = fw_asked("paid-in-part")->review_id;
    fw_feed(TOPIC_PAYER_ANSWERS, "A1000001", a);
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

/* taken_back - after the next payer was billed, a person hears of it */
static void taken_back(void **state)
{
    (void)state;
    send(two_payers(), "150", PAID);
    fw_answer(
        fw_era("E2", "0",
               "CLP*A1000001*22*-215*-150**12*P1~SVC*HC:99214:25*-165*-100~CAS*CO*45*-40~CAS*PR*"
               "3*-25~SVC*HC:83036:QW*-50*-50~PLB*1234567893*20261231*FB:X*-150~"));
    assert_state("A1000001", REVERSED);
    assert_non_null(fw_asked("secondary-changed"));
    assert_null(made(1));
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
    const struct CMUnitTest tests[] = {CASE(by_itself),      CASE(as_x12),     CASE(none_by_itself),
                                       CASE(not_of_another), CASE(by_word),    CASE(by_hand),
                                       CASE(split_line),     CASE(taken_back), CASE(parent_ends)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
