/* value.c - spans as numbers, dates, times, words of a list */
#include <string.h>

#include "common/base/date.h"
#include "common/base/money.h"
#include "common/x12/checker.h"

/* span_listed - one of the list's words; the words are short, so bytes are compared here */
bool span_listed(struct span v, const char *list)
{
    for (; *list; list += *list == ' ') {
        size_t i = 0;

        while (i < v.n && list[i] && list[i] == v.p[i])
            i++;
        if (i == v.n && (list[i] == ' ' || list[i] == '\0'))
            return true;
        while (*list && *list != ' ')
            list++;
    }
    return false;
}

/* span_number - digits only */
bool span_number(struct span s, uint64_t *out)
{
    uint64_t v = 0;

    if (s.n == 0 || s.n > 12)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        v = v * 10 + (uint64_t)(s.p[i] - '0');
    }
    *out = v;
    return true;
}

/* span_date - CCYYMMDD */
int32_t span_date(struct span s)
{
    uint64_t v;

    if (s.n != 8 || !span_number(s, &v) || !date_valid((int32_t)v))
        return 0;
    return (int32_t)v;
}

/* span_time - HHMM with seconds and their decimals */
bool span_time(struct span s)
{
    uint64_t v;
    const char *p = s.p;

    if (s.n < 4 || s.n > 8 || s.n == 5 || !span_number(s, &v))
        return false;
    if ((p[0] - '0') * 10 + p[1] - '0' > 23 || p[2] > '5')
        return false;
    return s.n == 4 || p[4] <= '5';
}

/* span_decimal - cents or milli */
bool span_decimal(struct span s, int places, int64_t *out)
{
    return decimal_parse(s.p, s.n, places, out) == DECIMAL_OK;
}
