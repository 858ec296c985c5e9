/* hl837.c - reading the levels above a claim: HL 20, 22, 23, and what is forgotten when one ends */
#include <string.h>

#include "common/claim/reader.h"

/* fresh - the template of a level, empty */
static CcClaim *fresh(struct reader *r, struct arena *a)
{
    CcClaim *c;

    arena_reset(a);
    r->t.arena = a;
    c = take_new(&r->t, &cc_claim__descriptor);
    if (c)
        c->patient = take_new(&r->t, &cc_patient__descriptor);
    return c;
}

/* reader_begin_provider - a provider of the claim or template in hand */
void reader_begin_provider(struct reader *r, CcProviderRole role)
{
    struct take *t = &r->t;

    t->provider = take_new(t, &cc_provider__descriptor);
    if (!t->provider)
        return;
    t->provider->role = role;
    t->base = t->provider;
    if (t->line)
        take_push(t, t->line, providers, t->provider);
    else if (t->level == LEVEL_OTHER)
        take_push(t, t->coverage, providers, t->provider);
    else
        take_push(t, t->claim, providers, t->provider);
}

/* reader_marks - how much is noted */
struct marks reader_marks(const struct reader *r)
{
    return (struct marks){places_mark(r->t.places), r->faults.n, r->extras.n};
}

/* forget_below - what was noted under a level that ends; the level above it stays */
static void forget_below(struct reader *r, enum level above)
{
    const struct marks m = r->marks[above];

    places_cut(r->t.places, m.places);
    r->faults.n = r->faults.n < m.faults ? r->faults.n : m.faults;
    r->extras.n = r->extras.n < m.extras ? r->extras.n : m.extras;
    for (enum level l = above + 1; l < LEVEL_CLAIM; l++)
        r->marks[l] = m;
}

/* reader_begin_level - HL: back to the level above, and nothing of a claim in hand */
void reader_begin_level(struct reader *r, enum level level, enum loop loop)
{
    struct take *t = &r->t;

    forget_below(r, level - 1);
    t->level = level;
    t->loop = loop;
    t->claim = NULL;
    t->coverage = NULL;
    t->provider = NULL;
    t->line = NULL;
    t->adjudication = NULL;
    t->form = NULL;
    t->full = false;
}

/* begin_billing - HL 20 */
static void begin_billing(struct reader *r)
{
    reader_begin_level(r, LEVEL_BILLING, LOOP_2000A);
    r->above_full = false;
    r->subscriber = r->patient = NULL;
    r->t.claim = r->billing = fresh(r, r->of_billing);
    if (r->billing)
        reader_begin_provider(r, PROVIDER_ROLE_BILLING);
}

/* begin_subscriber - HL 22 */
static void begin_subscriber(struct reader *r, const struct x12_segment *s)
{
    struct take *t = &r->t;

    reader_begin_level(r, LEVEL_SUBSCRIBER, LOOP_2000B);
    r->patient = NULL;
    r->hl_position = s->position;
    t->claim = r->subscriber = fresh(r, r->of_subscriber);
    t->base = t->coverage = take_new(t, &cc_claim_coverage__descriptor);
    if (!t->claim || !t->coverage)
        return;
    t->coverage->destination = true;
    take_push(t, t->claim, coverages, t->coverage);
}

/* begin_patient - HL 23 */
static void begin_patient(struct reader *r)
{
    struct take *t = &r->t;

    reader_begin_level(r, LEVEL_PATIENT, LOOP_2000C);
    arena_reset(r->of_patient);
    t->arena = r->of_patient;
    t->claim = r->patient = event_copy(t->arena, &r->subscriber->base);
    t->full |= t->claim == NULL;
    if (!t->claim)
        return;
    t->claim->patient = take_new(t, &cc_patient__descriptor);
    t->base = t->coverage = t->claim->coverages[0];
}

/* reader_begin_hl - a level of the hierarchy; one we do not know, or without its parent, has no
 * place */
void reader_begin_hl(struct reader *r, const struct x12_segment *s)
{
    r->claim = NULL;
    if (x12_element_is(s, 3, "20")) {
        begin_billing(r);
    } else if (x12_element_is(s, 3, "22")) {
        begin_subscriber(r, s);
    } else if (x12_element_is(s, 3, "23") && r->subscriber && r->subscriber->n_coverages > 0) {
        begin_patient(r);
    } else {
        reader_begin_level(r, LEVEL_SUBSCRIBER, LOOP_NONE);
        r->subscriber = r->patient = NULL; /* no claim below it is that of the last patient */
    }
}
