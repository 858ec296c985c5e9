/* value.h - times, money, quantities and bytes as senders write them.
 *
 * Nothing is rounded and nothing is guessed: a value that does not fit says why, and stays unknown.
 */
#ifndef CC_INTAKE_VALUE_H
#define CC_INTAKE_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/money.h"
#include "common/base/str.h"
#include "services/intake/intake.h"

/* A point in time as written. `day` is the sender's own day (no zone moves it). */
struct value_time {
    int32_t day;    /* yyyymmdd; 0: only a year or a month was given */
    int64_t ms;     /* since the epoch; 0 when there is no day */
    int tz_min;     /* the zone used, minutes east of UTC */
    bool clock;     /* an hour was given */
    bool zone;      /* a zone was given, and is one */
    bool bad_clock; /* the day is a day, what stands behind it no time of day: taken as the day
                       alone */
    bool odd_zone;  /* the zone is no zone of the earth (not a multiple of 15 minutes, or outside
                       -1200 … +1400) */
    char hhmm[5];   /* "HHMM" as written, "" without clock */
};

enum value { VALUE_EMPTY, VALUE_OK, VALUE_NOT };

/* HL7 DT, TM-less DTM, TS: YYYY[MM[DD[HH[MM[SS[.S…]]]]]][+ZZZZ], second 60 taken; also
 * ISO "2026-03-01[T08:00[:00[.0]][Z|+01:00]]". `default_tz` (NULL: none) is used where the text
 * names no zone, else the site's. */
enum value value_time(const struct intake_conf *conf, struct span text, const int *default_tz,
                      struct value_time *out);

/* An amount in cents: digits, sign and point only. DECIMAL_TOO_FINE: over two decimals. */
enum decimal value_cents(struct span text, int64_t *cents);
/* A quantity in thousandths. */
enum decimal value_milli(struct span text, int64_t *milli);

/* Bytes as digits: base64 (RFC 4648, the letters of URLs too) or hex, white space aside, up to the
 * padding. false: something else is in it or behind the padding, or it is cut inside a byte; what
 * was appended to `out` is then no value. */
enum value_digits { VALUE_BASE64, VALUE_HEX };
bool value_bytes(enum value_digits how, struct span text, struct buf *out);

#endif
