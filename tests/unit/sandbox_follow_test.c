/* sandbox_follow_test.c - every scenario of the sandbox through follow: where each claim ends, and
 * every cent that the payer said it paid */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/claim/lifecycle.h"
#include "services/cleanclaim/live.h"
#include "services/cleanclaim/report.h"
#include "tests/support/following.h"
#include "tests/support/paying.h"

struct row {
    struct paying_row is;
    const char *ends;   /* states, in the order of the claims */
    int64_t paid_cents; /* of all claims */
    size_t files, interchanges;
    size_t questions;  /* that it leads to, */
    const char *asked; /* all of this reason; NULL: none */
};

/* clang-format off */
static const struct row rows[] = {
    {{"plain",            "",                                     2, 0, false}, "PAID PAID", 29913, 1, 3, 0, NULL},
    {{"delayed",          "ack-after-ms 5000\npay-after-ms 60000", 2, 0, false}, "PAID PAID", 29913, 1, 3, 0, NULL},
    {{"twice",            "repeat 1",                             2, 0, false}, "PAID PAID", 29913, 1, 6, 0, NULL},
    {{"out of order",     "out-of-order 1",                       4, 2, false}, "PAID PAID PAID PAID", 64173, 1, 3, 0, NULL},
    {{"out of order, twice", "out-of-order 1\nrepeat 2",         4, 2, false}, "PAID PAID PAID PAID", 64173, 1, 9, 0, NULL},
    {{"in one file",      "together 1",                           4, 2, false}, "PAID PAID PAID PAID", 64173, 1, 3, 0, NULL},
    {{"in one interchange", "together 2",                         4, 2, false}, "PAID PAID PAID PAID", 64173, 1, 1, 0, NULL},
    {{"in one file, backwards, twice", "together 1\nout-of-order 1\nrepeat 1", 4, 2, false}, "PAID PAID PAID PAID", 64173, 1, 6, 0, NULL},
    {{"in one interchange, backwards", "together 2\nout-of-order 1", 4, 2, false}, "PAID PAID PAID PAID", 64173, 1, 1, 0, NULL},
    {{"a set refused",    "refuse-set 2",                         4, 2, false}, "PAID PAID HELD PAID", 45568, 2, 6, 1, "refused-999"},
    {{"a set refused, out of order", "refuse-set 2\nout-of-order 1", 4, 2, false}, "PAID PAID HELD PAID", 45568, 2, 6, 1, "refused-999"},
    {{"errors noted",     "note-sets 1",                          4, 2, false}, "PAID PAID PAID PAID", 64173, 1, 3, 0, NULL},
    {{"some rejected",    "reject-percent 50",                    4, 0, false}, "PAID PAID REJECTED REJECTED", 29913, 1, 3, 2, "rejected"},
    {{"provider rejected", "reject-provider 1",                   2, 0, false}, "REJECTED REJECTED", 0, 1, 2, 2, "rejected"},
    {{"batch rejected",   "reject-batch 1",                       2, 0, false}, "REJECTED REJECTED", 0, 1, 2, 2, "rejected"},
    {{"no 999",           "no-999 1",                             2, 0, false}, "PAID PAID", 29913, 1, 2, 0, NULL},
    {{"no 277CA",         "no-277ca 1",                           2, 0, false}, "PAID PAID", 29913, 1, 2, 0, NULL},
    {{"no 835",           "no-835 1",                             2, 0, false}, "ACCEPTED ACCEPTED", 0, 1, 2, 0, NULL},
    {{"interest",         "interest-cents 123",                   2, 0, false}, "PAID PAID", 29913, 1, 3, 1, "provider-adjustment"},
    {{"takeback",         "takeback-cents 1000",                  2, 0, false}, "PAID PAID", 29913, 1, 3, 1, "provider-adjustment"},
    {{"decided anew",     "reverse-percent 100",                  2, 0, false}, "PAID PAID", 29913, 1, 3, 0, NULL},
    {{"decided anew later", "reverse-percent 100\nreverse-later 1", 2, 0, false}, "PAID PAID", 29913, 1, 4, 0, NULL},
    {{"crossover",        "forward-percent 100",                  2, 0, true},  "PAID PAID", 33595, 1, 4, 0, NULL},
    {{"nothing paid",     "zero-percent 100",                     2, 0, false}, "PAID PAID", 0, 1, 3, 0, NULL},
    {{"reduced",          "reduced 1",                            2, 0, false}, "PARTIAL PARTIAL", 7440, 1, 3, 2, "paid-in-part"},
    {{"denied",           "denied 1",                             2, 0, false}, "DENIED DENIED", 0, 1, 3, 2, "denied"},
    {{"bundled",          "bundle-percent 100",                   2, 0, false}, "PAID PAID", 29913, 1, 3, 0, NULL},
    {{"split",            "split-percent 100",                    2, 0, false}, "PAID PAID", 29913, 1, 3, 0, NULL},
    {{"no modifiers",     "no-modifiers 1\nno-line-numbers 1",    2, 0, false}, "PAID PAID", 29913, 1, 3, 0, NULL},
};
/* clang-format on */

/* ends - the states of all claims, and what follow counts as paid; what it published of each is
 * that sum */
static int64_t ends(char *out, size_t size)
{
    int64_t paid = 0;
    size_t at = 0;

    out[0] = '\0';
    for (size_t i = 0; i < paying_count(); i++) {
        const CcClaimStatus *st = paying_status(i);
        char word[EVENT_WORD];

        assert_non_null(st);
        at += (size_t)snprintf(out + at, size - at, "%s%s", i ? " " : "",
                               event_word(&cc_claim_state__descriptor, (int)st->state, true, word));
        paid += st->paid_cents;
        assert_int_equal(fw_posted_sum(paying_id(i)), st->paid_cents);
    }
    return paid;
}

/* questions - all of them are of this reason */
static void questions(const struct row *row)
{
    if (fw_count(TOPIC_WORK_REVIEW) != row->questions)
        fail_msg("%s: %zu questions", row->is.name, fw_count(TOPIC_WORK_REVIEW));
    for (size_t i = 0; i < svc_sim_count(fw.sim); i++)
        if (svc_sim_output(fw.sim, i)->topic == TOPIC_WORK_REVIEW)
            assert_string_equal(((CcReviewItem *)fw_output(i, &cc_review_item__descriptor))->reason,
                                row->asked);
}

/* number - of a line of the report */
static int64_t number(const json_t *line, const char *key)
{
    return json_integer_value(json_object_get(line, key));
}

/* proof - sent = acknowledged + pending + silent, of each file, by claim and by dollar; every claim
 * is somewhere, and none is in two files */
static void proof(const struct row *row)
{
    json_t *statuses = json_object();
    int64_t elsewhere = 0, counted = 0;

    for (size_t i = 0; i < paying_count(); i++)
        json_object_set_new(statuses, paying_id(i), live_status_json(paying_status(i)));
    for (size_t i = 0; i < pay.files; i++) {
        json_t *line = report_file(paying_file(i), statuses);
        int64_t claims = 0, cents = 0;
        char key[40];

        for (int w = 0; w < REPORT_WHERE_MAX; w++) {
            snprintf(key, sizeof(key), "%s_cents", report_word((enum report_where)w));
            claims += number(line, report_word((enum report_where)w));
            cents += number(line, key);
        }
        assert_int_equal(claims, paying_file(i)->n_claims);
        assert_int_equal(cents, paying_file(i)->charge_cents);
        assert_int_equal(number(line, "silent"), 0);
        elsewhere += number(line, "elsewhere");
        counted += claims;
        json_decref(line);
    }
    if (counted - elsewhere != (int64_t)paying_count())
        fail_msg("%s: %lld claims of %zu", row->is.name, (long long)(counted - elsewhere),
                 paying_count());
    json_decref(statuses);
}

/* each_row - to its end */
static void each_row(void **state)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct row *row = &rows[i];
        char got[200];
        int64_t paid;

        paying_setup(state);
        paying_run(&row->is);
        paid = ends(got, sizeof(got));
        if (strcmp(got, row->ends) != 0 || paid != row->paid_cents || paid != pay.paid_cents ||
            pay.files != row->files || pay.interchanges != row->interchanges)
            fail_msg("%s: %s, %lld of %lld cents, %zu files, %zu interchanges", row->is.name, got,
                     (long long)paid, (long long)pay.paid_cents, pay.files, pay.interchanges);
        questions(row);
        proof(row);
        paying_teardown(state);
    }
}

/* moved_outside - what the payer sent is what its claims say, and what it moved outside of them */
static void moved_outside(void **state)
{
    static const struct paying_row row = {"moved", "interest-cents 123\ntakeback-cents 1000", 2, 0,
                                          false};

    paying_setup(state);
    paying_run(&row);
    assert_int_equal(pay.check_cents, pay.paid_cents + 123 - 1000);
    paying_teardown(state);
}

/* takeback_of_before - the money is taken for a claim of the payment before, and the question names
 * that claim */
static void takeback_of_before(void **state)
{
    static const struct paying_row row = {"before", "takeback-cents 1000", 1, 0, false};
    CcReviewItem *item;

    paying_setup(state);
    paying_run(&row);
    paying_more(&row, 1);
    item = fw_asked("provider-adjustment");
    assert_non_null(item);
    assert_string_equal(item->claim_id, paying_id(0));
    assert_non_null(strstr(item->question, "WO"));
    paying_teardown(state);
}

/* forwarded_in_between - between the two payments the claim waits for the other payer, and is not
 * billed to it by us */
static void forwarded_in_between(void **state)
{
    static const struct paying_row row = {"crossover", "forward-percent 100", 2, 0, true};
    size_t waits = 0;

    paying_setup(state);
    paying_run(&row);
    for (size_t i = 0; i < svc_sim_count(fw.sim); i++)
        if (svc_sim_output(fw.sim, i)->topic == TOPIC_CLAIMS_STATUS) {
            const CcClaimStatus *st = fw_output(i, &cc_claim_status__descriptor);

            waits += strcmp(st->event, life_event_word(LIFE_ERA_FORWARDED)) == 0 &&
                     st->state == CLAIM_STATE_COB_WAIT;
        }
    assert_int_equal(waits, 1); /* the other claim leaves the patient nothing: not forwarded */
    assert_int_equal(fw_count(TOPIC_CLAIMS_CODED), 0);
    paying_teardown(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row),
        cmocka_unit_test(moved_outside),
        cmocka_unit_test(takeback_of_before),
        cmocka_unit_test(forwarded_in_between),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
