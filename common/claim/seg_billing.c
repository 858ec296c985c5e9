/* seg_billing.c - loops 2000A, 2010AA, 2010AB: who bills and where the money goes (billing §2.2) */
#include <string.h>

#include "common/base/str.h"
#include "common/claim/guide.h"

enum { TAXONOMY_MAX = 10, TAX_ID_MAX = 20 };

/* count_taxonomy - PRV BI */
static size_t count_taxonomy(const struct put *p, const struct seg *r)
{
    (void)r;
    return p->provider->taxonomy[0] != '\0';
}

/* write_taxonomy - PRV BI */
static void write_taxonomy(struct put *p, const struct seg *r, size_t i)
{
    (void)i;
    put_begin(p, "PRV", r->qualifier);
    x12_put(&p->w, "PXC");
    put_text(p, p->provider->taxonomy, TAXONOMY_MAX);
    put_end(p);
}

/* read_taxonomy - PRV BI */
static void read_taxonomy(struct take *t, const struct seg *r)
{
    (void)r;
    t->provider->taxonomy = take_text(t, 3);
}

/* write_billing_name - NM1 85; an institution is never a person */
static void write_billing_name(struct put *p, const struct seg *r, size_t i)
{
    (void)i;
    put_name(p, r->qualifier, p->provider->organization || p->kind == GUIDE_I, p->provider->name,
             true);
    put_npi(p, p->provider->npi);
    put_end(p);
}

/* read_billing_name - NM1 85 */
static void read_billing_name(struct take *t, const struct seg *r)
{
    (void)r;
    t->provider->organization = take_is(t, 2, "2");
    t->provider->name = take_name(t);
    t->provider->npi = take_text(t, 9);
}

/* write_pay_to_name - NM1 87 has neither name nor number */
static void write_pay_to_name(struct put *p, const struct seg *r, size_t i)
{
    (void)i;
    put_begin(p, "NM1", r->qualifier);
    x12_put(&p->w, p->provider->organization || p->kind == GUIDE_I ? "2" : "1");
    put_end(p);
}

/* read_pay_to_name - NM1 87 */
static void read_pay_to_name(struct take *t, const struct seg *r)
{
    (void)r;
    t->provider->organization = take_is(t, 2, "2");
}

/* write_tax_id - REF EI or SY; an institution has an employer's id only */
static void write_tax_id(struct put *p, const struct seg *r, size_t i)
{
    const bool person = p->kind == GUIDE_P && strcmp(p->provider->tax_id_type, "SY") == 0;

    (void)r, (void)i;
    put_begin(p, "REF", person ? "SY" : "EI");
    put_key(p, 2, p->provider->tax_id, TAX_ID_MAX);
    put_end(p);
}

/* read_tax_id - REF EI, SY */
static void read_tax_id(struct take *t, const struct seg *r)
{
    (void)r;
    t->provider->tax_id_type = take_text(t, 1);
    t->provider->tax_id = take_text(t, 2);
}

/* count_license - REF 0B, 1G of the billing provider */
static size_t count_license(const struct put *p, const struct seg *r)
{
    return guide_id_count(p->provider->secondary_ids, p->provider->n_secondary_ids, r->qualifier);
}

/* write_license - REF 0B, 1G of the billing provider */
static void write_license(struct put *p, const struct seg *r, size_t i)
{
    put_id(p,
           guide_id_at(p->provider->secondary_ids, p->provider->n_secondary_ids, r->qualifier, i));
}

/* read_license - REF 0B, 1G of the billing provider */
static void read_license(struct take *t, const struct seg *r)
{
    CcIdentifier *id = take_id(t);

    (void)r;
    if (id)
        take_push(t, t->provider, secondary_ids, id);
}

/* count_contact - PER, where it is not the submitter's own phone */
static size_t count_contact(const struct put *p, const struct seg *r)
{
    (void)r;
    return p->provider->phone[0] &&
           !str_starts(p->route->submitter_phone ? p->route->submitter_phone : "",
                       p->provider->phone);
}

/* write_contact - PER of the billing provider */
static void write_contact(struct put *p, const struct seg *r, size_t i)
{
    (void)r, (void)i;
    put_contact(p, p->provider->contact, p->provider->phone, p->provider->phone_extension);
}

/* read_contact - PER of the billing provider */
static void read_contact(struct take *t, const struct seg *r)
{
    (void)r;
    take_contact(t, t->provider);
}

/* clang-format off */
const struct seg rows_head[] = {
    {.segment = "BHT", .kinds = GUIDE_PI, .max = 1},
    {.segment = "NM1", .kinds = GUIDE_PI, .max = 1},
    {.segment = "PER", .kinds = GUIDE_PI, .max = 2},
    {.segment = NULL},
};

const struct seg rows_2000a[] = {
    {.segment = "PRV", .qualifier = "BI", .kinds = GUIDE_PI, .max = 1, .count = count_taxonomy, .write = write_taxonomy, .read = read_taxonomy},
    {.segment = NULL},
};

const struct seg rows_2010aa[] = {
    {.segment = "NM1", .qualifier = "85", .kinds = GUIDE_PI, .max = 1, .count = seg_always,  .write = write_billing_name,    .read = read_billing_name},
    {.segment = "N3",                     .kinds = GUIDE_PI, .max = 1, .count = seg_always,  .write = street_write, .read = street_read},
    {.segment = "N4",                     .kinds = GUIDE_PI, .max = 1, .count = seg_always,  .write = city_write,   .read = city_read},
    {.segment = "REF", .qualifier = "EI", .kinds = GUIDE_PI, .max = 1, .count = seg_always,  .write = write_tax_id,          .read = read_tax_id},
    {.segment = "REF", .qualifier = "SY", .kinds = GUIDE_P,  .max = 1, .read = read_tax_id},
    {.segment = "REF", .qualifier = "0B", .kinds = GUIDE_P,  .max = 1, .count = count_license, .write = write_license,         .read = read_license},
    {.segment = "REF", .qualifier = "1G", .kinds = GUIDE_P,  .max = 1, .count = count_license, .write = write_license,         .read = read_license},
    {.segment = "PER", .qualifier = "IC", .kinds = GUIDE_PI, .max = 1, .count = count_contact, .write = write_contact,         .read = read_contact},
    {.segment = NULL},
};

const struct seg rows_2010ab[] = {
    {.segment = "NM1", .qualifier = "87", .kinds = GUIDE_PI, .max = 1, .count = seg_always, .write = write_pay_to_name,     .read = read_pay_to_name},
    {.segment = "N3",                     .kinds = GUIDE_PI, .max = 1, .count = seg_always, .write = street_write, .read = street_read},
    {.segment = "N4",                     .kinds = GUIDE_PI, .max = 1, .count = seg_always, .write = city_write,   .read = city_read},
    {.segment = NULL},
};
/* clang-format on */
