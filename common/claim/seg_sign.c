/* seg_sign.c - ambulance, spinal treatment, condition indicators of claim and line: CR1, CR2, CRC;
 * then HI */
#include <string.h>

#include "common/claim/guide.h"

enum { DESCRIPTION_MAX = 80, CRC_CODES = 5, CRC_MAX = 3 };

/* put_ambulance - CR1 */
static void put_ambulance(struct put *p, const CcAmbulance *a)
{
    put_begin(p, "CR1", NULL);
    if (a->weight_lb_milli) {
        x12_put(&p->w, "LB");
        put_units(p, 2, a->weight_lb_milli);
    } else {
        x12_skip(&p->w, 2);
    }
    x12_skip(&p->w, 1);
    put_code(p, 4, a->reason);
    x12_put(&p->w, "DH");
    put_units(p, 6, a->distance_milli);
    x12_skip(&p->w, 2);
    put_text(p, a->round_trip, DESCRIPTION_MAX);
    put_text(p, a->stretcher, DESCRIPTION_MAX);
    put_end(p);
}

/* ambulance - of the line in hand, or the claim */
static const CcAmbulance *ambulance(const struct put *p)
{
    return p->line ? p->line->ambulance : p->claim->ambulance;
}

/* count_ambulance - CR1 */
static size_t count_ambulance(const struct put *p, const struct seg *r)
{
    (void)r;
    return ambulance(p) != NULL && ambulance(p)->reason[0];
}

/* write_ambulance - CR1 */
static void write_ambulance(struct put *p, const struct seg *r, size_t i)
{
    (void)r, (void)i;
    put_ambulance(p, ambulance(p));
}

/* read_ambulance - CR1 */
static void read_ambulance(struct take *t, const struct seg *r)
{
    CcAmbulance *a = take_new(t, &cc_ambulance__descriptor);

    (void)r;
    if (!a)
        return;
    a->weight_lb_milli = take_units(t, 2);
    a->reason = take_text(t, 4);
    a->distance_milli = take_units(t, 6);
    a->round_trip = take_text(t, 9);
    a->stretcher = take_text(t, 10);
    if (t->line)
        t->line->ambulance = a;
    else
        t->claim->ambulance = a;
}

/* ambulance_segments - CRC 07 for the conditions of a CR1, five codes each, ambulance rows only */
static size_t ambulance_segments(const struct put *p, const struct seg *r)
{
    const CcAmbulance *a = ambulance(p);

    if (!a || strcmp(r->qualifier, "07") != 0)
        return 0;
    return (a->n_conditions + CRC_CODES - 1) / CRC_CODES;
}

/* indicator_at - the i-th of a category; NULL: no more */
static const CcConditionIndicator *indicator_at(const struct put *p, const char *category, size_t i)
{
    CcConditionIndicator *const *list = p->line ? p->line->indicators : p->claim->indicators;
    const size_t n = p->line ? p->line->n_indicators : p->claim->n_indicators;

    for (size_t k = 0; k < n; k++)
        if (strcmp(list[k]->category, category) == 0 && i-- == 0)
            return list[k];
    return NULL;
}

/* crc_count - CRC of the row's category */
static size_t crc_count(const struct put *p, const struct seg *r)
{
    size_t n = 0;

    while (indicator_at(p, r->qualifier, n))
        n++;
    return n + ambulance_segments(p, r);
}

/* put_crc - category, yes or no, up to five codes */
static void put_crc(struct put *p, const char *category, const char *applies, char *const *codes,
                    size_t n)
{
    if (n > CRC_CODES)
        put_fail(p, "limit", "", "at most five codes");
    put_begin(p, "CRC", category);
    put_code(p, 2, applies);
    put_code(p, 3, n > 0 ? codes[0] : "");
    for (size_t k = 1; k < n; k++)
        put_text(p, codes[k], 3);
    put_end(p);
}

/* crc_write - the ambulance's own conditions first, then those given as indicators */
static void crc_write(struct put *p, const struct seg *r, size_t i)
{
    const size_t own = ambulance_segments(p, r);
    const CcConditionIndicator *x;

    if (i < own) {
        const CcAmbulance *a = ambulance(p);
        const size_t left = a->n_conditions - i * CRC_CODES;

        put_crc(p, r->qualifier, "Y", a->conditions + i * CRC_CODES,
                left < CRC_CODES ? left : CRC_CODES);
        return;
    }
    x = indicator_at(p, r->qualifier, i - own);
    put_crc(p, r->qualifier, x->applies, x->codes, x->n_codes);
}

/* crc_read - as an indicator */
static void crc_read(struct take *t, const struct seg *r)
{
    CcConditionIndicator *x = take_new(t, &cc_condition_indicator__descriptor);

    (void)r;
    if (!x)
        return;
    x->category = take_text(t, 1);
    x->applies = take_text(t, 2);
    for (unsigned k = 3; k < 3 + CRC_CODES; k++)
        if (x12_element(t->s, k).n > 0)
            take_push(t, x, codes, take_text(t, k));
    if (t->line)
        take_push(t, t->line, indicators, x);
    else
        take_push(t, t->claim, indicators, x);
}

/* count_spinal - CR2 */
static size_t count_spinal(const struct put *p, const struct seg *r)
{
    (void)r;
    return p->claim->spinal != NULL;
}

/* write_spinal - CR2 */
static void write_spinal(struct put *p, const struct seg *r, size_t i)
{
    const CcSpinal *s = p->claim->spinal;

    (void)r, (void)i;
    put_begin(p, "CR2", NULL);
    x12_skip(&p->w, 7);
    put_code(p, 8, s->condition);
    x12_skip(&p->w, 1);
    put_text(p, s->description, DESCRIPTION_MAX);
    put_text(p, s->more_description, DESCRIPTION_MAX);
    put_end(p);
}

/* read_spinal - CR2 */
static void read_spinal(struct take *t, const struct seg *r)
{
    CcSpinal *s = take_new(t, &cc_spinal__descriptor);

    (void)r;
    if (!s)
        return;
    s->condition = take_text(t, 8);
    s->description = take_text(t, 10);
    s->more_description = take_text(t, 11);
    t->claim->spinal = s;
}

#define CRC(q, k, m)                                                                               \
    {                                                                                              \
        .segment = "CRC", .qualifier = q, .kinds = k, .max = m, .count = crc_count,                \
        .write = crc_write, .read = crc_read                                                       \
    }

/* clang-format off */
const struct seg rows_2300_signs[] = {
    {.segment = "CR1", .kinds = GUIDE_P,  .max = 1, .count = count_ambulance, .write = write_ambulance, .read = read_ambulance},
    {.segment = "CR2", .kinds = GUIDE_P,  .max = 1, .count = count_spinal,    .write = write_spinal,    .read = read_spinal},
    CRC("07", GUIDE_P, CRC_MAX),
    CRC("E1", GUIDE_P, 1), CRC("E2", GUIDE_P, 1), CRC("E3", GUIDE_P, 1),
    CRC("75", GUIDE_P, 1),
    CRC("ZZ", GUIDE_PI, 1),
    {.segment = "HI",  .kinds = GUIDE_PI, .max = 1, .count = seg_always,    .write = hi_write,        .read = hi_read},
    {.segment = "HCP", .kinds = GUIDE_PI, .max = 1, .count = hcp_count,       .write = hcp_write,       .read = hcp_read},
    {.segment = NULL},
};

const struct seg rows_2400_signs[] = {
    {.segment = "CR1", .kinds = GUIDE_P,  .max = 1, .count = count_ambulance, .write = write_ambulance, .read = read_ambulance},
    {.segment = "CR3", .kinds = GUIDE_P,  .max = 1, .count = cr3_count, .write = cr3_write, .read = cr3_read},
    CRC("07", GUIDE_P, CRC_MAX),
    CRC("70", GUIDE_P, 1),
    CRC("09", GUIDE_P, 1),
    {.segment = NULL},
};
/* clang-format on */
