/* say.c - what the worker says beside the claims: the encounter's own line in claims.status, its
 * questions in work.review, and what became of people's decisions */
#include <string.h>

#include "services/coder/room.h"

/* say - the encounter's own line among the claims: what it waits for, or that nothing comes */
static int say(struct room *r, const CcEncounterState *s, CcClaimState state, const char *event,
               const char *reason, const char *next, bool refused, struct err *e)
{
    CcClaimStatus *st = event_new(r->a, &cc_claim_status__descriptor);

    if (!st)
        return room_no_memory(e);
    st->state = state;
    st->refused = refused;
    st->from_state = state == CLAIM_STATE_REVIEW ? CLAIM_STATE_DRAFT : CLAIM_STATE_UNKNOWN;
    st->step = arena_strdup(r->a, "coder");
    st->event = arena_strdup(r->a, event);
    st->reason = arena_strdup(r->a, reason);
    st->next = arena_strdup(r->a, next);
    st->at_ms = svc_now_ms(r->x);
    st->encounter = s->encounter;
    st->patient_key = s->patient_key;
    if (arena_exhausted(r->a))
        return room_no_memory(e);
    return svc_emit(r->x, TOPIC_CLAIMS_STATUS, s->encounter, &st->base, e);
}

/* room_say - see room.h */
int room_say(struct room *r, const CcEncounterState *s, CcClaimState state, const char *event,
             const char *reason, const char *next, struct err *e)
{
    return say(r, s, state, event, reason, next, false, e);
}

/* room_note - see room.h */
int room_note(struct room *r, const CcEncounterState *s, const char *event, const char *reason,
              bool refused, struct err *e)
{
    bool open = s->n_review_ids > 0;

    return say(r, s, open ? CLAIM_STATE_REVIEW : CLAIM_STATE_CLOSED, event, reason,
               open ? "a person decides" : "", refused, e);
}

/* say_review - a question is open, with the first one's reason, or none is any more */
static int say_review(struct room *r, const CcEncounterState *s, const CcCodingResult *result,
                      struct err *e)
{
    const CcReviewItem *first = result->n_review ? result->review[0] : NULL;
    const char *why = "a question is open in work.review";

    if (s->n_review_ids == 0)
        return room_say(r, s, CLAIM_STATE_CLOSED, "answered", "", "", e);
    if (first)
        why = arena_printf(r->a, "%s: %s", first->reason, first->question);
    return room_say(r, s, CLAIM_STATE_REVIEW, "question", why ? why : "", "a person decides", e);
}

/* answer_to - a person's word on a question; NULL: the record answered it */
static CcReviewAnswer *answer_to(const CcEncounterState *s, const char *review_id)
{
    for (size_t i = 0; i < s->n_answers; i++)
        if (strcmp(s->answers[i]->review_id, review_id) == 0)
            return s->answers[i];
    return NULL;
}

/* emit_done - a question that the record, or a person, has answered since */
static int emit_done(struct room *r, const CcEncounterState *s, char *review_id, struct err *e)
{
    CcReviewItem *item = event_new(r->a, &cc_review_item__descriptor);

    if (!item)
        return room_no_memory(e);
    item->review_id = review_id;
    item->encounter = s->encounter;
    item->patient_key = s->patient_key;
    item->stage = arena_strdup(r->a, "coder");
    item->state = arena_strdup(r->a, "done");
    item->created_ms = svc_now_ms(r->x);
    item->answer = answer_to(s, review_id);
    if (arena_exhausted(r->a))
        return room_no_memory(e);
    return svc_emit(r->x, TOPIC_WORK_REVIEW, s->encounter, &item->base, e);
}

/* asked - does the result still ask this? */
static bool asked(const CcCodingResult *result, const char *review_id)
{
    for (size_t i = 0; i < result->n_review; i++)
        if (strcmp(result->review[i]->review_id, review_id) == 0)
            return true;
    return false;
}

/* publish_review - new questions go out, answered ones are closed */
static int publish_review(struct room *r, CcEncounterState *s, const CcCodingResult *result,
                          struct err *e)
{
    for (size_t i = s->n_review_ids; i-- > 0;)
        if (!asked(result, s->review_ids[i])) {
            if (emit_done(r, s, s->review_ids[i], e) != 0)
                return -1;
            room_list_drop(s->review_ids, &s->n_review_ids, s->review_ids[i]);
        }
    for (size_t i = 0; i < result->n_review; i++) {
        CcReviewItem *item = result->review[i];

        if (room_list_has(s->review_ids, s->n_review_ids, item->review_id))
            continue;
        item->created_ms = svc_now_ms(r->x);
        item->version = s->version;
        if (!event_push(r->a, s, review_ids, item->review_id))
            return room_no_memory(e);
        if (svc_emit(r->x, TOPIC_WORK_REVIEW, s->encounter, &item->base, e) != 0)
            return -1;
    }
    return 0;
}

/* drop_answers - decisions on questions that the record does not ask any more: told, and forgotten
 */
static int drop_answers(struct room *r, CcEncounterState *s, const CcCodingResult *result,
                        struct err *e)
{
    size_t kept = 0;

    for (size_t i = 0; i < s->n_answers; i++) {
        const char *id = s->answers[i]->review_id, *text;

        if (room_list_has(result->answered, result->n_answered, id)) {
            s->answers[kept++] = s->answers[i];
            continue;
        }
        text = arena_printf(r->a,
                            "the decision on question %s applies no more: the record as it is now "
                            "does not ask it",
                            id);
        if (!text)
            return room_no_memory(e);
        if (room_note(r, s, "decision_dropped", text, false, e) != 0)
            return -1;
    }
    s->n_answers = kept;
    return 0;
}

/* room_questions - see room.h */
int room_questions(struct room *r, CcEncounterState *s, const CcCodingResult *result, struct err *e)
{
    bool was_open = s->n_review_ids > 0;

    if (publish_review(r, s, result, e) != 0 || drop_answers(r, s, result, e) != 0)
        return -1;
    return was_open == (s->n_review_ids > 0) ? 0 : say_review(r, s, result, e);
}
