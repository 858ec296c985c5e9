/* titles.h - every title as words in their order, and where each word occurs: for descriptions */
#ifndef CC_TEXT_TITLES_H
#define CC_TEXT_TITLES_H

#include "common/text/index.h"
#include "common/text/short.h"

enum { TITLE_WORDS = 64 };

struct title {
    uint32_t node, words; /* in ids */
    float weight;         /* of its words, each once */
    uint16_t n;
};

struct titles {
    struct title *title;
    size_t n;
    uint32_t *ids;
    size_t n_ids, cap_ids;
    uint32_t *at, *held; /* by word: titles that hold it, at[id] to at[id + 1] */
    float *rarity;       /* by word */
    size_t n_words;
    struct shorts *shorts;
};

/* From the long and short titles of all nodes; NULL: no memory. */
struct titles *titles_new(struct text_index *x, const struct tables *t, int32_t on);
void titles_free(struct titles *d); /* accepts NULL */
size_t titles_bytes(const struct titles *d);

/* The words of a text in their order, stop words too; unknown ones are added, or 0. */
size_t titles_words(struct lexicon *l, const char *p, size_t n, bool add, uint32_t *out,
                    size_t most);

#endif
