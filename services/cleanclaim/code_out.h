/* code_out.h - a coded encounter as the line of cli.md, and for people */
#ifndef CC_CLEANCLAIM_CODE_OUT_H
#define CC_CLEANCLAIM_CODE_OUT_H

#include "services/cleanclaim/coded.h"

void code_json(const struct coded_item *item);
void code_text(const struct coded_item *item);

/* What is said of a note: text is not read yet. */
extern const char code_note_reason[], code_note_question[];

#endif
