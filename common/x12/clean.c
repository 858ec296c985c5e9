/* clean.c - text as the basic character set of X12 can carry it (billing §1.5)
 *
 * Upper case letters, digits, blank and ! " & ' ( ) * + , - . / : ; ? = less the delimiters in use.
 * Letters with accents become their base letter; typographic signs their plain form; marks that
 * combine with a letter vanish; all else is a blank, and blanks are folded. */
#include "common/x12/x12.h"

#include <string.h>

/* U+00A0 to U+00FF. */
static const char *const latin1[96] = {
    /* clang-format off */
    " ", "",  " ", " ", " ", " ", " ", " ", "",  "(C)", "A", "\"", " ", "",  "(R)", "",
    " ", "+/-", "2", "3", "'", "U", " ", ".", "", "1", "O", "\"", "1/4", "1/2", "3/4", "",
    "A", "A", "A", "A", "A", "A", "AE", "C", "E", "E", "E", "E", "I", "I", "I", "I",
    "D", "N", "O", "O", "O", "O", "O", "X", "O", "U", "U", "U", "U", "Y", "TH", "SS",
    "A", "A", "A", "A", "A", "A", "AE", "C", "E", "E", "E", "E", "I", "I", "I", "I",
    "D", "N", "O", "O", "O", "O", "O", "/", "O", "U", "U", "U", "U", "Y", "TH", "Y",
    /* clang-format on */
};

/* U+0100 to U+017F. */
static const char *const latin_a[128] = {
    /* clang-format off */
    "A", "A", "A", "A", "A", "A", "C", "C", "C", "C", "C", "C", "C", "C", "D", "D",
    "D", "D", "E", "E", "E", "E", "E", "E", "E", "E", "E", "E", "G", "G", "G", "G",
    "G", "G", "G", "G", "H", "H", "H", "H", "I", "I", "I", "I", "I", "I", "I", "I",
    "I", "I", "IJ", "IJ", "J", "J", "K", "K", "K", "L", "L", "L", "L", "L", "L", "L",
    "L", "L", "L", "N", "N", "N", "N", "N", "N", "'N", "N", "N", "O", "O", "O", "O",
    "O", "O", "OE", "OE", "R", "R", "R", "R", "R", "R", "S", "S", "S", "S", "S", "S",
    "S", "S", "T", "T", "T", "T", "T", "T", "U", "U", "U", "U", "U", "U", "U", "U",
    "U", "U", "U", "U", "W", "W", "Y", "Y", "Y", "Z", "Z", "Z", "Z", "Z", "Z", "S",
    /* clang-format on */
};

struct sign {
    uint32_t from, to;
    const char *text;
};

/* Other signs people paste: dashes, quotes, dots, marks on letters, Romanian and Vietnamese
 * letters. */
static const struct sign signs[] = {
    /* clang-format off */
    {0x01A0, 0x01A1, "O"},  {0x01AF, 0x01B0, "U"},  {0x0218, 0x0219, "S"},  {0x021A, 0x021B, "T"},
    {0x02B9, 0x02BC, "'"},  {0x0300, 0x036F, ""},   {0x1E9E, 0x1E9E, "SS"}, {0x200B, 0x200D, ""},
    {0x2010, 0x2015, "-"},  {0x2018, 0x201B, "'"},  {0x201C, 0x201F, "\""}, {0x2026, 0x2026, "..."},
    {0x2032, 0x2032, "'"},  {0x2033, 0x2033, "\""}, {0x2044, 0x2044, "/"},  {0x2122, 0x2122, "TM"},
    {0x2212, 0x2212, "-"},  {0xFEFF, 0xFEFF, ""},
    /* clang-format on */
};

struct cleaner {
    const struct x12_delims *delims;
    char *out;
    size_t n, max;
    bool blank; /* one is due before the next character */
};

/* decode - one code point at s, of which n bytes are there; a byte that is no UTF-8 counts as
 * Latin-1 */
static size_t decode(const unsigned char *s, size_t n, uint32_t *out)
{
    const unsigned char c = s[0];
    const size_t size = c < 0xC2 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 1;
    uint32_t v = size == 1 ? c : c & (0x7Fu >> size);

    *out = c;
    for (size_t i = 1; i < size; i++) {
        if (i >= n || (s[i] & 0xC0) != 0x80)
            return 1;
        v = v << 6 | (s[i] & 0x3Fu);
    }
    *out = v;
    return size;
}

/* spelled - a code point outside ASCII in plain letters; " " when it has none */
static const char *spelled(uint32_t v)
{
    if (v >= 0xA0 && v < 0x100)
        return latin1[v - 0xA0];
    if (v >= 0x100 && v < 0x180)
        return latin_a[v - 0x100];
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
        if (v >= signs[i].from && v <= signs[i].to)
            return signs[i].text;
    return " ";
}

/* is_delimiter - of this interchange */
static bool is_delimiter(const struct x12_delims *d, char c)
{
    return c == d->element || c == d->component || c == d->segment || c == d->repetition;
}

/* What stands for a character of ASCII: itself, upper case for lower case, nothing. */
/* clang-format off */
static const char basic[128] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, '!', '"', 0, 0, 0, '&', '\'', '(', ')', '*', '+', ',', '-', '.', '/',
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ':', ';', 0, '=', 0, '?',
    0, 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O',
    'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', 0, 0, 0, 0, 0,
    0, 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O',
    'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', 0, 0, 0, 0, 0,
};
/* clang-format on */

/* give - one character of ASCII; folds blanks; false: full */
static inline bool give(struct cleaner *c, char ch)
{
    ch = basic[ch & 0x7F];
    if (!ch || is_delimiter(c->delims, ch)) {
        c->blank = c->n > 0;
        return true;
    }
    if (c->n + (c->blank ? 2 : 1) > c->max)
        return false;
    if (c->blank)
        c->out[c->n++] = ' ';
    c->out[c->n++] = ch;
    c->blank = false;
    return true;
}

/* give_spelled - a code point outside ASCII */
static bool give_spelled(struct cleaner *c, uint32_t v)
{
    bool room = true;

    for (const char *t = spelled(v); *t && room; t++)
        room = give(c, *t);
    return room;
}

/* x12_clean - the whole text */
size_t x12_clean(const char *s, const struct x12_delims *d, size_t max, char *out, size_t size)
{
    struct cleaner c = {.delims = d, .out = out, .max = max < size ? max : size - 1};
    const size_t n = strlen(s);
    bool room = size > 0;

    for (size_t i = 0; room && i < n;) {
        uint32_t v = (unsigned char)s[i];

        if (v < 0x80) {
            room = give(&c, s[i++]);
            continue;
        }
        i += decode((const unsigned char *)s + i, n - i, &v);
        room = give_spelled(&c, v);
    }
    if (size > 0)
        out[c.n] = '\0';
    return c.n;
}
