/* metric.h - counters, gauges and histograms, printed in Prometheus text format.
 *
 * Every metric is a row of metric_rows: what is not there cannot be counted, and `--help-metrics`,
 * docs/metrics.md and the dashboards' test know all of them. Names: prefix cleanclaim_ (process_
 * for what every exporter tells), base units, _total / _seconds / _bytes. Labels are few and
 * bounded, and never hold patient data; `stage` is put to each of ours by itself. A metric whose
 * unit is seconds is given in microseconds and printed with its fraction. The registry is one of
 * the three allowed statics: a metric is made once and lives as long as the process; updates are
 * atomic. */
#ifndef CC_SYS_METRIC_H
#define CC_SYS_METRIC_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/str.h"

enum metric_type { METRIC_COUNTER, METRIC_GAUGE, METRIC_HISTOGRAM };

enum metric_id {
    METRIC_BUILD_INFO,
    METRIC_EVENTS_CONSUMED,
    METRIC_EVENTS_PRODUCED,
    METRIC_EVENTS_DLQ,
    METRIC_EVENTS_REJECTED,
    METRIC_HANDLE_SECONDS,
    METRIC_COMMIT_SECONDS,
    METRIC_EVENT_AGE_SECONDS,
    METRIC_BATCH_EVENTS,
    METRIC_BATCH_RETRIES,
    METRIC_TXN,
    METRIC_TXN_REINIT,
    METRIC_CONSUMER_LAG,
    METRIC_BROKER_UP,
    METRIC_REBALANCES,
    METRIC_ASSIGNED_PARTITIONS,
    METRIC_ARENA_BYTES_PEAK,
    METRIC_STATE_SKIPPED,
    METRIC_TABLE_VERSION_INFO,
    METRIC_TABLE_AGE_SECONDS,
    METRIC_TABLES_STALE_SECONDS,
    METRIC_TABLE_RELOAD,
    METRIC_PUBLISH_SECONDS,
    METRIC_SPANS,
    METRIC_CODER_QUALITY,
    METRIC_VALIDATOR_REPEATS,
    METRIC_INTERCHANGES,
    METRIC_CLAIMS_BATCHED,
    METRIC_BUILD_IGNORED,
    METRIC_FILES_SENT,
    METRIC_ROUTE_TRIES,
    METRIC_ROUTE_FILES_WAITING,
    METRIC_ROUTE_OPEN,
    METRIC_REMITTANCES_PARKED,
    METRIC_REMITTANCE_CONFLICTS,
    METRIC_INTAKE_HTTP,
    METRIC_INTAKE_CLAIMS,
    METRIC_INTAKE_REPEATS,
    METRIC_MLLP,
    METRIC_MLLP_CONNECTIONS,
    METRIC_PROCESS_CPU,
    METRIC_PROCESS_RESIDENT,
    METRIC_PROCESS_VIRTUAL,
    METRIC_PROCESS_OPEN_FDS,
    METRIC_PROCESS_MAX_FDS,
    METRIC_PROCESS_START,
    METRIC_PROCESS_THREADS,
    METRIC_MAX
};

struct metric_row {
    const char *name;
    enum metric_type type;
    const char *unit;   /* "seconds", "bytes", "" = a number */
    const char *labels; /* their names, "topic,partition" */
    const char *of;     /* who has it: "all", "bus" (uses Kafka), "loop" (consumes), "source",
                           "state", "tables", or the one program's name */
    const char *help;
};

extern const struct metric_row metric_rows[METRIC_MAX];

struct metric;

/* The metric of this row and these labels (`topic="encounters"`, or ""), made at the first call.
 * Never NULL: when memory is out, a spare one that is not printed. */
struct metric *metric_get(enum metric_id id, const char *labels);
/* The same of a row with one label. */
struct metric *metric_with(enum metric_id id, const char *label, const char *value);

void metric_stage(const char *name); /* the label `stage` of all of ours; once at start */

void metric_add(struct metric *m, int64_t n);  /* counter, gauge */
void metric_set(struct metric *m, int64_t v);  /* gauge; also a counter that the system keeps */
void metric_most(struct metric *m, int64_t v); /* gauge: the largest so far */
void metric_observe_us(struct metric *m, int64_t us); /* histogram */
int64_t metric_value(const struct metric *m);
void metric_print(struct buf *out);

#endif
