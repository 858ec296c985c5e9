/* cond_parse.c - conditions compiled: a tree of and, or, not over tests; then, from its leaves
 * backwards, each test gets the two places where to go on */
#include "common/rules/cond_value.h"

#include <stdlib.h>
#include <string.h>

enum node_kind { NODE_TEST, NODE_NOT, NODE_AND, NODE_OR };

enum { NODES_MAX = 4 * COND_TESTS_MAX };

struct node {
    enum node_kind kind;
    int left, right; /* NODE_TEST: left is the test */
};

struct parser {
    struct token_reader t;
    struct cond *out;
    struct node nodes[NODES_MAX];
    int n;
    int depth;
};

static int parse_or(struct parser *p, struct err *e);

/* add - a node; -1: too many */
static int add(struct parser *p, enum node_kind kind, int left, int right, struct err *e)
{
    if (p->n == NODES_MAX)
        return token_expected(&p->t, e, "expected fewer than %d and, or, not", (int)NODES_MAX);
    p->nodes[p->n] = (struct node){kind, left, right};
    return p->n++;
}

/* new_test - an empty one; NULL: too many, or no memory */
static struct cond_test *new_test(struct parser *p, struct err *e)
{
    struct cond *c = p->out;

    if (c->n == COND_TESTS_MAX) {
        token_expected(&p->t, e, "expected at most %d tests in a condition", (int)COND_TESTS_MAX);
        return NULL;
    }
    if (!c->tests && !(c->tests = calloc(COND_TESTS_MAX, sizeof(*c->tests)))) {
        err_set(e, ERR_RETRY, "memory", "out of memory");
        return NULL;
    }
    return &c->tests[c->n++];
}

/* parse_is - is missing, is not missing; -1 with the error, else whether it was negated */
static int parse_is(struct parser *p, struct cond_test *t, struct err *e)
{
    bool negated;

    if (token_next(&p->t, e) != 0)
        return -1;
    negated = token_is(&p->t, "not");
    if (negated && token_next(&p->t, e) != 0)
        return -1;
    if (!token_is(&p->t, "missing"))
        return token_expected(&p->t, e, "expected \"missing\" or \"not missing\" after \"is\"");
    t->how = COND_MISSING;
    return token_next(&p->t, e) != 0 ? -1 : negated;
}

/* parse_rest - what is said of the element; -1 with the error, else whether it was negated */
static int parse_rest(struct parser *p, struct cond_test *t, struct err *e)
{
    const struct element *x = element_of(t->element);
    bool negated = token_is(&p->t, "not");

    if (token_is(&p->t, "is"))
        return parse_is(p, t, e);
    if (x->type == ELEMENT_OF_FLAG) {
        t->how = COND_FLAG;
        return 0;
    }
    if (negated && token_next(&p->t, e) != 0)
        return -1;
    if (token_is(&p->t, "in"))
        return cond_list(&p->t, t, e) != 0 ? -1 : negated;
    if (token_is(&p->t, "like"))
        return cond_picture(&p->t, t, e) != 0 ? -1 : negated;
    if (negated || p->t.now.kind != TOKEN_SIGN || strchr("(),", p->t.now.text.p[0]))
        return token_expected(&p->t, e, "expected %s after %s",
                              negated ? "\"in\" or \"like\""
                                      : "=, !=, <, <=, >, >=, \"in\", \"like\" or \"is\"",
                              element_name(t->element));
    negated = token_is(&p->t, "!=");
    return cond_compare(&p->t, t, e) != 0 ? -1 : negated;
}

/* parse_test - an element and what is said of it */
static int parse_test(struct parser *p, struct err *e)
{
    struct cond_test *t;
    enum element_id id = ELEMENT_MAX;
    int test, negated, node;

    if (p->t.now.kind != TOKEN_WORD)
        return token_expected(&p->t, e, "expected an element, \"not\" or (");
    id = element_by_name(p->t.now.text);
    if (id == ELEMENT_MAX)
        return token_expected(&p->t, e, "expected an element, found \"%.*s\"",
                              (int)(p->t.now.text.n < 40 ? p->t.now.text.n : 40), p->t.now.text.p);
    t = new_test(p, e);
    if (!t || token_next(&p->t, e) != 0)
        return -1;
    test = (int)p->out->n - 1;
    t->element = id;
    p->out->uses_line |= element_of(id)->line;
    negated = parse_rest(p, t, e);
    node = negated < 0 ? -1 : add(p, NODE_TEST, test, 0, e);
    return node < 0 || !negated ? node : add(p, NODE_NOT, node, 0, e);
}

/* parse_not - not, brackets, a test */
static int parse_not(struct parser *p, struct err *e)
{
    bool negated = token_is(&p->t, "not");
    int node;

    if (!negated && !token_is(&p->t, "("))
        return parse_test(p, e);
    if (++p->depth > COND_DEPTH_MAX)
        return token_expected(&p->t, e, "expected at most %d brackets and \"not\" in each other",
                              (int)COND_DEPTH_MAX);
    if (token_next(&p->t, e) != 0)
        return -1;
    node = negated ? parse_not(p, e) : parse_or(p, e);
    if (node < 0)
        return -1;
    p->depth--;
    if (negated)
        return add(p, NODE_NOT, node, 0, e);
    if (!token_is(&p->t, ")"))
        return token_expected(&p->t, e, "expected \"and\", \"or\" or )");
    return token_next(&p->t, e) != 0 ? -1 : node;
}

/* parse_and - tests joined by and */
static int parse_and(struct parser *p, struct err *e)
{
    int left = parse_not(p, e);

    while (left >= 0 && token_is(&p->t, "and")) {
        int right = token_next(&p->t, e) != 0 ? -1 : parse_not(p, e);

        left = right < 0 ? -1 : add(p, NODE_AND, left, right, e);
    }
    return left;
}

/* parse_or - and binds closer */
static int parse_or(struct parser *p, struct err *e)
{
    int left = parse_and(p, e);

    while (left >= 0 && token_is(&p->t, "or")) {
        int right = token_next(&p->t, e) != 0 ? -1 : parse_and(p, e);

        left = right < 0 ? -1 : add(p, NODE_OR, left, right, e);
    }
    return left;
}

/* lead - where the node begins, once it is known where to go on after it. A test stands in one
 * place of the tree only, so its ways are set once. The depth is that of the tree: bounded by
 * NODES_MAX.
 */
static int lead(const struct parser *p, int at, int yes, int no)
{
    const struct node *x = &p->nodes[at];
    struct cond_test *t;

    switch (x->kind) {
    case NODE_NOT:
        return lead(p, x->left, no, yes);
    case NODE_AND:
        return lead(p, x->left, lead(p, x->right, yes, no), no);
    case NODE_OR:
        return lead(p, x->left, yes, lead(p, x->right, yes, no));
    case NODE_TEST:
        break;
    }
    t = &p->out->tests[x->left];
    t->yes = yes;
    t->no = no;
    return x->left;
}

/* parse_all - to the end of the text */
static int parse_all(struct parser *p, struct span text, struct err *e)
{
    int root;

    if (token_begin(&p->t, text, e) != 0)
        return -1;
    if (p->t.now.kind == TOKEN_END)
        return 0;
    root = parse_or(p, e);
    if (root < 0)
        return -1;
    if (p->t.now.kind != TOKEN_END)
        return token_expected(&p->t, e, "expected \"and\", \"or\" or the end");
    p->out->first = lead(p, root, COND_TRUE, COND_FALSE);
    return 0;
}

/* cond_compile - nothing of a text that is wrong is kept */
int cond_compile(struct cond *out, struct span text, struct err *e)
{
    struct cond c = {.first = COND_TRUE};
    struct parser p = {.out = &c};
    struct cond_test *fit;

    if (parse_all(&p, text, e) != 0) {
        cond_release(&c);
        return -1;
    }
    fit = c.n ? realloc(c.tests, c.n * sizeof(*fit)) : NULL;
    c.tests = fit ? fit : c.tests;
    *out = c;
    return 0;
}
