/* deadline.h - until when the payer takes the claim */
#ifndef CC_VALIDATOR_DEADLINE_H
#define CC_VALIDATOR_DEADLINE_H

#include "services/validator/edit.h"

/* The earliest last day over the claim's lines; 0: no limit is known (billing §8.6). */
int32_t edit_deadline(struct edit_run *r);

#endif
