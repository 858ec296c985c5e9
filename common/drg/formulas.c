/* formulas.c - formulas and HAC formulas: read once all attributes are known, then placed by MDC
 * and rank with their triggers */
#include "common/drg/make.h"

#include <stdlib.h>
#include <string.h>

/* name_attributes - room for the atoms of each attribute; the tests are there from the start */
static int name_attributes(struct drg_maker *m, struct err *e)
{
    size_t n = m->atoms.attributes.n + 1;

    m->atoms.n = 64;
    for (int k = 0; k < ASKS_MAX; k++) {
        m->atoms.atom[k] = malloc(n * sizeof(int16_t));
        if (!m->atoms.atom[k])
            return out_of_memory(e);
        memset(m->atoms.atom[k], 0xFF, n * sizeof(int16_t));
    }
    return 0;
}

/* suppress_set - the number of a list of attributes that give a formula no severity; 0: none. -1
 * with the reason */
static int suppress_set(struct drg_maker *m, struct span items, struct err *e)
{
    struct span rest = items, item;
    int32_t set;

    if (!items.n)
        return 0;
    while (items_next(&rest, &item))
        if (names_find(&m->atoms.attributes, item) < 0)
            return err_set(e, ERR_REJECT, "drg", "no code carries \"%.*s\"", (int)item.n, item.p);
    set = names_add(&m->suppress_sets, items);
    if (set < 0)
        return out_of_memory(e);
    if (set + 1 >= SUPPRESS_MAX)
        return err_set(e, ERR_REJECT, "drg", "over %d lists of suppressed attributes",
                       SUPPRESS_MAX);
    return set + 1;
}

/* asks_for - which tests stand in a tree, as bits */
static uint64_t asks_for(const struct node *nodes, uint16_t at)
{
    const struct node *n = &nodes[at];

    if (n->op == NODE_ATOM)
        return n->a < TEST_MAX ? 1ull << n->a : 0;
    return asks_for(nodes, n->a) | (n->op == NODE_NOT ? 0 : asks_for(nodes, n->b));
}

/* refusal_of - what a formula without a DRG says of the claim */
static enum drg_return refusal_of(uint64_t tests)
{
    static const struct {
        enum test test;
        enum drg_return ret;
    } rows[] = {{TEST_INVALID_PDX, DRG_INVALID_PDX},
                {TEST_PDX_ECODE, DRG_DX_CANNOT_BE_PDX},
                {TEST_INVALID_SEX, DRG_INVALID_SEX},
                {TEST_INVALID_DSTAT, DRG_INVALID_DISCHARGE_STATUS}};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (tests & 1ull << rows[i].test)
            return rows[i].ret;
    return DRG_UNGROUPABLE;
}

/* read_one - its tree and what follows from it */
static int read_one(struct drg_maker *m, struct raw_formula *x, const char *file, struct err *e)
{
    int32_t root = parse_formula(&m->parser, x->text, e);
    int set = root < 0 ? -1 : suppress_set(m, x->suppress, e);
    uint64_t tests;

    if (set < 0)
        return err_prefix(e, "%s line %d", file, x->f.line);
    tests = asks_for(m->parser.nodes, (uint16_t)root);
    x->f.root = (uint16_t)root;
    x->f.suppress = (uint8_t)set;
    x->f.severity = tests & TEST_SEVERITIES;
    x->f.ret = (uint8_t)refusal_of(tests);
    return 0;
}

/* read_formulas - all of them */
int read_formulas(struct drg_maker *m, struct drg *d, struct err *e)
{
    struct raw_formula *f = m->formulas.items, *h = m->hacs.items;

    if (name_attributes(m, e) != 0)
        return -1;
    for (size_t i = 0; i < m->formulas.n; i++)
        if (read_one(m, &f[i], "formulas", e) != 0)
            return -1;
    for (size_t i = 0; i < m->hacs.n; i++)
        if (read_one(m, &h[i], "hac_formulas", e) != 0)
            return -1;
    d->n_atoms = m->atoms.n;
    d->atom_words = (m->atoms.n + 63) / 64;
    d->suppressed = (uint8_t)(m->suppress_sets.n + 1);
    return 0;
}

/* by_rank - for qsort: MDC, rank, order of the file */
static int by_rank(const void *a, const void *b)
{
    const struct formula *p = &((const struct raw_formula *)a)->f,
                         *q = &((const struct raw_formula *)b)->f;

    if (p->mdc != q->mdc)
        return p->mdc < q->mdc ? -1 : 1;
    if (p->rank != q->rank)
        return p->rank < q->rank ? -1 : 1;
    return (p->order > q->order) - (p->order < q->order);
}

/* lay_out - the word at which each MDC begins */
static void lay_out(const struct drg_maker *m, struct drg *d)
{
    const struct raw_formula *f = m->formulas.items;
    uint16_t counts[MDC_MAX] = {0};

    for (size_t i = 0; i < m->formulas.n; i++)
        counts[f[i].f.mdc]++;
    for (int mdc = 0; mdc < MDC_MAX; mdc++) {
        d->mdcs[mdc].word = (uint16_t)d->n_words;
        d->mdcs[mdc].words = (uint16_t)((counts[mdc] + 63) / 64);
        d->n_words += d->mdcs[mdc].words;
    }
}

/* room - for all formulas */
static int room(const struct drg_maker *m, struct drg *d, struct err *e)
{
    const struct raw_formula *f = m->formulas.items;
    size_t bytes = 0;

    for (size_t i = 0; i < m->formulas.n; i++)
        bytes += f[i].text.n + 1;
    d->texts = malloc(bytes);
    d->formulas = calloc(d->n_words * 64, sizeof(*d->formulas));
    d->always = calloc(d->n_words, sizeof(*d->always));
    d->triggers = calloc(d->n_words, sizeof(*d->triggers));
    d->hacs = calloc(m->hacs.n + 1, sizeof(*d->hacs));
    return d->texts && d->formulas && d->always && d->triggers && d->hacs ? 0 : out_of_memory(e);
}

/* place - one formula at its bit */
static void place(struct drg *d, struct compiler *c, const struct raw_formula *x, size_t bit)
{
    struct formula *f = &d->formulas[bit];
    uint64_t bits[ATOM_WORDS] = {0}, one = 1ull << bit % 64;

    *f = x->f;
    f->start = compile_formula(c, f->root);
    f->text = (uint32_t)d->texts_n;
    memcpy(d->texts + d->texts_n, x->text.p, x->text.n);
    d->texts_n += x->text.n;
    d->texts[d->texts_n++] = '\0';
    if (!compile_triggers(c->nodes, f->root, bits)) {
        d->always[bit / 64] |= one;
        return;
    }
    for (unsigned a = 0; a < ATOMS_MAX; a++)
        if (bits[a / 64] & 1ull << a % 64)
            d->triggers[bit / 64][a] |= one;
}

/* make_formulas - in the order they are asked */
int make_formulas(struct drg_maker *m, struct drg *d, struct err *e)
{
    struct raw_formula *f = m->formulas.items, *h = m->hacs.items;
    struct compiler c = {.nodes = m->parser.nodes};
    size_t bit = 0;

    qsort(f, m->formulas.n, sizeof(*f), by_rank);
    lay_out(m, d);
    if (room(m, d, e) != 0)
        return -1;
    for (size_t i = 0; i < m->formulas.n; i++, bit++) {
        if (!i || f[i].f.mdc != f[i - 1].f.mdc)
            bit = (size_t)d->mdcs[f[i].f.mdc].word * 64;
        place(d, &c, &f[i], bit);
    }
    for (size_t i = 0; i < m->hacs.n; i++)
        d->hacs[d->n_hacs++] =
            (struct hac_formula){h[i].f.mdc, compile_formula(&c, h[i].f.root), h[i].f.root};
    d->steps = c.steps;
    d->n_steps = c.n;
    d->nodes = m->parser.nodes;
    d->n_nodes = m->parser.n;
    m->parser.nodes = NULL;
    return c.failed ? out_of_memory(e) : 0;
}
