/* review.h - the people's queue, between cmd_review.c and review_decide.c only */
#ifndef CC_CLEANCLAIM_REVIEW_H
#define CC_CLEANCLAIM_REVIEW_H

#include "services/cleanclaim/live.h"

/* The newest record of each question of work.review, in the order of its first record. */
struct review_queue {
    struct arena *arena;
    CcReviewItem **items;
    size_t n_items;
    json_t *places; /* review id to index */
    bool full;
};

/* Does the question go by this id: its own, or its claim's or encounter's? */
bool review_is(const CcReviewItem *item, const char *id);
bool review_open(const CcReviewItem *item);

struct review_word {
    const char *edits, *reason, *role; /* edits: ids with commas, NULL = none */
    bool json;
};

/* What a person says of a held claim's question, on its way to the validator. Returns an exit code.
 */
int review_decide(const struct conf *c, const struct review_queue *q, const char *id,
                  const struct review_word *w);

#endif
