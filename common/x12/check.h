/* check.h - reads interchanges against the guides and says what a receiver would find wrong.
 *
 * One pass over the bytes, memory bounded by one transaction set's findings. Results come in the
 * order of the input: each set when it ends, each group when it ends, each interchange when it
 * ends; a damaged or cut one closes what was open, in that order. Levels are the SNIP types of
 * billing §7.1: 1 syntax and counts, 2 the guide's requirements and codes, 3 sums, 4 conditions
 * between segments, 5 what codes look like (and, if the caller brings tables, whether they exist on
 * the date). Codes are those of the answers: "TA105=001", "AK905=5", "IK502=4", "IK304=3",
 * "IK403=7". */
#ifndef CC_X12_CHECK_H
#define CC_X12_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/err.h"
#include "common/x12/x12.h"

enum { X12_CODE_TEXT = 12, X12_LOOP_TEXT = 8, X12_MESSAGE_TEXT = 96, X12_FINDINGS_MAX = 512 };

struct x12_finding {
    uint8_t snip; /* 1-5 */
    bool note;    /* worth saying, no ground to refuse (a 999 would accept with errors noted) */
    char code[X12_CODE_TEXT];
    char segment[4];          /* id as it stands there, cut at three; "" = none */
    char loop[X12_LOOP_TEXT]; /* "2010AA"; "" = none */
    uint32_t position;        /* ST = 1; 0 outside a set */
    uint16_t element, component,
        repetition;                 /* 1 = first; 0 = the segment, the element, no repetition */
    uint16_t data_element;          /* X12 data element number, IK402; 0 = none */
    uint64_t offset;                /* of the segment */
    char message[X12_MESSAGE_TEXT]; /* names place and rule, never the value */
    struct span
        value; /* the bad value, into the input; may be patient data; empty when it is missing */
    struct span claim; /* CLM01 or CLP01 it belongs to, into the input; empty = none */
};

enum x12_level { X12_SET, X12_GROUP, X12_INTERCHANGE };

/* The envelope's elements as they stand there (into the input, ISA blanks included); empty when not
 * seen. */
struct x12_envelope {
    struct span isa[17], gs[9], st[4]; /* [1] = first element; all empty outside */
    struct x12_delims delims;
};

struct x12_result {
    enum x12_level level;
    const struct x12_envelope *envelope;
    const char *guide; /* "005010X222A1" of the table used; "" = none knows it */
    bool accepted;     /* no finding of this level that is more than a note; a group also needs its
                          sets: see `sets` */
    bool damaged;      /* its own end was never seen */
    uint32_t segments; /* X12_SET: from ST to SE, as counted */
    uint32_t sets, sets_accepted;       /* X12_GROUP, X12_INTERCHANGE: seen */
    uint32_t sets_stated;               /* X12_GROUP: GE01; 0 = no number */
    uint32_t groups;                    /* X12_INTERCHANGE: seen */
    uint32_t ta1;                       /* X12_INTERCHANGE: TA1 segments seen */
    const struct x12_finding *findings; /* at most X12_FINDINGS_MAX, notes among the first half of
                                           them only; the last of either says that there are more */
    size_t count;
    uint64_t offset; /* of ST, GS, ISA (or of the damage) */
};

/* Returns 0 to go on; anything else stops, and x12_check returns it. The result lives during the
 * call. */
typedef int (*x12_result_fn)(void *arg, const struct x12_result *r);

enum x12_answer { X12_CODE_KNOWN, X12_CODE_UNKNOWN, X12_CODE_NO_TABLE };

struct x12_guides; /* the guides made ready; one thread at a time */

struct x12_guides *x12_guides_new(void);         /* NULL: out of memory */
void x12_guides_free(struct x12_guides *guides); /* accepts NULL */

struct x12_check_options {
    struct x12_guides *guides; /* to be used again and again; NULL = made for this call only */
    int snip;                  /* highest SNIP type to check, 1-5; 0 = 5 */
    int32_t today;             /* 0 = dates are not compared with today */
    /* SNIP 5 by tables, may be NULL. `system`: "icd10cm" "icd10pcs" "hcpcs" "modifiers" "revenue"
     * "pos" "carc" "rarc" "taxonomy" "claim-status" "claim-status-category". `on`: date of service,
     * 0 = unknown. */
    enum x12_answer (*known)(void *arg, const char *system, struct span code, int32_t on);
    void *known_arg;
};

/* Checks every interchange in the bytes. 0: done (what was found went to fn); -1: out of memory
 * (ERR_RETRY "memory"); else what fn returned. Bytes without any interchange give one damaged
 * X12_INTERCHANGE result. */
int x12_check(const void *data, size_t size, const struct x12_check_options *o, x12_result_fn fn,
              void *arg, struct err *e);

/* The same for bytes that come as they are asked for (x12_reader.fill) and need not stay: *keep is
 * moved to the first byte that will be looked at again, at the latest that of the open claim. */
int x12_check_stream(struct x12_reader *r, size_t *keep, const struct x12_check_options *o,
                     x12_result_fn fn, void *arg, struct err *e);

/* The same for one who reads the segments: as they come from x12_next, damage included. The bytes
 * of the open claim have to stay where they are, those of envelopes are kept by the checker. */
struct x12_checker;
struct x12_checker *x12_checker_new(const struct x12_check_options *o, x12_result_fn fn, void *arg);
void x12_checker_free(struct x12_checker *c); /* accepts NULL */
int x12_checker_take(struct x12_checker *c, const struct x12_segment *s);
/* `over`: the interchange ends with it; else one segment is lost. */
int x12_checker_damage(struct x12_checker *c, uint64_t offset, bool over, const struct err *e);
/* What the open set has so far, in the order in which it was found; then forgotten, so that the
 * set's result does not name it again (it stays not accepted). */
const struct x12_finding *x12_checker_found(const struct x12_checker *c, size_t *n);
void x12_checker_forget(struct x12_checker *c);
bool x12_checker_failed(const struct x12_checker *c); /* out of memory */

#endif
