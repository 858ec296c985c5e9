/* follow_variance_test.c - what a payer allowed against what was expected: to the cent, by line or
 * by claim, told beyond the payer's tolerance only; and what the patient owes */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/claim/denial.h"
#include "common/claim/variance.h"
#include "tests/support/claims.h"
#include "tests/support/following.h"

#define PAYERS                                                                                     \
    "payer_id,name,filing_indicator,receiver,kinds,timely_filing_days,filing_basis,member_"        \
    "pattern,aliases,requires_referring,allow_freq7,insurance_type,claim_office,from,to,"          \
    "external_cause,contractor,late_charges,coding,file_hours,ack_days,era_days,appeal_days,"      \
    "inquiry,resend_unknown,variance_cents,variance_percent\n"                                     \
    "SHP01,SAMPLE HEALTH PLAN,CI,CLRHOUSE01,PI,180,line_from,,,N,Y,,,2000-01-01,,,,,,2,5,14,60,"   \
    "N,N,%s\n"
/* line 1 billed 165, line 2 50 */
#define LINE_1(cas) "SVC*HC:99214:25*165*100**1~DTM*472*20260325~" cas "REF*6R*A1000001L1~"
#define LINE_2 "SVC*HC:83036:QW*50*50**1~DTM*472*20260325~REF*6R*A1000001L2~"
#define USUAL "CAS*CO*45*40~CAS*PR*3*25~"
#define CLAIM(paid, patient) "CLP*A1000001*1*215*" paid "*" patient "*12*P1~"

/* tolerance - the payer's row */
static void tolerance(const char *columns)
{
    char text[1024];

    snprintf(text, sizeof(text), PAYERS, columns);
    fw_tables(text, NULL);
}

/* expect_line - what a line should be allowed; -1: it is paid within another */
static void expect_line(CcExpected *x, uint32_t number, int64_t cents)
{
    CcExpectedLine *l = event_new(fw.memory, &cc_expected_line__descriptor);

    l->line = number;
    l->allowed_given = cents >= 0;
    l->allowed_cents = cents >= 0 ? cents : 0;
    event_push(fw.memory, x, lines, l);
}

/* claim - claim 1 with these amounts expected; -1: none for the line or the claim */
static CcClaim *claim(int64_t line_1, int64_t line_2, int64_t whole)
{
    CcClaim *c = claims_office(fw.memory);

    c->version = 1;
    c->expected = event_new(fw.memory, &cc_expected__descriptor);
    c->expected->method = fw_text("mpfs");
    c->expected->allowed_given = whole >= 0;
    c->expected->allowed_cents = whole >= 0 ? whole : 0;
    expect_line(c->expected, 1, line_1);
    expect_line(c->expected, 2, line_2);
    return c;
}

/* post - the claim is sent, this 835 comes; the remittance as it is posted */
static CcRemittance *post(CcClaim *c, const char *paid, const char *claims)
{
    fw_feed(TOPIC_CLAIMS_CLEAN, c->claim_id, c);
    fw_send_file("000000101");
    fw_answer(fw_era("E1", paid, claims));
    for (size_t i = svc_sim_count(fw.sim); i; i--)
        if (svc_sim_output(fw.sim, i - 1)->topic == TOPIC_REMITTANCES)
            return fw_output(i - 1, &cc_remittance__descriptor);
    fail_msg("nothing was posted");
    return NULL;
}

/* underpaid - by line, with the appeal's day; on the status, and offered as an appeal */
static void underpaid(void **state)
{
    CcRemittance *r =
        post(claim(14000, 5000, 19000), "150", CLAIM("150", "25") LINE_1(USUAL) LINE_2);
    CcReviewItem *item = fw_asked("underpaid");

    (void)state;
    assert_int_equal(r->lines[0]->reckoned_cents, 12500);
    assert_int_equal(r->lines[0]->expected_cents, 14000);
    assert_int_equal(r->lines[0]->variance_cents, -1500);
    assert_true(r->lines[0]->compared && r->lines[1]->compared);
    assert_int_equal(r->lines[1]->variance_cents, 0);
    assert_int_equal(r->allowed_cents, 17500);
    assert_int_equal(r->variance_cents, -1500);
    assert_int_equal(r->underpaid_cents, 1500);
    assert_int_equal(r->overpaid_cents, 0);
    assert_int_equal(fw_last("A1000001")->expected_cents, 19000);
    assert_int_equal(fw_last("A1000001")->allowed_cents, 17500);
    assert_int_equal(fw_last("A1000001")->variance_cents, -1500);
    assert_state("A1000001", PARTIAL);
    assert_non_null(item);
    assert_string_equal(item->question,
                        "allowed 175 where 190 was expected (mpfs), line A1000001L1: 15 less");
    assert_int_equal(item->at_stake_cents, 1500);
    assert_int_equal(item->due_date, 20260813); /* 120 days from 2026-04-15 */
    assert_string_equal(item->owner, "payer contracts");
    assert_string_equal(item->route, "APP");
    assert_string_equal(item->options[0]->id, "appeal");
    assert_null(fw_asked("overpaid"));
}

/* overpaid - a credit that may be taken back; Medicare's within 60 days */
static void overpaid(void **state)
{
    CcRemittance *r = post(claim(10000, 5000, 15000), "150",
                           "CLP*A1000001*1*215*150*25*MB*P1~" LINE_1(USUAL) LINE_2);

    (void)state;
    assert_int_equal(r->overpaid_cents, 2500);
    assert_null(fw_asked("underpaid"));
    assert_int_equal(fw_asked("overpaid")->due_date, 20260614);
    assert_int_equal(fw_asked("overpaid")->at_stake_cents, 2500);
}

/* within - what is no more than either tolerance is not told; the settings, then the payer's row */
static void within(void **state)
{
    (void)state;
    post(claim(12600, 5000, 17600), "150", CLAIM("150", "25") LINE_1(USUAL) LINE_2);
    assert_null(fw_asked("underpaid")); /* 1.00 */
    assert_int_equal(fw_last("A1000001")->variance_cents, -100);
    fw_teardown(NULL);
    fw_setup(NULL);
    post(claim(12626, 5000, 17626), "150", CLAIM("150", "25") LINE_1(USUAL) LINE_2);
    assert_null(fw_asked("underpaid")); /* 1.26 of 126.26 */
    fw_teardown(NULL);
    fw_setup(NULL);
    post(claim(12627, 5000, 17627), "150", CLAIM("150", "25") LINE_1(USUAL) LINE_2);
    assert_non_null(fw_asked("underpaid")); /* 1.27 of 126.27 is more than a percent */
    fw_teardown(NULL);
    fw_setup(NULL);
    tolerance("1500,0");
    post(claim(14000, 5000, 19000), "150", CLAIM("150", "25") LINE_1(USUAL) LINE_2);
    assert_null(fw_asked("underpaid"));
    fw_teardown(NULL);
    fw_setup(NULL);
    tolerance("1499,0");
    post(claim(14000, 5000, 19000), "150", CLAIM("150", "25") LINE_1(USUAL) LINE_2);
    assert_non_null(fw_asked("underpaid"));
}

/* given_by_the_payer - AMT B6 goes before what was paid and shared; sequestration and another
 * payer's part leave the allowed amount as it is, a line split in parts is one */
static void given_by_the_payer(void **state)
{
    CcRemittance *r = post(claim(13000, 5000, 18000), "150",
                           CLAIM("150", "25") LINE_1(USUAL) "AMT*B6*130~" LINE_2);

    (void)state;
    assert_int_equal(r->variance_cents, 0);
    fw_teardown(NULL);
    fw_setup(NULL);
    r = post(claim(13000, 5000, 18000), "150",
             CLAIM("150", "25") LINE_1("CAS*CO*45*35**253*5~CAS*PR*3*25~") LINE_2);
    assert_int_equal(r->lines[0]->reckoned_cents, 13000);
    assert_int_equal(r->variance_cents, 0);
    fw_teardown(NULL);
    fw_setup(NULL);
    r = post(claim(13000, 5000, 18000), "150",
             CLAIM("150", "25") "SVC*HC:99214:25*100*60**1~CAS*CO*45*40~REF*6R*A1000001L1~"
                                "SVC*HC:99213*65*40**1~CAS*PR*3*25~REF*6R*A1000001L1~" LINE_2);
    assert_int_equal(r->lines[0]->variance_cents, -500);
    assert_true(r->lines[0]->compared);
    assert_false(r->lines[1]->compared);
    assert_int_equal(r->variance_cents, -500);
}

/* by_claim - where lines have no amounts, or the payer says nothing of lines */
static void by_claim(void **state)
{
    CcRemittance *r =
        post(claim(-1, -1, 20000), "150", CLAIM("150", "25") "CAS*CO*45*40~CAS*PR*3*25~");

    (void)state;
    assert_true(r->compared);
    assert_int_equal(r->allowed_cents, 17500);
    assert_int_equal(r->variance_cents, -2500);
    assert_string_equal(fw_asked("underpaid")->question,
                        "allowed 175 where 200 was expected (mpfs): 25 less");
    fw_teardown(NULL);
    fw_setup(NULL);
    r = post(claim(12500, -1, -1), "150", CLAIM("150", "25") LINE_1(USUAL) LINE_2);
    assert_int_equal(r->expected_cents, 12500); /* of what has an amount */
    assert_int_equal(r->variance_cents, 0);
    assert_false(r->lines[1]->compared);
}

/* not_compared - a denial is no underpayment, nor is what the plan leaves to the patient; nothing
 * is compared with what is not known, or is of another payer */
static void not_compared(void **state)
{
    CcRemittance *r = post(
        claim(12500, 5000, 17500), "100",
        CLAIM("100", "25") LINE_1(USUAL) "SVC*HC:83036:QW*50*0**1~CAS*CO*50*50~REF*6R*A1000001L2~");

    (void)state;
    assert_true(r->lines[0]->compared);
    assert_false(r->lines[1]->compared);
    assert_int_equal(r->variance_cents, 0);
    assert_int_equal(r->underpaid_cents, 0);
    fw_teardown(NULL);
    fw_setup(NULL);
    r = post(claim(12500, 5000, 17500), "100",
             CLAIM("100", "75")
                 LINE_1(USUAL) "SVC*HC:83036:QW*50*0**1~CAS*PR*96*50~REF*6R*A1000001L2~");
    assert_false(r->lines[1]->compared);
    assert_int_equal(r->underpaid_cents, 0);
    fw_teardown(NULL);
    fw_setup(NULL);
    r = post(claim(-1, -1, -1), "150", CLAIM("150", "25") LINE_1(USUAL) LINE_2);
    assert_false(r->compared);
    assert_int_equal(r->allowed_cents, 17500);
    fw_teardown(NULL);
    fw_setup(NULL);
    r = post(claim(12500, 5000, 17500), "150",
             "CLP*A1000001*2*215*150*25*12*P1~" LINE_1(USUAL) LINE_2);
    assert_false(r->compared);
}

/* stays_open - an underpaid claim is not closed by itself; a person may */
static void stays_open(void **state)
{
    (void)state;
    post(claim(15000, 5000, 20000), "175",
         CLAIM("175", "") "SVC*HC:99214:25*165*125**1~CAS*CO*45*40~REF*6R*A1000001L1~" LINE_2);
    for (int i = 0; i < 110; i++)
        fw_clock_to(fw.now + DAYS);
    assert_state("A1000001", PARTIAL);
    assert_non_null(fw_asked("still-open"));
    assert_non_null(fw_asked("appeal-limit"));
    fw_teardown(NULL);
    fw_setup(NULL);
    post(claim(12500, 5000, 17500), "175",
         CLAIM("175", "") "SVC*HC:99214:25*165*125**1~CAS*CO*45*40~REF*6R*A1000001L1~" LINE_2);
    for (int i = 0; i < 100; i++)
        fw_clock_to(fw.now + DAYS);
    assert_state("A1000001", CLOSED);
}

/* next_payer - is billed also where the first one paid too little */
static void next_payer(void **state)
{
    CcClaim *c = claim(15000, 5000, 20000);

    (void)state;
    claims_coverage(fw.memory, c, "S", "SMP02", "SECOND MUTUAL PLAN", "ABC556677");
    c->patient_key = fw_text("0011223344556677");
    post(c, "150", CLAIM("150", "25") LINE_1(USUAL) LINE_2);
    assert_state("A1000001", COB_WAIT);
    assert_non_null(fw_asked("underpaid"));
    assert_int_equal(fw_count(TOPIC_CLAIMS_CODED), 1);
}

/* patient - owes the share less what was paid at the visit, once no other payer is left */
static void patient(void **state)
{
    CcClaim *c = claim(12500, 5000, 17500);

    (void)state;
    c->patient_paid_cents = 1000;
    post(c, "150", CLAIM("150", "25") LINE_1(USUAL) LINE_2);
    assert_int_equal(fw_last("A1000001")->patient_cents, 2500);
    assert_int_equal(fw_last("A1000001")->patient_balance_cents, 1500);
    for (int i = 0; i < 4; i++)
        fw_clock_to(fw.now + DAYS);
    assert_state("A1000001", PATIENT_DUE);
    assert_int_equal(fw_last("A1000001")->patient_balance_cents, 1500);
    fw_teardown(NULL);
    fw_setup(NULL);
    c = claim(12500, 5000, 17500);
    c->patient_paid_cents = 3000;
    post(c, "150", CLAIM("150", "25") LINE_1(USUAL) LINE_2);
    assert_int_equal(fw_last("A1000001")->patient_balance_cents, -500);
    for (int i = 0; i < 100; i++)
        fw_clock_to(fw.now + DAYS);
    assert_state("A1000001", PAID);
    assert_int_equal(fw_asked("patient-credit")->at_stake_cents, 500);
    fw_teardown(NULL);
    fw_setup(NULL);
    c = claim(12500, 5000, 17500);
    claims_coverage(fw.memory, c, "S", "SMP02", "SECOND MUTUAL PLAN", "ABC556677");
    c->patient_key = fw_text("0011223344556677");
    post(c, "150", CLAIM("150", "25") LINE_1(USUAL) LINE_2);
    assert_state("A1000001", COB_WAIT);
    assert_int_equal(fw_last("A1000001")->patient_balance_cents, 0);
}

/* taken_back - with the posting its difference goes */
static void taken_back(void **state)
{
    (void)state;
    post(claim(14000, 5000, 19000), "150", CLAIM("150", "25") LINE_1(USUAL) LINE_2);
    fw_answer(fw_era("E2", "-150",
                     "CLP*A1000001*22*-215*-150**12*P1~SVC*HC:99214:25*-165*-100~CAS*CO*45*-40~"
                     "CAS*PR*3*-25~SVC*HC:83036:QW*-50*-50~"));
    assert_state("A1000001", REVERSED);
    assert_int_equal(fw_last("A1000001")->variance_cents, 0);
    assert_false(fw_last("A1000001")->compared);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, fw_setup, fw_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {CASE(underpaid),          CASE(overpaid), CASE(within),
                                       CASE(given_by_the_payer), CASE(by_claim), CASE(not_compared),
                                       CASE(stays_open),         CASE(patient),  CASE(taken_back),
                                       CASE(next_payer)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
