/* compile.c - a tree to a program of few steps, and to the attributes that make it worth running
 *
 * A step looks at one word of the stay: are any, or all, of these bits set? All operands of one AND
 * (or OR) that are attributes of the same word become one step; `DRG 426`'s formula of 40 names is
 * some fifteen. Built from the end: a step knows where to go on.
 *
 * Triggers: a formula `A & (B | C)` cannot be true where A is not there; it is looked at only for
 * stays with A. Of the operands of an AND the one with the fewest, most telling attributes is
 * taken. */
#include "common/drg/def.h"

#include <stdlib.h>
#include <string.h>

enum { OPERANDS_MAX = 128 };

/* What stands on one side of an AND or OR: attributes as bits, and what is itself one. */
struct operands {
    uint64_t plain[ATOM_WORDS], negated[ATOM_WORDS];
    uint16_t nodes[OPERANDS_MAX];
    bool nots[OPERANDS_MAX];
    size_t n;
};

static uint16_t emit(struct compiler *c, uint16_t node, bool not, uint16_t yes, uint16_t no);

/* add_step - one more */
static uint16_t add_step(struct compiler *c, struct step s)
{
    if (c->n == c->cap) {
        size_t cap = c->cap ? c->cap * 2 : 1024;
        struct step *steps = realloc(c->steps, cap * sizeof(*steps));

        c->failed = c->failed || !steps || cap > STEP_FALSE;
        if (steps)
            c->steps = steps;
        if (c->failed)
            return STEP_FALSE;
        c->cap = cap;
    }
    c->steps[c->n] = s;
    return (uint16_t)c->n++;
}

/* is_and - of a node seen through `not`: AND turns into OR */
static bool is_and(const struct node *n, bool not )
{
    return (n->op == NODE_AND) != not ;
}

/* gather - the operands of nested nodes of one kind */
static void gather(const struct node *nodes, uint16_t at, bool not, bool and, struct operands *o)
{
    const struct node *n = &nodes[at];

    if (n->op == NODE_NOT) {
        gather(nodes, n->a, !not, and, o);
    } else if (n->op == NODE_ATOM) {
        (not ? o->negated : o->plain)[n->a / 64] |= 1ull << n->a % 64;
    } else if (is_and(n, not ) == and&&o->n < OPERANDS_MAX) {
        gather(nodes, n->a, not, and, o);
        gather(nodes, n->b, not, and, o);
    } else if (o->n < OPERANDS_MAX) {
        o->nodes[o->n] = at;
        o->nots[o->n++] = not ;
    }
}

/* emit_and - all must hold: parts first made last */
static uint16_t emit_and(struct compiler *c, const struct operands *o, uint16_t yes, uint16_t no)
{
    uint16_t next = yes;

    for (size_t i = o->n; i-- > 0;)
        next = emit(c, o->nodes[i], o->nots[i], next, no);
    for (unsigned w = 0; w < ATOM_WORDS; w++)
        if (o->negated[w])
            next = add_step(c, (struct step){o->negated[w], (uint8_t)w, false, no, next});
    for (unsigned w = 0; w < ATOM_WORDS; w++)
        if (o->plain[w])
            next = add_step(c, (struct step){o->plain[w], (uint8_t)w, true, next, no});
    return next;
}

/* emit_or - one is enough */
static uint16_t emit_or(struct compiler *c, const struct operands *o, uint16_t yes, uint16_t no)
{
    uint16_t next = no;

    for (size_t i = o->n; i-- > 0;)
        next = emit(c, o->nodes[i], o->nots[i], yes, next);
    for (unsigned w = 0; w < ATOM_WORDS; w++)
        if (o->negated[w])
            next = add_step(c, (struct step){o->negated[w], (uint8_t)w, true, next, yes});
    for (unsigned w = 0; w < ATOM_WORDS; w++)
        if (o->plain[w])
            next = add_step(c, (struct step){o->plain[w], (uint8_t)w, false, yes, next});
    return next;
}

/* emit - the steps of a node, and where they go on */
static uint16_t emit(struct compiler *c, uint16_t node, bool not, uint16_t yes, uint16_t no)
{
    const struct node *n = &c->nodes[node];
    bool and = n->op == NODE_ATOM || is_and(n, not );
    struct operands *o;
    uint16_t first;

    if (n->op == NODE_NOT)
        return emit(c, n->a, !not, yes, no);
    o = calloc(1, sizeof(*o));
    c->failed = c->failed || !o;
    if (!o)
        return no;
    gather(c->nodes, node, not, and, o);
    c->failed = c->failed || o->n == OPERANDS_MAX;
    first = and? emit_and(c, o, yes, no) : emit_or(c, o, yes, no);
    free(o);
    return first;
}

/* compile_formula - a formula that is always or never true still has a step */
uint16_t compile_formula(struct compiler *c, uint16_t root)
{
    return emit(c, root, false, STEP_TRUE, STEP_FALSE);
}

/* weight - how many stays the attributes let through, roughly: tests hold often */
static unsigned weight(const uint64_t bits[ATOM_WORDS])
{
    unsigned n = (unsigned)__builtin_popcountll(bits[0]) * 16;

    for (unsigned w = 1; w < ATOM_WORDS; w++)
        n += (unsigned)__builtin_popcountll(bits[w]);
    return n;
}

/* triggers - of a node seen through `not` */
static bool triggers(const struct node *nodes, uint16_t at, bool not, uint64_t out[ATOM_WORDS])
{
    const struct node *n = &nodes[at];
    uint64_t a[ATOM_WORDS] = {0}, b[ATOM_WORDS] = {0};
    bool has_a, has_b;

    if (n->op == NODE_NOT)
        return triggers(nodes, n->a, !not, out);
    if (n->op == NODE_ATOM) {
        out[n->a / 64] |= 1ull << n->a % 64;
        return !not &&n->a > TEST_NONE; /* severities change with the formula */
    }
    has_a = triggers(nodes, n->a, not, a);
    has_b = triggers(nodes, n->b, not, b);
    if (is_and(n, not )) {
        bool take_a = has_a && (!has_b || weight(a) <= weight(b));

        for (unsigned w = 0; w < ATOM_WORDS; w++)
            out[w] |= take_a ? a[w] : b[w];
        return has_a || has_b;
    }
    for (unsigned w = 0; w < ATOM_WORDS; w++)
        out[w] |= a[w] | b[w];
    return has_a && has_b;
}

/* compile_triggers - none: the formula is always looked at */
bool compile_triggers(const struct node *nodes, uint16_t root, uint64_t out[ATOM_WORDS])
{
    return triggers(nodes, root, false, out);
}

/* run - until a step says true or false */
bool run(const struct drg *d, uint16_t start, const uint64_t *v)
{
    uint16_t at = start;

    while (at < STEP_FALSE) {
        const struct step *s = &d->steps[at];
        uint64_t seen = v[s->word] & s->mask;

        at = (s->all ? seen == s->mask : seen != 0) ? s->yes : s->no;
    }
    return at == STEP_TRUE;
}
