/* coder_record_test.c - the rules about charges, procedures, payers, people and bills, and those of
 * people's decisions: what comes out of a record, and whether the rule had a say */
#include "tests/support/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "services/coder/coder.h"
#include "tests/support/care.h"
#include "tests/support/care_tables.h"
#include "tests/support/coder_cases.h"

enum { DAY = 20260301 };

static struct tables *tables;

/* open_tables - once */
static int open_tables(void **state)
{
    (void)state;
    tables = care_tables(TABLE_ICD10CM);
    care_rows(tables, TABLE_ICD10CM, coder_codes_icd);
    care_service_rows(tables);
    return 0;
}

/* close_tables - at the end */
static int close_tables(void **state)
{
    (void)state;
    tables_free(tables);
    return 0;
}

/* A case: the record of a base (P a practice, H a hospital's outpatient, I a stay), bent by words
 * joined by blanks ("_" for a blank in a word):
 *
 * cdm=CODE, cpt=CODE, rev=CODE: one more charge, which the next words are about: kind=N units=N
 * cents=N day=N id=ID ref=REF point=CODE for=REVENUE; -charges: none. proc=CODE: done, SNOMED CT
 * where it has more than five digits; then pstatus=WORD. dx=CODE, maybe=CODE, poa=- of the last;
 * -dx: none. class=N in=N out=N status=CODE tob=CODE pos=CODE at=FACILITY, -name, -people,
 * -cover, payer=ID, from=N, to=N of the coverage; fhir: a FHIR source; open: not over, and no bill
 * asked for. answer=REASON:CHOICE[:CODE]: the case once more, with this answer.
 *
 * Out comes: lines CODE*UNITS, claims in their order, principal code, "ask:REASON" each. */
struct record_case {
    const char *rule;
    char base;
    char kind; /* + the rule has a say, - it has none; at its boundary: B it has, b it has not */
    const char *given, *out, *what;
};

/* clang-format off */
static const struct record_case cases[] = {
    {"CHG-01", 'P', '+', "cdm=LAB-A1C kind=3", "99213*1 J189 / 1", "a payment"},
    {"CHG-01", 'P', '-', "cdm=LAB-A1C", "99213*1 83036*1 J189 / 1", "a charge"},
    {"CHG-01", 'P', 'b', "cdm=OV-EST3 kind=2", "J189 ask:no-charges / 0", "a credit is no payment"},
    {"CHG-02", 'P', '+', "cdm=OV-EST3 kind=2", "J189 ask:no-charges / 0", "all of it is taken back"},
    {"CHG-02", 'P', 'B', "units=3 cdm=OV-EST3 kind=2", "99213*2 J189 / 1", "one of three"},
    {"CHG-02", 'P', '-', "", "99213*1 J189 / 1", "nothing"},
    {"CHG-02", 'P', 'b', "cdm=LAB-A1C kind=2", "99213*1 J189 ask:credit-without-charge / 0", "another thing"},
    {"CHG-03", 'P', '+', "cdm=LAB-A1C kind=2", "99213*1 J189 ask:credit-without-charge / 0", "whose charge is not here"},
    {"CHG-03", 'P', '+', "cdm=LAB-A1C kind=0", "99213*1 J189 ask:charge-unmapped / 0", "of no known type"},
    {"CHG-03", 'P', '-', "", "99213*1 J189 / 1", "a charge"},
    {"CHG-03", 'P', 'b', "cdm=OV-EST3 kind=2", "J189 ask:no-charges / 0", "whose charge is here"},
    {"CHG-04", 'P', '+', "day=0", "99213*1 J189 / 1", "of the visit's one day"},
    {"CHG-04", 'P', '-', "", "99213*1 J189 / 1", "with its day"},
    {"CHG-04", 'I', 'B', "day=0 out=20260303", "J189 ask:no-date / 0", "of several"},
    {"CHG-05", 'P', '+', "icd=J18.9", "99213*1 J189 / 1", "an item that is the diagnosis"},
    {"CHG-05", 'P', '-', "", "99213*1 J189 / 1", "none"},
    {"CHG-05", 'P', 'b', "icd=I10", "99213*1 J189 ask:charge-unmapped / 0", "no diagnosis of the visit"},
    {"CHG-06", 'P', '+', "ref=ChargeItem/9 cdm=OV-EST3 ref=Claim/2#1", "99213*1 J189 / 1", "told by both"},
    {"CHG-06", 'P', '-', "ref=ChargeItem/9 cdm=LAB-A1C ref=Claim/2#1", "99213*1 83036*1 J189 / 1", "another thing"},
    {"CHG-06", 'P', 'b', "ref=Claim/2#1 cdm=OV-EST3 ref=Claim/2#2", "99213*2 J189 / 1", "two items of one claim"},
    {"CDM-01", 'P', '+', "", "99213*1 J189 / 1", "a visit"},
    {"CDM-01", 'P', '-', "-charges cpt=93000", "93000*1 J189 / 1", "by its code alone"},
    {"CDM-01", 'P', 'b', "-charges cdm=NOSUCH", "J189 ask:charge-unmapped / 0", "unknown to it"},
    {"CDM-02", 'P', '+', "-charges snomed=185345009", "99213*1 J189 / 1", "a visit by its SNOMED CT code"},
    {"CDM-02", 'P', '-', "", "99213*1 J189 / 1", "by its charge code"},
    {"CDM-02", 'P', 'b', "-charges snomed=185345010", "J189 ask:charge-unmapped / 0", "unknown to it"},
    {"CDM-03", 'P', '+', "-charges cpt=93000", "93000*1 J189 / 1", "a tracing"},
    {"CDM-03", 'P', '-', "", "99213*1 J189 / 1", "by its charge code"},
    {"CDM-03", 'P', 'b', "-charges cdm=NOSUCH", "J189 ask:charge-unmapped / 0", "no code at all"},
    {"CDM-04", 'P', '+', "cdm=NOSUCH", "99213*1 J189 ask:charge-unmapped / 0", "unknown"},
    {"CDM-04", 'P', '-', "", "99213*1 J189 / 1", "known"},
    {"CDM-04", 'P', 'b', "-charges cpt=93000", "93000*1 J189 / 1", "named by its code"},
    {"PRC-01", 'P', 'B', "-charges proc=93000 pstatus=stopped", "J189 ask:no-charges / 0", "stopped is not completed"},
    {"PRC-02", 'H', 'B', "-charges cdm=ED-L3 pcs=02HV33Z", "99283*1 99283*1 J189 / 2", "an outpatient's bill has none"},
    {"PRC-03", 'P', '+', "cpt=93000 proc=93000", "99213*1 93000*1 J189 / 1", "charged by its code"},
    {"PRC-03", 'P', '-', "", "99213*1 J189 / 1", "none"},
    {"PRC-03", 'P', 'b', "proc=93000", "99213*1 J189 ask:missed-charge / 1", "charged by nothing"},
    {"PRC-04", 'P', '+', "-charges proc=185345009", "99213*1 J189 / 1", "nothing else is charged"},
    {"PRC-04", 'P', '-', "", "99213*1 J189 / 1", "none"},
    {"PRC-04", 'P', 'b', "proc=185345009", "99213*1 J189 ask:missed-charge / 1", "beside charges of HL7"},
    {"PRC-04", 'P', 'B', "fhir proc=185345009", "99213*1 99213*1 J189 / 1", "beside charges of FHIR"},
    {"PRC-05", 'P', '+', "proc=93000", "99213*1 J189 ask:missed-charge / 1", "a tracing"},
    {"PRC-05", 'P', '-', "", "99213*1 J189 / 1", "none"},
    {"PRC-05", 'P', 'b', "proc=999999999", "99213*1 J189 / 1", "nothing that is billed"},
    {"PRC-06", 'P', '+', "proc=999999999", "99213*1 J189 / 1", "no row"},
    {"PRC-06", 'P', '-', "", "99213*1 J189 / 1", "none"},
    {"PRC-06", 'P', 'b', "proc=93000", "99213*1 J189 ask:missed-charge / 1", "a code that may be billed"},
    {"LIN-01", 'P', '+', "", "99213*1 J189 / 1", "in force"},
    {"LIN-01", 'I', '-', "", "0120*1 J189 / 1", "a room has no code"},
    {"LIN-01", 'P', 'B', "cdm=OLD-CODE", "99213*1 J189 ask:not-billable / 0", "in no edition"},
    {"LIN-02", 'H', '+', "-charges cdm=NO-REV", "J189 ask:no-revenue / 0", "none"},
    {"LIN-02", 'H', '-', "-charges cdm=XR-CHEST2", "71046*1 J189 / 1", "as it is"},
    {"LIN-02", 'P', 'b', "-charges cpt=93000", "93000*1 J189 / 1", "a clinician's line needs none"},
    {"LIN-03", 'P', '+', "", "99213*1 J189 / 1", "of the charge master"},
    {"LIN-03", 'P', '-', "-charges", "J189 ask:no-charges / 0", "nothing charged"},
    {"LIN-03", 'P', 'B', "-charges cpt=93000 -cents", "J189 ask:no-price / 0", "no amount anywhere"},
    {"LIN-04", 'P', '+', "units=?", "99213*1 J189 / 1", "counts one"},
    {"LIN-04", 'P', '-', "units=2", "99213*2 J189 / 1", "two"},
    {"LIN-04", 'P', 'B', "units=0", "J189 ask:amount / 0", "none is no quantity"},
    {"LIN-05", 'P', 'b', "in=20260301 out=20260302 cdm=OV-EST3 day=20260302", "99213*1 99213*1 J189 / 1", "of the next day"},
    {"LIN-06", 'P', '+', "-charges", "J189 ask:no-charges / 0", "none"},
    {"LIN-06", 'P', '-', "", "99213*1 J189 / 1", "one"},
    {"LIN-06", 'P', 'B', "cdm=OV-EST3 kind=2", "J189 ask:no-charges / 0", "taken back"},
    {"LIN-07", 'H', 'B', "-charges cdm=ED-L3", "99283*1 99283*1 J189 / 2", "of the emergency room"},
    {"LIN-08", 'H', 'b', "-charges rev=0250", "0250*1 J189 / 1", "a drug of the pharmacy"},
    {"LIN-09", 'H', '+', "-charges cpt=99213 for=0710", "0710*1 J189 / 1", "recovery"},
    {"LIN-09", 'H', '-', "-charges cdm=XR-CHEST2", "71046*1 J189 / 1", "a film"},
    {"LIN-09", 'I', 'b', "", "0120*1 J189 / 1", "a room without a code"},
    {"PTR-01", 'P', '+', "point=XYZ", "99213*1 J189 ask:pointer / 0", "to nothing"},
    {"PTR-01", 'P', '-', "", "99213*1 J189 / 1", "to none"},
    {"PTR-01", 'P', 'b', "point=J18.9", "99213*1 J189 / 1", "to a diagnosis"},
    {"PTR-02", 'P', '+', "", "99213*1 J189 / 1", "to none"},
    {"PTR-02", 'P', '-', "point=J18.9", "99213*1 J189 / 1", "to a diagnosis"},
    {"PTR-02", 'P', 'B', "point=XYZ", "99213*1 J189 ask:pointer / 0", "to nothing that is coded"},
    {"COV-01", 'P', '+', "-cover", "99213*1 J189 ask:no-payer / 0", "none"},
    {"COV-01", 'P', '-', "", "99213*1 J189 / 1", "one"},
    {"COV-01", 'P', 'b', "payer=NOBODY", "99213*1 J189 ask:unknown-payer / 0", "one of an unknown payer"},
    {"COV-02", 'P', '+', "to=20260228", "99213*1 J189 ask:coverage-dates / 0", "ended the day before"},
    {"COV-02", 'P', '-', "", "99213*1 J189 / 1", "of no dates"},
    {"COV-02", 'P', 'b', "to=20260301", "99213*1 J189 / 1", "ends that day"},
    {"COV-03", 'P', '+', "payer=NOBODY", "99213*1 J189 ask:unknown-payer / 0", "in no row"},
    {"COV-03", 'P', '-', "", "99213*1 J189 / 1", "by its id"},
    {"COV-03", 'P', 'b', "payer=sample_health_plan", "99213*1 J189 / 1", "by its name"},
    {"CLM-01", 'P', '+', "-dx", "99213*1 ask:no-diagnosis / 0", "none"},
    {"CLM-01", 'P', '-', "", "99213*1 J189 / 1", "one"},
    {"CLM-01", 'P', 'b', "-dx dx=W19.XXXA", "99213*1 ask:no-principal / 0", "a cause alone is asked about by its own rule"},
    {"CLM-02", 'I', '+', "out=0", "0120*1 J189 ask:no-discharge / 0", "no end"},
    {"CLM-02", 'I', '-', "", "0120*1 J189 / 1", "over"},
    {"CLM-02", 'I', 'b', "out=0 status=30", "0120*1 J189 / 1", "an interim bill"},
    {"CLM-03", 'P', '+', "class=0", "99213*1 J189 ask:no-class / 0", "of no kind"},
    {"CLM-03", 'P', '-', "", "99213*1 J189 / 1", "an outpatient"},
    {"CLM-03", 'P', 'b', "class=10", "99213*1 J189 / 1", "by wire"},
    {"CLM-04", 'P', '+', "at=NOWHERE", "99213*1 J189 ask:no-facility / 0", "no row"},
    {"CLM-04", 'P', '-', "", "99213*1 J189 / 1", "its row"},
    {"CLM-04", 'P', 'b', "at=clinic", "99213*1 J189 / 1", "in small letters"},
    {"CLM-05", 'P', '+', "-name", "99213*1 J189 ask:no-patient / 0", "nobody"},
    {"CLM-05", 'P', '-', "", "99213*1 J189 / 1", "named"},
    {"CLM-05", 'P', 'b', "-first", "99213*1 J189 / 1", "by the last name alone"},
    {"CLM-06", 'I', '+', "-people", "0120*1 J189 ask:no-provider / 0", "nobody"},
    {"CLM-06", 'I', '-', "", "0120*1 J189 / 1", "named"},
    {"CLM-06", 'P', 'b', "-people", "99213*1 J189 ask:no-provider / 0", "a practice has no attending"},
    {"CLM-07", 'P', '+', "-people", "99213*1 J189 ask:no-provider / 0", "nobody"},
    {"CLM-07", 'P', '-', "", "99213*1 J189 / 1", "named"},
    {"CLM-07", 'I', 'b', "-people", "0120*1 J189 ask:no-provider / 0", "a hospital's bill has no rendering"},
    {"CLM-08", 'I', '+', "status=99", "0120*1 J189 ask:discharge-status / 0", "no code of the list"},
    {"CLM-08", 'I', '-', "", "0120*1 J189 / 1", "home"},
    {"CLM-08", 'H', 'b', "-charges cdm=ED-L3 status=", "99283*1 99283*1 J189 / 2", "an outpatient went home"},
    {"CLM-09", 'P', '+', "class=10 -charges cpt=99213", "99213*1 J189 ask:no-place / 0", "nobody says"},
    {"CLM-09", 'P', '-', "", "99213*1 J189 / 1", "of the charge master"},
    {"CLM-09", 'P', 'b', "pos=22", "99213*1 J189 / 1", "of the visit"},
    {"CLM-10", 'P', '+', "-charges cdm=XR-CHEST2", "71046*1 J189 ask:type-of-bill / 0", "a practice has none"},
    {"CLM-10", 'I', '-', "", "0120*1 J189 / 1", "a stay"},
    {"CLM-10", 'P', 'b', "-charges cdm=XR-CHEST2 tob=0131", "71046*1 J189 / 1", "of the visit"},
    {"CLM-11", 'I', '+', "-dx maybe=I21.4 cpt=99223", "0120*1 99223*1 I214 ask:no-diagnosis / 0", "all are uncertain"},
    {"CLM-11", 'I', '-', "cpt=99223", "0120*1 99223*1 J189 / 2", "one is not"},
    {"CLM-11", 'I', 'b', "-dx maybe=I21.4", "0120*1 I214 / 1", "only the hospital bills"},
    {"DEC-01", 'P', '+', "dx=E11.9 dx=E10.9 answer=excludes:1:E119", "99213*1 J189 / 1", "which of two"},
    {"DEC-01", 'P', '-', "dx=E11.9 dx=E10.9", "99213*1 J189 ask:excludes / 0", "not answered"},
    {"DEC-01", 'P', 'b', "dx=E11.9 dx=E10.9 answer=excludes:undetermined", "99213*1 J189 ask:excludes / 0", "cannot be determined"},
    {"DEC-02", 'I', '+', "-dx dx=R07.9 dx=I48.91 answer=equal-principal:1:I4891", "0120*1 I4891 / 1", "the disease"},
    {"DEC-02", 'I', '-', "-dx dx=R07.9 dx=I48.91", "0120*1 R079 ask:equal-principal / 1", "not answered"},
    {"DEC-02", 'I', 'b', "-dx dx=R07.9 dx=I48.91 answer=equal-principal:2:R079", "0120*1 R079 / 1", "it is first already"},
    {"DEC-03", 'I', '+', "-dx dx=I10 poa=- dx=I50.9 poa=- answer=poa-missing:N:I110", "0120*1 I110 ask:poa-missing / 0", "a code that the rules made of two entries; the other code is still asked"},
    {"DEC-03", 'I', '-', "-dx dx=I21.4 poa=- answer=poa-missing:N", "0120*1 I214 / 1", "an entry of the record has it from the beginning (DEC-01)"},
    {"DEC-03", 'I', '-', "-dx dx=I21.4", "0120*1 I214 / 1", "the record says it"},
    {"DEC-03", 'I', 'b', "-dx dx=I21.4 poa=-", "0120*1 I214 ask:poa-missing / 0", "not answered"},
};
/* clang-format on */

/* number - behind the sign */
static int32_t number(const char *word)
{
    return (int32_t)strtol(word, NULL, 10);
}

/* value - of a word "KEY=VALUE"; NULL: another key */
static char *value(struct arena *a, const char *word, const char *key)
{
    size_t n = strlen(key);
    char *v;

    if (strncmp(word, key, n) != 0)
        return NULL;
    v = care_text(a, word + n);
    for (char *c = v; *c; c++)
        *c = *c == '_' ? ' ' : *c;
    return v;
}

/* of_charge - one more, or a word about the last */
static bool of_charge(struct arena *a, CcEncounter *ev, const char *word)
{
    CcCharge *c = ev->n_charges ? ev->charges[ev->n_charges - 1] : NULL;
    char *v;

    if ((v = value(a, word, "cdm="))) {
        care_charge(a, ev, arena_printf(a, "X%zu", ev->n_charges), v, 1000, DAY);
    } else if ((v = value(a, word, "cpt="))) {
        c = care_charge(a, ev, arena_printf(a, "X%zu", ev->n_charges), "", 1000, DAY);
        c->code = care_code(a, CODE_SYSTEM_CPT, v, "");
        c->professional = true;
        c->charge_cents = 10000;
        c->charge_given = true;
    } else if ((v = value(a, word, "icd="))) {
        c = care_charge(a, ev, arena_printf(a, "X%zu", ev->n_charges), "", 1000, DAY);
        c->code = care_code(a, CODE_SYSTEM_ICD10CM, v, "");
    } else if ((v = value(a, word, "snomed="))) {
        c = care_charge(a, ev, arena_printf(a, "X%zu", ev->n_charges), "", 1000, DAY);
        c->code = care_code(a, CODE_SYSTEM_SNOMED, v, "");
    } else if ((v = value(a, word, "rev="))) {
        c = care_charge(a, ev, arena_printf(a, "X%zu", ev->n_charges), "", 1000, DAY);
        c->revenue = v;
        c->charge_cents = 10000;
        c->charge_given = true;
    } else if ((v = value(a, word, "kind=")))
        c->kind = (CcChargeKind)number(v);
    else if (strcmp(word, "units=?") == 0)
        c->units_given = false;
    else if ((v = value(a, word, "units=")))
        c->units_milli = number(v) * 1000;
    else if (strcmp(word, "-cents") == 0)
        c->charge_given = false;
    else if ((v = value(a, word, "day=")))
        c->service_date = c->thru_date = number(v);
    else if ((v = value(a, word, "id=")))
        c->id = v;
    else if ((v = value(a, word, "ref=")))
        c->ref = v;
    else if ((v = value(a, word, "for="))) {
        c->revenue = v;
        c->professional = false;
    } else if ((v = value(a, word, "point=")))
        assert_true(event_push(a, c, pointers, v));
    else if (strcmp(word, "-charges") == 0)
        ev->n_charges = 0;
    else
        return false;
    return true;
}

/* of_visit - about visit, patient, payer */
static bool of_visit(struct arena *a, CcEncounter *ev, const char *word)
{
    CcVisit *v = ev->visit;
    CcCoverage *c = ev->n_coverages ? ev->coverages[0] : NULL;
    char *s;

    if ((s = value(a, word, "class=")))
        v->class_ = (CcEncounterClass)number(s);
    else if ((s = value(a, word, "in=")))
        v->admit_date = number(s);
    else if ((s = value(a, word, "out=")))
        v->discharge_date = number(s);
    else if ((s = value(a, word, "status=")))
        v->discharge_status = s;
    else if ((s = value(a, word, "tob=")))
        v->type_of_bill = s;
    else if ((s = value(a, word, "pos=")))
        v->place_of_service = s;
    else if ((s = value(a, word, "at=")))
        v->facility = ev->facility = s;
    else if ((s = value(a, word, "payer=")))
        c->payer = s;
    else if ((s = value(a, word, "from=")))
        c->from_date = number(s);
    else if ((s = value(a, word, "to=")))
        c->to_date = number(s);
    else if (strcmp(word, "-name") == 0)
        ev->patient->name = NULL;
    else if (strcmp(word, "-first") == 0)
        ev->patient->name->first = care_text(a, "");
    else if (strcmp(word, "-people") == 0)
        ev->n_providers = 0;
    else if (strcmp(word, "-cover") == 0)
        ev->n_coverages = 0;
    else if (strcmp(word, "fhir") == 0)
        ev->format = care_text(a, "fhir");
    else if (strcmp(word, "open") == 0) {
        ev->bill = false;
        ev->type = care_text(a, "ADT^A01^ADT_A01");
        ev->event = EVENT_KIND_ADMIT;
        v->discharge_date = 0;
    } else
        return false;
    return true;
}

/* give - a word */
static void give(struct arena *a, CcEncounter *ev, const char *word)
{
    char *v;

    if (of_charge(a, ev, word) || of_visit(a, ev, word))
        return;
    if ((v = value(a, word, "proc=")))
        care_procedure(a, ev, strlen(v) > 5 ? CODE_SYSTEM_SNOMED : CODE_SYSTEM_CPT, v, DAY);
    else if ((v = value(a, word, "pcs=")))
        care_procedure(a, ev, CODE_SYSTEM_ICD10PCS, v, DAY);
    else if ((v = value(a, word, "pstatus=")))
        ev->procedures[ev->n_procedures - 1]->status = v;
    else if ((v = value(a, word, "dx=")) || (v = value(a, word, "maybe="))) {
        CcProblem *p = care_dx(a, ev, v, PROBLEM_USE_FINAL, (uint32_t)ev->n_diagnoses + 1);

        p->poa = POA_Y;
        if (word[0] == 'm')
            p->verification = VERIFICATION_PROVISIONAL;
    } else if (strcmp(word, "poa=-") == 0)
        ev->diagnoses[ev->n_diagnoses - 1]->poa = POA_UNKNOWN;
    else if (strcmp(word, "-dx") == 0)
        ev->n_diagnoses = 0;
    else
        assert_string_equal(word, "a word of the cases");
}

/* record - of a base and words; what is answered is put aside */
static CcEncounter *record(struct arena *a, const struct record_case *c, const char **answer)
{
    CcEncounter *ev = care_billed(a, c->base == 'P' ? 'O' : 'I');
    char *save = NULL;

    *answer = NULL;
    if (c->base == 'H')
        ev->visit->class_ = ENCOUNTER_CLASS_OUTPATIENT;
    care_dx(a, ev, "J18.9", PROBLEM_USE_FINAL, 1)->poa = POA_Y;
    for (char *word = strtok_r(care_text(a, c->given), " ", &save); word;
         word = strtok_r(NULL, " ", &save))
        if (strncmp(word, "answer=", 7) == 0)
            *answer = care_text(a, word + 7);
        else
            give(a, ev, word);
    return ev;
}

/* answered - to the question of the reason */
static CcReviewAnswer *answered(struct arena *a, const CcCodingResult *out, const char *word)
{
    CcReviewAnswer *x = event_new(a, &cc_review_answer__descriptor);
    char *reason = care_text(a, word), *choice = strchr(reason, ':'), *code;

    *choice++ = '\0';
    if ((code = strchr(choice, ':'))) {
        *code++ = '\0';
        assert_true(event_push(a, x, codes, care_code(a, CODE_SYSTEM_ICD10CM, code, "")));
    }
    x->choice = choice;
    x->role = care_text(a, "coder");
    x->why = care_text(a, "seen in the record");
    for (size_t i = 0; i < out->n_review; i++)
        if (strcmp(out->review[i]->reason, reason) == 0)
            x->review_id = out->review[i]->review_id;
    return x;
}

/* code - the case, with its answer */
static CcCodingResult *code(struct arena *a, const struct record_case *c)
{
    const char *word;
    CcEncounter *ev = record(a, c, &word);
    CcReviewAnswer *answers[1];
    struct coder_visit v;
    CcCodingResult *out;
    struct err e = {0};

    assert_int_equal(coder_fold(a, &ev, 1, NULL, 0, &v, &e), 0);
    out = care_coded(a, tables, NULL, &v);
    if (!word)
        return out;
    answers[0] = answered(a, out, word);
    v.answers = answers;
    v.n_answers = 1;
    return care_coded(a, tables, NULL, &v);
}

/* shown - as the cases have it */
static const char *shown(struct arena *a, const CcCodingResult *out)
{
    const char *s = "";

    for (size_t i = 0; i < out->n_lines; i++) {
        const CcServiceLine *l = out->lines[i];

        s = arena_printf(a, "%s%s*%lld ", s, l->procedure ? l->procedure->code->code : l->revenue,
                         (long long)(l->units_milli / 1000));
    }
    for (size_t i = 0; i < out->n_diagnoses; i++)
        if (out->diagnoses[i]->rank == 1)
            s = arena_printf(a, "%s%s ", s, out->diagnoses[i]->assignment->code->code);
    for (size_t i = 0; i < out->n_review; i++)
        s = arena_printf(a, "%sask:%s ", s, out->review[i]->reason);
    return arena_printf(a, "%s/ %zu", s, out->n_claims);
}

/* all_cases - every row */
static void all_cases(void **state)
{
    size_t bad = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct record_case *c = &cases[i];
        struct arena *a = arena_new((size_t)32 << 20);
        CcCodingResult *out = code(a, c);
        const char *is = shown(a, out);
        bool fires = c->kind == '+' || c->kind == 'B';

        if (strcmp(is, c->out) != 0 || care_fired(out, c->rule) != fires) {
            fprintf(stderr, "%s %c \"%s\" (%s): \"%s\", fired %d; expected \"%s\", %d\n", c->rule,
                    c->base, c->given, c->what, is, care_fired(out, c->rule), c->out, fires);
            bad++;
        }
        arena_free(a);
    }
    assert_int_equal(bad, 0);
}

/* main - the tests */
int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_cases)};

    return cmocka_run_group_tests(tests, open_tables, close_tables);
}
