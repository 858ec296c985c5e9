/* lexicon.h - words in normal form, as numbers
 *
 * The normal form of a word: lower case, without 's, one of a plural, American spelling, the noun
 * of an adjective of site ("renal" is "kidney"): lists/forms.tsv first, rules for regular plurals
 * after it. The same for tables and notes, so that what is equal for a coder is equal here. */
#ifndef CC_TEXT_LEXICON_H
#define CC_TEXT_LEXICON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WORD_MAX = 48 }; /* longer words are cut, and known by none */

struct lexicon;

struct lexicon *lexicon_new(void); /* with lists/forms.tsv; NULL: no memory */
void lexicon_free(struct lexicon *l);

/* Two words of one meaning, before any is numbered: the normal form of the first is that of both,
 * unless the list says otherwise of the second; false: no memory. */
bool lexicon_same(struct lexicon *l, const char *a, size_t n, const char *b, size_t m);

/* The normal form of a word of the text; returns its length. */
size_t lexicon_form(const struct lexicon *l, const char *p, size_t n, char out[WORD_MAX]);

/* Number of a normal form: from 1; add: 0 only without memory; find: 0 = not known. */
uint32_t lexicon_add(struct lexicon *l, const char *form, size_t n);
uint32_t lexicon_find(const struct lexicon *l, const char *form, size_t n);
size_t lexicon_size(const struct lexicon *l);
const char *lexicon_word(const struct lexicon *l, uint32_t id);

/* A stop word carries no meaning inside a term. */
bool lexicon_is_stop(const struct lexicon *l, uint32_t id);

#endif
