/* text_dump.c - candidates of notes with their features, for fitting and measuring: text_dump
 * TABLES DATE FILE...
 *
 * A line a candidate: file, code, confidence, then the features in their order; first line: names.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "common/sys/file.h"
#include "common/text/weigh.h"

/* dump - one note */
static void dump(const struct text_index *x, const char *name, const char *text, size_t n)
{
    struct arena *a = arena_new(256 << 20);
    struct text_reading out;
    struct err e = {0};
    double value[FEATURES_MAX];
    const struct reader r = {.x = x, .n = n};

    if (text_read(x, text, n, a, &out, &e) != 0)
        fprintf(stderr, "%s: %s\n", name, e.text);
    for (size_t i = 0; i < out.n_codes; i++) {
        weigh_values(&r, out.codes[i], value);
        printf("%s\t%s\t%.4f", name, out.codes[i]->code, out.codes[i]->confidence);
        for (size_t k = 0; weigh_feature(k); k++)
            printf("\t%.5g", value[k]);
        printf("\n");
    }
    arena_free(a);
}

/* main - all files */
int main(int argc, char **argv)
{
    struct tables *t = tables_new();
    struct err e = {0};
    struct text_index *x;
    char *end;

    if (argc < 4 || tables_add_folder(t, argv[1], &e) != 0 ||
        !(x = text_index_new(t, (int32_t)strtol(argv[2], &end, 10), &e)))
        return fprintf(stderr, "text_dump TABLES DATE FILE...: %s\n", e.text), 2;
    fprintf(stderr, "%zu terms, %.1f MB\n", text_index_terms(x), (double)text_index_bytes(x) / 1e6);
    printf("file\tcode\tconfidence");
    for (size_t k = 0; weigh_feature(k); k++)
        printf("\t%s", weigh_feature(k));
    printf("\n");
    for (int i = 3; i < argc; i++) {
        FILE *f = fopen(argv[i], "rb");
        static char text[4 << 20];
        size_t n = f ? fread(text, 1, sizeof(text), f) : 0;

        if (f)
            fclose(f);
        dump(x, argv[i], text, n);
    }
    text_index_free(x);
    tables_free(t);
    return 0;
}
