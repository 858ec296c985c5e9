/* seen.c - the ids of the last events: a ring of hashes and an open-addressed index over it
 *
 * Ids are HMACs, so 64 bits of them stand for the whole: two of a million ids meet once in forty
 * million runs. */
#include "services/intake/seen.h"

#include <stdint.h>
#include <stdlib.h>

struct seen {
    uint64_t *ring;  /* in order of arrival */
    uint64_t *slots; /* 0 = free; a power of two of them, at most half full */
    size_t capacity, n, next, mask;
};

/* seen_new - see seen.h */
struct seen *seen_new(size_t capacity)
{
    struct seen *s = calloc(1, sizeof(*s));
    size_t slots = 16;

    if (!s)
        return NULL;
    while (slots < capacity * 2)
        slots *= 2;
    s->capacity = capacity ? capacity : 1;
    s->mask = slots - 1;
    s->ring = calloc(s->capacity, sizeof(*s->ring));
    s->slots = calloc(slots, sizeof(*s->slots));
    if (s->ring && s->slots)
        return s;
    seen_free(s);
    return NULL;
}

/* seen_free - see seen.h */
void seen_free(struct seen *s)
{
    if (!s)
        return;
    free(s->ring);
    free(s->slots);
    free(s);
}

/* hash_of - FNV-1a, never 0 */
static uint64_t hash_of(const char *id)
{
    uint64_t h = 0xcbf29ce484222325u;

    for (; *id; id++)
        h = (h ^ (unsigned char)*id) * 0x100000001b3u;
    return h ? h : 1;
}

/* slot_of - where a hash is, or the free slot where it would go */
static size_t slot_of(const struct seen *s, uint64_t h)
{
    size_t i = (size_t)h & s->mask;

    while (s->slots[i] && s->slots[i] != h)
        i = (i + 1) & s->mask;
    return i;
}

/* remove_slot - and close the gap, so that what probed past it is still found */
static void remove_slot(struct seen *s, size_t gap)
{
    size_t i = gap;

    s->slots[gap] = 0;
    for (;;) {
        size_t home;

        i = (i + 1) & s->mask;
        if (!s->slots[i])
            return;
        home = (size_t)s->slots[i] & s->mask;
        if (((i - home) & s->mask) >= ((i - gap) & s->mask)) {
            s->slots[gap] = s->slots[i];
            s->slots[i] = 0;
            gap = i;
        }
    }
}

/* seen_has - see seen.h */
bool seen_has(const struct seen *s, const char *id)
{
    return s->slots[slot_of(s, hash_of(id))] != 0;
}

/* seen_add - see seen.h */
bool seen_add(struct seen *s, const char *id)
{
    uint64_t h = hash_of(id);

    if (s->slots[slot_of(s, h)])
        return false;
    if (s->n == s->capacity)
        remove_slot(s, slot_of(s, s->ring[s->next]));
    else
        s->n++;
    s->ring[s->next] = h;
    s->next = (s->next + 1) % s->capacity;
    s->slots[slot_of(s, h)] = h;
    return true;
}
