/* clock.h - the only place that asks what time it is */
#ifndef CC_SYS_CLOCK_H
#define CC_SYS_CLOCK_H

#include <stdint.h>

int64_t clock_ms(void);      /* since the epoch */
int64_t clock_mono_us(void); /* since some start, never backwards */

#endif
