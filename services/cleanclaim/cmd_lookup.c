/* cmd_lookup.c - cleanclaim lookup: a description or clinical phrase to ICD-10-CM codes */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/codes/codes.h"
#include "common/text/text.h"
#include "services/cleanclaim/cmd.h"
#include "services/cleanclaim/note.h"

enum { ARENA_LIMIT = 1 << 26, CODES_DEFAULT = 5, CODES_MAX = 64 };

struct phrases {
    struct text_index *x;
    struct arena *a;
    size_t most;
    bool json;
};

/* print_json - the phrase and its codes */
static void print_json(const char *text, size_t len, const struct text_hit *hit, size_t n)
{
    json_t *codes = json_array(), *o = json_object(), *said = json_stringn(text, len);

    for (size_t i = 0; i < n; i++)
        json_array_append_new(codes, json_pack("{s:o, s:f, s:s}", "code",
                                               cmd_json_code("icd10cm", hit[i].code), "score",
                                               (double)(int)(hit[i].score * 1e4 + 0.5) / 1e4,
                                               "title", hit[i].title));
    json_object_set_new(o, "text", said ? said : json_null()); /* not UTF-8 */
    json_object_set_new(o, "codes", codes);
    cmd_json(o);
}

/* print_text - for people */
static void print_text(const char *text, size_t len, const struct text_hit *hit, size_t n)
{
    char shown[16];

    printf("%.*s%s\n", (int)len, text, n ? "" : ": nothing found");
    for (size_t i = 0; i < n; i++)
        printf("  %-8s %.2f  %s\n", icd10cm_display(hit[i].code, shown), hit[i].score,
               hit[i].title);
}

/* look - one phrase; EXIT_FOUND when it has no code */
static int look(const struct phrases *l, const char *text, size_t n)
{
    struct text_hit *hit;
    struct err e = {0};
    size_t count = 0;

    arena_reset(l->a);
    if (text_lookup(l->x, text, n, l->most, l->a, &hit, &count, &e) != 0)
        return cmd_fail(&e);
    (l->json ? print_json : print_text)(text, n, hit, count);
    return count ? 0 : EXIT_FOUND;
}

/* look_lines - one phrase a line of standard input; empty lines have their answer too */
static int look_lines(const struct phrases *l)
{
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    int result = 0;

    while ((n = getline(&line, &cap, stdin)) >= 0) {
        while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r'))
            n--;
        result = cmd_worse(result, look(l, line, (size_t)n));
    }
    free(line);
    return result;
}

/* run - every text */
static int run(struct phrases *l, const struct tables *t, const char *on, int n, char **texts)
{
    int32_t day = note_day(t, on);
    struct err e = {0};
    int result = 0;

    if (!day) {
        fprintf(stderr, "error: --on takes a date, 2026-03-01\n");
        return EXIT_USAGE;
    }
    l->x = text_titles_new(t, day, &e);
    l->a = arena_new(ARENA_LIMIT);
    if (!l->x || !l->a)
        result = l->x ? EXIT_GONE : cmd_fail(&e);
    for (int i = 0; l->x && l->a && i < n; i++)
        result =
            cmd_worse(result, strcmp(texts[i], "-") == 0 ? look_lines(l)
                                                         : look(l, texts[i], strlen(texts[i])));
    arena_free(l->a);
    text_index_free(l->x);
    return result;
}

/* cmd_lookup - options, then the texts */
int cmd_lookup(int argc, char **argv)
{
    struct phrases l = {.most = CODES_DEFAULT};
    const char *on = NULL, *most = NULL, *dir = NULL;
    const struct cmd_option rows[] = {{"--on", NULL, &on},
                                      {"-n", NULL, &most},
                                      {"--tables", NULL, &dir},
                                      {"--json", &l.json, NULL},
                                      {NULL, NULL, NULL}};
    int n = cmd_options(argc, argv, rows), result;
    char *end = NULL;
    struct tables *t;

    if (n < 1)
        return n < 0 ? EXIT_USAGE : cmd_usage("lookup");
    if (most)
        l.most = strtoul(most, &end, 10);
    if (most && (!*most || *end || l.most < 1 || l.most > CODES_MAX)) {
        fprintf(stderr, "error: -n takes a number from 1 to %d\n", CODES_MAX);
        return EXIT_USAGE;
    }
    t = cmd_tables_open(dir);
    if (!t)
        return EXIT_GONE;
    result = run(&l, t, on, n, argv + 1);
    tables_free(t);
    return result;
}
