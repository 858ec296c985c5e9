/* hl7_sum.h - the sum rule of cli.md, counted in a way of its own: what came in = mapped + ignored,
 * name by name */
#ifndef CC_TESTS_HL7_SUM_H
#define CC_TESTS_HL7_SUM_H

#include "services/intake/intake.h"

/* The first name whose sum does not hold, in a static buffer of the caller; NULL: all hold. */
const char *hl7_sum_breaks(const struct intake_result *r, char name[64]);

#endif
