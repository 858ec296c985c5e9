/* follow_question_test.c - every reason for which follow asks a person: it is asked somewhere in
 * the tests (where fw_teardown looks at what each question carries), and its two open answers do
 * what they say */
#include "tests/support/test.h"

#include <dirent.h>
#include <stdio.h>

#include "common/sys/file.h"
#include "services/submitter/follow/follow.h"
#include "tests/support/claims.h"
#include "tests/support/following.h"

/* answer_of - one that no reader made, to claim 1 or to the receiver */
static void answer_of(const char *level, const char *event, void (*bend)(CcAnswer *a))
{
    CcAnswer *a = event_new(fw.memory, &cc_answer__descriptor);
    bool claim = strcmp(level, "claim") == 0;

    a->kind = fw_text("277");
    a->level = fw_text(level);
    a->event = fw_text(event);
    a->receiver = fw_text(FW_RECEIVER);
    a->reply_sha256 = fw_text("aa11");
    a->file_name = fw_text("answer.x12");
    a->position = 7;
    a->received_ms = fw.now;
    a->key = fw_text("a key");
    a->claim_id = fw_text(claim ? fw_ids[0] : "");
    if (bend)
        bend(a);
    fw_feed(TOPIC_PAYER_ANSWERS, claim ? fw_ids[0] : FW_RECEIVER, a);
}

static void information_requested(void)
{
    fw_send_file("000000101");
    answer_of("claim", "277_R", NULL);
}

static void of_nobody(CcAnswer *a)
{
    a->bht03 = fw_text(fw_batch_of("000000101"));
    a->npi = fw_text("1999999992");
}

static void provider_refused(void)
{
    fw_send_file("000000101");
    answer_of("provider", "277CA_U", of_nobody);
}

static void number_reused(void)
{
    CcInterchange *f;

    fw_send_file("000000101");
    f = fw_our_file("000000101");
    f->sha256 = fw_text("other bytes");
    fw_feed(TOPIC_INTERCHANGES, FW_RECEIVER, f);
}

static void about_office(CcAnswer *a)
{
    a->claim = claims_office(fw.memory);
    a->claim_id = a->claim->claim_id;
}

static void no_route(void)
{
    answer_of("inquiry", "", about_office);
    fw_clock_to(fw.now + HOUR);
}

/* paid - claim 1, by a payment that nobody waits for */
static void paid(void)
{
    fw_answer(fw_era("E1", "100", "CLP*A1000001*1*215*100**12*P1~CAS*CO*45*115~"));
    fw_clock_to(fw.now + 2 * HOUR);
}

static void never_sent(void)
{
    fw_say("validator", "checks_passed", CLAIM_STATE_READY, 0, "");
    paid();
}

static void voided(void)
{
    fw_say("validator", "void_confirmed", CLAIM_STATE_VOIDED, 0, "");
    paid();
}

static void stuck(void)
{
    fw_say("coder", "coded", CLAIM_STATE_CODED, 0, "");
    fw_clock_to(fw.now + 2 * DAYS);
}

static void next_payer_silent(void)
{
    fw_send_file("000000101");
    fw_answer(fw_era("E2", "100", "CLP*A1000001*19*215*100*25*12*P1~CAS*CO*45*90~CAS*PR*3*25~"));
    fw_clock_to(fw.now + 31 * DAYS);
}

/* Those that no other test asks. */
static const struct {
    const char *reason;
    void (*provoke)(void);
} rows[] = {
    {"information-requested", information_requested},
    {"provider-refused", provider_refused},
    {"control-number-reused", number_reused},
    {"no-route", no_route},
    {"payment-for-unsent-claim", never_sent},
    {"unexpected-payment", voided},
    {"stuck", stuck},
    {"cob-silent", next_payer_silent},
};

/* each_row - is asked, and has everything (fw_teardown) */
static void each_row(void **state)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fw_setup(state);
        rows[i].provoke();
        if (!fw_asked(rows[i].reason))
            fail_msg("%s was not asked", rows[i].reason);
        fw_teardown(state);
    }
}

/* tests_of_follow - all in one */
static void tests_of_follow(struct buf *out)
{
    DIR *folder = opendir("tests/unit");
    struct dirent *d;
    char path[PATH_MAX];

    assert_non_null(folder);
    while ((d = readdir(folder)))
        if (strstr(d->d_name, "follow") && strstr(d->d_name, "_test.c")) {
            struct buf one;

            buf_init(&one);
            assert_true(file_join(path, sizeof(path), "tests/unit", d->d_name));
            assert_int_equal(file_read(path, 1 << 22, &one, &fw.error), 0);
            buf_add(out, one.data, one.len);
            buf_release(&one);
        }
    closedir(folder);
}

/* no_row_unasked - each reason is named by a test of follow */
static void no_row_unasked(void **state)
{
    char name[64];
    struct buf all;

    (void)state;
    buf_init(&all);
    tests_of_follow(&all);
    for (const struct follow_reason *r = follow_reasons; r->reason; r++) {
        snprintf(name, sizeof(name), "\"%s\"", r->reason);
        if (!strstr(all.data, name))
            fail_msg("no test asks %s", r->reason);
    }
    buf_release(&all);
}

/* settle - a person chooses an open answer, as the operator's command sends it */
static void settle(const CcReviewItem *asked, const char *choice)
{
    CcAnswer *a = event_new(fw.memory, &cc_answer__descriptor);

    a->kind = fw_text("person");
    a->level = fw_text("question");
    a->key = arena_printf(fw.memory, "person|%s|%s", asked->review_id, choice);
    a->answer = event_new(fw.memory, &cc_review_answer__descriptor);
    a->answer->review_id = asked->review_id;
    a->answer->choice = fw_text(choice);
    a->answer->role = fw_text("biller");
    a->answer->why = fw_text("posted in the ledger");
    a->review = event_copy(fw.memory, &asked->base);
    a->review->answer = a->answer;
    fw_feed(TOPIC_PAYER_ANSWERS, asked->key, a);
}

/* open_answers - of a question with a claim and of one without: "undetermined" leaves it open for
 * the billing lead, "other" ends it; the claim stays where it is */
static void open_answers(void **state)
{
    static const char *const reasons[] = {"denied", "control-number-reused"};

    for (size_t i = 0; i < 2; i++) {
        CcReviewItem *item;

        fw_setup(state);
        if (i == 0) {
            fw_send_file("000000101");
            fw_answer(fw_era("E1", "0", "CLP*A1000001*1*215*0**12*P1~CAS*CO*50*215~"));
        } else {
            number_reused();
        }
        settle(fw_asked(reasons[i]), "undetermined");
        item = fw_asked(reasons[i]);
        assert_string_equal(item->state, "open");
        assert_string_equal(item->owner, "billing lead");
        assert_string_equal(item->answer->choice, "undetermined");
        settle(item, "other");
        item = fw_asked(reasons[i]);
        assert_string_equal(item->state, "done");
        assert_string_equal(item->answer->why, "posted in the ledger");
        if (i == 0)
            assert_state("A1000001", DENIED);
        fw_teardown(state);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row),
        cmocka_unit_test(no_row_unasked),
        cmocka_unit_test(open_answers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
