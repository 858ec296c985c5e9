/* decide_fuzz.c - any bytes as a decision about a held claim, and a person's whole decision with
 * any bytes in it: the worker answers or refuses, the next record is unaffected, and no claim goes
 * on with a hold that nobody has confirmed by role and reason, or with a reject.
 *
 * With the first byte odd the bytes are put into a good decision: the next two say where, the
 * fourth how much of it they replace. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "services/validator/cases/case.h"
#include "services/validator/validator.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { ARENA = 1 << 24, HEAD = 4, MOST = 1 << 16 };

static struct fuzz {
    struct svc_sim *sim;
    struct arena *kept, *a; /* of the process, of one input */
    CcClaim *claim;
    uint8_t *good; /* a decision that confirms it */
    size_t n_good;
} fuzz;

/* must - a step of the harness itself */
static void must(bool fine)
{
    if (!fine)
        abort();
}

/* feed - one record an hour later than the last kind */
static void feed(struct fuzz *f, enum topic t, int hour, const void *bytes, size_t n)
{
    struct err e = {0};

    svc_sim_clear(f->sim);
    must(svc_sim_feed_bytes(f->sim, t, 0, f->claim->patient_key, "id", bytes, n,
                            ms_of(20260401, hour, 0, 0, 0, 0), &e) == 0);
}

/* hold - the claim as it was coded: always a question */
static CcReviewItem *hold(struct fuzz *f)
{
    struct err e = {0};
    ProtobufCMessage *m;
    uint8_t *bytes;
    size_t n;

    must(event_pack(f->a, &f->claim->base, &bytes, &n, &e) == 0);
    feed(f, TOPIC_CLAIMS_CODED, 12, bytes, n);
    for (size_t i = 0; i < svc_sim_count(f->sim); i++) {
        const struct svc_sim_output *o = svc_sim_output(f->sim, i);

        if (o->topic == TOPIC_WORK_REVIEW) {
            must(event_unpack(f->a, &cc_review_item__descriptor, o->value, o->value_len, &m, &e) ==
                 0);
            return (CcReviewItem *)(void *)m;
        }
    }
    abort();
}

/* decision - a person's word on all that may be confirmed */
static CcDecision *decision(struct fuzz *f, const CcReviewItem *item)
{
    CcDecision *d = event_new(f->a, &cc_decision__descriptor);

    d->claim_id = f->claim->claim_id;
    d->version = f->claim->version;
    d->patient_key = f->claim->patient_key;
    d->claim = f->claim;
    d->role = arena_strdup(f->a, "coder");
    for (size_t i = 0; i < item->n_findings; i++) {
        CcFinding *x = item->findings[i];

        x->overridden = 1;
        x->override_role = d->role;
        x->override_reason = arena_strdup(f->a, "seen");
        x->override_version = d->version;
        must(event_push(f->a, d, overrides, x));
    }
    return d;
}

/* start - the worker, the claim and its decision, once */
static void start(struct fuzz *f)
{
    const struct conf_row *const rows[] = {svc_settings, validator_spec.settings, NULL};
    struct err e = {0};
    struct case_options o = {0};
    struct conf *c = conf_load(rows, &e);
    struct tables *t = case_tables(TABLE_MAX, &e);

    f->sim = c && t ? svc_sim_new(&validator_spec, c, t, &e) : NULL;
    f->a = arena_new(ARENA);
    f->kept = arena_new(ARENA);
    must(f->sim && f->a && f->kept);
    f->claim = case_claim('P', f->kept, &o, &e);
    must(f->claim && case_change(f->claim, &o, "L1.modifiers=59", f->kept, &e) == 0);
    must(event_pack(f->kept, &decision(f, hold(f))->base, &f->good, &f->n_good, &e) == 0);
    feed(f, TOPIC_CLAIMS_DECISIONS, 13, f->good, f->n_good);
    must(svc_sim_count(f->sim) && svc_sim_output(f->sim, 0)->topic == TOPIC_WORK_REVIEW);
}

/* confirmed - every finding that stops a claim has its word, and may have one */
static void confirmed(struct fuzz *f, const struct svc_sim_output *o)
{
    struct err e = {0};
    ProtobufCMessage *m;
    const CcClaim *c;

    must(event_unpack(f->a, &cc_claim__descriptor, o->value, o->value_len, &m, &e) == 0);
    c = (const CcClaim *)(const void *)m;
    for (size_t i = 0; i < c->n_findings; i++) {
        const CcFinding *x = c->findings[i];

        must(x->severity < SEVERITY_HOLD ||
             (x->overridden && edit_may_override(x) && x->override_role[0] &&
              x->override_reason[0] && x->override_version == c->version));
    }
}

/* LLVMFuzzerTestOneInput - held, decided by these bytes, and held again */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct fuzz *f = &fuzz;
    uint8_t *bytes;
    size_t at, gone;

    if (!f->sim)
        start(f);
    if (n < HEAD || n > MOST)
        return 0;
    arena_reset(f->a);
    hold(f);
    bytes = arena_alloc(f->a, f->n_good + n);
    must(bytes != NULL);
    at = data[0] & 1 ? (size_t)(data[1] | data[2] << 8) % f->n_good : 0;
    gone = data[0] & 1 ? data[3] % (f->n_good - at) : f->n_good;
    memcpy(bytes, f->good, at);
    memcpy(bytes + at, data + HEAD, n - HEAD);
    memcpy(bytes + at + n - HEAD, f->good + at + gone, f->n_good - at - gone);
    feed(f, TOPIC_CLAIMS_DECISIONS, 13, bytes, f->n_good - gone + n - HEAD);
    for (size_t i = 0; i < svc_sim_count(f->sim); i++)
        if (!svc_sim_output(f->sim, i)->dead &&
            svc_sim_output(f->sim, i)->topic == TOPIC_CLAIMS_CLEAN)
            confirmed(f, svc_sim_output(f->sim, i));
    return 0;
}
