/* pack.c - a small message to bytes, written from its end to its beginning
 *
 * A part of a message stands behind its length. Written backwards the length is known when its
 * turn comes, so that one walk is enough where protobuf-c makes one for the size and, of each part,
 * another for each level above it. The bytes are protobuf-c's. What is not usual (a field that the
 * door refuses, fields of a newer schema, a message over the room) is left to event_pack's long
 * way, which says why. */
#include "common/event/door.h"

#include <string.h>

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

/* put_length - of what was written since `end`, before it */
static bool put_length(struct back *b, const uint8_t *end)
{
    return put_varint(b, (uint64_t)(end - b->at));
}

/* put_text - with its length */
static bool put_text(struct back *b, const char *s)
{
    size_t n = s ? strlen(s) : 0;

    return utf8_valid(s, n) && put_bytes(b, s, n) && put_varint(b, n);
}

/* put_fixed64 - eight bytes, the lowest first */
static bool put_fixed64(struct back *b, uint64_t v)
{
    uint8_t out[8];

    for (int i = 0; i < 8; i++, v >>= 8)
        out[i] = (uint8_t)v;
    return put_bytes(b, out, sizeof(out));
}

static bool put_message(struct back *b, const ProtobufCMessage *m);

/* put_value - one value without its tag; false: also a type that our schema has not */
static bool put_value(struct back *b, const ProtobufCFieldDescriptor *f, const void *at)
{
    const uint8_t *end = b->at;

    switch (f->type) {
    case PROTOBUF_C_TYPE_BOOL:
        return put_varint(b, *(const protobuf_c_boolean *)at != 0);
    case PROTOBUF_C_TYPE_ENUM:
    case PROTOBUF_C_TYPE_INT32:
        return put_varint(b, (uint64_t)(int64_t) * (const int32_t *)at);
    case PROTOBUF_C_TYPE_UINT32:
        return put_varint(b, *(const uint32_t *)at);
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_UINT64:
        return put_varint(b, *(const uint64_t *)at);
    case PROTOBUF_C_TYPE_FIXED64:
        return put_fixed64(b, *(const uint64_t *)at);
    case PROTOBUF_C_TYPE_STRING:
        return put_text(b, *(const char *const *)at);
    case PROTOBUF_C_TYPE_BYTES:
        return put_bytes(b, ((const ProtobufCBinaryData *)at)->data,
                         ((const ProtobufCBinaryData *)at)->len) &&
               put_length(b, end);
    case PROTOBUF_C_TYPE_MESSAGE:
        return put_message(b, *(const ProtobufCMessage *const *)at) && put_length(b, end);
    default:
        return false;
    }
}

/* put_tag - number and wire type */
static bool put_tag(struct back *b, const ProtobufCFieldDescriptor *f, unsigned wire)
{
    return put_varint(b, (uint64_t)f->id << 3 | wire);
}

/* width - bytes of a value in memory */
static size_t width(const ProtobufCFieldDescriptor *f)
{
    switch (f->type) {
    case PROTOBUF_C_TYPE_BOOL:
        return sizeof(protobuf_c_boolean);
    case PROTOBUF_C_TYPE_ENUM:
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_UINT32:
        return sizeof(uint32_t);
    case PROTOBUF_C_TYPE_BYTES:
        return sizeof(ProtobufCBinaryData);
    default:
        return sizeof(uint64_t);
    }
}

/* put_repeated - not empty; the last value first; numbers share one tag */
static bool put_repeated(struct back *b, const ProtobufCFieldDescriptor *f, const char *array,
                         size_t n)
{
    bool packed = f->flags & PROTOBUF_C_FIELD_FLAG_PACKED;
    const uint8_t *end = b->at;

    if (n > EVENT_MAX_REPEAT)
        return false;
    for (size_t i = n; i; i--)
        if (!put_value(b, f, array + (i - 1) * width(f)) ||
            (!packed && !put_tag(b, f, door_wire(f))))
            return false;
    return !packed || (put_length(b, end) && put_tag(b, f, DOOR_LENGTH));
}

/* put_field - nothing for one that says nothing */
static bool put_field(struct back *b, const ProtobufCMessage *m, const ProtobufCFieldDescriptor *f)
{
    const char *at = (const char *)m + f->offset;

    if (f->label == PROTOBUF_C_LABEL_REPEATED) {
        size_t n = *(const size_t *)(const void *)((const char *)m + f->quantifier_offset);

        return n == 0 || put_repeated(b, f, *(const char *const *)(const void *)at, n);
    }
    if (door_says_nothing(f, at))
        return true;
    return f->label == PROTOBUF_C_LABEL_NONE && !(f->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) &&
           door_day(f, at) && put_value(b, f, at) && put_tag(b, f, door_wire(f));
}

/* put_message - its fields, the last one first */
static bool put_message(struct back *b, const ProtobufCMessage *m)
{
    if (!m)
        return true;
    if (m->n_unknown_fields)
        return false;
    for (unsigned i = m->descriptor->n_fields; i; i--)
        if (!put_field(b, m, &m->descriptor->fields[i - 1]))
            return false;
    return true;
}

/* pack_small - as the header has it */
const uint8_t *pack_small(const ProtobufCMessage *m, uint8_t *room, size_t size)
{
    struct back b = {room, room + size};

    return put_message(&b, m) ? b.at : NULL;
}
