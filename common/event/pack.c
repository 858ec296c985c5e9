/* pack.c - a small message to bytes, written from its end to its beginning
 *
 * A part of a message stands behind its length. Written backwards the length is known when its
 * turn comes, so that one walk is enough where protobuf-c makes one for the size and, of each part,
 * another for each level above it. The bytes are protobuf-c's. What is not usual (a field that the
 * door refuses, fields of a newer schema, a message over the room) is left to event_pack's long
 * way, which says why. */
#include "common/event/plan.h"

#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"

struct back {
    uint8_t *first, *at; /* room that is left: first up to at */
};

/* put_bytes - n bytes; false: no room */
static bool put_bytes(struct back *b, const void *p, size_t n)
{
    if ((size_t)(b->at - b->first) < n)
        return false;
    b->at -= n;
    if (n)
        memcpy(b->at, p, n);
    return true;
}

/* put_long_varint - seven bits a byte, the lowest first */
static bool put_long_varint(struct back *b, uint64_t v)
{
    uint8_t out[10];
    size_t n = 0;

    for (; v > 0x7f; v >>= 7)
        out[n++] = (uint8_t)(v | 0x80);
    out[n++] = (uint8_t)v;
    return put_bytes(b, out, n);
}

/* put_varint - most are of one or two bytes */
static inline bool put_varint(struct back *b, uint64_t v)
{
    if (v <= 0x3fff && b->at - b->first >= 2) {
        if (v > 0x7f) {
            *--b->at = (uint8_t)(v >> 7);
            v |= 0x80;
        }
        *--b->at = (uint8_t)v;
        return true;
    }
    return put_long_varint(b, v);
}

/* put_length - of what was written since `end`, and the tag before it */
static bool put_length(struct back *b, const struct plan_field *f, const uint8_t *end)
{
    return put_varint(b, (uint64_t)(end - b->at)) && put_varint(b, f->tag);
}

/* put_number - unless it is 0 */
static inline bool put_number(struct back *b, const struct plan_field *f, uint64_t v)
{
    return v == 0 || (put_varint(b, v) && put_varint(b, f->tag));
}

/* put_text - with its length and tag */
static bool put_text(struct back *b, const struct plan_field *f, const char *s)
{
    size_t n = s ? strlen(s) : 0;

    return utf8_valid(s, n) && put_bytes(b, s, n) && put_varint(b, n) && put_varint(b, f->tag);
}

/* put_fixed64 - eight bytes, the lowest first */
static bool put_fixed64(struct back *b, const struct plan_field *f, uint64_t v)
{
    uint8_t out[8];

    for (int i = 0; i < 8; i++)
        out[i] = (uint8_t)(v >> 8 * i);
    return v == 0 || (put_bytes(b, out, sizeof(out)) && put_varint(b, f->tag));
}

static bool put_fields(struct back *b, const struct plan *p, const ProtobufCMessage *m);

/* put_part - a message within; one that is not there as an empty one */
static bool put_part(struct back *b, const struct plan_field *f, const ProtobufCMessage *m)
{
    const uint8_t *end = b->at;

    return (!m || put_fields(b, f->of, m)) && put_length(b, f, end);
}

/* put_numbers - behind one tag; those with a sign are sent as 64 bits */
static bool put_numbers(struct back *b, const struct plan_field *f, const uint32_t *list, size_t n)
{
    const uint8_t *end = b->at;

    for (; n; n--) {
        uint32_t v = list[n - 1];

        if (!put_varint(b, f->kind == PLAN_UINT32S ? v : (uint64_t)(int64_t)(int32_t)v))
            return false;
    }
    return put_length(b, f, end);
}

/* put_list - the last value first */
static bool put_list(struct back *b, const struct plan_field *f, const void *list, size_t n)
{
    const void *const *parts = list;

    if (n > EVENT_MAX_REPEAT)
        return false;
    if (f->kind >= PLAN_INT32S)
        return n == 0 || put_numbers(b, f, list, n);
    for (; n; n--)
        if (!(f->kind == PLAN_PARTS ? put_part(b, f, parts[n - 1]) : put_text(b, f, parts[n - 1])))
            return false;
    return true;
}

/* put_field - nothing for one that says nothing */
static inline bool put_field(struct back *b, const struct plan_field *f, const char *m)
{
    const void *at = m + f->offset;

    switch (f->kind) {
    case PLAN_BOOL:
        return put_number(b, f, *(const protobuf_c_boolean *)at != 0);
    case PLAN_INT32:
        return put_number(b, f, (uint64_t)(int64_t) * (const int32_t *)at);
    case PLAN_DAY:
        return !*(const int32_t *)at ||
               (date_valid(*(const int32_t *)at) && put_number(b, f, *(const uint32_t *)at));
    case PLAN_UINT32:
        return put_number(b, f, *(const uint32_t *)at);
    case PLAN_INT64:
        return put_number(b, f, *(const uint64_t *)at);
    case PLAN_FIXED64:
        return put_fixed64(b, f, *(const uint64_t *)at);
    case PLAN_TEXT:
        return !*(const char *const *)at || !**(const char *const *)at ||
               put_text(b, f, *(const char *const *)at);
    case PLAN_BYTES: {
        const ProtobufCBinaryData *data = at;

        return !data->len || (put_bytes(b, data->data, data->len) && put_varint(b, data->len) &&
                              put_varint(b, f->tag));
    }
    case PLAN_PART:
        return !*(const void *const *)at || put_part(b, f, *(const ProtobufCMessage *const *)at);
    default:
        return put_list(b, f, *(const void *const *)at,
                        *(const size_t *)(const void *)(m + f->count_at));
    }
}

/* put_fields - of a message, the last one first */
static bool put_fields(struct back *b, const struct plan *p, const ProtobufCMessage *m)
{
    if (m->n_unknown_fields)
        return false;
    for (const struct plan_field *f = p->end; f-- > p->fields;)
        if (!put_field(b, f, (const char *)m))
            return false;
    return true;
}

/* pack_small - as the header has it */
const uint8_t *pack_small(const ProtobufCMessage *m, uint8_t *room, size_t size)
{
    const struct plan *p = plan_of(m->descriptor);
    struct back b = {room, room + size};

    return p && put_fields(&b, p, m) ? b.at : NULL;
}
