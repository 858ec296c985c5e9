/* reader.c - a message's lines as segments
 *
 * Lines end with CR, LF, CRLF or a framing byte. A line that is no segment is a break inside text
 * where the segment before it is an OBX or NTE whose text field is still open; then the segment
 * goes on to the end of that line. */
#include "services/intake/hl7/reader.h"

#include <ctype.h>
#include <string.h>

#include "services/intake/hl7/charset.h"

static const struct hl7_delims customary = {'|', '^', '~', '\\', '&'};

/* Segments whose text may hold raw line breaks, and the field it is in. */
static const struct {
    const char *name;
    unsigned field;
} breaking[] = {{"OBX", 5}, {"NTE", 3}};

/* ends_line - CR, LF, or a byte of MLLP framing */
static bool ends_line(char c)
{
    return c == '\r' || c == '\n' || c == '\x0b' || c == '\x1c';
}

/* skip_blanks - in front of a line; a BOM is one, too: a file that was joined to another has its
 * own in the middle of the whole */
static size_t skip_blanks(struct span text, size_t at)
{
    for (;;) {
        if (at < text.n && (text.p[at] == ' ' || text.p[at] == '\t'))
            at++;
        else if (charset_bom((struct span){text.p + at, text.n - at}))
            at += 3;
        else
            return at;
    }
}

/* hl7_next_line - see reader.h */
bool hl7_next_line(struct span text, size_t *at, struct hl7_line *out)
{
    while (*at < text.n) {
        size_t start = skip_blanks(text, *at), end = start;

        while (end < text.n && !ends_line(text.p[end]))
            end++;
        *at = end + (end < text.n);
        if (start == end)
            continue;
        *out = (struct hl7_line){{text.p + start, end - start}, end < text.n};
        return true;
    }
    return false;
}

/* hl7_is_segment - see reader.h */
bool hl7_is_segment(struct span line, char name[4])
{
    if (line.n < 3 || !isupper((unsigned char)line.p[0]))
        return false;
    for (int i = 1; i < 3; i++)
        if (!isupper((unsigned char)line.p[i]) && !isdigit((unsigned char)line.p[i]))
            return false;
    if (line.n > 3 && !ispunct((unsigned char)line.p[3]))
        return false;
    memcpy(name, line.p, 3);
    name[3] = '\0';
    return true;
}

/* hl7_is_envelope - the segments around messages */
bool hl7_is_envelope(const char *name)
{
    static const char *const envelope[] = {"FHS", "BHS", "BTS", "FTS", NULL};

    return str_in(name, envelope);
}

/* count_char - how often c is in s */
static size_t count_char(struct span s, char c)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == c;
    return n;
}

/* text_is_open - does the segment end inside its text field? */
static bool text_is_open(const struct hl7_segment *s, size_t separators)
{
    for (size_t i = 0; i < sizeof(breaking) / sizeof(breaking[0]); i++)
        if (strcmp(s->name, breaking[i].name) == 0)
            return separators == breaking[i].field;
    return false;
}

/* separators_of - MSH-1 and MSH-2; what is malformed becomes customary */
static void separators_of(struct hl7_message *m, struct span line)
{
    struct hl7_delims d = customary;
    const char *second;
    size_t n;

    d.field = line.n > 3 ? line.p[3] : '|';
    second = line.n > 4 ? line.p + 4 : "";
    n = 0;
    while (line.n > 4 + n && second[n] != d.field)
        n++;
    if (n != 4 && n != 5)
        m->separators_repaired = true;
    for (size_t i = 0; i < n && !m->separators_repaired; i++)
        m->separators_repaired =
            !ispunct((unsigned char)second[i]) || memchr(second, second[i], i) != NULL;
    if (!m->separators_repaired) {
        d.component = second[0];
        d.repetition = second[1];
        d.escape = second[2];
        d.sub = second[3];
    }
    m->delims = d;
}

/* split_fields - at the field separator; MSH-1, FHS-1 and BHS-1 are the separator itself */
static bool split_fields(struct hl7_message *m, struct hl7_segment *s)
{
    bool header =
        strcmp(s->name, "MSH") == 0 || strcmp(s->name, "FHS") == 0 || strcmp(s->name, "BHS") == 0;
    char separator = s->envelope && s->raw.n > 3 ? s->raw.p[3] : m->delims.field;
    size_t count = count_char(s->raw, separator) + 1 + header, n = 0, start = 0;

    s->fields = arena_array(m->arena, count, sizeof(struct span));
    if (!s->fields)
        return false;
    for (size_t i = 0; i <= s->raw.n; i++) {
        if (i < s->raw.n && s->raw.p[i] != separator)
            continue;
        s->fields[n++] = (struct span){s->raw.p + start, i - start};
        if (header && n == 1 && i < s->raw.n)
            s->fields[n++] = (struct span){s->raw.p + i, 1};
        start = i + 1;
    }
    s->n_fields = n;
    return true;
}

/* nth_of - how many segments of the name came before, plus one */
static unsigned nth_of(const struct hl7_message *m, const char *name)
{
    for (size_t i = m->segments ? m->n : 0; i-- > 0;)
        if (strcmp(m->segments[i].name, name) == 0)
            return m->segments[i].nth + 1;
    return 1;
}

/* join - takes the line into the text of the last segment, if that is open */
static bool join(struct hl7_message *m, struct span line)
{
    struct hl7_segment *s = m->n ? &m->segments[m->last] : NULL;

    if (!s || !text_is_open(s, m->last_separators))
        return false;
    s->raw.n = (size_t)(line.p + line.n - s->raw.p);
    m->last_separators += count_char(line, m->delims.field);
    return true;
}

/* add_line - one more segment, or "?" */
static bool add_line(struct hl7_message *m, struct span line)
{
    struct hl7_segment s = {.name = "?", .raw = line};
    void *grown;

    if (hl7_is_segment(line, s.name)) {
        s.envelope = hl7_is_envelope(s.name);
        if (strcmp(s.name, "MSH") == 0 && nth_of(m, "MSH") == 1)
            separators_of(m, line);
    } else {
        s.joined = join(m, line);
    }
    s.nth = nth_of(m, s.name);
    grown = arena_grow(m->arena, m->segments, m->n, sizeof(s));
    if (!grown)
        return false;
    m->segments = grown;
    if (!s.joined) {
        m->last = m->n;
        m->last_separators = count_char(line, m->delims.field);
    }
    m->segments[m->n++] = s;
    return true;
}

/* find_msh - the message's header */
static const struct hl7_segment *find_msh(const struct hl7_message *m)
{
    for (size_t i = 0; i < m->n; i++)
        if (strcmp(m->segments[i].name, "MSH") == 0)
            return &m->segments[i];
    return NULL;
}

/* is_partial - an unfinished name: "D", "DG", or "DG1" without a field */
static bool is_partial(const struct hl7_line *last)
{
    struct span s = span_trim(last->text);

    if (last->terminated || s.n > 3)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!isupper((unsigned char)s.p[i]) && !isdigit((unsigned char)s.p[i]))
            return false;
    return true;
}

/* hl7_read - see reader.h */
bool hl7_read(struct hl7_message *m, struct arena *a, struct span text)
{
    struct hl7_line line = {.terminated = true};
    size_t at = 0;

    *m = (struct hl7_message){.arena = a, .delims = customary, .charset = m->charset};
    while (hl7_next_line(text, &at, &line))
        if (!add_line(m, line.text))
            return false;
    m->terminated = line.terminated;
    m->partial = is_partial(&line);
    for (size_t i = 0; i < m->n; i++)
        if (!split_fields(m, &m->segments[i]))
            return false;
    m->msh = find_msh(m);
    return true;
}
