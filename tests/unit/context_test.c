/* context_test.c - what sentences say of terms in them, over a table of our own sentences */
#include "tests/support/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/text/make.h"
#include "common/text/read.h"
#include "common/text/sections.h"

enum { FIELDS = 7, LINE = 512, ARENA = 1 << 24 };

enum { NEGATED, HISTORICAL, HYPOTHETICAL, OTHER, UNCERTAIN, CLASSES };

static const char *const names[CLASSES] = {"negated", "historical", "hypothetical", "other",
                                           "uncertain"};

struct row {
    char *field[FIELDS];
    bool said[CLASSES];
};

struct score {
    size_t right, missed, wrong, none; /* true and false positives, negatives */
};

struct bench {
    struct text_index x;
    struct arena *a;
    struct score score[CLASSES];
    size_t rows;
};

/* unfold - "\\n" as line ends */
static void unfold(char *s)
{
    char *out = s;

    for (; *s; s++)
        if (s[0] == '\\' && s[1] == 'n') {
            *out++ = '\n';
            s++;
        } else {
            *out++ = *s;
        }
    *out = '\0';
}

/* cut - a line's fields; false: a comment */
static bool cut(char *line, struct row *row)
{
    line[strcspn(line, "\n")] = '\0';
    if (line[0] == '#' || !line[0])
        return false;
    for (int i = 0; i < FIELDS; i++) {
        row->field[i] = line;
        line += strcspn(line, "\t");
        if (*line)
            *line++ = '\0';
    }
    unfold(row->field[0]);
    row->said[NEGATED] = strcmp(row->field[3], "yes") == 0;
    row->said[HISTORICAL] = strcmp(row->field[4], "historical") == 0;
    row->said[HYPOTHETICAL] = strcmp(row->field[4], "hypothetical") == 0;
    row->said[OTHER] = strcmp(row->field[5], "other") == 0;
    row->said[UNCERTAIN] = strcmp(row->field[6], "uncertain") == 0;
    return true;
}

/* plain - a code without its dot, as the index has it */
static const char *plain(const char *code, char out[TEXT_CODE_MAX])
{
    size_t n = 0;

    for (; *code && n + 1 < TEXT_CODE_MAX; code++)
        if (*code != '.')
            out[n++] = *code;
    out[n] = '\0';
    return out;
}

/* find - the sentence and words of bytes of the text */
static struct sentence *find(struct reader *r, size_t start, size_t end, struct match *m)
{
    for (size_t i = 0; i < r->n_sentences; i++) {
        struct sentence *s = &r->sentences[i];

        if (start < s->start || end > s->end)
            continue;
        for (uint32_t k = 0; k < s->n; k++) {
            m->lo = s->words[k].start == start ? k : m->lo;
            m->hi = s->words[k].end == end ? k : m->hi;
        }
        return s;
    }
    return NULL;
}

/* read_row - what is said of its term */
static void read_row(struct bench *b, const struct row *row, bool said[CLASSES])
{
    const char *text = row->field[0], *at = strstr(text, row->field[1]);
    struct reader r = {.x = &b->x, .a = b->a, .text = text, .n = strlen(text)};
    char code[TEXT_CODE_MAX];
    struct text_concept c = {.node = plain(row->field[2], code)};
    struct match m = {0};
    struct sentence *s;

    arena_reset(b->a);
    assert_non_null(at);
    assert_true(context_begin(&r) && read_words(&r) && sections_mark(&r));
    s = find(&r, (size_t)(at - text), (size_t)(at - text) + strlen(row->field[1]), &m);
    assert_non_null(s);
    assert_true(context_hold(&r, s));
    read_context(&r, s, &m, &c);
    said[NEGATED] = c.negated;
    said[HISTORICAL] = c.time == TEXT_HISTORICAL;
    said[HYPOTHETICAL] = c.time == TEXT_HYPOTHETICAL;
    said[OTHER] = c.other_person;
    said[UNCERTAIN] = c.uncertain;
}

/* count - a row into the classes' totals; each miss is printed */
static void count(struct bench *b, const struct row *row)
{
    bool said[CLASSES];

    read_row(b, row, said);
    b->rows++;
    for (int i = 0; i < CLASSES; i++) {
        struct score *s = &b->score[i];

        s->right += row->said[i] && said[i];
        s->missed += row->said[i] && !said[i];
        s->wrong += !row->said[i] && said[i];
        s->none += !row->said[i] && !said[i];
        if (row->said[i] != said[i])
            print_message("%s %s: %s [%s]\n", said[i] ? "not" : "missed", names[i], row->field[0],
                          row->field[1]);
    }
}

/* f1 - of a class */
static double f1(const struct score *s)
{
    return 2.0 * (double)s->right / (double)(2 * s->right + s->missed + s->wrong);
}

/* test_sentences - the totals of the table */
static void test_sentences(void **state)
{
    struct bench b = {.x.lexicon = lexicon_new(), .a = arena_new(ARENA)};
    FILE *f = fopen("tests/golden/text/context.tsv", "r");
    char line[LINE];
    struct row row;

    (void)state;
    assert_non_null(f);
    assert_true(make_expansions(&b.x) && make_implied(&b.x));
    while (fgets(line, sizeof(line), f))
        if (cut(line, &row))
            count(&b, &row);
    fclose(f);
    for (int i = 0; i < CLASSES; i++)
        print_message("%s: %zu of %zu right, %zu wrong, F1 %.3f\n", names[i], b.score[i].right,
                      b.score[i].right + b.score[i].missed, b.score[i].wrong, f1(&b.score[i]));
    assert_true(b.rows >= 300);
    assert_true((double)(b.score[NEGATED].right + b.score[NEGATED].none) >= 0.98 * (double)b.rows);
    for (int i = HISTORICAL; i < CLASSES; i++)
        assert_true(f1(&b.score[i]) >= 0.85);
    arena_free(b.a);
    free(b.x.expand);
    free(b.x.implied);
    free(b.x.ids.id);
    lexicon_free(b.x.lexicon);
}

/* main - the table */
int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sentences)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
