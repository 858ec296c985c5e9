/* results.c - what is said when a set, a group, an interchange ends; what is open inside ends first
 */
#include <string.h>

#include "common/x12/envelope.h"

static const struct span none = {"", 0};

/* hand_over - a result to the caller; 0: go on */
static int hand_over(struct check *c, struct x12_result *r)
{
    const struct found_list *l = &c->found[r->level];

    r->envelope = &c->envelope;
    r->findings = l->list;
    r->count = l->count;
    r->accepted = !l->refused;
    return c->fn(c->arg, r);
}

/* close_set - its result; damaged: its SE was never seen */
int close_set(struct check *c, bool damaged)
{
    struct x12_result r = {
        .level = X12_SET, .damaged = damaged, .segments = c->segments, .offset = c->st_offset};
    int stop;

    r.guide = c->plan ? c->plan->guide->version : "";
    if (damaged)
        report_envelope(c, X12_SET, "SE", 0, c->st_offset, "IK502=2", none, "the set has no end");
    c->group_sets++;
    c->sets++;
    stop = hand_over(c, &r);
    if (r.accepted) {
        c->group_accepted++;
        c->sets_accepted++;
    }
    found_reset(c, X12_SET);
    memset(c->envelope.st, 0, sizeof(c->envelope.st));
    c->in_set = false;
    c->plan = NULL;
    return stop;
}

/* close_group - its result */
int close_group(struct check *c, bool damaged, uint32_t stated)
{
    struct x12_result r = {.level = X12_GROUP,
                           .damaged = damaged,
                           .guide = "",
                           .sets = c->group_sets,
                           .sets_accepted = c->group_accepted,
                           .sets_stated = stated,
                           .offset = c->gs_offset};
    int stop = 0;

    if (c->in_set)
        stop = close_set(c, true);
    r.sets = c->group_sets;
    r.sets_accepted = c->group_accepted;
    if (damaged)
        report_envelope(c, X12_GROUP, "GE", 0, c->gs_offset, "AK905=3", none,
                        "the group has no end");
    if (!stop)
        stop = hand_over(c, &r);
    found_reset(c, X12_GROUP);
    memset(c->envelope.gs, 0, sizeof(c->envelope.gs));
    c->in_group = false;
    return stop;
}

/* close_interchange - its result */
int close_interchange(struct check *c, bool damaged)
{
    struct x12_result r = {
        .level = X12_INTERCHANGE, .damaged = damaged, .guide = "", .offset = c->isa_offset};
    int stop = 0;

    if (c->in_group)
        stop = close_group(c, true, 0);
    r.sets = c->sets;
    r.sets_accepted = c->sets_accepted;
    r.groups = c->groups;
    r.ta1 = c->ta1;
    if (!stop)
        stop = hand_over(c, &r);
    found_reset(c, X12_INTERCHANGE);
    memset(&c->envelope, 0, sizeof(c->envelope));
    c->in_interchange = false;
    return stop;
}
