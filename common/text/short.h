/* short.h - short forms of words, learned by laying each official short title beside its long one
 *
 * "Unsp fracture of rt femr, init" beside "Unspecified fracture of right femur, initial encounter"
 * teaches unsp, rt, femr, init. A form is kept when it stood for a word often enough, and with how
 * large a share of its uses. A few forms of two words and of the ward are rows of lists/short.tsv.
 */
#ifndef CC_TEXT_SHORT_H
#define CC_TEXT_SHORT_H

#include "common/text/index.h"

enum { SHORT_WORDS_MAX = 6 };

struct shorts;

struct shorts *shorts_new(void);
void shorts_free(struct shorts *s); /* accepts NULL */
/* Lays one short title beside the long one; words by number. */
bool shorts_learn(struct shorts *s, const uint32_t *brief, size_t n, const uint32_t *full, size_t m,
                  const struct lexicon *l);
/* After the last: sorts and drops what was seen too seldom. */
void shorts_close(struct shorts *s);
/* Words that a form stands for, the most frequent first; returns how many. */
size_t shorts_of(const struct shorts *s, uint32_t form, uint32_t out[SHORT_WORDS_MAX]);

#endif
