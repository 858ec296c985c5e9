/* seg_payer.c - loops 2010BB and 2330B: a payer, its other numbers, what it said (billing §2.2,
 * §2.4) */
#include <string.h>

#include "common/base/date.h"
#include "common/claim/guide.h"

enum { REF_MAX = 50, PAYER_NAME_MAX = 60, ID_MAX = 80 };

/* write_payer_name - NM1 PR */
static void write_payer_name(struct put *p, const struct seg *r, size_t i)
{
    (void)i;
    put_begin(p, "NM1", r->qualifier);
    x12_put(&p->w, "2");
    put_need(p, 3, p->coverage->payer_name, PAYER_NAME_MAX);
    x12_skip(&p->w, 4);
    x12_put(&p->w, "PI");
    put_key(p, 9, p->coverage->payer_id, ID_MAX);
    put_end(p);
}

/* read_payer_name - NM1 PR */
static void read_payer_name(struct take *t, const struct seg *r)
{
    (void)r;
    t->coverage->payer_name = take_text(t, 3);
    t->coverage->payer_id = take_text(t, 9);
}

/* count_payer_address - N3, N4: only for payers that print paper */
static size_t count_payer_address(const struct put *p, const struct seg *r)
{
    const CcAddress *a = p->coverage->payer_address;

    (void)r;
    return a && a->line1[0] && a->city[0];
}

/* write_payer_street - N3 */
static void write_payer_street(struct put *p, const struct seg *r, size_t i)
{
    (void)r, (void)i;
    put_street(p, p->coverage->payer_address);
}

/* write_payer_city - N4 */
static void write_payer_city(struct put *p, const struct seg *r, size_t i)
{
    (void)r, (void)i;
    put_city(p, p->coverage->payer_address);
}

/* read_payer_street - N3 */
static void read_payer_street(struct take *t, const struct seg *r)
{
    (void)r;
    take_street(t, &t->coverage->payer_address);
}

/* read_payer_city - N4 */
static void read_payer_city(struct take *t, const struct seg *r)
{
    (void)r;
    take_city(t, &t->coverage->payer_address);
}

/* count_payer_ids - REF 2U, EI, FY, NF */
static size_t count_payer_ids(const struct put *p, const struct seg *r)
{
    return guide_id_count(p->coverage->payer_secondary_ids, p->coverage->n_payer_secondary_ids,
                          r->qualifier);
}

/* write_payer_id - REF */
static void write_payer_id(struct put *p, const struct seg *r, size_t i)
{
    put_id(p, guide_id_at(p->coverage->payer_secondary_ids, p->coverage->n_payer_secondary_ids,
                          r->qualifier, i));
}

/* read_payer_id - REF */
static void read_payer_id(struct take *t, const struct seg *r)
{
    CcIdentifier *id = take_id(t);

    (void)r;
    if (id)
        take_push(t, t->coverage, payer_secondary_ids, id);
}

/* count_billing_ids - REF G2, LU: the billing provider's numbers at this payer */
static size_t count_billing_ids(const struct put *p, const struct seg *r)
{
    const CcProvider *b = guide_provider_of(p->claim, PROVIDER_ROLE_BILLING);

    return guide_id_count(b->secondary_ids, b->n_secondary_ids, r->qualifier);
}

/* write_billing_id - REF G2, LU */
static void write_billing_id(struct put *p, const struct seg *r, size_t i)
{
    const CcProvider *b = guide_provider_of(p->claim, PROVIDER_ROLE_BILLING);

    put_id(p, guide_id_at(b->secondary_ids, b->n_secondary_ids, r->qualifier, i));
}

/* read_billing_id - kept with the subscriber until the claim knows its billing provider */
static void read_billing_id(struct take *t, const struct seg *r)
{
    CcIdentifier *id = take_id(t);

    (void)r;
    if (id)
        take_push(t, t->claim, references, id);
}

/* decided_on_lines - a line of the claim carries this payer's decision, and so its date */
static bool decided_on_lines(const struct put *p)
{
    const CcClaim *c = p->claim;

    for (size_t i = 0; i < c->n_lines; i++)
        for (size_t k = 0; k < c->lines[i]->n_adjudications; k++)
            if (strcmp(c->lines[i]->adjudications[k]->payer, p->coverage->payer_id) == 0)
                return true;
    return false;
}

/* count_decision - DTP 573: only if no 2430 carries one */
static size_t count_decision(const struct put *p, const struct seg *r)
{
    (void)r;
    return p->coverage->adjudication_date && !decided_on_lines(p);
}

/* write_decision - DTP 573 */
static void write_decision(struct put *p, const struct seg *r, size_t i)
{
    (void)i;
    put_begin(p, "DTP", r->qualifier);
    put_period(p, p->coverage->adjudication_date, 0);
    put_end(p);
}

/* read_decision - DTP 573 */
static void read_decision(struct take *t, const struct seg *r)
{
    (void)r;
    t->coverage->adjudication_date = take_day(t, 3, x12_element(t->s, 3));
}

/* count_adjusted - REF T4 */
static size_t count_adjusted(const struct put *p, const struct seg *r)
{
    (void)r;
    return p->coverage->payer_claim_adjusted != 0;
}

/* write_adjusted - REF T4 */
static void write_adjusted(struct put *p, const struct seg *r, size_t i)
{
    (void)i;
    put_begin(p, "REF", r->qualifier);
    x12_put(&p->w, "Y");
    put_end(p);
}

/* read_adjusted - REF T4 */
static void read_adjusted(struct take *t, const struct seg *r)
{
    (void)r;
    t->coverage->payer_claim_adjusted = take_is(t, 2, "Y");
}

#define AT(f) .field = offsetof(CcClaimCoverage, f), .width = REF_MAX
#define PAYER                                                                                      \
    {.segment = "NM1",                                                                             \
     .qualifier = "PR",                                                                            \
     .kinds = GUIDE_PI,                                                                            \
     .max = 1,                                                                                     \
     .count = seg_always,                                                                          \
     .write = write_payer_name,                                                                    \
     .read = read_payer_name},                                                                     \
        {.segment = "N3",                                                                          \
         .kinds = GUIDE_PI,                                                                        \
         .max = 1,                                                                                 \
         .count = count_payer_address,                                                             \
         .write = write_payer_street,                                                              \
         .read = read_payer_street},                                                               \
    {                                                                                              \
        .segment = "N4", .kinds = GUIDE_PI, .max = 1, .count = count_payer_address,                \
        .write = write_payer_city, .read = read_payer_city                                         \
    }
#define PAYER_ID(q)                                                                                \
    {                                                                                              \
        .segment = "REF", .qualifier = q, .kinds = GUIDE_PI, .max = 1, .count = count_payer_ids,   \
        .write = write_payer_id, .read = read_payer_id                                             \
    }
#define BILLING_ID(q)                                                                              \
    {                                                                                              \
        .segment = "REF", .qualifier = q, .kinds = GUIDE_PI, .max = 1, .count = count_billing_ids, \
        .write = write_billing_id, .read = read_billing_id                                         \
    }

/* clang-format off */
const struct seg rows_2010bb[] = {
    PAYER,
    PAYER_ID("2U"), PAYER_ID("EI"), PAYER_ID("FY"), PAYER_ID("NF"),
    BILLING_ID("G2"), BILLING_ID("LU"),
    {.segment = NULL},
};

const struct seg rows_2330b[] = {
    PAYER,
    {.segment = "DTP", .qualifier = "573", .kinds = GUIDE_PI, .max = 1, .count = count_decision, .write = write_decision, .read = read_decision},
    PAYER_ID("2U"), PAYER_ID("EI"), PAYER_ID("FY"), PAYER_ID("NF"),
    {.segment = "REF", .qualifier = "G1",  .kinds = GUIDE_PI, .max = 1, .count = seg_has_text,     .write = seg_write_text,     .read = seg_read_text, AT(authorization)},
    {.segment = "REF", .qualifier = "9F",  .kinds = GUIDE_PI, .max = 1, .count = seg_has_text,     .write = seg_write_text,     .read = seg_read_text, AT(referral)},
    {.segment = "REF", .qualifier = "T4",  .kinds = GUIDE_PI, .max = 1, .count = count_adjusted, .write = write_adjusted, .read = read_adjusted},
    {.segment = "REF", .qualifier = "F8",  .kinds = GUIDE_PI, .max = 1, .count = seg_has_text,     .write = seg_write_text,     .read = seg_read_text, AT(payer_claim)},
    {.segment = NULL},
};
/* clang-format on */
