/* allergies.c - a substance that the patient is allergic to is a status (Guidelines I.C.21.c.3):
 * "ALLERGIES: penicillin", "allergic to Augmentin", "PCN - rash" Z88.0
 *
 * It stands under a header of allergies, beside the word, or as a line with what it does. Its words
 * are a term of the index with "allergic" before it, or a row of the table of drugs, whose adverse
 * effect leads to the status (lists/allergies.tsv). What it does, told behind it, was then: it is
 * history, no disease of the visit. */
#include <stdlib.h>
#include <string.h>

#include "common/text/lists.h"
#include "common/text/read.h"
#include "common/text/sections.h"
#include "common/text/triggers.h"

enum { SUBSTANCE_WORDS = 3, LINE_WORDS = 8 };

/* What a drug does to those who are allergic to it. */
static const char *const reactions[] = {"L27",  "L29",  "L50",  "R21",  "R22",
                                        "T782", "T783", "T784", "T886", "T887"};
/* Drugs that are given for those: "hydrocortisone - rash" says what for. */
static const char *const remedies[] = {"T380", "T450", "T49"};
/* Words between a substance and what it does. */
static const char *const doing[] = {"cause", "causes", "caused", "causing", "which", "reaction"};

/* is_status - of an allergy, not a disease by one */
static bool is_status(const struct text_index *x, uint32_t node)
{
    return strncmp(x->nodes[node].code, "Z88", 3) == 0 ||
           strncmp(x->nodes[node].code, "Z910", 4) == 0;
}

/* status_of - a patient allergic to a drug, by the longest row; n_nodes: none */
static uint32_t status_of(const struct text_index *x, const char *adverse)
{
    struct span f[LIST_FIELDS];
    struct list_walk w;
    char code[TEXT_CODE_MAX] = "";
    size_t best = 0;

    for (list_begin(LIST_ALLERGIES, &w); list_next(&w, f);)
        if (f[0].n > best && f[1].n < sizeof(code) && strncmp(adverse, f[0].p, f[0].n) == 0) {
            best = f[0].n;
            memcpy(code, f[1].p, f[1].n);
            code[f[1].n] = '\0';
        }
    return best ? index_node(x, code) : (uint32_t)x->n_nodes;
}

/* read_drug - see read.h */
const struct site *read_drug(const struct text_index *x, uint32_t *id, size_t n)
{
    const struct site_table *t = &x->drugs;
    uint32_t last;

    qsort(id, n, sizeof(*id), index_by_id);
    last = id[n - 1];
    for (uint32_t k = t->n ? t->anchor[last] : 0; t->n && k < t->anchor[last + 1]; k++) {
        const struct site *d = &t->site[t->anchored[k]];

        if (d->n_words == n && d->node[DOSE_ADVERSE] < x->n_nodes &&
            memcmp(x->ids.id + d->words, id, n * sizeof(*id)) == 0)
            return d;
    }
    return NULL;
}

/* as_drug - a term of the drug's words for the status; NULL: no such drug, or the arena is full */
static const struct term *as_drug(const struct reader *r, uint32_t *id, size_t n)
{
    const struct text_index *x = r->x;
    const struct site *d = read_drug(x, id, n);
    uint32_t node = d ? status_of(x, x->nodes[d->node[DOSE_ADVERSE]].code) : (uint32_t)x->n_nodes;
    struct term t = {.node = node,
                     .n_words = (uint8_t)n,
                     .source = TEXT_OWN,
                     .alone = true,
                     .words = d ? d->words : 0,
                     .commonness = x->frequency[id[n - 1]]};

    return node < x->n_nodes ? arena_memdup(r->a, &t, sizeof(t)) : NULL;
}

/* as_term - the index's, with "allergic" */
static const struct term *as_term(const struct text_index *x, const uint32_t *id, size_t n)
{
    uint32_t all[SUBSTANCE_WORDS + 1];
    const struct term *t;

    memcpy(all, id, n * sizeof(*id));
    all[n] = x->allergic;
    qsort(all, n + 1, sizeof(*all), index_by_id);
    t = x->allergic ? index_term(x, all, n + 1) : NULL;
    return t && is_status(x, t->node) ? t : NULL;
}

/* substance - the most words from a place on that are one, with no sign of a list between; the
 * match has no term: none */
static struct match substance(const struct reader *r, const struct sentence *s, uint32_t lo)
{
    struct match best = {0};
    uint32_t id[SUBSTANCE_WORDS];
    size_t n = 0;

    for (uint32_t i = lo; i < s->n && n < SUBSTANCE_WORDS; i++) {
        const struct term *t;

        if ((i > lo && gap_has(r, s, i, ",;:.()/\n")) || !s->words[i].id ||
            (s->words[i].flags & WORD_STOP))
            break;
        id[n++] = s->words[i].id;
        t = as_term(r->x, id, n);
        if (!t)
            t = as_drug(r, id, n);
        if (!t)
            continue;
        best = (struct match){.term = t, .lo = lo, .hi = i};
        for (uint32_t k = 0; k < t->n_words; k++)
            best.at[k] = lo + k < i ? lo + k : i;
    }
    return best;
}

/* The matches of a sentence, and room for more. */
struct list {
    struct reader *r;
    const struct sentence *s;
    struct match *m;
    size_t n;
    bool full; /* the arena */
};

/* told - does a match say it already? */
static bool told(const struct list *l, const struct match *m)
{
    for (size_t i = 0; i < l->n; i++)
        for (size_t k = 0; k < l->m[i].term->n_words; k++)
            if (is_status(l->r->x, l->m[i].term->node) && l->m[i].at[k] == m->hi)
                return true;
    return false;
}

/* add - a substance, unless its words are one already */
static void add(struct list *l, const struct match *m)
{
    struct match *more = told(l, m) ? NULL : arena_grow(l->r->a, l->m, l->n, sizeof(*more));

    if (!more) {
        l->full = l->full || !told(l, m);
        return;
    }
    l->m = more;
    more[l->n++] = *m;
}

/* add_run - substances from a place on, a comma, and, or between them; `all`: other words, too */
static void add_run(struct list *l, uint32_t at, bool all)
{
    while (at < l->s->n) {
        struct match m = substance(l->r, l->s, at);

        if (m.term)
            add(l, &m);
        else if (!all && !word_joins(l->r, &l->s->words[at]))
            return;
        at = m.term ? m.hi + 1 : at + 1;
        if (!all && gap_has(l->r, l->s, at, ".;:()\n"))
            return;
    }
}

/* word_is - a word as it stands */
static bool word_is(const struct list *l, uint32_t i, const char *word)
{
    return i < l->s->n && word_same(word_span(l->r, &l->s->words[i]), span_of(word));
}

/* add_named - "allergic to codeine and sulfa", "codeine allergy" */
static void add_named(struct list *l)
{
    for (uint32_t i = 0; i < l->s->n && l->r->x->allergic; i++) {
        if (l->s->words[i].id != l->r->x->allergic)
            continue;
        if (word_is(l, i + 1, "to"))
            add_run(l, i + 2, false);
        for (uint32_t k = 1; k <= SUBSTANCE_WORDS && k <= i; k++) {
            struct match m = substance(l->r, l->s, i - k);

            if (m.term && m.hi == i - 1 && !gap_has(l->r, l->s, i, ",;:.()"))
                add(l, &m);
        }
    }
}

/* begins_with - a code one of a row's */
static bool begins_with(const char *code, const char *const *row, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strncmp(code, row[i], strlen(row[i])) == 0)
            return true;
    return false;
}

/* does - what stands behind a substance's last word is what it does; the gap before it says so */
static bool does(const struct list *l, uint32_t at)
{
    struct span g = at < l->s->n ? word_gap(l->r, l->s, at) : (struct span){0};

    for (size_t i = 0; i < g.n; i++)
        if (strchr("-:(=>\xe2", g.p[i])) /* dashes and arrows of Unicode begin so */
            return true;
    for (size_t i = 0; i < sizeof(doing) / sizeof(doing[0]); i++)
        if (word_is(l, at, doing[i]))
            return true;
    return false;
}

/* is_reaction - does a match that begins at a word say what allergies do? */
static bool is_reaction(const struct list *l, uint32_t at)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->m[i].lo == at && begins_with(l->r->x->nodes[l->m[i].term->node].code, reactions,
                                            sizeof(reactions) / sizeof(reactions[0])))
            return true;
    return false;
}

/* is_remedy - of the adverse effect of a match's drug */
static bool is_remedy(const struct list *l, const struct match *m)
{
    uint32_t id[SUBSTANCE_WORDS];
    const struct site *d;
    size_t n = 0;

    for (uint32_t i = m->lo; i <= m->hi; i++)
        id[n++] = l->s->words[i].id;
    d = read_drug(l->r->x, id, n);
    return d && begins_with(l->r->x->nodes[d->node[DOSE_ADVERSE]].code, remedies,
                            sizeof(remedies) / sizeof(remedies[0]));
}

/* add_line - "PCN - rash": nothing else stands there, and it is no list of what is taken or planned
 */
static void add_line(struct list *l)
{
    struct match m = {0};

    switch ((enum text_section)l->s->section) {
    case SECTION_MEDS:
    case SECTION_ASSESSMENT:
    case SECTION_INSTRUCTIONS:
        return;
    default:
        break;
    }
    if (l->s->n <= LINE_WORDS)
        m = substance(l->r, l->s, 0);
    if (m.term && does(l, m.hi + 1) && is_reaction(l, m.hi + 1) && !is_remedy(l, &m))
        add(l, &m);
}

/* mark - what is told from a word on to the end of its clause was then, unless it is now */
static void mark(struct list *l, uint32_t from)
{
    uint32_t to = from;

    for (; to < l->s->n && (to == from || !gap_has(l->r, l->s, to, ";.")); to++)
        if (l->r->hit && l->r->hit[to] && (l->r->hit[to]->t->bits & ACUTE))
            return;
    for (uint32_t i = from; i < to; i++)
        l->s->words[i].flags |= WORD_THEN;
    l->r->then = to == l->s->n && l->s->end < l->r->n && l->r->text[l->s->end] == ':';
}

/* mark_reactions - behind every substance; a colon goes on with the next sentence */
static void mark_reactions(struct list *l, bool goes_on)
{
    l->r->then = false;
    if (goes_on)
        mark(l, 0);
    for (size_t i = 0; i < l->n; i++) {
        uint32_t next = l->m[i].hi + 1;

        if (!is_status(l->r->x, l->m[i].term->node))
            continue;
        if (does(l, next))
            mark(l, next);
        if (next == l->s->n && l->s->end < l->r->n && l->r->text[l->s->end] == ':')
            l->r->then = true;
    }
}

/* read_allergies - see read.h */
bool read_allergies(struct reader *r, const struct sentence *s, struct match **out, size_t *n)
{
    struct list l = {.r = r, .s = s, .m = *out, .n = *n};
    bool goes_on = r->then;

    if (s->section == SECTION_ALLERGIES) {
        add_run(&l, 0, true);
    } else {
        add_named(&l);
        add_line(&l);
    }
    *out = l.m;
    *n = l.n;
    if (l.full || (l.n && !context_hold(r, s)))
        return false;
    mark_reactions(&l, goes_on);
    return true;
}
