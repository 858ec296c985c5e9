/* claims.c - plainly invented claims: those of billing §2.6 and §3.4, and their pieces */
#include "tests/support/claims.h"

#include <stdio.h>

#include "tests/support/test.h"

const struct claim_route claims_route = {.sender_qualifier = "ZZ",
                                         .sender_id = "SUBM10001",
                                         .receiver_qualifier = "ZZ",
                                         .receiver_id = "CLRHOUSE01",
                                         .submitter_name = "Riverbend Medical Group",
                                         .submitter_contact = "Billing Desk",
                                         .submitter_phone = "5555550100x204",
                                         .receiver_name = "EXAMPLE CLEARINGHOUSE",
                                         .test = true};

const struct claim_route claims_hospital_route = {.sender_qualifier = "ZZ",
                                                  .sender_id = "SUBM10001",
                                                  .receiver_qualifier = "ZZ",
                                                  .receiver_id = "CLRHOUSE01",
                                                  .submitter_name = "RIVERBEND HOSPITAL",
                                                  .submitter_contact = "BILLING DESK",
                                                  .submitter_phone = "(555) 555-0100",
                                                  .receiver_name = "EXAMPLE CLEARINGHOUSE",
                                                  .test = true};

/* claims_text - a copy that the message may own */
char *claims_text(struct arena *a, const char *s)
{
    char *t = arena_strdup(a, s);

    assert_non_null(t);
    return t;
}

/* make - a message, or the test fails */
static void *make(struct arena *a, const ProtobufCMessageDescriptor *d)
{
    void *m = event_new(a, d);

    assert_non_null(m);
    return m;
}

/* claims_name - a person */
CcName *claims_name(struct arena *a, const char *last, const char *first)
{
    CcName *n = make(a, &cc_name__descriptor);

    n->last = claims_text(a, last);
    n->first = claims_text(a, first);
    return n;
}

/* claims_address - at home */
CcAddress *claims_address(struct arena *a, const char *street, const char *city, const char *state,
                          const char *zip)
{
    CcAddress *x = make(a, &cc_address__descriptor);

    x->line1 = claims_text(a, street);
    x->city = claims_text(a, city);
    x->state = claims_text(a, state);
    x->zip = claims_text(a, zip);
    return x;
}

/* claims_provider - appended; without a first name an organisation */
CcProvider *claims_provider(struct arena *a, CcClaim *c, CcProviderRole role, const char *last,
                            const char *first, const char *npi)
{
    CcProvider *p = make(a, &cc_provider__descriptor);

    p->role = role;
    p->name = claims_name(a, last, first);
    p->organization = first[0] == '\0';
    p->npi = claims_text(a, npi);
    assert_true(event_push(a, c, providers, p));
    return p;
}

/* assigned - a code as an accepted assignment */
static CcCodeAssignment *assigned(struct arena *a, CcCodeSystem system, const char *code)
{
    CcCodeAssignment *x = make(a, &cc_code_assignment__descriptor);

    x->code = make(a, &cc_code__descriptor);
    x->code->system = system;
    x->code->code = claims_text(a, code);
    x->status = CODE_STATUS_ACCEPTED;
    x->origin = ORIGIN_STRUCTURED;
    return x;
}

/* claims_dx - appended with the next rank */
CcClaimDiagnosis *claims_dx(struct arena *a, CcClaim *c, const char *code, CcDiagnosisRole role,
                            CcPoa poa)
{
    CcClaimDiagnosis *d = make(a, &cc_claim_diagnosis__descriptor);

    d->assignment = assigned(a, CODE_SYSTEM_ICD10CM, code);
    d->role = role;
    d->poa = poa;
    d->rank = (uint32_t)c->n_diagnoses + 1;
    assert_true(event_push(a, c, diagnoses, d));
    return d;
}

/* claims_line - a professional line of one unit that points at the first diagnosis */
CcServiceLine *claims_line(struct arena *a, CcClaim *c, const char *code, int64_t cents,
                           int32_t day)
{
    CcServiceLine *l = make(a, &cc_service_line__descriptor);
    char control[64];

    l->number = (uint32_t)c->n_lines + 1;
    snprintf(control, sizeof(control), "%sL%u", c->claim_id, (unsigned)l->number);
    l->control = claims_text(a, control);
    l->procedure = assigned(a, CODE_SYSTEM_CPT, code);
    l->charge_cents = cents;
    l->unit_code = claims_text(a, "UN");
    l->units_milli = 1000;
    l->from_date = l->thru_date = day;
    assert_true(event_push_u32(a, &l->pointers, &l->n_pointers, 1));
    assert_true(event_push(a, c, lines, l));
    return l;
}

/* claims_revenue - an institutional line without code and day */
CcServiceLine *claims_revenue(struct arena *a, CcClaim *c, const char *revenue, int64_t cents,
                              const char *unit, int64_t units)
{
    CcServiceLine *l = make(a, &cc_service_line__descriptor);

    l->number = (uint32_t)c->n_lines + 1;
    l->revenue = claims_text(a, revenue);
    l->charge_cents = cents;
    l->unit_code = claims_text(a, unit);
    l->units_milli = units * 1000;
    assert_true(event_push(a, c, lines, l));
    return l;
}

/* claims_coverage - appended; the first is the destination */
CcClaimCoverage *claims_coverage(struct arena *a, CcClaim *c, const char *sequence,
                                 const char *payer, const char *name, const char *member)
{
    CcClaimCoverage *x = make(a, &cc_claim_coverage__descriptor);

    x->sequence = claims_text(a, sequence);
    x->payer_id = claims_text(a, payer);
    x->payer_name = claims_text(a, name);
    x->member_id = claims_text(a, member);
    x->filing_indicator = claims_text(a, "CI");
    x->relationship = RELATIONSHIP_SELF;
    x->destination = c->n_coverages == 0;
    assert_true(event_push(a, c, coverages, x));
    return x;
}

/* claims_adjustment - CAS */
CcAdjustment *claims_adjustment(struct arena *a, const char *group, const char *reason,
                                int64_t cents)
{
    CcAdjustment *x = make(a, &cc_adjustment__descriptor);

    x->group = claims_text(a, group);
    x->reason = claims_text(a, reason);
    x->amount_cents = cents;
    return x;
}

/* new_claim - with the codes of CLM */
static CcClaim *new_claim(struct arena *a, CcClaimKind kind, const char *id)
{
    CcClaim *c = make(a, &cc_claim__descriptor);

    c->claim_id = claims_text(a, id);
    c->version = 1;
    c->kind = kind;
    c->frequency = claims_text(a, "1");
    c->signature_on_file = claims_text(a, "Y");
    c->assignment = claims_text(a, "A");
    c->benefits_assigned = claims_text(a, "Y");
    c->release = claims_text(a, "Y");
    c->receiver = claims_text(a, "CLRHOUSE01");
    c->patient = make(a, &cc_patient__descriptor);
    return c;
}

/* riverbend - the group that bills */
static void riverbend(struct arena *a, CcClaim *c)
{
    CcProvider *p =
        claims_provider(a, c, PROVIDER_ROLE_BILLING, "RIVERBEND MEDICAL GROUP", "", "1234567893");

    p->taxonomy = claims_text(a, "207Q00000X");
    p->tax_id = claims_text(a, "987654321");
    p->tax_id_type = claims_text(a, "EI");
    p->address = claims_address(a, "100 RIVER RD", "SPRINGTOWN", "OH", "441011234");
    p->address->line2 = claims_text(a, "STE 4");
}

/* modify - a modifier */
static void modify(struct arena *a, CcServiceLine *l, const char *modifier)
{
    assert_true(event_push(a, l, modifiers, claims_text(a, modifier)));
}

/* claims_office - 165 + 50 = 215 */
CcClaim *claims_office(struct arena *a)
{
    CcClaim *c = new_claim(a, CLAIM_KIND_PROFESSIONAL, "A1000001");
    CcClaimCoverage *x = claims_coverage(a, c, "P", "SHP01", "SAMPLE HEALTH PLAN", "SYN0001234");
    CcServiceLine *l;

    riverbend(a, c);
    claims_provider(a, c, PROVIDER_ROLE_RENDERING, "HEALER", "JAN", "1455555015")->taxonomy =
        claims_text(a, "207Q00000X");
    x->group_number = claims_text(a, "GRP4410");
    x->subscriber = claims_name(a, "TESTER", "ADA");
    x->subscriber->middle = claims_text(a, "Q");
    c->patient->name = x->subscriber;
    c->patient->birth_date = 19700214;
    c->patient->sex = SEX_FEMALE;
    c->patient->address = claims_address(a, "12 ELM ST", "SPRINGTOWN", "OH", "44101");
    c->place_of_service = claims_text(a, "11");
    c->clia = claims_text(a, "36D9999999");
    c->mrn = claims_text(a, "MRN778");
    c->charge_cents = 21500;
    c->from_date = c->thru_date = 20260325;
    claims_dx(a, c, "E11.65", DIAGNOSIS_ROLE_PRINCIPAL, POA_UNKNOWN);
    claims_dx(a, c, "I10", DIAGNOSIS_ROLE_OTHER, POA_UNKNOWN);
    l = claims_line(a, c, "99214", 16500, 20260325);
    modify(a, l, "25");
    assert_true(event_push_u32(a, &l->pointers, &l->n_pointers, 2));
    modify(a, claims_line(a, c, "83036", 5000, 20260325), "QW");
    return c;
}

/* decide - the primary payer's decision of a line */
static void decide(struct arena *a, CcServiceLine *l, int64_t paid, int64_t co45,
                   const char *reason, int64_t patient)
{
    CcLineAdjudication *d = make(a, &cc_line_adjudication__descriptor);
    CcAdjustment *co = claims_adjustment(a, "CO", "45", co45),
                 *pr = claims_adjustment(a, "PR", reason, patient);

    d->payer = claims_text(a, "SHP01");
    d->paid_cents = paid;
    d->code = l->procedure->code->code;
    for (size_t i = 0; i < l->n_modifiers; i++)
        assert_true(event_push(a, d, modifiers, l->modifiers[i]));
    d->paid_units_milli = 1000;
    d->adjudication_date = 20260320;
    assert_true(event_push(a, d, adjustments, co));
    assert_true(event_push(a, d, adjustments, pr));
    assert_true(event_push(a, l, adjudications, d));
}

/* claims_dependent - 180 + 60 = 240; primary paid 95 + 25 = 120; the patient still owes 35 */
CcClaim *claims_dependent(struct arena *a)
{
    CcClaim *c = new_claim(a, CLAIM_KIND_PROFESSIONAL, "A1000002");
    CcClaimCoverage *x = claims_coverage(a, c, "S", "SMP02", "SECOND MUTUAL PLAN", "ABC556677");
    CcClaimCoverage *y = claims_coverage(a, c, "P", "SHP01", "SAMPLE HEALTH PLAN", "SYN0007777");
    CcServiceLine *l;

    riverbend(a, c);
    claims_provider(a, c, PROVIDER_ROLE_RENDERING, "HEALER", "JAN", "1455555015");
    x->group_number = claims_text(a, "GRP9001");
    x->subscriber = claims_name(a, "SAMPLEMAN", "BORIS");
    x->relationship = y->relationship = RELATIONSHIP_CHILD;
    y->group_number = claims_text(a, "GRP4410");
    y->subscriber = claims_name(a, "SAMPLEMAN", "DORA");
    y->adjudicated = true;
    y->paid_cents = 12000;
    y->remaining_liability_cents = 3500;
    y->remaining_liability_given = true;
    y->benefits_assigned_code = claims_text(a, "Y");
    y->release_code = claims_text(a, "Y");
    y->payer_claim = claims_text(a, "SHP2026031500017");
    c->patient->name = claims_name(a, "SAMPLEMAN", "CLEO");
    c->patient->birth_date = 20180709;
    c->patient->sex = SEX_FEMALE;
    c->patient->address = claims_address(a, "77 OAK AVE", "SPRINGTOWN", "OH", "44101");
    c->place_of_service = claims_text(a, "11");
    c->clia = claims_text(a, "36D9999999");
    c->charge_cents = 24000;
    c->from_date = c->thru_date = 20260310;
    claims_dx(a, c, "J029", DIAGNOSIS_ROLE_PRINCIPAL, POA_UNKNOWN);
    decide(a, claims_line(a, c, "99213", 18000, 20260310), 9500, 6000, "3", 2500);
    l = claims_line(a, c, "87880", 6000, 20260310);
    modify(a, l, "QW");
    decide(a, l, 2500, 2500, "2", 1000);
    return c;
}

/* coded - an occurrence, a value, an inpatient procedure */
static void coded(struct arena *a, CcClaim *c)
{
    CcCodeDate *onset = make(a, &cc_code_date__descriptor);
    CcValueAmount *days = make(a, &cc_value_amount__descriptor);
    CcClaimProcedure *line = make(a, &cc_claim_procedure__descriptor);

    onset->code = claims_text(a, "11");
    onset->occurrence_date = 20260308;
    days->code = claims_text(a, "80");
    days->amount_cents = 400;
    line->assignment = assigned(a, CODE_SYSTEM_ICD10PCS, "02HV33Z");
    line->procedure_date = 20260311;
    line->rank = 1;
    assert_true(event_push(a, c, occurrences, onset));
    assert_true(event_push(a, c, values, days));
    assert_true(event_push(a, c, procedures, line));
}

/* claims_inpatient - 6000 + 1250.5 + 2400 + 900 + 3200 = 13750.5 */
CcClaim *claims_inpatient(struct arena *a)
{
    CcClaim *c = new_claim(a, CLAIM_KIND_INSTITUTIONAL, "H2000001");
    CcClaimCoverage *x =
        claims_coverage(a, c, "P", "99901", "SAMPLE MEDICARE CONTRACTOR", "1EG4TE5MK73");
    CcProvider *p =
        claims_provider(a, c, PROVIDER_ROLE_BILLING, "RIVERBEND HOSPITAL", "", "1987654328");

    p->taxonomy = claims_text(a, "282N00000X");
    p->tax_id = claims_text(a, "987654322");
    p->address = claims_address(a, "500 HOSPITAL DR", "SPRINGTOWN", "OH", "44101-5678");
    x->filing_indicator = claims_text(a, "MA");
    c->patient->name = claims_name(a, "PATIENT", "EVE");
    c->patient->birth_date = 19480520;
    c->patient->sex = SEX_FEMALE;
    c->patient->address = claims_address(a, "9 BIRCH LN", "SPRINGTOWN", "OH", "44101");
    claims_provider(a, c, PROVIDER_ROLE_ATTENDING, "HOSPITALIST", "IVO", "1455555023")->taxonomy =
        claims_text(a, "208M00000X");
    claims_provider(a, c, PROVIDER_ROLE_OPERATING, "LINEPLACER", "MARA", "1455555031");
    c->type_of_bill = claims_text(a, "0111");
    c->from_date = c->admit_date = 20260310;
    c->thru_date = c->discharge_date = 20260314;
    c->admit_hour = claims_text(a, "1402");
    c->discharge_hour = claims_text(a, "1130");
    c->admit_type = c->admit_source = claims_text(a, "1");
    c->discharge_status = claims_text(a, "01");
    c->mrn = claims_text(a, "MRN9912");
    c->drg = claims_text(a, "193");
    c->charge_cents = 1375050;
    claims_dx(a, c, "J18.9", DIAGNOSIS_ROLE_PRINCIPAL, POA_Y);
    claims_dx(a, c, "R0902", DIAGNOSIS_ROLE_ADMITTING, POA_UNKNOWN);
    claims_dx(a, c, "J9601", DIAGNOSIS_ROLE_OTHER, POA_Y);
    claims_dx(a, c, "E119", DIAGNOSIS_ROLE_OTHER, POA_Y);
    claims_dx(a, c, "Z7984", DIAGNOSIS_ROLE_OTHER, POA_EXEMPT);
    coded(a, c);
    claims_revenue(a, c, "0120", 600000, "DA", 4);
    claims_revenue(a, c, "0250", 125050, "UN", 35);
    claims_revenue(a, c, "0301", 240000, "UN", 18);
    claims_revenue(a, c, "0324", 90000, "UN", 2);
    claims_revenue(a, c, "0410", 320000, "UN", 12);
    return c;
}
