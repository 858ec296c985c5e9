/* mask.h - a message without what depends on when it was made */
#ifndef CC_TESTS_SIM_MASK_H
#define CC_TESTS_SIM_MASK_H

#include <protobuf-c/protobuf-c.h>

#include <stdbool.h>

/* Clears, in the message and all within: int64 fields whose name ends in _ms (the batch's clock),
 * and offsets of places in topics (markers and aborted records take offsets);
 * with `numbers` also what follows from control numbers, which depend on who was batched with whom:
 * mask.c lists them. */
void mask_message(ProtobufCMessage *m, bool numbers);

#endif
