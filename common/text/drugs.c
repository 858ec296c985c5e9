/* drugs.c - the table of drugs and the names that it has not: a drug's names as sets of words, and
 * the words of harm by one */
#include <stdio.h>
#include <string.h>

#include "common/text/lists.h"
#include "common/text/make.h"

static const char *const columns[BEHAVIORS] = {"accident",     "self_harm", "assault",
                                               "undetermined", "adverse",   "underdosing"};

/* cell - the node of a cell, n_nodes: none */
static uint32_t cell(const struct text_index *x, const struct table_row *row, int column)
{
    char code[16];

    table_col_text(row, columns[column], code, sizeof(code));
    code[strcspn(code, "-")] = '\0';
    return code[0] ? index_node(x, code) : (uint32_t)x->n_nodes;
}

/* is_bare - a word that says nothing by itself (lists/bare.tsv), "diet" */
static bool is_bare(const struct text_index *x, uint32_t id)
{
    struct list_walk w;
    struct span f[LIST_FIELDS];

    for (list_begin(LIST_BARE, &w); list_next(&w, f);)
        if (span_is(f[0], lexicon_word(x->lexicon, id)))
            return true;
    return false;
}

/* add_drug - one row */
static bool add_drug(struct text_index *x, const struct table_row *row)
{
    uint32_t id[TERM_WORDS_MAX];
    size_t n = make_set(x, table_col(row, "path"), id, TERM_WORDS_MAX);
    struct site *drug;

    if (!n || (n == 1 && is_bare(x, id[0])))
        return true;
    drug = make_site(x, &x->drugs, id, n);
    for (int i = 0; drug && i < BEHAVIORS; i++)
        drug->node[i] = cell(x, row, i);
    return drug != NULL;
}

/* add_name - a name that the table has not (lists/drugs.tsv) */
static bool add_name(struct text_index *x, const struct span f[LIST_FIELDS])
{
    uint32_t id[TERM_WORDS_MAX];
    size_t n = make_set(x, f[0], id, TERM_WORDS_MAX);
    struct site *drug = n ? make_site(x, &x->drugs, id, n) : NULL;
    char code[TEXT_CODE_MAX];

    for (int i = 0; drug && i < BEHAVIORS; i++) {
        snprintf(code, sizeof(code), "%.*s%c", (int)f[1].n, f[1].p, (char)('1' + i));
        drug->node[i] = index_node(x, code);
    }
    return drug != NULL;
}

/* dose_of - a column from 1, by the word of the list; 0: none */
static uint8_t dose_of(struct span word)
{
    if (span_is(word, "poisoning"))
        return DOSE_ACCIDENTAL + 1;
    return span_is(word, columns[DOSE_ADVERSE]) ? DOSE_ADVERSE + 1
           : span_is(word, columns[DOSE_UNDER]) ? DOSE_UNDER + 1
                                                : 0;
}

/* add_harm - words of harm: a term of the index as it is there, else one that needs its drug */
static bool add_harm(struct text_index *x, struct span words, uint8_t dose)
{
    uint32_t id[TERM_WORDS_MAX];
    size_t n = make_set(x, words, id, TERM_WORDS_MAX);
    struct term *t;

    if (!n || !dose)
        return true;
    if ((t = index_term(x, id, n))) {
        t->dose = dose;
        return true;
    }
    if (!make_term(x, id, n, &(struct named){x->drugs.site[0].node[dose - 1], TEXT_OWN, words.n}))
        return false;
    if ((t = index_term(x, id, n))) {
        t->dose = dose;
        t->alone = false;
    }
    return true;
}

/* make_drugs - see make.h; without the table the words of harm lead nowhere */
bool make_drugs(struct text_index *x, const struct tables *t, int32_t on)
{
    struct table_row row;
    struct list_walk w;
    struct span f[LIST_FIELDS];
    size_t cursor = 0;

    while (tables_each(t, TABLE_ICD10CM_DRUG, on, &cursor, &row))
        if (!add_drug(x, &row))
            return false;
    for (list_begin(LIST_DRUGS, &w); x->drugs.n && list_next(&w, f);)
        if (!add_name(x, f))
            return false;
    for (list_begin(LIST_DOSES, &w); x->drugs.n && list_next(&w, f);)
        if (!add_harm(x, f[0], dose_of(f[1])))
            return false;
    return true;
}
