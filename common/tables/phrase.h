/* phrase.h - the form in which a clinical phrase is a key (icd10cm-index, icd10cm-title): the same
 * words, the same key.
 *
 * Upper case; everything but letters and digits is a blank; the possessive 's is dropped; words
 * that carry no meaning in a term ("of", "the", "NOS", "unspecified" …; list in phrase.c) are
 * dropped; what stands in round brackets is dropped (non-essential modifiers) and square brackets
 * are kept without their sign; the words are sorted, each once. "without", "with", "not" stay. So
 * "Bronchitis, acute" and "acute bronchitis" are one key, and so are "Essential (primary)
 * hypertension" and "hypertension, essential". */
#ifndef CC_TABLES_PHRASE_H
#define CC_TABLES_PHRASE_H

#include <stdbool.h>
#include <stddef.h>

/* False: no word is left, or it does not fit (out is then ""). Not UTF-8 aware: bytes over 127
 * count as letters. */
bool phrase_normal(const char *text, size_t n, char *out, size_t size);

#endif
