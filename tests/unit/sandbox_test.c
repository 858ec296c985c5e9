/* sandbox_test.c - the pretend payer: real checks, answers that hold, the same bytes after a crash
 */
#include "tests/support/test.h"

#include <stdio.h>
#include <unistd.h>

#include "common/claim/denial.h"
#include "common/claim/read835.h"
#include "common/claim/readack.h"
#include "common/sys/digest.h"
#include "common/sys/file.h"
#include "common/x12/check.h"
#include "services/sandbox/sandbox.h"
#include "tests/support/folder.h"
#include "tests/support/reply.h"

static char root[256], mailbox[300], replies[300];
static struct sandbox sandbox;
static struct box box;
static struct arena *memory;
static struct buf file;
static struct err error;

/* open_box - with a mix */
static void open_box(const char *mix)
{
    assert_int_equal(mix_parse(mix, &sandbox.mix, &error), 0);
    sandbox.seed = "1";
    sandbox.pay_after_ms = 1000;
    if (box_open(&box, &sandbox, mailbox, replies, &error) != 1)
        fail_msg("%s", error.text);
}

/* setup - a payer that pays all */
static int setup(void **state)
{
    (void)state;
    folder_make(root, sizeof(root), "sandbox_test");
    snprintf(mailbox, sizeof(mailbox), "%s/in", root);
    snprintf(replies, sizeof(replies), "%s/out", root);
    memory = arena_new(64 << 20);
    buf_init(&file);
    open_box("paid=1");
    return 0;
}

/* teardown - gives all back */
static int teardown(void **state)
{
    (void)state;
    box_close(&box);
    folder_remove(root);
    arena_free(memory);
    buf_release(&file);
    return 0;
}

/* turn - one look */
static void turn(int64_t now)
{
    if (box_turn(&box, now, NULL, &error) != 0)
        fail_msg("%s", error.text);
}

/* put - `file` into the mailbox */
static void put(const char *name)
{
    assert_int_equal(file_write(mailbox, name, file.data, file.len, &error), 0);
}

/* put_golden - a worked 837, with one thing changed if wanted */
static void put_golden(const char *golden, const char *from, const char *to)
{
    buf_reset(&file);
    reply_golden(golden, &file);
    if (from && !reply_replace(&file, from, to))
        fail_msg("%s is not in %s", from, golden);
    put(golden);
}

/* answers_of - what the first reply of a kind says */
static struct reply_answers answers_of(const char *kind)
{
    struct reply_answers answers = {0};
    struct reply_walk w;
    struct reply_item item;
    struct buf b;

    buf_init(&b);
    folder_look(replies, kind, &b);
    reply_walk_init(&w, b.data, b.len);
    while (reply_walk_next(&w, &item)) {
        assert_int_not_equal(item.kind, REPLY_DAMAGED);
        if (readack_reads(&item))
            assert_int_equal(readack(memory, &item, &answers, &error), 0);
    }
    buf_release(&b);
    return answers;
}

/* payment_of - the n-th payment of the first 835; NULL: none */
static struct payment *payment_of(unsigned n)
{
    struct reply_walk w;
    struct reply_item item;
    struct payment *p = NULL, *found = NULL;
    struct buf b;
    unsigned i = 0;

    buf_init(&b);
    if (folder_look(replies, "835", &b)) {
        reply_walk_init(&w, b.data, b.len);
        while (reply_walk_next(&w, &item))
            if (read835_reads(&item)) {
                assert_int_equal(read835(memory, &item, &p, &error), 0);
                assert_true(p->balanced);
                if (i++ == n)
                    found = p;
            }
    }
    buf_release(&b);
    return found;
}

/* no_finding - every result of the checker is accepted */
static int no_finding(void *arg, const struct x12_result *r)
{
    (void)arg;
    if (!r->accepted || r->count)
        fail_msg("%s %s: %s %s", r->guide, r->count ? r->findings[0].segment : "",
                 r->count ? r->findings[0].code : "", r->count ? r->findings[0].message : "");
    return 0;
}

/* check_replies - every reply passes our own check, all levels */
static void check_replies(void)
{
    static const char *const kinds[] = {"TA1", "999", "277CA", "835"};

    for (size_t i = 0; i < 4; i++) {
        struct x12_check_options o = {0};
        struct buf b;

        buf_init(&b);
        if (folder_look(replies, kinds[i], &b))
            assert_int_equal(x12_check(b.data, b.len, &o, no_finding, NULL, &error), 0);
        buf_release(&b);
    }
}

/* worked_837p - billing §2.6: accepted, paid; two payers make two payments */
static void worked_837p(void **state)
{
    struct reply_answers a;
    struct payment *p;

    (void)state;
    put_golden("837p.x12", NULL, NULL);
    turn(1000);
    assert_int_equal(folder_look(mailbox, NULL, NULL), 0);
    a = answers_of("999");
    assert_int_equal(a.n_item, 1);
    assert_string_equal(a.item[0]->event, "999_A");
    assert_string_equal(a.item[0]->gs06, "101");
    a = answers_of("277CA");
    assert_int_equal(a.n_item, 3);
    assert_string_equal(a.item[0]->bht03, "B20260401P001");
    assert_int_equal(a.item[0]->accepted, 2);
    assert_string_equal(a.item[1]->claim_id, "A1000001");
    assert_string_equal(a.item[1]->category, "A2");
    assert_true(str_starts(a.item[1]->payer_claim, "SBX"));
    assert_int_equal(folder_look(replies, "835", NULL), 0);
    turn(1999);
    assert_int_equal(folder_look(replies, "835", NULL), 0);
    turn(2000);
    p = payment_of(0);
    assert_string_equal(p->claims[0]->claim_id, "A1000001");
    assert_string_equal(p->claims[0]->payer_claim, a.item[1]->payer_claim);
    assert_int_equal(p->claims[0]->charge_cents, 21500);
    assert_int_equal(p->claims[0]->n_lines, 2);
    assert_string_equal(p->claims[0]->lines[0]->control, "A1000001L1");
    p = payment_of(1);
    assert_string_equal(p->claims[0]->status, "2"); /* the secondary: what the primary left */
    assert_int_equal(p->check_cents, 3500);
    check_replies();
    turn(9000);
    assert_int_equal(folder_look(replies, "835", NULL), 1);
}

/* every_fate - 837P and 837I under each fate, several seeds: every reply holds */
static void every_fate(void **state)
{
    static const struct {
        const char *mix;
        CcClaimState at_least;
    } rows[] = {{"paid=1", CLAIM_STATE_PAID},
                {"reduced=1", CLAIM_STATE_PAID},
                {"denied=1", CLAIM_STATE_DENIED}};

    (void)state;
    for (size_t i = 0; i < 3; i++)
        for (int seed = 0; seed < 12; seed++) {
            char text[16];
            struct remit_outcome o;
            struct payment *p;

            box_close(&box);
            folder_remove(mailbox);
            folder_remove(replies);
            open_box(rows[i].mix);
            snprintf(text, sizeof(text), "%d", seed);
            sandbox.seed = text;
            put_golden(seed % 2 ? "837i.x12" : "837p.x12", NULL, NULL);
            turn(1000);
            turn(3000);
            check_replies();
            p = payment_of(0);
            assert_non_null(p);
            remit_decide(p->claims[0], &o);
            if (i == 0)
                assert_int_equal(o.state, CLAIM_STATE_PAID);
            if (i == 1)
                assert_true(o.share.denied_cents > 0 || o.share.contractual_cents > 0);
            if (i == 2) {
                assert_int_equal(o.state, CLAIM_STATE_DENIED);
                assert_int_equal(p->check_cents, 0);
                assert_string_equal(p->method, "NON");
            }
        }
}

/* rejected_by_mix - no payment for what was rejected */
static void rejected_by_mix(void **state)
{
    struct reply_answers a;

    (void)state;
    box_close(&box);
    open_box("rejected=1");
    put_golden("837i.x12", NULL, NULL);
    turn(1000);
    turn(9000);
    a = answers_of("277CA");
    assert_string_equal(a.item[1]->event, "277CA_U");
    assert_int_equal(folder_look(replies, "835", NULL), 0);
    check_replies();
}

struct fault {
    const char *from, *to, *code;
};

/* clang-format off */
static const struct fault faults[] = {
    {"CLM*A1000001*215*",   "CLM*A1000001*216*",   "A8:400"},
    {"XX*1455555015~\nPRV", "XX*1455555016~\nPRV", "A7:562:82"},
    {"ABK:E1165",           "ABK:11165",           "A7:255"},
    {"UN*1***1:2~",         "UN*1***1:3~",         "A7:477"},
    {"D8*20260325~\nREF*6R*A1000001L1", "D8*20260402~\nREF*6R*A1000001L1", "A7:510"},
    {"11:B:1*Y*A*Y*Y~\nREF*X4*36D9999999~\nREF*EA*MRN778", "11:B:7*Y*A*Y*Y~\nREF*F8*NEVERSEEN~\nREF*EA*MRN778", "A7:464"},
};
/* clang-format on */

/* content_faults - each is refused with the status code that names it; the other claim is accepted
 */
static void content_faults(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        struct reply_answers a;

        put_golden("837p.x12", faults[i].from, faults[i].to);
        turn(1000);
        a = answers_of("277CA");
        if (a.n_item != 3 || strcmp(a.item[1]->event, "277CA_U") != 0 ||
            strcmp(a.item[1]->codes[0], faults[i].code) != 0)
            fail_msg("fault %zu: %zu answers, %s %s", i, a.n_item,
                     a.n_item > 1 ? a.item[1]->event : "", a.n_item > 1 ? a.item[1]->codes[0] : "");
        assert_string_equal(a.item[2]->category, "A2");
        assert_int_equal(a.item[0]->rejected, 1);
        check_replies();
        teardown(NULL);
        setup(NULL);
    }
}

/* syntax_fault - refused by the 999, with nothing read behind it */
static void syntax_fault(void **state)
{
    struct reply_answers a;

    (void)state;
    put_golden("837p.x12", "DMG*D8*19700214*F~", "DMG*D8*19701341*F~");
    turn(1000);
    a = answers_of("999");
    assert_string_equal(a.item[0]->event, "999_R");
    assert_int_equal(folder_look(replies, "277CA", NULL), 0);
    turn(9000);
    assert_int_equal(folder_look(replies, "835", NULL), 0);
    check_replies();
}

/* broken_files - cut, empty, or no X12 at all: taken away, never read on */
static void broken_files(void **state)
{
    struct reply_answers a;

    (void)state;
    buf_reset(&file);
    reply_golden("837p.x12", &file);
    file.len -= 300;
    put("cut.x12");
    turn(1000);
    a = answers_of("TA1");
    assert_string_equal(a.item[0]->event, "ta1_R");
    buf_reset(&file);
    put("empty.x12");
    buf_adds(&file, "nothing of use");
    put("none.x12");
    turn(2000);
    assert_int_equal(folder_look(mailbox, NULL, NULL), 0);
    assert_int_equal(folder_look(replies, "277CA", NULL), 0);
}

/* one_after_the_other - 999 at once, 277CA and 835 when they are due, also after a restart */
static void one_after_the_other(void **state)
{
    (void)state;
    sandbox.ack_after_ms = 500;
    put_golden("837p.x12", NULL, NULL);
    turn(1000);
    assert_int_equal(folder_look(replies, "999", NULL), 1);
    assert_int_equal(folder_look(replies, "277CA", NULL), 0);
    box_close(&box);
    open_box("paid=1");
    turn(1499);
    assert_int_equal(folder_look(replies, "277CA", NULL), 0);
    turn(1500);
    assert_int_equal(folder_look(replies, "277CA", NULL), 1);
    assert_int_equal(folder_look(replies, "835", NULL), 0);
    turn(2000);
    assert_int_equal(folder_look(replies, "835", NULL), 1);
    sandbox.ack_after_ms = 0;
}

/* asked_for - ISA14 asks for a TA1 and gets one */
static void asked_for(void **state)
{
    (void)state;
    put_golden("837p.x12", "*000000101*0*T*", "*000000101*1*T*");
    turn(1000);
    assert_string_equal(answers_of("TA1").item[0]->event, "ta1_A");
    check_replies();
}

/* second_delivery - the same file again: TA1 025, nothing is paid twice, and the copy stays to be
 * seen */
static void second_delivery(void **state)
{
    struct reply_answers a;

    (void)state;
    put_golden("837p.x12", NULL, NULL);
    turn(1000);
    put("837p.x12");
    turn(1500);
    a = answers_of("TA1");
    assert_string_equal(a.item[0]->event, "ta1_R");
    assert_string_equal(a.item[0]->codes[0], "TA105=025");
    assert_int_equal(folder_look(replies, "277CA", NULL), 1);
    assert_int_equal(folder_look(box.taken, "again1_", NULL), 1);
    turn(9000);
    assert_int_equal(folder_look(replies, "835", NULL), 1);
    check_replies();
}

/* same_claims_new_numbers - a claim that was accepted comes in another file: duplicate (A3:54), not
 * paid again */
static void same_claims_new_numbers(void **state)
{
    struct reply_answers a;

    (void)state;
    put_golden("837p.x12", NULL, NULL);
    turn(1000);
    turn(3000);
    folder_remove(replies);
    box_close(&box);
    open_box("paid=1");
    buf_reset(&file);
    reply_golden("837p.x12", &file);
    assert_true(reply_replace(&file, "*000000101*", "*000000777*"));
    assert_true(reply_replace(&file, "IEA*1*000000101", "IEA*1*000000777"));
    put("other.x12");
    turn(4000);
    turn(9000);
    a = answers_of("277CA");
    assert_string_equal(a.item[1]->codes[0], "A3:54");
    assert_int_equal(folder_look(replies, "835", NULL), 0);
}

/* digest_of - everything in the replies, names and bytes */
static const char *digest_of(char hex[DIGEST_TEXT])
{
    static const char *const kinds[] = {"TA1", "999", "277CA", "835"};
    struct buf all;

    buf_init(&all);
    for (size_t i = 0; i < 4; i++) {
        buf_addf(&all, "%s %d\n", kinds[i], folder_look(replies, kinds[i], NULL));
        folder_look(replies, kinds[i], &all);
    }
    digest_hex(all.data, all.len, hex);
    buf_release(&all);
    return hex;
}

/* restart - kill -9 and start again: what was not committed is lost */
static void restart(void)
{
    box_close(&box);
    open_box("paid=1");
}

/* crash_and_again - answers written and remembered, the file not moved; or not even remembered: the
 * same bytes again */
static void crash_and_again(void **state)
{
    char want[DIGEST_TEXT], got[DIGEST_TEXT], path[PATH_MAX + 64];

    (void)state;
    put_golden("837p.x12", NULL, NULL);
    turn(1000);
    turn(3000);
    digest_of(want);
    for (int forget = 0; forget < 2; forget++) {
        snprintf(path, sizeof(path), "%s/837p.x12", box.taken);
        assert_int_equal(unlink(path), 0);
        if (forget) {
            snprintf(path, sizeof(path), "%s/journal", box.taken);
            assert_int_equal(unlink(path), 0);
        }
        restart();
        put_golden("837p.x12", NULL, NULL);
        turn(1000);
        turn(3000);
        assert_string_equal(digest_of(got), want);
    }
}

/* crash_before_payment - an 835 that was written and not remembered is written again, the same */
static void crash_before_payment(void **state)
{
    char want[DIGEST_TEXT], got[DIGEST_TEXT], path[PATH_MAX + 64];
    struct buf b;
    char *at;

    (void)state;
    put_golden("837p.x12", NULL, NULL);
    turn(1000);
    turn(3000);
    digest_of(want);
    box_close(&box);
    buf_init(&b);
    snprintf(path, sizeof(path), "%s/journal", box.taken);
    assert_int_equal(file_read(path, 1 << 20, &b, &error), 0);
    at = strstr(b.data, "paid/");
    assert_non_null(at);
    assert_int_equal(file_write(box.taken, "journal", b.data, (size_t)(at - b.data) + 3, &error),
                     0); /* a torn line */
    buf_release(&b);
    open_box("paid=1");
    turn(5000);
    assert_string_equal(digest_of(got), want);
}

/* adjust - the worked 837P again as a replacement or void of its first claim */
static void adjust(const char *frequency, const char *icn)
{
    char to[200];

    buf_reset(&file);
    reply_golden("837p.x12", &file);
    snprintf(to, sizeof(to), "11:B:%s*Y*A*Y*Y~\nREF*F8*%s~\nREF*EA*MRN778", frequency, icn);
    assert_true(reply_replace(&file, "11:B:1*Y*A*Y*Y~\nREF*X4*36D9999999~\nREF*EA*MRN778", to));
    for (int i = 0; i < 2; i++)
        assert_true(reply_replace(&file, "000000101", "000000888"));
    put("adjustment.x12");
}

/* replaced_and_voided - a replacement takes the first decision back and decides anew; a void only
 * takes back; neither twice */
static void replaced_and_voided(void **state)
{
    char icn[40];
    struct payment *p;

    (void)state;
    for (int v = 0; v < 2; v++) {
        put_golden("837p.x12", NULL, NULL);
        turn(1000);
        turn(3000);
        snprintf(icn, sizeof(icn), "%s", answers_of("277CA").item[1]->payer_claim);
        folder_remove(replies);
        restart();
        adjust(v ? "8" : "7", icn);
        turn(4000);
        turn(9000);
        p = payment_of(0);
        assert_non_null(p);
        assert_int_equal(p->n_claims, v ? 1 : 2);
        assert_true(p->claims[0]->reversal);
        assert_string_equal(p->claims[0]->payer_claim, icn);
        assert_int_equal(p->claims[0]->charge_cents, -21500);
        if (v)
            assert_string_equal(p->adjustments[0].reason, "FB");
        else
            assert_string_not_equal(p->claims[1]->payer_claim, icn);
        check_replies();
        teardown(NULL);
        setup(NULL);
    }
}

/* mixes - words and weights, and what is none of them */
static void mixes(void **state)
{
    static const char *const bad[] = {"",          "paid",          "paid=",  "paid=x",
                                      "paid=-1",   "paid=1,paid=2", "lost=1", "paid=0",
                                      "paid=1001", "paid=1,,"};
    struct mix m;

    (void)state;
    assert_int_equal(mix_parse("paid=70,reduced=15,denied=10,rejected=5", &m, &error), 0);
    assert_int_equal(m.sum, 100);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        if (mix_parse(bad[i], &m, &error) == 0)
            fail_msg("%s was taken", bad[i]);
}

/* shares - a mix is kept, roughly, over many claims; the seed changes who gets what */
static void shares(void **state)
{
    unsigned count[FATE_MAX] = {0}, differ = 0;
    struct mix m;
    char id[16];

    (void)state;
    assert_int_equal(mix_parse("paid=70,reduced=15,denied=10,rejected=5", &m, &error), 0);
    for (int i = 0; i < 10000; i++) {
        snprintf(id, sizeof(id), "C%d", i);
        count[fate_of(&m, "1", id)]++;
        differ += fate_of(&m, "1", id) != fate_of(&m, "2", id);
    }
    assert_in_range(count[FATE_PAID], 6700, 7300);
    assert_in_range(count[FATE_REJECTED], 400, 600);
    assert_true(differ > 1000);
}

/* second_sandbox - a mailbox belongs to one */
static void second_sandbox(void **state)
{
    struct box other;

    (void)state;
    assert_int_equal(box_open(&other, &sandbox, mailbox, replies, &error), 0);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(worked_837p),
        CASE(every_fate),
        CASE(rejected_by_mix),
        CASE(content_faults),
        CASE(syntax_fault),
        CASE(broken_files),
        CASE(one_after_the_other),
        CASE(asked_for),
        CASE(second_delivery),
        CASE(same_claims_new_numbers),
        CASE(crash_and_again),
        CASE(crash_before_payment),
        CASE(replaced_and_voided),
        CASE(mixes),
        CASE(shares),
        CASE(second_sandbox),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
