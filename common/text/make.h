/* make.h - the steps that compile the index; `false`, NULL and UINT32_MAX mean: no memory */
#ifndef CC_TEXT_MAKE_H
#define CC_TEXT_MAKE_H

#include "common/text/index.h"

/* Room for one more of an array; `first`: how many the first time. */
void *make_grow(void *array, size_t n, size_t *cap, size_t size, size_t first);
/* Appends words; their place. */
uint32_t make_ids(struct ids *s, const uint32_t *id, size_t n);
/* The words of a text as a set, new ones are added to the lexicon; 0: more than `most`. */
size_t make_set(struct text_index *x, struct span s, uint32_t *out, size_t most);
/* What a set of words names. */
struct named {
    uint32_t node;
    enum text_source source;
    size_t length; /* of the phrase */
};
/* A term, or a better node for one. */
bool make_term(struct text_index *x, const uint32_t *id, size_t n, const struct named *what);
/* A phrase that names a code. */
bool make_text(struct text_index *x, struct span text, const char *code, enum text_source source);
/* What the index sets side by side as one word: before all others. */
bool make_same(struct text_index *x, const struct tables *t, int32_t on);
/* The order file: first of the terms. */
bool make_nodes(struct text_index *x, const struct tables *t, int32_t on);
/* Short forms and what they stand for (lists/abbreviations.tsv), after all words are known. */
bool make_expansions(struct text_index *x);
/* The same as terms, for lookups. */
bool make_abbreviations(struct text_index *x);
/* Words that others say, too (lists/implied.tsv). */
bool make_implied(struct text_index *x);

/* Words that tell of the encounter or the intent are known first, and marked last. */
bool make_cue_words(struct text_index *x);
bool make_cues(struct text_index *x);
/* Files terms and sites under one of their words; last. */
bool make_anchors(struct text_index *x);

/* A new row of a table; its cells are the caller's to fill; NULL: no memory. */
struct site *make_site(struct text_index *x, struct site_table *t, const uint32_t *id, size_t n);
/* The table of drugs and the words of harm by one (lists/doses.tsv). */
bool make_drugs(struct text_index *x, const struct tables *t, int32_t on);
/* The table of neoplasms and the terms that send to it; after the index. */
bool make_sites(struct text_index *x, const struct tables *t, int32_t on);

#endif
