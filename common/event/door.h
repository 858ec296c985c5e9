/* door.h - what the door asks of one value, for check.c and pack.c. Private to common/event. */
#ifndef CC_EVENT_DOOR_H
#define CC_EVENT_DOOR_H

#include "common/event/event.h"

/* Well-formed UTF-8. */
bool door_text(const char *s);
/* A *_date field is 0 or a day of the calendar; any other field is not asked. `at`: its value. */
bool door_day(const ProtobufCFieldDescriptor *f, const void *at);

/* The bytes of a message at the end of the room: their first, up to room + size. NULL: not by this
 * way (over the room, or something in it is unusual or refused by the door). */
const uint8_t *pack_small(const ProtobufCMessage *m, uint8_t *room, size_t size);

#endif
