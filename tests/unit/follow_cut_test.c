/* follow_cut_test.c - replies cut behind every segment, with wrong counts, of others, foreign and
 * binary: what is whole is taken, nothing is posted twice, and a question names each damage */
#include "tests/support/test.h"

#include <stdio.h>

#include "tests/support/following.h"
#include "tests/support/loading.h"
#include "tests/support/reply.h"

#define TWO                                                                                        \
    "CLP*A1000001*1*215*150*25*12*P1~CAS*CO*45*40~CAS*PR*3*25~"                                    \
    "CLP*A1000002*1*240*200*0*12*P2~CAS*CO*45*40~"

/* posted - cents of both claims */
static int64_t posted(void)
{
    return fw_posted_sum("A1000001") + fw_posted_sum("A1000002");
}

/* cut_at - the bytes of a file up to its n-th segment; 0: there are not so many */
static size_t cut_at(const struct buf *b, size_t n)
{
    for (size_t i = 0; i < b->len; i++)
        if (b->data[i] == '~' && n-- == 0)
            return i + 1;
    return 0;
}

/* cut - a file up to its n-th segment comes, then the whole of it; false: it has not so many */
static bool cut(const char *name, size_t n, int64_t *after)
{
    struct buf b;
    CcReply *part, *whole;
    size_t end;

    buf_init(&b);
    reply_golden(name, &b);
    end = cut_at(&b, n);
    whole = fw_reply_of(&b);
    if (end == 0 || end + 2 > whole->x12.len) { /* but for a newline it is the whole */
        buf_release(&b);
        return false;
    }
    b.len = end;
    part = fw_reply_of(&b);
    buf_release(&b);
    fw_send_file("000000101");
    fw_answer(part);
    if (!fw_asked("reply-damaged") && !fw_asked("reply-empty"))
        fail_msg("%s cut behind segment %zu: nobody is told", name, n + 1);
    fw_answer(whole);
    fw_answer(whole);
    *after = posted();
    return true;
}

/* behind_every_segment - of each kind: the state and money in the end are those of the whole file
 */
static void behind_every_segment(void **state)
{
    static const struct {
        const char *name;
        CcClaimState state;
        int64_t posted;
    } files[] = {{"ta1.x12", CLAIM_STATE_SENT, 0},
                 {"999.x12", CLAIM_STATE_SYNTAX_OK, 0},
                 {"277ca.x12", CLAIM_STATE_ACCEPTED, 0},
                 {"835.x12", CLAIM_STATE_PARTIAL, 10000}};

    (void)state;
    for (size_t f = 0; f < sizeof(files) / sizeof(files[0]); f++)
        for (size_t n = 0;; n++) {
            int64_t after;

            if (!cut(files[f].name, n, &after))
                break;
            assert_int_equal(after, files[f].posted);
            assert_int_equal(fw_last("A1000001")->state, files[f].state);
            fw_teardown(NULL);
            fw_setup(NULL);
        }
}

/* cut_between - cut in the second of two sets, the first is posted; the whole file later posts only
 * the second */
static void cut_between(void **state)
{
    struct buf one, both;

    (void)state;
    fw_send_file("000000101");
    buf_init(&one);
    buf_init(&both);
    reply_envelope("HP", "005010X221A1", "835",
                   "BPR*I*150*C*ACH************20260415~TRN*1*E1*1512345678~LX*1~"
                   "CLP*A1000001*1*215*150*25*12*P1~CAS*CO*45*40~CAS*PR*3*25~",
                   &one);
    reply_envelope("HP", "005010X221A1", "835",
                   "BPR*I*200*C*ACH************20260415~TRN*1*E2*1512345678~LX*1~"
                   "CLP*A1000002*1*240*200*0*12*P2~CAS*CO*45*40~",
                   &both);
    buf_add(&one, both.data, both.len - 60);
    fw_answer(fw_reply_of(&one));
    assert_int_equal(posted(), 15000);
    assert_non_null(fw_asked("reply-damaged"));
    one.len -= both.len - 60;
    buf_add(&one, both.data, both.len);
    fw_answer(fw_reply_of(&one));
    assert_int_equal(posted(), 35000);
    assert_non_null(fw_asked("remittance-repeated"));
    buf_release(&one);
    buf_release(&both);
}

/* strange - each is a question and posts nothing */
static void strange(void **state)
{
    static const struct {
        const char *what, *paid, *claims, *reason;
    } cases[] = {
        {"a payment that is negative and not a debit", "-150",
         "CLP*A1000001*1*215*150*25*12*P1~CAS*CO*45*40~CAS*PR*3*25~", "remittance-unbalanced"},
        {"less than its claims", "349.99", TWO, "remittance-unbalanced"},
        {"a foreign number", "10", "CLP*NOT-OURS*1*10*10**12*P1~", "unknown-claim"},
        {"an unknown reason", "0", "CLP*A1000001*1*215*0**12*P1~CAS*CO*X99*215~", "denied"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        fw_send_file("000000101");
        fw_answer(fw_era("E1", cases[i].paid, cases[i].claims));
        if (!fw_asked(cases[i].reason))
            fail_msg("%s: no question %s", cases[i].what, cases[i].reason);
        assert_int_equal(posted(), 0);
        fw_teardown(NULL);
        fw_setup(NULL);
    }
}

/* nothing_paid - a zero payment is posted, and decides */
static void nothing_paid(void **state)
{
    (void)state;
    fw_send_file("000000101");
    fw_answer(fw_era("E1", "0", "CLP*A1000001*1*215*0*215*12*P1~CAS*PR*1*215~"));
    assert_state("A1000001", PAID);
    assert_int_equal(fw_last("A1000001")->patient_cents, 21500);
    assert_int_equal(fw_count(TOPIC_REMITTANCES), 1);
}

/* wrong_count - a set whose SE counts otherwise is not read */
static void wrong_count(void **state)
{
    CcReply *r = fw_golden_reply("835.x12", "SE*45*", "SE*44*");

    (void)state;
    fw_send_file("000000101");
    fw_answer(r);
    assert_int_equal(posted(), 0);
    assert_non_null(fw_asked("reply-damaged"));
}

/* ten_thousand - claims in one payment: all are posted once, in a file that comes twice */
static void ten_thousand(void **state)
{
    enum { MANY = 10000 };
    struct buf claims;
    CcReply *era;
    char paid[16];
    size_t sent = 0;

    (void)state;
    buf_init(&claims);
    for (int i = 0; i < MANY; i++)
        buf_addf(&claims, "CLP*B%07d*1*2*1**12*P%d~CAS*CO*45*1~", i, i);
    snprintf(paid, sizeof(paid), "%d", MANY);
    era = fw_era("E1", paid, claims.data);
    fw_answer(era);
    fw_answer(era);
    buf_addf(&claims, "LQ*HE*N1~"); /* another file of the same payment */
    fw_answer(fw_era("E1", paid, claims.data));
    assert_non_null(fw_asked("remittance-repeated"));
    for (size_t i = 0; i < svc_sim_count(fw.sim); i++)
        sent += svc_sim_output(fw.sim, i)->topic == TOPIC_PAYER_ANSWERS &&
                svc_sim_output(fw.sim, i)->key[0] == 'B';
    assert_int_equal(sent, MANY);
    buf_release(&claims);
}

#define ROUTE                                                                                      \
    "receiver,qualifier,receiver_id,sender_qualifier,sender_id,submitter_name,submitter_contact,"  \
    "submitter_phone,receiver_name,mailbox,replies,test,sandbox,batch_claims,batch_bytes,batch_"   \
    "age_ms,from,to\nCLRHOUSE01,ZZ,CLRHOUSE01,ZZ,SUBM10001,RIVERBEND MEDICAL GROUP,,,EXAMPLE "     \
    "CLEARINGHOUSE,out,in,Y,Y,500,4000000,1000,2000-01-01,\n"

/* of_others - answers addressed to somebody else, each kind, alone and before ours in one file: a
 * question names it, nothing of it is taken; what is ours is */
static void of_others(void **state)
{
    static const char *const files[] = {"ta1.x12", "999.x12", "277ca.x12", "835.x12"};
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "routes.csv", ROUTE), LOAD_TAKEN);
    loading_publish(&l);
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        struct buf b;

        svc_sim_tables(fw.sim, l.tables);
        fw_send_file("000000101");
        buf_init(&b);
        reply_golden(files[i], &b);
        assert_true(reply_replace(&b, "*ZZ*SUBM10001      *", "*ZZ*SOMEBODY ELSE  *"));
        fw_answer(fw_reply_of(&b));
        assert_non_null(strstr(fw_asked("reply-not-ours")->question, "ISA08"));
        assert_null(fw_asked("reply-damaged"));
        assert_null(fw_last("A1000001"));
        assert_int_equal(fw_count(TOPIC_REMITTANCES), 0);
        assert_int_equal(fw_count(TOPIC_WORK_REVIEW), 1);
        reply_golden("835.x12", &b);
        fw_answer(fw_reply_of(&b));
        assert_int_equal(posted(), 10000);
        buf_release(&b);
        fw_teardown(NULL);
        fw_setup(NULL);
    }
    loading_end(&l);
}

/* binary - bytes that are no text, alone and in the middle of a payment: a question, nothing posted
 */
static void binary(void **state)
{
    struct buf b;

    (void)state;
    fw_send_file("000000101");
    buf_init(&b);
    for (int i = 0; i < 4096; i++)
        buf_addc(&b, (char)(i * 37));
    fw_answer(fw_reply_of(&b));
    assert_non_null(fw_asked("reply-damaged"));
    buf_reset(&b);
    reply_golden("835.x12", &b);
    for (size_t i = b.len / 2; i < b.len / 2 + 200; i++)
        b.data[i] = (char)(128 + i % 128);
    fw_answer(fw_reply_of(&b));
    assert_int_equal(fw_count(TOPIC_WORK_REVIEW), 2);
    assert_int_equal(posted(), 0);
    assert_null(fw_last("A1000001"));
    buf_release(&b);
}

/* foreign - claims of our form that we never sent, in each kind of answer: once they had their time
 * a question names each answer; nothing is posted, and a claim of ours in the same payment is */
static void foreign(void **state)
{
    CcReply *mixed = fw_era("E1", "390",
                            "CLP*B7654321*1*240*240**12*P9~"
                            "CLP*A1000001*1*215*150*25*12*P1~CAS*CO*45*40~CAS*PR*3*25~");

    (void)state;
    fw_send_file("000000101");
    fw_answer(fw_golden_reply("277ca.x12", "A1000001", "B1234567"));
    fw_answer(mixed);
    fw_answer(fw_golden_reply("999.x12", "AK1*HC*101", "AK1*HC*999"));
    assert_int_equal(posted(), 15000);
    fw_clock_to(fw.now + 2 * HOUR);
    assert_non_null(fw_asked("unknown-claim"));
    assert_non_null(fw_asked("unknown-file"));
    assert_int_equal(posted(), 15000);
    assert_int_equal(fw_count(TOPIC_REMITTANCES), 1);
    assert_null(fw_last("B1234567"));
    assert_null(fw_last("B7654321"));
}

/* same_trace - a TRN02 that comes again, in another file with other claims, is posted once; a
 * person is asked about the second */
static void same_trace(void **state)
{
    (void)state;
    fw_send_file("000000101");
    fw_answer(fw_era("E1", "150", "CLP*A1000001*1*215*150*25*12*P1~CAS*CO*45*40~CAS*PR*3*25~"));
    assert_int_equal(posted(), 15000);
    fw_answer(fw_era("E1", "350", TWO));
    assert_non_null(fw_asked("remittance-conflict"));
    assert_int_equal(posted(), 15000);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, fw_setup, fw_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(behind_every_segment),
        CASE(cut_between),
        CASE(strange),
        CASE(nothing_paid),
        CASE(wrong_count),
        CASE(ten_thousand),
        CASE(of_others),
        CASE(binary),
        CASE(foreign),
        CASE(same_trace),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
