/* lives.c - lives of eight kinds: paid, denied, reversed and corrected, rejected, refused by the
 * 999, pending, two payers, no answer after the acknowledgment */
#include "tests/support/lives.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/svc/svc.h"
#include "services/submitter/submitter.h"

enum { KINDS = 8, EVENTS = 12, WINDOW = 1000, CHARGE = 21500, ID = 16, NAME = 64 };
#define NOW INT64_C(1775000000000)

/* One thing said of a claim. */
struct said {
    const char *kind, *event, *category; /* kind "step": a status of build or deliver */
    int64_t charge, paid, patient, refused;
    const char *number;
};

#define BATCH                                                                                      \
    {                                                                                              \
        "step", "batch", "", 0, 0, 0, 0, ""                                                        \
    }
#define SENT                                                                                       \
    {                                                                                              \
        "step", "transport_ok", "", 0, 0, 0, 0, ""                                                 \
    }
#define TA1                                                                                        \
    {                                                                                              \
        "TA1", "ta1_A", "A", 0, 0, 0, 0, ""                                                        \
    }
#define SYNTAX                                                                                     \
    {                                                                                              \
        "999", "999_A", "A", 0, 0, 0, 0, ""                                                        \
    }
#define GOT                                                                                        \
    {                                                                                              \
        "277CA", "277CA_WQ", "A1", 0, 0, 0, 0, ""                                                  \
    }
#define TAKEN                                                                                      \
    {                                                                                              \
        "277CA", "277CA_WQ", "A2", 0, 0, 0, 0, ""                                                  \
    }
#define PAID                                                                                       \
    {                                                                                              \
        "835", "era_paid", "1", CHARGE, 15000, 2500, 0, "P1"                                       \
    }

/* clang-format off */
static const struct said lives[KINDS][EVENTS] = {
    {BATCH, SENT, TA1, SYNTAX, GOT, TAKEN, PAID},
    {BATCH, SENT, TA1, SYNTAX, TAKEN, {"835", "era_denied", "1", CHARGE, 0, 0, CHARGE, "P1"}},
    {BATCH, SENT, TA1, SYNTAX, TAKEN, PAID, {"835", "era_reversal", "22", -CHARGE, -15000, -2500, 0, "P1"},
     {"835", "era_paid", "1", CHARGE, 10000, 2500, 5000, "P2"}},
    {BATCH, SENT, TA1, SYNTAX, {"277CA", "277CA_U", "A7", 0, 0, 0, 0, ""}},
    {BATCH, SENT, TA1, {"999", "999_R", "R", 0, 0, 0, 0, ""}},
    {BATCH, SENT, TA1, SYNTAX, TAKEN, {"277", "277_P", "P1", 0, 0, 0, 0, ""}, PAID},
    {BATCH, SENT, TA1, SYNTAX, TAKEN, PAID, {"835", "era_paid", "2", CHARGE, 2500, 0, 0, "S1"}},
    {BATCH, SENT, TA1, SYNTAX, GOT, TAKEN},
};
/* clang-format on */

/* How a life ended. */
struct end {
    CcClaimState state;
    int64_t paid, patient, contractual, published;
};

/* A run in hand. */
struct run {
    struct svc_sim *sim;
    struct arena *a;
    uint64_t from;
    struct end ends[WINDOW];
    uint64_t serial;
    struct err e;
};

/* text - of the run's memory */
static char *text(struct run *r, const char *s)
{
    return arena_strdup(r->a, s);
}

/* id_of - the claim's number */
static const char *id_of(uint64_t n, char out[ID])
{
    snprintf(out, ID, "L%09llu", (unsigned long long)n);
    return out;
}

/* read_outputs - what follow said of the claims */
static void read_outputs(struct run *r)
{
    for (size_t i = 0; i < svc_sim_count(r->sim); i++) {
        const struct svc_sim_output *o = svc_sim_output(r->sim, i);
        ProtobufCMessage *m;
        struct end *end;

        if (o->key[0] != 'L')
            continue;
        end = &r->ends[strtoull(o->key + 1, NULL, 10) - r->from];
        if (o->topic == TOPIC_CLAIMS_STATUS &&
            event_unpack(r->a, &cc_claim_status__descriptor, o->value, o->value_len, &m, &r->e) ==
                0) {
            const CcClaimStatus *st = (CcClaimStatus *)(void *)m;

            end->state = st->state;
            end->paid = st->paid_cents;
            end->patient = st->patient_cents;
            end->contractual = st->contractual_cents;
        } else if (o->topic == TOPIC_REMITTANCES &&
                   event_unpack(r->a, &cc_remittance__descriptor, o->value, o->value_len, &m,
                                &r->e) == 0) {
            end->published += ((CcRemittance *)(void *)m)->paid_cents;
        }
    }
    svc_sim_clear(r->sim);
}

/* adjust - an amount of a remittance */
static void adjust(struct run *r, CcRemittance *m, const char *group, const char *reason,
                   int64_t cents)
{
    CcRemittanceAdjustment *a = event_new(r->a, &cc_remittance_adjustment__descriptor);

    if (!a || !cents)
        return;
    a->group = text(r, group);
    a->reason = text(r, reason);
    a->amount_cents = cents;
    event_push(r->a, m, adjustments, a);
}

/* remittance - in balance */
static CcRemittance *remittance(struct run *r, const struct said *s, const char *id)
{
    CcRemittance *m = event_new(r->a, &cc_remittance__descriptor);
    bool second = strcmp(s->category, "2") == 0;

    if (!m)
        return NULL;
    m->claim_id = text(r, id);
    m->payer_claim = text(r, s->number);
    m->status = text(r, s->category);
    m->reversal = s->charge < 0;
    m->charge_cents = s->charge;
    m->paid_cents = s->paid;
    m->patient_cents = s->patient;
    m->payment_date = 20260415;
    adjust(r, m, "PR", "3", s->patient);
    adjust(r, m, "CO", "50", s->refused);
    adjust(r, m, second ? "OA" : "CO", second ? "23" : "45",
           s->charge - s->paid - s->patient - s->refused);
    return m;
}

/* feed - one record */
static int feed(struct run *r, enum topic t, const char *id, const ProtobufCMessage *m)
{
    char name[NAME];

    snprintf(name, sizeof(name), "e%llu", (unsigned long long)r->serial++);
    if (svc_sim_feed(r->sim, t, 0, id, name, m, NOW, &r->e) != 0)
        return -1;
    read_outputs(r);
    return 0;
}

/* say_status - of build or deliver */
static int say_status(struct run *r, const struct said *s, const char *id, struct end *end)
{
    CcClaimStatus *st = event_new(r->a, &cc_claim_status__descriptor);

    if (!st)
        return -1;
    st->claim_id = text(r, id);
    st->version = 1;
    st->state = s->event[0] == 'b' ? CLAIM_STATE_BATCHED : CLAIM_STATE_SENT;
    st->step = text(r, s->event[0] == 'b' ? "build" : "deliver");
    st->event = text(r, s->event);
    st->charge_cents = CHARGE;
    st->isa13 = text(r, "000000101");
    if (end->state == CLAIM_STATE_UNKNOWN || end->state == CLAIM_STATE_BATCHED)
        end->state = st->state;
    return feed(r, TOPIC_CLAIMS_STATUS, id, &st->base);
}

/* say - one thing of one claim */
static int say(struct run *r, uint64_t n, const struct said *s)
{
    struct end *end = &r->ends[n - r->from];
    char id[ID];
    CcAnswer *a;

    arena_reset(r->a);
    id_of(n, id);
    if (strcmp(s->kind, "step") == 0)
        return say_status(r, s, id, end);
    a = event_new(r->a, &cc_answer__descriptor);
    if (!a)
        return -1;
    a->kind = text(r, s->kind);
    a->level = text(r, "claim");
    a->claim_id = text(r, id);
    a->event = text(r, s->event);
    a->category = text(r, s->category);
    a->key = arena_printf(r->a, "%s|%s|%s|%s", s->kind, s->event, s->category, s->number);
    a->received_ms = NOW;
    if (s->kind[0] == 'T' || s->kind[0] == '9')
        a->isa13 = text(r, "000000101");
    if (s->charge)
        a->remittance = remittance(r, s, id);
    return feed(r, TOPIC_PAYER_ANSWERS, id, &a->base);
}

/* begin - an empty follow */
static int begin(struct run *r, uint64_t from, const struct conf *c)
{
    memset(r, 0, sizeof(*r));
    r->from = from;
    r->a = arena_new(4 << 20);
    r->sim = svc_sim_new(&submitter_follow_spec, c, NULL, &r->e);
    return r->a && r->sim ? 0 : -1;
}

/* finish - frees all */
static void finish(struct run *r)
{
    svc_sim_free(r->sim);
    arena_free(r->a);
}

/* in_order - everything once */
static int in_order(struct run *r, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        for (const struct said *s = lives[(r->from + i) % KINDS]; s->kind; s++)
            if (say(r, r->from + i, s) != 0)
                return -1;
    return 0;
}

/* next_random - xorshift: the same on every machine */
static uint64_t next_random(uint64_t *s)
{
    *s ^= *s << 13;
    *s ^= *s >> 7;
    *s ^= *s << 17;
    return *s;
}

/* shuffled - everything twice, over all claims of the window in any order */
static int shuffled(struct run *r, unsigned n, uint64_t seed, struct lives *out)
{
    static uint32_t order[WINDOW * EVENTS * 2];
    uint64_t s = (seed + r->from) * 2654435761u + 88172645463325252u;
    size_t count = 0;

    for (unsigned i = 0; i < n; i++)
        for (unsigned k = 0; lives[(r->from + i) % KINDS][k].kind; k++)
            for (int twice = 0; twice < 2; twice++)
                order[count++] = i * EVENTS + k;
    for (size_t i = count; i > 1; i--) {
        size_t k = next_random(&s) % i;
        uint32_t t = order[i - 1];

        order[i - 1] = order[k];
        order[k] = t;
    }
    for (size_t i = 0; i < count; i++) {
        uint64_t claim = r->from + order[i] / EVENTS;

        if (say(r, claim, &lives[claim % KINDS][order[i] % EVENTS]) != 0)
            return -1;
    }
    out->records += count;
    return 0;
}

/* cpu_us - of this process */
static int64_t cpu_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* window - at most WINDOW claims */
static int window(uint64_t from, unsigned n, uint64_t seed, const struct conf *c, struct lives *out)
{
    static struct run once, twice;
    int64_t before;
    int bad = begin(&once, from, c) != 0 || begin(&twice, from, c) != 0 || in_order(&once, n) != 0;

    before = cpu_us();
    bad = bad || shuffled(&twice, n, seed, out) != 0;
    out->cpu_us += cpu_us() - before;
    for (unsigned i = 0; !bad && i < n; i++)
        if (memcmp(&once.ends[i], &twice.ends[i], sizeof(struct end)) != 0 && out->differ++ == 0)
            out->first = from + i;
    out->claims += n;
    if (bad)
        fprintf(stderr, "lives: %s %s\n", once.e.text, twice.e.text);
    finish(&once);
    finish(&twice);
    return bad ? -1 : 0;
}

/* lives_run - window by window */
int lives_run(uint64_t from, unsigned n, uint64_t seed, struct lives *out)
{
    const struct conf_row *const rows[] = {submitter_follow_spec.settings, NULL};
    struct err e = {0};
    struct conf *c = conf_load(rows, &e);
    int bad = c ? 0 : -1;

    for (unsigned i = 0; bad == 0 && i < n; i += WINDOW)
        bad = window(from + i, n - i < WINDOW ? n - i : WINDOW, seed, c, out);
    conf_free(c);
    return bad;
}
