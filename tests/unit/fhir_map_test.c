/* fhir_map_test.c - what becomes of each resource: of a whole stay, and of the odd shapes that
 * senders give to one element. The rows are JSON with ' for ". */
#include "tests/support/test.h"

#include <stdio.h>

#include "common/sys/file.h"
#include "services/intake/intake.h"
#include "tests/support/field.h"

enum { MEMORY = 64 << 20 };

static struct intake_conf conf = {.secret = "s", .facility = "MAIN", .max_bytes = 1 << 20};
static struct arena *arena;

/* setup - one arena for all */
static int setup(void **state)
{
    (void)state;
    arena = arena_new(MEMORY);
    return arena ? 0 : -1;
}

/* teardown - and back */
static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* take - a text as one message */
static struct intake_result take(const char *text, size_t n)
{
    struct intake_input in = {.source = "t.json", .bytes = text, .n = n, .message = 1};
    struct intake_result r;
    struct err e = {0};

    assert_int_equal(intake_fhir(&conf, arena, &in, &r, &e), 0);
    assert_true(r.n >= 1);
    return r;
}

/* expect - of one of the events */
static void expect(const struct intake_result *r, size_t event, const char *what,
                   const char *wanted)
{
    if (event >= r->n)
        fail_msg("%s: no event %zu", what, event);
    field_expect(arena, &r->events[event]->base, what, wanted);
}

/* What the stay gives, event by event. */
/* clang-format off */
static const struct {
    size_t event;
    const char *what, *wanted;
} whole[] = {
    {0, "patient", "patient.mrn=M1; patient.ids.#=2; patient.name.last=Planted; patient.name.middle=Q; patient.name.suffix=JR; patient.name.prefix=DR; "
        "patient.sex=female; patient.birth_date=19700214; patient.death_date=20260305; patient.phone=555 0100; patient.address.line1=1 A ST; "
        "patient.address.line2=UNIT 2; patient.address.zip=441011234; patient.language=en"},
    {0, "visit", "control=stay; sender=EHR; event_ms=1772784000000; visit.visit_number=V5; visit.account=ACC9; visit.class=inpatient; visit.status=finished; bill=true; "
        "visit.admit_date=20260301; visit.admit_hour=0930; visit.admit_tz_min=-300; visit.discharge_date=20260305; visit.discharge_hour=1600; "
        "visit.admit_type=1; visit.admit_source=1; visit.discharge_status=20; visit.preadmit_number=PRE1; visit.service=SUR; visit.facility=GENERAL HOSPITAL"},
    {0, "places", "visit.stays.#=2; visit.stays.0.location=WARD 4; visit.stays.0.to_ms=1772463600000; visit.stays.1.location=WARD 5; visit.stays.1.from_ms=0"},
    {0, "people", "providers.#=4; providers.0.role=attending; providers.0.npi=1234567893; providers.0.name.last=Cutter; providers.0.taxonomy=208600000X; "
        "providers.1.role=rendering; providers.1.npi=1093702052; providers.2.role=unknown; providers.3.role=facility; providers.3.organization=true; "
        "providers.3.npi=1245319599; providers.3.address.line1=2 B ST"},
    {0, "diagnoses", "diagnoses.#=5; diagnoses.0.use=reason; diagnoses.0.code.text=chest pain; diagnoses.0.problem_date=20260301; "
        "diagnoses.1.ref=Condition/c1; diagnoses.1.code.code=I2510; diagnoses.1.also.0.system=snomed; diagnoses.1.use=admitting; diagnoses.1.rank=2; "
        "diagnoses.1.verification=provisional; diagnoses.1.clinical=active; diagnoses.1.onset_date=20251224; diagnoses.1.abatement_date=20260305; "
        "diagnoses.1.problem_date=20260301; diagnoses.1.asserter_npi=1234567893; diagnoses.2.use=reason; diagnoses.2.rank=0; diagnoses.2.problem_date=20260301; "
        "diagnoses.3.ref=Claim/cl#diagnosis-2; diagnoses.3.use=billing; diagnoses.3.rank=1; diagnoses.3.poa=y; diagnoses.4.use=admitting; diagnoses.4.rank=3"},
    {0, "procedure", "procedures.#=2; procedures.0.code.system=icd10pcs; procedures.0.also.#=1; procedures.0.procedure_date=20260302; procedures.0.start_ms=1772438400000; "
        "procedures.0.performers.#=1; procedures.0.reasons.#=1; procedures.0.reasons.0=Condition/c1; procedures.0.body_site=LAD; "
        "procedures.0.parts.operation=Dilation; procedures.0.parts.body_part=Coronary Artery, One Artery; procedures.0.parts.approach=Left Femoral Artery; "
        "procedures.0.parts.qualifier=Aortic Arch; procedures.0.parts.device=Stent; procedures.0.parts.sites.#=1; procedures.0.parts.sites.0=Right Coronary; "
        "procedures.0.parts.devices.#=1; procedures.0.parts.devices.0=Second Stent"},
    {0, "vaccine", "procedures.1.code.system=cvx; procedures.1.code.code=140; procedures.1.procedure_date=20260304; procedures.1.performers.0.npi=1234567893"},
    {0, "observations", "observations.#=3; observations.0.value=60.5; observations.0.unit=beats; observations.0.interpretation=N; observations.0.at_ms=1772438400000; "
        "observations.1.value_code.code=8517006; observations.1.at_ms=1772438400000; observations.2.ref=DiagnosticReport/panel; observations.2.at_ms=1772524800000"},
    {0, "order", "orders.#=1; orders.0.code.text=chest film; orders.0.order_date=20260301; orders.0.ordering_npi=1234567893"},
    {0, "medications", "medications.#=2; medications.0.kind=administered; medications.0.code.system=ndc; medications.0.code.code=00409123401; medications.0.dose=2.5; "
        "medications.0.unit=mg; medications.0.route=IV; medications.0.start_ms=1772438400000; medications.0.end_ms=1772442000000; medications.1.kind=dispensed; "
        "medications.1.code.text=aspirin; medications.1.start_ms=0; medications.1.dose="},
    {0, "documents", "documents.#=4; documents.0.text=No pain today.; documents.0.ref=DocumentReference/n.content[0]; documents.0.bytes=14; documents.0.loinc=11506-3; documents.0.document_date=20260302; "
        "documents.0.author_npi=1234567893; documents.1.kind=report; documents.1.text=No effusion.; "
        "documents.2.text=Fine.; documents.2.mime=text/plain; documents.3.kind=summary; documents.3.loinc=; documents.3.mime=text/plain"},
    {0, "coverages", "coverages.#=4; coverages.0.order=1; coverages.0.member_id=MEM1; coverages.0.payer=PAY01; coverages.0.name=PLAN OF OHIO; coverages.0.payer_address.line1=3 C ST; "
        "coverages.0.plan=GOLD; coverages.0.group_number=G7; coverages.0.group_name=ACME; coverages.0.plan_type=PPO; coverages.0.relationship=self; "
        "coverages.0.from_date=20260101; coverages.0.to_date=20261231; coverages.0.subscriber_sex=male; coverages.1.order=2; coverages.1.member_id=MEM2; coverages.1.payer=PAY02; "
        "coverages.1.relationship=child; coverages.1.subscriber_name.last=Grace Planted; coverages.1.subscriber_birth_date=19450102; "
        "coverages.2.name=INSIDE; coverages.2.member_id=MEM3; coverages.2.order=3; coverages.3.name=THIRD PLAN; coverages.3.order=5"},
    {0, "account", "guarantors.#=2; guarantors.0.name.last=Grace Planted; guarantors.0.relationship=other; guarantors.0.address.city=TOWN; guarantors.1.relationship=self"},
    {0, "charge", "charges.#=2; charges.0.id=TX1; charges.0.action=delete; charges.0.cdm=C100; charges.0.cdm_text=OR MINUTE; charges.0.code=; charges.0.charge_cents=1050; "
        "charges.0.units_milli=2000; charges.0.unit=h; charges.0.site=LT; charges.0.service_date=20260302; charges.0.providers.#=1; charges.0.pointers.#=1; charges.0.pointers.0=I25.10"},
    {0, "claim", "charges.1.ref=Claim/cl#1; charges.1.charge_cents=120000; charges.1.modifiers.#=1; charges.1.modifiers.0=LD; charges.1.revenue=0481; charges.1.place_of_service=21; "
        "charges.1.service_date=20260302; charges.1.thru_date=20260302; charges.1.pointers.#=2; charges.1.pointers.0=Condition/c1; charges.1.pointers.1=E11.9"},
    {0, "problems", "problems.#=1; problems.0.code=reference; problems.0.ref=Encounter.diagnosis"},
    {1, "rest", "event=rest; mapped.#=8; ignored.#=2; coverages.#=2; coverages.1.order=2; patient.mrn=M1"},
};
/* clang-format on */

/* stay - each resource that a claim is made of, read whole */
static void stay(void **state)
{
    struct intake_result r;
    struct err e = {0};
    struct buf b;

    (void)state;
    buf_init(&b);
    assert_int_equal(file_read("tests/golden/fhir/stay.json", 1 << 20, &b, &e), 0);
    arena_reset(arena);
    r = take(b.data, b.len);
    for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]); i++)
        expect(&r, whole[i].event, whole[i].what, whole[i].wanted);
    assert_string_equal(field_text(arena, &r.events[0]->base, "documents.3.text"),
                        "Course:\n\n\nStent placed.\n\nA & B\n\n\nPlan:\n\nHome.\n\n");
    buf_release(&b);
}

#define R(type, id, more) "{'resource':{'resourceType':'" type "','id':'" id "'" more "}}"
#define OF ",'encounter':{'reference':'Encounter/e1'},'subject':{'reference':'Patient/p1'}"
#define PATIENT                                                                                    \
    R("Patient", "p1",                                                                             \
      ",'identifier':[{'system':'http://h/mrn','value':'M1'}],"                                    \
      "'name':[{'family':'PLANTED'}],'gender':'female'")
#define VISIT(more)                                                                                \
    R("Encounter", "e1",                                                                           \
      ",'status':'finished','class':{'code':'AMB'},"                                               \
      "'subject':{'reference':'Patient/p1'},'period':{'start':'2026-03-01'}" more)

/* One odd thing; `visit` is part of the Encounter, `entries` follow it. */
struct odd {
    const char *what, *visit, *entries;
    size_t event;
    const char *wanted;
};

/* take_odd - the bundle of a row */
static struct intake_result take_odd(const struct odd *o)
{
    char *text;

    arena_reset(arena);
    text = arena_printf(arena,
                        "{'resourceType':'Bundle','type':'transaction','entry':[" PATIENT
                        "," VISIT("%s") "%s%s]}",
                        o->visit, *o->entries ? "," : "", o->entries);
    assert_non_null(text);
    for (char *c = text; *c; c++)
        *c = *c == '\'' ? '"' : *c;
    return take(text, strlen(text));
}

/* each - of a table */
static void each(const struct odd *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct intake_result r = take_odd(&rows[i]);

        expect(&r, rows[i].event, rows[i].what, rows[i].wanted);
    }
}

#define EACH(rows) each(rows, sizeof(rows) / sizeof((rows)[0]))

/* clang-format off */

/* visits - the Encounter */
static void visits(void **state)
{
    static const struct odd rows[] = {
        {"plain", "", "", 0, "visit.visit_number=e1; visit.account=; visit.class=outpatient; facility=MAIN; providers.#=0; problems.#=0; event_ms=1772323200000"},
        {"a period sent as a list", ",'period':[{'start':'2026-03-01'}]", "", 0, "visit.admit_date=0; problems.#=0"},
        {"no day", ",'period':{'start':'2026-02-30'}", "", 0, "visit.admit_date=0; problems.#=1; problems.0.code=time; problems.0.ref=Encounter/e1"},
        {"a moment that is a number", ",'period':{'start':20260301}", "", 0, "visit.admit_date=0; problems.#=0"},
        {"an R5 period", ",'actualPeriod':{'start':'2026-03-03','end':'2026-03-04'}", "", 0, "visit.admit_date=20260303; visit.discharge_date=20260304"},
        {"an R5 class", ",'class':[{'coding':[{'code':'IMP'}]}]", "", 0, "visit.class=inpatient; problems.#=0"},
        {"a class of nobody", ",'class':{'code':'XYZ'}", "", 0, "visit.class=unknown; problems.0.code=class; problems.0.message=class is a word that no table or site setting knows"},
        {"no class", ",'class':null", "", 0, "visit.class=unknown; visit.class_source=; problems.0.message=class is missing"},
        {"R5 admission", ",'admission':{'dischargeDisposition':{'coding':[{'code':'01'}]}}", "", 0, "visit.discharge_status=01"},
        {"an identifier without type", ",'identifier':{'value':'V7'}", "", 0, "visit.visit_number=V7"},
        {"a list of identifiers without type", ",'identifier':[{'value':'V7'}]", "", 0, "visit.visit_number=V7"},
        {"an account by its own number", ",'account':[{'identifier':{'value':'A7'}}]", "", 0, "visit.account=A7"},
        {"an account without number", ",'account':{'reference':'Account/a'}", R("Account", "a", ""), 0, "visit.account=a"},
        {"still there", ",'status':'in-progress'", R("Condition", "c", OF ",'code':{'text':'x'}"), 0, "bill=false; visit.status=active; diagnoses.0.use=working"},
        {"a status of nobody", ",'status':'unheard'", "", 0, "visit.status=unknown; visit.status_source=unheard; bill=false"},
        {"a house that is only named", ",'serviceProvider':{'display':'CLINIC B'}", "", 0, "facility=CLINIC B; providers.#=0"},
        {"R5 people", ",'participant':[{'type':[{'coding':[{'code':'REF'}]}],'actor':{'reference':'Practitioner/d'}}]",
            R("Practitioner", "d", ",'name':{'text':'Dr Only Text'},'qualification':[{'code':{'coding':[{'code':'MD'}]}}]"), 0,
            "providers.#=1; providers.0.role=referring; providers.0.npi=; providers.0.name.last=Dr Only Text; providers.0.taxonomy=; providers.0.ref=Practitioner/d"},
        {"a place as who did it", ",'participant':[{'individual':{'reference':'Location/l'}}]", R("Location", "l", ",'name':'ROOM 1','address':{'use':'old','city':'TOWN'}"), 0,
            "providers.0.organization=true; providers.0.name.last=ROOM 1; providers.0.address.city=TOWN"},
        {"R5 diagnoses", ",'diagnosis':[{'condition':[{'reference':{'reference':'Condition/c'}}],'use':[{'coding':[{'code':'CC'}]}],'rank':3}]",
            R("Condition", "c", OF ",'code':{'text':'x'}"), 0, "diagnoses.#=1; diagnoses.0.use=reason; diagnoses.0.rank=3; problems.#=0"},
        {"a diagnosis that is no condition", ",'diagnosis':[{'condition':{'reference':'Patient/p1'},'rank':1}]", "", 0, "diagnoses.#=0; problems.0.code=reference; problems.0.ref=Encounter.diagnosis"},
        {"a diagnosis without anything", ",'diagnosis':[{}]", "", 0, "diagnoses.#=0; problems.0.code=reference"},
        {"a condition of no visit, ranked here", ",'diagnosis':[{'condition':{'reference':'Condition/c'},'rank':0}]", R("Condition", "c", ",'code':{'text':'x'},'subject':{'reference':'Patient/p1'}"), 0,
            "diagnoses.#=1; diagnoses.0.ref=Condition/c; diagnoses.0.rank=0; diagnoses.0.use=final"},
        {"somebody contained who is not", ",'participant':[{'individual':{'reference':'#x'}}],'contained':[{'resourceType':'Practitioner','id':'y'}]", "", 0, "providers.#=0"},
        {"the second contained", ",'participant':[{'individual':{'reference':'#x'}}],'contained':[{'resourceType':'Practitioner','id':'y'},{'resourceType':'Practitioner','id':'x','name':[{'family':'TWO'}]}]", "", 0,
            "providers.#=1; providers.0.name.last=TWO"},
    };

    (void)state;
    EACH(rows);
}

#define NPI(n) "'identifier':[{'system':'http://hl7.org/fhir/sid/us-npi','value':'" n "'}]"
#define SEEN_BY(reference) ",'participant':[{'individual':{" reference "}}]"
#define HOUSE R("Organization", "o", ",'name':'HOUSE'," NPI("1245319599"))

/* roles - a PractitionerRole stands for its practitioner, however that one is called; never its house's number for a person's */
static void roles(void **state)
{
    static const struct odd rows[] = {
        {"by a search", SEEN_BY("'reference':'PractitionerRole/r'"),
            R("PractitionerRole", "r", ",'practitioner':{'reference':'Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|1234567893'},'organization':{'reference':'Organization/o'}") "," HOUSE, 0,
            "providers.#=1; providers.0.npi=1234567893; providers.0.organization=false"},
        {"by an identifier", SEEN_BY("'reference':'PractitionerRole/r'"),
            R("PractitionerRole", "r", ",'practitioner':{'identifier':{'system':'http://hl7.org/fhir/sid/us-npi','value':'1234567893'}},'organization':{'reference':'Organization/o'}") "," HOUSE, 0,
            "providers.#=1; providers.0.npi=1234567893; providers.0.name=; providers.0.ref=PractitionerRole/r"},
        {"not at all", SEEN_BY("'reference':'PractitionerRole/r'"),
            R("PractitionerRole", "r", ",'practitioner':{'display':'somebody'},'organization':{'reference':'Organization/o'}") "," HOUSE, 0, "providers.#=0"},
        {"a house only", SEEN_BY("'reference':'PractitionerRole/r'"), R("PractitionerRole", "r", ",'organization':{'reference':'Organization/o'}") "," HOUSE, 0,
            "providers.0.npi=1245319599; providers.0.organization=true; providers.0.name.last=HOUSE"},
        {"nobody", SEEN_BY("'reference':'PractitionerRole/r'"), R("PractitionerRole", "r", ""), 0, "providers.#=0"},
        {"both inside", SEEN_BY("'reference':'#r'") ",'contained':[{'resourceType':'PractitionerRole','id':'r','practitioner':{'reference':'#d'}},{'resourceType':'Practitioner','id':'d'," NPI("1234567893") "}]", "", 0,
            "providers.0.npi=1234567893"},
        {"inside the role", SEEN_BY("'reference':'PractitionerRole/r'"),
            R("PractitionerRole", "r", ",'practitioner':{'reference':'#d'},'contained':[{'resourceType':'Practitioner','id':'d'," NPI("1234567893") "}]"), 0, "providers.0.npi=1234567893"},
        {"a search without a bar", SEEN_BY("'reference':'Practitioner?identifier=http://hl7.org/fhir/sid/us-npi'"), "", 0, "providers.#=0"},
        {"a search for nothing", SEEN_BY("'reference':'Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|'"), "", 0, "providers.#=0"},
        {"another system", SEEN_BY("'identifier':{'system':'http://h/staff','value':'1234567893'}"), "", 0, "providers.#=0"},
    };

    (void)state;
    EACH(rows);
}

/* patients - who it is */
static void patients(void **state)
{
    static const struct odd rows[] = {
        {"only a text", ",'subject':{'reference':'Patient/q'}", R("Patient", "q", ",'name':[{'text':'Ada Planted'},{'use':'old','family':'X'}],'telecom':{'system':'fax','value':'1'}"), 0,
            "patient.mrn=q; patient.ids.#=0; patient.name.last=Ada Planted; patient.name.first=; patient.phone=; patient.sex=unknown; patient.address="},
        {"no name at all", ",'subject':{'reference':'Patient/q'}", R("Patient", "q", ",'name':[],'address':[]"), 0, "patient.name=; patient.address="},
        {"old addresses only", ",'subject':{'reference':'Patient/q'}", R("Patient", "q", ",'address':[{'use':'old','city':'A'},{'use':'old','city':'B'}]"), 0, "patient.address.city=A"},
        {"a birthsex that says nothing", ",'subject':{'reference':'Patient/q'}", R("Patient", "q", ",'gender':'male','extension':{'url':'us-core-birthsex','valueCode':'UNK'}"), 0, "patient.sex=male"},
        {"a birthday that is none", ",'subject':{'reference':'Patient/q'}", R("Patient", "q", ",'birthDate':'1970-13-01'"), 0, "patient.birth_date=0; problems.0.code=time; problems.0.ref=Patient/q"},
    };

    (void)state;
    EACH(rows);
}

#define CHARGE(more) R("ChargeItem", "c", OF more)

/* charges - amounts and codes */
static void charges(void **state)
{
    static const struct odd rows[] = {
        {"a bare amount", "", CHARGE(",'priceOverride':12.5,'code':{'text':'x'}"), 0, "charges.0.id=c; charges.0.charge_cents=1250; charges.0.charge_given=true"},
        {"an amount as text", "", CHARGE(",'priceOverride':{'value':'12.50'}"), 0, "charges.0.charge_cents=1250; charges.0.code="},
        {"an amount that is a truth", "", CHARGE(",'priceOverride':{'value':true}"), 0, "charges.0.charge_given=false; problems.#=0"},
        {"an amount of words", "", CHARGE(",'priceOverride':{'value':'free'}"), 0, "charges.0.charge_given=false; problems.0.code=amount; problems.0.ref=ChargeItem/c; problems.0.message=priceOverride is no number"},
        {"too much", "", CHARGE(",'priceOverride':{'value':'99999999999999999999'}"), 0, "charges.0.charge_given=false; problems.0.message=priceOverride is too large"},
        {"too fine a quantity", "", CHARGE(",'quantity':{'value':1.23456,'code':'mL'}"), 0, "charges.0.units_given=false; charges.0.unit=mL; problems.0.code=units; problems.0.message=quantity has more decimals than are kept"},
        {"a bare quantity", "", CHARGE(",'quantity':3"), 0, "charges.0.units_milli=3000"},
        {"price times units", "", CHARGE(",'quantity':{'value':1.5},'unitPriceComponent':{'amount':{'value':2.5}}"), 0, "charges.0.charge_cents=375"},
        {"price times units between two cents", "", CHARGE(",'quantity':{'value':1.5},'unitPriceComponent':{'amount':{'value':0.01}}"), 0,
            "charges.0.charge_given=false; problems.0.code=amount; problems.0.message=price times units is no whole cent"},
        {"a bad price beside units", "", CHARGE(",'priceOverride':{'value':1.005},'quantity':{'value':2},'unitPriceComponent':{'amount':{'value':2.5}}"), 0, "charges.0.charge_given=false; problems.#=1"},
        {"a price without units", "", CHARGE(",'unitPriceComponent':{'amount':{'value':2.5}}"), 0, "charges.0.charge_given=false; charges.0.unit_cents=250"},
        {"the site's own code beside a known one", "", CHARGE(",'code':{'coding':[{'system':'99HOUSE','code':'R1','display':'ROOM'},{'system':'http://www.ama-assn.org/go/cpt','code':'99213'}]}"), 0,
            "charges.0.code.system=cpt; charges.0.also.#=1; charges.0.cdm=R1; charges.0.cdm_text=ROOM"},
        {"the site's own system", "", CHARGE(",'code':{'coding':[{'system':'99HOUSE','code':'R1'}]}"), 0, "charges.0.code=; charges.0.cdm=R1"},
        {"a coding without code", "", CHARGE(",'code':{'coding':[{'display':'ROOM'}],'text':'room'}"), 0, "charges.0.code.text=room; charges.0.cdm="},
        {"in error", "", CHARGE(",'status':'entered-in-error'"), 0, "charges.0.action=delete"},
        {"aborted", "", CHARGE(",'status':'aborted'"), 0, "charges.0.action=delete"},
        {"billable", "", CHARGE(",'status':'billable'"), 0, "charges.0.action=unspecified"},
        {"hours", "", CHARGE(",'occurrencePeriod':{'start':'2026-03-02','end':'2026-03-03T01:00:00Z'}"), 0, "charges.0.service_date=20260302; charges.0.thru_date=20260303; charges.0.start_ms=0; charges.0.end_ms=1772499600000"},
    };

    (void)state;
    EACH(rows);
}

#define CLAIM(more, item) R("Claim", "k", ",'use':'claim','item':[{'sequence':1,'encounter':[{'reference':'Encounter/e1'}]" item "}]" more)
#define C1 R("Condition", "c1", OF ",'code':{'coding':[{'system':'http://hl7.org/fhir/sid/icd-10-cm','code':'I10'}]}")
#define RANKED(sequence, id, more) "{'sequence':" sequence ",'diagnosisReference':{'reference':'" id "'}" more "}"

/* claims - charges, ranks and insurance of a Claim */
static void claims(void **state)
{
    static const struct odd rows[] = {
        {"before its condition", "", CLAIM(",'diagnosis':[" RANKED("2", "Condition/c1", "") "]", "") "," C1, 0, "diagnoses.#=1; diagnoses.0.rank=2; diagnoses.0.use=billing"},
        {"after its condition", "", C1 "," CLAIM(",'diagnosis':[" RANKED("2", "Condition/c1", "") "]", ""), 0, "diagnoses.#=1; diagnoses.0.rank=2; diagnoses.0.use=billing"},
        {"twice, the first counts", "", C1 "," CLAIM(",'diagnosis':[" RANKED("2", "Condition/c1", "") "," RANKED("1", "Condition/c1", "") "]", ""), 0, "diagnoses.#=1; diagnoses.0.rank=2"},
        {"a problem of the list that is billed", "", R("Condition", "c1", OF ",'category':{'coding':[{'code':'problem-list-item'}]},'code':{'text':'x'}") ","
            CLAIM(",'diagnosis':[" RANKED("1", "Condition/c1", "") "]", ""), 0, "diagnoses.0.use=billing; diagnoses.0.rank=1"},
        {"a condition of no visit", "", CLAIM(",'diagnosis':[" RANKED("1", "Condition/c9", "") "]", "") "," R("Condition", "c9", ",'code':{'text':'x'}"), 0, "diagnoses.#=1; diagnoses.0.ref=Condition/c9; diagnoses.0.rank=1"},
        {"no place in the order", "", C1 "," CLAIM(",'diagnosis':[" RANKED("0", "Condition/c1", "") "]", ""), 0, "diagnoses.0.rank=0; diagnoses.0.use=billing"},
        {"a place beyond all", "", C1 "," CLAIM(",'diagnosis':[" RANKED("1000", "Condition/c1", "") "]", ""), 0, "diagnoses.0.rank=0"},
        {"principal, whatever its place", "", C1 "," CLAIM(",'diagnosis':[" RANKED("4", "Condition/c1", ",'type':[{'coding':[{'code':'clinical'}]},{'coding':[{'code':'principal'}]}]") "]", ""), 0, "diagnoses.0.rank=1"},
        {"nothing that can be ranked", "", CLAIM(",'diagnosis':[" RANKED("1", "Condition/none", "") "]", ""), 0, "diagnoses.#=0"},
        {"a code beside a reference to something else", "", R("Observation", "o", OF) ","
            CLAIM(",'diagnosis':[" RANKED("1", "Observation/o", ",'diagnosisCodeableConcept':{'text':'words'}") "]", ""), 0, "diagnoses.#=1; diagnoses.0.code.text=words"},
        {"a pointer to nothing", "", C1 "," CLAIM(",'diagnosis':[" RANKED("1", "Condition/c1", "") "]", ",'diagnosisSequence':[1,7]"), 0, "charges.0.pointers.#=1; charges.0.pointers.0=Condition/c1"},
        {"R5 and older names", "", CLAIM("", ",'service':{'coding':[{'system':'http://www.ama-assn.org/go/cpt','code':'99213'}]},'servicedDate':'2026-03-02','bodySite':{'coding':[{'code':'RT'}]}"), 0,
            "charges.0.code.code=99213; charges.0.service_date=20260302; charges.0.site=RT"},
        {"the whole claim's period", "", CLAIM(",'billablePeriod':{'start':'2026-03-01'}", ""), 0, "charges.0.service_date=20260301"},
        {"modifiers in one system each", "", CLAIM("", ",'modifier':[{'coding':[{'code':'25'}]},{'coding':[{'code':'SEPARATE'},{'code':'DISTINCT'}]},{'text':'none'}]"), 0,
            "charges.0.modifiers.#=2; charges.0.modifiers.0=25; charges.0.modifiers.1=SEPARATE"},
        {"only asked beforehand", "", R("Claim", "k", ",'use':'preauthorization','item':[{'sequence':1,'encounter':[{'reference':'Encounter/e1'}]}]"), 0, "charges.#=0; mapped.#=2"},
        {"no use said", "", R("Claim", "k", ",'item':[{'sequence':1,'encounter':[{'reference':'Encounter/e1'}]}]"), 0, "charges.#=1"},
        {"insured by nobody who is named", "", CLAIM(",'insurance':[{'sequence':1,'coverage':{'reference':'Coverage/none'}}]", ""), 0, "coverages.#=0"},
        {"insured beyond all", "", CLAIM(",'insurance':[{'sequence':100,'coverage':{'display':'A'}},{'sequence':0,'coverage':{'display':'B'}}]", ""), 0,
            "coverages.#=2; coverages.0.order=1; coverages.1.order=2; problems.#=0"},
        {"a coverage with a place beyond all", "", R("Coverage", "v", ",'beneficiary':{'reference':'Patient/p1'}") "," CLAIM(",'insurance':[{'sequence':100,'coverage':{'reference':'Coverage/v'}}]", ""), 0, "coverages.0.order=1"},
        {"a coverage without place", "", R("Coverage", "v", ",'beneficiary':{'reference':'Patient/p1'}") "," CLAIM(",'insurance':[{'coverage':{'reference':'Coverage/v'}}]", ""), 0, "coverages.0.order=1"},
    };

    (void)state;
    EACH(rows);
}

#define COVERAGE(id, more) R("Coverage", id, more)
#define STRANGER                                                                                   \
    "patient.mrn=M1; coverages.#=0; ignored.#=1; ignored.0.name=Coverage; "                        \
    "ignored.0.why=not-billing; problems.#=1; problems.0.code=no-patient; problems.0.ref=Coverage/v"

/* coverages - who pays; never another patient's insurance */
static void coverages(void **state)
{
    static const struct odd rows[] = {
        {"of nobody, in a message of one patient", "", COVERAGE("v", ",'order':100,'insurer':{'display':'A'}"), 0, "coverages.#=1; coverages.0.name=A; coverages.0.order=1"},
        {"of somebody who is not here", "", COVERAGE("v", ",'beneficiary':{'reference':'Patient/q'}"), 0, "coverages.#=0"},
        {"of somebody who is not here, in the rest", "", COVERAGE("v", ",'beneficiary':{'reference':'Patient/q'}"), 1, STRANGER},
        {"of another server's somebody", "", COVERAGE("v", ",'beneficiary':{'reference':'http://server/fhir/Patient/q','display':'PLANTED'}"), 1, STRANGER},
        {"of somebody in a list", "", COVERAGE("v", ",'beneficiary':[{'reference':'Patient/q'}]"), 1, STRANGER},
        {"of the patient in a list", "", COVERAGE("v", ",'beneficiary':[{'reference':'Patient/p1'}]"), 0, "coverages.#=1; problems.#=0"},
        {"of the same on another server", "", COVERAGE("v", ",'beneficiary':{'reference':'http://server/fhir/Patient/p1'}"), 1, "coverages.#=1; problems.#=0"},
        {"of another number", "", COVERAGE("v", ",'beneficiary':{'identifier':{'system':'http://h/mrn','value':'M2'}}"), 1, STRANGER},
        {"of another system's number", "", COVERAGE("v", ",'beneficiary':{'identifier':[{'system':'http://other','value':'M1'}]}"), 1, STRANGER},
        {"of the same number", "", COVERAGE("v", ",'beneficiary':{'identifier':[{'system':'http://h/mrn','value':'M1'}]}"), 0, "coverages.#=1; problems.#=0"},
        {"of a number without system", "", COVERAGE("v", ",'beneficiary':{'identifier':{'value':'X9'}}"), 1, "coverages.#=1; problems.#=0"},
        {"of a system without number", "", COVERAGE("v", ",'beneficiary':{'identifier':{'system':'http://h/mrn'}}"), 1, "coverages.#=1; problems.#=0"},
        {"of words", "", COVERAGE("v", ",'beneficiary':{'display':'PLANTED'}"), 1, "coverages.#=1; problems.#=0"},
        {"of words, and so not of the visit's own", "", COVERAGE("v", ",'beneficiary':{'display':'PLANTED'}"), 0, "coverages.#=0"},
        {"of somebody inside it", "", COVERAGE("v", ",'beneficiary':{'reference':'#q'},'contained':[{'resourceType':'Patient','id':'q','identifier':[{'system':'http://h/mrn','value':'M2'}]}]"), 1, STRANGER},
        {"of the same inside it", "", COVERAGE("v", ",'beneficiary':{'reference':'#q'},'contained':[{'resourceType':'Patient','id':'q','identifier':[{'value':'X'},{'system':'http://h/mrn','value':'M1'}]}]"), 1, "coverages.#=1; problems.#=0"},
        {"of nobody, in a message of two", "", COVERAGE("v", "") "," R("Patient", "q", ""), 0, "coverages.#=0"},
        {"of the other of two", "", R("Patient", "q", "") "," COVERAGE("v", ",'beneficiary':{'reference':'Patient/q'}"), 0, "coverages.#=0"},
        {"of the one of two", "", R("Patient", "q", "") "," COVERAGE("v", ",'beneficiary':{'reference':'Patient/p1'}"), 0, "coverages.#=1"},
        {"the same visit twice", "", VISIT("") "," COVERAGE("v", ",'beneficiary':{'reference':'Patient/p1'}"), 0, "coverages.#=1"},
        {"the same visit twice, as it is told", "", VISIT(""), 1, "problems.0.code=duplicate; problems.0.ref=Encounter/e1; ignored.0.name=Encounter; ignored.0.why=duplicate"},
        {"a relation of nobody, another subscriber", "", COVERAGE("v", ",'beneficiary':{'reference':'Patient/p1'},'subscriber':{'reference':'RelatedPerson/g'}"), 0, "coverages.0.relationship=unknown"},
        {"no subscriber", "", COVERAGE("v", ",'beneficiary':{'reference':'Patient/p1'}"), 0, "coverages.0.relationship=unknown; coverages.0.subscriber_name="},
    };

    (void)state;
    EACH(rows);
}

/* records - what else is in the record */
static void records(void **state)
{
    static const struct odd rows[] = {
        {"a drug that is nowhere", "", R("MedicationRequest", "m", OF ",'medicationReference':{'reference':'Medication/none'},'authoredOn':'2026-03-02T08:00:00Z'"), 0,
            "medications.0.kind=ordered; medications.0.code=; medications.0.start_ms=1772438400000"},
        {"a moment, not a period", "", R("MedicationStatement", "m", OF ",'effectiveDateTime':'2026-03-02T08:00:00Z','authoredOn':'2020-01-01T00:00:00Z'"), 0,
            "medications.0.kind=statement; medications.0.start_ms=1772438400000"},
        {"a whole number", "", R("Observation", "o", OF ",'valueInteger':7"), 0, "observations.0.value=7; observations.0.at_ms=0"},
        {"words", "", R("Observation", "o", OF ",'valueString':'clear','valueQuantity':{'code':'1'}"), 0, "observations.0.value=clear; observations.0.unit=1"},
        {"letters of URLs, and breaks", "", R("DocumentReference", "d", OF ",'context':{'encounter':{'reference':'Encounter/e1'}},'content':[{'attachment':{'data':'8J-Y\\r\\n gPCf_-_=='}}]"), 0,
            "documents.0.bytes=8; problems.#=0"},
        {"an attachment of nothing", "", R("DocumentReference", "d", ",'context':[{'reference':'Encounter/e1'}],'type':{'coding':[{'code':'x'}]},'content':{'attachment':{}}"), 0,
            "documents.#=1; documents.0.bytes=0; documents.0.loinc=; problems.#=0"},
        {"data that is cut", "", R("DocumentReference", "d", ",'context':{'reference':'Encounter/e1'},'context':{'encounter':[{'reference':'Encounter/e1'}]},'content':[{'attachment':{'data':'QUJDR'}}]"), 0,
            "documents.0.text=; documents.0.bytes=5; documents.0.sha256=; problems.#=1; problems.0.code=charset; problems.0.ref=DocumentReference/d"},
        {"data that goes on behind its end", "", R("DiagnosticReport", "r", OF ",'presentedForm':[{'data':'QUI=QUJD'}]"), 0, "documents.0.text=; documents.0.bytes=8; problems.0.code=charset"},
        {"a text that is kept elsewhere", "", R("DiagnosticReport", "r", OF ",'presentedForm':[{'url':'Binary/1','size':0}]"), 0, "documents.0.text=; documents.0.bytes=8; problems.0.code=reference"},
        {"a text that is kept elsewhere, and its size", "", R("DiagnosticReport", "r", OF ",'presentedForm':[{'url':'Binary/1','size':4096}]"), 0, "documents.0.text=; documents.0.bytes=4096; documents.0.sha256=; problems.0.code=reference"},
        {"a composition of nothing", "", R("Composition", "d", OF ",'date':'nonsense'"), 0, "documents.0.kind=summary; documents.0.bytes=0; documents.0.document_date=0; problems.0.code=time"},
        {"a narrative that is no text", "", R("Composition", "d", OF ",'section':[{'title':'T','text':{'div':'\\u0001\\u0002\\u0003'}}]"), 0, "documents.0.bytes=4; problems.#=1; problems.0.code=charset"},
        {"conclusion and no form", "", R("DiagnosticReport", "r", OF ",'conclusion':'Fine.'"), 0, "documents.#=1; observations.#=0"},
        {"two forms, the text is read", "", R("DocumentReference", "d", OF ",'context':{'encounter':{'reference':'Encounter/e1'}},'content':[{'attachment':{'contentType':'application/pdf','data':'JVBERi0='}},{'attachment':{'contentType':'text/html','data':'QUI='}},{'attachment':{'contentType':'text/plain; charset=utf-8','data':'QUJD'}}]"), 0,
         "documents.#=1; documents.0.text=ABC; documents.0.ref=DocumentReference/d.content[2]; ignored.0.name=DocumentReference.content"},
        {"two forms, one is here", "", R("DiagnosticReport", "r", OF ",'presentedForm':[{'contentType':'text/plain','url':'Binary/1'},{'contentType':'application/pdf','data':'QUJD'}]"), 0,
         "documents.#=1; documents.0.text=ABC; documents.0.ref=DiagnosticReport/r.presentedForm[1]; problems.#=0"},
        {"a conclusion and a form", "", R("DiagnosticReport", "r", OF ",'conclusion':'well','presentedForm':[{'data':'QUJD'}]"), 0,
         "documents.#=2; documents.0.text=well; documents.0.ref=DiagnosticReport/r; documents.1.text=ABC; documents.1.ref=DiagnosticReport/r.presentedForm[0]"},
        {"a text in a Binary of the message", "", R("DiagnosticReport", "r", OF ",'presentedForm':[{'url':'http://ehr/fhir/Binary/b/_history/2'}]") "," R("Binary", "b", ",'contentType':'text/plain','data':'QUJD'"), 0,
         "documents.#=1; documents.0.mime=text/plain; documents.0.text=ABC; problems.#=0; ignored.#=0"},
        {"of two forms the Binary is the text", "", R("DocumentReference", "d", OF ",'context':{'encounter':{'reference':'Encounter/e1'}},'content':[{'attachment':{'contentType':'application/pdf','data':'JVBERi0='}},{'attachment':{'contentType':'text/plain','url':'Binary/b'}}]") "," R("Binary", "b", ",'contentType':'text/html','data':'QUJD'"), 0,
         "documents.#=1; documents.0.mime=text/plain; documents.0.text=ABC; problems.#=0"},
        {"a url of something else", "", R("DiagnosticReport", "r", OF ",'presentedForm':[{'url':'Patient/p1'}]"), 0, "documents.0.text=; documents.0.bytes=10; problems.0.code=reference"},
        {"form and no conclusion", "", R("DiagnosticReport", "r", OF ",'presentedForm':[{'data':'QUJD'}]"), 0, "documents.#=1; documents.0.text=ABC; observations.#=0"},
        {"a procedure without method", "", R("Procedure", "p", OF ",'extension':[{'url':'http://hl7.org/fhir/StructureDefinition/procedure-incisionDateTime'}]"), 0, "procedures.0.parts=; procedures.0.body_site_text="},
        {"a refuted condition, by its word", "", R("Condition", "c", OF ",'code':{'text':'x'},'verificationStatus':{'text':'refuted'},'clinicalStatus':{'coding':[{'code':'gone'}]}"), 0,
            "diagnoses.0.verification=refuted; diagnoses.0.clinical=unknown"},
        {"a benefit explained", "", R("ExplanationOfBenefit", "x", ",'item':[{'sequence':1,'encounter':[{'reference':'Encounter/e1'}]}]"), 0, "charges.#=0; ignored.0.name=ExplanationOfBenefit; ignored.0.why=history"},
        {"of no type", "", "{'resource':{'id':'x'}},{'request':{'method':'DELETE','url':'Patient/1'}},null", 1, "ignored.0.name=?; ignored.0.why=unsupported"},
    };

    (void)state;
    EACH(rows);
}

/* links - which visit a resource belongs to */
static void links(void **state)
{
    static const struct odd rows[] = {
        {"an encounter that is a patient", "", R("Condition", "c", ",'code':{'text':'x'},'encounter':{'reference':'Patient/p1'}"), 1, "diagnoses.#=1"},
        {"an item of a patient", "", R("Claim", "k", ",'item':[{'sequence':1,'encounter':{'reference':'Patient/p1'}}]"), 1, "charges.#=1"},
        {"by what it prescribes", "", R("MedicationRequest", "m", OF) "," R("Claim", "k", ",'prescription':{'reference':'MedicationRequest/m'},'item':[{'sequence':1}]"), 0, "charges.#=1"},
        {"by its item, not by what it prescribes", "", R("MedicationRequest", "m", "") "," R("Claim", "k", ",'prescription':{'reference':'MedicationRequest/m'},'item':[{'sequence':1,'encounter':[{'reference':'Encounter/e1'}]}]"), 0,
            "charges.#=1; medications.#=0"},
        {"by what it diagnoses", "", C1 "," R("Claim", "k", ",'diagnosis':[{'sequence':1,'diagnosisReference':{'reference':'Condition/none'}}," RANKED("2", "Condition/c1", "") "],'item':[{'sequence':1}]"), 0, "charges.#=1; diagnoses.0.rank=2"},
        {"an account of nobody", "", R("ChargeItem", "c", ",'account':[{'reference':'Account/none'},{'reference':'Account/a'}]") "," R("Account", "a", ""), 1, "charges.#=1"},
        {"an account of another kind", ",'account':[{'reference':'Account/b'}]", R("Observation", "o", ",'account':[{'reference':'Account/a'}]") "," R("Account", "a", "") "," R("Account", "b", "") ","
            R("ChargeItem", "c", ",'account':[{'reference':'Account/b'}]"), 0, "charges.#=1"},
        {"a patient contained", ",'subject':{'reference':'#q'},'contained':[{'resourceType':'Patient','id':'q','identifier':[{'value':'M9'}]}]", "", 0, "patient.mrn=M9; patient.ref=Patient/q"},
        {"two patients beside no visit", "", R("Patient", "q", "") "," R("Condition", "c", ",'code':{'text':'x'},'subject':{'reference':'Patient/q'}"), 1, "patient_key=; problems.0.code=no-patient"},
        {"somebody twice", "", PATIENT, 1, "patient.mrn=M1; ignored.0.name=Patient; ignored.0.why=duplicate; problems.0.code=duplicate; problems.0.ref=Patient/p1"},
    };

    (void)state;
    EACH(rows);
}

/* clang-format on */

/* narratives - a section's words are XHTML, wherever its first closing tag stands */
static void narratives(void **state)
{
    char entry[6000];
    struct odd row = {"a long narrative", "", entry, 0, "problems.#=0"};
    struct intake_result r;
    const char *text;

    (void)state;
    snprintf(entry, sizeof(entry),
             R("Composition", "d",
               OF ",'section':[{'title':'T','text':{'div':'<div><i>Mild%*s&amp; old"
                  "</i></div>'}}]"),
             5000, "");
    each(&row, 1);
    r = take_odd(&row);
    text = field_text(arena, &r.events[0]->base, "documents.0.text");
    assert_memory_equal(text, "T:\n\nMild ", 9);
    assert_string_equal(text + strlen(text) - 8, " & old\n\n");
}

/* explained - a site that bills from ExplanationOfBenefit says so */
static void explained(void **state)
{
    static const struct odd row = {
        "eob", "",
        R("ExplanationOfBenefit", "x",
          ",'item':[{'sequence':1,'encounter':[{'reference':'Encounter/e1'}]}]") "," R("Basic", "b",
                                                                                       ""),
        0, "charges.#=1; charges.0.ref=ExplanationOfBenefit/x#1"};

    (void)state;
    conf.eob_charges = true;
    each(&row, 1);
    conf.eob_charges = false;
}

/* no_rest - a bundle in which all is of one visit gives one event, its claim included */
static void no_rest(void **state)
{
    char text[] =
        "{'resourceType':'Bundle','type':'batch','entry':[{'resource':{'resourceType':'Encounter',"
        "'id':'e1','status':'finished','class':{'code':'AMB'},'subject':{'reference':'#q'},"
        "'contained':[{'resourceType':'Patient','id':'q','identifier':{'value':'M9'}}]}}," R(
            "Claim", "k",
            ",'item':[{'sequence':1,'encounter':[{'reference':'Encounter/e1'}]}],"
            "'insurance':[{'sequence':2,'coverage':{'display':'A'}}]") "]}";
    struct intake_result r;

    (void)state;
    for (char *c = text; *c; c++)
        *c = *c == '\'' ? '"' : *c;
    arena_reset(arena);
    r = take(text, strlen(text));
    assert_int_equal(r.n, 1);
    expect(&r, 0, "no rest", "patient.mrn=M9; charges.#=1; coverages.#=1; coverages.0.order=2");
}

/* long_names - a reference longer than any name calls nobody, whatever it looks like */
static void long_names(void **state)
{
    char visit[700];
    struct odd row = {"long", visit, "", 0, "providers.#=0"};

    (void)state;
    snprintf(visit, sizeof(visit),
             SEEN_BY("'reference':'Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|%0500d'"),
             1);
    each(&row, 1);
    snprintf(visit, sizeof(visit), ",'subject':{'reference':'%0520d/Patient/p1'}", 1);
    assert_true(take_odd(&row).refused);
}

/* too_long - a message over the limit is not looked at */
static void too_long(void **state)
{
    static const char text[] = "{\"resourceType\":\"Patient\",\"id\":\"p\"}";
    struct intake_result r;

    (void)state;
    arena_reset(arena);
    conf.max_bytes = sizeof(text) - 1;
    assert_false(take(text, sizeof(text) - 1).refused);
    conf.max_bytes--;
    arena_reset(arena);
    r = take(text, sizeof(text) - 1);
    conf.max_bytes = 1 << 20;
    assert_true(r.refused);
    expect(&r, 0, "over the limit", "ack=413; problems.0.code=size; mapped.#=0");
}

/* escapes - percent signs in a search that are none */
static void escapes(void **state)
{
    static const struct {
        const char *reference;
        bool found;
    } rows[] = {
        {"Patient?identifier=http://h/mrn%7cM1", true},
        {"Patient?identifier=http://h/mrn%7CM1", true},
        {"Patient?identifier=M%g1", false},
        {"Patient?identifier=M%1g", false},
        {"Patient?identifier=M1%", false},
        {"Patient?identifier=M1%4", false},
        {"Patient?identifier=%4D1", true},
        {"/Patient/p1", true},
        {"Patient", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char visit[100];
        struct odd row = {rows[i].reference, visit, "", 0, ""};

        snprintf(visit, sizeof(visit), ",'subject':{'reference':'%s'}", rows[i].reference);
        if (take_odd(&row).refused == rows[i].found)
            fail_msg("%s", rows[i].reference);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stay),      cmocka_unit_test(visits),     cmocka_unit_test(roles),
        cmocka_unit_test(patients),  cmocka_unit_test(charges),    cmocka_unit_test(claims),
        cmocka_unit_test(coverages), cmocka_unit_test(records),    cmocka_unit_test(links),
        cmocka_unit_test(explained), cmocka_unit_test(long_names), cmocka_unit_test(escapes),
        cmocka_unit_test(too_long),  cmocka_unit_test(no_rest),    cmocka_unit_test(narratives),
    };

    return cmocka_run_group_tests_name("fhir_map", tests, setup, teardown);
}
