/* facts.h - the documentation of a day's visit, read from the record */
#ifndef CC_CODER_EM_FACTS_H
#define CC_CODER_EM_FACTS_H

#include "services/coder/em/em.h"
#include "services/coder/work.h"

/* The facts of a day. What belongs to the visit of one clinician cannot be told where several have
 * visits that day: the caller asks. */
struct em_facts em_facts_of(struct work *w, int32_t day);
/* The observations of the day that the facts rest on, as evidence of a code. */
void em_evidence(struct work *w, CcCodeAssignment *as, int32_t day);
/* An observation's day by the visit's clock; 0: it has none. */
int32_t em_day_of(const struct work *w, const CcObservation *o);

#endif
