/* grouped.c - the MS-DRG of an inpatient claim, and which codes it rests on, for people who look at
 * the claim. No rule reads it, and it is no part of the bill. */
#include "services/coder/claim.h"

#include <stdio.h>

#include "common/claim/stay.h"
#include "common/tables/msdrg.h"

/* A claim being grouped. */
struct grouping {
    struct claim_stay in;
    const struct drg *version;
    struct drg_result result;
    struct drg_dx_why dx[DRG_DX_MAX];
    struct drg_px_why px[DRG_PX_MAX];
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

/* excluded_by - why a diagnosis does not count; "": it does */
static const char *excluded_by(const struct grouping *g, size_t i)
{
    return g->dx[i].excluded == DRG_EXCLUDED_BY_PRINCIPAL ? g->in.stay.dx[0].code
           : g->dx[i].excluded == DRG_EXCLUDED_ALIVE_ONLY ? "alive-only"
                                                          : "";
}

/* diagnosis_of - what it does, and what the group would be without it, with another indicator, with
 * it first */
static CcDrgDiagnosis *diagnosis_of(struct work *w, const struct grouping *g, size_t i)
{
    const struct drg_dx_why *why = &g->dx[i];
    const struct drg_dx *d = &g->in.stay.dx[i];
    char poa[2] = {d->poa, '\0'}, other[2] = {drg_other_poa(d->poa), '\0'};
    CcDrgDiagnosis *out = work_new(w, &cc_drg_diagnosis__descriptor);

    out->code = work_text(w, d->code);
    out->poa = work_text(w, poa);
    out->known = why->known;
    out->severity = work_text(w, drg_severity_name(why->severity));
    out->excluded_by = work_text(w, excluded_by(g, i));
    out->used = why->used;
    out->hac = why->hac;
    out->without_drg = g->what_if.dx_drg[i];
    if (why->hac) {
        out->hac_why = work_text(w, drg_hac_name(why->hac_why));
        out->other_poa = work_text(w, other);
        out->other_poa_drg = drg_with_poa(g->version, &g->in.stay, i, other[0]);
    }
    if (why->known && claim_may_lead(&g->in, i, w->t))
        out->as_principal_drg = drg_with_principal(g->version, &g->in.stay, i);
    return out;
}

/* procedure_of - the same of a procedure */
static CcDrgProcedure *procedure_of(struct work *w, const struct grouping *g, size_t i)
{
    const struct drg_px_why *why = &g->px[i];
    CcDrgProcedure *out = work_new(w, &cc_drg_procedure__descriptor);

    out->code = work_text(w, g->in.stay.px[i]);
    out->known = why->known;
    out->kind = work_text(w, drg_or_name(why->kind));
    out->cluster = work_text(w, why->cluster);
    out->used = why->used;
    if (why->formula != DRG_NO_FORMULA)
        out->formula = work_text(w, drg_formula(g->version, why->formula).text);
    out->without_drg = g->what_if.px_drg[i];
    return out;
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
    out->medical_surgical = work_text(w, drg_type_name(f->type));
    out->version = work_text(w, drg_version_of(g->edition, version, sizeof(version)));
    out->return_code = work_text(w, drg_return_name(f->ret));
    out->severity = work_text(w, drg_severity_name(f->severity));
    out->severity_by = code_at(w, g, g->what_if.level_by);
    out->severity_next = code_at(w, g, g->what_if.level_next);
    out->single_driver = code_at(w, g, g->what_if.single_driver);
    out->table = work_new(w, &cc_table_use__descriptor);
    out->table->table = work_text(w, table_name(TABLE_MSDRG));
    out->table->edition = work_text(w, g->edition->edition);
    out->table->sha256 = work_text(w, g->edition->sha256);
    add_drivers(w, g, out);
    for (size_t i = g->in.stay.dx[0].code[0] ? 0 : 1; i < g->in.stay.n_dx; i++)
        event_push(w->a, out, diagnoses, diagnosis_of(w, g, i));
    for (size_t i = 0; i < g->in.stay.n_px; i++)
        event_push(w->a, out, procedures, procedure_of(w, g, i));
    return out;
}

/* claim_group - see claim.h */
void claim_group(struct work *w, CcClaim *c)
{
    struct grouping *g = claim_is_inpatient(c) ? work_array(w, 1, sizeof(*g)) : NULL;
    struct err e = {0};

    if (!g || claim_stay_of(c, w->a, &g->in, &e) != 0 || !g->in.discharge)
        return;
    g->version = tables_drg(w->t, g->in.discharge, &g->edition);
    if (g->version && drg_explain(g->version, &g->in.stay, &g->result, g->dx, g->px, &e) == 0 &&
        drg_what_if(g->version, &g->in.stay, &g->what_if, &e) == 0)
        c->drg_result = result_of(w, g);
}
