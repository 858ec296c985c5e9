/* week.h - hours of the week in somebody's local time, as texts of tables have them */
#ifndef CC_BASE_WEEK_H
#define CC_BASE_WEEK_H

#include <stdbool.h>
#include <stdint.h>

/* "+HHMM" or "-HHMM" in minutes east of UTC, "" is UTC; false: no zone. */
bool zone_minutes(const char *s, int *out);
/* "1630" in minutes of the day; -1: no time of day. */
int day_minute(const char *s);

/* Every cell of a list "SUN 0000-0600;DAILY 0200-0230"; an end that is not after its start is the
 * next day's. */
bool week_windows_valid(const char *s);
/* When the window ends that holds the instant; 0: none does. Windows that touch are one; one that
 * never ends gives the instant a week on. */
int64_t week_window_end(const char *windows, int tz_min, int64_t now_ms);
/* The next instant after now_ms that is this minute of the local day. */
int64_t week_next_minute(int minute, int tz_min, int64_t now_ms);

#endif
