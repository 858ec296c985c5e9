/* reader.c - segments out of bytes
 *
 * The ISA is the only segment of fixed width, and the only place that says what separates what: its
 * bytes 3, 82, 104 and 105 (billing §1.1). Between two interchanges only blanks may lie. Whatever
 * else is found there, or an interchange that stops early, is damage: it is reported once, then the
 * next ISA that looks whole is searched. */
#include "common/x12/isa.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif
#include <string.h>

enum { SEGMENT_LIMIT = 65536 }; /* far above any guide; keeps a search for a terminator short */

const struct x12_delims x12_customary = {'*', '^', ':', '~'};

/* damaged - reports at a byte; the reader looks for the next ISA from `at` on */
static int damaged(struct x12_reader *r, size_t at, size_t byte, const char *rule, struct err *e)
{
    r->at = at;
    r->in_interchange = false;
    r->resync = true;
    r->position = 0;
    return err_set(e, ERR_REJECT, "x12", "byte %zu: %s", byte, rule);
}

/* find_isa - the first whole ISA in [from, end); end: none */
static size_t find_isa(const struct x12_reader *r, size_t from, size_t end)
{
    const char *p;

    while (from < end && (p = memmem(r->data + from, end - from, "ISA", 3))) {
        from = (size_t)(p - r->data);
        if (!isa_fault(p, r->size - from))
            return from;
        from += 3;
    }
    return end;
}

/* more - bytes behind those that are there; false: there are none */
static bool more(struct x12_reader *r)
{
    const size_t had = r->size;

    if (r->fill)
        r->size = r->fill(r->fill_arg, r->at);
    return r->size > had;
}

/* add_element - the one that ends at `end`; too many are only counted */
static inline unsigned add_element(struct x12_segment *out, unsigned n, const char *start,
                                   const char *end)
{
    const struct span v = {start, (size_t)(end - start)};

    if (n == 0)
        out->id = v;
    else if (n <= X12_MAX_ELEMENTS)
        out->element[n] = v;
    return n + 1;
}

#ifdef __SSE2__
/* separators - which of 16 bytes are the separator or the terminator, a bit each */
static inline unsigned separators(const char *p, __m128i separator, __m128i terminator)
{
    const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);

    return (unsigned)_mm_movemask_epi8(
        _mm_or_si128(_mm_cmpeq_epi8(v, separator), _mm_cmpeq_epi8(v, terminator)));
}
#endif

/* split - the elements of the segment at [at, limit); where its terminator stands, NULL: nowhere */
static const char *split(const struct x12_reader *r, size_t at, size_t limit,
                         struct x12_segment *out)
{
    const char *p = r->data + at, *const last = r->data + limit, *start = p;
    const char separator = r->delims.element, terminator = r->delims.segment;
    unsigned n = 0;

    out->offset = at;
    out->delims = &r->delims;
#ifdef __SSE2__
    const __m128i vs = _mm_set1_epi8(separator), vt = _mm_set1_epi8(terminator);

    for (; last - p >= 16; p += 16)
        for (unsigned bits = separators(p, vs, vt); bits; bits &= bits - 1) {
            const char *at_bit = p + __builtin_ctz(bits);

            n = add_element(out, n, start, at_bit);
            start = at_bit + 1;
            if (*at_bit == terminator) {
                out->count = n - 1;
                return at_bit;
            }
        }
#endif
    for (; p < last; p++) {
        if (*p != separator && *p != terminator)
            continue;
        n = add_element(out, n, start, p);
        start = p + 1;
        if (*p == terminator) {
            out->count = n - 1;
            return p;
        }
    }
    return NULL;
}

/* number_it - the position inside the ST, and where the interchange ends */
static void number_it(struct x12_reader *r, struct x12_segment *s)
{
    const struct span id = s->id;

    if (id.n == 2 && id.p[0] == 'S' && id.p[1] == 'T')
        r->position = 1;
    else if (r->position > 0)
        r->position++;
    if (id.n == 2 && id.p[0] == 'G' && (id.p[1] == 'E' || id.p[1] == 'S'))
        r->position = 0;
    if (id.n == 3 && memcmp(id.p, "IEA", 3) == 0) {
        r->position = 0;
        r->in_interchange = false;
    }
    s->position = r->position;
    if (id.n == 2 && id.p[0] == 'S' && id.p[1] == 'E')
        r->position = 0;
}

/* skip_line_ends - CR and LF behind a terminator */
static void skip_line_ends(struct x12_reader *r)
{
    while (r->at < r->size && (r->data[r->at] == '\r' || r->data[r->at] == '\n'))
        r->at++;
}

/* take_isa - the n bytes at r->at, terminator included */
static void take_isa(const struct x12_reader *r, size_t n, struct x12_segment *out)
{
    isa_split(r->data + r->at, n, out);
    out->offset = r->at;
    out->delims = &r->delims;
    out->position = 0;
}

/* begin_loose - an ISA with a fault: the interchange behind it is read if it can be divided */
static int begin_loose(struct x12_reader *r, const char *fault, struct err *e)
{
    const size_t at = r->at;
    struct x12_delims d = {0};
    const size_t n = r->go_on ? isa_divide(r->data + at, r->size - at, &d) : 0;

    damaged(r, at + 3, at, fault, e);
    if (n == 0)
        return -1;
    r->at = at;
    r->loose = n + 2;
    r->delims = d;
    r->resync = false;
    r->in_interchange = true;
    return -1;
}

/* begin_interchange - the ISA at r->at */
static int begin_interchange(struct x12_reader *r, struct x12_segment *out, struct err *e)
{
    const char *p = r->data + r->at, *fault = isa_fault(p, r->size - r->at);

    if (fault)
        return begin_loose(r, fault, e);
    isa_delims(p, &r->delims);
    r->resync = false;
    r->in_interchange = true;
    r->position = 0;
    take_isa(r, ISA_SIZE, out);
    r->at += ISA_SIZE;
    skip_line_ends(r);
    return 1;
}

/* search_isa - the next whole ISA, however far */
static void search_isa(struct x12_reader *r)
{
    size_t from = r->at;

    while ((r->at = find_isa(r, from, r->size)) == r->size) {
        from = r->at > from + ISA_SIZE ? r->at - ISA_SIZE : from;
        if (!more(r))
            return;
    }
}

/* skip_blanks - blanks and line ends between interchanges */
static void skip_blanks(struct x12_reader *r)
{
    do {
        while (r->at < r->size && r->data[r->at] && strchr(" \t\r\n", r->data[r->at]))
            r->at++;
    } while (r->at == r->size && more(r));
}

/* between - outside an interchange: the next ISA, the end, or bytes that do not belong */
static int between(struct x12_reader *r, struct x12_segment *out, struct err *e)
{
    size_t start;

    if (r->resync)
        search_isa(r);
    skip_blanks(r);
    if (r->at == r->size)
        return 0;
    while (r->size - r->at < ISA_LOOSE && more(r))
        ;
    start = r->at;
    if (r->size - start >= 3 && memcmp(r->data + start, "ISA", 3) == 0)
        return begin_interchange(r, out, e);
    return damaged(r, start, start, "no ISA where an interchange should begin", e);
}

/* skip_torn - behind the terminator that a segment lacked, or to the ISA that comes before it */
static void skip_torn(struct x12_reader *r)
{
    const size_t from = r->at;
    const char *end;

    r->torn = false;
    while (!(end = memchr(r->data + r->at, r->delims.segment, r->size - r->at))) {
        r->at = r->size;
        if (!more(r))
            break;
    }
    r->at = end ? (size_t)(end - r->data) + 1 : r->size;
    r->at = find_isa(r, from, r->at);
    skip_line_ends(r);
}

/* no_end - a segment whose terminator is missing; `isa`: of the next file, glued to it */
static int no_end(struct x12_reader *r, size_t isa, bool glued, struct err *e)
{
    const size_t at = r->at;
    const uint32_t position = r->position;

    damaged(r, isa, at, "a segment without terminator", e);
    if (glued || !r->go_on || isa == r->size)
        return -1;
    r->in_interchange = r->torn = true;
    r->resync = false;
    r->position = position + (position > 0);
    return -1;
}

/* loose_isa - the ISA that was reported as damage, by its separators */
static int loose_isa(struct x12_reader *r, struct x12_segment *out)
{
    take_isa(r, r->loose, out);
    r->at += r->loose;
    r->loose = 0;
    skip_line_ends(r);
    return 1;
}

/* inside - a segment of the open interchange */
static int inside(struct x12_reader *r, struct x12_segment *out, struct err *e)
{
    const char *end;
    size_t at, to, isa;

    if (r->loose)
        return loose_isa(r, out);
    if (r->torn)
        skip_torn(r);
    at = r->at;
    if (at >= r->size)
        return damaged(r, at, at, "the data end before the IEA", e);
    if (r->size - at >= 4 && memcmp(r->data + at, "ISA", 3) == 0 &&
        !is_word_byte(r->data[at + 3])) {
        damaged(r, at, at, "an ISA before the IEA of the last one", e);
        r->resync = false;
        return -1;
    }
    to = r->size - at > SEGMENT_LIMIT ? at + SEGMENT_LIMIT : r->size;
    out->id = (struct span){"", 0};
    end = split(r, at, to, out);
    to = end ? (size_t)(end - r->data) : to;
    /* A file that was cut may be glued to the next one: never swallow its ISA. */
    isa = to - at >= ISA_TERMINATOR ? find_isa(r, at, to) : to;
    if (!end || isa < to)
        return no_end(r, isa, isa < to, e);
    if (out->count > X12_MAX_ELEMENTS && !r->go_on)
        return damaged(r, to + 1, at, "a segment with more than 40 elements", e);
    if (out->count > X12_MAX_ELEMENTS)
        out->count = X12_MAX_ELEMENTS;
    r->at = to + 1;
    skip_line_ends(r);
    number_it(r, out);
    return 1;
}

/* x12_reader_init - at the start of the bytes, behind a BOM */
void x12_reader_init(struct x12_reader *r, const void *data, size_t size)
{
    memset(r, 0, sizeof(*r));
    r->data = data;
    r->size = size;
    r->delims = x12_customary;
    if (size >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0)
        r->at = 3;
}

/* x12_next - one segment */
int x12_next(struct x12_reader *r, struct x12_segment *out, struct err *e)
{
    if (r->fill && r->size - r->at <= SEGMENT_LIMIT) {
        while (r->size - r->at <= SEGMENT_LIMIT && more(r))
            ;
        skip_line_ends(r);
    }
    return r->in_interchange ? inside(r, out, e) : between(r, out, e);
}

/* part - number k (0 = first) of what `separator` divides; an empty span behind the last */
static struct span part(struct span s, char separator, unsigned k)
{
    const char *p = s.p, *const end = s.p + s.n;

    for (;; k--) {
        const char *q = p;

        while (q < end && (*q != separator || !separator))
            q++;
        if (k == 0)
            return (struct span){p, (size_t)(q - p)};
        if (q == end)
            return (struct span){"", 0};
        p = q + 1;
    }
}

/* x12_component_of - component c, 1 = first */
struct span x12_component_of(struct span element, const struct x12_delims *d, unsigned c)
{
    if (c == 0)
        return (struct span){"", 0};
    return part(element, d->component, c - 1);
}

/* x12_component - component c of element n; of its first repetition if it repeats */
struct span x12_component(const struct x12_segment *s, unsigned n, unsigned c)
{
    return x12_component_of(x12_repetition(s, n, 0), s->delims, c);
}

/* x12_repetition - repetition k of element n, 0 = first */
struct span x12_repetition(const struct x12_segment *s, unsigned n, unsigned k)
{
    return part(x12_element(s, n), s->delims->repetition, k);
}
