/* seg_price.c - HCP: what a repricer allowed, of a claim and of a line (billing §2.4, 2.5) */
#include "common/claim/guide.h"

enum { ORGANIZATION_MAX = 50, DRG_MAX = 50, CODE_MAX = 48 };

/* pricing - of the line in hand, or the claim's */
static const CcPricing *pricing(const struct put *p)
{
    return p->line ? p->line->pricing : p->claim->pricing;
}

/* hcp_count - HCP */
size_t hcp_count(const struct put *p, const struct seg *r)
{
    (void)r;
    return pricing(p) != NULL;
}

/* put_amount - an amount that may be unknown */
static void put_amount(struct put *p, bool given, int64_t cents)
{
    if (given)
        x12_money(&p->w, cents);
    else
        x12_skip(&p->w, 1);
}

/* hcp_write - HCP08 to HCP12 stand on lines only */
void hcp_write(struct put *p, const struct seg *r, size_t i)
{
    const CcPricing *h = pricing(p);

    (void)r, (void)i;
    put_begin(p, "HCP", NULL);
    put_code(p, 1, h->method);
    x12_money(&p->w, h->allowed_cents);
    put_amount(p, h->saved_given, h->saved_cents);
    put_text(p, h->organization, ORGANIZATION_MAX);
    if (h->rate_given)
        x12_units(&p->w, h->rate_milli);
    else
        x12_skip(&p->w, 1);
    put_text(p, h->drg, DRG_MAX);
    put_amount(p, h->drg_given, h->drg_cents);
    if (p->line) {
        put_text(p, p->kind == GUIDE_I ? h->revenue : "", CODE_MAX);
        x12_put(&p->w, h->code_qualifier);
        put_text(p, h->code, CODE_MAX);
    } else {
        x12_skip(&p->w, 3);
    }
    x12_put(&p->w, h->units_milli ? h->unit_code : "");
    if (h->units_milli)
        x12_units(&p->w, h->units_milli);
    else
        x12_skip(&p->w, 1);
    x12_put(&p->w, h->reject_reason);
    x12_put(&p->w, h->compliance);
    x12_put(&p->w, h->exception);
    put_end(p);
}

/* hcp_read - HCP */
void hcp_read(struct take *t, const struct seg *r)
{
    CcPricing *h = take_new(t, &cc_pricing__descriptor);

    (void)r;
    if (!h)
        return;
    h->method = take_text(t, 1);
    h->allowed_cents = take_money(t, 2);
    h->saved_given = x12_element(t->s, 3).n > 0;
    h->saved_cents = take_money(t, 3);
    h->organization = take_text(t, 4);
    h->rate_given = x12_element(t->s, 5).n > 0;
    h->rate_milli = take_units(t, 5);
    h->drg = take_text(t, 6);
    h->drg_given = x12_element(t->s, 7).n > 0;
    h->drg_cents = take_money(t, 7);
    h->revenue = take_text(t, 8);
    h->code_qualifier = take_text(t, 9);
    h->code = take_text(t, 10);
    h->unit_code = take_text(t, 11);
    h->units_milli = take_units(t, 12);
    h->reject_reason = take_text(t, 13);
    h->compliance = take_text(t, 14);
    h->exception = take_text(t, 15);
    if (t->line)
        t->line->pricing = h;
    else
        t->claim->pricing = h;
}
