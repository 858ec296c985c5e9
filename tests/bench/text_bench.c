/* text_bench.c - reading notes of 10 KB and looking phrases up, over the official tables where
 * `make accuracy` has left them, else over the seed's */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/sys/file.h"
#include "common/text/text.h"
#include "services/cleanclaim/cmd.h"
#include "tests/support/loading.h"

enum { NOTE = 10240, NOTES = 400, LOOKUPS = 2000, ON = 20260301 };

/* cpu_s - of this process */
static double cpu_s(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* add - a file of the seed */
static int add(void *arg, const struct cmd_file *f)
{
    if (strstr(f->name, "icd10cm"))
        loading_bytes(arg, f->name, f->data, f->size);
    return 0;
}

/* next - the same numbers each time */
static uint32_t next(uint32_t *s)
{
    *s = *s * 1664525u + 1013904223u;
    return *s >> 8;
}

/* title - of a random code */
static struct span title(const struct tables *t, uint32_t *seed)
{
    static struct span titles[4096];
    static size_t n;
    struct table_row row;
    size_t cursor = 0;

    while (n < 4096 && tables_each(t, TABLE_ICD10CM, ON, &cursor, &row)) {
        struct span s = table_col(&row, "long");

        if (s.n && next(seed) % 16 == 0)
            titles[n++] = s;
    }
    return titles[next(seed) % n];
}

/* write_note - sentences of titles between words that mean nothing */
static void write_note(const struct tables *t, uint32_t *seed, struct buf *out)
{
    static const char *const fillers[] = {"The patient was admitted with ", "There was no ",
                                          "History of ", "On examination we saw the usual and "};

    buf_reset(out);
    while (out->len < NOTE) {
        struct span s = title(t, seed);

        buf_addf(out, "%s%.*s, and was seen again on the next day by the team of the ward.\n",
                 fillers[next(seed) % 4], (int)s.n, s.p);
    }
}

/* read_notes - how many a second */
static void read_notes(const struct text_index *x, const struct tables *t, struct arena *a)
{
    uint32_t seed = 1;
    double spent = 0;
    size_t concepts = 0;
    struct buf note;

    buf_init(&note);
    for (int i = 0; i < NOTES; i++) {
        struct text_reading out;
        struct err e = {0};
        double from;

        write_note(t, &seed, &note);
        from = cpu_s();
        arena_reset(a);
        text_read(x, note.data, note.len, a, &out, &e);
        spent += cpu_s() - from;
        concepts += out.n_concepts;
    }
    printf("notes of 10 KB: %.0f /s of one core, %.0f concepts each\n", NOTES / spent,
           (double)concepts / NOTES);
    buf_release(&note);
}

/* look_up - how long one takes */
static void look_up(const struct text_index *x, const struct tables *t, struct arena *a)
{
    uint32_t seed = 2;
    double from = cpu_s();

    for (int i = 0; i < LOOKUPS; i++) {
        struct span s = title(t, &seed);
        struct text_hit *hit;
        struct err e = {0};
        size_t n;

        arena_reset(a);
        text_lookup(x, s.p, s.n, 5, a, &hit, &n, &e);
    }
    printf("lookup of a description: %.2f ms\n", 1e3 * (cpu_s() - from) / LOOKUPS);
}

/* main - tables, index, both measures */
int main(void)
{
    char seed[] = "deploy/seed/tables", *paths[] = {seed};
    const char *dir = "build/accuracy/tabs";
    struct loading l;
    struct err e = {0};
    struct tables *real = file_exists(dir) ? tables_new() : NULL;
    const struct tables *t = real;
    struct text_index *x;
    struct arena *a = arena_new((size_t)256 << 20);
    double from;

    loading_begin(&l, NULL);
    if (real && tables_add_folder(real, dir, &e) != 0)
        return fprintf(stderr, "%s\n", e.text), 1;
    if (!real) {
        cmd_files(1, paths, add, &l);
        loading_publish(&l);
        t = l.tables;
    }
    from = cpu_s();
    x = text_index_new(t, ON, &e);
    if (!x || !a)
        return fprintf(stderr, "%s\n", e.text), 1;
    printf("%s tables: %zu terms, %.1f MB, compiled in %.2f s\n", real ? "official" : "seed",
           text_index_terms(x), (double)text_index_bytes(x) / 1e6, cpu_s() - from);
    read_notes(x, t, a);
    look_up(x, t, a);
    text_index_free(x);
    arena_free(a);
    loading_end(&l);
    tables_free(real);
    return 0;
}
