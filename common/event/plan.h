/* plan.h - a type of message as pack.c and unpack.c want it: a row of 16 bytes a field, read off
 * the descriptor once. Private to common/event.
 *
 * A descriptor has 72 bytes a field, of which a walk needs ten; a claim's types together would fill
 * most of the processor's first cache. */
#ifndef CC_EVENT_PLAN_H
#define CC_EVENT_PLAN_H

#include "common/event/door.h"

enum plan_kind {
    PLAN_BOOL,
    PLAN_INT32, /* enums too */
    PLAN_DAY,   /* *_date */
    PLAN_UINT32,
    PLAN_INT64, /* with or without sign */
    PLAN_FIXED64,
    PLAN_TEXT,
    PLAN_BYTES,
    PLAN_PART,
    PLAN_TEXTS, /* from here on: lists */
    PLAN_PARTS,
    PLAN_INT32S, /* behind one tag */
    PLAN_UINT32S,
};

struct plan;

struct plan_field {
    uint16_t kind;
    uint16_t tag;              /* number and wire type: a varint of at most two bytes */
    uint16_t offset, count_at; /* in the message's struct; count_at: of a list */
    const struct plan *of;     /* of parts */
};

struct plan {
    const ProtobufCMessageDescriptor *d;
    const struct plan_field *fields, *end; /* ascending; NULL: the type has no plan */
};

/* From any thread. NULL: a type with a field of another kind, or a number that takes a longer tag;
 * our schema has none. That is found out once. */
const struct plan *plan_of(const ProtobufCMessageDescriptor *d);

#endif
