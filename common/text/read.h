/* read.h - a text at work: its words, sentences, matches; shared by the steps of reading */
#ifndef CC_TEXT_READ_H
#define CC_TEXT_READ_H

#include "common/text/index.h"

enum { WORD_STOP = 1 << 0, WORD_THEN = 1 << 1 /* what an allergy did (allergies.c) */ };

struct word {
    uint32_t start, end; /* in the text */
    uint32_t id;         /* in the lexicon; 0 = not known */
    uint32_t next;       /* next word of the sentence with this id; 0 = none */
    uint32_t content;    /* words before it in the sentence that are no stop words */
    uint16_t flags;
};

struct sentence {
    size_t start, end; /* bytes */
    struct word *words;
    size_t n;
    uint8_t section;
};

/* A term whose words stand near each other. */
struct match {
    const struct term *term;
    uint32_t lo, hi;             /* first and last word in the sentence */
    uint32_t at[TERM_WORDS_MAX]; /* all of them, sorted */
    bool listed;                 /* a comma, and, or stands between them */
};

struct reader {
    const struct text_index *x;
    struct arena *a;
    const char *text;
    size_t n;
    struct sentence *sentences;
    size_t n_sentences;
    uint32_t
        *first; /* by word id: its first place in the sentence in hand + 1, when `stamp` says so */
    uint32_t *stamp;
    uint32_t turn;
    bool structured;           /* it has an assessment (sections.c) */
    struct triggers *triggers; /* context.c */
    struct trigger_hit **hit;  /* by word of the sentence in hand: the trigger that it belongs to */
    bool then;                 /* the next sentence tells what an allergy did */
};

/* words.c: sentences and words of the whole text; false: the arena is full */
bool read_words(struct reader *r);
/* expand.c: short forms become the words that they stand for, all at its place */
bool read_expand(struct reader *r, struct sentence *s);
/* Makes a sentence the one in hand: first, stamp, next. */
void read_hold(struct reader *r, struct sentence *s);
/* Place of a word in the sentence in hand + 1, or 0. */
uint32_t read_place(const struct reader *r, uint32_t id);

/* cues.c: does a word of this kind stand in the sentence, from one word to another? */
bool read_cue(const struct reader *r, const struct sentence *s, enum cue cue, uint32_t lo,
              uint32_t hi);

/* match.c: all terms of the sentence in hand, the longest first, none inside another. */
bool read_matches(struct reader *r, const struct sentence *s, struct match **out, size_t *n);

/* allergies.c: the substances that the patient is allergic to, behind the other matches of the
 * sentence, and what they did; the triggers are held for all of them. */
bool read_allergies(struct reader *r, const struct sentence *s, struct match **out, size_t *n);

/* allergies.c: the drug of the table that has just these words (they are sorted), with an adverse
 * effect; NULL: none. */
const struct site *read_drug(const struct text_index *x, uint32_t *id, size_t n);

/* effects.c: the adverse effect of the drug that words behind a match link it to, to *hi, the
 * concept being its nature; n_nodes: none. */
uint32_t read_effect(const struct reader *r, const struct sentence *s, const struct match *m,
                     struct text_concept *c, uint32_t *hi);

/* match.c: is a match one adjective before a noun? */
bool read_modifier(const struct reader *r, const struct sentence *s, const struct match *m);

/* climb.c: the most specific billable node below one that the words of the sentence in hand
 * support; `near`: words lo to hi count double. n_nodes: none is billable. *open: the first word of
 * what the text leaves open, or NULL. */
uint32_t read_climb(const struct reader *r, const struct sentence *s, uint32_t node, uint32_t lo,
                    uint32_t hi);

/* compose.c: a kind of tissue and a site near it, or a harm and a drug: the node that they name
 * together, and the match reaches over both; n_nodes: no site, no drug. */
uint32_t read_compose(const struct reader *r, const struct sentence *s, struct match *m);

/* context.c: the triggers, once a reading; those of the sentence in hand, once it is asked for
 * them; then what it says about the stretch of a concept. false: the arena is full. */
bool context_begin(struct reader *r);
bool context_hold(struct reader *r, const struct sentence *s);
void read_context(const struct reader *r, const struct sentence *s, const struct match *m,
                  struct text_concept *c);

/* history.c: the code of history for a disease that is past or another person's; n_nodes: none. */
uint32_t read_history(const struct reader *r, const struct sentence *s, const struct match *m,
                      const struct text_concept *c);

/* unexplained.c: words that look like a disease and that no concept covers. */
bool read_unexplained(struct reader *r, struct text_reading *out);

/* weigh.c: concepts to codes with their probability */
bool read_weigh(struct reader *r, struct text_reading *out);

#endif
