/* answer.h - inside answering: what an answer does, and the mark it leaves (answer.c,
 * answer_take.c)
 */
#ifndef CC_CODER_ANSWER_H
#define CC_CODER_ANSWER_H

#include "services/coder/work.h"

/* What an answer without a code does. */
enum answer_effect {
    ANSWER_HOLD,   /* the question stays open: the claim waits */
    ANSWER_SETTLE, /* it stands as it is */
    ANSWER_DROP,   /* the entry is not coded or billed */
    ANSWER_POA,    /* present on admission, by the option's letter */
};

enum answer_effect answer_effect(const struct answered *x);

/* What a person said of the question; NULL: nothing. */
const CcReviewAnswer *answer_given(const struct work *w, const CcReviewItem *item);

/* Is it the choice of a line's modifiers among more than it takes (MOD-MAX)? */
bool answer_of_line(const struct answered *x);

/* Units of a container that a person says were discarded (UNI-12), thousandths; 0: none said. */
int64_t answer_waste_milli(const struct answered *x);

/* Is the question about this line of the result: its first evidence is where the code was read? */
bool answer_is_about(const CcReviewItem *item, const CcCodeAssignment *as);

/* A code as the record would have written it. */
CcCode *answer_new_code(struct work *w, CcCodeSystem system, const char *code);

/* Of a question about a charge or procedure (answer_service.c). */
void answer_service(struct work *w, const struct rule *r, const struct answered *x);

/* Procedures that a person names where no entry says them; true: of such a question. */
bool answer_adds_service(struct work *w, const struct rule *r, const struct answered *x);

/* The code rests on the answer: the rule is cited, and the decision is evidence: the question, who,
 * when, why. Twice is once. */
void answer_decided(struct work *w, const struct rule *r, CcCodeAssignment *as,
                    const CcReviewAnswer *answer);

#endif
