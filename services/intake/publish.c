/* publish.c - the records of a result to the broker */
#include "services/intake/publish.h"

#include <string.h>

#include "common/sys/log.h"
#include "common/svc/svc.h"

/* records_most - of a result: each event, and once more for each patient key that ends */
static size_t records_most(const struct intake_result *r)
{
    size_t n = 0;

    for (size_t i = 0; i < r->n; i++)
        n += 1 + r->events[i]->n_merged_patients;
    return n;
}

/* publish_to_broker - see publish.h */
int publish_to_broker(void *svc_ctx, struct arena *a, const struct intake_result *r, struct err *e)
{
    size_t most = records_most(r), n;
    struct intake_record *records = arena_array(a, most + 1, sizeof(*records));
    struct svc_event *events = arena_array(a, most + 1, sizeof(*events));

    if (!records || !events)
        return err_set(e, ERR_RETRY, "memory", "no memory for the records of a message");
    n = intake_records(r, records, most);
    for (size_t i = 0; i < n; i++)
        events[i] = (struct svc_event){TOPIC_ENCOUNTERS, records[i].key, records[i].ce_id,
                                       &records[i].event->base, r->input.traceparent};
    return n ? svc_publish(svc_ctx, a, events, n, e) : 0;
}

/* content_of - the media type of what came */
static const char *content_of(const char *format)
{
    return strcmp(format, "fhir") == 0 ? "application/fhir+json" : "x-application/hl7-v2+er7";
}

/* refuse_to_broker - see publish.h */
int refuse_to_broker(void *svc_ctx, const struct intake_result *r, struct err *e)
{
    const CcEncounter *ev = r->events[0];
    const CcIntakeProblem *why = ev->problems[0];
    const struct svc_refused m = {.topic = TOPIC_ENCOUNTERS,
                                  .id = ev->event_id,
                                  .format = ev->format,
                                  .content_type = content_of(ev->format),
                                  .reason = why->code,
                                  .text = why->message,
                                  .received_ms = r->input.received_ms,
                                  .bytes = r->input.bytes,
                                  .n = r->input.n};

    return svc_refuse(svc_ctx, &m, e);
}

/* refuse - see publish.h */
void refuse(const struct intake_out *out, const struct intake_result *r)
{
    struct err e = {0};

    if (out->refuse && r->input.n && out->refuse(out->arg, r, &e) != 0)
        log_err(LOG_WARN, "refused_not_kept", &e);
}

/* claims_to_broker - see publish.h */
int claims_to_broker(void *svc_ctx, struct arena *a, struct intake_claim *const *list, size_t n,
                     struct err *e)
{
    struct svc_event *events = arena_array(a, n + 1, sizeof(*events));

    if (!events)
        return err_set(e, ERR_RETRY, "memory", "no memory for the records of claims");
    for (size_t i = 0; i < n; i++)
        events[i] = (struct svc_event){TOPIC_CLAIMS_CODED, list[i]->key, list[i]->event_id,
                                       &list[i]->claim->base, list[i]->traceparent};
    return n ? svc_publish(svc_ctx, a, events, n, e) : 0;
}
