/* publish.c - what came of coding goes out: claims that differ from their last version, voids of
 * what is no longer billed, and what say.c says beside them */
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/sys/digest.h"
#include "services/coder/room.h"

/* bare - an assignment without where it was read: the same code said again is no difference */
static void bare(CcCodeAssignment *as)
{
    if (!as)
        return;
    as->n_evidence = 0;
    as->n_rules = 0;
    as->n_alternatives = 0;
}

/* bare_line - a line without how it came about */
static void bare_line(CcServiceLine *l)
{
    bare(l->procedure);
    l->n_rules = 0;
    l->n_charge_refs = 0;
}

/* content_sha - of what a payer would see of a claim */
static int content_sha(struct room *r, const CcClaim *claim, char out[DIGEST_TEXT], struct err *e)
{
    CcClaim *c = event_copy(r->a, &claim->base);
    uint8_t *bytes;
    size_t n;

    if (!c)
        return room_no_memory(e);
    c->version = 0;
    c->created_ms = 0;
    c->created_date = 0;
    c->n_tables = 0;
    c->n_considered = 0;
    for (size_t i = 0; i < c->n_diagnoses; i++)
        bare(c->diagnoses[i]->assignment);
    for (size_t i = 0; i < c->n_procedures; i++)
        bare(c->procedures[i]->assignment);
    for (size_t i = 0; i < c->n_lines; i++)
        bare_line(c->lines[i]);
    if (event_pack(r->a, &c->base, &bytes, &n, e) != 0)
        return -1;
    digest_hex(bytes, n, out);
    return 0;
}

/* find_made - what is remembered of a claim; NULL: never made */
static CcMadeClaim *find_made(const CcEncounterState *s, const char *claim_id)
{
    for (size_t i = 0; i < s->n_made; i++)
        if (strcmp(s->made[i]->claim_id, claim_id) == 0)
            return s->made[i];
    return NULL;
}

/* new_made - remembered from now on */
static CcMadeClaim *new_made(struct room *r, CcEncounterState *s, const char *claim_id)
{
    CcMadeClaim *m = event_new(r->a, &cc_made_claim__descriptor);

    if (!m || !(m->claim_id = arena_strdup(r->a, claim_id)) || !event_push(r->a, s, made, m))
        return NULL;
    return m;
}

/* destination - the coverage that is billed */
static const CcClaimCoverage *destination(const CcClaim *c)
{
    for (size_t i = 0; i < c->n_coverages; i++)
        if (c->coverages[i]->destination)
            return c->coverages[i];
    return NULL;
}

/* emit_status - one step of the claim's life */
static int emit_status(struct room *r, const CcClaim *c, CcClaimState state, const char *event,
                       const char *reason, struct err *e)
{
    CcClaimStatus *st = event_new(r->a, &cc_claim_status__descriptor);
    const CcClaimCoverage *to = destination(c);

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

/* publish_claim - the first version, or the next where the content differs */
static int publish_claim(struct room *r, CcEncounterState *s, CcClaim *c, struct err *e)
{
    char sha[DIGEST_TEXT];
    CcMadeClaim *m = find_made(s, c->claim_id);

    if (content_sha(r, c, sha, e) != 0)
        return -1;
    if (m && !m->voided && strcmp(m->sha256, sha) == 0)
        return 0;
    if (!m && !(m = new_made(r, s, c->claim_id)))
        return room_no_memory(e);
    m->sha256 = arena_strdup(r->a, sha);
    m->voided = false;
    if (!m->sha256 || emit_claim(r, m, c, e) != 0)
        return m->sha256 ? -1 : room_no_memory(e);
    if (c->version > s->version)
        s->version = c->version;
    return emit_status(r, c, CLAIM_STATE_CODED, "coded", c->version > 1 ? "the record changed" : "",
                       e);
}

/* void_claim - the last version again, as a void (frequency 8 changes nothing else) */
static int void_claim(struct room *r, CcMadeClaim *m, const char *why, struct err *e)
{
    ProtobufCMessage *p;
    CcClaim *c;

    if (event_unpack(r->a, &cc_claim__descriptor, m->claim.data, m->claim.len, &p, e) != 0)
        return -1;
    c = (CcClaim *)(void *)p;
    c->frequency = arena_strdup(r->a, "8");
    c->void_of_claim = true;
    if (!c->frequency)
        return room_no_memory(e);
    m->voided = true;
    return emit_claim(r, m, c, e) != 0
               ? -1
               : emit_status(r, c, CLAIM_STATE_VOID_PENDING, "void", why, e);
}

/* is_in - is the claim among those of the result? */
static bool is_in(const CcCodingResult *result, const char *claim_id)
{
    for (size_t i = 0; i < result->n_claims; i++)
        if (strcmp(result->claims[i]->claim_id, claim_id) == 0)
            return true;
    return false;
}

/* void_gone - claims that the record no longer supports */
static int void_gone(struct room *r, CcEncounterState *s, const CcCodingResult *result,
                     struct err *e)
{
    for (size_t i = 0; i < s->n_made; i++)
        if (!s->made[i]->voided && !is_in(result, s->made[i]->claim_id) &&
            void_claim(r, s->made[i], "the record no longer supports this claim", e) != 0)
            return -1;
    return 0;
}

/* room_publish - claims, voids, questions, and the encounter's line when that changed */
int room_publish(struct room *r, CcEncounterState *s, const CcCodingResult *result, struct err *e)
{
    for (size_t i = 0; i < result->n_claims; i++)
        if (publish_claim(r, s, result->claims[i], e) != 0)
            return -1;
    if (!result->open_question && void_gone(r, s, result, e) != 0)
        return -1;
    return room_questions(r, s, result, e);
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
    for (size_t i = 0; i < s->n_made; i++)
        if (!s->made[i]->voided && void_claim(r, s->made[i], why, e) != 0)
            return -1;
    return room_publish(r, s, nothing, e);
}
