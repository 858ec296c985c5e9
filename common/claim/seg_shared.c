/* seg_shared.c - segments that a claim and a line share: PWK, CN1, REF of many kinds, K3 */
#include <string.h>

#include "common/claim/guide.h"

enum { CONTROL_MAX = 50, REF_MAX = 50, K3_WIDTH = 80, VERSION_MAX = 30 };

/* put_attachment - PWK; the number only where something follows by another way */
void put_attachment(struct put *p, const CcAttachment *a)
{
    put_begin(p, "PWK", NULL);
    put_code(p, 1, a->type);
    put_code(p, 2, a->transmission);
    if (a->control[0]) {
        x12_skip(&p->w, 2);
        x12_put(&p->w, "AC");
        put_key(p, 6, a->control, CONTROL_MAX);
    }
    put_end(p);
}

/* take_attachment - PWK */
CcAttachment *take_attachment(struct take *t)
{
    CcAttachment *a = take_new(t, &cc_attachment__descriptor);

    if (!a)
        return NULL;
    a->type = take_text(t, 1);
    a->transmission = take_text(t, 2);
    a->control = take_text(t, 6);
    return a;
}

/* put_contract - CN1 */
void put_contract(struct put *p, const CcContract *c, const char *type)
{
    put_begin(p, "CN1", NULL);
    put_code(p, 1, c ? c->type : type);
    if (c) {
        if (c->amount_given)
            x12_money(&p->w, c->amount_cents);
        else
            x12_skip(&p->w, 1);
        if (c->percent_milli)
            x12_units(&p->w, c->percent_milli);
        else
            x12_skip(&p->w, 1);
        put_text(p, c->code, REF_MAX);
        if (c->discount_milli)
            x12_units(&p->w, c->discount_milli);
        else
            x12_skip(&p->w, 1);
        put_text(p, c->version, VERSION_MAX);
    }
    put_end(p);
}

/* cn1_read - CN1 of the line in hand, or the claim's */
void cn1_read(struct take *t, const struct seg *r)
{
    CcContract *c = take_new(t, &cc_contract__descriptor);

    (void)r;
    if (!c)
        return;
    c->type = take_text(t, 1);
    c->amount_given = x12_element(t->s, 2).n > 0;
    c->amount_cents = take_money(t, 2);
    c->percent_milli = take_units(t, 3);
    c->code = take_text(t, 4);
    c->discount_milli = take_units(t, 5);
    c->version = take_text(t, 6);
    if (t->line) {
        t->line->contract = c;
        return;
    }
    t->claim->contract_type = c->type;
    t->claim->contract = c;
}

/* references - the list of the line in hand, or the claim's */
static CcIdentifier *const *references(const struct put *p, size_t *n)
{
    *n = p->line ? p->line->n_references : p->claim->n_references;
    return p->line ? p->line->references : p->claim->references;
}

/* ref_count - REF of the row's qualifier in the list */
size_t ref_count(const struct put *p, const struct seg *r)
{
    size_t n;
    CcIdentifier *const *list = references(p, &n);

    return guide_id_count(list, n, r->qualifier);
}

/* ref_write - REF; REF04 names another payer whose number it is */
void ref_write(struct put *p, const struct seg *r, size_t i)
{
    size_t n;
    CcIdentifier *const *list = references(p, &n);
    const CcIdentifier *x = guide_id_at(list, n, r->qualifier, i);

    put_begin(p, "REF", r->qualifier);
    put_key(p, 2, x->value, REF_MAX);
    if (x->assigner[0]) {
        x12_skip(&p->w, 1);
        x12_put(&p->w, "2U");
        put_sub(p, x->assigner, REF_MAX);
    }
    put_end(p);
}

/* ref_read - into the list */
void ref_read(struct take *t, const struct seg *r)
{
    CcIdentifier *x = take_id(t);

    (void)r;
    if (!x)
        return;
    x->assigner = take_part(t, 4, 2);
    if (t->line)
        take_push(t, t->line, references, x);
    else
        take_push(t, t->claim, references, x);
}

/* k3_count - K3 */
size_t k3_count(const struct put *p, const struct seg *r)
{
    (void)r;
    return p->line ? p->line->n_fixed_format : p->claim->n_fixed_format;
}

/* k3_write - K3 */
void k3_write(struct put *p, const struct seg *r, size_t i)
{
    (void)r;
    put_begin(p, "K3", NULL);
    put_need(p, 1, p->line ? p->line->fixed_format[i] : p->claim->fixed_format[i], K3_WIDTH);
    put_end(p);
}

/* k3_read - K3 */
void k3_read(struct take *t, const struct seg *r)
{
    (void)r;
    if (t->line)
        take_push(t, t->line, fixed_format, take_text(t, 1));
    else
        take_push(t, t->claim, fixed_format, take_text(t, 1));
}
