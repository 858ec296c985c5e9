/* evaluate.c - is it time to code an encounter? Fold, decide, wait or code */
#include <string.h>

#include "common/base/date.h"
#include "common/claim/stay.h"
#include "services/coder/room.h"

/* wait_until - the encounter's one timer */
static int wait_until(struct room *r, const CcEncounterState *s, int64_t at_ms, struct err *e)
{
    const char *key = room_key(r, s->encounter);

    if (!key)
        return err_set(e, ERR_REJECT, "size", "out of the message's memory");
    return svc_timer_set(r->x, key, at_ms, e);
}

/* stop_waiting - no timer */
static int stop_waiting(struct room *r, const CcEncounterState *s, struct err *e)
{
    const char *key = room_key(r, s->encounter);

    return key ? svc_timer_clear(r->x, key, e)
               : err_set(e, ERR_REJECT, "size", "out of the message's memory");
}

/* too_early - takes an interim bill that the payer does not take yet out of the result; the first
 * day that it does, 0: none is early. A stay that ends before is billed as one that ended. */
static int32_t too_early(CcCodingResult *result, int32_t today)
{
    int32_t until = 0;
    size_t n = 0;

    for (size_t i = 0; i < result->n_claims; i++) {
        int32_t from = claim_interim_from(result->claims[i]);

        if (from > today)
            until = from;
        else
            result->claims[n++] = result->claims[i];
    }
    result->n_claims = n;
    return until;
}

/* hold_interim - until its day, and the encounter says so */
static int hold_interim(struct room *r, const CcEncounterState *s, int32_t until, struct err *e)
{
    char day[DATE_TEXT];
    const char *why = arena_printf(r->a, "an interim bill before the %dth day of the stay, %s",
                                   CLAIM_INTERIM_DAYS, date_text(until, day));

    if (!why)
        return room_no_memory(e);
    if (wait_until(r, s, ms_of(until, 0, 0, 0, 0, 0), e) != 0)
        return -1;
    return room_say(r, s, CLAIM_STATE_DRAFT, "interim_early", why, "the day, or the discharge", e);
}

/* code - now, and publish what differs */
static int code(struct room *r, CcEncounterState *s, const struct coder_visit *v, struct err *e)
{
    CcCodingResult *result;
    int32_t until;

    if (stop_waiting(r, s, e) != 0 ||
        coder_code(r->a, svc_tables(r->x), room_desk(r)->shelf, v, &result, e) != 0)
        return -1;
    until = too_early(result, date_of_ms(svc_now_ms(r->x), 0));
    if (room_publish(r, s, result, e) != 0)
        return -1;
    return until ? hold_interim(r, s, until, e) : 0;
}

/* payer_of - of the first coverage, for the hold */
static const char *payer_of(const CcEncounter *enc)
{
    return enc->n_coverages ? enc->coverages[0]->payer : "";
}

/* hold - a visit that is over waits for what is still to come; one that is not waits to be over */
static int hold(struct room *r, CcEncounterState *s, const struct coder_visit *v, struct err *e)
{
    const struct conf *c = svc_conf(r->x);
    int64_t now = svc_now_ms(r->x);

    if (!v->finished) {
        s->ready_ms = 0;
        return wait_until(r, s, now + conf_number(c, "OPEN_LIMIT_MS"), e);
    }
    s->ready_ms = now + hold_ms(room_desk(r)->hold, v->folded->visit->class_, payer_of(v->folded));
    return wait_until(r, s, s->ready_ms, e);
}

/* is_here - the patient's entry holds this event */
static bool is_here(const struct room *r, const char *event_id)
{
    for (size_t i = 0; i < r->entry->n_events; i++)
        if (strcmp(r->entry->events[i]->event_id, event_id) == 0)
            return true;
    return false;
}

/* promised - something of the same message or of a merge is still to come: what the other key's
 * worker made, or the merge itself, which may be slower than what it set in motion */
static bool promised(const struct room *r, const CcEncounterState *s, const struct coder_visit *v)
{
    for (size_t i = 0; i < s->n_awaited; i++)
        if (!is_here(r, s->awaited[i]))
            return true;
    return r->entry->n_awaited || v->waits[0];
}

/* cancel - nothing is billed, and the encounter says so once */
static int cancel(struct room *r, CcEncounterState *s, struct err *e)
{
    static const char why[] = "the visit was cancelled";
    bool first = !s->cancelled;

    s->cancelled = true;
    if (stop_waiting(r, s, e) != 0 || room_void_all(r, s, why, e) != 0)
        return -1;
    return first ? room_say(r, s, CLAIM_STATE_CLOSED, "cancelled", why, "", e) : 0;
}

/* decide - by what is known of the visit */
static int decide(struct room *r, CcEncounterState *s, const struct coder_visit *v, bool due,
                  struct err *e)
{
    int64_t now = svc_now_ms(r->x);

    if (promised(r, s, v) && !due)
        return wait_until(r, s, now + conf_number(svc_conf(r->x), "PROMISE_WAIT_MS"), e);
    if (v->cancelled)
        return cancel(r, s, e);
    s->cancelled = false;
    if (v->ready) {
        s->ready_ms = now;
        return code(r, s, v, e);
    }
    if (due && (!v->finished || s->ready_ms <= now))
        return code(r, s, v, e);
    return hold(r, s, v, e);
}

/* room_evaluate - fold and decide; the state is saved */
int room_evaluate(struct room *r, CcEncounterState *s, bool due, struct err *e)
{
    struct coder_visit v;

    if (coder_fold(r->a, s->events, s->n_events, r->entry->events, r->entry->n_events, &v, e) != 0)
        return -1;
    v.folded->encounter = s->encounter;
    v.folded->patient_key = s->patient_key;
    v.answers = s->answers;
    v.n_answers = s->n_answers;
    if (room_earlier(r, s, &v, e) != 0)
        return -1;
    if (s->n_events && decide(r, s, &v, due, e) != 0)
        return -1;
    return room_save(r, s, e);
}

/* room_look_again - see room.h */
int room_look_again(struct room *r, const char *encounter, struct err *e)
{
    const char *key = arena_printf(r->a, "%s/%s" ROOM_LOOK_AGAIN, r->patient, encounter);

    return key ? svc_timer_set(r->x, key, svc_now_ms(r->x), e) : room_no_memory(e);
}

/* room_evaluate_all - after news of the patient: the first few now, the others by a timer that is
 * due at once, so that no message needs the memory of hundreds */
int room_evaluate_all(struct room *r, struct err *e)
{
    for (size_t i = 0; i < r->entry->n_encounters; i++) {
        CcEncounterState *s;

        if (i >= ROOM_AT_ONCE) {
            if (room_look_again(r, r->entry->encounters[i], e) != 0)
                return -1;
            continue;
        }
        if (room_load(r, r->entry->encounters[i], &s, e) < 0 || room_evaluate(r, s, false, e) != 0)
            return -1;
    }
    return 0;
}
