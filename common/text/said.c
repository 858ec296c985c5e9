/* said.c - what the mentions of a code come to */
#include "common/text/said.h"

#include <string.h>

#include "common/text/lists.h"

/* text_said_at - see said.h */
enum text_said text_said_at(const struct text_concept *c)
{
    if (c->other_person)
        return TEXT_OTHERS;
    if (c->negated)
        return TEXT_DENIED;
    if (c->time == TEXT_HYPOTHETICAL)
        return TEXT_LATER;
    if (c->time == TEXT_HISTORICAL)
        return TEXT_PAST;
    return c->uncertain ? TEXT_DOUBT : TEXT_PLAIN;
}

/* text_said - see said.h */
enum text_said text_said(const struct text_code *c)
{
    enum text_said best = TEXT_SAID_MAX;

    for (size_t i = 0; i < c->n_concepts; i++) {
        enum text_said said = text_said_at(c->concepts[i]);

        best = said < best ? said : best;
    }
    return best;
}

/* text_levels - see said.h */
struct text_levels text_levels(void)
{
    struct text_levels out = {1000000, 1000000};
    struct span f[LIST_FIELDS];
    struct list_walk w;

    for (list_begin(LIST_WEIGHTS, &w); list_next(&w, f);) {
        if (span_is(f[0], "accept"))
            out.accept_ppm = (uint32_t)(list_number(f[1]) * 1e6);
        if (span_is(f[0], "report"))
            out.report_ppm = (uint32_t)(list_number(f[1]) * 1e6);
    }
    return out;
}
