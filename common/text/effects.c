/* effects.c - a disease that words link to a drug is its adverse effect: the nature first, then the
 * drug (Guidelines I.C.19.e.5.a): "rash due to amoxicillin" L27.0, T36.0X5A */
#include <string.h>

#include "common/text/lists.h"
#include "common/text/read.h"
#include "common/text/triggers.h"

enum { DRUG_WORDS = 3, BETWEEN_MAX = 4 };

/* Words that link a disease to what comes next; "after" links only what was taken. */
static const char *const links[] = {
    "due to",      "from",         "caused by",      "secondary to",    "induced by",
    "reaction to", "after taking", "after starting", "after receiving", "in reaction to"};
/* Words between the link and the drug, and behind the drug. */
static const char *const fillers[] = {"taking", "use", "of",  "new", "oral",
                                      "the",    "his", "her", "a"};

/* word_in - one of the words of a row */
static bool word_in(const struct reader *r, const struct word *w, const char *const *row, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (word_same(word_span(r, w), span_of(row[i])))
            return true;
    return false;
}

/* phrase_at - how many words of the sentence a phrase takes from a place on; 0: another */
static uint32_t phrase_at(const struct reader *r, const struct sentence *s, uint32_t at,
                          const char *phrase)
{
    struct span left = span_of(phrase);
    uint32_t n = 0;

    for (; left.n; n++)
        if (at + n >= s->n || !word_same(word_span(r, &s->words[at + n]), span_cut(&left, ' ')) ||
            gap_has(r, s, at + n, ",;:.()/\n"))
            return 0;
    return n;
}

/* link_at - the first word behind a link; 0: none */
static uint32_t link_at(const struct reader *r, const struct sentence *s, uint32_t at)
{
    for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
        uint32_t n = phrase_at(r, s, at, links[i]);

        if (n)
            return at + n;
    }
    return 0;
}

/* ends - no word goes on with the drug's name: "insulin resistance" is no insulin */
static bool ends(const struct reader *r, const struct sentence *s, uint32_t next)
{
    return next >= s->n || gap_has(r, s, next, ",;:.()\n") || (s->words[next].flags & WORD_STOP) ||
           word_in(r, &s->words[next], fillers, sizeof(fillers) / sizeof(fillers[0]));
}

/* listed - the second field of a row whose first a code begins with; n 0: none */
static struct span listed(const char *code)
{
    struct span f[LIST_FIELDS];
    struct list_walk w;

    for (list_begin(LIST_EFFECTS, &w); code && list_next(&w, f);)
        if (strncmp(code, f[0].p, f[0].n) == 0)
            return f[1];
    return (struct span){0};
}

/* drug_at - the adverse effect of the drug that stands at a place, its last word; n_nodes: none */
static uint32_t drug_at(const struct reader *r, const struct sentence *s, uint32_t lo, uint32_t *hi)
{
    const struct text_index *x = r->x;
    uint32_t id[DRUG_WORDS], best = (uint32_t)x->n_nodes;
    size_t n = 0;

    for (uint32_t i = lo; i < s->n && n < DRUG_WORDS && s->words[i].id; i++) {
        const struct site *d;

        id[n++] = s->words[i].id;
        d = read_drug(x, id, n);
        if (d && ends(r, s, i + 1) && !listed(x->nodes[d->node[DOSE_ADVERSE]].code).n) {
            best = d->node[DOSE_ADVERSE];
            *hi = i;
        }
    }
    return best;
}

/* read_effect - see read.h */
uint32_t read_effect(const struct reader *r, const struct sentence *s, const struct match *m,
                     struct text_concept *c, uint32_t *hi)
{
    const struct text_index *x = r->x;
    uint32_t at = c->code && !c->negated ? link_at(r, s, m->hi + 1) : 0, drug, node;
    char nature[TEXT_CODE_MAX] = "";
    struct span as;

    for (uint32_t i = 0; at && i < BETWEEN_MAX && at < s->n; i++, at++) {
        drug = drug_at(r, s, at, hi);
        if (drug < x->n_nodes) {
            as = listed(c->code);
            if (as.n && as.n < sizeof(nature))
                memcpy(nature, as.p, as.n);
            node = index_node(x, nature);
            c->code = node < x->n_nodes ? x->nodes[node].code : c->code;
            return drug;
        }
        if (!word_in(r, &s->words[at], fillers, sizeof(fillers) / sizeof(fillers[0])))
            break;
    }
    return (uint32_t)x->n_nodes;
}
