/* nodes.c - the codes of the order file, headers and billable ones, as a tree */
#include <string.h>

#include "common/text/lists.h"
#include "common/text/make.h"

enum { NODES_FIRST = 1 << 16 };

/* index_node - see index.h */
uint32_t index_node(const struct text_index *x, const char *code)
{
    size_t lo = 0, hi = x->n_nodes;

    while (lo < hi) {
        size_t mid = (lo + hi) / 2;

        if (strcmp(x->nodes[mid].code, code) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return (uint32_t)(lo < x->n_nodes && strcmp(x->nodes[lo].code, code) == 0 ? lo : x->n_nodes);
}

/* index_parent - see index.h */
uint32_t index_parent(const struct text_index *x, uint32_t node)
{
    uint32_t k = node;

    while (k-- > 0 && strncmp(x->nodes[k].code, x->nodes[node].code, 3) == 0)
        if (x->nodes[k].end > node)
            return k;
    return (uint32_t)x->n_nodes;
}

/* node_has - see index.h */
bool node_has(const struct text_index *x, const struct node *n, uint32_t word)
{
    for (size_t i = 0; i < n->n_words; i++)
        if (x->ids.id[n->words + i] == word)
            return true;
    return false;
}

/* title_flags - what kind of code the title tells of */
static uint16_t title_flags(const char *title, bool billable)
{
    static const struct {
        const char *words;
        unsigned flag;
    } rows[] = {{"nspecified", NODE_UNSPECIFIED},
                {"ther specified", NODE_OTHER},
                {"Other ", NODE_OTHER},
                {" other ", NODE_OTHER},
                {"initial encounter", NODE_INITIAL},
                {"subsequent encounter", NODE_LATER},
                {", sequela", NODE_LATER},
                {"without complication", NODE_UNCOMPLICATED},
                {"uncomplicated", NODE_UNCOMPLICATED},
                {"status unknown", NODE_UNCOMPLICATED}};
    unsigned flags = billable ? NODE_BILLABLE : 0;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (strstr(title, rows[i].words))
            flags |= rows[i].flag;
    return (uint16_t)flags;
}

/* is_idle - a word that nobody says, "malignant (primary) neoplasm", "sacral region" */
static bool is_idle(const char *form)
{
    static const char *const words[] = {"primary", "region", "affecting", "side"};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (strcmp(form, words[i]) == 0)
            return true;
    return false;
}

/* What the words so far say of the next one; `unknown`: the title is for what nobody has written;
 * `begun`: it is not the first, whose "unspecified" is of the whole title. */
struct walk {
    bool open, absent, unknown, begun;
};

/* mark_word - one word of a title, and what it says of the next: "unspecified eye" tells nothing,
 * "without perforation or abscess" and "not intractable" what is not there up to a comma or with,
 * and so does "with loss of consciousness, status unknown" */
static void mark_word(struct node *n, const struct ids *ids, uint32_t id, const char *form,
                      struct walk *w)
{
    bool with = strcmp(form, "with") == 0;
    bool absence = strcmp(form, "without") == 0 || strcmp(form, "not") == 0;

    w->absent = absence || (with ? w->unknown : w->absent);
    for (size_t i = 0; i < n->n_words; i++) {
        if (ids->id[n->words + i] != id)
            continue;
        n->idle |= (uint64_t)(w->open || absence || is_idle(form)) << i;
        n->absent |= (uint64_t)w->absent << i;
    }
    w->open = w->begun && strcmp(form, "unspecified") == 0;
    w->begun = true;
}

/* mark_words - of a title */
static void mark_words(const struct text_index *x, struct node *n, struct span title)
{
    size_t at = 0, start, end, before = 0;
    struct walk w = {.unknown = memmem(title.p, title.n, "status unknown", 14) != NULL};

    while (word_next(title.p, title.n, &at, &start, &end)) {
        char form[WORD_MAX];
        size_t len = lexicon_form(x->lexicon, title.p + start, end - start, form);

        if (memchr(title.p + before, ',', start - before))
            w.absent = false;
        mark_word(n, &x->ids, lexicon_find(x->lexicon, form, len), form, &w);
        before = end;
    }
}

/* add_node - a row of the order file; `title` is an offset until all are there */
static bool add_node(struct text_index *x, const struct table_row *row, size_t *cap)
{
    struct span code = table_key(row, 0), title = table_col(row, "long");
    uint32_t id[TITLE_WORDS_MAX];
    struct node *more = make_grow(x->nodes, x->n_nodes, cap, sizeof(*more), NODES_FIRST), *n;

    if (!title.n)
        title = table_col(row, "short");
    if (!more)
        return false;
    x->nodes = more;
    n = &x->nodes[x->n_nodes++];
    memset(n, 0, sizeof(*n));
    memcpy(n->code, code.p, code.n < TEXT_CODE_MAX ? code.n : TEXT_CODE_MAX - 1);
    n->title = (const char *)x->titles.len;
    buf_add(&x->titles, title.p, title.n);
    buf_addc(&x->titles, '\0');
    n->n_words = (uint16_t)make_set(x, title, id, TITLE_WORDS_MAX);
    n->words = make_ids(&x->ids, id, n->n_words);
    n->flags = table_col_is(row, "billable", "Y") ? NODE_BILLABLE : 0;
    if (x->titles.failed || n->words == UINT32_MAX)
        return false;
    mark_words(x, n, title);
    return true;
}

/* close_nodes - titles where they are, and where each node's own end */
static void close_nodes(struct text_index *x)
{
    for (size_t i = 0; i < x->n_nodes; i++) {
        struct node *n = &x->nodes[i];

        n->title = x->titles.data + (size_t)n->title;
        n->flags = title_flags(n->title, n->flags & NODE_BILLABLE);
        n->end = (uint32_t)x->n_nodes;
    }
    for (size_t i = x->n_nodes; i-- > 0;) {
        struct node *n = &x->nodes[i];
        size_t k = i + 1, len = strlen(n->code);

        while (k < x->n_nodes && strncmp(x->nodes[k].code, n->code, len) == 0)
            k = x->nodes[k].end;
        n->end = (uint32_t)k;
    }
}

/* is_of - is a code one of a row's: of its category, its letter, or any? */
static bool is_of(const char *code, struct span row)
{
    return span_is(row, "*") || strncmp(code, row.p, row.n) == 0;
}

/* add_families - what lists/families.tsv says of each code; a later row is the closer one */
static void add_families(struct text_index *x)
{
    struct list_walk w;
    struct span f[LIST_FIELDS];

    for (list_begin(LIST_FAMILIES, &w); list_next(&w, f);) {
        double odds = list_number(f[1]);
        size_t i = 0;

        while (i < x->n_nodes && !is_of(x->nodes[i].code, f[0]))
            i = x->nodes[i].end;
        for (; i < x->n_nodes && is_of(x->nodes[i].code, f[0]); i++)
            x->nodes[i].family = odds;
    }
}

/* make_nodes - see make.h */
bool make_nodes(struct text_index *x, const struct tables *t, int32_t on)
{
    struct table_row row;
    size_t cursor = 0, cap = 0;

    while (tables_each(t, TABLE_ICD10CM, on, &cursor, &row))
        if (!add_node(x, &row, &cap))
            return false;
    close_nodes(x);
    add_families(x);
    return true;
}
