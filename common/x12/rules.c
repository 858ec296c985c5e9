/* rules.c - all families of rules in one row, and the tree of HL segments that every family shares
 */
#include "common/x12/rules.h"

#include "common/base/money.h"
#include "common/x12/checker.h"

/* Rules of one place run in this order; the claim's own come last of the 837, because their end
 * forgets the claim. */
static const struct x12_rule *const families[] = {
    x12_rules_line,  x12_rules_cob,    x12_rules_institutional, x12_rules_claim,
    x12_rules_remit, x12_rules_answer, x12_rules_format,
};

/* x12_rule_at - counted through all families */
const struct x12_rule *x12_rule_at(size_t i)
{
    for (size_t k = 0; k < sizeof(families) / sizeof(families[0]); k++)
        for (const struct x12_rule *r = families[k]; r->run; r++)
            if (i-- == 0)
                return r;
    return NULL;
}

/* parent_of - the nearest frame outside the innermost that has an HL; NULL: none */
static struct walk_frame *parent_of(struct walk *w)
{
    for (unsigned d = w->depth; d > 1; d--)
        if (w->frame[d - 2].hl > 0)
            return &w->frame[d - 2];
    return NULL;
}

/* rule_hl - HL01 counts up from 1, HL02 is the HL it stands under */
void rule_hl(struct check *c, const struct x12_segment *s)
{
    struct walk_frame *f = &c->walk.frame[c->walk.depth - 1], *parent = parent_of(&c->walk);
    uint64_t number = 0, above = 0;

    c->facts.hl++;
    if (!span_number(x12_element(s, 1), &number) || number != c->facts.hl)
        report_here(c, s, 1, 0, 1, "IK403=I12", "HL numbers must count 1, 2, 3");
    if (parent && (!span_number(x12_element(s, 2), &above) || above != parent->hl))
        report_here(c, s, 2, 0, 1, "IK403=I12", "not the number of the HL it stands under");
    f->hl = number > 0 && number < UINT32_MAX ? (uint32_t)number : c->facts.hl;
    f->hl_child_stated = x12_element_is(s, 4, "1");
    if (parent)
        parent->hl_child_seen = true;
}

/* rule_hl_end - HL04 said whether children follow */
void rule_hl_end(struct check *c)
{
    const struct walk_frame *f = &c->walk.frame[c->walk.depth - 1];
    struct mark m = {.position = f->position, .offset = f->offset, .segment = "HL"};

    if (f->hl == 0 || f->hl_child_stated == f->hl_child_seen)
        return;
    str_copy(m.loop, sizeof(m.loop), walk_loop(&c->walk));
    report(c, &m, 4, 0, 1, "IK403=I12", (struct span){"", 0},
           f->hl_child_seen ? "states no children, but some follow"
                            : "states children, but none follow");
}

/* sum_add - see rules.h */
void sum_add(int64_t *sum, int64_t v)
{
    if (*sum != INT64_MIN && *sum != INT64_MAX && !money_add(*sum, v, sum))
        *sum = v < 0 ? INT64_MIN : INT64_MAX;
}

/* order_bit - see rules.h */
uint32_t order_bit(struct span v)
{
    return v.n == 1 && v.p[0] >= 'A' && v.p[0] <= 'Z' && v.p[0] != 'U'
               ? UINT32_C(1) << (v.p[0] - 'A')
               : 0;
}

/* cas_sum - CAS03, 06 ... 18 */
bool cas_sum(const struct x12_segment *s, int64_t *out)
{
    int64_t sum = 0, v;

    for (unsigned n = 3; n <= 18 && n <= s->count; n += 3) {
        if (x12_element(s, n).n == 0)
            continue;
        if (!span_decimal(x12_element(s, n), 2, &v))
            return false;
        sum_add(&sum, v);
    }
    *out = sum;
    return true;
}
