/* tabular_set.c - references that the program holds itself, compiled once
 *
 * Rules name hundreds of sets of codes by literals and ask them for every visit. What a literal
 * says never changes, so its compiled form is kept for the life of the process under the literal's
 * address, all that a first look needs in one line of the cache. Texts that do not lie in the
 * program's image are not kept: their memory may say something else the next time. */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "common/rules/code_set.h"
#include "common/tables/outline.h"

enum { SLOTS = 4096, PROBES = 64, DIGITS = 10, LINE = 64 };

/* Taken by whoever sets `taken` first, and found by `refs`, which is set last. */
struct tabular_set {
    _Alignas(LINE) _Atomic(const char *) refs;
    struct tabular_places places;
    struct reference *items;
    uint32_t n;
    atomic_bool taken;
};

extern char edata; /* behind all that the program was begun with, see end(3) */

/* place_of - by the first two characters of a code, in the order of codes */
static unsigned place_of(uint64_t key)
{
    unsigned first = (unsigned)(key >> 56), second = (unsigned)(key >> 48) & 0xFF;

    first = first < 'A' ? 0 : first > 'Z' ? 25 : first - 'A';
    second = second < '0' ? 0 : second > '9' ? 9 : second - '0';
    return first * DIGITS + second;
}

/* tabular_category - its place, and the third character */
size_t tabular_category(uint64_t code)
{
    unsigned third = (unsigned)(code >> 40) & 0xFF;

    third = third < '0' ? 0 : third > '9' ? DIGITS : third - '0';
    return (size_t)place_of(code) * (DIGITS + 1) + third;
}

/* put - one place more */
static void put(struct tabular_places *p, unsigned place)
{
    p->bits[place / 64] |= (uint64_t)1 << (place % 64);
}

/* tabular_places_add - of one code */
void tabular_places_add(struct tabular_places *p, uint64_t code)
{
    put(p, place_of(code));
}

/* tabular_places_meet - in any place */
bool tabular_places_meet(const struct tabular_places *x, const struct tabular_places *y)
{
    const uint64_t *a = x->bits, *b = y->bits;

    return ((a[0] & b[0]) | (a[1] & b[1]) | (a[2] & b[2]) | (a[3] & b[3]) | (a[4] & b[4])) != 0;
}

/* reference_places - from the first code to the last */
void reference_places(const struct reference *r, struct tabular_places *p)
{
    for (unsigned at = place_of(r->low); r->low <= r->high && at <= place_of(r->high); at++)
        put(p, at);
}

/* compile - the items and their places; false: out of memory */
static bool compile(struct tabular_set *s, struct span list)
{
    size_t n = 1;

    for (size_t i = 0; i < list.n; i++)
        n += list.p[i] == ';';
    s->items = calloc(n, sizeof(*s->items));
    while (s->items && list.n) {
        struct reference r = reference_next(&list);

        if (r.low > r.high)
            continue;
        s->items[s->n++] = r;
        reference_places(&r, &s->places);
    }
    return s->items != NULL;
}

/* keep - a new one in a slot that was empty; NULL: another thread took it, or out of memory */
static const struct tabular_set *keep(struct tabular_set *s, const char *refs)
{
    if (atomic_exchange(&s->taken, true) || !compile(s, span_of(refs)))
        return NULL;
    atomic_store_explicit(&s->refs, refs, memory_order_release);
    return s;
}

/* tabular_set_of - the kept one */
const struct tabular_set *tabular_set_of(const char *refs)
{
    static struct tabular_set slots[SLOTS];
    size_t at = (size_t)((uintptr_t)refs * 0x9E3779B97F4A7C15U >> 40);

    for (size_t i = 0; i < PROBES && refs < &edata; i++) {
        struct tabular_set *s = &slots[(at + i) % SLOTS];
        const char *its = atomic_load_explicit(&s->refs, memory_order_acquire);

        if (its == refs)
            return s;
        if (!its && !atomic_load(&s->taken))
            return keep(s, refs);
    }
    return NULL;
}

/* tabular_set_places - where its codes are */
const struct tabular_places *tabular_set_places(const struct tabular_set *s)
{
    return &s->places;
}

/* tabular_set_has - any item */
bool tabular_set_has(const struct tabular_set *s, uint64_t code)
{
    for (uint32_t i = 0; code && i < s->n; i++)
        if (reference_names(&s->items[i], code))
            return true;
    return false;
}

/* tabular_set_categories - from the item's first code to its last */
bool tabular_set_categories(const struct tabular_set *s, size_t i, size_t *from, size_t *to)
{
    if (i >= s->n)
        return false;
    *from = tabular_category(s->items[i].low);
    *to = tabular_category(s->items[i].high);
    return true;
}
