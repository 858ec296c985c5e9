/* filled.h - messages with something in every field, or nothing, by a seed */
#ifndef CC_TESTS_FILLED_H
#define CC_TESTS_FILLED_H

#include "common/event/event.h"

/* The next of a sequence, of any size: small, over a byte, negative, or nothing. */
uint64_t filled_number(unsigned *seed);
/* A message that passes the door; the arena must be large enough. */
void *filled(struct arena *a, const ProtobufCMessageDescriptor *d, unsigned *seed);

#endif
