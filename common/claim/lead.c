/* lead.c - which secondary diagnoses of a stay could be its principal: conditions that were
 * present on admission may have occasioned it as well (Guidelines II, II.B, II.C)
 *
 * Not: symptoms of chapter 18 (II.A), external causes, manifestations, what the Medicare Code
 * Editor does not accept first or questions there, and what another code of the claim goes before
 * by a note of the tabular list. Without the editor's table nothing can be said, and nothing is. */
#include "common/claim/stay.h"
#include "common/rules/code_set.h"
#include "common/tables/mce.h"
#include "common/tables/tabular.h"

/* Flags of the Medicare Code Editor that keep a code from the first place. */
static const uint32_t not_first = MCE_EXTERNAL | MCE_MANIFESTATION | MCE_UNACCEPTABLE |
                                  MCE_QUESTIONABLE | MCE_NEEDS_SECOND | MCE_WRONG_PROCEDURE |
                                  MCE_DELIVERY_OUTCOME;

/* is_accepted - by the editor of the day */
static bool is_accepted(const struct mce *m, const char *code, int32_t on)
{
    uint32_t flags;

    mce_code(m, MCE_DX, code, on, &flags);
    return !(flags & not_first);
}

/* stands_behind - a note of the tabular list codes another one of the claim first */
static bool stands_behind(const struct claim_stay *in, const struct tables *t, size_t i)
{
    const struct drg_claim *c = &in->stay;
    struct tabular_walk w = {0};
    const struct tabular_note *x;

    while ((x = tabular_note_next(t, c->dx[i].code, TABULAR_CODE_FIRST, in->discharge, &w)))
        for (size_t k = 0; k < c->n_dx; k++)
            if (k != i && tabular_note_names(x, code_key(c->dx[k].code)))
                return true;
    return false;
}

/* claim_may_lead - see stay.h */
bool claim_may_lead(const struct claim_stay *in, size_t i, const struct tables *t)
{
    const struct mce *m = in->discharge ? tables_mce(t, in->discharge, NULL) : NULL;
    const struct drg_dx *d = &in->stay.dx[i];

    return m && i && d->code[0] && d->code[0] != 'R' && (d->poa == 'Y' || d->poa == 'W') &&
           is_accepted(m, d->code, in->discharge) && !stands_behind(in, t, i);
}
