/* history.c - the validator's state: what was billed for a patient, one entry a claim
 *
 * An entry is found by the patient's key, so that all of a patient is one stretch of the local copy
 * (one or two pages) and one partition of the topic. It holds the lines of the last version that
 * passed, and whether a later one is held. The one without a claim id says in which key the
 * patient's record ended (moved.c). */
#include "services/validator/job.h"

#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/sys/digest.h"
#include "services/validator/remember.h"

enum { KEY_MAX = 160, KEY_PARTS = 100 };

/* job_check_key - as the header has it */
int job_check_key(const CcClaim *c, struct err *e)
{
    if (!c->claim_id[0] || strlen(c->claim_id) + strlen(c->patient_key) > KEY_PARTS)
        return err_set(e, ERR_REJECT, "schema", "Claim.claim_id: missing or too long for a key");
    return 0;
}

/* prefix_of - "patient key/"; returns its length */
static size_t prefix_of(const CcClaim *c, char out[KEY_MAX])
{
    size_t n = strnlen(c->patient_key, KEY_PARTS);

    memcpy(out, c->patient_key, n);
    memcpy(out + n, "/", 2);
    return n + 1;
}

/* key_of - "patient key/claim id" */
static void key_of(const CcClaim *c, char out[KEY_MAX])
{
    size_t n = prefix_of(c, out);

    str_copy(out + n, KEY_MAX - n, c->claim_id);
}

/* near - could an edit of this claim ask about the line */
static bool near(const struct job *j, const CcBilledLine *l)
{
    const CcClaim *c = j->claim;
    int32_t day = c->from_date ? c->from_date : c->n_lines ? c->lines[0]->from_date : 0;
    int32_t apart, window = job_settings(j)->history_days;

    if (!date_valid(day) || !date_valid(l->from_date))
        return true;
    apart = date_diff(day, l->from_date);
    return apart >= -window && apart <= window;
}

/* same_services - of one of two claims to payers in turn: the other bills the same services, once
 */
static bool same_services(const CcClaim *c, const char *id, const CcBilledClaim *before)
{
    return strcmp(id, c->parent_claim) == 0 ||
           (before->parent_claim[0] && strcmp(id, c->claim_id) != 0);
}

/* take_claim - one remembered claim of the patient */
static int take_claim(void *arg, const char *key, const void *value, size_t n, struct err *e)
{
    struct job *j = arg;
    const char *id = key + strlen(j->claim->patient_key) + 1;
    bool own = strcmp(id, j->claim->claim_id) == 0;
    ProtobufCMessage *m;
    CcBilledLine **lines;
    size_t n_lines;

    if (event_unpack(j->a, &cc_billed_claim__descriptor, value, n, &m, e) != 0)
        return -1;
    if (!*id) {
        j->alias = (CcBilledClaim *)(void *)m;
        return 0;
    }
    if (same_services(j->claim, id, (CcBilledClaim *)(void *)m))
        return 0;
    if (!recall_lines((CcBilledClaim *)(void *)m, id, j->a, &lines, &n_lines))
        return job_no_memory(e);
    j->own = own ? (CcBilledClaim *)(void *)m : j->own;
    for (size_t i = 0; i < n_lines; i++)
        if ((own || near(j, lines[i])) && !event_push(j->a, j, history, lines[i]))
            return job_no_memory(e);
    return 0;
}

/* job_recall - as the header has it */
int job_recall(struct job *j, struct err *e)
{
    char prefix[KEY_MAX];

    if (!j->claim->patient_key[0])
        return 0;
    prefix_of(j->claim, prefix);
    return svc_each(j->x, prefix, take_claim, j, e);
}

/* job_recall_own - as the header has it */
int job_recall_own(struct job *j, struct err *e)
{
    char key[KEY_MAX];
    ProtobufCMessage *m;
    int found;

    key_of(j->claim, key);
    found = svc_get(j->x, key, &cc_billed_claim__descriptor, &m, e);
    if (found == 1)
        j->own = (CcBilledClaim *)(void *)m;
    return found < 0 ? -1 : 0;
}

/* job_recall_named - as the header has it */
int job_recall_named(struct job *j, struct err *e)
{
    j->claim = event_new(j->a, &cc_claim__descriptor);
    if (!j->claim)
        return job_no_memory(e);
    j->claim->claim_id = j->decision->claim_id;
    j->claim->patient_key = j->decision->patient_key;
    return job_check_key(j->claim, e) != 0 || job_recall_own(j, e) != 0 ? -1 : 0;
}

/* job_recall_alias - as the header has it */
int job_recall_alias(struct job *j, const char *patient_key, struct err *e)
{
    const char *key = arena_printf(j->a, "%s/", patient_key);
    ProtobufCMessage *m;
    int found;

    if (!key)
        return job_no_memory(e);
    found = svc_get(j->x, key, &cc_billed_claim__descriptor, &m, e);
    j->alias = found == 1 ? (CcBilledClaim *)(void *)m : NULL;
    return found < 0 ? -1 : 0;
}

/* own_entry - what is remembered of the claim, or a fresh entry; NULL: no memory */
static CcBilledClaim *own_entry(struct job *j)
{
    if (!j->own)
        j->own = event_new(j->a, &cc_billed_claim__descriptor);
    return j->own;
}

/* job_remember_own - as the header has it; an entry that says nothing is taken away */
int job_remember_own(struct job *j, struct err *e)
{
    char key[KEY_MAX];

    key_of(j->claim, key);
    if (!j->own->held_version && !j->own->n_lines)
        return svc_delete(j->x, key, e);
    return svc_put(j->x, key, &j->own->base, e);
}

/* job_remember - as the header has it */
int job_remember(struct job *j, const struct validator_billed *billed, struct err *e)
{
    bool known = j->own != NULL, void_claim = strcmp(j->claim->frequency, "8") == 0;

    if (!j->claim->patient_key[0] || (void_claim && !known))
        return 0;
    if (!own_entry(j))
        return job_no_memory(e);
    if (!remember_lines(billed->lines, void_claim ? 0 : billed->n, j->a, j->own))
        return job_no_memory(e);
    j->own->at_ms = svc_now_ms(j->x);
    j->own->state = CLAIM_STATE_READY;
    j->own->parent_claim = j->claim->parent_claim;
    j->own->held_version = 0;
    j->own->held_digest = 0;
    return job_remember_own(j, e);
}

/* job_digest - as the header has it */
int job_digest(struct job *j, const CcClaim *coded, uint64_t *out, struct err *e)
{
    uint8_t *bytes;
    size_t n;

    if (event_pack(j->a, &coded->base, &bytes, &n, e) != 0)
        return -1;
    *out = digest_u64(bytes, n);
    return 0;
}

/* coded_digest - of the claim in hand, from the record: by now it carries what was found */
static int coded_digest(struct job *j, uint64_t *out, struct err *e)
{
    struct span packed;

    if (j->carried) {
        *out = j->coded_digest;
        return 0;
    }
    if (svc_packed(j->x, j->message, &cc_claim__descriptor, &packed, e) != 0)
        return -1;
    *out = digest_u64(packed.p, packed.n);
    return 0;
}

/* job_remember_held - as the header has it */
int job_remember_held(struct job *j, struct err *e)
{
    if (!j->claim->patient_key[0])
        return 0;
    if (!own_entry(j))
        return job_no_memory(e);
    j->own->held_version = j->claim->version;
    if (!j->decision && coded_digest(j, &j->own->held_digest, e) != 0)
        return -1;
    return job_remember_own(j, e);
}
