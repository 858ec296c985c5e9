/* ack_set.h - the sets inside a 999. Inside this room only. */
#ifndef CC_X12_ACK_SET_H
#define CC_X12_ACK_SET_H

#include "common/x12/check.h"

enum { ACK_REASONS = 5 }; /* IK5 and AK9 have room for them */

/* AK2, IK3, CTX, IK4, IK5 of a set's result. */
void ack_put_set(struct x12_writer *w, const struct x12_result *r);
/* What stands behind the prefix of a code ("7" of "IK304=7" behind "IK304="); NULL: another
 * answer's. */
const char *ack_reason(const char *code, const char *prefix);
/* The different reasons of a result, `room` at most, as elements; returns how many. */
unsigned ack_put_reasons(struct x12_writer *w, const struct x12_result *r, const char *prefix,
                         unsigned room);
/* A control number as quoted, made fit to stand in an answer. */
void ack_put_number(struct x12_writer *w, struct span s, bool group);

#endif
