/* walk.h - where in its guide a segment stands. Inside this room, and for printing.
 *
 * One frame per open loop. A segment is searched from the innermost loop outwards, forwards only;
 * that is how a guide is meant. What cannot be placed leaves the walk where it is, so that one bad
 * segment does not spoil those behind it. */
#ifndef CC_X12_WALK_H
#define CC_X12_WALK_H

#include "common/x12/plan.h"

enum { WALK_DEPTH = 12 };

enum walk_place {
    WALK_PLACED,
    WALK_TOO_MANY,     /* placed, but its row (or loop) has been used up */
    WALK_OUT_OF_ORDER, /* it has a row, but that one is passed; the walk stays */
    WALK_BAD_CODE,     /* rows of this id are ahead, but none with this code; the walk stays */
    WALK_UNEXPECTED,   /* the guide has the id elsewhere */
    WALK_NOT_IN_SET,   /* the dictionary has the id, the guide has not */
    WALK_UNKNOWN       /* nobody has the id */
};

struct walk_frame {
    uint16_t loop;
    uint8_t order;     /* of the last row placed */
    uint16_t from;     /* first row of that order */
    uint32_t position; /* of its first segment */
    uint64_t offset;
    uint32_t hl; /* its HL01; 0 = it has none */
    bool hl_child_stated, hl_child_seen;
    uint16_t count[PLAN_LOOP_ROWS];
    uint32_t first[PLAN_LOOP_ROWS]; /* position at which a row was first used; valid when its count
                                       is not 0 */
};

struct walk {
    const struct plan *plan;
    unsigned depth; /* open loops; frame[0] is "ST" */
    bool lost;      /* the last segment had no place */
    struct walk_frame frame[WALK_DEPTH];
    /* Called for each loop that ends, innermost first, before it is forgotten. May be NULL. */
    void (*closing)(void *arg, const struct walk_frame *f);
    void *arg;
};

void walk_start(struct walk *w, const struct plan *p);
/* Finds the row. *out is set when placed, too many, out of order, or bad code (then: one of the
 * candidates). */
enum walk_place walk_segment(struct walk *w, const struct x12_segment *s,
                             const struct plan_row **out);
/* Ends all loops. */
void walk_end(struct walk *w);
/* Name of the innermost open loop. */
const char *walk_loop(const struct walk *w);

#endif
