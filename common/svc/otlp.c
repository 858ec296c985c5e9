/* otlp.c - one resource, one scope, the spans of a lot
 *
 * Names of attributes are OpenTelemetry's for messaging. All values are our own words, digits and
 * numbers: nothing needs escaping, nothing says anything of a patient. */
#include "common/svc/otlp.h"

enum { KIND_INTERNAL = 1, KIND_PRODUCER = 4, KIND_CONSUMER = 5, STATUS_ERROR = 2 };

/* kind_of - what the span does */
static int kind_of(const struct step *s)
{
    return str_eq(s->does, "process")   ? KIND_CONSUMER
           : str_eq(s->does, "publish") ? KIND_PRODUCER
                                        : KIND_INTERNAL;
}

/* add_text - one attribute */
static void add_text(struct buf *out, const char *key, const char *value)
{
    buf_addf(out, "{\"key\":\"%s\",\"value\":{\"stringValue\":\"%s\"}}", key, value);
}

/* add_attributes - what is known of the record */
static void add_attributes(struct buf *out, const struct step *s)
{
    add_text(out, "messaging.system", "kafka");
    if (s->topic != TOPIC_NONE) {
        buf_addc(out, ',');
        add_text(out, "messaging.destination.name", topic_row(s->topic)->name);
    }
    if (s->partition >= 0)
        buf_addf(
            out,
            ",{\"key\":\"messaging.destination.partition.id\",\"value\":{\"stringValue\":\"%d\"}}",
            (int)s->partition);
    if (s->offset >= 0)
        buf_addf(out, ",{\"key\":\"messaging.kafka.offset\",\"value\":{\"intValue\":\"%lld\"}}",
                 (long long)s->offset);
    if (s->refused[0]) {
        buf_addc(out, ',');
        add_text(out, "error.type", s->refused);
    }
}

/* add_span - one */
static void add_span(struct buf *out, const struct step *s)
{
    buf_addf(out, "{\"traceId\":\"%s\",\"spanId\":\"%s\",", s->trace.id, s->trace.span);
    if (s->trace.parent[0])
        buf_addf(out, "\"parentSpanId\":\"%s\",", s->trace.parent);
    buf_addf(
        out,
        "\"name\":\"%s%s%s\",\"kind\":%d,\"startTimeUnixNano\":\"%lld000\",\"endTimeUnixNano\":"
        "\"%lld000\",\"attributes\":[",
        s->does, s->topic == TOPIC_NONE ? "" : " ",
        s->topic == TOPIC_NONE ? "" : topic_row(s->topic)->name, kind_of(s), (long long)s->start_us,
        (long long)s->end_us);
    add_attributes(out, s);
    buf_adds(out, "]");
    if (s->refused[0])
        buf_addf(out, ",\"status\":{\"code\":%d}", STATUS_ERROR);
    buf_adds(out, "}");
}

/* otlp_write - the whole request */
void otlp_write(struct buf *out, const char *stage, const struct step *spans, size_t n)
{
    buf_adds(out, "{\"resourceSpans\":[{\"resource\":{\"attributes\":[");
    add_text(out, "service.name", stage);
    buf_addc(out, ',');
    add_text(out, "service.namespace", "cleanclaim");
    buf_addc(out, ',');
    add_text(out, "service.version", CC_VERSION);
    buf_adds(out, "]},\"scopeSpans\":[{\"scope\":{\"name\":\"cleanclaim\"},\"spans\":[");
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_addc(out, ',');
        add_span(out, &spans[i]);
    }
    buf_adds(out, "]}]}]}");
}
