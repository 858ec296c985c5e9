/* ask.h - what the words of a phrase may stand for among the words of titles */
#ifndef CC_TEXT_ASK_H
#define CC_TEXT_ASK_H

#include "common/text/titles.h"

enum { ALTERNATIVES_MAX = 12 };

/* A word of the phrase: itself, or what it may stand for. */
struct asked {
    struct {
        uint32_t id;
        float weight; /* 1: the word itself */
    } may[ALTERNATIVES_MAX];
    size_t n;
    float rarity; /* of the most common of them; of a word that no title has: the greatest */
};

/* The words of a phrase; returns how many. */
size_t ask_phrase(const struct text_index *x, const char *p, size_t n,
                  struct asked out[TITLE_WORDS]);
/* How well a word of a title answers: 0 not at all. */
float ask_answers(const struct asked *w, uint32_t id);

#endif
