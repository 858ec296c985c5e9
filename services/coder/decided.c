/* decided.c - what people decided of an encounter's questions, and payers of its claims: kept with
 * the encounter, coded at once where something waits for it
 *
 * A person's decision is about a question that is open. One about another, or about an encounter
 * that is not here, is refused and said so; it never changes a claim. A payer's word is what
 * follow tells: that a version is in a file, and what the payer made of it. */
#include <string.h>

#include "services/coder/adjust.h"
#include "services/coder/quality.h"
#include "services/coder/work.h"

/* carry_on - to the key that the patient has now */
static int carry_on(struct room *r, CcDecision *d, struct err *e)
{
    if (d->hops >= ROOM_HOPS_MAX)
        return err_set(e, ERR_REJECT, "merge-loop", "carried over %d merges", ROOM_HOPS_MAX);
    d->hops++;
    d->patient_key = r->entry->merged_into;
    return svc_emit(r->x, TOPIC_CLAIMS_DECISIONS, d->patient_key, &d->base, e);
}

/* refuse - said on the encounter's line; nothing changes */
static int refuse(struct room *r, const CcEncounterState *s, const CcDecision *d, struct err *e)
{
    const char *text = arena_printf(
        r->a,
        "the decision on question %s is refused: it is not open here; it was answered already, or "
        "the record or the claim has changed since",
        d->answer->review_id);

    return text ? room_note(r, s, "decision", text, true, e) : room_no_memory(e);
}

/* forget_older - a person decides again: the last word counts */
static void forget_older(CcEncounterState *s, const char *review_id)
{
    size_t kept = 0;

    for (size_t i = 0; i < s->n_answers; i++)
        if (strcmp(s->answers[i]->review_id, review_id) != 0)
            s->answers[kept++] = s->answers[i];
    s->n_answers = kept;
}

/* still_open - the answer did not settle the question: who decided what is told */
static int still_open(struct room *r, const CcEncounterState *s, const CcReviewAnswer *answer,
                      struct err *e)
{
    const char *text;

    if (!room_list_has(s->review_ids, s->n_review_ids, answer->review_id))
        return 0;
    text =
        arena_printf(r->a, "question %s stays open: %s answered \"%s\", which leaves it as it is",
                     answer->review_id, answer->role, answer->choice);
    return text ? room_note(r, s, "decision", text, false, e) : room_no_memory(e);
}

/* take - the answer joins the encounter; while a hold runs it waits with it */
static int take(struct room *r, CcEncounterState *s, const CcDecision *d, struct err *e)
{
    forget_older(s, d->answer->review_id);
    if (strcmp(d->answer->choice, OPTION_AGAIN) != 0 && !event_push(r->a, s, answers, d->answer))
        return room_no_memory(e);
    if (s->ready_ms > svc_now_ms(r->x))
        return room_save(r, s, e);
    return room_evaluate(r, s, true, e) != 0 ? -1 : still_open(r, s, d->answer, e);
}

/* made_of - the claim that is spoken of; NULL: not of this encounter */
static CcMadeClaim *made_of(const CcEncounterState *s, const char *claim_id)
{
    for (size_t i = 0; i < s->n_made; i++)
        if (strcmp(s->made[i]->claim_id, claim_id) == 0)
            return s->made[i];
    return NULL;
}

/* is_newest - a decision on what the validator found is about the version that was made last */
static bool is_newest(const CcEncounterState *s, const CcDecision *d)
{
    const CcMadeClaim *m = made_of(s, d->claim_id);

    return m && !m->voided && m->version == d->version;
}

/* is_whole - names its question, who decides and why */
static int is_whole(const CcDecision *d, struct err *e)
{
    const CcReviewAnswer *a = d->answer;

    if (!d->encounter[0] || !a->review_id[0] || !a->role[0] || !a->why[0])
        return err_set(e, ERR_REJECT, "schema",
                       "Decision: an answer without encounter, question, role or reason");
    return 0;
}

/* answered - a person's word on a question of this patient's encounter */
static int answered(struct room *r, CcDecision *d, struct err *e)
{
    CcEncounterState none, *s = &none;

    if (is_whole(d, e) != 0)
        return -1;
    cc_encounter_state__init(&none);
    none.encounter = d->encounter;
    none.patient_key = d->patient_key;
    if (!room_list_has(r->entry->encounters, r->entry->n_encounters, d->encounter))
        return refuse(r, s, d, e);
    if (room_load(r, d->encounter, &s, e) < 0)
        return -1;
    if (room_list_has(s->quality_ids, s->n_quality_ids, d->answer->review_id))
        return quality_answered(r, s, d->answer, e);
    if (d->answer->place ? !is_newest(s, d)
                         : !room_list_has(s->review_ids, s->n_review_ids, d->answer->review_id))
        return refuse(r, s, d, e);
    if (take(r, s, d, e) != 0)
        return -1;
    return room_save_entry(r, e);
}

/* note_sent - a newer version is in a file than was known: that is what the payer has */
static void note_sent(CcMadeClaim *m, uint32_t version)
{
    if (version <= m->sent_version)
        return;
    if (adjust_standing(m) == STANDING_DECIDED)
        m->decided = m->sent_claim;
    m->sent_version = version;
    m->sent_claim = version == m->version || !m->previous.len ? m->claim : m->previous;
    m->previous = (ProtobufCBinaryData){0, NULL}; /* it is known now which one went out */
    m->unprocessable = false;
}

/* stands_again - a replacement or void was refused before adjudication: the payer still has what it
 * decided before. A person looks at the refusal; the same is not sent again by itself. */
static void stands_again(CcMadeClaim *m)
{
    m->sent_claim = m->decided;
    m->payer_state = CLAIM_STATE_CLOSED;
    m->refused = true;
    m->voided = false;
}

/* heard - the payer's word is remembered; true: what waits for it, or was made without knowing of
 * it, is to be looked at again */
static bool heard(CcMadeClaim *m, const CcDecision *d)
{
    bool behind;

    if (d->version < m->sent_version || d->version > m->version)
        return false;
    note_sent(m, d->version);
    behind = m->version > m->sent_version && !m->voided;
    m->payer_state = (uint32_t)d->payer_state;
    m->unprocessable = d->unprocessable;
    if (d->payer_claim[0])
        m->payer_claim = d->payer_claim;
    if (d->payer_state == CLAIM_STATE_REJECTED && m->decided.len)
        stands_again(m);
    return m->waits[0] || behind;
}

/* payer - what became of a claim of the encounter; nothing is coded unless something waits for it
 */
static int payer(struct room *r, const CcDecision *d, struct err *e)
{
    CcEncounterState *s;
    CcMadeClaim *m;

    if (!room_list_has(r->entry->encounters, r->entry->n_encounters, d->encounter))
        return 0;
    if (room_load(r, d->encounter, &s, e) < 0)
        return -1;
    m = made_of(s, d->claim_id);
    if (!m)
        return 0;
    if (!heard(m, d) || s->ready_ms > svc_now_ms(r->x))
        return room_save(r, s, e);
    return room_evaluate(r, s, true, e) != 0 ? -1 : room_save_entry(r, e);
}

/* room_decision - see room.h */
int room_decision(struct svc_ctx *x, const struct svc_message *m, struct err *e)
{
    ProtobufCMessage *p;
    struct room r;
    CcDecision *d;

    if (svc_unpack(x, m, &cc_decision__descriptor, &p, e) != 0)
        return -1;
    d = (CcDecision *)(void *)p;
    if (d->carried || (!d->answer && (d->role[0] || !d->payer_state || !d->encounter[0])))
        return 0; /* the validator's */
    if (!d->patient_key[0] || strcmp(d->patient_key, m->key) != 0)
        return err_set(e, ERR_REJECT, "key", "Decision: its patient key is not the record's");
    if (room_open(&r, x, m->key, e) != 0)
        return -1;
    if (r.entry->merged_into[0])
        return carry_on(&r, d, e);
    return d->answer ? answered(&r, d, e) : payer(&r, d, e);
}
