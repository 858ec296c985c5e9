/* order.c - the order in which events are folded (fold.h says why it is always the same) */
#include "services/coder/fold.h"

#include <string.h>

#include "common/base/str.h"

struct list {
    const char *name;
    size_t *at; /* indexes into the events, in this list's order */
    size_t n, next;
    int64_t reached_ms;
};

struct lists {
    struct list *list;
    size_t n;
};

/* fold_family - the first component of the type */
const char *fold_family(const CcEncounter *e, char *out)
{
    size_t n = strcspn(e->type, "^");

    if (n > 15)
        n = 15;
    memcpy(out, e->type, n);
    out[n] = '\0';
    return out;
}

/* fold_snapshot - ADT and BAR send whole sets (HL7 2.5.1 §2.10.4.1); FHIR resources and DFT add */
bool fold_snapshot(const CcEncounter *e)
{
    char family[16];

    fold_family(e, family);
    return strcmp(family, "ADT") == 0 || strcmp(family, "BAR") == 0;
}

/* list_name - what the sender's own order is kept within; every event has one: not formatted */
static const char *list_name(struct arena *a, const CcEncounter *e, bool of_patient)
{
    char family[16];
    const char *parts[] = {e->sender, e->facility, e->format,
                           strcmp(e->format, "hl7") == 0 ? fold_family(e, family) : "", "patient"};
    size_t n = of_patient ? 5 : 4, size = 0;
    char *name, *at;

    for (size_t i = 0; i < n; i++)
        size += strlen(parts[i]) + 1;
    at = name = arena_alloc(a, size);
    for (size_t i = 0; i < n && name; i++) {
        size_t length = strlen(parts[i]);

        memcpy(at, parts[i], length);
        at += length;
        *at++ = i + 1 < n ? '\x1f' : '\0';
    }
    return name;
}

/* is_strong - these speak for the visit */
static bool is_strong(const CcEncounter *e)
{
    switch (e->event) {
    case EVENT_KIND_CHARGES:
    case EVENT_KIND_DOCUMENT:
    case EVENT_KIND_RESULT:
    case EVENT_KIND_REST:
    case EVENT_KIND_NONE:
        return false;
    default:
        return true;
    }
}

/* is_known - the same event came before */
static bool is_known(const struct fold_event *events, size_t n, const CcEncounter *e)
{
    for (size_t i = 0; i < n; i++)
        if (e->event_id[0] && strcmp(events[i].event->event_id, e->event_id) == 0)
            return true;
    return false;
}

/* gather - both lists, without repeats */
static size_t gather(struct arena *a, struct fold_event *out, size_t count,
                     CcEncounter *const *events, size_t n, bool of_patient)
{
    for (size_t i = 0; i < n; i++) {
        if (is_known(out, count, events[i]))
            continue;
        out[count].event = events[i];
        out[count].list = list_name(a, events[i], of_patient);
        out[count].strong = is_strong(events[i]);
        out[count].of_patient = of_patient;
        count++;
    }
    return count;
}

/* find_list - by name; a new one where there is none */
static struct list *find_list(struct arena *a, struct lists *l, const char *name, size_t most)
{
    struct list *list;

    for (size_t i = 0; i < l->n; i++)
        if (strcmp(l->list[i].name, name) == 0)
            return &l->list[i];
    list = &l->list[l->n];
    list->name = name;
    list->at = arena_array(a, most, sizeof(*list->at));
    if (!list->at)
        return NULL;
    l->n++;
    return list;
}

/* most_hops - of all events */
static uint32_t most_hops(const struct fold_event *events, size_t n)
{
    uint32_t most = 0;

    for (size_t i = 0; i < n; i++)
        if (events[i].event->hops > most)
            most = events[i].event->hops;
    return most;
}

/* split - into lists; what a merge carried here was sent before what came here directly */
static bool split(struct arena *a, struct lists *l, const struct fold_event *events, size_t n)
{
    for (int64_t hops = most_hops(events, n); hops >= 0; hops--)
        for (size_t i = 0; i < n; i++) {
            struct list *list;

            if (events[i].event->hops != hops)
                continue;
            list = find_list(a, l, events[i].list, n);
            if (!list)
                return false;
            list->at[list->n++] = i;
        }
    return true;
}

/* head_ms - time of a list's next event: never before those that came before it */
static int64_t head_ms(const struct list *l, const struct fold_event *events)
{
    int64_t ms = events[l->at[l->next]].event->event_ms;

    return ms > l->reached_ms ? ms : l->reached_ms;
}

/* first_list - whose next event is the earliest; ties by name */
static struct list *first_list(struct lists *l, const struct fold_event *events)
{
    struct list *best = NULL;

    for (size_t i = 0; i < l->n; i++) {
        struct list *x = &l->list[i];
        int64_t ms, best_ms;

        if (x->next == x->n)
            continue;
        ms = head_ms(x, events);
        best_ms = best ? head_ms(best, events) : 0;
        if (!best || ms < best_ms || (ms == best_ms && strcmp(x->name, best->name) < 0))
            best = x;
    }
    return best;
}

/* fold_order - gather, split, merge */
struct fold_event *fold_order(struct arena *a, CcEncounter *const *events, size_t n,
                              CcEncounter *const *of_patient, size_t m, size_t *count)
{
    struct fold_event *all = arena_array(a, n + m + 1, sizeof(*all));
    struct fold_event *sorted = arena_array(a, n + m + 1, sizeof(*sorted));
    struct lists lists = {arena_array(a, n + m + 1, sizeof(struct list)), 0};
    struct list *l;
    size_t total, done = 0;

    if (!all || !sorted || !lists.list)
        return NULL;
    total = gather(a, all, 0, events, n, false);
    total = gather(a, all, total, of_patient, m, true);
    if (arena_exhausted(a) || !split(a, &lists, all, total))
        return NULL;
    while ((l = first_list(&lists, all))) {
        l->reached_ms = head_ms(l, all);
        sorted[done++] = all[l->at[l->next++]];
    }
    *count = done;
    return sorted;
}
