/* coder_dx_test.c - the rules about diagnoses, each both ways */
#include "tests/support/test.h"

#include "services/coder/coder.h"
#include "tests/support/care.h"
#include "tests/support/care_tables.h"

struct world {
    struct arena *a;
    struct tables *t;
    CcEncounter *ev;
    CcCodingResult *out;
};

/* open_world - an outpatient visit of one day with a payer, a clinician and one charge */
static struct world open_world(void)
{
    struct world x = {.a = arena_new((size_t)32 << 20), .t = care_tables(TABLE_MAX)};
    CcVisit *v;

    x.ev = care_event(x.a, EVENT_KIND_BILL, "BAR^P05^BAR_P05", "REG|HOSP", 1000);
    x.ev->bill = true;
    v = care_visit(x.a, x.ev, ENCOUNTER_CLASS_OUTPATIENT);
    v->admit_date = v->discharge_date = 20260301;
    v->facility = care_text(x.a, "CLINIC");
    care_patient(x.a, x.ev, "TESTER", "ADA");
    care_coverage(x.a, x.ev, 1, "SHP01", "SYN0001234");
    care_provider(x.a, x.ev, PROVIDER_ROLE_RENDERING, "1455555015");
    care_charge(x.a, x.ev, "T1", "OV-EST3", 1000, 20260301);
    return x;
}

/* inpatient - the visit becomes a stay in the hospital */
static void inpatient(struct world *x)
{
    x->ev->visit->class_ = ENCOUNTER_CLASS_INPATIENT;
    x->ev->visit->facility = care_text(x->a, "RIVERBEND");
    x->ev->visit->discharge_date = 20260304;
    x->ev->visit->discharge_status = care_text(x->a, "01");
    x->ev->charges[0]->cdm = care_text(x->a, "RM-SEMI");
    care_provider(x->a, x->ev, PROVIDER_ROLE_ATTENDING, "1455555023");
}

/* close_world - and its tables */
static void close_world(struct world *x)
{
    tables_free(x->t);
    arena_free(x->a);
}

/* code - fold and code */
static void code(struct world *x)
{
    struct coder_visit v;
    struct err e = {0};

    assert_int_equal(coder_fold(x->a, &x->ev, 1, NULL, 0, &v, &e), 0);
    x->out = care_coded(x->a, x->t, NULL, &v);
}

/* listed - the ranked codes in order, joined by blanks; external causes with a minus */
static const char *listed(struct world *x)
{
    const char *s = "";

    for (size_t i = 0; i < x->out->n_diagnoses; i++) {
        const CcClaimDiagnosis *d = x->out->diagnoses[i];

        if (d->rank)
            s = arena_printf(x->a, "%s%s%s%s", s, *s ? " " : "",
                             d->role == DIAGNOSIS_ROLE_EXTERNAL_CAUSE ? "-" : "",
                             d->assignment->code->code);
    }
    return s;
}

/* has_rule - did the rule have a say in the code's line of the result? */
static bool has_rule(struct world *x, const char *code_text, const char *rule)
{
    for (size_t i = 0; i < x->out->n_codes; i++) {
        const CcCodeAssignment *as = x->out->codes[i];

        for (size_t k = 0; strcmp(as->code->code, code_text) == 0 && k < as->n_rules; k++)
            if (strcmp(as->rules[k]->rule, rule) == 0)
                return true;
    }
    return false;
}

/* reason - the reason of the n-th question, or "" */
static const char *reason(struct world *x, size_t n)
{
    return n < x->out->n_review ? x->out->review[n]->reason : "";
}

/* given - CM-I.B.2: billable that day is taken; a heading or no code is asked; the table of the day
 * decides */
static void given(void **state)
{
    struct world x = open_world();

    (void)state;
    care_dx(x.a, x.ev, "E11.9", PROBLEM_USE_FINAL, 1);
    code(&x);
    assert_string_equal(listed(&x), "E119");
    assert_true(has_rule(&x, "E119", "CM-I.B.2"));
    assert_int_equal(x.out->n_claims, 1);
    assert_int_equal(x.out->codes[0]->confidence_ppm, 1000000);
    assert_int_equal(x.out->codes[0]->origin, ORIGIN_STRUCTURED);
    assert_string_equal(x.out->codes[0]->evidence[0]->ref, "DG1[1]");
    assert_string_equal(x.out->codes[0]->evidence[0]->event_id, x.ev->event_id);
    assert_string_equal(x.out->codes[0]->rules[0]->table, "icd10cm");
    assert_int_equal(strlen(x.out->codes[0]->rules[0]->sha256), 64);
    care_dx(x.a, x.ev, "E11", PROBLEM_USE_FINAL, 2);
    code(&x);
    assert_string_equal(reason(&x, 0), "not-billable");
    assert_int_equal(x.out->n_claims, 0);
    assert_true(x.out->open_question);
    x.ev->diagnoses[1]->code->code = care_text(x.a, "Q99.99");
    code(&x);
    assert_string_equal(reason(&x, 0), "not-billable");
    close_world(&x);
}

/* no_table - a day without an edition stops with the reason, never passes */
static void no_table(void **state)
{
    struct world x = open_world();

    (void)state;
    care_dx(x.a, x.ev, "E11.9", PROBLEM_USE_FINAL, 1);
    x.ev->visit->admit_date = x.ev->visit->discharge_date = 20261001;
    x.ev->charges[0]->service_date = 20261001;
    code(&x);
    assert_string_equal(reason(&x, 0), "no-table");
    assert_int_equal(x.out->n_claims, 0);
    x.ev->visit->admit_date = x.ev->visit->discharge_date = 20260930;
    x.ev->charges[0]->service_date = 20260930;
    code(&x);
    assert_int_equal(x.out->n_review, 0);
    x.ev->visit->admit_date = x.ev->visit->discharge_date = 0;
    x.ev->charges[0]->service_date = 0;
    code(&x);
    assert_string_equal(reason(&x, 0), "no-date");
    assert_string_equal(x.out->review[0]->rules[0]->rule, "REC-04");
    close_world(&x);
}

/* verification - REC-01, REC-02: seen, rejected with the rule */
static void verification(void **state)
{
    struct world x = open_world();

    (void)state;
    care_dx(x.a, x.ev, "I10", PROBLEM_USE_FINAL, 1);
    care_dx(x.a, x.ev, "E119", PROBLEM_USE_FINAL, 2)->verification = VERIFICATION_REFUTED;
    care_dx(x.a, x.ev, "J449", PROBLEM_USE_FINAL, 3)->verification = VERIFICATION_ERROR;
    care_dx(x.a, x.ev, "J189", PROBLEM_USE_FINAL, 4)->verification = VERIFICATION_CONFIRMED;
    code(&x);
    assert_string_equal(listed(&x), "I10 J189");
    assert_true(has_rule(&x, "E119", "REC-02"));
    assert_true(has_rule(&x, "J449", "REC-01"));
    assert_int_equal(x.out->codes[1]->status, CODE_STATUS_REJECTED);
    assert_int_equal(x.out->claims[0]->n_considered, 2);
    close_world(&x);
}

/* previous - CM-III.A: ended before the visit, on its day, after */
static void previous(void **state)
{
    struct world x = open_world();
    CcProblem *p;

    (void)state;
    care_dx(x.a, x.ev, "I10", PROBLEM_USE_FINAL, 1);
    p = care_dx(x.a, x.ev, "J209", PROBLEM_USE_FINAL, 2);
    p->abatement_date = 20260228;
    code(&x);
    assert_string_equal(listed(&x), "I10");
    assert_true(has_rule(&x, "J209", "CM-III.A"));
    p->abatement_date = 20260301;
    code(&x);
    assert_string_equal(listed(&x), "I10 J209");
    close_world(&x);
}

/* problem_list - REC-03: unless the visit ranks it */
static void problem_list(void **state)
{
    struct world x = open_world();

    (void)state;
    care_dx(x.a, x.ev, "I10", PROBLEM_USE_FINAL, 1);
    care_dx(x.a, x.ev, "J449", PROBLEM_USE_PROBLEM, 0);
    care_dx(x.a, x.ev, "E119", PROBLEM_USE_PROBLEM, 2);
    code(&x);
    assert_string_equal(listed(&x), "I10 E119");
    assert_true(has_rule(&x, "J449", "REC-03"));
    close_world(&x);
}

/* uncertain - CM-IV.H outpatient never; CM-II.H inpatient at discharge yes, before no; a
 * clinician's claim never */
static void uncertain(void **state)
{
    struct world x = open_world();

    (void)state;
    care_dx(x.a, x.ev, "R079", PROBLEM_USE_FINAL, 2);
    care_dx(x.a, x.ev, "I214", PROBLEM_USE_FINAL, 1)->verification = VERIFICATION_PROVISIONAL;
    care_dx(x.a, x.ev, "J189", PROBLEM_USE_WORKING, 3)->verification = VERIFICATION_DIFFERENTIAL;
    code(&x);
    assert_string_equal(listed(&x), "R079");
    assert_true(has_rule(&x, "I214", "CM-IV.H"));
    inpatient(&x);
    for (size_t i = 0; i < 3; i++)
        x.ev->diagnoses[i]->poa = POA_Y;
    care_charge(x.a, x.ev, "T2", "OV-EST3", 1000, 20260302);
    code(&x);
    assert_string_equal(listed(&x), "I214 R079");
    assert_true(has_rule(&x, "I214", "CM-II.H"));
    assert_true(has_rule(&x, "J189", "CM-II.H"));
    assert_int_equal(x.out->n_claims, 2);
    assert_int_equal(x.out->claims[0]->n_diagnoses, 2);
    assert_int_equal(x.out->claims[1]->kind, CLAIM_KIND_PROFESSIONAL);
    assert_int_equal(x.out->claims[1]->n_diagnoses, 1);
    assert_string_equal(x.out->claims[1]->diagnoses[0]->assignment->code->code, "R079");
    close_world(&x);
}

/* only_uncertain - CLM-11: a stay whose diagnoses are all uncertain leaves the clinician none */
static void only_uncertain(void **state)
{
    struct world x = open_world();

    (void)state;
    inpatient(&x);
    care_charge(x.a, x.ev, "T2", "OV-EST3", 1000, 20260302);
    care_dx(x.a, x.ev, "I214", PROBLEM_USE_FINAL, 1)->verification = VERIFICATION_PROVISIONAL;
    x.ev->diagnoses[0]->poa = POA_Y;
    code(&x);
    assert_string_equal(reason(&x, 0), "no-diagnosis");
    assert_string_equal(x.out->review[0]->rules[0]->rule, "CLM-11");
    x.ev->n_charges = 1;
    code(&x);
    assert_int_equal(x.out->n_claims, 1);
    close_world(&x);
}

/* confirmed_only - CM-I.C.1.g: COVID-19 uncertain at discharge is not coded; confirmed is */
static void confirmed_only(void **state)
{
    struct world x = open_world();

    (void)state;
    inpatient(&x);
    care_dx(x.a, x.ev, "J189", PROBLEM_USE_FINAL, 1)->poa = POA_Y;
    care_dx(x.a, x.ev, "U071", PROBLEM_USE_FINAL, 2)->verification = VERIFICATION_PROVISIONAL;
    x.ev->diagnoses[1]->poa = POA_Y;
    code(&x);
    assert_string_equal(listed(&x), "J189");
    assert_true(has_rule(&x, "U071", "CM-I.C.1.g"));
    x.ev->diagnoses[1]->verification = VERIFICATION_CONFIRMED;
    code(&x);
    assert_string_equal(listed(&x), "J189 U071");
    close_world(&x);
}

/* systems - REC-05 another coding, REC-06 no system, REC-08 the old one */
static void systems(void **state)
{
    struct world x = open_world();
    CcProblem *p;

    (void)state;
    p = care_text_dx(x.a, x.ev, CODE_SYSTEM_SNOMED, "38341003", "words of nobody's index");
    assert_true(event_push(x.a, p, also, care_code(x.a, CODE_SYSTEM_ICD10CM, "I10", "")));
    care_text_dx(x.a, x.ev, CODE_SYSTEM_UNKNOWN, "E11.9", "");
    code(&x);
    assert_string_equal(listed(&x), "I10 E119");
    assert_true(has_rule(&x, "I10", "REC-05"));
    assert_true(has_rule(&x, "E119", "REC-06"));
    x.ev->diagnoses[1]->code->code = care_text(x.a, "E950.3");
    code(&x);
    assert_string_equal(reason(&x, 0), "no-code");
    x.ev->diagnoses[1]->code->system = CODE_SYSTEM_ICD9CM;
    code(&x);
    assert_string_equal(reason(&x, 0), "old-code");
    close_world(&x);
}

/* one_text - the code that words alone give, or the question's reason */
static const char *one_text(const char *text)
{
    static char answer[64];
    struct world x = open_world();

    care_text_dx(x.a, x.ev, CODE_SYSTEM_SNOMED, "123456789", text);
    code(&x);
    snprintf(answer, sizeof(answer), "%s", x.out->n_review ? reason(&x, 0) : listed(&x));
    close_world(&x);
    return answer;
}

/* words - TXT-01, TXT-02, TXT-03: exactly one billable code, else a question */
static void words(void **state)
{
    (void)state;
    assert_string_equal(one_text("Prediabetes"), "R7303");
    assert_string_equal(one_text("hypertension, essential"), "I10");
    assert_string_equal(one_text("Prediabetes (disorder)"), "R7303");
    assert_string_equal(one_text("Acute bronchitis"), "J209");
    assert_string_equal(one_text("Common cold"), "J00");
    assert_string_equal(one_text("Type 2 diabetes mellitus"), "no-code"); /* a heading */
    assert_string_equal(one_text("Neoplasm, twice"), "no-code");
    assert_string_equal(one_text("Neoplasm, open"), "no-code");
    assert_string_equal(one_text("Arthritis, double"), "no-code");
    assert_string_equal(one_text("Cold, elsewhere"), "no-code");
    assert_string_equal(one_text("Acute bronchitis of the left knee"), "no-code");
    assert_string_equal(one_text(""), "no-code");
}

/* disagreeing - two codings whose words name two codes */
static void disagreeing(void **state)
{
    struct world x = open_world();
    CcProblem *p = care_text_dx(x.a, x.ev, CODE_SYSTEM_SNOMED, "1", "Prediabetes");

    (void)state;
    assert_true(event_push(x.a, p, also, care_code(x.a, CODE_SYSTEM_LOCAL, "2", "Common cold")));
    code(&x);
    assert_string_equal(reason(&x, 0), "no-code");
    p->also[0]->text = care_text(x.a, "prediabetes");
    code(&x);
    assert_string_equal(listed(&x), "R7303");
    close_world(&x);
}

/* same_once - CM-I.B.12: once, with both evidences; a question about the same words once */
static void same_once(void **state)
{
    struct world x = open_world();

    (void)state;
    care_dx(x.a, x.ev, "I10", PROBLEM_USE_WORKING, 2);
    care_dx(x.a, x.ev, "E119", PROBLEM_USE_FINAL, 2);
    care_dx(x.a, x.ev, "I10", PROBLEM_USE_FINAL, 1);
    code(&x);
    assert_string_equal(listed(&x), "I10 E119");
    assert_int_equal(x.out->codes[0]->n_evidence, 2);
    assert_true(has_rule(&x, "I10", "CM-I.B.12"));
    care_text_dx(x.a, x.ev, CODE_SYSTEM_SNOMED, "9", "nobody's words");
    care_text_dx(x.a, x.ev, CODE_SYSTEM_SNOMED, "9", "nobody's words");
    code(&x);
    assert_int_equal(x.out->n_review, 1);
    close_world(&x);
}

/* superseded - REC-09: a working diagnosis of an earlier message gives way; one stated with the
 * final ones stays */
static void superseded(void **state)
{
    struct world x = open_world();
    CcEncounter *adt = care_event(x.a, EVENT_KIND_UPDATE, "ADT^A08^ADT_A01", "REG|HOSP", 10);
    CcEncounter *events[2] = {adt, x.ev};
    struct coder_visit v;
    struct err e = {0};

    (void)state;
    care_dx(x.a, adt, "R079", PROBLEM_USE_WORKING, 1);
    care_dx(x.a, x.ev, "I214", PROBLEM_USE_FINAL, 1);
    care_dx(x.a, x.ev, "I10", PROBLEM_USE_WORKING, 2);
    assert_int_equal(coder_fold(x.a, events, 2, NULL, 0, &v, &e), 0);
    assert_int_equal(coder_code(x.a, x.t, NULL, &v, &x.out, &e), 0);
    assert_string_equal(listed(&x), "I214 I10");
    assert_true(has_rule(&x, "R079", "REC-09"));
    close_world(&x);
}

/* order - kind, then rank, then position */
static void order(void **state)
{
    struct world x = open_world();

    (void)state;
    care_dx(x.a, x.ev, "J449", PROBLEM_USE_WORKING, 1);
    care_dx(x.a, x.ev, "I10", PROBLEM_USE_FINAL, 2);
    care_dx(x.a, x.ev, "E119", PROBLEM_USE_FINAL, 1);
    care_dx(x.a, x.ev, "N189", PROBLEM_USE_FINAL, 1);
    care_dx(x.a, x.ev, "J189", PROBLEM_USE_FINAL, 0);
    code(&x);
    assert_string_equal(listed(&x), "E1122 N189 I10 J189 J449");
    assert_true(has_rule(&x, "E1122", "CM-IV.G"));
    assert_false(has_rule(&x, "I10", "CM-IV.G"));
    close_world(&x);
}

/* reasons - CM-IV.A: only where nothing else is coded, and never for inpatients */
static void reasons(void **state)
{
    struct world x = open_world();

    (void)state;
    care_dx(x.a, x.ev, "R079", PROBLEM_USE_REASON, 0);
    code(&x);
    assert_string_equal(listed(&x), "R079");
    assert_true(has_rule(&x, "R079", "CM-IV.A"));
    care_dx(x.a, x.ev, "I214", PROBLEM_USE_FINAL, 1);
    code(&x);
    assert_string_equal(listed(&x), "I214");
    care_text_dx(x.a, x.ev, CODE_SYSTEM_SNOMED, "5", "feels odd")->use = PROBLEM_USE_REASON;
    code(&x);
    assert_int_equal(x.out->n_review, 0); /* REC-07 */
    assert_int_equal(x.out->n_claims, 1);
    inpatient(&x);
    x.ev->n_diagnoses = 1;
    x.ev->diagnoses[0]->use = PROBLEM_USE_ADMITTING;
    code(&x);
    assert_string_equal(reason(&x, 0), "no-principal");
    assert_string_equal(x.out->review[0]->options[0]->code->code, "R079");
    close_world(&x);
}

/* external - CM-I.C.20: behind the others, in its role; never alone */
static void external(void **state)
{
    struct world x = open_world();

    (void)state;
    care_dx(x.a, x.ev, "W010XXA", PROBLEM_USE_FINAL, 1);
    care_dx(x.a, x.ev, "S52501A", PROBLEM_USE_FINAL, 2);
    code(&x);
    assert_string_equal(listed(&x), "S52501A -W010XXA");
    x.ev->diagnoses[1]->verification = VERIFICATION_REFUTED;
    code(&x);
    assert_string_equal(reason(&x, 0), "no-principal");
    close_world(&x);
}

/* none - CLM-01: nothing to code */
static void none(void **state)
{
    struct world x = open_world();

    (void)state;
    code(&x);
    assert_string_equal(reason(&x, 0), "no-diagnosis");
    assert_true(x.out->review[0]->n_options >= 2);
    assert_int_equal(x.out->n_claims, 0);
    close_world(&x);
}

/* present - POA: as given, exempt, missing; not for outpatients nor exempt hospitals */
static void present(void **state)
{
    struct world x = open_world();

    (void)state;
    inpatient(&x);
    care_dx(x.a, x.ev, "I214", PROBLEM_USE_FINAL, 1)->poa = POA_Y;
    care_dx(x.a, x.ev, "I10", PROBLEM_USE_FINAL, 2)->poa = POA_W;
    care_dx(x.a, x.ev, "Z8673", PROBLEM_USE_FINAL, 3);
    code(&x);
    assert_int_equal(x.out->n_review, 0);
    assert_int_equal(x.out->claims[0]->diagnoses[0]->poa, POA_Y);
    assert_int_equal(x.out->claims[0]->diagnoses[1]->poa, POA_W);
    assert_int_equal(x.out->claims[0]->diagnoses[2]->poa, POA_EXEMPT);
    assert_true(has_rule(&x, "Z8673", "POA-P04"));
    assert_true(has_rule(&x, "I10", "POA-P01"));
    assert_false(has_rule(&x, "Z8673", "POA-P01"));
    x.ev->diagnoses[0]->poa = POA_EXEMPT; /* the list of the year says otherwise */
    code(&x);
    assert_string_equal(reason(&x, 0), "poa-missing");
    assert_string_equal(x.out->review[0]->rules[0]->rule, "POA-P03");
    assert_non_null(strstr(x.out->review[0]->question, "I21.4"));
    assert_null(strstr(x.out->review[0]->question, "I10"));
    x.ev->visit->facility = care_text(x.a, "REHAB");
    code(&x);
    assert_int_equal(x.out->n_review, 0);
    assert_int_equal(x.out->claims[0]->diagnoses[0]->poa, POA_UNKNOWN);
    close_world(&x);
}

/* no_exempt_list - without the year's list no indicator can be judged */
static void no_exempt_list(void **state)
{
    struct world x = open_world();

    (void)state;
    tables_free(x.t);
    x.t = care_tables(TABLE_POA_EXEMPT);
    inpatient(&x);
    care_dx(x.a, x.ev, "I214", PROBLEM_USE_FINAL, 1)->poa = POA_Y;
    code(&x);
    assert_string_equal(reason(&x, 0), "no-table");
    close_world(&x);
}

/* charge_dx - a diagnosis that only a charge names, behind the visit's own */
static void charge_dx(void **state)
{
    struct world x = open_world();

    (void)state;
    care_dx(x.a, x.ev, "I10", PROBLEM_USE_FINAL, 1);
    assert_true(event_push(x.a, x.ev->charges[0], pointers, care_text(x.a, "E11.9")));
    code(&x);
    assert_string_equal(listed(&x), "I10 E119");
    assert_int_equal(x.out->codes[1]->origin, ORIGIN_CHARGE);
    assert_int_equal(x.out->claims[0]->lines[0]->pointers[0], 2);
    close_world(&x);
}

/* twice_the_same - coding again gives the same bytes */
static void twice_the_same(void **state)
{
    struct world x = open_world();
    uint8_t *one, *two;
    size_t n, m;
    struct err e = {0};

    (void)state;
    care_dx(x.a, x.ev, "E119", PROBLEM_USE_FINAL, 1);
    care_text_dx(x.a, x.ev, CODE_SYSTEM_SNOMED, "1", "Prediabetes");
    code(&x);
    assert_int_equal(event_pack(x.a, &x.out->base, &one, &n, &e), 0);
    code(&x);
    assert_int_equal(event_pack(x.a, &x.out->base, &two, &m, &e), 0);
    assert_int_equal(n, m);
    assert_memory_equal(one, two, n);
    close_world(&x);
}

/* small_memory - a visit over the arena's limit is refused at every size, never a crash */
static void small_memory(void **state)
{
    struct world x = open_world();
    struct coder_visit v;
    struct err e = {0};

    (void)state;
    care_dx(x.a, x.ev, "E119", PROBLEM_USE_FINAL, 1);
    care_text_dx(x.a, x.ev, CODE_SYSTEM_SNOMED, "1", "nobody's words");
    for (size_t limit = 1000; limit < 200000; limit += limit < 20000 ? 97 : 1777) {
        struct arena *small = arena_new(limit);
        int r = coder_fold(small, &x.ev, 1, NULL, 0, &v, &e);

        if (r == 0)
            r = coder_code(small, x.t, NULL, &v, &x.out, &e);
        assert_true(r == 0 || (e.class == ERR_REJECT && strcmp(e.code, "size") == 0));
        arena_free(small);
    }
    close_world(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(given),          cmocka_unit_test(no_table),
        cmocka_unit_test(verification),   cmocka_unit_test(previous),
        cmocka_unit_test(problem_list),   cmocka_unit_test(uncertain),
        cmocka_unit_test(only_uncertain), cmocka_unit_test(confirmed_only),
        cmocka_unit_test(systems),        cmocka_unit_test(words),
        cmocka_unit_test(disagreeing),    cmocka_unit_test(same_once),
        cmocka_unit_test(superseded),     cmocka_unit_test(order),
        cmocka_unit_test(reasons),        cmocka_unit_test(external),
        cmocka_unit_test(none),           cmocka_unit_test(present),
        cmocka_unit_test(no_exempt_list), cmocka_unit_test(charge_dx),
        cmocka_unit_test(twice_the_same), cmocka_unit_test(small_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
