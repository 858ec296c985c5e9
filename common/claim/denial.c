/* denial.c - routes of adjustments, and what one remittance decided
 *
 * Whether a claim is paid or denied is read off its adjustments, never off CLP02: a payer processes
 * a denial "as primary" (1) with nothing paid (billing §6.2). Bundled lines (CARC 97, 234) are the
 * contract's reduction where the rest of the claim was paid; where nothing was, they are a denial
 * that somebody looks at before it is written off. */
#include "common/claim/denial.h"

#include <string.h>

#include "common/claim/sets.h"

/* carcs that leave the reason to the remark (billing §6.7) */
static const char *const read_the_remark[] = {"16", "96", "A1", NULL};

/* first_route - the first word of a list */
static const char *first_route(const char *list)
{
    static const char *const routes[] = {"FIX", "REC", "APP", "SEC", "PAT", "WO", "ELIG", "INFO"};

    for (size_t i = 0; list && i < sizeof(routes) / sizeof(routes[0]); i++)
        if (str_starts(list, routes[i]))
            return routes[i];
    return "";
}

/* changes - does this remark change the route of such an amount? */
static bool changes(const struct rarc_row *row, bool patient, const char *reason)
{
    switch (row->effect) {
    case RARC_PATIENT:
        return patient;
    case RARC_DENIAL:
        return !patient;
    case RARC_READ:
        return !patient && str_in(reason, read_the_remark);
    default:
        return false;
    }
}

/* by_remark - the route that a remark gives; NULL: none does */
static const char *by_remark(bool patient, const char *reason, char *const *remarks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct rarc_row *row = rarc_find(remarks[i]);

        if (row && changes(row, patient, reason))
            return first_route(row->route);
    }
    return NULL;
}

/* is_settled - the contract's reduction or a note: no remark moves it */
static bool is_settled(const struct carc_row *row)
{
    return row && (row->kind == CARC_CONTRACT || row->kind == CARC_NEUTRAL);
}

/* denial_route - of one adjustment */
const char *denial_route(const char *group, const char *reason, char *const *remarks,
                         size_t n_remarks)
{
    const struct carc_row *row = carc_find(reason);
    bool patient = strcmp(group, "PR") == 0;
    const char *route;

    if (!patient && is_settled(row))
        return first_route(row->route);
    route = by_remark(patient, reason, remarks, n_remarks);
    if (route)
        return route;
    if (patient)
        return row && row->patient ? first_route(row->patient) : "SEC";
    return row ? first_route(row->route) : "";
}

/* route_one - with the remarks of its line, then of its claim */
static void route_one(struct arena *a, const CcRemittance *claim, const CcRemittanceLine *line,
                      CcRemittanceAdjustment *adj)
{
    bool patient = strcmp(adj->group, "PR") == 0;
    const char *route = denial_route(adj->group, adj->reason, claim->remarks, claim->n_remarks);

    if (line && (!is_settled(carc_find(adj->reason)) || patient)) {
        const char *nearer = by_remark(patient, adj->reason, line->remarks, line->n_remarks);

        route = nearer ? nearer : route;
    }
    adj->route = reply_text(a, span_of(route));
}

/* denial_route_claim - every adjustment */
void denial_route_claim(struct arena *a, CcRemittance *claim)
{
    for (size_t i = 0; i < claim->n_adjustments; i++)
        route_one(a, claim, NULL, claim->adjustments[i]);
    for (size_t l = 0; l < claim->n_lines; l++)
        for (size_t i = 0; i < claim->lines[l]->n_adjustments; i++)
            route_one(a, claim, claim->lines[l], claim->lines[l]->adjustments[i]);
}

/* is_contract - written off without a question */
static bool is_contract(const CcRemittance *claim, const CcRemittanceAdjustment *adj)
{
    const struct carc_row *row = carc_find(adj->reason);

    if (strcmp(adj->group, "CO") != 0 || !row)
        return false;
    return row->kind == CARC_CONTRACT || (row->kind == CARC_BUNDLED && claim->paid_cents != 0);
}

/* is_neutral - refuses nothing */
static bool is_neutral(const CcRemittanceAdjustment *adj)
{
    const struct carc_row *row = carc_find(adj->reason);

    return row && row->kind == CARC_NEUTRAL;
}

/* bear - one adjustment on the share of whoever bears it; true: somebody works on it */
static bool bear(struct remit_share *s, const CcRemittance *claim,
                 const CcRemittanceAdjustment *adj)
{
    bool moves = claim->reversal ? adj->amount_cents < 0 : adj->amount_cents > 0;
    bool refused;

    if (strcmp(adj->group, "PR") == 0) {
        s->patient_cents += adj->amount_cents;
        return false;
    }
    if (is_contract(claim, adj)) {
        s->contractual_cents += adj->amount_cents;
        return false;
    }
    s->other_cents += adj->amount_cents;
    refused = !is_neutral(adj) && (moves || (claim->charge_cents == 0 && claim->paid_cents == 0));
    s->denied_cents += refused ? adj->amount_cents : 0;
    s->neutral_cents += is_neutral(adj) ? adj->amount_cents : 0;
    return refused;
}

/* bear_all - of a list; the largest amount that is refused is the reason */
static void bear_all(struct remit_outcome *out, const CcRemittance *claim,
                     const CcRemittanceLine *line, CcRemittanceAdjustment *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!bear(&out->share, claim, list[i]) || claim->reversal ||
            (out->reason && out->reason->amount_cents >= list[i]->amount_cents))
            continue;
        out->reason = list[i];
        out->line = line;
    }
}

/* bear_claim - every adjustment of a claim with the line it stands on */
static void bear_claim(struct remit_outcome *out, const CcRemittance *claim)
{
    bear_all(out, claim, NULL, claim->adjustments, claim->n_adjustments);
    for (size_t i = 0; i < claim->n_lines; i++)
        bear_all(out, claim, claim->lines[i], claim->lines[i]->adjustments,
                 claim->lines[i]->n_adjustments);
}

/* remittance_patient - the PR amounts */
int64_t remittance_patient(const CcRemittance *claim)
{
    struct remit_outcome out = {0};

    bear_claim(&out, claim);
    return out.share.patient_cents;
}

/* said_by - the first remark of a list that says so, or the contrary */
static const struct crossover_row *said_by(char *const *remarks, size_t n, bool forwarded)
{
    for (size_t i = 0; i < n; i++) {
        const struct crossover_row *row = crossover_find(remarks[i]);

        if (row && row->forwarded == forwarded)
            return row;
    }
    return NULL;
}

/* said - of the claim, then of its lines */
static const struct crossover_row *said(const CcRemittance *claim, bool forwarded)
{
    const struct crossover_row *row = said_by(claim->remarks, claim->n_remarks, forwarded);

    for (size_t i = 0; !row && i < claim->n_lines; i++)
        row = said_by(claim->lines[i]->remarks, claim->lines[i]->n_remarks, forwarded);
    return row;
}

/* remit_crossover - see denial.h */
const char *remit_crossover(const CcRemittance *claim)
{
    static const char *const statuses[] = {"19", "20", "21", NULL};
    const struct crossover_row *row;

    if (claim->reversal)
        return "";
    if (str_in(claim->status, statuses))
        return claim->status;
    if (said(claim, false))
        return "";
    if (claim->crossover[0])
        return "NM1*TT";
    row = said(claim, true);
    return row ? row->remark : "";
}

/* remit_is_of - see denial.h */
bool remit_is_of(const CcRemittance *r, size_t at, const CcClaim *c, size_t line)
{
    const CcRemittanceLine *l = r->lines[at];

    if (l->control[0])
        return strcmp(l->control, c->lines[line]->control) == 0;
    return r->n_lines == c->n_lines && at == line;
}

/* remit_split - see denial.h */
void remit_split(CcRemittance *claim)
{
    struct remit_outcome all = {0};

    for (size_t i = 0; i < claim->n_lines; i++) {
        CcRemittanceLine *l = claim->lines[i];
        struct remit_outcome of_line = {0};

        bear_all(&of_line, claim, l, l->adjustments, l->n_adjustments);
        l->contractual_cents = of_line.share.contractual_cents;
        l->patient_cents = of_line.share.patient_cents;
        l->other_cents = of_line.share.other_cents;
        l->denied_cents = of_line.share.denied_cents;
    }
    bear_claim(&all, claim);
    claim->contractual_cents = all.share.contractual_cents;
    claim->patient_cents = all.share.patient_cents;
    claim->other_cents = all.share.other_cents;
    claim->denied_cents = all.share.denied_cents;
    claim->neutral_cents = all.share.neutral_cents;
}

/* take_remarks - the first that names a fix; whether a new claim is due */
static void take_remarks(struct remit_outcome *out, char *const *remarks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct rarc_row *row = rarc_find(remarks[i]);

        if (!row)
            continue;
        if (out->fix[0] == '\0')
            out->fix = row->fix;
        if (out->check[0] == '\0' && row->check)
            out->check = row->check;
        out->new_claim |= strcmp(row->code, "MA130") == 0 || strcmp(row->code, "N142") == 0;
        out->appeal_barred |= strcmp(row->code, "MA130") == 0 || strcmp(row->code, "N211") == 0;
    }
}

/* explain - the reason in words */
static void explain(const CcRemittance *claim, struct remit_outcome *out)
{
    const struct carc_row *row = out->reason ? carc_find(out->reason->reason) : NULL;

    if (!out->reason)
        return;
    out->route = out->reason->route;
    if (out->line)
        take_remarks(out, out->line->remarks, out->line->n_remarks);
    take_remarks(out, claim->remarks, claim->n_remarks);
    if (!row)
        return;
    out->meaning = row->meaning;
    if (out->check[0] == '\0' && row->check)
        out->check = row->check;
    out->appeal_barred |= strcmp(row->code, "286") == 0;
    if (out->appeal_barred && strcmp(out->route, "APP") == 0)
        out->route = "WO"; /* never appeal what cannot be appealed */
}

/* remit_decide - paid, in part, or denied */
void remit_decide(const CcRemittance *claim, struct remit_outcome *out)
{
    memset(out, 0, sizeof(*out));
    out->route = out->fix = out->meaning = out->check = "";
    bear_claim(out, claim);
    explain(claim, out);
    if (strcmp(claim->status, "4") == 0) {
        out->state = CLAIM_STATE_DENIED;
        out->route = "ELIG";
    } else if (claim->paid_cents <= 0 && out->reason) {
        out->state = CLAIM_STATE_DENIED;
    } else {
        out->state = out->share.denied_cents > 0 ? CLAIM_STATE_PARTIAL : CLAIM_STATE_PAID;
    }
}

/* push_once - a code that is not in the list yet */
static void push_once(struct arena *a, char ***codes, size_t *n, char *code)
{
    for (size_t i = 0; code && i < *n; i++)
        if (strcmp((*codes)[i], code) == 0)
            return;
    event_push_pointer(a, (void ***)(void *)codes, n, code);
}

/* push_all - adjustments and remarks of one place */
static void push_all(struct arena *a, CcRemittanceAdjustment *const *adj, size_t n_adj,
                     char *const *remarks, size_t n_remarks, char ***codes, size_t *n)
{
    for (size_t i = 0; i < n_adj; i++)
        push_once(a, codes, n, arena_printf(a, "%s%s", adj[i]->group, adj[i]->reason));
    for (size_t i = 0; i < n_remarks; i++)
        push_once(a, codes, n, remarks[i]);
}

/* denial_codes - of the claim, then of its lines */
void denial_codes(struct arena *a, const CcRemittance *claim, char ***codes, size_t *n)
{
    push_all(a, claim->adjustments, claim->n_adjustments, claim->remarks, claim->n_remarks, codes,
             n);
    for (size_t l = 0; l < claim->n_lines; l++)
        push_all(a, claim->lines[l]->adjustments, claim->lines[l]->n_adjustments,
                 claim->lines[l]->remarks, claim->lines[l]->n_remarks, codes, n);
}
