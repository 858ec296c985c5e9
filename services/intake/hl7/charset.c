/* charset.c - bytes of a message in the character set it names, as UTF-8 */
#include "services/intake/hl7/charset.h"

#include <iconv.h>
#include <string.h>
#include <strings.h>

static const char replacement[] = "\xEF\xBF\xBD";

/* HL7 table 0211 and other spellings. 8859/1 is read as its superset, in which senders write their
 * quotes. */
static const struct {
    const char *said, *name;
} names[] = {
    {"ASCII", "ASCII"},
    {"US-ASCII", "ASCII"},
    {"ISO IR6", "ASCII"},
    {"8859/1", "WINDOWS-1252"},
    {"ISO-8859-1", "WINDOWS-1252"},
    {"ISO8859-1", "WINDOWS-1252"},
    {"ISO 8859-1", "WINDOWS-1252"},
    {"8859-1", "WINDOWS-1252"},
    {"LATIN1", "WINDOWS-1252"},
    {"ISO IR100", "WINDOWS-1252"},
    {"WINDOWS-1252", "WINDOWS-1252"},
    {"WINDOWS 1252", "WINDOWS-1252"},
    {"CP1252", "WINDOWS-1252"},
    {"ANSI", "WINDOWS-1252"},
    {"8859/2", "ISO-8859-2"},
    {"8859/3", "ISO-8859-3"},
    {"8859/4", "ISO-8859-4"},
    {"8859/5", "ISO-8859-5"},
    {"8859/6", "ISO-8859-6"},
    {"8859/7", "ISO-8859-7"},
    {"8859/8", "ISO-8859-8"},
    {"8859/9", "ISO-8859-9"},
    {"8859/15", "ISO-8859-15"},
    {"ISO-8859-15", "ISO-8859-15"},
    {"UNICODE UTF-8", "UTF-8"},
    {"UTF-8", "UTF-8"},
    {"UTF8", "UTF-8"},
    {"UNICODE", "UTF-8"},
    {"GB 18030-2000", "GB18030"},
    {"BIG-5", "BIG5"},
    {"KS X 1001", "EUC-KR"},
    {"UNICODE UTF-16", "UTF-16"},
};

/* charset_name - the row */
const char *charset_name(struct span name)
{
    struct span s = span_trim(name);

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (strlen(names[i].said) == s.n && strncasecmp(names[i].said, s.p, s.n) == 0)
            return names[i].name;
    return NULL;
}

/* is_ascii - no byte over 127, no zero */
static bool is_ascii(struct span s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 128 || s.p[i] == '\0')
            return false;
    return true;
}

/* utf8_length - of the character at p; 0: none */
static size_t utf8_length(const char *p, size_t n)
{
    for (size_t len = 1; len <= 4 && len <= n; len++)
        if (utf8_valid(p, len))
            return len;
    return 0;
}

/* add_valid - UTF-8 with U+FFFD for what is none; `ascii`: every high byte is none */
static void add_valid(struct buf *b, struct span in, bool ascii)
{
    for (size_t i = 0; i < in.n;) {
        size_t n = utf8_length(in.p + i, in.n - i);

        if (n == 1 || (n > 1 && !ascii)) {
            buf_add(b, in.p + i, n);
            i += n;
        } else {
            buf_adds(b, replacement);
            i++;
        }
    }
}

/* add_converted - through iconv; true: some bytes were no character. `unit` bytes are skipped at
 * damage */
static bool add_converted(struct buf *b, const char *name, struct span in, size_t unit)
{
    iconv_t cd = iconv_open("UTF-8", name);
    size_t left = in.n;
    char *p = NULL, chunk[4096];
    bool damaged = false;

    if (cd == (iconv_t)-1) {
        add_valid(b, in, true);
        return true;
    }
    memcpy(&p, &in.p, sizeof(p));
    while (left) {
        char *out = chunk;
        size_t room = sizeof(chunk);
        size_t r = iconv(cd, &p, &left, &out, &room);

        buf_add(b, chunk, sizeof(chunk) - room);
        if (r != (size_t)-1 || room < 8)
            continue;
        damaged = true;
        buf_adds(b, replacement);
        p += left < unit ? left : unit;
        left -= left < unit ? left : unit;
    }
    iconv_close(cd);
    return damaged;
}

/* to_arena - what was built, zero bytes and all, in the arena; what could not be built has used it
 * up */
static struct span to_arena(struct arena *a, struct buf *b)
{
    struct span s = {b->failed ? NULL : arena_memdup(a, b->data, b->len), b->len};

    if (b->failed)
        arena_give_out(a);
    buf_wipe(b);
    return s.p ? s : (struct span){"", 0};
}

/* decode_unicode - text said to be UTF-8, ASCII or nothing known */
static enum charset_result decode_unicode(struct arena *a, const char *name, struct span in,
                                          struct span *out)
{
    bool utf8 = name && strcmp(name, "UTF-8") == 0;
    struct buf b;

    *out = in;
    if (utf8_valid(in.p, in.n))
        return utf8 ? CHARSET_AS_SAID : CHARSET_IS_UTF8;
    buf_init(&b);
    add_valid(&b, in, !utf8);
    *out = to_arena(a, &b);
    return CHARSET_DAMAGED;
}

/* has_bytes - is it a set whose bytes over 127 are its own? */
static bool has_bytes(const char *name)
{
    static const char *const none[] = {"UTF-8", "ASCII", "UTF-16", NULL};

    return name && !str_in(name, none);
}

/* charset_decode - see charset.h */
enum charset_result charset_decode(struct arena *a, const char *name, struct span in,
                                   struct span *out)
{
    bool damaged;
    struct buf b;

    *out = in;
    if (is_ascii(in))
        return CHARSET_AS_SAID;
    if (!has_bytes(name))
        return decode_unicode(a, name, in, out);
    buf_init(&b);
    damaged = add_converted(&b, name, in, 1);
    *out = to_arena(a, &b);
    return damaged ? CHARSET_DAMAGED : CHARSET_AS_SAID;
}

/* The characters of a text that are no ASCII, and the bytes that are no character, as UTF-8. */
struct wide {
    size_t characters, damaged;
};

/* count_wide - in a text */
static struct wide count_wide(struct span in)
{
    struct wide w = {0};

    for (size_t i = 0; i < in.n;) {
        size_t n = utf8_length(in.p + i, in.n - i);

        w.characters += n > 1;
        w.damaged += n == 0;
        i += n ? n : 1;
    }
    return w;
}

/* charset_decode_marked - see charset.h; UTF-8 in which a field was cut inside a character is still
 * UTF-8: text of another set has next to no characters of several bytes */
enum charset_result charset_decode_marked(struct arena *a, const char *name, struct span in,
                                          struct span *out)
{
    const struct wide w = count_wide(in);
    enum charset_result r;

    if (has_bytes(name) && w.damaged > w.characters) {
        r = charset_decode(a, name, in, out);
        return r == CHARSET_AS_SAID ? CHARSET_NOT_UTF8 : r;
    }
    r = charset_decode(a, "UTF-8", in, out);
    return r == CHARSET_AS_SAID && w.characters && (!name || strncmp(name, "UTF-", 4) != 0)
               ? CHARSET_IS_UTF8
               : r;
}

/* charset_bom - see charset.h */
bool charset_bom(struct span in)
{
    return in.n >= 3 && memcmp(in.p, "\xEF\xBB\xBF", 3) == 0;
}

/* How UTF-16 begins: with a BOM, or with the name of a header. */
static const struct {
    const char *bytes;
    size_t n;
    const char *name;
} utf16[] = {
    {"\xFF\xFE", 2, "UTF-16LE"},  {"\xFE\xFF", 2, "UTF-16BE"},  {"M\0S\0H\0", 6, "UTF-16LE"},
    {"\0M\0S\0H", 6, "UTF-16BE"}, {"F\0H\0S\0", 6, "UTF-16LE"}, {"\0F\0H\0S", 6, "UTF-16BE"},
    {"B\0H\0S\0", 6, "UTF-16LE"}, {"\0B\0H\0S", 6, "UTF-16BE"},
};

/* charset_utf16 - see charset.h */
const char *charset_utf16(struct span in)
{
    for (size_t i = 0; in.n >= 6 && i < sizeof(utf16) / sizeof(utf16[0]); i++)
        if (memcmp(in.p, utf16[i].bytes, utf16[i].n) == 0)
            return utf16[i].name;
    return NULL;
}

/* charset_from_utf16 - see charset.h */
void charset_from_utf16(const char *name, struct span in, struct buf *out)
{
    size_t bom = (unsigned char)in.p[0] >= 0xFE ? 2 : 0;

    add_converted(out, name, (struct span){in.p + bom, in.n - bom}, 2);
}
