/* rate.h - so many requests a second of one source, and twice as many at once
 *
 * A bucket a source that fills with time. The table is bounded: when it is full, the source that
 * has been quiet longest is forgotten, which can only be to its advantage. */
#ifndef CC_INTAKE_RATE_H
#define CC_INTAKE_RATE_H

#include <stdint.h>

struct rate;

/* per_second 1 or more. NULL: no memory. */
struct rate *rate_new(int64_t per_second);
void rate_free(struct rate *r); /* accepts NULL */

/* One request of `source` at now_us (a monotonic clock): 0 = let it in, else after how many whole
 * seconds to come again, 1 at least. Thread safe. */
int rate_take(struct rate *r, const char *source, int64_t now_us);

#endif
