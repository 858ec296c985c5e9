/* parse.c - a formula's text as a tree
 *
 * `&` binds before `|`, `~` is not. A name is a test, or an attribute with PDX: SDX: ANY: or
 * nothing before it. Attributes that no code carries are refused: a formula that can never be true
 * by a slip of the pen would group claims elsewhere in silence. */
#include "common/drg/def.h"

#include <stdlib.h>
#include <string.h>

struct reader {
    struct parser *p;
    const char *at, *end;
    unsigned depth;
    struct err *e;
};

enum { DEPTH_MAX = 64, NODES_MAX = 60000 };

static const char *const tests[TEST_MAX] = {
#define T(suffix, name) name,
    DRG_TESTS(T)
#undef T
};

static const char *const prefixes[ASKS_MAX] = {"", "PDX:", "SDX:", "ANY:"};

static int32_t read_or(struct reader *r);

/* add_node - one more; -1: no memory or far too many */
static int32_t add_node(struct parser *p, enum node_op op, uint16_t a, uint16_t b)
{
    if (p->n == p->cap) {
        size_t cap = p->cap ? p->cap * 2 : 1024;
        struct node *nodes = realloc(p->nodes, cap * sizeof(*nodes));

        p->failed = p->failed || !nodes || cap > NODES_MAX * 2;
        if (nodes)
            p->nodes = nodes;
        if (p->failed)
            return -1;
        p->cap = cap;
    }
    p->nodes[p->n] = (struct node){(uint8_t)op, a, b};
    return (int32_t)p->n++;
}

/* bad - what is wrong with the formula */
static int32_t bad(struct reader *r, const char *what, struct span name)
{
    err_set(r->e, ERR_REJECT, "drg", "%s \"%.*s\"", what, (int)(name.n < 60 ? name.n : 60), name.p);
    return -1;
}

/* skip - blanks */
static void skip(struct reader *r)
{
    while (r->at < r->end && *r->at == ' ')
        r->at++;
}

/* take - one sign, if it stands here */
static bool take(struct reader *r, char sign)
{
    skip(r);
    if (r->at == r->end || *r->at != sign)
        return false;
    r->at++;
    return true;
}

/* take_name - up to a blank or sign */
static struct span take_name(struct reader *r)
{
    const char *from;

    skip(r);
    for (from = r->at; r->at < r->end && !strchr(" &|~()", *r->at);)
        r->at++;
    return (struct span){from, (size_t)(r->at - from)};
}

/* is_never - MDCnn and 5 stand in the definitions and are never true */
static bool is_never(struct span name)
{
    return span_is(name, "5") ||
           (name.n == 5 && memcmp(name.p, "MDC", 3) == 0 && name.p[3] >= '0' && name.p[3] <= '9');
}

/* atom_of - its number, made where a formula first asks; -1 with the reason */
static int32_t atom_of(struct reader *r, struct span name)
{
    struct atoms *a = r->p->atoms;
    struct span bare = name;
    unsigned asks = ASKS_PX;
    int32_t attribute;

    for (int t = 0; t < TEST_MAX; t++)
        if (span_is(name, tests[t]))
            return t;
    if (is_never(name))
        return TEST_NEVER;
    for (unsigned k = ASKS_PDX; k < ASKS_MAX; k++)
        if (name.n > 4 && memcmp(name.p, prefixes[k], 4) == 0) {
            asks = k;
            bare = (struct span){name.p + 4, name.n - 4};
        }
    attribute = names_find(&a->attributes, bare);
    if (attribute < 0)
        return bad(r, "no code carries", name);
    if (a->atom[asks][attribute] >= 0)
        return a->atom[asks][attribute];
    if (a->n == ATOMS_MAX)
        return bad(r, "more names than there is room for, at", name);
    a->atom[asks][attribute] = (int16_t)a->n;
    return (int32_t)a->n++;
}

/* read_atom - ORPROC is two attributes */
static int32_t read_atom(struct reader *r)
{
    struct span name = take_name(r);
    int32_t a, b;

    if (!name.n)
        return bad(r, "a name is missing before", (struct span){r->at, (size_t)(r->end - r->at)});
    if (span_is(name, "ORPROC")) {
        a = atom_of(r, span_of("d468"));
        b = atom_of(r, span_of("d477"));
        if (a < 0 || b < 0)
            return -1;
        a = add_node(r->p, NODE_ATOM, (uint16_t)a, 0);
        b = add_node(r->p, NODE_ATOM, (uint16_t)b, 0);
        return a < 0 || b < 0 ? -1 : add_node(r->p, NODE_OR, (uint16_t)a, (uint16_t)b);
    }
    a = atom_of(r, name);
    return a < 0 ? -1 : add_node(r->p, NODE_ATOM, (uint16_t)a, 0);
}

/* read_not - a name, ~, or parentheses */
static int32_t read_not(struct reader *r)
{
    int32_t inner;

    if (r->depth == DEPTH_MAX)
        return bad(r, "nested too deep at", (struct span){r->at, (size_t)(r->end - r->at)});
    r->depth++;
    if (take(r, '~')) {
        inner = read_not(r);
        if (inner >= 0)
            inner = add_node(r->p, NODE_NOT, (uint16_t)inner, 0);
    } else if (take(r, '(')) {
        inner = read_or(r);
        if (inner >= 0 && !take(r, ')'))
            inner = bad(r, "a parenthesis is not closed at",
                        (struct span){r->at, (size_t)(r->end - r->at)});
    } else {
        inner = read_atom(r);
    }
    r->depth--;
    return inner;
}

/* read_chain - operands with one sign between */
static int32_t read_chain(struct reader *r, char sign, enum node_op op,
                          int32_t (*operand)(struct reader *))
{
    int32_t left = operand(r);

    while (left >= 0 && take(r, sign)) {
        int32_t right = operand(r);

        left = right < 0 ? -1 : add_node(r->p, op, (uint16_t)left, (uint16_t)right);
    }
    return left;
}

/* read_and - binds before | */
static int32_t read_and(struct reader *r)
{
    return read_chain(r, '&', NODE_AND, read_not);
}

/* read_or - the whole of what stands between parentheses */
static int32_t read_or(struct reader *r)
{
    return read_chain(r, '|', NODE_OR, read_and);
}

/* parse_formula - to its end */
int32_t parse_formula(struct parser *p, struct span text, struct err *e)
{
    struct reader r = {p, text.p, text.p + text.n, 0, e};
    int32_t root = read_or(&r);

    skip(&r);
    if (p->failed)
        err_set(e, ERR_RETRY, "memory", "out of memory");
    else if (root >= 0 && r.at < r.end)
        root = bad(&r, "what follows the formula:", (struct span){r.at, (size_t)(r.end - r.at)});
    return p->failed ? -1 : root;
}
