/* follow_clock_test.c - silence: files, claims, questions to payers (276), limits to file and to
 * appeal, by the payer's row on a simulated clock */
#include "tests/support/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/base/date.h"
#include "common/claim/write276.h"
#include "common/x12/check.h"
#include "tests/support/claims.h"
#include "tests/support/following.h"
#include "tests/support/reply.h"

#define PAYERS                                                                                     \
    "payer_id,name,filing_indicator,receiver,kinds,timely_filing_days,filing_basis,member_"        \
    "pattern,"                                                                                     \
    "aliases,requires_referring,allow_freq7,insurance_type,claim_office,from,to,external_cause,"   \
    "contractor,late_charges,coding,file_hours,ack_days,era_days,appeal_days,inquiry,resend_"      \
    "unknown\n"                                                                                    \
    "SHP01,SAMPLE HEALTH "                                                                         \
    "PLAN,CI,CLRHOUSE01,PI,180,line_from,,,N,Y,,,2000-01-01,,,,,,2,5,14,60,%s,%s\n"
#define ROUTES                                                                                     \
    "receiver,qualifier,receiver_id,sender_qualifier,sender_id,submitter_name,submitter_contact,"  \
    "submitter_phone,receiver_name,mailbox,replies,test,sandbox,batch_claims,batch_bytes,"         \
    "batch_age_ms,from,to\n"                                                                       \
    "CLRHOUSE01,ZZ,CLRHOUSE01,ZZ,SUBM10001,RIVERBEND MEDICAL GROUP,BILLING DESK,5555550100,"       \
    "EXAMPLE CLEARINGHOUSE,out,in,Y,Y,500,4000000,1000,2000-01-01,\n"

/* with_payer - the payer's row: does it take questions, is what it does not know sent again? */
static void with_payer(const char *inquiry, const char *resend)
{
    char text[1024];

    snprintf(text, sizeof(text), PAYERS, inquiry, resend);
    fw_tables(text, ROUTES);
}

/* send - claim 1 clean, both claims in a file */
static void send(void)
{
    CcClaim *c = claims_office(fw.memory);

    c->version = 1;
    c->receiver = fw_text(FW_RECEIVER);
    fw_feed(TOPIC_CLAIMS_CLEAN, c->claim_id, c);
    fw_send_file("000000101");
}

/* question - the n-th 276; NULL: none */
static CcInterchange *question(size_t n)
{
    for (size_t i = 0; i < svc_sim_count(fw.sim); i++)
        if (svc_sim_output(fw.sim, i)->topic == TOPIC_INTERCHANGES && n-- == 0)
            return fw_output(i, &cc_interchange__descriptor);
    return NULL;
}

/* holds - does the file have these bytes? */
static bool has(const CcInterchange *f, const char *text)
{
    return memmem(f->x12.data, f->x12.len, text, strlen(text)) != NULL;
}

/* days - pass, one by one, as the worker's clock would */
static void days(int n)
{
    for (int i = 0; i < n; i++)
        fw_clock_to(fw.now + DAYS);
}

/* told_of - the payer's 277 under this trace, in an answer of this number of its own; the same day
 * for each */
static void told_of(const char *status, const char *trace, unsigned reference)
{
    char text[400];
    struct buf b;

    snprintf(text, sizeof(text),
             "BHT*0010*08*RSP%u*20260420*1015*DG~HL*1**20*1~NM1*PR*2*SAMPLE HEALTH "
             "PLAN*****PI*SHP01~HL*2*1*21*1~NM1*41*2*RIVERBEND MEDICAL "
             "GROUP*****46*SUBM10001~HL*3*2*19*1~NM1*1P*2*RIVERBEND*****XX*1234567893~HL*4*3*22*0~"
             "NM1*IL*1*TESTER*ADA****MI*SYN0001234~TRN*2*%s~STC*%s*20260420**215~",
             reference, trace, status);
    buf_init(&b);
    reply_envelope("HN", "005010X212", "277", text, &b);
    fw_answer(fw_reply_of(&b));
    buf_release(&b);
}

/* told - about claim 1, without a word on which question */
static void told(const char *status)
{
    told_of(status, "A1000001", fw.serial);
}

/* below_an_hour - where the payer's row says nothing, a setting counts to the millisecond */
static void below_an_hour(void **state)
{
    static const char given[] = ",2,5,14,60,", none[] = ",,,,,";
    char text[1024], *at;

    (void)state;
    fw_teardown(NULL);
    setenv("FOLLOW_FILE_MS", "1500000", 1);
    fw_setup(NULL);
    unsetenv("FOLLOW_FILE_MS");
    snprintf(text, sizeof(text), PAYERS, "N", "N");
    at = strstr(text, given);
    assert_non_null(at);
    memmove(at + strlen(none), at + strlen(given), strlen(at + strlen(given)) + 1);
    memcpy(at, none, strlen(none));
    fw_tables(text, ROUTES);
    send();
    fw_clock_to(fw.now + 1400000);
    assert_null(fw_asked("file-silent"));
    fw_clock_to(fw.now + 200000);
    assert_non_null(fw_asked("file-silent"));
}

/* file_silent - one question for the whole file, none once all its sets are answered */
static void file_silent(void **state)
{
    (void)state;
    with_payer("N", "N");
    fw_send_file("000000101");
    fw_clock_to(fw.now + 2 * HOUR - 1);
    assert_null(fw_asked("file-silent"));
    fw_clock_to(fw.now + 1);
    assert_non_null(strstr(fw_asked("file-silent")->question, "ISA13 000000101, 2 claims"));
    assert_int_equal(fw_asked("file-silent")->at_stake_cents, 45500);
    assert_int_equal(fw_count(TOPIC_WORK_REVIEW), 1);
    fw_teardown(NULL);
    fw_setup(NULL);
    with_payer("N", "N");
    fw_send_file("000000101");
    fw_answer(fw_golden_reply("999.x12", "IK5*R*I5", "IK5*A"));
    fw_clock_to(fw.now + 3 * HOUR);
    assert_null(fw_asked("file-silent"));
}

/* by_default - without a row the settings count: a day for the file */
static void by_default(void **state)
{
    (void)state;
    fw_send_file("000000101");
    fw_clock_to(fw.now + 24 * HOUR - 1);
    assert_null(fw_asked("file-silent"));
    fw_clock_to(fw.now + 1);
    assert_non_null(fw_asked("file-silent"));
}

/* on_result - nothing was found */
static int on_result(void *arg, const struct x12_result *r)
{
    for (size_t i = 0; i < r->count; i++)
        print_message("%s at %u: %s\n", r->findings[i].code, r->findings[i].position,
                      r->findings[i].message);
    *(size_t *)arg += r->count + !r->accepted;
    return 0;
}

/* asked_first - no 277CA in the payer's days: the payer is asked, in a 276 without a fault */
static void asked_first(void **state)
{
    const struct x12_check_options o = {.snip = 4};
    size_t findings = 0;
    CcInterchange *f;

    (void)state;
    with_payer("Y", "N");
    send();
    days(4);
    assert_null(question(0));
    days(1);
    fw_clock_to(fw.now + 60001);
    assert_state("A1000001", UNKNOWN);
    assert_string_equal(fw_last("A1000001")->event, "inquiry");
    assert_string_equal(fw_asked("silent")->claim_id, "A1000002"); /* not kept: a person */
    f = question(0);
    assert_non_null(f);
    assert_string_equal(f->isa13, "900000100");
    assert_string_equal(f->guide, "005010X212");
    assert_true(
        has(f, "~NM1*IL*1*TESTER*ADA*Q***MI*SYN0001234~TRN*1*A1000001-1~REF*EJ*A1000001~AMT*T3*"
               "215~DTP*472*D8*20260325~"));
    assert_int_equal(x12_check(f->x12.data, f->x12.len, &o, on_result, &findings, &fw.error), 0);
    assert_int_equal(findings, 0);
}

/* asked_again - after 7, 9 and 15 days, four times, then a person is */
static void asked_again(void **state)
{
    static const int at[] = {5, 12, 21, 36};

    (void)state;
    with_payer("Y", "N");
    send();
    for (size_t i = 0, day = 0; i < 4; i++) {
        for (; day < (size_t)at[i]; day++) {
            assert_null(question(i));
            days(1);
        }
        fw_clock_to(fw.now + 60001);
        assert_non_null(question(i));
    }
    days(40);
    assert_null(question(4));
    assert_non_null(fw_asked("still-open"));
}

/* not_near_the_limit - in the last month before the filing limit no question is asked, a person is
 */
static void not_near_the_limit(void **state)
{
    (void)state;
    with_payer("Y", "N");
    fw_clock_to(
        ms_of(20260823, 0, 0, 0, 0, 0)); /* the limit is 2026-09-25: 28 days after the silence */
    send();
    days(6);
    assert_null(question(0));
    assert_non_null(fw_asked("silent"));
}

/* pending - a 277 that says pending keeps the claim; it is asked again later */
static void pending(void **state)
{
    (void)state;
    with_payer("Y", "N");
    send();
    days(5);
    fw_clock_to(fw.now + 60001);
    told("P1:20");
    assert_state("A1000001", PENDING);
    days(8);
    assert_non_null(question(1));
    fw_answer(fw_era("E1", "215", "CLP*A1000001*1*215*215**12*P1~"));
    assert_state("A1000001", PAID);
    days(80);
    assert_null(question(2));
}

/* not_found - asked once more with wider dates, then a person may send it again, and only then */
static void not_found(void **state)
{
    CcAnswer *a;

    (void)state;
    with_payer("Y", "N");
    send();
    days(5);
    fw_clock_to(fw.now + 60001);
    told("D0:35");
    assert_null(fw_asked("payer-has-no-claim"));
    fw_clock_to(fw.now + 60001);
    assert_true(has(question(1), "DTP*472*RD8*20260223-20260424~"));
    told("D0:35");
    assert_state("A1000001", UNKNOWN);
    assert_non_null(fw_asked("payer-has-no-claim"));
    a = event_new(fw.memory, &cc_answer__descriptor);
    a->kind = fw_text("person");
    a->level = fw_text("claim");
    a->claim_id = fw_text("A1000001");
    a->key = fw_text("person|1");
    a->answer = event_new(fw.memory, &cc_review_answer__descriptor);
    a->answer->choice = fw_text("resend");
    fw_feed(TOPIC_PAYER_ANSWERS, "A1000001", a);
    assert_state("A1000001", READY);
    assert_int_equal(fw_count(TOPIC_CLAIMS_CLEAN), 1);
}

/* sent_again - by itself where the payer's row says so, once */
static void sent_again(void **state)
{
    (void)state;
    with_payer("Y", "Y");
    send();
    days(5);
    fw_clock_to(fw.now + 60001);
    told("D0:35");
    assert_int_equal(fw_count(TOPIC_CLAIMS_CLEAN), 0);
    told("D0:35");
    assert_int_equal(fw_count(TOPIC_CLAIMS_CLEAN), 1);
    assert_state("A1000001", READY);
}

/* heard_the_same_day - the second question's answer counts, on whatever day; the first one's, once
 * more in another file, does not */
static void heard_the_same_day(void **state)
{
    (void)state;
    with_payer("Y", "Y");
    send();
    days(5);
    fw_clock_to(fw.now + 60001);
    assert_true(has(question(0), "TRN*1*A1000001-1~"));
    told_of("D0:35", "A1000001-1", 1);
    told_of("D0:35", "A1000001-1", 2);
    assert_int_equal(fw_count(TOPIC_CLAIMS_CLEAN), 0);
    fw_clock_to(fw.now + 60001);
    assert_true(has(question(1), "TRN*1*A1000001-2~"));
    told_of("D0:35", "A1000001-2", 3);
    assert_int_equal(fw_count(TOPIC_CLAIMS_CLEAN), 1);
    assert_state("A1000001", READY);
}

/* filing_limit - told 60, 30, 15, 5 days before and on the day, until the payer has it */
static void filing_limit(void **state)
{
    (void)state;
    fw_send_file("000000101");
    fw_clock_to(ms_of(20260727, 0, 0, 0, 0, 0) - 1);
    assert_null(fw_asked("filing-limit"));
    fw_clock_to(ms_of(20260727, 0, 0, 0, 0, 0));
    assert_non_null(strstr(fw_asked("filing-limit")->question, "60 days"));
    assert_int_equal(fw_asked("filing-limit")->due_date, 20260925);
    fw_clock_to(ms_of(20260920, 0, 0, 0, 0, 0));
    assert_non_null(strstr(fw_asked("filing-limit")->question, "5 days"));
    fw_teardown(NULL);
    fw_setup(NULL);
    fw_send_file("000000101");
    fw_answer(fw_golden_reply("277ca.x12", NULL, NULL));
    fw_clock_to(ms_of(20260925, 0, 0, 0, 0, 0));
    assert_string_equal(fw_asked("filing-limit")->claim_id,
                        "A1000002"); /* the one that was rejected */
}

/* appeal_limit - from the remittance, by the payer's days; none for what cannot be appealed */
static void appeal_limit(void **state)
{
    (void)state;
    with_payer("N", "N");
    fw_send_file("000000101");
    fw_answer(fw_era("E1", "0", "CLP*A1000001*1*215*0**12*P1~CAS*CO*50*215~"));
    fw_clock_to(ms_of(20260515, 0, 0, 0, 0, 0)); /* 2026-04-15 and 60 days: 2026-06-14 */
    assert_int_equal(fw_asked("appeal-limit")->due_date, 20260614);
    assert_non_null(strstr(fw_asked("appeal-limit")->question, "30 days"));
    fw_teardown(NULL);
    fw_setup(NULL);
    with_payer("N", "N");
    fw_send_file("000000101");
    fw_answer(fw_era("E1", "0", "CLP*A1000001*1*215*0**12*P1~CAS*CO*16*215~MOA***MA130~"));
    fw_clock_to(ms_of(20260614, 0, 0, 0, 0, 0));
    assert_null(fw_asked("appeal-limit"));
}

/* patient_owes - a share of the patient with no other payer: a correction has three days */
static void patient_owes(void **state)
{
    (void)state;
    send();
    fw_answer(fw_era("E1", "150", "CLP*A1000001*1*215*150*25*12*P1~CAS*CO*45*40~CAS*PR*3*25~"));
    assert_state("A1000001", PAID);
    fw_clock_to(fw.now + 3 * DAYS - 1);
    assert_state("A1000001", PAID);
    fw_clock_to(fw.now + 1);
    assert_state("A1000001", PATIENT_DUE);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, fw_setup, fw_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(file_silent),  CASE(below_an_hour),      CASE(by_default),   CASE(asked_first),
        CASE(asked_again),  CASE(not_near_the_limit), CASE(pending),      CASE(not_found),
        CASE(sent_again),   CASE(heard_the_same_day), CASE(filing_limit), CASE(appeal_limit),
        CASE(patient_owes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
