/* coder_question_test.c - every reason for which a person is asked: what the question carries, that
 * it leads nobody, and the answer that settles it */
#include "tests/support/test.h"

#include <ctype.h>
#include <stdio.h>

#include "common/base/date.h"
#include "common/codes/codes.h"
#include "services/coder/work.h"
#include "tests/support/care.h"
#include "tests/support/care_tables.h"
#include "tests/support/coder_cases.h"

enum { ARENA = 64 << 20, DAY_1 = 20260310, ROUNDS = 4 };

static const char *const terms[] = {"Pneumonia!code!J189!!Pneumonia!!",
                                    "Hypertension!code!I10!!Hypertension!!",
                                    "Sinusitis, acute, maxillary!code!J0100!!Sinusitis!!",
                                    "Sinusitis, acute, recurrent, maxillary!code!J0101!!x!!", NULL};

struct world {
    struct arena *a;
    struct tables *t;
    struct text_shelf *shelf;
    CcEncounter *ev;
    CcCharge *charge;
    CcReviewAnswer *answers[ROUNDS];
    size_t n_answers;
    CcCodingResult *out;
};

static struct tables *tables, *texts, *without_payers;
static struct text_shelf *shelf;

/* open_tables - once */
static int open_tables(void **state)
{
    (void)state;
    tables = care_tables(TABLE_ICD10CM);
    care_rows(tables, TABLE_ICD10CM, coder_codes_icd);
    care_service_rows(tables);
    texts = care_tables(TABLE_ICD10CM_INDEX);
    care_rows(texts, TABLE_ICD10CM_INDEX, terms);
    care_service_rows(texts);
    care_drg_rows(texts, DAY_1);
    without_payers = care_tables(TABLE_PAYERS);
    shelf = text_shelf_new();
    return shelf ? 0 : -1;
}

/* close_tables - at the end */
static int close_tables(void **state)
{
    (void)state;
    text_shelf_free(shelf);
    tables_free(tables);
    tables_free(texts);
    tables_free(without_payers);
    return 0;
}

/* visit - P at a practice, H at the hospital for a day, I a stay: coded, charged, paid for, ready
 */
static struct world visit(char base)
{
    struct world x = {.a = arena_new(ARENA), .t = tables};
    CcVisit *v;

    x.ev = care_event(x.a, EVENT_KIND_BILL, "BAR^P05^BAR_P05", "REG|HOSP", 1000);
    x.ev->bill = true;
    v = care_visit(x.a, x.ev, base == 'I' ? ENCOUNTER_CLASS_INPATIENT : ENCOUNTER_CLASS_OUTPATIENT);
    v->admit_date = DAY_1;
    v->discharge_date = base == 'I' ? DAY_1 + 3 : DAY_1;
    v->facility = care_text(x.a, base == 'P' ? "CLINIC" : "RIVERBEND");
    v->discharge_status = care_text(x.a, base == 'P' ? "" : "01");
    care_patient(x.a, x.ev, "TESTER", "ADA");
    care_coverage(x.a, x.ev, 1, "SHP01", "SYN0001234");
    care_provider(x.a, x.ev, base == 'P' ? PROVIDER_ROLE_RENDERING : PROVIDER_ROLE_ATTENDING,
                  "1455555015");
    care_dx(x.a, x.ev, "J18.9", PROBLEM_USE_FINAL, 1)->poa = POA_Y;
    x.charge = care_charge(x.a, x.ev, "T1",
                           base == 'P'   ? "OV-EST3"
                           : base == 'H' ? "LAB-CHEM"
                                         : "RM-SEMI",
                           1000, DAY_1);
    return x;
}

/* code - fold and code, with the answers so far */
static void code(struct world *x)
{
    struct coder_visit v;
    struct err e = {0};

    assert_int_equal(coder_fold(x->a, &x->ev, 1, NULL, 0, &v, &e), 0);
    v.answers = x->answers;
    v.n_answers = x->n_answers;
    x->out = care_coded(x->a, x->t, x->shelf, &v);
}

/* --- what the record has for each reason */

static void no_units(struct world *x)
{
    x->charge->units_given = true;
    x->charge->units_milli = 0;
}

/* coded_charge - one more, of a code, with its own amount */
static CcCharge *coded_charge(struct world *x, const char *hcpcs)
{
    CcCharge *c =
        care_charge(x->a, x->ev, arena_printf(x->a, "TX%zu", x->ev->n_charges), "", 1000, DAY_1);

    c->code = care_code(x->a, cpt_form(hcpcs) ? CODE_SYSTEM_CPT : CODE_SYSTEM_HCPCS, hcpcs, "");
    c->charge_cents = 10000;
    c->charge_given = true;
    c->professional = true;
    return c;
}

static void two_repairs(struct world *x)
{
    coded_charge(x, "12002")->site = care_text(x->a, "left arm");
    coded_charge(x, "11042")->site = care_text(x->a, "left arm");
}

static void unknown_charge(struct world *x)
{
    x->charge->cdm = care_text(x->a, "NOBODYS");
}

/* drug_without_code - the facility's, told by its revenue code alone */
static void drug_without_code(struct world *x)
{
    CcCharge *c = care_charge(x->a, x->ev, "T2", "", 1000, DAY_1);

    c->revenue = care_text(x->a, "0636");
    c->charge_cents = 5000;
    c->charge_given = true;
}

static void of_no_kind(struct world *x)
{
    x->charge->kind = CHARGE_KIND_UNKNOWN;
}

static void refuted(struct world *x)
{
    care_dx(x->a, x->ev, "I10", PROBLEM_USE_FINAL, 2)->id = care_text(x->a, "C1");
    CcProblem *p = care_dx(x->a, x->ev, "I10", PROBLEM_USE_FINAL, 3);

    p->verification = VERIFICATION_REFUTED;
    p->id = care_text(x->a, "C2");
}

static void coverage_over(struct world *x)
{
    x->ev->coverages[0]->to_date = 20251231;
}

static void credited(struct world *x)
{
    CcCharge *c = coded_charge(x, "80053");

    c->kind = CHARGE_KIND_CREDIT;
}

static void status_of_no_list(struct world *x)
{
    x->ev->visit->discharge_status = care_text(x->a, "alt-home");
}

static void both_first(struct world *x)
{
    CcProblem *p = care_dx(x->a, x->ev, "I50.9", PROBLEM_USE_FINAL, 1);

    p->poa = POA_Y;
    care_dx(x->a, x->ev, "E11.9", PROBLEM_USE_FINAL, 2)->poa = POA_Y;
}

static void two_diabetes(struct world *x)
{
    care_dx(x->a, x->ev, "E11.9", PROBLEM_USE_FINAL, 2);
    care_dx(x->a, x->ev, "E10.9", PROBLEM_USE_FINAL, 3);
}

static void chemotherapy(struct world *x)
{
    x->ev->diagnoses[0]->code->code = care_text(x->a, "Z51.11");
}

/* measured - a result of the day, or a word about the visit */
static void measured(struct world *x, CcCodeSystem system, const char *what, const char *value,
                     const char *unit)
{
    CcObservation *o = event_new(x->a, &cc_observation__descriptor);

    o->ref = arena_printf(x->a, "OBX[%zu]", x->ev->n_observations + 1);
    o->code = care_code(x->a, system, what, "");
    o->value = care_text(x->a, value);
    o->unit = care_text(x->a, unit);
    o->at_ms = ms_of(DAY_1, 9, 0, 0, 0, 0);
    assert_true(event_push(x->a, x->ev, observations, o));
}

static void low_sodium(struct world *x)
{
    measured(x, CODE_SYSTEM_LOINC, "2951-2", "129", "mmol/L");
}

static void small_problem(struct world *x)
{
    coded_charge(x, "99214");
    x->ev->n_charges--;
    x->ev->charges[0] = x->ev->charges[1];
    measured(x, CODE_SYSTEM_LOCAL, "EM-PROBLEM", "acute-uncomplicated", "");
    measured(x, CODE_SYSTEM_LOCAL, "EM-RISK", "low", "");
}

static void long_visit(struct world *x)
{
    measured(x, CODE_SYSTEM_LOCAL, "EM-MINUTES", "30", "");
}

static void only_given(struct world *x)
{
    x->ev->n_charges = 0;
    coded_charge(x, "96372");
}

static void unordered(struct world *x)
{
    CcOrder *o = event_new(x->a, &cc_order__descriptor);

    coded_charge(x, "83036");
    coded_charge(x, "80053");
    o->code = care_code(x->a, CODE_SYSTEM_CPT, "80053", "");
    assert_true(event_push(x->a, x->ev, orders, o));
}

static void in_global_days(struct world *x)
{
    coded_charge(x, "11750");
    coded_charge(x, "26010")->service_date = DAY_1 + 5;
    x->ev->charges[2]->thru_date = DAY_1 + 5;
}

static void nothing_charged(struct world *x)
{
    x->ev->n_charges = 0;
}

static void no_class(struct world *x)
{
    x->ev->visit->class_ = ENCOUNTER_CLASS_UNKNOWN;
}

static void words_only(struct world *x)
{
    x->ev->n_diagnoses = 0;
    care_text_dx(x->a, x->ev, CODE_SYSTEM_UNKNOWN, "", "sugar trouble")->use = PROBLEM_USE_FINAL;
}

static void charge_without_day(struct world *x)
{
    x->ev->visit->discharge_date = DAY_1 + 2;
    x->charge->service_date = 0;
}

static void visit_without_day(struct world *x)
{
    x->ev->visit->admit_date = x->ev->visit->discharge_date = 0;
    x->charge->service_date = x->charge->thru_date = 0;
}

static void no_diagnosis(struct world *x)
{
    x->ev->n_diagnoses = 0;
}

static void still_in(struct world *x)
{
    x->ev->visit->discharge_date = 0;
}

static void nowhere(struct world *x)
{
    x->ev->visit->facility = x->ev->facility = care_text(x->a, "NOWHERE");
}

static void nobody(struct world *x)
{
    x->ev->patient->name->last = care_text(x->a, "");
}

static void no_coverage(struct world *x)
{
    x->ev->n_coverages = 0;
}

static void somewhere(struct world *x)
{
    x->ev->visit->class_ = ENCOUNTER_CLASS_VIRTUAL;
    x->ev->n_charges = 0;
    coded_charge(x, "99213");
}

static void no_price(struct world *x)
{
    x->ev->n_charges = 0;
    coded_charge(x, "99214")->charge_given = false;
}

static void only_causes(struct world *x)
{
    x->ev->diagnoses[0]->code->code = care_text(x->a, "W19.XXXA");
}

static void facility_bill_of_a_practice(struct world *x)
{
    x->charge->cdm = care_text(x->a, "LAB-CHEM");
}

static void no_provider(struct world *x)
{
    x->ev->n_providers = 0;
}

static void whose_charge(struct world *x)
{
    x->ev->n_charges = 0;
    coded_charge(x, "99214")->professional = false;
}

static void old_charge(struct world *x)
{
    x->charge->cdm = care_text(x->a, "OLD-CODE");
}

static void no_table(struct world *x)
{
    x->t = without_payers;
}

static void not_over(struct world *x)
{
    x->ev->bill = false;
    x->ev->event = EVENT_KIND_ADMIT;
    x->ev->type = care_text(x->a, "ADT^A01");
    x->ev->visit->discharge_date = 0;
    x->ev->visit->class_ = ENCOUNTER_CLASS_EMERGENCY;
}

static void old_diagnosis(struct world *x)
{
    x->ev->diagnoses[0]->code->system = CODE_SYSTEM_ICD9CM;
    x->ev->diagnoses[0]->code->code = care_text(x->a, "250.00");
}

static void no_indicator(struct world *x)
{
    x->ev->diagnoses[0]->poa = POA_UNKNOWN;
    care_dx(x->a, x->ev, "I50.9", PROBLEM_USE_FINAL, 2);
}

static void points_nowhere(struct world *x)
{
    assert_true(event_push(x->a, x->charge, pointers, care_text(x->a, "29857009")));
}

static void stopped(struct world *x)
{
    care_procedure(x->a, x->ev, CODE_SYSTEM_ICD10PCS, "0DTJ0ZZ", DAY_1)->status =
        care_text(x->a, "stopped");
}

static void delivered(struct world *x)
{
    x->ev->diagnoses[0]->code->code = care_text(x->a, "O80");
    care_dx(x->a, x->ev, "Z37.0", PROBLEM_USE_FINAL, 2)->poa = POA_Y;
}

/* noted - a note of the visit */
static void noted(struct world *x, const char *text)
{
    CcDocument *d = event_new(x->a, &cc_document__descriptor);

    assert_true(event_push(x->a, x->ev, documents, d));
    d->ref = care_text(x->a, "DocumentReference/n1");
    d->mime = care_text(x->a, "text/plain");
    d->text.data = (uint8_t *)care_text(x->a, text);
    d->text.len = d->bytes = strlen(text);
    x->shelf = shelf;
    x->t = texts;
}

static void said_once(struct world *x)
{
    x->ev->diagnoses[0]->code->code = care_text(x->a, "I50.20");
    care_dx(x->a, x->ev, "J96.01", PROBLEM_USE_FINAL, 2)->poa = POA_Y;
    noted(x, "Seen.");
    x->shelf = NULL; /* what stands in the note is not read */
}

static void denied(struct world *x)
{
    noted(x, "No evidence of pneumonia.");
}

static void more_in_text(struct world *x)
{
    noted(x, "Impression: pneumonia and hypertension.");
}

static void closer_in_text(struct world *x)
{
    x->ev->diagnoses[0]->code->code = care_text(x->a, "J01.00");
    noted(x, "Impression: acute recurrent maxillary sinusitis.");
}

static void only_text(struct world *x)
{
    x->ev->n_diagnoses = 0;
    noted(x, "Impression: pneumonia.");
}

static void report_explains(struct world *x)
{
    CcDocument *d;

    x->ev->diagnoses[0]->code->code = care_text(x->a, "R07.9");
    noted(x, "Impression: pneumonia.");
    d = x->ev->documents[0];
    d->kind = care_text(x->a, "report");
    d->status = care_text(x->a, "final");
    d->author_npi = care_text(x->a, "1234567893");
}

static void strange_words(struct world *x)
{
    noted(x, "Impression: pneumonia, xyzopathy.");
}

static void no_text(struct world *x)
{
    noted(x, "\xff\xfe\x01\x02 \x03\x80");
}

static void without_its_service(struct world *x)
{
    coded_charge(x, "99292");
}

static void covid_twice(struct world *x)
{
    care_dx(x->a, x->ev, "U07.1", PROBLEM_USE_FINAL, 2);
    care_dx(x->a, x->ev, "U09.9", PROBLEM_USE_FINAL, 3);
}

static void unknown_payer(struct world *x)
{
    x->ev->coverages[0]->payer = care_text(x->a, "NOBODYS PLAN");
}

/* --- the rows */

static const struct row {
    const char *reason;
    char base;
    void (*bend)(struct world *x);
    const char *has;    /* "m" money at stake is known, "d" the deadline */
    const char *takes;  /* of "other" */
    const char *choice; /* the answer that settles it */
    const char *code;
    int64_t cents, units_milli;
    bool claims; /* they go out then, unless another question comes up */
} rows[] = {
    /* clang-format off */
    {"amount", 'P', no_units, "d", "units", "other", NULL, 0, 2000, true},
    {"bundled", 'P', two_repairs, "md", "code modifiers", "same", NULL, 0, 0, true},
    {"charge-unmapped", 'P', unknown_charge, "d", "code", "other", "99213", 0, 0, false}, /* no-price */
    {"charge-unmapped", 'P', unknown_charge, "d", "code", "none", NULL, 0, 0, false},
    {"charge-unmapped", 'H', drug_without_code, "md", "code", "other", "J1885", 0, 0, true},
    {"charge-unmapped", 'P', of_no_kind, "d", "record", "charge", NULL, 0, 0, true},
    {"conflict", 'P', refuted, "md", "code", "1", NULL, 0, 0, true},
    {"coverage-dates", 'P', coverage_over, "md", "record", "1", NULL, 0, 0, true},
    {"coverage-dates", 'P', coverage_over, "md", "record", "self", NULL, 0, 0, false},
    {"credit-without-charge", 'P', credited, "md", "record", "none", NULL, 0, 0, true},
    {"discharge-status", 'H', status_of_no_list, "md", "code", "other", "01", 0, 0, true},
    {"equal-principal", 'I', both_first, "md", "code", "2", "I509", 0, 0, true},
    {"excludes", 'P', two_diabetes, "md", "code", "1", "E119", 0, 0, true},
    {"incomplete", 'P', chemotherapy, "md", "code", "other", "C50912", 0, 0, true},
    {"indicator", 'I', low_sodium, "md", "code", "none", NULL, 0, 0, true},
    {"level", 'P', small_problem, "md", "code", "other", "99213", 0, 0, true},
    {"level-gap", 'P', long_visit, "md", "code", "charged", NULL, 0, 0, true},
    {"missed-charge", 'P', only_given, "md", "record", "none", NULL, 0, 0, true},
    {"modifier", 'P', in_global_days, "md", "code modifiers", "79", NULL, 0, 0, true},
    {"no-charges", 'P', nothing_charged, "d", "record", "none", NULL, 0, 0, false},
    {"no-class", 'P', no_class, "md", "record", "outpatient", NULL, 0, 0, true},
    {"no-code", 'P', words_only, "md", "code", "other", "E119", 0, 0, true},
    {"no-date", 'P', charge_without_day, "d", "day", "other", "20260311", 0, 0, true},
    {"no-date", 'P', visit_without_day, "", "day", "other", "20260310", 0, 0, true},
    {"no-diagnosis", 'P', no_diagnosis, "md", "code", "other", "E119", 0, 0, true},
    {"no-discharge", 'I', still_in, "md", "day", "other", "20260313", 0, 0, true},
    {"no-facility", 'P', nowhere, "md", "facility", "other", "Clinic", 0, 0, true},
    {"no-order", 'P', unordered, "md", "record", "charged", NULL, 0, 0, true},
    {"no-order", 'P', unordered, "md", "record", "none", NULL, 0, 0, true},
    {"no-patient", 'P', nobody, "md", "record", NULL, NULL, 0, 0, false},
    {"no-payer", 'P', no_coverage, "md", "record", "self", NULL, 0, 0, false},
    {"no-place", 'P', somewhere, "md", "code", "other", "10", 0, 0, true},
    {"no-price", 'P', no_price, "d", "amount", "other", NULL, 12500, 0, true},
    {"no-principal", 'P', only_causes, "md", "code", "other", "S52501A", 0, 0, true},
    {"no-provider", 'P', no_provider, "md", "npi", "other", "1455555015", 0, 0, true},
    {"no-revenue", 'H', whose_charge, "md", "code", "other", "0510", 0, 0, true},
    {"no-revenue", 'H', whose_charge, "md", "code", "clinician", NULL, 0, 0, true},
    {"no-table", 'P', no_table, "m", "table", NULL, NULL, 0, 0, false},
    {"not-billable", 'P', old_charge, "md", "code", "other", "99213", 0, 0, true},
    {"not-ready", 'P', not_over, "md", "record", "complete", NULL, 0, 0, true},
    {"old-code", 'P', old_diagnosis, "md", "code", "other", "E119", 0, 0, true},
    {"poa-missing", 'I', no_indicator, "md", "record", "Y", NULL, 0, 0, true},
    {"poa-missing", 'I', no_indicator, "md", "record", "N", "I509", 0, 0, false}, /* the other is asked */
    {"pointer", 'P', points_nowhere, "md", "code", "1", "J189", 0, 0, true},
    {"procedure", 'I', stopped, "md", "code", "none", NULL, 0, 0, true},
    {"procedure-missed", 'I', delivered, "md", "code", "none", NULL, 0, 0, true},
    {"single-mention", 'I', said_once, "md", "code", "supported", NULL, 0, 0, true},
    {"text-conflict", 'P', denied, "md", "code", "1", NULL, 0, 0, true},
    {"text-missed", 'P', more_in_text, "md", "code", "undetermined", NULL, 0, 0, true},
    {"text-specific", 'P', closer_in_text, "md", "code", "2", NULL, 0, 0, true},
    {"text-support", 'P', only_text, "md", "code", "other", "J189", 0, 0, true},
    {"text-support", 'P', report_explains, "md", "code", "1", "J189", 0, 0, true},
    {"text-unexplained", 'P', strange_words, "md", "code", "other", "E119", 0, 0, true},
    {"text-unread", 'P', no_text, "md", "code", "other", "E119", 0, 0, true},
    {"type-of-bill", 'P', facility_bill_of_a_practice, "md", "code", "other", "0131", 0, 0, true},
    {"undocumented", 'P', without_its_service, "md", "code units", "charged", NULL, 0, 0, true},
    {"unlinked", 'P', covid_twice, "md", "code", "1", NULL, 0, 0, true},
    {"unknown-payer", 'P', unknown_payer, "md", "payer", "other", "SHP01", 0, 0, true},
    /* clang-format on */
};

enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

/* question - of a reason; NULL: not asked */
static const CcReviewItem *question(const struct world *x, const char *reason)
{
    for (size_t i = 0; i < x->out->n_review; i++)
        if (strcmp(x->out->review[i]->reason, reason) == 0)
            return x->out->review[i];
    return NULL;
}

/* leads - words that push to an answer, or speak of money */
static bool leads(const char *text)
{
    static const char *const words[] = {
        "should",        "higher",     "reimburs", "paid ", "revenue opportunity", "better", "$",
        "is that right", "correct to", "agree",    NULL};
    char low[512];
    size_t n = 0;

    for (; text[n] && n < sizeof(low) - 1; n++)
        low[n] = (char)tolower((unsigned char)text[n]);
    low[n] = '\0';
    for (size_t i = 0; words[i]; i++)
        if (strstr(low, words[i]))
            return true;
    return false;
}

/* takes_of - what a person names with an option */
static const char *takes_of(struct arena *a, const CcReviewOption *o)
{
    const char *list = "";

    for (size_t i = 0; i < o->n_takes; i++)
        list = arena_printf(a, "%s%s%s", list, *list ? " " : "", o->takes[i]);
    return list;
}

/* has_of - "m" money, "d" deadline */
static const char *has_of(const CcReviewItem *item)
{
    return item->at_stake_cents > 0 ? item->due_date ? "md" : "m" : item->due_date ? "d" : "";
}

/* is_whole - question, options that leave it open, evidence, money and deadline; false: printed */
static bool is_whole(struct arena *a, const struct row *r, const CcReviewItem *item)
{
    size_t n = item->n_options;
    bool whole = item->question[0] && !leads(item->question) && n >= 2 && item->n_evidence &&
                 item->evidence[0]->ref[0] && item->n_rules && item->review_id[0] &&
                 item->encounter[0] && strcmp(item->options[n - 2]->id, "other") == 0 &&
                 strcmp(item->options[n - 1]->id, "undetermined") == 0 &&
                 strcmp(takes_of(a, item->options[n - 2]), r->takes) == 0 &&
                 strcmp(has_of(item), r->has) == 0;

    for (size_t i = 0; i < n; i++)
        whole = whole && item->options[i]->text[0] && !leads(item->options[i]->text);
    if (!whole)
        fprintf(stderr, "%s: \"%s\", %zu options, takes \"%s\", has \"%s\"\n", item->reason,
                item->question, n, n > 1 ? takes_of(a, item->options[n - 2]) : "", has_of(item));
    return whole;
}

/* answer - the row's, to the question */
static void answer(struct world *x, const struct row *r, const CcReviewItem *item)
{
    CcReviewAnswer *word = event_new(x->a, &cc_review_answer__descriptor);

    word->review_id = item->review_id;
    word->choice = care_text(x->a, r->choice);
    word->role = care_text(x->a, "coder");
    word->why = care_text(x->a, "seen in the record");
    word->at_ms = 1000;
    word->amount_given = r->cents > 0;
    word->amount_cents = r->cents;
    word->units_milli = r->units_milli;
    if (r->code)
        assert_true(
            event_push(x->a, word, codes, care_code(x->a, CODE_SYSTEM_UNKNOWN, r->code, "")));
    assert_true(x->n_answers < ROUNDS);
    x->answers[x->n_answers++] = word;
}

/* world_of - of a row, coded */
static struct world world_of(const struct row *r)
{
    struct world x = visit(r->base);

    if (r->bend)
        r->bend(&x);
    code(&x);
    return x;
}

/* settles - the answer; false: printed */
static bool settles(struct world *x, const struct row *r)
{
    const CcReviewItem *item = question(x, r->reason);
    bool settled;

    if (!item || !is_whole(x->a, r, item)) {
        if (!item)
            fprintf(stderr, "%s: asked \"%s\"\n", r->reason,
                    x->out->n_review ? x->out->review[0]->reason : "");
        return false;
    }
    if (!r->choice)
        return true;
    answer(x, r, item);
    code(x);
    settled = x->out->n_answered == 1 && (x->out->n_claims > 0) == r->claims;
    for (size_t i = 0; i < x->out->n_review; i++)
        settled = settled && strcmp(x->out->review[i]->review_id, item->review_id) != 0;
    if (!settled)
        fprintf(stderr, "%s, \"%s\": %zu claims, %zu answered, then \"%s\"\n", r->reason, r->choice,
                x->out->n_claims, x->out->n_answered,
                x->out->n_review ? x->out->review[0]->question : "");
    return settled;
}

/* whole_and_settled - each row */
static void whole_and_settled(void **state)
{
    size_t bad = 0;

    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        struct world x = world_of(&rows[i]);

        bad += !settles(&x, &rows[i]);
        arena_free(x.a);
    }
    assert_int_equal(bad, 0);
}

/* said - the row of a reason and option, answered */
static struct world said(const char *reason, const char *choice)
{
    for (size_t i = 0; i < ROWS; i++)
        if (strcmp(rows[i].reason, reason) == 0 && rows[i].choice &&
            strcmp(rows[i].choice, choice) == 0) {
            struct world x = world_of(&rows[i]);

            answer(&x, &rows[i], question(&x, reason));
            code(&x);
            return x;
        }
    fail();
    return visit('P');
}

/* as_said - units, an amount, a pointer, whose charge it is: on the line, with the decision */
static void as_said(void **state)
{
    struct world x = said("amount", "other");
    const CcServiceLine *l = x.out->claims[0]->lines[0];
    bool decided = false;

    (void)state;
    assert_int_equal(l->units_milli, 2000);
    assert_int_equal(l->charge_cents, 36000); /* of the charge master: twice its price */
    for (size_t i = 0; i < l->procedure->n_evidence; i++)
        decided |= strcmp(l->procedure->evidence[i]->ref, "decision") == 0;
    assert_true(decided);
    arena_free(x.a);
    x = said("no-price", "other");
    assert_int_equal(x.out->claims[0]->lines[0]->charge_cents, 12500);
    arena_free(x.a);
    x = said("no-revenue", "clinician");
    assert_int_equal(x.out->claims[0]->kind, CLAIM_KIND_PROFESSIONAL);
    arena_free(x.a);
    x = said("no-revenue", "other");
    assert_int_equal(x.out->claims[0]->kind, CLAIM_KIND_INSTITUTIONAL);
    arena_free(x.a);
    x = said("coverage-dates", "1");
    assert_string_equal(x.out->claims[0]->coverages[0]->payer_id, "SHP01");
    arena_free(x.a);
    x = said("poa-missing", "N");
    assert_string_equal(x.out->review[0]->question,
                        "Were these present when the inpatient order was written: J18.9?");
    arena_free(x.a);
}

/* not_taken - an amount where units are asked, units where an amount is: the question stays */
static void not_taken(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        struct row r = rows[i];
        struct world x;

        if (!r.cents == !r.units_milli)
            continue;
        r.cents = rows[i].units_milli;
        r.units_milli = rows[i].cents;
        x = world_of(&r);
        answer(&x, &r, question(&x, r.reason));
        code(&x);
        assert_non_null(question(&x, r.reason));
        assert_int_equal(x.out->n_claims, 0);
        arena_free(x.a);
    }
}

/* every_reason - has a row, and each row's reason is one */
static void every_reason(void **state)
{
    size_t n = 0, first = 0;

    (void)state;
    for (const char *reason; (reason = question_reason(n)); n++) {
        bool found = false;

        for (size_t i = 0; i < ROWS; i++)
            found |= strcmp(rows[i].reason, reason) == 0;
        if (!found)
            fprintf(stderr, "no row: %s\n", reason);
        assert_true(found);
    }
    for (size_t i = 0; i < ROWS; i++)
        first += i == 0 || strcmp(rows[i].reason, rows[i - 1].reason) != 0;
    assert_int_equal(first, n);
}

/* report_instead - the diagnosis of the report that a person confirms takes its sign's place */
static void report_instead(void **state)
{
    struct world x = said("text-support", "1");
    size_t ranked = 0;

    (void)state;
    for (size_t i = 0; i < x.out->n_diagnoses; i++)
        if (x.out->diagnoses[i]->rank) {
            assert_string_equal(x.out->diagnoses[i]->assignment->code->code, "J189");
            ranked++;
        }
    assert_int_equal(ranked, 1);
    arena_free(x.a);
}

/* main - the tests */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_reason), cmocka_unit_test(whole_and_settled),
        cmocka_unit_test(as_said),      cmocka_unit_test(report_instead),
        cmocka_unit_test(not_taken),
    };

    return cmocka_run_group_tests(tests, open_tables, close_tables);
}
