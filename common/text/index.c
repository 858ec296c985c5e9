/* index.c - compiles terms from the tables and our lists: each a set of words that names a code
 *
 * The same words from several places are one term; the better source names its node, and how many
 * other nodes there were is kept (ambiguity). Terms are filed under their rarest word, so that a
 * text meets few in vain. */
#include "common/text/index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/codes/codes.h"
#include "common/text/lists.h"
#include "common/text/make.h"
#include "common/text/titles.h"

/* cut_tail - a title without its last words, when it ends so */
static struct span cut_tail(struct span s, const char *tail)
{
    size_t n = strlen(tail);

    if (s.n > n && memcmp(s.p + s.n - n, tail, n) == 0)
        s.n -= n;
    return s;
}

/* cut_absence - a title without what it says at its end is not there, "without obstruction" */
static struct span cut_absence(struct span s)
{
    static const char word[] = " without ";
    const char *at = memmem(s.p, s.n, word, sizeof(word) - 1);

    if (at && at != s.p)
        s.n = (size_t)(at - s.p);
    return s;
}

/* add_title - a code's title, without the encounter's kind; and without what it leaves open or
 * calls absent at its end */
static bool add_title(struct text_index *x, uint32_t i)
{
    const struct node *n = &x->nodes[i];
    struct span title = span_of(n->title), cut;

    if (n->flags & NODE_LATER)
        return true;
    title = cut_tail(title, ", initial encounter for closed fracture");
    title = cut_tail(title, ", initial encounter");
    title = cut_tail(title, ", not elsewhere classified");
    cut = cut_absence(cut_tail(title, ", unspecified"));
    return make_text(x, title, n->code, TEXT_TITLE) &&
           (cut.n == title.n || make_text(x, cut, n->code, TEXT_TITLE_CUT));
}

/* outside - bytes that stand in no brackets: "(infectional) due to blood loss" */
static size_t outside(struct span s)
{
    size_t n = 0, depth = 0;

    for (size_t i = 0; i < s.n; i++) {
        depth += s.p[i] == '(';
        n += depth == 0 && s.p[i] != ' ';
        depth -= s.p[i] == ')' && depth;
    }
    return n;
}

/* hangs - does a path end in words that only tie something on, "Transfusion, associated"? */
static bool hangs(struct text_index *x, struct span path)
{
    uint32_t id[TERM_WORDS_MAX];
    const char *comma = memrchr(path.p, ',', path.n);

    return comma && !make_set(x, (struct span){comma, (size_t)(path.p + path.n - comma)}, id,
                              TERM_WORDS_MAX);
}

/* is_optional - a word of the index that nobody says: a fracture of a bone is traumatic where
 * nothing else is said, the "sacral region" is the sacrum, the "lower end" is lower, a melanoma of
 * the arm is of its skin */
static bool is_optional(const struct text_index *x, uint32_t id, struct span path)
{
    static const struct {
        const char *word, *under; /* of paths that begin so; "": of all */
        const char *unlike;       /* and do not hold this; NULL: whatever they hold */
    } rows[] = {{"traumatic", "", NULL},
                {"region", "", NULL},
                {"end", "", "stage"}, /* "end stage" */
                {"skin", "Melanoma, skin, ", NULL}};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        size_t n = strlen(rows[i].under);

        if (strcmp(lexicon_word(x->lexicon, id), rows[i].word) == 0 && path.n >= n &&
            memcmp(path.p, rows[i].under, n) == 0 &&
            !(rows[i].unlike && memmem(path.p, path.n, rows[i].unlike, strlen(rows[i].unlike))))
            return true;
    }
    return false;
}

/* without - the same term without such words */
static bool without(struct text_index *x, const uint32_t *id, size_t n, struct span path,
                    const struct named *what)
{
    uint32_t rest[TERM_WORDS_MAX];
    size_t m = 0;

    for (size_t k = 0; k < n; k++)
        if (!is_optional(x, id[k], path))
            rest[m++] = id[k];
    return m == n || m < 2 || make_term(x, rest, m, what);
}

/* read_index - codes of the alphabetic index; "C79.8-" names the category */
static bool read_index(struct text_index *x, const struct tables *t, int32_t on)
{
    struct table_row row;
    uint32_t id[TERM_WORDS_MAX];
    size_t cursor = 0, n;
    struct named what;
    char code[16];

    while (tables_each(t, TABLE_ICD10CM_INDEX, on, &cursor, &row)) {
        if (!table_col_is(&row, "kind", "code") || hangs(x, table_col(&row, "path")))
            continue;
        table_col_text(&row, "code", code, sizeof(code));
        code[strcspn(code, "-")] = '\0';
        what = (struct named){index_node(x, code), TEXT_INDEX,
                              table_col(&row, "path").n + outside(table_col(&row, "optional"))};
        n = make_set(x, table_key(&row, 0), id, TERM_WORDS_MAX);
        if (!make_term(x, id, n, &what) || !without(x, id, n, table_col(&row, "path"), &what))
            return false;
    }
    return true;
}

/* seen - the term that a reference means: with the words that it comes from when there is such a
 * term ("Pain, finger: see Pain, limb, upper"), else without */
static const struct term *seen(struct text_index *x, struct span key, struct span see)
{
    uint32_t id[TERM_WORDS_MAX];
    struct buf both;
    const struct term *t;

    buf_init(&both);
    buf_addf(&both, "%.*s %.*s", (int)key.n, key.p, (int)see.n, see.p);
    t = both.failed
            ? NULL
            : index_term(x, id, index_known_set(x, both.data, both.len, id, TERM_WORDS_MAX));
    buf_release(&both);
    return t ? t : index_term(x, id, index_known_set(x, see.p, see.n, id, TERM_WORDS_MAX));
}

/* read_sees - "see" another term: the same node; "see also" where the term has none of its own */
static bool read_sees(struct text_index *x, const struct tables *t, int32_t on)
{
    struct table_row row;
    size_t cursor = 0;
    uint32_t from[TERM_WORDS_MAX];

    while (tables_each(t, TABLE_ICD10CM_INDEX, on, &cursor, &row)) {
        struct span see = table_col(&row, "see"), key = table_key(&row, 0);
        const struct term *target;
        struct named what;
        bool also = table_col_is(&row, "kind", "see-also");
        size_t n;

        if (table_col_is(&row, "kind", "code"))
            continue;
        n = make_set(x, key, from, TERM_WORDS_MAX);
        if (also && index_term(x, from, n))
            continue;
        target = seen(x, key, see);
        if (also && target && target->n_words < 2) /* "see also Disease" */
            continue;
        if (!target)
            continue;
        what = (struct named){target->node, also ? TEXT_SEE_ALSO : TEXT_SEE, key.n};
        if (!make_term(x, from, n, &what) || !without(x, from, n, table_col(&row, "path"), &what))
            return false;
    }
    return true;
}

/* is_elsewhere - a code that is only coded behind the disease that it comes from: what it includes
 * does not lead to it ("Pyelonephritis" is N12, not N16) */
static bool is_elsewhere(const struct text_index *x, const char *code)
{
    uint32_t node = index_node(x, code);

    return node < x->n_nodes && strstr(x->nodes[node].title, "classified elsewhere");
}

/* read_inclusions - inclusion terms of the tabular list */
static bool read_inclusions(struct text_index *x, const struct tables *t, int32_t on)
{
    struct table_row row;
    size_t cursor = 0;
    char code[16];

    while (tables_each(t, TABLE_ICD10CM_TABULAR, on, &cursor, &row)) {
        struct span key = table_key(&row, 0);

        if (!span_is(table_key(&row, 1), "inclusion") || key.n >= sizeof(code))
            continue;
        memcpy(code, key.p, key.n);
        code[key.n] = '\0';
        if (is_elsewhere(x, code))
            continue;
        if (!make_text(x, table_col(&row, "text"), code, TEXT_INCLUSION))
            return false;
    }
    return true;
}

/* read_own - lists/terms.tsv */
static bool read_own(struct text_index *x)
{
    struct list_walk w;
    struct span f[LIST_FIELDS];
    uint32_t id[TERM_WORDS_MAX];
    char text[16], code[TEXT_CODE_MAX];

    list_begin(LIST_TERMS, &w);
    while (list_next(&w, f)) {
        size_t n = make_set(x, f[0], id, TERM_WORDS_MAX);
        struct named what = {.source = TEXT_OWN, .length = f[0].n};

        snprintf(text, sizeof(text), "%.*s", (int)f[1].n, f[1].p);
        if (!code_plain(text, code, sizeof(code)))
            continue;
        what.node = index_node(x, code);
        if (!make_term(x, id, n, &what) || !without(x, id, n, f[0], &what))
            return false;
    }
    return true;
}

/* mark_bare - one-word terms that need another word beside them */
static void mark_bare(struct text_index *x)
{
    struct list_walk w;
    struct span f[LIST_FIELDS];
    uint32_t id[TERM_WORDS_MAX];

    list_begin(LIST_BARE, &w);
    while (list_next(&w, f)) {
        struct term *t = index_term(x, id, index_known_set(x, f[0].p, f[0].n, id, TERM_WORDS_MAX));

        if (t && t->source != TEXT_OWN)
            t->alone = false;
    }
}

/* build - all sources, the best last: see references need their targets */
static bool build(struct text_index *x, const struct tables *t, int32_t on)
{
    x->lexicon = lexicon_new();
    if (!x->lexicon || !make_cue_words(x) || !make_same(x, t, on) || !make_nodes(x, t, on) ||
        !read_own(x) || !read_index(x, t, on) || !read_sees(x, t, on) ||
        !read_sees(x, t, on) /* a reference to a reference */ || !read_inclusions(x, t, on) ||
        !make_sites(x, t, on) || !make_drugs(x, t, on))
        return false;
    for (uint32_t i = 0; i < x->n_nodes; i++)
        if (!add_title(x, i))
            return false;
    if (!make_abbreviations(x))
        return false;
    x->titles_index = titles_new(x, t, on);
    if (!x->titles_index)
        return false;
    mark_bare(x);
    return make_expansions(x) && make_implied(x) && make_cues(x) && make_anchors(x);
}

/* compile - once the tables that are needed are there */
static struct text_index *compile(const struct tables *t, int32_t on, struct err *e)
{
    struct text_index *x = calloc(1, sizeof(*x));

    if (x && build(x, t, on))
        return x;
    text_index_free(x);
    err_set(e, ERR_RETRY, "memory", "out of memory for the text index");
    return NULL;
}

/* covers - has a table an edition for the day? */
static bool covers(const struct tables *t, enum table_id id, int32_t on, struct err *e)
{
    if (tables_edition(t, id, on))
        return true;
    err_set(e, ERR_REJECT, "no-table", "table %s has no edition for %d", table_name(id), (int)on);
    return false;
}

/* text_index_new - see text.h */
struct text_index *text_index_new(const struct tables *t, int32_t on, struct err *e)
{
    return covers(t, TABLE_ICD10CM, on, e) && covers(t, TABLE_ICD10CM_TABULAR, on, e) &&
                   covers(t, TABLE_ICD10CM_INDEX, on, e)
               ? compile(t, on, e)
               : NULL;
}

/* text_titles_new - see text.h */
struct text_index *text_titles_new(const struct tables *t, int32_t on, struct err *e)
{
    return covers(t, TABLE_ICD10CM, on, e) ? compile(t, on, e) : NULL;
}

/* free_sites - a table's rows */
static void free_sites(struct site_table *t)
{
    free(t->site);
    free(t->anchor);
    free(t->anchored);
}

/* text_index_free - see text.h */
void text_index_free(struct text_index *x)
{
    if (!x)
        return;
    titles_free(x->titles_index);
    lexicon_free(x->lexicon);
    free(x->nodes);
    buf_release(&x->titles);
    free(x->terms);
    free(x->ids.id);
    free(x->by_set);
    free(x->expand);
    free(x->implied);
    free(x->cue);
    free(x->frequency);
    free(x->anchor);
    free(x->anchored);
    free_sites(&x->sites);
    free_sites(&x->drugs);
    free(x);
}

/* text_index_terms - see text.h */
size_t text_index_terms(const struct text_index *x)
{
    return x->n_terms;
}

/* text_index_bytes - see text.h */
size_t text_index_bytes(const struct text_index *x)
{
    size_t words = lexicon_size(x->lexicon);

    return x->n_nodes * sizeof(*x->nodes) + x->titles.cap + x->cap_terms * sizeof(*x->terms) +
           x->ids.cap * sizeof(uint32_t) + x->n_sets * sizeof(uint32_t) +
           (2 * words + x->n_terms) * sizeof(uint32_t) + words * WORD_MAX / 2 +
           titles_bytes(x->titles_index);
}
