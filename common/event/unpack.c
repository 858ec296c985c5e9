/* unpack.c - bytes to a message in one walk, through the door
 *
 * protobuf-c walks each message twice and notes every value in a list of its own, and the door then
 * walks what came of it. Here one walk reads, allocates and checks, and takes only bytes that are
 * as event_pack writes them, so that whoever needs the packed message again has it in hand. What is
 * not so (fields of a newer schema or out of order, twice, or that say nothing; numbers longer than
 * they need be; anything that is cut or that the door refuses) is left to event_unpack's long way,
 * which decides and says why. */
#include "common/event/plan.h"

#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"

enum { LENGTH_MAX = 4 }; /* bytes; protobuf-c takes longer ones, no message of ours has them */

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

/* get_number - most are of one byte; the last of several is not zero */
static inline bool get_number(struct in *b, uint64_t *out)
{
    if (b->at < b->end && *b->at < 0x80) {
        *out = *b->at++;
        return true;
    }
    return door_varint(&b->at, b->end, out) && b->at[-1];
}

/* get_tag - of one or two bytes, as all in our schema are */
static inline bool get_tag(struct in *b, unsigned *out)
{
    unsigned low;

    if (b->at == b->end)
        return false;
    low = *b->at++;
    if (low < 0x80) {
        *out = low;
        return true;
    }
    if (b->at == b->end || *b->at >= 0x80 || *b->at == 0)
        return false;
    *out = (low & 0x7f) | (unsigned)*b->at++ << 7;
    return true;
}

/* get_length - of what follows, all of which is there */
static inline bool get_length(struct in *b, size_t *out)
{
    const uint8_t *from = b->at;
    uint64_t v;

    if (!get_number(b, &v) || b->at - from > LENGTH_MAX || v > (uint64_t)(b->end - b->at))
        return false;
    *out = (size_t)v;
    return true;
}

/* get_text - a copy with its end */
static bool get_text(struct in *b, char **out)
{
    size_t n;
    char *copy;

    if (!get_length(b, &n) || !utf8_valid((const char *)b->at, n))
        return false;
    copy = arena_alloc(b->a, n + 1); /* its last byte is zero */
    if (copy && n)
        memcpy(copy, b->at, n);
    b->at += n;
    *out = copy;
    return copy != NULL;
}

/* get_bytes - a copy, of at least one */
static bool get_bytes(struct in *b, ProtobufCBinaryData *out)
{
    if (!get_length(b, &out->len) || !out->len)
        return false;
    out->data = arena_memdup(b->a, b->at, out->len);
    b->at += out->len;
    return out->data != NULL;
}

/* get_fixed64 - eight bytes, the lowest first; not 0 */
static bool get_fixed64(struct in *b, uint64_t *out)
{
    uint64_t v = 0;

    if (b->end - b->at < 8)
        return false;
    for (int i = 7; i >= 0; i--)
        v = v << 8 | b->at[i];
    b->at += 8;
    *out = v;
    return v != 0;
}

static ProtobufCMessage *get_fields(struct in b, const struct plan *p);

/* get_part - a message within */
static bool get_part(struct in *b, const struct plan *of, ProtobufCMessage **out)
{
    size_t n;

    if (!get_length(b, &n))
        return false;
    *out = get_fields((struct in){b->at, b->at + n, b->a}, of);
    b->at += n;
    return *out != NULL;
}

/* as_sent - a number of 32 bits with a sign is sent with the sign in all 64 */
static inline bool as_sent(uint64_t v)
{
    return v == (uint64_t)(int64_t)(int32_t)(uint32_t)v;
}

/* same_tag - steps over the tag when it is the same as before */
static bool same_tag(struct in *b, unsigned tag)
{
    struct in next = *b;
    unsigned other;

    if (!get_tag(&next, &other) || other != tag)
        return false;
    *b = next;
    return true;
}

/* count_same - values of a list that stand one behind the other; 0: cut */
static size_t count_same(struct in b, unsigned tag)
{
    size_t n = 0, size;

    do {
        if (!get_length(&b, &size))
            return 0;
        b.at += size;
        n++;
    } while (same_tag(&b, tag));
    return n;
}

/* get_list - texts or messages, all of a list at once */
static bool get_list(struct in *b, const struct plan_field *f, void ***array, size_t *n)
{
    size_t count = count_same(*b, f->tag);
    void **list;

    if (count == 0 || count > EVENT_MAX_REPEAT)
        return false;
    list = arena_alloc(b->a, door_list_room(count * sizeof(*list)));
    for (size_t i = 0; list && i < count; i++)
        if ((i && !same_tag(b, f->tag)) ||
            !(f->of ? get_part(b, f->of, (ProtobufCMessage **)&list[i])
                    : get_text(b, (char **)&list[i])))
            return false;
    *array = list;
    *n = count;
    return list != NULL;
}

/* get_numbers - behind one tag */
static bool get_numbers(struct in *b, const struct plan_field *f, uint32_t **array, size_t *n)
{
    struct in part = *b;
    size_t size, count = 0;
    uint32_t *list;
    uint64_t v;

    if (!get_length(&part, &size))
        return false;
    b->at = part.end = part.at + size;
    for (const uint8_t *p = part.at; p < part.end; p++)
        count += *p < 0x80;
    if (count == 0 || count > EVENT_MAX_REPEAT)
        return false;
    list = arena_alloc(b->a, door_list_room(count * sizeof(*list)));
    for (size_t i = 0; list && i < count; i++) {
        if (!get_number(&part, &v) || !(f->kind == PLAN_UINT32S ? v <= UINT32_MAX : as_sent(v)))
            return false;
        list[i] = (uint32_t)v;
    }
    *array = list;
    *n = count;
    return list && part.at == part.end;
}

/* get_varint - a number that is not 0, as its kind is sent */
static bool get_varint(struct in *b, const struct plan_field *f, void *at)
{
    uint64_t v;

    if (!get_number(b, &v) || v == 0)
        return false;
    if (f->kind == PLAN_INT64) {
        *(uint64_t *)at = v;
        return true;
    }
    if (f->kind == PLAN_BOOL) {
        *(protobuf_c_boolean *)at = 1;
        return v == 1;
    }
    *(uint32_t *)at = (uint32_t)v;
    return f->kind == PLAN_UINT32 ? v <= UINT32_MAX
                                  : as_sent(v) && (f->kind != PLAN_DAY || date_valid((int32_t)v));
}

/* get_field - a value that says something, or a list */
static inline bool get_field(struct in *b, const struct plan_field *f, char *m)
{
    void *at = m + f->offset;

    switch (f->kind) {
    case PLAN_TEXT:
        return get_text(b, at) && **(char **)at;
    case PLAN_PART:
        return get_part(b, f->of, at);
    case PLAN_BYTES:
        return get_bytes(b, at);
    case PLAN_FIXED64:
        return get_fixed64(b, at);
    case PLAN_TEXTS:
    case PLAN_PARTS:
        return get_list(b, f, at, (size_t *)(void *)(m + f->count_at));
    case PLAN_INT32S:
    case PLAN_UINT32S:
        return get_numbers(b, f, at, (size_t *)(void *)(m + f->count_at));
    default:
        return get_varint(b, f, at);
    }
}

/* get_fields - of a message: known ones, each behind the last */
static ProtobufCMessage *get_fields(struct in b, const struct plan *p)
{
    ProtobufCMessage *m = event_new(b.a, p->d);
    const struct plan_field *f = p->fields;
    unsigned tag;

    while (m && b.at < b.end) {
        if (!get_tag(&b, &tag))
            return NULL;
        while (f < p->end && f->tag < tag)
            f++;
        if (f == p->end || f->tag != tag || !get_field(&b, f++, (char *)m))
            return NULL;
    }
    return m;
}

/* unpack_plain - as the header has it */
ProtobufCMessage *unpack_plain(struct arena *a, const ProtobufCMessageDescriptor *d,
                               const uint8_t *p, size_t n)
{
    const struct plan *plan = plan_of(d);

    return plan ? get_fields((struct in){p, p + n, a}, plan) : NULL;
}
