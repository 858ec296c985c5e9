/* shelf.h - text indexes kept for those who read texts of many days
 *
 * An index is compiled when the first text of its days is read (about half a second and 45 MB with
 * the official tables): who never meets a text never pays for one. It is kept under the SHA-256 of
 * the editions that it is made of, so that days of one edition share it and a reload of the same
 * tables compiles nothing; the SHELF_MAX last used ones stay. Not thread safe. */
#ifndef CC_TEXT_SHELF_H
#define CC_TEXT_SHELF_H

#include "common/text/text.h"

enum { SHELF_MAX = 2 };

struct text_shelf;

struct text_shelf *text_shelf_new(void);    /* NULL: no memory */
void text_shelf_free(struct text_shelf *s); /* accepts NULL */

/* The index of the editions that serve a day, of the shelf's until SHELF_MAX others were asked for.
 * NULL: as text_index_new. */
const struct text_index *text_shelf_index(struct text_shelf *s, const struct tables *t, int32_t on,
                                          struct err *e);
/* Empty memory to read one text in, of the shelf's until the next call: a text that is too large
 * for it fails alone, not with the message that it came in. */
struct arena *text_shelf_desk(struct text_shelf *s);

#endif
