/* grouped.c - the MS-DRG of an inpatient claim, and which codes it rests on, for people who look at
 * the claim. No rule reads it, and it is no part of the bill. */
#include "services/coder/claim.h"

#include <stdio.h>

#include "common/claim/stay.h"
#include "common/tables/msdrg.h"

static const char *const types[] = {
    [DRG_NO_TYPE] = "", [DRG_MEDICAL] = "medical", [DRG_SURGICAL] = "surgical"};
static const char *const severities[] = {[DRG_NONE] = "none", [DRG_CC] = "CC", [DRG_MCC] = "MCC"};

/* A claim being grouped. */
struct grouping {
    struct claim_stay in;
    struct drg_result result;
    struct drg_what_if what_if;
    const struct edition_info *edition;
};

/* code_at - of a diagnosis by its place; "": none */
static char *code_at(struct work *w, const struct grouping *g, int i)
{
    return work_text(w, i < 0 ? "" : g->in.stay.dx[i].code);
}

/* add_drivers - codes without any one of which the stay is another group */
static void add_drivers(struct work *w, const struct grouping *g, CcDrgResult *out)
{
    for (size_t i = 1; i < g->in.stay.n_dx; i++)
        if (g->what_if.dx_drg[i] != g->result.final.drg)
            event_push(w->a, out, drivers, work_text(w, g->in.stay.dx[i].code));
    for (size_t i = 0; i < g->in.stay.n_px; i++)
        if (g->what_if.px_drg[i] != g->result.final.drg)
            event_push(w->a, out, drivers, work_text(w, g->in.stay.px[i]));
}

/* result_of - as a message */
static CcDrgResult *result_of(struct work *w, const struct grouping *g)
{
    const struct drg_answer *f = &g->result.final;
    CcDrgResult *out = work_new(w, &cc_drg_result__descriptor);
    char version[16];

    out->drg = f->drg;
    out->initial_drg = g->result.initial.drg;
    out->mdc = f->mdc;
    out->base_drg = f->base_drg;
    out->medical_surgical = work_text(w, types[f->type]);
    out->version = work_text(w, drg_version_of(g->edition, version, sizeof(version)));
    out->return_code = work_text(w, drg_return_name(f->ret));
    out->severity = work_text(w, severities[f->severity]);
    out->severity_by = code_at(w, g, g->what_if.level_by);
    out->severity_next = code_at(w, g, g->what_if.level_next);
    out->single_driver = code_at(w, g, g->what_if.single_driver);
    out->table = work_new(w, &cc_table_use__descriptor);
    out->table->table = work_text(w, table_name(TABLE_MSDRG));
    out->table->edition = work_text(w, g->edition->edition);
    out->table->sha256 = work_text(w, g->edition->sha256);
    add_drivers(w, g, out);
    return out;
}

/* claim_group - see claim.h */
void claim_group(struct work *w, CcClaim *c)
{
    struct grouping *g = claim_is_inpatient(c) ? work_array(w, 1, sizeof(*g)) : NULL;
    const struct drg *version;
    struct err e = {0};

    if (!g || claim_stay_of(c, w->a, &g->in, &e) != 0 || !g->in.discharge)
        return;
    version = tables_drg(w->t, g->in.discharge, &g->edition);
    if (version && drg_group(version, &g->in.stay, &g->result, &e) == 0 &&
        drg_what_if(version, &g->in.stay, &g->what_if, &e) == 0)
        c->drg_result = result_of(w, g);
}
