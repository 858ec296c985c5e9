/* code_out.h - a coded encounter as the line of cli.md, and for people */
#ifndef CC_CLEANCLAIM_CODE_OUT_H
#define CC_CLEANCLAIM_CODE_OUT_H

#include "common/text/text.h"
#include "services/cleanclaim/coded.h"

/* said: what stands in the text, as `concepts`, or NULL: not asked. */
void code_json(const struct coded_item *item, const struct text_reading *said);
void code_text(const struct coded_item *item);

#endif
