/* metric.h - counters, gauges and histograms, printed in Prometheus text format.
 *
 * The registry is one of the three allowed statics. A metric is made once and lives as long as the
 * process; updates are atomic. Names: prefix cleanclaim_, base units, _total / _seconds / _bytes.
 * Labels are few and bounded, and never hold patient data. */
#ifndef CC_SYS_METRIC_H
#define CC_SYS_METRIC_H

#include <stdint.h>

#include "common/base/str.h"

enum metric_type { METRIC_COUNTER, METRIC_GAUGE, METRIC_HISTOGRAM };

struct metric;

/* The metric of this name and labels (`topic="encounters"`, or ""), made at the first call. Never
 * NULL: when memory is out, a spare one that is not printed. `help` is taken from the first call.
 */
struct metric *metric_get(enum metric_type type, const char *name, const char *labels,
                          const char *help);

void metric_add(struct metric *m, int64_t n); /* counter, gauge */
void metric_set(struct metric *m, int64_t v); /* gauge */
void metric_observe_us(struct metric *m,
                       int64_t us); /* histogram of seconds, given in microseconds */
int64_t metric_value(const struct metric *m);
void metric_print(struct buf *out);

#endif
