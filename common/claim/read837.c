/* read837.c - an 837 back into claims: where in the loops the reader stands, and when a claim is
 * whole
 *
 * The loops above CLM are kept as templates, each in an arena of its own: what HL 20 said holds
 * until the next HL 20, what HL 22 said until the next HL 22 or 20. A claim is a copy of them,
 * filled on until the next CLM, HL, SE or damage. */
#include "common/claim/read837.h"

#include <string.h>

#include "common/base/str.h"
#include "common/claim/reader.h"

/* adopt - what the templates know, into a claim of its own arena */
static void adopt(struct reader *r, CcClaim *c)
{
    struct take *t = &r->t;
    size_t first = c->n_providers;

    for (size_t i = 0; r->billing && i < r->billing->n_providers; i++) {
        CcProvider *p = event_copy(t->arena, &r->billing->providers[i]->base);

        t->full |= p == NULL;
        if (p)
            take_push(t, c, providers, p);
    }
    for (size_t i = 0; c->n_providers > first && i < c->n_references; i++)
        take_push(t, c->providers[first], secondary_ids, c->references[i]);
    c->n_references = 0; /* 2010BB: the billing provider's numbers at this payer */
}

/* begin_claim - CLM */
static void begin_claim(struct reader *r, const struct x12_segment *s)
{
    struct take *t = &r->t;
    const CcClaim *above = r->patient ? r->patient : r->subscriber;

    reader_begin_level(r, LEVEL_CLAIM, LOOP_2300);
    t->arena = r->of_claim;
    t->full = r->above_full;
    t->claim = above ? event_copy(t->arena, &above->base) : take_new(t, &cc_claim__descriptor);
    t->full |= t->claim == NULL;
    r->claim = t->claim;
    r->claim_position = s->position;
    if (!t->claim)
        return;
    t->claim->kind = t->kind == GUIDE_P ? CLAIM_KIND_PROFESSIONAL : CLAIM_KIND_INSTITUTIONAL;
    t->coverage = t->claim->n_coverages ? t->claim->coverages[0] : NULL;
    t->base = t->claim;
    adopt(r, t->claim);
    if (!above || !r->billing)
        take_fault(t, 0, "a claim outside of billing provider and subscriber");
}

/* begin_other - SBR of 2320 */
static void begin_other(struct reader *r)
{
    struct take *t = &r->t;

    t->level = LEVEL_OTHER;
    t->loop = LOOP_2320;
    t->provider = NULL;
    t->coverage = take_new(t, &cc_claim_coverage__descriptor);
    t->base = t->coverage;
    if (t->coverage)
        take_push(t, t->claim, coverages, t->coverage);
}

/* begin_line - LX */
static void begin_line(struct reader *r)
{
    struct take *t = &r->t;

    t->level = LEVEL_LINE;
    t->loop = LOOP_2400;
    t->provider = NULL;
    t->form = NULL;
    t->line = take_new(t, &cc_service_line__descriptor);
    t->base = t->line;
    if (t->line)
        take_push(t, t->claim, lines, t->line);
}

/* begin_decision - SVD */
static void begin_decision(struct reader *r)
{
    struct take *t = &r->t;

    t->loop = LOOP_2430;
    t->adjudication = take_new(t, &cc_line_adjudication__descriptor);
    t->base = t->adjudication;
    if (t->adjudication)
        take_push(t, t->line, adjudications, t->adjudication);
}

/* clang-format off */
static const struct {
    enum level level;
    const char *entity; /* NM101 */
    enum loop loop;
} names[] = {
    {LEVEL_BILLING,    "85", LOOP_2010AA}, {LEVEL_BILLING,    "87", LOOP_2010AB},
    {LEVEL_SUBSCRIBER, "IL", LOOP_2010BA}, {LEVEL_SUBSCRIBER, "PR", LOOP_2010BB},
    {LEVEL_PATIENT,    "QC", LOOP_2010CA},
    {LEVEL_OTHER,      "IL", LOOP_2330A},  {LEVEL_OTHER,      "PR", LOOP_2330B},
};
/* clang-format on */

/* begin_name - NM1: a loop of its own, or a provider's; else nobody we know */
static void begin_name(struct reader *r, const struct x12_segment *s)
{
    struct take *t = &r->t;

    if (!t->claim)
        return; /* the head, or below an HL that has no place */
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (names[i].level != t->level || !x12_element_is(s, 1, names[i].entity))
            continue;
        t->loop = names[i].loop;
        if (t->loop == LOOP_2010AB)
            reader_begin_provider(r, PROVIDER_ROLE_PAY_TO);
        else if (t->loop == LOOP_2010AA)
            t->provider = r->billing->providers[0];
        return;
    }
    t->party = guide_party(t->level, t->kind, x12_element(s, 1));
    t->loop = t->party ? LOOP_PARTY : LOOP_NONE;
    if (t->party)
        reader_begin_provider(r, t->party->role);
}

/* step - the loop a segment begins, if it begins one */
static void step(struct reader *r, const struct x12_segment *s)
{
    struct take *t = &r->t;
    const bool in_claim = t->level >= LEVEL_CLAIM && t->claim;

    if (x12_is(s, "HL"))
        reader_begin_hl(r, s);
    else if (x12_is(s, "CLM"))
        begin_claim(r, s);
    else if (x12_is(s, "NM1"))
        begin_name(r, s);
    else if (in_claim && t->level != LEVEL_LINE && x12_is(s, "SBR"))
        begin_other(r);
    else if (in_claim && x12_is(s, "LX"))
        begin_line(r);
    else if (t->line && x12_is(s, "SVD"))
        begin_decision(r);
    else if (t->line && x12_is(s, "LIN"))
        t->loop = LOOP_2410;
    else if (t->line && x12_is(s, "LQ"))
        t->loop = LOOP_2440;
}

/* row_of - of a segment in the loop in hand; NULL: none */
static const struct seg *row_of(const struct take *t, const struct x12_segment *s)
{
    for (size_t k = 0; k < LOOP_TABLES && guide_loops[t->loop].rows[k]; k++)
        for (const struct seg *r = guide_loops[t->loop].rows[k]; r->segment; r++)
            if ((r->kinds & t->kind) && (r->read || t->loop == LOOP_HEAD) &&
                x12_is(s, r->segment) && (!r->qualifier || x12_element_is(s, 1, r->qualifier)))
                return r;
    return NULL;
}

/* note - where the segment belongs, for claim_place */
static void note(struct reader *r)
{
    struct take *t = &r->t;
    const CcClaim *c = t->claim;

    switch (t->level) {
    case LEVEL_HEAD:
        return;
    case LEVEL_BILLING:
        take_place(t, CLAIM_PART_PROVIDER, c->n_providers - 1);
        return;
    case LEVEL_SUBSCRIBER:
        take_place(t, CLAIM_PART_COVERAGE, 0);
        if (t->loop != LOOP_2010BB)
            take_place(t, CLAIM_PART_PATIENT, 0);
        return;
    case LEVEL_PATIENT:
        take_place(t, CLAIM_PART_PATIENT, 0);
        return;
    case LEVEL_OTHER:
        take_place(t, CLAIM_PART_COVERAGE, c->n_coverages - 1);
        return;
    case LEVEL_LINE:
        take_place(t, CLAIM_PART_LINE, c->n_lines - 1);
        return;
    case LEVEL_CLAIM:
    case LEVEL_MAX:
    default:
        if (t->loop == LOOP_PARTY)
            take_place(t, CLAIM_PART_PROVIDER, c->n_providers - 1);
        else
            take_place(t, CLAIM_PART_CLAIM, 0);
    }
}

/* reader_segment - one segment between ST and SE */
void reader_segment(struct reader *r, const struct x12_segment *s)
{
    struct take *t = &r->t;
    const bool begins = x12_is(s, "HL") || x12_is(s, "CLM");
    const struct seg *row;

    t->s = s;
    if (t->full && !begins)
        return;
    step(r, s);
    if (t->level < LEVEL_CLAIM) /* what its HL lacks, a claim below lacks too */
        r->above_full |= t->full;
    if (t->full || x12_is(s, "HL") || (!t->claim && t->level != LEVEL_HEAD))
        return;
    note(r);
    row = row_of(t, s);
    if (row && row->read)
        row->read(t, row);
    else if (!row)
        take_extra(t);
    if (t->level >= LEVEL_CLAIM)
        return;
    for (enum level l = t->level; l > LEVEL_HEAD && l < LEVEL_CLAIM; l++)
        r->marks[l] = reader_marks(r);
    r->above_full |= t->full;
}

/* reader_lost - see reader.h */
void reader_lost(struct reader *r, uint32_t position, struct span id)
{
    struct take *t = &r->t;
    struct claim_oddity o = {.position = position, .rule = "a segment that cannot be read"};

    str_copy(o.loop, sizeof(o.loop), guide_loops[t->loop].name);
    memcpy(o.segment, id.p, id.n < sizeof(o.segment) ? id.n : 0);
    oddities_add(&r->faults, &o);
    for (enum level l = t->level; l < LEVEL_CLAIM; l++)
        r->marks[l] = reader_marks(r);
}

/* reader_begin_set - ST */
void reader_begin_set(struct reader *r, unsigned kind)
{
    memset(r->marks, 0, sizeof(r->marks));
    reader_begin_level(r, LEVEL_BILLING, LOOP_NONE);
    r->t.level = LEVEL_HEAD;
    r->t.loop = LOOP_HEAD;
    r->t.kind = kind;
    r->billing = r->subscriber = r->patient = r->claim = NULL;
    r->above_full = false;
    r->hl_position = r->claim_position = 0;
    r->bht03[0] = r->submitter_name[0] = r->submitter_contact[0] = r->submitter_phone[0] =
        r->receiver_name[0] = '\0';
    r->date = 0;
    r->hhmm = 0;
}
