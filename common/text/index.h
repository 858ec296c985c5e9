/* index.h - the compiled index, as the other files of this room see it */
#ifndef CC_TEXT_INDEX_H
#define CC_TEXT_INDEX_H

#include "common/base/str.h"
#include "common/text/lexicon.h"
#include "common/text/text.h"

enum { TERM_WORDS_MAX = 9, TITLE_WORDS_MAX = 40 };

/* What a title says of the kind of code. */
enum {
    NODE_BILLABLE = 1 << 0,
    NODE_UNSPECIFIED = 1 << 1,
    NODE_OTHER = 1 << 2,
    NODE_INITIAL = 1 << 3, /* initial encounter, seventh character A */
    NODE_LATER = 1 << 4,   /* subsequent encounter or sequela */
    NODE_UNCOMPLICATED = 1 << 5
};

/* A code of the order file, header or billable; sorted, so that the codes below one follow it. */
struct node {
    char code[TEXT_CODE_MAX];
    const char *title;
    uint32_t end;   /* first node after those below it */
    uint32_t words; /* of the title, sorted and once each: in `ids` */
    uint16_t n_words, flags;
    uint64_t idle;   /* bits of words that tell nothing which a text would have to say */
    uint64_t absent; /* bits of words of what the title says is not there */
    double family;   /* log of the odds that a candidate of its family is right */
};

/* Words that name a node, sorted, in any order in a text. */
struct term {
    uint32_t words; /* in `ids` */
    uint32_t node;
    uint32_t commonness; /* terms that hold its rarest word */
    uint16_t length;     /* of the phrase in the table, blanks and stop words too */
    uint8_t n_words, source, ambiguity;
    uint8_t
        behavior; /* a kind of tissue of this column of the table of neoplasms, from 1; 0: not */
    uint8_t dose; /* a harm by a drug near it, of this column from 1; 0: not */
    bool alone;   /* may stand without another word */
};

/* Columns of the table of neoplasms. */
enum { BEHAVIORS = 6 };

/* A row of a table with columns, of neoplasms by site or of drugs: nodes by column, n_nodes: the
 * cell is empty. */
struct site {
    uint32_t words, n_words; /* in `ids` */
    uint32_t node[BEHAVIORS];
};

struct site_table {
    struct site *site;
    size_t n, cap;
    uint32_t *anchor, *anchored; /* by their last word, as terms are */
};

/* Columns of the table of drugs. */
enum dose {
    DOSE_ACCIDENTAL,
    DOSE_SELF_HARM,
    DOSE_ASSAULT,
    DOSE_UNDETERMINED,
    DOSE_ADVERSE,
    DOSE_UNDER
};

/* Words that a short form stands for, in their order: in `ids`; n 0: it is none. */
struct expansion {
    uint32_t words, n;
};

/* What single words tell of the encounter or the intent (lists/cues.tsv). */
enum cue { CUE_NONE, CUE_LATER, CUE_OPEN, CUE_SELF_HARM, CUE_ASSAULT, CUE_UNDETERMINED };

struct titles;

struct ids {
    uint32_t *id;
    size_t n, cap;
};

struct text_index {
    struct lexicon *lexicon;
    struct node *nodes;
    size_t n_nodes;
    struct buf titles;
    struct term *terms;
    size_t n_terms, cap_terms;
    struct ids ids;
    uint32_t *by_set; /* term + 1 by the hash of its words; open addressing */
    size_t n_sets;
    struct expansion *expand;  /* by word id */
    struct expansion *implied; /* by word id: those that say it, too */
    uint8_t *cue;              /* by word id: enum cue */
    uint32_t *frequency;       /* by word id: terms that hold it */
    uint32_t *anchor;   /* by word id: where its terms begin in anchored; one more at the end */
    uint32_t *anchored; /* terms by their rarest word */
    struct site_table sites, drugs;
    struct titles *titles_index;
    uint32_t history, family, personal, without, allergic; /* these words; 0: not known */
};

/* The words of a text as a set: sorted ids, stop words and what stands in round brackets left out.
 * 0 words when there are more than `most`, or when one of them is not known. */
size_t index_known_set(const struct text_index *x, const char *p, size_t n, uint32_t *out,
                       size_t most);

/* The order of words in a set, for qsort. */
int index_by_id(const void *a, const void *b);

/* The term of a set of sorted words, or NULL. */
struct term *index_term(const struct text_index *x, const uint32_t *ids, size_t n);

/* The node of a code, or n_nodes. */
uint32_t index_node(const struct text_index *x, const char *code);

/* The node right above one; n_nodes: a category has none. */
uint32_t index_parent(const struct text_index *x, uint32_t node);

/* Is a word one of the node's title? */
bool node_has(const struct text_index *x, const struct node *n, uint32_t word);

/* Walks the words of a text: letters and digits; an apostrophe inside belongs to the word,
 * and so does the slash of "w/o", "h/o", "2/2". */
bool word_next(const char *p, size_t n, size_t *at, size_t *start, size_t *end);

#endif
