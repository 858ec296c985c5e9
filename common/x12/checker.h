/* checker.h - the state of one check. Inside this room only. */
#ifndef CC_X12_CHECKER_H
#define CC_X12_CHECKER_H

#include "common/base/arena.h"
#include "common/x12/check.h"
#include "common/x12/facts.h"
#include "common/x12/rules.h"
#include "common/x12/walk.h"

/* Bytes by what they are, for one look at a value. */
enum byte_class {
    BYTE_DIGIT = 1,
    BYTE_OTHER = 2,
    BYTE_MINUS = 4,
    BYTE_POINT = 8,
    BYTE_BLANK = 16,
    BYTE_COMPONENT = 32,
    BYTE_REPETITION = 64,
    BYTE_BAD = 128
};

/* Control numbers seen: an open hash set of their bytes' hashes. */
struct seen {
    uint64_t *hash;
    size_t count, size; /* a power of two */
};

enum { CHECK_KEPT = 512 };

struct check {
    const struct x12_check_options *o;
    int snip;
    x12_result_fn fn;
    void *arg;
    bool failed;  /* out of memory */
    bool any;     /* a segment or damage was seen */
    uint64_t end; /* of the data */
    uint8_t byte[256];
    unsigned unusual; /* unusual_bytes of the segment at hand */
    struct x12_guides *guides;

    struct x12_envelope envelope;
    char (
        *kept)[CHECK_KEPT]; /* elements of ISA, GS, ST where their bytes may go; NULL: they stay */
    struct seen isa13, gs06, st02;
    bool in_interchange, in_group, in_set;
    uint32_t groups, group_sets, group_accepted, sets, sets_accepted, ta1;
    uint64_t isa_offset, gs_offset, st_offset;

    struct walk walk;
    const struct plan *plan;     /* of the open set; NULL: no guide knows it */
    const struct plan_row *row;  /* of the segment at hand */
    const struct x12_rule *rule; /* under way */
    bool spoilt;         /* the segment's elements had faults: what they look like is not asked */
    unsigned repetition; /* of the element at hand; 0: it does not repeat */
    uint32_t segments;   /* of the open set */

    /* What was found, by level; the lists grow and are used again. */
    struct found_list {
        struct x12_finding *list;
        size_t count, size;
        bool refused;
        struct arena *words; /* what the findings quote; NULL: the input stays */
    } found[3];

    struct facts facts;
};

enum { GUIDES_MAX = 16 };

struct x12_guides {
    struct plan *plan[GUIDES_MAX];
};

/* One segment; damage at a byte; all of a reader's (check.c). What they return is the caller's word
 * to stop. */
int check_take(struct check *c, const struct x12_segment *s);
int check_damage(struct check *c, uint64_t offset, const struct err *e);
int check_run(struct check *c, struct x12_reader *r, size_t *keep);

/* Where something stands, kept for later. */
struct mark mark_of(const struct check *c, const struct x12_segment *s);

/* Adds a finding about element n (0: the segment), component k (0: the element). `text` says the
 * rule without the value. */
void report(struct check *c, const struct mark *m, unsigned n, unsigned k, int snip,
            const char *code, struct span value, const char *text);
/* The same for the segment at hand; the value is looked up. */
void report_here(struct check *c, const struct x12_segment *s, unsigned n, unsigned k, int snip,
                 const char *code, const char *text);
/* The same, as a note: no ground to refuse. */
void report_note(struct check *c, const struct mark *m, unsigned n, unsigned k, int snip,
                 const char *code, const char *text);
/* About an envelope: level and segment are given; n is the element. */
void report_envelope(struct check *c, enum x12_level level, const char *segment, unsigned n,
                     uint64_t offset, const char *code, struct span value, const char *text);

/* The same, as a note. */
void report_envelope_note(struct check *c, enum x12_level level, const char *segment, unsigned n,
                          uint64_t offset, const char *code, const char *text);

/* Empties a level's list. */
void found_reset(struct check *c, enum x12_level level);
void found_release(struct check *c);

/* The classes of all bytes of a value; which of component separator, repetition separator and bad
 * byte a whole segment has (bytes.c). */
unsigned classes_of(const struct check *c, struct span v);
unsigned unusual_bytes(const struct check *c, const struct x12_segment *s);

/* Types, lengths, codes, usage, relational notes of one segment by its row (elements.c). */
void check_elements(struct check *c, const struct plan_row *row, const struct x12_segment *s);
/* Character set and empty tail of a segment without a row. */
void check_bytes(struct check *c, const struct x12_segment *s);
/* CCYYMMDD in the calendar? 0: no. HHMM, HHMMSS, HHMMSSD, HHMMSSDD? */
int32_t span_date(struct span s);
bool span_time(struct span s);
/* A decimal number in cents or milli; false: not one. */
bool span_decimal(struct span s, int places, int64_t *out);
/* Digits only, as a number; false: not one, or over 999999999999. */
bool span_number(struct span s, uint64_t *out);

/* true: these values together were seen before. */
bool seen_before(struct check *c, struct seen *seen, const struct span *parts, size_t n);
/* A value in a blank-divided list; a blank in front stands for nothing. */
bool span_listed(struct span v, const char *list);
void seen_reset(struct seen *seen);

#endif
