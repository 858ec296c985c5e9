/* settings.c - what every worker can be told */
#include "common/svc/svc.h"

const struct conf_row svc_settings[] = {
    {"HTTP_ADDRESS", CONF_TEXT, "127.0.0.1", 0, 0, NULL,
     "IPv4 address of /healthz, /readyz and /metrics; 0.0.0.0 in a container"},
    {"HTTP_PORT", CONF_NUMBER, "0", -1, 65535, NULL, "their port; 0: a free one, logged; -1: none"},
    {"LOG_LEVEL", CONF_WORD, "info", 0, 0, "debug info warn error", "least level that is logged"},
    {"LOG_FORMAT", CONF_WORD, "text", 0, 0, "text json", "key=value or JSON lines on stderr"},
    {"STATE_DIR", CONF_TEXT, "", 0, 0, NULL,
     "folder of the local copy of what the worker remembers; empty: a temporary one, read from the "
     "topic at each start"},
    {"BATCH_RECORDS", CONF_NUMBER, "2000", 1, 100000, NULL, "a batch ends at this many records"},
    {"BATCH_BYTES", CONF_NUMBER, "8388608", 1024, 268435456, NULL, "or this many bytes"},
    {"BATCH_MS", CONF_NUMBER, "100", 1, 5000, NULL, "or this age in milliseconds"},
    {"BATCH_DRY_MS", CONF_NUMBER, "10", 1, 5000, NULL,
     "or when no message has come for so many milliseconds, or for half of what a commit takes"},
    {"RETRY_MAX_MS", CONF_NUMBER, "5000", 100, 60000, NULL,
     "longest pause before a failed batch is tried again"},
    {"TABLES_POLL_MS", CONF_NUMBER, "5000", 100, 600000, NULL,
     "how often the tables' epoch is looked up"},
    {"OTEL_EXPORTER_OTLP_ENDPOINT", CONF_TEXT, "", 0, 0, NULL,
     "address of an OpenTelemetry collector (OTLP over HTTP, JSON), http://HOST:4318: the steps of "
     "each trace go there; empty: nowhere"},
    {"TRACE_SAMPLE_PER_MILLE", CONF_NUMBER, "1000", 0, 1000, NULL,
     "of traces that begin here, those that are marked as sampled; what comes with a traceparent "
     "keeps its mark"},
    {"PUBLISH_TIMEOUT_MS", CONF_NUMBER, "10000", 100, 120000, NULL,
     "how long a source waits for the broker to hold its events"},
    {NULL, CONF_TEXT, NULL, 0, 0, NULL, NULL},
};
