/* index.c - compiles terms from the tables and our lists: each a set of words that names a code
 *
 * The same words from several places are one term; the better source names its node, and how many
 * other nodes there were is kept (ambiguity). Terms are filed under their rarest word, so that a
 * text meets few in vain. */
#include "common/text/index.h"

#include <stdlib.h>
#include <string.h>

#include "common/codes/codes.h"
#include "common/text/lists.h"
#include "common/text/titles.h"

enum { NODES_FIRST = 1 << 16, TERMS_FIRST = 1 << 16, TEXT_MAX = 1100 };

/* grow - room for one more of an array; NULL: no memory */
static void *grow(void *array, size_t n, size_t *cap, size_t size, size_t first)
{
    size_t want = *cap ? *cap * 2 : first;
    void *out = n < *cap ? array : realloc(array, want * size);

    if (out && n >= *cap)
        *cap = want;
    return out;
}

/* ids_add - appends words; their place, UINT32_MAX: no memory */
static uint32_t ids_add(struct ids *s, const uint32_t *id, size_t n)
{
    while (s->n + n > s->cap) {
        size_t cap = s->cap ? 2 * s->cap : 1 << 18;
        uint32_t *more = realloc(s->id, cap * sizeof(*more));

        if (!more)
            return UINT32_MAX;
        s->id = more;
        s->cap = cap;
    }
    memcpy(s->id + s->n, id, n * sizeof(*id));
    s->n += n;
    return (uint32_t)(s->n - n);
}

/* is_word - letters, digits, what is beyond ASCII */
static bool is_word(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80;
}

/* word_next - see index.h */
bool word_next(const char *p, size_t n, size_t *at, size_t *start, size_t *end)
{
    size_t i = *at;

    while (i < n && !is_word((unsigned char)p[i]))
        i++;
    *start = i;
    while (i < n && (is_word((unsigned char)p[i]) ||
                     (p[i] == '\'' && i > *start && i + 1 < n && is_word((unsigned char)p[i + 1]))))
        i++;
    *end = *at = i;
    return *end > *start;
}

/* insert - into a sorted set */
static size_t insert(uint32_t *set, size_t n, uint32_t id)
{
    size_t i = n;

    while (i && set[i - 1] > id)
        i--;
    if (i && set[i - 1] == id)
        return n;
    memmove(set + i + 1, set + i, (n - i) * sizeof(*set));
    set[i] = id;
    return n + 1;
}

/* without_brackets - a copy in which "(…)" is blank */
static size_t without_brackets(const char *p, size_t n, char out[TEXT_MAX])
{
    int depth = 0;
    size_t m = 0;

    for (size_t i = 0; i < n && m < TEXT_MAX; i++) {
        depth += p[i] == '(';
        out[m++] = depth > 0 ? ' ' : p[i];
        depth -= p[i] == ')' && depth > 0;
    }
    return m;
}

/* set_of - see index_known_set; unknown words are added to a lexicon that may grow */
static size_t set_of(const struct lexicon *l, struct lexicon *may_grow, const char *p, size_t n,
                     uint32_t *out, size_t most)
{
    char plain[TEXT_MAX], form[WORD_MAX];
    size_t m = without_brackets(p, n, plain), at = 0, start, end, count = 0;

    while (word_next(plain, m, &at, &start, &end)) {
        size_t len = lexicon_form(l, plain + start, end - start, form);
        uint32_t id = may_grow ? lexicon_add(may_grow, form, len) : lexicon_find(l, form, len);

        if (lexicon_is_stop(l, id))
            continue;
        if (!id || count == most)
            return 0;
        count = insert(out, count, id);
    }
    return count;
}

/* index_known_set - see index.h */
size_t index_known_set(const struct text_index *x, const char *p, size_t n, uint32_t *out,
                       size_t most)
{
    return set_of(x->lexicon, NULL, p, n, out, most);
}

/* new_set - the same while the index is made */
static size_t new_set(struct text_index *x, struct span s, uint32_t *out, size_t most)
{
    return set_of(x->lexicon, x->lexicon, s.p, s.n, out, most);
}

/* set_hash - of sorted words */
static size_t set_hash(const uint32_t *id, size_t n)
{
    uint64_t h = 1469598103934665603u;

    for (size_t i = 0; i < n; i++)
        h = (h ^ id[i]) * 1099511628211u;
    return (size_t)(h ^ (h >> 29));
}

/* set_slot - where a set is filed, or would be */
static size_t set_slot(const struct text_index *x, const uint32_t *id, size_t n)
{
    size_t i = set_hash(id, n) & (x->n_sets - 1);

    while (x->by_set[i]) {
        const struct term *t = &x->terms[x->by_set[i] - 1];

        if (t->n_words == n && memcmp(x->ids.id + t->words, id, n * sizeof(*id)) == 0)
            return i;
        i = (i + 1) & (x->n_sets - 1);
    }
    return i;
}

/* index_term - see index.h */
struct term *index_term(const struct text_index *x, const uint32_t *ids, size_t n)
{
    uint32_t at = n ? x->by_set[set_slot(x, ids, n)] : 0;

    return at ? &x->terms[at - 1] : NULL;
}

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

/* node_has - see index.h */
bool node_has(const struct text_index *x, const struct node *n, uint32_t word)
{
    for (size_t i = 0; i < n->n_words; i++)
        if (x->ids.id[n->words + i] == word)
            return true;
    return false;
}

/* sets_grow - twice as many slots */
static bool sets_grow(struct text_index *x)
{
    size_t n = x->n_sets ? 2 * x->n_sets : 4 * TERMS_FIRST;
    uint32_t *old = x->by_set, *slot = calloc(n, sizeof(*slot));

    if (!slot)
        return false;
    x->by_set = slot;
    x->n_sets = n;
    for (size_t i = 0; i < x->n_terms; i++)
        slot[set_slot(x, x->ids.id + x->terms[i].words, x->terms[i].n_words)] = (uint32_t)(i + 1);
    free(old);
    return true;
}

/* new_term - under a set that has none */
static bool new_term(struct text_index *x, const uint32_t *id, size_t n, uint32_t node,
                     enum text_source source)
{
    struct term *more;
    uint32_t words = ids_add(&x->ids, id, n);

    if (2 * (x->n_terms + 1) > x->n_sets && !sets_grow(x))
        return false;
    more = grow(x->terms, x->n_terms, &x->cap_terms, sizeof(*more), TERMS_FIRST);
    if (!more || words == UINT32_MAX)
        return false;
    x->terms = more;
    x->by_set[set_slot(x, id, n)] = (uint32_t)(x->n_terms + 1);
    x->terms[x->n_terms++] = (struct term){.words = words,
                                           .n_words = (uint8_t)n,
                                           .node = node,
                                           .source = (uint8_t)source,
                                           .alone = true};
    return true;
}

/* better - does a node name the set better: source, then the shorter and the first code */
static bool better(const struct text_index *x, enum text_source source, uint32_t node,
                   const struct term *than)
{
    size_t a = strlen(x->nodes[node].code), b = strlen(x->nodes[than->node].code);

    if (source != than->source)
        return source < than->source;
    return a != b ? a < b : node < than->node;
}

/* add_set - a term, or a better node for one; false: no memory */
static bool add_set(struct text_index *x, const uint32_t *id, size_t n, uint32_t node,
                    enum text_source source)
{
    struct term *t;

    if (!n || node >= x->n_nodes)
        return true;
    if (!x->by_set && !sets_grow(x))
        return false;
    t = index_term(x, id, n);
    if (!t)
        return new_term(x, id, n, node, source);
    if (t->node == node) {
        if (source < t->source)
            t->source = (uint8_t)source;
        return true;
    }
    if (t->ambiguity < UINT8_MAX)
        t->ambiguity++;
    if (better(x, source, node, t)) {
        t->node = node;
        t->source = (uint8_t)source;
    }
    return true;
}

/* add_text - a phrase that names a code */
static bool add_text(struct text_index *x, struct span text, const char *code,
                     enum text_source source)
{
    uint32_t id[TERM_WORDS_MAX];

    return add_set(x, id, new_set(x, text, id, TERM_WORDS_MAX), index_node(x, code), source);
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
                {"uncomplicated", NODE_UNCOMPLICATED}};
    unsigned flags = billable ? NODE_BILLABLE : 0;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (strstr(title, rows[i].words))
            flags |= rows[i].flag;
    return (uint16_t)flags;
}

/* add_node - a row of the order file; `title` is an offset until all are there */
static bool add_node(struct text_index *x, const struct table_row *row, size_t *cap)
{
    struct span code = table_key(row, 0), title = table_col(row, "long");
    uint32_t id[TITLE_WORDS_MAX];
    struct node *more = grow(x->nodes, x->n_nodes, cap, sizeof(*more), NODES_FIRST), *n;

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
    n->n_words = (uint16_t)new_set(x, title, id, TITLE_WORDS_MAX);
    n->words = ids_add(&x->ids, id, n->n_words);
    n->flags = table_col_is(row, "billable", "Y") ? NODE_BILLABLE : 0;
    return !x->titles.failed && n->words != UINT32_MAX;
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

/* read_codes - the order file */
static bool read_codes(struct text_index *x, const struct tables *t, int32_t on)
{
    struct table_row row;
    size_t cursor = 0, cap = 0;

    while (tables_each(t, TABLE_ICD10CM, on, &cursor, &row))
        if (!add_node(x, &row, &cap))
            return false;
    close_nodes(x);
    return true;
}

/* cut_tail - a title without its last words, when it ends so */
static struct span cut_tail(struct span s, const char *tail)
{
    size_t n = strlen(tail);

    if (s.n > n && memcmp(s.p + s.n - n, tail, n) == 0)
        s.n -= n;
    return s;
}

/* add_title - a code's title, without the encounter's kind; and without ", unspecified" */
static bool add_title(struct text_index *x, uint32_t i)
{
    const struct node *n = &x->nodes[i];
    struct span title = span_of(n->title), cut;

    if (n->flags & NODE_LATER)
        return true;
    title = cut_tail(title, ", initial encounter for closed fracture");
    title = cut_tail(title, ", initial encounter");
    cut = cut_tail(title, ", unspecified");
    return add_text(x, title, n->code, TEXT_TITLE) &&
           (cut.n == title.n || add_text(x, cut, n->code, TEXT_TITLE_CUT));
}

/* read_index - codes of the alphabetic index; "C79.8-" names the category */
static bool read_index(struct text_index *x, const struct tables *t, int32_t on)
{
    struct table_row row;
    size_t cursor = 0;
    char code[16];

    while (tables_each(t, TABLE_ICD10CM_INDEX, on, &cursor, &row)) {
        if (!table_col_is(&row, "kind", "code"))
            continue;
        table_col_text(&row, "code", code, sizeof(code));
        code[strcspn(code, "-")] = '\0';
        if (!add_text(x, table_key(&row, 0), code, TEXT_INDEX))
            return false;
    }
    return true;
}

/* read_sees - "see" another term: the same node */
static bool read_sees(struct text_index *x, const struct tables *t, int32_t on)
{
    struct table_row row;
    size_t cursor = 0;
    uint32_t from[TERM_WORDS_MAX], to[TERM_WORDS_MAX];

    while (tables_each(t, TABLE_ICD10CM_INDEX, on, &cursor, &row)) {
        struct span see = table_col(&row, "see"), key = table_key(&row, 0);
        const struct term *target;

        if (!table_col_is(&row, "kind", "see"))
            continue;
        target = index_term(x, to, index_known_set(x, see.p, see.n, to, TERM_WORDS_MAX));
        if (target &&
            !add_set(x, from, new_set(x, key, from, TERM_WORDS_MAX), target->node, TEXT_SEE))
            return false;
    }
    return true;
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
        if (!add_text(x, table_col(&row, "text"), code, TEXT_INCLUSION))
            return false;
    }
    return true;
}

/* read_own - lists/terms.tsv */
static bool read_own(struct text_index *x)
{
    struct list_walk w;
    struct span f[LIST_FIELDS];
    char text[16], code[TEXT_CODE_MAX];

    list_begin(LIST_TERMS, &w);
    while (list_next(&w, f)) {
        memcpy(text, f[1].p, f[1].n < sizeof(text) ? f[1].n : sizeof(text) - 1);
        text[f[1].n < sizeof(text) ? f[1].n : sizeof(text) - 1] = '\0';
        if (code_plain(text, code, sizeof(code)) && !add_text(x, f[0], code, TEXT_OWN))
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

/* is_short - numbers and words of one or two letters are no terms */
static bool is_short(const struct text_index *x, const struct term *t)
{
    const char *w = lexicon_word(x->lexicon, x->ids.id[t->words]);

    return t->n_words == 1 && (strlen(w) < 3 || strspn(w, "0123456789") == strlen(w));
}

/* count_words - how many terms hold each word */
static bool count_words(struct text_index *x)
{
    x->frequency = calloc(lexicon_size(x->lexicon) + 1, sizeof(*x->frequency));
    for (size_t i = 0; x->frequency && i < x->n_terms; i++)
        for (size_t k = 0; k < x->terms[i].n_words; k++)
            x->frequency[x->ids.id[x->terms[i].words + k]]++;
    return x->frequency != NULL;
}

/* rarest - the word of a term that the fewest terms hold */
static uint32_t rarest(const struct text_index *x, const struct term *t)
{
    uint32_t best = x->ids.id[t->words];

    for (size_t k = 1; k < t->n_words; k++) {
        uint32_t id = x->ids.id[t->words + k];

        if (x->frequency[id] < x->frequency[best])
            best = id;
    }
    return best;
}

/* file_terms - under their rarest words */
static bool file_terms(struct text_index *x)
{
    size_t words = lexicon_size(x->lexicon) + 2;
    uint32_t *at;

    x->anchor = calloc(words, sizeof(*x->anchor));
    x->anchored = calloc(x->n_terms + 1, sizeof(*x->anchored));
    at = calloc(words, sizeof(*at));
    if (!x->anchor || !x->anchored || !at) {
        free(at);
        return false;
    }
    for (size_t i = 0; i < x->n_terms; i++) {
        struct term *t = &x->terms[i];
        uint32_t id = rarest(x, t);

        t->commonness = x->frequency[id];
        t->alone = t->alone && !is_short(x, t);
        x->anchor[id + 1]++;
    }
    for (size_t i = 1; i < words; i++)
        x->anchor[i] += x->anchor[i - 1];
    memcpy(at, x->anchor, words * sizeof(*at));
    for (size_t i = 0; i < x->n_terms; i++)
        x->anchored[at[rarest(x, &x->terms[i])]++] = (uint32_t)i;
    free(at);
    return true;
}

/* build - all sources, the best last: see references need their targets */
static bool build(struct text_index *x, const struct tables *t, int32_t on)
{
    x->lexicon = lexicon_new();
    if (!x->lexicon || !read_codes(x, t, on) || !read_own(x) || !read_index(x, t, on) ||
        !read_sees(x, t, on) || !read_inclusions(x, t, on))
        return false;
    for (uint32_t i = 0; i < x->n_nodes; i++)
        if (!add_title(x, i))
            return false;
    x->titles_index = titles_new(x, t, on);
    if (!x->titles_index)
        return false;
    mark_bare(x);
    return count_words(x) && file_terms(x);
}

/* text_index_new - see text.h */
struct text_index *text_index_new(const struct tables *t, int32_t on, struct err *e)
{
    static const enum table_id needs[] = {TABLE_ICD10CM, TABLE_ICD10CM_TABULAR,
                                          TABLE_ICD10CM_INDEX};
    struct text_index *x;

    for (size_t i = 0; i < sizeof(needs) / sizeof(needs[0]); i++)
        if (!tables_edition(t, needs[i], on)) {
            err_set(e, ERR_REJECT, "no-table", "table %s has no edition for %d",
                    table_name(needs[i]), (int)on);
            return NULL;
        }
    x = calloc(1, sizeof(*x));
    if (x && build(x, t, on))
        return x;
    text_index_free(x);
    err_set(e, ERR_RETRY, "memory", "out of memory for the text index");
    return NULL;
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
    free(x->frequency);
    free(x->anchor);
    free(x->anchored);
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
