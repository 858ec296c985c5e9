/* status.c - the record of each step, and what other steps said */
#include <string.h>

#include "common/base/str.h"
#include "services/submitter/follow/follow.h"

/* text_or - a copy of the arena; "" stays "" */
static char *text_or(struct life *l, const char *text, char *otherwise)
{
    char *copy = str_empty(text) ? NULL : arena_strdup(svc_arena(l->x), text);

    return copy ? copy : otherwise;
}

/* life_tell - see follow.h */
int life_tell(struct life *l, CcClaimState payer_state, struct err *e)
{
    const CcClaimStatus *st = l->status;
    CcDecision *d;

    if (!st->patient_key[0])
        return 0;
    d = event_new(svc_arena(l->x), &cc_decision__descriptor);
    if (!d)
        return follow_no_memory(e);
    d->claim_id = st->claim_id;
    d->version = st->version;
    d->patient_key = st->patient_key;
    d->at_ms = st->at_ms;
    d->payer_state = payer_state;
    d->payer_claim = st->payer_claim;
    d->encounter = st->encounter;
    d->unprocessable = l->unprocessable;
    d->payer_date = l->payer_date;
    return svc_emit(l->x, TOPIC_CLAIMS_DECISIONS, st->patient_key, &d->base, e);
}

/* is_decided - the payer has decided or refused the version: only then may it be replaced (billing
 * §8.5), and only what stands can be billed twice */
static bool is_decided(const CcClaimStatus *st)
{
    return st->state != st->from_state &&
           (life_state(st->state)->posted || st->state == CLAIM_STATE_REJECTED);
}

/* put_amounts - what the payer of this version should allow, and what the patient owes now */
static void put_amounts(struct life *l)
{
    CcClaimStatus *st = l->status;
    const CcClaim *c = l->st->claim;

    if (c && c->version == st->version && c->expected) {
        st->expected_given = c->expected->allowed_given;
        st->expected_cents = c->expected->allowed_given ? c->expected->allowed_cents : 0;
    }
    st->patient_balance_cents = life_patient_balance(l);
}

/* life_say - one record; the status in hand becomes it */
int life_say(struct life *l, const struct said *s, struct err *e)
{
    CcClaimStatus *st = l->status, none;
    const CcAnswer *a = s->answer;

    cc_claim_status__init(&none);
    l->moved = l->moved || st->state != s->to;
    st->from_state = st->state;
    st->state = s->to;
    st->step = text_or(l, "follow", none.step);
    st->event = text_or(l, s->word ? s->word : life_event_word(s->event), none.event);
    st->reason = text_or(l, s->reason, none.reason);
    st->next = text_or(l, life_state(s->to)->next, none.next);
    st->refused = s->refused;
    st->at_ms = svc_now_ms(l->x);
    st->reply_sha256 = a ? a->reply_sha256 : none.reply_sha256;
    st->codes = a ? a->codes : NULL;
    st->n_codes = a ? a->n_codes : 0;
    put_amounts(l);
    st->n_findings = st->n_tables = st->n_rules = 0; /* other steps' own records have them */
    if (a && a->payer_claim[0] && !(a->remittance && a->remittance->reversal))
        st->payer_claim = a->payer_claim;
    l->changed = true;
    if (svc_emit(l->x, TOPIC_CLAIMS_STATUS, l->id, &st->base, e) != 0)
        return -1;
    if (!s->refused && st->state != st->from_state && life_tell_parent(l, e) != 0)
        return -1;
    return s->refused || !is_decided(st) ? 0 : life_tell(l, st->state, e);
}

/* Fields that belong to one record, not to the claim. */
static const char *const of_record[] = {
    "reason",       "next",       "refused", "codes",  "findings", "tables", "rules",
    "reply_sha256", "from_state", "event",   "posted", "seen",     NULL};

/* inherit - a field that the news leave empty */
static void inherit(CcClaimStatus *news, const CcClaimStatus *old,
                    const ProtobufCFieldDescriptor *f)
{
    void *to = (char *)news + f->offset;
    const void *from = (const char *)old + f->offset;

    if (f->label == PROTOBUF_C_LABEL_REPEATED || str_in(f->name, of_record))
        return;
    if (f->type == PROTOBUF_C_TYPE_STRING && str_empty(*(char **)to))
        *(char **)to = *(char *const *)from;
    else if (f->type == PROTOBUF_C_TYPE_INT64 && *(int64_t *)to == 0)
        *(int64_t *)to = *(const int64_t *)from;
    else if (f->type == PROTOBUF_C_TYPE_INT32 && *(int32_t *)to == 0)
        *(int32_t *)to = *(const int32_t *)from;
    else if (f->type == PROTOBUF_C_TYPE_BOOL && !*(protobuf_c_boolean *)to)
        *(protobuf_c_boolean *)to = *(const protobuf_c_boolean *)from;
}

/* life_merge - field by field, off the descriptor */
void life_merge(struct life *l, const CcClaimStatus *news)
{
    CcClaimStatus *mine = event_copy(svc_arena(l->x), &news->base);
    const CcClaimStatus *old = l->status;

    if (!mine)
        return;
    for (unsigned i = 0; old && i < cc_claim_status__descriptor.n_fields; i++)
        inherit(mine, old, &cc_claim_status__descriptor.fields[i]);
    if (old) {
        mine->posted = old->posted;
        mine->n_posted = old->n_posted;
        mine->seen = old->seen;
        mine->n_seen = old->n_seen;
    }
    mine->n_findings = mine->n_tables = mine->n_rules = 0;
    l->moved = l->moved || !old || old->state != mine->state;
    l->changed = true;
    l->status = l->st->status = mine;
}
