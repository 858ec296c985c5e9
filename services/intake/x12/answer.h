/* answer.h - POST /x12: an 837 in, what became of each claim out */
#ifndef CC_INTAKE_X12_ANSWER_H
#define CC_INTAKE_X12_ANSWER_H

#include <jansson.h>

#include "services/intake/intake.h"

/* A refusal of the whole. */
json_t *x12_answer_refused(const char *code, const char *why);

#endif
