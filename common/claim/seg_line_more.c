/* seg_line_more.c - loop 2400 from DTP to PS1 (billing §2.5) */
#include <stdio.h>
#include <string.h>

#include "common/claim/guide.h"

enum { REF_MAX = 50, CONTROL_MAX = 30, NOTE_MAX = 80, MEA_MAX = 5, OTHERS_MAX = 4, K3_MAX = 10 };
enum { CONTROL_SIZE = 64 };

/* count_service - DTP 472: an institutional line may have none */
static size_t count_service(const struct put *p, const struct seg *r)
{
    (void)r;
    return p->kind == GUIDE_P || p->line->from_date != 0;
}

/* write_service - DTP 472 */
static void write_service(struct put *p, const struct seg *r, size_t i)
{
    (void)i;
    put_begin(p, "DTP", r->qualifier);
    put_period(p, p->line->from_date, p->line->thru_date);
    put_end(p);
}

/* read_service - DTP 472 */
static void read_service(struct take *t, const struct seg *r)
{
    (void)r;
    take_period(t, 3, x12_element(t->s, 2), x12_element(t->s, 3), &t->line->from_date,
                &t->line->thru_date);
}

/* count_date - DTP of the row's qualifier */
static size_t count_date(const struct put *p, const struct seg *r)
{
    return dtp_count(p->line->dates, p->line->n_dates, r->qualifier);
}

/* write_date - DTP */
static void write_date(struct put *p, const struct seg *r, size_t i)
{
    (void)i;
    dtp_write(p, p->line->dates, r->qualifier);
}

/* read_date - DTP */
static void read_date(struct take *t, const struct seg *r)
{
    CcQualifiedDate *d = take_date(t);

    (void)r;
    if (d)
        take_push(t, t->line, dates, d);
}

/* quantity - QTY PT or FL */
static int64_t *quantity(const CcServiceLine *l, const struct seg *r)
{
    CcServiceLine *x = (CcServiceLine *)(uintptr_t)l;

    return r->qualifier[0] == 'P' ? &x->patients_milli : &x->obstetric_units_milli;
}

/* count_quantity - QTY */
static size_t count_quantity(const struct put *p, const struct seg *r)
{
    return *quantity(p->line, r) != 0;
}

/* write_quantity - QTY */
static void write_quantity(struct put *p, const struct seg *r, size_t i)
{
    (void)i;
    put_begin(p, "QTY", r->qualifier);
    put_units(p, 2, *quantity(p->line, r));
    put_end(p);
}

/* read_quantity - QTY */
static void read_quantity(struct take *t, const struct seg *r)
{
    *quantity(t->line, r) = take_units(t, 2);
}

/* count_measurements - MEA */
static size_t count_measurements(const struct put *p, const struct seg *r)
{
    (void)r;
    return p->line->n_measurements;
}

/* write_measurement - MEA */
static void write_measurement(struct put *p, const struct seg *r, size_t i)
{
    const CcMeasurement *m = p->line->measurements[i];

    (void)r;
    put_begin(p, "MEA", NULL);
    put_code(p, 1, m->reference);
    put_code(p, 2, m->qualifier);
    put_units(p, 3, m->value_milli);
    put_end(p);
}

/* read_measurement - MEA */
static void read_measurement(struct take *t, const struct seg *r)
{
    CcMeasurement *m = take_new(t, &cc_measurement__descriptor);

    (void)r;
    if (!m)
        return;
    m->reference = take_text(t, 1);
    m->qualifier = take_text(t, 2);
    m->value_milli = take_units(t, 3);
    take_push(t, t->line, measurements, m);
}

/* write_control - REF 6R, on 837P always: a line without number gets the claim's id and its own
 * place */
static void write_control(struct put *p, const struct seg *r, size_t i)
{
    char own[CONTROL_SIZE];

    (void)i;
    snprintf(own, sizeof(own), "%sL%u", p->claim->claim_id, (unsigned)p->number);
    put_begin(p, "REF", r->qualifier);
    put_key(p, 2, p->line->control[0] ? p->line->control : own, CONTROL_MAX);
    put_end(p);
}

/* read_own - G1, 9F: another payer's number goes to the list */
static void read_own(struct take *t, const struct seg *r)
{
    if (x12_element(t->s, 4).n > 0)
        ref_read(t, r);
    else
        seg_read_text(t, r);
}

/* tax - AMT T, GT: sales or service tax; F4: postage; N8: facility tax */
static int64_t *tax(const CcServiceLine *l, const struct seg *r)
{
    CcServiceLine *x = (CcServiceLine *)(uintptr_t)l;

    switch (r->qualifier[0]) {
    case 'F':
        return &x->postage_cents;
    case 'N':
        return &x->facility_tax_cents;
    default:
        return &x->tax_cents;
    }
}

/* count_tax - AMT */
static size_t count_tax(const struct put *p, const struct seg *r)
{
    return *tax(p->line, r) != 0;
}

/* write_tax - AMT */
static void write_tax(struct put *p, const struct seg *r, size_t i)
{
    (void)i;
    put_begin(p, "AMT", r->qualifier);
    put_money(p, 2, *tax(p->line, r));
    put_end(p);
}

/* read_tax - AMT */
static void read_tax(struct take *t, const struct seg *r)
{
    *tax(t->line, r) = take_money(t, 2);
}

/* write_note - NTE ADD or DCP */
static void write_note(struct put *p, const struct seg *r, size_t i)
{
    (void)r, (void)i;
    put_begin(p, "NTE", p->line->note_code[0] ? p->line->note_code : "ADD");
    put_need(p, 2, p->line->note, NOTE_MAX);
    put_end(p);
}

/* read_note - NTE ADD or DCP */
static void read_note(struct take *t, const struct seg *r)
{
    (void)r;
    t->line->note_code = take_text(t, 1);
    t->line->note = take_text(t, 2);
}

/* write_third_note - NTE TPO: words, so cut rather than refused */
static void write_third_note(struct put *p, const struct seg *r, size_t i)
{
    (void)i;
    put_begin(p, "NTE", r->qualifier);
    put_need(p, 2, p->line->third_party_note, NOTE_MAX);
    put_end(p);
}

/* count_purchased - PS1 */
static size_t count_purchased(const struct put *p, const struct seg *r)
{
    (void)r;
    return p->line->purchased_cents != 0;
}

/* write_purchased - PS1: who sold the service and for how much */
static void write_purchased(struct put *p, const struct seg *r, size_t i)
{
    const char *npi = "";

    (void)r, (void)i;
    for (size_t k = 0; k < p->line->n_providers; k++)
        if (p->line->providers[k]->role == PROVIDER_ROLE_PURCHASED)
            npi = p->line->providers[k]->npi;
    put_begin(p, "PS1", NULL);
    put_need(p, 1, npi, REF_MAX);
    put_money(p, 2, p->line->purchased_cents);
    put_end(p);
}

/* read_purchased - PS1; the seller stands in 2420B too */
static void read_purchased(struct take *t, const struct seg *r)
{
    (void)r;
    t->line->purchased_cents = take_money(t, 2);
}

/* count_contract - CN1 of the line */
static size_t count_contract(const struct put *p, const struct seg *r)
{
    (void)r;
    return p->line->contract != NULL;
}

/* write_contract - CN1 of the line */
static void write_contract(struct put *p, const struct seg *r, size_t i)
{
    (void)r, (void)i;
    put_contract(p, p->line->contract, "");
}

#define AT(f) .field = offsetof(CcServiceLine, f), .width = REF_MAX
#define DATE(q)                                                                                    \
    {                                                                                              \
        .segment = "DTP", .qualifier = q, .kinds = GUIDE_P, .max = 1, .count = count_date,         \
        .write = write_date, .read = read_date                                                     \
    }
#define QTY(q)                                                                                     \
    {                                                                                              \
        .segment = "QTY", .qualifier = q, .kinds = GUIDE_P, .max = 1, .count = count_quantity,     \
        .write = write_quantity, .read = read_quantity                                             \
    }
#define REF(q, f)                                                                                  \
    {                                                                                              \
        .segment = "REF", .qualifier = q, .kinds = GUIDE_P, .max = 1, .count = seg_has_text,       \
        .write = seg_write_text, .read = seg_read_text, AT(f)                                      \
    }
#define OWN(q, f)                                                                                  \
    {                                                                                              \
        .segment = "REF", .qualifier = q, .kinds = GUIDE_P, .max = 1, .count = seg_has_text,       \
        .write = seg_write_text, .read = read_own, AT(f)                                           \
    }
#define MORE(q, k, m)                                                                              \
    {                                                                                              \
        .segment = "REF", .qualifier = q, .kinds = k, .max = m, .count = ref_count,                \
        .write = ref_write, .read = ref_read                                                       \
    }
#define TAX(q, k)                                                                                  \
    {                                                                                              \
        .segment = "AMT", .qualifier = q, .kinds = k, .max = 1, .count = count_tax,                \
        .write = write_tax, .read = read_tax                                                       \
    }

/* clang-format off */
const struct seg rows_2400_more[] = {
    {.segment = "DTP", .qualifier = "472", .kinds = GUIDE_PI, .max = 1, .count = count_service, .write = write_service, .read = read_service},
    DATE("471"), DATE("607"), DATE("463"), DATE("461"), DATE("304"),
    DATE("738"), DATE("739"), DATE("011"), DATE("455"), DATE("454"),
    QTY("PT"), QTY("FL"),
    {.segment = "MEA",                     .kinds = GUIDE_P,  .max = MEA_MAX, .count = count_measurements, .write = write_measurement, .read = read_measurement},
    {.segment = "CN1",                     .kinds = GUIDE_P,  .max = 1, .count = count_contract, .write = write_contract, .read = cn1_read},
    {.segment = "REF", .qualifier = "6R",  .kinds = GUIDE_I,  .max = 1, .count = seg_has_text,    .write = write_control, .read = seg_read_text, AT(control)},
    MORE("9B", GUIDE_PI, 1), MORE("9D", GUIDE_PI, 1),
    OWN("G1", authorization), MORE("G1", GUIDE_P, OTHERS_MAX),
    {.segment = "REF", .qualifier = "6R",  .kinds = GUIDE_P,  .max = 1, .count = seg_always,  .write = write_control, .read = seg_read_text, AT(control)},
    REF("EW", mammography), REF("X4", clia),
    MORE("F4", GUIDE_P, 1),
    REF("BT", immunization_batch),
    OWN("9F", referral), MORE("9F", GUIDE_P, OTHERS_MAX),
    TAX("T", GUIDE_P), TAX("F4", GUIDE_P), TAX("GT", GUIDE_I), TAX("N8", GUIDE_I),
    {.segment = "K3",                      .kinds = GUIDE_P,  .max = K3_MAX, .count = k3_count, .write = k3_write, .read = k3_read},
    {.segment = "NTE", .qualifier = "ADD", .kinds = GUIDE_P,  .max = 1, .count = seg_has_text,    .write = write_note, .read = read_note, AT(note)},
    {.segment = "NTE", .qualifier = "DCP", .kinds = GUIDE_P,  .max = 1, .read = read_note},
    {.segment = "NTE", .qualifier = "TPO", .kinds = GUIDE_PI, .max = 1, .count = seg_has_text,    .write = write_third_note, .read = seg_read_text, AT(third_party_note)},
    {.segment = "PS1",                     .kinds = GUIDE_P,  .max = 1, .count = count_purchased, .write = write_purchased, .read = read_purchased},
    {.segment = "HCP",                     .kinds = GUIDE_PI, .max = 1, .count = hcp_count,       .write = hcp_write,       .read = hcp_read},
    {.segment = NULL},
};
/* clang-format on */
