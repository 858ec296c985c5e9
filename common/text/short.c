/* short.c - pairs of a short form and its word, counted */
#include "common/text/short.h"

#include <stdlib.h>
#include <string.h>

enum { PAIRS_FIRST = 1 << 14, SEEN_LEAST = 3, SHARE_LEAST = 20 /* one in so many uses */ };

struct pair {
    uint32_t form, word, seen;
};

struct shorts {
    struct pair *pair;
    size_t n, cap;
    uint32_t *slot; /* pair + 1 by hash, while learning */
    size_t n_slots;
};

/* shorts_new - see short.h */
struct shorts *shorts_new(void)
{
    return calloc(1, sizeof(struct shorts));
}

/* shorts_free - see short.h */
void shorts_free(struct shorts *s)
{
    if (!s)
        return;
    free(s->pair);
    free(s->slot);
    free(s);
}

/* slot_of - where a pair is, or would be */
static size_t slot_of(const struct shorts *s, uint32_t form, uint32_t word)
{
    size_t i = (form * 2654435761u ^ word * 40503u) & (s->n_slots - 1);

    while (s->slot[i] &&
           (s->pair[s->slot[i] - 1].form != form || s->pair[s->slot[i] - 1].word != word))
        i = (i + 1) & (s->n_slots - 1);
    return i;
}

/* grow - twice as many */
static bool grow(struct shorts *s)
{
    size_t n = s->cap ? 2 * s->cap : PAIRS_FIRST;
    struct pair *pair = realloc(s->pair, n * sizeof(*pair));
    uint32_t *slot = calloc(2 * n, sizeof(*slot));

    if (pair)
        s->pair = pair;
    if (!pair || !slot) {
        free(slot);
        return false;
    }
    free(s->slot);
    s->slot = slot;
    s->n_slots = 2 * n;
    s->cap = n;
    for (size_t i = 0; i < s->n; i++)
        slot[slot_of(s, pair[i].form, pair[i].word)] = (uint32_t)(i + 1);
    return true;
}

/* count - one more use of a pair */
static bool count(struct shorts *s, uint32_t form, uint32_t word)
{
    size_t i;

    if (s->n == s->cap && !grow(s))
        return false;
    i = slot_of(s, form, word);
    if (!s->slot[i]) {
        s->pair[s->n] = (struct pair){form, word, 0};
        s->slot[i] = (uint32_t)++s->n;
    }
    s->pair[s->slot[i] - 1].seen++;
    return true;
}

/* holds - is a word among these? */
static bool holds(const uint32_t *list, size_t n, uint32_t word)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == word)
            return true;
    return false;
}

/* could_be - do the letters of the form stand in the word in their order, the first one first? */
static bool could_be(const struct lexicon *l, uint32_t form, uint32_t word)
{
    const char *f = lexicon_word(l, form), *w = lexicon_word(l, word);

    if (*f != *w || strlen(f) >= strlen(w))
        return false;
    for (; *w && *f; w++)
        f += *f == *w;
    return *f == '\0';
}

/* shorts_learn - a form that the long title lacks is one of the words that the short title lacks:
 * the first that it could be, from the left */
bool shorts_learn(struct shorts *s, const uint32_t *brief, size_t n, const uint32_t *full, size_t m,
                  const struct lexicon *l)
{
    size_t from = 0;

    for (size_t i = 0; i < n; i++) {
        size_t k = from;

        if (holds(full, m, brief[i]))
            continue;
        while (k < m && (holds(brief, n, full[k]) || !could_be(l, brief[i], full[k])))
            k++;
        if (k == m)
            continue;
        if (!count(s, brief[i], full[k]))
            return false;
        from = k + 1;
    }
    return true;
}

/* by_form - then the most seen */
static int by_form(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;

    if (x->form != y->form)
        return x->form < y->form ? -1 : 1;
    if (x->seen != y->seen)
        return x->seen > y->seen ? -1 : 1;
    return x->word < y->word ? -1 : x->word > y->word;
}

/* shorts_close - see short.h */
void shorts_close(struct shorts *s)
{
    size_t kept = 0;
    uint32_t most = 0;

    if (s->n)
        qsort(s->pair, s->n, sizeof(*s->pair), by_form);
    for (size_t i = 0; i < s->n; i++) {
        const struct pair *p = &s->pair[i];

        if (i == 0 || p->form != s->pair[i - 1].form)
            most = p->seen;
        if (p->seen >= SEEN_LEAST && p->seen * SHARE_LEAST >= most)
            s->pair[kept++] = *p;
    }
    s->n = kept;
    free(s->slot);
    s->slot = NULL;
}

/* shorts_of - see short.h */
size_t shorts_of(const struct shorts *s, uint32_t form, uint32_t out[SHORT_WORDS_MAX])
{
    size_t lo = 0, hi = s->n, n = 0;

    while (lo < hi) {
        size_t mid = (lo + hi) / 2;

        if (s->pair[mid].form < form)
            lo = mid + 1;
        else
            hi = mid;
    }
    while (lo < s->n && s->pair[lo].form == form && n < SHORT_WORDS_MAX)
        out[n++] = s->pair[lo++].word;
    return n;
}
