/* event.h - messages at the door: the only place that packs and unpacks protobuf, and that knows
 * the topics.
 *
 * The generated structs (CcClaim, CcEncounter …) are the model. event_unpack gives memory of the
 * arena and refuses (ERR_REJECT) what is out of range, so that past the door every value is valid:
 *   "protobuf"  not a message of this type          "size"   over EVENT_MAX_BYTES or the arena's
 * limit "utf8"      text that is not UTF-8               "date"   a *_date field that is no day of
 * the calendar "bounds"    a repeated field over EVENT_MAX_REPEAT A payload in Confluent's framing
 * (first byte 0) is read as well as a bare one. */
#ifndef CC_EVENT_EVENT_H
#define CC_EVENT_EVENT_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/str.h"

#include "audit.pb-c.h"
#include "claim.pb-c.h"
#include "decision.pb-c.h"
#include "encounter.pb-c.h"
#include "history.pb-c.h"
#include "interchange.pb-c.h"
#include "remittance.pb-c.h"
#include "reply.pb-c.h"
#include "review.pb-c.h"
#include "status.pb-c.h"
#include "types.pb-c.h"

enum {
    EVENT_MAX_BYTES = 8 * 1024 * 1024, /* design: notes of 5 MB travel in events */
    EVENT_MAX_REPEAT = 10000,
};

/* Topics: rows in topic.c (name, key, message, kind). */
enum topic {
    TOPIC_NONE = 0,
    TOPIC_ENCOUNTERS,
    TOPIC_ENCOUNTERS_STATE,
    TOPIC_CLAIMS_CODED,
    TOPIC_CLAIMS_HISTORY,
    TOPIC_CLAIMS_DECISIONS, /* what a person or a payer decided of a claim */
    TOPIC_CLAIMS_CLEAN,
    TOPIC_CLAIMS_PENDING, /* the builder's state: claims waiting for a batch, control numbers */
    TOPIC_CLAIMS_STATUS,
    TOPIC_INTERCHANGES,
    TOPIC_INTERCHANGES_PENDING, /* deliver's state: files on their way, how routes fare */
    TOPIC_PAYER_REPLIES,
    TOPIC_PAYER_ANSWERS, /* a reply split by whom it concerns */
    TOPIC_CLAIMS_FOLLOW, /* follow's state */
    TOPIC_REMITTANCES,
    TOPIC_WORK_REVIEW,
    TOPIC_AUDIT, /* who did what; common/event/audit.h */
    TOPIC_MAX
};

struct topic_row {
    const char *name;                          /* without TOPIC_PREFIX */
    const char *key;                           /* what the key is, for people */
    const ProtobufCMessageDescriptor *message; /* NULL: state topic with several kinds of value */
    bool compact, remove;                      /* cleanup.policy: compact, delete */
    bool dead;                                 /* has a <name>.dead beside it */
    bool open; /* carries no patient data: its values are never sealed */
};

const struct topic_row *topic_row(enum topic t);
enum topic topic_by_name(const char *name); /* TOPIC_NONE: no such topic */

/* Unpacks into the arena. *out is valid until the arena is reset. */
int event_unpack(struct arena *a, const ProtobufCMessageDescriptor *d, const void *p, size_t n,
                 ProtobufCMessage **out, struct err *e);
/* The same, and the bytes that event_pack would make of it, where they stand in p already; else
 * packed->p is NULL. */
int event_unpack_as(struct arena *a, const ProtobufCMessageDescriptor *d, const void *p, size_t n,
                    ProtobufCMessage **out, struct span *packed, struct err *e);
/* Packs into the arena; what we would refuse to read is never sent (ERR_REJECT, the same codes). */
int event_pack(struct arena *a, const ProtobufCMessage *m, uint8_t **out, size_t *n, struct err *e);
/* The rules of the door on a message in memory (ERR_REJECT). */
int event_check(const ProtobufCMessage *m, struct err *e);

/* A new message of the arena, with the generated defaults (text fields are "", never NULL). NULL:
 * over the limit. */
void *event_new(struct arena *a, const ProtobufCMessageDescriptor *d);
/* A deep copy in the arena. */
void *event_copy(struct arena *a, const ProtobufCMessage *m);

/* Appends to a repeated field: event_push(a, claim, lines, line). False: over the arena's limit. */
#define event_push(a, msg, field, item)                                                            \
    event_push_pointer((a), (void ***)(void *)&(msg)->field, &(msg)->n_##field, (item))
bool event_push_pointer(struct arena *a, void ***array, size_t *count, void *item);
/* The same for repeated uint32. */
bool event_push_u32(struct arena *a, uint32_t **array, size_t *count, uint32_t v);

/* An enum value as the word of cli.md: CODE_SYSTEM_ICD10CM -> "icd10cm", CLAIM_STATE_SYNTAX_OK ->
 * "SYNTAX_OK" with `upper`. `out` holds EVENT_WORD bytes. Unknown values give "unknown". */
enum { EVENT_WORD = 40 };
const char *event_word(const ProtobufCEnumDescriptor *d, int value, bool upper, char *out);
/* The value of such a word, either case; -1: none. */
int event_word_value(const ProtobufCEnumDescriptor *d, const char *word);

/* CloudEvents headers of a record. */
struct event_headers {
    char ce_id[80];
    char ce_type[64];   /* "cleanclaim.v1.Claim" */
    char ce_source[64]; /* program, "coder" */
    int64_t ce_time_ms;
    char traceparent[64]; /* "" = none */
};

#endif
