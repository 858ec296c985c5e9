/* moved.c - two records were one patient: what was billed under the key that ended goes to the key
 * that stays
 *
 * The coder says under the key that ends what it ended in. Its entries go over one by one, and so
 * does whatever is still said under it: a claim that was coded before, a person's or a payer's
 * word. An entry without a claim id stays behind and says where to. Of two merges the later one
 * counts, so that nothing goes in circles. The keys may belong to two workers: what goes between
 * them goes through the topic. */
#include "services/validator/job.h"

#include <string.h>

enum { HOPS_MAX = 16 };

/* job_send_on - as the header has it */
int job_send_on(struct job *j, CcDecision *d, struct err *e)
{
    if (d->hops >= HOPS_MAX)
        return err_set(e, ERR_REJECT, "merge-loop", "carried over %d merges", HOPS_MAX);
    d->hops++;
    d->carried = true;
    d->patient_key = j->alias->merged_into;
    d->merged_ms = j->alias->at_ms;
    return svc_emit(j->x, TOPIC_CLAIMS_DECISIONS, d->patient_key, &d->base, e);
}

/* job_send_claim - as the header has it: as it was coded, not as it is in hand */
int job_send_claim(struct job *j, struct err *e)
{
    CcDecision *d = event_new(j->a, &cc_decision__descriptor);
    ProtobufCMessage *p;

    if (!d || !(d->claim_place = job_place(j)))
        return job_no_memory(e);
    if (svc_unpack(j->x, j->message, &cc_claim__descriptor, &p, e) != 0)
        return -1;
    d->claim = (CcClaim *)(void *)p;
    d->claim_id = d->claim->claim_id;
    d->version = d->claim->version;
    d->at_ms = svc_now_ms(j->x);
    return job_send_on(j, d, e);
}

/* The entries of a key that ends. */
struct leaving {
    struct job *j;
    CcDecision **list;
    size_t n_list;
};

/* take_entry - one of them; what says where to is none */
static int take_entry(void *arg, const char *key, const void *value, size_t n, struct err *e)
{
    struct leaving *l = arg;
    struct arena *a = l->j->a;
    const char *id = strchr(key, '/') + 1;
    ProtobufCMessage *m;
    CcDecision *d;

    if (!*id)
        return 0;
    if (event_unpack(a, &cc_billed_claim__descriptor, value, n, &m, e) != 0)
        return -1;
    d = event_new(a, &cc_decision__descriptor);
    if (!d || !(d->claim_id = arena_strdup(a, id)) || !event_push(a, l, list, d))
        return job_no_memory(e);
    d->billed = (CcBilledClaim *)(void *)m;
    d->version = d->billed->version;
    d->at_ms = svc_now_ms(l->j->x);
    return 0;
}

/* leave - all entries go on */
static int leave(struct job *j, const char *key, struct err *e)
{
    struct leaving l = {.j = j};
    const char *prefix = arena_printf(j->a, "%s/", key);

    if (!prefix)
        return job_no_memory(e);
    if (svc_each(j->x, prefix, take_entry, &l, e) != 0)
        return -1;
    for (size_t i = 0; i < l.n_list; i++) {
        const char *entry = arena_printf(j->a, "%s%s", prefix, l.list[i]->claim_id);

        if (!entry)
            return job_no_memory(e);
        if (svc_delete(j->x, entry, e) != 0 || job_send_on(j, l.list[i], e) != 0)
            return -1;
    }
    return 0;
}

/* job_end_key - as the header has it */
int job_end_key(struct job *j, struct err *e)
{
    const CcDecision *d = j->decision;
    const char *key = arena_printf(j->a, "%s/", d->patient_key);

    if (!key)
        return job_no_memory(e);
    if (strcmp(d->merged_into, d->patient_key) == 0)
        return err_set(e, ERR_REJECT, "schema", "Decision: a key that is merged into itself");
    if (job_recall_alias(j, d->patient_key, e) != 0)
        return -1;
    if (!j->alias || j->alias->at_ms <= d->merged_ms) {
        CcBilledClaim *alias = event_new(j->a, &cc_billed_claim__descriptor);

        if (!alias)
            return job_no_memory(e);
        alias->merged_into = d->merged_into;
        alias->at_ms = d->merged_ms;
        if (svc_put(j->x, key, &alias->base, e) != 0)
            return -1;
        j->alias = alias;
    }
    return leave(j, d->patient_key, e);
}

/* job_ended - as the header has it */
int job_ended(struct job *j, const CcDecision *d, bool *ended, struct err *e)
{
    const char *entry;

    if (job_recall_alias(j, d->patient_key, e) != 0)
        return -1;
    *ended = j->alias != NULL;
    if (!j->alias || !d->carried || d->merged_ms <= j->alias->at_ms)
        return 0;
    *ended = false;
    j->alias = NULL;
    entry = arena_printf(j->a, "%s/", d->patient_key);
    return entry ? svc_delete(j->x, entry, e) : job_no_memory(e);
}

/* put_together - two entries of one claim: the lines of the newer version, a question of a version
 * that is newer than the lines */
static void put_together(CcBilledClaim *own, const CcBilledClaim *came)
{
    uint32_t held = own->held_version;
    uint64_t digest = own->held_digest;

    if (came->held_version > held) {
        held = came->held_version;
        digest = came->held_digest;
    }
    if (came->n_lines && (!own->n_lines || came->version > own->version))
        *own = *came;
    own->held_version = own->n_lines && held <= own->version ? 0 : held;
    own->held_digest = own->held_version ? digest : 0;
}

/* job_take_moved - as the header has it */
int job_take_moved(struct job *j, struct err *e)
{
    CcBilledClaim *came = j->decision->billed;
    bool was_held = came->held_version != 0;

    if (job_recall_named(j, e) != 0)
        return -1;
    if (j->own)
        put_together(j->own, came);
    else
        j->own = came;
    if (was_held && !j->own->held_version && job_say_answered(j, e) != 0)
        return -1;
    return job_remember_own(j, e);
}
