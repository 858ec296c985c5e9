/* group_lead.c - which secondary diagnoses of a stay could be its principal: conditions that were
 * present on admission may have occasioned it as well (Guidelines II, II.B, II.C)
 *
 * Not: symptoms of chapter 18 (II.A), external causes, manifestations, what the Medicare Code
 * Editor does not accept first or questions there, and what another code of the claim goes before
 * by a note of the tabular list. Without the editor's table nothing can be said, and nothing is. */
#include <string.h>

#include "common/rules/code_set.h"
#include "common/tables/tabular.h"
#include "services/cleanclaim/group.h"

/* Flags of the Medicare Code Editor that keep a code from the first place. */
static const char *const not_first[] = {"ecodepdx", "manifestation", "unacceptable", "qadm",
                                        "reqsdx",   "wrngproc",      "delout",       NULL};

/* is_accepted - by the editor's edition of the day */
static bool is_accepted(const struct tables *t, const char *code, int32_t on)
{
    struct table_row row;
    struct span flags;
    enum lookup found = tables_find(t, TABLE_MCE, "DX", code, on, &row);

    if (found != LOOKUP_FOUND)
        return found == LOOKUP_ABSENT;
    flags = table_col(&row, "flags");
    while (flags.n) {
        struct span word = span_cut(&flags, ',');

        for (const char *const *f = not_first; *f; f++)
            if (span_is(word, *f))
                return false;
    }
    return true;
}

/* stands_behind - a note of the tabular list codes another one of the claim first */
static bool stands_behind(const struct grouped *g, const struct tables *t, size_t i)
{
    const struct drg_claim *c = &g->in.stay;
    struct tabular_walk w = {0};
    const struct tabular_note *x;

    while ((x = tabular_note_next(t, c->dx[i].code, TABULAR_CODE_FIRST, g->in.discharge, &w)))
        for (size_t k = 0; k < c->n_dx; k++)
            if (k != i && tabular_note_names(x, code_key(c->dx[k].code)))
                return true;
    return false;
}

/* group_candidates - see group.h */
void group_candidates(struct grouped *g, const struct tables *t)
{
    int32_t on = g->in.discharge;

    for (size_t i = 0; i < g->in.stay.n_dx; i++) {
        const struct drg_dx *d = &g->in.stay.dx[i];

        g->may_lead[i] = i && d->code[0] && d->code[0] != 'R' && g->dx[i].known &&
                         (d->poa == 'Y' || d->poa == 'W') && tables_edition(t, TABLE_MCE, on) &&
                         is_accepted(t, d->code, on) && !stands_behind(g, t, i);
    }
}
