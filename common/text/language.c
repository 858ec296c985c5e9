/* language.c - small words tell a language: the share of those that are only English against those
 * that are no English word (so not "die", "no", "a", "per") */
#include "common/text/language.h"

#include <stdlib.h>
#include <string.h>

#include "common/text/read.h"

enum { LOOK_WORDS = 1000, FEW_WORDS = 12, FOREIGN_PERCENT = 8, SMALL_MAX = 7 };

/* Sorted, of English, and of German, Spanish, French, Italian, Portuguese, Dutch. */
static const char *const english[] = {
    "after", "and",  "any",  "are", "as",  "at",   "but",   "by",  "for",  "from",   "had",
    "has",   "have", "he",   "her", "his", "if",   "is",    "of",  "on",   "or",     "she",
    "that",  "the",  "this", "to",  "was", "were", "which", "who", "with", "without"};
static const char *const foreign[] = {
    "avec", "bei", "com",  "como", "dans", "das",  "de",    "degli", "del",   "della", "der",
    "des",  "di",  "dos",  "een",  "ein",  "eine", "el",    "est",   "haben", "het",   "ist",
    "las",  "les", "los",  "mit",  "muy",  "nach", "nicht", "nella", "nous",  "oder",  "para",
    "pas",  "por", "pour", "que",  "sans", "sich", "sin",   "sont",  "sowie", "sul",   "sur",
    "und",  "una", "une",  "van",  "von",  "wird", "wurde", "y",     "zu",    "zur"};

/* compare - for bsearch */
static int compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* among - is the word in a list? */
static bool among(const char *word, const char *const *list, size_t n)
{
    return bsearch(&word, list, n, sizeof(*list), compare) != NULL;
}

/* language_is_foreign - see language.h */
bool language_is_foreign(const struct reader *r)
{
    size_t words = 0, ours = 0, theirs = 0, other = 0;

    for (size_t i = 0; i < r->n_sentences && words < LOOK_WORDS; i++)
        for (size_t k = 0; k < r->sentences[i].n; k++) {
            const struct word *w = &r->sentences[i].words[k];
            size_t n = w->end - w->start;
            char small[SMALL_MAX + 1];

            words++;
            if (n > SMALL_MAX)
                continue;
            memcpy(small, r->text + w->start, n);
            small[n] = '\0';
            ours += among(small, english, sizeof(english) / sizeof(english[0]));
            theirs += among(small, foreign, sizeof(foreign) / sizeof(foreign[0]));
        }
    for (size_t i = 0; i < r->n; i++) /* Greek and what comes after it, the first of their bytes */
        other += (unsigned char)r->text[i] >= 0xcd && (unsigned char)r->text[i] != 0xe2;
    return other * 3 > r->n / 2 ||
           (words >= FEW_WORDS && theirs > ours && theirs * 100 >= words * FOREIGN_PERCENT);
}
