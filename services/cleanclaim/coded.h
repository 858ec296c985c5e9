/* coded.h - FHIR, HL7 and notes from files through intake and coder: what `code`, `validate`,
 * `render` and `group` start from
 *
 * Files are added one by one; the events of one encounter may stand in several of them. coded_each
 * then gives one item an encounter or note, in the order in which they first appeared. */
#ifndef CC_CLEANCLAIM_CODED_H
#define CC_CLEANCLAIM_CODED_H

#include "services/cleanclaim/cmd.h"
#include "services/coder/coder.h"

struct coded;

struct coded_item {
    const char *source; /* file of its first event */
    const char *encounter;
    const char *note; /* text of a note, or NULL; it is not read here: result is NULL then */
    size_t note_len;
    const CcCodingResult *result; /* claims have version 0 and no created_* */
    const CcEncounter *folded;
};

/* NULL after saying why (settings, memory). */
struct coded *coded_open(const struct tables *t);
void coded_close(struct coded *c); /* accepts NULL */

/* For texts: of the files' encounters, and for notes by themselves. */
struct text_shelf *coded_shelf(const struct coded *c);

/* One file; `as` CMD_KIND_MAX: by its content. X12 is not for here: EXIT_USAGE. Messages that are
 * refused are said on stderr and make the result EXIT_FOUND. */
int coded_add(struct coded *c, const struct cmd_file *f, enum cmd_kind as);

/* Items live until fn returns. The result is the worst of what fn gives; an encounter that cannot
 * be coded (memory) is said on stderr. */
typedef int (*coded_fn)(void *arg, const struct coded_item *item);
int coded_each(struct coded *c, coded_fn fn, void *arg);

#endif
