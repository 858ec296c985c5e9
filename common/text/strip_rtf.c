/* strip_rtf.c - RTF (Microsoft, version 1.9) to words: control words out, paragraphs as lines,
 * characters by \'hh (Windows-1252) and \u; fonts, styles, pictures and what a reader may leave out
 * ("\*") are no text */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "common/text/strip.h"

enum { WORD_BYTES = 32, DEPTH_MAX = 256 };

/* Control words that stand for text. */
static const struct {
    const char *word, *text;
} texts[] = {{"par", "\n"},       {"line", "\n"},      {"row", "\n"},    {"sect", "\n"},
             {"page", "\n"},      {"tab", "\t"},       {"cell", " "},    {"emdash", " - "},
             {"endash", "-"},     {"bullet", "*"},     {"lquote", "'"},  {"rquote", "'"},
             {"ldblquote", "\""}, {"rdblquote", "\""}, {"enspace", " "}, {"emspace", " "}};

/* Groups that hold no text of the note. */
static const char *const silent[] = {
    "fonttbl", "colortbl",  "stylesheet", "info",      "pict",    "object",    "header",
    "footer",  "headerl",   "headerr",    "footerl",   "footerr", "listtable", "listoverridetable",
    "rsidtbl", "generator", "themedata",  "datastore", "xmlnstbl"};

/* What holds inside a group. */
struct group {
    bool silent;
    int skip; /* \uc: characters after a \u for those who do not know it */
};

struct rtf {
    struct strip *s;
    struct group group[DEPTH_MAX];
    size_t depth;
    int skip; /* of those, still to come */
};

/* A control word: its letters, its number, where it ends. */
struct control {
    char word[WORD_BYTES];
    long number;
    bool numbered;
    size_t end;
};

/* strip_is_rtf - by its first bytes */
bool strip_is_rtf(const char *p, size_t n)
{
    size_t i = 0;

    while (i < n && isspace((unsigned char)p[i]))
        i++;
    return n - i > 5 && memcmp(p + i, "{\\rtf", 5) == 0;
}

/* read_control - after a backslash and before a letter */
static struct control read_control(const struct strip *s, size_t at)
{
    struct control c = {.end = at};
    size_t n = 0;

    while (c.end < s->n && isalpha((unsigned char)s->p[c.end])) {
        if (n + 1 < sizeof(c.word))
            c.word[n++] = s->p[c.end];
        c.end++;
    }
    if (c.end < s->n && (isdigit((unsigned char)s->p[c.end]) || s->p[c.end] == '-')) {
        char number[12] = "";

        n = 0;
        do {
            if (n + 1 < sizeof(number))
                number[n++] = s->p[c.end];
            c.end++;
        } while (c.end < s->n && isdigit((unsigned char)s->p[c.end]));
        c.number = strtol(number, NULL, 10);
        c.numbered = true;
    }
    if (c.end < s->n && s->p[c.end] == ' ')
        c.end++;
    return c;
}

/* here - what holds now */
static struct group *here(struct rtf *r)
{
    return &r->group[r->depth < DEPTH_MAX ? r->depth : DEPTH_MAX - 1];
}

/* speaks - does text count here? A character for those who do not know \u does not. */
static bool speaks(struct rtf *r)
{
    if (r->skip > 0) {
        r->skip--;
        return false;
    }
    return !here(r)->silent;
}

/* put_unicode - \u: a number of 16 bits, negative above 32767 */
static void put_unicode(struct rtf *r, const struct control *c, size_t at)
{
    if (!here(r)->silent)
        strip_put_char(r->s, (uint32_t)(c->number < 0 ? c->number + 65536 : c->number), at,
                       c->end - at);
    r->skip = here(r)->skip;
}

/* on_control - a control word; returns where to go on */
static size_t on_control(struct rtf *r, size_t at)
{
    struct control c = read_control(r->s, at + 1);

    for (size_t i = 0; i < sizeof(silent) / sizeof(silent[0]); i++)
        if (strcmp(c.word, silent[i]) == 0)
            here(r)->silent = true;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (strcmp(c.word, texts[i].word) == 0 && speaks(r))
            strip_put(r->s, texts[i].text, strlen(texts[i].text), at, c.end - at);
    if (strcmp(c.word, "u") == 0 && c.numbered)
        put_unicode(r, &c, at);
    if (strcmp(c.word, "uc") == 0 && c.numbered)
        here(r)->skip = c.number > 0 && c.number < 8 ? (int)c.number : 0;
    if (strcmp(c.word, "bin") == 0 && c.number > 0)
        c.end = r->s->n - c.end < (size_t)c.number ? r->s->n : c.end + (size_t)c.number;
    return c.end;
}

/* hex - of a digit */
static unsigned hex(char c)
{
    return isdigit((unsigned char)c) ? (unsigned)(c - '0')
                                     : (unsigned)(tolower((unsigned char)c) - 'a' + 10);
}

/* on_symbol - a backslash before a sign */
static size_t on_symbol(struct rtf *r, size_t at)
{
    const char *p = r->s->p + at;

    switch (p[1]) {
    case '\'':
        if (r->s->n - at < 4 || !isxdigit((unsigned char)p[2]) || !isxdigit((unsigned char)p[3]))
            return at + 2;
        if (speaks(r))
            strip_put_1252(r->s, (unsigned char)(hex(p[2]) << 4 | hex(p[3])), at, 4);
        return at + 4;
    case '*':
        here(r)->silent = true;
        return at + 2;
    case '\\':
    case '{':
    case '}':
        if (speaks(r))
            strip_put(r->s, p + 1, 1, at, 2);
        return at + 2;
    case '~':
    case '\n':
    case '\r':
    case '_':
        if (speaks(r))
            strip_put(r->s, p[1] == '~' ? " " : p[1] == '_' ? "-" : "\n", 1, at, 2);
        return at + 2;
    default:
        return at + 2;
    }
}

/* on_brace - a group begins with what holds outside, and ends with it */
static void on_brace(struct rtf *r, char c)
{
    if (c == '{') {
        struct group outside = *here(r);

        r->depth++;
        *here(r) = outside;
    } else if (r->depth) {
        r->depth--;
    }
    r->skip = 0;
}

/* on_byte - of the text itself; line ends are only of the file */
static void on_byte(struct rtf *r, size_t at)
{
    unsigned char c = (unsigned char)r->s->p[at];

    if (c == '\n' || c == '\r' || !speaks(r))
        return;
    strip_put_1252(r->s, c, at, 1);
}

/* strip_rtf - see strip.h */
void strip_rtf(struct strip *s)
{
    struct rtf r = {.s = s};

    r.group[0].skip = 1;
    for (size_t i = 0; i < s->n && !s->failed;) {
        if (s->p[i] == '{' || s->p[i] == '}') {
            on_brace(&r, s->p[i++]);
        } else if (s->p[i] != '\\' || i + 1 >= s->n) {
            on_byte(&r, i++);
        } else if (isalpha((unsigned char)s->p[i + 1])) {
            i = on_control(&r, i);
        } else {
            i = on_symbol(&r, i);
        }
    }
}
