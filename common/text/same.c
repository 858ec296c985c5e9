/* same.c - words of one stem that the index sets side by side: "Infarct, infarction",
 * "myocardium, myocardial"
 *
 * Neighbours in a path are of one stem when they share at least four letters at the beginning and
 * what follows is an ending of lists/endings.tsv in both. "Myocardium, myocarditis" are two things:
 * -itis, -osis beside -itis, -algia are no endings of the list. */
#include <string.h>

#include "common/text/lists.h"
#include "common/text/make.h"

enum { STEM_LEAST = 4 };

/* is_ending - of the list, or nothing */
static bool is_ending(const char *p, size_t n)
{
    struct list_walk w;
    struct span f[LIST_FIELDS];

    list_begin(LIST_ENDINGS, &w);
    while (n && list_next(&w, f))
        if (f[0].n == n && memcmp(f[0].p, p, n) == 0)
            return true;
    return n == 0;
}

/* lower - one word of letters, in small ones; 0: it is something else */
static size_t lower(struct span s, char out[WORD_MAX])
{
    for (size_t i = 0; i < s.n && i < WORD_MAX; i++) {
        char c = s.p[i];

        if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')))
            return 0;
        out[i] = (char)(c | 0x20);
    }
    return s.n < WORD_MAX ? s.n : 0;
}

/* add_pair - when they are of one stem */
static bool add_pair(struct text_index *x, struct span s, struct span t)
{
    char a[WORD_MAX], b[WORD_MAX];
    size_t n = lower(s, a), m = lower(t, b), k = 0;

    while (k < n && k < m && a[k] == b[k])
        k++;
    if (k < STEM_LEAST || (k == n && k == m))
        return true;
    for (size_t back = 0; back < 2 && k - back >= STEM_LEAST; back++)
        if (is_ending(a + k - back, n - k + back) && is_ending(b + k - back, m - k + back))
            return lexicon_same(x->lexicon, a, n, b, m);
    return true;
}

/* add_path - all neighbours between its commas */
static bool add_path(struct text_index *x, struct span path)
{
    struct span before = {"", 0};

    while (path.n) {
        struct span part = span_trim(span_cut(&path, ','));

        if (!add_pair(x, before, part))
            return false;
        before = part;
    }
    return true;
}

/* make_same - see make.h */
bool make_same(struct text_index *x, const struct tables *t, int32_t on)
{
    struct table_row row;
    size_t cursor = 0;

    while (tables_each(t, TABLE_ICD10CM_INDEX, on, &cursor, &row))
        if (!add_path(x, table_col(&row, "path")))
            return false;
    return true;
}
