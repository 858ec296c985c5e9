/* balance.c - four equations that must hold to the cent, one that is only worth saying (billing
 * §6.3)
 *
 * Sums cannot overflow: read835 takes no amount over BALANCE_MAX_DOLLARS. */
#include "common/claim/balance.h"

#include <string.h>

#include "common/claim/denial.h"

/* balance_add - one finding more */
void balance_add(struct arena *a, struct payment *p, const struct payment_finding *f)
{
    struct payment_finding *grown = arena_grow(a, p->findings, p->n_findings, sizeof(*grown));

    if (!grown)
        return;
    p->findings = grown;
    p->findings[p->n_findings] = *f;
    p->findings[p->n_findings++].delta_cents = f->found_cents - f->expected_cents;
}

/* adjusted - the sum of a list of adjustments */
static int64_t adjusted(CcRemittanceAdjustment *const *list, size_t n)
{
    int64_t sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += list[i]->amount_cents;
    return sum;
}

/* line_name - our line control number, or which line of the claim it is */
static const char *line_name(struct arena *a, const CcRemittanceLine *line, size_t i)
{
    const char *name = line->control;

    if (name[0] == '\0')
        name = arena_printf(a, "%zu", i + 1);
    return name ? name : "";
}

/* try_line - what was billed less what was adjusted is what was paid */
static void try_line(struct arena *a, struct payment *p, const CcRemittance *claim, size_t i)
{
    const CcRemittanceLine *line = claim->lines[i];
    int64_t expected = line->charge_cents - adjusted(line->adjustments, line->n_adjustments);

    if (expected != line->paid_cents)
        balance_add(a, p,
                    &(struct payment_finding){.equation = "line",
                                              .claim = claim->claim_id,
                                              .line = line_name(a, line, i),
                                              .position = line->position,
                                              .expected_cents = expected,
                                              .found_cents = line->paid_cents,
                                              .element = "SVC03"});
}

/* report - a claim's equation that does not hold */
static void report(struct arena *a, struct payment *p, const CcRemittance *claim,
                   const char *equation, const char *element, int64_t expected, int64_t found)
{
    if (expected != found)
        balance_add(a, p,
                    &(struct payment_finding){.equation = equation,
                                              .claim = claim->claim_id,
                                              .line = "",
                                              .position = claim->position,
                                              .expected_cents = expected,
                                              .found_cents = found,
                                              .element = element,
                                              .note = strcmp(equation, "patient") == 0});
}

/* try_claim - a claim with its lines */
static void try_claim(struct arena *a, struct payment *p, const CcRemittance *claim)
{
    int64_t own = adjusted(claim->adjustments, claim->n_adjustments), of_lines = 0, charged = 0,
            paid = 0;

    for (size_t i = 0; i < claim->n_lines; i++) {
        try_line(a, p, claim, i);
        of_lines += adjusted(claim->lines[i]->adjustments, claim->lines[i]->n_adjustments);
        charged += claim->lines[i]->charge_cents;
        paid += claim->lines[i]->paid_cents;
    }
    report(a, p, claim, "claim", "CLP04", claim->charge_cents - own - of_lines, claim->paid_cents);
    if (claim->n_lines) {
        report(a, p, claim, "claim-lines", "CLP03", charged, claim->charge_cents);
        report(a, p, claim, "claim-paid", "CLP04", paid - own, claim->paid_cents);
    }
    if (!claim->reversal)
        report(a, p, claim, "patient", "CLP05", remittance_patient(claim), claim->patient_cents);
}

/* try_payment - all claims less what the payer moved outside of claims is the check */
static void try_payment(struct arena *a, struct payment *p)
{
    int64_t expected = 0;

    for (size_t i = 0; i < p->n_claims; i++)
        expected += p->claims[i]->paid_cents;
    for (size_t i = 0; i < p->n_adjustments; i++)
        expected -= p->adjustments[i].amount_cents;
    if (expected != p->check_cents)
        balance_add(a, p,
                    &(struct payment_finding){.equation = "payment",
                                              .claim = "",
                                              .line = "",
                                              .position = p->position,
                                              .expected_cents = expected,
                                              .found_cents = p->check_cents,
                                              .element = "BPR02"});
}

/* balance_try - every equation, then the verdict */
void balance_try(struct arena *a, struct payment *p)
{
    for (size_t i = 0; i < p->n_claims; i++)
        try_claim(a, p, p->claims[i]);
    try_payment(a, p);
    p->balanced = true;
    for (size_t i = 0; i < p->n_findings; i++)
        p->balanced = p->balanced && p->findings[i].note;
}
