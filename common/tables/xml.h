/* xml.h - Expat for this room: elements with their text, limits, no entities (inside this room
 * only).
 *
 * The text of an element is what stands directly inside it, white space around it taken off. A
 * declaration of an entity, nesting over XML_DEPTH_MAX, or text over XML_TEXT_MAX is refused. */
#ifndef CC_TABLES_XML_H
#define CC_TABLES_XML_H

#include "common/base/err.h"
#include "common/base/str.h"

enum { XML_DEPTH_MAX = 48, XML_TEXT_MAX = 65536 };

struct xml {
    void (*start)(struct xml *x, const char *name, const char **attributes);
    void (*end)(struct xml *x, const char *name, struct span text);
    int depth; /* of the element that starts or ends; the root is 1 */
    void *parser;
    struct buf text[XML_DEPTH_MAX + 1];
    const char *expected; /* set by xml_stop */
};

int xml_read(struct xml *x, const void *data, size_t n, struct err *e);
/* From inside a callback: the file is refused, `expected` (static text) is said. */
void xml_stop(struct xml *x, const char *expected);
const char *xml_attribute(const char **attributes, const char *name); /* "" when it is not there */

#endif
