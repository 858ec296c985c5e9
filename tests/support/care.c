/* care.c - plainly invented events for the coder's tests */
#include "tests/support/care.h"

#include <stdio.h>
#include <string.h>

#include "tests/support/test.h"

/* care_text - a copy that must succeed */
char *care_text(struct arena *a, const char *s)
{
    char *copy = arena_strdup(a, s);

    assert_non_null(copy);
    return copy;
}

/* make - a message that must succeed */
static void *make(struct arena *a, const ProtobufCMessageDescriptor *d)
{
    void *m = event_new(a, d);

    assert_non_null(m);
    return m;
}

/* care_code - a code */
CcCode *care_code(struct arena *a, CcCodeSystem system, const char *code, const char *text)
{
    CcCode *c = make(a, &cc_code__descriptor);

    c->system = system;
    c->code = care_text(a, code);
    c->text = care_text(a, text);
    return c;
}

/* care_event - with its ids */
CcEncounter *care_event(struct arena *a, CcEventKind kind, const char *type, const char *sender,
                        int64_t ms)
{
    CcEncounter *ev = make(a, &cc_encounter__descriptor);

    ev->event = kind;
    ev->type = care_text(a, type);
    ev->sender = care_text(a, sender);
    ev->format = care_text(a, "hl7");
    ev->source = care_text(a, "test");
    ev->facility = care_text(a, "RIVERBEND");
    ev->encounter = care_text(a, "E0000000000000001");
    ev->patient_key = care_text(a, "00000000000000aa");
    ev->event_ms = ms;
    ev->event_id = arena_printf(a, "%s-%s-%lld", sender, type, (long long)ms);
    return ev;
}

/* care_fhir - a finished Encounter resource */
CcEncounter *care_fhir(struct arena *a, const char *id, int64_t ms)
{
    CcEncounter *ev = care_event(a, EVENT_KIND_ENCOUNTER, "Encounter", "https://ehr.example", ms);

    ev->format = care_text(a, "fhir");
    ev->event_id = care_text(a, id);
    ev->visit = make(a, &cc_visit__descriptor);
    ev->visit->status = VISIT_STATUS_FINISHED;
    ev->bill = true;
    return ev;
}

/* care_visit - the visit of an event, of a class */
CcVisit *care_visit(struct arena *a, CcEncounter *ev, CcEncounterClass class)
{
    if (!ev->visit)
        ev->visit = make(a, &cc_visit__descriptor);
    ev->visit->class_ = class;
    ev->visit->account = care_text(a, "ACC1");
    return ev->visit;
}

/* care_patient - a patient with an address */
void care_patient(struct arena *a, CcEncounter *ev, const char *last, const char *first)
{
    CcPatient *p = make(a, &cc_patient__descriptor);

    p->mrn = care_text(a, "MRN-1");
    p->name = make(a, &cc_name__descriptor);
    p->name->last = care_text(a, last);
    p->name->first = care_text(a, first);
    p->birth_date = 19700214;
    p->sex = SEX_FEMALE;
    p->address = make(a, &cc_address__descriptor);
    p->address->line1 = care_text(a, "12 ELM ST");
    p->address->city = care_text(a, "SPRINGTOWN");
    p->address->state = care_text(a, "OH");
    p->address->zip = care_text(a, "44101");
    ev->patient = p;
}

/* care_dx - an ICD-10-CM diagnosis */
CcProblem *care_dx(struct arena *a, CcEncounter *ev, const char *code, CcProblemUse use,
                   uint32_t rank)
{
    CcProblem *p = care_text_dx(a, ev, CODE_SYSTEM_ICD10CM, code, "");

    p->use = use;
    p->rank = rank;
    return p;
}

/* care_text_dx - a diagnosis in words */
CcProblem *care_text_dx(struct arena *a, CcEncounter *ev, CcCodeSystem system, const char *code,
                        const char *text)
{
    CcProblem *p = make(a, &cc_problem__descriptor);

    p->code = care_code(a, system, code, text);
    p->ref = arena_printf(a, "DG1[%zu]", ev->n_diagnoses + 1);
    assert_true(event_push(a, ev, diagnoses, p));
    return p;
}

/* care_procedure - something done */
CcProcedure *care_procedure(struct arena *a, CcEncounter *ev, CcCodeSystem system, const char *code,
                            int32_t day)
{
    CcProcedure *p = make(a, &cc_procedure__descriptor);

    p->code = care_code(a, system, code, "");
    p->ref = arena_printf(a, "PR1[%zu]", ev->n_procedures + 1);
    p->procedure_date = day;
    p->status = care_text(a, "completed");
    assert_true(event_push(a, ev, procedures, p));
    return p;
}

/* care_charge - a charge of the charge master */
CcCharge *care_charge(struct arena *a, CcEncounter *ev, const char *id, const char *cdm,
                      int64_t units_milli, int32_t day)
{
    CcCharge *c = make(a, &cc_charge__descriptor);

    c->id = care_text(a, id);
    c->ref = arena_printf(a, "FT1[%zu]", ev->n_charges + 1);
    c->kind = CHARGE_KIND_CHARGE;
    c->cdm = care_text(a, cdm);
    c->units_milli = units_milli;
    c->units_given = units_milli != 0;
    c->service_date = day;
    assert_true(event_push(a, ev, charges, c));
    return c;
}

/* care_coverage - the patient's own policy */
CcCoverage *care_coverage(struct arena *a, CcEncounter *ev, uint32_t order, const char *payer,
                          const char *member)
{
    CcCoverage *c = make(a, &cc_coverage__descriptor);

    c->order = order;
    c->ref = arena_printf(a, "IN1[%zu]", ev->n_coverages + 1);
    c->payer = care_text(a, payer);
    c->member_id = care_text(a, member);
    c->relationship = RELATIONSHIP_SELF;
    assert_true(event_push(a, ev, coverages, c));
    return c;
}

/* care_provider - someone of the visit */
CcProvider *care_provider(struct arena *a, CcEncounter *ev, CcProviderRole role, const char *npi)
{
    CcProvider *p = make(a, &cc_provider__descriptor);

    p->role = role;
    p->npi = care_text(a, npi);
    p->name = make(a, &cc_name__descriptor);
    p->name->last = care_text(a, "HEALER");
    p->name->first = care_text(a, "JAN");
    p->ref = arena_printf(a, "PV1[1]-%zu", ev->n_providers + 7);
    assert_true(event_push(a, ev, providers, p));
    return p;
}

/* care_billed - of a clinic on one day, or a stay */
CcEncounter *care_billed(struct arena *a, char base)
{
    bool stay = base == 'I';
    CcEncounter *ev = care_event(a, EVENT_KIND_BILL, "BAR^P05^BAR_P05", "REG|HOSP", 1000);
    CcVisit *v = care_visit(a, ev, stay ? ENCOUNTER_CLASS_INPATIENT : ENCOUNTER_CLASS_OUTPATIENT);

    ev->bill = true;
    v->admit_date = v->discharge_date = 20260301;
    v->facility = care_text(a, stay ? "RIVERBEND" : "CLINIC");
    v->discharge_status = care_text(a, stay ? "01" : "");
    care_patient(a, ev, "TESTER", "ADA");
    care_coverage(a, ev, 1, "SHP01", "SYN0001234");
    care_provider(a, ev, stay ? PROVIDER_ROLE_ATTENDING : PROVIDER_ROLE_RENDERING, "1455555023");
    care_charge(a, ev, "T1", stay ? "RM-SEMI" : "OV-EST3", 1000, 20260301);
    return ev;
}

/* packed - the result's bytes */
static struct span packed(struct arena *a, const CcCodingResult *out)
{
    size_t n = protobuf_c_message_get_packed_size(&out->base);
    uint8_t *p = arena_alloc(a, n + 1);

    assert_non_null(p);
    protobuf_c_message_pack(&out->base, p);
    return (struct span){(const char *)p, n};
}

/* otherwise_same - coded in another way: the same bytes? */
static bool otherwise_same(struct arena *a, const struct tables *t, struct text_shelf *shelf,
                           const struct coder_visit *v, struct span is)
{
    CcCodingResult *out = NULL;
    struct err e = {0};
    struct span s;

    if (coder_code(a, t, shelf, v, &out, &e) != 0)
        fail_msg("%s", e.text);
    s = packed(a, out);
    return s.n == is.n && memcmp(s.p, is.p, s.n) == 0;
}

/* care_coded - see care.h */
CcCodingResult *care_coded(struct arena *a, const struct tables *t, struct text_shelf *shelf,
                           const struct coder_visit *v)
{
    struct coder_visit every = *v, twice = *v;
    CcCodingResult *out = NULL;
    struct err e = {0};
    struct span s;

    every.every_rule = true;
    twice.twice = true;
    if (coder_code(a, t, shelf, v, &out, &e) != 0)
        fail_msg("%s", e.text);
    s = packed(a, out);
    if (!otherwise_same(a, t, shelf, &every, s))
        fail_msg("a rule has a say where its row says that it has none");
    if (!otherwise_same(a, t, shelf, &twice, s))
        fail_msg("a phase that runs twice changes something");
    return out;
}

/* care_hit - is the rule among these? */
bool care_hit(CcRuleHit *const *rules, size_t n, const char *rule)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(rules[i]->rule, rule) == 0)
            return true;
    return false;
}

/* care_fired - did the rule have a say? */
bool care_fired(const CcCodingResult *out, const char *rule)
{
    for (size_t i = 0; i < out->n_codes; i++)
        if (care_hit(out->codes[i]->rules, out->codes[i]->n_rules, rule))
            return true;
    for (size_t i = 0; i < out->n_review; i++)
        if (care_hit(out->review[i]->rules, out->review[i]->n_rules, rule))
            return true;
    return false;
}
