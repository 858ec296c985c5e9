/* starve.c - the real allocations, with a failure between
 *
 * An arena hands out inline what is left of its block. Here nothing is ever left, so that each
 * allocation comes by. */
#include "tests/starve/starve.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "common/base/arena.h"

static _Atomic int armed = -1; /* of enum starve_kind; -1: nothing is counted */
static enum starve_how manner;
static _Atomic size_t seen, fails_at;
static atomic_bool hit, paused;

/* starve_begin - see starve.h */
void starve_begin(enum starve_kind kind, enum starve_how how, size_t n)
{
    seen = 0;
    fails_at = n;
    hit = false;
    manner = how;
    armed = (int)kind;
}

/* starve_pause - see starve.h */
void starve_pause(bool pause)
{
    paused = pause;
}

/* starve_end - see starve.h */
size_t starve_end(bool *failed)
{
    armed = -1;
    if (failed)
        *failed = hit;
    return seen;
}

/* starve_pick - see starve.h */
size_t starve_pick(size_t count, size_t most, size_t turn, size_t i)
{
    if (getenv("STARVE") || count <= most)
        return i < count ? i + 1 : 0;
    return i < most ? 1 + (i * count / most + turn) % count : 0;
}

/* fails - is it this one's turn? */
static bool fails(enum starve_kind kind)
{
    size_t n;

    if (armed != (int)kind || paused)
        return false;
    n = ++seen;
    if (!fails_at || n < fails_at || (manner == STARVE_ONCE && n > fails_at))
        return false;
    hit = true;
    return true;
}

void *__real_malloc(size_t n);
void *__real_calloc(size_t count, size_t n);
void *__real_realloc(void *p, size_t n);
char *__real_strdup(const char *s);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t count, size_t n);
void *__wrap_realloc(void *p, size_t n);
char *__wrap_strdup(const char *s);

/* __wrap_malloc - or NULL */
void *__wrap_malloc(size_t n)
{
    return fails(STARVE_MALLOC) ? NULL : __real_malloc(n);
}

/* __wrap_calloc - or NULL */
void *__wrap_calloc(size_t count, size_t n)
{
    return fails(STARVE_MALLOC) ? NULL : __real_calloc(count, n);
}

/* __wrap_realloc - or NULL */
void *__wrap_realloc(void *p, size_t n)
{
    return fails(STARVE_MALLOC) ? NULL : __real_realloc(p, n);
}

/* __wrap_strdup - or NULL */
char *__wrap_strdup(const char *s)
{
    return fails(STARVE_MALLOC) ? NULL : __real_strdup(s);
}

struct arena *__real_arena_new(size_t limit);
void __real_arena_reset(struct arena *a);
void __real_arena_set_limit(struct arena *a, size_t limit);
void *__real_arena_alloc_anew(struct arena *a, size_t size);
void *__real_arena_array(struct arena *a, size_t count, size_t size);
void *__real_arena_room(struct arena *a, size_t count, size_t size);
void *__real_arena_double(struct arena *a, void *array, size_t count, size_t size);
void *__real_arena_memdup(struct arena *a, const void *p, size_t n);
char *__real_arena_strdup(struct arena *a, const char *s);
char *__real_arena_strndup(struct arena *a, const char *s, size_t n);
char *__real_arena_vprintf(struct arena *a, const char *fmt, va_list ap);
struct arena *__wrap_arena_new(size_t limit);
void __wrap_arena_reset(struct arena *a);
void __wrap_arena_set_limit(struct arena *a, size_t limit);
void *__wrap_arena_alloc_anew(struct arena *a, size_t size);
void *__wrap_arena_array(struct arena *a, size_t count, size_t size);
void *__wrap_arena_room(struct arena *a, size_t count, size_t size);
void *__wrap_arena_double(struct arena *a, void *array, size_t count, size_t size);
void *__wrap_arena_memdup(struct arena *a, const void *p, size_t n);
char *__wrap_arena_strdup(struct arena *a, const char *s);
char *__wrap_arena_strndup(struct arena *a, const char *s, size_t n);
char *__wrap_arena_vprintf(struct arena *a, const char *fmt, va_list ap);
char *__wrap_arena_printf(struct arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* starved - is this allocation of an arena the one? Then the arena says so. */
static bool starved(struct arena *a)
{
    if (!fails(STARVE_ARENA))
        return false;
    a->exhausted = true;
    return true;
}

/* drained - nothing is left to be handed out inline */
static void *drained(struct arena *a, void *p)
{
    a->left = 0;
    return p;
}

/* __wrap_arena_new - drained */
struct arena *__wrap_arena_new(size_t limit)
{
    struct arena *a = __real_arena_new(limit);

    if (a)
        drained(a, NULL);
    return a;
}

/* __wrap_arena_reset - drained */
void __wrap_arena_reset(struct arena *a)
{
    __real_arena_reset(a);
    drained(a, NULL);
}

/* __wrap_arena_set_limit - drained */
void __wrap_arena_set_limit(struct arena *a, size_t limit)
{
    __real_arena_set_limit(a, limit);
    drained(a, NULL);
}

/* __wrap_arena_alloc_anew - or NULL */
void *__wrap_arena_alloc_anew(struct arena *a, size_t size)
{
    return starved(a) ? NULL : drained(a, __real_arena_alloc_anew(a, size));
}

/* __wrap_arena_array - or NULL */
void *__wrap_arena_array(struct arena *a, size_t count, size_t size)
{
    return starved(a) ? NULL : drained(a, __real_arena_array(a, count, size));
}

/* __wrap_arena_room - or NULL */
void *__wrap_arena_room(struct arena *a, size_t count, size_t size)
{
    return starved(a) ? NULL : drained(a, __real_arena_room(a, count, size));
}

/* __wrap_arena_double - or NULL */
void *__wrap_arena_double(struct arena *a, void *array, size_t count, size_t size)
{
    return starved(a) ? NULL : drained(a, __real_arena_double(a, array, count, size));
}

/* __wrap_arena_memdup - or NULL */
void *__wrap_arena_memdup(struct arena *a, const void *p, size_t n)
{
    return starved(a) ? NULL : drained(a, __real_arena_memdup(a, p, n));
}

/* __wrap_arena_strdup - or NULL */
char *__wrap_arena_strdup(struct arena *a, const char *s)
{
    return starved(a) ? NULL : drained(a, __real_arena_strdup(a, s));
}

/* __wrap_arena_strndup - or NULL */
char *__wrap_arena_strndup(struct arena *a, const char *s, size_t n)
{
    return starved(a) ? NULL : drained(a, __real_arena_strndup(a, s, n));
}

/* __wrap_arena_vprintf - or NULL */
char *__wrap_arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
    return starved(a) ? NULL : drained(a, __real_arena_vprintf(a, fmt, ap));
}

/* __wrap_arena_printf - or NULL */
char *__wrap_arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list ap;
    char *s;

    va_start(ap, fmt);
    s = __wrap_arena_vprintf(a, fmt, ap);
    va_end(ap);
    return s;
}
