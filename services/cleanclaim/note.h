/* note.h - the day that a note or a phrase is read on */
#ifndef CC_CLEANCLAIM_NOTE_H
#define CC_CLEANCLAIM_NOTE_H

#include "common/tables/tables.h"

/* The day whose tables serve: as asked; else today, or the newest edition's first day when none
 * covers today; 0: not a date. */
int32_t note_day(const struct tables *t, const char *on);

#endif
