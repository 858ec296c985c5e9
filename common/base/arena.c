/* arena.c - blocks that double, handed out front to back
 *
 * Memory is zero when a block is made and is wiped when it is given up, so that handing out need
 * not clear it. After a reset the arena goes on with one block as large as what was used last, so
 * that messages of one size soon ask malloc for nothing. */
#include "common/base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 16 * 1024, KEPT_BLOCK = 1024 * 1024, ALIGNMENT = alignof(max_align_t) };

struct block {
    struct block *next;
    size_t size, used;
    alignas(max_align_t) unsigned char data[];
};

struct arena {
    struct block *first, *last;
    size_t limit, used;
    bool exhausted;
};

/* new_block - one more stretch of memory at the end of the list */
static struct block *new_block(struct arena *a, size_t size)
{
    struct block *b = calloc(1, sizeof(*b) + size);

    if (!b)
        return NULL;
    b->size = size;
    if (a->last)
        a->last->next = b;
    else
        a->first = b;
    a->last = b;
    return b;
}

/* arena_new - an empty arena */
struct arena *arena_new(size_t limit_bytes)
{
    struct arena *a = calloc(1, sizeof(*a));

    if (!a)
        return NULL;
    a->limit = limit_bytes;
    if (!new_block(a, FIRST_BLOCK)) {
        free(a);
        return NULL;
    }
    return a;
}

/* free_after - wipes and frees the blocks behind b */
static void free_after(struct block *b)
{
    struct block *next = b->next;

    b->next = NULL;
    while (next) {
        struct block *dead = next;

        next = dead->next;
        explicit_bzero(dead->data, dead->used);
        free(dead);
    }
}

/* wipe - all of it; the first block stays */
static void wipe(struct arena *a)
{
    free_after(a->first);
    explicit_bzero(a->first->data, a->first->used);
    a->first->used = 0;
    a->last = a->first;
}

/* arena_free - wipes all and gives it back */
void arena_free(struct arena *a)
{
    if (!a)
        return;
    wipe(a);
    free(a->first);
    free(a);
}

/* widen - the only block, large enough for what was used; the old one is kept when memory is out */
static void widen(struct arena *a)
{
    struct block *small = a->first;
    size_t size = small->size;

    while (size < a->used && size < KEPT_BLOCK)
        size *= 2;
    a->first = a->last = NULL;
    if (new_block(a, size))
        free(small);
    else
        a->first = a->last = small;
}

/* arena_reset - as new, with one block kept */
void arena_reset(struct arena *a)
{
    bool several = a->first->next != NULL;

    wipe(a);
    if (several && a->first->size < KEPT_BLOCK)
        widen(a);
    a->used = 0;
    a->exhausted = false;
}

/* arena_set_limit - for the next allocations */
void arena_set_limit(struct arena *a, size_t limit_bytes)
{
    a->limit = limit_bytes;
}

/* arena_alloc - zeroed memory, or NULL when the limit is reached */
void *arena_alloc(struct arena *a, size_t size)
{
    struct block *b = a->last;
    size_t need;
    void *p;

    if (size > SIZE_MAX / 2 || size > a->limit || a->used > a->limit - size) {
        a->exhausted = true;
        return NULL;
    }
    need = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (need > b->size - b->used) {
        size_t grown = b->size < (size_t)1 << 20 ? b->size * 2 : b->size;

        b = new_block(a, need > grown ? need : grown);
        if (!b) {
            a->exhausted = true;
            return NULL;
        }
    }
    p = b->data + b->used;
    b->used += need;
    a->used += need;
    return p;
}

/* arena_array - count * size, checked */
void *arena_array(struct arena *a, size_t count, size_t size)
{
    size_t total;

    if (__builtin_mul_overflow(count, size, &total)) {
        a->exhausted = true;
        return NULL;
    }
    return arena_alloc(a, total);
}

/* arena_memdup - a copy */
void *arena_memdup(struct arena *a, const void *p, size_t n)
{
    void *copy = arena_alloc(a, n);

    if (copy && n)
        memcpy(copy, p, n);
    return copy;
}

/* arena_strndup - a copy of at most n bytes, ended by a zero */
char *arena_strndup(struct arena *a, const char *s, size_t n)
{
    size_t len = strnlen(s, n);
    char *copy = arena_alloc(a, len + 1);

    if (copy)
        memcpy(copy, s, len);
    return copy;
}

/* arena_strdup - a copy of a string */
char *arena_strdup(struct arena *a, const char *s)
{
    return arena_strndup(a, s, strlen(s));
}

/* arena_vprintf - formatted into what is left of the block, again where that is too small */
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
    struct block *b = a->last;
    size_t room = b->size - b->used;
    char *s = (char *)b->data + b->used, *out;
    va_list again;
    int n;

    va_copy(again, ap);
    n = vsnprintf(room ? s : NULL, room, fmt, again);
    va_end(again);
    out = n < 0 ? NULL : arena_alloc(a, (size_t)n + 1);
    if (out == s)
        return s;
    memset(s, 0, room);
    if (out)
        vsnprintf(out, (size_t)n + 1, fmt, ap);
    return out;
}

/* arena_printf - a formatted string */
char *arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list ap;
    char *s;

    va_start(ap, fmt);
    s = arena_vprintf(a, fmt, ap);
    va_end(ap);
    return s;
}

/* arena_grow - room for one more; capacity is the power of two at or above count */
void *arena_grow(struct arena *a, void *array, size_t count, size_t size)
{
    void *bigger;

    if (count && (count & (count - 1)))
        return array;
    if (count == 0)
        return arena_array(a, 1, size);
    bigger = arena_array(a, count * 2, size);
    if (bigger)
        memcpy(bigger, array, count * size);
    return bigger;
}

/* arena_exhausted - did anything fail since the last reset */
bool arena_exhausted(const struct arena *a)
{
    return a->exhausted;
}

/* arena_used - bytes handed out */
size_t arena_used(const struct arena *a)
{
    return a->used;
}
