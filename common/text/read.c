/* read.c - a text to concepts: words, matches, context, the most specific code; then what they say
 * together */
#include <stdlib.h>
#include <string.h>

#include "common/text/clean.h"
#include "common/text/language.h"
#include "common/text/read.h"
#include "common/text/said.h"
#include "common/text/sections.h"

enum { CATEGORY = 3 };

/* add_history - the same place as a code of history, where there is one */
static bool add_history(struct reader *r, const struct sentence *s, const struct match *m,
                        const struct text_concept *c, struct text_reading *out)
{
    const struct text_index *x = r->x;
    uint32_t node = c->other_person || c->called_past ? read_history(r, s, m, c)
                                                      : (uint32_t)x->n_nodes,
             leaf = node < x->n_nodes ? read_climb(r, s, node, m->lo, m->hi) : node;
    struct text_concept *h, **list;

    if (strncmp(c->node, "Z8", 2) == 0 || leaf == x->n_nodes || c->time == TEXT_HYPOTHETICAL)
        return true;
    h = arena_memdup(r->a, c, sizeof(*c));
    list = h ? arena_grow(r->a, out->concepts, out->n_concepts, sizeof(*list)) : NULL;
    if (!list)
        return false;
    h->node = x->nodes[node].code;
    h->code = x->nodes[leaf].code;
    h->source = TEXT_HISTORY;
    h->time = TEXT_RECENT;
    h->other_person = false;
    out->concepts = list;
    out->concepts[out->n_concepts++] = h;
    return true;
}

/* add_effect - the drug that a disease is linked to */
static bool add_effect(struct reader *r, const struct sentence *s, const struct match *m,
                       struct text_concept *c, struct text_reading *out)
{
    const struct text_index *x = r->x;
    uint32_t hi = m->hi, node = read_effect(r, s, m, c, &hi), leaf;
    struct text_concept *d, **list;

    if (node == x->n_nodes)
        return true;
    leaf = read_climb(r, s, node, m->lo, hi);
    d = arena_memdup(r->a, c, sizeof(*c));
    list = d ? arena_grow(r->a, out->concepts, out->n_concepts, sizeof(*list)) : NULL;
    if (!list)
        return false;
    d->node = x->nodes[node].code;
    d->code = leaf < x->n_nodes ? x->nodes[leaf].code : NULL;
    d->source = TEXT_COMPOSED;
    d->end = s->words[hi].end;
    out->concepts = list;
    out->concepts[out->n_concepts++] = d;
    return true;
}

/* add_concept - a match as what it says */
static bool add_concept(struct reader *r, const struct sentence *s, const struct match *m,
                        struct text_reading *out)
{
    const struct text_index *x = r->x;
    struct text_concept *c = arena_alloc(r->a, sizeof(*c)), **list;
    uint32_t leaf;

    struct match span = *m;
    uint32_t node =
        m->term->behavior || m->term->dose ? read_compose(r, s, &span) : (uint32_t)x->n_nodes;

    if (!m->term->alone && node == x->n_nodes)
        return true;
    list = c ? arena_grow(r->a, out->concepts, out->n_concepts, sizeof(*list)) : NULL;
    if (!list)
        return false;
    c->source = node < x->n_nodes ? TEXT_COMPOSED : (enum text_source)m->term->source;
    node = node < x->n_nodes ? node : m->term->node;
    leaf = read_climb(r, s, node, span.lo, span.hi);
    c->start = s->words[span.lo].start;
    c->end = s->words[span.hi].end;
    c->node = x->nodes[node].code;
    c->code = leaf < x->n_nodes ? x->nodes[leaf].code : NULL;
    c->siteless = m->term->behavior && c->source != TEXT_COMPOSED;
    c->listed = m->listed;
    c->modifier = read_modifier(r, s, m);
    c->words = m->term->n_words;
    if (m->hi - m->lo + 1 > m->term->n_words)
        c->gap = (uint8_t)(m->hi - m->lo + 1 - m->term->n_words);
    c->ambiguity = m->term->ambiguity;
    c->commonness = m->term->commonness;
    c->section = s->section;
    c->sentence = (uint32_t)(s - r->sentences);
    read_context(r, s, m, c);
    out->concepts = list;
    out->concepts[out->n_concepts++] = c;
    return add_effect(r, s, &span, c, out) && add_history(r, s, &span, c, out);
}

/* by_place - in the order of the text */
static int by_place(const void *a, const void *b)
{
    const struct text_concept *x = *(struct text_concept *const *)a,
                              *y = *(struct text_concept *const *)b;

    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->end != y->end)
        return x->end < y->end ? -1 : 1;
    return strcmp(x->node, y->node);
}

/* is_open - does the title of a billable code leave something open? */
static bool is_open(const struct text_index *x, const char *code)
{
    uint32_t node = index_node(x, code);

    return node < x->n_nodes && (x->nodes[node].flags & NODE_UNSPECIFIED);
}

/* say_once - words that overlap and name two codes of a category, one of them open, name the other:
 * "acute appendicitis with perforation" is not also an unspecified one */
static void say_once(const struct text_index *x, struct text_reading *out)
{
    for (size_t i = 0; i < out->n_concepts; i++) {
        struct text_concept *a = out->concepts[i];

        for (size_t k = i + 1; k < out->n_concepts && out->concepts[k]->start < a->end; k++) {
            struct text_concept *b = out->concepts[k];

            if (!a->code || !b->code || strncmp(a->code, b->code, CATEGORY) != 0)
                continue;
            if (is_open(x, a->code) && !is_open(x, b->code))
                a->code = b->code;
            else if (is_open(x, b->code) && !is_open(x, a->code))
                b->code = a->code;
        }
    }
}

/* falls - how a fall that a mention states came about, W00-W18; false: it does not say */
static bool falls(const struct text_concept *c)
{
    return c->code && text_said_at(c) == TEXT_PLAIN && c->code[0] == 'W' && c->code[1] < '2' &&
           strncmp(c->code, "W19", CATEGORY) < 0;
}

/* say_how - a fall of which nothing more is said (W19) is the one that the text tells of */
static void say_how(struct text_reading *out)
{
    const char *how = NULL;

    for (size_t i = 0; i < out->n_concepts && !how; i++)
        how = falls(out->concepts[i]) ? out->concepts[i]->code : NULL;
    for (size_t i = 0; how && i < out->n_concepts; i++)
        if (out->concepts[i]->code && strncmp(out->concepts[i]->code, "W19", CATEGORY) == 0)
            out->concepts[i]->code = how;
}

/* read_all - every sentence */
static bool read_all(struct reader *r, struct text_reading *out)
{
    for (size_t i = 0; i < r->n_sentences; i++) {
        struct match *m;
        size_t n;

        read_hold(r, &r->sentences[i]);
        if (!read_matches(r, &r->sentences[i], &m, &n) ||
            !read_allergies(r, &r->sentences[i], &m, &n))
            return false;
        for (size_t k = 0; k < n; k++)
            if (!add_concept(r, &r->sentences[i], &m[k], out))
                return false;
    }
    if (out->n_concepts)
        qsort(out->concepts, out->n_concepts, sizeof(*out->concepts), by_place);
    say_once(r->x, out);
    say_how(out);
    return true;
}

/* to_original - places in the words become places in the text as it came */
static void to_original(const struct text_clean *c, struct text_reading *out)
{
    for (size_t i = 0; i < out->n_concepts; i++) {
        struct text_concept *m = out->concepts[i];

        m->quote = c->text + m->start;
        m->quote_len = m->end - m->start;
        m->start = clean_start(c, m->start);
        m->end = clean_end(c, m->end);
    }
    for (size_t i = 0; i < out->n_unexplained; i++) {
        out->unexplained[i].start = clean_start(c, out->unexplained[i].start);
        out->unexplained[i].end = clean_end(c, out->unexplained[i].end);
    }
}

/* text_read - see text.h */
int text_read(const struct text_index *x, const char *text, size_t n, struct arena *a,
              struct text_reading *out, struct err *e)
{
    struct text_clean c;
    struct reader r = {.x = x, .a = a};

    memset(out, 0, sizeof(*out));
    if (text_clean(text, n, a, &c, e) != 0)
        return -1;
    r.text = c.text;
    r.n = c.n;
    if (!context_begin(&r) || !read_words(&r))
        return err_set(e, ERR_REJECT, "size", "it needs more memory than a text may");
    if (language_is_foreign(&r))
        return err_set(e, ERR_REJECT, "language", "it does not seem to be English");
    if (!sections_mark(&r) || !read_all(&r, out) || !read_weigh(&r, out) ||
        !read_unexplained(&r, out)) {
        memset(out, 0, sizeof(*out));
        return err_set(e, ERR_REJECT, "size", "it needs more memory than a text may");
    }
    to_original(&c, out);
    return 0;
}
