/* decide.c - what a person decided of a held claim, and a payer of one that was sent
 *
 * A person's decision carries the version that is held, as it was coded, and what the person
 * confirms. It is validated again with that: other edits, tables and history are asked as of now,
 * so that a claim whose table was loaded meanwhile passes, and one that became a duplicate does
 * not. Nothing of a person's words is remembered here; they travel with the claim. */
#include "services/validator/job.h"

#include <string.h>

/* is_about - the decision says one thing of one claim */
static int is_about(const CcDecision *d, struct err *e)
{
    if (!d->claim || strcmp(d->claim->claim_id, d->claim_id) != 0 ||
        d->claim->version != d->version || !d->patient_key[0] ||
        (!d->carried && strcmp(d->claim->patient_key, d->patient_key) != 0))
        return err_set(e, ERR_REJECT, "schema",
                       "Decision: claim, version and patient key are not those of its claim");
    for (size_t i = 0; i < d->n_overrides; i++)
        if (!d->overrides[i]->override_role[0] || !d->overrides[i]->override_reason[0])
            return err_set(e, ERR_REJECT, "schema", "Decision: an override without role or reason");
    return job_check_key(d->claim, e);
}

/* why_not - the version that the decision is about does not wait for one; NULL: it does */
static const char *why_not(const struct job *j, uint64_t digest)
{
    if (!j->own || !j->own->held_version)
        return "the claim is not held: nothing is left to decide";
    if (j->own->held_version != j->decision->version)
        return "another version of the claim is held: the decision was about what it was before";
    if (j->own->held_digest != digest)
        return "the claim was coded anew under the same version: look at it again";
    return NULL;
}

/* person - the held version once more, with what is confirmed */
static int person(struct job *j, struct err *e)
{
    const CcDecision *d = j->decision;
    const char *why;
    uint64_t digest;

    if (job_digest(j, d->claim, &digest, e) != 0)
        return -1;
    j->claim->patient_key = d->patient_key;
    if (job_recall_own(j, e) != 0)
        return -1;
    why = why_not(j, digest);
    if (why)
        return job_say_refused(j, why, e);
    j->claim->findings = d->overrides;
    j->claim->n_findings = d->n_overrides;
    return job_run(j, e);
}

/* payer - what became of the version that was sent; of another one it says nothing */
static int payer(struct job *j, struct err *e)
{
    const CcDecision *d = j->decision;

    if (job_recall_named(j, e) != 0)
        return -1;
    if (!j->own || !j->own->n_lines || j->own->version != d->version)
        return 0;
    j->own->state = d->payer_state;
    if (d->payer_claim[0])
        j->own->payer_claim = d->payer_claim;
    if (!j->own->remit_date && !d->unprocessable) /* the first counts (billing §7.3 TFL-03) */
        j->own->remit_date = d->payer_date;
    return job_remember_own(j, e);
}

/* carried - a claim that was coded under a key that ended */
static int carried(struct job *j, struct err *e)
{
    j->carried = j->decision;
    j->decision = NULL;
    if (job_digest(j, j->claim, &j->coded_digest, e) != 0)
        return -1;
    j->claim->patient_key = j->carried->patient_key;
    return job_run(j, e);
}

/* is_ours - not an answer to the coder's question, nor what the coder carried on for itself, nor
 * that a claim is in a file: READY says as much to the edits */
static bool is_ours(const CcDecision *d)
{
    return !d->answer && (!d->hops || d->carried) &&
           (d->role[0] || d->payer_state != CLAIM_STATE_BATCHED);
}

/* said - what the record says, of a key that is in use */
static int said(struct job *j, struct err *e)
{
    const CcDecision *d = j->decision;

    if (d->billed)
        return job_take_moved(j, e);
    if (!d->role[0] && d->payer_state)
        return payer(j, e);
    if (is_about(d, e) != 0)
        return -1;
    j->claim = d->claim;
    return d->carried && !d->role[0] ? carried(j, e) : person(j, e);
}

/* job_decision - as the header has it */
int job_decision(struct svc_ctx *x, const struct svc_message *m, struct err *e)
{
    struct job j = {.x = x, .a = svc_arena(x), .message = m};
    ProtobufCMessage *p;
    CcDecision *d;
    bool ended;

    if (svc_unpack(x, m, &cc_decision__descriptor, &p, e) != 0)
        return -1;
    j.decision = d = (CcDecision *)(void *)p;
    if (!is_ours(d))
        return 0;
    if (d->merged_into[0])
        return job_end_key(&j, e);
    if (job_ended(&j, d, &ended, e) != 0)
        return -1;
    return ended ? job_send_on(&j, d, e) : said(&j, e);
}
