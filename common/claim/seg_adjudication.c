/* seg_adjudication.c - CAS, and loop 2430: what another payer decided of a line (billing §2.4,
 * §2.5) */
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/claim/guide.h"

enum {
    ID_MAX = 80,
    CODE_MAX = 48,
    MODIFIERS_MAX = 4,
    CAS_TRIPLES = 6,
    CAS_ELEMENTS = 19,
    MILLI = 3
};
enum { CAS_MAX = 5 };

/* is_first_of_group - no adjustment before it has its group */
static bool is_first_of_group(CcAdjustment *const *list, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(list[k]->group, list[i]->group) == 0)
            return false;
    return true;
}

/* group_size - adjustments of one group */
static size_t group_size(CcAdjustment *const *list, size_t n, const char *group)
{
    size_t size = 0;

    for (size_t k = 0; k < n; k++)
        size += strcmp(list[k]->group, group) == 0;
    return size;
}

/* cas_count - segments: six adjustments of a group each, groups in the order they come in */
size_t cas_count(CcAdjustment *const *list, size_t n)
{
    size_t segments = 0;

    for (size_t i = 0; i < n; i++)
        if (is_first_of_group(list, i))
            segments += (group_size(list, n, list[i]->group) + CAS_TRIPLES - 1) / CAS_TRIPLES;
    return segments;
}

/* find_cas - the group of the i-th segment, and how many of its adjustments stand in segments
 * before */
static const char *find_cas(CcAdjustment *const *list, size_t n, size_t i, size_t *skip)
{
    for (size_t k = 0; k < n; k++) {
        const size_t size = group_size(list, n, list[k]->group);
        const size_t segments = (size + CAS_TRIPLES - 1) / CAS_TRIPLES;

        if (!is_first_of_group(list, k))
            continue;
        *skip = i * CAS_TRIPLES;
        if (i < segments)
            return list[k]->group;
        i -= segments;
    }
    return "";
}

/* put_triple - reason, amount, quantity */
static void put_triple(struct put *p, const CcAdjustment *a)
{
    put_text(p, a->reason, 5);
    x12_money(&p->w, a->amount_cents);
    if (a->quantity_milli)
        x12_units(&p->w, a->quantity_milli);
    else
        x12_skip(&p->w, 1);
}

/* cas_write - the i-th segment of a list */
void cas_write(struct put *p, CcAdjustment *const *list, size_t n, size_t i)
{
    size_t skip = 0, written = 0;
    const char *group = find_cas(list, n, i, &skip);

    put_begin(p, "CAS", NULL);
    put_code(p, 1, group);
    for (size_t k = 0; k < n && written < CAS_TRIPLES; k++) {
        if (strcmp(list[k]->group, group) != 0)
            continue;
        if (skip > 0) {
            skip--;
            continue;
        }
        put_triple(p, list[k]);
        written++;
    }
    put_end(p);
}

/* cas_read - the triples of a segment */
void cas_read(struct take *t, CcAdjustment ***list, size_t *n)
{
    for (unsigned k = 2; k + 1 <= CAS_ELEMENTS && x12_element(t->s, k).n > 0; k += 3) {
        CcAdjustment *a = take_new(t, &cc_adjustment__descriptor);

        if (!a)
            return;
        a->group = take_text(t, 1);
        a->reason = take_text(t, k);
        a->amount_cents = take_money(t, k + 1);
        a->quantity_milli = take_units(t, k + 2);
        t->full |= !event_push_pointer(t->arena, (void ***)(void *)list, n, a);
    }
}

/* write_svd - SVD */
static void write_svd(struct put *p, const struct seg *r, size_t i)
{
    const CcLineAdjudication *a = p->adjudication;

    (void)r, (void)i;
    put_begin(p, "SVD", NULL);
    put_key(p, 1, a->payer, ID_MAX);
    put_money(p, 2, a->paid_cents);
    if (a->code[0]) {
        x12_put(&p->w, a->code_qualifier[0] ? a->code_qualifier : "HC");
        put_sub(p, a->code, CODE_MAX);
        for (size_t k = 0; k < a->n_modifiers && k < MODIFIERS_MAX; k++)
            put_sub(p, a->modifiers[k], 2);
    } else {
        x12_skip(&p->w, 1);
    }
    put_text(p, p->kind == GUIDE_I ? a->revenue : "", 4);
    put_units(p, 5, a->paid_units_milli);
    if (a->bundled_line)
        put_number(p, a->bundled_line);
    put_end(p);
    if (p->kind == GUIDE_I && !a->revenue[0])
        put_fail(p, "missing", "04", "required");
    if (p->kind == GUIDE_P && !a->code[0])
        put_fail(p, "missing", "03", "required");
}

/* read_svd - SVD of the adjudication that the reader has begun */
static void read_svd(struct take *t, const struct seg *r)
{
    CcLineAdjudication *a = t->adjudication;

    (void)r;
    a->payer = take_text(t, 1);
    a->paid_cents = take_money(t, 2);
    a->code_qualifier = take_part(t, 3, 1);
    a->code = take_part(t, 3, 2);
    for (unsigned k = 3; k < 3 + MODIFIERS_MAX; k++)
        if (x12_component(t->s, 3, k).n > 0)
            take_push(t, a, modifiers, take_part(t, 3, k));
    a->revenue = take_text(t, 4);
    a->paid_units_milli = take_units(t, 5);
    a->bundled_line = take_number(t, 6);
}

/* count_cas - CAS of the line */
static size_t count_cas(const struct put *p, const struct seg *r)
{
    (void)r;
    return cas_count(p->adjudication->adjustments, p->adjudication->n_adjustments);
}

/* write_cas - CAS of the line */
static void write_cas(struct put *p, const struct seg *r, size_t i)
{
    (void)r;
    cas_write(p, p->adjudication->adjustments, p->adjudication->n_adjustments, i);
}

/* read_cas - CAS of the line */
static void read_cas(struct take *t, const struct seg *r)
{
    (void)r;
    cas_read(t, &t->adjudication->adjustments, &t->adjudication->n_adjustments);
}

/* decision_date - the line's own, else that of the payer's whole decision */
static int32_t decision_date(const struct put *p)
{
    const CcClaim *c = p->claim;

    if (p->adjudication->adjudication_date)
        return p->adjudication->adjudication_date;
    for (size_t i = 0; i < c->n_coverages; i++)
        if (strcmp(c->coverages[i]->payer_id, p->adjudication->payer) == 0)
            return c->coverages[i]->adjudication_date;
    return 0;
}

/* write_decision - DTP 573 */
static void write_decision(struct put *p, const struct seg *r, size_t i)
{
    (void)i;
    put_begin(p, "DTP", r->qualifier);
    put_period(p, decision_date(p), 0);
    put_end(p);
}

/* read_decision - DTP 573 */
static void read_decision(struct take *t, const struct seg *r)
{
    (void)r;
    t->adjudication->adjudication_date = take_day(t, 3, x12_element(t->s, 3));
}

/* count_owed - AMT EAF */
static size_t count_owed(const struct put *p, const struct seg *r)
{
    (void)r;
    return p->adjudication->remaining_liability_given != 0;
}

/* write_owed - AMT EAF */
static void write_owed(struct put *p, const struct seg *r, size_t i)
{
    (void)i;
    put_begin(p, "AMT", r->qualifier);
    put_money(p, 2, p->adjudication->remaining_liability_cents);
    put_end(p);
}

/* read_owed - AMT EAF */
static void read_owed(struct take *t, const struct seg *r)
{
    (void)r;
    t->adjudication->remaining_liability_cents = take_money(t, 2);
    t->adjudication->remaining_liability_given = true;
}

/* clang-format off */
const struct seg rows_2430[] = {
    {.segment = "SVD",                     .kinds = GUIDE_PI, .max = 1,       .count = seg_always, .write = write_svd,      .read = read_svd},
    {.segment = "CAS",                     .kinds = GUIDE_PI, .max = CAS_MAX, .count = count_cas,    .write = write_cas,      .read = read_cas},
    {.segment = "DTP", .qualifier = "573", .kinds = GUIDE_PI, .max = 1,       .count = seg_always, .write = write_decision, .read = read_decision},
    {.segment = "AMT", .qualifier = "EAF", .kinds = GUIDE_PI, .max = 1,       .count = count_owed,   .write = write_owed,     .read = read_owed},
    {.segment = NULL},
};
/* clang-format on */
