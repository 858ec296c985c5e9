/* adjudicate.c - what the payer decides: by the seed, line by line, always in balance (billing
 * §6.3)
 *
 * Each line: allowed is a part of the charge, the rest is CO 45; the patient bears a copay, a
 * coinsurance or a deductible, or nothing; what is left is paid. A reduced claim has one line
 * refused, or half of its only line; a denied one has all of them refused. A claim that another
 * payer has decided gets OA 23 for that payer's part and the rest paid. */
#include <string.h>

#include "common/base/money.h"
#include "services/sandbox/sandbox.h"

enum { COPAY_CENTS = 2500, DEDUCTIBLE_CENTS = 10000, LEAST_PERCENT = 55, SPREAD_PERCENT = 41 };

struct reason {
    const char *group, *code, *remark;
};

/* clang-format off */
static const struct reason reductions[] = {
    {"CO", "16", "M51"}, {"CO", "50", "N115"}, {"CO", "97", ""}, {"CO", "151", ""}, {"CO", "4", ""},
};
static const struct reason denials[] = {
    {"CO", "197", ""}, {"CO", "50", "N115"}, {"CO", "16", "M76"}, {"CO", "29", ""}, {"CO", "11", ""}, {"CO", "16", "MA130"},
    {"PI", "204", ""}, {"CO", "27", ""},
};
/* clang-format on */

enum share { SHARE_NONE, SHARE_COPAY, SHARE_COINSURANCE, SHARE_DEDUCTIBLE, SHARE_MAX };

/* What is decided for the whole claim. */
struct decision {
    struct arena *a;
    const struct sandbox *s;
    const CcClaim *c;
    enum fate fate;
    enum share share;
    int64_t deductible_cents;
    const struct reason *reason;
    size_t refused_line;
};

/* pick - a number below n that the seed decides */
static size_t pick(const struct decision *d, const char *what, size_t n)
{
    return (size_t)(sandbox_number(d->s->seed, d->c->claim_id, what) % n);
}

/* decide - fate, reason, the patient's share */
static struct decision decide(struct arena *a, const struct sandbox *s, const CcClaim *c)
{
    struct decision d = {.a = a, .s = s, .c = c, .deductible_cents = DEDUCTIBLE_CENTS};

    d.fate = fate_of(&s->mix, s->seed, c->claim_id);
    d.share = (enum share)pick(&d, "share", SHARE_MAX);
    if (d.fate == FATE_DENIED)
        d.reason = &denials[pick(&d, "denial", sizeof(denials) / sizeof(denials[0]))];
    else
        d.reason = &reductions[pick(&d, "reduction", sizeof(reductions) / sizeof(reductions[0]))];
    d.refused_line = c->n_lines ? pick(&d, "line", c->n_lines) : 0;
    if (sandbox_chosen(s, c, "zero", s->scenario.zero_percent)) {
        d.share = SHARE_DEDUCTIBLE;
        d.deductible_cents = INT64_MAX;
    }
    return d;
}

/* sandbox_adjust - see sandbox.h */
void sandbox_adjust(struct arena *a, CcRemittanceLine *l, const char *group, const char *code,
                    int64_t cents)
{
    CcRemittanceAdjustment *adj =
        cents ? event_new(a, &cc_remittance_adjustment__descriptor) : NULL;

    if (!adj)
        return;
    adj->group = arena_strdup(a, group);
    adj->reason = arena_strdup(a, code);
    adj->amount_cents = cents;
    event_push(a, l, adjustments, adj);
}

/* refuse - an amount of the line, with the remark that the reason needs */
static void refuse(const struct decision *d, CcRemittanceLine *l, int64_t cents)
{
    sandbox_adjust(d->a, l, d->reason->group, d->reason->code, cents);
    if (d->reason->remark[0])
        event_push(d->a, l, remarks, arena_strdup(d->a, d->reason->remark));
}

/* prior - what another payer paid or wrote off of the line; -1: nobody decided it */
static int64_t prior(const CcServiceLine *line)
{
    int64_t sum = 0;

    if (line->n_adjudications == 0)
        return -1;
    for (size_t i = 0; i < line->n_adjudications; i++) {
        const CcLineAdjudication *x = line->adjudications[i];

        sum += x->paid_cents;
        for (size_t k = 0; k < x->n_adjustments; k++)
            if (strcmp(x->adjustments[k]->group, "PR") != 0)
                sum += x->adjustments[k]->amount_cents;
    }
    if (sum < 0)
        return 0;
    return sum > line->charge_cents ? line->charge_cents : sum;
}

/* patient_part - of an allowed amount, with its reason */
static int64_t patient_part(struct decision *d, size_t i, int64_t allowed, const char **code)
{
    int64_t part = 0;

    switch (d->share) {
    case SHARE_COPAY:
        *code = "3";
        part = i == 0 ? COPAY_CENTS : 0;
        break;
    case SHARE_COINSURANCE:
        *code = "2";
        part = allowed / 5;
        break;
    case SHARE_DEDUCTIBLE:
        *code = "1";
        part = d->deductible_cents;
        break;
    default:
        return 0;
    }
    part = part < allowed ? part : allowed;
    if (d->share == SHARE_DEDUCTIBLE && d->deductible_cents != INT64_MAX)
        d->deductible_cents -= part;
    return part;
}

/* pay_rest - what is allowed, less half of it where that is refused, less the patient's part */
static void pay_rest(struct decision *d, size_t i, CcRemittanceLine *l, int64_t allowed, bool halve)
{
    int64_t refused = halve ? allowed / 2 : 0, part;
    const char *code = "";

    l->allowed_cents = allowed - refused;
    l->allowed_given = true;
    if (refused)
        refuse(d, l, refused);
    part = patient_part(d, i, allowed - refused, &code);
    sandbox_adjust(d->a, l, "PR", code, part);
    l->paid_cents = allowed - refused - part;
}

/* decide_line - money of one line */
static void decide_line(struct decision *d, size_t i, CcRemittanceLine *l)
{
    bool one = d->c->n_lines == 1, reduced = d->fate == FATE_REDUCED && i == d->refused_line;
    int64_t before = prior(d->c->lines[i]), allowed;
    char what[32];

    if (d->fate == FATE_DENIED || (reduced && !one)) {
        refuse(d, l, l->charge_cents);
        l->allowed_given = true;
        return;
    }
    if (before >= 0) {
        sandbox_adjust(d->a, l, "OA", "23", before);
        l->paid_cents = l->charge_cents - before;
        l->allowed_cents = l->paid_cents;
        l->allowed_given = true;
        return;
    }
    snprintf(what, sizeof(what), "allowed%zu", i);
    allowed = l->charge_cents / 100 * (int64_t)(LEAST_PERCENT + pick(d, what, SPREAD_PERCENT));
    sandbox_adjust(d->a, l, "CO", "45", l->charge_cents - allowed);
    pay_rest(d, i, l, allowed, reduced);
}

/* line_of - the line as it was billed */
static CcRemittanceLine *line_of(const struct decision *d, const CcServiceLine *from)
{
    CcRemittanceLine *l = event_new(d->a, &cc_remittance_line__descriptor);

    if (!l)
        return NULL;
    l->control = arena_strdup(d->a, from->control);
    l->revenue = arena_strdup(d->a, from->revenue);
    if (from->procedure && from->procedure->code && from->procedure->code->code[0]) {
        l->qualifier = arena_strdup(d->a, from->code_qualifier[0] ? from->code_qualifier : "HC");
        l->code = arena_strdup(d->a, from->procedure->code->code);
    }
    for (size_t i = 0; i < from->n_modifiers; i++)
        event_push(d->a, l, modifiers, arena_strdup(d->a, from->modifiers[i]));
    l->charge_cents = from->charge_cents;
    l->paid_units_milli = from->units_milli;
    l->from_date = from->from_date ? from->from_date : d->c->from_date;
    l->thru_date = from->thru_date ? from->thru_date : l->from_date;
    return l;
}

/* indicator_of - CLP06: the codes of an 835 are fewer than those of a claim */
static const char *indicator_of(const CcClaimCoverage *cov)
{
    static const char *const codes[] = {"12", "13", "14", "15", "16", "17", "AM", "CH", "DS", "HM",
                                        "LM", "MA", "MB", "MC", "OF", "TV", "VA", "WC", "ZZ", NULL};

    if (!cov || strcmp(cov->filing_indicator, "CI") == 0 ||
        strcmp(cov->filing_indicator, "BL") == 0)
        return "12";
    return str_in(cov->filing_indicator, codes) ? cov->filing_indicator : "ZZ";
}

/* head_of - the claim as it was billed */
static CcRemittance *head_of(const struct decision *d, const char *icn)
{
    CcRemittance *r = event_new(d->a, &cc_remittance__descriptor);
    const CcClaimCoverage *cov = sandbox_coverage(d->c);
    const char *turn = cov ? cov->sequence : "P",
               *tob = d->c->type_of_bill + (d->c->type_of_bill[0] == '0');

    if (!r)
        return NULL;
    r->claim_id = arena_strdup(d->a, d->c->claim_id);
    r->payer_claim = arena_strdup(d->a, icn);
    r->status = arena_strdup(d->a, strcmp(turn, "S") == 0   ? "2"
                                   : strcmp(turn, "T") == 0 ? "3"
                                                            : "1");
    r->filing_indicator = arena_strdup(d->a, indicator_of(cov));
    r->facility = d->c->kind == CLAIM_KIND_INSTITUTIONAL
                      ? arena_strndup(d->a, tob, 2)
                      : arena_strdup(d->a, d->c->place_of_service);
    r->frequency = arena_strdup(d->a, d->c->frequency[0] ? d->c->frequency : "1");
    r->drg = arena_strdup(d->a, d->c->drg);
    return r;
}

/* sandbox_add_up - see sandbox.h */
void sandbox_add_up(CcRemittance *r)
{
    r->charge_cents = r->paid_cents = r->patient_cents = 0;
    for (size_t i = 0; i < r->n_lines; i++) {
        const CcRemittanceLine *l = r->lines[i];

        r->charge_cents += l->charge_cents;
        r->paid_cents += l->paid_cents;
        for (size_t k = 0; k < l->n_adjustments; k++)
            if (strcmp(l->adjustments[k]->group, "PR") == 0)
                r->patient_cents += l->adjustments[k]->amount_cents;
    }
}

/* adjudicate - the whole claim */
CcRemittance *adjudicate(struct arena *a, const struct sandbox *s, const CcClaim *c,
                         const char *icn)
{
    struct decision d = decide(a, s, c);
    CcRemittance *r = head_of(&d, icn);

    for (size_t i = 0; r && i < c->n_lines; i++) {
        CcRemittanceLine *l = line_of(&d, c->lines[i]);

        if (!l || !event_push(a, r, lines, l))
            return NULL;
        decide_line(&d, i, l);
    }
    if (r && sandbox_chosen(s, c, "bundle", s->scenario.bundle_percent))
        line_bundle(a, r);
    if (r && sandbox_chosen(s, c, "split", s->scenario.split_percent))
        line_split(a, r);
    if (r)
        sandbox_add_up(r);
    return arena_exhausted(a) ? NULL : r;
}

/* icn_of - "SBX" and twelve digits */
void icn_of(const struct sandbox *s, const CcClaim *c, char out[SANDBOX_ICN])
{
    char what[96];

    snprintf(what, sizeof(what), "icn|%s|%s", c->frequency, c->original_reference);
    snprintf(out, SANDBOX_ICN, "SBX%012llu",
             (unsigned long long)(sandbox_number(s->seed, c->claim_id, what) % 1000000000000ULL));
}
