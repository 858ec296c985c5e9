/* lookup_dump.c - text_lookup over lines of standard input: lookup_dump TABLES DATE; prints the
 * best code a line */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/text/text.h"

/* main - all lines */
int main(int argc, char **argv)
{
    struct tables *t = tables_new();
    struct err e = {0};
    struct text_index *x = NULL;
    struct arena *a = arena_new(64 << 20);
    char line[4096], *end;

    if (argc < 3 || tables_add_folder(t, argv[1], &e) != 0 ||
        !(x = text_index_new(t, (int32_t)strtol(argv[2], &end, 10), &e)))
        return fprintf(stderr, "lookup_dump TABLES DATE: %s\n", e.text), 2;
    while (fgets(line, sizeof(line), stdin)) {
        struct text_hit *hit;
        size_t n = 0;

        text_lookup(x, line, strcspn(line, "\n"), 3, a, &hit, &n, &e);
        for (size_t i = 0; i < n; i++)
            printf("%s%s:%.3f", i ? "\t" : "", hit[i].code, hit[i].score);
        printf("\n");
        arena_reset(a);
    }
    text_index_free(x);
    tables_free(t);
    arena_free(a);
    return 0;
}
