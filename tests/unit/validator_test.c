/* validator_test.c - the worker in memory: what passes, what is held, what is remembered; and the
 * engine's own promises */
#include "tests/support/test.h"

#include "common/base/date.h"
#include "common/codes/codes.h"
#include "services/validator/cases/case.h"
#include "services/validator/pattern.h"
#include "tests/support/validating.h"

/* passes - a clean claim goes on with fingerprint and deadline; a note travels with it */
static void passes(void **state)
{
    struct bench *b = *state;
    CcClaim *clean;
    CcClaimStatus *st;

    bench_feed(b, bench_claim(b, 'P', "L1.pointers=1"));
    clean = bench_output(b, TOPIC_CLAIMS_CLEAN, 0);
    st = bench_output(b, TOPIC_CLAIMS_STATUS, 0);
    assert_non_null(clean);
    assert_non_null(st);
    assert_null(bench_output(b, TOPIC_WORK_REVIEW, 0));
    assert_int_equal(st->state, CLAIM_STATE_READY);
    assert_int_equal(st->from_state, CLAIM_STATE_CODED);
    assert_string_equal(st->event, "checks_passed");
    assert_int_equal(strlen(clean->fingerprint), 64);
    assert_int_equal(clean->filing_deadline_date, 20260921);
    assert_int_equal(clean->n_findings, 1);
    assert_string_equal(clean->findings[0]->edit, "COD-17");
}

/* holds - a finding stops it: question with findings, fix, money, deadline */
static void holds(void **state)
{
    struct bench *b = *state;
    CcReviewItem *item;
    CcClaimStatus *st;

    bench_feed(b, bench_claim(b, 'P', "charge_cents=21400; L1.pointers=1"));
    item = bench_output(b, TOPIC_WORK_REVIEW, 0);
    st = bench_output(b, TOPIC_CLAIMS_STATUS, 0);
    assert_non_null(item);
    assert_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
    assert_int_equal(st->state, CLAIM_STATE_HELD);
    assert_string_equal(st->event, "checks_failed");
    assert_string_equal(item->reason, "edits");
    assert_string_equal(item->state, "open");
    assert_int_equal(item->at_stake_cents, 21400);
    assert_int_equal(item->due_date, 20260921);
    assert_int_equal(item->n_findings, 2);
    assert_string_equal(item->findings[0]->edit, "CHG-01");
    assert_string_equal(item->fix, item->findings[0]->fix);
    assert_non_null(bench_finding(item->findings, item->n_findings, "COD-17"));
}

/* answered - the next version passes: it goes on and the question is closed */
static void answered(void **state)
{
    struct bench *b = *state;
    CcReviewItem *open, *done;

    bench_feed(b, bench_claim(b, 'P', "charge_cents=21400"));
    open = bench_output(b, TOPIC_WORK_REVIEW, 0);
    bench_feed(b, bench_claim(b, 'P', "version=2"));
    done = bench_output(b, TOPIC_WORK_REVIEW, 0);
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
    assert_non_null(done);
    assert_string_equal(done->state, "done");
    assert_string_equal(done->review_id, open->review_id);
    bench_feed(b, bench_claim(b, 'P', "version=3"));
    assert_null(bench_output(b, TOPIC_WORK_REVIEW, 0));
}

/* remembers - the same care under another claim number is a duplicate; a new version is none */
static void remembers(void **state)
{
    struct bench *b = *state;
    CcReviewItem *item;

    bench_feed(b, bench_claim(b, 'P', ""));
    bench_feed(b, bench_claim(b, 'P', "version=2; L2.charge_cents=6000; charge_cents=22500"));
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
    bench_feed(b, bench_claim(b, 'P', "claim_id=A1000002"));
    item = bench_output(b, TOPIC_WORK_REVIEW, 0);
    assert_non_null(item);
    assert_null(bench_finding(item->findings, item->n_findings, "DUP-02")); /* another charge */
    assert_non_null(bench_finding(item->findings, item->n_findings, "DUP-01"));
    bench_feed(b,
               bench_claim(b, 'P', "claim_id=A1000002; L2.charge_cents=6000; charge_cents=22500"));
    item = bench_output(b, TOPIC_WORK_REVIEW, 0);
    assert_non_null(bench_finding(item->findings, item->n_findings, "DUP-02"));
    assert_null(bench_finding(item->findings, item->n_findings, "DUP-01"));
    bench_feed(b, bench_claim(b, 'P', "claim_id=A1000002; patient_key=ffff000011112222"));
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0)); /* another patient */
}

/* shrinks - a version with fewer lines leaves none of the earlier one behind */
static void shrinks(void **state)
{
    struct bench *b = *state;

    bench_feed(b, bench_claim(b, 'P', ""));
    bench_feed(b, bench_claim(b, 'P', "version=2; lines#1; charge_cents=16500; L1.pointers=1,2"));
    bench_feed(b, bench_claim(b, 'P', "claim_id=A1000002; L1.code=93000"));
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0)); /* 83036 is no longer billed */
}

/* expects - a clean claim says what its payer's contract allows; one of another payer does not */
static void expects(void **state)
{
    struct bench *b = *state;
    CcClaim *clean;

    bench_feed(b, bench_claim(b, 'P', ""));
    clean = bench_output(b, TOPIC_CLAIMS_CLEAN, 0);
    assert_non_null(clean);
    assert_non_null(clean->expected);
    assert_string_equal(clean->expected->method, "percent");
    assert_int_equal(clean->expected->allowed_cents, clean->charge_cents / 2);
    bench_feed(b, bench_claim(b, 'I', "claim_id=A1000009"));
    clean = bench_output(b, TOPIC_CLAIMS_CLEAN, 0);
    assert_non_null(clean);
    assert_null(clean->expected);
}

/* voids - the record took it back: it passes, its state stays, its lines are billed no more */
static void voids(void **state)
{
    struct bench *b = *state;
    CcClaim *clean;
    CcClaimStatus *st;

    bench_feed(b, bench_claim(b, 'P', ""));
    bench_feed(b, bench_claim(b, 'P', "version=2; frequency=8; void_of_claim=1"));
    clean = bench_output(b, TOPIC_CLAIMS_CLEAN, 0);
    st = bench_output(b, TOPIC_CLAIMS_STATUS, 0);
    assert_non_null(clean);
    assert_int_equal(clean->void_of_claim, 1);
    assert_int_equal(st->state, CLAIM_STATE_VOID_PENDING);
    bench_feed(b, bench_claim(b, 'P', "claim_id=A1000002"));
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
}

/* void_total - a void of another total than what was billed is held */
static void void_total(void **state)
{
    struct bench *b = *state;
    CcReviewItem *item;

    bench_feed(b, bench_claim(b, 'P', ""));
    bench_feed(
        b, bench_claim(
               b, 'P',
               "version=2; frequency=8; void_of_claim=1; L2.charge_cents=1; charge_cents=16501"));
    item = bench_output(b, TOPIC_WORK_REVIEW, 0);
    assert_non_null(item);
    assert_non_null(bench_finding(item->findings, item->n_findings, "FRQ-04"));
}

/* overridden - a hold that a person confirmed for this version does not stop it again; a reject
 * does
 */
static void overridden(void **state)
{
    struct bench *b = *state;
    CcClaim *clean;

    bench_feed(b, bench_claim(b, 'P',
                              "L2.modifiers=QW,59,XU; findings#1; findings[0].edit=NCC-04; "
                              "findings[0].line=2; findings[0].codes=83036; "
                              "findings[0].overridden=1; findings[0].override_version=1; "
                              "findings[0].override_role=coder; findings[0].override_reason=seen"));
    clean = bench_output(b, TOPIC_CLAIMS_CLEAN, 0);
    assert_non_null(clean);
    assert_int_equal(clean->n_findings, 1);
    assert_int_equal(clean->findings[0]->overridden, 1);
    assert_string_equal(clean->findings[0]->override_role, "coder");
    bench_feed(b, bench_claim(b, 'P',
                              "version=2; charge_cents=1; findings#1; findings[0].edit=CHG-01; "
                              "findings[0].overridden=1; findings[0].override_version=2"));
    assert_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
}

/* no_table - nothing but a missing table: held with that reason */
static void no_table(void **state)
{
    struct bench *b = *state;
    struct tables *t = case_tables(TABLE_POS, &b->e);
    CcReviewItem *item;

    svc_sim_tables(b->sim, t);
    bench_feed(b, bench_claim(b, 'P', ""));
    item = bench_output(b, TOPIC_WORK_REVIEW, 0);
    assert_non_null(item);
    assert_string_equal(item->reason, "no-table");
    assert_non_null(strstr(item->findings[0]->message, "pos"));
    assert_non_null(strstr(item->findings[0]->message, "2026-03-25"));
    svc_sim_tables(b->sim, b->tables);
    tables_free(t);
}

/* no_tables - not one table: every question is told once, nothing passes, nothing crashes */
static void no_tables(void **state)
{
    struct bench *b = *state;
    struct tables *t = tables_new();
    CcReviewItem *item;

    svc_sim_tables(b->sim, t);
    for (const char *base = "PIO"; *base; base++) {
        bench_feed(b, bench_claim(b, *base, ""));
        item = bench_output(b, TOPIC_WORK_REVIEW, 0);
        assert_non_null(item);
        for (size_t i = 0; i < item->n_findings; i++)
            assert_string_equal(item->findings[i]->edit, "TAB-01");
        assert_true(item->n_findings >= 8);
    }
    svc_sim_tables(b->sim, b->tables);
    tables_free(t);
}

/* refuses - bytes that are no claim, and a claim without a number */
static void refuses(void **state)
{
    struct bench *b = *state;
    CcClaim *c = bench_claim(b, 'P', "claim_id=");

    assert_int_equal(
        svc_sim_feed_bytes(b->sim, TOPIC_CLAIMS_CODED, 0, "k", "in-x", "\xff\xff", 2, 1, &b->e), 0);
    assert_int_equal(svc_sim_count(b->sim), 1);
    assert_true(svc_sim_output(b->sim, 0)->dead);
    bench_feed(b, c);
    assert_int_equal(svc_sim_count(b->sim), 1);
    assert_true(svc_sim_output(b->sim, 0)->dead);
    assert_string_equal(svc_sim_output(b->sim, 0)->dead_reason, "schema");
}

/* twice_the_same - the same record gives the same bytes, in another worker too */
static void twice_the_same(void **state)
{
    struct bench *b = *state;
    CcClaim *c = bench_claim(b, 'I', "D4.poa=unknown; L1.unit_code=UN");
    uint8_t *first;
    size_t n;

    bench_feed(b, c);
    n = svc_sim_output(b->sim, 0)->value_len;
    first = arena_memdup(b->a, svc_sim_output(b->sim, 0)->value, n);
    svc_sim_free(b->sim);
    b->sim = svc_sim_new(&validator_spec, b->conf, b->tables, &b->e);
    assert_non_null(b->sim);
    bench_feed(b, c);
    assert_int_equal(svc_sim_output(b->sim, 0)->value_len, n);
    assert_memory_equal(svc_sim_output(b->sim, 0)->value, first, n);
}

/* run - the engine alone */
static struct validator_result run(struct bench *b, const CcClaim *c, const char *only,
                                   const char *skip)
{
    struct validator_options o = {.received_date = b->o.received_date, .only = only, .skip = skip};
    struct validator_result r;

    assert_int_equal(validator_check(c, b->tables, &o, b->a, &r, &b->e), 0);
    return r;
}

/* only_and_skip - which edits run; a name that is none is refused */
static void only_and_skip(void **state)
{
    struct bench *b = *state;
    CcClaim *c = bench_claim(b, 'P', "charge_cents=1; V2.npi=1455555016; patient.name.last=");
    struct validator_options o = {.only = "CHG-01,XYZ-99"};
    struct validator_result r = run(b, c, NULL, NULL);

    assert_int_equal(r.n_findings, 3);
    assert_int_equal(run(b, c, "CHG-01", NULL).n_findings, 1);
    assert_int_equal(run(b, c, "CHG-01,PRV-01", NULL).n_findings, 2);
    assert_int_equal(run(b, c, NULL, "CHG-01,PRV-01").n_findings, 1);
    assert_int_equal(run(b, c, "CHG-01", "CHG-01").n_findings, 0);
    assert_int_equal(validator_check(c, b->tables, &o, b->a, &r, &b->e), -1);
    assert_string_equal(b->e.code, "setting");
}

/* in_order - reject before hold before note, then by line */
static void in_order(void **state)
{
    struct bench *b = *state;
    struct validator_result r =
        run(b,
            bench_claim(b, 'P',
                        "L1.pointers=1; L2.modifiers=QW,59,XU; L2.units_milli=0; L1.units_milli=0; "
                        "charge_cents=1"),
            NULL, NULL);

    assert_int_equal(r.worst, SEVERITY_REJECT);
    for (size_t i = 1; i < r.n_findings; i++) {
        assert_true(r.findings[i - 1]->severity >= r.findings[i]->severity);
        if (r.findings[i - 1]->severity == r.findings[i]->severity)
            assert_true(r.findings[i - 1]->line <= r.findings[i]->line);
    }
    assert_string_equal(r.findings[r.n_findings - 1]->edit, "COD-17");
}

/* deadlines - Medicare's year: 29 February ends on 28 February; a payer's days */
static void deadlines(void **state)
{
    static const struct {
        char base;
        const char *changes;
        int32_t deadline;
    } rows[] = {
        {'P', "", 20260921},
        {'P', "C1.payer_id=SMP02", 20270325},
        {'P', "C1.payer_id=NOBODY", 0},
        {'P', "L1.from_date=20260320", 20260916},
        {'P', "C1.payer_id=MCB01; C1.filing_indicator=MB", 20270325},
        {'P',
         "C1.payer_id=MCB01; C1.filing_indicator=MB; L1.from_date=20240229; L1.thru_date=20240229",
         20250228},
        {'I', "", 20270314},
        {'I', "from_date=20240220; thru_date=20240229; discharge_date=20240229", 20250228},
    };
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_int_equal(run(b, bench_claim(b, rows[i].base, rows[i].changes), "TFL-01", NULL)
                             .filing_deadline_date,
                         rows[i].deadline);
}

/* leap_year - the last day is in time, the next is not */
static void leap_year(void **state)
{
    struct bench *b = *state;
    const char *bill =
        "from_date=20240220; thru_date=20240229; discharge_date=20240229; @received=20250228";

    assert_int_equal(run(b, bench_claim(b, 'I', bill), "TFL-01", NULL).worst, SEVERITY_HOLD);
    bill = "from_date=20240220; thru_date=20240229; discharge_date=20240229; @received=20250301";
    assert_int_equal(run(b, bench_claim(b, 'I', bill), "TFL-01", NULL).worst, SEVERITY_REJECT);
}

/* big_and_empty - a claim of nothing, of 999 lines, with everything unset: findings, never a crash
 */
static void big_and_empty(void **state)
{
    struct bench *b = *state;
    CcClaim *empty = event_new(b->a, &cc_claim__descriptor);

    assert_true(run(b, empty, NULL, NULL).n_findings > 5);
    empty->kind = CLAIM_KIND_INSTITUTIONAL;
    assert_true(run(b, empty, NULL, NULL).n_findings > 5);
    assert_non_null(bench_finding(run(b, bench_claim(b, 'P', "lines#51"), "CHG-09", NULL).findings,
                                  1, "CHG-09"));
    assert_int_equal(run(b, bench_claim(b, 'I', "lines#999"), "CHG-09", NULL).n_findings, 0);
    assert_int_equal(run(b, bench_claim(b, 'I', "lines#1000"), "CHG-09", NULL).n_findings, 1);
    assert_true(run(b, bench_claim(b, 'O', "lines#999"), NULL, NULL).n_findings > 100);
}

/* small_arena - over the limit is an error of ours, not a pass */
static void small_arena(void **state)
{
    struct bench *b = *state;
    CcClaim *c = bench_claim(b, 'P', "lines#900");
    struct arena *a = arena_new(65536);
    struct validator_options o = {0};
    struct validator_result r;

    assert_int_equal(validator_check(c, b->tables, &o, a, &r, &b->e), -1);
    assert_string_equal(b->e.code, "size");
    arena_free(a);
}

/* npi_digits - billing §7.2: each digit changed and neighbours swapped must fail (0 and 9 may swap)
 */
static void npi_digits(void **state)
{
    static const char *const valid[] = {"1234567893", "1987654328", "1455555015", "1455555023",
                                        "1455555031", "1455555049", "1667770014"};

    (void)state;
    for (size_t i = 0; i < sizeof(valid) / sizeof(valid[0]); i++) {
        assert_true(npi_valid(valid[i]));
        for (size_t k = 0; k < 10; k++) {
            char s[11];

            for (char d = '0'; d <= '9'; d++) {
                memcpy(s, valid[i], sizeof(s));
                s[k] = d;
                assert_true(npi_valid(s) == (d == valid[i][k]));
            }
            memcpy(s, valid[i], sizeof(s));
            if (k == 9 || s[k] == s[k + 1] || s[k] + s[k + 1] == '0' + '9')
                continue;
            s[k] = valid[i][k + 1];
            s[k + 1] = valid[i][k];
            assert_false(npi_valid(s));
        }
    }
    assert_false(npi_valid(""));
    assert_false(npi_valid("12345678931"));
}

/* one_table_once - a table missing on several days is one finding that names the first */
static void one_table_once(void **state)
{
    struct bench *b = *state;
    struct tables *t = case_tables(TABLE_MUE_PRACTITIONER, &b->e);
    struct validator_options o = {0};
    struct validator_result r;
    CcClaim *c = bench_claim(b, 'P', "L2.from_date=20260326; L2.thru_date=20260326");

    assert_int_equal(validator_check(c, t, &o, b->a, &r, &b->e), 0);
    assert_int_equal(r.n_findings, 1);
    assert_string_equal(r.findings[0]->edit, "TAB-01");
    assert_non_null(strstr(r.findings[0]->message, "2026-03-25, nor 2026-03-26"));
    tables_free(t);
}

/* patterns - the short way and the library's agree */
static void patterns(void **state)
{
    static const struct {
        const char *pattern, *text;
        bool fits;
    } rows[] = {
        {"", "anything", true},
        {"^[A-Z]{3}[0-9]{6,10}$", "SYN0001234", true},
        {"^[A-Z]{3}[0-9]{6,10}$", "SYN00012", false},
        {"^[A-Z]{3}[0-9]{6,10}$", "SYN00012345678", false},
        {"^[A-Z]{3}[0-9]{6,10}$", "syn0001234", false},
        {"^X?[0-9]+$", "X1", true},
        {"^X?[0-9]+$", "X", false},
        {"^[0-9]*9$", "1999", true}, /* gives back what it took */
        {"^[0-9]{2,}$", "1", false},
        {"^[0-9]{2,}$", "123456", true},
        {"^A-[0-9]{2}$", "A-12", true},
        {"^(AB|CD)[0-9]$", "CD1", true}, /* the library's */
        {"^(AB|CD)[0-9]$", "EF1", false},
        {"[0-9]{3}", "AB123CD", true},
        {"^[", "refuses nobody", true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        assert_int_equal(pattern_fits(rows[i].text, rows[i].pattern), rows[i].fits);
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, bench_setup, bench_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(passes),
        T(holds),
        T(answered),
        T(remembers),
        T(shrinks),
        T(voids),
        T(expects),
        T(void_total),
        T(overridden),
        T(no_table),
        T(no_tables),
        T(refuses),
        T(twice_the_same),
        T(only_and_skip),
        T(in_order),
        T(deadlines),
        T(leap_year),
        T(big_and_empty),
        T(small_arena),
        T(one_table_once),
        cmocka_unit_test(npi_digits),
        cmocka_unit_test(patterns),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
