/* resend.c - claims of a refused file go back to their own key, with the claim itself
 *
 * The file is its own receipt: what we sent is read back from it, so that nobody has to keep claims
 * for the case. Whether a claim may go out again is decided where its state is known: a newer
 * version, or an answer that proves it was read, stops it there. */
#include <string.h>

#include "common/claim/read837.h"
#include "services/submitter/follow/follow.h"

/* follow_answer_for - the same answer, about one claim */
CcAnswer *follow_answer_for(struct svc_ctx *x, const CcInterchange *f, const CcSentClaim *c,
                            const CcAnswer *answer, const char *event)
{
    CcAnswer *one = event_new(svc_arena(x), &cc_answer__descriptor);

    if (!one)
        return NULL;
    one->reply_sha256 = answer->reply_sha256;
    one->kind = answer->kind;
    one->receiver = answer->receiver;
    one->received_ms = answer->received_ms;
    one->file_name = answer->file_name;
    one->category = answer->category;
    one->codes = answer->codes;
    one->n_codes = answer->n_codes;
    one->reason = answer->reason;
    one->position = answer->position;
    one->status_date = answer->status_date;
    one->claim_id = c->claim_id;
    one->charge_cents = c->charge_cents;
    one->st02 = c->st02;
    one->bht03 = c->bht03;
    one->isa13 = f->isa13;
    one->gs06 = f->gs06;
    one->level = arena_strdup(svc_arena(x), "claim");
    one->event = arena_strdup(svc_arena(x), event);
    one->key = arena_printf(svc_arena(x), "%s|%s", answer->key, c->claim_id);
    return one->level && one->event && one->key ? one : NULL;
}

struct resend {
    struct svc_ctx *x;
    const CcInterchange *f;
    const CcAnswer *answer;
    const char *event;
    const bool *which;
    bool *done;
    struct err *e;
};

/* find - the claim of the file that was read; SIZE_MAX: not one to send again */
static size_t find(const struct resend *r, const char *claim_id)
{
    for (size_t i = 0; i < r->f->n_claims; i++)
        if (r->which[i] && !r->done[i] && strcmp(r->f->claims[i]->claim_id, claim_id) == 0)
            return i;
    return SIZE_MAX;
}

/* complete - what does not travel in X12 */
static void complete(const struct resend *r, const CcSentClaim *sent, CcClaim *claim)
{
    claim->version = sent->version;
    claim->encounter = sent->encounter;
    claim->patient_key = sent->patient_key;
    claim->account = sent->account;
    claim->kind = sent->kind;
    claim->receiver = r->f->receiver;
}

/* send_back - one claim with its answer; `claim` NULL: it could not be read back */
static int send_back(struct resend *r, size_t i, CcClaim *claim)
{
    CcAnswer *one = follow_answer_for(r->x, r->f, r->f->claims[i], r->answer, r->event);

    if (!one)
        return follow_no_memory(r->e);
    r->done[i] = true;
    if (claim)
        complete(r, r->f->claims[i], claim);
    one->claim = claim;
    return svc_emit(r->x, TOPIC_PAYER_ANSWERS, one->claim_id, &one->base, r->e);
}

/* each_claim - of the file's bytes */
static int each_claim(void *arg, const struct claim_read *c)
{
    struct resend *r = arg;
    size_t i = c->claim ? find(r, c->claim->claim_id) : SIZE_MAX;

    return i == SIZE_MAX ? 0 : send_back(r, i, c->claim);
}

/* follow_resend - those marked */
int follow_resend(struct svc_ctx *x, const CcInterchange *f, const CcAnswer *answer,
                  const char *event, const bool *which, struct err *e)
{
    bool *done = arena_array(svc_arena(x), f->n_claims + 1, sizeof(bool));
    struct resend r = {x, f, answer, event, which, done, e};

    if (!done)
        return follow_no_memory(e);
    if (f->x12.len && claim_read_837(f->x12.data, f->x12.len, 0, each_claim, &r, e) != 0)
        return -1;
    for (size_t i = 0; i < f->n_claims; i++)
        if (which[i] && !done[i] && send_back(&r, i, NULL) != 0)
            return -1;
    return 0;
}
