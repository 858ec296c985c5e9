/* xml.c - streaming XML with limits */
#include "common/tables/xml.h"

#include <expat.h>
#include <limits.h>
#include <string.h>

/* xml_stop - the first reason stays */
void xml_stop(struct xml *x, const char *expected)
{
    if (!x->expected)
        x->expected = expected;
    XML_StopParser(x->parser, XML_FALSE);
}

/* on_start - one level deeper */
static void XMLCALL on_start(void *arg, const char *name, const char **attributes)
{
    struct xml *x = arg;

    if (x->depth == XML_DEPTH_MAX) {
        xml_stop(x, "elements nested at most 48 deep");
        return;
    }
    buf_reset(&x->text[++x->depth]);
    x->start(x, name, attributes);
}

/* on_end - with what stood in it */
static void XMLCALL on_end(void *arg, const char *name)
{
    struct xml *x = arg;
    struct buf *b = &x->text[x->depth];

    if (x->expected)
        return;
    x->end(x, name, span_trim((struct span){b->data ? b->data : "", b->len}));
    x->depth--;
}

/* on_text - to the element that is open */
static void XMLCALL on_text(void *arg, const char *s, int n)
{
    struct xml *x = arg;
    struct buf *b = &x->text[x->depth];

    if (b->len + (size_t)n > XML_TEXT_MAX)
        xml_stop(x, "texts of at most 64 KiB");
    else
        buf_add(b, s, (size_t)n);
    if (b->failed)
        xml_stop(x, "no more than memory holds");
}

/* on_entity - nobody needs one, and they can be made to explode */
static void XMLCALL on_entity(void *arg, const char *name, int parameter, const char *value, int n,
                              const char *base, const char *system, const char *public,
                              const char *notation)
{
    (void)name, (void)parameter, (void)value, (void)n, (void)base, (void)system, (void)public,
        (void)notation;
    xml_stop(arg, "no entity declarations");
}

/* feed - all bytes, in pieces that an int can count */
static bool feed(struct xml *x, const char *p, size_t n)
{
    enum { PIECE = 1 << 24 };

    for (; n > PIECE; p += PIECE, n -= PIECE)
        if (XML_Parse(x->parser, p, PIECE, 0) != XML_STATUS_OK)
            return false;
    return XML_Parse(x->parser, p, (int)n, 1) == XML_STATUS_OK;
}

/* line_of - where the parser stands; expat 2.9 counts in 64 bits and says so of the older call */
static unsigned long long line_of(XML_Parser p)
{
#if XML_MAJOR_VERSION == 2 && XML_MINOR_VERSION < 9
    return XML_GetCurrentLineNumber(p);
#else
    return XML_GetCurrentLineNumber64(p);
#endif
}

/* xml_read - the whole document */
int xml_read(struct xml *x, const void *data, size_t n, struct err *e)
{
    int r = 0;

    x->parser = XML_ParserCreate(NULL);
    if (!x->parser)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    XML_SetUserData(x->parser, x);
    XML_SetElementHandler(x->parser, on_start, on_end);
    XML_SetCharacterDataHandler(x->parser, on_text);
    XML_SetEntityDeclHandler(x->parser, on_entity);
    if (!feed(x, data, n))
        r = err_set(e, ERR_REJECT, "layout", "line %llu: expected %s", line_of(x->parser),
                    x->expected ? x->expected : XML_ErrorString(XML_GetErrorCode(x->parser)));
    XML_ParserFree(x->parser);
    for (int i = 0; i <= XML_DEPTH_MAX; i++)
        buf_release(&x->text[i]);
    return r;
}

/* xml_attribute - by name */
const char *xml_attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (strcmp(attributes[0], name) == 0)
            return attributes[1];
    return "";
}
