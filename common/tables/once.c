/* once.c - equal things once */
#include "common/tables/once.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* hash_item - FNV-1a over four bytes at a time */
static uint64_t hash_item(const char *p, size_t n)
{
    uint64_t h = 14695981039346656037u;

    for (size_t i = 0; i < n; i += 4) {
        uint32_t w;

        memcpy(&w, p + i, sizeof(w));
        h = (h ^ w) * 1099511628211u;
    }
    return h ^ h >> 29;
}

/* once_grow - to twice as many slots; the array with them */
static bool once_grow(struct once *o)
{
    size_t n_slots = o->n_slots ? o->n_slots * 2 : 1024;
    uint32_t *slots = calloc(n_slots, sizeof(*slots));
    char *items = slots ? realloc(o->items, n_slots / 2 * o->size) : NULL;

    if (!items) {
        free(slots);
        return false;
    }
    o->items = items;
    for (size_t i = 0; i < o->n; i++) {
        size_t at = hash_item(items + i * o->size, o->size) & (n_slots - 1);

        while (slots[at])
            at = (at + 1) & (n_slots - 1);
        slots[at] = (uint32_t)i + 1;
    }
    free(o->slots);
    o->slots = slots;
    o->n_slots = n_slots;
    return true;
}

/* once_number - of an item; UINT32_MAX: out of memory */
uint32_t once_number(struct once *o, const void *item)
{
    size_t at;

    if (o->n * 2 >= o->n_slots && !once_grow(o))
        return UINT32_MAX;
    at = hash_item(item, o->size) & (o->n_slots - 1);
    for (; o->slots[at]; at = (at + 1) & (o->n_slots - 1))
        if (memcmp(o->items + (o->slots[at] - 1) * o->size, item, o->size) == 0)
            return o->slots[at] - 1;
    memcpy(o->items + o->n * o->size, item, o->size);
    o->slots[at] = (uint32_t)++o->n;
    return (uint32_t)o->n - 1;
}

/* once_release - the array too, unless it was taken over */
void once_release(struct once *o)
{
    free(o->slots);
    free(o->items);
}
