/* event.c - pack, unpack and build messages in an arena
 *
 * protobuf-c sends every allocation of an unpack through the allocator it is given; ours is the
 * arena, whose limit turns a memory bomb (1 MB of empty sub-messages unpack to 73 MB) into a clean
 * refusal. */
#include "common/event/door.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { SMALL_BYTES = 8192 }; /* of most messages */

/* take - protobuf-c's malloc; what may be a list gets a list's room */
static void *take(void *arena, size_t size)
{
    return arena_alloc(arena,
                       size > EVENT_MAX_REPEAT * sizeof(void *) ? size : door_list_room(size));
}

/* give_back - protobuf-c's free: the arena's reset does it */
static void give_back(void *arena, void *p)
{
    (void)arena;
    (void)p;
}

/* strip_framing - Confluent's: 0, schema id (4), count and message indexes (zigzag varints),
 * payload */
static bool strip_framing(const uint8_t **p, size_t *n)
{
    const uint8_t *at = *p + 5, *end = *p + *n;
    uint64_t count, index;

    if (*n < 6 || !door_varint(&at, end, &count) || count > 64)
        return false;
    for (count >>= 1; count; count--)
        if (!door_varint(&at, end, &index))
            return false;
    *n = (size_t)(end - at);
    *p = at;
    return true;
}

/* unpack_long - any message; says what is refused */
static int unpack_long(struct arena *a, const ProtobufCMessageDescriptor *d, const uint8_t *p,
                       size_t n, ProtobufCMessage **out, struct err *e)
{
    ProtobufCAllocator allocator = {take, give_back, a};
    ProtobufCMessage *m = protobuf_c_message_unpack(d, &allocator, n, p);

    if (!m && arena_exhausted(a))
        return err_set(e, ERR_REJECT, "size", "%s: needs more memory than a message may", d->name);
    if (!m)
        return err_set(e, ERR_REJECT, "protobuf", "not a %s", d->name);
    if (event_check(m, e) != 0)
        return -1;
    *out = m;
    return 0;
}

/* event_unpack_as - bytes to a message of the arena, through the door */
int event_unpack_as(struct arena *a, const ProtobufCMessageDescriptor *d, const void *p, size_t n,
                    ProtobufCMessage **out, struct span *packed, struct err *e)
{
    const uint8_t *bytes = p;
    ProtobufCMessage *m;

    *packed = (struct span){0};
    if (n > EVENT_MAX_BYTES)
        return err_set(e, ERR_REJECT, "size", "%s: %zu bytes, at most %d", d->name, n,
                       EVENT_MAX_BYTES);
    if (n && bytes[0] == 0 && !strip_framing(&bytes, &n))
        return err_set(e, ERR_REJECT, "protobuf", "%s: schema-registry framing is cut", d->name);
    m = unpack_plain(a, d, bytes, n);
    if (!m)
        return unpack_long(a, d, bytes, n, out, e);
    *packed = (struct span){(const char *)bytes, n};
    *out = m;
    return 0;
}

/* event_unpack - as the header has it */
int event_unpack(struct arena *a, const ProtobufCMessageDescriptor *d, const void *p, size_t n,
                 ProtobufCMessage **out, struct err *e)
{
    struct span packed;

    return event_unpack_as(a, d, p, n, out, &packed, e);
}

/* pack_long - any message; says what is refused */
static int pack_long(struct arena *a, const ProtobufCMessage *m, uint8_t **out, size_t *n,
                     struct err *e)
{
    size_t size;

    if (event_check(m, e) != 0)
        return -1;
    size = protobuf_c_message_get_packed_size(m);
    if (size > EVENT_MAX_BYTES)
        return err_set(e, ERR_REJECT, "size", "%s: %zu bytes, at most %d", m->descriptor->name,
                       size, EVENT_MAX_BYTES);
    *out = arena_alloc(a, size ? size : 1);
    if (*out)
        *n = protobuf_c_message_pack(m, *out);
    return 0;
}

/* event_pack - a message to bytes of the arena; the short way's are wiped from the stack */
int event_pack(struct arena *a, const ProtobufCMessage *m, uint8_t **out, size_t *n, struct err *e)
{
    uint8_t small[SMALL_BYTES], *bytes = NULL;
    const uint8_t *first = pack_small(m, small, sizeof(small));
    size_t size = first ? (size_t)(small + sizeof(small) - first) : 0;

    if (first)
        bytes = arena_memdup(a, first, size);
    explicit_bzero(small + sizeof(small) - (first ? size : sizeof(small)),
                   first ? size : sizeof(small));
    if (!first && pack_long(a, m, &bytes, &size, e) != 0)
        return -1;
    if (!bytes)
        return err_set(e, ERR_REJECT, "size", "%s: over the message's memory", m->descriptor->name);
    *n = size;
    *out = bytes;
    return 0;
}

/* event_new - with the generated defaults */
void *event_new(struct arena *a, const ProtobufCMessageDescriptor *d)
{
    ProtobufCMessage *m = arena_alloc(a, d->sizeof_message);

    if (m)
        d->message_init(m);
    return m;
}

/* event_copy - by packing and unpacking: unknown fields come along */
void *event_copy(struct arena *a, const ProtobufCMessage *m)
{
    ProtobufCAllocator allocator = {take, give_back, a};
    size_t n = protobuf_c_message_get_packed_size(m);
    uint8_t *bytes = arena_alloc(a, n ? n : 1);
    ProtobufCMessage *copy;

    if (!bytes)
        return NULL;
    n = protobuf_c_message_pack(m, bytes);
    copy = unpack_plain(a, m->descriptor, bytes, n);
    return copy ? copy : protobuf_c_message_unpack(m->descriptor, &allocator, n, bytes);
}

/* event_push_pointer - one more in a repeated field of messages or strings */
bool event_push_pointer(struct arena *a, void ***array, size_t *count, void *item)
{
    void **grown = item ? arena_grow(a, *array, *count, sizeof(void *)) : NULL;

    if (!grown)
        return false;
    grown[(*count)++] = item;
    *array = grown;
    return true;
}

/* event_push_u32 - one more in a repeated uint32 */
bool event_push_u32(struct arena *a, uint32_t **array, size_t *count, uint32_t v)
{
    uint32_t *grown = arena_grow(a, *array, *count, sizeof(v));

    if (!grown)
        return false;
    grown[(*count)++] = v;
    *array = grown;
    return true;
}

/* prefix_length - of an enum's value names: up to the last underscore they all share
 * ("CODE_SYSTEM_") */
static size_t prefix_length(const ProtobufCEnumDescriptor *d)
{
    const char *first = d->values[0].name;
    size_t n = strlen(first);

    for (unsigned i = 1; i < d->n_values; i++) {
        size_t same = 0;

        while (same < n && d->values[i].name[same] == first[same])
            same++;
        n = same;
    }
    while (n && first[n - 1] != '_')
        n--;
    return n;
}

/* event_word - an enum value in cli.md's words */
const char *event_word(const ProtobufCEnumDescriptor *d, int value, bool upper, char *out)
{
    const ProtobufCEnumValue *v = protobuf_c_enum_descriptor_get_value(d, value);
    const char *name = v ? v->name + prefix_length(d) : "UNKNOWN";
    size_t n = 0;

    for (; name[n] && n + 1 < EVENT_WORD; n++)
        out[n] = upper ? name[n] : (char)tolower((unsigned char)name[n]);
    out[n] = '\0';
    return out;
}

/* event_word_value - and back */
int event_word_value(const ProtobufCEnumDescriptor *d, const char *word)
{
    char name[EVENT_WORD], wanted[EVENT_WORD];
    size_t n = 0;

    for (; word[n] && n + 1 < EVENT_WORD; n++)
        wanted[n] = (char)tolower((unsigned char)word[n]);
    wanted[n] = '\0';
    for (unsigned i = 0; i < d->n_values; i++)
        if (strcmp(event_word(d, d->values[i].value, false, name), wanted) == 0)
            return d->values[i].value;
    return -1;
}
