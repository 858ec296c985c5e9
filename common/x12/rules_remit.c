/* rules_remit.c - 835: the three equations, in cents (billing §6.3) */
#include <string.h>

#include "common/x12/checker.h"

static const struct span none = {"", 0};

/* add_amount - element n to a sum; an unreadable one makes the equation unknown */
static void add_amount(const struct x12_segment *s, unsigned n, int64_t *sum, bool *known)
{
    int64_t v;

    if (span_decimal(x12_element(s, n), 2, &v))
        sum_add(sum, v);
    else
        *known = false;
}

/* balances - a charge less its adjustments is what was paid */
static bool balances(int64_t charge, int64_t adjusted, int64_t paid)
{
    sum_add(&paid, adjusted);
    return paid == charge;
}

/* start_payment - BPR */
static void start_payment(struct check *c, const struct x12_segment *s)
{
    struct remit_fact *f = &c->facts.remit;

    memset(f, 0, sizeof(*f));
    f->bpr = mark_of(c, s);
    f->known = true;
    add_amount(s, 2, &f->paid_cents, &f->known);
    if (f->known && f->paid_cents < 0)
        report_here(c, s, 2, 0, 2, "IK403=I12", "a payment cannot be negative");
    if (span_listed(x12_element(s, 4), "ACH FWT") && x12_element(s, 15).n == 0)
        report_here(c, s, 15, 0, 4, "IK403=I9", "a transfer has the account that it goes to");
}

/* start_claim - CLP */
static void start_claim(struct check *c, const struct x12_segment *s)
{
    struct remit_fact *f = &c->facts.remit;

    f->clp = mark_of(c, s);
    f->clp_charge = f->clp_paid = f->clp_cas = f->line_charge = f->line_cas = 0;
    f->services = 0;
    f->clp_known = true;
    add_amount(s, 3, &f->clp_charge, &f->clp_known);
    add_amount(s, 4, &f->clp_paid, &f->clp_known);
    add_amount(s, 4, &f->sum_cents, &f->known);
    c->facts.claim.id = x12_element(s, 1);
}

/* claim_adjustment - CAS of the claim */
static void claim_adjustment(struct check *c, const struct x12_segment *s)
{
    struct remit_fact *f = &c->facts.remit;
    int64_t sum;

    if (cas_sum(s, &sum))
        sum_add(&f->clp_cas, sum);
    else
        f->clp_known = false;
}

/* start_service - SVC */
static void start_service(struct check *c, const struct x12_segment *s)
{
    struct remit_fact *f = &c->facts.remit;

    f->svc = mark_of(c, s);
    f->svc_charge = f->svc_paid = f->svc_cas = 0;
    f->svc_known = true;
    f->services++;
    add_amount(s, 2, &f->svc_charge, &f->svc_known);
    add_amount(s, 3, &f->svc_paid, &f->svc_known);
}

/* service_adjustment - CAS of a line */
static void service_adjustment(struct check *c, const struct x12_segment *s)
{
    struct remit_fact *f = &c->facts.remit;
    int64_t sum;

    if (cas_sum(s, &sum))
        sum_add(&f->svc_cas, sum);
    else
        f->svc_known = false;
}

/* end_service - SVC02 - adjustments = SVC03 */
static void end_service(struct check *c, const struct x12_segment *s)
{
    struct remit_fact *f = &c->facts.remit;

    (void)s;
    if (!f->svc_known) {
        f->clp_known = false;
        return;
    }
    sum_add(&f->line_charge, f->svc_charge);
    sum_add(&f->line_cas, f->svc_cas);
    if (!balances(f->svc_charge, f->svc_cas, f->svc_paid))
        report(c, &f->svc, 3, 0, 3, "IK403=I12", none, "the line does not balance");
}

/* end_claim - CLP03 - all adjustments = CLP04; the lines add up to the claim */
static void end_claim(struct check *c, const struct x12_segment *s)
{
    struct remit_fact *f = &c->facts.remit;

    (void)s;
    sum_add(&f->clp_cas, f->line_cas);
    if (f->clp_known) {
        if (!balances(f->clp_charge, f->clp_cas, f->clp_paid))
            report(c, &f->clp, 4, 0, 3, "IK403=I12", none, "the claim does not balance");
        else if (f->services > 0 && f->line_charge != f->clp_charge)
            report(c, &f->clp, 3, 0, 3, "IK403=I12", none,
                   "the lines' charges are not the claim's");
    }
    c->facts.claim.id = none;
}

/* provider_adjustment - PLB */
static void provider_adjustment(struct check *c, const struct x12_segment *s)
{
    struct remit_fact *f = &c->facts.remit;

    for (unsigned n = 4; n <= 14 && n <= s->count; n += 2)
        if (x12_element(s, n).n > 0)
            add_amount(s, n, &f->plb_cents, &f->known);
}

/* end_payment - the claims' payments less the provider adjustments = BPR02 */
static void end_payment(struct check *c, const struct x12_segment *s)
{
    const struct remit_fact *f = &c->facts.remit;

    (void)s;
    if (f->bpr.position > 0 && f->known && !balances(f->sum_cents, f->plb_cents, f->paid_cents))
        report(c, &f->bpr, 2, 0, 3, "IK403=I12", none,
               "the payment is not the claims' less the adjustments");
}

/* clang-format off */
const struct x12_rule x12_rules_remit[] = {
    {X12_835, "ST",   "BPR", start_payment, NULL},
    {X12_835, "2100", "CLP", start_claim, NULL},
    {X12_835, "2100", "CAS", claim_adjustment, NULL},
    {X12_835, "2110", "SVC", start_service, NULL},
    {X12_835, "2110", "CAS", service_adjustment, NULL},
    {X12_835, "2110", NULL,  end_service, NULL},
    {X12_835, "2100", NULL,  end_claim, NULL},
    {X12_835, "ST",   "PLB", provider_adjustment, NULL},
    {X12_835, "ST",   NULL,  end_payment, NULL},
    {0, NULL, NULL, NULL, NULL},
};
/* clang-format on */
