/* field.h - values of a message by their paths, as text: for tables of what is expected */
#ifndef CC_TESTS_FIELD_H
#define CC_TESTS_FIELD_H

#include "common/event/event.h"

/* "charges.0.code.system": names of the schema and places in lists; "charges.#": how many. Enums as
 * event_word writes them, bytes as they are, "" for what is not there. The text is the arena's. */
const char *field_text(struct arena *a, const ProtobufCMessage *m, const char *path);

/* "path=value; path=value": the test fails at the first that differs, and says which of what. */
void field_expect(struct arena *a, const ProtobufCMessage *m, const char *what, const char *wanted);

#endif
