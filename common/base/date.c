/* date.c - calendar arithmetic (days-from-civil, era of 400 years) */
#include "common/base/date.h"

#include <stdio.h>
#include <string.h>

enum { MIN_YEAR = 1800, MAX_YEAR = 2200, DAY_MS = 86400000 };

/* is_leap - Gregorian */
static bool is_leap(int y)
{
    return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

/* days_in - of a month */
static int days_in(int y, int m)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return m == 2 && is_leap(y) ? 29 : days[m - 1];
}

/* date_make - checked */
int32_t date_make(int year, int month, int day)
{
    if (year < MIN_YEAR || year > MAX_YEAR || month < 1 || month > 12 || day < 1 ||
        (day > 28 && day > days_in(year, month)))
        return 0;
    return year * 10000 + month * 100 + day;
}

/* date_exists - whatever month and year */
bool date_exists(int32_t ymd)
{
    return ymd > 0 && date_make(ymd / 10000, ymd / 100 % 100, ymd % 100) != 0;
}

/* date_to_days - since 1970-01-01 */
int32_t date_to_days(int32_t ymd)
{
    int y = ymd / 10000, m = ymd / 100 % 100, d = ymd % 100;
    int era, yoe, doy, doe;

    y -= m <= 2;
    era = y / 400;
    yoe = y - era * 400;
    doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

/* date_from_days - the inverse */
int32_t date_from_days(int32_t days)
{
    int z = days + 719468, era = z / 146097, doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153, d = doy - (153 * mp + 2) / 5 + 1, m = mp < 10 ? mp + 3 : mp - 9;

    return (yoe + era * 400 + (m <= 2)) * 10000 + m * 100 + d;
}

/* date_add - days later */
int32_t date_add(int32_t ymd, int32_t days)
{
    return date_from_days(date_to_days(ymd) + days);
}

/* date_diff - days between; most are of one month */
int32_t date_diff(int32_t later, int32_t earlier)
{
    return later / 100 == earlier / 100 ? later - earlier
                                        : date_to_days(later) - date_to_days(earlier);
}

/* date_age - completed years on a day */
int date_age(int32_t birth, int32_t on)
{
    if (!date_valid(birth) || !date_valid(on) || on < birth)
        return -1;
    return (on - birth) / 10000;
}

/* date_add_years - the same day of another year, 28 February where there is no 29th */
int32_t date_add_years(int32_t ymd, int years)
{
    int32_t d = ymd + years * 10000;

    return date_valid(d) ? d : d - 1;
}

/* digits - n digits as a number, -1 if one is not */
static int digits(const char *s, int n)
{
    int v = 0;

    for (; n > 0; n--, s++) {
        if (*s < '0' || *s > '9')
            return -1;
        v = v * 10 + (*s - '0');
    }
    return v;
}

/* date_parse - both forms */
int32_t date_parse(const char *s)
{
    size_t n = strlen(s);

    if (n == 8)
        return date_make(digits(s, 4), digits(s + 4, 2), digits(s + 6, 2));
    if (n == 10 && s[4] == '-' && s[7] == '-')
        return date_make(digits(s, 4), digits(s + 5, 2), digits(s + 8, 2));
    return 0;
}

/* date_text - with hyphens */
const char *date_text(int32_t ymd, char *out)
{
    out[0] = '\0';
    if (date_valid(ymd))
        snprintf(out, DATE_TEXT, "%04d-%02d-%02d", ymd / 10000, ymd / 100 % 100, ymd % 100);
    return out;
}

/* date_digits - without printf, but for what is no date */
const char *date_digits(int32_t ymd, char *out)
{
    int32_t left = ymd;

    if (ymd < 0 || ymd > 99999999) {
        snprintf(out, DATE_TEXT, "%08d", (int)ymd);
        return out;
    }
    out[8] = '\0';
    for (int i = 7; i >= 0; i--, left /= 10)
        out[i] = (char)('0' + left % 10);
    return out;
}

/* floor_div - towards minus infinity */
static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* date_of_ms - the local day of an instant */
int32_t date_of_ms(int64_t ms, int tz_min)
{
    return date_from_days((int32_t)floor_div(ms + (int64_t)tz_min * 60000, DAY_MS));
}

/* time_of_ms - the local HHMM of an instant */
int time_of_ms(int64_t ms, int tz_min)
{
    int64_t local = ms + (int64_t)tz_min * 60000;
    int minutes = (int)((local - floor_div(local, DAY_MS) * DAY_MS) / 60000);

    return minutes / 60 * 100 + minutes % 60;
}

/* ms_of - the instant of a local time */
int64_t ms_of(int32_t ymd, int hour, int minute, int second, int milli, int tz_min)
{
    return (int64_t)date_to_days(ymd) * DAY_MS +
           (((int64_t)hour * 60 + minute - tz_min) * 60 + second) * 1000 + milli;
}

/* put_digits - the last n digits of a number, and what stands behind them; returns where to go on
 */
static char *put_digits(char *out, int n, int64_t v, char behind)
{
    for (int i = n - 1; i >= 0; i--, v /= 10)
        out[i] = (char)('0' + v % 10);
    out[n] = behind;
    return out + n + 1;
}

/* time_text - ISO 8601, UTC; by hand, for every record has one */
const char *time_text(int64_t ms, char *out)
{
    int32_t d = date_of_ms(ms, 0);
    int64_t in_day = ms - floor_div(ms, DAY_MS) * DAY_MS;
    char *to = out;

    to = put_digits(to, 4, d / 10000, '-');
    to = put_digits(to, 2, d / 100, '-');
    to = put_digits(to, 2, d, 'T');
    to = put_digits(to, 2, in_day / 3600000, ':');
    to = put_digits(to, 2, in_day / 60000 % 60, ':');
    to = put_digits(to, 2, in_day / 1000 % 60, '.');
    *put_digits(to, 3, in_day, 'Z') = '\0';
    return out;
}
