/* money.c - decimal text and integers */
#include "common/base/money.h"

#include <string.h>

/* take_digit - v * 10 + c, checked */
static bool take_digit(int64_t *v, char c)
{
    return !__builtin_mul_overflow(*v, 10, v) && !__builtin_add_overflow(*v, c - '0', v);
}

/* parse_unsigned - digits, point, digits */
static enum decimal parse_unsigned(const char *s, size_t n, int places, int64_t *out)
{
    int64_t v = 0;
    int after = -1;
    bool any = false;

    for (size_t i = 0; i < n; i++) {
        if (s[i] == '.' && after < 0) {
            after = 0;
            continue;
        }
        if (s[i] < '0' || s[i] > '9')
            return DECIMAL_NOT;
        any = true;
        if (after >= places) {
            if (s[i] != '0')
                return DECIMAL_TOO_FINE;
            continue;
        }
        if (!take_digit(&v, s[i]))
            return DECIMAL_TOO_LARGE;
        after += after >= 0;
    }
    if (!any)
        return DECIMAL_NOT;
    for (int i = after < 0 ? 0 : after; i < places; i++)
        if (!take_digit(&v, '0'))
            return DECIMAL_TOO_LARGE;
    *out = v;
    return DECIMAL_OK;
}

/* decimal_parse - with an optional sign */
enum decimal decimal_parse(const char *s, size_t n, int places, int64_t *out)
{
    bool sign = n && (s[0] == '-' || s[0] == '+');
    enum decimal result = parse_unsigned(s + sign, n - sign, places, out);

    if (result == DECIMAL_OK && sign && s[0] == '-')
        *out = -*out;
    return result;
}

/* put_whole - the digits before the point; their number, the sign counted */
static size_t put_whole(uint64_t u, bool negative, char *out)
{
    char digits[24];
    size_t n = 0, len = 0;

    do
        digits[n++] = (char)('0' + u % 10);
    while (u /= 10);
    if (negative)
        out[len++] = '-';
    while (n)
        out[len++] = digits[--n];
    out[len] = '\0';
    return len;
}

/* decimal_text - shortest form */
const char *decimal_text(int64_t v, int places, char *out)
{
    uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v, scale = 1, rest;
    size_t n;

    for (int i = 0; i < places; i++)
        scale *= 10;
    n = put_whole(u / scale, v < 0, out);
    rest = u % scale;
    if (rest == 0)
        return out;
    for (; rest % 10 == 0; places--)
        rest /= 10;
    out[n] = '.';
    out[n + (size_t)places + 1] = '\0';
    for (; places > 0; places--, rest /= 10)
        out[n + (size_t)places] = (char)('0' + rest % 10);
    return out;
}

/* money_extend - whole cents or nothing */
bool money_extend(int64_t units_milli, int64_t unit_cents, int64_t *charge_cents)
{
    int64_t v;

    if (__builtin_mul_overflow(units_milli, unit_cents, &v) || v % 1000 != 0)
        return false;
    *charge_cents = v / 1000;
    return true;
}

/* money_scale - in 128 bits, so that only the result can be too large */
bool money_scale(int64_t v, int64_t factor, int places, int64_t *out)
{
    __extension__ typedef __int128 wide;
    wide product = (wide)v * factor, one = 1, half;

    for (int i = 0; i < places; i++)
        one *= 10;
    half = one / 2;
    product = (product + (product < 0 ? -half : half)) / one;
    if (product > INT64_MAX || product < INT64_MIN)
        return false;
    *out = (int64_t)product;
    return true;
}
