/* payer_rules.c - many rules, sorted by whom they are for: a claim looks at its payer's only */
#include "common/rules/payer_rule.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct payer_rules {
    struct payer_rule *rules;
    struct rule_gate *gates;
    size_t n, cap;
};

/* payer_rules_new - none */
struct payer_rules *payer_rules_new(void)
{
    return calloc(1, sizeof(struct payer_rules));
}

/* payer_rules_free - all of them */
void payer_rules_free(struct payer_rules *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->n; i++)
        payer_rule_release(&s->rules[i]);
    free(s->rules);
    free(s->gates);
    free(s);
}

/* payer_rules_add - compiled */
int payer_rules_add(struct payer_rules *s, const struct payer_rule_cells *cells, struct err *e)
{
    if (s->n == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : 16;
        struct payer_rule *more = realloc(s->rules, cap * sizeof(*more));

        if (!more)
            return err_set(e, ERR_RETRY, "memory", "out of memory");
        s->rules = more;
        s->cap = cap;
    }
    if (payer_rule_compile(&s->rules[s->n], cells, e) != 0)
        return -1;
    s->n++;
    return 0;
}

/* compare - two texts, whatever their case */
static int compare(struct span a, struct span b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int r = n ? strncasecmp(a.p, b.p, n) : 0;

    return r ? r : (a.n > b.n) - (a.n < b.n);
}

/* by_whom - scope, whom, id, first day */
static int by_whom(const void *a, const void *b)
{
    const struct payer_rule *x = a, *y = b;
    int r;

    if (x->scope != y->scope)
        return x->scope < y->scope ? -1 : 1;
    r = compare(x->whom, y->whom);
    if (r == 0)
        r = compare(x->cells.rule, y->cells.rule);
    return r ? r : (x->cells.from > y->cells.from) - (x->cells.from < y->cells.from);
}

/* payer_rules_finish - in order, with their gates */
int payer_rules_finish(struct payer_rules *s, struct err *e)
{
    if (!s->n)
        return 0;
    qsort(s->rules, s->n, sizeof(*s->rules), by_whom);
    s->gates = calloc(s->n, sizeof(*s->gates));
    if (!s->gates)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    for (size_t i = 0; i < s->n; i++)
        s->gates[i] =
            (struct rule_gate){s->rules[i].codes.mask, s->rules[i].kinds, s->rules[i].codes.n > 0};
    return 0;
}

/* below - does the rule stand before those of (scope, whom) */
static bool below(const struct payer_rule *r, enum rule_scope scope, struct span whom, bool after)
{
    int c = r->scope != scope ? (r->scope < scope ? -1 : 1) : compare(r->whom, whom);

    return c < 0 || (after && c == 0);
}

/* edge - the first rule not below */
static size_t edge(const struct payer_rules *s, enum rule_scope scope, struct span whom, bool after)
{
    size_t low = 0, high = s->n;

    while (low < high) {
        size_t mid = (low + high) / 2;

        if (below(&s->rules[mid], scope, whom, after))
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* payer_rules_of - the stretch of one */
const struct payer_rule *payer_rules_of(const struct payer_rules *s, enum rule_scope scope,
                                        const char *whom, size_t *n, const struct rule_gate **gates)
{
    size_t first = edge(s, scope, span_of(whom), false);

    *n = edge(s, scope, span_of(whom), true) - first;
    *gates = *n ? &s->gates[first] : NULL;
    return *n ? &s->rules[first] : NULL;
}

/* payer_rules_at - the i-th */
const struct payer_rule *payer_rules_at(const struct payer_rules *s, size_t i)
{
    return i < s->n ? &s->rules[i] : NULL;
}
