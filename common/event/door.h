/* door.h - what the door asks of one value, for check.c, pack.c and unpack.c. Private to
 * common/event. */
#ifndef CC_EVENT_DOOR_H
#define CC_EVENT_DOOR_H

#include "common/event/event.h"

/* Well-formed UTF-8. */
bool door_text(const char *s);
/* A *_date field: 0 or a day of the calendar. */
bool door_is_day(const ProtobufCFieldDescriptor *f);

/* How a value is sent. */
enum { DOOR_VARINT = 0, DOOR_FIXED64 = 1, DOOR_LENGTH = 2 };

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

/* The message of these bytes, past the door; then they are what event_pack makes of it. NULL: not
 * by this way (over the arena, or something in it is unusual or refused by the door). */
ProtobufCMessage *unpack_plain(struct arena *a, const ProtobufCMessageDescriptor *d,
                               const uint8_t *p, size_t n);

/* The bytes of a message at the end of the room: their first, up to room + size. NULL: not by this
 * way (over the room, or something in it is unusual or refused by the door). */
const uint8_t *pack_small(const ProtobufCMessage *m, uint8_t *room, size_t size);

#endif
