/* unpack.c - bytes to a message in one walk, through the door
 *
 * protobuf-c walks each message twice and notes every value in a list of its own, and the door then
 * walks what came of it. Here one walk reads, allocates and checks. What is not usual (fields of a
 * newer schema or out of order, a part that comes twice, anything that is cut or that the door
 * refuses) is left to event_unpack's long way, which decides and says why. */
#include "common/event/door.h"

#include <string.h>

#include "common/base/str.h"

enum { TAG_MAX = 2, LENGTH_MAX = 4 }; /* bytes; protobuf-c takes longer ones, our schema has none */

struct in {
    const uint8_t *at, *end;
    struct arena *a;
};

/* door_varint - as the header has it */
bool door_varint(const uint8_t **p, const uint8_t *end, uint64_t *out)
{
    uint64_t v = 0;

    for (int shift = 0; *p < end && shift < 64; shift += 7) {
        uint8_t byte = *(*p)++;

        v |= (uint64_t)(byte & 0x7f) << shift;
        if (!(byte & 0x80)) {
            *out = v;
            return shift < 63 || byte <= 1;
        }
    }
    return false;
}

/* get_number - most are of one byte */
static inline bool get_number(struct in *b, uint64_t *out)
{
    if (b->at < b->end && *b->at < 0x80) {
        *out = *b->at++;
        return true;
    }
    return door_varint(&b->at, b->end, out);
}

/* get_short - a number of at most so many bytes */
static bool get_short(struct in *b, int most, size_t *out)
{
    const uint8_t *from = b->at;
    uint64_t v;

    if (!get_number(b, &v) || b->at - from > most)
        return false;
    *out = (size_t)v;
    return true;
}

/* get_part - the bytes behind a length */
static bool get_part(struct in *b, struct in *out)
{
    size_t n;

    if (!get_short(b, LENGTH_MAX, &n) || n > (size_t)(b->end - b->at))
        return false;
    *out = (struct in){b->at, b->at + n, b->a};
    b->at += n;
    return true;
}

/* get_text - a copy with its end */
static bool get_text(struct in *b, char **out)
{
    struct in part;
    size_t n;

    if (!get_part(b, &part))
        return false;
    n = (size_t)(part.end - part.at);
    if (!utf8_valid((const char *)part.at, n))
        return false;
    *out = arena_alloc(b->a, n + 1); /* its last byte is zero */
    if (*out && n)
        memcpy(*out, part.at, n);
    return *out != NULL;
}

/* get_bytes - a copy; none at all have no place */
static bool get_bytes(struct in *b, ProtobufCBinaryData *out)
{
    struct in part;

    if (!get_part(b, &part))
        return false;
    out->len = (size_t)(part.end - part.at);
    out->data = out->len ? arena_memdup(b->a, part.at, out->len) : NULL;
    return !out->len || out->data;
}

/* get_fixed64 - eight bytes, the lowest first */
static bool get_fixed64(struct in *b, uint64_t *out)
{
    uint64_t v = 0;

    if (b->end - b->at < 8)
        return false;
    for (int i = 7; i >= 0; i--)
        v = v << 8 | b->at[i];
    b->at += 8;
    *out = v;
    return true;
}

/* get_message - a part; one that is there already would be joined with it */
static bool get_message(struct in *b, const ProtobufCMessageDescriptor *d, ProtobufCMessage **out)
{
    struct in part;

    if (*out || !get_part(b, &part))
        return false;
    *out = unpack_plain(b->a, d, part.at, (size_t)(part.end - part.at));
    return *out != NULL;
}

/* get_value - one value; false: also a type that our schema has not */
static bool get_value(struct in *b, const ProtobufCFieldDescriptor *f, void *at)
{
    uint64_t v;

    switch (f->type) {
    case PROTOBUF_C_TYPE_STRING:
        return get_text(b, at);
    case PROTOBUF_C_TYPE_MESSAGE:
        return get_message(b, f->descriptor, at);
    case PROTOBUF_C_TYPE_BYTES:
        return get_bytes(b, at);
    case PROTOBUF_C_TYPE_FIXED64:
        return get_fixed64(b, at);
    default:
        break;
    }
    if (!get_number(b, &v))
        return false;
    switch (f->type) {
    case PROTOBUF_C_TYPE_BOOL:
        *(protobuf_c_boolean *)at = v != 0;
        return true;
    case PROTOBUF_C_TYPE_ENUM:
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_UINT32:
        *(uint32_t *)at = (uint32_t)v;
        return door_day(f, at);
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_UINT64:
        *(uint64_t *)at = v;
        return true;
    default:
        return false;
    }
}

/* same_tag - steps over the tag when it is the same as before */
static bool same_tag(struct in *b, size_t tag)
{
    struct in next = *b;
    size_t other;

    if (!get_short(&next, TAG_MAX, &other) || other != tag)
        return false;
    *b = next;
    return true;
}

/* count_same - values of a list that stand one behind the other; 0: cut */
static size_t count_same(struct in b, size_t tag)
{
    struct in part;
    size_t n = 0;

    do {
        if (!get_part(&b, &part))
            return 0;
        n++;
    } while (same_tag(&b, tag));
    return n;
}

/* get_list - texts or messages */
static bool get_list(struct in *b, const ProtobufCFieldDescriptor *f, size_t tag, void **array,
                     size_t *n)
{
    size_t count = count_same(*b, tag);
    void **list;

    if (count == 0 || count > EVENT_MAX_REPEAT ||
        (f->type != PROTOBUF_C_TYPE_STRING && f->type != PROTOBUF_C_TYPE_MESSAGE))
        return false;
    list = arena_alloc(b->a, door_list_room(count * sizeof(*list)));
    for (size_t i = 0; list && i < count; i++)
        if ((i && !same_tag(b, tag)) || !get_value(b, f, &list[i]))
            return false;
    *array = list;
    *n = count;
    return list != NULL;
}

/* get_packed - numbers behind one tag */
static bool get_packed(struct in *b, const ProtobufCFieldDescriptor *f, void **array, size_t *n)
{
    struct in part;
    size_t count = 0;
    uint32_t *list;
    uint64_t v;

    if ((f->type != PROTOBUF_C_TYPE_UINT32 && f->type != PROTOBUF_C_TYPE_ENUM) ||
        !get_part(b, &part))
        return false;
    for (const uint8_t *p = part.at; p < part.end; p++)
        count += *p < 0x80;
    if (count == 0 || count > EVENT_MAX_REPEAT)
        return false;
    list = arena_alloc(b->a, door_list_room(count * sizeof(*list)));
    for (size_t i = 0; list && i < count; i++) {
        if (!get_number(&part, &v))
            return false;
        list[i] = (uint32_t)v;
    }
    *array = list;
    *n = count;
    return list && part.at == part.end;
}

/* get_repeated - all of a list at once */
static bool get_repeated(struct in *b, const ProtobufCFieldDescriptor *f, size_t tag,
                         ProtobufCMessage *m)
{
    void **array = (void **)(void *)((char *)m + f->offset);
    size_t *n = (size_t *)(void *)((char *)m + f->quantifier_offset);

    if (*n || (tag & 7) != DOOR_LENGTH)
        return false;
    return door_wire(f) == DOOR_LENGTH ? get_list(b, f, tag, array, n) : get_packed(b, f, array, n);
}

/* get_field - a field, known and not before the last one */
static bool get_field(struct in *b, ProtobufCMessage *m, unsigned *at)
{
    const ProtobufCMessageDescriptor *d = m->descriptor;
    const ProtobufCFieldDescriptor *f;
    size_t tag;

    if (!get_short(b, TAG_MAX, &tag))
        return false;
    while (*at < d->n_fields && d->fields[*at].id < tag >> 3)
        ++*at;
    f = &d->fields[*at];
    if (*at == d->n_fields || f->id != tag >> 3)
        return false;
    if (f->label == PROTOBUF_C_LABEL_REPEATED)
        return get_repeated(b, f, tag, m);
    return f->label == PROTOBUF_C_LABEL_NONE && !(f->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) &&
           (tag & 7) == door_wire(f) && get_value(b, f, (char *)m + f->offset);
}

/* unpack_plain - as the header has it */
ProtobufCMessage *unpack_plain(struct arena *a, const ProtobufCMessageDescriptor *d,
                               const uint8_t *p, size_t n)
{
    struct in b = {p, p + n, a};
    ProtobufCMessage *m = event_new(a, d);
    unsigned at = 0;

    while (m && b.at < b.end)
        if (!get_field(&b, m, &at))
            return NULL;
    return m;
}
