/* variance.c - allowed, expected, and the difference, of lines and of the claim */
#include "common/claim/variance.h"

#include <string.h>

#include "common/base/str.h"
#include "common/claim/denial.h"

/* Reasons that take from the payment, not from the allowed amount; group "" = any. */
struct behind_row {
    const char *group, *reason;
};

/* clang-format off */
static const struct behind_row behind[] = {
    {"PR", "1"},   /* deductible */
    {"PR", "2"},   /* coinsurance */
    {"PR", "3"},   /* copay */
    {"PR", "66"},  /* blood deductible */
    {"PR", "122"}, /* psychiatric reduction */
    {"PR", "247"}, /* deductible, professional service on an institutional claim */
    {"PR", "248"}, /* coinsurance, the same */
    {"",   "23"},  /* what the payer before paid */
    {"",   "237"}, /* legislated penalty */
    {"",   "253"}, /* sequestration */
};
/* clang-format on */

/* is_behind - does it leave the allowed amount as it is? */
static bool is_behind(const CcRemittanceAdjustment *a)
{
    for (size_t i = 0; i < sizeof(behind) / sizeof(behind[0]); i++)
        if (strcmp(behind[i].reason, a->reason) == 0 &&
            (!behind[i].group[0] || strcmp(behind[i].group, a->group) == 0))
            return true;
    return false;
}

/* sum_behind - of a list; *others: the sum of what is not; *patient: of that, the patient's */
static int64_t sum_behind(CcRemittanceAdjustment *const *list, size_t n, int64_t *others,
                          int64_t *patient)
{
    int64_t sum = 0;

    *others = *patient = 0;
    for (size_t i = 0; i < n; i++) {
        int64_t cents = list[i]->amount_cents;

        if (is_behind(list[i]))
            sum += cents;
        else
            *others += cents;
        if (!is_behind(list[i]) && strcmp(list[i]->group, "PR") == 0)
            *patient += cents;
    }
    return sum;
}

/* What is known of a remittance while it is compared. */
struct comparing {
    CcRemittance *r;
    const CcClaim *c;
    int64_t own_others; /* adjustments of the claim itself that lower the allowed amount */
    bool refused;       /* something of it is no matter of a fee schedule */
};

/* reckon - allowed amounts of lines and claim */
static void reckon(struct comparing *k)
{
    CcRemittance *r = k->r;
    int64_t own, patient, of_lines = 0, denied = r->denied_cents, others;

    own = sum_behind(r->adjustments, r->n_adjustments, &k->own_others, &patient);
    k->refused = patient != 0;
    for (size_t i = 0; i < r->n_lines; i++) {
        CcRemittanceLine *l = r->lines[i];
        int64_t taken = sum_behind(l->adjustments, l->n_adjustments, &others, &patient);

        l->reckoned_cents = l->allowed_given ? l->allowed_cents : l->paid_cents + taken;
        of_lines += l->reckoned_cents;
        denied -= l->denied_cents;
        k->refused = k->refused || patient != 0 || l->denied_cents != 0;
    }
    k->refused = k->refused || denied != 0;
    r->allowed_cents = r->n_lines ? of_lines - k->own_others : r->paid_cents + own;
}

/* refuses - is something of the line denied, or left to the patient as not covered? */
static bool refuses(const CcRemittanceLine *l)
{
    int64_t others, patient;

    sum_behind(l->adjustments, l->n_adjustments, &others, &patient);
    return l->denied_cents != 0 || patient != 0;
}

/* expected_line - of a line of the claim; NULL: it has no amount of its own */
static const CcExpectedLine *expected_line(const CcClaim *c, uint32_t number)
{
    for (size_t i = 0; i < c->expected->n_lines; i++)
        if (c->expected->lines[i]->line == number)
            return c->expected->lines[i]->allowed_given ? c->expected->lines[i] : NULL;
    return NULL;
}

/* compare_line - all that the remittance says of one line of the claim; on the first of its parts
 */
static void compare_line(struct comparing *k, size_t line)
{
    const CcExpectedLine *x = expected_line(k->c, k->c->lines[line]->number);
    CcRemittanceLine *first = NULL;
    int64_t allowed = 0;

    for (size_t i = 0; x && i < k->r->n_lines; i++) {
        if (!remit_is_of(k->r, i, k->c, line))
            continue;
        if (refuses(k->r->lines[i]))
            return;
        first = first ? first : k->r->lines[i];
        allowed += k->r->lines[i]->reckoned_cents;
    }
    if (!first)
        return;
    first->compared = true;
    first->expected_cents = x->allowed_cents;
    first->variance_cents = allowed - x->allowed_cents;
}

/* compare_lines - where nothing was taken from the claim as a whole; the claim is their sum until
 * it is compared itself */
static void compare_lines(struct comparing *k)
{
    CcRemittance *r = k->r;
    int64_t expected = 0, variance = 0;

    if (k->own_others)
        return;
    for (size_t i = 0; i < k->c->n_lines; i++)
        compare_line(k, i);
    for (size_t i = 0; i < r->n_lines; i++) {
        if (!r->lines[i]->compared)
            continue;
        r->compared = true;
        expected += r->lines[i]->expected_cents;
        variance += r->lines[i]->variance_cents;
    }
    if (!r->compared)
        return;
    r->expected_cents = expected;
    r->variance_cents = variance;
    r->allowed_cents = expected + variance;
}

/* is_of_the_payer - is the expected amount that of the payer who speaks? The next payers' are
 * others
 */
static bool is_of_the_payer(const CcRemittance *r, const CcClaim *c)
{
    static const char *const turns[] = {"1", "19", NULL};

    for (size_t i = 0; i < c->n_coverages; i++)
        if (c->coverages[i]->adjudicated)
            return false;
    return !r->reversal && str_in(r->status, turns);
}

/* variance_set - see variance.h */
void variance_set(CcRemittance *r, const CcClaim *c)
{
    struct comparing k = {.r = r, .c = c};
    int64_t whole;

    reckon(&k);
    if (!c || !c->expected || !is_of_the_payer(r, c))
        return;
    whole = r->allowed_cents;
    compare_lines(&k);
    if (!c->expected->allowed_given || k.refused || r->charge_cents != c->charge_cents)
        return;
    r->compared = true;
    r->allowed_cents = whole;
    r->expected_cents = c->expected->allowed_cents;
    r->variance_cents = whole - c->expected->allowed_cents;
}

/* beyond - is it more than either tolerance? */
static bool beyond(int64_t variance, int64_t expected, struct tolerance t)
{
    int64_t off = variance < 0 ? -variance : variance;

    return off > t.cents && off * 100 > expected * t.percent;
}

/* count - a difference beyond the tolerance; true: it is one */
static bool count(CcRemittance *r, int64_t variance, int64_t expected, struct tolerance t)
{
    if (!beyond(variance, expected, t))
        return false;
    if (variance < 0)
        r->underpaid_cents -= variance;
    else
        r->overpaid_cents += variance;
    return true;
}

/* variance_judge - see variance.h */
void variance_judge(CcRemittance *r, struct tolerance t)
{
    bool by_line = false;

    r->underpaid_cents = r->overpaid_cents = 0;
    for (size_t i = 0; i < r->n_lines; i++) {
        const CcRemittanceLine *l = r->lines[i];

        by_line |= l->compared && count(r, l->variance_cents, l->expected_cents, t);
    }
    if (!by_line && r->compared)
        count(r, r->variance_cents, r->expected_cents, t);
}

/* variance_line - see variance.h */
const CcRemittanceLine *variance_line(const CcRemittance *r, bool below)
{
    const CcRemittanceLine *worst = NULL;
    int64_t most = 0;

    for (size_t i = 0; i < r->n_lines; i++) {
        const CcRemittanceLine *l = r->lines[i];
        int64_t off = below ? -l->variance_cents : l->variance_cents;

        if (l->compared && off > most) {
            most = off;
            worst = l;
        }
    }
    return worst;
}
