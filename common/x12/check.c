/* check.c - the envelope: interchanges, groups, sets; counts and control numbers; who gets which
 * result
 *
 * The reader gives segments; three flags say what is open. Whatever closes something early (a
 * header where a trailer was due, damage, the end of the data) first closes what is inside it, so
 * that results always come set, group, interchange. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "common/x12/checker.h"
#include "common/x12/envelope.h"

static const struct span none = {"", 0};

/* plan_of - compiled at its first use; NULL: no such guide, or out of memory */
static const struct plan *plan_of(struct check *c, const struct x12_guide *g)
{
    struct plan **p = &c->guides->plan[g - x12_guides];

    if (!*p)
        *p = plan_new(g);
    if (!*p)
        c->failed = true;
    return *p;
}

/* note_envelope - the first n elements of ISA (0), GS (1), ST (2); copied where their bytes may go
 */
static void note_envelope(struct check *c, int which, struct span *out, unsigned n,
                          const struct x12_segment *s)
{
    size_t used = 0;

    for (unsigned i = 1; i <= n; i++) {
        out[i] = x12_element(s, i);
        if (!c->kept)
            continue;
        if (out[i].n > CHECK_KEPT - used)
            out[i].n = CHECK_KEPT - used;
        memcpy(c->kept[which] + used, out[i].p, out[i].n);
        out[i].p = c->kept[which] + used;
        used += out[i].n;
    }
}

/* start_interchange - ISA */
static void start_interchange(struct check *c, const struct x12_segment *s)
{
    c->in_interchange = true;
    c->groups = c->sets = c->sets_accepted = c->ta1 = 0;
    c->isa_offset = s->offset;
    seen_reset(&c->gs06);
    note_envelope(c, 0, c->envelope.isa, 16, s);
    c->envelope.delims = *s->delims;
    envelope_bytes(c);
    envelope_isa(c, s);
}

/* end_interchange - IEA */
static int end_interchange(struct check *c, const struct x12_segment *s)
{
    const int stop = c->in_group ? close_group(c, true, 0) : 0;

    envelope_iea(c, s);
    return stop ? stop : close_interchange(c, false);
}

/* start_group - GS */
static int start_group(struct check *c, const struct x12_segment *s)
{
    const int stop = c->in_group ? close_group(c, true, 0) : 0;

    c->in_group = true;
    c->groups++;
    c->group_sets = c->group_accepted = 0;
    c->gs_offset = s->offset;
    seen_reset(&c->st02);
    note_envelope(c, 1, c->envelope.gs, 8, s);
    envelope_gs(c, s);
    return stop;
}

/* end_group - GE */
static int end_group(struct check *c, const struct x12_segment *s)
{
    int stop;

    if (!c->in_group) {
        report_envelope(c, X12_INTERCHANGE, "GE", 0, s->offset, "TA105=022", none,
                        "a group's end without a group");
        return 0;
    }
    stop = c->in_set ? close_set(c, true) : 0;
    return stop ? stop : close_group(c, false, envelope_ge(c, s));
}

/* closing - a loop ends: what it must have, its HL, its rules */
static void closing(void *arg, const struct walk_frame *f)
{
    struct check *c = arg;
    const struct plan_loop *l = &c->plan->loops[f->loop];

    envelope_missing(c, f);
    rule_hl_end(c);
    for (unsigned i = 0; i < l->rules; i++) {
        c->rule = c->plan->rules[l->rule + i];
        c->rule->run(c, NULL);
    }
}

/* facts_clear - for a new set; long arrays are told empty by their counts */
static void facts_clear(struct facts *f)
{
    memset(&f->party, 0, sizeof(f->party));
    memset(&f->claim, 0, offsetof(struct claim_fact, payer));
    memset(&f->line, 0, sizeof(f->line));
    memset(&f->remit, 0, sizeof(f->remit));
    memset(&f->answer, 0, sizeof(f->answer));
    f->hl = 0;
    f->codes = f->claim_codes = 0;
}

/* start_set - ST */
static int start_set(struct check *c, const struct x12_segment *s)
{
    const int stop = c->in_set ? close_set(c, true) : 0;
    const struct x12_guide *g;

    c->in_set = true;
    c->segments = 1;
    c->st_offset = s->offset;
    facts_clear(&c->facts);
    note_envelope(c, 2, c->envelope.st, 3, s);
    g = envelope_st(c, s);
    c->plan = g ? plan_of(c, g) : NULL;
    if (c->plan) {
        walk_start(&c->walk, c->plan);
        c->walk.closing = closing;
        c->walk.arg = c;
        check_segment(c, s);
    }
    return stop;
}

/* end_set - SE; the loops still open end first */
static int end_set(struct check *c, const struct x12_segment *s)
{
    if (c->plan) {
        check_segment(c, s);
        walk_end(&c->walk);
    }
    envelope_se(c, s);
    return close_set(c, false);
}

/* inside_set - any other segment of a set */
static void inside_set(struct check *c, const struct x12_segment *s)
{
    if (c->plan)
        check_segment(c, s);
    else
        check_bytes(c, s);
}

/* misplaced - a segment that belongs to no set */
static int misplaced(struct check *c, const struct x12_segment *s)
{
    char id[4] = "";

    memcpy(id, s->id.p, s->id.n < 3 ? s->id.n : 3);
    report_envelope(c, X12_INTERCHANGE, id, 0, s->offset, "TA105=022", none,
                    "a segment outside a set");
    return 0;
}

/* A segment's id as a number, for a switch. */
#define ID2(a, b) ((uint64_t)(a) | (uint64_t)(b) << 8)
#define ID3(a, b, c) (ID2(a, b) | (uint64_t)(c) << 16)

/* take_control - a segment of the envelope; false: it is none */
static bool take_control(struct check *c, const struct x12_segment *s, int *stop)
{
    switch (plan_pack(s->id)) {
    case ID3('I', 'S', 'A'):
        start_interchange(c, s);
        return true;
    case ID3('I', 'E', 'A'):
        *stop = end_interchange(c, s);
        return true;
    case ID2('G', 'S'):
        *stop = start_group(c, s);
        return true;
    case ID2('G', 'E'):
        *stop = end_group(c, s);
        return true;
    case ID2('S', 'T'):
        *stop = c->in_group ? start_set(c, s) : misplaced(c, s);
        return true;
    case ID3('T', 'A', '1'):
        if (c->in_group)
            return false;
        c->ta1++;
        envelope_ta1(c, s);
        return true;
    default:
        return false;
    }
}

/* check_take - one segment */
int check_take(struct check *c, const struct x12_segment *s)
{
    int stop = 0;

    if (take_control(c, s, &stop))
        return stop;
    if (!c->in_set)
        return misplaced(c, s);
    c->segments++;
    if (plan_pack(s->id) == ID2('S', 'E'))
        return end_set(c, s);
    inside_set(c, s);
    return 0;
}

/* check_damage - the reader could not go on */
int check_damage(struct check *c, uint64_t offset, const struct err *e)
{
    const bool open = c->in_interchange;

    if (!open) {
        memset(&c->envelope, 0, sizeof(c->envelope));
        c->groups = c->sets = c->sets_accepted = c->ta1 = 0;
        c->isa_offset = offset;
    }
    report_envelope(c, X12_INTERCHANGE, open ? "" : "ISA", 0, offset,
                    open && offset >= c->end ? "TA105=023" : "TA105=022", none, e->text);
    return close_interchange(c, true);
}

/* begins_claim - is the claim of the segment at hand the one that the facts point into now? */
static bool begins_claim(const struct check *c, const struct x12_segment *s)
{
    const struct claim_fact *f = &c->facts.claim;

    return (f->clm.position > 0 && f->clm.offset == s->offset) ||
           (f->id.n > 0 && f->id.p >= s->id.p);
}

/* first_kept - what is still needed behind a segment: an open claim from its first segment on */
static size_t first_kept(const struct check *c, const struct x12_segment *s, size_t before,
                         size_t behind)
{
    if (c->in_set && c->plan && (c->facts.claim.id.n > 0 || c->facts.claim.clm.position > 0))
        return begins_claim(c, s) ? (size_t)s->offset : before;
    return behind;
}

/* check_run - all segments */
int check_run(struct check *c, struct x12_reader *r, size_t *keep)
{
    struct x12_segment s;
    struct err damage;
    int got, stop = 0;

    while (!stop && !c->failed && (got = x12_next(r, &s, &damage)) != 0) {
        c->any = true;
        c->end = r->size;
        stop = got > 0 ? check_take(c, &s) : check_damage(c, r->at, &damage);
        if (keep)
            *keep = got > 0 ? first_kept(c, &s, *keep, r->at) : r->at;
    }
    if (!stop && !c->failed && !c->any) {
        err_set(&damage, ERR_REJECT, "x12", "no interchange");
        stop = check_damage(c, 0, &damage);
    }
    return stop;
}
