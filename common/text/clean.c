/* clean.c - bytes to words: what they are, and where each stood */
#include "common/text/clean.h"

#include <string.h>

#include "common/base/str.h"
#include "common/text/strip.h"

enum { SPOILT_PERCENT = 2 /* control characters: more of them are no text */ };

/* Windows-1252, 0x80 to 0x9f; 0: no character. */
static const uint16_t upper_1252[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

/* room - for n more bytes */
static bool room(struct strip *s, size_t n)
{
    size_t cap = s->cap ? s->cap : s->n / 2 + 64;
    char *more;

    while (cap < s->len + n)
        cap *= 2;
    if (cap == s->cap)
        return true;
    more = arena_alloc(s->a, cap);
    if (!more)
        return false;
    if (s->len)
        memcpy(more, s->text, s->len);
    s->text = more;
    s->cap = cap;
    return true;
}

/* goes_on - does a run take what comes next, both as they stood? */
static bool goes_on(const struct clean_run *r, size_t n, size_t from, size_t len)
{
    return r->n == r->len && n == len && r->from + r->len == from;
}

/* strip_put - see strip.h */
void strip_put(struct strip *s, const char *words, size_t n, size_t from, size_t len)
{
    struct clean_run *r = s->n_runs ? &s->runs[s->n_runs - 1] : NULL;

    if (s->failed || !n)
        return;
    if (!room(s, n)) {
        s->failed = true;
        return;
    }
    memcpy(s->text + s->len, words, n);
    if (r && goes_on(r, n, from, len)) {
        r->n += (uint32_t)n;
        r->len += (uint32_t)len;
    } else {
        struct clean_run *more = arena_grow(s->a, s->runs, s->n_runs, sizeof(*more));

        s->failed = !more;
        if (!more)
            return;
        s->runs = more;
        more[s->n_runs++] =
            (struct clean_run){(uint32_t)s->len, (uint32_t)n, (uint32_t)from, (uint32_t)len};
    }
    s->len += n;
}

/* strip_put_char - see strip.h; what is no character becomes a blank */
void strip_put_char(struct strip *s, uint32_t c, size_t from, size_t len)
{
    char out[4];
    size_t n = 0;

    if (c < 32 && c != '\n' && c != '\t')
        c = ' ';
    if ((c >= 0xd800 && c < 0xe000) || c > 0x10ffff || c == 0xa0 || (c >= 0x7f && c < 0xa0))
        c = ' ';
    if (c < 0x80) {
        out[n++] = (char)c;
    } else if (c < 0x800) {
        out[n++] = (char)(0xc0 | c >> 6);
    } else if (c < 0x10000) {
        out[n++] = (char)(0xe0 | c >> 12);
        out[n++] = (char)(0x80 | (c >> 6 & 0x3f));
    } else {
        out[n++] = (char)(0xf0 | c >> 18);
        out[n++] = (char)(0x80 | (c >> 12 & 0x3f));
        out[n++] = (char)(0x80 | (c >> 6 & 0x3f));
    }
    if (c >= 0x80)
        out[n++] = (char)(0x80 | (c & 0x3f));
    strip_put(s, out, n, from, len);
}

/* strip_put_1252 - see strip.h */
void strip_put_1252(struct strip *s, unsigned char byte, size_t from, size_t len)
{
    uint32_t c = byte >= 0x80 && byte < 0xa0 ? upper_1252[byte - 0x80] : byte;

    strip_put_char(s, c ? c : ' ', from, len);
}

/* is_control - no byte of a text */
static bool is_control(unsigned char c)
{
    return (c < 32 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v') || c == 127;
}

/* is_binary - by how they begin, or by control characters; one zero is enough */
static bool is_binary(const char *p, size_t n)
{
    static const char *const begins[] = {"%PDF-",        "PK\x03\x04", "\x89PNG",  "GIF8",
                                         "\xff\xd8\xff", "\xff\xfe",   "\xfe\xff", "\x1f\x8b"};
    size_t controls = 0;

    for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++)
        if (n >= strlen(begins[i]) && memcmp(p, begins[i], strlen(begins[i])) == 0)
            return true;
    if (n && memchr(p, 0, n))
        return true;
    for (size_t i = 0; i < n; i++)
        controls += is_control((unsigned char)p[i]);
    return controls * 100 > n * SPOILT_PERCENT;
}

/* as_1252 - bytes that are no UTF-8 */
static void as_1252(struct strip *s)
{
    for (size_t i = 0; i < s->n; i++) {
        size_t from = i;

        while (i < s->n && (unsigned char)s->p[i] < 0x80)
            i++;
        strip_put(s, s->p + from, i - from, from, i - from);
        if (i < s->n)
            strip_put_1252(s, (unsigned char)s->p[i], i, 1);
    }
}

/* too_large - for the memory that there is */
static int too_large(struct err *e)
{
    return err_set(e, ERR_REJECT, "size", "it needs more memory than a text may");
}

/* check_bytes - are they a text at all? */
static int check_bytes(const char *bytes, size_t n, struct err *e)
{
    if (n >= UINT32_MAX / 4)
        return too_large(e);
    return is_binary(bytes, n) ? err_set(e, ERR_REJECT, "binary", "its bytes are no text") : 0;
}

/* give - what was put out */
static int give(const struct strip *s, struct text_clean *out, struct err *e)
{
    if (s->failed)
        return too_large(e);
    *out = (struct text_clean){s->text ? s->text : "", s->len, s->runs, s->n_runs};
    return 0;
}

/* text_clean - see clean.h */
int text_clean(const char *bytes, size_t n, struct arena *a, struct text_clean *out, struct err *e)
{
    struct strip s = {.p = bytes, .n = n, .a = a};

    *out = (struct text_clean){.text = bytes, .n = n};
    if (check_bytes(bytes, n, e) != 0)
        return -1;
    if (strip_is_rtf(bytes, n))
        strip_rtf(&s);
    else if (strip_is_html(bytes, n))
        strip_html(&s);
    else if (utf8_valid(bytes, n))
        return 0;
    else
        as_1252(&s);
    return give(&s, out, e);
}

/* text_clean_html - see clean.h */
int text_clean_html(const char *bytes, size_t n, struct arena *a, struct text_clean *out,
                    struct err *e)
{
    struct strip s = {.p = bytes, .n = n, .a = a};

    *out = (struct text_clean){.text = bytes, .n = n};
    if (check_bytes(bytes, n, e) != 0)
        return -1;
    strip_html(&s);
    return give(&s, out, e);
}

/* run_at - the run that holds a byte of the words */
static const struct clean_run *run_at(const struct text_clean *c, size_t at)
{
    size_t lo = 0, hi = c->n_runs;

    while (hi - lo > 1) {
        size_t mid = (lo + hi) / 2;

        if (c->runs[mid].at <= at)
            lo = mid;
        else
            hi = mid;
    }
    return &c->runs[lo];
}

/* clean_start - see clean.h */
size_t clean_start(const struct text_clean *c, size_t at)
{
    const struct clean_run *r;

    if (!c->n_runs)
        return at;
    r = run_at(c, at);
    return r->n == r->len ? r->from + (at - r->at) : r->from;
}

/* clean_end - see clean.h */
size_t clean_end(const struct text_clean *c, size_t end)
{
    const struct clean_run *r;

    if (!c->n_runs || !end)
        return end;
    r = run_at(c, end - 1);
    return r->n == r->len ? r->from + (end - r->at) : r->from + r->len;
}
