/* room.c - state of a patient and of an encounter: load, add, save within bounds */
#include "services/coder/room.h"

#include <string.h>

#include "common/base/str.h"

/* room_no_memory - of the message's arena */
int room_no_memory(struct err *e)
{
    return err_set(e, ERR_REJECT, "size", "the encounter needs more memory than a message may");
}

/* room_desk - see room.h */
const struct desk *room_desk(const struct room *r)
{
    return svc_user(r->x);
}

/* load - one state, or a new one */
static int load(struct room *r, const char *key, CcEncounterState **out, struct err *e)
{
    ProtobufCMessage *m;
    int found = svc_get(r->x, key, &cc_encounter_state__descriptor, &m, e);

    if (found < 0)
        return -1;
    *out = found ? (CcEncounterState *)(void *)m : event_new(r->a, &cc_encounter_state__descriptor);
    if (!*out)
        return room_no_memory(e);
    return found;
}

/* room_open - the patient's entry */
int room_open(struct room *r, struct svc_ctx *x, const char *patient, struct err *e)
{
    *r = (struct room){.x = x, .a = svc_arena(x), .patient = patient};
    if (load(r, patient, &r->entry, e) < 0)
        return -1;
    r->entry->patient_key = arena_strdup(r->a, patient);
    return r->entry->patient_key ? 0 : room_no_memory(e);
}

/* room_save_entry - back */
int room_save_entry(struct room *r, struct err *e)
{
    return svc_put(r->x, r->patient, &r->entry->base, e);
}

/* room_key - of an encounter */
const char *room_key(struct room *r, const char *encounter)
{
    return arena_printf(r->a, "%s/%s", r->patient, encounter);
}

/* room_list_has - is the word in the list? */
bool room_list_has(char *const *list, size_t n, const char *word)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i], word) == 0)
            return true;
    return false;
}

/* room_list_drop - true: it was there */
bool room_list_drop(char **list, size_t *n, const char *word)
{
    for (size_t i = 0; i < *n; i++)
        if (strcmp(list[i], word) == 0) {
            memmove(&list[i], &list[i + 1], (*n - i - 1) * sizeof(*list));
            (*n)--;
            return true;
        }
    return false;
}

/* enter - the encounter in the patient's list */
static bool enter(struct room *r, CcEncounterState *s, const char *encounter)
{
    s->encounter = arena_strdup(r->a, encounter);
    s->patient_key = arena_strdup(r->a, r->patient);
    if (!s->encounter || !s->patient_key)
        return false;
    return room_list_has(r->entry->encounters, r->entry->n_encounters, encounter) ||
           event_push(r->a, r->entry, encounters, s->encounter);
}

/* room_load - an encounter, entered in the patient's list */
int room_load(struct room *r, const char *encounter, CcEncounterState **out, struct err *e)
{
    const char *key = room_key(r, encounter);
    CcEncounterState *s = NULL;
    int found = key ? load(r, key, &s, e) : room_no_memory(e);

    if (found < 0)
        return -1;
    if (!s || !enter(r, s, encounter))
        return room_no_memory(e);
    *out = s;
    return found;
}

/* room_add_event - once by id */
int room_add_event(struct room *r, CcEncounterState *s, CcEncounter *ev, struct err *e)
{
    for (size_t i = 0; i < s->n_events; i++)
        if (strcmp(s->events[i]->event_id, ev->event_id) == 0)
            return 0;
    if (s == r->entry && s->n_events >= ROOM_NEWS_MAX) {
        memmove(&s->events[0], &s->events[1], (s->n_events - 1) * sizeof(*s->events));
        s->n_events--;
    }
    if (s->n_events >= ROOM_EVENTS_MAX)
        return err_set(e, ERR_REJECT, "bounds", "encounter: over %d events", ROOM_EVENTS_MAX);
    if (ev->event_ms > s->last_event_ms)
        s->last_event_ms = ev->event_ms;
    return event_push(r->a, s, events, ev) ? 0 : room_no_memory(e);
}

/* largest_text - the longest note text still held */
static CcDocument *largest_text(CcEncounterState *s)
{
    CcDocument *best = NULL;

    for (size_t i = 0; i < s->n_events; i++)
        for (size_t k = 0; k < s->events[i]->n_documents; k++) {
            CcDocument *d = s->events[i]->documents[k];

            if (d->text.len && (!best || d->text.len > best->text.len))
                best = d;
        }
    return best;
}

/* room_save - note texts over the bound are left out (their hash stays), the longest first; a state
 * without texts is not measured */
int room_save(struct room *r, CcEncounterState *s, struct err *e)
{
    const char *key = room_key(r, s->encounter);
    CcDocument *d;

    while ((d = largest_text(s)) && protobuf_c_message_get_packed_size(&s->base) > ROOM_BYTES_MAX)
        d->text = (ProtobufCBinaryData){0, NULL};
    return key ? svc_put(r->x, key, &s->base, e) : room_no_memory(e);
}
