/* seg_cob.c - loop 2320: the payers besides the destination and what they decided (billing §2.4) */
#include <string.h>

#include "common/claim/guide.h"

enum { GROUP_MAX = 50, GROUP_NAME_MAX = 60, REMARK_MAX = 50, OTHERS_MAX = 10 };
enum { MOA_REMARK = 3, MIA_REMARK = 5, MIA_MORE_REMARKS = 20, REMARKS_MAX = 5 };

/* write_other_sbr - SBR of 2320; the relation is always told here */
static void write_other_sbr(struct put *p, const struct seg *r, size_t i)
{
    const CcClaimCoverage *c = p->coverage;

    (void)r, (void)i;
    put_begin(p, "SBR", NULL);
    put_code(p, 1, c->sequence);
    x12_put(&p->w, guide_relation_code(c->relationship));
    put_text(p, c->group_number, GROUP_MAX);
    put_text(p, c->group_number[0] ? "" : c->group_name, GROUP_NAME_MAX);
    put_text(p, p->kind == GUIDE_P ? c->insurance_type : "", 3);
    x12_skip(&p->w, 3);
    put_text(p, c->filing_indicator, 2);
    put_end(p);
}

/* read_other_sbr - SBR of the coverage that the reader has begun */
static void read_other_sbr(struct take *t, const struct seg *r)
{
    CcClaimCoverage *c = t->coverage;

    (void)r;
    c->sequence = take_text(t, 1);
    c->relationship = guide_relation_of(x12_element(t->s, 2));
    c->group_number = take_text(t, 3);
    c->group_name = take_text(t, 4);
    c->insurance_type = take_text(t, 5);
    c->filing_indicator = take_text(t, 9);
}

/* count_cas - CAS of the claim */
static size_t count_cas(const struct put *p, const struct seg *r)
{
    (void)r;
    return cas_count(p->coverage->adjustments, p->coverage->n_adjustments);
}

/* write_cas - CAS of the claim */
static void write_cas(struct put *p, const struct seg *r, size_t i)
{
    (void)r;
    cas_write(p, p->coverage->adjustments, p->coverage->n_adjustments, i);
}

/* read_cas - CAS of the claim */
static void read_cas(struct take *t, const struct seg *r)
{
    (void)r;
    t->coverage->adjudicated = true;
    cas_read(t, &t->coverage->adjustments, &t->coverage->n_adjustments);
}

/* amount - the sum of the row's AMT, and whether it is known */
static int64_t *amount(const CcClaimCoverage *c, const char *qualifier, bool *given)
{
    CcClaimCoverage *x = (CcClaimCoverage *)(uintptr_t)c;

    if (qualifier[0] == 'D') {
        *given = c->adjudicated;
        return &x->paid_cents;
    }
    *given = qualifier[0] == 'A' ? c->noncovered_given : c->remaining_liability_given;
    return qualifier[0] == 'A' ? &x->noncovered_cents : &x->remaining_liability_cents;
}

/* count_amount - AMT D, A8, EAF; a payer that was never asked paid nothing to speak of */
static size_t count_amount(const struct put *p, const struct seg *r)
{
    bool given;

    amount(p->coverage, r->qualifier, &given);
    return given && !(r->qualifier[0] == 'D' && p->coverage->noncovered_given);
}

/* write_amount - AMT */
static void write_amount(struct put *p, const struct seg *r, size_t i)
{
    bool given;

    (void)i;
    put_begin(p, "AMT", r->qualifier);
    put_money(p, 2, *amount(p->coverage, r->qualifier, &given));
    put_end(p);
}

/* read_amount - AMT */
static void read_amount(struct take *t, const struct seg *r)
{
    bool given;

    *amount(t->coverage, r->qualifier, &given) = take_money(t, 2);
    t->coverage->adjudicated |= r->qualifier[0] == 'D';
    t->coverage->noncovered_given |= r->qualifier[0] == 'A';
    t->coverage->remaining_liability_given |= r->qualifier[0] == 'E';
}

/* first_of - the first text that is not empty */
static const char *first_of(const char *a, const char *b, const char *c)
{
    return a[0] ? a : b[0] ? b : c;
}

/* write_oi - benefits assigned, signature, release: the payer's own, else the claim's */
static void write_oi(struct put *p, const struct seg *r, size_t i)
{
    const CcClaimCoverage *c = p->coverage;

    (void)r, (void)i;
    put_begin(p, "OI", NULL);
    x12_skip(&p->w, 2);
    put_code(p, 3,
             first_of(c->benefits_assigned_code, c->benefits_assigned ? "Y" : "",
                      p->claim->benefits_assigned));
    put_text(p, p->kind == GUIDE_P ? c->signature_source : "", 1);
    x12_skip(&p->w, 1);
    put_code(p, 6, first_of(c->release_code, p->claim->release, ""));
    put_end(p);
}

/* read_oi - OI */
static void read_oi(struct take *t, const struct seg *r)
{
    (void)r;
    t->coverage->benefits_assigned_code = take_text(t, 3);
    t->coverage->benefits_assigned = take_is(t, 3, "Y");
    t->coverage->signature_source = take_text(t, 4);
    t->coverage->release_code = take_text(t, 6);
}

/* is_stay - remarks of an inpatient remittance come with covered days */
static bool is_stay(const struct put *p)
{
    return p->kind == GUIDE_I && p->coverage->covered_days > 0;
}

/* count_mia - remarks of an inpatient claim */
static size_t count_mia(const struct put *p, const struct seg *r)
{
    (void)r;
    return is_stay(p);
}

/* put_remark - the n-th remark code, or nothing */
static void put_remark(struct put *p, size_t n)
{
    put_text(p, n < p->coverage->n_remarks ? p->coverage->remarks[n] : "", REMARK_MAX);
}

/* check_remarks - more than a segment holds */
static void check_remarks(struct put *p)
{
    if (p->coverage->n_remarks > REMARKS_MAX)
        put_fail(p, "limit", "", "at most five remark codes");
}

/* write_mia - covered days and remarks: element 5, then 20 to 23 */
static void write_mia(struct put *p, const struct seg *r, size_t i)
{
    (void)r, (void)i;
    put_begin(p, "MIA", NULL);
    put_number(p, p->coverage->covered_days);
    x12_skip(&p->w, MIA_REMARK - 2);
    put_remark(p, 0);
    x12_skip(&p->w, MIA_MORE_REMARKS - MIA_REMARK - 1);
    for (size_t n = 1; n < REMARKS_MAX; n++)
        put_remark(p, n);
    put_end(p);
    check_remarks(p);
}

/* take_remark - an element that holds one, or nothing */
static void take_remark(struct take *t, unsigned element)
{
    if (x12_element(t->s, element).n > 0)
        take_push(t, t->coverage, remarks, take_text(t, element));
}

/* read_mia - MIA */
static void read_mia(struct take *t, const struct seg *r)
{
    (void)r;
    t->coverage->covered_days = take_number(t, 1);
    take_remark(t, MIA_REMARK);
    for (unsigned n = 0; n + 1 < REMARKS_MAX; n++)
        take_remark(t, MIA_MORE_REMARKS + n);
}

/* count_moa - remarks of an outpatient or professional claim */
static size_t count_moa(const struct put *p, const struct seg *r)
{
    (void)r;
    return !is_stay(p) && p->coverage->n_remarks > 0;
}

/* write_moa - remarks: elements 3 to 7 */
static void write_moa(struct put *p, const struct seg *r, size_t i)
{
    (void)r, (void)i;
    put_begin(p, "MOA", NULL);
    x12_skip(&p->w, MOA_REMARK - 1);
    for (size_t n = 0; n < REMARKS_MAX; n++)
        put_remark(p, n);
    put_end(p);
    check_remarks(p);
}

/* read_moa - MOA */
static void read_moa(struct take *t, const struct seg *r)
{
    (void)r;
    for (unsigned n = 0; n < REMARKS_MAX; n++)
        take_remark(t, MOA_REMARK + n);
}

/* clang-format off */
const struct seg rows_2320[] = {
    {.segment = "SBR",                     .kinds = GUIDE_PI, .max = 1, .count = seg_always, .write = write_other_sbr, .read = read_other_sbr},
    {.segment = "CAS",                     .kinds = GUIDE_PI, .max = 5, .count = count_cas,    .write = write_cas,       .read = read_cas},
    {.segment = "AMT", .qualifier = "D",   .kinds = GUIDE_PI, .max = 1, .count = count_amount, .write = write_amount,    .read = read_amount},
    {.segment = "AMT", .qualifier = "A8",  .kinds = GUIDE_P,  .max = 1, .count = count_amount, .write = write_amount,    .read = read_amount},
    {.segment = "AMT", .qualifier = "EAF", .kinds = GUIDE_PI, .max = 1, .count = count_amount, .write = write_amount,    .read = read_amount},
    {.segment = "AMT", .qualifier = "A8",  .kinds = GUIDE_I,  .max = 1, .count = count_amount, .write = write_amount,    .read = read_amount},
    {.segment = "OI",                      .kinds = GUIDE_PI, .max = 1, .count = seg_always, .write = write_oi,        .read = read_oi},
    {.segment = "MIA",                     .kinds = GUIDE_I,  .max = 1, .count = count_mia,    .write = write_mia,       .read = read_mia},
    {.segment = "MOA",                     .kinds = GUIDE_PI, .max = 1, .count = count_moa,    .write = write_moa,       .read = read_moa},
    {.segment = NULL},
};
/* clang-format on */

/* sequence_rank - P S T A B … H, then U and what is none */
static size_t sequence_rank(const CcClaimCoverage *c)
{
    static const char order[] = "PSTABCDEFGHU";
    const char *at = c->sequence[0] ? strchr(order, c->sequence[0]) : NULL;

    return at ? (size_t)(at - order) : sizeof(order);
}

/* put_other - one payer's loops */
static void put_other(struct put *p, const CcClaimCoverage *c)
{
    p->coverage = c;
    put_loop(p, LOOP_2320, NULL, c);
    put_loop(p, LOOP_2330A, NULL, c);
    put_loop(p, LOOP_2330B, NULL, c);
    put_parties(p, LEVEL_OTHER);
}

/* put_others - every payer but the destination, the primary first */
void put_others(struct put *p)
{
    const CcClaim *c = p->claim;
    const CcClaimCoverage *outer = p->coverage;
    size_t n = 0;

    for (size_t rank = 0; rank < 16; rank++)
        for (size_t i = 0; i < c->n_coverages && !p->failed; i++)
            if (c->coverages[i] != p->destination && sequence_rank(c->coverages[i]) == rank) {
                if (++n > OTHERS_MAX)
                    put_fail(p, "limit", "", "at most ten other payers");
                put_other(p, c->coverages[i]);
            }
    p->coverage = outer;
}
