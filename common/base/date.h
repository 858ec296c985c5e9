/* date.h - days as yyyymmdd integers, instants as milliseconds since the epoch.
 *
 * 0 is "unknown" for both. Years 1800-2200 are dates; anything else is not. Proleptic Gregorian
 * calendar. */
#ifndef CC_BASE_DATE_H
#define CC_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool date_exists(int32_t ymd);                   /* in the calendar */
int32_t date_make(int year, int month, int day); /* 0: no such day */
/* Is it a day? 0 is none. Asked before every look into a table: most days are told at once. */
static inline bool date_valid(int32_t ymd)
{
    unsigned day = (unsigned)ymd % 100, month = (unsigned)ymd / 100 % 100;

    return (day - 1 < 28 && month - 1 < 12 && ymd >= 19000101 && ymd < 21000101) ||
           date_exists(ymd);
}
int32_t date_to_days(int32_t ymd); /* days since 1970-01-01; ymd must be valid */
int32_t date_from_days(int32_t days);
int32_t date_add(int32_t ymd, int32_t days);
int32_t date_diff(int32_t later, int32_t earlier); /* in days */
int date_age(int32_t birth, int32_t on); /* full years; -1 when on < birth or one is unknown */
int32_t date_add_years(int32_t ymd, int years); /* 29 February becomes 28 February */

/* "20260301" or "2026-03-01"; 0: neither. */
int32_t date_parse(const char *s);
/* "2026-03-01"; "" for 0. `out` holds DATE_TEXT bytes. */
enum { DATE_TEXT = 16, TIME_TEXT = 48 };
const char *date_text(int32_t ymd, char *out);
/* "20260301", as printf writes %08d; `out` holds DATE_TEXT bytes. */
const char *date_digits(int32_t ymd, char *out);

/* The day of an instant at an offset of minutes east of UTC. */
int32_t date_of_ms(int64_t ms, int tz_min);
/* HHMM of it, 0-2359. */
int time_of_ms(int64_t ms, int tz_min);
int64_t ms_of(int32_t ymd, int hour, int minute, int second, int milli, int tz_min);
/* "2026-03-01T08:00:00.000Z"; out holds TIME_TEXT bytes. */
const char *time_text(int64_t ms, char *out);

#endif
