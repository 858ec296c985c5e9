/* lives.h - many claims live through follow twice: everything once and in order, then everything
 * twice and in any order. The ends must be the same. */
#ifndef CC_TESTS_LIVES_H
#define CC_TESTS_LIVES_H

#include <stddef.h>
#include <stdint.h>

struct lives {
    uint64_t claims, records; /* lived; handed to follow in the second run */
    uint64_t differ; /* claims whose end is another: state, money in force, money published */
    int64_t cpu_us;  /* of the second run */
    uint64_t first;  /* one that differs */
};

/* Claims [from, from + n) in one follow each run; adds to *out. 0, or -1 when follow fails. */
int lives_run(uint64_t from, unsigned n, uint64_t seed, struct lives *out);

#endif
