/* recall.h - which trace set a timer, as far as this process remembers. Private to common/svc.
 *
 * A timer that fires goes on with the trace of the record that set it. Only memory knows of it: of
 * a timer set before a restart, or of one too many, a trace of its own begins. */
#ifndef CC_SVC_RECALL_H
#define CC_SVC_RECALL_H

#include <stdint.h>

struct recall;

struct recall *recall_new(void); /* NULL: out of memory; all others accept NULL */
void recall_free(struct recall *r);
void recall_put(struct recall *r, int32_t partition, const char *timer, const char *traceparent);
/* "" = not known; valid until the next recall_put. */
const char *recall_get(const struct recall *r, int32_t partition, const char *timer);

#endif
