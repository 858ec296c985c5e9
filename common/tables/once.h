/* once.h - equal things kept once, each under its number (inside this room only): an
 * open-addressing table of numbers over an array that grows. */
#ifndef CC_TABLES_ONCE_H
#define CC_TABLES_ONCE_H

#include <stddef.h>
#include <stdint.h>

struct once {
    uint32_t *slots; /* number + 1; 0 = empty */
    size_t n_slots;
    char *items;
    size_t size, n;
};

/* Number of an item of o->size bytes, a multiple of four without holes; it is added when it is new.
 * UINT32_MAX: out of memory. */
uint32_t once_number(struct once *o, const void *item);
void once_release(struct once *o);

#endif
