/* validate_bench.c - pure validation: claims a second on one core, claims of 5 lines and 4
 * diagnoses
 *
 * Over the sample tables of the cases, or over a folder of real ones: validate_bench DIR. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/base/date.h"
#include "services/validator/cases/case.h"

enum { CLAIMS = 64, ROUNDS = 400 };

static const char *const codes[] = {"99214", "83036", "20610", "80053",
                                    "93000", "11042", "J1885", "82947"};
static const char *const dx[] = {"E1165", "I10", "E119", "I509", "N185", "M1711", "Z794", "R0902"};

/* vary - the i-th claim: five lines over two days, four diagnoses */
static CcClaim *vary(unsigned i, struct arena *a, struct case_options *o, struct err *e)
{
    char changes[1024];
    CcClaim *c = case_claim('P', a, o, e);
    int n = snprintf(changes, sizeof(changes),
                     "diagnoses#4; lines#5; claim_id=B%07u; charge_cents=36500", i);

    for (unsigned k = 0; k < 4; k++)
        n += snprintf(changes + n, sizeof(changes) - (size_t)n, "; D%u.rank=%u; D%u.code=%s", k + 1,
                      k + 1, k + 1, dx[(i + k) % 8]);
    for (unsigned k = 0; k < 5; k++)
        n += snprintf(changes + n, sizeof(changes) - (size_t)n,
                      "; L%u.number=%u; L%u.control=B%07uL%u; L%u.code=%s; L%u.modifiers=; "
                      "L%u.pointers=%u,%u; "
                      "L%u.from_date=%d; L%u.thru_date=%d",
                      k + 1, k + 1, k + 1, i, k + 1, k + 1, codes[(i * 3 + k) % 8], k + 1, k + 1,
                      k % 4 + 1, (k + 1) % 4 + 1, k + 1, 20260325 + (int)(k / 3), k + 1,
                      20260325 + (int)(k / 3));
    return c && case_change(c, o, changes, a, e) == 0 ? c : NULL;
}

/* cpu_us - of this process: a shared machine does not count against it */
static int64_t cpu_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* measure - all claims, round after round */
static int measure(const struct tables *t, CcClaim *const *claims, int32_t received)
{
    struct validator_options o = {.received_date = received, .warn_days = 15};
    struct arena *a = arena_new((size_t)1 << 24);
    size_t findings = 0, n = 0;
    int64_t began = cpu_us(), us;

    for (int round = 0; a && round < ROUNDS; round++)
        for (int i = 0; i < CLAIMS; i++) {
            struct validator_result r;
            struct err e = {0};

            arena_reset(a);
            if (validator_check(claims[i], t, &o, a, &r, &e) != 0)
                return fprintf(stderr, "%s\n", e.text), 1;
            findings += r.n_findings;
            n++;
        }
    us = cpu_us() - began;
    printf("%zu claims of 5 lines and 4 diagnoses, %.2f findings each: %.0f claims/s, %.2f us a "
           "claim\n",
           n, (double)findings / (double)n, (double)n * 1e6 / (double)us, (double)us / (double)n);
    arena_free(a);
    return 0;
}

/* open_tables - the sample tables, or a folder */
static struct tables *open_tables(const char *dir, struct err *e)
{
    struct tables *t = dir ? tables_new() : case_tables(TABLE_MAX, e);

    if (t && dir && tables_add_folder(t, dir, e) != 0) {
        tables_free(t);
        return NULL;
    }
    return t;
}

int main(int argc, char **argv)
{
    struct err e = {0};
    struct tables *t = open_tables(argc > 1 ? argv[1] : NULL, &e);
    struct arena *a = arena_new((size_t)1 << 26);
    struct case_options o = {0};
    CcClaim *claims[CLAIMS];
    int result;

    for (unsigned i = 0; t && a && i < CLAIMS; i++)
        if (!(claims[i] = vary(i, a, &o, &e)))
            t = NULL;
    if (!t || !a) {
        fprintf(stderr, "%s\n", e.text);
        return 1;
    }
    result = measure(t, claims, o.received_date);
    arena_free(a);
    tables_free(t);
    return result;
}
