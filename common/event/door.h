/* door.h - what the door asks of one value, for check.c, pack.c and unpack.c. Private to
 * common/event. */
#ifndef CC_EVENT_DOOR_H
#define CC_EVENT_DOOR_H

#include "common/event/event.h"

/* Well-formed UTF-8. */
bool door_text(const char *s);
/* A *_date field is 0 or a day of the calendar; any other field is not asked. `at`: its value. */
bool door_day(const ProtobufCFieldDescriptor *f, const void *at);

/* The field is as it was made: proto3 does not send it, and there is nothing to check. */
static inline bool door_says_nothing(const ProtobufCFieldDescriptor *f, const void *at)
{
    switch (f->type) {
    case PROTOBUF_C_TYPE_BOOL:
        return !*(const protobuf_c_boolean *)at;
    case PROTOBUF_C_TYPE_ENUM:
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_UINT32:
        return *(const uint32_t *)at == 0;
    case PROTOBUF_C_TYPE_STRING:
        return !*(const char *const *)at || !**(const char *const *)at;
    case PROTOBUF_C_TYPE_BYTES:
        return ((const ProtobufCBinaryData *)at)->len == 0;
    case PROTOBUF_C_TYPE_MESSAGE:
        return !*(const void *const *)at;
    default:
        return *(const uint64_t *)at == 0;
    }
}

/* How a value is sent. */
enum { DOOR_VARINT = 0, DOOR_FIXED64 = 1, DOOR_LENGTH = 2 };

/* door_wire - of this field's type */
static inline unsigned door_wire(const ProtobufCFieldDescriptor *f)
{
    return f->type == PROTOBUF_C_TYPE_STRING || f->type == PROTOBUF_C_TYPE_BYTES ||
                   f->type == PROTOBUF_C_TYPE_MESSAGE
               ? DOOR_LENGTH
           : f->type == PROTOBUF_C_TYPE_FIXED64 ? DOOR_FIXED64
                                                : DOOR_VARINT;
}

/* door_list_room - bytes for a list: the next power of two, which is what arena_grow takes for
 * granted when somebody pushes to a list that was unpacked */
static inline size_t door_list_room(size_t size)
{
    size_t room = 16;

    while (room < size)
        room *= 2;
    return room;
}

/* A number of seven bits a byte, the lowest first; *p is moved behind it. false: cut short, or over
 * 64 bits. */
bool door_varint(const uint8_t **p, const uint8_t *end, uint64_t *out);

/* The message of these bytes, past the door. NULL: not by this way (over the arena, or something in
 * it is unusual or refused by the door). */
ProtobufCMessage *unpack_plain(struct arena *a, const ProtobufCMessageDescriptor *d,
                               const uint8_t *p, size_t n);

/* The bytes of a message at the end of the room: their first, up to room + size. NULL: not by this
 * way (over the room, or something in it is unusual or refused by the door). */
const uint8_t *pack_small(const ProtobufCMessage *m, uint8_t *room, size_t size);

#endif
