/* str.c - text */
#include "common/base/str.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* buf_init - empty */
void buf_init(struct buf *b)
{
    memset(b, 0, sizeof(*b));
}

/* buf_release - frees the bytes */
void buf_release(struct buf *b)
{
    free(b->data);
    buf_init(b);
}

/* buf_wipe - clears, then frees */
void buf_wipe(struct buf *b)
{
    if (b->data)
        explicit_bzero(b->data, b->cap);
    buf_release(b);
}

/* buf_reset - empty again, memory kept */
void buf_reset(struct buf *b)
{
    b->len = 0;
    if (b->data)
        b->data[0] = '\0';
}

/* make_room - for n more bytes and the closing zero */
static bool make_room(struct buf *b, size_t n)
{
    size_t need, cap;
    char *data;

    if (b->failed || __builtin_add_overflow(b->len, n, &need) || need > SIZE_MAX / 4) {
        b->failed = true;
        return false;
    }
    if (b->cap > need)
        return true;
    for (cap = b->cap ? b->cap : 256; cap <= need; cap *= 2)
        ;
    data = realloc(b->data, cap);
    if (!data) {
        b->failed = true;
        return false;
    }
    b->data = data;
    b->cap = cap;
    return true;
}

/* buf_add - n bytes */
void buf_add(struct buf *b, const void *p, size_t n)
{
    if (!make_room(b, n))
        return;
    if (n)
        memcpy(b->data + b->len, p, n);
    b->len += n;
    b->data[b->len] = '\0';
}

/* buf_adds - a string */
void buf_adds(struct buf *b, const char *s)
{
    buf_add(b, s, strlen(s));
}

/* buf_addc - one byte */
void buf_addc(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}

/* buf_addn - the digits from the last one on */
void buf_addn(struct buf *b, int64_t v)
{
    char digits[24], *first = digits + sizeof(digits);
    uint64_t left = v < 0 ? -(uint64_t)v : (uint64_t)v;

    do
        *--first = (char)('0' + left % 10);
    while (left /= 10);
    if (v < 0)
        *--first = '-';
    buf_add(b, first, (size_t)(digits + sizeof(digits) - first));
}

/* buf_addf - formatted */
void buf_addf(struct buf *b, const char *fmt, ...)
{
    va_list ap, again;
    int n;

    va_start(ap, fmt);
    va_copy(again, ap);
    n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    if (n > 0 && make_room(b, (size_t)n)) {
        vsnprintf(b->data + b->len, (size_t)n + 1, fmt, ap);
        b->len += (size_t)n;
    }
    va_end(ap);
}

/* span_of - a string as a span */
struct span span_of(const char *s)
{
    return (struct span){s, strlen(s)};
}

/* span_same - equal to a string */
bool span_same(struct span a, const char *s)
{
    for (size_t i = 0; i < a.n; i++)
        if (!s[i] || s[i] != a.p[i])
            return false;
    return !s[a.n];
}

/* is_blank - what trimming takes away */
static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* span_trim - without blanks at both ends */
struct span span_trim(struct span s)
{
    while (s.n && is_blank(s.p[0])) {
        s.p++;
        s.n--;
    }
    while (s.n && is_blank(s.p[s.n - 1]))
        s.n--;
    return s;
}

/* span_cut - off the front */
struct span span_cut(struct span *rest, char sign)
{
    const char *at = rest->n ? memchr(rest->p, sign, rest->n) : NULL;
    struct span out = {rest->p, at ? (size_t)(at - rest->p) : rest->n};

    rest->p += out.n + (at != NULL);
    rest->n -= out.n + (at != NULL);
    return out;
}

/* str_empty - nothing there */
bool str_empty(const char *s)
{
    return !s || !*s;
}

/* str_eq - equal, where NULL is "" */
bool str_eq(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

/* str_in - one of a NULL-ended list */
bool str_in(const char *s, const char *const *words)
{
    for (; *words; words++)
        if (s[0] == (*words)[0] && strcmp(s, *words) == 0)
            return true;
    return false;
}

/* str_has_word - with no letter before and behind it */
bool str_has_word(const char *text, const char *word)
{
    size_t n = strlen(word);

    for (const char *p = text; n && (p = strcasestr(p, word)); p += n)
        if ((p == text || !isalpha((unsigned char)p[-1])) && !isalpha((unsigned char)p[n]))
            return true;
    return false;
}

/* str_is_digits - only digits, min to max of them */
bool str_is_digits(const char *s, size_t min, size_t max)
{
    size_t n = 0;

    for (; s[n]; n++)
        if (s[n] < '0' || s[n] > '9' || n >= max)
            return false;
    return n >= min;
}

/* str_is_alnum_upper - [A-Z0-9]+ */
bool str_is_alnum_upper(const char *s)
{
    const char *p = s;

    for (; *p; p++)
        if (!((*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9')))
            return false;
    return p != s;
}

/* str_starts - begins with */
bool str_starts(const char *s, const char *prefix)
{
    while (*prefix && *s == *prefix) {
        s++;
        prefix++;
    }
    return !*prefix;
}

/* str_ends - does s end with suffix? */
bool str_ends(const char *s, const char *suffix)
{
    size_t n = strlen(s), m = strlen(suffix);

    return n >= m && strcmp(s + n - m, suffix) == 0;
}

/* str_upper - ASCII letters only, in place */
void str_upper(char *s)
{
    for (; *s; s++)
        if (*s >= 'a' && *s <= 'z')
            *s = (char)(*s - 'a' + 'A');
}

/* str_copy - into a fixed array, always ended */
bool str_copy(char *out, size_t size, const char *s)
{
    size_t n = strnlen(s, size);
    bool whole = n < size;

    if (!size)
        return false;
    n -= !whole;
    memcpy(out, s, n);
    out[n] = '\0';
    return whole;
}

/* utf8_step - length of the well-formed sequence at s, 0 = none (Unicode table 3-7) */
static size_t utf8_step(const unsigned char *s, size_t n)
{
    unsigned char lo = 0x80, hi = 0xBF;
    size_t len, i;

    if (s[0] < 0x80)
        return s[0] ? 1 : 0;
    if (s[0] < 0xC2 || s[0] > 0xF4)
        return 0;
    len = s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : 4;
    if (s[0] == 0xE0)
        lo = 0xA0;
    else if (s[0] == 0xED)
        hi = 0x9F;
    else if (s[0] == 0xF0)
        lo = 0x90;
    else if (s[0] == 0xF4)
        hi = 0x8F;
    if (len > n || s[1] < lo || s[1] > hi)
        return 0;
    for (i = 2; i < len; i++)
        if (s[i] < 0x80 || s[i] > 0xBF)
            return 0;
    return len;
}

/* plain_bytes - eight of which none is zero or over 127: most text, and the door reads all text */
static bool plain_bytes(uint64_t w)
{
    return ((w | ((w - 0x0101010101010101u) & ~w)) & 0x8080808080808080u) == 0;
}

/* plain_word - the next eight */
static bool plain_word(const unsigned char *p)
{
    uint64_t w;

    memcpy(&w, p, sizeof(w));
    return plain_bytes(w);
}

/* plain_short - less than eight: two halves that may overlap, or byte for byte */
static bool plain_short(const unsigned char *p, size_t n)
{
    const unsigned char *end = p + n;
    uint32_t low, high;

    if (n < sizeof(low)) {
        while (p < end && *p && *p < 0x80)
            p++;
        return p == end;
    }
    memcpy(&low, p, sizeof(low));
    memcpy(&high, end - sizeof(high), sizeof(high));
    return plain_bytes((uint64_t)high << 32 | low);
}

/* plain_text - none of the bytes is zero or over 127; the last word may overlap the one before */
static bool plain_text(const unsigned char *p, size_t n)
{
    const unsigned char *end = p + n;

    if (n < sizeof(uint64_t))
        return plain_short(p, n);
    for (; end - p > (ptrdiff_t)sizeof(uint64_t); p += sizeof(uint64_t))
        if (!plain_word(p))
            return false;
    return plain_word(end - sizeof(uint64_t));
}

/* utf8_valid - all of it well formed; most of it is plain */
bool utf8_valid(const char *s, size_t n)
{
    const unsigned char *p = (const unsigned char *)s;
    size_t step;

    if (plain_text(p, n))
        return true;
    for (; n; p += step, n -= step) {
        if (n >= sizeof(uint64_t) && plain_word(p)) {
            step = sizeof(uint64_t);
            continue;
        }
        step = utf8_step(p, n);
        if (!step)
            return false;
    }
    return true;
}

/* str_to_i64 - decimal integer, whole string */
bool str_to_i64(const char *s, int64_t *out)
{
    bool negative = *s == '-';
    int64_t v = 0;

    if (negative)
        s++;
    if (!*s)
        return false;
    for (; *s; s++) {
        if (*s < '0' || *s > '9' || __builtin_mul_overflow(v, 10, &v) ||
            __builtin_sub_overflow(v, *s - '0', &v))
            return false;
    }
    if (!negative && __builtin_sub_overflow(0, v, &v))
        return false;
    *out = v;
    return true;
}
