/* allergies.c - a bare substance under a header of allergies is a status (Guidelines I.C.21.c.3):
 * "ALLERGIES: penicillin" Z88.0
 *
 * Its words are a term of the index with "allergic" before it, or a row of the table of drugs,
 * whose adverse effect leads to the status (lists/allergies.tsv). */
#include <stdlib.h>
#include <string.h>

#include "common/text/lists.h"
#include "common/text/read.h"
#include "common/text/triggers.h"

enum { SUBSTANCE_WORDS = 3 };

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

/* read_allergies - see read.h */
bool read_allergies(struct reader *r, const struct sentence *s, struct match **out, size_t *n)
{
    for (uint32_t i = 0; i < s->n; i++) {
        struct match m = substance(r, s, i), *more;

        if (!m.term)
            continue;
        more = arena_grow(r->a, *out, *n, sizeof(*more));
        if (!more)
            return false;
        *out = more;
        more[(*n)++] = m;
        i = m.hi;
    }
    return true;
}
