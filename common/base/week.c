/* week.c - hours of the week in somebody's local time */
#include "common/base/week.h"

#include <string.h>

#include "common/base/str.h"

enum { DAY = 1440, WEEK = 7 * DAY, ZONE_MAX = 14 * 60 + 59, EVERY_DAY = -1 };

#define MINUTE_MS INT64_C(60000)

/* Minutes of the day; day 0 is Monday. */
struct window {
    int day, from, to;
};

/* two - digits as a number */
static int two(const char *s)
{
    return (s[0] - '0') * 10 + (s[1] - '0');
}

/* day_minute - see week.h */
int day_minute(const char *s)
{
    if (!str_is_digits(s, 4, 4) || two(s) > 23 || two(s + 2) > 59)
        return -1;
    return two(s) * 60 + two(s + 2);
}

/* zone_minutes - see week.h */
bool zone_minutes(const char *s, int *out)
{
    int minutes = 0;

    if (s[0]) {
        if ((s[0] != '+' && s[0] != '-') || !str_is_digits(s + 1, 4, 4) || two(s + 3) > 59)
            return false;
        minutes = two(s + 1) * 60 + two(s + 3);
    }
    if (minutes > ZONE_MAX)
        return false;
    *out = s[0] == '-' ? -minutes : minutes;
    return true;
}

/* read_window - "SUN 0000-0600" */
static bool read_window(struct span s, struct window *out)
{
    static const char *const days[] = {"DAILY", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"};
    struct span day = span_cut(&s, ' '), from = span_cut(&s, '-'), to = span_trim(s);
    char a[5] = "", b[5] = "";

    if (from.n != 4 || to.n != 4)
        return false;
    memcpy(a, from.p, 4);
    memcpy(b, to.p, 4);
    out->from = day_minute(a);
    out->to = strcmp(b, "2400") == 0 ? 0 : day_minute(b);
    for (int i = 0; i < 8; i++)
        if (span_is(day, days[i])) {
            out->day = i + EVERY_DAY;
            return out->from >= 0 && out->to >= 0;
        }
    return false;
}

/* week_windows_valid - see week.h */
bool week_windows_valid(const char *s)
{
    struct span rest = span_of(s);
    struct window w;

    while (rest.n)
        if (!read_window(span_trim(span_cut(&rest, ';')), &w))
            return false;
    return true;
}

/* left_of - minutes from `at` (of the week) to the window's end; 0: it is not in it */
static int left_of(const struct window *w, int at)
{
    const int length = w->to > w->from ? w->to - w->from : w->to - w->from + DAY;

    for (int day = 0; day < 7; day++) {
        const int since = (at - day * DAY - w->from + WEEK) % WEEK;

        if ((w->day == EVERY_DAY || w->day == day) && since < length)
            return length - since;
    }
    return 0;
}

/* left_of_any - of the first window that holds it */
static int left_of_any(const char *windows, int at)
{
    struct span rest = span_of(windows);
    struct window w;
    int left = 0;

    while (rest.n && left == 0)
        if (read_window(span_trim(span_cut(&rest, ';')), &w))
            left = left_of(&w, at);
    return left;
}

/* week_window_end - see week.h */
int64_t week_window_end(const char *windows, int tz_min, int64_t now_ms)
{
    const int64_t minute = now_ms / MINUTE_MS;
    const int at = (int)((minute + tz_min + 3 * DAY) % WEEK); /* 1970-01-01 was a Thursday */
    int waited = 0, left;

    while (waited < WEEK && (left = left_of_any(windows, (at + waited) % WEEK)) > 0)
        waited += left;
    return waited ? (minute + (waited < WEEK ? waited : WEEK)) * MINUTE_MS : 0;
}

/* week_next_minute - see week.h */
int64_t week_next_minute(int minute, int tz_min, int64_t now_ms)
{
    const int64_t now = now_ms / MINUTE_MS + tz_min;

    return (now + 1 + (minute - (now + 1) % DAY + DAY) % DAY - tz_min) * MINUTE_MS;
}
