/* lists.h - the plain files of lists/, compiled in: one row a line, fields by TAB, # begins a
 * comment
 */
#ifndef CC_TEXT_LISTS_H
#define CC_TEXT_LISTS_H

#include "common/base/str.h"

enum text_list {
    LIST_FORMS,
    LIST_TERMS,
    LIST_BARE,
    LIST_STOP,
    LIST_WEIGHTS,
    LIST_SHORT,
    LIST_ENDINGS,
    LIST_ABBREVIATIONS,
    LIST_TRIGGERS,
    LIST_CHRONIC,
    LIST_SECTIONS,
    LIST_TISSUES,
    LIST_IMPLIED,
    LIST_MEDICAL,
    LIST_DOSES,
    LIST_CUES,
    LIST_ALLERGIES,
    LIST_EFFECTS,
    LIST_DRUGS,
    LIST_FAMILIES,
    LIST_MAX
};

enum { LIST_FIELDS = 4 };

struct list_walk {
    struct span left;
};

void list_begin(enum text_list list, struct list_walk *w);
/* The fields of the next row, trimmed, empty when there is none; false: no more. */
bool list_next(struct list_walk *w, struct span fields[LIST_FIELDS]);
/* A number of a row; 0: it is none. */
double list_number(struct span field);

#endif
