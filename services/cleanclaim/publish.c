/* publish.c - what intake made of a message to the broker, as the intake worker does it */
#include "services/cleanclaim/live.h"

#include <string.h>

enum { PUBLISH_MS = 30000 };

/* record_of - a message as a record */
static int record_of(struct arena *a, enum topic topic, const char *key, const char *ce_id,
                     int64_t time_ms, const ProtobufCMessage *m, struct bus_record *out,
                     struct err *e)
{
    uint8_t *bytes;

    memset(out, 0, sizeof(*out));
    if (event_pack(a, m, &bytes, &out->value_len, e) != 0)
        return -1;
    out->topic = topic;
    out->partition = -1;
    out->key = key;
    out->key_len = strlen(key);
    out->value = bytes;
    str_copy(out->headers.ce_id, sizeof(out->headers.ce_id), ce_id);
    str_copy(out->headers.ce_type, sizeof(out->headers.ce_type), m->descriptor->name);
    str_copy(out->headers.ce_source, sizeof(out->headers.ce_source), "cleanclaim");
    out->headers.ce_time_ms = time_ms;
    return 0;
}

/* fill - one record of an event */
static int fill(struct arena *a, const struct intake_record *in, struct bus_record *out,
                struct err *e)
{
    return record_of(a, TOPIC_ENCOUNTERS, in->key, in->ce_id, in->event->received_ms,
                     &in->event->base, out, e);
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

/* live_claims - see live.h */
int live_claims(void *publisher, struct arena *a, struct intake_claim *const *list, size_t n,
                struct err *e)
{
    struct bus_record *out = arena_array(a, n + 1, sizeof(*out));

    if (!out)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    for (size_t i = 0; i < n; i++)
        if (record_of(a, TOPIC_CLAIMS_CODED, list[i]->key, list[i]->event_id,
                      list[i]->claim->created_ms, &list[i]->claim->base, &out[i], e) != 0)
            return -1;
    return n ? bus_publish(publisher, out, n, PUBLISH_MS, e) : 0;
}
