/* sim_main.c - many seeds, each in a process of its own, compared with the undisturbed run
 *
 * - sim test: the short form: some seeds, their replay, and that each breakage is found
 * - sim seeds FROM COUNT: faults of each kind, seeds a second, the seeds that failed
 * - sim seed N [trace]: one of them again, and every event of it
 * - sim only FAULTS FROM COUNT, sim sabotage NAME FROM COUNT: as seeds, to look for a cause
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/sim/child.h"
#include "tests/sim/libc.h"
#include "tests/sim/sim.h"
#include "tests/sim/world.h"

enum { TEST_SEEDS = 12, FOUND_WITHIN = 60, REGRESSION_SEEDS = 4, TELL = 500 };

/* What seeds gave. */
struct total {
    uint64_t seeds, failed, first_failed, faults[FAULT_MAX], calls, records;
};

/* seconds - of the real clock */
static double seconds(void)
{
    struct timespec t;

    __real_clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* add_up - one more seed; of many, a line now and then */
static void add_up(void *arg, uint64_t seed, const struct outcome *o)
{
    struct total *t = arg;

    t->seeds++;
    t->calls += o->calls;
    t->records += o->records;
    for (int f = 0; f < FAULT_MAX; f++)
        t->faults[f] += o->faults[f];
    if (o->failed) {
        if (!t->failed++)
            t->first_failed = seed;
        printf("seed %llu failed: %s\n", (unsigned long long)seed, o->why);
    }
    if (t->seeds % TELL == 0)
        printf("%llu seeds, %llu failed so far\n", (unsigned long long)t->seeds,
               (unsigned long long)t->failed);
    fflush(stdout);
}

/* print_total - faults, seeds a second */
static void print_total(const struct total *t, double took_s)
{
    for (int f = 0; f < FAULT_MAX; f++)
        printf("  %-15s %10llu  %s\n", fault_rows[f].name, (unsigned long long)t->faults[f],
               fault_rows[f].help);
    printf("%llu seeds, %.1f a second; %.0f calls and %.0f records each\n",
           (unsigned long long)t->seeds, (double)t->seeds / took_s,
           (double)t->calls / (double)t->seeds, (double)t->records / (double)t->seeds);
}

/* print_summary - the line that make test collects */
static int print_summary(uint64_t passed, uint64_t failed)
{
    printf("sim: %llu passed, %llu failed, 0 skipped\n", (unsigned long long)passed,
           (unsigned long long)failed);
    return failed != 0;
}

/* run_seeds - with everything that is said of them */
static int run_seeds(const struct child_options *o, uint64_t from, uint64_t n)
{
    struct total t = {0};
    double began = seconds();

    if (n == 0)
        return 2;
    children_run(o, from, n, add_up, &t);
    print_total(&t, seconds() - began);
    if (t.failed)
        printf("again: make sim SEED=%llu V=1\n", (unsigned long long)t.first_failed);
    return print_summary(t.seeds - t.failed, t.failed);
}

/* found - some seed of a few must find a breakage */
static bool found(enum sabotage s)
{
    struct child_options o = {.sabotage = s, .only = sabotage_rows[s].only};

    for (uint64_t seed = 1; seed <= FOUND_WITHIN; seed++) {
        const struct outcome *out = child_run(&o, seed);

        if (out->failed) {
            printf("  %-11s found by seed %llu: %.70s\n", sabotage_rows[s].name,
                   (unsigned long long)seed, out->why);
            return true;
        }
    }
    printf("  %-11s NOT FOUND within %d seeds: %s\n", sabotage_rows[s].name, FOUND_WITHIN,
           sabotage_rows[s].help);
    return false;
}

/* replays - the same seed is the same run, to the last call */
static bool replays(uint64_t seed)
{
    static const struct child_options o = {.sabotage = SABOTAGE_NONE};
    struct outcome *first = malloc(sizeof(*first));
    const struct outcome *again;
    bool same;

    if (!first)
        return false;
    memcpy(first, child_run(&o, seed), sizeof(*first));
    again = child_run(&o, seed);
    same = first->calls == again->calls && first->records == again->records &&
           memcmp(first->faults, again->faults, sizeof(again->faults)) == 0 &&
           strcmp(first->summary, again->summary) == 0;
    free(first);
    printf("  replay      seed %llu %s\n", (unsigned long long)seed,
           same ? "is the same" : "DIFFERS");
    return same;
}

/* What was found once, with the faults that brought it to light. */
static const struct {
    const char *only;
    uint64_t from;
    const char *what;
} regressions[] = {
    {"lost rebalance offsets_abort poll", 26,
     "a batch of timers alone is refused to a member that is out"},
    {"begin", 1, "a tick whose batch does not begin gives back what it had in hand"},
};

/* stays_mended - a few seeds with just these faults */
static bool stays_mended(size_t i)
{
    struct child_options o = {.only = regressions[i].only};
    struct total t = {0};

    children_run(&o, regressions[i].from, REGRESSION_SEEDS, add_up, &t);
    printf("  mended      %s: %s\n", t.failed ? "NO MORE" : "yes", regressions[i].what);
    return t.failed == 0;
}

/* test - the short form */
static int test(void)
{
    static const struct child_options o = {.sabotage = SABOTAGE_NONE};
    uint64_t passed = 0, failed = 0;
    struct total t = {0};

    children_run(&o, 1, TEST_SEEDS, add_up, &t);
    passed = t.seeds - t.failed;
    failed = t.failed;
    *(replays(2) ? &passed : &failed) += 1;
    for (size_t i = 0; i < sizeof(regressions) / sizeof(regressions[0]); i++)
        *(stays_mended(i) ? &passed : &failed) += 1;
    for (int s = SABOTAGE_NONE + 1; s < SABOTAGE_MAX; s++)
        *(found((enum sabotage)s) ? &passed : &failed) += 1;
    return print_summary(passed, failed);
}

/* number - of an argument, or 0 */
static uint64_t number(int argc, char **argv, int i)
{
    return i < argc ? strtoull(argv[i], NULL, 10) : 0;
}

/* sabotage_named - NONE: there is none of this name */
static enum sabotage sabotage_named(const char *name)
{
    int s = SABOTAGE_MAX - 1;

    while (s > SABOTAGE_NONE && strcmp(sabotage_rows[s].name, name) != 0)
        s--;
    return (enum sabotage)s;
}

/* main - what the first word says */
int main(int argc, char **argv)
{
    const char *verb = argc > 1 ? argv[1] : "";
    struct child_options o = {.sabotage = SABOTAGE_NONE};

    world_load();
    children_open();
    if (strcmp(verb, "test") == 0)
        return test();
    if (strcmp(verb, "seeds") == 0)
        return run_seeds(&o, number(argc, argv, 2), number(argc, argv, 3));
    if (strcmp(verb, "seed") == 0) {
        o.trace = argc > 3;
        return run_seeds(&o, number(argc, argv, 2), 1);
    }
    if (argc > 4 && strcmp(verb, "only") == 0) {
        o.only = argv[2];
        o.trace = argc > 5;
        return run_seeds(&o, number(argc, argv, 3), number(argc, argv, 4));
    }
    if (argc > 4 && strcmp(verb, "sabotage") == 0) {
        o.sabotage = sabotage_named(argv[2]);
        o.only = sabotage_rows[o.sabotage].only;
        return run_seeds(&o, number(argc, argv, 3), number(argc, argv, 4));
    }
    fprintf(stderr, "sim test | seeds FROM COUNT | seed N [trace]\n");
    return 2;
}
