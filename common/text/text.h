/* text.h - what a note or a phrase says, as ICD-10-CM concepts: pure, deterministic
 *
 * A *text index* is compiled from the code tables that serve a day (icd10cm titles, tabular
 * inclusion terms, alphabetic index) and the lists of this room (lists/: word forms, own terms,
 * words that must not stand alone, triggers, sections). It is read-only afterwards and may be
 * shared by threads.
 *
 * Reading a text: words with their place -> sections and sentences -> terms (sets of words near
 * each other in one sentence, the longest first) -> context (negated, historical, hypothetical, of
 * another person, uncertain) -> the most specific billable code that the words nearby support
 * (coding §4). Offsets are bytes of the text as given, `end` exclusive. What is returned lies in
 * the arena and, for titles and codes, in the index. */
#ifndef CC_TEXT_TEXT_H
#define CC_TEXT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/tables/tables.h"

enum { TEXT_CODE_MAX = 8 };

struct text_index;

/* Compiles the index of the editions that serve a day. NULL: a table that it needs has none
 * (ERR_REJECT "no-table", the text names it), or no memory (ERR_RETRY "memory"). */
struct text_index *text_index_new(const struct tables *t, int32_t on, struct err *e);
/* For lookups: the titles are enough, phrases are known as far as the other tables are there. */
struct text_index *text_titles_new(const struct tables *t, int32_t on, struct err *e);
void text_index_free(struct text_index *x); /* accepts NULL */
size_t text_index_terms(const struct text_index *x);
size_t text_index_bytes(const struct text_index *x);

/* Where a term comes from; the best one first. */
enum text_source {
    TEXT_OWN,       /* lists/terms.tsv */
    TEXT_INDEX,     /* alphabetic index */
    TEXT_INCLUSION, /* tabular inclusion term */
    TEXT_SEE,       /* alphabetic index, by a see reference */
    TEXT_TITLE,     /* title of a code */
    TEXT_SEE_ALSO,  /* the same, where the index only says "see also" */
    TEXT_TITLE_CUT, /* title without its ", unspecified" */
    TEXT_COMPOSED,  /* a kind of tissue and a site, by the table of neoplasms */
    TEXT_HISTORY,   /* a disease that is past or another person's, as history */
    TEXT_SOURCE_MAX
};

enum text_time { TEXT_RECENT, TEXT_HISTORICAL, TEXT_HYPOTHETICAL };

/* One place in the text where a term stands. */
struct text_concept {
    size_t start, end;
    const char *quote; /* the words themselves, UTF-8 without marks, not ended by a zero */
    size_t quote_len;
    const char *node; /* the code or category that the term names */
    const char
        *code; /* billable, as far as the words nearby support it; NULL: none below the node */
    enum text_source source;
    enum text_time time;
    bool negated, other_person, uncertain;
    bool called_past;   /* some words call it history, even if it is one that stays */
    bool siteless;      /* a kind of tissue whose site is not said near it */
    bool listed;        /* a comma, and, or stands between its words */
    bool modifier;      /* one adjective before a noun: "hemorrhagic shock" */
    uint8_t words, gap; /* words of the term; foreign words between them */
    uint8_t ambiguity;  /* other nodes that the same words name */
    uint8_t section;    /* enum text_section (sections.h) */
    uint32_t sentence;
    uint32_t commonness; /* terms that hold the rarest of its words */
};

/* What several concepts say together of one code. */
struct text_code {
    const char *code;
    double confidence; /* probability that a coder reports it */
    double measured;   /* the same without what an assessment adds: as it is measured on a corpus,
                          never more than that */
    struct text_concept **concepts;
    size_t n_concepts;
    const char *missing; /* the axis that the text leaves open ("side"), or NULL */
};

/* A word of the text: places as of a concept. */
struct text_word {
    size_t start, end;
    const char *quote;
    size_t quote_len;
};

struct text_reading {
    struct text_concept **concepts; /* in the order of the text */
    size_t n_concepts;
    struct text_code **codes; /* best first */
    size_t n_codes;
    struct text_word *unexplained; /* look like a disease, and no term covers them; a hundred */
    size_t n_unexplained;
};

/* A text in any coding that clean.h knows; places are bytes of the text as it came. ERR_REJECT
 * "binary": no text; "language": not English; "size": over the arena's limit. */
int text_read(const struct text_index *x, const char *text, size_t n, struct arena *a,
              struct text_reading *out, struct err *e);

/* A description or phrase to codes, best first. */
struct text_hit {
    const char *code, *title;
    bool billable;
    double score; /* 0 to 1; 1 = the words of the title, each once */
};
int text_lookup(const struct text_index *x, const char *phrase, size_t n, size_t most,
                struct arena *a, struct text_hit **out, size_t *count, struct err *e);

#endif
