/* amend.h - inside publishing: a claim as the record wants it now against what was made of it */
#ifndef CC_CODER_AMEND_H
#define CC_CODER_AMEND_H

#include "services/coder/room.h"

/* The claim as it was coded: its first version, the next, or what the payer's state asks for. */
int amend_claim(struct room *r, CcEncounterState *s, CcClaim *c, struct err *e);
/* Nothing of it is wanted any more. */
int amend_void(struct room *r, CcEncounterState *s, CcMadeClaim *m, const char *why, struct err *e);

/* publish.c: the next version of m goes out, with its status. */
int room_emit(struct room *r, CcMadeClaim *m, CcClaim *c, CcClaimState state, const char *event,
              const char *reason, struct err *e);

#endif
