/* coder_decision_test.c - people's decisions on the coder's questions: the next version is made of
 * the encounter and the decisions, otherwise identical */
#include "tests/support/test.h"

#include "common/base/str.h"
#include "tests/support/care_tables.h"
#include "tests/support/coder_cases.h"
#include "tests/support/coder_world.h"

/* visit - registered, one charge, ready to bill; the diagnosis in words that no table knows */
static void visit(struct world *x, const char *words)
{
    CcEncounter *ev = world_registered(x);

    if (words) {
        ev->n_diagnoses = 0;
        care_text_dx(x->a, ev, CODE_SYSTEM_UNKNOWN, "", words)->use = PROBLEM_USE_FINAL;
    }
    world_feed(x, ev);
    world_feed(x, world_charged(x, "T1", "OV-EST3", 20));
}

/* bill - the source says: ready */
static void bill(struct world *x, int64_t ms)
{
    world_feed(x, world_said(x, EVENT_KIND_BILL, "BAR^P05^BAR_P05", ms));
}

/* code_of - the claim's first diagnosis */
static const CcCodeAssignment *code_of(struct world *x)
{
    return world_claim(x)->diagnoses[0]->assignment;
}

/* coded - the code that a person names goes on the claim, with the decision as its evidence */
static void coded(void **state)
{
    struct world x = coder_world_open();
    const CcCodeAssignment *as;
    CcReviewItem *item;
    bool word = false, rule = false;

    (void)state;
    visit(&x, "sugar trouble of the old kind");
    bill(&x, 30);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 0);
    item = world_question(&x, "no-code");
    assert_non_null(item);
    world_decide(&x, world_decision(&x, item->review_id, "other", CODE_SYSTEM_ICD10CM, "E11.9"));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    as = code_of(&x);
    assert_string_equal(as->code->code, "E119");
    for (size_t i = 0; i < as->n_rules; i++)
        rule |= strcmp(as->rules[i]->rule, "DEC-01") == 0;
    for (size_t i = 0; i < as->n_evidence; i++)
        if (strcmp(as->evidence[i]->ref, "decision") == 0) {
            word = true;
            assert_string_equal(as->evidence[i]->event_id, item->review_id);
            assert_string_equal(as->evidence[i]->role, "coder");
            assert_string_equal(as->evidence[i]->text, "seen in the record");
            assert_true(as->evidence[i]->at_ms > 0);
        }
    assert_true(rule && word);
    item = world_last(&x, TOPIC_WORK_REVIEW, NULL);
    assert_string_equal(item->state, "done");
    assert_string_equal(item->answer->role, "coder");
    assert_string_equal(world_said_of(&x, "answered")->reason, "");
    coder_world_close(&x);
}

/* otherwise_identical - the claim of encounter and decision is the one that the record itself would
 * have given */
static void otherwise_identical(void **state)
{
    struct world x = coder_world_open(), y = coder_world_open();
    CcClaim *a, *b;

    (void)state;
    visit(&x, "sugar trouble of the old kind");
    bill(&x, 30);
    world_decide(&x, world_decision(&x, world_question(&x, "no-code")->review_id, "other",
                                    CODE_SYSTEM_ICD10CM, "E11.9"));
    visit(&y, NULL);
    bill(&y, 30);
    a = world_claim(&x);
    b = world_claim(&y);
    assert_int_equal(a->version, b->version);
    assert_string_equal(a->claim_id, b->claim_id);
    assert_int_equal(a->charge_cents, b->charge_cents);
    assert_int_equal(a->n_lines, b->n_lines);
    assert_int_equal(a->n_diagnoses, b->n_diagnoses);
    assert_string_equal(a->diagnoses[0]->assignment->code->code,
                        b->diagnoses[0]->assignment->code->code);
    coder_world_close(&x);
    coder_world_close(&y);
}

/* after_the_claim - a late entry is asked about; the answer makes version 2 of the same claim, and
 * a later event of the encounter keeps it */
static void after_the_claim(void **state)
{
    struct world x = coder_world_open();

    (void)state;
    visit(&x, NULL);
    bill(&x, 30);
    assert_int_equal(world_claim(&x)->version, 1);
    world_feed(&x, world_charged(&x, "T2", "NOBODYS", 40));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    world_decide(&x, world_decision(&x, world_question(&x, "charge-unmapped")->review_id, "none",
                                    CODE_SYSTEM_UNKNOWN, NULL));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1); /* nothing that is billed changed */
    assert_string_equal(((CcReviewItem *)world_last(&x, TOPIC_WORK_REVIEW, NULL))->state, "done");
    world_feed(&x, world_charged(&x, "T3", "LAB-A1C", 50));
    assert_int_equal(world_claim(&x)->version, 2);
    assert_int_equal(world_claim(&x)->n_lines, 2);
    assert_null(world_said_of(&x, "decision_dropped"));
    coder_world_close(&x);
}

/* dropped - the record says it itself by now: the decision applies no more, and that is told once
 */
static void dropped(void **state)
{
    struct world x = coder_world_open();
    CcEncounter *fix;

    (void)state;
    visit(&x, NULL);
    world_feed(&x, world_charged(&x, "T2", "NOBODYS", 25));
    bill(&x, 30);
    world_decide(&x, world_decision(&x, world_question(&x, "charge-unmapped")->review_id, "none",
                                    CODE_SYSTEM_UNKNOWN, NULL));
    assert_int_equal(world_claim(&x)->n_lines, 1);
    fix = world_charged(&x, "T2", "LAB-A1C", 40);
    world_feed(&x, fix);
    assert_int_equal(world_claim(&x)->n_lines, 2);
    assert_non_null(world_said_of(&x, "decision_dropped"));
    svc_sim_clear(x.sim);
    world_feed(&x, world_charged(&x, "T4", "LAB-STREP", 50));
    assert_null(world_said_of(&x, "decision_dropped"));
    coder_world_close(&x);
}

/* not_open - an unknown question, one that is answered, an encounter of nobody: refused, and why */
static void not_open(void **state)
{
    struct world x = coder_world_open();
    CcDecision *d;
    char *id;

    (void)state;
    visit(&x, "sugar trouble of the old kind");
    bill(&x, 30);
    world_decide(&x, world_decision(&x, "R123", "none", CODE_SYSTEM_UNKNOWN, NULL));
    assert_int_equal(world_said_of(&x, "decision")->refused, 1);
    assert_int_equal(world_said_of(&x, "decision")->state, CLAIM_STATE_REVIEW);
    assert_non_null(strstr(world_said_of(&x, "decision")->reason, "R123"));
    id = world_question(&x, "no-code")->review_id;
    world_decide(&x, world_decision(&x, id, "other", CODE_SYSTEM_ICD10CM, "E119"));
    svc_sim_clear(x.sim);
    world_decide(&x, world_decision(&x, id, "other", CODE_SYSTEM_ICD10CM, "E109"));
    assert_int_equal(world_said_of(&x, "decision")->refused, 1);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 0);
    d = world_decision(&x, id, "none", CODE_SYSTEM_UNKNOWN, NULL);
    d->encounter = care_text(x.a, "E0000000000000009");
    world_decide(&x, d);
    assert_string_equal(world_said_of(&x, "decision")->encounter, "E0000000000000009");
    d->answer->why = care_text(x.a, "");
    world_decide(&x, d);
    assert_true(svc_sim_output(x.sim, svc_sim_count(x.sim) - 1)->dead);
    coder_world_close(&x);
}

/* undetermined - dropped, or held, by the question */
static void undetermined(void **state)
{
    struct world x = coder_world_open();
    CcEncounter *ev;

    (void)state;
    ev = world_registered(&x);
    care_text_dx(x.a, ev, CODE_SYSTEM_UNKNOWN, "", "sugar trouble of the old kind")->use =
        PROBLEM_USE_FINAL;
    world_feed(&x, ev);
    world_feed(&x, world_charged(&x, "T1", "OV-EST3", 20));
    world_feed(&x, world_charged(&x, "T2", "NOBODYS", 25));
    bill(&x, 30);
    world_decide(&x, world_decision(&x, world_question(&x, "no-code")->review_id, "undetermined",
                                    CODE_SYSTEM_UNKNOWN, NULL));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 0);
    world_decide(&x, world_decision(&x, world_question(&x, "charge-unmapped")->review_id,
                                    "undetermined", CODE_SYSTEM_UNKNOWN, NULL));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 0); /* what is billed must be known */
    assert_non_null(strstr(world_said_of(&x, "decision")->reason, "stays open"));
    world_decide(&x, world_decision(&x, world_question(&x, "charge-unmapped")->review_id, "none",
                                    CODE_SYSTEM_UNKNOWN, NULL));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    assert_int_equal(world_claim(&x)->n_diagnoses, 1);
    assert_int_equal(world_claim(&x)->n_considered, 2);
    coder_world_close(&x);
}

/* excluded - one of two codes that exclude each other is kept, or both stand */
static void excluded(void **state)
{
    static const char *const words[] = {"1", "2", "3"};
    static const size_t codes[] = {1, 1, 2};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct world x = coder_world_open();
        struct tables *official = care_tables(TABLE_ICD10CM);
        CcEncounter *ev = world_registered(&x);
        CcReviewItem *item;
        const CcCode *code;

        care_rows(official, TABLE_ICD10CM, coder_codes_icd);
        svc_sim_tables(x.sim, official);

        care_dx(x.a, ev, "E109", PROBLEM_USE_FINAL, 2);
        world_feed(&x, ev);
        world_feed(&x, world_charged(&x, "T1", "OV-EST3", 20));
        bill(&x, 30);
        item = world_question(&x, "excludes");
        assert_non_null(item);
        code = item->options[i]->code;
        assert_string_equal(item->options[i]->id, words[i]);
        world_decide(&x, world_decision(&x, item->review_id, words[i], CODE_SYSTEM_ICD10CM,
                                        code ? code->code : NULL));
        assert_int_equal(world_claim(&x)->n_diagnoses, codes[i]);
        if (code)
            assert_string_equal(code_of(&x)->code->code, code->code);
        coder_world_close(&x);
        tables_free(official);
    }
}

/* of_the_guidelines - answers to what the guidelines leave open: the codes of the claim, in order
 */
static void of_the_guidelines(void **state)
{
    static const struct {
        const char *given[3]; /* "!" ruled out, "@" begun on 1 January */
        const char *reason, *choice, *code, *coded;
    } cases[] = {
        {{"Z51.11"}, "incomplete", "other", "C50.912", "Z5111 C50912"},
        {{"Z51.11"}, "incomplete", "undetermined", NULL, "Z5111"},
        {{"M81.0", "S72.001A"}, "excludes", "1", NULL, "M810 S72001A"},
        {{"M81.0", "S72.001A"}, "excludes", "other", "M80.051A", "M80051A"},
        {{"N18.31", "N18.4"}, "excludes", "2", "N184", "N184"},
        {{"J96.01", "U07.1"}, "no-principal", "1", "U071", "U071 J9601"},
        {{"J96.01", "U07.1"}, "no-principal", "2", "J9601", "J9601 U071"},
        {{"J18.9", "I10", "!I10"}, "conflict", "1", NULL, "J189 I10"},
        {{"J18.9", "I10", "!I10"}, "conflict", "2", NULL, "J189"},
        {{"@I21.4"}, "no-code", "1", "I252", "I252"},
        {{"@I21.4"}, "no-code", "2", NULL, "I214"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct world x = coder_world_open();
        struct tables *official = care_tables(TABLE_ICD10CM);
        CcEncounter *ev = world_registered(&x);
        CcReviewItem *item;
        const char *codes = "";

        care_rows(official, TABLE_ICD10CM, coder_codes_icd);
        svc_sim_tables(x.sim, official);
        ev->n_diagnoses = 0;
        for (uint32_t k = 0; k < 3 && cases[i].given[k]; k++) {
            const char *word = cases[i].given[k];
            bool marked = word[0] == '!' || word[0] == '@';
            CcProblem *p = care_dx(x.a, ev, word + marked, PROBLEM_USE_FINAL, k + 1);

            p->id = arena_printf(x.a, "C%u", k);
            if (word[0] == '!')
                p->verification = VERIFICATION_REFUTED;
            if (word[0] == '@')
                p->onset_date = 20260101;
        }
        world_feed(&x, ev);
        world_feed(&x, world_charged(&x, "T1", "OV-EST3", 20));
        bill(&x, 30);
        item = world_question(&x, cases[i].reason);
        assert_non_null(item);
        world_decide(&x, world_decision(&x, item->review_id, cases[i].choice,
                                        cases[i].code ? CODE_SYSTEM_ICD10CM : CODE_SYSTEM_UNKNOWN,
                                        cases[i].code));
        for (size_t k = 0; k < world_claim(&x)->n_diagnoses; k++)
            codes = arena_printf(x.a, "%s%s%s", codes, *codes ? " " : "",
                                 world_claim(&x)->diagnoses[k]->assignment->code->code);
        assert_string_equal(codes, cases[i].coded);
        coder_world_close(&x);
        tables_free(official);
    }
}

/* a_bad_code - one that is not billable leads to the next question; its answer too is taken */
static void a_bad_code(void **state)
{
    struct world x = coder_world_open();
    CcReviewItem *item;

    (void)state;
    visit(&x, "sugar trouble of the old kind");
    bill(&x, 30);
    world_decide(&x, world_decision(&x, world_question(&x, "no-code")->review_id, "other",
                                    CODE_SYSTEM_ICD10CM, "E11"));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 0);
    item = world_question(&x, "not-billable");
    assert_non_null(item);
    world_decide(&x, world_decision(&x, item->review_id, "other", CODE_SYSTEM_ICD10CM, "E11.9"));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    assert_string_equal(code_of(&x)->code->code, "E119");
    assert_null(world_said_of(&x, "decision_dropped"));
    coder_world_close(&x);
}

/* again - a table was missing: once it is loaded a person has the visit looked at again; the word
 * is no decision, and before that it changes nothing */
static void again(void **state)
{
    struct world x = coder_world_open();
    struct tables *without = care_tables(TABLE_PAYERS);
    CcReviewItem *item;
    CcDecision *word;

    (void)state;
    svc_sim_tables(x.sim, without);
    visit(&x, NULL);
    bill(&x, 30);
    item = world_question(&x, "no-table");
    assert_non_null(item);
    assert_string_equal(item->options[0]->id, "again");
    word = world_decision(&x, item->review_id, "again", CODE_SYSTEM_UNKNOWN, NULL);
    world_decide(&x, word);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 0);
    svc_sim_tables(x.sim, x.t);
    world_decide(&x, word);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    assert_null(world_said_of(&x, "decision_dropped"));
    tables_free(without);
    coder_world_close(&x);
}

/* self_pay - the patient pays: no claim, and what was billed before is void; a coverage that comes
 * is billed, and the answer applies no more */
static void self_pay(void **state)
{
    struct world x = coder_world_open();
    CcEncounter *ev = world_registered(&x);

    (void)state;
    ev->n_coverages = 0;
    world_feed(&x, ev);
    world_feed(&x, world_charged(&x, "T1", "OV-EST3", 20));
    bill(&x, 30);
    world_decide(&x, world_decision(&x, world_question(&x, "no-payer")->review_id, "self",
                                    CODE_SYSTEM_UNKNOWN, NULL));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 0);
    assert_string_equal(((CcReviewItem *)world_last(&x, TOPIC_WORK_REVIEW, NULL))->state, "done");
    ev = world_said(&x, EVENT_KIND_UPDATE, "ADT^A08^ADT_A01", 40);
    care_coverage(x.a, ev, 1, "SHP01", "SYN0001234");
    world_feed(&x, ev);
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    assert_non_null(world_said_of(&x, "decision_dropped"));
    coder_world_close(&x);
}

/* not_finished - a visit that nobody ended is billed as it stands when a person says so */
static void not_finished(void **state)
{
    struct world x = coder_world_open();
    CcReviewItem *item;

    (void)state;
    visit(&x, NULL);
    world_pass(&x, 31 * (int64_t)DAY);
    item = world_question(&x, "not-ready");
    assert_non_null(item);
    assert_string_equal(item->options[0]->id, "complete");
    world_decide(&x, world_decision(&x, item->review_id, "complete", CODE_SYSTEM_UNKNOWN, NULL));
    assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 1);
    coder_world_close(&x);
}

/* heading - the codes under a heading are options; what cannot be determined is the one of them
 * that says unspecified */
static void heading(void **state)
{
    struct world x = coder_world_open();
    CcEncounter *ev = world_registered(&x);
    CcReviewItem *item;

    (void)state;
    ev->n_diagnoses = 0;
    care_dx(x.a, ev, "J01.0", PROBLEM_USE_FINAL, 1);
    world_feed(&x, ev);
    world_feed(&x, world_charged(&x, "T1", "OV-EST3", 20));
    bill(&x, 30);
    item = world_question(&x, "not-billable");
    assert_non_null(item);
    assert_int_equal(item->n_options, 4);
    assert_string_equal(item->options[0]->code->code, "J0100");
    assert_string_equal(item->options[1]->text, "J01.01 Acute recurrent maxillary sinusitis");
    world_decide(&x,
                 world_decision(&x, item->review_id, "undetermined", CODE_SYSTEM_UNKNOWN, NULL));
    assert_string_equal(code_of(&x)->code->code, "J0100");
    coder_world_close(&x);
}

/* of_the_visit - answers that are a field of the record: each is asked for, and set */
static void of_the_visit(void **state)
{
    static const struct {
        const char *reason, *answer;
    } cases[] = {{"unknown-payer", "SHP01"},
                 {"no-class", "outpatient"},
                 {"no-provider", "1455555015"},
                 {"no-date", "20260301"}};

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct world x = coder_world_open();
        CcEncounter *ev = world_registered(&x), *charge = world_charged(&x, "T1", "OV-EST3", 20);
        CcReviewItem *item;

        if (i == 0)
            ev->coverages[0]->payer = care_text(x.a, "NOBODYS PLAN");
        if (i == 1)
            ev->visit->class_ = ENCOUNTER_CLASS_UNKNOWN;
        if (i == 2)
            ev->n_providers = 0;
        if (i == 3) {
            charge->charges[0]->service_date = 0;
            ev->visit->discharge_date = 20260303; /* of a visit of one day it would be that */
        }
        world_feed(&x, ev);
        world_feed(&x, charge);
        bill(&x, 30);
        item = world_question(&x, cases[i].reason);
        assert_non_null(item);
        assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 0);
        world_decide(&x, world_decision(&x, item->review_id, "other", CODE_SYSTEM_UNKNOWN, "?"));
        assert_int_equal(world_count(&x, TOPIC_CLAIMS_CODED), 0);
        world_decide(
            &x, world_decision(&x, item->review_id, "other", CODE_SYSTEM_UNKNOWN, cases[i].answer));
        if (world_count(&x, TOPIC_CLAIMS_CODED) != 1)
            fail_msg("%s: %s", cases[i].reason, cases[i].answer);
        coder_world_close(&x);
    }
}

/* finding - a decision on what the validator found: an entry of the record is coded otherwise */
static CcDecision *finding(struct world *x, const char *id, bool line, const char *before,
                           const char *code)
{
    CcDecision *d = world_decision(x, id, "other", CODE_SYSTEM_UNKNOWN, code);
    const CcClaim *c = world_claim(x);

    d->claim_id = c->claim_id;
    d->version = c->version;
    d->answer->place = (line ? c->lines[0]->procedure : c->diagnoses[0]->assignment)->evidence[0];
    d->answer->before = care_text(x->a, before);
    return d;
}

/* found_wrong - a diagnosis and a line of the claim are corrected by a person, one after the other;
 * of an older version it is refused */
static void found_wrong(void **state)
{
    struct world x = coder_world_open();
    CcDecision *old, *d;

    (void)state;
    visit(&x, NULL);
    bill(&x, 30);
    old = finding(&x, "V/1", false, "E119", "I10");
    world_decide(&x, old);
    assert_int_equal(world_claim(&x)->version, 2);
    assert_string_equal(code_of(&x)->code->code, "I10");
    world_decide(&x, finding(&x, "V/2", true, "99213", "99214"));
    assert_int_equal(world_claim(&x)->version, 3);
    assert_string_equal(world_claim(&x)->lines[0]->procedure->code->code, "99214");
    assert_string_equal(code_of(&x)->code->code, "I10");          /* the first one holds */
    world_decide(&x, finding(&x, "V/3", true, "99283", "99214")); /* not on the claim */
    assert_int_equal(world_claim(&x)->version, 3);
    assert_non_null(world_said_of(&x, "decision_dropped"));
    world_decide(&x, old);
    assert_int_equal(world_said_of(&x, "decision")->refused, 1);
    d = finding(&x, "V/4", true, "99214", NULL);
    assert_true(event_push(x.a, d->answer, modifiers, care_text(x.a, "25")));
    svc_sim_clear(x.sim);
    world_decide(&x, d);
    assert_int_equal(world_claim(&x)->version, 4);
    assert_int_equal(world_claim(&x)->lines[0]->n_modifiers, 1);
    coder_world_close(&x);
}

/* merged - the patient got another key meanwhile: the decision is carried on, and what was decided
 * before moves with the encounter */
static void merged(void **state)
{
    struct world x = coder_world_open();
    CcEncounter *merge = world_said(&x, EVENT_KIND_MERGE, "ADT^A40^ADT_A39", 100);
    CcDecision *d;
    const char *key;

    (void)state;
    visit(&x, "sugar trouble of the old kind");
    bill(&x, 30);
    d = world_decision(&x, world_question(&x, "no-code")->review_id, "other", CODE_SYSTEM_ICD10CM,
                       "E119");
    merge->encounter = care_text(x.a, "");
    merge->patient_key = care_text(x.a, KEY_B);
    assert_true(event_push(x.a, merge, merged_patients, care_text(x.a, KEY_A)));
    world_feed_key(&x, merge, KEY_A);
    svc_sim_clear(x.sim);
    world_decide(&x, d);
    d = world_last(&x, TOPIC_CLAIMS_DECISIONS, &key);
    assert_non_null(d);
    assert_string_equal(key, KEY_B);
    assert_string_equal(d->patient_key, KEY_B);
    assert_int_equal(d->hops, 1);
    coder_world_close(&x);
}

/* others_words - what is the validator's or the payer's alone is no dead letter */
static void others_words(void **state)
{
    struct world x = coder_world_open();
    CcDecision *d = event_new(x.a, &cc_decision__descriptor);

    (void)state;
    d->patient_key = care_text(x.a, KEY_A);
    d->claim_id = care_text(x.a, "A1");
    d->role = care_text(x.a, "coder");
    world_decide(&x, d);
    assert_int_equal(svc_sim_count(x.sim), 0);
    coder_world_close(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(coded),
        cmocka_unit_test(otherwise_identical),
        cmocka_unit_test(after_the_claim),
        cmocka_unit_test(dropped),
        cmocka_unit_test(not_open),
        cmocka_unit_test(undetermined),
        cmocka_unit_test(excluded),
        cmocka_unit_test(a_bad_code),
        cmocka_unit_test(found_wrong),
        cmocka_unit_test(heading),
        cmocka_unit_test(of_the_visit),
        cmocka_unit_test(again),
        cmocka_unit_test(self_pay),
        cmocka_unit_test(not_finished),
        cmocka_unit_test(merged),
        cmocka_unit_test(others_words),
        cmocka_unit_test(of_the_guidelines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
