/* element.c - fields, components and the text in them: separators outside, escapes inside
 *
 * Escapes (2.A of chapter 2): \F\ \S\ \T\ \R\ \E\ \P\ the separators, \.br\ and its kind
 * formatting, \Xhh…\ bytes, \H\ \N\ highlighting, \C…\ \M…\ \Z…\ other sets and local. What is no
 * escape is text: a Windows path has backslashes too. */
#include "services/intake/hl7/reader.h"

#include <ctype.h>
#include <string.h>

#include "services/intake/hl7/charset.h"

/* hl7_field - see reader.h */
struct span hl7_field(const struct hl7_segment *s, unsigned field)
{
    return field < s->n_fields ? s->fields[field] : (struct span){"", 0};
}

/* part - the k-th piece between separators, from 0 */
static struct span part(struct span s, char separator, size_t k)
{
    size_t start = 0;

    for (size_t i = 0; i <= s.n; i++) {
        if (i < s.n && s.p[i] != separator)
            continue;
        if (k-- == 0)
            return (struct span){s.p + start, i - start};
        start = i + 1;
    }
    return (struct span){"", 0};
}

/* hl7_next_repetition - see reader.h */
bool hl7_next_repetition(const struct hl7_message *m, struct span field, size_t *at,
                         struct span *out)
{
    size_t start = *at, end = start;

    if (start > field.n || (start == 0 && hl7_empty(field)))
        return false;
    while (end < field.n && field.p[end] != m->delims.repetition)
        end++;
    *out = (struct span){field.p + start, end - start};
    *at = end + 1;
    return true;
}

/* hl7_repetition - see reader.h */
struct span hl7_repetition(const struct hl7_message *m, struct span field, size_t k)
{
    return part(field, m->delims.repetition, k);
}

/* hl7_component - see reader.h */
struct span hl7_component(const struct hl7_message *m, struct span repetition, unsigned c)
{
    return part(repetition, m->delims.component, (size_t)c - 1);
}

/* hl7_sub - see reader.h */
struct span hl7_sub(const struct hl7_message *m, struct span component, unsigned s)
{
    return part(component, m->delims.sub, (size_t)s - 1);
}

/* hl7_empty - see reader.h */
bool hl7_empty(struct span s)
{
    return span_trim(s).n == 0;
}

/* hl7_deleted - see reader.h */
bool hl7_deleted(struct span s)
{
    return span_is(span_trim(s), "\"\"");
}

/* hex_value - of a digit; -1: none */
static int hex_value(char c)
{
    if (isdigit((unsigned char)c))
        return c - '0';
    c = (char)toupper((unsigned char)c);
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* add_char - a character as text: breaks become LF, other control characters go */
static void add_char(struct span s, size_t i, struct buf *out)
{
    char c = s.p[i];

    if (c == '\r')
        buf_addc(out, '\n');
    else if (c == '\n' && i && s.p[i - 1] == '\r')
        return;
    else if ((unsigned char)c >= 32 || c == '\n' || c == '\t')
        buf_addc(out, c);
}

/* add_hex - \Xhhhh\: bytes in the message's character set. false: not hexadecimal */
static bool add_hex(const struct hl7_message *m, struct span digits, struct buf *out)
{
    char bytes[64];
    struct span decoded;

    if (digits.n % 2 || digits.n / 2 > sizeof(bytes))
        return false;
    for (size_t i = 0; i < digits.n; i += 2) {
        int high = hex_value(digits.p[i]), low = hex_value(digits.p[i + 1]);

        if (high < 0 || low < 0)
            return false;
        bytes[i / 2] = (char)(high << 4 | low);
    }
    charset_decode(m->arena, m->charset, (struct span){bytes, digits.n / 2}, &decoded);
    for (size_t i = 0; i < decoded.n; i++)
        add_char(decoded, i, out);
    return true;
}

/* add_format - \.br\ \.sp3\ \.ce\ \.in+4\ …: breaks are breaks, the rest is looks */
static bool add_format(struct span s, struct buf *out)
{
    static const char *const looks[] = {"fi", "nf", "in", "ti", "sk"};
    int64_t lines = 1;
    char count[8] = "";

    if (s.n < 3 || s.p[0] != '.')
        return false;
    if (strncmp(s.p, ".br", 3) == 0 || strncmp(s.p, ".ce", 3) == 0 || strncmp(s.p, ".sp", 3) == 0) {
        if (s.p[1] == 's' && s.n > 3 && s.n < 6) {
            memcpy(count, s.p + 3, s.n - 3);
            str_to_i64(count, &lines);
        }
        for (; lines > 0; lines--)
            buf_addc(out, '\n');
        return true;
    }
    for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++)
        if (strncmp(s.p + 1, looks[i], 2) == 0) {
            if (s.p[1] == 's')
                buf_addc(out, ' ');
            return true;
        }
    return false;
}

/* add_escape - what stands between two escape characters. false: no escape */
static bool add_escape(const struct hl7_message *m, struct span s, struct buf *out)
{
    const struct hl7_delims *d = &m->delims;
    const char letters[] = {'F', 'S', 'T', 'R', 'E', 'P', 'H', 'N'},
               signs[] = {d->field,  d->component, d->sub, d->repetition,
                          d->escape, '#',          '\0',   '\0'},
               *at = s.n == 1 ? memchr(letters, s.p[0], sizeof(letters)) : NULL;

    if (at) {
        buf_add(out, &signs[at - letters], signs[at - letters] != '\0');
        return true;
    }
    if (s.n > 1 && s.p[0] == 'X')
        return add_hex(m, (struct span){s.p + 1, s.n - 1}, out);
    if ((s.n == 5 && s.p[0] == 'C') || ((s.n == 5 || s.n == 7) && s.p[0] == 'M'))
        return hex_value(s.p[1]) >= 0 && hex_value(s.p[2]) >= 0 && hex_value(s.p[3]) >= 0 &&
               hex_value(s.p[4]) >= 0;
    return add_format(s, out);
}

/* escape_end - index of the escape character that closes the one at i, or 0: none near */
static size_t escape_end(const struct hl7_message *m, struct span s, size_t i)
{
    for (size_t k = i + 1; k < s.n && k < i + 132; k++)
        if (s.p[k] == m->delims.escape)
            return k;
    return 0;
}

/* hl7_add_text - see reader.h */
void hl7_add_text(const struct hl7_message *m, struct span s, struct buf *out)
{
    for (size_t i = 0; i < s.n; i++) {
        size_t end = s.p[i] == m->delims.escape ? escape_end(m, s, i) : 0;

        if (end && add_escape(m, (struct span){s.p + i + 1, end - i - 1}, out))
            i = end;
        else
            add_char(s, i, out);
    }
}

/* is_plain - neither escapes nor control characters */
static bool is_plain(const struct hl7_message *m, struct span s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == m->delims.escape || (unsigned char)s.p[i] < 32)
            return false;
    return true;
}

/* hl7_text - see reader.h */
char *hl7_text(const struct hl7_message *m, struct span text)
{
    struct span s = span_trim(text);
    struct buf b;
    char *out;

    if (!s.n || hl7_deleted(s))
        return arena_strdup(m->arena, "");
    if (is_plain(m, s))
        return arena_strndup(m->arena, s.p, s.n);
    buf_init(&b);
    hl7_add_text(m, s, &b);
    s = span_trim((struct span){b.data ? b.data : "", b.len});
    if (b.failed)
        arena_give_out(m->arena);
    out = b.failed ? NULL : arena_strndup(m->arena, s.p, s.n);
    buf_wipe(&b);
    return out;
}

/* hl7_id - see reader.h */
char *hl7_id(const struct hl7_message *m, struct span component)
{
    return hl7_text(m, hl7_sub(m, component, 1));
}

/* hl7_first - see reader.h */
char *hl7_first(const struct hl7_message *m, const struct hl7_segment *s, unsigned field,
                unsigned c)
{
    return hl7_id(m, hl7_component(m, hl7_repetition(m, hl7_field(s, field), 0), c));
}
