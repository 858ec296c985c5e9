/* cmd_x12_parse.c - cleanclaim x12 parse and write: segments to JSON lines and back to the same
 * bytes
 *
 * An ISA line tells the delimiters and what stands behind each terminator; a line that differs
 * tells its own ("after"). Bytes that are no segment (a BOM, blanks between interchanges, damage)
 * are lines with "raw". Text that is not UTF-8 is told byte by byte as Latin-1, and the line says
 * so. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/x12/place.h"
#include "services/cleanclaim/x12.h"

struct parsing {
    const struct cmd_file *file;
    struct x12_placer *placer;
    size_t done;      /* bytes told so far */
    char line_end[8]; /* behind the ISA's terminator */
    int result;
};

/* latin1 - bytes as the UTF-8 of their Latin-1 characters; NULL: out of memory */
static json_t *latin1(const char *p, size_t n)
{
    char *text = malloc(n * 2 + 1);
    size_t k = 0;
    json_t *v;

    for (size_t i = 0; text && i < n; i++) {
        const unsigned char c = (unsigned char)p[i];

        if (c >= 0x80)
            text[k++] = (char)(0xC0 | c >> 6);
        text[k++] = (char)(c >= 0x80 ? 0x80 | (c & 0x3F) : c);
    }
    v = text ? json_stringn_nocheck(text, k) : NULL;
    free(text);
    return v;
}

/* text_json - bytes as they are, or as Latin-1 */
static json_t *text_json(const char *p, size_t n, bool plain)
{
    return plain ? json_stringn(p, n) : latin1(p, n);
}

/* put_raw - bytes that are no segment */
static void put_raw(const struct parsing *p, size_t to, const char *damage)
{
    const char *at = (const char *)p->file->data + p->done;
    const size_t n = to - p->done;
    const bool plain = utf8_valid(at, n);
    json_t *line = json_pack("{s:n, s:n, s:n, s:o}", "segment", "position", "loop", "raw",
                             text_json(at, n, plain));

    if (!plain)
        json_object_set_new(line, "latin1", json_true());
    if (damage)
        json_object_set_new(line, "damage", json_string(damage));
    cmd_json(line);
}

/* elements_json - each element divided at the component separator; the ISA's stay whole */
static json_t *elements_json(const struct x12_segment *s, bool plain)
{
    json_t *list = json_array();

    for (unsigned n = 1; n <= s->count; n++) {
        json_t *parts = json_array();
        const char *p = s->element[n].p, *end = p + s->element[n].n;

        for (;;) {
            const char *q = x12_is(s, "ISA") || p == end
                                ? NULL
                                : memchr(p, s->delims->component, (size_t)(end - p));

            json_array_append_new(parts, text_json(p, (size_t)((q ? q : end) - p), plain));
            if (!q)
                break;
            p = q + 1;
        }
        json_array_append_new(list, parts);
    }
    return list;
}

/* put_delims - on the ISA's line */
static void put_delims(json_t *line, const struct x12_segment *s, bool plain)
{
    const struct x12_delims *d = s->delims;
    json_t *o = json_object();

    json_object_set_new(o, "element", text_json(&d->element, 1, plain));
    json_object_set_new(o, "component", text_json(&d->component, 1, plain));
    json_object_set_new(o, "segment", text_json(&d->segment, 1, plain));
    if (d->repetition)
        json_object_set_new(o, "repetition", text_json(&d->repetition, 1, plain));
    json_object_set_new(line, "delimiters", o);
}

/* put_after - what stands behind the terminator, where it is not what it was behind the ISA's */
static void put_after(struct parsing *p, json_t *line, const struct x12_segment *s,
                      const char *after, size_t n)
{
    char text[8] = "";

    if (x12_is(s, "ISA") && n < sizeof(p->line_end)) {
        memcpy(p->line_end, after, n);
        p->line_end[n] = '\0';
        json_object_set_new(line, "line_end", json_string(p->line_end));
    } else if (n != strlen(p->line_end) || memcmp(p->line_end, after, n) != 0) {
        memcpy(text, after, n < sizeof(text) - 1 ? n : sizeof(text) - 1);
        json_object_set_new(line, "after",
                            n < sizeof(text) ? json_string(text) : json_stringn(after, n));
    }
}

/* put_segment - one line; `to` is where the next begins */
static void put_segment(struct parsing *p, const struct x12_segment *s, size_t to)
{
    const char *data = p->file->data;
    const struct span last = s->count > 0 ? s->element[s->count] : s->id;
    const size_t end = (size_t)(last.p - data) + last.n;
    const bool plain = utf8_valid(data + s->offset, end + 1 - s->offset);
    unsigned depth;
    const char *loop = x12_place(p->placer, s, &depth);
    json_t *line = json_object();

    json_object_set_new(line, "segment", text_json(s->id.p, s->id.n, plain));
    json_object_set_new(line, "position", s->position ? json_integer(s->position) : json_null());
    json_object_set_new(line, "loop", loop[0] ? json_string(loop) : json_null());
    json_object_set_new(line, "elements", elements_json(s, plain));
    if (!plain)
        json_object_set_new(line, "latin1", json_true());
    if (x12_is(s, "ISA"))
        put_delims(line, s, plain);
    put_after(p, line, s, data + end + 1, to - end - 1);
    cmd_json(line);
    p->done = to;
}

/* x12_parse_file - segments, and whatever lies between them */
int x12_parse_file(void *arg, const struct cmd_file *f)
{
    struct parsing p = {.file = f, .placer = x12_placer_new()};
    struct x12_reader r;
    struct x12_segment s;
    struct err e;
    char damage[ERR_TEXT_MAX] = "";
    int got = p.placer ? 1 : 0;

    (void)arg;
    x12_reader_init(&r, f->data, f->size);
    while (p.placer && (got = x12_next(&r, &s, &e)) != 0) {
        if (got < 0) {
            str_copy(damage, sizeof(damage), e.text);
            p.result = EXIT_FOUND;
            fprintf(stderr, "error: %s: %s\n", f->name, e.text);
            continue;
        }
        if (s.offset > p.done || damage[0]) {
            put_raw(&p, s.offset, damage[0] ? damage : NULL);
            p.done = s.offset;
        }
        damage[0] = '\0';
        put_segment(&p, &s, r.at);
    }
    if (p.done < f->size || damage[0])
        put_raw(&p, f->size, damage[0] ? damage : NULL);
    if (!p.placer || x12_placer_failed(p.placer))
        p.result = EXIT_GONE;
    x12_placer_free(p.placer);
    return p.result;
}

/* The way back. */
struct writing {
    char element, component, segment;
    char line_end[8];
    bool latin1;
};

/* put_bytes - a JSON string as the bytes it stands for */
static void put_bytes(const struct writing *w, const json_t *v)
{
    const char *s = json_string_value(v);
    const size_t n = json_string_length(v);

    if (!w->latin1) {
        fwrite(s ? s : "", 1, n, stdout);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        const unsigned char c = (unsigned char)s[i];

        if (c < 0x80)
            putchar(c);
        else if (i + 1 < n)
            putchar((c & 0x03) << 6 | ((unsigned char)s[++i] & 0x3F));
    }
}

/* one_byte - of a delimiter; latin1: its character's byte */
static char one_byte(const struct writing *w, const json_t *o, const char *key, char otherwise)
{
    const json_t *v = json_object_get(o, key);
    const char *s = json_string_value(v);

    if (!s || json_string_length(v) == 0)
        return otherwise;
    if (w->latin1 && ((unsigned char)s[0] & 0x80) && json_string_length(v) > 1)
        return (char)(((unsigned char)s[0] & 0x03) << 6 | ((unsigned char)s[1] & 0x3F));
    return s[0];
}

/* take_delims - from an ISA's line; without them the customary ones */
static void take_delims(struct writing *w, const json_t *line)
{
    const json_t *o = json_object_get(line, "delimiters");
    const char *end = json_string_value(json_object_get(line, "line_end"));

    w->element = one_byte(w, o, "element", '*');
    w->component = one_byte(w, o, "component", ':');
    w->segment = one_byte(w, o, "segment", '~');
    str_copy(w->line_end, sizeof(w->line_end), end ? end : "");
}

/* write_elements - of a segment */
static void write_elements(const struct writing *w, const json_t *elements)
{
    size_t n, k;
    json_t *element, *part;

    json_array_foreach(elements, n, element)
    {
        putchar(w->element);
        json_array_foreach(element, k, part)
        {
            if (k > 0)
                putchar(w->component);
            put_bytes(w, part);
        }
    }
}

/* write_line - raw bytes or a segment; false: neither */
static bool write_line(struct writing *w, const json_t *line)
{
    const json_t *raw = json_object_get(line, "raw"), *id = json_object_get(line, "segment");
    const json_t *after = json_object_get(line, "after");

    w->latin1 = json_is_true(json_object_get(line, "latin1"));
    if (json_is_string(raw)) {
        put_bytes(w, raw);
        return true;
    }
    if (!json_is_string(id) || !json_is_array(json_object_get(line, "elements")))
        return false;
    if (strcmp(json_string_value(id), "ISA") == 0)
        take_delims(w, line);
    put_bytes(w, id);
    write_elements(w, json_object_get(line, "elements"));
    putchar(w->segment);
    if (after)
        fwrite(json_string_value(after), 1, json_string_length(after), stdout);
    else
        fputs(w->line_end, stdout);
    return true;
}

/* x12_write_file - JSON lines to X12 */
int x12_write_file(void *arg, const struct cmd_file *f)
{
    struct writing w = {'*', ':', '~', "", false};
    const char *p = f->data, *end = p + f->size;
    unsigned number = 0;

    (void)arg;
    while (p < end) {
        const char *q = memchr(p, '\n', (size_t)(end - p));
        const size_t n = (size_t)((q ? q : end) - p);
        json_t *line = n > 0 ? json_loadb(p, n, JSON_ALLOW_NUL, NULL) : NULL;
        const bool ok = n == 0 || (line && write_line(&w, line));

        number++;
        json_decref(line);
        if (!ok) {
            fprintf(stderr, "error: %s: line %u: not a line of x12 parse\n", f->name, number);
            return EXIT_FOUND;
        }
        p = q ? q + 1 : end;
    }
    return 0;
}
