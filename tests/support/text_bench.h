/* text_bench.h - a compiled index over small tables of our own in the official layouts */
#ifndef CC_TESTS_TEXT_BENCH_H
#define CC_TESTS_TEXT_BENCH_H

#include "common/text/text.h"
#include "tests/support/loading.h"

enum { TEXT_BENCH_ON = 20260301, TEXT_BENCH_ARENA = 1 << 26 };

/* A row of the order file. */
struct text_bench_order {
    const char *code;
    int billable;
    const char *brief, *full;
};
extern const struct text_bench_order text_bench_orders[]; /* ends with a code NULL */

struct text_bench {
    struct loading l;
    struct text_index *x;
    struct arena *a;
    struct err e;
};

/* Loads and compiles. */
void text_bench_begin(struct text_bench *b);
void text_bench_end(struct text_bench *b);

#endif
