/* note.c - the day that a note or a phrase is read on */
#include "services/cleanclaim/note.h"

#include "common/base/date.h"
#include "common/sys/clock.h"

/* note_day - see note.h */
int32_t note_day(const struct tables *t, const char *on)
{
    int32_t today = date_of_ms(clock_ms(), 0), newest = 0;
    const struct edition_info *i;

    if (on)
        return date_parse(on);
    if (tables_edition(t, TABLE_ICD10CM, today))
        return today;
    for (size_t k = 0; (i = tables_edition_at(t, k)); k++)
        if (i->table == TABLE_ICD10CM && i->from > newest)
            newest = i->from;
    return newest ? newest : today;
}
