/* lookup.c - a description or phrase to codes: by the words of titles, and by the terms of the
 * index
 *
 * A title's score is the share of words, weighed by their rarity, that it and the phrase have in
 * common (Dice). Titles are found by the rarer words of the phrase; the common ones are looked for
 * only in titles that can still be among the best. Among equals decides how often each word stands,
 * then the order of the words, then billable codes come first. A category stands for the code that
 * it means when nothing more is said. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/text/ask.h"

enum { BEST_MAX = 64, LEVELS_MAX = 8, COMMON = 6000 /* titles that hold a common word */ };

static const double for_term = 0.955, for_category = 0.992, steps = 1e5;

/* What is known of a title so far. */
struct tally {
    float score;
    uint32_t turn; /* last word of the phrase that it was found by + 1 */
};

struct search {
    const struct text_index *x;
    const struct titles *d;
    struct arena *a;
    struct asked word[TITLE_WORDS];
    bool common[TITLE_WORDS], again[TITLE_WORDS];
    size_t n;
    float weight, left;  /* of the phrase's words; of those that are not collected */
    struct tally *tally; /* by title */
    uint32_t *touched;
    size_t n_touched;
};

/* A title that may be the answer. */
struct best {
    double score;
    uint32_t title, astray, order;
    bool billable;
};

/* worth - of an answered word */
static float worth(const struct search *s, const struct asked *w, uint32_t id, float weight)
{
    return (s->d->rarity[id] + w->rarity) / 2 * weight;
}

/* collect - titles that hold a word of the phrase, each once for it; false: no memory */
static bool collect(struct search *s, size_t i)
{
    const struct titles *d = s->d;

    for (size_t k = 0; k < s->word[i].n; k++) {
        uint32_t id = s->word[i].may[k].id;
        float add = worth(s, &s->word[i], id, s->word[i].may[k].weight);

        for (uint32_t at = d->at[id]; at < d->at[id + 1]; at++) {
            struct tally *t = &s->tally[d->held[at]];
            uint32_t *more;

            if (t->turn == i + 1)
                continue;
            if (!t->turn) {
                more = arena_grow(s->a, s->touched, s->n_touched, sizeof(*more));
                if (!more)
                    return false;
                s->touched = more;
                s->touched[s->n_touched++] = d->held[at];
            }
            t->turn = (uint32_t)i + 1;
            t->score += add;
        }
    }
    return true;
}

/* repeated - does the phrase have the word before? */
static bool repeated(const struct search *s, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (s->word[i].n && s->word[k].n && s->word[k].may[0].id == s->word[i].may[0].id)
            return true;
    return false;
}

/* is_common - do very many titles hold what the word stands for? */
static bool is_common(const struct search *s, const struct asked *w)
{
    uint32_t n = 0;

    for (size_t k = 0; k < w->n; k++)
        n += s->d->at[w->may[k].id + 1] - s->d->at[w->may[k].id];
    return n > COMMON;
}

/* gather - by the rarer words, or by all when there are no such */
static bool gather(struct search *s)
{
    bool some = false;

    for (size_t i = 0; i < s->n; i++) {
        s->again[i] = repeated(s, i);
        s->common[i] = is_common(s, &s->word[i]);
        s->weight += s->again[i] ? 0 : s->word[i].rarity;
        some = some || (s->word[i].n && !s->common[i]);
    }
    for (size_t i = 0; i < s->n; i++) {
        s->common[i] = s->common[i] && some;
        if (s->again[i])
            continue;
        if (s->common[i])
            s->left += s->word[i].rarity;
        else if (!collect(s, i))
            return false;
    }
    return true;
}

/* common_words - what the words that were not collected add to a title */
static float common_words(const struct search *s, const struct title *t)
{
    float sum = 0;

    for (size_t i = 0; i < s->n; i++) {
        float most = 0;

        if (!s->common[i] || s->again[i])
            continue;
        for (size_t k = 0; k < t->n; k++) {
            uint32_t id = s->d->ids[t->words + k];
            float answers = ask_answers(&s->word[i], id);
            float is = answers > 0 ? worth(s, &s->word[i], id, answers) : 0;

            most = is > most ? is : most;
        }
        sum += most;
    }
    return sum;
}

/* astray - words that one of phrase and title has more often than the other: an "other injury of
 * unspecified muscle" is no "unspecified injury of other specified muscle" */
static uint32_t astray(const struct search *s, const struct title *t)
{
    bool taken[TITLE_WORDS] = {false};
    uint32_t met = 0;

    for (size_t i = 0; i < s->n; i++)
        for (size_t k = 0; k < t->n; k++)
            if (!taken[k] && ask_answers(&s->word[i], s->d->ids[t->words + k]) > 0) {
                taken[k] = true;
                met++;
                break;
            }
    return (uint32_t)s->n + t->n - 2 * met;
}

/* in_order - how many neighbours of the phrase are neighbours in the title */
static uint32_t in_order(const struct search *s, const struct title *t)
{
    uint32_t n = 0;

    for (size_t i = 0; i + 1 < s->n; i++)
        for (size_t k = 0; k + 1 < t->n; k++)
            if (ask_answers(&s->word[i], s->d->ids[t->words + k]) > 0 &&
                ask_answers(&s->word[i + 1], s->d->ids[t->words + k + 1]) > 0) {
                n++;
                break;
            }
    return 2 * n + (s->n == t->n);
}

/* by_score - best first */
static int by_score(const void *a, const void *b)
{
    const struct best *x = a, *y = b;
    long long p = llround(x->score * steps), q = llround(y->score * steps);

    if (p != q)
        return p > q ? -1 : 1;
    if (x->astray != y->astray)
        return x->astray < y->astray ? -1 : 1;
    if (x->order != y->order)
        return x->order > y->order ? -1 : 1;
    if (x->billable != y->billable)
        return x->billable ? -1 : 1;
    return x->title < y->title ? -1 : x->title > y->title;
}

/* weakest - of the best */
static size_t weakest(const struct best *list, size_t n)
{
    size_t at = 0;

    for (size_t k = 1; k < n; k++)
        if (list[k].score < list[at].score)
            at = k;
    return at;
}

/* keep_best - the titles with the highest scores */
static size_t keep_best(const struct search *s, struct best out[BEST_MAX])
{
    size_t n = 0, at = 0;

    for (size_t i = 0; i < s->n_touched; i++) {
        uint32_t t = s->touched[i];
        const struct title *title = &s->d->title[t];
        double part = s->tally[t].score, all = (double)(s->weight + title->weight);
        bool full = n == BEST_MAX;

        if (full && 2 * (part + 1.1 * (double)s->left) / all <= out[at].score)
            continue;
        part = 2 * (part + (double)common_words(s, title)) / all;
        part *= s->x->nodes[title->node].flags & NODE_BILLABLE ? 1 : for_category;
        if (full && part <= out[at].score)
            continue;
        out[full ? at : n++] = (struct best){.score = part, .title = t};
        at = weakest(out, n);
    }
    for (size_t i = 0; i < n; i++) {
        const struct title *t = &s->d->title[out[i].title];

        out[i].astray = astray(s, t);
        out[i].order = in_order(s, t);
        out[i].billable = s->x->nodes[t->node].flags & NODE_BILLABLE;
    }
    if (n)
        qsort(out, n, sizeof(*out), by_score);
    return n;
}

/* plainness - how much a code says that nothing more is known */
static int plainness(const struct node *n)
{
    return (n->flags & NODE_UNSPECIFIED ? 4 : 0) + (n->flags & NODE_UNCOMPLICATED ? 6 : 0) -
           (n->flags & NODE_LATER ? 2 : 0) - (n->flags & NODE_OTHER ? 1 : 0) +
           (n->flags & NODE_INITIAL && n->code[6] == 'A' ? 2 : 0);
}

/* default_of - the billable code that a category means when nothing more is said */
static uint32_t default_of(const struct text_index *x, uint32_t node)
{
    for (int level = 0; level < LEVELS_MAX && !(x->nodes[node].flags & NODE_BILLABLE); level++) {
        uint32_t best = node + 1;

        for (uint32_t k = node + 1; k < x->nodes[node].end; k = x->nodes[k].end)
            if (plainness(&x->nodes[k]) > plainness(&x->nodes[best]))
                best = k;
        if (best >= x->n_nodes)
            break;
        node = best;
    }
    return node;
}

/* Codes as they are found. */
struct hits {
    struct text_hit *list;
    size_t n, most;
};

/* hit - a node once, with its score */
static void hit(const struct text_index *x, uint32_t node, double score, struct hits *h)
{
    const struct node *d = &x->nodes[default_of(x, node)];

    for (size_t i = 0; i < h->n; i++)
        if (h->list[i].code == d->code)
            return;
    if (h->n == h->most)
        return;
    h->list[h->n++] = (struct text_hit){.code = d->code,
                                        .title = d->title,
                                        .billable = d->flags & NODE_BILLABLE,
                                        .score = score > 1 ? 1 : score};
}

/* answer - titles, and the index's term where no title of a code fits as well */
static void answer(const struct search *s, const struct term *term, struct hits *h)
{
    struct best best[BEST_MAX];
    size_t n = keep_best(s, best), i = 0;

    for (; i < n && best[i].score > for_term && (best[i].billable || !term); i++)
        hit(s->x, s->d->title[best[i].title].node, best[i].score, h);
    if (term)
        hit(s->x, term->node, for_term, h);
    for (; i < n; i++)
        hit(s->x, s->d->title[best[i].title].node, best[i].score, h);
}

/* text_lookup - see text.h */
int text_lookup(const struct text_index *x, const char *phrase, size_t n, size_t most,
                struct arena *a, struct text_hit **out, size_t *count, struct err *e)
{
    struct search s = {.x = x, .d = x->titles_index, .a = a};
    struct hits h = {.most = most};
    uint32_t set[TERM_WORDS_MAX];
    size_t n_set;

    *count = 0;
    s.tally = arena_array(a, s.d->n + 1, sizeof(*s.tally));
    *out = h.list = arena_array(a, most + 1, sizeof(**out));
    s.n = ask_phrase(x, phrase, n, s.word);
    if (!s.tally || !h.list || !gather(&s))
        return err_set(e, ERR_REJECT, "size", "the lookup needs more memory than a message may");
    n_set = index_known_set(x, phrase, n, set, TERM_WORDS_MAX);
    answer(&s, n_set ? index_term(x, set, n_set) : NULL, &h);
    *count = h.n;
    return 0;
}
