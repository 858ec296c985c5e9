/* order.c - which coverage pays first, where senders leave it open or say it twice */
#include "services/intake/note.h"

/* twice - do two coverages say the same? *ref: of the second */
static bool twice(const CcEncounter *ev, const char **ref)
{
    for (size_t i = 0; i < ev->n_coverages; i++)
        for (size_t k = 0; k < i; k++)
            if (ev->coverages[i]->order == ev->coverages[k]->order) {
                *ref = ev->coverages[i]->ref;
                return true;
            }
    return false;
}

/* place_of - one more than the coverages before it, by order and position */
static uint32_t place_of(const CcEncounter *ev, size_t i)
{
    uint32_t place = 1;

    for (size_t k = 0; k < ev->n_coverages; k++)
        place += ev->coverages[k]->order < ev->coverages[i]->order ||
                 (ev->coverages[k]->order == ev->coverages[i]->order && k < i);
    return place;
}

/* note_orders - see note.h */
void note_orders(struct arena *a, CcEncounter *ev)
{
    uint32_t *places;
    const char *ref;

    if (ev->n_coverages > EVENT_MAX_REPEAT)
        return;
    for (size_t i = 0; i < ev->n_coverages; i++)
        if (ev->coverages[i]->order == 0)
            ev->coverages[i]->order = (uint32_t)i + 1;
    places = twice(ev, &ref) ? arena_array(a, ev->n_coverages, sizeof(*places)) : NULL;
    if (!places)
        return;
    note_problem(a, ev, NOTE_SEVERITY_NOTED, NOTE_ORDER, ref,
                 "two coverages with the same order; position decides");
    for (size_t i = 0; i < ev->n_coverages; i++)
        places[i] = place_of(ev, i);
    for (size_t i = 0; i < ev->n_coverages; i++)
        ev->coverages[i]->order = places[i];
}
