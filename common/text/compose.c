/* compose.c - a kind of tissue and a site near it are a code of the table of neoplasms, a harm and
 * a drug near it one of the table of drugs */
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

/* nearest - the row of a table, with something in a column, whose words stand nearest */
static struct found nearest(const struct reader *r, const struct sentence *s,
                            const struct site_table *t, int column, const struct match *m)
{
    const struct text_index *x = r->x;
    uint32_t from = m->lo > WINDOW ? m->lo - WINDOW : 0;
    struct found best = {0}, f;

    for (uint32_t i = from; i < s->n && i <= m->hi + WINDOW; i++) {
        uint32_t id = s->words[i].id;

        for (uint32_t k = id ? t->anchor[id] : 0; id && k < t->anchor[id + 1]; k++) {
            const struct site *site = &t->site[t->anchored[k]];

            if (site->node[column] < x->n_nodes && stands(r, s, site, m, &f) && better(&f, &best))
                best = f;
        }
    }
    return best;
}

/* together - the node of a table's row, the match reaching over both; n_nodes: no row */
static uint32_t together(const struct reader *r, const struct sentence *s,
                         const struct site_table *t, int column, struct match *m)
{
    struct found best = nearest(r, s, t, column, m);

    if (!best.site)
        return (uint32_t)r->x->n_nodes;
    m->lo = best.lo < m->lo ? best.lo : m->lo;
    m->hi = best.hi > m->hi ? best.hi : m->hi;
    return best.site->node[column];
}

/* intent - the column of a poisoning: accidental where nothing else is said (Guidelines
 * I.C.19.e.5.b) */
static int intent(const struct reader *r, const struct sentence *s)
{
    uint32_t last = (uint32_t)s->n;

    if (read_cue(r, s, CUE_SELF_HARM, 0, last))
        return DOSE_SELF_HARM;
    if (read_cue(r, s, CUE_ASSAULT, 0, last))
        return DOSE_ASSAULT;
    return read_cue(r, s, CUE_UNDETERMINED, 0, last) ? DOSE_UNDETERMINED : DOSE_ACCIDENTAL;
}

/* read_compose - see read.h */
uint32_t read_compose(const struct reader *r, const struct sentence *s, struct match *m)
{
    int column = m->term->dose - 1;

    if (m->term->behavior)
        return together(r, s, &r->x->sites, m->term->behavior - 1, m);
    return together(r, s, &r->x->drugs, column == DOSE_ACCIDENTAL ? intent(r, s) : column, m);
}
