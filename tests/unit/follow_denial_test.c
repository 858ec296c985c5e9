/* follow_denial_test.c - denials: whose work, what to do, no appeal of what leaves none, and the
 * rule that would have stopped the claim; takebacks and foreign numbers lead to the claim they are
 * of */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/claim/denial_work.h"
#include "services/validator/validator.h"
#include "tests/support/claims.h"
#include "tests/support/following.h"
#include "tests/support/loading.h"

#define HEADER                                                                                     \
    "rule,payer,plan,kind,severity,what,codes,condition,value,message,fix,authority,from,to\n"

/* deny - claim 1 clean and sent, then its line 1 refused for this reason beside this remark */
static CcReviewItem *deny(const char *group, const char *reason, const char *remark)
{
    CcClaim *c = claims_office(fw.memory);
    char text[300];

    c->version = 1;
    fw_feed(TOPIC_CLAIMS_CLEAN, c->claim_id, c);
    fw_send_file("000000101");
    snprintf(
        text, sizeof(text),
        "CLP*A1000001*1*215*50**12*P1~SVC*HC:99214:25*165*0**1~CAS*%s*%s*165~REF*6R*A1000001L1~"
        "%s%s%sSVC*HC:83036:QW*50*50**1~REF*6R*A1000001L2~",
        group, reason, remark[0] ? "LQ*HE*" : "", remark, remark[0] ? "~" : "");
    fw_answer(fw_era("E1", "50", text));
    return fw_asked("paid-in-part");
}

struct expect {
    const char *group, *reason, *remark, *category, *owner, *route,
        *rule; /* rule: its middle; "" = none */
};

/* clang-format off */
static const struct expect expected[] = {
    {"CO", "197", "",      "authorization",     "authorizations",   "APP",  ",authorization,99214,\"\",,"},
    {"CO", "50",  "",      "medical necessity", "clinical appeals", "FIX",  ",hold,condition,99214,\"pointed_dx in (E1165)\",,"},
    {"CO", "5",   "",      "coding",            "coding",           "FIX",  ",hold,condition,99214,\"place = 11\",,"},
    {"CO", "151", "",      "medical necessity", "clinical appeals", "REC",  ",hold,element,99214,\"\",units < 1,"},
    {"CO", "16",  "MA120", "billing",           "billing",          "FIX",  ",required-field,99214,\"\",clia,"},
    {"CO", "16",  "M119",  "billing",           "billing",          "FIX",  ",required-field,99214,\"\",ndc,"},
    {"CO", "16",  "M62",   "billing",           "billing",          "FIX",  ",authorization,99214,\"\",,"},
    {"CO", "16",  "N290",  "billing",           "billing",          "FIX",  ",required-field,99214,\"\",rendering_npi,"},
    {"CO", "16",  "N286",  "billing",           "billing",          "FIX",  ",required-field,99214,\"\",referring_npi,"},
    {"CO", "16",  "N265",  "billing",           "billing",          "FIX",  ",required-field,99214,\"\",ordering_npi,"},
    {"CO", "16",  "M47",   "billing",           "billing",          "FIX",  ",required-field,99214,\"frequency in (7, 8)\",original_reference,"},
    {"CO", "16",  "N362",  "billing",           "billing",          "FIX",  ",hold,element,99214,\"\",units < 1,"},
    {"CO", "288", "",      "authorization",     "authorizations",   "FIX",  ",referral,99214,\"\",,"},
    {"CO", "4",   "",      "coding",            "coding",           "FIX",  ",hold,condition,99214,\"modifiers is missing\",,"},
    {"CO", "16",  "",      "billing",           "billing",          "FIX",  ""},
    {"CO", "252", "",      "documentation",     "medical records",  "REC",  ""},
    {"CO", "29",  "",      "timely filing",     "billing lead",     "APP",  ""},
    {"PI", "204", "N211",  "write-off",         "billing lead",     "WO",   ""},
    {"CO", "X99", "",      "",                  "billing",          "",     ""},
};
/* clang-format on */

/* say_bad - a test of a rule that fails */
static void say_bad(void *arg, const struct err *e)
{
    (void)arg;
    print_message("%s\n", e->text);
}

/* check_proposal - rule and tests load in the tables' own format, and the tests hold */
static void check_proposal(const CcReviewItem *item)
{
    struct loading l;
    char file[2048];

    loading_begin(&l, NULL);
    snprintf(file, sizeof(file), HEADER "%s\n", item->proposed_rule);
    if (loading_add(&l, "payer_rules.csv", file) != LOAD_TAKEN)
        fail_msg("%s: %s", item->proposed_rule, l.last.text);
    snprintf(file, sizeof(file), "test,rule,claim,expect,changes\n%s\n", item->proposed_tests);
    if (loading_add(&l, "payer_rule_tests.csv", file) != LOAD_TAKEN)
        fail_msg("%s: %s", item->proposed_tests, l.last.text);
    loading_publish(&l);
    if (validator_rule_tests(l.tables, say_bad, NULL) != 0)
        fail_msg("%s\n%s", item->proposed_rule, item->proposed_tests);
    loading_end(&l);
}

/* whose_work - by the reason, else by the route; the proposed rule compiles */
static void whose_work(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
        const struct expect *x = &expected[i];
        CcReviewItem *item = deny(x->group, x->reason, x->remark);

        assert_string_equal(item->category, x->category);
        assert_string_equal(item->owner, x->owner);
        assert_string_equal(item->route, x->route);
        assert_true(item->action[0] != '\0');
        if (!x->rule[0]) {
            assert_string_equal(item->proposed_rule, "");
            assert_string_equal(item->proposed_tests, "");
        } else {
            if (!strstr(item->proposed_rule, x->rule))
                fail_msg("%s%s: %s", x->group, x->reason, item->proposed_rule);
            check_proposal(item);
        }
        fw_teardown(NULL);
        fw_setup(NULL);
    }
}

/* without_the_claim - nothing is proposed of a claim that is not known here */
static void without_the_claim(void **state)
{
    (void)state;
    fw_send_file("000000101");
    fw_answer(fw_era("E1", "0", "CLP*A1000001*1*215*0**12*P1~CAS*CO*197*215~"));
    assert_string_equal(fw_asked("denied")->category, "authorization");
    assert_string_equal(fw_asked("denied")->proposed_rule, "");
}

/* takeback - money taken back outside of claims names the claim that the payer's number is of */
static void takeback(void **state)
{
    (void)state;
    fw_send_file("000000101");
    fw_answer(fw_era("E1", "215", "CLP*A1000001*1*215*215**12*P1~"));
    fw_answer(
        fw_era("E2", "190", "CLP*A1000002*1*240*240**12*P2~PLB*1234567893*20261231*WO:P1*50~"));
    assert_string_equal(fw_asked("provider-adjustment")->claim_id, "A1000001");
    assert_non_null(strstr(fw_asked("provider-adjustment")->question, "of claim A1000001, 50"));
    assert_int_equal(fw_posted_sum("A1000001"), 21500); /* a person posts it */
    fw_answer(fw_era("E3", "-5", "PLB*1234567893*20261231*WO:P7*5~"));
    assert_string_equal(fw_asked("provider-adjustment")->claim_id, "");
}

/* by_their_number - a claim number that is none of ours, under a number of the payer's that we know
 */
static void by_their_number(void **state)
{
    (void)state;
    fw_send_file("000000101");
    fw_answer(fw_era("E1", "215", "CLP*A1000001*1*215*215**12*P1~"));
    fw_answer(fw_era("E2", "10", "CLP*a1000-001/X*1*10*10**12*P1~"));
    assert_string_equal(fw_asked("unknown-claim")->claim_id, "A1000001");
    assert_int_equal(fw_posted_sum("A1000001"), 21500);
}

/* paid_as - claim 1 is clean; a payment of its member, day and charge comes under this number */
static CcReviewItem *paid_as(const char *number, const char *member, const char *day)
{
    CcClaim *c = claims_office(fw.memory);
    char text[300];

    c->version = 1;
    c->receiver = fw_text(FW_RECEIVER);
    fw_feed(TOPIC_CLAIMS_CLEAN, c->claim_id, c);
    fw_send_file("000000101");
    snprintf(text, sizeof(text),
             "CLP*%s*1*215*215**12*P1~NM1*QC*1*TESTER*ADA****MI*%s~SVC*HC:99214:25*165*165~"
             "DTM*472*%s~SVC*HC:83036:QW*50*50~DTM*472*%s~",
             number, member, day, day);
    fw_answer(fw_era("E1", "215", text));
    fw_clock_to(fw.now + 2 * HOUR);
    assert_int_equal(fw_count(TOPIC_REMITTANCES), 0);
    return fw_asked("unknown-claim");
}

/* by_member - a damaged number is tied by member, day and charge, for a person to look at; another
 * member or day is not */
static void by_member(void **state)
{
    static const struct {
        const char *number, *member, *day, *claim;
    } cases[] = {{"A1000", "SYN0001234", "20260325", "A1000001"},
                 {"x/1", "SYN0001234", "20260325", "A1000001"},
                 {"A1000", "SYN0001235", "20260325", "A1000"},
                 {"x/1", "SYN0001234", "20260326", "x/1"}};

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        CcReviewItem *item = paid_as(cases[i].number, cases[i].member, cases[i].day);

        assert_string_equal(item->claim_id, cases[i].claim);
        assert_null(strstr(item->question, "SYN0001"));
        fw_teardown(NULL);
        fw_setup(NULL);
    }
}

/* choose - a person's word on a payment without a claim, as the command sends it */
static void choose(const CcReviewItem *item, const char *choice)
{
    CcAnswer *a = event_new(fw.memory, &cc_answer__descriptor);

    assert_string_equal(item->receiver, FW_RECEIVER);
    a->kind = fw_text("person");
    a->level = fw_text("tie");
    a->receiver = fw_text(FW_RECEIVER);
    a->key = arena_printf(fw.memory, "person|%s|%s", item->review_id, choice);
    a->answer = event_new(fw.memory, &cc_review_answer__descriptor);
    a->answer->review_id = item->review_id;
    a->answer->choice = fw_text(choice);
    a->answer->role = fw_text("cash poster");
    fw_feed(TOPIC_PAYER_ANSWERS, FW_RECEIVER, a);
}

/* tied - a person's word posts the payment to the claim, once, with the role; the question closes
 */
static void tied(void **state)
{
    CcReviewItem *item = paid_as("x/1", "SYN0001234", "20260325");

    (void)state;
    assert_int_equal(item->n_options, 4); /* with the two that every question has */
    assert_string_equal(item->options[0]->id, "A1000001");
    assert_string_equal(item->options[1]->id, "none");
    choose(item, "A1000009"); /* was not offered */
    assert_int_equal(fw_count(TOPIC_REMITTANCES), 0);
    choose(item, "A1000001");
    assert_int_equal(fw_posted_sum("A1000001"), 21500);
    assert_state("A1000001", PAID);
    assert_string_equal(fw_last("A1000001")->reason, "tied to this claim by cash poster");
    assert_string_equal(fw_last("A1000001")->reply_sha256, item->reply_sha256);
    assert_string_equal(fw_asked("")->review_id, item->review_id);
    assert_string_equal(fw_asked("")->state, "done");
    assert_string_equal(fw_asked("")->answer->role, "cash poster");
    choose(item, "A1000001");
    assert_int_equal(fw_posted_sum("A1000001"), 21500);
    fw_answer(fw_era("E2", "10",
                     "CLP*a1000-001/X*1*10*10**12*P1~")); /* the payer's number is known now */
    assert_string_equal(fw_asked("unknown-claim")->claim_id, "A1000001");
}

/* tied_when_full - the word is no reason to post more than was billed */
static void tied_when_full(void **state)
{
    CcReviewItem *item = paid_as("x/1", "SYN0001234", "20260325");

    (void)state;
    fw_answer(fw_era("E2", "215", "CLP*A1000001*1*215*215**12*P2~"));
    choose(item, "A1000001");
    fw_clock_to(fw.now + 2 * HOUR);
    assert_int_equal(fw_posted_sum("A1000001"), 21500);
    assert_non_null(fw_asked("second-payment"));
}

/* none_of_them - nothing is posted, and nobody is asked again */
static void none_of_them(void **state)
{
    CcReviewItem *item = paid_as("x/1", "SYN0001234", "20260325");

    (void)state;
    choose(item, "none");
    assert_int_equal(fw_count(TOPIC_REMITTANCES), 0);
    assert_string_equal(fw_asked("")->state, "done");
    choose(item, "A1000001");
    assert_int_equal(fw_count(TOPIC_REMITTANCES), 0);
}

/* several - claims of the same member, day and charge are all offered */
static void several(void **state)
{
    CcClaim *c = claims_office(fw.memory);
    CcReviewItem *item;

    (void)state;
    c->claim_id = fw_text("A1000002");
    c->version = 1;
    c->receiver = fw_text(FW_RECEIVER);
    fw_feed(TOPIC_CLAIMS_CLEAN, c->claim_id, c);
    item = paid_as("x/1", "SYN0001234", "20260325");
    assert_int_equal(item->n_options, 5);
    assert_non_null(strstr(item->question, "several claims"));
    choose(item, "A1000001");
    assert_int_equal(fw_posted_sum("A1000001"), 21500);
    assert_int_equal(fw_posted_sum("A1000002"), 0);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, fw_setup, fw_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(whose_work),      CASE(without_the_claim), CASE(takeback),
        CASE(by_their_number), CASE(by_member),         CASE(tied),
        CASE(tied_when_full),  CASE(none_of_them),      CASE(several)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
