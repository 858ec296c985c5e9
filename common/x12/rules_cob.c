/* rules_cob.c - 837: other payers of a claim and what they said about its lines (billing §2.4, §7.3
 * COB) */
#include <string.h>

#include "common/x12/checker.h"

static const struct span none = {"", 0};

/* payer_at_hand - the 2320 under way; NULL: more than a claim can have */
static struct payer_fact *payer_at_hand(struct check *c)
{
    struct claim_fact *f = &c->facts.claim;

    return f->payers <= FACT_PAYERS ? &f->payer[f->payers - 1] : NULL;
}

/* start_payer - SBR in 2320; COB-03: each payer has its own place in the order */
static void start_payer(struct check *c, const struct x12_segment *s)
{
    struct claim_fact *f = &c->facts.claim;
    struct payer_fact *p;
    const uint32_t bit = order_bit(x12_element(s, 1));

    f->payers++;
    p = payer_at_hand(c);
    if (p) {
        memset(p, 0, sizeof(*p));
        p->sbr = mark_of(c, s);
        p->id = none;
    }
    if (f->orders & bit)
        report_here(c, s, 1, 0, 4, "IK403=I12", "two payers at the same place in the order");
    f->orders |= bit;
}

/* payer_adjustment - CAS of the claim */
static void payer_adjustment(struct check *c, const struct x12_segment *s)
{
    struct payer_fact *p = payer_at_hand(c);
    int64_t sum;

    if (!p)
        return;
    p->has_cas = true;
    if (cas_sum(s, &sum))
        sum_add(&p->cas_cents, sum);
}

/* payer_amount - AMT D, A8, EAF */
static void payer_amount(struct check *c, const struct x12_segment *s)
{
    struct payer_fact *p = payer_at_hand(c);
    int64_t v;

    if (!p || !span_decimal(x12_element(s, 2), 2, &v))
        return;
    if (x12_element_is(s, 1, "D")) {
        p->amt_d = mark_of(c, s);
        p->paid_cents = v;
    } else if (x12_element_is(s, 1, "A8")) {
        p->amt_a8 = mark_of(c, s);
        p->a8_cents = v;
    } else if (x12_element_is(s, 1, "EAF")) {
        p->eaf = mark_of(c, s);
        if (v < 0)
            report_here(c, s, 2, 0, 4, "IK403=I12", "what the patient owes cannot be negative");
    }
}

/* payer_name - the id that 2430 refers to */
static void payer_name(struct check *c, const struct x12_segment *s)
{
    struct payer_fact *p = payer_at_hand(c);

    if (p)
        p->id = x12_element(s, 9);
}

/* payer_date - 573 at the claim */
static void payer_date(struct check *c, const struct x12_segment *s)
{
    struct payer_fact *p = payer_at_hand(c);

    if (p && x12_element_is(s, 1, "573"))
        p->adjudicated_on = true;
}

/* find_payer - by the id of 2330B */
static struct payer_fact *find_payer(struct claim_fact *f, struct span id)
{
    for (unsigned i = 0; i < f->payers && i < FACT_PAYERS; i++)
        if (span_equal(f->payer[i].id, id))
            return &f->payer[i];
    return NULL;
}

/* start_result - SVD; COB-02: of a payer that the claim names */
static void start_result(struct check *c, const struct x12_segment *s)
{
    struct svd_fact *v = &c->facts.line.svd;

    memset(v, 0, sizeof(*v));
    v->svd = mark_of(c, s);
    v->payer = x12_element(s, 1);
    v->open = span_decimal(x12_element(s, 2), 2, &v->paid_cents);
    if (v->payer.n > 0 && c->facts.claim.payers <= FACT_PAYERS &&
        !find_payer(&c->facts.claim, v->payer))
        report_here(c, s, 1, 0, 4, "IK403=I12", "no other payer of the claim has this id");
}

/* result_adjustment - CAS of a line */
static void result_adjustment(struct check *c, const struct x12_segment *s)
{
    struct svd_fact *v = &c->facts.line.svd;
    int64_t sum;

    if (cas_sum(s, &sum))
        sum_add(&v->cas_cents, sum);
    else
        v->open = false;
}

/* result_date - 573 at the line */
static void result_date(struct check *c, const struct x12_segment *s)
{
    struct payer_fact *p = find_payer(&c->facts.claim, c->facts.line.svd.payer);

    if (p && x12_element_is(s, 1, "573"))
        p->adjudicated_on = true;
}

/* result_owed - EAF at the line */
static void result_owed(struct check *c, const struct x12_segment *s)
{
    (void)s;
    c->facts.claim.eaf_line = true;
}

/* end_result - COB-01: charge = paid + adjusted */
static void end_result(struct check *c, const struct x12_segment *s)
{
    const struct line_fact *l = &c->facts.line;
    const struct svd_fact *v = &l->svd;
    struct payer_fact *p = find_payer(&c->facts.claim, v->payer);
    int64_t sum = v->paid_cents;

    (void)s;
    if (!v->open || !l->charge_known)
        return;
    sum_add(&sum, v->cas_cents);
    if (sum != l->charge_cents)
        report(c, &v->svd, 2, 0, 3, "IK403=I12", none,
               "paid and adjustments are not the line's charge");
    if (!p)
        return;
    p->lines++;
    sum_add(&p->line_cas_cents, v->cas_cents);
}

/* not_covered - COB-09: A8 is the whole charge, and nothing else was decided */
static void not_covered(struct check *c, const struct claim_fact *f, const struct payer_fact *p)
{
    if (p->amt_a8.position == 0)
        return;
    if (f->charge_known && p->a8_cents != f->charge_cents)
        report(c, &p->amt_a8, 2, 0, 3, "IK403=I12", none,
               "what is not covered is not the whole charge");
    if (p->amt_d.position > 0 || p->has_cas)
        report(c, &p->amt_a8, 1, 0, 4, "IK403=I13", none, "not covered, yet paid or adjusted");
}

/* decided - COB-01 for the claim, where the payer's detail is complete; COB-04: when */
static void decided(struct check *c, const struct claim_fact *f, const struct payer_fact *p)
{
    int64_t sum = p->paid_cents;
    const bool by_line = p->lines > 0 && p->lines == f->lines,
               by_claim = p->lines == 0 && p->has_cas;

    if (p->amt_d.position == 0)
        return;
    if (!p->adjudicated_on)
        report(c, &p->amt_d, 0, 0, 4, "IK304=I6", none, "a payer that decided has a date, 573");
    if ((!by_line && !by_claim) || !f->charge_known)
        return;
    sum_add(&sum, p->cas_cents);
    sum_add(&sum, p->line_cas_cents);
    if (sum != f->charge_cents)
        report(c, &p->amt_d, 2, 0, 3, "IK403=I12", none,
               "paid and adjustments are not the claim's charge");
}

/* end_payers - all of a claim */
static void end_payers(struct check *c, const struct x12_segment *s)
{
    const struct claim_fact *f = &c->facts.claim;

    (void)s;
    for (unsigned i = 0; i < f->payers && i < FACT_PAYERS; i++) {
        const struct payer_fact *p = &f->payer[i];

        not_covered(c, f, p);
        decided(c, f, p);
        if (p->eaf.position > 0 && f->eaf_line)
            report(c, &p->eaf, 1, 0, 4, "IK403=I13", none,
                   "what the patient owes stands at the claim and at a line");
    }
}

/* clang-format off */
const struct x12_rule x12_rules_cob[] = {
    {X12_837, "2320",  "SBR", start_payer, NULL},
    {X12_837, "2320",  "CAS", payer_adjustment, NULL},
    {X12_837, "2320",  "AMT", payer_amount, NULL},
    {X12_837, "2330B", "NM1", payer_name, NULL},
    {X12_837, "2330B", "DTP", payer_date, NULL},
    {X12_837, "2430",  "SVD", start_result, NULL},
    {X12_837, "2430",  "CAS", result_adjustment, NULL},
    {X12_837, "2430",  "DTP", result_date, NULL},
    {X12_837, "2430",  "AMT", result_owed, NULL},
    {X12_837, "2430",  NULL,  end_result, NULL},
    {X12_837, "2300",  NULL,  end_payers, NULL},
    {0, NULL, NULL, NULL, NULL},
};
/* clang-format on */
