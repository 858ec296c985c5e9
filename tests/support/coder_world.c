/* coder_world.c - the worker in memory */
#include "tests/support/coder_world.h"

#include "tests/support/test.h"

#include <stdio.h>

#include "tests/support/care_tables.h"

/* coder_world_open - the worker with tables, three days of hold */
struct world coder_world_open(void)
{
    static const struct conf_row *const rows[] = {coder_settings, NULL};
    struct world x = {
        .a = arena_new((size_t)64 << 20), .t = care_tables(TABLE_MAX), .now = 1000000};

    x.conf = conf_load(rows, &x.e);
    assert_non_null(x.conf);
    assert_int_equal(conf_set(x.conf, "QUALITY_PER_MILLE", "0", &x.e), 0);
    x.sim = svc_sim_new(&coder_spec, x.conf, x.t, &x.e);
    assert_non_null(x.sim);
    return x;
}

/* coder_world_close - all of it */
void coder_world_close(struct world *x)
{
    svc_sim_free(x->sim);
    conf_free(x->conf);
    tables_free(x->t);
    arena_free(x->a);
}

/* world_feed_key - one event under a key; each key is of a partition of its own */
void world_feed_key(struct world *x, const CcEncounter *ev, const char *key)
{
    int32_t partition = strcmp(key, KEY_B) == 0;

    x->now += 1000;
    if (svc_sim_feed(x->sim, TOPIC_ENCOUNTERS, partition, key, ev->event_id, &ev->base, x->now,
                     &x->e) != 0)
        fail_msg("%s", x->e.text);
}

/* world_feed - under its own key */
void world_feed(struct world *x, const CcEncounter *ev)
{
    world_feed_key(x, ev, ev->patient_key);
}

/* world_pass - time goes by */
void world_pass(struct world *x, int64_t ms)
{
    x->now += ms;
    if (svc_sim_clock(x->sim, x->now, &x->e) != 0)
        fail_msg("%s", x->e.text);
}

/* world_count - outputs to a topic */
size_t world_count(const struct world *x, enum topic t)
{
    size_t n = 0;

    for (size_t i = 0; i < svc_sim_count(x->sim); i++)
        n += svc_sim_output(x->sim, i)->topic == t && !svc_sim_output(x->sim, i)->dead;
    return n;
}

/* world_last - the last output to a topic, unpacked; NULL: none */
void *world_last(struct world *x, enum topic t, const char **key)
{
    const struct svc_sim_output *found = NULL;
    ProtobufCMessage *m;

    for (size_t i = 0; i < svc_sim_count(x->sim); i++)
        if (svc_sim_output(x->sim, i)->topic == t)
            found = svc_sim_output(x->sim, i);
    if (!found)
        return NULL;
    assert_int_equal(
        event_unpack(x->a, topic_row(t)->message, found->value, found->value_len, &m, &x->e), 0);
    if (key)
        *key = found->key;
    return m;
}

/* world_claim_status - of a claim, not of the encounter */
CcClaimStatus *world_claim_status(struct world *x)
{
    CcClaimStatus *found = NULL;

    for (size_t i = 0; i < svc_sim_count(x->sim); i++) {
        const struct svc_sim_output *o = svc_sim_output(x->sim, i);
        ProtobufCMessage *m;

        if (o->topic != TOPIC_CLAIMS_STATUS || o->key[0] == 'E')
            continue;
        assert_int_equal(
            event_unpack(x->a, &cc_claim_status__descriptor, o->value, o->value_len, &m, &x->e), 0);
        found = (CcClaimStatus *)(void *)m;
    }
    assert_non_null(found);
    return found;
}

/* world_claim - the last claim sent */
CcClaim *world_claim(struct world *x)
{
    CcClaim *c = world_last(x, TOPIC_CLAIMS_CODED, NULL);

    assert_non_null(c);
    return c;
}

/* world_registered - a visit at the practice, with all that a claim needs but its end */
CcEncounter *world_registered(struct world *x)
{
    CcEncounter *ev = care_event(x->a, EVENT_KIND_REGISTER, "ADT^A04^ADT_A01", "REG|HOSP", 10);
    CcVisit *v = care_visit(x->a, ev, ENCOUNTER_CLASS_EMERGENCY);

    v->admit_date = 20260301;
    v->facility = care_text(x->a, "CLINIC");
    care_patient(x->a, ev, "TESTER", "ADA");
    care_coverage(x->a, ev, 1, "SHP01", "SYN0001234");
    care_provider(x->a, ev, PROVIDER_ROLE_RENDERING, "1455555015");
    care_dx(x->a, ev, "E119", PROBLEM_USE_FINAL, 1);
    return ev;
}

/* world_charged - one charge of the visit */
CcEncounter *world_charged(struct world *x, const char *id, const char *cdm, int64_t ms)
{
    CcEncounter *ev = care_event(x->a, EVENT_KIND_CHARGES, "DFT^P03^DFT_P03", "LAB|HOSP", ms);

    care_charge(x->a, ev, id, cdm, 1000, 20260301);
    return ev;
}

/* world_said - an event of the registration without anything else */
CcEncounter *world_said(struct world *x, CcEventKind kind, const char *type, int64_t ms)
{
    CcEncounter *ev = care_event(x->a, kind, type, "REG|HOSP", ms);

    ev->bill = kind == EVENT_KIND_BILL;
    if (kind == EVENT_KIND_DISCHARGE)
        care_visit(x->a, ev, ENCOUNTER_CLASS_EMERGENCY)->discharge_date = 20260301;
    return ev;
}

/* world_question - the last one of a reason */
CcReviewItem *world_question(struct world *x, const char *reason)
{
    CcReviewItem *found = NULL;

    for (size_t i = 0; i < svc_sim_count(x->sim); i++) {
        const struct svc_sim_output *o = svc_sim_output(x->sim, i);
        ProtobufCMessage *m;

        if (o->topic != TOPIC_WORK_REVIEW)
            continue;
        assert_int_equal(
            event_unpack(x->a, &cc_review_item__descriptor, o->value, o->value_len, &m, &x->e), 0);
        if (strcmp(((CcReviewItem *)(void *)m)->reason, reason) == 0)
            found = (CcReviewItem *)(void *)m;
    }
    return found;
}

/* world_said_of - the last status of an event */
CcClaimStatus *world_said_of(struct world *x, const char *event)
{
    CcClaimStatus *found = NULL;

    for (size_t i = 0; i < svc_sim_count(x->sim); i++) {
        const struct svc_sim_output *o = svc_sim_output(x->sim, i);
        ProtobufCMessage *m;

        if (o->topic != TOPIC_CLAIMS_STATUS)
            continue;
        assert_int_equal(
            event_unpack(x->a, &cc_claim_status__descriptor, o->value, o->value_len, &m, &x->e), 0);
        if (strcmp(((CcClaimStatus *)(void *)m)->event, event) == 0)
            found = (CcClaimStatus *)(void *)m;
    }
    return found;
}

/* world_decision - by a coder, who saw it in the record */
CcDecision *world_decision(struct world *x, const char *review_id, const char *choice,
                           CcCodeSystem system, const char *code)
{
    CcDecision *d = event_new(x->a, &cc_decision__descriptor);

    d->answer = event_new(x->a, &cc_review_answer__descriptor);
    d->encounter = care_text(x->a, ENC);
    d->patient_key = care_text(x->a, KEY_A);
    d->answer->review_id = care_text(x->a, review_id);
    d->answer->choice = care_text(x->a, choice);
    d->answer->role = care_text(x->a, "coder");
    d->answer->why = care_text(x->a, "seen in the record");
    d->answer->at_ms = x->now;
    if (code)
        assert_true(event_push(x->a, d->answer, codes, care_code(x->a, system, code, "")));
    return d;
}

/* world_decide - under the patient's key */
void world_decide(struct world *x, const CcDecision *d)
{
    x->now += 1000;
    if (svc_sim_feed(x->sim, TOPIC_CLAIMS_DECISIONS, 0, d->patient_key,
                     arena_printf(x->a, "d%lld", (long long)x->now), &d->base, x->now, &x->e) != 0)
        fail_msg("%s", x->e.text);
}
