/* read837.h - any 837P or 837I back into claims, one at a time.
 *
 * Reads whatever x12_next reads: any delimiters, several interchanges, groups and sets in one file,
 * thousands of claims in constant memory. What our writer writes comes back as it was written:
 * write, read, write gives the same bytes.
 *
 * Nothing stops at the first oddity. A segment or element that the model has no place for is listed
 * as an *extra*; a value that is none (a date that is no day, an amount that is no decimal) is left
 * unknown and listed as a *fault*: the caller decides what it means. Damage in the middle of a
 * claim drops this claim with an error, and the next is unaffected: every CLM comes as a claim or
 * as an error with its number, in the order of the file. */
#ifndef CC_CLAIM_READ837_H
#define CC_CLAIM_READ837_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/claim/write837.h"
#include "common/event/event.h"
#include "common/x12/x12.h"

enum { CLAIM_SEGMENT_NAME = 4, CLAIM_ELEMENT_NAME = 12, CLAIM_LOOP_NAME = 8 };

/* Which part of a claim a place belongs to; `index` counts from 0 in the claim's own list. */
enum claim_part {
    CLAIM_PART_CLAIM,
    CLAIM_PART_PATIENT,
    CLAIM_PART_COVERAGE,
    CLAIM_PART_PROVIDER,
    CLAIM_PART_DIAGNOSIS,
    CLAIM_PART_PROCEDURE,
    CLAIM_PART_LINE,
};

struct claim_places;

/* Position (ST = 1) of the segment that holds `element` ("SV101-2", "CLM02", "HI01-2") of a part.
 * An element whose segment may stand there several times can name its qualifier: "DTP03*472",
 * "REF02*G1"; without one the first such segment is meant. 0: not there, or p is NULL. */
uint32_t claim_place(const struct claim_places *p, enum claim_part part, size_t index,
                     const char *element);

/* A value that is none, or a segment the model has no place for. */
struct claim_oddity {
    uint32_t position; /* ST = 1 */
    char loop[CLAIM_LOOP_NAME], segment[CLAIM_SEGMENT_NAME];
    char element[CLAIM_ELEMENT_NAME]; /* "DTP03"; "" = the whole segment */
    uint32_t line;                    /* number of the line in the claim, 0 = none */
    const char *rule;                 /* constant text: "not a day of the calendar" */
};

/* Everything lives until the callback returns, except what the caller copies. */
struct claim_read {
    CcClaim *claim;       /* NULL: damaged, see `error` */
    const char *claim_id; /* CLM01, of a damaged claim too; "" = it was not reached */
    const struct claim_places *places;
    const struct claim_oddity *faults, *extras;
    size_t n_faults, n_extras;
    const struct err *error; /* ERR_REJECT "x12", "size", "guide" */
    const char *sender, *receiver, *isa13, *gs06, *st02, *bht03, *guide; /* "" = not known */
    bool test;
    struct claim_route route;                 /* ISA, 1000A, 1000B: who sent it to whom */
    int32_t date;                             /* BHT04; 0 = none */
    int hhmm;                                 /* BHT05 */
    uint32_t first_segment, hl_first_segment; /* CLM, HL of the subscriber; 0 = not reached */
    uint32_t segments;                        /* from CLM */
    struct arena *arena;                      /* the claim's; reset after the callback */
};

/* Non-zero: stop reading; claim_read_837 returns it. */
typedef int (*claim_read_fn)(void *arg, const struct claim_read *r);

/* Hands over every claim of the bytes. `limit_bytes` bounds the memory of one claim (0: the size of
 * a message). Returns 0 at the end, what fn returned, or -1 when there was no memory to begin or to
 * note what was found (ERR_RETRY): what was handed over before is whole. Bytes without any
 * interchange come as one damaged claim. */
int claim_read_837(const void *data, size_t n, size_t limit_bytes, claim_read_fn fn, void *arg,
                   struct err *e);

/* The same of bytes that come in pieces, and with somebody who sees each segment first. */
struct claim_input {
    const void *data;
    size_t n;
    size_t (*fill)(void *arg, size_t at); /* see x12_reader; NULL: all is there */
    void *fill_arg;
    /* Before the reader takes a segment (NULL: damage, with its error; `over`: the interchange ends
     * there). May be NULL. Non-zero stops, as of claim_read_fn. */
    int (*segment)(void *arg, const struct x12_segment *s, uint64_t offset, bool over,
                   const struct err *damage);
    void *segment_arg;
    size_t limit_bytes;
};
int claim_read_input(const struct claim_input *in, claim_read_fn fn, void *arg, struct err *e);

#endif
