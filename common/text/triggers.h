/* triggers.h - the triggers of lists/triggers.tsv, and where they stand in a sentence */
#ifndef CC_TEXT_TRIGGERS_H
#define CC_TEXT_TRIGGERS_H

#include "common/text/read.h"

enum { PHRASE_WORDS = 6, TRIGGER_BUCKETS = 256, SENTENCE_SCOPE = 60 };

/* Their classes and direction. */
enum {
    NEGATED = 1 << 0,
    POSSIBLE = 1 << 1,
    HISTORY = 1 << 2, /* "history of": says nothing against what never heals */
    PAST = 1 << 3,
    ACUTE = 1 << 4, /* ends what is past */
    HYPOTHETICAL = 1 << 5,
    OTHER = 1 << 6,
    VERB = 1 << 7,    /* a new clause */
    TURN = 1 << 8,    /* but, except */
    PATIENT = 1 << 9, /* back from a relative */
    FORWARD = 1 << 10,
    BACKWARD = 1 << 11,
    COMMA = 1 << 12,  /* only behind a comma */
    AROUND = 1 << 14, /* back in any place */
    KIN = 1 << 13     /* a relative: what KIN in a phrase stands for */
};

struct trigger {
    struct span word[PHRASE_WORDS];
    uint32_t n;
    unsigned bits;
    uint32_t scope;
    unsigned aside; /* bits of its words that mean another thing in it: no term has them */
    uint32_t next;  /* in its bucket, + 1 */
};

struct triggers {
    struct trigger *row;
    size_t n;
    uint32_t kin[TRIGGER_BUCKETS]; /* the relatives, likewise */
    uint32_t bucket[TRIGGER_BUCKETS];
    struct span *chronic; /* code prefixes */
    size_t n_chronic;
};

/* A trigger in the sentence in hand. */
struct trigger_hit {
    const struct trigger *t;
    uint32_t lo, hi;
};

/* The bytes of a word; the same word without regard to case. */
struct span word_span(const struct reader *r, const struct word *w);
bool word_same(struct span a, struct span b);
/* And, or, nor: a word that goes on with a list. */
bool word_joins(const struct reader *r, const struct word *w);
/* Four digits, of the last century or this one. */
bool word_is_year(struct span w);
/* The bytes before a word, back to the word before it; does one of the signs stand there? */
struct span word_gap(const struct reader *r, const struct sentence *s, size_t i);
bool gap_has(const struct reader *r, const struct sentence *s, size_t i, const char *signs);

#endif
