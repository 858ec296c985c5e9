/* text.h - what the texts of a visit say, one entry a code: read once, before the rules about them
 *
 * The texts are the visit's documents (notes, reports, summaries) that were not taken back. A code
 * of several texts is one find with the best of their probabilities; its places are those of the
 * strongest that is said of it. */
#ifndef CC_CODER_TEXT_H
#define CC_CODER_TEXT_H

#include "common/text/said.h"
#include "common/text/shelf.h"
#include "services/coder/work.h"

enum { FIND_PLACES = 20, FIND_CHOICES = 4 };

/* Where it stands: bytes of the document's text as it came. */
struct text_place {
    const CcDocument *document;
    uint32_t start, end;
    uint64_t quote_hash; /* of those bytes */
    char *quote;         /* as words: without tags, as UTF-8 */
};

struct text_find {
    char code[DX_CODE];
    char node[DX_CODE]; /* what its words name by themselves: the code or a category of it */
    enum text_said said;
    uint32_t ppm, measured_ppm; /* text_code's confidence and measured */
    bool doubt; /* TEXT_PLAIN only because a stay's last word may be uncertain (Guidelines II.H) */
    const struct rule *used; /* the rule that has dealt with it; NULL: none yet */
    bool assessed;           /* what is said of it is said in an assessment */
    bool interpreted;        /* or is what a physician's final report finds (Guidelines IV.K) */
    struct text_place *places;
    size_t n_places;
    const char *missing;                /* what the words leave open: "side", or NULL */
    char choice[FIND_CHOICES][DX_CODE]; /* the codes between which that would decide */
    size_t n_choices;
};

/* Reads all texts into w->finds, the most probable first; what cannot be read is a question. Once a
 * run. */
void text_read_all(struct work *w, const struct rule *r);

/* The find as a line of the result, with its places, the rule and what it leaves open. */
CcCodeAssignment *text_assign(struct work *w, const struct text_find *f, const struct rule *r,
                              CcCodeStatus status);
/* Its places as evidence of another line. */
void text_evidence(struct work *w, CcCodeAssignment *as, const struct text_find *f);
/* One more code that a line could be; ppm 0: not known; missing "": nothing. */
void text_other(struct work *w, CcCodeAssignment *as, const char *code, uint32_t ppm,
                const char *missing);
/* The codes between which what is missing would decide. */
void text_choices(struct work *w, CcCodeAssignment *as, const struct text_find *f);

/* Plainly said, worth a question, and no rule has dealt with it. */
bool text_is_open(const struct text_find *f);

/* text_near.c */
void rule_near_words(struct work *w, const struct rule *r);

/* text_rules.c */
void rule_text_read(struct work *w, const struct rule *r);
void rule_text_supports(struct work *w, const struct rule *r);
void rule_text_specific(struct work *w, const struct rule *r);
void rule_text_denies(struct work *w, const struct rule *r);
void rule_text_refuted(struct work *w, const struct rule *r);
void rule_text_uncertain(struct work *w, const struct rule *r);
void rule_text_past(struct work *w, const struct rule *r);
void rule_text_later(struct work *w, const struct rule *r);
void rule_text_denied(struct work *w, const struct rule *r);
void rule_text_others(struct work *w, const struct rule *r);
void rule_text_little(struct work *w, const struct rule *r);
void rule_text_unexplained(struct work *w, const struct rule *r);

/* text_code.c */
void rule_text_interpreted(struct work *w, const struct rule *r);
void rule_text_missed(struct work *w, const struct rule *r);
void rule_text_coded(struct work *w, const struct rule *r);

#endif
