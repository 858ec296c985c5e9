/* write835.c - a payment as an 835 (005010X221A1; billing §6.1)
 *
 * A payment cannot be negative: where reversals take back more than the other claims bring, the
 * difference goes to the next payment by PLB FB, and nothing is paid (billing §6.5). */
#include <string.h>

#include "services/sandbox/sandbox.h"

enum { CAS_TRIPLES = 6 };

/* put_pair - "REF*2U*x" */
static void put_pair(struct x12_writer *w, const char *id, const char *one, const char *two)
{
    x12_begin(w, id);
    x12_put(w, one);
    x12_put(w, two);
    x12_end(w);
}

/* put_payment - BPR: by transfer, or nothing */
static void put_payment(struct x12_writer *w, int64_t cents, int32_t date)
{
    static const char *const bank[] = {"ACH",        "CCP", "01", "999999992", "DA", "123456",
                                       "1512345678", "",    "01", "999988880", "DA", "98765"};

    x12_begin(w, "BPR");
    x12_put(w, cents ? "I" : "H");
    x12_money(w, cents);
    x12_put(w, "C");
    if (cents) {
        for (size_t i = 0; i < sizeof(bank) / sizeof(bank[0]); i++)
            x12_put(w, bank[i]);
    } else {
        x12_put(w, "NON");
        x12_skip(w, 11);
    }
    x12_date(w, date);
    x12_end(w);
}

/* put_trace - TRN: unique for this payer */
static void put_trace(struct x12_writer *w, const char *begin, unsigned number, const char *tin)
{
    char trace[50];

    snprintf(trace, sizeof(trace), "%s%u", begin, number);
    x12_begin(w, "TRN");
    x12_put(w, "1");
    x12_put(w, trace);
    x12_put(w, tin);
    x12_end(w);
}

/* put_payer - 1000A */
static void put_payer(struct x12_writer *w, const struct decided *d)
{
    x12_begin(w, "N1");
    x12_put(w, "PR");
    x12_text(w, d->payer_name[0] ? d->payer_name : "SANDBOX PAYER", 60);
    x12_end(w);
    x12_begin(w, "N3");
    x12_put(w, "1 SANDBOX WAY");
    x12_end(w);
    x12_begin(w, "N4");
    x12_put(w, "PAYERVILLE");
    x12_put(w, "OH");
    x12_put(w, "44199");
    x12_end(w);
    if (d->payer_id[0])
        put_pair(w, "REF", "2U", d->payer_id);
    x12_begin(w, "PER");
    x12_put(w, "BL");
    x12_put(w, "EDI SUPPORT");
    x12_put(w, "TE");
    x12_put(w, "5555550177");
    x12_end(w);
}

/* put_payee - 1000B */
static void put_payee(struct x12_writer *w, const struct decided *d)
{
    x12_begin(w, "N1");
    x12_put(w, "PE");
    x12_text(w, d->payee[0] ? d->payee : "PROVIDER", 60);
    x12_put(w, "XX");
    x12_put(w, d->npi);
    x12_end(w);
    if (d->tax_id[0])
        put_pair(w, "REF", "TJ", d->tax_id);
}

/* put_adjustments - CAS: one segment a group, in the order of first mention */
static void put_adjustments(struct x12_writer *w, CcRemittanceAdjustment *const *list, size_t n)
{
    static const char *const groups[] = {"CO", "PI", "OA", "PR"};

    for (size_t g = 0; g < sizeof(groups) / sizeof(groups[0]); g++) {
        unsigned in = 0;

        for (size_t i = 0; i < n; i++) {
            if (strcmp(list[i]->group, groups[g]) != 0 || in == CAS_TRIPLES)
                continue;
            if (in++ == 0) {
                x12_begin(w, "CAS");
                x12_put(w, groups[g]);
            } else {
                x12_skip(w, 1);
            }
            x12_put(w, list[i]->reason);
            x12_money(w, list[i]->amount_cents);
        }
        if (in)
            x12_end(w);
    }
}

/* put_procedure - SVC01: the code, or the revenue code alone */
static void put_procedure(struct x12_writer *w, const CcRemittanceLine *l, bool bare)
{
    if (l->code[0] == '\0') {
        x12_put(w, "NU");
        x12_sub(w, l->revenue);
        return;
    }
    x12_put(w, l->qualifier);
    x12_sub(w, l->code);
    for (size_t i = 0; i < l->n_modifiers && !bare; i++)
        x12_sub(w, l->modifiers[i]);
}

/* put_submitted - SVC06 and SVC07: what was billed, where the payer changed it */
static void put_submitted(struct x12_writer *w, const CcRemittanceLine *l)
{
    bool code = l->submitted_code[0] != '\0';

    if (!code && !l->submitted_units_milli)
        return;
    x12_put(w, code ? l->qualifier : "");
    if (code)
        x12_sub(w, l->submitted_code);
    for (size_t i = 0; i < l->n_submitted_modifiers; i++)
        x12_sub(w, l->submitted_modifiers[i]);
    if (l->submitted_units_milli)
        x12_units(w, l->submitted_units_milli);
}

/* put_line - 2110 */
static void put_line(struct x12_writer *w, const struct decided *d, const CcRemittanceLine *l)
{
    x12_begin(w, "SVC");
    put_procedure(w, l, d->bare);
    x12_money(w, l->charge_cents);
    x12_money(w, l->paid_cents);
    x12_put(w, l->code[0] ? l->revenue : "");
    if (l->paid_units_milli)
        x12_units(w, l->paid_units_milli);
    else
        x12_skip(w, 1);
    put_submitted(w, l);
    x12_end(w);
    for (int i = 0; i < 2 && l->from_date; i++) {
        bool range = l->thru_date != l->from_date;

        if (i && !range)
            break;
        x12_begin(w, "DTM");
        x12_put(w, !range ? "472" : i ? "151" : "150");
        x12_date(w, i ? l->thru_date : l->from_date);
        x12_end(w);
    }
    put_adjustments(w, l->adjustments, l->n_adjustments);
    if (l->control[0] && !d->unnumbered)
        put_pair(w, "REF", "6R", l->control);
    if (l->allowed_given) {
        x12_begin(w, "AMT");
        x12_put(w, "B6");
        x12_money(w, l->allowed_cents);
        x12_end(w);
    }
    for (size_t i = 0; i < l->n_remarks; i++)
        put_pair(w, "LQ", "HE", l->remarks[i]);
}

/* put_head - CLP */
static void put_head(struct x12_writer *w, const CcRemittance *r)
{
    x12_begin(w, "CLP");
    x12_put(w, r->claim_id);
    x12_put(w, r->status);
    x12_money(w, r->charge_cents);
    x12_money(w, r->paid_cents);
    if (r->patient_cents)
        x12_money(w, r->patient_cents);
    else
        x12_skip(w, 1);
    x12_put(w, r->filing_indicator);
    x12_put(w, r->payer_claim);
    x12_put(w, r->facility);
    x12_put(w, r->frequency);
    if (r->drg[0]) {
        x12_skip(w, 1);
        x12_put(w, r->drg);
    }
    x12_end(w);
}

/* put_people - patient, rendering provider, the payer it was forwarded to */
static void put_people(struct x12_writer *w, const struct decided *d)
{
    x12_begin(w, "NM1");
    x12_put(w, "QC");
    x12_put(w, "1");
    x12_text(w, d->last, 60);
    x12_text(w, d->first, 35);
    x12_text(w, d->middle, 25);
    x12_skip(w, 2);
    x12_put(w, d->member[0] ? "MI" : "");
    x12_text(w, d->member, 80);
    x12_end(w);
    if (d->rendering[0]) {
        x12_begin(w, "NM1");
        x12_put(w, "82");
        x12_put(w, "1");
        x12_skip(w, 5);
        x12_put(w, "XX");
        x12_put(w, d->rendering);
        x12_end(w);
    }
    if (d->next_id[0]) {
        x12_begin(w, "NM1");
        x12_put(w, "TT");
        x12_put(w, "2");
        x12_text(w, d->next_name[0] ? d->next_name : d->next_id, 60);
        x12_skip(w, 4);
        x12_put(w, "PI");
        x12_text(w, d->next_id, 80);
        x12_end(w);
    }
}

/* put_claim - 2100 with its lines */
static void put_claim(struct x12_writer *w, const struct decided *d, int32_t received)
{
    put_head(w, d->r);
    put_people(w, d);
    for (int i = 0; i < 2 && d->institutional && d->from_date; i++) {
        x12_begin(w, "DTM");
        x12_put(w, i ? "233" : "232");
        x12_date(w, i ? d->thru_date : d->from_date);
        x12_end(w);
    }
    x12_begin(w, "DTM");
    x12_put(w, "050");
    x12_date(w, received);
    x12_end(w);
    for (size_t i = 0; i < d->r->n_lines; i++)
        put_line(w, d, d->r->lines[i]);
}

/* Money outside of claims, and the claim that it belongs to; cents 0: none. */
struct moved {
    const char *reason, *icn;
    int64_t cents;
};

/* put_moved - one PLB with all of it */
static void put_moved(struct x12_writer *w, const char *npi, int32_t date, const struct moved *all,
                      size_t n)
{
    bool begun = false;

    for (size_t i = 0; i < n; i++) {
        if (all[i].cents == 0)
            continue;
        if (!begun) {
            x12_begin(w, "PLB");
            x12_put(w, npi);
            x12_date(w, date / 10000 * 10000 + 1231);
        }
        begun = true;
        x12_put(w, all[i].reason);
        x12_sub(w, all[i].icn);
        x12_money(w, all[i].cents);
    }
    if (begun)
        x12_end(w);
}

/* is_with - in the same payment */
static bool is_with(const struct decided *a, const struct decided *b)
{
    return !a->written && strcmp(a->payer_id, b->payer_id) == 0 && strcmp(a->npi, b->npi) == 0;
}

/* put_header - ST to the first LX */
static void put_header(struct x12_writer *w, const struct payments *p, const struct decided *d,
                       int64_t cents, unsigned number)
{
    const struct met *m = p->met;
    char tin[12];

    snprintf(
        tin, sizeof(tin), "1%09llu",
        (unsigned long long)(sandbox_number(p->sandbox->seed, d->payer_id, "tin") % 1000000000ULL));
    sandbox_set(w, "835", number, NULL);
    put_payment(w, cents, m->date);
    put_trace(w, p->trace, number, tin);
    put_pair(w, "REF", "EV", m->sender);
    x12_begin(w, "DTM");
    x12_put(w, "405");
    x12_date(w, m->date);
    x12_end(w);
    put_payer(w, d);
    put_payee(w, d);
    x12_begin(w, "LX");
    x12_number(w, 1);
    x12_end(w);
}

/* write_835 - one payment */
bool write_835(struct x12_writer *w, const struct payments *p, struct decided *all, size_t n,
               unsigned number)
{
    const struct scenario *how = &p->sandbox->scenario;
    struct decided *first = NULL, key;
    int64_t sum = 0, takeback;

    for (size_t i = 0; i < n && !first; i++)
        first = all[i].written ? NULL : &all[i];
    if (!first)
        return false;
    key = *first;
    for (size_t i = 0; i < n; i++)
        sum += is_with(&all[i], &key) ? all[i].r->paid_cents : 0;
    sum += how->interest_cents;
    takeback = how->takeback_cents < sum ? how->takeback_cents : 0;
    sum -= takeback;
    put_header(w, p, &key, sum > 0 ? sum : 0, number);
    for (size_t i = 0; i < n; i++) {
        if (!is_with(&all[i], &key))
            continue;
        put_claim(w, &all[i], p->met->date);
        all[i].written = true;
    }
    put_moved(w, key.npi, p->met->date,
              (const struct moved[]){
                  {"L6", key.r->payer_claim, -how->interest_cents},
                  {"WO", p->taken_icn[0] ? p->taken_icn : key.r->payer_claim, takeback},
                  {"FB", key.r->payer_claim, sum < 0 ? sum : 0}, /* could not be taken back now */
              },
              3);
    sandbox_set_end(w, number);
    return true;
}
