/* report_cmd_test.c - cleanclaim report on the embedded broker: every claim of every file in one
 * place, every cent of every payment explained */
#include "tests/support/test.h"

#include <stdio.h>
#include <unistd.h>

#include "common/sys/file.h"
#include "tests/support/command.h"
#include "tests/support/reply.h"

/* publish - one record into partition 1 */
static void publish(struct command *f, enum topic t, const ProtobufCMessage *m)
{
    command_publish(f, t, 1, "k", m);
}

/* run - the command with words after its name */
static int run(struct command *f, const char *words)
{
    return command_run(f, cmd_report, words);
}

/* status - the newest record of a claim */
static void status(struct command *f, const char *id, CcClaimState s, const char *isa13)
{
    CcClaimStatus *st = event_new(f->a, &cc_claim_status__descriptor);

    st->claim_id = arena_strdup(f->a, id);
    st->version = 1;
    st->state = s;
    st->isa13 = arena_strdup(f->a, isa13);
    st->step = arena_strdup(f->a, "follow");
    publish(f, TOPIC_CLAIMS_STATUS, &st->base);
}

/* sent - a file of n claims C1 ... of a dollar each */
static void sent(struct command *f, const char *isa13, int n)
{
    CcInterchange *x = event_new(f->a, &cc_interchange__descriptor);

    x->file_name = arena_printf(f->a, "F%s.x12", isa13);
    x->receiver = arena_strdup(f->a, "R1");
    x->isa13 = arena_strdup(f->a, isa13);
    x->created_ms = INT64_C(1775000000000); /* 2026-03-31 */
    for (int i = 1; i <= n; i++) {
        CcSentClaim *c = event_new(f->a, &cc_sent_claim__descriptor);

        c->claim_id = arena_printf(f->a, "C%d", i);
        c->version = 1;
        c->charge_cents = 100;
        event_push(f->a, x, claims, c);
    }
    publish(f, TOPIC_INTERCHANGES, &x->base);
}

/* paid - a remittance of a payment */
static void paid(struct command *f, const char *trace, int64_t check, int64_t cents)
{
    CcRemittance *r = event_new(f->a, &cc_remittance__descriptor);

    r->claim_id = arena_strdup(f->a, "C1");
    r->trace = arena_strdup(f->a, trace);
    r->payer_id = arena_strdup(f->a, "1512345678");
    r->payment_date = 20260415;
    r->check_cents = check;
    r->paid_cents = cents;
    publish(f, TOPIC_REMITTANCES, &r->base);
}

/* every_claim_once - in each place of a file, and the sum is what was sent */
static void every_claim_once(void **state)
{
    struct command *f = *state;

    sent(f, "000000101", 8);
    sent(f, "000000102", 1);
    status(f, "C1", CLAIM_STATE_PAID, "000000101");
    status(f, "C2", CLAIM_STATE_ACCEPTED, "000000101");
    status(f, "C3", CLAIM_STATE_SYNTAX_OK, "000000101");
    status(f, "C4", CLAIM_STATE_REJECTED, "000000101");
    status(f, "C5", CLAIM_STATE_HELD, "");
    status(f, "C6", CLAIM_STATE_SENT, "000000109");
    status(f, "C7", CLAIM_STATE_UNKNOWN, "000000101");
    assert_int_equal(run(f, "--json"), 0);
    assert_non_null(strstr(f->out, "\"claims\":8,\"charge_cents\":800,\"silent\":2,"));
    assert_non_null(strstr(f->out, "\"received\":1,\"received_cents\":100,\"open\":1,"));
    assert_non_null(strstr(f->out, "\"rejected\":1,\"rejected_cents\":100,\"returned\":1,"));
    assert_non_null(strstr(f->out, "\"final\":1,\"final_cents\":100,\"elsewhere\":1,"));
    assert_non_null(strstr(f->out, "\"balanced\":true"));
    assert_non_null(strstr(f->out, "\"claims\":9"));
    assert_int_equal(run(f, "--day 2026-03-31"), 0);
    assert_non_null(strstr(f->out, "F000000101.x12"));
    assert_int_equal(run(f, "--day 2026-04-01"), 0);
    assert_null(strstr(f->out, "F000000101.x12"));
}

/* unanswered - a file that nobody acknowledged is said, as is an answer that belongs to none */
static void unanswered(void **state)
{
    struct command *f = *state;
    CcReviewItem *item = event_new(f->a, &cc_review_item__descriptor);

    sent(f, "000000101", 1);
    status(f, "C1", CLAIM_STATE_SENT, "000000101");
    assert_int_equal(run(f, "--json"), EXIT_FOUND);
    assert_non_null(strstr(f->out, "\"answered\":false"));
    assert_non_null(strstr(f->out, "\"unanswered\":1"));
    assert_int_equal(run(f, "--json --claims"), EXIT_FOUND);
    assert_non_null(strstr(f->out,
                           "\"what\":\"claim\",\"file\":\"F000000101.x12\",\"claim\":\"C1\","
                           "\"version\":1,\"charge_cents\":100,\"where\":\"silent\""));
    status(f, "C1", CLAIM_STATE_SYNTAX_OK, "000000101");
    assert_int_equal(run(f, "--json"), 0);
    item->review_id = arena_strdup(f->a, "Q1");
    item->reason = arena_strdup(f->a, "unknown-file");
    item->state = arena_strdup(f->a, "open");
    publish(f, TOPIC_WORK_REVIEW, &item->base);
    assert_int_equal(run(f, "--json"), EXIT_FOUND);
    assert_non_null(strstr(f->out, "\"what\":\"unmatched\",\"review\":\"Q1\""));
    item->state = arena_strdup(f->a, "done");
    publish(f, TOPIC_WORK_REVIEW, &item->base);
    assert_int_equal(run(f, "--json"), 0);
}

/* variances - what was allowed against what was expected, by payment and in all */
static void variances(void **state)
{
    struct command *f = *state;
    CcClaimStatus *st = event_new(f->a, &cc_claim_status__descriptor);
    CcRemittance *r = event_new(f->a, &cc_remittance__descriptor);

    st->claim_id = arena_strdup(f->a, "C1");
    st->state = CLAIM_STATE_PAID;
    st->expected_given = st->compared = true;
    st->expected_cents = 12500;
    st->allowed_cents = 11000;
    st->variance_cents = -1500;
    st->patient_balance_cents = 2000;
    publish(f, TOPIC_CLAIMS_STATUS, &st->base);
    r->claim_id = arena_strdup(f->a, "C1");
    r->trace = arena_strdup(f->a, "E1");
    r->check_cents = r->paid_cents = 9000;
    r->compared = true;
    r->expected_cents = 12500;
    r->allowed_cents = 11000;
    r->variance_cents = -1500;
    r->underpaid_cents = 1500;
    publish(f, TOPIC_REMITTANCES, &r->base);
    assert_int_equal(run(f, "--json"), 0);
    assert_non_null(strstr(f->out, "\"allowed_cents\":11000,\"expected_cents\":12500,"
                                   "\"variance_cents\":-1500,\"underpaid_cents\":1500,"));
    assert_non_null(strstr(f->out, "\"expected_cents\":12500,\"allowed_cents\":11000,"
                                   "\"variance_cents\":-1500,\"patient_balance_cents\":2000,"));
    assert_int_equal(command_run(f, cmd_claims, ""), 0);
    assert_non_null(strstr(f->out, "   expected     allowed    variance     patient  reason\n"));
    assert_non_null(strstr(f->out, "     125.00      110.00      -15.00       20.00  "));
    assert_int_equal(command_run(f, cmd_claims, "--json"), 0);
    assert_non_null(strstr(f->out, "\"variance_cents\":-1500,\"patient_balance_cents\":2000"));
}

/* reply - an 835 of one payment */
static void reply(struct command *f, const char *set)
{
    CcReply *r = event_new(f->a, &cc_reply__descriptor);
    struct buf b;

    buf_init(&b);
    reply_envelope("HP", "005010X221A1", "835", set, &b);
    r->x12.data = arena_memdup(f->a, b.data, b.len);
    r->x12.len = b.len;
    r->sha256 = arena_strdup(f->a, set);
    buf_release(&b);
    publish(f, TOPIC_PAYER_REPLIES, &r->base);
}

/* of_replies - a payment of which nothing is posted is told; what moves outside of claims is no
 * difference; and nothing is no deposit that is missing */
static void of_replies(void **state)
{
    struct command *f = *state;
    char name[] = "/tmp/report_XXXXXX", words[96];
    int fd = mkstemp(name);

    assert_int_equal(write(fd, "E1,11\n", 6), 6);
    close(fd);
    reply(f, "BPR*I*11*C*ACH************20260415~TRN*1*E1*1512345678~LX*1~"
             "CLP*C1*1*20*10**12*P1~CAS*CO*45*10~PLB*1234567893*20261231*L6*-1~");
    reply(f, "BPR*H*0*C*NON************20260415~TRN*1*E0*1512345678~LX*1~"
             "CLP*C1*1*20*0**12*P1~CAS*CO*50*20~");
    paid(f, "E1", 1100, 1000);
    paid(f, "E0", 0, 0);
    snprintf(words, sizeof(words), "--json --deposits %s", name);
    assert_int_equal(run(f, words), 0);
    assert_non_null(strstr(f->out, "\"moved_cents\":100"));
    reply(f, "BPR*I*10*C*ACH************20260415~TRN*1*E3*1512345678~LX*1~"
             "CLP*STRANGER*1*20*10**12*P1~CAS*CO*45*10~");
    assert_int_equal(run(f, "--json"), EXIT_FOUND);
    assert_non_null(strstr(f->out, "\"trace\":\"E3\""));
    assert_non_null(strstr(f->out, "\"unposted_cents\":1000"));
    unlink(name);
}

/* payments - posted to the cent, or what is left; with the bank's deposits each has its other half
 */
static void payments(void **state)
{
    struct command *f = *state;
    char name[] = "/tmp/report_XXXXXX", words[96];
    int fd = mkstemp(name);
    const char *deposits = "trace,amount\nE1,1.50\nE9,7.00\n";

    assert_int_equal(write(fd, deposits, strlen(deposits)), (ssize_t)strlen(deposits));
    close(fd);
    paid(f, "E1", 150, 100);
    paid(f, "E1", 150, 50);
    assert_int_equal(run(f, "--json"), 0);
    assert_non_null(strstr(f->out, "\"check_cents\":150,\"posted_cents\":150,\"claims\":2"));
    snprintf(words, sizeof(words), "--json --deposits %s", name);
    assert_int_equal(run(f, words), EXIT_FOUND);
    assert_non_null(strstr(f->out, "a deposit without a remittance"));
    paid(f, "E2", 200, 180);
    assert_int_equal(run(f, "--json"), EXIT_FOUND);
    assert_non_null(strstr(f->out, "\"unposted_cents\":20"));
    unlink(name);
}

#define T(name) cmocka_unit_test_setup_teardown(name, command_setup, command_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {T(every_claim_once), T(unanswered), T(payments),
                                       T(of_replies), T(variances)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
