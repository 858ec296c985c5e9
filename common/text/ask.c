/* ask.c - what the words of a phrase may stand for: the word itself; a short form by the list or as
 * the official short titles use it; a word one letter off; at last any word of titles that has the
 * form's letters in their order, the first one first */
#include "common/text/ask.h"

#include <math.h>
#include <string.h>

#include "common/text/lists.h"

enum { TYPO_LETTERS = 5, FORM_LETTERS = 2 };

static const float for_short = 0.95f, for_typo = 0.85f, for_letters = 0.8f;

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

/* held - by how many titles */
static uint32_t held(const struct titles *d, uint32_t id)
{
    return id && id <= d->n_words ? d->at[id + 1] - d->at[id] : 0;
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

/* in_letters - do the letters of the form stand in the word in their order? */
static bool in_letters(const char *form, const char *word)
{
    if (*form != *word)
        return false;
    for (; *word && *form; word++)
        form += *form == *word;
    return *form == '\0';
}

/* add_typos - words of titles that are one letter off */
static void add_typos(const struct text_index *x, struct asked *w, const char *form, size_t n)
{
    const struct titles *d = x->titles_index;

    for (uint32_t id = 1; n >= TYPO_LETTERS && id <= d->n_words; id++) {
        const char *have = lexicon_word(x->lexicon, id);

        if (held(d, id) && one_off(form, n, have, strlen(have)))
            may_be(w, id, for_typo);
    }
}

/* add_letters - the most common words of titles that the form could be short for */
static void add_letters(const struct text_index *x, struct asked *w, const char *form, size_t n)
{
    const struct titles *d = x->titles_index;

    for (uint32_t id = 1; n >= FORM_LETTERS && id <= d->n_words; id++) {
        uint32_t titles = held(d, id);
        size_t least = 0;

        if (!titles || !in_letters(form, lexicon_word(x->lexicon, id)))
            continue;
        if (w->n < ALTERNATIVES_MAX) {
            may_be(w, id, for_letters);
            continue;
        }
        for (size_t i = 1; i < w->n; i++)
            if (held(d, w->may[i].id) < held(d, w->may[least].id))
                least = i;
        if (held(d, w->may[least].id) < titles)
            w->may[least].id = id;
    }
}

/* set_rarity - of the most common alternative */
static void set_rarity(const struct titles *d, struct asked *w)
{
    w->rarity = (float)log(1.0 + (double)d->n);
    for (size_t i = 0; i < w->n; i++)
        if (d->rarity[w->may[i].id] < w->rarity)
            w->rarity = d->rarity[w->may[i].id];
}

/* ask - one word */
static void ask(const struct text_index *x, const char *p, size_t n, struct asked *w)
{
    const struct titles *d = x->titles_index;
    uint32_t stands[SHORT_WORDS_MAX], id;
    char form[WORD_MAX];
    size_t len = lexicon_form(x->lexicon, p, n, form), k;

    memset(w, 0, sizeof(*w));
    id = lexicon_find(x->lexicon, form, len);
    if (held(d, id))
        may_be(w, id, 1);
    k = id ? shorts_of(d->shorts, id, stands) : 0;
    for (size_t i = 0; i < k; i++)
        may_be(w, stands[i], for_short);
    if (!w->n)
        add_typos(x, w, form, len);
    if (!w->n)
        add_letters(x, w, form, len);
    set_rarity(d, w);
}

/* is_form - is a word of the phrase this form of the list, whatever its case? */
static bool is_form(const char *p, size_t n, struct span form)
{
    char lower[WORD_MAX];

    if (n != form.n || n >= WORD_MAX)
        return false;
    for (size_t i = 0; i < n; i++)
        lower[i] = p[i] >= 'A' && p[i] <= 'Z' ? (char)(p[i] - 'A' + 'a') : p[i];
    return memcmp(lower, form.p, n) == 0;
}

/* is_used - is the form as it stands a word of titles? */
static bool is_used(const struct text_index *x, const struct asked *w)
{
    return w->n && w->may[0].weight >= 1 && held(x->titles_index, w->may[0].id);
}

/* ask_listed - a form of lists/short.tsv: the words of its first row one by one (unless titles use
 * the form itself), further rows of one word as alternatives; returns how many, 0: not in the list
 */
static size_t ask_listed(const struct text_index *x, const char *p, size_t n,
                         const struct asked *one, struct asked *out, size_t most)
{
    struct list_walk walk;
    struct span f[LIST_FIELDS];
    size_t count = 0, at, start, end;
    struct asked other;

    list_begin(LIST_SHORT, &walk);
    while (list_next(&walk, f)) {
        bool several = memchr(f[1].p, ' ', f[1].n) != NULL;

        if (!is_form(p, n, f[0]) || (several && (count || is_used(x, one))))
            continue;
        at = 0;
        if (!count)
            while (count < most && word_next(f[1].p, f[1].n, &at, &start, &end))
                ask(x, f[1].p + start, end - start, &out[count++]);
        else if (count == 1) {
            ask(x, f[1].p, f[1].n, &other);
            may_be(&out[0], other.may[0].id, for_short);
        }
    }
    if (count == 1) {
        for (size_t i = 0; i < one->n && one->may[i].weight >= for_short; i++)
            may_be(&out[0], one->may[i].id, one->may[i].weight);
        set_rarity(x->titles_index, &out[0]);
    }
    return count;
}

/* ask_phrase - see ask.h */
size_t ask_phrase(const struct text_index *x, const char *p, size_t n,
                  struct asked out[TITLE_WORDS])
{
    size_t at = 0, start, end, count = 0;

    while (count < TITLE_WORDS && word_next(p, n, &at, &start, &end)) {
        struct asked one;
        size_t listed;

        ask(x, p + start, end - start, &one);
        listed = ask_listed(x, p + start, end - start, &one, out + count, TITLE_WORDS - count);
        if (!listed)
            out[count++] = one;
        count += listed;
    }
    return count;
}

/* ask_answers - see ask.h */
float ask_answers(const struct asked *w, uint32_t id)
{
    for (size_t i = 0; i < w->n; i++)
        if (w->may[i].id == id)
            return w->may[i].weight;
    return 0;
}
