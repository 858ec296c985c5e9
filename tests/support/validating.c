/* validating.c - the validator in memory, for tests */
#include "tests/support/validating.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/base/date.h"
#include "tests/support/test.h"

/* bench_setup - settings, sample tables, a worker in memory */
int bench_setup(void **state)
{
    const struct conf_row *const rows[] = {svc_settings, validator_spec.settings, NULL};
    struct bench *b = calloc(1, sizeof(*b));

    b->conf = conf_load(rows, &b->e);
    b->tables = case_tables(TABLE_MAX, &b->e);
    b->a = arena_new((size_t)1 << 24);
    b->sim = b->conf && b->tables ? svc_sim_new(&validator_spec, b->conf, b->tables, &b->e) : NULL;
    if (!b->sim)
        print_message("%s\n", b->e.text);
    *state = b;
    return b->sim ? 0 : -1;
}

/* bench_teardown - all of it */
int bench_teardown(void **state)
{
    struct bench *b = *state;

    svc_sim_free(b->sim);
    tables_free(b->tables);
    conf_free(b->conf);
    arena_free(b->a);
    free(b);
    return 0;
}

/* bench_claim - a sample claim with changes */
CcClaim *bench_claim(struct bench *b, char base, const char *changes)
{
    CcClaim *c = case_claim(base, b->a, &b->o, &b->e);

    if (!c || case_change(c, &b->o, changes, b->a, &b->e) != 0) {
        print_message("%s\n", b->e.text);
        fail();
    }
    return c;
}

/* bench_feed - hands it to the worker on the day of receipt; outputs of earlier ones are forgotten
 */
void bench_feed(struct bench *b, const CcClaim *c)
{
    char id[32];
    int64_t now = ms_of(b->o.received_date ? b->o.received_date : 20260401, 12, 0, 0, 0, 0);

    snprintf(id, sizeof(id), "in-%u", ++b->fed);
    svc_sim_clear(b->sim);
    assert_int_equal(
        svc_sim_feed(b->sim, TOPIC_CLAIMS_CODED, 0, c->patient_key, id, &c->base, now, &b->e), 0);
}

/* bench_decision - as `cleanclaim review decide` makes one */
CcDecision *bench_decision(struct bench *b, const CcClaim *held, const CcReviewItem *item,
                           const char *edits)
{
    CcDecision *d = event_new(b->a, &cc_decision__descriptor);

    d->claim_id = held->claim_id;
    d->version = held->version;
    d->patient_key = held->patient_key;
    d->claim = event_copy(b->a, &held->base);
    d->role = arena_strdup(b->a, "coder");
    d->claim_place = item ? item->claim_place : NULL;
    for (size_t i = 0; item && i < item->n_findings; i++)
        if (strstr(edits, item->findings[i]->edit)) {
            CcFinding *f = event_copy(b->a, &item->findings[i]->base);

            f->overridden = 1;
            f->override_role = d->role;
            f->override_reason = arena_strdup(b->a, "seen in the record");
            f->override_version = held->version;
            event_push(b->a, d, overrides, f);
        }
    return d;
}

/* bench_decide - hands it to the worker an hour after the claim */
void bench_decide(struct bench *b, const CcDecision *d)
{
    char id[32];
    int64_t now = ms_of(b->o.received_date ? b->o.received_date : 20260401, 13, 0, 0, 0, 0);

    snprintf(id, sizeof(id), "decision-%u", ++b->fed);
    svc_sim_clear(b->sim);
    assert_int_equal(
        svc_sim_feed(b->sim, TOPIC_CLAIMS_DECISIONS, 0, d->patient_key, id, &d->base, now, &b->e),
        0);
}

/* bench_payer - as `submitter follow` tells it */
void bench_payer(struct bench *b, const CcClaim *c, CcClaimState state, const char *number)
{
    CcDecision *d = event_new(b->a, &cc_decision__descriptor);

    d->claim_id = c->claim_id;
    d->version = c->version;
    d->patient_key = c->patient_key;
    d->payer_state = state;
    d->payer_claim = arena_strdup(b->a, number);
    bench_decide(b, d);
}

/* bench_output - the n-th record to a topic, unpacked; NULL: there is none */
void *bench_output(struct bench *b, enum topic t, size_t n)
{
    for (size_t i = 0; i < svc_sim_count(b->sim); i++) {
        const struct svc_sim_output *o = svc_sim_output(b->sim, i);
        ProtobufCMessage *m;

        if (o->topic != t || o->dead || n--)
            continue;
        assert_int_equal(
            event_unpack(b->a, topic_row(t)->message, o->value, o->value_len, &m, &b->e), 0);
        return m;
    }
    return NULL;
}

/* bench_finding - the claim or item carries one of this edit */
const CcFinding *bench_finding(CcFinding *const *list, size_t n, const char *edit)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i]->edit, edit) == 0)
            return list[i];
    return NULL;
}
