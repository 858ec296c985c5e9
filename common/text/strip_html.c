/* strip_html.c - HTML to words: tags out, blocks as lines, entities as characters */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/str.h"
#include "common/text/strip.h"

enum { LOOK_BYTES = 4096, ENTITY_MAX = 10, NAME_MAX_BYTES = 12 };

/* Tags that begin or end a line; those whose content is no text. */
static const char *const lines[] = {"address", "article", "blockquote", "body",   "br",   "dd",
                                    "div",     "dl",      "dt",         "footer", "form", "h1",
                                    "h2",      "h3",      "h4",         "h5",     "h6",   "head",
                                    "header",  "hr",      "html",       "li",     "ol",   "p",
                                    "pre",     "section", "table",      "title",  "tr",   "ul"};
static const char *const hidden[] = {"script", "style"};

static const struct {
    const char *name;
    uint32_t c;
} entities[] = {{"amp", '&'},      {"lt", '<'},        {"gt", '>'},       {"quot", '"'},
                {"apos", '\''},    {"nbsp", ' '},      {"deg", 0xb0},     {"micro", 0xb5},
                {"plusmn", 0xb1},  {"frac12", 0xbd},   {"ndash", 0x2013}, {"mdash", 0x2014},
                {"lsquo", 0x2018}, {"rsquo", 0x2019},  {"ldquo", 0x201c}, {"rdquo", 0x201d},
                {"bull", 0x2022},  {"hellip", 0x2026}, {"le", 0x2264},    {"ge", 0x2265},
                {"middot", 0xb7},  {"eacute", 0xe9},   {"egrave", 0xe8},  {"ouml", 0xf6},
                {"uuml", 0xfc},    {"auml", 0xe4}};

/* A tag: its name and where it ends. */
struct tag {
    char name[NAME_MAX_BYTES];
    bool closes;
    size_t end; /* after its > */
};

/* is_among - in a list of names */
static bool is_among(const char *name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(name, list[i]) == 0)
            return true;
    return false;
}

/* read_tag - at a <; false: it is only a sign ("BP < 120") */
static bool read_tag(const char *p, size_t n, size_t at, struct tag *t)
{
    size_t i = at + 1, k = 0;
    const char *close;

    memset(t, 0, sizeof(*t));
    t->closes = i < n && p[i] == '/';
    i += t->closes;
    if (i >= n || !(isalpha((unsigned char)p[i]) || p[i] == '!' || p[i] == '?'))
        return false;
    t->name[k++] = (char)tolower((unsigned char)p[i++]);
    for (; i < n && isalnum((unsigned char)p[i]); i++)
        if (k + 1 < sizeof(t->name))
            t->name[k++] = (char)tolower((unsigned char)p[i]);
    if (n - at >= 4 && memcmp(p + at, "<!--", 4) == 0) {
        const char *end = memmem(p + at + 4, n - at - 4, "-->", 3);

        t->end = end ? (size_t)(end - p) + 3 : n;
        return true;
    }
    close = i < n ? memchr(p + i, '>', n - i) : NULL;
    t->end = close ? (size_t)(close - p) + 1 : n;
    return close != NULL;
}

/* strip_is_html - a document's beginning, or a closing tag of a block among its first bytes */
bool strip_is_html(const char *p, size_t n)
{
    size_t most = n < LOOK_BYTES ? n : LOOK_BYTES;
    struct tag t;

    for (size_t i = 0; i < most; i++) {
        if (p[i] != '<' || !read_tag(p, n, i, &t))
            continue;
        if (strcmp(t.name, "!doctype") == 0 || strcmp(t.name, "html") == 0 ||
            strcmp(t.name, "br") == 0 ||
            (t.closes && (is_among(t.name, lines, sizeof(lines) / sizeof(lines[0])) ||
                          strcmp(t.name, "span") == 0 || strcmp(t.name, "b") == 0)))
            return true;
    }
    return false;
}

/* skip_hidden - to the end of a script or style */
static size_t skip_hidden(const struct strip *s, const struct tag *t)
{
    size_t len = strlen(t->name);

    for (size_t i = t->end; i + len + 2 < s->n; i++)
        if (s->p[i] == '<' && s->p[i + 1] == '/' && strncasecmp(s->p + i + 2, t->name, len) == 0)
            return i;
    return s->n;
}

/* put_tag - a line's end, a blank between cells, or nothing; returns where to go on */
static size_t put_tag(struct strip *s, size_t at, const struct tag *t)
{
    if (is_among(t->name, lines, sizeof(lines) / sizeof(lines[0])))
        strip_put(s, "\n", 1, at, t->end - at);
    else if (strcmp(t->name, "td") == 0 || strcmp(t->name, "th") == 0)
        strip_put(s, " ", 1, at, t->end - at);
    return !t->closes && is_among(t->name, hidden, sizeof(hidden) / sizeof(hidden[0]))
               ? skip_hidden(s, t)
               : t->end;
}

/* entity - the character of "&name;" or "&#xe9;"; *end after it; false: only an ampersand */
static bool entity(const struct strip *s, size_t at, uint32_t *c, size_t *end)
{
    size_t i = at + 1, n = 0;
    char name[ENTITY_MAX + 1];

    while (i < s->n && n < ENTITY_MAX && (isalnum((unsigned char)s->p[i]) || s->p[i] == '#'))
        name[n++] = s->p[i++];
    name[n] = '\0';
    if (!n || i >= s->n || s->p[i] != ';')
        return false;
    *end = i + 1;
    if (name[0] == '#') {
        bool hex = name[1] == 'x' || name[1] == 'X';

        *c = (uint32_t)strtoul(name + 1 + hex, NULL, hex ? 16 : 10);
        return true;
    }
    for (i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
        if (strcmp(name, entities[i].name) == 0) {
            *c = entities[i].c;
            return true;
        }
    return false;
}

/* put_text - one byte outside of tags: line ends are blanks unless the text is laid out already
 * (pre), and what is no UTF-8 is Windows-1252 */
static void put_text(struct strip *s, size_t i, bool utf8, bool laid_out)
{
    unsigned char c = (unsigned char)s->p[i];

    if ((c == '\n' || c == '\r') && !laid_out)
        strip_put(s, " ", 1, i, 1);
    else if (c < 0x80 || utf8)
        strip_put(s, s->p + i, 1, i, 1);
    else
        strip_put_1252(s, c, i, 1);
}

/* strip_html - see strip.h */
void strip_html(struct strip *s)
{
    bool utf8 = utf8_valid(s->p, s->n), laid_out = false;
    struct tag t;
    uint32_t c;

    for (size_t i = 0, end; i < s->n && !s->failed;) {
        if (s->p[i] == '<' && read_tag(s->p, s->n, i, &t)) {
            if (strcmp(t.name, "pre") == 0)
                laid_out = !t.closes;
            i = put_tag(s, i, &t);
        } else if (s->p[i] == '&' && entity(s, i, &c, &end)) {
            strip_put_char(s, c, i, end - i);
            i = end;
        } else {
            put_text(s, i++, utf8, laid_out);
        }
    }
}
