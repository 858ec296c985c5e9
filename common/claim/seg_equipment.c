/* seg_equipment.c - loop 2400: SV5 and CR3 of durable equipment, PWK with its certificates (billing
 * §2.5) */
#include <string.h>

#include "common/claim/guide.h"

enum { CODE_MAX = 48, PWK_MAX = 10 };

/* count_equipment - SV5 */
static size_t count_equipment(const struct put *p, const struct seg *r)
{
    (void)r;
    return p->line->equipment && p->line->equipment->length_days > 0;
}

/* write_equipment - SV5: rental and purchase price */
static void write_equipment(struct put *p, const struct seg *r, size_t i)
{
    const CcDurableEquipment *d = p->line->equipment;

    (void)r, (void)i;
    put_begin(p, "SV5", NULL);
    x12_put(&p->w, "HC");
    put_sub(p, guide_procedure_code(p->line), CODE_MAX);
    x12_put(&p->w, "DA");
    put_number(p, d->length_days);
    put_money(p, 4, d->rental_cents);
    put_money(p, 5, d->purchase_cents);
    put_code(p, 6, d->rental_unit);
    put_end(p);
}

/* equipment - the line's, made at the first segment of it */
static CcDurableEquipment *equipment(struct take *t)
{
    if (!t->line->equipment)
        t->line->equipment = take_new(t, &cc_durable_equipment__descriptor);
    return t->line->equipment;
}

/* read_equipment - SV5 */
static void read_equipment(struct take *t, const struct seg *r)
{
    CcDurableEquipment *d = equipment(t);

    (void)r;
    if (!d)
        return;
    d->length_days = take_number(t, 3);
    d->rental_cents = take_money(t, 4);
    d->purchase_cents = take_money(t, 5);
    d->rental_unit = take_text(t, 6);
}

/* cr3_count - CR3 */
size_t cr3_count(const struct put *p, const struct seg *r)
{
    (void)r;
    return p->line->equipment && p->line->equipment->certification[0];
}

/* cr3_write - CR3: certification and its months */
void cr3_write(struct put *p, const struct seg *r, size_t i)
{
    (void)r, (void)i;
    put_begin(p, "CR3", NULL);
    put_code(p, 1, p->line->equipment->certification);
    x12_put(&p->w, "MO");
    put_number(p, p->line->equipment->certification_months);
    put_end(p);
}

/* cr3_read - CR3 */
void cr3_read(struct take *t, const struct seg *r)
{
    CcDurableEquipment *d = equipment(t);

    (void)r;
    if (!d)
        return;
    d->certification = take_text(t, 1);
    d->certification_months = take_number(t, 3);
}

/* attachment_at - the i-th, certificates of medical necessity (CT) by themselves */
static const CcAttachment *attachment_at(const struct put *p, bool certificate, size_t i)
{
    for (size_t k = 0; k < p->line->n_attachments; k++)
        if ((p->kind == GUIDE_P && strcmp(p->line->attachments[k]->type, "CT") == 0) ==
                certificate &&
            i-- == 0)
            return p->line->attachments[k];
    return NULL;
}

/* count_attachments - PWK; with the qualifier CT the certificate */
static size_t count_attachments(const struct put *p, const struct seg *r)
{
    size_t n = 0;

    while (attachment_at(p, r->qualifier != NULL, n))
        n++;
    return n;
}

/* write_attachment - PWK */
static void write_attachment(struct put *p, const struct seg *r, size_t i)
{
    put_attachment(p, attachment_at(p, r->qualifier != NULL, i));
}

/* read_attachment - PWK */
static void read_attachment(struct take *t, const struct seg *r)
{
    CcAttachment *a = take_attachment(t);

    (void)r;
    if (a)
        take_push(t, t->line, attachments, a);
}

/* clang-format off */
const struct seg rows_2400_supply[] = {
    {.segment = "SV5",                    .kinds = GUIDE_P,  .max = 1,       .count = count_equipment,   .write = write_equipment,  .read = read_equipment},
    {.segment = "PWK",                    .kinds = GUIDE_PI, .max = PWK_MAX, .count = count_attachments, .write = write_attachment, .read = read_attachment},
    {.segment = "PWK", .qualifier = "CT", .kinds = GUIDE_P,  .max = 1,       .count = count_attachments, .write = write_attachment, .read = read_attachment},
    {.segment = NULL},
};
/* clang-format on */
