/* price_out.h - an expected amount as JSON and for people (`price`, `show`) */
#ifndef CC_CLEANCLAIM_PRICE_OUT_H
#define CC_CLEANCLAIM_PRICE_OUT_H

#include <jansson.h>

#include "common/event/event.h"

json_t *price_json(const CcExpected *x); /* null for NULL */
/* That object (or one that holds its members) as lines of text, each behind `indent`. */
void price_print(const json_t *o, const char *indent);

#endif
