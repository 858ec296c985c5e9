/* value.c - times, money, quantities and bytes as senders write them
 *
 * Two ways to write a time come in: HL7's run of digits and ISO 8601's with its marks. One cursor
 * reads both: pairs of digits, with the mark in between where the text has marks. */
#include "services/intake/value.h"

#include <ctype.h>
#include <string.h>

#include "common/base/date.h"

struct cursor {
    const char *p, *end;
};

/* number - exactly n digits; false: not there, nothing taken */
static bool number(struct cursor *c, int n, int *out)
{
    int v = 0;

    if (c->end - c->p < n)
        return false;
    for (int i = 0; i < n; i++) {
        if (!isdigit((unsigned char)c->p[i]))
            return false;
        v = v * 10 + (c->p[i] - '0');
    }
    c->p += n;
    *out = v;
    return true;
}

/* mark - takes one of these characters, if it is next */
static bool mark(struct cursor *c, const char *any)
{
    if (c->p < c->end && strchr(any, *c->p) && *c->p) {
        c->p++;
        return true;
    }
    return false;
}

/* fraction - ".123…" in milliseconds; further digits are cut, a lone point is refused */
static bool fraction(struct cursor *c, int *milli)
{
    int scale = 100;

    *milli = 0;
    if (!mark(c, ".,"))
        return true;
    if (c->p == c->end || !isdigit((unsigned char)*c->p))
        return false;
    for (; c->p < c->end && isdigit((unsigned char)*c->p); c->p++, scale /= 10)
        *milli += (*c->p - '0') * scale;
    return true;
}

/* zone - Z, +HHMM or +HH:MM; none is fine */
static bool zone(struct cursor *c, struct value_time *t)
{
    bool west = c->p < c->end && *c->p == '-';
    int hours, minutes = 0;

    if (mark(c, "Zz")) {
        t->zone = true;
        t->tz_min = 0;
        return true;
    }
    if (!mark(c, "+-"))
        return true;
    if (!number(c, 2, &hours))
        return false;
    mark(c, ":");
    number(c, 2, &minutes);
    t->tz_min = (hours * 60 + minutes) * (west ? -1 : 1);
    t->odd_zone = minutes > 59 || minutes % 15 || t->tz_min < -12 * 60 || t->tz_min > 14 * 60;
    t->zone = true;
    return true;
}

struct clock {
    int hour, minute, second, milli;
};

/* clock_of - HH[MM[SS[.S]]]; false: not one */
static bool clock_of(struct cursor *c, bool iso, struct clock *k)
{
    if (!number(c, 2, &k->hour))
        return false;
    if (iso && !mark(c, ":"))
        return false;
    if (number(c, 2, &k->minute)) {
        if (iso)
            mark(c, ":");
        if (number(c, 2, &k->second) && !fraction(c, &k->milli))
            return false;
    } else if (iso) {
        return false;
    }
    return k->hour < 24 && k->minute < 60 && k->second <= 60;
}

/* day_of - YYYY[MM[DD]], with hyphens in ISO; false: not one. *full: there was a day */
static bool day_of(struct cursor *c, bool iso, int32_t *day, bool *full)
{
    int y, m, d;

    *day = 0;
    *full = false;
    if (!number(c, 4, &y) || y < 1800 || y > 2200)
        return false;
    if ((iso && !mark(c, "-")) || !number(c, 2, &m))
        return c->p == c->end || *c->p == '+' || *c->p == '-';
    if (m < 1 || m > 12)
        return false;
    if ((iso && !mark(c, "-")) || !number(c, 2, &d))
        return c->p == c->end || *c->p == '+' || *c->p == '-';
    *day = date_make(y, m, d);
    *full = true;
    return *day != 0;
}

/* set_clock - the clock and zone behind a day; a clock that is none leaves the day */
static void set_clock(struct cursor *c, bool iso, struct clock *k, struct value_time *t)
{
    if (iso)
        mark(c, "Tt ");
    if (c->p < c->end && isdigit((unsigned char)*c->p)) {
        t->clock = clock_of(c, iso, k);
        t->bad_clock = !t->clock;
    }
    if (!t->bad_clock && (!zone(c, t) || c->p != c->end)) {
        t->bad_clock = true;
        t->clock = false;
    }
}

/* default_zone - what a time without zone means */
static int default_zone(const struct intake_conf *conf, const int *default_tz)
{
    if (default_tz)
        return *default_tz;
    return conf->tz_known ? conf->tz_min : 0;
}

/* value_time - see value.h */
enum value value_time(const struct intake_conf *conf, struct span text, const int *default_tz,
                      struct value_time *out)
{
    struct span s = span_trim(text);
    struct cursor c = {s.p, s.p + s.n};
    struct value_time t = {0};
    struct clock k = {0};
    bool iso = s.n > 4 && s.p[4] == '-' && s.n != 9, full;

    if (!s.n)
        return VALUE_EMPTY;
    if (!day_of(&c, iso, &t.day, &full))
        return VALUE_NOT;
    if (full) {
        set_clock(&c, iso, &k, &t);
        if (!t.clock)
            k = (struct clock){0};
        if (t.clock)
            snprintf(t.hhmm, sizeof(t.hhmm), "%02u%02u", (unsigned)k.hour % 100,
                     (unsigned)k.minute % 100);
        if (!t.zone || t.bad_clock)
            t.tz_min = default_zone(conf, default_tz);
        t.ms = ms_of(t.day, k.hour, k.minute, k.second, k.milli, t.tz_min);
    }
    *out = t;
    return VALUE_OK;
}

/* value_cents - an amount */
enum decimal value_cents(struct span text, int64_t *cents)
{
    struct span s = span_trim(text);

    return decimal_parse(s.p, s.n, 2, cents);
}

/* value_milli - a quantity */
enum decimal value_milli(struct span text, int64_t *milli)
{
    struct span s = span_trim(text);

    return decimal_parse(s.p, s.n, 3, milli);
}

/* The digits of bytes, the value of each being the low bits of its index. */
static const struct {
    const char *digits;
    unsigned bits;
} digits[] = {
    [VALUE_BASE64] = {"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 6},
    [VALUE_HEX] = {"0123456789ABCDEF0123456789abcdef", 4},
};

/* is_padding - nothing but padding and white space */
static bool is_padding(struct span s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '=' && !isspace((unsigned char)s.p[i]))
            return false;
    return true;
}

/* digit - its place among the digits, those of URLs (RFC 4648, 5) under the customary ones; -1:
 * none */
static int digit(enum value_digits how, char c)
{
    char plain = c == '-' ? '+' : c == '_' ? '/' : c;
    const char *at = memchr(digits[how].digits, plain, strlen(digits[how].digits));

    return at ? (int)(at - digits[how].digits) : -1;
}

/* value_bytes - see value.h */
bool value_bytes(enum value_digits how, struct span text, struct buf *out)
{
    const unsigned each = digits[how].bits;
    unsigned bits = 0, n = 0;
    size_t i = 0;

    for (; i < text.n && text.p[i] != '='; i++) {
        int d = digit(how, text.p[i]);

        if (d < 0 && !isspace((unsigned char)text.p[i]))
            return false;
        if (d < 0)
            continue;
        bits = (bits << each | ((unsigned)d & ((1U << each) - 1))) & 0xffffff;
        n += each;
        if (n >= 8) {
            n -= 8;
            buf_addc(out, (char)(bits >> n & 0xff));
        }
    }
    return n < each && is_padding((struct span){text.p + i, text.n - i});
}
