/* publish.c - what intake made of a message to the broker, as the intake worker does it */
#include "services/cleanclaim/live.h"

#include <string.h>

enum { PUBLISH_MS = 30000 };

/* fill - one record of an event */
static int fill(struct arena *a, const struct intake_record *in, struct bus_record *out,
                struct err *e)
{
    uint8_t *bytes;

    memset(out, 0, sizeof(*out));
    if (event_pack(a, &in->event->base, &bytes, &out->value_len, e) != 0)
        return -1;
    out->topic = TOPIC_ENCOUNTERS;
    out->partition = -1;
    out->key = in->key;
    out->key_len = strlen(in->key);
    out->value = bytes;
    str_copy(out->headers.ce_id, sizeof(out->headers.ce_id), in->ce_id);
    str_copy(out->headers.ce_type, sizeof(out->headers.ce_type), in->event->base.descriptor->name);
    str_copy(out->headers.ce_source, sizeof(out->headers.ce_source), "cleanclaim");
    out->headers.ce_time_ms = in->event->received_ms;
    return 0;
}

/* records_most - of a result: each event, and once more for each patient key that ends */
static size_t records_most(const struct intake_result *r)
{
    size_t n = 0;

    for (size_t i = 0; i < r->n; i++)
        n += 1 + r->events[i]->n_merged_patients;
    return n;
}

/* live_publish - see live.h */
int live_publish(struct bus_publisher *bus, struct arena *a, const struct intake_result *r,
                 struct err *e)
{
    size_t most = records_most(r), n;
    struct intake_record *in = arena_array(a, most + 1, sizeof(*in));
    struct bus_record *out = arena_array(a, most + 1, sizeof(*out));

    if (!in || !out)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    n = intake_records(r, in, most);
    for (size_t i = 0; i < n; i++)
        if (fill(a, &in[i], &out[i], e) != 0)
            return -1;
    return n ? bus_publish(bus, out, n, PUBLISH_MS, e) : 0;
}
