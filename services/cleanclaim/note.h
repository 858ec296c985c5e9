/* note.h - a note as a coding result: what common/text reads in it, with the reason of each
 * decision
 *
 * A code that some mention plainly supports is accepted, asked or let go by its probability. One
 * that is only denied, of the past, of another person, in doubt or not yet there is rejected by the
 * rule that says so. */
#ifndef CC_CLEANCLAIM_NOTE_H
#define CC_CLEANCLAIM_NOTE_H

#include "common/text/text.h"
#include "services/cleanclaim/coded.h"

struct note_rule {
    const char *id, *guideline, *summary;
};

/* The rules of notes; NULL after the last. */
const struct note_rule *note_rule_at(size_t i);

/* The day whose tables serve: as asked; else today, or the newest edition's first day when none
 * covers today; 0: not a date. */
int32_t note_day(const struct tables *t, const char *on);

/* In the arena; x NULL: `why` says which table is missing. `out` is empty when the text is refused:
 * the result's review says why. little: also what has too little support. NULL: no memory. */
CcCodingResult *note_code(struct arena *a, const struct text_index *x, const struct err *why,
                          const char *text, size_t n, bool little, struct text_reading *out);

#endif
