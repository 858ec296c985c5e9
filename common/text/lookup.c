/* lookup.c - a description or phrase to codes: by the words of titles, by short forms of words, by
 * words one letter off, and by the terms of the index
 *
 * A title's score is the share of words, weighed by their rarity, that it and the phrase have in
 * common (Dice). Among equals the order of the words decides, then billable codes come first. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/text/titles.h"

enum { ALTERNATIVES_MAX = 12, BEST_MAX = 64, TYPO_LETTERS = 5, LEVELS_MAX = 8 };

static const float for_short = 0.95f, for_typo = 0.85f;
static const double for_term = 0.985;

/* A word of the phrase: itself, or what it may stand for. */
struct asked {
    struct {
        uint32_t id;
        float weight;
    } may[ALTERNATIVES_MAX];
    size_t n;
    float rarity; /* of the most common of them */
};

struct search {
    const struct text_index *x;
    const struct titles *d;
    struct arena *a;
    struct asked word[TITLE_WORDS];
    size_t n;
    float weight; /* of the phrase's words */
    float *score; /* by title */
    uint32_t *turn, *touched;
    size_t n_touched;
};

/* may_be - one more alternative */
static void may_be(struct asked *w, uint32_t id, float weight)
{
    for (size_t i = 0; i < w->n; i++)
        if (w->may[i].id == id)
            return;
    if (w->n == ALTERNATIVES_MAX)
        return;
    w->may[w->n].id = id;
    w->may[w->n++].weight = weight;
}

/* one_off - are two words alike but for one letter put in, left out, changed, or two swapped? */
static bool one_off(const char *a, size_t n, const char *b, size_t m)
{
    size_t i = 0, j = 0;

    if (n + 1 < m || m + 1 < n)
        return false;
    while (i < n && i < m && a[i] == b[i])
        i++;
    while (j < n - i && j < m - i && a[n - 1 - j] == b[m - 1 - j])
        j++;
    if (n == m && n - i - j == 2)
        return a[i] == b[i + 1] && a[i + 1] == b[i];
    return n - i - j <= 1 && m - i - j <= 1;
}

/* add_typos - words of the titles that are one letter off */
static void add_typos(const struct search *s, struct asked *w, const char *form, size_t n)
{
    if (n < TYPO_LETTERS)
        return;
    for (uint32_t id = 1; id <= s->d->n_words; id++) {
        const char *have = lexicon_word(s->x->lexicon, id);

        if (s->d->at[id] < s->d->at[id + 1] && one_off(form, n, have, strlen(have)))
            may_be(w, id, for_typo);
    }
}

/* ask - a word of the phrase and what it may stand for */
static void ask(struct search *s, const char *p, size_t n)
{
    struct asked *w = &s->word[s->n];
    uint32_t stands[SHORT_WORDS_MAX];
    char form[WORD_MAX];
    size_t len = lexicon_form(s->x->lexicon, p, n, form), k;
    uint32_t id = lexicon_find(s->x->lexicon, form, len);

    if (id && id <= s->d->n_words && s->d->at[id] < s->d->at[id + 1])
        may_be(w, id, 1);
    k = id ? shorts_of(s->d->shorts, id, stands) : 0;
    for (size_t i = 0; i < k; i++)
        may_be(w, stands[i], for_short);
    if (!w->n)
        add_typos(s, w, form, len);
    w->rarity = (float)log(1.0 + (double)s->d->n);
    for (size_t i = 0; i < w->n; i++)
        if (s->d->rarity[w->may[i].id] < w->rarity)
            w->rarity = s->d->rarity[w->may[i].id];
    s->n++;
}

/* collect - titles that hold a word of the phrase, each once for it */
static void collect(struct search *s, size_t i)
{
    const struct titles *d = s->d;

    for (size_t k = 0; k < s->word[i].n; k++) {
        uint32_t id = s->word[i].may[k].id;
        float add = (d->rarity[id] + s->word[i].rarity) / 2 * s->word[i].may[k].weight;

        for (uint32_t at = d->at[id]; at < d->at[id + 1]; at++) {
            uint32_t t = d->held[at];

            if (s->turn[t] == i + 1)
                continue;
            if (!s->turn[t])
                s->touched[s->n_touched++] = t;
            s->turn[t] = (uint32_t)i + 1;
            s->score[t] += add;
        }
    }
}

/* repeated - does the phrase have the word before? */
static bool repeated(const struct search *s, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (s->word[i].n && s->word[k].n && s->word[k].may[0].id == s->word[i].may[0].id)
            return true;
    return false;
}

/* A title that may be the answer. */
struct best {
    double score;
    uint32_t title, order;
    bool billable;
};

/* stands_for - is the word of a title one of the alternatives? */
static bool stands_for(const struct asked *w, uint32_t id)
{
    for (size_t i = 0; i < w->n; i++)
        if (w->may[i].id == id)
            return true;
    return false;
}

/* in_order - how many neighbours of the phrase are neighbours in the title */
static uint32_t in_order(const struct search *s, const struct title *t)
{
    uint32_t n = 0;

    for (size_t i = 0; i + 1 < s->n; i++)
        for (size_t k = 0; k + 1 < t->n; k++)
            if (stands_for(&s->word[i], s->d->ids[t->words + k]) &&
                stands_for(&s->word[i + 1], s->d->ids[t->words + k + 1])) {
                n++;
                break;
            }
    return n + (s->n == t->n);
}

/* by_score - best first */
static int by_score(const void *a, const void *b)
{
    const struct best *x = a, *y = b;

    if (fabs(x->score - y->score) > 1e-5)
        return x->score > y->score ? -1 : 1;
    if (x->order != y->order)
        return x->order > y->order ? -1 : 1;
    if (x->billable != y->billable)
        return x->billable ? -1 : 1;
    return x->title < y->title ? -1 : x->title > y->title;
}

/* keep_best - the titles with the highest scores */
static size_t keep_best(const struct search *s, struct best out[BEST_MAX])
{
    size_t n = 0;
    double least = 0;

    for (size_t i = 0; i < s->n_touched; i++) {
        uint32_t t = s->touched[i];
        double score = 2.0 * (double)s->score[t] / (double)(s->weight + s->d->title[t].weight);
        size_t at = 0;

        if (n == BEST_MAX && score <= least)
            continue;
        if (n < BEST_MAX)
            at = n++;
        else
            for (size_t k = 1; k < n; k++)
                at = out[k].score < out[at].score ? k : at;
        out[at] = (struct best){.score = score, .title = t};
        least = out[0].score;
        for (size_t k = 1; k < n; k++)
            least = out[k].score < least ? out[k].score : least;
    }
    for (size_t i = 0; i < n; i++) {
        const struct title *t = &s->d->title[out[i].title];

        out[i].order = in_order(s, t);
        out[i].billable = s->x->nodes[t->node].flags & NODE_BILLABLE;
    }
    if (n)
        qsort(out, n, sizeof(*out), by_score);
    return n;
}

/* default_of - the billable code that a category means when nothing more is said */
static uint32_t default_of(const struct text_index *x, uint32_t node)
{
    for (int level = 0; level < LEVELS_MAX && !(x->nodes[node].flags & NODE_BILLABLE); level++) {
        uint32_t best = node + 1;

        for (uint32_t k = node + 1; k < x->nodes[node].end; k = x->nodes[k].end)
            if (x->nodes[k].flags & NODE_UNSPECIFIED && !(x->nodes[best].flags & NODE_UNSPECIFIED))
                best = k;
        if (best >= x->n_nodes)
            break;
        node = best;
    }
    return node;
}

/* hit - a node once, with its score */
static void hit(const struct text_index *x, uint32_t node, double score, struct text_hit *list,
                size_t *n, size_t most)
{
    const struct node *d = &x->nodes[node];

    for (size_t i = 0; i < *n; i++)
        if (list[i].code == d->code)
            return;
    if (*n == most)
        return;
    list[(*n)++] = (struct text_hit){.code = d->code,
                                     .title = d->title,
                                     .billable = d->flags & NODE_BILLABLE,
                                     .score = score > 1 ? 1 : score};
}

/* answer - titles, and the index's term where no title fits as well */
static void answer(const struct search *s, const struct term *term, const struct best *best,
                   size_t n_best, struct text_hit *list, size_t *n, size_t most)
{
    const struct text_index *x = s->x;
    size_t i = 0;

    for (; i < n_best && best[i].score > for_term; i++)
        hit(x, s->d->title[best[i].title].node, best[i].score, list, n, most);
    if (term)
        hit(x, default_of(x, term->node), for_term, list, n, most);
    for (; i < n_best; i++)
        hit(x, s->d->title[best[i].title].node, best[i].score, list, n, most);
}

/* text_lookup - see text.h */
int text_lookup(const struct text_index *x, const char *phrase, size_t n, size_t most,
                struct arena *a, struct text_hit **out, size_t *count, struct err *e)
{
    struct search s = {.x = x, .d = x->titles_index, .a = a};
    struct best best[BEST_MAX];
    uint32_t set[TERM_WORDS_MAX];
    size_t at = 0, start, end, n_set;

    *count = 0;
    s.score = arena_array(a, s.d->n + 1, sizeof(*s.score));
    s.turn = arena_array(a, s.d->n + 1, sizeof(*s.turn));
    s.touched = arena_array(a, s.d->n + 1, sizeof(*s.touched));
    *out = arena_array(a, most + 1, sizeof(**out));
    if (!s.score || !s.turn || !s.touched || !*out)
        return err_set(e, ERR_REJECT, "size", "the lookup needs more memory than a message may");
    while (s.n < TITLE_WORDS && word_next(phrase, n, &at, &start, &end))
        ask(&s, phrase + start, end - start);
    for (size_t i = 0; i < s.n; i++)
        if (!repeated(&s, i)) {
            s.weight += s.word[i].rarity;
            collect(&s, i);
        }
    n_set = index_known_set(x, phrase, n, set, TERM_WORDS_MAX);
    answer(&s, n_set ? index_term(x, set, n_set) : NULL, best, keep_best(&s, best), *out, count,
           most);
    return 0;
}
