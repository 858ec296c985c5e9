/* clock.h - the only place that asks what time it is */
#ifndef CC_SYS_CLOCK_H
#define CC_SYS_CLOCK_H

#include <pthread.h>
#include <stdint.h>
#include <time.h>

int64_t clock_ms(void);      /* since the epoch */
int64_t clock_mono_us(void); /* since some start, never backwards */

/* A condition whose timed waits are by the monotonic clock, and such a wait's end, ms from now. */
void clock_cond_init(pthread_cond_t *c);
struct timespec clock_until(int64_t ms);

#endif
