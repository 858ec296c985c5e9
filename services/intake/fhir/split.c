/* split.c - the messages of a file: one JSON text, an array of them, or NDJSON
 *
 * Split by bytes, outside strings, so that each message keeps its place and one that is no JSON
 * never hides the next. */
#include "services/intake/fhir/fhir.h"

#include <string.h>

/* is_blank - JSON white space, and the BOM's bytes at the start of a file */
static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* skip - white space, and commas between the elements of an array */
static size_t skip(const char *p, size_t n, size_t at, bool commas)
{
    while (at < n && (is_blank(p[at]) || (commas && p[at] == ',')))
        at++;
    return at;
}

/* value_end - one past the JSON object that starts at `at`; n when its braces never close */
static size_t value_end(const char *p, size_t n, size_t at)
{
    int depth = 0;
    bool text = false;

    for (; at < n; at++) {
        if (text) {
            if (p[at] == '\\')
                at++;
            else if (p[at] == '"')
                text = false;
        } else if (p[at] == '"') {
            text = true;
        } else if (p[at] == '{' || p[at] == '[') {
            depth++;
        } else if ((p[at] == '}' || p[at] == ']') && --depth == 0) {
            return at + 1;
        }
    }
    return n;
}

/* line_end - where the line of NDJSON ends */
static size_t line_end(const char *p, size_t n, size_t at)
{
    const char *nl = memchr(p + at, '\n', n - at);

    return nl ? (size_t)(nl - p) : n;
}

/* message_end - an object ends with its braces; an object that never closes, or anything else, with
 * its line when more lines follow that begin an object of their own */
static size_t message_end(const char *p, size_t n, size_t at)
{
    size_t end, line;

    if (p[at] != '{')
        return line_end(p, n, at);
    end = value_end(p, n, at);
    line = line_end(p, n, at);
    if (end == n && p[n - 1] != '}' && line < n && skip(p, n, line, false) < n &&
        p[skip(p, n, line, false)] == '{')
        return line;
    return end;
}

/* hand_over - one message to the sink */
static int hand_over(const struct intake_conf *conf, struct arena *a,
                     const struct intake_input *file, size_t from, size_t to, uint32_t message,
                     intake_sink sink, void *arg, struct err *e)
{
    struct intake_input in = *file;
    struct intake_result result;

    in.bytes = (const char *)file->bytes + from;
    in.n = to - from;
    in.offset = file->offset + from;
    in.message = message;
    arena_reset(a);
    if (intake_fhir(conf, a, &in, &result, e) != 0)
        return -1;
    return sink(arg, &result, e) == 0 ? 0 : -1;
}

/* intake_fhir_each - every message of a file; an empty file is one that is refused */
int intake_fhir_each(const struct intake_conf *conf, struct arena *a,
                     const struct intake_input *file, intake_sink sink, void *arg, struct err *e)
{
    const char *p = file->bytes;
    size_t n = file->n, at = n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0, start = at;
    bool array;
    uint32_t message = 0;

    at = skip(p, n, at, false);
    array = at < n && p[at] == '[';
    at += array;
    while ((at = skip(p, n, at, array)) < n) {
        size_t end = message_end(p, n, at);

        if (array && p[at] == ']' && skip(p, n, at + 1, false) == n)
            break;
        if (hand_over(conf, a, file, at, end, ++message, sink, arg, e) != 0)
            return -1;
        at = end;
    }
    if (message == 0)
        return hand_over(conf, a, file, start, n, 1, sink, arg, e);
    return 0;
}
