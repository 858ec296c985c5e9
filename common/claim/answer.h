/* answer.h - building answers inside this room: what readack.c and read277.c share */
#ifndef CC_CLAIM_ANSWER_H
#define CC_CLAIM_ANSWER_H

#include <stdbool.h>
#include <stdint.h>

#include "common/claim/readack.h"

/* A new answer at the end of the list; NULL: over the arena. */
CcAnswer *answer_new(struct arena *a, struct reply_answers *out, const char *kind,
                     const char *level, uint32_t position);
/* Appends a code, "IK304=8"; empty values are left out. */
void answer_code(struct arena *a, CcAnswer *answer, const char *list, struct span code);
/* Appends the text as it is. */
void answer_code_text(struct arena *a, CcAnswer *answer, const char *code);
/* ERR_REJECT "size" when the arena was too small for what was read. */
int answer_memory(const struct arena *a, struct err *e);

/* Adds the answers of one 277CA or 277. */
int read277(struct arena *a, const struct reply_item *item, struct reply_answers *out,
            struct err *e);

#endif
