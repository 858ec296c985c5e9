/* phrase.c - clinical phrases as keys */
#include "common/tables/phrase.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"

enum { PHRASE_WORDS_MAX = 64, PHRASE_BYTES_MAX = 1024 };

/* dropped - words without meaning of their own inside a term; not "A": hepatitis A */
static const char *const dropped[] = {"AN",  "AND", "AS", "AT",  "BY", "FOR",         "IN", "NEC",
                                      "NOS", "OF",  "ON", "THE", "TO", "UNSPECIFIED", NULL};

/* is_letter - what words are made of */
static bool is_letter(unsigned char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80;
}

/* flatten - upper case, blanks for the rest, nothing from round brackets; returns the length */
static size_t flatten(const char *text, size_t n, char out[PHRASE_BYTES_MAX + 1])
{
    size_t m = 0;
    int depth = 0;

    for (size_t i = 0; i < n && m < PHRASE_BYTES_MAX; i++) {
        unsigned char c = (unsigned char)text[i];

        if (c >= 'a' && c <= 'z')
            c = (unsigned char)(c - 'a' + 'A');
        depth += c == '(';
        if (depth > 0) {
            depth -= c == ')';
            c = ' ';
        }
        if (c == '\'' && i + 1 < n && (text[i + 1] | 0x20) == 's' &&
            (i + 2 == n || !is_letter((unsigned char)(text[i + 2] & ~0x20)))) {
            i++;
            continue;
        }
        if (c == '\'')
            continue;
        out[m++] = is_letter(c) ? (char)c : ' ';
    }
    out[m] = '\0';
    return m;
}

/* by_bytes - for qsort */
static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* split - the words that count, in place */
static size_t split(char *text, char *words[PHRASE_WORDS_MAX])
{
    size_t n = 0;
    char *save = NULL;

    for (char *w = strtok_r(text, " ", &save); w && n < PHRASE_WORDS_MAX;
         w = strtok_r(NULL, " ", &save))
        if (!str_in(w, dropped))
            words[n++] = w;
    qsort(words, n, sizeof(*words), by_bytes);
    return n;
}

/* phrase_normal - sorted words */
bool phrase_normal(const char *text, size_t n, char *out, size_t size)
{
    char flat[PHRASE_BYTES_MAX + 1], *words[PHRASE_WORDS_MAX];
    size_t count, len = 0;

    out[0] = '\0';
    if (n > PHRASE_BYTES_MAX)
        return false;
    flatten(text, n, flat);
    count = split(flat, words);
    for (size_t i = 0; i < count; i++) {
        size_t w = strlen(words[i]);

        if (i && strcmp(words[i], words[i - 1]) == 0)
            continue;
        if (len + w + 2 > size) {
            out[0] = '\0';
            return false;
        }
        if (len)
            out[len++] = ' ';
        memcpy(out + len, words[i], w + 1);
        len += w;
    }
    return len > 0;
}
