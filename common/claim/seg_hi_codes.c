/* seg_hi_codes.c - HI: occurrence spans, occurrences, values, conditions, treatments, DRG,
 * anesthesia */
#include <string.h>

#include "common/claim/hi.h"

/* hi_count_spans - BI */
size_t hi_count_spans(const struct put *p, const struct hi *h)
{
    (void)h;
    return p->claim->n_occurrence_spans;
}

/* hi_write_span - code and days */
void hi_write_span(struct put *p, const struct hi *h, size_t i)
{
    const CcCodeSpan *x = p->claim->occurrence_spans[i];

    hi_put_item(p, h->qualifier, x->code);
    put_sub_period(p, x->from_date, x->thru_date);
}

/* hi_read_span - BI */
void hi_read_span(struct take *t, const struct hi *h, unsigned element)
{
    CcCodeSpan *x = take_new(t, &cc_code_span__descriptor);

    (void)h;
    if (!x)
        return;
    x->code = take_part(t, element, 2);
    take_period(t, element, x12_component(t->s, element, 3), x12_component(t->s, element, 4),
                &x->from_date, &x->thru_date);
    take_push(t, t->claim, occurrence_spans, x);
}

/* hi_count_occurrences - BH */
size_t hi_count_occurrences(const struct put *p, const struct hi *h)
{
    (void)h;
    return p->claim->n_occurrences;
}

/* hi_write_occurrence - code and day */
void hi_write_occurrence(struct put *p, const struct hi *h, size_t i)
{
    const CcCodeDate *x = p->claim->occurrences[i];

    hi_put_item(p, h->qualifier, x->code);
    x12_sub(&p->w, "D8");
    x12_sub_date(&p->w, x->occurrence_date);
}

/* hi_read_occurrence - BH */
void hi_read_occurrence(struct take *t, const struct hi *h, unsigned element)
{
    CcCodeDate *x = take_new(t, &cc_code_date__descriptor);

    (void)h;
    if (!x)
        return;
    x->code = take_part(t, element, 2);
    x->occurrence_date = take_day(t, element, x12_component(t->s, element, 4));
    take_push(t, t->claim, occurrences, x);
}

/* hi_count_values - BE */
size_t hi_count_values(const struct put *p, const struct hi *h)
{
    (void)h;
    return p->claim->n_values;
}

/* hi_write_value - code and amount: the fifth component */
void hi_write_value(struct put *p, const struct hi *h, size_t i)
{
    const CcValueAmount *x = p->claim->values[i];

    hi_put_item(p, h->qualifier, x->code);
    x12_sub(&p->w, "");
    x12_sub(&p->w, "");
    x12_sub_money(&p->w, x->amount_cents);
}

/* hi_read_value - BE */
void hi_read_value(struct take *t, const struct hi *h, unsigned element)
{
    CcValueAmount *x = take_new(t, &cc_value_amount__descriptor);

    (void)h;
    if (!x)
        return;
    x->code = take_part(t, element, 2);
    x->amount_cents = take_decimal(t, element, x12_component(t->s, element, 5), 2);
    take_push(t, t->claim, values, x);
}

/* plain_list - the claim's list of a row without more than a code */
static char *const *plain_list(const struct put *p, const struct hi *h, size_t *n)
{
    const CcClaim *c = p->claim;

    switch (h->qualifier[0] == 'B' ? h->qualifier[1] : h->qualifier[0]) {
    case 'G':
        *n = c->n_conditions;
        return c->conditions;
    case 'T':
        *n = c->n_treatment_codes;
        return c->treatment_codes;
    case 'D':
        *n = c->drg[0] != '\0';
        return &c->drg;
    default: /* BP: the first; BO: those after it */
        *n = c->n_anesthesia_procedures;
        if (h->qualifier[1] == 'P' || *n == 0) {
            *n = *n > 0;
            return c->anesthesia_procedures;
        }
        *n -= 1;
        return c->anesthesia_procedures + 1;
    }
}

/* hi_count_plain - BG, TC, DR, BP, BO */
size_t hi_count_plain(const struct put *p, const struct hi *h)
{
    size_t n;

    plain_list(p, h, &n);
    return n;
}

/* hi_write_plain - the code alone */
void hi_write_plain(struct put *p, const struct hi *h, size_t i)
{
    size_t n;

    hi_put_item(p, h->qualifier, plain_list(p, h, &n)[i]);
}

/* hi_read_plain - into the list of its qualifier */
void hi_read_plain(struct take *t, const struct hi *h, unsigned element)
{
    char *code = take_part(t, element, 2);
    CcClaim *c = t->claim;

    if (strcmp(h->qualifier, "DR") == 0)
        c->drg = code;
    else if (strcmp(h->qualifier, "BG") == 0)
        take_push(t, c, conditions, code);
    else if (strcmp(h->qualifier, "TC") == 0)
        take_push(t, c, treatment_codes, code);
    else
        take_push(t, c, anesthesia_procedures, code);
}
