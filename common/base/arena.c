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

enum { FIRST_BLOCK = 16 * 1024, KEPT_BLOCK = 1024 * 1024 };

_Static_assert(ARENA_ALIGN % alignof(max_align_t) == 0, "memory is aligned for any type");

/* What an arena's `at` has passed of the last block is not in its `used` yet. */
struct arena_block {
    struct arena_block *next;
    size_t size, used;
    alignas(ARENA_ALIGN) unsigned char data[];
};

/* handed_out - inline, since the last count */
static size_t handed_out(const struct arena *a)
{
    return (size_t)(a->at - (a->last->data + a->last->used));
}

/* count_used - what was handed out inline */
static void count_used(struct arena *a)
{
    size_t n = handed_out(a);

    a->last->used += n;
    a->used += n;
}

/* aim - at what is left of the last block and of the limit */
static void aim(struct arena *a)
{
    size_t room = a->last->size - a->last->used;
    size_t allowed = a->limit > a->used ? a->limit - a->used : 0;

    a->at = a->last->data + a->last->used;
    a->left = (room < allowed ? room : allowed) / ARENA_ALIGN * ARENA_ALIGN;
}

/* new_block - one more stretch of memory at the end of the list */
static struct arena_block *new_block(struct arena *a, size_t size)
{
    struct arena_block *b = calloc(1, sizeof(*b) + size);

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
    aim(a);
    return a;
}

/* free_after - wipes and frees the blocks behind b */
static void free_after(struct arena_block *b)
{
    struct arena_block *next = b->next;

    b->next = NULL;
    while (next) {
        struct arena_block *dead = next;

        next = dead->next;
        explicit_bzero(dead->data, dead->used);
        free(dead);
    }
}

/* wipe - all of it; the first block stays */
static void wipe(struct arena *a)
{
    count_used(a);
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
    struct arena_block *small = a->first;
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
    aim(a);
}

/* arena_set_limit - for the next allocations */
void arena_set_limit(struct arena *a, size_t limit_bytes)
{
    count_used(a);
    a->limit = limit_bytes;
    aim(a);
}

/* arena_alloc_anew - from the next block where the last one is full; NULL when the limit is reached
 */
void *arena_alloc_anew(struct arena *a, size_t size)
{
    struct arena_block *b = a->last;
    size_t need;
    void *p;

    count_used(a);
    if (size > SIZE_MAX / 2 || size > a->limit || a->used > a->limit - size) {
        a->exhausted = true;
        return NULL;
    }
    need = (size + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
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
    aim(a);
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
    return arena_memdup(a, s, strlen(s) + 1);
}

/* arena_vprintf - formatted into what is left of the block, again where that is too small */
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
    const struct arena_block *b = a->last;
    size_t room = (size_t)(b->data + b->size - a->at);
    char *s = (char *)a->at, *out;
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

/* arena_room - up to the next power of two */
void *arena_room(struct arena *a, size_t count, size_t size)
{
    size_t capacity = 1;

    while (capacity < count && capacity <= SIZE_MAX / 2)
        capacity *= 2;
    return arena_array(a, capacity, size);
}

/* arena_double - the array is full: its capacity is the power of two at or above count */
void *arena_double(struct arena *a, void *array, size_t count, size_t size)
{
    void *bigger;

    if (count == 0)
        return arena_alloc(a, size);
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
    return a->used + handed_out(a);
}
