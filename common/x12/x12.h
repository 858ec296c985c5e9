/* x12.h - segments and envelopes: a reader that takes the delimiters from the ISA, and a writer.
 *
 * The reader works on bytes in memory and copies nothing: spans point into them. It never trusts a
 * count. Positions: `position` counts segments inside an ST from ST = 1 (as a 999's IK302);
 * `offset` is the byte of the segment's first character in the input. Elements are numbered as in
 * the guides: element 1 is the first after the id. */
#ifndef CC_X12_X12_H
#define CC_X12_X12_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "common/base/err.h"
#include "common/base/str.h"

enum { X12_MAX_ELEMENTS = 40 };

struct x12_delims {
    char element, repetition, component, segment;
};

extern const struct x12_delims x12_customary; /* * ^ : ~ */

struct x12_segment {
    struct span id;
    unsigned count;                            /* elements present, trailing empty ones included */
    struct span element[X12_MAX_ELEMENTS + 1]; /* [0] unused */
    uint32_t position;                         /* in its ST; 0 outside one */
    uint64_t offset;
    const struct x12_delims *delims;
};

struct x12_reader {
    const char *data;
    size_t size, at;
    struct x12_delims delims;
    bool in_interchange;
    bool resync;  /* damage was reported: the next ISA is searched, not expected */
    bool torn;    /* damage was reported: the next terminator is searched */
    size_t loose; /* damage was reported: bytes of an ISA that is not 106 bytes, given next */
    uint32_t position;
    /* To be set behind x12_reader_init. `fill` puts more bytes behind data[size], which stays where
     * it is, and returns the new size; the same size: there are no more. NULL: all is there. */
    size_t (*fill)(void *arg, size_t at);
    void *fill_arg;
    /* Wants what is left of a damaged interchange: a segment without terminator is reported as
     * damage and reading goes on behind it (in_interchange stays set); so is an ISA that is not 106
     * bytes but can be divided: it comes next. Of a segment with too many elements the first 40 are
     * given, without a word. */
    bool go_on;
};

/* Starts at `data`, which the caller keeps. */
void x12_reader_init(struct x12_reader *r, const void *data, size_t size);

/* The next segment: 1 = there is one, 0 = end, -1 = damaged (ERR_REJECT; code "x12"; text names the
 * byte and the rule: no ISA, ISA not 106 bytes, delimiters not distinct, bytes between IEA and ISA,
 * no terminator, too many elements, an ISA or the end of the data before the IEA). After -1 the
 * reader stands behind the damage: the next call looks for the next ISA, so one bad interchange
 * never hides another; of a segment without terminator out->id is set. Skipped without a word: a
 * BOM before the first ISA, CR and LF behind a terminator, blanks, tabs, CR and LF between
 * interchanges. A 4010 ISA11 (a letter) means that there is no repetition separator: 0. */
int x12_next(struct x12_reader *r, struct x12_segment *out, struct err *e);

/* x12_is - is this the segment's id? (inline: with a literal it is a comparison of a few bytes) */
static inline bool x12_is(const struct x12_segment *s, const char *id)
{
    return s->id.n && s->id.p[0] == id[0] && s->id.n == strlen(id) &&
           memcmp(s->id.p, id, s->id.n) == 0;
}

/* x12_element - element n, or an empty span */
static inline struct span x12_element(const struct x12_segment *s, unsigned n)
{
    return n == 0 || n > s->count ? (struct span){"", 0} : s->element[n];
}

/* x12_element_is - is element n exactly this text? */
static inline bool x12_element_is(const struct x12_segment *s, unsigned n, const char *text)
{
    const struct span v = x12_element(s, n);
    const size_t len = strlen(text);

    return v.n == len && memcmp(v.p, text, len) == 0;
}

/* Component c of element n (1 = first); repetition k of it (0 = first). */
struct span x12_component(const struct x12_segment *s, unsigned n, unsigned c);
struct span x12_repetition(const struct x12_segment *s, unsigned n, unsigned k);
struct span x12_component_of(struct span element, const struct x12_delims *d, unsigned c);

/* The writer: appends to a buf. Trailing empty elements and components are dropped at x12_end. Text
 * goes through x12_text, which upper-cases, transliterates accents, folds blanks, and blanks what
 * the basic set or the delimiters forbid. Nothing that is put, cleaned or not, can forge a
 * delimiter: delimiters, control bytes and bytes above 126 are left out of every value, so
 * composites are written with x12_sub and x12_repeat, never as one string. */
struct x12_writer {
    struct buf *out;
    struct x12_delims delims;
    bool newline;        /* LF behind each terminator */
    uint32_t segments;   /* ended since the last x12_begin of "ST": SE01 is segments + 1 once SE has
                            begun */
    size_t mark;         /* end of the last non-empty element or component of the open segment */
    size_t element;      /* start of the open element */
    bool forbidden[256]; /* what no value may hold */
};

void x12_writer_init(struct x12_writer *w, struct buf *out, const struct x12_delims *d);
void x12_begin(struct x12_writer *w, const char *id);
void x12_put(struct x12_writer *w,
             const char *s); /* next element; NULL or "" = empty; codes, not upper-cased */
void x12_put_span(struct x12_writer *w, struct span s); /* the same */
void x12_text(struct x12_writer *w, const char *s,
              size_t max); /* next element; free text, cleaned, cut at max <= 512 */
void x12_date(struct x12_writer *w, int32_t ymd); /* CCYYMMDD, empty for 0 */
void x12_money(struct x12_writer *w, int64_t cents);
void x12_units(struct x12_writer *w, int64_t milli);
void x12_number(struct x12_writer *w, int64_t n);
void x12_skip(struct x12_writer *w, unsigned n);   /* n empty elements */
void x12_sub(struct x12_writer *w, const char *s); /* next component of the element just put */
void x12_sub_span(struct x12_writer *w, struct span s);
void x12_sub_date(struct x12_writer *w, int32_t ymd);
void x12_sub_money(struct x12_writer *w, int64_t cents);
void x12_sub_text(struct x12_writer *w, const char *s, size_t max);
void x12_repeat(struct x12_writer *w, const char *s); /* next repetition of the element just put */
void x12_end(struct x12_writer *w);                   /* terminator; counts */

/* ISA: fixed width. */
struct x12_isa {
    const char *sender_qualifier, *sender, *receiver_qualifier, *receiver;
    int32_t date; /* yyyymmdd */
    int hhmm;
    uint32_t control; /* 1-999999999 */
    bool ack_requested, test;
};
void x12_isa(struct x12_writer *w, const struct x12_isa *isa);

/* Cleans UTF-8 text (a byte that is none counts as Latin-1) for X12 into out (`size` bytes, closing
 * zero included): upper case, accents transliterated, blanks folded and trimmed, at most `max`
 * bytes of the basic set without the delimiters (billing §1.5). What has no counterpart is a blank.
 * Returns the length. */
size_t x12_clean(const char *s, const struct x12_delims *d, size_t max, char *out, size_t size);

#endif
