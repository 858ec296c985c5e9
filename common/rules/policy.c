/* policy.c - coverage policies compiled, and found by the code of a line
 *
 * All stretches of codes of all policies stand in one array by their first code; beside each stands
 * the highest last code so far. Those that hold a code end where that one falls below it. */
#include "common/rules/policy.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct stretch {
    struct code_range range;
    uint64_t highest; /* of this one and all before it */
    size_t policy;
};

struct policies {
    struct policy *list;
    size_t n, cap;
    struct stretch *stretches;
    size_t n_stretches;
};

/* policies_new - none */
struct policies *policies_new(void)
{
    return calloc(1, sizeof(struct policies));
}

/* release - one */
static void release(struct policy *p)
{
    code_set_release(&p->codes);
    code_set_release(&p->dx);
    code_set_release(&p->also);
    cond_release(&p->when);
}

/* policies_free - all of them */
void policies_free(struct policies *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->n; i++)
        release(&s->list[i]);
    free(s->list);
    free(s->stretches);
    free(s);
}

/* refused - with its column */
static int refused(struct err *e, const char *column, const char *expected)
{
    return err_set(e, ERR_REJECT, "rule", "column %s: %s", column, expected);
}

/* take_set - codes of a column */
static int take_set(struct code_set *out, struct span cell, const char *column, struct err *e)
{
    if (code_set_parse(out, cell, e) == 0)
        return 0;
    return e->class == ERR_REJECT ? err_prefix(e, "column %s", column) : -1;
}

/* take_contractor - *, a contractor, payer:ID */
static int take_contractor(struct policy *p, struct err *e)
{
    struct span s = p->cells.contractor;
    bool payer = s.n >= 6 && strncasecmp(s.p, "payer:", 6) == 0;

    p->scope = payer ? RULE_OF_PAYER : span_is(s, "*") ? RULE_OF_ALL : RULE_OF_CONTRACTOR;
    p->whom = payer ? span_trim((struct span){s.p + 6, s.n - 6}) : s;
    if (!p->whom.n || p->whom.n > 80)
        return refused(e, "contractor", "expected a contractor of the payers table, * or payer:ID");
    return 0;
}

/* take - every column */
static int take(struct policy *p, struct err *e)
{
    const struct policy_cells *c = &p->cells;

    if (!c->policy.n || c->policy.n > 40)
        return refused(e, "policy", "expected the policy's number of at most 40 bytes");
    p->denied = span_is(c->list, "denied");
    if (!p->denied && !span_is(c->list, "covered"))
        return refused(e, "list", "expected covered or denied");
    if (take_contractor(p, e) != 0 || take_set(&p->codes, c->codes, "codes", e) != 0 ||
        take_set(&p->also, c->also, "also", e) != 0 || take_set(&p->dx, c->dx, "dx", e) != 0)
        return -1;
    if (!p->codes.n)
        return refused(e, "codes", "expected the codes that the policy is about");
    if (!p->dx.n)
        return refused(e, "dx", "expected diagnoses: E11.9, E08-E13, I10*");
    if (cond_compile(&p->when, c->condition, e) != 0)
        return e->class == ERR_REJECT ? err_prefix(e, "column condition") : -1;
    return 0;
}

/* same_span - equal bytes */
static bool same_span(struct span a, struct span b)
{
    return a.n == b.n && (!a.n || memcmp(a.p, b.p, a.n) == 0);
}

/* same_but_dx - is the row one more of the last policy's diagnoses */
static bool same_but_dx(const struct policy_cells *a, const struct policy_cells *b)
{
    return a->from == b->from && a->to == b->to && same_span(a->policy, b->policy) &&
           same_span(a->contractor, b->contractor) && same_span(a->codes, b->codes) &&
           same_span(a->list, b->list) && same_span(a->also, b->also) &&
           same_span(a->condition, b->condition);
}

/* room - for one more */
static int room(struct policies *s, struct err *e)
{
    size_t cap = s->cap ? s->cap * 2 : 16;
    struct policy *more;

    if (s->n < s->cap)
        return 0;
    more = realloc(s->list, cap * sizeof(*more));
    if (!more)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    s->list = more;
    s->cap = cap;
    return 0;
}

/* policies_add - a policy, or more diagnoses of the last one */
int policies_add(struct policies *s, const struct policy_cells *cells, struct err *e)
{
    struct policy p = {.cells = *cells, .when.first = COND_TRUE};
    struct policy *last = s->n ? &s->list[s->n - 1] : NULL;

    if (last && cells->dx.n && same_but_dx(&last->cells, cells))
        return take_set(&last->dx, cells->dx, "dx", e);
    if (room(s, e) == 0 && take(&p, e) == 0) {
        s->list[s->n++] = p;
        return 0;
    }
    release(&p);
    return -1;
}

/* by_low - stretches in order */
static int by_low(const void *a, const void *b)
{
    const struct stretch *x = a, *y = b;

    if (x->range.low != y->range.low)
        return x->range.low < y->range.low ? -1 : 1;
    return (x->policy > y->policy) - (x->policy < y->policy);
}

/* policies_finish - the index */
int policies_finish(struct policies *s, struct err *e)
{
    size_t n = 0;

    for (size_t i = 0; i < s->n; i++)
        n += s->list[i].codes.n;
    s->stretches = n ? calloc(n, sizeof(*s->stretches)) : NULL;
    if (n && !s->stretches)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    for (size_t i = 0; i < s->n; i++)
        for (size_t k = 0; k < s->list[i].codes.n; k++)
            s->stretches[s->n_stretches++] =
                (struct stretch){.range = s->list[i].codes.ranges[k], .policy = i};
    if (n)
        qsort(s->stretches, n, sizeof(*s->stretches), by_low);
    for (size_t i = 0; i < n; i++) {
        uint64_t before = i ? s->stretches[i - 1].highest : 0;

        s->stretches[i].highest =
            s->stretches[i].range.high > before ? s->stretches[i].range.high : before;
    }
    return 0;
}

/* above - the first stretch that begins after the key */
static size_t above(const struct policies *s, uint64_t key)
{
    size_t low = 0, high = s->n_stretches;

    while (low < high) {
        size_t mid = (low + high) / 2;

        if (s->stretches[mid].range.low <= key)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* policies_next - backwards from where the code would stand; the cursor is the next index + 1, the
 * end SIZE_MAX */
const struct policy *policies_next(const struct policies *s, uint64_t key, size_t *cursor)
{
    size_t at = *cursor == SIZE_MAX ? 0 : *cursor ? *cursor - 1 : above(s, key);

    while (at-- > 0 && s->stretches[at].highest >= key) {
        if (s->stretches[at].range.high < key)
            continue;
        *cursor = at ? at + 1 : SIZE_MAX;
        return &s->list[s->stretches[at].policy];
    }
    *cursor = SIZE_MAX;
    return NULL;
}
