/* coder_claim_test.c - charges become lines, lines become claims: each rule both ways */
#include "tests/support/test.h"

#include "common/base/str.h"
#include "services/coder/coder.h"
#include "tests/support/care.h"
#include "tests/support/care_tables.h"

struct world {
    struct arena *a;
    struct tables *t;
    CcEncounter *ev;
    CcCodingResult *out;
};

/* open_world - an outpatient visit of one day at a practice, coded, paid for, nothing charged */
static struct world open_world(void)
{
    struct world x = {.a = arena_new((size_t)32 << 20), .t = care_tables(TABLE_MAX)};
    CcVisit *v;

    x.ev = care_event(x.a, EVENT_KIND_BILL, "BAR^P05^BAR_P05", "REG|HOSP", 1000);
    x.ev->bill = true;
    v = care_visit(x.a, x.ev, ENCOUNTER_CLASS_OUTPATIENT);
    v->admit_date = v->discharge_date = 20260301;
    v->facility = care_text(x.a, "Clinic");
    care_patient(x.a, x.ev, "TESTER", "ADA");
    care_coverage(x.a, x.ev, 1, "SHP01", "SYN0001234");
    care_provider(x.a, x.ev, PROVIDER_ROLE_RENDERING, "1455555015");
    care_dx(x.a, x.ev, "E119", PROBLEM_USE_FINAL, 1);
    care_dx(x.a, x.ev, "I10", PROBLEM_USE_FINAL, 2);
    return x;
}

/* hospital - the visit is at the hospital, of a class, until a day */
static void hospital(struct world *x, CcEncounterClass class, int32_t until)
{
    CcVisit *v = x->ev->visit;

    v->class_ = class;
    v->facility = care_text(x->a, "RIVERBEND");
    v->discharge_date = until;
    v->discharge_status = care_text(x->a, "01");
    v->admit_type = care_text(x->a, "1");
    v->admit_source = care_text(x->a, "1");
    v->admit_hour = care_text(x->a, "1402");
    v->discharge_hour = care_text(x->a, "1130");
    x->ev->diagnoses[0]->poa = x->ev->diagnoses[1]->poa = POA_Y;
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

/* reason - the first question's, or "" */
static const char *reason(const struct world *x)
{
    return x->out->n_review ? x->out->review[0]->reason : "";
}

/* asks - the first question's reason and rule, or the rules of the first line that is billed */
static const char *asks(struct world *x)
{
    const char *s = "";

    if (x->out->n_review)
        return arena_printf(x->a, "%s %s", x->out->review[0]->reason,
                            x->out->review[0]->rules[0]->rule);
    for (size_t i = 0; x->out->n_lines && i < x->out->lines[0]->n_rules; i++)
        s = arena_printf(x->a, "%s%s%s", s, *s ? " " : "", x->out->lines[0]->rules[i]->rule);
    return s;
}

/* claim_of - the claim of a kind, which must be there */
static CcClaim *claim_of(const struct world *x, CcClaimKind kind)
{
    for (size_t i = 0; i < x->out->n_claims; i++)
        if (x->out->claims[i]->kind == kind)
            return x->out->claims[i];
    fail_msg("no such claim; first question: %s", reason(x));
    return NULL;
}

/* has_rule - on a line */
static bool has_rule(const CcServiceLine *l, const char *rule)
{
    for (size_t i = 0; i < l->n_rules; i++)
        if (strcmp(l->rules[i]->rule, rule) == 0)
            return true;
    return false;
}

/* has_code_rule - on a code of the result */
static bool has_code_rule(const struct world *x, const char *code_text, const char *rule)
{
    for (size_t i = 0; i < x->out->n_codes; i++)
        for (size_t k = 0; k < x->out->codes[i]->n_rules; k++)
            if (strcmp(x->out->codes[i]->code->code, code_text) == 0 &&
                strcmp(x->out->codes[i]->rules[k]->rule, rule) == 0)
                return true;
    return false;
}

/* party - the claim's provider in a role, or NULL */
static const CcProvider *party(const CcClaim *c, CcProviderRole role)
{
    for (size_t i = 0; i < c->n_providers; i++)
        if (c->providers[i]->role == role)
            return c->providers[i];
    return NULL;
}

/* office - a professional claim as billing §2.6 has it */
static void office(void **state)
{
    struct world x = open_world();
    CcClaim *c;

    (void)state;
    care_charge(x.a, x.ev, "T1", "ov-est3", 1000, 20260301);
    care_charge(x.a, x.ev, "T2", "LAB-A1C", 2000, 20260301);
    code(&x);
    assert_int_equal(x.out->n_claims, 1);
    c = x.out->claims[0];
    assert_int_equal(c->kind, CLAIM_KIND_PROFESSIONAL);
    assert_true(strlen(c->claim_id) <= 20 && str_is_alnum_upper(c->claim_id));
    assert_string_equal(c->place_of_service, "11");
    assert_string_equal(c->frequency, "1");
    assert_int_equal(c->charge_cents, 28000);
    assert_int_equal(c->n_lines, 2);
    assert_string_equal(c->lines[0]->procedure->code->code, "99213");
    assert_string_equal(c->lines[1]->modifiers[0], "QW");
    assert_int_equal(c->lines[1]->charge_cents, 10000);
    assert_int_equal(c->lines[1]->units_milli, 2000);
    assert_string_equal(c->lines[0]->revenue, "");
    assert_true(str_starts(c->lines[1]->control, c->claim_id));
    assert_true(has_rule(c->lines[0], "CDM-01"));
    assert_true(has_rule(c->lines[0], "PTR-02"));
    assert_int_equal(c->lines[0]->pointers[0], 1);
    assert_string_equal(c->clia, "36D9999999");
    assert_string_equal(party(c, PROVIDER_ROLE_BILLING)->npi, "1234567893");
    assert_string_equal(c->providers[0]->tax_id, "987654321");
    assert_string_equal(party(c, PROVIDER_ROLE_RENDERING)->npi, "1455555015");
    assert_null(party(c, PROVIDER_ROLE_FACILITY));
    assert_string_equal(c->receiver, "CLRHOUSE01");
    assert_int_equal(c->filing_deadline_date, 20260828); /* 180 days from the first line */
    assert_true(c->coverages[0]->destination);
    assert_string_equal(c->coverages[0]->sequence, "P");
    assert_int_equal(c->coverages[0]->relationship, RELATIONSHIP_SELF);
    assert_string_equal(c->coverages[0]->subscriber->last, "TESTER");
    assert_int_equal(c->diagnoses[0]->role, DIAGNOSIS_ROLE_PRINCIPAL);
    assert_int_equal(c->n_diagnoses, 2);
    assert_int_equal(c->admit_date, 0);
    assert_true(c->n_tables >= 3);
    close_world(&x);
}

/* stay - an institutional claim as billing §3.4 has it */
static void stay(void **state)
{
    struct world x = open_world();
    CcClaim *c;

    (void)state;
    hospital(&x, ENCOUNTER_CLASS_INPATIENT, 20260305);
    care_dx(x.a, x.ev, "R079", PROBLEM_USE_ADMITTING, 0);
    care_dx(x.a, x.ev, "W010XXA", PROBLEM_USE_FINAL, 3);
    care_charge(x.a, x.ev, "T1", "RM-SEMI", 4000, 20260301);
    care_charge(x.a, x.ev, "T2", "PHARM-IP", 35000, 20260302);
    care_procedure(x.a, x.ev, CODE_SYSTEM_ICD10PCS, "02HV33Z", 20260302);
    code(&x);
    c = claim_of(&x, CLAIM_KIND_INSTITUTIONAL);
    assert_int_equal(x.out->n_claims, 1);
    assert_string_equal(c->type_of_bill, "0111");
    assert_string_equal(c->frequency, "1");
    assert_int_equal(c->from_date, 20260301);
    assert_int_equal(c->thru_date, 20260305);
    assert_string_equal(c->admit_hour, "1402");
    assert_string_equal(c->discharge_hour, "1130");
    assert_string_equal(c->discharge_status, "01");
    assert_string_equal(c->admit_type, "1");
    assert_int_equal(c->n_diagnoses, 4);
    assert_int_equal(c->diagnoses[2]->role, DIAGNOSIS_ROLE_EXTERNAL_CAUSE);
    assert_int_equal(c->diagnoses[2]->poa, POA_EXEMPT);
    assert_int_equal(c->diagnoses[3]->role, DIAGNOSIS_ROLE_ADMITTING);
    assert_int_equal(c->n_procedures, 1);
    assert_int_equal(c->procedures[0]->procedure_date, 20260302);
    assert_string_equal(c->lines[0]->revenue, "0120");
    assert_string_equal(c->lines[0]->unit_code, "DA");
    assert_null(c->lines[0]->procedure);
    assert_int_equal(c->lines[0]->n_charge_refs, 1);
    assert_int_equal(c->charge_cents, 600000 + 87500);
    assert_string_equal(c->values[0]->code, "80");
    assert_int_equal(c->values[0]->amount_cents, 400);
    assert_string_equal(party(c, PROVIDER_ROLE_BILLING)->npi, "1987654328");
    assert_string_equal(party(c, PROVIDER_ROLE_ATTENDING)->taxonomy, "208M00000X");
    close_world(&x);
}

/* given_codes - what the source gives for the bill is on it, each once, and before what is derived
 */
static void given_codes(void **state)
{
    struct world x = open_world();
    CcVisit *v;
    CcValueAmount days, *one = &days;
    CcCodeDate accident, *day = &accident;
    CcCodeSpan span, *from_to = &span;
    char *codes[] = {care_text(x.a, "09"), care_text(x.a, "09")};
    const CcClaim *c;

    (void)state;
    hospital(&x, ENCOUNTER_CLASS_INPATIENT, 20260305);
    care_charge(x.a, x.ev, "T1", "RM-SEMI", 4000, 20260301);
    cc_value_amount__init(&days);
    days.code = care_text(x.a, "80");
    days.amount_cents = 300;
    cc_code_date__init(&accident);
    accident.code = care_text(x.a, "11");
    accident.occurrence_date = 20260228;
    cc_code_span__init(&span);
    span.code = care_text(x.a, "74");
    span.from_date = 20260302;
    v = x.ev->visit;
    v->conditions = codes;
    v->n_conditions = 2;
    v->values = &one;
    v->occurrences = &day;
    v->occurrence_spans = &from_to;
    v->n_values = v->n_occurrences = v->n_occurrence_spans = 1;
    code(&x);
    c = claim_of(&x, CLAIM_KIND_INSTITUTIONAL);
    assert_int_equal(c->n_conditions, 1);
    assert_string_equal(c->conditions[0], "09");
    assert_int_equal(c->n_values, 1);
    assert_int_equal(c->values[0]->amount_cents, 300);
    assert_int_equal(c->n_occurrences, 1);
    assert_string_equal(c->occurrence_spans[0]->code, "74");
    close_world(&x);
}

/* two_sides - an emergency visit that facility and clinician bill, and a reason for the visit */
static void two_sides(void **state)
{
    struct world x = open_world();
    CcClaim *i, *p;

    (void)state;
    hospital(&x, ENCOUNTER_CLASS_EMERGENCY, 20260301);
    care_dx(x.a, x.ev, "R079", PROBLEM_USE_REASON, 0);
    care_charge(x.a, x.ev, "T1", "ED-L3", 1000, 20260301)->charge_cents = 70000;
    x.ev->charges[0]->charge_given = true;
    care_charge(x.a, x.ev, "T2", "XR-CHEST2", 1000, 20260301);
    code(&x);
    i = claim_of(&x, CLAIM_KIND_INSTITUTIONAL);
    p = claim_of(&x, CLAIM_KIND_PROFESSIONAL);
    assert_string_not_equal(i->claim_id, p->claim_id);
    assert_string_equal(i->type_of_bill, "0131");
    assert_int_equal(i->n_lines, 2);
    assert_int_equal(i->lines[0]->charge_cents, 70000); /* the charge's own amount, once */
    assert_string_equal(i->lines[0]->revenue, "0450");
    assert_int_equal(i->diagnoses[2]->role, DIAGNOSIS_ROLE_REASON);
    assert_int_equal(i->diagnoses[0]->poa, POA_UNKNOWN);
    assert_string_equal(i->admit_hour, "");
    assert_int_equal(p->n_lines, 1);
    assert_int_equal(p->lines[0]->charge_cents, 60000); /* the charge master's fee */
    assert_string_equal(p->place_of_service, "23");
    assert_string_equal(party(p, PROVIDER_ROLE_FACILITY)->npi, "1987654328");
    assert_string_equal(party(p, PROVIDER_ROLE_BILLING)->npi, "1234567893");
    close_world(&x);
}

/* credits - all, a part, by likeness, without a charge, by minus; payments are nothing */
static void credits(void **state)
{
    struct world x = open_world();

    (void)state;
    care_charge(x.a, x.ev, "T1", "OV-EST3", 1000, 20260301);
    care_charge(x.a, x.ev, "T2", "LAB-A1C", 3000, 20260301);
    care_charge(x.a, x.ev, "T1", "OV-EST3", 1000, 20260301)->kind = CHARGE_KIND_CREDIT;
    care_charge(x.a, x.ev, "T9", "LAB-A1C", 1000, 20260301)->kind = CHARGE_KIND_CREDIT;
    care_charge(x.a, x.ev, "P1", "CASH", 1000, 20260301)->kind = CHARGE_KIND_PAYMENT;
    care_charge(x.a, x.ev, "A1", "ADJ", 1000, 20260301)->kind = CHARGE_KIND_ADJUSTMENT;
    code(&x);
    assert_int_equal(x.out->n_claims, 1);
    assert_int_equal(x.out->claims[0]->n_lines, 1);
    assert_int_equal(x.out->claims[0]->lines[0]->units_milli, 2000);
    assert_int_equal(x.out->claims[0]->charge_cents, 10000);
    assert_true(has_rule(x.out->claims[0]->lines[0], "CHG-02"));
    assert_true(has_code_rule(&x, "CASH", "CHG-01"));
    assert_true(has_code_rule(&x, "ADJ", "CHG-01"));
    care_charge(x.a, x.ev, "T3", "LAB-A1C", -2000, 20260301);
    code(&x);
    assert_string_equal(asks(&x), "no-charges LIN-06");
    assert_false(x.out->open_question);
    care_charge(x.a, x.ev, "T4", "LAB-A1C", 1000, 20260301)->kind = CHARGE_KIND_CREDIT;
    code(&x);
    assert_string_equal(asks(&x), "credit-without-charge CHG-03");
    x.ev->charges[x.ev->n_charges - 1]->kind = CHARGE_KIND_UNKNOWN;
    code(&x);
    assert_string_equal(reason(&x), "charge-unmapped");
    close_world(&x);
}

/* partial_amounts - a part credited in money, and in units only */
static void partial_amounts(void **state)
{
    struct world x = open_world();
    CcCharge *c, *k;

    (void)state;
    c = care_charge(x.a, x.ev, "T1", "LAB-A1C", 3000, 20260301);
    c->charge_given = true;
    c->charge_cents = 12000;
    k = care_charge(x.a, x.ev, "T1", "LAB-A1C", 1000, 20260301);
    k->kind = CHARGE_KIND_CREDIT;
    k->charge_given = true;
    k->charge_cents = -4000;
    code(&x);
    assert_int_equal(x.out->claims[0]->charge_cents, 8000);
    k->charge_given = false; /* then the charge master prices what is left */
    k->charge_cents = 0;
    code(&x);
    assert_int_equal(x.out->claims[0]->charge_cents, 10000);
    close_world(&x);
}

/* one_charge - the reason of the question about one charge, "" when it is billed */
static const char *one_charge(void (*change)(struct world *x, CcCharge *c))
{
    static char answer[64];
    struct world x = open_world();

    change(&x, care_charge(x.a, x.ev, "T1", "OV-EST3", 1000, 20260301));
    code(&x);
    snprintf(answer, sizeof(answer), "%s", asks(&x));
    assert_int_equal(x.out->n_claims, x.out->open_question ? 0 : 1);
    close_world(&x);
    return answer;
}

static void unknown_charge(struct world *x, CcCharge *c)
{
    c->cdm = care_text(x->a, "NOBODYS");
}

static void as_named(struct world *x, CcCharge *c)
{
    c->cdm = care_text(x->a, "NOBODYS");
    c->code = care_code(x->a, CODE_SYSTEM_CPT, "99214", "");
    c->charge_given = true;
    c->charge_cents = 100;
}

static void as_named_without_price(struct world *x, CcCharge *c)
{
    as_named(x, c);
    c->charge_given = false;
}

static void as_named_at_hospital(struct world *x, CcCharge *c)
{
    as_named(x, c);
    hospital(x, ENCOUNTER_CLASS_OUTPATIENT, 20260301);
}

static void as_named_with_revenue(struct world *x, CcCharge *c)
{
    as_named_at_hospital(x, c);
    c->revenue = care_text(x->a, "0510");
}

static void facility_without_revenue(struct world *x, CcCharge *c)
{
    c->cdm = care_text(x->a, "NO-REV");
    hospital(x, ENCOUNTER_CLASS_OUTPATIENT, 20260301);
}

static void code_out_of_force(struct world *x, CcCharge *c)
{
    c->cdm = care_text(x->a, "OLD-CODE");
}

static void no_units(struct world *x, CcCharge *c)
{
    (void)x;
    c->units_given = true;
    c->units_milli = 0;
}

static void units_not_given(struct world *x, CcCharge *c)
{
    (void)x;
    c->units_given = false;
    c->units_milli = 0;
}

static void no_day(struct world *x, CcCharge *c)
{
    x->ev->visit->discharge_date = 20260303;
    c->service_date = 0;
}

static void day_of_the_visit(struct world *x, CcCharge *c)
{
    (void)x;
    c->service_date = 0;
}

static void by_snomed(struct world *x, CcCharge *c)
{
    c->cdm = care_text(x->a, "");
    c->code = care_code(x->a, CODE_SYSTEM_SNOMED, "185345009", "Encounter for symptom");
}

static void by_other_coding(struct world *x, CcCharge *c)
{
    c->cdm = care_text(x->a, "");
    c->code = care_code(x->a, CODE_SYSTEM_SNOMED, "999", "");
    assert_true(event_push(x->a, c, also, care_code(x->a, CODE_SYSTEM_CVX, "140", "")));
    c = care_charge(x->a, x->ev, "T2", "", 1000, 20260301);
    c->code = care_code(x->a, CODE_SYSTEM_CPT, "90471", "");
    c->charge_given = true;
}

static void unit_price(struct world *x, CcCharge *c)
{
    as_named_without_price(x, c);
    c->unit_given = true;
    c->unit_cents = 500;
}

/* charges - each way a charge is or is not mapped */
static void charges(void **state)
{
    (void)state;
    assert_string_equal(one_charge(unknown_charge), "charge-unmapped CDM-04");
    assert_string_equal(one_charge(as_named), "CDM-03 LIN-01 LIN-03 PTR-02");
    assert_string_equal(one_charge(as_named_without_price), "no-price LIN-03");
    assert_string_equal(one_charge(as_named_at_hospital), "no-revenue CDM-03");
    assert_string_equal(one_charge(as_named_with_revenue), "CDM-03 LIN-01 LIN-03");
    assert_string_equal(one_charge(facility_without_revenue), "no-revenue LIN-02");
    assert_string_equal(one_charge(code_out_of_force), "not-billable LIN-01");
    assert_string_equal(one_charge(no_units), "amount LIN-04");
    assert_string_equal(one_charge(units_not_given), "CDM-01 LIN-01 LIN-04 LIN-03 PTR-02");
    assert_string_equal(one_charge(no_day), "no-date CHG-04");
    assert_string_equal(one_charge(day_of_the_visit), "CHG-04 CDM-01 LIN-01 LIN-03 PTR-02");
    assert_string_equal(one_charge(by_snomed), "CDM-02 LIN-01 LIN-03 PTR-02");
    assert_string_equal(one_charge(by_other_coding), "CDM-02 LIN-01 LIN-03 PTR-02");
    assert_string_equal(one_charge(unit_price), "CDM-03 LIN-01 LIN-03 PTR-02");
}

/* diagnosis_item - CHG-05: an item that repeats a diagnosis is no service */
static void diagnosis_item(void **state)
{
    struct world x = open_world();
    CcCharge *c;

    (void)state;
    care_charge(x.a, x.ev, "T1", "OV-EST3", 1000, 20260301);
    care_text_dx(x.a, x.ev, CODE_SYSTEM_SNOMED, "15777000", "Prediabetes");
    c = care_charge(x.a, x.ev, "T2", "", 1000, 20260301);
    c->code = care_code(x.a, CODE_SYSTEM_SNOMED, "15777000", "Prediabetes");
    code(&x);
    assert_int_equal(x.out->n_claims, 1);
    assert_int_equal(x.out->claims[0]->n_lines, 1);
    c->code->code = care_text(x.a, "15777001");
    code(&x);
    assert_string_equal(reason(&x), "charge-unmapped");
    close_world(&x);
}

/* repeated_items - CHG-06: a second Claim lists the visit again; one Claim may list a thing twice
 */
static void repeated_items(void **state)
{
    static const char *const refs[] = {"Claim/a#1", "Claim/a#2", "Claim/b#1", "ChargeItem/c"};
    struct world x = open_world();

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        CcCharge *c = care_charge(x.a, x.ev, refs[i], "", 1000, 20260301);

        c->ref = care_text(x.a, refs[i]);
        c->code = care_code(x.a, CODE_SYSTEM_SNOMED, "185345009", "Encounter for symptom");
    }
    code(&x);
    assert_int_equal(x.out->claims[0]->n_lines, 1);
    assert_int_equal(x.out->claims[0]->lines[0]->units_milli, 2000);
    assert_true(has_code_rule(&x, "185345009", "CHG-06"));
    x.ev->charges[2]->service_date = 20260302;
    code(&x);
    assert_int_equal(x.out->claims[0]->n_lines, 2);
    x.ev->charges[0]->ref = care_text(x.a, refs[3]);
    code(&x); /* the ChargeItem stands, the Claim's item of its day repeats it */
    assert_int_equal(x.out->claims[0]->n_lines, 2);
    assert_int_equal(x.out->claims[0]->lines[0]->units_milli, 1000);
    close_world(&x);
}

/* merging - the same line twice adds up; another day, modifier, clinician or a repeat does not */
static void merging(void **state)
{
    struct world x = open_world();
    CcCharge *c;

    (void)state;
    care_charge(x.a, x.ev, "T1", "LAB-A1C", 1000, 20260301);
    care_charge(x.a, x.ev, "T2", "LAB-A1C", 1000, 20260301);
    care_charge(x.a, x.ev, "T3", "LAB-A1C", 1000, 20260302);
    c = care_charge(x.a, x.ev, "T4", "LAB-A1C", 1000, 20260301);
    assert_true(event_push(x.a, c, modifiers, care_text(x.a, "91")));
    c = care_charge(x.a, x.ev, "T5", "LAB-A1C", 1000, 20260301);
    assert_true(event_push(x.a, c, modifiers, care_text(x.a, "91")));
    code(&x);
    assert_int_equal(x.out->claims[0]->n_lines, 4);
    assert_int_equal(x.out->claims[0]->lines[0]->units_milli, 2000);
    assert_int_equal(x.out->claims[0]->lines[0]->n_charge_refs, 2);
    assert_true(has_rule(x.out->claims[0]->lines[0], "LIN-05"));
    assert_string_equal(x.out->claims[0]->lines[2]->modifiers[0], "91");
    assert_string_equal(x.out->claims[0]->lines[2]->modifiers[1], "QW");
    close_world(&x);
}

/* procedures - PRC-01 to PRC-06 */
static void procedures(void **state)
{
    struct world x = open_world();
    CcProcedure *p;

    (void)state;
    care_charge(x.a, x.ev, "T1", "LAB-A1C", 1000, 20260301);
    p = care_procedure(x.a, x.ev, CODE_SYSTEM_CPT, "83036", 20260301);
    code(&x);
    assert_int_equal(x.out->claims[0]->n_lines, 1); /* the charge carries it */
    assert_int_equal(x.out->claims[0]->lines[0]->n_charge_refs, 2);
    assert_true(has_code_rule(&x, "83036", "PRC-03"));
    p->code->code = care_text(x.a, "12001"); /* done, would be billed, not charged */
    code(&x);
    assert_string_equal(asks(&x), "missed-charge PRC-05");
    assert_int_equal(x.out->n_claims, 1);
    assert_false(x.out->open_question);
    p->status = care_text(x.a, "not-done");
    code(&x);
    assert_int_equal(x.out->n_review, 0);
    assert_true(has_code_rule(&x, "12001", "PRC-01"));
    p->status = care_text(x.a, "completed");
    p->code = care_code(x.a, CODE_SYSTEM_SNOMED, "428191000124101", "");
    code(&x);
    assert_int_equal(x.out->n_review, 0); /* nothing the site bills for */
    assert_true(has_code_rule(&x, "428191000124101", "PRC-06"));
    x.ev->n_charges = 0;
    p->code = care_code(x.a, CODE_SYSTEM_CVX, "140", "");
    code(&x);
    assert_int_equal(x.out->n_claims, 1); /* no charges at all: through the charge master */
    assert_string_equal(x.out->claims[0]->lines[0]->procedure->code->code, "90656");
    assert_true(has_rule(x.out->claims[0]->lines[0], "PRC-04"));
    assert_int_equal(x.out->claims[0]->charge_cents, 14052);
    close_world(&x);
}

/* pcs - only on inpatient bills, only codes of the year */
static void pcs(void **state)
{
    struct world x = open_world();

    (void)state;
    care_charge(x.a, x.ev, "T1", "OV-EST3", 1000, 20260301);
    care_procedure(x.a, x.ev, CODE_SYSTEM_ICD10PCS, "02HV33Z", 20260301);
    code(&x);
    assert_int_equal(x.out->claims[0]->n_procedures, 0);
    assert_true(has_code_rule(&x, "02HV33Z", "PRC-02"));
    hospital(&x, ENCOUNTER_CLASS_INPATIENT, 20260303);
    x.ev->procedures[0]->code->code = care_text(x.a, "02H");
    code(&x);
    assert_string_equal(reason(&x), "not-billable");
    x.ev->procedures[0]->code->code = care_text(x.a, "02HV33Z");
    tables_free(x.t);
    x.t = care_tables(TABLE_ICD10PCS);
    code(&x);
    assert_string_equal(reason(&x), "no-table");
    close_world(&x);
}

/* pointers - as the source points, mapped; merged and refuted ones; one that is not there */
static void pointers(void **state)
{
    struct world x = open_world();
    CcCharge *c = care_charge(x.a, x.ev, "T1", "OV-EST3", 1000, 20260301);
    CcProblem *p;

    (void)state;
    assert_true(event_push(x.a, c, pointers, care_text(x.a, "DG1[2]")));
    assert_true(event_push(x.a, c, pointers, care_text(x.a, "E11.9")));
    code(&x);
    assert_int_equal(x.out->claims[0]->lines[0]->n_pointers, 2);
    assert_int_equal(x.out->claims[0]->lines[0]->pointers[0], 2);
    assert_int_equal(x.out->claims[0]->lines[0]->pointers[1], 1);
    assert_false(has_rule(x.out->claims[0]->lines[0], "PTR-02"));
    p = care_dx(x.a, x.ev, "J449", PROBLEM_USE_FINAL, 3);
    p->verification = VERIFICATION_REFUTED;
    c->n_pointers = 1;
    c->pointers[0] = care_text(x.a, "J44.9");
    code(&x);
    assert_true(has_rule(x.out->claims[0]->lines[0], "PTR-02"));
    c->pointers[0] = care_text(x.a, "29857009");
    code(&x);
    assert_string_equal(asks(&x), "pointer PTR-01");
    close_world(&x);
}

/* many_lines - 120 different days are three claims; each points within itself; the ids differ */
static void many_lines(void **state)
{
    struct world x = open_world();
    char id[24];

    (void)state;
    for (int i = 0; i < 120; i++) {
        snprintf(id, sizeof(id), "T%03d", i);
        care_charge(x.a, x.ev, id, "LAB-A1C", 1000 * (i + 1), 20251101 + i % 30)->revenue =
            care_text(x.a, i < 30   ? ""
                           : i < 60 ? "0302"
                           : i < 90 ? "0303"
                                    : "0304");
    }
    code(&x);
    assert_int_equal(x.out->n_claims, 3);
    assert_int_equal(x.out->claims[0]->n_lines, 50);
    assert_int_equal(x.out->claims[2]->n_lines, 20);
    assert_int_equal(x.out->claims[2]->lines[0]->number, 1);
    assert_string_not_equal(x.out->claims[0]->claim_id, x.out->claims[1]->claim_id);
    close_world(&x);
}

/* many_diagnoses - a line's diagnoses are always on its claim: fifteen pointed to make two claims
 */
static void many_diagnoses(void **state)
{
    static const char *const codes[] = {"A419",  "H66001", "I2510", "J209", "J189",
                                        "J449",  "H66002", "I10",   "I214", "Z8673",
                                        "Z7984", "J00",    "J0100"};
    struct world x = open_world();
    size_t pointed = 0;

    (void)state;
    for (size_t i = 0; i < 13; i++) {
        CcCharge *c;
        char id[24];

        snprintf(id, sizeof(id), "T%zu00", i);
        care_dx(x.a, x.ev, codes[i], PROBLEM_USE_FINAL, (uint32_t)i + 3);
        c = care_charge(x.a, x.ev, id, "LAB-A1C", 1000, 20260301);
        assert_true(event_push(x.a, c, modifiers, care_text(x.a, "91")));
        assert_true(event_push(x.a, c, pointers, care_text(x.a, codes[i])));
    }
    code(&x);
    assert_int_equal(x.out->n_claims, 2);
    for (size_t i = 0; i < 2; i++) {
        const CcClaim *c = x.out->claims[i];

        assert_true(c->n_diagnoses <= 12);
        assert_string_equal(c->diagnoses[0]->assignment->code->code, "E119");
        for (size_t k = 0; k < c->n_lines; k++, pointed++)
            assert_string_equal(c->diagnoses[c->lines[k]->pointers[0] - 1]->assignment->code->code,
                                codes[pointed]);
    }
    assert_int_equal(pointed, 13);
    close_world(&x);
}

/* payers - aliases, order, Medicare's parts, dates, the unknown one, none */
static void payers(void **state)
{
    struct world x = open_world();

    (void)state;
    care_charge(x.a, x.ev, "T1", "OV-EST3", 1000, 20260301);
    x.ev->coverages[0]->payer = care_text(x.a, "");
    x.ev->coverages[0]->name = care_text(x.a, "Sample  Health Plan");
    care_coverage(x.a, x.ev, 1, "Medicare", "1EG4TE5MK73")->order = 2;
    code(&x);
    assert_string_equal(x.out->claims[0]->coverages[0]->payer_id, "SHP01");
    assert_string_equal(x.out->claims[0]->coverages[1]->payer_id, "99902");
    assert_string_equal(x.out->claims[0]->coverages[1]->filing_indicator, "MB");
    assert_string_equal(x.out->claims[0]->coverages[1]->insurance_type, "12");
    assert_string_equal(x.out->claims[0]->coverages[1]->sequence, "S");
    x.ev->coverages[1]->order = 1;
    x.ev->coverages[0]->order = 2;
    hospital(&x, ENCOUNTER_CLASS_OUTPATIENT, 20260301);
    x.ev->charges[0]->cdm = care_text(x.a, "LAB-CHEM");
    code(&x);
    assert_string_equal(x.out->claims[0]->coverages[0]->payer_id, "99901");
    assert_string_equal(x.out->claims[0]->coverages[0]->filing_indicator, "MA");
    assert_int_equal(x.out->claims[0]->filing_deadline_date, 20270301);
    x.ev->coverages[1]->to_date = 20260228;
    code(&x);
    assert_string_equal(x.out->claims[0]->coverages[0]->payer_id, "SHP01");
    assert_int_equal(x.out->claims[0]->n_coverages, 1);
    x.ev->coverages[0]->from_date = 20260302;
    code(&x);
    assert_string_equal(asks(&x), "coverage-dates COV-02");
    x.ev->coverages[0]->from_date = 0;
    x.ev->coverages[0]->name = care_text(x.a, "SOMEBODY ELSE");
    code(&x);
    assert_string_equal(asks(&x), "unknown-payer COV-03");
    x.ev->n_coverages = 0;
    code(&x);
    assert_string_equal(asks(&x), "no-payer COV-01");
    close_world(&x);
}

/* dependents - another person is the subscriber */
static void dependents(void **state)
{
    struct world x = open_world();
    CcCoverage *c = x.ev->coverages[0];

    (void)state;
    care_charge(x.a, x.ev, "T1", "OV-EST3", 1000, 20260301);
    c->relationship = RELATIONSHIP_CHILD;
    c->subscriber_name = event_new(x.a, &cc_name__descriptor);
    c->subscriber_name->last = care_text(x.a, "TESTER");
    c->subscriber_name->first = care_text(x.a, "DORA");
    code(&x);
    assert_int_equal(x.out->claims[0]->coverages[0]->relationship, RELATIONSHIP_CHILD);
    assert_string_equal(x.out->claims[0]->coverages[0]->subscriber->first, "DORA");
    assert_string_equal(x.out->claims[0]->patient->name->first, "ADA");
    c->payer = care_text(x.a, "MEDICARE"); /* every Medicare patient is the subscriber */
    code(&x);
    assert_int_equal(x.out->claims[0]->coverages[0]->relationship, RELATIONSHIP_SELF);
    close_world(&x);
}

/* one_visit - the first question's reason after a change, "" when it is billed */
static const char *one_visit(void (*change)(struct world *x))
{
    static char answer[64];
    struct world x = open_world();

    care_charge(x.a, x.ev, "T1", "OV-EST3", 1000, 20260301);
    change(&x);
    code(&x);
    snprintf(answer, sizeof(answer), "%s", x.out->n_review ? asks(&x) : "");
    assert_int_equal(x.out->n_claims > 0, !answer[0]);
    close_world(&x);
    return answer;
}

static void no_change(struct world *x)
{
    (void)x;
}

static void unknown_facility(struct world *x)
{
    x->ev->visit->facility = care_text(x->a, "NOWHERE");
    x->ev->facility = care_text(x->a, "NOWHERE");
}

static void senders_facility(struct world *x)
{
    x->ev->visit->facility = care_text(x->a, "NOWHERE");
    x->ev->facility = care_text(x->a, "CLINIC");
}

static void no_provider(struct world *x)
{
    x->ev->n_providers = 0;
}

static void wrong_npi(struct world *x)
{
    x->ev->providers[0]->npi = care_text(x->a, "1455555016");
}

static void other_npi(struct world *x)
{
    x->ev->providers[0]->npi = care_text(x->a, "1667770014");
}

static void own_id(struct world *x)
{
    CcIdentifier *id = event_new(x->a, &cc_identifier__descriptor);

    id->value = care_text(x->a, "doc77");
    x->ev->providers[0]->npi = care_text(x->a, "");
    assert_true(event_push(x->a, x->ev->providers[0], secondary_ids, id));
}

static void no_patient(struct world *x)
{
    x->ev->patient->name->last = care_text(x->a, "");
}

static void no_class(struct world *x)
{
    x->ev->visit->class_ = ENCOUNTER_CLASS_UNKNOWN;
}

static void virtual_visit(struct world *x)
{
    x->ev->visit->class_ = ENCOUNTER_CLASS_VIRTUAL;
    x->ev->charges[0]->cdm = care_text(x->a, "DEXA");
    x->ev->charges[0]->code = care_code(x->a, CODE_SYSTEM_CPT, "99213", "");
    x->ev->charges[0]->charge_given = true;
}

static void virtual_at_home(struct world *x)
{
    virtual_visit(x);
    x->ev->visit->place_of_service = care_text(x->a, "10");
}

static void not_over(struct world *x)
{
    x->ev->bill = false;
    x->ev->event = EVENT_KIND_ADMIT;
    x->ev->type = care_text(x->a, "ADT^A01");
    x->ev->visit->class_ = ENCOUNTER_CLASS_EMERGENCY;
    x->ev->visit->discharge_date = 0;
}

/* inpatients for the rules about the stay */
static void still_in(struct world *x)
{
    hospital(x, ENCOUNTER_CLASS_INPATIENT, 0);
    x->ev->charges[0]->cdm = care_text(x->a, "RM-SEMI");
}

static void interim(struct world *x)
{
    still_in(x);
    x->ev->visit->discharge_status = care_text(x->a, "30");
}

static void status_of_no_list(struct world *x)
{
    still_in(x);
    x->ev->visit->discharge_date = 20260303;
    x->ev->visit->discharge_status = care_text(x->a, "alt-home");
}

static void status_word(struct world *x)
{
    status_of_no_list(x);
    x->ev->visit->discharge_status = care_text(x->a, "exp");
}

static void facility_bill_of_a_practice(struct world *x)
{
    x->ev->charges[0]->cdm = care_text(x->a, "LAB-CHEM");
}

static void no_attending(struct world *x)
{
    hospital(x, ENCOUNTER_CLASS_OUTPATIENT, 20260301);
    x->ev->charges[0]->cdm = care_text(x->a, "LAB-CHEM");
    x->ev->n_providers = 0;
}

static void only_clinician(struct world *x)
{
    no_attending(x);
    x->ev->n_providers = 1;
}

static void clinic_day_at_hospital(struct world *x)
{
    hospital(x, ENCOUNTER_CLASS_OUTPATIENT, 20260301);
    x->ev->visit->discharge_status = care_text(x->a, "");
    x->ev->charges[0]->cdm = care_text(x->a, "LAB-CHEM");
}

/* visits - who, where, how it ended: each rule of the claim phase both ways */
static void visits(void **state)
{
    (void)state;
    assert_string_equal(one_visit(no_change), "");
    assert_string_equal(one_visit(unknown_facility), "no-facility CLM-04");
    assert_string_equal(one_visit(senders_facility), "");
    assert_string_equal(one_visit(no_provider), "no-provider CLM-07");
    assert_string_equal(one_visit(wrong_npi), "no-provider CLM-07");
    assert_string_equal(one_visit(other_npi), "");
    assert_string_equal(one_visit(own_id), "");
    assert_string_equal(one_visit(no_patient), "no-patient CLM-05");
    assert_string_equal(one_visit(no_class), "no-class CLM-03");
    assert_string_equal(one_visit(virtual_visit), "no-place CLM-09");
    assert_string_equal(one_visit(virtual_at_home), "");
    assert_string_equal(one_visit(not_over), "not-ready CLM-02");
    assert_string_equal(one_visit(still_in), "no-discharge CLM-02");
    assert_string_equal(one_visit(interim), "");
    assert_string_equal(one_visit(status_of_no_list), "discharge-status CLM-08");
    assert_string_equal(one_visit(status_word), "");
    assert_string_equal(one_visit(facility_bill_of_a_practice), "type-of-bill CLM-10");
    assert_string_equal(one_visit(no_attending), "no-provider CLM-06");
    assert_string_equal(one_visit(only_clinician), "");
    assert_string_equal(one_visit(clinic_day_at_hospital), "");
}

/* interim_bill - the patient is still in: first interim, no end */
static void interim_bill(void **state)
{
    struct world x = open_world();

    (void)state;
    care_charge(x.a, x.ev, "T1", "RM-SEMI", 2000, 20260302);
    hospital(&x, ENCOUNTER_CLASS_INPATIENT, 0);
    x.ev->visit->discharge_status = care_text(x.a, "30");
    code(&x);
    assert_string_equal(x.out->claims[0]->type_of_bill, "0112");
    assert_string_equal(x.out->claims[0]->frequency, "2");
    assert_string_equal(x.out->claims[0]->discharge_hour, "");
    assert_int_equal(x.out->claims[0]->thru_date, 20260302);
    close_world(&x);
}

/* window - services up to three days before the admission widen the statement; older ones do not */
static void window(void **state)
{
    struct world x = open_world();

    (void)state;
    hospital(&x, ENCOUNTER_CLASS_INPATIENT, 20260305);
    care_charge(x.a, x.ev, "T1", "RM-SEMI", 4000, 20260301);
    care_charge(x.a, x.ev, "T2", "LAB-CHEM", 1000, 20260226);
    code(&x);
    assert_int_equal(x.out->claims[0]->from_date, 20260226);
    x.ev->charges[1]->service_date = 20260225;
    code(&x);
    assert_int_equal(x.out->claims[0]->from_date, 20260301);
    close_world(&x);
}

/* tables_missing - each table that a claim rests on, left out: a reason, never a pass */
static void tables_missing(void **state)
{
    static const struct {
        enum table_id table;
        const char *reason;
    } rows[] = {
        {TABLE_ICD10CM, "no-table"}, {TABLE_CDM, "no-table"},       {TABLE_PAYERS, "no-table"},
        {TABLE_HCPCS, "no-table"},   {TABLE_PROVIDERS, "no-table"}, {TABLE_CPT, ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct world x = open_world();

        tables_free(x.t);
        x.t = care_tables(rows[i].table);
        care_charge(x.a, x.ev, "T1", rows[i].table == TABLE_HCPCS ? "DEXA-INJ" : "OV-EST3", 1000,
                    20260301);
        code(&x);
        assert_string_equal(reason(&x), rows[i].reason);
        assert_int_equal(x.out->n_claims, rows[i].reason[0] ? 0 : 1);
        close_world(&x);
    }
}

/* accident - related cause on a clinician's claim, occurrence on a facility's bill */
static void accident(void **state)
{
    struct world x = open_world();

    (void)state;
    hospital(&x, ENCOUNTER_CLASS_EMERGENCY, 20260301);
    x.ev->visit->accident = event_new(x.a, &cc_accident__descriptor);
    x.ev->visit->accident->kind = care_text(x.a, "AA");
    x.ev->visit->accident->state = care_text(x.a, "OH");
    x.ev->visit->accident->accident_date = 20260301;
    care_charge(x.a, x.ev, "T1", "ED-L3", 1000, 20260301);
    code(&x);
    assert_string_equal(claim_of(&x, CLAIM_KIND_PROFESSIONAL)->related_causes[0], "AA");
    assert_string_equal(claim_of(&x, CLAIM_KIND_INSTITUTIONAL)->occurrences[0]->code, "01");
    assert_string_equal(claim_of(&x, CLAIM_KIND_INSTITUTIONAL)->accident_state, "OH");
    close_world(&x);
}

/* rules_are_rows - every rule has what an auditor asks, each id once */
static void rules_are_rows(void **state)
{
    struct coder_rule_info r, other;
    size_t n = 0;

    (void)state;
    for (; coder_rule_at(n, &r); n++) {
        assert_true(r.id[0] && r.guideline[0] && r.phase[0] && r.summary[0]);
        for (size_t k = 0; k < n; k++) {
            assert_true(coder_rule_at(k, &other));
            assert_string_not_equal(other.id, r.id);
        }
    }
    assert_true(n >= 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(office),         cmocka_unit_test(stay),
        cmocka_unit_test(given_codes),    cmocka_unit_test(two_sides),
        cmocka_unit_test(credits),        cmocka_unit_test(partial_amounts),
        cmocka_unit_test(charges),        cmocka_unit_test(repeated_items),
        cmocka_unit_test(diagnosis_item), cmocka_unit_test(merging),
        cmocka_unit_test(procedures),     cmocka_unit_test(pcs),
        cmocka_unit_test(pointers),       cmocka_unit_test(many_lines),
        cmocka_unit_test(many_diagnoses), cmocka_unit_test(payers),
        cmocka_unit_test(dependents),     cmocka_unit_test(visits),
        cmocka_unit_test(interim_bill),   cmocka_unit_test(window),
        cmocka_unit_test(tables_missing), cmocka_unit_test(accident),
        cmocka_unit_test(rules_are_rows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
