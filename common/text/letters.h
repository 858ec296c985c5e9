/* letters.h - what is beyond ASCII in a word of UTF-8: letters with signs as plain ones, signs that
 * part words, the curly apostrophe */
#ifndef CC_TEXT_LETTERS_H
#define CC_TEXT_LETTERS_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of a sign (dash, quote, bullet, blank) at a place of a text; 0: none stands there. */
size_t letters_sign(const char *p, size_t n);
/* Bytes of an apostrophe, straight or curly; 0: none. */
size_t letters_apostrophe(const char *p, size_t n);
/* The plain letters of one with signs (C3 A9 is "e", C5 93 "oe"), lower case; NULL: it has none. */
const char *letters_plain(const char *p, size_t n);

#endif
