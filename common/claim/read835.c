/* read835.c - segments of an 835 to a payment */
#include "common/claim/read835.h"

#include <string.h>

#include "common/base/money.h"
#include "common/claim/balance.h"
#include "common/claim/denial.h"
#include "common/claim/who.h"

enum { UNIT = 1000, PAIRS = 6 };

/* What is being filled. */
struct read835 {
    struct arena *a;
    struct payment *p;
    CcRemittance *claim; /* NULL before the first CLP and behind a PLB */
    CcRemittanceLine *line;
    bool check_given;
};

/* text - an element as text of the arena */
static char *text(struct read835 *r, const struct x12_segment *s, unsigned n)
{
    return reply_text(r->a, x12_element(s, n));
}

/* component - one component of it */
static char *component(struct read835 *r, const struct x12_segment *s, unsigned n, unsigned c)
{
    return reply_text(r->a, x12_component(s, n, c));
}

/* bad_amount - an element that should be an amount and is none */
static void bad_amount(struct read835 *r, const struct x12_segment *s, const char *element)
{
    balance_add(r->a, r->p,
                &(struct payment_finding){.equation = "amount",
                                          .claim = r->claim ? r->claim->claim_id : "",
                                          .line = r->line ? r->line->control : "",
                                          .position = s->position,
                                          .element = element});
}

/* amount - an element in cents; empty is 0; what is none leaves a finding and 0 */
static int64_t amount(struct read835 *r, const struct x12_segment *s, unsigned n,
                      const char *element)
{
    const int64_t most = (int64_t)BALANCE_MAX_DOLLARS * 100;
    struct span v = span_trim(x12_element(s, n));
    int64_t cents = 0;

    if (v.n == 0)
        return 0;
    if (decimal_parse(v.p, v.n, 2, &cents) != DECIMAL_OK || cents > most || cents < -most) {
        bad_amount(r, s, element);
        return 0;
    }
    return cents;
}

/* units - an element in thousandths; `otherwise` when it is absent or none */
static int64_t units(const struct x12_segment *s, unsigned n, int64_t otherwise)
{
    struct span v = span_trim(x12_element(s, n));
    int64_t milli;

    if (v.n == 0 || decimal_parse(v.p, v.n, 3, &milli) != DECIMAL_OK)
        return otherwise;
    return milli;
}

/* take_bpr - how much money, how, when; a debit takes it back */
static void take_bpr(struct read835 *r, const struct x12_segment *s)
{
    r->p->handling = text(r, s, 1);
    r->p->check_cents = amount(r, s, 2, "BPR02");
    r->check_given = x12_element(s, 2).n > 0;
    if (x12_element_is(s, 3, "D"))
        r->p->check_cents = -r->p->check_cents;
    r->p->method = text(r, s, 4);
    r->p->payment_date = reply_date(x12_element(s, 16));
    r->p->position = s->position;
}

/* take_trn - the number that the deposit carries too */
static void take_trn(struct read835 *r, const struct x12_segment *s)
{
    r->p->trace = text(r, s, 2);
    r->p->payer_id = text(r, s, 3);
}

/* take_n1 - payer and payee */
static void take_n1(struct read835 *r, const struct x12_segment *s)
{
    if (x12_element_is(s, 1, "PR"))
        r->p->payer_name = text(r, s, 2);
    else if (x12_element_is(s, 1, "PE") && x12_element_is(s, 3, "XX"))
        r->p->payee_npi = text(r, s, 4);
}

/* take_clp - a claim begins */
static void take_clp(struct read835 *r, const struct x12_segment *s)
{
    CcRemittance *claim = event_new(r->a, &cc_remittance__descriptor);

    r->line = NULL;
    r->claim = claim;
    if (!claim || !event_push(r->a, r->p, claims, claim))
        return;
    claim->claim_id = text(r, s, 1);
    claim->status = text(r, s, 2);
    claim->charge_cents = amount(r, s, 3, "CLP03");
    claim->paid_cents = amount(r, s, 4, "CLP04");
    claim->patient_cents = amount(r, s, 5, "CLP05");
    claim->filing_indicator = text(r, s, 6);
    claim->payer_claim = text(r, s, 7);
    claim->facility = text(r, s, 8);
    claim->frequency = text(r, s, 9);
    claim->drg = text(r, s, 11);
    claim->reversal = strcmp(claim->status, "22") == 0;
    claim->forwarded = strcmp(claim->status, "23") == 0; /* 19-21: when the claim is whole */
    claim->position = s->position;
    claim->index = (uint32_t)r->p->n_claims - 1;
}

/* take_procedure - SVC01: "HC:99214:25", or "NU:0450" for a revenue code alone */
static void take_procedure(struct read835 *r, const struct x12_segment *s)
{
    CcRemittanceLine *line = r->line;

    line->qualifier = component(r, s, 1, 1);
    line->revenue = text(r, s, 4);
    if (strcmp(line->qualifier, "NU") == 0)
        line->revenue = component(r, s, 1, 2);
    else
        line->code = component(r, s, 1, 2);
    for (unsigned c = 3; c <= 6; c++)
        if (x12_component(s, 1, c).n)
            event_push(r->a, line, modifiers, component(r, s, 1, c));
}

/* take_submitted - SVC06: what we billed, where the payer changed it */
static void take_submitted(struct read835 *r, const struct x12_segment *s)
{
    r->line->submitted_code = component(r, s, 6, 2);
    for (unsigned c = 3; c <= 6; c++)
        if (x12_component(s, 6, c).n)
            event_push(r->a, r->line, submitted_modifiers, component(r, s, 6, c));
    r->line->submitted_units_milli = units(s, 7, 0);
}

/* take_svc - a line begins */
static void take_svc(struct read835 *r, const struct x12_segment *s)
{
    r->line = r->claim ? event_new(r->a, &cc_remittance_line__descriptor) : NULL;
    if (!r->line || !event_push(r->a, r->claim, lines, r->line))
        return;
    r->line->position = s->position;
    take_procedure(r, s);
    take_submitted(r, s);
    r->line->charge_cents = amount(r, s, 2, "SVC02");
    r->line->paid_cents = amount(r, s, 3, "SVC03");
    r->line->paid_units_milli = units(s, 5, UNIT);
}

/* take_adjustment - one (reason, amount, quantity) of a CAS */
static void take_adjustment(struct read835 *r, const struct x12_segment *s, unsigned at)
{
    CcRemittanceAdjustment *adj = event_new(r->a, &cc_remittance_adjustment__descriptor);
    bool ok = adj && (r->line ? event_push(r->a, r->line, adjustments, adj)
                              : event_push(r->a, r->claim, adjustments, adj));

    if (!ok)
        return;
    adj->group = text(r, s, 1);
    adj->reason = text(r, s, at);
    adj->amount_cents = amount(r, s, at + 1, "CAS");
    adj->quantity_milli = units(s, at + 2, 0);
}

/* take_cas - up to six of them, to the line when there is one */
static void take_cas(struct read835 *r, const struct x12_segment *s)
{
    for (unsigned pair = 0; r->claim && pair < PAIRS; pair++)
        if (x12_element(s, 2 + 3 * pair).n || x12_element(s, 3 + 3 * pair).n)
            take_adjustment(r, s, 2 + 3 * pair);
}

/* take_nm1 - a corrected member number, the payer a claim was forwarded to */
static void take_nm1(struct read835 *r, const struct x12_segment *s)
{
    if (!r->claim)
        return;
    if (x12_element_is(s, 1, "QC"))
        r->claim->who = text(r, s, 9); /* the member, until the claim is whole */
    else if (x12_element_is(s, 1, "74"))
        r->claim->corrected_member = text(r, s, 9);
    else if (x12_element_is(s, 1, "TT"))
        r->claim->crossover = text(r, s, x12_element(s, 9).n ? 9 : 3);
}

/* take_remarks - MOA03-07, MIA05 and MIA20-23 */
static void take_remarks(struct read835 *r, const struct x12_segment *s, const unsigned *elements,
                         size_t n)
{
    for (size_t i = 0; r->claim && i < n; i++)
        if (x12_element(s, elements[i]).n)
            event_push(r->a, r->claim, remarks, text(r, s, elements[i]));
}

/* take_dtm - days of service of a line, of the remittance itself */
static void take_dtm(struct read835 *r, const struct x12_segment *s)
{
    int32_t day = reply_date(x12_element(s, 2));

    if (x12_element_is(s, 1, "405"))
        r->p->production_date = day;
    if (!r->line)
        return;
    if (x12_element_is(s, 1, "472"))
        r->line->from_date = r->line->thru_date = day;
    else if (x12_element_is(s, 1, "150"))
        r->line->from_date = day;
    else if (x12_element_is(s, 1, "151"))
        r->line->thru_date = day;
}

/* take_line_detail - REF 6R, AMT B6, LQ HE */
static void take_line_detail(struct read835 *r, const struct x12_segment *s)
{
    if (!r->line)
        return;
    if (x12_is(s, "REF") && x12_element_is(s, 1, "6R")) {
        r->line->control = text(r, s, 2);
    } else if (x12_is(s, "AMT") && x12_element_is(s, 1, "B6")) {
        r->line->allowed_cents = amount(r, s, 2, "AMT02");
        r->line->allowed_given = true;
    } else if (x12_is(s, "LQ") && x12_element_is(s, 1, "HE")) {
        event_push(r->a, r->line, remarks, text(r, s, 2));
    }
}

/* take_plb - pairs of reason and amount */
static void take_plb(struct read835 *r, const struct x12_segment *s)
{
    r->claim = NULL;
    r->line = NULL;
    for (unsigned at = 3; at < 3 + 2 * PAIRS; at += 2) {
        struct payment *p = r->p;
        struct payment_adjustment *grown;

        if (!x12_element(s, at).n && !x12_element(s, at + 1).n)
            continue;
        grown = arena_grow(r->a, p->adjustments, p->n_adjustments, sizeof(*grown));
        if (!grown)
            return;
        p->adjustments = grown;
        grown += p->n_adjustments++;
        grown->provider = text(r, s, 1);
        grown->fiscal_date = reply_date(x12_element(s, 2));
        grown->reason = component(r, s, at, 1);
        grown->reference = component(r, s, at, 2);
        grown->amount_cents = amount(r, s, at + 1, "PLB");
        grown->position = s->position;
    }
}

/* take_moa - remarks on a claim: outpatient and professional, or inpatient */
static void take_moa(struct read835 *r, const struct x12_segment *s)
{
    static const unsigned moa[] = {3, 4, 5, 6, 7}, mia[] = {5, 20, 21, 22, 23};

    take_remarks(r, s, x12_is(s, "MOA") ? moa : mia, 5);
}

struct segment_row {
    const char *id;
    void (*take)(struct read835 *r, const struct x12_segment *s);
};

/* clang-format off */
static const struct segment_row segments[] = {
    {"BPR", take_bpr},         {"TRN", take_trn}, {"N1", take_n1},   {"CLP", take_clp},         {"SVC", take_svc},
    {"CAS", take_cas},         {"NM1", take_nm1}, {"MOA", take_moa}, {"MIA", take_moa},         {"DTM", take_dtm},
    {"REF", take_line_detail}, {"AMT", take_line_detail},            {"LQ", take_line_detail},  {"PLB", take_plb},
};
/* clang-format on */

/* take - one segment, by its row */
static void take(struct read835 *r, const struct x12_segment *s)
{
    for (size_t i = 0; i < sizeof(segments) / sizeof(segments[0]); i++)
        if (x12_is(s, segments[i].id)) {
            segments[i].take(r, s);
            return;
        }
}

/* missing - what a payment cannot be without */
static void missing(struct read835 *r, bool there, const char *element)
{
    struct payment_finding f = {.equation = "missing", .claim = "", .line = "", .element = element};

    if (!there)
        balance_add(r->a, r->p, &f);
}

/* finish_claims - what is the same for all claims, and what needs the whole claim */
static void finish_claims(struct read835 *r)
{
    for (size_t i = 0; i < r->p->n_claims; i++) {
        CcRemittance *claim = r->p->claims[i];

        claim->trace = reply_text(r->a, span_of(r->p->trace));
        claim->payer_id = reply_text(r->a, span_of(r->p->payer_id));
        claim->payer_name = reply_text(r->a, span_of(r->p->payer_name));
        claim->method = reply_text(r->a, span_of(r->p->method));
        claim->payment_date = r->p->payment_date;
        claim->check_cents = r->p->check_cents;
        claim->crossover_remark = reply_text(r->a, span_of(remit_crossover(claim)));
        claim->forwarded = claim->forwarded || claim->crossover_remark[0];
        denial_route_claim(r->a, claim);
    }
}

/* read835_reads - an 835? */
bool read835_reads(const struct reply_item *item)
{
    return item->kind == REPLY_SET && span_is(item->st01, "835");
}

/* name_claims - member, first day and charge of each, as a hash */
static void name_claims(struct arena *a, struct payment *p)
{
    for (size_t i = 0; i < p->n_claims; i++) {
        CcRemittance *c = p->claims[i];
        char who[WHO_TEXT], *copy;
        int32_t from = 0;

        for (size_t k = 0; k < c->n_lines; k++)
            if (c->lines[k]->from_date && (!from || c->lines[k]->from_date < from))
                from = c->lines[k]->from_date;
        claim_who(c->who, from, c->charge_cents, who);
        copy = arena_strdup(a, who);
        if (copy)
            c->who = copy;
    }
}

/* read835 - the whole set, then its equations */
int read835(struct arena *a, const struct reply_item *item, struct payment **out, struct err *e)
{
    struct payment *p = arena_alloc(a, sizeof(*p));
    struct read835 r = {.a = a, .p = p};
    struct x12_reader at = item->at;
    struct x12_segment s;

    if (!p)
        return err_set(e, ERR_REJECT, "size", "the reply needs more memory than a message may");
    p->st02 = reply_text(a, item->st02);
    p->trace = p->payer_id = p->payer_name = p->payee_npi = p->handling = p->method = "";
    while (reply_segment(&at, &s))
        take(&r, &s);
    missing(&r, r.check_given, "BPR02");
    missing(&r, p->trace[0] != '\0', "TRN02");
    finish_claims(&r);
    name_claims(a, p);
    payment_keys(a, p);
    balance_try(a, p);
    if (arena_exhausted(a))
        return err_set(e, ERR_REJECT, "size", "the reply needs more memory than a message may");
    *out = p;
    return 0;
}
