/* read835_test.c - the worked remittance of billing §6.6, and what a changed cent does to each
 * equation */
#include "tests/support/test.h"

#include "common/claim/denial.h"
#include "common/claim/read835.h"
#include "tests/support/reply.h"

static struct arena *memory;
static struct buf file;

/* setup - the worked example */
static int setup(void **state)
{
    (void)state;
    memory = arena_new(4 << 20);
    buf_init(&file);
    reply_golden("835.x12", &file);
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

/* read_payment - the first payment of `file`; NULL: none */
static struct payment *read_payment(void)
{
    struct reply_walk w;
    struct reply_item item;
    struct err e = {0};
    struct payment *p = NULL;

    reply_walk_init(&w, file.data, file.len);
    while (!p && reply_walk_next(&w, &item))
        if (read835_reads(&item))
            assert_int_equal(read835(memory, &item, &p, &e), 0);
    return p;
}

/* worked_example - every figure of the page */
static void worked_example(void **state)
{
    struct payment *p = read_payment();
    CcRemittance *c;

    (void)state;
    assert_non_null(p);
    assert_true(p->balanced);
    assert_string_equal(p->trace, "EFT0004455");
    assert_string_equal(p->payer_id, "1512345678");
    assert_string_equal(p->method, "ACH");
    assert_string_equal(p->payee_npi, "1234567893");
    assert_int_equal(p->check_cents, 5000);
    assert_int_equal(p->payment_date, 20260415);
    assert_int_equal(p->production_date, 20260414);
    assert_int_equal(p->n_claims, 3);
    assert_int_equal(p->n_adjustments, 1);
    assert_string_equal(p->adjustments[0].reason, "WO");
    assert_string_equal(p->adjustments[0].reference, "SHP2025111100009");
    assert_int_equal(p->adjustments[0].amount_cents, 2000);
    c = p->claims[0];
    assert_string_equal(c->claim_id, "A1000001");
    assert_string_equal(c->payer_claim, "SHP2026040100042");
    assert_int_equal(c->charge_cents, 21500);
    assert_int_equal(c->paid_cents, 10000);
    assert_int_equal(c->patient_cents, 2500);
    assert_int_equal(c->n_lines, 2);
    assert_string_equal(c->lines[0]->code, "99214");
    assert_string_equal(c->lines[0]->modifiers[0], "25");
    assert_string_equal(c->lines[0]->control, "A1000001L1");
    assert_int_equal(c->lines[0]->allowed_cents, 12500);
    assert_int_equal(c->lines[0]->paid_units_milli, 1000);
    assert_int_equal(c->lines[0]->from_date, 20260325);
    assert_string_equal(c->lines[1]->remarks[0], "MA120");
    assert_true(p->claims[1]->reversal);
    assert_int_equal(p->claims[1]->paid_cents, -9000);
    assert_string_equal(p->claims[2]->key, "835|EFT0004455|A0999990|SHP2026011500311|1|0");
}

/* routes_of_example - 45 is written off, the copay goes on, CO 16 with its CLIA remark is fixed */
static void routes_of_example(void **state)
{
    struct payment *p = read_payment();
    struct remit_outcome out;

    (void)state;
    assert_string_equal(p->claims[0]->lines[0]->adjustments[0]->route, "WO");
    assert_string_equal(p->claims[0]->lines[0]->adjustments[1]->route, "SEC");
    assert_string_equal(p->claims[0]->lines[1]->adjustments[0]->route, "FIX");
    remit_decide(p->claims[0], &out);
    assert_int_equal(out.state, CLAIM_STATE_PARTIAL);
    assert_int_equal(out.share.contractual_cents, 4000);
    assert_int_equal(out.share.patient_cents, 2500);
    assert_int_equal(out.share.other_cents, 5000);
    assert_string_equal(out.route, "FIX");
    assert_string_equal(out.check, "LAB-01");
    assert_non_null(strstr(out.fix, "CLIA"));
    assert_false(out.new_claim);
    remit_decide(p->claims[2], &out);
    assert_int_equal(out.state, CLAIM_STATE_PAID);
    assert_int_equal(out.share.patient_cents, 5000);
}

struct mutant {
    const char *from, *to, *equation;
    int64_t delta_cents; /* of the first finding of that equation */
};

/* clang-format off */
static const struct mutant mutants[] = {
    {"*165*100**1~",             "*165*100.01**1~",        "line", 1},
    {"CAS*CO*45*40~\nCAS*PR*3*25~", "CAS*CO*45*39.99~\nCAS*PR*3*25~", "line", -1},
    {"*50*0**0**1~",             "*50.01*0**0**1~",        "line", -1},
    {"A1000001*1*215*100*",      "A1000001*1*215*99.99*",  "claim", -1},
    {"A1000001*1*215*100*",      "A1000001*1*215*100.01*", "claim-paid", 1},
    {"A1000001*1*215*100*",      "A1000001*1*215.01*100*", "claim-lines", 1},
    {"BPR*I*50*C",               "BPR*I*50.01*C",          "payment", 1},
    {"BPR*I*50*C",               "BPR*I*50*D",             "payment", -10000},
    {"WO:SHP2025111100009*20~",  "WO:SHP2025111100009*19.99~", "payment", -1},
    {"*22*-150*-90*",            "*22*-150*-90.01*",       "claim", -1},
    {"*215*100*25*",             "*215*1OO*25*",           "amount", 0},
    {"*215*100*25*",             "*215*100.001*25*",       "amount", 0},
    {"*215*100*25*",             "*215*100000000000*25*",  "amount", 0},
    {"BPR*I*50*C",               "BPR*I**C",               "missing", 0},
    {"TRN*1*EFT0004455*",        "TRN*1**",                "missing", 0},
};
/* clang-format on */

/* mutated_cents - one changed cent anywhere, and nothing may be posted */
static void mutated_cents(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(mutants) / sizeof(mutants[0]); i++) {
        struct payment *p;
        bool found = false;

        buf_reset(&file);
        arena_reset(memory);
        reply_golden("835.x12", &file);
        if (!reply_replace(&file, mutants[i].from, mutants[i].to))
            fail_msg("mutant %zu does not apply", i);
        p = read_payment();
        assert_non_null(p);
        assert_false(p->balanced);
        for (size_t f = 0; f < p->n_findings && !found; f++) {
            found = strcmp(p->findings[f].equation, mutants[i].equation) == 0;
            if (found)
                assert_int_equal(p->findings[f].delta_cents, mutants[i].delta_cents);
        }
        if (!found)
            fail_msg("mutant %zu: no finding of equation %s", i, mutants[i].equation);
    }
}

/* place_of_delta - the finding names the claim, the line and the segment */
static void place_of_delta(void **state)
{
    struct payment *p;

    (void)state;
    assert_true(reply_replace(&file, "*165*100**1~", "*165*101**1~"));
    p = read_payment();
    assert_string_equal(p->findings[0].equation, "line");
    assert_string_equal(p->findings[0].claim, "A1000001");
    assert_string_equal(p->findings[0].line, "A1000001L1");
    assert_int_equal(p->findings[0].expected_cents, 10000);
    assert_int_equal(p->findings[0].found_cents, 10100);
    assert_int_equal(p->findings[0].position, 18);
}

/* patient_is_note - CLP05 that differs from the PR amounts is said and refuses nothing */
static void patient_is_note(void **state)
{
    struct payment *p;

    (void)state;
    assert_true(reply_replace(&file, "*215*100*25*12", "*215*100*20*12"));
    p = read_payment();
    assert_true(p->balanced);
    assert_int_equal(p->n_findings, 1);
    assert_true(p->findings[0].note);
    assert_int_equal(p->findings[0].delta_cents, -500);
}

/* published_sample - 138018.40 + 11980.33 - (-1.27) = 150000.00, claim level only (billing §6.3) */
static void published_sample(void **state)
{
    struct payment *p;

    (void)state;
    buf_reset(&file);
    reply_envelope("HP", "005010X221A1", "835",
                   "BPR*I*150000*C*CHK************20260415~TRN*1*1*1512345678~LX*1~CLP*A1*1*211366."
                   "97*138018.40**12*P1~"
                   "CAS*CO*A2*73348.57~CLP*A2*1*15000*11980.33**12*P2~CAS*CO*A2*3019.67~PLB*"
                   "6543210903*20261231*L6*-1.27~",
                   &file);
    p = read_payment();
    assert_true(p->balanced);
    assert_int_equal(p->check_cents, 15000000);
}

/* debit - money taken back: BPR03 D makes the sum negative */
static void debit(void **state)
{
    struct payment *p;

    (void)state;
    buf_reset(&file);
    reply_envelope("HP", "005010X221A1", "835",
                   "BPR*I*90*D*ACH************20260415~TRN*1*9*1512345678~CLP*A1*22*-150*-90**12*"
                   "P1~CAS*CO*45*-60~",
                   &file);
    p = read_payment();
    assert_true(p->balanced);
    assert_int_equal(p->check_cents, -9000);
}

/* equal_claims - the same number twice in one payment has two keys */
static void equal_claims(void **state)
{
    struct payment *p;

    (void)state;
    buf_reset(&file);
    reply_envelope("HP", "005010X221A1", "835",
                   "BPR*I*20*C*ACH************20260415~TRN*1*9*1512345678~CLP*A1*1*10*10**12*P1~"
                   "CLP*A1*1*10*10**12*P1~",
                   &file);
    p = read_payment();
    assert_true(p->balanced);
    assert_string_equal(p->claims[0]->key, "835|9|A1|P1|1|0");
    assert_string_equal(p->claims[1]->key, "835|9|A1|P1|1|1");
}

struct decision {
    const char *claim; /* CLP … */
    CcClaimState state;
    const char *route;
};

/* clang-format off */
static const struct decision decisions[] = {
    /* denied although "processed as primary" */
    {"CLP*A1*1*100*0**12*P1~CAS*CO*50*100~", CLAIM_STATE_DENIED, "FIX"},
    {"CLP*A1*1*100*0**12*P1~CAS*CO*197*100~", CLAIM_STATE_DENIED, "APP"},
    {"CLP*A1*1*100*0**12*P1~CAS*PI*204*100~", CLAIM_STATE_DENIED, "APP"},
    {"CLP*A1*1*100*0**12*P1~CAS*OA*18*100~", CLAIM_STATE_DENIED, "INFO"},
    {"CLP*A1*4*100*0**12*P1~CAS*CO*31*100~", CLAIM_STATE_DENIED, "ELIG"},
    /* all bundled: looked at, not written off */
    {"CLP*A1*1*100*0**12*P1~CAS*CO*97*100~", CLAIM_STATE_DENIED, "FIX"},
    {"CLP*A1*1*100*60**12*P1~CAS*CO*97*40~", CLAIM_STATE_PAID, ""},
    /* all to the deductible: paid, the patient owes */
    {"CLP*A1*1*100*0*60*12*P1~CAS*CO*45*40~CAS*PR*1*60~", CLAIM_STATE_PAID, ""},
    {"CLP*A1*1*100*60**12*P1~CAS*CO*45*40~", CLAIM_STATE_PAID, ""},
    {"CLP*A1*1*100*60**12*P1~CAS*CO*45*10**151*30~", CLAIM_STATE_PARTIAL, "REC"},
    /* a prior payer's share refuses nothing */
    {"CLP*A1*2*100*20**12*P1~CAS*OA*23*80~", CLAIM_STATE_PAID, ""},
    /* the remark decides */
    {"CLP*A1*1*100*0**12*P1~CAS*CO*96*100~MOA***MA130~", CLAIM_STATE_DENIED, "FIX"},
    {"CLP*A1*1*100*0**12*P1~CAS*CO*16*100~MOA***N418~", CLAIM_STATE_DENIED, "ELIG"},
    {"CLP*A1*1*100*0**12*P1~CAS*CO*16*100~MOA***M127~", CLAIM_STATE_DENIED, "REC"},
    /* a code without a row: a person looks */
    {"CLP*A1*1*100*0**12*P1~CAS*CO*9999*100~", CLAIM_STATE_DENIED, ""},
};
/* clang-format on */

/* decide_rows - by adjustments, never by CLP02 */
static void decide_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(decisions) / sizeof(decisions[0]); i++) {
        struct remit_outcome out;
        struct payment *p;
        struct buf set;

        buf_init(&set);
        buf_addf(&set, "BPR*I*%s*C*ACH************20260415~TRN*1*9*1512345678~%s",
                 strstr(decisions[i].claim, "*60**12")   ? "60"
                 : strstr(decisions[i].claim, "*20**12") ? "20"
                                                         : "0",
                 decisions[i].claim);
        buf_reset(&file);
        reply_envelope("HP", "005010X221A1", "835", set.data, &file);
        buf_release(&set);
        p = read_payment();
        assert_true(p->balanced);
        remit_decide(p->claims[0], &out);
        if (out.state != decisions[i].state || strcmp(out.route, decisions[i].route) != 0)
            fail_msg("row %zu: state %d route %s", i, (int)out.state, out.route);
        assert_int_equal(p->claims[0]->charge_cents,
                         p->claims[0]->paid_cents + out.share.contractual_cents +
                             out.share.patient_cents + out.share.other_cents);
    }
}

/* One claim with adjustments of its own and of its lines. */
#define SPLIT                                                                                      \
    "CLP*A1*1*300*130*45*12*P1~CAS*CO*253*2~CAS*PR*1*20~"                                          \
    "SVC*HC:99214*200*152**1~CAS*CO*45*20~CAS*PR*2*25**3*3~SVC*HC:80053*100*0~CAS*CO*16*60*"       \
    "*45*40~LQ*HE*M20~"
#define TAKEN_BACK                                                                                 \
    "CLP*A1*22*-300*-130**12*P1~CAS*CO*253*-2~CAS*PR*1*-20~"                                       \
    "SVC*HC:99214*-200*-152~CAS*CO*45*-20~CAS*PR*2*-25**3*-3~SVC*HC:80053*-100*0~"                 \
    "CAS*CO*16*-60**45*-40~LQ*HE*M20~"

/* split_of - the claim of an 835 with these segments, its amounts told apart */
static CcRemittance *split_of(const char *paid, const char *claim)
{
    struct payment *p;
    struct buf set;

    buf_init(&set);
    buf_addf(&set, "BPR*I*%s*C*ACH************20260415~TRN*1*9*1512345678~%s", paid, claim);
    buf_reset(&file);
    reply_envelope("HP", "005010X221A1", "835", set.data, &file);
    buf_release(&set);
    p = read_payment();
    assert_true(p->balanced);
    remit_split(p->claims[0]);
    return p->claims[0];
}

/* check_ties - each line adds up; the claim is its lines and its own adjustments */
static void check_ties(const CcRemittance *c, int64_t own_contractual, int64_t own_patient)
{
    int64_t contractual = own_contractual, patient = own_patient, other = 0, denied = 0;

    for (size_t i = 0; i < c->n_lines; i++) {
        const CcRemittanceLine *l = c->lines[i];

        assert_int_equal(l->charge_cents,
                         l->paid_cents + l->contractual_cents + l->patient_cents + l->other_cents);
        contractual += l->contractual_cents;
        patient += l->patient_cents;
        other += l->other_cents;
        denied += l->denied_cents;
    }
    assert_int_equal(c->contractual_cents, contractual);
    assert_int_equal(c->patient_cents, patient);
    assert_int_equal(c->other_cents, other);
    assert_int_equal(c->denied_cents, denied);
    assert_int_equal(c->charge_cents, c->paid_cents + contractual + patient + other);
}

/* line_shares - who bears what of each line; a reversal takes all of it back */
static void line_shares(void **state)
{
    CcRemittance *c = split_of("130", SPLIT);

    (void)state;
    check_ties(c, 200, 2000);
    assert_int_equal(c->lines[0]->contractual_cents, 2000);
    assert_int_equal(c->lines[0]->patient_cents, 2800);
    assert_int_equal(c->lines[0]->denied_cents, 0);
    assert_int_equal(c->lines[1]->contractual_cents, 4000);
    assert_int_equal(c->lines[1]->other_cents, 6000);
    assert_int_equal(c->lines[1]->denied_cents, 6000);
    c = split_of("-130", TAKEN_BACK);
    check_ties(c, -200, -2000);
    assert_int_equal(c->lines[1]->denied_cents, -6000);
}

/* never_to_the_patient - CO and OA amounts are billed to the patient by no row, whatever stands
 * beside them */
static void never_to_the_patient(void **state)
{
    static const char *const groups[] = {"CO", "OA", "PI"};
    char code[16];

    (void)state;
    for (int n = 1; n < 400; n++) {
        snprintf(code, sizeof(code), "%d", n);
        for (size_t g = 0; g < 3; g++)
            if (n != 100) /* the payer paid the patient: the money is with him */
                assert_string_not_equal(denial_route(groups[g], code, NULL, 0), "PAT");
    }
    assert_string_equal(denial_route("PR", "1", NULL, 0), "SEC");
    assert_string_equal(denial_route("PR", "96", NULL, 0), "PAT");
}

/* forwarded_patient_share - a claim that was forwarded waits before anybody bills the next payer */
static void forwarded_patient_share(void **state)
{
    char remark[] = "MA18", *remarks[] = {remark};

    (void)state;
    assert_string_equal(denial_route("PR", "2", remarks, 1), "INFO");
    assert_string_equal(denial_route("CO", "45", remarks, 1), "WO");
}

/* many_claims - ten thousand claims in one payment are read, keyed and balanced */
static void many_claims(void **state)
{
    struct buf set;
    struct payment *p;

    (void)state;
    arena_set_limit(memory, 64 << 20);
    buf_init(&set);
    buf_adds(&set, "BPR*I*1000000*C*ACH************20260415~TRN*1*9*1512345678~");
    for (int i = 0; i < 10000; i++)
        buf_addf(&set, "CLP*A%07d*1*150*100**12*P%d~CAS*CO*45*50~", i, i);
    buf_reset(&file);
    reply_envelope("HP", "005010X221A1", "835", set.data, &file);
    buf_release(&set);
    p = read_payment();
    assert_true(p->balanced);
    assert_int_equal(p->n_claims, 10000);
}

/* over_the_arena - a reply that needs more memory than a message may is refused, not half read */
static void over_the_arena(void **state)
{
    struct reply_walk w;
    struct reply_item item;
    struct err e = {0};
    struct payment *p = NULL;

    (void)state;
    arena_set_limit(memory, 2000);
    reply_walk_init(&w, file.data, file.len);
    assert_int_equal(reply_walk_next(&w, &item), 1);
    assert_int_equal(read835(memory, &item, &p, &e), -1);
    assert_int_equal(e.class, ERR_REJECT);
    assert_null(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(worked_example, setup, teardown),
        cmocka_unit_test_setup_teardown(routes_of_example, setup, teardown),
        cmocka_unit_test_setup_teardown(mutated_cents, setup, teardown),
        cmocka_unit_test_setup_teardown(place_of_delta, setup, teardown),
        cmocka_unit_test_setup_teardown(patient_is_note, setup, teardown),
        cmocka_unit_test_setup_teardown(published_sample, setup, teardown),
        cmocka_unit_test_setup_teardown(debit, setup, teardown),
        cmocka_unit_test_setup_teardown(equal_claims, setup, teardown),
        cmocka_unit_test_setup_teardown(decide_rows, setup, teardown),
        cmocka_unit_test_setup_teardown(line_shares, setup, teardown),
        cmocka_unit_test_setup_teardown(never_to_the_patient, setup, teardown),
        cmocka_unit_test_setup_teardown(forwarded_patient_share, setup, teardown),
        cmocka_unit_test_setup_teardown(many_claims, setup, teardown),
        cmocka_unit_test_setup_teardown(over_the_arena, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
