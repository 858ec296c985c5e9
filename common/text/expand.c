/* expand.c - short forms in a text are the words that they stand for: "CKD stage 4" has four words
 * more than it shows, and each stands where the short form does */
#include <stdlib.h>
#include <string.h>

#include "common/text/lists.h"
#include "common/text/make.h"
#include "common/text/read.h"
#include "common/text/titles.h"

enum { IMPLIED_MAX = 24 };

/* make_abbreviations - see make.h; a short form is the term that it means, when there is one */
bool make_abbreviations(struct text_index *x)
{
    struct list_walk w;
    struct span f[LIST_FIELDS];
    uint32_t from[TERM_WORDS_MAX], to[TERM_WORDS_MAX];

    list_begin(LIST_ABBREVIATIONS, &w);
    while (list_next(&w, f)) {
        const struct term *target =
            index_term(x, to, index_known_set(x, f[1].p, f[1].n, to, TERM_WORDS_MAX));
        size_t n = make_set(x, f[0], from, TERM_WORDS_MAX); /* it is a word from now on */

        if (target && !make_term(x, from, n, &(struct named){target->node, TEXT_OWN, f[0].n}))
            return false;
    }
    return true;
}

/* all_known - has each word of a text a number? */
static bool all_known(const struct text_index *x, struct span s)
{
    uint32_t words[IMPLIED_MAX];
    size_t n = titles_words(x->lexicon, s.p, s.n, false, words, IMPLIED_MAX);

    for (size_t i = 0; i < n; i++)
        if (!words[i])
            return false;
    return n > 0;
}

/* row_of - a word and those beside it, by number; false: no memory */
static bool row_of(struct text_index *x, struct expansion *table, struct span word, struct span all)
{
    uint32_t id, words[IMPLIED_MAX];
    size_t n = titles_words(x->lexicon, all.p, all.n, false, words, IMPLIED_MAX);

    if (titles_words(x->lexicon, word.p, word.n, false, &id, 1) != 1 || !id)
        return true;
    table[id] = (struct expansion){make_ids(&x->ids, words, n), (uint32_t)n};
    return table[id].words != UINT32_MAX;
}

/* make_implied - see make.h */
bool make_implied(struct text_index *x)
{
    struct list_walk w;
    struct span f[LIST_FIELDS];

    x->implied = calloc(lexicon_size(x->lexicon) + 1, sizeof(*x->implied));
    if (!x->implied)
        return false;
    for (list_begin(LIST_IMPLIED, &w); list_next(&w, f);)
        if (!row_of(x, x->implied, f[0], f[1]))
            return false;
    return true;
}

/* make_expansions - see make.h */
bool make_expansions(struct text_index *x)
{
    struct list_walk w;
    struct span f[LIST_FIELDS];

    x->expand = calloc(lexicon_size(x->lexicon) + 1, sizeof(*x->expand));
    if (!x->expand)
        return false;
    for (list_begin(LIST_ABBREVIATIONS, &w); list_next(&w, f);)
        if (all_known(x, f[1]) && !row_of(x, x->expand, f[0], f[1]))
            return false;
    return true;
}

/* further - words that the short forms of a sentence add; *any: there are some */
static size_t further(const struct text_index *x, const struct sentence *s, bool *any)
{
    size_t more = 0;

    *any = false;
    for (size_t i = 0; i < s->n; i++)
        if (s->words[i].id && x->expand[s->words[i].id].n) {
            more += x->expand[s->words[i].id].n - 1;
            *any = true;
        }
    return more;
}

/* read_expand - see read.h */
bool read_expand(struct reader *r, struct sentence *s)
{
    const struct text_index *x = r->x;
    bool any;
    size_t more = further(x, s, &any), n = 0;
    struct word *out = any ? arena_array(r->a, s->n + more, sizeof(*out)) : NULL;
    uint32_t content = 0;

    if (!out)
        return !any;
    for (size_t i = 0; i < s->n; i++) {
        struct expansion e = s->words[i].id ? x->expand[s->words[i].id] : (struct expansion){0};

        for (size_t k = 0; k < (e.n ? e.n : 1); k++) {
            struct word *w = &out[n++];

            *w = s->words[i];
            if (e.n) {
                w->id = x->ids.id[e.words + k];
                w->flags = lexicon_is_stop(x->lexicon, w->id) ? WORD_STOP : 0;
            }
            w->content = content;
            content += !(w->flags & WORD_STOP);
        }
    }
    s->words = out;
    s->n = n;
    return true;
}
