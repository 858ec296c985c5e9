/* language.h - is a text English? The tables that it is read by are. */
#ifndef CC_TEXT_LANGUAGE_H
#define CC_TEXT_LANGUAGE_H

#include <stdbool.h>

struct reader;

/* By the share of small words: those of other languages outweigh the English ones, or most letters
 * are not Latin. Few words are never foreign. */
bool language_is_foreign(const struct reader *r);

#endif
