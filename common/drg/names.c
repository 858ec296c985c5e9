/* names.c - texts to small numbers, in the order they come */
#include "common/drg/def.h"

#include <stdlib.h>
#include <string.h>

/* hash_of - FNV-1a */
static uint64_t hash_of(struct span text)
{
    uint64_t h = 14695981039346656037u;

    for (size_t i = 0; i < text.n; i++)
        h = (h ^ (unsigned char)text.p[i]) * 1099511628211u;
    return h ^ h >> 29;
}

/* same - two texts */
static bool same(struct span a, struct span b)
{
    return a.n == b.n && memcmp(a.p, b.p, a.n) == 0;
}

/* names_release - the texts themselves are somebody else's */
void names_release(struct names *s)
{
    free(s->texts);
    free(s->slots);
    memset(s, 0, sizeof(*s));
}

/* seek - the slot of a text, or the empty one where it belongs */
static size_t seek(const struct names *s, struct span text)
{
    size_t at = hash_of(text) & (s->n_slots - 1);

    while (s->slots[at] && !same(s->texts[s->slots[at] - 1], text))
        at = (at + 1) & (s->n_slots - 1);
    return at;
}

/* names_find - its number */
int32_t names_find(const struct names *s, struct span text)
{
    return s->n_slots ? (int32_t)s->slots[seek(s, text)] - 1 : -1;
}

/* widen - room for twice as many */
static bool widen(struct names *s)
{
    size_t cap = s->cap ? s->cap * 2 : 256;
    struct span *texts = realloc(s->texts, cap * sizeof(*texts));
    uint32_t *slots = calloc(cap * 2, sizeof(*slots));

    if (texts)
        s->texts = texts;
    if (!texts || !slots) {
        free(slots);
        return false;
    }
    free(s->slots);
    s->slots = slots;
    s->cap = cap;
    s->n_slots = cap * 2;
    for (size_t i = 0; i < s->n; i++)
        s->slots[seek(s, s->texts[i])] = (uint32_t)i + 1;
    return true;
}

/* names_add - the number it has, or gets */
int32_t names_add(struct names *s, struct span text)
{
    size_t at;

    if (s->n == s->cap && !widen(s))
        return -1;
    at = seek(s, text);
    if (!s->slots[at]) {
        s->texts[s->n] = text;
        s->slots[at] = (uint32_t)++s->n;
    }
    return (int32_t)s->slots[at] - 1;
}
