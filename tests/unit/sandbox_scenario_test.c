/* sandbox_scenario_test.c - a demanding payer: questions (276) answered by what it knows, answers
 * that come twice or never, interest, takebacks, reversals; all of it in balance */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/claim/read835.h"
#include "common/claim/readack.h"
#include "common/claim/write276.h"
#include "common/sys/file.h"
#include "common/x12/check.h"
#include "services/sandbox/sandbox.h"
#include "tests/support/claims.h"
#include "tests/support/folder.h"
#include "tests/support/reply.h"

static char root[256], mailbox[300], replies[300];
static struct sandbox sandbox;
static struct box box;
static struct arena *memory;
static struct err error;

/* setup - a payer without faults that pays all */
static int setup(void **state)
{
    (void)state;
    folder_make(root, sizeof(root), "sandbox_scenario");
    snprintf(mailbox, sizeof(mailbox), "%s/in", root);
    snprintf(replies, sizeof(replies), "%s/out", root);
    memory = arena_new(64 << 20);
    memset(&sandbox, 0, sizeof(sandbox));
    sandbox.seed = "1";
    sandbox.pay_after_ms = 1000;
    assert_int_equal(mix_parse("paid=1", &sandbox.mix, &error), 0);
    assert_int_equal(box_open(&box, &sandbox, mailbox, replies, &error), 1);
    return 0;
}

/* teardown - gives all back */
static int teardown(void **state)
{
    (void)state;
    box_close(&box);
    folder_remove(root);
    arena_free(memory);
    return 0;
}

/* with - the scenario of these lines */
static void with(const char *lines)
{
    if (scenario_parse(lines, strlen(lines), &sandbox.scenario, &error) != 0)
        fail_msg("%s", error.text);
}

/* send - bytes into the mailbox, and a look */
static void send(const char *name, const struct buf *b, int64_t now)
{
    assert_int_equal(file_write(mailbox, name, b->data, b->len, &error), 0);
    assert_int_equal(box_turn(&box, now, NULL, &error), 0);
}

/* bill - the worked 837P, and everything that is due for it */
static void bill(void)
{
    struct buf b;

    buf_init(&b);
    reply_golden("837p.x12", &b);
    send("837p.x12", &b, 0);
    buf_release(&b);
}

/* payment - the first 835; NULL: none */
static struct payment *payment(void)
{
    struct payment *p = NULL;
    struct reply_walk w;
    struct reply_item item;
    struct buf b;

    buf_init(&b);
    if (folder_look(replies, "835", &b)) {
        reply_walk_init(&w, b.data, b.len);
        while (!p && reply_walk_next(&w, &item))
            if (read835_reads(&item))
                assert_int_equal(read835(memory, &item, &p, &error), 0);
    }
    buf_release(&b);
    return p;
}

/* pay - the time of the 835 */
static void pay(void)
{
    assert_int_equal(box_turn(&box, 2000, NULL, &error), 0);
}

/* ask - a question about claim 1 of the worked file, and its answer's event */
static const char *ask(uint32_t control, const char *claim_id, int64_t now)
{
    CcClaim *c = claims_office(memory);
    struct status_question q = {c, "", "", 0};
    struct status_batch b = {&claims_route, &q, 1, control, "Q1", 20260416, 900};
    struct reply_answers answers = {0};
    char kind[32];
    struct reply_walk w;
    struct reply_item item;
    struct buf bytes;

    c->claim_id = claims_text(memory, claim_id);
    buf_init(&bytes);
    assert_int_equal(status_render(&b, &bytes, &error), 0);
    snprintf(kind, sizeof(kind), "q%u", control);
    send(kind, &bytes, now);
    buf_reset(&bytes);
    snprintf(kind, sizeof(kind), "277_SUBM10001_%09u", control);
    assert_true(folder_look(replies, kind, &bytes) == 1);
    reply_walk_init(&w, bytes.data, bytes.len);
    while (reply_walk_next(&w, &item))
        if (readack_reads(&item))
            assert_int_equal(readack(memory, &item, &answers, &error), 0);
    buf_release(&bytes);
    assert_int_equal(answers.n_item, 1);
    assert_string_equal(answers.item[0]->kind, "277");
    assert_string_equal(answers.item[0]->claim_id, claim_id);
    return answers.item[0]->category;
}

/* questions - not found, in process, finalized */
static void questions(void **state)
{
    (void)state;
    bill();
    assert_string_equal(ask(7001, "A1000001", 10), "P1");
    assert_string_equal(ask(7002, "B7777777", 20), "D0");
    pay();
    assert_string_equal(ask(7003, "A1000001", 2010), "F1");
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

/* as_the_guide - the 277 has no fault */
static void as_the_guide(void **state)
{
    const struct x12_check_options o = {.snip = 4};
    size_t findings = 0;
    struct buf b;

    (void)state;
    bill();
    ask(7001, "A1000001", 10);
    buf_init(&b);
    assert_true(folder_look(replies, "277_", &b) == 1);
    assert_int_equal(x12_check(b.data, b.len, &o, on_result, &findings, &error), 0);
    assert_int_equal(findings, 0);
    buf_release(&b);
}

/* twice - every answer comes again under another name, with the same bytes */
static void twice(void **state)
{
    struct buf b;

    (void)state;
    with("# a payer that repeats itself\nrepeat 1\n");
    bill();
    pay();
    buf_init(&b);
    assert_int_equal(folder_look(replies, "999", &b), 2);
    assert_int_equal(folder_look(replies, "277CA", &b), 2);
    assert_int_equal(folder_look(replies, "835", &b), 2);
    buf_release(&b);
}

/* silent - what it does not send */
static void silent(void **state)
{
    struct buf b;

    (void)state;
    with("no-999 1\nno-277ca 1\nno-835 1");
    bill();
    pay();
    buf_init(&b);
    assert_int_equal(folder_look(replies, "", &b), 0);
    buf_release(&b);
}

/* moved - interest and a takeback stand outside of claims, and the payment balances */
static void moved(void **state)
{
    struct payment *p;
    int64_t sum = 0;

    (void)state;
    with("interest-cents 123\ntakeback-cents 1000\n");
    bill();
    pay();
    p = payment();
    assert_true(p->balanced);
    for (size_t i = 0; i < p->n_claims; i++)
        sum += p->claims[i]->paid_cents;
    assert_int_equal(p->check_cents, sum + 123 - 1000);
    assert_int_equal(p->n_adjustments, 2);
    assert_string_equal(p->adjustments[0].reason, "L6");
    assert_int_equal(p->adjustments[0].amount_cents, -123);
    assert_string_equal(p->adjustments[1].reason, "WO");
}

/* reversed - each claim is paid, taken back and paid anew in one payment */
static void reversed(void **state)
{
    struct payment *p;
    size_t back = 0;

    (void)state;
    with("reverse-percent 100");
    bill();
    pay();
    p = payment();
    assert_true(p->balanced);
    assert_true(p->n_claims >= 3 && p->n_claims % 3 == 0);
    for (size_t i = 0; i < p->n_claims; i++)
        back += p->claims[i]->reversal ? 1 : 0;
    assert_int_equal(back, p->n_claims / 3);
}

/* not_again - a file that was settled under one scenario is not answered anew under the next */
static void not_again(void **state)
{
    (void)state;
    with("no-835 1");
    bill();
    pay();
    with("reverse-percent 100\nreverse-later 1\nforward-percent 100");
    assert_int_equal(box_turn(&box, 90000, NULL, &error), 0);
    assert_int_equal(folder_look(replies, "835", NULL), 0);
}

/* no_scenario - a word that is none, a number that is none or too large, no number */
static void no_scenario(void **state)
{
    static const char *const wrong[] = {"repeats 1", "repeat x", "repeat 10", "repeat", "no-835 2"};

    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_int_equal(scenario_parse(wrong[i], strlen(wrong[i]), &sandbox.scenario, &error), -1);
}

/* every_word - is taken with its bound and not beyond it, and stands with its bound in the document
 */
static void every_word(void **state)
{
    char text[80];
    struct buf b;

    (void)state;
    buf_init(&b);
    assert_int_equal(file_read("docs/sandbox.md", 1 << 20, &b, &error), 0);
    for (const struct scenario_word *w = scenario_words; w->name; w++) {
        struct scenario s;

        snprintf(text, sizeof(text), "%s %lld", w->name, (long long)w->max);
        assert_int_equal(scenario_parse(text, strlen(text), &s, &error), 0);
        assert_int_equal(*(int64_t *)(void *)((char *)&s + w->offset), w->max);
        snprintf(text, sizeof(text), "%s %lld", w->name, (long long)w->max + 1);
        assert_int_equal(scenario_parse(text, strlen(text), &s, &error), -1);
        snprintf(text, sizeof(text), "| `%s` | 0 to %lld |", w->name, (long long)w->max);
        if (!strstr(b.data, text))
            fail_msg("docs/sandbox.md has no row %s", text);
    }
    buf_release(&b);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(questions), CASE(as_the_guide), CASE(twice),     CASE(silent),     CASE(moved),
        CASE(reversed),  CASE(no_scenario),  CASE(not_again), CASE(every_word),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
