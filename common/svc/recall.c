/* recall.c - a table without chains: a newer timer takes the place of an older one */
#include "common/svc/recall.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "common/sys/trace.h"

enum { PLACES = 65536 };

struct place {
    uint64_t timer; /* hash of partition and name; 0: free */
    char traceparent[TRACE_TEXT];
};

struct recall {
    struct place places[PLACES];
};

/* hash - FNV-1a; a mistake would cost no more than a wrong line in a trace */
static uint64_t hash(int32_t partition, const char *timer)
{
    uint64_t h = 14695981039346656037u ^ (uint64_t)(uint32_t)partition;

    for (; *timer; timer++)
        h = (h ^ (unsigned char)*timer) * 1099511628211u;
    return h ? h : 1;
}

/* recall_new - empty */
struct recall *recall_new(void)
{
    return calloc(1, sizeof(struct recall));
}

/* recall_free - all of it */
void recall_free(struct recall *r)
{
    free(r);
}

/* recall_put - one */
void recall_put(struct recall *r, int32_t partition, const char *timer, const char *traceparent)
{
    uint64_t h = hash(partition, timer);
    struct place *p = r ? &r->places[h % PLACES] : NULL;

    if (p && str_copy(p->traceparent, sizeof(p->traceparent), traceparent))
        p->timer = h;
}

/* recall_get - one */
const char *recall_get(const struct recall *r, int32_t partition, const char *timer)
{
    uint64_t h = hash(partition, timer);
    const struct place *p = r ? &r->places[h % PLACES] : NULL;

    return p && p->timer == h ? p->traceparent : "";
}
