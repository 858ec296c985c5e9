/* show.h - a message as lines, for the trace */
#ifndef CC_TESTS_SIM_SHOW_H
#define CC_TESTS_SIM_SHOW_H

#include <protobuf-c/protobuf-c.h>

void show_message(const ProtobufCMessage *m, int depth);

#endif
