/* sites.c - the table of neoplasms: sites as sets of words, and which terms of the index send to it
 *
 * "Adenocarcinoma: see Neoplasm, malignant, by site" makes adenocarcinoma a kind of tissue of the
 * malignant column; the site comes from the text. "Nevus, achromic: see Neoplasm, skin, benign"
 * names its site itself. */
#include <stdlib.h>
#include <string.h>

#include "common/codes/codes.h"
#include "common/text/lists.h"
#include "common/text/make.h"

enum { SITES_FIRST = 2048 };

static const char *const columns[BEHAVIORS] = {"malignant", "secondary", "in_situ",
                                               "benign",    "uncertain", "unspecified"};

/* starts - does a text begin so? */
static bool starts(struct span s, const char *with)
{
    size_t n = strlen(with);

    return s.n >= n && memcmp(s.p, with, n) == 0;
}

/* cell - the node of a cell, n_nodes: none */
static uint32_t cell(const struct text_index *x, const struct table_row *row, int behavior)
{
    char code[TEXT_CODE_MAX + 1];

    table_col_text(row, columns[behavior], code, sizeof(code));
    code[strcspn(code, "-")] = '\0';
    return code[0] ? index_node(x, code) : (uint32_t)x->n_nodes;
}

/* make_site - see make.h */
struct site *make_site(struct text_index *x, struct site_table *t, const uint32_t *id, size_t n)
{
    struct site *more = make_grow(t->site, t->n, &t->cap, sizeof(*more), SITES_FIRST);
    uint32_t words = make_ids(&x->ids, id, n);

    if (!more || words == UINT32_MAX)
        return NULL;
    t->site = more;
    more[t->n] = (struct site){.words = words, .n_words = (uint32_t)n};
    return &more[t->n++];
}

/* add_site - one row */
static bool add_site(struct text_index *x, const struct table_row *row)
{
    uint32_t id[TERM_WORDS_MAX];
    size_t n = make_set(x, table_col(row, "path"), id, TERM_WORDS_MAX);
    struct site *more;

    if (!n)
        return true;
    more = make_site(x, &x->sites, id, n);
    for (int i = 0; more && i < BEHAVIORS; i++)
        more->node[i] = cell(x, row, i);
    return more != NULL;
}

/* site_of - of a set of words, or NULL */
static struct site *site_of(const struct text_index *x, const uint32_t *id, size_t n)
{
    for (size_t i = 0; n && i < x->sites.n; i++)
        if (x->sites.site[i].n_words == n &&
            memcmp(x->ids.id + x->sites.site[i].words, id, n * sizeof(*id)) == 0)
            return &x->sites.site[i];
    return NULL;
}

/* What a reference to the table says. */
struct target {
    int behavior; /* from 1; 0: none */
    uint32_t id[TERM_WORDS_MAX];
    size_t n; /* words of the site */
};

/* part_of - one part between commas: a behavior, "by site", or a site */
static void part_of(const struct text_index *x, struct span part, struct target *out)
{
    static const struct {
        const char *word;
        int behavior;
    } rows[] = {{"malignant", 1}, {"secondary", 2},          {"in situ", 3},
                {"benign", 4},    {"uncertain behavior", 5}, {"unspecified behavior", 6}};
    uint32_t id[TERM_WORDS_MAX];
    size_t n;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (span_is(part, rows[i].word)) {
            out->behavior = out->behavior ? out->behavior : rows[i].behavior;
            return;
        }
    n = index_known_set(x, part.p, part.n, id, TERM_WORDS_MAX);
    if (starts(part, "by ") || starts(part, "if ") || out->n + n > TERM_WORDS_MAX)
        return;
    memcpy(out->id + out->n, id, n * sizeof(*id));
    out->n += n;
}

/* target_of - "Neoplasm, skin, benign"; false: it is no reference to the table */
static bool target_of(const struct text_index *x, struct span see, struct target *out)
{
    memset(out, 0, sizeof(*out));
    if (!starts(see, "Neoplasm,") && !starts(see, "neoplasm,"))
        return false;
    while (see.n) {
        struct span part = span_trim(span_cut(&see, ','));

        if (!span_is(part, "Neoplasm") && !span_is(part, "neoplasm"))
            part_of(x, part, out);
    }
    if (out->n)
        qsort(out->id, out->n, sizeof(*out->id), index_by_id);
    return true;
}

/* fill - empty cells of a row from the row that it refers to */
static void fill(struct text_index *x, const struct table_row *row)
{
    uint32_t id[TERM_WORDS_MAX];
    struct span path = table_col(row, "path");
    struct site *s = site_of(x, id, index_known_set(x, path.p, path.n, id, TERM_WORDS_MAX));
    const struct site *from;
    struct target to;

    if (!s || !target_of(x, table_col(row, "see"), &to) || !(from = site_of(x, to.id, to.n)))
        return;
    for (int i = 0; i < BEHAVIORS; i++)
        if (s->node[i] == x->n_nodes)
            s->node[i] = from->node[i];
}

/* is_soft_tissue - a tumor of connective tissue may be of any organ */
static bool is_soft_tissue(const struct text_index *x, const struct target *to)
{
    uint32_t id[TERM_WORDS_MAX];
    size_t n = index_known_set(x, "connective tissue", 17, id, TERM_WORDS_MAX);

    return to->n == n && memcmp(to->id, id, n * sizeof(*id)) == 0;
}

/* refer - a term of the index that sends to the table */
static bool refer(struct text_index *x, const struct table_row *row, const struct site *any)
{
    struct span path = table_col(row, "path");
    uint32_t id[TERM_WORDS_MAX];
    const struct site *s = any;
    struct named what = {(uint32_t)x->n_nodes, TEXT_SEE, path.n};
    struct target to;
    struct term *t;
    size_t n;

    if (!target_of(x, table_col(row, "see"), &to) || !to.behavior)
        return true;
    n = make_set(x, path, id, TERM_WORDS_MAX);
    if (to.n && !(s = site_of(x, to.id, to.n)))
        return true;
    what.node = s->node[to.behavior - 1];
    if (!make_term(x, id, n, &what))
        return false;
    t = index_term(x, id, n);
    if (t && !t->behavior && (!to.n || is_soft_tissue(x, &to)))
        t->behavior = (uint8_t)to.behavior;
    return true;
}

/* own_kinds - lists/tissues.tsv: words of tissue that the index has under other words */
static bool own_kinds(struct text_index *x, const struct site *any)
{
    struct list_walk w;
    struct span f[LIST_FIELDS];
    uint32_t id[TERM_WORDS_MAX];

    list_begin(LIST_TISSUES, &w);
    while (list_next(&w, f)) {
        size_t n = make_set(x, f[0], id, TERM_WORDS_MAX);
        struct target to = {0};
        struct term *t;

        part_of(x, f[1], &to);
        if (!to.behavior)
            continue;
        if (!make_term(x, id, n, &(struct named){any->node[to.behavior - 1], TEXT_OWN, f[0].n}))
            return false;
        if ((t = index_term(x, id, n)))
            t->behavior = (uint8_t)to.behavior;
        if (t && span_is(f[2], "site"))
            t->alone = false;
    }
    return true;
}

/* make_sites - see make.h */
bool make_sites(struct text_index *x, const struct tables *t, int32_t on)
{
    struct table_row row;
    size_t cursor = 0;
    uint32_t id[TERM_WORDS_MAX];
    struct site any;
    const struct site *top;

    while (tables_each(t, TABLE_ICD10CM_NEOPLASM, on, &cursor, &row))
        if (!add_site(x, &row))
            return false;
    cursor = 0;
    while (tables_each(t, TABLE_ICD10CM_NEOPLASM, on, &cursor, &row))
        fill(x, &row);
    top = site_of(x, id, index_known_set(x, "Neoplasm, neoplastic", 20, id, TERM_WORDS_MAX));
    if (!top)
        return true;
    any = *top;
    cursor = 0;
    while (tables_each(t, TABLE_ICD10CM_INDEX, on, &cursor, &row))
        if (!table_col_is(&row, "kind", "code") && !refer(x, &row, &any))
            return false;
    return own_kinds(x, &any);
}
