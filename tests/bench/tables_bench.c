/* tables_bench.c - 2.5 million synthetic code pairs: writing, opening, lookups, memory; and a swap
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/tables/sheet.h"
#include "common/tables/tables.h"

enum { PAIRS = 2500000, PER_CODE = 250, ASKED = 1 << 20, ROUNDS = 8 };

static const char letters[] = "0123456789ABCDEFGHJKLMNPQRSTUVWX";

/* next - xorshift: the same questions each time */
static uint64_t next(uint64_t *s)
{
    *s ^= *s << 13;
    *s ^= *s >> 7;
    *s ^= *s << 17;
    return *s;
}

/* code_of - five characters of a number below 2^25 */
static void code_of(uint32_t n, char out[6])
{
    for (int i = 4; i >= 0; i--, n >>= 5)
        out[i] = letters[n & 31];
    out[5] = '\0';
}

/* second_of - the j-th partner of the i-th code */
static uint32_t second_of(uint32_t i, uint32_t j)
{
    return (i * 7 + j * 131) & ((1u << 25) - 1);
}

/* fill - pairs as a quarter's file has them: codes in order, windows, a dozen rationales */
static void fill(struct sheet *s)
{
    static const char *const why[] = {
        "Standards of medical/surgical practice", "More extensive procedure",
        "Misuse of Column Two code with Column One code", "Mutually exclusive procedures"};
    char a[6], b[6];

    for (uint32_t i = 0; i < PAIRS / PER_CODE; i++) {
        for (uint32_t j = 0; j < PER_CODE; j++) {
            code_of(i * 17, a);
            code_of(second_of(i, j), b);
            sheet_row(s, span_of(a), span_of(b), 20040101 + (int32_t)(j % 3) * 10000,
                      j % 3 ? 0 : 20191231);
            sheet_text(s, j & 1 ? "1" : "0");
            sheet_text(s, why[j & 3]);
            sheet_end(s);
        }
    }
}

/* cpu_us - of this process: other work on the machine does not count */
static int64_t cpu_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* rss_kb - resident memory of this process */
static long rss_kb(void)
{
    FILE *f = fopen("/proc/self/statm", "r");
    long size = 0, rss = 0;

    if (f) {
        if (fscanf(f, "%ld %ld", &size, &rss) != 2)
            rss = 0;
        fclose(f);
    }
    return rss * (sysconf(_SC_PAGESIZE) / 1024);
}

/* questions - pairs to ask for, prepared so that only lookups are measured; one in `hit_of` is
 * there */
static void questions(char (*keys)[2][6], unsigned hit_of)
{
    uint64_t seed = 88172645463325252u;

    for (size_t i = 0; i < ASKED; i++) {
        uint32_t a = (uint32_t)(next(&seed) % (PAIRS / PER_CODE)),
                 j = (uint32_t)(next(&seed) % PER_CODE);

        code_of(a * 17, keys[i][0]);
        code_of(i % hit_of ? (uint32_t)next(&seed) & ((1u << 25) - 1) : second_of(a, j),
                keys[i][1]);
    }
}

/* way_to_memory - nanoseconds of one access that must wait for the one before, in as many bytes as
 * the table has */
static double way_to_memory(void)
{
    enum { BYTES = 64 << 20, STEP = 16, STEPS = 1 << 20 };
    uint32_t *chain = malloc(BYTES);
    size_t n = BYTES / (STEP * sizeof(*chain));
    uint64_t seed = 88172645463325252u;
    volatile uint32_t at = 0;
    int64_t us;

    if (!chain)
        return 0;
    for (size_t i = 0; i < n; i++)
        chain[i * STEP] = (uint32_t)i;
    for (size_t i = n - 1; i > 0; i--) {
        size_t k = next(&seed) % i;
        uint32_t x = chain[i * STEP];

        chain[i * STEP] = chain[k * STEP];
        chain[k * STEP] = x;
    }
    us = cpu_us();
    for (int i = 0; i < STEPS; i++)
        at = chain[(size_t)at * STEP];
    us = cpu_us() - us;
    free(chain);
    return 1000.0 * (double)us / STEPS;
}

/* find - one pair */
static bool find(const struct tables *t, char (*key)[6])
{
    struct table_row r;

    return tables_find(t, TABLE_PTP_PRACTITIONER, key[0], key[1], 20260301, &r) == LOOKUP_FOUND;
}

/* ask - nanoseconds a lookup: one after the other, or a claim's twenty pairs hinted at first */
static void ask(const struct tables *t, const char *name, unsigned hit_of, size_t hinted)
{
    char(*keys)[2][6] = malloc(sizeof(*keys) * ASKED);
    size_t found = 0;
    int64_t us;

    if (!keys)
        return;
    questions(keys, hit_of);
    us = cpu_us();
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < ASKED; i++) {
            for (size_t k = i; hinted && i % hinted == 0 && k < i + hinted && k < ASKED; k++)
                tables_hint(t, TABLE_PTP_PRACTITIONER, keys[k][0], keys[k][1], 20260301);
            found += find(t, keys[i]);
        }
    }
    us = cpu_us() - us;
    printf("lookup, %s, %-12s %6.1f ns (%.1f %% found)\n", name, hinted ? "hinted" : "one by one",
           1000.0 * (double)us / ((double)ASKED * ROUNDS),
           100.0 * (double)found / ((double)ASKED * ROUNDS));
    free(keys);
}

/* main - the figures; times are the processor's */
int main(void)
{
    struct snapshot_head h = {
        .table = TABLE_PTP_PRACTITIONER, .from = 19960101, .starts = 19960101, .reach = 19960101};
    struct sheet s;
    struct err e = {0};
    struct buf b;
    struct tables *t = tables_new();
    int64_t us = cpu_us();
    long before;

    str_copy(h.edition, sizeof(h.edition), "2026q4");
    memset(h.source_sha256, '0', 64);
    buf_init(&b);
    sheet_init(&s, TABLE_PTP_PRACTITIONER);
    fill(&s);
    if (sheet_write(&s, &h, &b, &e) != 0)
        return fprintf(stderr, "%s\n", e.text), 1;
    sheet_release(&s);
    printf("%zu pairs, snapshot %.1f MB, written in %.2f s\n", h.rows, (double)b.len / 1e6,
           (double)(cpu_us() - us) / 1e6);
    b.data = realloc(b.data, b.len + 1);
    before = rss_kb() - (long)(b.len / 1024);
    us = cpu_us();
    if (tables_add_buf(t, &b, NULL, &e) != 0)
        return fprintf(stderr, "%s\n", e.text), 1;
    printf("opened, checked and indexed in %.2f s; held in %.1f MB\n",
           (double)(cpu_us() - us) / 1e6, (double)(rss_kb() - before) / 1024);
    printf("one access to memory on this machine now: %.0f ns\n", way_to_memory());
    ask(t, "12 % there", 8, 0);
    ask(t, "12 % there", 8, 20);
    ask(t, "all there ", 1, 0);
    ask(t, "all there ", 1, 20);
    us = cpu_us();
    tables_free(t);
    printf("let go in %.2f ms\n", (double)(cpu_us() - us) / 1e3);
    return 0;
}
