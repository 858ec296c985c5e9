/* merge.c - two records are one patient: encounters move to the key that stays
 *
 * Intake writes a merge under every key it names. Under a key that ends, this worker sends each
 * encounter's events to the key that stays (`hops` counts how often), behind them what it had made
 * of them, and at the end says that it is done. Under the key that stays, nothing is coded until
 * every key that ends has said so. What comes later under an ended key is sent on the same way. Two
 * workers may hold the two keys: what goes between them goes through the topic. */
#include <string.h>

#include "common/base/str.h"
#include "services/coder/room.h"

/* send_event - on to another key */
static int send_event(struct room *r, CcEncounter *ev, const char *to, struct err *e)
{
    if (ev->hops >= ROOM_HOPS_MAX)
        return err_set(e, ERR_REJECT, "merge-loop", "carried over %d merges", ROOM_HOPS_MAX);
    ev->hops++;
    ev->patient_key = arena_strdup(r->a, to);
    if (!ev->patient_key)
        return room_no_memory(e);
    return svc_emit(r->x, TOPIC_ENCOUNTERS, to, &ev->base, e);
}

/* send_move - behind the events: what was made of an encounter; without one: all is sent */
static int send_move(struct room *r, const char *merge_id, const CcEncounterState *s,
                     const char *encounter, const char *to, struct err *e)
{
    CcEncounter *ev = event_new(r->a, &cc_encounter__descriptor);
    CcEncounterMove *m = event_new(r->a, &cc_encounter_move__descriptor);

    if (!ev || !m)
        return room_no_memory(e);
    ev->event = EVENT_KIND_MERGE;
    ev->format = arena_strdup(r->a, "coder");
    ev->patient_key = arena_strdup(r->a, to);
    ev->encounter = arena_strdup(r->a, encounter);
    ev->event_id = arena_printf(r->a, "move-%s-%s-%s", merge_id, r->patient, encounter);
    ev->move = m;
    m->merge_id = arena_strdup(r->a, merge_id);
    m->from_patient = arena_strdup(r->a, r->patient);
    m->last = !*encounter;
    if (s) {
        m->made = s->made;
        m->n_made = s->n_made;
        m->review_ids = s->review_ids;
        m->n_review_ids = s->n_review_ids;
        m->quality_ids = s->quality_ids;
        m->n_quality_ids = s->n_quality_ids;
        m->answers = s->answers;
        m->n_answers = s->n_answers;
    }
    if (arena_exhausted(r->a))
        return room_no_memory(e);
    return svc_emit(r->x, TOPIC_ENCOUNTERS, to, &ev->base, e);
}

/* send_encounter - its events in order, then what was made of them; nothing stays here */
static int send_encounter(struct room *r, const char *merge_id, const char *encounter,
                          const char *to, struct err *e)
{
    CcEncounterState *s;
    const char *key = room_key(r, encounter);

    if (!key)
        return room_no_memory(e);
    if (room_load(r, encounter, &s, e) < 0)
        return -1;
    for (size_t i = 0; i < s->n_events; i++)
        if (send_event(r, s->events[i], to, e) != 0)
            return -1;
    if (send_move(r, merge_id, s, encounter, to, e) != 0 || svc_delete(r->x, key, e) != 0)
        return -1;
    return svc_timer_clear(r->x, key, e);
}

/* tell_ended - so that what was billed follows (the validator's history) */
static int tell_ended(struct room *r, struct err *e)
{
    CcDecision *d = event_new(r->a, &cc_decision__descriptor);

    if (!d || !(d->patient_key = arena_strdup(r->a, r->patient)))
        return room_no_memory(e);
    d->merged_into = r->entry->merged_into;
    d->merged_ms = r->entry->merged_ms;
    d->at_ms = svc_now_ms(r->x);
    return svc_emit(r->x, TOPIC_CLAIMS_DECISIONS, r->patient, &d->base, e);
}

/* end_here - the key in hand ends: all that it holds goes to the one that stays */
static int end_here(struct room *r, CcEncounter *ev, struct err *e)
{
    CcEncounterState *entry = r->entry;

    if (entry->merged_into[0] == '\0' || entry->merged_ms <= ev->event_ms) {
        entry->merged_into = arena_strdup(r->a, ev->patient_key);
        entry->merged_ms = ev->event_ms;
        if (!entry->merged_into)
            return room_no_memory(e);
    }
    for (size_t i = 0; i < entry->n_encounters; i++)
        if (send_encounter(r, ev->event_id, entry->encounters[i], entry->merged_into, e) != 0)
            return -1;
    for (size_t i = 0; i < entry->n_events; i++)
        if (send_event(r, entry->events[i], entry->merged_into, e) != 0)
            return -1;
    entry->n_encounters = entry->n_events = entry->n_awaited = entry->n_past = 0;
    if (send_move(r, ev->event_id, NULL, "", ev->patient_key, e) != 0 || tell_ended(r, e) != 0)
        return -1;
    return room_save_entry(r, e);
}

/* promise_of - what is awaited: this merge, from this key */
static char *promise_of(struct room *r, const char *merge_id, const char *from)
{
    return arena_printf(r->a, "%s/%s", merge_id, from);
}

/* await - every key that ends; one that was quicker than the merge itself has said so already */
static int await(struct room *r, const CcEncounter *ev, struct err *e)
{
    CcEncounterState *entry = r->entry;

    for (size_t i = 0; i < ev->n_merged_patients; i++) {
        char *promise = promise_of(r, ev->event_id, ev->merged_patients[i]);

        if (!promise)
            return room_no_memory(e);
        if (strcmp(ev->merged_patients[i], r->patient) == 0 ||
            room_list_drop(entry->arrived, &entry->n_arrived, promise) ||
            room_list_has(entry->awaited, entry->n_awaited, promise))
            continue;
        if (!event_push(r->a, entry, awaited, promise))
            return room_no_memory(e);
    }
    if (!entry->n_awaited)
        return 0;
    return svc_timer_set(r->x, r->patient,
                         svc_now_ms(r->x) + conf_number(svc_conf(r->x), "PROMISE_WAIT_MS"), e);
}

/* join_encounter - an encounter of this patient ends in another: events move, its claims are void
 */
static int join_encounter(struct room *r, const char *from, const char *into, struct err *e)
{
    CcEncounterState *old, *s;

    if (strcmp(from, into) == 0 || room_load(r, from, &old, e) < 0 || room_load(r, into, &s, e) < 0)
        return strcmp(from, into) == 0 ? 0 : -1;
    for (size_t i = 0; i < old->n_events; i++) {
        old->events[i]->hops++;
        old->events[i]->encounter = s->encounter;
        if (room_add_event(r, s, old->events[i], e) != 0)
            return -1;
    }
    old->n_events = 0;
    old->merged_into = s->encounter;
    if (room_void_all(r, old, "the encounter became part of another", e) != 0 ||
        room_save(r, old, e) != 0)
        return -1;
    return room_save(r, s, e);
}

/* stay_here - the key in hand is the one that stays */
static int stay_here(struct room *r, CcEncounter *ev, struct err *e)
{
    CcEncounterState *entry = r->entry;

    entry->merged_into = (char *)(uintptr_t) "";
    if (room_add_event(r, entry, ev, e) != 0 || await(r, ev, e) != 0)
        return -1;
    for (size_t i = 0; i < ev->n_merged && ev->encounter[0]; i++)
        if (ev->merged[i][0] == 'E' && join_encounter(r, ev->merged[i], ev->encounter, e) != 0)
            return -1;
    if (room_evaluate_all(r, e) != 0)
        return -1;
    return room_save_entry(r, e);
}

/* room_merge - under a key that ends, or under the one that stays */
int room_merge(struct room *r, CcEncounter *ev, struct err *e)
{
    bool ends = room_list_has(ev->merged_patients, ev->n_merged_patients, r->patient) &&
                strcmp(ev->patient_key, r->patient) != 0;

    if (ends)
        return end_here(r, ev, e);
    if (r->entry->merged_into[0] && r->entry->merged_ms > ev->event_ms)
        return room_forward(r, ev, e);
    return stay_here(r, ev, e);
}

/* take_made - what the other key's worker made of an encounter */
static int take_made(struct room *r, CcEncounterState *s, const CcEncounterMove *m, struct err *e)
{
    for (size_t i = 0; i < m->n_made; i++) {
        bool known = false;

        for (size_t k = 0; k < s->n_made && !known; k++) {
            known = strcmp(s->made[k]->claim_id, m->made[i]->claim_id) == 0;
            if (known && m->made[i]->version > s->made[k]->version)
                s->made[k] = m->made[i];
        }
        if (!known && !event_push(r->a, s, made, m->made[i]))
            return room_no_memory(e);
    }
    for (size_t i = 0; i < m->n_review_ids; i++)
        if (!room_list_has(s->review_ids, s->n_review_ids, m->review_ids[i]) &&
            !event_push(r->a, s, review_ids, m->review_ids[i]))
            return room_no_memory(e);
    for (size_t i = 0; i < m->n_quality_ids; i++)
        if (!event_push(r->a, s, quality_ids, m->quality_ids[i]))
            return room_no_memory(e);
    for (size_t i = 0; i < m->n_answers; i++)
        if (!event_push(r->a, s, answers, m->answers[i]))
            return room_no_memory(e);
    return 0;
}

/* all_sent - the other key's worker is done: remembered when it was quicker than the merge */
static int all_sent(struct room *r, const CcEncounterMove *m, struct err *e)
{
    CcEncounterState *entry = r->entry;
    char *promise = promise_of(r, m->merge_id, m->from_patient);

    if (!promise)
        return room_no_memory(e);
    if (!room_list_drop(entry->awaited, &entry->n_awaited, promise)) {
        if (entry->n_arrived >= ROOM_NEWS_MAX)
            room_list_drop(entry->arrived, &entry->n_arrived, entry->arrived[0]);
        if (!event_push(r->a, entry, arrived, promise))
            return room_no_memory(e);
    } else if (!entry->n_awaited && svc_timer_clear(r->x, r->patient, e) != 0) {
        return -1;
    }
    if (room_evaluate_all(r, e) != 0)
        return -1;
    return room_save_entry(r, e);
}

/* room_move_in - what another key's worker sends behind the events */
int room_move_in(struct room *r, CcEncounter *ev, struct err *e)
{
    CcEncounterState *s;

    if (r->entry->merged_into[0])
        return room_forward(r, ev, e);
    if (ev->move->last)
        return all_sent(r, ev->move, e);
    if (room_load(r, ev->encounter, &s, e) < 0 || take_made(r, s, ev->move, e) != 0)
        return -1;
    s->n_awaited = 0;
    if (ev->move->merge_id[0] && !event_push(r->a, s, awaited, ev->move->merge_id))
        return room_no_memory(e);
    if (room_evaluate(r, s, false, e) != 0)
        return -1;
    return room_save_entry(r, e);
}

/* send_nudge - behind one event that was sent on: nothing was made of it here */
static int send_nudge(struct room *r, const CcEncounter *ev, const char *to, struct err *e)
{
    return send_move(r, "", NULL, ev->encounter, to, e);
}

/* room_forward - to the key that stays; behind an event of an encounter, a nudge to code it */
int room_forward(struct room *r, CcEncounter *ev, struct err *e)
{
    const char *to = r->entry->merged_into;
    bool nudge = ev->encounter[0] && !ev->move;

    if (send_event(r, ev, to, e) != 0)
        return -1;
    return nudge ? send_nudge(r, ev, to, e) : 0;
}
