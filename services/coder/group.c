/* group.c - the encounters that a list of events tells of: what the worker's state does over time,
 * done at once for a file */
#include "services/coder/coder.h"

#include <string.h>

#include "common/base/str.h"

enum { MOST_HOPS = 16 };

struct grouping {
    struct arena *a;
    CcEncounter *const *events;
    size_t n;
    struct coder_group *groups;
    const char **patients; /* of each group */
    size_t count;
};

/* in - is the word in the list? */
static bool in(const char *word, char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i], word) == 0)
            return true;
    return false;
}

/* ends_into - where a key goes by the last merge that ends it; NULL: it stays */
static const char *ends_into(const struct grouping *g, const char *key, bool patient)
{
    const char *to = NULL;

    for (size_t i = 0; i < g->n; i++) {
        const CcEncounter *e = g->events[i];

        if (e->event != EVENT_KIND_MERGE)
            continue;
        if (patient && in(key, e->merged_patients, e->n_merged_patients))
            to = e->patient_key;
        if (!patient && e->encounter[0] && in(key, e->merged, e->n_merged))
            to = e->encounter;
        if (to && strcmp(to, key) == 0)
            to = NULL;
    }
    return to;
}

/* stays - the key that is left after all merges */
static const char *stays(const struct grouping *g, const char *key, bool patient)
{
    for (int hop = 0; hop < MOST_HOPS; hop++) {
        const char *to = ends_into(g, key, patient);

        if (!to)
            break;
        key = to;
    }
    return key;
}

/* is_news - an event of no encounter that says something of the patient */
static bool is_news(const CcEncounter *e)
{
    if (e->encounter[0] && e->event != EVENT_KIND_MERGE)
        return false;
    return e->patient_key[0] && (e->patient || e->n_coverages || e->n_providers);
}

/* is_care - an event of an encounter that a claim could need */
static bool is_care(const CcEncounter *e)
{
    return e->encounter[0] && e->event != EVENT_KIND_NONE && e->event != EVENT_KIND_MERGE &&
           e->event != EVENT_KIND_REST;
}

/* find_group - of an encounter, a new one at its first event */
static struct coder_group *find_group(struct grouping *g, const CcEncounter *e)
{
    const char *id = stays(g, e->encounter, false);
    struct coder_group *x;

    for (size_t i = 0; i < g->count; i++)
        if (strcmp(g->groups[i].encounter, id) == 0)
            return &g->groups[i];
    x = &g->groups[g->count];
    g->patients[g->count++] = stays(g, e->patient_key, true);
    x->encounter = id;
    x->source = e->source;
    return x;
}

/* add - to one of the two lists of a group */
static bool add(struct arena *a, CcEncounter ***list, size_t *n, CcEncounter *e)
{
    CcEncounter **grown = arena_grow(a, *list, *n, sizeof(*grown));

    if (!grown)
        return false;
    grown[(*n)++] = e;
    *list = grown;
    return true;
}

/* add_news - to every encounter of the patient */
static bool add_news(struct grouping *g, CcEncounter *e)
{
    const char *patient = stays(g, e->patient_key, true);

    for (size_t i = 0; i < g->count; i++)
        if (strcmp(g->patients[i], patient) == 0 &&
            !add(g->a, &g->groups[i].of_patient, &g->groups[i].m, e))
            return false;
    return true;
}

/* coder_group_events - care first, so that news reach the encounters before and after them */
int coder_group_events(struct arena *a, CcEncounter *const *events, size_t n,
                       struct coder_group **out, size_t *count, struct err *e)
{
    struct grouping g = {a,
                         events,
                         n,
                         arena_array(a, n + 1, sizeof(*g.groups)),
                         arena_array(a, n + 1, sizeof(*g.patients)),
                         0};
    bool ok = g.groups && g.patients;

    for (size_t i = 0; i < n && ok; i++)
        if (is_care(events[i])) {
            struct coder_group *x = find_group(&g, events[i]);

            ok = add(a, &x->events, &x->n, events[i]);
        }
    for (size_t i = 0; i < n && ok; i++)
        if (is_news(events[i]))
            ok = add_news(&g, events[i]);
    if (!ok)
        return err_set(e, ERR_REJECT, "size", "more encounters than memory holds");
    *out = g.groups;
    *count = g.count;
    return 0;
}
