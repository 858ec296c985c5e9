/* random.c - numbers that follow from the seed (splitmix64) */
#include "tests/sim/sim.h"

static uint64_t at;

/* random_seed - begins */
void random_seed(uint64_t seed)
{
    at = seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
}

/* next - 64 bits */
static uint64_t next(void)
{
    uint64_t z = at += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/* random_below - the bias of a remainder does not matter here */
uint64_t random_below(uint64_t n)
{
    return n ? next() % n : 0;
}

/* random_between - both ends included */
int64_t random_between(int64_t low, int64_t high)
{
    return low + (int64_t)random_below((uint64_t)(high - low) + 1);
}
