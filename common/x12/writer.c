/* writer.c - segments into bytes
 *
 * One segment is open at a time. `mark` remembers the last byte that is not a bare separator, so
 * that x12_end can cut trailing empty elements; empty components are cut when their element is
 * left. Each put makes its room once. */
#include "common/x12/x12.h"

#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/money.h"

enum { TEXT_MAX = 512, CLEAN_MOST = 3, SENDER_SIZE = 15, CONTROL_MAX = 999999999 };

/* x12_writer_init - at the end of what is in the buf; d NULL: the customary ones */
void x12_writer_init(struct x12_writer *w, struct buf *out, const struct x12_delims *d)
{
    memset(w, 0, sizeof(*w));
    w->out = out;
    w->delims = d ? *d : x12_customary;
    for (unsigned c = 0; c < 256; c++)
        w->forbidden[c] = c < 0x20 || c > 0x7E;
    w->forbidden[(unsigned char)w->delims.element] = true;
    w->forbidden[(unsigned char)w->delims.component] = true;
    w->forbidden[(unsigned char)w->delims.segment] = true;
    w->forbidden[(unsigned char)w->delims.repetition] = true; /* 0, where there is none, anyway */
    w->mark = w->element = out->len;
}

/* make_room - for n bytes and a zero; false: out of memory */
static bool make_room(struct buf *b, size_t n)
{
    const size_t len = b->len;

    if (b->cap > len + n)
        return true;
    for (size_t i = 0; i <= n && !b->failed; i++)
        buf_addc(b, ' ');
    if (b->failed)
        return false;
    b->len = len;
    return true;
}

/* copy_allowed - the bytes of a value without those that none may hold; returns the end */
static inline char *copy_allowed(const struct x12_writer *w, char *to, const char *s, size_t n)
{
    bool forbidden = false;

    for (size_t i = 0; i < n; i++) {
        to[i] = s[i];
        forbidden |= w->forbidden[(unsigned char)s[i]];
    }
    if (!forbidden)
        return to + n;
    for (size_t i = 0; i < n; i++) {
        *to = s[i];
        to += !w->forbidden[(unsigned char)s[i]];
    }
    return to;
}

/* add_value - a separator and the allowed bytes of a value */
static inline void add_value(struct x12_writer *w, char separator, const char *s, size_t n)
{
    struct buf *b = w->out;
    char *start, *to;

    if (!make_room(b, n + 1))
        return;
    start = b->data + b->len;
    *start = separator;
    to = copy_allowed(w, start + 1, s, n);
    *to = '\0';
    b->len = (size_t)(to - b->data);
    if (to > start + 1)
        w->mark = b->len;
}

/* close_element - without its trailing empty components and repetitions */
static void close_element(struct x12_writer *w)
{
    struct buf *b = w->out;

    while (b->len > w->element && (b->data[b->len - 1] == w->delims.component ||
                                   b->data[b->len - 1] == w->delims.repetition))
        b->len--;
}

/* next_element - a value behind an element separator */
static void next_element(struct x12_writer *w, const char *s, size_t n)
{
    close_element(w);
    w->element = w->out->len + 1;
    add_value(w, w->delims.element, s, n);
}

/* x12_begin - opens a segment */
void x12_begin(struct x12_writer *w, const char *id)
{
    struct buf *b = w->out;

    if (id[0] == 'S' && id[1] == 'T' && !id[2])
        w->segments = 0;
    for (; *id && make_room(b, 1); id++)
        b->data[b->len++] = *id;
    if (b->data)
        b->data[b->len] = '\0';
    w->mark = w->element = b->len;
}

/* x12_put - next element */
void x12_put(struct x12_writer *w, const char *s)
{
    next_element(w, s, s ? strlen(s) : 0);
}

/* x12_put_span - next element */
void x12_put_span(struct x12_writer *w, struct span s)
{
    next_element(w, s.p, s.n);
}

/* add_text - a separator and a cleaned value, which holds nothing that is forbidden; a byte is
 * spelled in CLEAN_MOST characters at most */
static void add_text(struct x12_writer *w, char separator, const char *s, size_t max)
{
    const size_t most = s ? CLEAN_MOST * strlen(s) : 0;
    struct buf *b = w->out;
    size_t n;

    max = max < TEXT_MAX ? max : TEXT_MAX;
    max = max < most ? max : most;
    if (!make_room(b, max + 1))
        return;
    b->data[b->len++] = separator;
    n = x12_clean(s ? s : "", &w->delims, max, b->data + b->len, max + 1);
    b->len += n;
    if (n)
        w->mark = b->len;
}

/* x12_text - next element, cleaned */
void x12_text(struct x12_writer *w, const char *s, size_t max)
{
    close_element(w);
    w->element = w->out->len + 1;
    add_text(w, w->delims.element, s, max);
}

/* ymd_text - CCYYMMDD, "" for 0 */
static const char *ymd_text(int32_t ymd, char out[DATE_TEXT])
{
    out[0] = '\0';
    return date_valid(ymd) ? date_digits(ymd, out) : out;
}

/* x12_date - next element */
void x12_date(struct x12_writer *w, int32_t ymd)
{
    char text[DATE_TEXT];

    x12_put(w, ymd_text(ymd, text));
}

/* x12_money - next element */
void x12_money(struct x12_writer *w, int64_t cents)
{
    char text[DECIMAL_TEXT];

    x12_put(w, decimal_text(cents, 2, text));
}

/* x12_units - next element */
void x12_units(struct x12_writer *w, int64_t milli)
{
    char text[DECIMAL_TEXT];

    x12_put(w, decimal_text(milli, 3, text));
}

/* x12_number - next element */
void x12_number(struct x12_writer *w, int64_t n)
{
    char text[DECIMAL_TEXT];

    x12_put(w, decimal_text(n, 0, text));
}

/* x12_skip - n empty elements */
void x12_skip(struct x12_writer *w, unsigned n)
{
    for (; n > 0; n--)
        x12_put(w, "");
}

/* x12_sub - next component */
void x12_sub(struct x12_writer *w, const char *s)
{
    add_value(w, w->delims.component, s, s ? strlen(s) : 0);
}

/* x12_sub_span - next component */
void x12_sub_span(struct x12_writer *w, struct span s)
{
    add_value(w, w->delims.component, s.p, s.n);
}

/* x12_sub_date - next component */
void x12_sub_date(struct x12_writer *w, int32_t ymd)
{
    char text[DATE_TEXT];

    x12_sub(w, ymd_text(ymd, text));
}

/* x12_sub_money - next component */
void x12_sub_money(struct x12_writer *w, int64_t cents)
{
    char text[DECIMAL_TEXT];

    x12_sub(w, decimal_text(cents, 2, text));
}

/* x12_sub_text - next component, cleaned */
void x12_sub_text(struct x12_writer *w, const char *s, size_t max)
{
    add_text(w, w->delims.component, s, max);
}

/* x12_repeat - next repetition; its first component */
void x12_repeat(struct x12_writer *w, const char *s)
{
    struct buf *b = w->out;

    while (b->len > w->element && b->data[b->len - 1] == w->delims.component)
        b->len--;
    add_value(w, w->delims.repetition, s, s ? strlen(s) : 0);
}

/* x12_end - closes the segment */
void x12_end(struct x12_writer *w)
{
    struct buf *b = w->out;

    if (b->failed)
        return;
    if (b->len > w->mark)
        b->len = w->mark;
    if (!make_room(b, 2))
        return;
    b->data[b->len++] = w->delims.segment;
    if (w->newline)
        b->data[b->len++] = '\n';
    b->data[b->len] = '\0';
    w->segments++;
    w->mark = w->element = b->len;
}

/* add_fixed - an ISA element: cut or padded with blanks to its width */
static void add_fixed(struct x12_writer *w, const char *s, size_t width)
{
    size_t n = 0;

    buf_addc(w->out, w->delims.element);
    for (; s && *s && n < width; s++) {
        if (w->forbidden[(unsigned char)*s])
            continue;
        buf_addc(w->out, *s);
        n++;
    }
    for (; n < width; n++)
        buf_addc(w->out, ' ');
}

/* x12_isa - the fixed segment of 105 bytes and a terminator (billing §1.1) */
void x12_isa(struct x12_writer *w, const struct x12_isa *isa)
{
    const char none[] = "00", version[] = "00501";
    struct buf *b = w->out;

    buf_adds(b, "ISA");
    add_fixed(w, none, 2);
    add_fixed(w, "", 10);
    add_fixed(w, none, 2);
    add_fixed(w, "", 10);
    add_fixed(w, isa->sender_qualifier, 2);
    add_fixed(w, isa->sender, SENDER_SIZE);
    add_fixed(w, isa->receiver_qualifier, 2);
    add_fixed(w, isa->receiver, SENDER_SIZE);
    buf_addf(b, "%c%06d%c%04d", w->delims.element, (int)(isa->date % 1000000), w->delims.element,
             isa->hhmm % 10000);
    buf_addf(b, "%c%c%c%s", w->delims.element, w->delims.repetition, w->delims.element, version);
    buf_addf(b, "%c%09u%c%d%c%c", w->delims.element, isa->control % (CONTROL_MAX + 1u),
             w->delims.element, isa->ack_requested ? 1 : 0, w->delims.element,
             isa->test ? 'T' : 'P');
    buf_addf(b, "%c%c", w->delims.element, w->delims.component);
    w->mark = w->element = b->len;
    x12_end(w);
}
