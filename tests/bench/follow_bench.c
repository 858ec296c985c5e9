/* follow_bench.c - the life cycle of a million claims through follow: every record twice, shuffled
 * over windows of a thousand claims, against the same records once and in order. BENCH_CLAIMS
 * (default 1000000). Follow reads and writes its state for each record, one record a batch. */
#include <stdio.h>
#include <stdlib.h>

#include "tests/support/lives.h"

/* main - runs, prints, fails where an end differs */
int main(void)
{
    const char *wanted = getenv("BENCH_CLAIMS");
    unsigned long n = wanted ? strtoul(wanted, NULL, 10) : 1000000;
    struct lives l = {0};

    if (n == 0 || n > 100000000 || lives_run(1, (unsigned)n, 1, &l) != 0)
        return 1;
    printf("%llu claims, %llu records shuffled and doubled: %llu ends differ; %.1f us of CPU a "
           "record, %.0f records a CPU second\n",
           (unsigned long long)l.claims, (unsigned long long)l.records,
           (unsigned long long)l.differ, (double)l.cpu_us / (double)l.records,
           (double)l.records * 1e6 / (double)l.cpu_us);
    return l.differ != 0;
}
