/* titles.c - every title, long and short, as a document of words, and where each word occurs */
#include "common/text/titles.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* titles_words - the words of a text in their order, stop words too; unknown ones are added or 0 */
size_t titles_words(struct lexicon *l, const char *p, size_t n, bool add, uint32_t *out,
                    size_t most)
{
    char form[WORD_MAX];
    size_t at = 0, start, end, count = 0;

    while (count < most && word_next(p, n, &at, &start, &end)) {
        size_t len = lexicon_form(l, p + start, end - start, form);

        out[count++] = add ? lexicon_add(l, form, len) : lexicon_find(l, form, len);
    }
    return count;
}

/* add_title - a document; *ids holds all words one after the other */
static bool add_title(struct titles *d, struct lexicon *l, uint32_t node, struct span title)
{
    struct title *t = &d->title[d->n];

    if (d->n_ids + TITLE_WORDS > d->cap_ids) {
        size_t cap = d->cap_ids ? 2 * d->cap_ids : 1 << 20;
        uint32_t *more = realloc(d->ids, cap * sizeof(*more));

        if (!more)
            return false;
        d->ids = more;
        d->cap_ids = cap;
    }
    t->node = node;
    t->words = (uint32_t)d->n_ids;
    t->n = (uint16_t)titles_words(l, title.p, title.n, true, d->ids + d->n_ids, TITLE_WORDS);
    d->n_ids += t->n;
    d->n++;
    return true;
}

/* read_titles - long and short of each row of the order file; nodes are in its order */
static bool read_titles(struct titles *d, struct text_index *x, const struct tables *t, int32_t on)
{
    struct table_row row;
    size_t cursor = 0;
    uint32_t node = 0;

    d->title = calloc(2 * x->n_nodes + 1, sizeof(*d->title));
    while (d->title && node < x->n_nodes && tables_each(t, TABLE_ICD10CM, on, &cursor, &row)) {
        struct span brief = table_col(&row, "short");
        const struct title *full = &d->title[d->n];

        if (!add_title(d, x->lexicon, node, span_of(x->nodes[node].title)))
            return false;
        if (brief.n && !span_is(brief, x->nodes[node].title)) {
            if (!add_title(d, x->lexicon, node, brief) ||
                !shorts_learn(d->shorts, d->ids + full[1].words, full[1].n, d->ids + full->words,
                              full->n, x->lexicon))
                return false;
        }
        node++;
    }
    shorts_close(d->shorts);
    return d->title != NULL;
}

/* first_here - is it the first time that the word stands in the title? */
static bool first_here(const struct titles *d, const struct title *t, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (d->ids[t->words + k] == d->ids[t->words + i])
            return false;
    return true;
}

/* post - which titles hold each word, and how rare it is */
static bool post(struct titles *d, size_t words)
{
    uint32_t *at = calloc(words + 2, sizeof(*at));

    d->at = calloc(words + 2, sizeof(*d->at));
    d->held = calloc(d->n_ids + 1, sizeof(*d->held));
    d->rarity = calloc(words + 2, sizeof(*d->rarity));
    d->n_words = words;
    if (!at || !d->at || !d->held || !d->rarity) {
        free(at);
        return false;
    }
    for (size_t i = 0; i < d->n; i++)
        for (size_t k = 0; k < d->title[i].n; k++)
            d->at[d->ids[d->title[i].words + k] + 1] += first_here(d, &d->title[i], k);
    for (size_t i = 1; i < words + 2; i++) {
        d->rarity[i - 1] = (float)log(1.0 + (double)d->n / (1.0 + d->at[i]));
        d->at[i] += d->at[i - 1];
    }
    memcpy(at, d->at, (words + 2) * sizeof(*at));
    for (size_t i = 0; i < d->n; i++) {
        struct title *t = &d->title[i];

        for (size_t k = 0; k < t->n; k++) {
            uint32_t id = d->ids[t->words + k];

            if (!first_here(d, t, k))
                continue;
            d->held[at[id]++] = (uint32_t)i;
            t->weight += d->rarity[id];
        }
    }
    free(at);
    return true;
}

/* titles_new - see titles.h */
struct titles *titles_new(struct text_index *x, const struct tables *t, int32_t on)
{
    struct titles *d = calloc(1, sizeof(*d));

    if (!d)
        return NULL;
    d->shorts = shorts_new();
    if (d->shorts && read_titles(d, x, t, on) && post(d, lexicon_size(x->lexicon)))
        return d;
    titles_free(d);
    return NULL;
}

/* titles_free - see titles.h */
void titles_free(struct titles *d)
{
    if (!d)
        return;
    shorts_free(d->shorts);
    free(d->title);
    free(d->ids);
    free(d->at);
    free(d->held);
    free(d->rarity);
    free(d);
}

/* titles_bytes - see titles.h */
size_t titles_bytes(const struct titles *d)
{
    return d->n * sizeof(*d->title) + (d->cap_ids + d->n_ids + 2 * d->n_words) * sizeof(uint32_t);
}
