/* tabular.h - the notes of the ICD-10-CM tabular list, with inheritance (coding 2.12).
 *
 * Rows of table icd10cm-tabular: key = node (a dotless code, "SECTION A00-A09", "CHAPTER 1"), key2
 * = part (kind.c). A note applies to its node and all below it: a walk goes from the code (its 7th
 * character taken off where the list has none) over its parents to block and chapter.
 *
 * The references of a note are normalised to items joined by ";": LOW or LOW-HIGH, dotless, each
 * standing for every code that begins so; then perhaps a condition:
 *   @sXX   the characters after the third begin with XX       "E08-E13 with .42" E08-E13@s42
 *   @eXX   the code ends with XX                              "I69. with final characters -23"
 * I69@e23
 *   @7BC   the seventh character is B or C (also 4, 5, 6)     "S42.- with 7th character B or C"
 * S42@7BC
 *   @iN…   the intent, sixth character or fifth of a shorter code   "T36-T50 with fifth or sixth
 * character 5"  T36-T50@i5 A note without a reference that can be read has none; its text is kept.
 */
#ifndef CC_TABLES_TABULAR_H
#define CC_TABLES_TABULAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/str.h"
#include "common/tables/tables.h"

/* Parts of the list that are notes. */
#define TABULAR_PART_LIST(T)                                                                       \
    T(EXCLUDES1, "excludes1")                                                                      \
    T(EXCLUDES2, "excludes2")                                                                      \
    T(CODE_FIRST, "code-first")                                                                    \
    T(USE_ADDITIONAL, "use-additional")                                                            \
    T(CODE_ALSO, "code-also")                                                                      \
    T(SEVEN, "seven")

enum tabular_part {
#define T(suffix, name) TABULAR_##suffix,
    TABULAR_PART_LIST(T)
#undef T
        TABULAR_PARTS
};

struct outline;      /* the list of an edition, compiled when it was opened */
struct tabular_note; /* one note of it; lives as long as the tables */

/* Where codes are, by letter and digit: a set whose places do not meet those of some codes names
 * none of them. */
struct tabular_places {
    uint64_t bits[5];
};
void tabular_places_add(struct tabular_places *p, uint64_t code);
bool tabular_places_meet(const struct tabular_places *x, const struct tabular_places *y);

/* A code's category (its first three characters) as a number below TABULAR_CATEGORIES, in the order
 * of codes; letters as third character share one. */
enum { TABULAR_CATEGORIES = 26 * 10 * 11 };
size_t tabular_category(uint64_t code);

struct tabular_walk {
    const struct outline *of;
    uint32_t node, next; /* node 0: at the end */
    bool begun;
    /* Notes that can name no code in one of these places are passed over; NULL: none is. */
    const struct tabular_places *among;
};

/* Stands at the code's node; a walk that has begun may be copied, to ask for several parts. */
void tabular_begin(const struct tables *t, const char *code, int32_t on, struct tabular_walk *w);
/* The next note of a part that applies to a code: nearest node first. Start with a zeroed walk;
 * NULL: no more (or no edition for the day: ask tables_edition first). */
const struct tabular_note *tabular_note_next(const struct tables *t, const char *code,
                                             enum tabular_part part, int32_t on,
                                             struct tabular_walk *w);
/* Does one of the note's references name this code (code_key of code_set.h)? */
bool tabular_note_names(const struct tabular_note *x, uint64_t code);
void tabular_note_row(const struct tabular_note *x, struct table_row *out);

/* Does one of the references name this code (dotless)? */
bool tabular_refers(struct span codes, const char *code);

/* The references of a literal, compiled at the first call and kept by the process; thread safe.
 * NULL: not kept (no literal, or no room), ask tabular_refers. */
struct tabular_set;
const struct tabular_set *tabular_set_of(const char *refs);
bool tabular_set_has(const struct tabular_set *s, uint64_t code);
const struct tabular_places *tabular_set_places(const struct tabular_set *s);
/* The categories that its i-th item may name codes of; false: it has no such item. */
bool tabular_set_categories(const struct tabular_set *s, size_t i, size_t *from, size_t *to);

/* An Excludes1 note of a's nodes that names b, or of b's that names a. A note that names both is
 * none between them. */
bool tabular_excludes1(const struct tables *t, const char *a, const char *b, int32_t on,
                       struct table_row *out);

/* The 7th characters a code's nearest node with such a list allows, as text ("ADS"); false: no list
 * applies. */
bool tabular_seventh(const struct tables *t, const char *code, int32_t on, char *out, size_t size);

/* The references of a note's text in normal form; "" = none. */
void tabular_references(const char *text, size_t n, struct buf *out);

#endif
