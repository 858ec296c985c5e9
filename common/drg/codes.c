/* codes.c - codes to definitions: 74,000 diagnoses in a megabyte */
#include "common/drg/def.h"

#include <stdlib.h>
#include <string.h>

enum { BASE = 37 }; /* digits, letters, and 0 for "no more" */

/* digit_of - 1 to 36; 0: no character of a code */
static unsigned digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0') + 1;
    return c >= 'A' && c <= 'Z' ? (unsigned)(c - 'A') + 11 : 0;
}

/* code_pack - at most seven characters as a number below 2^37 */
uint64_t code_pack(const char *code, size_t n)
{
    uint64_t packed = 0;

    if (n > CODE_CHARS)
        return 0;
    for (size_t i = 0; i < CODE_CHARS; i++) {
        unsigned digit = i < n ? digit_of(code[i]) : 0;

        if (i < n && !digit)
            return 0;
        packed = packed * BASE + digit;
    }
    return packed;
}

/* home - where a code is looked for first */
static size_t home(uint64_t packed, size_t n_slots)
{
    return (size_t)(packed * 0x9E3779B97F4A7C15u >> 40) & (n_slots - 1);
}

/* code_table_make - at most six slots of ten are filled */
int code_table_make(struct code_table *t, const uint64_t *packed, const uint32_t *defs, size_t n)
{
    size_t slots = 64;

    while (slots * 6 < n * 10)
        slots *= 2;
    t->slots = calloc(slots, sizeof(*t->slots));
    if (!t->slots)
        return -1;
    t->n_slots = slots;
    for (size_t i = 0; i < n; i++) {
        size_t at = home(packed[i], slots);

        while (t->slots[at])
            at = (at + 1) & (slots - 1);
        t->slots[at] = packed[i] << SLOT_DEF_BITS | defs[i];
    }
    return 0;
}

/* code_slot - by its characters */
int32_t code_slot(const struct code_table *t, const char *code)
{
    uint64_t packed = code_pack(code, strnlen(code, CODE_CHARS + 1));
    size_t at = home(packed, t->n_slots);

    if (!packed)
        return -1;
    for (; t->slots[at]; at = (at + 1) & (t->n_slots - 1))
        if (t->slots[at] >> SLOT_DEF_BITS == packed)
            return (int32_t)at;
    return -1;
}
