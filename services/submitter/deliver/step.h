/* step.h - one try to hand a file over, by whatever transport, so that it is handed over once.
 *
 * What a try may already have done is kept in the topic as a phase before the try begins:
 *   NEW     nothing was tried, or it is known that nothing came of it
 *   PUT     bytes may have gone out
 *   RENAME  NAME.part is whole; it may have been renamed
 * A transport that can rename uploads NAME.part, which no payer takes, as often as it must; then
 * NAME.part is renamed, once: when it is gone and NAME is not there, the payer has taken it. One
 * that cannot rename is asked after PUT whether it has the file. That it lies there is an answer;
 * that it does not is none, since a receiver takes what it gets: a person decides, unless the
 * receiver refuses by itself what it had before (the row's `repeat`). */
#ifndef CC_SUBMITTER_DELIVER_STEP_H
#define CC_SUBMITTER_DELIVER_STEP_H

#include "services/submitter/deliver/transport.h"

enum phase { PHASE_NEW, PHASE_PUT, PHASE_RENAME };

/* 0 bytes of text are left in *e by OUT_DONE and OUT_NEXT; the others say why. */
enum outcome step_run(struct dest *d, const struct parcel *p, enum phase phase, struct err *e);

#endif
