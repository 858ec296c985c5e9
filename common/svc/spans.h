/* spans.h - spans of traces to a collector: OTLP over HTTP, as JSON. Private to common/svc.
 *
 * The loop holds a batch's spans until the batch is committed: what was aborted never happened.
 * Then they wait in a bounded queue for a thread of their own, which sends them in lots. A
 * collector that is away, or too slow, costs spans, which are counted, and never time. Nothing in a
 * span says anything of a patient: topic, partition, offset, a code of refusal. */
#ifndef CC_SVC_SPANS_H
#define CC_SVC_SPANS_H

#include <stdint.h>

#include "common/base/err.h"
#include "common/event/event.h"
#include "common/sys/conf.h"
#include "common/sys/trace.h"

struct step {
    struct trace trace;
    const char *does;         /* "process", "timer", "publish" */
    enum topic topic;         /* TOPIC_NONE: none */
    int32_t partition;        /* -1: not known */
    int64_t offset;           /* -1: not known */
    int64_t start_us, end_us; /* since the epoch */
    char refused[32];         /* the code of the dead letter; "" = none */
};

struct spans;

/* NULL without error where OTEL_EXPORTER_OTLP_ENDPOINT is "". All others accept NULL. */
struct spans *spans_open(const char *stage, const struct conf *c, struct err *e);
void spans_close(struct spans *s); /* sends what waits, for a second at most */

void spans_hold(struct spans *s, const struct step *one); /* the loop's thread: until the commit */
void spans_keep(struct spans *s);                         /* committed */
void spans_drop(struct spans *s);                         /* aborted */
void spans_send(struct spans *s, const struct step *one); /* any thread: at once */

#endif
