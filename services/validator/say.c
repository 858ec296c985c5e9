/* say.c - what the worker says of a claim: the step in claims.status, the question in work.review
 */
#include "services/validator/job.h"

#include <string.h>

/* destination - the payer that is billed, "" = none */
static const char *destination(const CcClaim *c)
{
    for (size_t i = 0; i < c->n_coverages; i++)
        if (c->coverages[i]->destination || c->n_coverages == 1)
            return c->coverages[i]->payer_id;
    return "";
}

/* first_open - the worst finding that nobody has confirmed; NULL: none */
static const CcFinding *first_open(const struct job *j)
{
    for (size_t i = 0; i < j->found.n_findings; i++)
        if (!j->found.findings[i]->overridden)
            return j->found.findings[i];
    return NULL;
}

/* event_of - of this step; a person's word is an event of its own */
static const char *event_of(const struct job *j, bool clean)
{
    return !clean ? "checks_failed" : j->decision ? "override" : "checks_passed";
}

/* new_status - of the claim as it stands; NULL: the arena is exhausted */
static CcClaimStatus *new_status(struct job *j, const char *step, const char *event)
{
    const CcClaim *c = j->claim;
    CcClaimStatus *st = event_new(j->a, &cc_claim_status__descriptor);

    if (!st)
        return NULL;
    st->claim_id = c->claim_id;
    st->version = c->version;
    st->step = job_text(j, step);
    st->event = job_text(j, event);
    st->at_ms = svc_now_ms(j->x);
    st->encounter = c->encounter;
    st->patient_key = c->patient_key;
    st->account = c->account;
    st->kind = c->kind;
    st->payer_id = job_text(j, destination(c));
    st->receiver = c->receiver;
    st->charge_cents = c->charge_cents;
    return st;
}

/* job_say_coded - as the header has it; what came in one batch is older than what is done with it
 */
int job_say_coded(struct job *j, struct err *e)
{
    const CcClaim *c = j->claim;
    CcClaimStatus *st = new_status(j, "intake", c->void_of_claim ? "void" : "coded");

    if (!st)
        return job_no_memory(e);
    st->from_state = CLAIM_STATE_DRAFT;
    st->state = c->void_of_claim ? CLAIM_STATE_VOID_PENDING : CLAIM_STATE_CODED;
    st->reason = job_text(j, "from an 837");
    st->next = job_text(j, "validator");
    if (c->created_ms && c->created_ms < st->at_ms)
        st->at_ms = c->created_ms;
    if (arena_exhausted(j->a))
        return job_no_memory(e);
    return svc_emit(j->x, TOPIC_CLAIMS_STATUS, c->claim_id, &st->base, e);
}

/* emit_status - the claim's next step; a void that passed stays one that waits for the payer */
static int emit_status(struct job *j, bool clean, struct err *e)
{
    const CcClaim *c = j->claim;
    CcClaimStatus *st = new_status(j, "validator", event_of(j, clean));

    if (!st)
        return job_no_memory(e);
    st->from_state = j->decision        ? CLAIM_STATE_HELD
                     : c->void_of_claim ? CLAIM_STATE_VOID_PENDING
                                        : CLAIM_STATE_CODED;
    st->state = !clean             ? CLAIM_STATE_HELD
                : c->void_of_claim ? CLAIM_STATE_VOID_PENDING
                                   : CLAIM_STATE_READY;
    st->reason = job_text(j, clean ? "" : first_open(j)->message);
    st->next =
        job_text(j, clean ? "the next batch to this receiver" : "a person corrects what was found");
    st->findings = c->findings;
    st->n_findings = c->n_findings;
    st->filing_deadline_date = c->filing_deadline_date;
    if (arena_exhausted(j->a))
        return job_no_memory(e);
    return svc_emit(j->x, TOPIC_CLAIMS_STATUS, c->claim_id, &st->base, e);
}

/* new_item - what people see of a claim; one question a claim, whatever its version */
static CcReviewItem *new_item(struct job *j, const char *state)
{
    const CcClaim *c = j->claim;
    CcReviewItem *item = event_new(j->a, &cc_review_item__descriptor);

    if (!item)
        return NULL;
    item->review_id = arena_printf(j->a, "%s-validator", c->claim_id);
    item->claim_id = c->claim_id;
    item->encounter = c->encounter;
    item->patient_key = c->patient_key;
    item->version = c->version;
    item->stage = job_text(j, "validator");
    item->state = job_text(j, state);
    item->account = c->account;
    item->drg_result = c->drg_result;
    item->payer_id = job_text(j, destination(c));
    item->created_ms = svc_now_ms(j->x);
    return item->review_id ? item : NULL;
}

/* job_place - as the header has it; a decision knows it from the question before */
CcPlace *job_place(struct job *j)
{
    const CcDecision *d = j->decision ? j->decision : j->carried;
    CcPlace *place;

    if (d)
        return d->claim_place;
    place = event_new(j->a, &cc_place__descriptor);
    if (place) {
        place->partition = j->message->partition;
        place->offset = j->message->offset;
    }
    return place;
}

/* missing_table - a table that was not there is its own reason */
static bool missing_table(const struct job *j)
{
    for (size_t i = 0; i < j->found.n_findings; i++)
        if (j->found.findings[i]->severity == SEVERITY_REJECT)
            return false;
    return strcmp(first_open(j)->edit, "TAB-01") == 0;
}

/* What a person may answer; the first only where every open finding may be confirmed. */
static const struct {
    const char *id, *text;
    bool confirms;
} answers[] = {
    {"confirm", "it is right as it stands: every hold is confirmed", true},
    {"again", "check the claim again, tables and history as they are now", false},
    {"other", "other: the record or the coding is corrected, and the next version comes", false},
    {"undetermined", "cannot be determined: the claim stays held", false},
};

/* all_confirmable - is nothing open that no person may confirm? */
static bool all_confirmable(const struct job *j)
{
    for (size_t i = 0; i < j->found.n_findings; i++) {
        const CcFinding *f = j->found.findings[i];

        if (!f->overridden && f->severity >= SEVERITY_HOLD && !edit_may_override(f))
            return false;
    }
    return true;
}

/* put_answers - as options */
static bool put_answers(struct job *j, CcReviewItem *item)
{
    bool confirmable = all_confirmable(j);

    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
        CcReviewOption *o;

        if (answers[i].confirms && !confirmable)
            continue;
        o = event_new(j->a, &cc_review_option__descriptor);
        if (!o || !event_push(j->a, item, options, o))
            return false;
        o->id = job_text(j, answers[i].id);
        o->text = job_text(j, answers[i].text);
    }
    return true;
}

/* put_evidence - where the lines that were found at fault come from */
static bool put_evidence(struct job *j, CcReviewItem *item)
{
    const CcClaim *c = j->claim;

    for (size_t i = 0; i < j->found.n_findings; i++) {
        uint32_t n = j->found.findings[i]->line;
        const CcCodeAssignment *as = n && n <= c->n_lines ? c->lines[n - 1]->procedure : NULL;

        for (size_t k = 0; as && k < as->n_evidence; k++)
            if (!event_push(j->a, item, evidence, as->evidence[k]))
                return false;
    }
    return true;
}

/* emit_review - all findings, the first one's fix, the money at stake, until when */
static int emit_review(struct job *j, struct err *e)
{
    const CcClaim *c = j->claim;
    CcReviewItem *item = new_item(j, "open");

    if (!item || !put_answers(j, item) || !put_evidence(j, item))
        return job_no_memory(e);
    item->reason = job_text(j, missing_table(j) ? "no-table" : "edits");
    item->question = job_text(j, "the claim was checked before sending: what was found has to be "
                                 "corrected, or a hold confirmed with its reason");
    item->findings = c->findings;
    item->n_findings = c->n_findings;
    item->fix = first_open(j)->fix;
    item->claim_place = job_place(j);
    item->at_stake_cents = c->charge_cents > 0 ? c->charge_cents : 0;
    item->due_date = c->filing_deadline_date;
    if (arena_exhausted(j->a))
        return job_no_memory(e);
    return svc_emit(j->x, TOPIC_WORK_REVIEW, c->claim_id, &item->base, e);
}

/* job_say_clean - as the header has it */
int job_say_clean(struct job *j, struct err *e)
{
    return emit_status(j, true, e);
}

/* job_say_held - as the header has it */
int job_say_held(struct job *j, struct err *e)
{
    return emit_review(j, e) != 0 ? -1 : emit_status(j, false, e);
}

/* job_say_answered - as the header has it */
int job_say_answered(struct job *j, struct err *e)
{
    CcReviewItem *item = new_item(j, "done");

    if (!item)
        return job_no_memory(e);
    return svc_emit(j->x, TOPIC_WORK_REVIEW, j->claim->claim_id, &item->base, e);
}

/* job_say_refused - as the header has it */
int job_say_refused(struct job *j, const char *why, struct err *e)
{
    CcClaimStatus *st = event_new(j->a, &cc_claim_status__descriptor);

    if (!st)
        return job_no_memory(e);
    st->claim_id = j->claim->claim_id;
    st->version = j->claim->version;
    st->state = j->own && j->own->held_version ? CLAIM_STATE_HELD : CLAIM_STATE_READY;
    st->from_state = st->state;
    st->step = job_text(j, "validator");
    st->event = job_text(j, "override");
    st->reason = job_text(j, why);
    st->refused = 1;
    st->at_ms = svc_now_ms(j->x);
    st->encounter = j->claim->encounter;
    st->patient_key = j->claim->patient_key;
    st->account = j->claim->account;
    if (arena_exhausted(j->a))
        return job_no_memory(e);
    return svc_emit(j->x, TOPIC_CLAIMS_STATUS, st->claim_id, &st->base, e);
}
