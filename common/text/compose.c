/* compose.c - a kind of tissue and a site near it are a code of the table of neoplasms */
#include <string.h>

#include "common/text/read.h"

enum { WINDOW = 8 /* words between tissue and site */ };

/* place_near - of a word, at most WINDOW away from the match; UINT32_MAX: none */
static uint32_t place_near(const struct reader *r, const struct sentence *s, uint32_t id,
                           const struct match *m)
{
    uint32_t best = UINT32_MAX, least = WINDOW + 1;

    for (uint32_t at = read_place(r, id); at; at = s->words[at - 1].next) {
        uint32_t i = at - 1, apart = i < m->lo ? m->lo - i : i > m->hi ? i - m->hi : 0;

        if (apart < least) {
            least = apart;
            best = i;
        }
    }
    return best;
}

/* A site in the sentence. */
struct found {
    const struct site *site;
    uint32_t lo, hi, apart;
};

/* stands - are all words of a site near the match? */
static bool stands(const struct reader *r, const struct sentence *s, const struct site *site,
                   const struct match *m, struct found *out)
{
    const uint32_t *id = r->x->ids.id + site->words;

    *out = (struct found){site, UINT32_MAX, 0, 0};
    for (size_t k = 0; k < site->n_words; k++) {
        uint32_t at = place_near(r, s, id[k], m);

        if (at == UINT32_MAX)
            return false;
        out->lo = at < out->lo ? at : out->lo;
        out->hi = at > out->hi ? at : out->hi;
    }
    out->apart = out->hi < m->lo ? m->lo - out->hi : out->lo > m->hi ? out->lo - m->hi : 0;
    return true;
}

/* better - more words, then nearer */
static bool better(const struct found *a, const struct found *b)
{
    if (!b->site || a->site->n_words != b->site->n_words)
        return !b->site || a->site->n_words > b->site->n_words;
    return a->apart < b->apart;
}

/* read_compose - see read.h */
uint32_t read_compose(const struct reader *r, const struct sentence *s, struct match *m)
{
    const struct text_index *x = r->x;
    uint32_t from = m->lo > WINDOW ? m->lo - WINDOW : 0;
    struct found best = {0}, f;

    for (uint32_t i = from; i < s->n && i <= m->hi + WINDOW; i++) {
        uint32_t id = s->words[i].id;

        for (uint32_t k = id ? x->site_anchor[id] : 0; id && k < x->site_anchor[id + 1]; k++) {
            const struct site *site = &x->sites[x->site_anchored[k]];

            if (site->node[m->term->behavior - 1] < x->n_nodes && stands(r, s, site, m, &f) &&
                better(&f, &best))
                best = f;
        }
    }
    if (!best.site)
        return (uint32_t)x->n_nodes;
    m->lo = best.lo < m->lo ? best.lo : m->lo;
    m->hi = best.hi > m->hi ? best.hi : m->hi;
    return best.site->node[m->term->behavior - 1];
}
