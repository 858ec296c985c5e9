/* code_set.h - a set of codes: single ones, ranges and prefixes, as sorted stretches of numbers.
 *
 * A code of at most eight letters and digits is the number its bytes make, the first one highest
 * (the validator's keys): numbers sort as codes do, a prefix and a range are both one stretch. A
 * set is written as items joined by ";" or ",":
 *   70551          that code        E11.9 = E119: dots and case do not matter
 *   J*             all that begin so
 *   70551-70553    (or 70551..70553) a range, and what begins with its last code (E08-E13 holds
 * E13.9)  */
#ifndef CC_RULES_CODE_SET_H
#define CC_RULES_CODE_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/err.h"
#include "common/base/str.h"

struct code_range {
    uint64_t low, high;
};

/* Which codes may be there, by their first characters: sets whose masks do not meet share no code.
 */
struct code_mask {
    uint64_t bits[4];
};

struct code_set {
    struct code_range *ranges; /* sorted, apart from each other */
    size_t n, cap;
    struct code_mask mask; /* of all codes it may hold */
};

void code_set_release(struct code_set *s);

/* Adds what one item says; -1 with "expected …" in *e. code_set_finish must follow. */
int code_set_add(struct code_set *s, struct span item, struct err *e);
/* Adds a whole list, and finishes. */
int code_set_parse(struct code_set *s, struct span list, struct err *e);
void code_set_finish(struct code_set *s); /* sorts and joins */

bool code_set_has(const struct code_set *s, uint64_t key); /* key 0: no code, never */

/* The number of a code; 0: empty or over eight bytes. */
uint64_t code_key(const char *code);
/* The same of a literal, where a constant is needed: lists of codes that checks hold themselves. */
#define CODE_KEY(s)                                                                                \
    (CODE_KEY_BYTE(s, 0) | CODE_KEY_BYTE(s, 1) | CODE_KEY_BYTE(s, 2) | CODE_KEY_BYTE(s, 3) |       \
     CODE_KEY_BYTE(s, 4) | CODE_KEY_BYTE(s, 5) | CODE_KEY_BYTE(s, 6) | CODE_KEY_BYTE(s, 7))
/* The last number of those that begin with a literal. */
#define CODE_KEY_LAST(s)                                                                           \
    (CODE_KEY(s) | (sizeof(s) < 9 ? UINT64_MAX >> (8 * ((sizeof(s) - 1) & 7)) : 0))
#define CODE_KEY_BYTE(s, i)                                                                        \
    ((uint64_t)(unsigned char)(s)[(i) < sizeof(s) ? (i) : sizeof(s) - 1] << (56 - 8 * (i)))
/* Is a code one of a list in rising order? */
bool code_key_in(uint64_t key, const uint64_t *list, size_t n);
void code_mask_add(struct code_mask *m, uint64_t key);
bool code_mask_meet(const struct code_mask *a, const struct code_mask *b);

#endif
