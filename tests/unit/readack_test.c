/* readack_test.c - TA1, 999, 277CA and 277 become answers; what is cut or wrong becomes nothing */
#include "tests/support/test.h"

#include "common/claim/readack.h"
#include "tests/support/reply.h"

static struct arena *memory;
static struct buf file;
static struct reply_answers answers;
static unsigned damaged, refused;

/* setup - a fresh arena and an empty file */
static int setup(void **state)
{
    (void)state;
    memory = arena_new(1 << 20);
    buf_init(&file);
    answers = (struct reply_answers){0};
    damaged = refused = 0;
    return 0;
}

/* teardown - gives all back */
static int teardown(void **state)
{
    (void)state;
    arena_free(memory);
    buf_release(&file);
    return 0;
}

/* read_file - every item of `file` */
static void read_file(void)
{
    struct reply_walk w;
    struct reply_item item;
    struct err e = {0};

    reply_walk_init(&w, file.data, file.len);
    while (reply_walk_next(&w, &item)) {
        if (item.kind == REPLY_DAMAGED)
            damaged++;
        else if (readack_reads(&item) && readack(memory, &item, &answers, &e) != 0)
            refused++;
    }
}

/* ta1_accepted - one answer about the interchange */
static void ta1_accepted(void **state)
{
    (void)state;
    reply_golden("ta1.x12", &file);
    read_file();
    assert_int_equal(answers.n_item, 1);
    assert_string_equal(answers.item[0]->kind, "TA1");
    assert_string_equal(answers.item[0]->level, "interchange");
    assert_string_equal(answers.item[0]->isa13, "000000101");
    assert_string_equal(answers.item[0]->event, "ta1_A");
    assert_string_equal(answers.item[0]->codes[0], "TA105=000");
    assert_string_equal(answers.item[0]->key, "TA1|CLRHOUSE01|000000101|A");
    assert_int_equal(damaged, 0);
}

/* ta1_duplicate - note 025 is named in words */
static void ta1_duplicate(void **state)
{
    (void)state;
    reply_golden("ta1.x12", &file);
    assert_true(reply_replace(&file, "*A*000", "*R*025"));
    read_file();
    assert_string_equal(answers.item[0]->event, "ta1_R");
    assert_non_null(strstr(answers.item[0]->reason, "duplicate"));
}

/* ta1_nonsense - a code that is none is refused, and nothing is left behind */
static void ta1_nonsense(void **state)
{
    (void)state;
    reply_golden("ta1.x12", &file);
    assert_true(reply_replace(&file, "*A*000", "*Q*000"));
    read_file();
    assert_int_equal(answers.n_item, 0);
    assert_int_equal(refused, 1);
}

/* partial_999 - billing §4.3: set 0001 accepted, set 0002 refused for the claim that CTX names */
static void partial_999(void **state)
{
    CcAnswer *bad;

    (void)state;
    reply_golden("999.x12", &file);
    read_file();
    assert_int_equal(answers.n_item, 2);
    assert_string_equal(answers.item[0]->event, "999_A");
    assert_string_equal(answers.item[0]->gs06, "101");
    assert_string_equal(answers.item[0]->st02, "0001");
    bad = answers.item[1];
    assert_string_equal(bad->event, "999_R");
    assert_string_equal(bad->st02, "0002");
    assert_int_equal(bad->n_culprits, 1);
    assert_string_equal(bad->culprits[0], "A1000009");
    assert_int_equal(bad->n_culprit_positions, 0);
    assert_int_equal(bad->n_codes, 3);
    assert_string_equal(bad->codes[0], "IK304=8");
    assert_string_equal(bad->codes[1], "IK403=7");
    assert_string_equal(bad->codes[2], "IK502=I5");
    assert_null(strstr(bad->reason, "1234567890"));
    assert_non_null(strstr(bad->reason, "NM1"));
    assert_string_equal(bad->key, "999|CLRHOUSE01|000000201|0001|101|0002");
}

/* position_without_context - an IK3 that no CTX explains leaves where it stands */
static void position_without_context(void **state)
{
    (void)state;
    reply_golden("999.x12", &file);
    assert_true(reply_replace(&file, "CTX*CLM01:A1000009~\n", "CTX*SITUATIONAL TRIGGER*CLM*43~\n"));
    read_file();
    assert_int_equal(answers.item[1]->n_culprits, 0);
    assert_int_equal(answers.item[1]->n_culprit_positions, 1);
    assert_int_equal(answers.item[1]->culprit_positions[0], 22);
}

/* unlisted_sets - a 999 that lists only the bad sets speaks for the others by its AK9 */
static void unlisted_sets(void **state)
{
    (void)state;
    reply_envelope("FA", "005010X231A1", "999",
                   "AK1*HC*7*005010X222A1~AK2*837*0003*005010X222A1~IK5*R*5~AK9*P*3*3*2~", &file);
    read_file();
    assert_int_equal(answers.n_item, 2);
    assert_string_equal(answers.item[1]->level, "group");
    assert_string_equal(answers.item[1]->event, "999_P");
    assert_int_equal(answers.item[1]->sets, 3);
    assert_int_equal(answers.item[1]->n_listed, 1);
    assert_string_equal(answers.item[1]->listed[0], "0003");
}

/* refused_group - no set is listed at all; M, W and X are refusals too */
static void refused_group(void **state)
{
    (void)state;
    reply_envelope("FA", "005010X231A1", "999", "AK1*HC*7*005010X222A1~AK9*W*3*3*0*2~", &file);
    read_file();
    assert_int_equal(answers.n_item, 1);
    assert_string_equal(answers.item[0]->event, "999_R");
    assert_string_equal(answers.item[0]->category, "W");
    assert_string_equal(answers.item[0]->codes[0], "AK905=2");
}

/* headless_999 - without AK1 it says nothing */
static void headless_999(void **state)
{
    (void)state;
    reply_envelope("FA", "005010X231A1", "999", "AK2*837*0001*005010X222A1~IK5*A~AK9*A*1*1*1~",
                   &file);
    read_file();
    assert_int_equal(answers.n_item, 0);
    assert_int_equal(refused, 1);
}

/* set_without_result - an AK2 whose IK5 is missing makes the whole 999 say nothing */
static void set_without_result(void **state)
{
    (void)state;
    reply_golden("999.x12", &file);
    assert_true(reply_replace(&file, "IK5*A~\n", "IK4*1~\n"));
    read_file();
    assert_int_equal(answers.n_item, 0);
    assert_int_equal(refused, 1);
}

/* two_claims - billing §4.4: the batch received, one claim accepted with a number, one refused */
static void two_claims(void **state)
{
    CcAnswer *batch, *good, *bad;

    (void)state;
    reply_golden("277ca.x12", &file);
    read_file();
    assert_int_equal(answers.n_item, 3);
    batch = answers.item[0], good = answers.item[1], bad = answers.item[2];
    assert_string_equal(batch->level, "batch");
    assert_string_equal(batch->bht03, "B20260401P001");
    assert_string_equal(batch->event, "277CA_WQ");
    assert_string_equal(batch->category, "A1");
    assert_true(batch->counts_given);
    assert_int_equal(batch->accepted, 1);
    assert_int_equal(batch->rejected, 1);
    assert_string_equal(good->claim_id, "A1000001");
    assert_string_equal(good->category, "A2");
    assert_string_equal(good->payer_claim, "SHP2026040100042");
    assert_int_equal(good->charge_cents, 21500);
    assert_int_equal(good->status_date, 20260401);
    assert_string_equal(bad->claim_id, "A1000002");
    assert_string_equal(bad->event, "277CA_U");
    assert_string_equal(bad->category, "A7");
    assert_string_equal(bad->codes[0], "A7:164:IL");
    assert_string_equal(bad->bht03, "B20260401P001");
    assert_string_not_equal(good->key, bad->key);
}

/* refusal_wins - a claim with an accepting and a refusing STC is refused, in either order */
static void refusal_wins(void **state)
{
    (void)state;
    reply_golden("277ca.x12", &file);
    assert_true(reply_replace(&file, "STC*A2:20:PR*20260401*WQ*215~",
                              "STC*A7:21:QC*20260401*U*215~\nSTC*A2:20:PR*20260401*WQ*215~"));
    assert_true(reply_replace(&file, "SE*37*", "SE*38*"));
    read_file();
    assert_string_equal(answers.item[1]->event, "277CA_U");
    assert_string_equal(answers.item[1]->category, "A7");
    assert_int_equal(answers.item[1]->n_codes, 2);
}

/* refused_provider - nothing stands below it: its NPI says whose claims are meant */
static void refused_provider(void **state)
{
    (void)state;
    reply_envelope(
        "HN", "005010X214", "277",
        "BHT*0085*08*X1*20260401*1130*TH~HL*1**20*1~NM1*AY*2*C*****46*CLRHOUSE01~TRN*1*1~"
        "HL*2*1*21*1~NM1*41*2*G*****46*S~TRN*2*B1~STC*A1:19:PR*20260401*WQ*455~HL*3*2*19*0~"
        "NM1*85*2*G*****XX*1234567893~TRN*1*0~STC*A3:24:85*20260401*U*455~QTY*QC*2~",
        &file);
    read_file();
    assert_int_equal(answers.n_item, 2);
    assert_string_equal(answers.item[1]->level, "provider");
    assert_string_equal(answers.item[1]->npi, "1234567893");
    assert_string_equal(answers.item[1]->event, "277CA_U");
    assert_string_equal(answers.item[1]->bht03, "B1");
    assert_true(answers.item[0]->counts_given);
    assert_int_equal(answers.item[0]->rejected, 2);
}

/* pending_277 - billing §5: our number stands in REF EJ, the payer's in REF 1K */
static void pending_277(void **state)
{
    (void)state;
    reply_golden("277.x12", &file);
    read_file();
    assert_int_equal(answers.n_item, 1);
    assert_string_equal(answers.item[0]->kind, "277");
    assert_string_equal(answers.item[0]->claim_id, "A1000001");
    assert_string_equal(answers.item[0]->event, "277_P");
    assert_string_equal(answers.item[0]->payer_claim, "SHP2026040100042");
    assert_string_equal(answers.item[0]->key, "277|INQ0000551|RSP0001||20260420|P1:20");
}

/* every_cut - a file cut at any byte gives no half answer: never more than the whole one, and
 * always damage */
static void every_cut(void **state)
{
    struct buf whole;

    (void)state;
    buf_init(&whole);
    reply_golden("277ca.x12", &whole);
    for (size_t n = 0; n + 1 < whole.len; n++) {
        arena_reset(memory);
        answers = (struct reply_answers){0};
        damaged = refused = 0;
        file.data = whole.data;
        file.len = n;
        read_file();
        assert_true(answers.n_item == 0 || answers.n_item == 3);
        if (n > 0 && n < whole.len - 2)
            assert_true(damaged > 0);
    }
    buf_init(&file);
    buf_release(&whole);
}

/* wrong_counts - SE, GE and IEA that disagree are said */
static void wrong_counts(void **state)
{
    (void)state;
    reply_golden("277ca.x12", &file);
    assert_true(reply_replace(&file, "SE*37*", "SE*36*"));
    read_file();
    assert_int_equal(answers.n_item, 0);
    assert_int_equal(damaged, 1);
}

/* wrong_group_count - the set is whole, the group lost something: taken, and said */
static void wrong_group_count(void **state)
{
    (void)state;
    reply_golden("277ca.x12", &file);
    assert_true(reply_replace(&file, "GE*1*", "GE*2*"));
    read_file();
    assert_int_equal(answers.n_item, 3);
    assert_int_equal(damaged, 1);
}

/* not_x12 - bytes of any kind are damage, not a crash */
static void not_x12(void **state)
{
    (void)state;
    buf_add(&file, "\0\1\2\xff nothing of use", 20);
    read_file();
    assert_int_equal(answers.n_item, 0);
    assert_int_equal(damaged, 1);
}

/* several_interchanges - one file, three answers of three kinds, other delimiters in one of them */
static void several_interchanges(void **state)
{
    struct buf part;

    (void)state;
    buf_init(&part);
    reply_golden("ta1.x12", &part);
    buf_add(&file, part.data, part.len);
    buf_reset(&part);
    reply_golden("999.x12", &part);
    for (size_t i = 0; i < part.len; i++)
        part.data[i] = part.data[i] == '*' ? '|' : part.data[i] == ':' ? '>' : part.data[i];
    buf_add(&file, part.data, part.len);
    buf_reset(&part);
    reply_golden("277.x12", &part);
    buf_add(&file, part.data, part.len);
    buf_release(&part);
    read_file();
    assert_int_equal(damaged, 0);
    assert_int_equal(answers.n_item, 4);
    assert_string_equal(answers.item[2]->culprits[0], "A1000009");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(ta1_accepted, setup, teardown),
        cmocka_unit_test_setup_teardown(ta1_duplicate, setup, teardown),
        cmocka_unit_test_setup_teardown(ta1_nonsense, setup, teardown),
        cmocka_unit_test_setup_teardown(partial_999, setup, teardown),
        cmocka_unit_test_setup_teardown(position_without_context, setup, teardown),
        cmocka_unit_test_setup_teardown(unlisted_sets, setup, teardown),
        cmocka_unit_test_setup_teardown(refused_group, setup, teardown),
        cmocka_unit_test_setup_teardown(headless_999, setup, teardown),
        cmocka_unit_test_setup_teardown(set_without_result, setup, teardown),
        cmocka_unit_test_setup_teardown(two_claims, setup, teardown),
        cmocka_unit_test_setup_teardown(refusal_wins, setup, teardown),
        cmocka_unit_test_setup_teardown(refused_provider, setup, teardown),
        cmocka_unit_test_setup_teardown(pending_277, setup, teardown),
        cmocka_unit_test_setup_teardown(every_cut, setup, teardown),
        cmocka_unit_test_setup_teardown(wrong_counts, setup, teardown),
        cmocka_unit_test_setup_teardown(wrong_group_count, setup, teardown),
        cmocka_unit_test_setup_teardown(not_x12, setup, teardown),
        cmocka_unit_test_setup_teardown(several_interchanges, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
