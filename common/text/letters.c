/* letters.c - what is beyond ASCII in a word of UTF-8 */
#include "common/text/letters.h"

/* letters_apostrophe - see letters.h */
size_t letters_apostrophe(const char *p, size_t n)
{
    if (n && p[0] == '\'')
        return 1;
    return n >= 3 && p[0] == '\xe2' && p[1] == '\x80' && (p[2] == '\x98' || p[2] == '\x99') ? 3 : 0;
}

/* letters_sign - U+0080 to U+00BF, U+00D7, U+00F7, and the blocks of signs U+2000 to U+2FFF */
size_t letters_sign(const char *p, size_t n)
{
    if (n >= 2 && p[0] == '\xc2')
        return 2;
    if (n >= 2 && p[0] == '\xc3' && (p[1] == '\x97' || p[1] == '\xb7'))
        return 2;
    return n >= 3 && p[0] == '\xe2' ? 3 : 0;
}

/* letters_plain - Latin-1's letters by their second byte */
const char *letters_plain(const char *p, size_t n)
{
    static const char *const of_c3[64] = {
        "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
        "d", "n", "o", "o", "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "ss",
        "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i",  "i",
        "d", "n", "o", "o", "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "y"};
    unsigned char second = n >= 2 ? (unsigned char)p[1] : 0;

    if (n >= 2 && p[0] == '\xc3' && second >= 0x80 && second < 0xc0)
        return of_c3[second - 0x80];
    return n >= 2 && p[0] == '\xc5' && (second == 0x92 || second == 0x93) ? "oe" : (void *)0;
}
