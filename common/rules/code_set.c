/* code_set.c - sets of codes: items to stretches, stretches sorted and joined */
#include "common/rules/code_set.h"

#include <stdlib.h>
#include <string.h>

enum { CODE_BYTES = 8 };

/* code_set_release - frees */
void code_set_release(struct code_set *s)
{
    free(s->ranges);
    *s = (struct code_set){0};
}

/* code_key - the characters, first one highest */
uint64_t code_key(const char *code)
{
    uint64_t k = 0;
    int i;

    for (i = 0; i < CODE_BYTES && code[i]; i++)
        k |= (uint64_t)(unsigned char)code[i] << (56 - 8 * i);
    return code[i] ? 0 : k;
}

/* code_key_in - by halves */
bool code_key_in(uint64_t key, const uint64_t *list, size_t n)
{
    size_t low = 0;

    while (n > 1) {
        low = list[low + n / 2] <= key ? low + n / 2 : low;
        n -= n / 2;
    }
    return n && list[low] == key;
}

/* byte_of - the n-th character of a key */
static unsigned byte_of(uint64_t key, int n)
{
    return (unsigned)(key >> (56 - 8 * n)) & 0xFF;
}

/* put_bit - of a value of three characters: a letter (HCPCS, diagnoses) is a bit of its own,
 * whatever follows; digits (CPT, revenue) share the others by three of them */
static void put_bit(struct code_mask *m, bool letter, unsigned value)
{
    unsigned bit = letter ? value % 26 : 26 + value % 230;

    m->bits[bit / 64] |= (uint64_t)1 << (bit % 64);
}

/* code_mask_add - one code */
void code_mask_add(struct code_mask *m, uint64_t key)
{
    unsigned first = byte_of(key, 0);

    if (first >= 'A')
        put_bit(m, true, first - 'A');
    else
        put_bit(m, false,
                (first & 15) * 100 + (byte_of(key, 1) & 15) * 10 + (byte_of(key, 2) & 15));
}

/* code_mask_meet - do they share a bit */
bool code_mask_meet(const struct code_mask *a, const struct code_mask *b)
{
    return ((a->bits[0] & b->bits[0]) | (a->bits[1] & b->bits[1]) | (a->bits[2] & b->bits[2]) |
            (a->bits[3] & b->bits[3])) != 0;
}

/* plain - upper case, without dots and blanks; 0: something else, nothing, or over eight bytes */
static size_t plain(struct span s, char out[CODE_BYTES + 1])
{
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (c == '.' || c == ' ')
            continue;
        c = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
        if (n == CODE_BYTES || !((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')))
            return 0;
        out[n++] = c;
    }
    out[n] = '\0';
    return n;
}

/* filled - a key of n bytes, the rest as high as can be */
static uint64_t filled(uint64_t key, size_t n)
{
    return n >= CODE_BYTES ? key : key | (UINT64_MAX >> (8 * n));
}

/* put - one stretch more */
static int put(struct code_set *s, uint64_t low, uint64_t high, struct err *e)
{
    if (s->n == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : 8;
        struct code_range *more = realloc(s->ranges, cap * sizeof(*more));

        if (!more)
            return err_set(e, ERR_RETRY, "memory", "out of memory");
        s->ranges = more;
        s->cap = cap;
    }
    s->ranges[s->n++] = (struct code_range){low, high};
    return 0;
}

/* put_range - both ends and what begins with the second */
static int put_range(struct code_set *s, struct span low, struct span high, struct err *e)
{
    char a[CODE_BYTES + 1], b[CODE_BYTES + 1];

    if (!plain(low, a) || !plain(high, b))
        return err_set(
            e, ERR_REJECT, "code",
            "expected codes of at most eight letters and digits on both sides of a range");
    if (strcmp(a, b) > 0)
        return err_set(e, ERR_REJECT, "code", "expected %s-%s the other way round", a, b);
    return put(s, code_key(a), filled(code_key(b), strlen(b)), e);
}

/* code_set_add - a code, a prefix or a range */
int code_set_add(struct code_set *s, struct span item, struct err *e)
{
    const char *sign;
    char code[CODE_BYTES + 1];
    size_t n = 2;
    bool prefix;

    item = span_trim(item);
    sign = item.n ? memmem(item.p, item.n, "..", 2) : NULL;
    if (item.n && !sign && (sign = memchr(item.p, '-', item.n)))
        n = 1;
    if (sign)
        return put_range(s, (struct span){item.p, (size_t)(sign - item.p)},
                         (struct span){sign + n, item.n - (size_t)(sign - item.p) - n}, e);
    prefix = item.n && item.p[item.n - 1] == '*';
    item.n -= prefix;
    if (!plain(item, code))
        return err_set(e, ERR_REJECT, "code",
                       "expected a code of at most eight letters and digits, PREFIX* or FROM-TO");
    return put(s, code_key(code), prefix ? filled(code_key(code), strlen(code)) : code_key(code),
               e);
}

/* by_low - stretches in order */
static int by_low(const void *a, const void *b)
{
    const struct code_range *x = a, *y = b;

    if (x->low != y->low)
        return x->low < y->low ? -1 : 1;
    return (x->high > y->high) - (x->high < y->high);
}

/* is_digit - between 0 and 9 */
static bool is_digit(unsigned c)
{
    return c >= '0' && c <= '9';
}

/* mask_digits - the codes of a stretch that begin with this digit */
static void mask_digits(struct code_mask *m, const struct code_range *r, unsigned first)
{
    unsigned low = 0, high = 165; /* the second and third character, whatever they are */

    if (byte_of(r->low, 0) == byte_of(r->high, 0) && is_digit(byte_of(r->low, 1)) &&
        is_digit(byte_of(r->high, 1))) {
        low = (byte_of(r->low, 1) & 15) * 10;
        high = (byte_of(r->high, 1) & 15) * 10 + 15;
        if (byte_of(r->low, 1) == byte_of(r->high, 1) && is_digit(byte_of(r->low, 2)) &&
            is_digit(byte_of(r->high, 2))) {
            high = low + (byte_of(r->high, 2) & 15);
            low += byte_of(r->low, 2) & 15;
        }
    }
    for (; low <= high; low++)
        put_bit(m, false, (first & 15) * 100 + low);
}

/* mask_range - every code a stretch may hold */
static void mask_range(struct code_mask *m, const struct code_range *r)
{
    for (unsigned first = byte_of(r->low, 0); first <= byte_of(r->high, 0); first++) {
        if (first >= 'A')
            put_bit(m, true, first - 'A');
        else
            mask_digits(m, r, first);
    }
}

/* code_set_finish - sorted, neighbours joined */
void code_set_finish(struct code_set *s)
{
    size_t n = 0;

    s->mask = (struct code_mask){{0}};
    if (s->n)
        qsort(s->ranges, s->n, sizeof(*s->ranges), by_low);
    for (size_t i = 0; i < s->n; i++) {
        struct code_range *before = n ? &s->ranges[n - 1] : NULL;

        if (before && s->ranges[i].low <= before->high)
            before->high = s->ranges[i].high > before->high ? s->ranges[i].high : before->high;
        else
            s->ranges[n++] = s->ranges[i];
    }
    s->n = n;
    for (size_t i = 0; i < n; i++)
        mask_range(&s->mask, &s->ranges[i]);
}

/* code_set_parse - items joined by ; or , */
int code_set_parse(struct code_set *s, struct span list, struct err *e)
{
    while (list.n) {
        size_t n = 0;

        while (n < list.n && list.p[n] != ';' && list.p[n] != ',')
            n++;
        if (span_trim((struct span){list.p, n}).n &&
            code_set_add(s, (struct span){list.p, n}, e) != 0)
            return -1;
        list.p += n + (n < list.n);
        list.n -= n + (n < list.n);
    }
    code_set_finish(s);
    return 0;
}

/* code_set_has - bisection; most sets are a handful */
bool code_set_has(const struct code_set *s, uint64_t key)
{
    size_t low = 0, high = s->n;

    while (low < high) {
        size_t mid = (low + high) / 2;

        if (key > s->ranges[mid].high)
            low = mid + 1;
        else
            high = mid;
    }
    return key && low < s->n && key >= s->ranges[low].low;
}
