/* follow_crossover_test.c - a payer sent the claim on to the next one: recognised by status,
 * carrier and remarks, waited for, never billed twice, and not for ever */
#include "tests/support/test.h"

#include <stdio.h>

#include "tests/support/claims.h"
#include "tests/support/following.h"

#define PAYERS                                                                                     \
    "payer_id,name,filing_indicator,receiver,kinds,timely_filing_days,filing_basis,member_"        \
    "pattern,aliases,requires_referring,allow_freq7,insurance_type,claim_office,from,to,"          \
    "external_cause,contractor,late_charges,coding,file_hours,ack_days,era_days,appeal_days,"      \
    "inquiry,resend_unknown,variance_cents,variance_percent,crossover_days,crossover_bill\n"       \
    "SHP01,SAMPLE HEALTH PLAN,CI,CLRHOUSE01,PI,180,line_from,,,N,Y,,,2000-01-01,,,,,,2,5,14,60,"   \
    "N,N,,,%s\n"
#define LINES                                                                                      \
    "SVC*HC:99214:25*165*100**1~DTM*472*20260325~CAS*CO*45*40~CAS*PR*3*25~REF*6R*A1000001L1~%s"    \
    "SVC*HC:83036:QW*50*50**1~DTM*472*20260325~REF*6R*A1000001L2~"
#define SECOND "CLP*A1000001*2*215*20*5*12*S1~CAS*OA*23*190~CAS*PR*2*5~"

/* with_row - the payer's columns on crossover */
static void with_row(const char *columns)
{
    char text[1024];

    snprintf(text, sizeof(text), PAYERS, columns);
    fw_tables(text, NULL);
}

/* paid - claim 1 with further payers of these sequences is sent, then paid: CLP02, segments behind
 * the claim's, segments of its first line */
static void paid(const char *sequences, const char *status, const char *claim, const char *line)
{
    CcClaim *c = claims_office(fw.memory);
    char text[600], sequence[2] = "";

    for (; *sequences; sequences++) {
        sequence[0] = *sequences;
        claims_coverage(fw.memory, c, sequence, "SMP02", "SECOND MUTUAL PLAN", "ABC556677");
    }
    c->version = 1;
    c->patient_key = fw_text("0011223344556677");
    c->receiver = fw_text(FW_RECEIVER);
    fw_feed(TOPIC_CLAIMS_CLEAN, c->claim_id, c);
    fw_send_file("000000101");
    snprintf(text, sizeof(text), "CLP*A1000001*%s*215*150*25*12*P1~%s" LINES, status, claim, line);
    fw_answer(fw_era("E1", "150", text));
}

struct saying {
    const char *status, *claim, *line;
    bool forwarded;
    const char *words; /* of the reason */
};

/* clang-format off */
static const struct saying sayings[] = {
    {"1",  "",                                              "",            false, ""},
    {"1",  "MOA***MA01~",                                   "",            false, ""},
    {"1",  "MOA***MA01*MA18~",                              "",            true,  "(MA18)"},
    {"1",  "MOA***MA07~",                                   "",            true,  "(MA07)"},
    {"1",  "MIA*0**0**N89~",                                "",            true,  "(N89)"},
    {"1",  "",                                              "LQ*HE*N89~",  true,  "(N89)"},
    {"1",  "NM1*TT*2*SECOND MUTUAL PLAN*****PI*SMP02~",     "",            true,  "(NM1*TT), SMP02"},
    {"1",  "NM1*TT*2*SECOND MUTUAL PLAN~",                  "",            true,  "(NM1*TT), SECOND MUTUAL PLAN"},
    {"19", "",                                              "",            true,  "(19)"},
    {"19", "NM1*TT*2*SECOND MUTUAL PLAN*****PI*SMP02~",     "",            true,  "(19), SMP02"},
    {"1",  "MOA***MA19~",                                   "",            false, ""},
    {"1",  "MOA***MA08~",                                   "",            false, ""},
    {"1",  "MOA***MA18*MA19~",                              "",            false, ""},
    {"1",  "MOA***N177~",                                   "",            false, ""},
};
/* clang-format on */

/* recognised - and then no claim of ours goes to the next payer */
static void recognised(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(sayings) / sizeof(sayings[0]); i++) {
        const struct saying *s = &sayings[i];

        paid("S", s->status, s->claim, s->line);
        assert_state("A1000001", COB_WAIT);
        if ((fw_count(TOPIC_CLAIMS_CODED) == 0) != s->forwarded)
            fail_msg("row %zu", i);
        if (!strstr(fw_last("A1000001")->reason, s->words))
            fail_msg("row %zu: %s", i, fw_last("A1000001")->reason);
        fw_teardown(NULL);
        fw_setup(NULL);
    }
}

/* answered - the next payer's 835 comes under the first claim's number: posted, billed to nobody a
 * second time, the rest is the patient's */
static void answered(void **state)
{
    (void)state;
    paid("S", "1", "MOA***MA18~", "");
    fw_answer(fw_era("E2", "20", SECOND));
    assert_state("A1000001", PAID);
    assert_int_equal(fw_last("A1000001")->paid_cents, 17000);
    assert_int_equal(fw_last("A1000001")->patient_balance_cents, 500);
    for (int i = 0; i < 60; i++)
        fw_clock_to(fw.now + DAYS);
    assert_int_equal(fw_count(TOPIC_CLAIMS_CODED), 0);
    assert_null(fw_asked("cob-silent"));
    assert_state("A1000001", PATIENT_DUE);
}

/* out_of_order - the next payer's 835 is there first */
static void out_of_order(void **state)
{
    CcClaim *c = claims_office(fw.memory);

    (void)state;
    claims_coverage(fw.memory, c, "S", "SMP02", "SECOND MUTUAL PLAN", "ABC556677");
    c->version = 1;
    fw_feed(TOPIC_CLAIMS_CLEAN, c->claim_id, c);
    fw_send_file("000000101");
    fw_answer(fw_era("E2", "20", SECOND));
    fw_answer(fw_era("E1", "150", "CLP*A1000001*19*215*150*25*12*P1~CAS*CO*45*40~CAS*PR*3*25~"));
    assert_state("A1000001", PAID);
    assert_int_equal(fw_last("A1000001")->paid_cents, 17000);
    assert_int_equal(fw_count(TOPIC_CLAIMS_CODED), 0);
    assert_int_equal(fw_last("A1000001")->patient_balance_cents, 500);
}

/* offered - is the choice an option of the question? */
static bool offered(const CcReviewItem *item, const char *id)
{
    for (size_t i = 0; i < item->n_options; i++)
        if (strcmp(item->options[i]->id, id) == 0)
            return true;
    return false;
}

/* silent - a person is asked, again and again, and may bill that payer */
static void silent(void **state)
{
    (void)state;
    paid("S", "1", "MOA***MA18~NM1*TT*2*SECOND MUTUAL PLAN*****PI*SMP02~", "");
    fw_clock_to(fw.now + 30 * DAYS - 1);
    assert_null(fw_asked("cob-silent"));
    fw_clock_to(fw.now + 1);
    assert_non_null(strstr(fw_asked("cob-silent")->question,
                           "forwarded to SMP02 by the remittance of 2026-04-15 (NM1*TT)"));
    assert_int_equal(fw_asked("cob-silent")->at_stake_cents, 2500);
    assert_true(offered(fw_asked("cob-silent"), "bill-next"));
    assert_int_equal(fw_count(TOPIC_CLAIMS_CODED), 0);
    assert_state("A1000001", COB_WAIT);
}

/* by_the_payers_row - its own time, then we bill the next payer, once */
static void by_the_payers_row(void **state)
{
    (void)state;
    with_row("10,Y");
    paid("S", "19", "", "");
    fw_clock_to(fw.now + 10 * DAYS - 1);
    assert_int_equal(fw_count(TOPIC_CLAIMS_CODED), 0);
    fw_clock_to(fw.now + 1);
    assert_int_equal(fw_count(TOPIC_CLAIMS_CODED), 1);
    assert_null(fw_asked("cob-silent"));
    assert_state("A1000001", COB_WAIT);
    for (int i = 0; i < 60; i++)
        fw_clock_to(fw.now + DAYS);
    assert_int_equal(fw_count(TOPIC_CLAIMS_CODED), 1);
    assert_non_null(fw_asked("cob-silent")); /* of our own claim to it */
    fw_teardown(NULL);
    fw_setup(NULL);
    with_row("10,Y");
    paid("", "19", "", ""); /* to a payer that we do not know */
    fw_clock_to(fw.now + 10 * DAYS);
    assert_non_null(strstr(fw_asked("cob-silent")->question, "forwarded to another payer by"));
}

/* third - two have decided, and the claim to the third is made by a person */
static void third(void **state)
{
    (void)state;
    paid("ST", "19", "", "");
    fw_answer(fw_era("E2", "20", SECOND));
    assert_int_equal(fw_count(TOPIC_CLAIMS_CODED), 0);
    assert_non_null(strstr(fw_asked("secondary-by-hand")->question, "the third"));
    assert_int_equal(fw_last("A1000001")->patient_balance_cents, 0);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, fw_setup, fw_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {CASE(recognised),        CASE(answered),
                                       CASE(out_of_order),      CASE(silent),
                                       CASE(by_the_payers_row), CASE(third)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
