/* command.h - a command of the operator on the embedded broker: records are published, the command
 * runs, what it prints is looked at */
#ifndef CC_TESTS_COMMAND_H
#define CC_TESTS_COMMAND_H

#include "common/bus/mock.h"
#include "common/event/event.h"
#include "services/cleanclaim/live.h"

enum { COMMAND_WAIT_MS = 10000, COMMAND_OUT = 1 << 16 };

struct command {
    struct mock *mock;
    struct conf *conf;
    struct arena *a;
    char out[COMMAND_OUT]; /* what the last command printed */
};

/* For cmocka: a broker with all topics of two partitions, which the command finds by the
 * environment. */
int command_setup(void **state);
int command_teardown(void **state);
/* One record; partition -1: by the key; m NULL: the key is gone. */
void command_publish(struct command *c, enum topic t, int32_t partition, const char *key,
                     const ProtobufCMessage *m);
/* Runs it with words behind its name, divided by blanks; its exit code. */
int command_run(struct command *c, int (*run)(int argc, char **argv), const char *words);

#endif
