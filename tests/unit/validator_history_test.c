/* validator_history_test.c - what the validator remembers: short and whole, near enough, replaced
 */
#include "tests/support/test.h"

#include "services/validator/cases/case.h"
#include "services/validator/remember.h"
#include "tests/support/validating.h"

/* assert_same - a line and what came back of it */
static void assert_same(const CcBilledLine *x, const CcBilledLine *y)
{
    assert_string_equal(x->claim_id, y->claim_id);
    assert_int_equal(x->version, y->version);
    assert_int_equal(x->line, y->line);
    assert_int_equal(x->kind, y->kind);
    assert_string_equal(x->code, y->code);
    assert_int_equal(x->n_modifiers, y->n_modifiers);
    for (size_t i = 0; i < x->n_modifiers; i++)
        assert_string_equal(x->modifiers[i], y->modifiers[i]);
    assert_string_equal(x->revenue, y->revenue);
    assert_int_equal(x->from_date, y->from_date);
    assert_int_equal(x->thru_date, y->thru_date);
    assert_int_equal(x->units_milli, y->units_milli);
    assert_int_equal(x->charge_cents, y->charge_cents);
    assert_string_equal(x->billing_npi, y->billing_npi);
    assert_string_equal(x->rendering_npi, y->rendering_npi);
    assert_string_equal(x->taxonomy, y->taxonomy);
    assert_string_equal(x->payer_id, y->payer_id);
    assert_string_equal(x->type_of_bill, y->type_of_bill);
    assert_memory_equal(x->fingerprint, y->fingerprint, 16);
    assert_int_equal(x->at_ms, y->at_ms);
    assert_string_equal(x->state, y->state);
    assert_int_equal(x->admit_date, y->admit_date);
    assert_int_equal(x->bill_from_date, y->bill_from_date);
    assert_int_equal(x->bill_thru_date, y->bill_thru_date);
    assert_string_equal(x->discharge_status, y->discharge_status);
    assert_int_equal(x->unrelated_stay, y->unrelated_stay);
}

/* round_trip - a claim's lines, short and back; the bytes a line takes */
static size_t round_trip(struct bench *b, const CcClaim *c)
{
    CcBilledClaim *kept = event_new(b->a, &cc_billed_claim__descriptor);
    struct validator_billed billed;
    CcBilledLine **back;
    size_t n_back, bytes;
    ProtobufCMessage *m;
    uint8_t *packed;

    assert_int_equal(validator_billed(c, "READY", 77, b->a, &billed, &b->e), 0);
    kept->at_ms = 77;
    kept->state = CLAIM_STATE_READY;
    assert_true(remember_lines(billed.lines, billed.n, b->a, kept));
    assert_int_equal(event_pack(b->a, &kept->base, &packed, &bytes, &b->e), 0);
    assert_int_equal(event_unpack(b->a, kept->base.descriptor, packed, bytes, &m, &b->e), 0);
    assert_true(
        recall_lines((CcBilledClaim *)(void *)m, billed.lines[0]->claim_id, b->a, &back, &n_back));
    assert_int_equal(billed.n, n_back);
    for (size_t i = 0; i < billed.n; i++)
        assert_same(billed.lines[i], back[i]);
    return bytes / billed.n;
}

/* short_and_whole - nothing that an edit asks is lost: spans, gaps in the numbers, other providers,
 * none */
static void short_and_whole(void **state)
{
    static const struct {
        char base;
        const char *changes;
    } rows[] = {
        {'P', ""},
        {'I', ""},
        {'I', "conditions=B4; discharge_status=62; from_date=20260308"},
        {'O', ""},
        {'P', "L1.modifiers=25,59,LT; L2.number=7; L2.modifiers="},
        {'P', "L1.thru_date=20260402; L2.from_date=20260301; L2.thru_date=20260301"},
        {'P', "providers#1; L1.providers#1; lines[0].providers[0].role=rendering; "
              "lines[0].providers[0].npi=1455555049; lines[0].providers[0].taxonomy=207RC0000X"},
        {'P', "L2.providers#1; lines[1].providers[0].role=rendering; "
              "lines[1].providers[0].npi=1455555049"},
    };
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        round_trip(b, bench_claim(b, rows[i].base, rows[i].changes));
    assert_true(round_trip(b, bench_claim(b, 'P', "lines#5")) <= 60);
}

/* void_forgets - what was taken back is billed no more, and its entry is gone; a void of nothing
 * leaves nothing */
static void void_forgets(void **state)
{
    struct bench *b = *state;

    bench_feed(b, bench_claim(b, 'P', "frequency=8; void_of_claim=1"));
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
    bench_feed(b, bench_claim(b, 'P', "version=2"));
    bench_feed(b, bench_claim(b, 'P', "version=3; frequency=8; void_of_claim=1"));
    bench_feed(b, bench_claim(b, 'P', "claim_id=A1000002"));
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
}

/* held_keeps_billed - while a later version is held, the earlier one's lines stay billed */
static void held_keeps_billed(void **state)
{
    struct bench *b = *state;
    CcReviewItem *item;

    bench_feed(b, bench_claim(b, 'P', ""));
    bench_feed(b, bench_claim(b, 'P', "version=2; charge_cents=1"));
    assert_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
    bench_feed(b, bench_claim(b, 'P', "claim_id=A1000002"));
    item = bench_output(b, TOPIC_WORK_REVIEW, 0);
    assert_non_null(item);
    assert_non_null(bench_finding(item->findings, item->n_findings, "DUP-02"));
}

/* finding_of - of an edit, in the question that was asked; NULL: the claim went on, or not for that
 */
static const CcFinding *finding_of(struct bench *b, const char *edit)
{
    const CcReviewItem *item = bench_output(b, TOPIC_WORK_REVIEW, 0);

    return item ? bench_finding(item->findings, item->n_findings, edit) : NULL;
}

/* payer_decides - a replacement waits for the payer's word on what it replaces; of another version
 * the word says nothing; after it the replacement is what waits */
static void payer_decides(void **state)
{
    static const char replaces[] = "version=2; frequency=7; original_reference=ICN1";
    struct bench *b = *state;
    CcClaim *first = bench_claim(b, 'P', ""), *second = bench_claim(b, 'P', replaces);

    bench_feed(b, first);
    bench_feed(b, second);
    assert_non_null(finding_of(b, "FRQ-03"));
    bench_payer(b, second, CLAIM_STATE_PAID, "ICN1"); /* never sent */
    assert_int_equal(svc_sim_count(b->sim), 0);
    bench_feed(b, second);
    assert_non_null(finding_of(b, "FRQ-03"));
    bench_payer(b, first, CLAIM_STATE_DENIED, "ICN1");
    bench_feed(b, second);
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
    bench_feed(b, bench_claim(b, 'P', "version=3; frequency=7; original_reference=ICN1"));
    assert_non_null(finding_of(b, "FRQ-03")); /* the second is unanswered */
}

/* payer_refuses - what the payer refused or denied may be billed under another number */
static void payer_refuses(void **state)
{
    struct bench *b = *state;
    CcClaim *first = bench_claim(b, 'P', ""), *again = bench_claim(b, 'P', "claim_id=A1000002");

    bench_feed(b, first);
    bench_feed(b, again);
    assert_non_null(finding_of(b, "DUP-02"));
    bench_payer(b, first, CLAIM_STATE_REJECTED, "");
    bench_feed(b, again);
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
    bench_payer(b, first, CLAIM_STATE_PAID, "ICN1"); /* it was decided after all */
    bench_feed(b, bench_claim(b, 'P', "claim_id=A1000003"));
    assert_non_null(finding_of(b, "DUP-02"));
}

/* with_window - a worker that sees so many days */
static void with_window(struct bench *b, const char *days)
{
    const struct conf_row *const rows[] = {svc_settings, validator_spec.settings, NULL};

    setenv("HISTORY_DAYS", days, 1);
    svc_sim_free(b->sim);
    conf_free(b->conf);
    b->conf = conf_load(rows, &b->e);
    unsetenv("HISTORY_DAYS");
    b->sim = svc_sim_new(&validator_spec, b->conf, b->tables, &b->e);
    assert_non_null(b->sim);
}

/* corrected - sent again as a replacement of what the payer first decided on a day */
static bool corrected(struct bench *b, int32_t first, int32_t second, bool unprocessable)
{
    CcClaim *c = bench_claim(b, 'P', "C1.payer_id=RUL05; C1.member_id=M12345");
    CcDecision *d = event_new(b->a, &cc_decision__descriptor);
    const CcFinding *f;

    bench_feed(b, c);
    d->claim_id = c->claim_id;
    d->patient_key = c->patient_key;
    d->version = 1;
    d->payer_state = CLAIM_STATE_DENIED;
    d->payer_claim = c->account;
    d->payer_date = first;
    d->unprocessable = unprocessable;
    bench_decide(b, d);
    d->payer_date = second;
    d->unprocessable = 0;
    bench_decide(b, d);
    c = bench_claim(b, 'P',
                    "version=2; frequency=7; original_reference=X1; C1.payer_id=RUL05; "
                    "C1.member_id=M12345; @received=20260401");
    bench_feed(b, c);
    f = finding_of(b, "TFL-03");
    return f && f->severity == SEVERITY_REJECT;
}

/* limit_for_corrections - 180 days from the payer's first remittance that decided the claim */
static void limit_for_corrections(void **state)
{
    static const struct {
        int32_t first, second;
        bool unprocessable, late;
    } rows[] = {
        {20251002, 20251002, false, true}, {20251003, 20251003, false, false},
        {20251002, 20260101, false, true}, /* the first counts */
        {20251002, 20260101, true, false}, /* what was not processed decided nothing */
        {0, 20251002, false, true},        {0, 0, false, false},
    };
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        with_window(b, "36500");
        assert_int_equal(corrected(b, rows[i].first, rows[i].second, rows[i].unprocessable),
                         rows[i].late);
    }
}

/* global_period - a visit after an operation that another claim billed, and the other way round */
static void global_period(void **state)
{
    struct bench *b = *state;

    bench_feed(b, bench_claim(b, 'P',
                              "claim_id=A1000005; L1.code=27130; lines#1; charge_cents=16500; "
                              "L1.from_date=20260301; L1.thru_date=20260301"));
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
    bench_feed(b, bench_claim(b, 'P', ""));
    assert_non_null(finding_of(b, "GLB-01"));
    bench_feed(b, bench_claim(b, 'P', "version=2; L1.modifiers=24"));
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
    bench_feed(b, bench_claim(b, 'P',
                              "claim_id=A1000006; L1.code=27130; lines#1; charge_cents=16500; "
                              "L1.from_date=20260326; L1.thru_date=20260326"));
    assert_non_null(finding_of(b, "GLB-02"));
}

/* pair_across - the other half of an NCCI pair is on another claim of the day; a day later is none
 */
static void pair_across(void **state)
{
    struct bench *b = *state;

    bench_feed(b, bench_claim(b, 'P', "claim_id=A1000005; L1.code=93000; L1.modifiers="));
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
    bench_feed(b, bench_claim(b, 'P', "L1.code=93010; lines#1; charge_cents=16500"));
    assert_non_null(finding_of(b, "NCC-07"));
    bench_feed(b, bench_claim(b, 'P',
                              "claim_id=A1000006; L1.code=93010; lines#1; charge_cents=16500; "
                              "L1.from_date=20260326; L1.thru_date=20260326"));
    assert_null(finding_of(b, "NCC-07"));
}

/* once_in_months - a service of 2024 counts for one of 2026 (MED-02: 23 months), as far as the
 * setting lets the edits look back: to the day */
static void once_in_months(void **state)
{
    static const char earlier[] = "claim_id=A1000005; C1.payer_id=RUL05; C1.member_id=M12345; "
                                  "L1.code=G0101; lines#1; charge_cents=16500; "
                                  "L1.from_date=20240430; L1.thru_date=20240430; "
                                  "created_date=20240502; @received=20240502";
    static const char again[] = "C1.payer_id=RUL05; C1.member_id=M12345; L1.code=G0101; lines#1; "
                                "charge_cents=16500";
    static const struct {
        const char *days;
        bool seen;
    } rows[] = {{"36500", true}, {"694", true}, {"693", false}};
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        with_window(b, rows[i].days);
        bench_feed(b, bench_claim(b, 'P', earlier));
        assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
        bench_feed(b, bench_claim(b, 'P', again));
        assert_int_equal(finding_of(b, "MED-02") != NULL, rows[i].seen);
    }
}

/* stay_goes_on - the bills of a stay follow each other by what the state keeps of the one before */
static void stay_goes_on(void **state)
{
    static const char next[] = "V1.taxonomy=282NC0060X; claim_id=H2000002; frequency=3; "
                               "type_of_bill=0113; discharge_status=30; "
                               "discharge_hour=; values[0].amount_cents=500; L1.units_milli=5000; "
                               "thru_date=20260319; from_date=";
    struct bench *b = *state;

    bench_feed(
        b,
        bench_claim(b, 'I',
                    "V1.taxonomy=282NC0060X; frequency=2; type_of_bill=0112; discharge_status=30; "
                    "discharge_hour=; values[0].amount_cents=500; "
                    "L1.units_milli=5000"));
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
    bench_feed(b, bench_claim(b, 'I', arena_printf(b->a, "%s%d", next, 20260316)));
    assert_non_null(finding_of(b, "INP-09"));
    bench_feed(b, bench_claim(b, 'I', arena_printf(b->a, "%s%d; version=2", next, 20260315)));
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, bench_setup, bench_teardown)

/* main - each with a worker of its own */
/* next_payer - the same services to the next payer are no second billing of them, for that claim
 * and for a later one of the patient */
static void next_payer(void **state)
{
    struct bench *b = *state;
    CcClaim *c = bench_claim(b, 'P', "claim_id=A1000001");

    bench_feed(b, c);
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
    c = bench_claim(b, 'P', "claim_id=A1000001S; parent_claim=A1000001; receiver=");
    bench_feed(b, c);
    c = bench_output(b, TOPIC_CLAIMS_CLEAN, 0);
    assert_non_null(c);
    assert_string_equal(c->receiver, "CLR");
    c = bench_claim(b, 'P', "claim_id=A1000001; version=2");
    bench_feed(b, c);
    assert_non_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0));
    c = bench_claim(b, 'P', "claim_id=A1000009");
    bench_feed(b, c);
    assert_null(bench_output(b, TOPIC_CLAIMS_CLEAN, 0)); /* a duplicate still is one */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(short_and_whole),       T(void_forgets),  T(held_keeps_billed), T(payer_decides),
        T(payer_refuses),         T(global_period), T(pair_across),       T(once_in_months),
        T(limit_for_corrections), T(next_payer),    T(stay_goes_on),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
