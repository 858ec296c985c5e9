/* spoil.h - editions of which a file was refused (inside this room only).
 *
 * Some tables come in several files that make one edition (the parts of NCCI, the lists of the MCE,
 * of the MS-DRGs, of risk adjustment, both type-of-bill lists). When one of them is refused the
 * others are not published without it: the edition that is there stays. */
#ifndef CC_TABLES_SPOIL_H
#define CC_TABLES_SPOIL_H

#include <stdbool.h>

#include "common/tables/layout.h"

enum { SPOILS_MAX = 64 };

struct spoils {
    struct {
        enum table_id table;
        char edition[EDITION_NAME_MAX + 1]; /* "": all of the table */
    } rows[SPOILS_MAX];
    size_t n;
};

/* A file of this layout was refused. */
void spoil_note(struct spoils *s, const struct job *j);
/* Must an edition stay out? */
bool spoil_has(const struct spoils *s, enum table_id t, const char *edition);

#endif
