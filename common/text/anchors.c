/* anchors.c - terms under their rarest word and sites under their last, so that a text meets few in
 * vain; which terms may stand alone */
#include <stdlib.h>
#include <string.h>

#include "common/text/make.h"

/* is_short - numbers and words of one or two letters are no terms */
static bool is_short(const struct text_index *x, const struct term *t)
{
    const char *w = lexicon_word(x->lexicon, x->ids.id[t->words]);

    return t->n_words == 1 && (strlen(w) < 3 || strspn(w, "0123456789") == strlen(w));
}

/* is_history - "History, family, diabetes" is no term: the diabetes is, of a relative, and
 * history.c finds the code */
static bool is_history(const struct text_index *x, const struct term *t)
{
    bool history = false, whose = false;

    for (size_t i = 0; i < t->n_words; i++) {
        uint32_t id = x->ids.id[t->words + i];

        history = history || id == x->history;
        whose = whose || id == x->family || id == x->personal;
    }
    return history && whose;
}

/* count_words - how many terms hold each word */
static bool count_words(struct text_index *x)
{
    x->frequency = calloc(lexicon_size(x->lexicon) + 1, sizeof(*x->frequency));
    for (size_t i = 0; x->frequency && i < x->n_terms; i++)
        for (size_t k = 0; k < x->terms[i].n_words; k++)
            x->frequency[x->ids.id[x->terms[i].words + k]]++;
    return x->frequency != NULL;
}

/* rarest - the word of a term that the fewest terms hold */
static uint32_t rarest(const struct text_index *x, const struct term *t)
{
    uint32_t best = x->ids.id[t->words];

    for (size_t k = 1; k < t->n_words; k++) {
        uint32_t id = x->ids.id[t->words + k];

        if (x->frequency[id] < x->frequency[best])
            best = id;
    }
    return best;
}

/* file_terms - under their rarest words */
static bool file_terms(struct text_index *x)
{
    size_t words = lexicon_size(x->lexicon) + 2;
    uint32_t *at;

    x->anchor = calloc(words, sizeof(*x->anchor));
    x->anchored = calloc(x->n_terms + 1, sizeof(*x->anchored));
    at = calloc(words, sizeof(*at));
    if (!x->anchor || !x->anchored || !at) {
        free(at);
        return false;
    }
    for (size_t i = 0; i < x->n_terms; i++) {
        struct term *t = &x->terms[i];
        uint32_t id = rarest(x, t);

        t->commonness = x->frequency[id];
        t->alone = t->alone && !is_short(x, t) && !is_history(x, t);
        x->anchor[id + 1]++;
    }
    for (size_t i = 1; i < words; i++)
        x->anchor[i] += x->anchor[i - 1];
    memcpy(at, x->anchor, words * sizeof(*at));
    for (size_t i = 0; i < x->n_terms; i++)
        x->anchored[at[rarest(x, &x->terms[i])]++] = (uint32_t)i;
    free(at);
    return true;
}

/* last_word - of a row */
static uint32_t last_word(const struct text_index *x, const struct site *s)
{
    return x->ids.id[s->words + s->n_words - 1];
}

/* file_sites - rows of a table under their last word */
static bool file_sites(const struct text_index *x, struct site_table *t)
{
    size_t words = lexicon_size(x->lexicon) + 2;
    uint32_t *at = calloc(words, sizeof(*at));

    t->anchor = calloc(words, sizeof(*t->anchor));
    t->anchored = calloc(t->n + 1, sizeof(*t->anchored));
    if (!at || !t->anchor || !t->anchored) {
        free(at);
        return false;
    }
    for (size_t i = 0; i < t->n; i++)
        t->anchor[last_word(x, &t->site[i]) + 1]++;
    for (size_t i = 1; i < words; i++)
        t->anchor[i] += t->anchor[i - 1];
    memcpy(at, t->anchor, words * sizeof(*at));
    for (size_t i = 0; i < t->n; i++)
        t->anchored[at[last_word(x, &t->site[i])]++] = (uint32_t)i;
    free(at);
    return true;
}

/* make_anchors - see make.h */
bool make_anchors(struct text_index *x)
{
    x->history = lexicon_find(x->lexicon, "history", 7);
    x->family = lexicon_find(x->lexicon, "family", 6);
    x->personal = lexicon_find(x->lexicon, "personal", 8);
    x->without = lexicon_find(x->lexicon, "without", 7);
    x->allergic = lexicon_find(x->lexicon, "allergy", 7);
    return count_words(x) && file_terms(x) && file_sites(x, &x->sites) && file_sites(x, &x->drugs);
}
