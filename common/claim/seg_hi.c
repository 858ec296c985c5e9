/* seg_hi.c - HI: diagnoses, procedures and the other codes of a claim (billing §2.3, §3.2)
 *
 * Twelve codes fit into a segment. The rows stand in the guides' order. */
#include <stdio.h>
#include <string.h>

#include "common/base/str.h"
#include "common/claim/hi.h"
#include "common/codes/codes.h"

enum { PER_SEGMENT = 12, CODE_MAX = 32, TWO_SEGMENTS = 24, RANK_NONE = 1 << 30, RULE_MAX = 64 };

/* dx_order - principal first, then by rank, then as they came */
static int dx_order(const void *a, const void *b)
{
    const CcClaimDiagnosis *x = *(const CcClaimDiagnosis *const *)a;
    const CcClaimDiagnosis *y = *(const CcClaimDiagnosis *const *)b;
    const bool px = x->role == DIAGNOSIS_ROLE_PRINCIPAL, py = y->role == DIAGNOSIS_ROLE_PRINCIPAL;
    const uint32_t rx = x->rank ? x->rank : RANK_NONE, ry = y->rank ? y->rank : RANK_NONE;

    if (px != py)
        return px ? -1 : 1;
    return rx < ry ? -1 : rx > ry;
}

/* hi_sort - a stable sort: lists are short */
bool hi_sort(struct put *p)
{
    const size_t n = p->claim->n_diagnoses;

    p->dx = arena_array(p->arena, n ? n : 1, sizeof(*p->dx));
    if (!p->dx)
        return false;
    for (size_t i = 0; i < n; i++) {
        const CcClaimDiagnosis *d = p->claim->diagnoses[i];
        size_t k = i;

        for (; k > 0 && dx_order(&p->dx[k - 1], &d) > 0; k--)
            p->dx[k] = p->dx[k - 1];
        p->dx[k] = d;
    }
    return true;
}

/* hi_pointer - where the diagnosis of a rank stands */
unsigned hi_pointer(const struct put *p, uint32_t rank)
{
    for (size_t i = 0; i < p->claim->n_diagnoses; i++)
        if (p->dx[i]->rank == rank)
            return (unsigned)i + 1;
    return 0;
}

/* hi_put_item - qualifier and code; the element is open for more components */
void hi_put_item(struct put *p, const char *qualifier, const char *code)
{
    char plain[CODE_MAX];

    x12_put(&p->w, qualifier);
    if (!code_plain(code, plain, sizeof(plain)) || !plain[0])
        put_fail(p, "missing", "-2", "required: a code of at most 30 characters");
    else
        x12_sub(&p->w, plain);
}

/* hi_is_old - the element carries the row's ICD-9 qualifier */
bool hi_is_old(const struct take *t, const struct hi *h, unsigned element)
{
    return span_is(x12_component(t->s, element, 1), h->old);
}

#define DX(q, o, k, m, r)                                                                          \
    .qualifier = q, .old = o, .kinds = k, .max = m, .role = DIAGNOSIS_ROLE_##r,                    \
    .count = hi_count_dx, .write = hi_write_dx, .read = hi_read_dx
#define PLAIN(q, k, m)                                                                             \
    .qualifier = q, .kinds = k, .max = m, .count = hi_count_plain, .write = hi_write_plain,        \
    .read = hi_read_plain

/* clang-format off */
static const struct hi hi_rows[] = {
    {DX("ABK", "BK", GUIDE_P, 1, PRINCIPAL), .required = true},
    {DX("ABF", "BF", GUIDE_P, 11, OTHER), .joins = true},
    {PLAIN("BP", GUIDE_P, 1)},
    {PLAIN("BO", GUIDE_P, 1), .joins = true},
    {DX("ABK", "BK", GUIDE_I, 1, PRINCIPAL), .required = true, .poa = true},
    {DX("ABJ", "BJ", GUIDE_I, 1, ADMITTING)},
    {DX("APR", "PR", GUIDE_I, 3, REASON)},
    {DX("ABN", "BN", GUIDE_I, PER_SEGMENT, EXTERNAL_CAUSE), .poa = true},
    {PLAIN("DR", GUIDE_I, 1)},
    {DX("ABF", "BF", GUIDE_I, TWO_SEGMENTS, OTHER), .poa = true},
    {.qualifier = "BBR", .old = "BR", .kinds = GUIDE_I, .max = 1,            .count = hi_count_procedures,  .write = hi_write_procedure,  .read = hi_read_procedure},
    {.qualifier = "BBQ", .old = "BQ", .kinds = GUIDE_I, .max = TWO_SEGMENTS, .count = hi_count_procedures,  .write = hi_write_procedure,  .read = hi_read_procedure},
    {.qualifier = "BI",               .kinds = GUIDE_I, .max = TWO_SEGMENTS, .count = hi_count_spans,       .write = hi_write_span,       .read = hi_read_span},
    {.qualifier = "BH",               .kinds = GUIDE_I, .max = TWO_SEGMENTS, .count = hi_count_occurrences, .write = hi_write_occurrence, .read = hi_read_occurrence},
    {.qualifier = "BE",               .kinds = GUIDE_I, .max = TWO_SEGMENTS, .count = hi_count_values,      .write = hi_write_value,      .read = hi_read_value},
    {PLAIN("BG", GUIDE_PI, TWO_SEGMENTS)},
    {PLAIN("TC", GUIDE_I, TWO_SEGMENTS)},
    {.qualifier = NULL},
};
/* clang-format on */

/* over_max - more codes of a kind than the guide has room for */
static void over_max(struct put *p, const struct hi *h)
{
    char rule[RULE_MAX];

    snprintf(rule, sizeof(rule), "at most %u codes with qualifier %s", h->max, h->qualifier);
    put_fail(p, "limit", "", rule);
}

/* hi_write - all rows of the guide */
void hi_write(struct put *p, const struct seg *r, size_t i)
{
    size_t in_segment = 0;

    (void)r, (void)i;
    for (const struct hi *h = hi_rows; h->qualifier && !p->failed; h++) {
        const size_t n = h->kinds & p->kind ? h->count(p, h) : 0;

        if (n == 0 && h->required && (h->kinds & p->kind))
            put_fail(p, "missing", "", "required: a principal diagnosis");
        if (n > h->max)
            over_max(p, h);
        for (size_t k = 0; k < n && !p->failed; k++) {
            const bool goes_on = in_segment > 0 && in_segment < PER_SEGMENT && (k > 0 || h->joins);

            if (in_segment > 0 && !goes_on)
                put_end(p);
            if (!goes_on) {
                put_begin(p, "HI", NULL);
                in_segment = 0;
            }
            h->write(p, h, k);
            in_segment++;
        }
    }
    if (in_segment > 0)
        put_end(p);
}

/* hi_row - by the qualifier of an element; NULL: none */
static const struct hi *hi_row(const struct take *t, unsigned element)
{
    const struct span q = x12_component(t->s, element, 1);

    for (const struct hi *h = hi_rows; q.n && h->qualifier; h++)
        if ((h->kinds & t->kind) && (span_is(q, h->qualifier) || (h->old && span_is(q, h->old))))
            return h;
    return NULL;
}

/* hi_read - every element by its own qualifier */
void hi_read(struct take *t, const struct seg *r)
{
    bool known = true;

    (void)r;
    for (unsigned k = 1; k <= PER_SEGMENT && k <= t->s->count; k++) {
        const struct hi *h = hi_row(t, k);

        if (h)
            h->read(t, h, k);
        known &= h != NULL || x12_element(t->s, k).n == 0;
    }
    if (!known)
        take_extra(t);
}
