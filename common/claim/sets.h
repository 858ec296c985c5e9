/* sets.h - walks a reply file: TA1 segments and transaction sets, each whole or refused.
 *
 * A payer's file may hold several interchanges, groups and sets of different kinds. The walk hands
 * each over once its end was seen and its own count and control number agree (SE01, SE02), so that
 * a set that was cut in transfer is never half read. What does not agree around it (GE, IEA, bytes
 * that are no X12) comes as REPLY_DAMAGED and hides nothing else. */
#ifndef CC_CLAIM_SETS_H
#define CC_CLAIM_SETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/x12/x12.h"

enum reply_kind { REPLY_TA1, REPLY_SET, REPLY_DAMAGED };

enum { REPLY_FAULT_TEXT = ERR_TEXT_MAX };

/* Spans point into the bytes given to reply_walk_init; `segment` is good until the next call. */
struct reply_item {
    enum reply_kind kind;
    struct x12_segment segment; /* TA1, or the set's ST */
    struct span sender;         /* ISA06 without blanks */
    struct span receiver;       /* ISA08 without blanks */
    struct span isa13;          /* of the reply itself */
    struct span gs01, gs06, gs08;
    struct span st01, st02;
    struct span guide; /* ST03, or GS08 where the set has none */
    uint32_t segments; /* from ST to SE */
    uint64_t offset;
    struct x12_reader at; /* a copy that stands behind the ST: reply_segment reads on to the SE */
    char fault[REPLY_FAULT_TEXT]; /* REPLY_DAMAGED: place and rule, never a value */
};

struct reply_walk {
    struct x12_reader reader;
    struct span sender, receiver, isa13, gs01, gs06, gs08;
    uint32_t groups, sets;
    bool stray; /* a segment outside any set was reported for this interchange */
};

void reply_walk_init(struct reply_walk *w, const void *data, size_t n);
/* 1: *out is the next item; 0: no more. Never fails: damage is an item. */
int reply_walk_next(struct reply_walk *w, struct reply_item *out);

/* The next segment of a whole set, SE excluded; false: no more. Begin with a copy of item->at. */
bool reply_segment(struct x12_reader *r, struct x12_segment *out);

/* Text of an element for a message of the arena: blanks trimmed, what is no printable ASCII becomes
 * '?'. "" when the arena is over its limit (arena_exhausted tells). */
char *reply_text(struct arena *a, struct span s);
/* An element as a day: CCYYMMDD; 0: it is none. */
int32_t reply_date(struct span s);

#endif
