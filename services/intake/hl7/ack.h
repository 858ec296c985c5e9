/* ack.h - the acknowledgment of an HL7 v2 message, original mode (chapter 2, 2.9.2) */
#ifndef CC_INTAKE_HL7_ACK_H
#define CC_INTAKE_HL7_ACK_H

#include "common/base/str.h"
#include "services/intake/intake.h"

/* Appends the ACK of a message, in the sender's own separators: MSA-1 = `code`, MSA-2 = its MSH-10,
 * and with AE and AR an ERR whose user message is `text` (no patient data). `problem` names the
 * code of cli.md and the place; NULL: ours. false: not to be answered, because it is an
 * acknowledgment itself. */
bool hl7_ack(struct arena *a, struct span message, const char *code, const CcIntakeProblem *problem,
             const char *text, int64_t now_ms, struct buf *out);

#endif
