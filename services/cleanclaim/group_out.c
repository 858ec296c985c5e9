/* group_out.c - a grouped claim as a JSON line and for people */
#include <stdio.h>
#include <string.h>

#include "services/cleanclaim/group.h"

/* json_drg - three digits; null: none */
static json_t *json_drg(unsigned drg)
{
    return drg ? json_sprintf("%03u", drg) : json_null();
}

/* text_or_null - a static text */
static json_t *text_or_null(const char *s)
{
    return s && s[0] ? json_string(s) : json_null();
}

/* excluded_by - the principal's code, or the rule of those who died */
static const char *excluded_by(const struct grouped *g, size_t i)
{
    switch (g->dx[i].excluded) {
    case DRG_EXCLUDED_BY_PRINCIPAL:
        return g->in.stay.dx[0].code;
    case DRG_EXCLUDED_ALIVE_ONLY:
        return "alive-only";
    case DRG_COUNTS:
    default:
        return NULL;
    }
}

/* dx_json - one diagnosis */
static json_t *dx_json(const struct grouped *g, size_t i)
{
    const struct drg_dx_why *w = &g->dx[i];
    char poa[2] = {g->in.stay.dx[i].poa, '\0'};
    json_t *o = json_object();

    json_object_set_new(o, "code", cmd_json_code("icd10cm", g->in.stay.dx[i].code));
    json_object_set_new(o, "principal", json_boolean(i == 0));
    json_object_set_new(o, "poa", text_or_null(poa));
    json_object_set_new(o, "known", json_boolean(w->known));
    json_object_set_new(o, "severity", json_string(drg_severity_name(w->severity)));
    json_object_set_new(o, "used", json_boolean(w->used));
    json_object_set_new(o, "excluded_by", text_or_null(excluded_by(g, i)));
    json_object_set_new(o, "hac", w->hac ? json_integer(w->hac) : json_null());
    json_object_set_new(o, "hac_met", json_boolean(w->hac_why == DRG_HAC_MET));
    json_object_set_new(o, "hac_why", w->hac ? json_string(drg_hac_name(w->hac_why)) : json_null());
    return o;
}

/* px_json - one procedure */
static json_t *px_json(const struct grouped *g, size_t i)
{
    const struct drg_px_why *w = &g->px[i];
    json_t *o = json_object();

    json_object_set_new(o, "code", json_string(g->in.stay.px[i]));
    json_object_set_new(o, "known", json_boolean(w->known));
    json_object_set_new(o, "or", json_string(drg_or_name(w->kind)));
    json_object_set_new(o, "cluster", text_or_null(w->cluster));
    json_object_set_new(o, "used", json_boolean(w->used));
    json_object_set_new(o, "formula",
                        w->formula == DRG_NO_FORMULA
                            ? json_null()
                            : json_string(drg_formula(g->drg, w->formula).text));
    return o;
}

/* add_without - one line of what if */
static void add_without(json_t *list, const char *code, unsigned drg)
{
    json_t *o = json_object();

    json_object_set_new(o, "without", json_string(code));
    json_object_set_new(o, "drg", json_drg(drg));
    json_array_append_new(list, o);
}

/* what_if_json - each secondary diagnosis and procedure in turn */
static json_t *what_if_json(const struct grouped *g)
{
    json_t *list = json_array();

    for (size_t i = 1; i < g->in.stay.n_dx; i++)
        add_without(list, g->in.stay.dx[i].code, g->what_if.dx_drg[i]);
    for (size_t i = 0; i < g->in.stay.n_px; i++)
        add_without(list, g->in.stay.px[i], g->what_if.px_drg[i]);
    return list;
}

/* poa_json - another indicator of what a hospital-acquired condition could be made of: no other
 * diagnosis groups by it */
static json_t *poa_json(const struct grouped *g)
{
    json_t *list = json_array();

    for (size_t i = 1; i < g->in.stay.n_dx; i++) {
        const struct drg_dx *d = &g->in.stay.dx[i];
        char poa[2] = {drg_other_poa(d->poa), '\0'};

        if (g->dx[i].hac)
            json_array_append_new(
                list, json_pack("{s:s, s:s, s:o}", "code", d->code, "poa", poa, "drg",
                                json_drg(drg_with_poa(g->drg, &g->in.stay, i, poa[0]))));
    }
    return list;
}

/* principal_json - each diagnosis that the guidelines let stand first instead */
static json_t *principal_json(const struct grouped *g)
{
    json_t *list = json_array();

    for (size_t i = 1; i < g->in.stay.n_dx; i++) {
        unsigned drg = g->may_lead[i] ? drg_with_principal(g->drg, &g->in.stay, i) : 0;

        if (drg)
            json_array_append_new(list, json_pack("{s:s, s:o}", "principal", g->in.stay.dx[i].code,
                                                  "drg", json_drg(drg)));
    }
    return list;
}

/* path_json - the formulas that decided */
static json_t *path_json(const struct grouped *g)
{
    const struct drg_answer *a = &g->result.final;
    json_t *list = json_array();

    for (size_t i = 0; i < a->n_path; i++) {
        struct drg_formula_view f = drg_formula(g->drg, a->path[i]);

        json_array_append_new(list, json_pack("{s:i, s:i, s:s}", "mdc", (int)f.mdc, "rank",
                                              (int)f.rank, "formula", f.text));
    }
    return list;
}

/* mce_code_of - the code that an edit fired at, of 16 the discharge status; "": at none */
static const char *mce_code_of(const struct grouped *g, const struct mce_hit *h)
{
    switch (h->of) {
    case MCE_OF_DX:
        return g->mce_in.dx[h->index];
    case MCE_OF_PX:
        return g->mce_in.px[h->index];
    case MCE_OF_CLAIM:
    default:
        return h->edit == 16 ? g->claim->discharge_status : "";
    }
}

/* mce_json - each edit with its code and the flag that fired it */
static json_t *mce_json(const struct grouped *g)
{
    json_t *list = json_array();

    for (size_t i = 0; i < g->n_mce; i++) {
        const struct mce_hit *h = &g->mce[i];
        const char *code = mce_code_of(g, h);
        json_t *o = json_object();

        json_object_set_new(o, "edit", json_sprintf("MCE %u", h->edit));
        json_object_set_new(o, "code",
                            !code[0]             ? json_null()
                            : h->of == MCE_OF_DX ? cmd_json_code("icd10cm", code)
                                                 : json_string(code));
        json_object_set_new(o, "flag", text_or_null(mce_flag_name(h->flag)));
        json_array_append_new(list, o);
    }
    return list;
}

/* code_or_null - of a diagnosis by its place; -1: none */
static json_t *code_or_null(const struct grouped *g, int i)
{
    return i < 0 ? json_null() : cmd_json_code("icd10cm", g->in.stay.dx[i].code);
}

/* weight_json - a column of Table 5, which is in so many parts, as a number; null: it has none of
 * the DRG */
static json_t *weight_json(const struct grouped *g, const char *column, double parts)
{
    return g->weighed && table_col(&g->weight, column).n
               ? json_real((double)table_col_i64(&g->weight, column, 0) / parts)
               : json_null();
}

/* answer_json - the DRG and how it came */
static void answer_json(json_t *o, const struct grouped *g)
{
    const struct drg_answer *f = &g->result.final;
    char version[16];

    json_object_set_new(o, "drg", json_drg(f->drg));
    json_object_set_new(o, "initial_drg", json_drg(g->result.initial.drg));
    json_object_set_new(o, "mdc", json_integer(f->mdc));
    json_object_set_new(o, "medical_surgical", text_or_null(drg_type_name(f->type)));
    json_object_set_new(o, "base_drg", json_drg(f->base_drg));
    json_object_set_new(o, "version",
                        json_string(drg_version_of(g->edition, version, sizeof(version))));
    json_object_set_new(o, "return_code", json_string(drg_return_name(f->ret)));
    json_object_set_new(o, "severity", json_string(drg_severity_name(f->severity)));
    json_object_set_new(o, "weight", weight_json(g, "weight_ten_thousandths", 10000));
    json_object_set_new(o, "gmlos", weight_json(g, "gmlos_tenths", 10));
}

/* group_json - one line */
void group_json(const struct grouped *g)
{
    json_t *o = json_object(), *dx = json_array(), *px = json_array();
    bool principal = g->in.stay.dx[0].code[0];

    json_object_set_new(o, "source", json_string(g->source));
    json_object_set_new(o, "claim", cmd_json_text(g->claim->claim_id));
    answer_json(o, g);
    json_object_set_new(o, "mce", mce_json(g));
    json_object_set_new(o, "mce_checked", json_boolean(g->mce_checked));
    for (size_t i = principal ? 0 : 1; i < g->in.stay.n_dx; i++)
        json_array_append_new(dx, dx_json(g, i));
    for (size_t i = 0; i < g->in.stay.n_px; i++)
        json_array_append_new(px, px_json(g, i));
    json_object_set_new(o, "diagnoses", dx);
    json_object_set_new(o, "procedures", px);
    json_object_set_new(o, "formulas", path_json(g));
    json_object_set_new(o, "severity_by", code_or_null(g, g->what_if.level_by));
    json_object_set_new(o, "severity_next", code_or_null(g, g->what_if.level_next));
    json_object_set_new(o, "single_driver", code_or_null(g, g->what_if.single_driver));
    json_object_set_new(o, "what_if", what_if_json(g));
    json_object_set_new(o, "what_if_poa", poa_json(g));
    json_object_set_new(o, "what_if_principal", principal_json(g));
    json_object_set_new(o, "discharge", cmd_json_date(g->in.discharge));
    json_object_set_new(o, "poa_exempt", json_boolean(g->in.stay.poa_exempt));
    json_object_set_new(o, "table", json_sprintf("msdrg@%s", g->edition->edition));
    cmd_json(o);
}

/* print_dx - one diagnosis, with what became of it */
static void print_dx(const struct grouped *g, size_t i)
{
    const struct drg_dx_why *w = &g->dx[i];
    const char *by = excluded_by(g, i);

    printf("  %-8s %-4s %-9s%s%s", g->in.stay.dx[i].code,
           w->known ? drg_severity_name(w->severity) : "?", i ? "" : "principal",
           w->used ? " used" : "", w->known ? "" : " no code of this version");
    if (by)
        printf(" excluded by %s", by);
    if (w->hac)
        printf(" HAC %u %s", w->hac, drg_hac_name(w->hac_why));
    if (i && g->what_if.dx_drg[i] != g->result.final.drg)
        printf(" (without it %03u)", g->what_if.dx_drg[i]);
    printf("\n");
}

/* print_px - one procedure */
static void print_px(const struct grouped *g, size_t i)
{
    const struct drg_px_why *w = &g->px[i];

    printf("  %-8s %-13s%s%s%s", g->in.stay.px[i], w->known ? drg_or_name(w->kind) : "?",
           w->used ? " used" : "", w->cluster[0] ? " part of " : "", w->cluster);
    if (g->what_if.px_drg[i] != g->result.final.drg)
        printf(" (without it %03u)", g->what_if.px_drg[i]);
    printf("\n");
}

/* print_leads - what other principals would make of it */
static void print_leads(const struct grouped *g)
{
    for (size_t i = 1; i < g->in.stay.n_dx; i++) {
        unsigned drg = g->may_lead[i] ? drg_with_principal(g->drg, &g->in.stay, i) : 0;

        if (drg && drg != g->result.final.drg)
            printf("  with %s first %03u\n", g->in.stay.dx[i].code, drg);
    }
}

/* print_poas - what another indicator of a hospital-acquired condition would make of it */
static void print_poas(const struct grouped *g)
{
    for (size_t i = 1; i < g->in.stay.n_dx; i++) {
        const struct drg_dx *d = &g->in.stay.dx[i];
        char other = drg_other_poa(d->poa);
        unsigned drg = g->dx[i].hac ? drg_with_poa(g->drg, &g->in.stay, i, other) : 0;

        if (drg && drg != g->result.final.drg)
            printf("  with POA %c of %s %03u\n", other, d->code, drg);
    }
}

/* title_of - the DRG's name; "": refused */
static struct span title_of(const struct tables *t, const struct grouped *g)
{
    char key[24];
    struct table_row row;

    snprintf(key, sizeof(key), "drg %u", g->result.final.drg);
    return tables_find(t, TABLE_MSDRG, "NAME", key, g->edition->from, &row) == LOOKUP_FOUND
               ? table_col(&row, "text")
               : (struct span){"", 0};
}

/* group_text - a line, then its codes */
void group_text(const struct grouped *g, const struct tables *t)
{
    const struct drg_answer *f = &g->result.final;
    struct span title = title_of(t, g);
    char version[16];

    printf("%s %s: DRG %03u %.*s (v%s, MDC %u, %s)\n", g->source,
           g->claim->claim_id[0] ? g->claim->claim_id : "-", f->drg, (int)title.n, title.p,
           drg_version_of(g->edition, version, sizeof(version)), f->mdc, drg_return_name(f->ret));
    if (g->result.initial.drg != f->drg)
        printf("  initial %03u: a condition acquired in the hospital\n", g->result.initial.drg);
    for (size_t i = g->in.stay.dx[0].code[0] ? 0 : 1; i < g->in.stay.n_dx; i++)
        print_dx(g, i);
    for (size_t i = 0; i < g->in.stay.n_px; i++)
        print_px(g, i);
    print_poas(g);
    print_leads(g);
    if (g->what_if.single_driver >= 0)
        printf("  rests on %s alone\n", g->in.stay.dx[g->what_if.single_driver].code);
    for (size_t i = 0; i < g->n_mce; i++)
        printf("  MCE %u %s: %s%s%s%s\n", g->mce[i].edit, mce_code_of(g, &g->mce[i]),
               mce_edit_name(g->mce[i].edit), g->mce[i].flag ? " (" : "",
               mce_flag_name(g->mce[i].flag), g->mce[i].flag ? ")" : "");
}

/* group_none - no DRG, and why */
void group_none(const char *source, const char *claim, const char *code, const char *why, bool json)
{
    json_t *o;

    if (!json) {
        printf("%s %s: not grouped: %s\n", source, claim[0] ? claim : "-", why);
        return;
    }
    o = json_object();
    json_object_set_new(o, "source", json_string(source));
    json_object_set_new(o, "claim", cmd_json_text(claim));
    json_object_set_new(o, "drg", json_null());
    json_object_set_new(o, "return_code", json_null());
    json_object_set_new(o, "error", json_pack("{s:s, s:s}", "code", code, "message", why));
    cmd_json(o);
}
