/* weigh.h - what is known of a candidate code, as numbers; their weights are lists/weights.tsv
 *
 * The probability that a coder reports the code is logistic: 1 / (1 + exp(-(sum of weight x value +
 * constant))). The weights, and how often candidates of a family of codes are right (coding §4.8:
 * lists/families.tsv, a category, else its letter, else all), are fitted by tests/accuracy/notes.py
 * on one half of a corpus and measured on the other; they are data, so that a site can fit its own.
 */
#ifndef CC_TEXT_WEIGH_H
#define CC_TEXT_WEIGH_H

#include "common/text/read.h"

enum { FEATURES_MAX = 96 };

/* Does a concept speak for its code at all? */
bool weigh_counts(const struct text_concept *c);
/* Names of the features in their order; NULL after the last. */
const char *weigh_feature(size_t i);
/* Values of one candidate. */
void weigh_values(const struct reader *r, const struct text_code *c, double out[FEATURES_MAX]);

#endif
