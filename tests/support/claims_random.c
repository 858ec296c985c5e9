/* claims_random.c - valid claims of many shapes, the same for the same seed */
#include "tests/support/claims_random.h"

#include <stdio.h>

#include "common/base/date.h"
#include "tests/support/claims.h"
#include "tests/support/test.h"

struct dice {
    struct arena *a;
    uint64_t *seed;
    CcClaim *c;
    bool professional;
    unsigned used_npis;
};

/* roll - 0 to n - 1 (splitmix64) */
static unsigned roll(struct dice *d, unsigned n)
{
    uint64_t z = (*d->seed += 0x9E3779B97F4A7C15u);

    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (unsigned)((z ^ (z >> 31)) % n);
}

/* chance - one in n */
static bool chance(struct dice *d, unsigned n)
{
    return roll(d, n) == 0;
}

#define PICK(d, list) claims_text((d)->a, (list)[roll((d), sizeof(list) / sizeof((list)[0]))])
#define PUSH(d, msg, field, item) assert_true(event_push((d)->a, (msg), field, (item)))
#define MAKE(d, type) make((d)->a, &cc_##type##__descriptor)

static const char *const npis[] = {"1234567893", "1987654328", "1455555015", "1455555023",
                                   "1455555031", "1455555049", "1667770014"};
static const char *const lasts[] = {"SAMPLEMAN",     "O'Tester",   "Mu\xC3\xB1oz-Probe",
                                    "DE LA MUESTRA", "Test:er*Jr", "PATIENT"};
static const char *const firsts[] = {"ADA", "Zo\xC3\xAB", "Boris", "EVE", "CLEO"};
static const char *const streets[] = {"12 ELM ST", "77 Oak Ave. #3", "9 BIRCH LN"};
static const char *const cities[] = {"SPRINGTOWN", "Riverbend"};
static const char *const dx_codes[] = {"E11.65", "I10",   "J029", "J18.9",
                                       "Z0000",  "R0902", "M545", "K219"};
static const char *const cpts[] = {"99213", "99214", "83036", "87880", "93000", "J1885", "A0428"};
static const char *const modifiers[] = {"25", "59", "QW", "LT", "76", "GA"};
static const char *const filings[] = {"CI", "BL", "MC", "HM", "12"};
static const char *const carcs[] = {"45", "1", "2", "3", "97"};
static const char *const groups[] = {"CO", "PR", "OA", "PI"};

/* make - a message, or the test fails */
static void *make(struct arena *a, const ProtobufCMessageDescriptor *d)
{
    void *m = event_new(a, d);

    assert_non_null(m);
    return m;
}

/* word - n letters and digits */
static char *word(struct dice *d, const char *prefix, unsigned n)
{
    static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789";
    char text[64];
    size_t at = (size_t)snprintf(text, sizeof(text), "%s", prefix);

    for (unsigned i = 0; i < n; i++)
        text[at++] = letters[roll(d, sizeof(letters) - 1)];
    text[at] = '\0';
    return claims_text(d->a, text);
}

/* digits - n of them, the first not 0 */
static char *digits(struct dice *d, unsigned n)
{
    char text[64] = "";

    for (unsigned i = 0; i < n; i++)
        text[i] = (char)('0' + (i ? roll(d, 10) : 1 + roll(d, 9)));
    return claims_text(d->a, text);
}

/* day - of the first months of 2026 */
static int32_t day(struct dice *d)
{
    return date_add(20260105, (int32_t)roll(d, 100));
}

/* dollars - with cents one time in two */
static int64_t dollars(struct dice *d)
{
    return (int64_t)(1 + roll(d, 900)) * 100 + (chance(d, 2) ? roll(d, 100) : 0);
}

/* address - at home; ZIP+4 where a guide wants it */
static CcAddress *address(struct dice *d, bool nine)
{
    CcAddress *x = claims_address(d->a, PICK(d, streets), PICK(d, cities), "OH",
                                  nine || chance(d, 2) ? "441011234" : "44101");

    if (chance(d, 4))
        x->line2 = claims_text(d->a, "STE 4");
    return x;
}

/* npi - one that the claim has not used, so that no loop is redundant */
static const char *npi(struct dice *d)
{
    unsigned k = roll(d, 7);

    while (d->used_npis & 1u << k)
        k = (k + 1) % 7;
    d->used_npis |= 1u << k;
    if (d->used_npis == 0x7F)
        d->used_npis = 0;
    return npis[k];
}

/* person - a provider of a role at the claim */
static CcProvider *person(struct dice *d, CcProviderRole role)
{
    CcProvider *p = claims_provider(d->a, d->c, role, PICK(d, lasts), PICK(d, firsts), npi(d));

    if (chance(d, 3))
        p->name->middle = claims_text(d->a, "Q");
    if (chance(d, 4))
        p->name->suffix = claims_text(d->a, "JR");
    p->taxonomy = claims_text(d->a, "207Q00000X");
    return p;
}

/* numbered - a number besides the NPI */
static void numbered(struct dice *d, CcProvider *p, const char *type)
{
    CcIdentifier *id = MAKE(d, identifier);

    id->type = claims_text(d->a, type);
    id->value = word(d, "N", 6);
    PUSH(d, p, secondary_ids, id);
}

/* billing - who bills, sometimes with another address for the money */
static void billing(struct dice *d)
{
    CcProvider *p =
        claims_provider(d->a, d->c, PROVIDER_ROLE_BILLING, "RIVERBEND GROUP", "", npi(d));

    if (chance(d, 3))
        p->taxonomy = claims_text(d->a, "282N00000X");
    p->tax_id = digits(d, 9);
    p->tax_id_type = claims_text(d->a, d->professional && chance(d, 5) ? "SY" : "EI");
    p->address = address(d, true);
    if (chance(d, 4)) {
        p->contact = claims_text(d->a, "Front desk");
        p->phone = claims_text(d->a, "5555550188");
    }
    if (chance(d, 6))
        numbered(d, p, "G2");
    if (d->professional && chance(d, 6))
        numbered(d, p, "0B");
    if (!chance(d, 4))
        return;
    p = claims_provider(d->a, d->c, PROVIDER_ROLE_PAY_TO, "RIVERBEND GROUP", "", "");
    p->address = claims_address(d->a, "PO BOX 9", "SPRINGTOWN", "OH", "44101");
}

/* facility - another place */
static void facility(struct dice *d)
{
    CcProvider *p = claims_provider(d->a, d->c, PROVIDER_ROLE_FACILITY, "OTHER PLACE", "",
                                    chance(d, 2) ? npi(d) : "");

    p->address = claims_address(d->a, "1 OTHER ST", "SPRINGTOWN", "OH", "441019999");
    if (chance(d, 3))
        p->phone = claims_text(d->a, "5555550177");
}

/* providers - whom the guide of the kind knows */
static void providers(struct dice *d)
{
    billing(d);
    if (!d->professional)
        person(d, PROVIDER_ROLE_ATTENDING);
    if (chance(d, 2))
        person(d, PROVIDER_ROLE_REFERRING);
    if (chance(d, 2))
        person(d, PROVIDER_ROLE_RENDERING);
    if (chance(d, 3))
        facility(d);
    if (d->professional && chance(d, 5))
        person(d, PROVIDER_ROLE_SUPERVISING);
    if (d->professional && chance(d, 8))
        person(d, PROVIDER_ROLE_PRIMARY_CARE);
    if (!d->professional && chance(d, 3))
        person(d, PROVIDER_ROLE_OPERATING);
    if (d->c->providers[d->c->n_providers - 1]->role > PROVIDER_ROLE_PAY_TO && chance(d, 6))
        numbered(d, d->c->providers[d->c->n_providers - 1], "G2");
}

/* social - REF SY or 1W of a person: nine digits */
static CcIdentifier *social(struct dice *d, const char *type)
{
    CcIdentifier *id = MAKE(d, identifier);

    id->type = claims_text(d->a, type);
    id->value = digits(d, 9);
    return id;
}

/* casualty - the claim's number at the insurer of an accident, and whom to ask */
static void casualty(struct dice *d, CcClaimCoverage *x)
{
    x->property_casualty_claim = word(d, "PC", 8);
    if (!d->professional || chance(d, 2))
        return;
    x->property_casualty_contact = claims_text(d->a, "CASUALTY DESK");
    x->property_casualty_phone = claims_text(d->a, "5555550199");
    if (chance(d, 2))
        x->property_casualty_extension = claims_text(d->a, "12");
}

/* patient - and who is the subscriber */
static void patient(struct dice *d, CcClaimCoverage *x)
{
    static const CcRelationship relations[] = {RELATIONSHIP_SPOUSE, RELATIONSHIP_CHILD,
                                               RELATIONSHIP_OTHER, RELATIONSHIP_LIFE_PARTNER};
    CcPatient *p = d->c->patient;

    p->name = claims_name(d->a, PICK(d, lasts), PICK(d, firsts));
    p->birth_date = date_add(19400101, (int32_t)roll(d, 30000));
    p->sex = chance(d, 2) ? SEX_FEMALE : chance(d, 10) ? SEX_UNKNOWN : SEX_MALE;
    p->address = address(d, false);
    x->subscriber = p->name;
    if (chance(d, 3)) {
        x->relationship = relations[roll(d, 4)];
        x->subscriber = claims_name(d->a, PICK(d, lasts), PICK(d, firsts));
    }
    if (d->professional && chance(d, 8)) {
        d->c->patient_weight_lb = claims_text(d->a, "154");
        d->c->patient_pregnant = chance(d, 2);
        p->death_date = chance(d, 3) ? 20260420 : 0;
    }
    if (chance(d, 10))
        casualty(d, x);
    if (chance(d, 8))
        PUSH(d, x, subscriber_ids, social(d, "SY"));
    if (x->relationship != RELATIONSHIP_SELF && chance(d, 4))
        PUSH(d, d->c, patient_ids, social(d, chance(d, 2) ? "SY" : "1W"));
}

/* coverage - of any payer */
static CcClaimCoverage *coverage(struct dice *d, const char *sequence)
{
    CcClaimCoverage *x = claims_coverage(d->a, d->c, sequence, word(d, "PAY", 5),
                                         "SAMPLE HEALTH PLAN", word(d, "SYN", 8));

    x->filing_indicator = PICK(d, filings);
    if (chance(d, 2))
        x->group_number = word(d, "GRP", 4);
    else if (chance(d, 2))
        x->group_name = claims_text(d->a, "Sample Employer");
    return x;
}

/* reference - REF with a qualifier that has no field */
static CcIdentifier *reference(struct dice *d, const char *type, const char *payer)
{
    CcIdentifier *id = MAKE(d, identifier);

    id->type = claims_text(d->a, type);
    id->value = word(d, "R", 9);
    id->assigner = claims_text(d->a, payer);
    return id;
}

/* dated - DTP with a qualifier */
static CcQualifiedDate *dated(struct dice *d, const char *qualifier)
{
    CcQualifiedDate *x = MAKE(d, qualified_date);

    x->qualifier = claims_text(d->a, qualifier);
    x->from_date = x->thru_date = day(d);
    return x;
}

/* attachment - PWK */
static CcAttachment *attachment(struct dice *d)
{
    CcAttachment *x = MAKE(d, attachment);

    x->type = claims_text(d->a, "OZ");
    x->transmission = claims_text(d->a, chance(d, 2) ? "AA" : "FX");
    if (strcmp(x->transmission, "FX") == 0)
        x->control = word(d, "ATT", 6);
    return x;
}

/* contract - CN1 */
static CcContract *contract(struct dice *d)
{
    CcContract *k = MAKE(d, contract);

    k->type = claims_text(d->a, "02");
    k->amount_given = chance(d, 2);
    k->amount_cents = k->amount_given ? 12345 : 0;
    k->code = word(d, "C", 4);
    return k;
}

/* pricing - HCP of a claim; that of a line tells the code and units it allowed besides */
static CcPricing *pricing(struct dice *d, const CcServiceLine *l)
{
    CcPricing *h = MAKE(d, pricing);

    h->method = claims_text(d->a, chance(d, 2) ? "00" : "10");
    h->allowed_cents = roll(d, 100000);
    h->saved_given = chance(d, 2);
    h->saved_cents = h->saved_given ? roll(d, 9000) : 0;
    h->organization = word(d, "ORG", 4);
    h->rate_given = chance(d, 3);
    h->rate_milli = h->rate_given ? 85500 : 0;
    h->reject_reason = claims_text(d->a, chance(d, 2) ? "T1" : "");
    h->compliance = claims_text(d->a, chance(d, 2) ? "1" : "");
    h->exception = claims_text(d->a, chance(d, 2) ? "6" : "");
    if (l && chance(d, 2)) {
        h->code_qualifier = claims_text(d->a, "HC");
        h->code = PICK(d, cpts);
        h->unit_code = claims_text(d->a, "UN");
        h->units_milli = 1000;
    }
    return h;
}

/* extras - what any claim may carry */
static void extras(struct dice *d)
{
    CcClaim *c = d->c;

    if (chance(d, 3))
        c->authorization = word(d, "AUTH", 5);
    if (chance(d, 4))
        c->referral = word(d, "REF", 5);
    if (chance(d, 2))
        c->mrn = word(d, "MRN", 5);
    if (chance(d, 6))
        c->trace = word(d, "T", 8);
    if (chance(d, 6))
        c->demonstration = word(d, "D", 3);
    if (chance(d, 5))
        PUSH(d, c, attachments, attachment(d));
    if (chance(d, 8))
        PUSH(d, c, references, reference(d, "9A", ""));
    if (chance(d, 8))
        PUSH(d, c, fixed_format, claims_text(d->a, "STATE DATA 1"));
    if (chance(d, 8))
        c->contract = contract(d);
    if (chance(d, 8))
        c->pricing = pricing(d, NULL);
    if (chance(d, 8))
        c->service_authorization_exception = claims_text(d->a, "1");
    if (chance(d, 8))
        c->investigational_device = word(d, "IDE", 4);
    if (chance(d, 5)) {
        c->frequency = claims_text(d->a, "7");
        c->original_reference = word(d, "ICN", 10);
    }
}

/* ambulance - CR1, CRC 07 and the two addresses */
static void ambulance(struct dice *d)
{
    CcAmbulance *x = MAKE(d, ambulance);

    x->weight_lb_milli = 165000;
    x->reason = claims_text(d->a, "A");
    x->distance_milli = 12500;
    for (unsigned i = 0; i < 1 + roll(d, 7); i++)
        PUSH(d, x, conditions, claims_text(d->a, i % 2 ? "04" : "01"));
    d->c->ambulance = x;
    claims_provider(d->a, d->c, PROVIDER_ROLE_PICK_UP, "", "", "")->address = address(d, false);
    claims_provider(d->a, d->c, PROVIDER_ROLE_DROP_OFF, "HOSPITAL", "", "")->address =
        address(d, false);
}

/* professional_extras - what only 837P knows */
static void professional_extras(struct dice *d)
{
    CcClaim *c = d->c;

    extras(d);
    if (chance(d, 3))
        PUSH(d, c, dates, dated(d, "431"));
    if (chance(d, 8))
        PUSH(d, c, dates, dated(d, "304"));
    if (chance(d, 5))
        c->patient_paid_cents = 1000;
    if (chance(d, 4))
        c->clia = claims_text(d->a, "36D9999999");
    if (chance(d, 6))
        c->note = claims_text(d->a, "Seen at home: caf\xC3\xA9 next door");
    if (chance(d, 5)) {
        c->accident = MAKE(d, accident);
        c->accident->accident_date = 20260102;
        c->accident->state = claims_text(d->a, "OH");
        PUSH(d, c, related_causes, claims_text(d->a, "AA"));
        if (chance(d, 2))
            PUSH(d, c, related_causes, claims_text(d->a, "EM"));
    }
    if (chance(d, 8))
        ambulance(d);
    if (chance(d, 8)) {
        c->spinal = MAKE(d, spinal);
        c->spinal->condition = claims_text(d->a, "A");
        c->spinal->description = claims_text(d->a, "Low back");
    }
    if (chance(d, 8))
        PUSH(d, c, anesthesia_procedures, claims_text(d->a, "10040"));
    if (chance(d, 6))
        PUSH(d, c, conditions, claims_text(d->a, "AH"));
}

/* coded - n pairs of a code and a day, or an amount */
static void coded(struct dice *d, unsigned n)
{
    static const char *const codes[] = {"11", "18", "24", "32"};

    for (unsigned i = 0; i < n; i++) {
        CcCodeDate *o = MAKE(d, code_date);
        CcCodeSpan *s = MAKE(d, code_span);
        CcValueAmount *v = MAKE(d, value_amount);

        o->code = PICK(d, codes);
        o->occurrence_date = day(d);
        s->code = claims_text(d->a, "74");
        s->from_date = day(d);
        s->thru_date = date_add(s->from_date, 3);
        v->code = claims_text(d->a, "80");
        v->amount_cents = dollars(d);
        PUSH(d, d->c, occurrences, o);
        PUSH(d, d->c, values, v);
        if (i % 2)
            PUSH(d, d->c, occurrence_spans, s);
        else
            PUSH(d, d->c, conditions, claims_text(d->a, "45"));
    }
}

/* institutional_extras - what only 837I knows */
static void institutional_extras(struct dice *d)
{
    CcClaim *c = d->c;

    if (chance(d, 5))
        c->billing_note = claims_text(d->a, "Remarks of the biller");
    if (chance(d, 5)) {
        c->note_code = claims_text(d->a, "UPI");
        c->note = claims_text(d->a, "Updated");
    }
    if (c->note[0] && chance(d, 2)) {
        CcClaimNote *n = MAKE(d, claim_note);

        n->code = claims_text(d->a, "MED");
        n->text = claims_text(d->a, "Medications");
        PUSH(d, c, more_notes, n);
    }
    if (c->investigational_device[0] && chance(d, 2))
        PUSH(d, c, references, reference(d, "LX", ""));
    if (chance(d, 6))
        c->accident_state = claims_text(d->a, "OH");
    if (chance(d, 6))
        c->peer_review = word(d, "QIO", 3);
    for (unsigned i = 0; chance(d, 6) && i < 13; i++)
        PUSH(d, c, treatment_codes, word(d, "T", 3));
}

/* stay - dates and codes of an institutional claim */
static void stay(struct dice *d, bool inpatient)
{
    CcClaim *c = d->c;

    c->type_of_bill = claims_text(d->a, inpatient ? "0111" : "0131");
    c->frequency = claims_text(d->a, "1");
    c->from_date = day(d);
    c->thru_date = date_add(c->from_date, inpatient ? 4 : 0);
    c->discharge_status = claims_text(d->a, "01");
    c->admit_type = claims_text(d->a, "1");
    c->admit_source = claims_text(d->a, "1");
    if (!inpatient)
        return;
    c->admit_date = c->from_date;
    c->admit_hour = claims_text(d->a, chance(d, 4) ? "" : "1402");
    c->discharge_hour = claims_text(d->a, "1130");
    c->drg = claims_text(d->a, "193");
    for (unsigned i = 0; i < roll(d, 16); i++) {
        CcClaimProcedure *p = MAKE(d, claim_procedure);

        p->assignment = MAKE(d, code_assignment);
        p->assignment->code = MAKE(d, code);
        p->assignment->code->system = CODE_SYSTEM_ICD10PCS;
        p->assignment->code->code = claims_text(d->a, "02HV33Z");
        p->procedure_date = c->from_date;
        p->rank = i + 1;
        PUSH(d, c, procedures, p);
    }
}

/* diagnoses - within the guide's limits */
static void diagnoses(struct dice *d, bool inpatient)
{
    static const CcPoa poas[] = {POA_Y, POA_N, POA_U, POA_W, POA_EXEMPT};
    const unsigned n = d->professional ? roll(d, 12) : roll(d, 25);

    claims_dx(d->a, d->c, PICK(d, dx_codes), DIAGNOSIS_ROLE_PRINCIPAL,
              inpatient ? POA_Y : POA_UNKNOWN);
    if (inpatient)
        claims_dx(d->a, d->c, PICK(d, dx_codes), DIAGNOSIS_ROLE_ADMITTING, POA_UNKNOWN);
    if (!d->professional && !inpatient)
        for (unsigned i = 0; i < roll(d, 4); i++)
            claims_dx(d->a, d->c, PICK(d, dx_codes), DIAGNOSIS_ROLE_REASON, POA_UNKNOWN);
    if (!d->professional)
        for (unsigned i = 0; i < roll(d, 3); i++)
            claims_dx(d->a, d->c, "W19XXXA", DIAGNOSIS_ROLE_EXTERNAL_CAUSE,
                      inpatient ? POA_Y : POA_UNKNOWN);
    for (unsigned i = 0; i < n; i++)
        claims_dx(d->a, d->c, PICK(d, dx_codes), DIAGNOSIS_ROLE_OTHER,
                  inpatient ? poas[roll(d, 5)] : POA_UNKNOWN);
}

/* drug - 2410 */
static void drug(struct dice *d, CcServiceLine *l)
{
    l->drug = MAKE(d, drug);
    l->drug->ndc = digits(d, 11);
    l->drug->quantity_milli = 1500;
    l->drug->unit = claims_text(d->a, "ML");
    if (chance(d, 2))
        l->drug->prescription = word(d, "RX", 6);
}

/* equipment - SV5, CR3 and a form's answers */
static void equipment(struct dice *d, CcServiceLine *l)
{
    l->equipment = MAKE(d, durable_equipment);
    l->equipment->length_days = 30;
    l->equipment->rental_cents = 5000;
    l->equipment->purchase_cents = 50000;
    l->equipment->rental_unit = claims_text(d->a, "4");
    l->equipment->certification = claims_text(d->a, "I");
    l->equipment->certification_months = 12;
    for (unsigned i = 0; i < 3; i++) {
        CcFormAnswer *f = MAKE(d, form_answer);

        f->qualifier = claims_text(d->a, "UT");
        f->form = claims_text(d->a, i < 2 ? "484.03" : "04.04B");
        f->question = claims_text(d->a, i ? "2" : "1A");
        if (i)
            f->answer = claims_text(d->a, "Y");
        else
            f->value = claims_text(d->a, "56");
        PUSH(d, l, forms, f);
    }
}

/* indicated - CRC of a line */
static void indicated(struct dice *d, CcServiceLine *l, const char *category, const char *code)
{
    CcConditionIndicator *x = MAKE(d, condition_indicator);

    x->category = claims_text(d->a, category);
    x->applies = claims_text(d->a, chance(d, 3) ? "N" : "Y");
    PUSH(d, x, codes, claims_text(d->a, code));
    PUSH(d, l, indicators, x);
}

/* on_line - a provider of the line */
static CcProvider *on_line(struct dice *d, CcServiceLine *l, CcProviderRole role)
{
    CcProvider *p = person(d, role);

    d->c->n_providers--;
    PUSH(d, l, providers, p);
    return p;
}

/* rare - what few professional lines carry */
static void rare(struct dice *d, CcServiceLine *l)
{
    static const char *const dates[] = {"471", "304", "738", "011", "454"};

    if (chance(d, 2))
        PUSH(d, l, dates, dated(d, PICK(d, dates)));
    if (chance(d, 3))
        PUSH(d, l, attachments, attachment(d));
    if (chance(d, 4))
        l->contract = contract(d);
    if (chance(d, 4))
        l->pricing = pricing(d, l);
    if (chance(d, 3))
        indicated(d, l, "70", "65");
    if (chance(d, 3))
        indicated(d, l, "09", "38");
    if (chance(d, 3))
        PUSH(d, l, references, reference(d, "G1", "PAYOTHER1"));
    if (chance(d, 3))
        PUSH(d, l, references, reference(d, "9F", "PAYOTHER1"));
    if (chance(d, 3))
        l->referral = word(d, "LR", 4);
    if (chance(d, 3))
        PUSH(d, l, references, reference(d, "9B", ""));
    if (chance(d, 3))
        PUSH(d, l, fixed_format, claims_text(d->a, "STATE LINE DATA"));
    if (chance(d, 3))
        l->third_party_note = claims_text(d->a, "for the third party");
    if (chance(d, 3))
        l->immunization_batch = word(d, "LOT", 4);
    if (chance(d, 3))
        l->clia = claims_text(d->a, "36D8888888");
    if (chance(d, 3))
        l->obstetric_units_milli = 2000;
    if (chance(d, 3))
        l->postage_cents = 300;
    if (chance(d, 3)) {
        on_line(d, l, PROVIDER_ROLE_PURCHASED);
        l->purchased_cents = 2500;
    }
    if (chance(d, 3))
        on_line(d, l, PROVIDER_ROLE_RENDERING);
    if (chance(d, 3))
        numbered(d, on_line(d, l, PROVIDER_ROLE_SUPERVISING), "G2");
    if (chance(d, 3))
        on_line(d, l, PROVIDER_ROLE_REFERRING);
}

/* professional_line - SV1 and what may hang on it */
static void professional_line(struct dice *d)
{
    CcServiceLine *l = claims_line(d->a, d->c, PICK(d, cpts), dollars(d), day(d));

    for (unsigned i = 0; i < roll(d, 5); i++)
        PUSH(d, l, modifiers, PICK(d, modifiers));
    if (d->c->n_diagnoses > 1 && chance(d, 2))
        assert_true(
            event_push_u32(d->a, &l->pointers, &l->n_pointers, (uint32_t)d->c->n_diagnoses));
    if (chance(d, 3))
        l->thru_date = date_add(l->from_date, 2);
    l->units_milli = chance(d, 5) ? 1500 : 1000 * (1 + roll(d, 9));
    l->emergency = chance(d, 6);
    l->family_planning = chance(d, 9);
    if (chance(d, 5))
        l->place_of_service = claims_text(d->a, "12");
    if (chance(d, 6))
        l->description = claims_text(d->a, "Unlisted: by report");
    if (chance(d, 5))
        l->note = claims_text(d->a, "as ordered");
    if (chance(d, 6))
        l->authorization = word(d, "LA", 5);
    if (chance(d, 6))
        PUSH(d, l, dates, dated(d, "455"));
    if (chance(d, 5))
        drug(d, l);
    if (chance(d, 9))
        equipment(d, l);
    if (chance(d, 7)) {
        CcMeasurement *m = MAKE(d, measurement);

        m->reference = claims_text(d->a, "TR");
        m->qualifier = claims_text(d->a, "R1");
        m->value_milli = 10500;
        PUSH(d, l, measurements, m);
    }
    if (chance(d, 8))
        l->tax_cents = 125;
    if (chance(d, 8))
        on_line(d, l, PROVIDER_ROLE_ORDERING)->address = address(d, false);
    if (chance(d, 4))
        rare(d, l);
}

/* institutional_line - SV2 */
static void institutional_line(struct dice *d, bool inpatient)
{
    static const char *const revenues[] = {"0250", "0301", "0324", "0410", "0450"};
    CcServiceLine *l =
        claims_revenue(d->a, d->c, PICK(d, revenues), dollars(d), "UN", 1 + roll(d, 9));

    l->control = word(d, "C", 6);
    if (!inpatient) {
        CcServiceLine *coded_line = claims_line(d->a, d->c, PICK(d, cpts), 1, d->c->from_date);

        d->c->n_lines--;
        l->procedure = coded_line->procedure;
        l->from_date = l->thru_date = d->c->from_date;
    }
    if (chance(d, 5))
        l->noncovered_cents = 100;
    if (chance(d, 6))
        drug(d, l);
    if (chance(d, 8))
        l->tax_cents = 125;
    if (chance(d, 8))
        l->facility_tax_cents = 75;
    if (chance(d, 8))
        PUSH(d, l, attachments, attachment(d));
    if (chance(d, 8))
        on_line(d, l, PROVIDER_ROLE_OPERATING);
}

/* decide - the other payer's decision of a line: it balances */
static void decide(struct dice *d, CcServiceLine *l, CcClaimCoverage *x)
{
    CcLineAdjudication *j = MAKE(d, line_adjudication);
    int64_t left = l->charge_cents;

    j->payer = x->payer_id;
    j->code = l->procedure ? l->procedure->code->code : claims_text(d->a, "");
    j->revenue = l->revenue;
    j->paid_units_milli = l->units_milli;
    j->adjudication_date = 20260501;
    for (unsigned i = 0; i < roll(d, 10) && left > 10; i++) {
        CcAdjustment *adj = claims_adjustment(d->a, PICK(d, groups), PICK(d, carcs), left / 5);

        left -= adj->amount_cents;
        PUSH(d, j, adjustments, adj);
    }
    j->paid_cents = left;
    x->paid_cents += left;
    PUSH(d, l, adjudications, j);
}

/* other_payer - 2320 with a decision by line, by claim, or none at all */
static void other_payer(struct dice *d)
{
    CcClaimCoverage *x = coverage(d, "S");

    x->subscriber = claims_name(d->a, PICK(d, lasts), PICK(d, firsts));
    x->benefits_assigned_code = claims_text(d->a, "Y");
    x->release_code = claims_text(d->a, "Y");
    if (chance(d, 4))
        PUSH(d, x, subscriber_ids, social(d, "SY"));
    if (chance(d, 3))
        x->subscriber_address = address(d, false);
    if (chance(d, 3)) {
        x->noncovered_given = true;
        x->noncovered_cents = d->c->charge_cents;
        return;
    }
    x->adjudicated = true;
    x->payer_claim = word(d, "ICN", 9);
    if (chance(d, 2)) {
        x->adjudication_date = 20260501;
        x->paid_cents = d->c->charge_cents / 2;
        PUSH(d, x, adjustments,
             claims_adjustment(d->a, "CO", "45", d->c->charge_cents - x->paid_cents));
    } else if (d->professional || d->c->lines[0]->procedure) {
        for (size_t i = 0; i < d->c->n_lines; i++)
            decide(d, d->c->lines[i], x);
    } else {
        x->adjudication_date = 20260501;
        x->paid_cents = d->c->charge_cents;
    }
    if (chance(d, 2))
        PUSH(d, x, remarks, claims_text(d->a, "MA01"));
    if (!d->professional && x->n_remarks && chance(d, 2))
        x->covered_days = 4;
    if (chance(d, 2)) {
        x->remaining_liability_given = true;
        x->remaining_liability_cents = 100;
    }
    if (chance(d, 4)) {
        CcProvider *p = MAKE(d, provider);

        p->role = d->professional ? PROVIDER_ROLE_RENDERING : PROVIDER_ROLE_ATTENDING;
        numbered(d, p, "G2");
        PUSH(d, x, providers, p);
    }
}

/* claims_random - one claim */
CcClaim *claims_random(struct arena *a, uint64_t *seed, CcClaimKind kind)
{
    struct dice d = {.a = a, .seed = seed, .professional = kind == CLAIM_KIND_PROFESSIONAL};
    const bool inpatient = !d.professional && chance(&d, 2);

    d.c = MAKE(&d, claim);
    d.c->kind = kind;
    d.c->version = 1;
    d.c->claim_id = word(&d, d.professional ? "P" : "I", 12);
    d.c->signature_on_file = d.c->benefits_assigned = d.c->release = claims_text(a, "Y");
    d.c->assignment = claims_text(a, "A");
    d.c->frequency = claims_text(a, "1");
    d.c->receiver = claims_text(a, "CLRHOUSE01");
    d.c->place_of_service = claims_text(a, d.professional ? "11" : "");
    d.c->patient = MAKE(&d, patient);
    patient(&d, coverage(&d, "P"));
    providers(&d);
    if (d.professional) {
        professional_extras(&d);
    } else {
        stay(&d, inpatient);
        extras(&d);
        coded(&d, roll(&d, 25));
        d.c->patient_due_cents = chance(&d, 5) ? 5000 : 0;
        institutional_extras(&d);
    }
    diagnoses(&d, inpatient);
    for (unsigned i = 0; i < 1 + roll(&d, 12); i++) {
        if (d.professional)
            professional_line(&d);
        else
            institutional_line(&d, inpatient);
        d.c->charge_cents += d.c->lines[i]->charge_cents;
    }
    if (d.c->patient_paid_cents > d.c->charge_cents)
        d.c->patient_paid_cents = d.c->charge_cents;
    if (chance(&d, 3))
        other_payer(&d);
    return d.c;
}
