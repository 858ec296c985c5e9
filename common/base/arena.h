/* arena.h - memory of one message: allocate, never free, reset wipes.
 *
 * An arena has a limit; an allocation over it returns NULL and marks the arena as exhausted, which
 * the caller turns into ERR_REJECT ("size"). Memory is zeroed, aligned for any type. Reset clears
 * with explicit_bzero because messages hold patient data. Not thread safe: one arena, one thread.
 */
#ifndef CC_BASE_ARENA_H
#define CC_BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

enum { ARENA_ALIGN = 16 };

/* Open only for the inline parts below: a message makes many small allocations. */
struct arena {
    unsigned char *at; /* handed out next */
    size_t left;       /* behind it, within block and limit; a multiple of ARENA_ALIGN */
    struct arena_block *first, *last;
    size_t limit, used; /* used: without what was handed out inline */
    bool exhausted;
};

struct arena *arena_new(size_t limit_bytes); /* NULL: out of memory */
void arena_free(struct arena *a);            /* accepts NULL; wipes first */
void arena_reset(struct arena *a);           /* wipes; keeps one block */
void arena_set_limit(struct arena *a, size_t limit_bytes);

void *arena_alloc_anew(struct arena *a, size_t size); /* where `left` may not do */
/* NULL: over the limit */
static inline void *arena_alloc(struct arena *a, size_t size)
{
    size_t need = (size + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
    void *p = a->at;

    if (size > a->left)
        return arena_alloc_anew(a, size);
    a->at += need;
    a->left -= need;
    return p;
}
void *arena_array(struct arena *a, size_t count, size_t size);
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t n);
void *arena_memdup(struct arena *a, const void *p, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap);

/* Memory beside the arena was out (a buf that failed): what would be made of it is less than it
 * should be. */
static inline void arena_give_out(struct arena *a)
{
    a->exhausted = true;
}

bool arena_exhausted(const struct arena *a); /* some allocation failed since the last reset */
size_t arena_used(const struct arena *a);

/* An array with room for `count`, which arena_grow goes on with once so many are in use. */
void *arena_room(struct arena *a, size_t count, size_t size);
void *arena_double(struct arena *a, void *array, size_t count, size_t size);
/* Makes room for one more in an array of pointers or values that grows by doubling (protobuf-c's
 * n_x / x pairs): returns the array, moved if need be, or NULL over the limit. `count` is the
 * number in use. */
static inline void *arena_grow(struct arena *a, void *array, size_t count, size_t size)
{
    return count & (count - 1) ? array : arena_double(a, array, count, size);
}

#endif
