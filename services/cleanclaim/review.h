/* review.h - the people's queue, between cmd_review.c, review_decide.c and review_answer.c only */
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

const CcReviewOption *review_option(const CcReviewItem *item, const char *id); /* NULL: none */

struct review_word {
    const char *edits, *reason, *role; /* edits: ids with commas, NULL = none */
    const char *choose, *codes;        /* an option's id; codes with commas; NULL = none */
    const char *amount, *units;        /* cents; a number */
    const char *payer, *facility;      /* as the tables write them */
    const char *instead, *modifiers;   /* the code of the claim that --code or these are for */
    bool again, phi;
    bool json;
};

/* What a person says of a held claim's question, on its way to the validator. Returns an exit code.
 */
int review_decide(const struct conf *c, const struct review_queue *q, const char *id,
                  const struct review_word *w);

/* The same on a question of the coder: it makes the next version of the encounter and the answer.
 */
int review_answer(const struct conf *c, struct arena *a, const CcReviewItem *item,
                  const struct review_word *w);

/* The same on what the validator found in a claim of the coder's: a code of it, or a line's
 * modifiers, are others; the coder makes the next version. */
int review_correct(const struct conf *c, struct arena *a, const CcReviewItem *item,
                   const CcClaim *claim, const struct review_word *w);
/* The person's word with the codes of the command line; NULL: out of memory, or one that is none,
 * which is said. */
CcDecision *review_word_of(struct arena *a, const CcReviewItem *item, const struct review_word *w);

/* The same on a question about a payer's answer: what is decided of the claim goes to follow, which
 * knows whether its state allows it. */
int review_claim(const struct conf *c, struct arena *a, const CcReviewItem *item,
                 const struct review_word *w);

/* Any record, with a ce_id of its content. */
int review_send(const struct conf *c, struct arena *a, enum topic t, const char *key, int64_t at_ms,
                const ProtobufCMessage *m, struct err *e);
/* The queue for people: its head, a line, and all of one question; `phi`: with the record's words.
 */
void review_head(void);
void review_row(const CcReviewItem *r);
void review_whole(struct arena *a, const CcReviewItem *r, bool phi);
/* Ids of the edits that a person may confirm, with commas; NULL: out of memory. */
const char *review_confirmable(struct arena *a, const CcReviewItem *item);

/* Modifiers of a line, with commas. */
bool review_put_modifiers(struct arena *a, CcReviewAnswer *answer, const char *list);
/* How an option's further word is given on the command line: "--code CODE"; "" = nothing is. */
const char *review_switch(const char *takes);

/* A decision to the patient's partition; the same word twice has the same id. */
int review_publish(const struct conf *c, struct arena *a, const CcDecision *d, struct err *e);

#endif
