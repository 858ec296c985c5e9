/* wait.h - timed waits by the monotonic clock: setting the time of day shortens and lengthens none
 */
#ifndef CC_SYS_WAIT_H
#define CC_SYS_WAIT_H

#include <pthread.h>
#include <stdint.h>
#include <time.h>

void wait_init(pthread_cond_t *c);      /* a condition whose timed waits are by that clock */
struct timespec wait_until(int64_t ms); /* the end of such a wait, ms (0 or more) from now */

#endif
