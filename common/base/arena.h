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

struct arena;

struct arena *arena_new(size_t limit_bytes); /* NULL: out of memory */
void arena_free(struct arena *a);            /* accepts NULL; wipes first */
void arena_reset(struct arena *a);           /* wipes; keeps one block */
void arena_set_limit(struct arena *a, size_t limit_bytes);

void *arena_alloc(struct arena *a, size_t size); /* NULL: over the limit */
void *arena_array(struct arena *a, size_t count, size_t size);
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t n);
void *arena_memdup(struct arena *a, const void *p, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap);

bool arena_exhausted(const struct arena *a); /* some allocation failed since the last reset */
size_t arena_used(const struct arena *a);

/* Makes room for one more in an array of pointers or values that grows by doubling (protobuf-c's
 * n_x / x pairs): returns the array, moved if need be, or NULL over the limit. `count` is the
 * number in use. */
void *arena_grow(struct arena *a, void *array, size_t count, size_t size);

#endif
