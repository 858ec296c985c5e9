/* publish.c - the records of a result to the broker */
#include "services/intake/publish.h"

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
                                       &records[i].event->base};
    return n ? svc_publish(svc_ctx, a, events, n, e) : 0;
}
