/* segment.c - one segment in its set: its place, its elements, its rules; what a loop lacks when it
 * ends */
#include <string.h>

#include "common/x12/envelope.h"

/* What each way of having no place is called. */
struct no_place {
    const char *code, *text;
};

static const struct no_place no_places[] = {
    [WALK_OUT_OF_ORDER] = {"IK304=7", "out of sequence"},
    [WALK_UNEXPECTED] = {"IK304=2", "unexpected here"},
    [WALK_NOT_IN_SET] = {"IK304=6", "not a segment of this set"},
    [WALK_UNKNOWN] = {"IK304=1", "no such segment"},
};

/* run_rules - those of the row */
static void run_rules(struct check *c, const struct plan_row *row, const struct x12_segment *s)
{
    for (unsigned i = 0; i < row->rules; i++) {
        c->rule = c->plan->rules[row->rule + i];
        c->rule->run(c, s);
    }
}

/* too_often - a loop (its first segment) or a segment */
static void too_often(struct check *c, const struct plan_row *row, const struct x12_segment *s)
{
    const struct plan_loop *l = &c->plan->loops[row->loop];
    const bool loop = &c->plan->rows[l->row] == row;

    report_here(c, s, 0, 0, 2, loop ? "IK304=4" : "IK304=5",
                loop ? "the loop repeats too often" : "repeats too often");
}

/* displaced - no place, or not the place that is due; one lost segment is said, those that follow
 * it in vain are not */
static void displaced(struct check *c, enum walk_place place, const struct plan_row *row,
                      const struct x12_segment *s, bool was_lost)
{
    if (place == WALK_BAD_CODE) {
        report_here(c, s, row->tell[0].element, row->tell[0].composite, 2, "IK403=7",
                    "no segment with this code is due here");
        return;
    }
    if (!was_lost || place == WALK_UNKNOWN || place == WALK_NOT_IN_SET)
        report_here(c, s, 0, 0, 1, no_places[place].code, no_places[place].text);
    if (row)
        check_elements(c, row, s);
    else
        check_bytes(c, s);
}

/* is_spoilt - has something been found since that is more than a note? */
static bool is_spoilt(const struct found_list *l, size_t before)
{
    for (size_t i = before; i < l->count; i++)
        if (!l->list[i].note)
            return true;
    return false;
}

/* check_segment - place, elements, rules */
void check_segment(struct check *c, const struct x12_segment *s)
{
    const bool was_lost = c->walk.lost;
    const struct plan_row *row;
    const enum walk_place place = walk_segment(&c->walk, s, &row);
    size_t before;

    c->row = row;
    if (place != WALK_PLACED && place != WALK_TOO_MANY) {
        displaced(c, place, row, s, was_lost);
        return;
    }
    if (place == WALK_TOO_MANY)
        too_often(c, row, s);
    before = c->found[X12_SET].count;
    check_elements(c, row, s);
    c->spoilt = is_spoilt(&c->found[X12_SET], before);
    if (s->id.n == 2 && s->id.p[0] == 'H' && s->id.p[1] == 'L')
        rule_hl(c, s);
    run_rules(c, row, s);
}

/* stood_before - the position of the first row used behind this one: that is where it is missing */
static uint32_t stood_before(const struct check *c, const struct walk_frame *f, unsigned missing)
{
    const struct plan_loop *l = &c->plan->loops[f->loop];
    const uint8_t order = c->plan->rows[l->row + missing].order;
    uint32_t best = 0;

    for (unsigned i = 0; i < l->rows; i++)
        if (f->count[i] > 0 && c->plan->rows[l->row + i].order > order &&
            (best == 0 || f->first[i] < best))
            best = f->first[i];
    return best ? best : c->segments;
}

/* envelope_missing - required rows that were never used */
void envelope_missing(struct check *c, const struct walk_frame *f)
{
    const struct plan_loop *l = &c->plan->loops[f->loop];

    for (unsigned k = 0; k < l->requireds; k++) {
        const unsigned i = c->plan->required[l->required + k];
        const struct plan_row *row = &c->plan->rows[l->row + i];
        struct mark m = {.offset = f->offset};

        if (f->count[i] > 0)
            continue;
        m.position = stood_before(c, f, i);
        memcpy(m.segment, row->name, sizeof(m.segment));
        str_copy(m.loop, sizeof(m.loop), c->plan->loops[row->loop].name);
        report(c, &m, 0, 0, 2, "IK304=3", (struct span){"", 0},
               row->opens ? "a required loop is missing" : "a required segment is missing");
    }
}
