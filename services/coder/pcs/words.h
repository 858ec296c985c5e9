/* words.h - inside building a code from words: the phrases that stand for each part (pcs/words.c)
 */
#ifndef CC_CODER_PCS_WORDS_H
#define CC_CODER_PCS_WORDS_H

#include "services/coder/pcs/pcs.h"

enum { PCS_PHRASE = 200, PCS_WAYS = 12 };

/* Characters 3 to 7; the fifth is a duration in section 5, the sixth a function. */
enum pcs_part { PCS_OPERATION, PCS_BODY_PART, PCS_APPROACH, PCS_DEVICE, PCS_QUALIFIER, PCS_PARTS };

/* Ways of naming a part, in the order in which they are tried. */
enum pcs_pass { PCS_AS_SAID, PCS_OVER_JOINT, PCS_DIGIT, PCS_PASSES };

struct pcs_way {
    char phrase[PCS_PHRASE];
    enum pcs_pass pass;
};

struct pcs_wanted {
    struct pcs_way ways[PCS_PARTS][PCS_WAYS];
    size_t n[PCS_PARTS];
    const char *site; /* the body part as the record says it */
    char side;        /* R L B, or 0 */
    int64_t time_ms;  /* how long it ran; -1: not known */
};

/* False: no operation, or words too long for a value. `words` outlives `w`. */
bool pcs_want(const struct tables *t, const struct pcs_words *words, int32_t on,
              struct pcs_wanted *w);
/* Does the record say anything of the part? */
bool pcs_said(const struct pcs_wanted *w, enum pcs_part part);
/* Is that what it says, as said or in the way of this pass? */
bool pcs_means(const struct pcs_wanted *w, enum pcs_part part, enum pcs_pass pass,
               struct span meaning);

#endif
