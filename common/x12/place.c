/* place.c - a walk without a check */
#include "common/x12/place.h"

#include <stdlib.h>
#include <string.h>

#include "common/x12/walk.h"

enum { PLANS_MAX = 16 };

struct x12_placer {
    struct plan *plan[PLANS_MAX];
    struct walk walk;
    bool in_set, failed;
    char version[16];
};

/* x12_placer_new - no guide is compiled yet */
struct x12_placer *x12_placer_new(void)
{
    return calloc(1, sizeof(struct x12_placer));
}

/* x12_placer_free - with its guides */
void x12_placer_free(struct x12_placer *p)
{
    for (int i = 0; p && i < PLANS_MAX; i++)
        plan_free(p->plan[i]);
    free(p);
}

/* start_set - finds the guide of an ST */
static void start_set(struct x12_placer *p, const struct x12_segment *s)
{
    bool exact;
    const struct x12_guide *g = x12_guide_find(span_of(p->version), x12_element(s, 1), &exact);
    struct plan **plan;

    p->in_set = false;
    if (!g)
        return;
    plan = &p->plan[g - x12_guides];
    if (!*plan)
        *plan = plan_new(g);
    if (*plan)
        walk_start(&p->walk, *plan);
    p->in_set = *plan != NULL;
    p->failed = p->failed || !*plan;
}

/* x12_placer_failed - see place.h */
bool x12_placer_failed(const struct x12_placer *p)
{
    return p->failed;
}

/* depth_outside - of a segment of the envelope */
static unsigned depth_outside(const struct x12_segment *s)
{
    if (x12_is(s, "ISA") || x12_is(s, "IEA"))
        return 0;
    if (x12_is(s, "GS") || x12_is(s, "GE") || x12_is(s, "TA1"))
        return 1;
    return x12_is(s, "ST") || x12_is(s, "SE") ? 2 : 3;
}

/* x12_place - by the guide, or by the envelope alone */
const char *x12_place(struct x12_placer *p, const struct x12_segment *s, unsigned *depth)
{
    const struct plan_row *row;

    *depth = depth_outside(s);
    if (x12_is(s, "GS")) {
        const struct span v = x12_element(s, 8);

        memset(p->version, 0, sizeof(p->version));
        memcpy(p->version, v.p, v.n < sizeof(p->version) ? v.n : sizeof(p->version) - 1);
    }
    if (*depth < 2)
        p->in_set = false;
    if (x12_is(s, "ST"))
        start_set(p, s);
    if (!p->in_set)
        return "";
    (void)walk_segment(&p->walk, s, &row);
    if (*depth > 2)
        *depth = 2 + p->walk.depth;
    return p->walk.depth > 1 ? walk_loop(&p->walk) : "";
}

/* nth - word n (1 = first) of a list; empty: none */
static struct span nth(const char *list, char separator, unsigned n)
{
    for (; n > 1; n--) {
        list = strchr(list, separator);
        if (!list)
            return (struct span){"", 0};
        list++;
    }
    return (struct span){list, strcspn(list, (char[]){separator, '\0'})};
}

/* composite_at - the id of the composite in element n; empty: it is none */
static struct span composite_at(struct span segment, unsigned n)
{
    const struct x12_segment_row *row = x12_dictionary_segment(segment);
    struct span id = row ? nth(row->elements, ' ', n) : (struct span){"", 0};

    return id.n > 0 && id.p[0] == 'C' ? id : (struct span){"", 0};
}

/* x12_element_name - from the dictionary */
struct span x12_element_name(struct span segment, unsigned n, unsigned k)
{
    const struct span composite = k ? composite_at(segment, n) : (struct span){"", 0};
    const struct x12_segment_row *row = x12_dictionary_segment(k ? composite : segment);

    return row && n > 0 ? nth(row->names, '|', k ? k : n) : (struct span){"", 0};
}

/* x12_value_name - a component's list is its composite's */
struct span x12_value_name(struct span segment, unsigned n, unsigned k, struct span value)
{
    const struct span composite = composite_at(segment, n);

    if (composite.n > 0)
        return x12_code_name(composite, k ? k : 1, value);
    return x12_code_name(segment, n, value);
}
