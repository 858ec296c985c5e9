/* follow_test.c - payers' answers become states, payments and work: once, in any order, never more
 * than was billed */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/base/money.h"
#include "tests/support/following.h"
#include "tests/support/reply.h"

enum { RECORDS = 64 };

#define PAID_1 "CLP*A1000001*1*215*150*25*12*P1~CAS*CO*45*40~CAS*PR*3*25~"
#define TAKEN_1 "CLP*A1000001*22*-215*-150**12*P1~CAS*CO*45*-40~CAS*PR*3*-25~"
#define AGAIN_1 "CLP*A1000001*1*215*100*25*12*P2~CAS*CO*45*40**50*50~CAS*PR*3*25~"

/* whole_life - from the batch to the payment, as billing §2.6, §4.4 and §6.6 tell it */
static void whole_life(void **state)
{
    CcReviewItem *item;

    (void)state;
    fw_send_file("000000101");
    fw_answer(fw_golden_reply("ta1.x12", NULL, NULL));
    assert_state("A1000001", SENT);
    fw_answer(fw_golden_reply("999.x12", "AK2*837*0002",
                              "AK2*837*0009")); /* 0001 accepted, a set that is not ours refused */
    assert_state("A1000001", SYNTAX_OK);
    assert_non_null(fw_asked("unknown-file"));
    fw_answer(fw_golden_reply("277ca.x12", NULL, NULL));
    assert_state("A1000001", ACCEPTED);
    assert_string_equal(fw_last("A1000001")->payer_claim, "SHP2026040100042");
    assert_string_equal(fw_last("A1000001")->codes[0], "A2:20:PR");
    assert_state("A1000002", REJECTED);
    item = fw_asked("rejected");
    assert_string_equal(item->claim_id, "A1000002");
    assert_int_equal(item->due_date, 20260925);
    fw_answer(fw_golden_reply("835.x12", NULL, NULL));
    assert_state("A1000001", PARTIAL);
    assert_int_equal(fw_last("A1000001")->paid_cents, 10000);
    assert_int_equal(fw_last("A1000001")->patient_cents, 2500);
    assert_int_equal(fw_last("A1000001")->contractual_cents, 4000);
    item = fw_asked("paid-in-part");
    assert_string_equal(item->route, "FIX");
    assert_non_null(strstr(item->fix, "CLIA"));
    assert_non_null(strstr(item->fix, "SHP2026040100042"));
    assert_int_equal(item->at_stake_cents, 5000);
    assert_non_null(fw_asked("provider-adjustment"));
}

/* told - the n-th that validator and coder are told: that a version is in a file, or what became of
 * it */
static CcDecision *told(size_t n, bool in_file)
{
    for (size_t i = 0; i < svc_sim_count(fw.sim); i++) {
        CcDecision *d;

        if (svc_sim_output(fw.sim, i)->topic != TOPIC_CLAIMS_DECISIONS)
            continue;
        assert_string_equal(svc_sim_output(fw.sim, i)->key, "0011223344556677");
        d = fw_output(i, &cc_decision__descriptor);
        if ((d->payer_state == CLAIM_STATE_BATCHED) == in_file && n-- == 0)
            return d;
    }
    return NULL;
}

/* decision - the n-th of what became of a claim */
static CcDecision *decision(size_t n)
{
    return told(n, false);
}

/* tells_validator - once a claim is refused or decided, with the payer's number; acknowledgments
 * and what is said twice are no decision */
static void tells_validator(void **state)
{
    (void)state;
    fw_send_file("000000101");
    fw_answer(fw_golden_reply("ta1.x12", NULL, NULL));
    assert_null(decision(0));
    fw_answer(fw_golden_reply("277ca.x12", NULL, NULL));
    assert_null(decision(1));
    assert_string_equal(decision(0)->claim_id, "A1000002");
    assert_int_equal(decision(0)->payer_state, CLAIM_STATE_REJECTED);
    assert_int_equal(decision(0)->payer_date, 0);
    fw_answer(fw_golden_reply("835.x12", NULL, NULL));
    fw_answer(fw_golden_reply("835.x12", NULL, NULL));
    assert_null(decision(2));
    assert_string_equal(decision(1)->claim_id, "A1000001");
    assert_int_equal(decision(1)->version, 1);
    assert_int_equal(decision(1)->payer_state, CLAIM_STATE_PARTIAL);
    assert_string_equal(decision(1)->payer_claim, "SHP2026040100042");
    assert_string_equal(decision(1)->role, "");
    assert_int_equal(decision(1)->unprocessable, 0);
    assert_int_equal(decision(1)->payer_date, 20260415); /* BPR16 */
}

/* tells_sent - once a version is in a file, however many steps say so */
static void tells_sent(void **state)
{
    (void)state;
    fw_send_file("000000101");
    assert_non_null(told(0, true));
    assert_int_equal(told(0, true)->version, 1);
    assert_null(told(CLAIMS, true));
    fw_say("deliver", "transport_ok", CLAIM_STATE_SENT, 0, "000000101");
    assert_null(told(CLAIMS, true));
}

/* remittance_split - charge = paid + contractual + patient + other */
static void remittance_split(void **state)
{
    (void)state;
    fw_send_file("000000101");
    fw_answer(fw_golden_reply("835.x12", NULL, NULL));
    for (size_t i = 0; i < svc_sim_count(fw.sim); i++)
        if (svc_sim_output(fw.sim, i)->topic == TOPIC_REMITTANCES) {
            CcRemittance *r = fw_output(i, &cc_remittance__descriptor);

            assert_int_equal(r->charge_cents, r->paid_cents + r->contractual_cents +
                                                  r->patient_cents + r->other_cents);
            assert_string_equal(r->outcome, "PARTIAL");
            assert_int_equal(r->n_lines, 2);
            assert_int_equal(r->lines[0]->contractual_cents, 4000);
            assert_int_equal(r->lines[0]->patient_cents, 2500);
            assert_int_equal(r->lines[0]->denied_cents, 0);
            assert_int_equal(r->lines[1]->other_cents, 5000);
            assert_int_equal(r->lines[1]->denied_cents, 5000);
            assert_string_equal(r->receiver, FW_RECEIVER);
        }
    assert_int_equal(fw_count(TOPIC_REMITTANCES),
                     1); /* the two of A0999990 wait: nobody knows that claim */
}

/* unknown_claim - a payment for a claim that nobody knows waits, then goes to suspense */
static void unknown_claim(void **state)
{
    (void)state;
    fw_answer(fw_golden_reply("835.x12", NULL, NULL));
    assert_int_equal(fw_count(TOPIC_REMITTANCES), 0);
    assert_null(fw_asked("unknown-claim"));
    fw_clock_to(fw.now + 2 * HOUR);
    assert_non_null(fw_asked("unknown-claim"));
    assert_int_equal(fw_count(TOPIC_REMITTANCES), 0);
}

/* before_it_is_known - answers that come first are applied when the claim is known */
static void before_it_is_known(void **state)
{
    (void)state;
    fw_answer(fw_golden_reply("277ca.x12", NULL, NULL));
    fw_answer(fw_golden_reply("999.x12", "IK5*R*I5", "IK5*A"));
    assert_null(fw_last("A1000001"));
    fw_send_file("000000101");
    assert_state("A1000001", ACCEPTED);
    assert_state("A1000002", REJECTED);
    fw_clock_to(fw.now + 2 * HOUR);
    assert_null(fw_asked("unknown-claim"));
}

/* refuse_set - a 999 R about set 0001 of group 101; the segments between AK2 and IK5 are given */
static void refuse_set(const char *faults)
{
    struct buf set, b;

    buf_init(&set);
    buf_init(&b);
    buf_addf(&set, "AK1*HC*101*005010X222A1~AK2*837*0001*005010X222A1~%sIK5*R*I5~AK9*R*1*1*0~",
             faults);
    reply_envelope("FA", "005010X231A1", "999", set.data, &b);
    fw_answer(fw_reply_of(&b));
    buf_release(&set);
    buf_release(&b);
}

/* partial_999 - billing §4.3: the culprit is held, the other goes again with its own bytes, still
 * an original */
static void partial_999(void **state)
{
    CcClaim *again = NULL;

    (void)state;
    fw_send_file("000000101");
    refuse_set("IK3*NM1*46*2310*8~CTX*CLM01:A1000002~IK4*9*67*7~");
    assert_state("A1000002", HELD);
    assert_non_null(fw_asked("refused-999"));
    assert_state("A1000001", READY);
    for (size_t i = 0; i < svc_sim_count(fw.sim); i++)
        if (svc_sim_output(fw.sim, i)->topic == TOPIC_CLAIMS_CLEAN) {
            assert_null(again);
            again = fw_output(i, &cc_claim__descriptor);
        }
    assert_non_null(again);
    assert_string_equal(again->claim_id, "A1000001");
    assert_int_equal(again->version, 1);
    assert_int_equal(again->attempt, 1);
    assert_string_equal(again->receiver, FW_RECEIVER);
    assert_int_equal(again->n_lines, 2);
}

/* culprit_by_position - IK302 without CTX finds the claim in what we sent; one in a header finds
 * nobody */
static void culprit_by_position(void **state)
{
    (void)state;
    fw_send_file("000000101");
    refuse_set("IK3*NM1*23*2310*8~CTX*SITUATIONAL TRIGGER*CLM*19~IK4*9*67*7~");
    assert_state("A1000001", HELD);
    assert_state("A1000002", READY);
    fw_teardown(NULL);
    fw_setup(NULL);
    fw_send_file("000000101");
    refuse_set("IK3*SBR*34*2000*8~IK4*9*1032*7~"); /* the subscriber of the second claim */
    assert_state("A1000001", READY);
    assert_state("A1000002", HELD);
    assert_string_equal(decision(0)->claim_id, "A1000002");
    assert_int_equal(decision(0)->payer_state, CLAIM_STATE_REJECTED);
    assert_null(decision(1));
}

/* fault_of_nobody - a fault in the billing provider's loop holds all and sends none again */
static void fault_of_nobody(void **state)
{
    (void)state;
    fw_send_file("000000101");
    refuse_set("IK3*N4*10*2010*8~IK4*3*116*5~");
    assert_state("A1000001", HELD);
    assert_state("A1000002", HELD);
    assert_non_null(fw_asked("writer-bug"));
    assert_int_equal(fw_count(TOPIC_CLAIMS_CLEAN), 0);
}

/* refuse_file - TA1 R */
static void refuse_file(const char *isa13, const char *note)
{
    struct buf b;
    char with[64];

    buf_init(&b);
    reply_golden("ta1.x12", &b);
    snprintf(with, sizeof(with), "TA1*%s", isa13);
    assert_true(reply_replace(&b, "TA1*000000101", with));
    snprintf(with, sizeof(with), "*R*%s", note);
    assert_true(reply_replace(&b, "*A*000", with));
    fw_answer(fw_reply_of(&b));
    buf_release(&b);
}

/* ta1_refused_twice - sent again once with new numbers, then a person */
static void ta1_refused_twice(void **state)
{
    (void)state;
    fw_send_file("000000101");
    refuse_file("000000101", "023");
    assert_state("A1000001", READY);
    assert_int_equal(fw_count(TOPIC_CLAIMS_CLEAN), 2);
    assert_non_null(fw_asked("file-refused"));
    fw_send_file("000000102");
    refuse_file("000000102", "023");
    assert_state("A1000001", HELD);
    assert_int_equal(decision(0)->payer_state, CLAIM_STATE_REJECTED); /* never processed */
    assert_non_null(fw_asked("resend-limit"));
    assert_int_equal(fw_count(TOPIC_CLAIMS_CLEAN), 2);
}

/* ta1_duplicate - a file refused as a duplicate was read before: never again by itself */
static void ta1_duplicate(void **state)
{
    (void)state;
    fw_send_file("000000101");
    refuse_file("000000101", "025");
    assert_null(fw_last("A1000001"));
    assert_int_equal(fw_count(TOPIC_CLAIMS_CLEAN), 0);
    assert_non_null(fw_asked("duplicate-file"));
}

/* old_attempt - an answer about the refused file that comes after the new one was sent changes
 * nothing */
static void old_attempt(void **state)
{
    (void)state;
    fw_send_file("000000101");
    refuse_file("000000101", "023");
    fw_send_file("000000102");
    fw_answer(fw_golden_reply("999.x12", "IK5*R*I5", "IK5*A")); /* of group 101 */
    assert_int_not_equal(fw_last("A1000001")->state, CLAIM_STATE_SYNTAX_OK);
    assert_non_null(strstr(fw_last("A1000001")->reason, "earlier file"));
}

/* unbalanced - one cent off: nothing is posted, one question names equation, place and difference
 */
static void unbalanced(void **state)
{
    (void)state;
    fw_send_file("000000101");
    fw_answer(fw_golden_reply("835.x12", "*165*100**1~", "*165*100.01**1~"));
    assert_int_equal(fw_count(TOPIC_REMITTANCES), 0);
    assert_int_equal(fw_count(TOPIC_WORK_REVIEW), 1);
    assert_non_null(strstr(fw_asked("remittance-unbalanced")->question, "equation line"));
    assert_non_null(strstr(fw_asked("remittance-unbalanced")->question, "A1000001L1"));
    assert_non_null(strstr(fw_asked("remittance-unbalanced")->question, "0.01"));
}

/* same_payment_twice - in another file: refused; with another amount: alarm; neither is posted */
static void same_payment_twice(void **state)
{
    (void)state;
    fw_send_file("000000101");
    fw_answer(fw_era("E1", "150", PAID_1));
    assert_state("A1000001", PAID);
    fw_answer(fw_era("E1", "150", PAID_1)); /* the same bytes: not even split again */
    assert_int_equal(fw_count(TOPIC_WORK_REVIEW), 0);
    fw_answer(fw_era("E1", "150", PAID_1 "REF*EA*1~"));
    assert_non_null(fw_asked("remittance-repeated"));
    fw_answer(fw_era("E1", "140", "CLP*A1000001*1*215*140*25*12*P1~CAS*CO*45*50~CAS*PR*3*25~"));
    assert_non_null(fw_asked("remittance-conflict"));
    assert_int_equal(fw_posted_sum("A1000001"), 15000);
    assert_int_equal(fw_count(TOPIC_REMITTANCES), 1);
}

/* reversal_and_correction - billing §6.5, and the reversal coming twice */
static void reversal_and_correction(void **state)
{
    (void)state;
    fw_send_file("000000101");
    fw_answer(fw_era("E1", "150", PAID_1));
    fw_answer(fw_era("E2", "0", TAKEN_1 "PLB*1234567893*20261231*FB:X*-150~"));
    assert_state("A1000001", REVERSED);
    assert_int_equal(fw_last("A1000001")->paid_cents, 0);
    fw_answer(fw_era("E3", "0", TAKEN_1 "PLB*1234567893*20261231*FB:X*-150~"));
    assert_state("A1000001", REVERSED);
    fw_answer(fw_era("E4", "100", AGAIN_1));
    assert_state("A1000001", PARTIAL);
    assert_string_equal(fw_last("A1000001")->event, "era_correction");
    assert_int_equal(fw_last("A1000001")->paid_cents, 10000);
    assert_int_equal(fw_posted_sum("A1000001"), 10000);
    fw_clock_to(fw.now + 2 * HOUR);
    assert_non_null(fw_asked("unmatched-reversal")); /* the second one */
    assert_int_equal(fw_posted_sum("A1000001"), 10000);
}

/* correction_first - the halves of a pair in the wrong order */
static void correction_first(void **state)
{
    (void)state;
    fw_send_file("000000101");
    fw_answer(fw_era("E1", "150", PAID_1));
    fw_answer(fw_era("E4", "100", AGAIN_1));
    assert_state("A1000001", PAID);
    assert_int_equal(fw_posted_sum("A1000001"), 15000);
    fw_answer(fw_era("E2", "0", TAKEN_1 "PLB*1234567893*20261231*FB:X*-150~"));
    assert_state("A1000001", PARTIAL);
    assert_int_equal(fw_posted_sum("A1000001"), 10000);
}

/* second_payment - without a reversal: never posted, a person looks */
static void second_payment(void **state)
{
    (void)state;
    fw_send_file("000000101");
    fw_answer(fw_era("E1", "150", PAID_1));
    fw_answer(fw_era("E4", "100", AGAIN_1));
    fw_clock_to(fw.now + 2 * HOUR);
    assert_non_null(fw_asked("second-payment"));
    assert_int_equal(fw_asked("second-payment")->at_stake_cents, 10000);
    assert_state("A1000001", PAID);
    assert_true(fw_last("A1000001")->refused);
    assert_int_equal(fw_posted_sum("A1000001"), 15000);
}

/* split_claim - A5: two payer claims that together are what was billed */
static void split_claim(void **state)
{
    (void)state;
    fw_send_file("000000101");
    fw_answer(fw_era("E1", "100", "CLP*A1000001*1*165*100**12*P1~CAS*CO*45*65~"));
    assert_state("A1000001", PAID);
    fw_answer(fw_era("E2", "0", "CLP*A1000001*1*50*0**12*P2~CAS*CO*50*50~"));
    assert_state("A1000001", PARTIAL);
    assert_int_equal(fw_posted_sum("A1000001"), 10000);
}

/* two_payers - forwarded by the first, decided by the second, in either order */
static void two_payers(void **state)
{
    const char *first =
        "CLP*A1000001*19*215*150*25*12*P1~CAS*CO*45*40~CAS*PR*2*25~NM1*TT*2*NEXT*****PI*N1~";
    const char *second = "CLP*A1000001*2*215*25**12*S1~CAS*OA*23*190~";

    (void)state;
    for (int order = 0; order < 2; order++) {
        fw_send_file("000000101");
        fw_answer(fw_era("E1", order ? "25" : "150", order ? second : first));
        assert_int_equal(fw_last("A1000001")->state,
                         order ? CLAIM_STATE_PAID : CLAIM_STATE_COB_WAIT);
        fw_answer(fw_era("E2", order ? "150" : "25", order ? first : second));
        assert_state("A1000001", PAID);
        assert_int_equal(fw_last("A1000001")->paid_cents, 17500);
        assert_int_equal(fw_last("A1000001")->patient_cents, 0);
        fw_teardown(NULL);
        fw_setup(NULL);
    }
}

/* denied - with its route, its way to be sent again, and its deadline */
static void denied(void **state)
{
    CcReviewItem *item;

    (void)state;
    fw_send_file("000000101");
    fw_answer(fw_era("E1", "0", "CLP*A1000001*1*215*0**12*P1~CAS*CO*197*215~"));
    assert_state("A1000001", DENIED);
    assert_string_equal(fw_last("A1000001")->event, "era_denied");
    item = fw_asked("denied");
    assert_string_equal(item->route, "APP");
    assert_int_equal(item->due_date, 20260813); /* 120 days from the payment */
    assert_int_equal(item->at_stake_cents, 21500);
    assert_non_null(strstr(item->question, "CO197"));
    fw_answer(fw_era("E2", "0", "CLP*A1000002*1*240*0**12*P2~CAS*CO*16*240~MOA***MA130~"));
    item = fw_asked("denied");
    assert_string_equal(item->route, "FIX");
    assert_non_null(strstr(item->fix, "frequency 1"));
    assert_int_equal(item->due_date, 20260925);
}

/* contradiction - a 999 R after acceptance is refused, recorded, asked about */
static void contradiction(void **state)
{
    (void)state;
    fw_send_file("000000101");
    fw_answer(fw_golden_reply("277ca.x12", NULL, NULL));
    refuse_set("IK3*NM1*23*2310*8~CTX*CLM01:A1000001~");
    assert_state("A1000001", ACCEPTED);
    assert_non_null(fw_asked("unexpected-answer"));
    assert_int_equal(fw_count(TOPIC_CLAIMS_CLEAN), 0);
}

/* refused_batch - 277CA U about the batch is about every claim of it */
static void refused_batch(void **state)
{
    struct buf b;

    (void)state;
    fw_send_file("000000101");
    buf_init(&b);
    reply_envelope("HN", "005010X214", "277",
                   "BHT*0085*08*X1*20260401*1130*TH~HL*1**20*1~NM1*AY*2*C*****46*CLRHOUSE01~TRN*1*"
                   "1~HL*2*1*21*0~"
                   "NM1*41*2*G*****46*S~TRN*2*B20260401P001~STC*A3:24:41*20260401*U*455~QTY*AA*2~",
                   &b);
    fw_answer(fw_reply_of(&b));
    buf_release(&b);
    assert_state("A1000001", REJECTED);
    assert_state("A1000002", REJECTED);
}

/* counts_differ - the receiver counted other claims than we sent */
static void counts_differ(void **state)
{
    (void)state;
    fw_send_file("000000101");
    fw_answer(fw_golden_reply("277ca.x12", "QTY*90*1~", "QTY*90*7~"));
    assert_non_null(strstr(fw_asked("count-mismatch")->question, "2 claims sent"));
}

/* clocks - silence leads somewhere from every waiting state */
static void clocks(void **state)
{
    (void)state;
    fw_send_file("000000101");
    fw_clock_to(fw.now + 47 * HOUR);
    assert_null(fw_last("A1000001"));
    fw_clock_to(fw.now + 2 * HOUR);
    assert_state("A1000001", UNKNOWN);
    assert_string_equal(fw_last("A1000001")->event, "ack_timeout");
    assert_non_null(fw_asked("silent"));
    fw_answer(fw_golden_reply("277ca.x12", NULL, NULL));
    assert_state("A1000001", ACCEPTED);
    fw_clock_to(fw.now + 22 * 24 * HOUR);
    assert_state("A1000001", ACCEPTED);
    assert_non_null(fw_asked("no-payment"));
    fw_answer(fw_era("E1", "215", "CLP*A1000001*1*215*215**12*P1~"));
    assert_state("A1000001", PAID);
    fw_clock_to(fw.now + INT64_C(91) * 24 * HOUR);
    assert_state("A1000001", CLOSED);
}

/* clock_again - a reminder comes again and again while nothing changes, and never closes what is
 * owed */
static void clock_again(void **state)
{
    size_t before;

    (void)state;
    fw_send_file("000000101");
    fw_answer(fw_era("E1", "150", PAID_1)); /* the patient owes 25 */
    fw_clock_to(fw.now + INT64_C(91) * 24 * HOUR);
    assert_state("A1000001", PAID);
    assert_non_null(fw_asked("balance-left"));
    before = fw_count(TOPIC_WORK_REVIEW);
    fw_clock_to(fw.now + INT64_C(91) * 24 * HOUR);
    assert_true(fw_count(TOPIC_WORK_REVIEW) > before);
}

/* new_version - while the payer has not decided the version that it has, a newer one only waits;
 * in a file of its own it ends the attempt: late answers to the old file move nothing */
static void new_version(void **state)
{
    CcClaimStatus *s;

    (void)state;
    fw_send_file("000000101");
    s = fw_step_status("coder", "coded", CLAIM_STATE_CODED, 0, 2, "");
    fw_feed(TOPIC_CLAIMS_STATUS, s->claim_id, s);
    assert_int_equal(fw_last("A1000001")->version, 1);
    assert_non_null(strstr(fw_last("A1000001")->reason, "a newer version waits"));
    fw_answer(fw_golden_reply("999.x12", "IK5*R*I5", "IK5*A"));
    assert_state("A1000001", SYNTAX_OK);
    assert_state("A1000002", SYNTAX_OK);
    s = fw_step_status("build", "batch", CLAIM_STATE_BATCHED, 0, 2, "000000103");
    fw_feed(TOPIC_CLAIMS_STATUS, s->claim_id, s);
    fw_answer(fw_golden_reply("277ca.x12", NULL, NULL)); /* of the old batch */
    assert_state("A1000001", BATCHED);
    assert_non_null(strstr(fw_last("A1000001")->reason, "earlier file"));
}

/* ahead_of_status - the 277CA to a replacement is here before the word that it is in a file: it
 * waits for it, and is no late news of the version before */
static void ahead_of_status(void **state)
{
    CcClaimStatus *s;
    CcReply *second;
    struct buf b;

    (void)state;
    fw_send_file("000000101");
    fw_answer(fw_golden_reply("277ca.x12", NULL, NULL));
    fw_answer(fw_era("E1", "150", PAID_1));
    assert_state("A1000001", PAID);
    buf_init(&b);
    reply_golden("277ca.x12", &b);
    assert_true(reply_replace(&b, "CA20260401X1", "CA20260402X1"));
    assert_true(reply_replace(&b, fw_batch_of("000000101"), fw_batch_of("000000103")));
    second = fw_reply_of(&b);
    buf_release(&b);
    fw_answer(second);
    assert_state("A1000001", PAID);
    s = fw_step_status("build", "batch", CLAIM_STATE_BATCHED, 0, 2, "000000103");
    fw_feed(TOPIC_CLAIMS_STATUS, s->claim_id, s);
    assert_state("A1000001", ACCEPTED);
    assert_int_equal(fw_last("A1000001")->version, 2);
}

/* own_batch_number - a payer whose 277CA quotes a number of its own is heard at once */
static void own_batch_number(void **state)
{
    (void)state;
    fw_send_file("000000101");
    fw_answer(fw_golden_reply("277ca.x12", fw_batch_of("000000101"), "PAYER-77"));
    assert_state("A1000001", ACCEPTED);
}

/* made_too_late - a newer version was made before it was known that the older is in a file: the
 * older is the one that the payer has, and its answers are heard */
static void made_too_late(void **state)
{
    CcClaimStatus *s;

    (void)state;
    s = fw_step_status("coder", "coded", CLAIM_STATE_CODED, 0, 2, "");
    fw_feed(TOPIC_CLAIMS_STATUS, s->claim_id, s);
    fw_send_file("000000101"); /* version 1 */
    s = fw_step_status("build", "checks_failed", CLAIM_STATE_HELD, 0, 2, "");
    fw_feed(TOPIC_CLAIMS_STATUS, s->claim_id, s);
    assert_non_null(strstr(fw_last("A1000001")->reason, "a newer version waits"));
    fw_answer(fw_era("E1", "150", PAID_1));
    assert_state("A1000001", PAID);
    assert_int_equal(decision(0)->version, 1);
    s = fw_step_status("coder", "coded", CLAIM_STATE_CODED, 0, 3, "");
    fw_feed(TOPIC_CLAIMS_STATUS, s->claim_id, s);
    s = fw_step_status("build", "batch", CLAIM_STATE_BATCHED, 0, 3, "000000109");
    fw_feed(TOPIC_CLAIMS_STATUS, s->claim_id, s);
    assert_int_equal(told(CLAIMS, true)->version, 3);
}

/* void_refused - the payer's front end refuses a void: it is no late news, a person looks and the
 * coder is told */
static void void_refused(void **state)
{
    CcClaimStatus *s;

    (void)state;
    s = fw_step_status("coder", "void", CLAIM_STATE_VOID_PENDING, 1, 2, "");
    fw_feed(TOPIC_CLAIMS_STATUS, s->claim_id, s);
    fw_send_file("000000101");
    s = fw_step_status("build", "batch", CLAIM_STATE_BATCHED, 1, 2, "000000101");
    fw_feed(TOPIC_CLAIMS_STATUS, s->claim_id, s);
    fw_answer(fw_golden_reply("277ca.x12", NULL, NULL));
    assert_state("A1000002", VOID_PENDING);
    assert_int_equal(decision(0)->version, 2);
    assert_int_equal(decision(0)->payer_state, CLAIM_STATE_REJECTED);
    assert_non_null(fw_asked("rejected"));
}

/* void_not_sent - what no payer has is void at once */
static void void_not_sent(void **state)
{
    CcClaimStatus *s;

    (void)state;
    s = fw_step_status("coder", "void", CLAIM_STATE_VOID_PENDING, 0, 2, "");
    fw_feed(TOPIC_CLAIMS_STATUS, s->claim_id, s);
    s = fw_step_status("build", "not_sent", CLAIM_STATE_VOIDED, 0, 2, "");
    fw_feed(TOPIC_CLAIMS_STATUS, s->claim_id, s);
    fw_say("deliver", "transport_ok", CLAIM_STATE_SENT, 0, "000000101"); /* is answered */
    assert_state("A1000001", VOIDED);
}

/* late_status - another step's record behind ours is answered, so that the newest of the topic is
 * true */
static void late_status(void **state)
{
    size_t before;

    (void)state;
    fw_send_file("000000101");
    fw_answer(fw_golden_reply("277ca.x12", NULL, NULL));
    before = fw_count(TOPIC_CLAIMS_STATUS);
    fw_say("deliver", "transport_ok", CLAIM_STATE_SENT, 0, "000000101");
    assert_int_equal(fw_count(TOPIC_CLAIMS_STATUS), before + 1);
    assert_state("A1000001", ACCEPTED);
}

/* damaged_replies - cut, binary, empty, too large, a foreign kind: each is asked about once, and
 * hides nothing */
static void damaged_replies(void **state)
{
    struct buf b;
    CcReply *r;

    (void)state;
    fw_send_file("000000101");
    buf_init(&b);
    reply_golden("999.x12", &b);
    reply_golden("277ca.x12", &b);
    b.len -= 40;
    fw_answer(fw_reply_of(&b));
    assert_non_null(fw_asked("reply-damaged"));
    assert_state("A1000001", SYNTAX_OK);
    buf_reset(&b);
    buf_add(&b, "\0\1binary\xff", 9);
    fw_answer(fw_reply_of(&b));
    assert_int_equal(fw_count(TOPIC_WORK_REVIEW),
                     3); /* both damages, and the set of the 999 that is not ours */
    r = fw_reply_of(&b);
    r->sha256 = fw_text("feed");
    r->x12.len = 0;
    r->bytes = 99999999;
    fw_answer(r);
    assert_non_null(fw_asked("reply-too-large"));
    buf_reset(&b);
    reply_golden("837p.x12", &b);
    fw_answer(fw_reply_of(&b));
    assert_non_null(strstr(fw_asked("reply-damaged")->question, "no answer"));
    buf_release(&b);
}

/* foreign_numbers - claim numbers that cannot be ours go to a person at once */
static void foreign_numbers(void **state)
{
    (void)state;
    fw_answer(fw_era("E1", "10", "CLP*not-ours/1*1*10*10**12*P1~"));
    assert_non_null(fw_asked("unknown-claim"));
    assert_int_equal(fw_count(TOPIC_REMITTANCES), 0);
}

/* tampered - a reply whose bytes are not those of its key is a dead letter */
static void tampered(void **state)
{
    CcReply *r = fw_golden_reply("ta1.x12", NULL, NULL);

    (void)state;
    r->x12.data[120] ^= 1;
    assert_int_equal(
        svc_sim_feed(fw.sim, TOPIC_PAYER_REPLIES, 0, r->sha256, "x", &r->base, fw.now, &fw.error),
        0);
    assert_true(svc_sim_output(fw.sim, 0)->dead);
    assert_string_equal(svc_sim_output(fw.sim, 0)->dead_reason, "sha256");
}

/* no_patient_data - nothing but remittances and claims carries what the payer says of a patient */
static void no_patient_data(void **state)
{
    static const char *const planted[] = {"TESTER",    "ADA",  "SYN0001234",
                                          "SAMPLEMAN", "CLEO", "ABC556677"};

    (void)state;
    fw_send_file("000000101");
    fw_answer(fw_golden_reply("277ca.x12", NULL, NULL));
    fw_answer(fw_golden_reply("835.x12", "*165*100**1~", "*165*100.01**1~"));
    for (size_t i = 0; i < svc_sim_count(fw.sim); i++) {
        const struct svc_sim_output *o = svc_sim_output(fw.sim, i);

        if (o->topic == TOPIC_CLAIMS_STATUS || o->topic == TOPIC_WORK_REVIEW)
            for (size_t p = 0; p < sizeof(planted) / sizeof(planted[0]); p++)
                assert_null(memmem(o->value, o->value_len, planted[p], strlen(planted[p])));
    }
}

/* One record of a shuffled life. */
struct record {
    enum topic topic;
    const char *key;
    void *m;
};

static struct record records[RECORDS];
static size_t n_records;

/* note - one record for the shuffle */
static void note(enum topic t, const char *key, void *m)
{
    records[n_records++] = (struct record){t, key, m};
}

/* note_life - every record of two whole lives, with a reversal and a correction */
static void note_life(void)
{
    CcReply *r[] = {fw_golden_reply("ta1.x12", NULL, NULL),
                    fw_golden_reply("999.x12", "IK5*R*I5", "IK5*A"),
                    fw_golden_reply("277ca.x12", NULL, NULL),
                    fw_era("E1", "150", PAID_1),
                    fw_era("E2", "0", TAKEN_1 "PLB*1234567893*20261231*FB:X*-150~"),
                    fw_era("E3", "100", AGAIN_1)};

    n_records = 0;
    for (int i = 0; i < CLAIMS; i++) {
        note(TOPIC_CLAIMS_STATUS, fw_ids[i],
             fw_step_status("coder", "coded", CLAIM_STATE_CODED, i, 1, ""));
        note(TOPIC_CLAIMS_STATUS, fw_ids[i],
             fw_step_status("validator", "checks_passed", CLAIM_STATE_READY, i, 1, ""));
        note(TOPIC_CLAIMS_STATUS, fw_ids[i],
             fw_step_status("build", "batch", CLAIM_STATE_BATCHED, i, 1, "000000101"));
        note(TOPIC_CLAIMS_STATUS, fw_ids[i],
             fw_step_status("deliver", "transport_ok", CLAIM_STATE_SENT, i, 1, "000000101"));
    }
    note(TOPIC_INTERCHANGES, FW_RECEIVER, fw_our_file("000000101"));
    for (size_t i = 0; i < sizeof(r) / sizeof(r[0]); i++)
        note(TOPIC_PAYER_REPLIES, r[i]->sha256, r[i]);
}

/* next_random - xorshift: the same on every machine */
static uint64_t next_random(uint64_t *s)
{
    *s ^= *s << 13;
    *s ^= *s >> 7;
    *s ^= *s << 17;
    return *s;
}

/* shuffled_and_doubled - every record twice, in any order: the same final states, the same money */
static void shuffled_and_doubled(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        size_t order[2 * RECORDS], n;
        uint64_t s = seed * 2654435761u;

        note_life();
        n = 2 * n_records;
        for (size_t i = 0; i < n; i++)
            order[i] = i % n_records;
        for (size_t i = n; seed > 1 && i > 1; i--) {
            size_t k = next_random(&s) % i, t = order[i - 1];

            order[i - 1] = order[k];
            order[k] = t;
        }
        for (size_t i = 0; i < n; i++)
            fw_feed(records[order[i]].topic, records[order[i]].key, records[order[i]].m);
        if (fw_last("A1000001")->state != CLAIM_STATE_PARTIAL ||
            fw_last("A1000002")->state != CLAIM_STATE_REJECTED ||
            fw_posted_sum("A1000001") != 10000 || fw_last("A1000001")->paid_cents != 10000)
            fail_msg("seed %llu: states %d %d, posted %lld", (unsigned long long)seed,
                     (int)fw_last("A1000001")->state, (int)fw_last("A1000002")->state,
                     (long long)fw_posted_sum("A1000001"));
        fw_teardown(NULL);
        fw_setup(NULL);
    }
}

/* money_model - random payments, reversals, corrections and second payers: never more in force than
 * was billed, and the status always says the sum of what was published */
static void money_model(void **state)
{
    static const struct {
        const char *paid, *claims;
    } moves[] = {
        {"150", PAID_1},
        {"0", TAKEN_1 "PLB*1234567893*20261231*FB:X*-150~"},
        {"100", AGAIN_1},
        {"0", "CLP*A1000001*22*-215*-100**12*P2~CAS*CO*45*-40**50*-50~CAS*PR*3*-25~PLB*1234567893*"
              "20261231*FB:X*-100~"},
        {"25", "CLP*A1000001*2*215*25**12*S1~CAS*OA*23*190~"},
        {"0", "CLP*A1000001*1*215*0**12*P3~CAS*CO*29*215~"},
        {"60", "CLP*A1000001*1*100*60**12*P4~CAS*CO*45*40~"},
    };

    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        uint64_t s = seed * 88172645463325252u;

        fw_send_file("000000101");
        for (int step = 0; step < 25; step++) {
            size_t m = next_random(&s) % (sizeof(moves) / sizeof(moves[0]));
            char trace[32];
            int64_t sum;

            snprintf(trace, sizeof(trace), "E%d", step);
            fw_answer(fw_era(trace, moves[m].paid, moves[m].claims));
            sum = fw_posted_sum("A1000001");
            assert_true(sum >= 0 && sum <= 21500 + 2500);
            if (fw_last("A1000001"))
                assert_int_equal(fw_last("A1000001")->paid_cents, sum);
        }
        fw_teardown(NULL);
        fw_setup(NULL);
    }
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, fw_setup, fw_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(whole_life),
        CASE(tells_validator),
        CASE(tells_sent),
        CASE(remittance_split),
        CASE(unknown_claim),
        CASE(before_it_is_known),
        CASE(partial_999),
        CASE(culprit_by_position),
        CASE(fault_of_nobody),
        CASE(ta1_refused_twice),
        CASE(ta1_duplicate),
        CASE(old_attempt),
        CASE(unbalanced),
        CASE(same_payment_twice),
        CASE(reversal_and_correction),
        CASE(correction_first),
        CASE(second_payment),
        CASE(split_claim),
        CASE(two_payers),
        CASE(denied),
        CASE(contradiction),
        CASE(refused_batch),
        CASE(counts_differ),
        CASE(clocks),
        CASE(clock_again),
        CASE(new_version),
        CASE(ahead_of_status),
        CASE(own_batch_number),
        CASE(made_too_late),
        CASE(void_not_sent),
        CASE(void_refused),
        CASE(late_status),
        CASE(damaged_replies),
        CASE(foreign_numbers),
        CASE(tampered),
        CASE(no_patient_data),
        CASE(shuffled_and_doubled),
        CASE(money_model),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
