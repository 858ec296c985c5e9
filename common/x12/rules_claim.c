/* rules_claim.c - 837: billing provider, subscriber and patient, the claim and its sum (billing §2,
 * §3, §7.3) */
#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "common/x12/checker.h"

static const struct span none = {"", 0};

/* start_billing - a new billing provider */
static void start_billing(struct check *c, const struct x12_segment *s)
{
    (void)s;
    memset(&c->facts.party, 0, sizeof(c->facts.party));
}

/* billing_name - with or without NPI */
static void billing_name(struct check *c, const struct x12_segment *s)
{
    c->facts.party.billing = mark_of(c, s);
    c->facts.party.billing_npi = x12_element(s, 8).n > 0 || x12_element(s, 9).n > 0;
}

/* is_po_box - "PO BOX", "P.O. BOX", "P O BOX", "POST OFFICE BOX", "LOCKBOX", "LOCK BOX" in front */
static bool is_po_box(struct span v)
{
    static const char *const words[] = {"POBOX", "POSTOFFICEBOX", "LOCKBOX"};
    char text[16] = "";
    size_t n = 0;

    for (size_t i = 0; i < v.n && n < sizeof(text) - 1; i++)
        if (isalnum((unsigned char)v.p[i]))
            text[n++] = (char)toupper((unsigned char)v.p[i]);
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (strncmp(text, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

/* billing_street - PRV-04: a street, never a box */
static void billing_street(struct check *c, const struct x12_segment *s)
{
    for (unsigned n = 1; n <= 2; n++)
        if (is_po_box(x12_element(s, n)))
            report_here(c, s, n, 0, 2, "IK403=I12", "a post office box is no billing address");
}

/* start_subscriber - the billing provider stays */
static void start_subscriber(struct check *c, const struct x12_segment *s)
{
    struct party_fact *p = &c->facts.party;
    const struct mark billing = p->billing;
    const bool npi = p->billing_npi;

    memset(p, 0, sizeof(*p));
    p->billing = billing;
    p->billing_npi = npi;
    p->subscriber_hl = mark_of(c, s);
}

/* subscriber - SBR: who the patient is; COB-07: Medicare that is not first says why */
static void subscriber(struct check *c, const struct x12_segment *s)
{
    struct party_fact *p = &c->facts.party;

    p->sbr = mark_of(c, s);
    p->is_patient = x12_element_is(s, 2, "18");
    p->order = order_bit(x12_element(s, 1));
    if (c->plan->guide->kind == X12_837P && x12_element_is(s, 9, "MB") &&
        !x12_element_is(s, 1, "P") && x12_element(s, 5).n == 0)
        report_here(c, s, 5, 0, 4, "IK403=I9", "Medicare is not primary: the reason is missing");
}

/* subscriber_name - a person has an id */
static void subscriber_name(struct check *c, const struct x12_segment *s)
{
    c->facts.party.person = mark_of(c, s);
    if (x12_element_is(s, 2, "1") && x12_element(s, 9).n == 0)
        report_here(c, s, 9, 0, 2, "IK403=2", "a subscriber who is a person has a member id");
}

/* subscriber_street - N3 */
static void subscriber_street(struct check *c, const struct x12_segment *s)
{
    (void)s;
    c->facts.party.address = true;
}

/* subscriber_city - N4 */
static void subscriber_city(struct check *c, const struct x12_segment *s)
{
    (void)s;
    c->facts.party.city = true;
}

/* subscriber_birth - DMG */
static void subscriber_birth(struct check *c, const struct x12_segment *s)
{
    c->facts.party.birth = true;
    c->facts.party.birth_date = span_date(x12_element(s, 2));
}

/* patient_birth - DMG of the dependent */
static void patient_birth(struct check *c, const struct x12_segment *s)
{
    c->facts.party.patient_birth = span_date(x12_element(s, 2));
}

/* complete_address - DEM-04: at home (no country told) a city has its state and ZIP */
static void complete_address(struct check *c, const struct x12_segment *s)
{
    if (x12_element(s, 4).n > 0 && !x12_element_is(s, 4, "US"))
        return;
    for (unsigned n = 2; n <= 3; n++)
        if (x12_element(s, n).n == 0)
            report_here(c, s, n, 0, 4, "IK403=I9", "an address in the United States has it");
}

/* payer_number - the payer's own number of the billing provider */
static void payer_number(struct check *c, const struct x12_segment *s)
{
    if (x12_element_is(s, 1, "G2") || x12_element_is(s, 1, "LU"))
        c->facts.party.payer_knows_billing = true;
}

/* missing_segment - a segment that a condition asks for */
static void missing_segment(struct check *c, const struct mark *m, const char *segment,
                            const char *text)
{
    struct mark at = *m;

    str_copy(at.segment, sizeof(at.segment), segment);
    report(c, &at, 0, 0, 4, "IK304=I6", none, text);
}

/* end_subscriber - DEM-08, PRV-02 */
static void end_subscriber(struct check *c, const struct x12_segment *s)
{
    struct party_fact *p = &c->facts.party;
    const bool child = c->walk.frame[c->walk.depth - 1].hl_child_seen;

    (void)s;
    if (p->sbr.position == 0)
        return;
    if (p->is_patient && p->person.position > 0) {
        if (!p->address)
            missing_segment(c, &p->person, "N3", "required where the subscriber is the patient");
        if (!p->city)
            missing_segment(c, &p->person, "N4", "required where the subscriber is the patient");
        if (!p->birth)
            missing_segment(c, &p->person, "DMG", "required where the subscriber is the patient");
    }
    if (p->is_patient && child)
        report(c, &p->sbr, 2, 0, 4, "IK403=I13", span_of("18"),
               "the subscriber is the patient, yet a patient follows");
    if (!p->is_patient && !child)
        report(c, &p->sbr, 2, 0, 4, "IK403=I9", none,
               "neither is the subscriber the patient nor does one follow");
    if (p->billing.position > 0 && !p->billing_npi && !p->payer_knows_billing) {
        report(c, &p->billing, 9, 0, 4, "IK403=I9", none,
               "no NPI, and no number of the payer in 2010BB");
        p->billing_npi = true; /* said once */
    }
}

/* causes - CLM11: accident, automobile */
static void causes(struct claim_fact *f, const struct x12_segment *s)
{
    for (unsigned k = 1; k <= 3; k++) {
        const struct span v = x12_component(s, 11, k);

        f->cause_accident = f->cause_accident || span_is(v, "AA") || span_is(v, "OA");
        if (span_is(v, "AA") && x12_component(s, 11, 4).n == 0 && x12_component(s, 11, 5).n == 0)
            f->cause_auto_without_state = true;
    }
}

/* start_claim - CLM */
static void start_claim(struct check *c, const struct x12_segment *s)
{
    struct claim_fact *f = &c->facts.claim;
    const struct walk *w = &c->walk;

    memset(f, 0, offsetof(struct claim_fact, payer));
    c->facts.codes = 0;
    f->clm = mark_of(c, s);
    f->id = x12_element(s, 1);
    f->place = x12_component(s, 5, 1);
    f->frequency = x12_component(s, 5, 3);
    f->orders = c->facts.party.order;
    f->lines_known = true;
    f->charge_known = span_decimal(x12_element(s, 2), 2, &f->charge_cents);
    if (f->charge_known && f->charge_cents < 0)
        report_here(c, s, 2, 0, 2, "IK403=I12", "a charge cannot be negative");
    causes(f, s);
    if (strcmp(w->plan->loops[w->frame[w->depth - 2].loop].name, "2000B") == 0 &&
        !c->facts.party.is_patient)
        report_here(c, s, 0, 0, 4, "IK304=I9", "a claim under a subscriber who is not the patient");
}

/* claim_date - 439 */
static void claim_date(struct check *c, const struct x12_segment *s)
{
    if (x12_element_is(s, 1, "439"))
        c->facts.claim.accident_date = true;
}

/* claim_amount - F5: what the patient paid */
static void claim_amount(struct check *c, const struct x12_segment *s)
{
    struct claim_fact *f = &c->facts.claim;

    if (x12_element_is(s, 1, "F5") && span_decimal(x12_element(s, 2), 2, &f->f5_cents))
        f->f5 = mark_of(c, s);
}

/* claim_number - F8: the payer's number of an earlier claim */
static void claim_number(struct check *c, const struct x12_segment *s)
{
    if (x12_element_is(s, 1, "F8"))
        c->facts.claim.f8 = true;
}

/* diagnoses - HI: how many pointers can point, and which ICD */
static void diagnoses(struct check *c, const struct x12_segment *s)
{
    struct claim_fact *f = &c->facts.claim;
    const bool mixed = f->icd9 > 0 && f->icd10 > 0;

    for (unsigned n = 1; n <= s->count; n++) {
        const struct span q = x12_component(s, n, 1);

        f->diagnoses += span_listed(q, "ABK ABF BK BF");
        f->icd10 += span_listed(q, "ABK ABF ABJ APR ABN BBR BBQ");
        f->icd9 += span_listed(q, "BK BF BJ PR BN BR BQ");
    }
    if (!mixed && f->icd9 > 0 && f->icd10 > 0)
        report_here(c, s, 1, 1, 4, "IK403=I6", "ICD-9 and ICD-10 on one claim");
}

/* attachment - PWK-01: sent apart means that it has a number */
static void attachment(struct check *c, const struct x12_segment *s)
{
    const struct span how = x12_element(s, 2);

    if (span_listed(how, "BM FX EL EM FT") && x12_element(s, 6).n == 0)
        report_here(c, s, 6, 0, 4, "IK403=I9", "an attachment that is sent has a control number");
}

/* claim_sums - CHG-01, CHG-08 */
static void claim_sums(struct check *c, const struct claim_fact *f)
{
    if (f->charge_known && f->lines_known && f->lines > 0 && f->charge_cents != f->line_cents)
        report(c, &f->clm, 2, 0, 3, "IK403=I12", none, "the charge is not the sum of the lines");
    if (f->f5.position > 0 && f->charge_known && f->f5_cents > f->charge_cents)
        report(c, &f->f5, 2, 0, 3, "IK403=I12", none, "the patient paid more than the charge");
}

/* end_claim - sums, FRQ-01, DAT-07 */
static void end_claim(struct check *c, const struct x12_segment *s)
{
    const struct claim_fact *f = &c->facts.claim;

    (void)s;
    claim_sums(c, f);
    if (span_listed(f->frequency, "7 8") && !f->f8)
        missing_segment(c, &f->clm, "REF", "frequency 7 or 8 needs the payer's claim number, F8");
    if (c->plan->guide->kind == X12_837P && f->cause_accident && !f->accident_date)
        missing_segment(c, &f->clm, "DTP", "an accident needs its date, 439");
    if (f->cause_auto_without_state)
        report(c, &f->clm, 11, 4, 4, "IK403=I9", none, "an automobile accident needs its state");
    look_up_codes(c, 0, f->thru ? f->thru : f->first_service);
    c->facts.claim.id = none;
    c->facts.claim.clm.position = 0;
}

/* clang-format off */
const struct x12_rule x12_rules_claim[] = {
    {X12_837,  "2000A",  "HL",  start_billing, NULL},
    {X12_837,  "2010AA", "NM1", billing_name, NULL},
    {X12_837,  "2010AA", "N3",  billing_street, NULL},
    {X12_837,  "2000B",  "HL",  start_subscriber, NULL},
    {X12_837,  "2000B",  "SBR", subscriber, NULL},
    {X12_837,  "2010BA", "NM1", subscriber_name, NULL},
    {X12_837,  "2010BA", "N3",  subscriber_street, NULL},
    {X12_837,  "2010BA", "N4",  subscriber_city, NULL},
    {X12_837,  "2010BA", "DMG", subscriber_birth, NULL},
    {X12_837,  "2010CA", "DMG", patient_birth, NULL},
    {X12_837,  "2010BB", "REF", payer_number, NULL},
    {X12_837,  NULL,     "N4",  complete_address, NULL},
    {X12_837,  "2000B",  NULL,  end_subscriber, NULL},
    {X12_837,  "2300",   "CLM", start_claim, NULL},
    {X12_837P, "2300",   "DTP", claim_date, NULL},
    {X12_837P, "2300",   "AMT", claim_amount, NULL},
    {X12_837,  "2300",   "REF", claim_number, NULL},
    {X12_837,  "2300",   "HI",  diagnoses, NULL},
    {X12_837,  "2300",   "PWK", attachment, NULL},
    {X12_837,  "2400",   "PWK", attachment, NULL},
    {X12_837,  "2300",   NULL,  end_claim, NULL},
    {0, NULL, NULL, NULL, NULL},
};
/* clang-format on */
