/* publish.c - what came of coding goes out: claims with their status, voids of what is no longer
 * billed, and what say.c says beside them. What goes out of a claim is decided in amend.c. */
#include <string.h>

#include "common/base/date.h"
#include "common/claim/destination.h"
#include "services/coder/adjust.h"
#include "services/coder/amend.h"

/* emit_status - one step of the claim's life */
static int emit_status(struct room *r, const CcClaim *c, CcClaimState state, const char *event,
                       const char *reason, struct err *e)
{
    CcClaimStatus *st = event_new(r->a, &cc_claim_status__descriptor);
    const CcClaimCoverage *to = claim_destination(c);

    if (!st)
        return room_no_memory(e);
    st->claim_id = c->claim_id;
    st->version = c->version;
    st->state = state;
    st->from_state = c->version > 1 ? CLAIM_STATE_UNKNOWN : CLAIM_STATE_DRAFT;
    st->step = arena_strdup(r->a, "coder");
    st->event = arena_strdup(r->a, event);
    st->reason = arena_strdup(r->a, reason);
    st->at_ms = svc_now_ms(r->x);
    st->encounter = c->encounter;
    st->patient_key = c->patient_key;
    st->account = c->account;
    st->kind = c->kind;
    if (to)
        st->payer_id = to->payer_id;
    st->receiver = c->receiver;
    st->charge_cents = c->charge_cents;
    st->filing_deadline_date = c->filing_deadline_date;
    st->tables = c->tables;
    st->n_tables = c->n_tables;
    st->next = arena_strdup(r->a, "validator");
    if (arena_exhausted(r->a))
        return room_no_memory(e);
    return svc_emit(r->x, TOPIC_CLAIMS_STATUS, c->claim_id, &st->base, e);
}

/* emit_claim - stamps the batch's clock, remembers the version, sends */
static int emit_claim(struct room *r, CcMadeClaim *m, CcClaim *c, struct err *e)
{
    uint8_t *bytes;
    size_t n;

    c->version = m->version + 1;
    c->created_ms = svc_now_ms(r->x);
    c->created_date = date_of_ms(c->created_ms, 0);
    if (event_pack(r->a, &c->base, &bytes, &n, e) != 0)
        return -1;
    m->version = c->version;
    m->claim = (ProtobufCBinaryData){n, bytes};
    return svc_emit(r->x, TOPIC_CLAIMS_CODED, r->patient, &c->base, e);
}

/* room_emit - see amend.h */
int room_emit(struct room *r, CcMadeClaim *m, CcClaim *c, CcClaimState state, const char *event,
              const char *reason, struct err *e)
{
    return emit_claim(r, m, c, e) != 0 ? -1 : emit_status(r, c, state, event, reason, e);
}

/* is_in - is the claim among those of the result, under the number that it goes out with? */
static bool is_in(const CcCodingResult *result, const CcMadeClaim *m)
{
    for (size_t i = 0; i < result->n_claims; i++)
        if (strcmp(result->claims[i]->claim_id, m->claim_id) == 0)
            return true;
    return false;
}

/* is_wanted - by the record as it is now; a late-charge bill as long as its claim needs it */
static bool is_wanted(const CcEncounterState *s, const CcCodingResult *result, const CcMadeClaim *m)
{
    const CcMadeClaim *whole = m;

    for (size_t i = 0; i < s->n_made && m->adds_to[0]; i++)
        if (strcmp(s->made[i]->claim_id, m->adds_to) == 0)
            whole = s->made[i];
    return is_in(result, whole) && (whole == m || (!whole->voided && whole->billed.len));
}

/* void_gone - claims that the record no longer supports */
static int void_gone(struct room *r, CcEncounterState *s, const CcCodingResult *result,
                     const char *why, struct err *e)
{
    for (size_t i = 0; i < s->n_made; i++)
        if (!s->made[i]->voided && !is_wanted(s, result, s->made[i]) &&
            amend_void(r, s, s->made[i], why, e) != 0)
            return -1;
    return 0;
}

/* room_publish - claims, voids, questions, and the encounter's line when that changed */
int room_publish(struct room *r, CcEncounterState *s, const CcCodingResult *result, struct err *e)
{
    for (size_t i = 0; i < result->n_claims; i++)
        if (amend_claim(r, s, result->claims[i], e) != 0)
            return -1;
    if (!result->open_question &&
        void_gone(r, s, result, "the record no longer supports this claim", e) != 0)
        return -1;
    return room_operations(r, s, result, e) != 0 ? -1 : room_questions(r, s, result, e);
}

/* room_void_all - nothing of the visit is billed; its questions are settled */
int room_void_all(struct room *r, CcEncounterState *s, const char *why, struct err *e)
{
    CcCodingResult *nothing = event_new(r->a, &cc_coding_result__descriptor);

    if (!nothing)
        return room_no_memory(e);
    for (size_t i = 0; i < s->n_answers; i++) /* a visit that comes back finds them again */
        if (!event_push(r->a, nothing, answered, s->answers[i]->review_id))
            return room_no_memory(e);
    if (void_gone(r, s, nothing, why, e) != 0)
        return -1;
    return room_publish(r, s, nothing, e);
}
