/* repair.c - the list of repairs, and how a change is written down */
#include "services/validator/repair.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "common/base/str.h"
#include "services/validator/digest.h"

#define X12 "X12 005010X222A1, 005010X223A2: "

/* clang-format off */
const struct repair repair_list[] = {
    {"REP-01", repair_npi,            "hyphens and blanks leave an NPI whose check digit is right", "45 CFR 162.406"},
    {"REP-02", repair_tax_id,         "hyphens and blanks leave a tax id of nine digits", X12 "REF EI, SY"},
    {"REP-03", repair_zip,            "hyphens and blanks leave a ZIP code of five or nine digits", X12 "N403"},
    {"REP-04", repair_zip4,           "the ZIP code of billing provider and service facility has nine digits: 9998 stands for a part that is not known", X12 "2010AA, 2310C, 2310E, 2420C N403"},
    {"REP-05", repair_member_id,      "hyphens and blanks leave a Medicare beneficiary id of eleven characters, in upper case", "CMS MBI format"},
    {"REP-06", repair_clia,           "hyphens and blanks leave a CLIA number of the form NNDNNNNNNN, in upper case", "CLIA number format"},
    {"REP-07", repair_taxonomy,       "a taxonomy code is in upper case, without blanks", "NUCC taxonomy format"},
    {"REP-08", repair_dx_form,        "a diagnosis is in upper case, without dot and blanks", X12 "HI; 277CA"},
    {"REP-09", repair_dx_placeholder, "a seventh character that stands too far left moves to its place, X before it: only where one billable code comes of it, and not on inpatient bills, where it would make the DRG (COD-01 tells it)", "ICD-10-CM guideline I.A.4"},
    {"REP-10", repair_dx_twice,       "a diagnosis stands once; lines point at the one that is left; not on inpatient bills, where CMS's editor reports it and the second may stand for another (COD-14 tells it)", X12 "HI; SV107"},
    {"REP-11", repair_poa,            "present-on-admission is not told on outpatient bills", "CMS POA reporting (DRA 5001(c))"},
    {"REP-12", repair_pcs_form,       "a procedure of ICD-10-PCS is in upper case, without dots and blanks", "ICD-10-PCS"},
    {"REP-13", repair_procedure,      "a procedure code is in upper case, without blanks and hyphens", X12 "SV101-2, SV202-2"},
    {"REP-14", repair_modifiers,      "a modifier is in upper case, without blanks", X12 "SV101-3, SV202-3"},
    {"REP-15", repair_revenue,        "a revenue code of three digits has its leading zero", "NUBC FL 42"},
    {"REP-16", repair_unit,           "units are written UN, MJ, DA: upper case, EA for UN", X12 "SV103, SV204"},
    {"REP-17", repair_days,           "accommodation is counted in days", "NUBC FL 46"},
    {"REP-18", repair_ndc,            "an NDC whose hyphens tell its parts has eleven digits", X12 "LIN03; 21 CFR 207.33"},
    {"REP-19", repair_drug_unit,      "the unit of a drug is F2, GR, ME, ML or UN: upper case, EA for UN", X12 "CTP05"},
    {NULL, NULL, NULL, NULL},
};
/* clang-format on */

/* validator_repair_at - see validator.h */
bool validator_repair_at(size_t i, struct validator_repair_row *out)
{
    const struct repair *row;

    if (i >= sizeof(repair_list) / sizeof(repair_list[0]) - 1)
        return false;
    row = &repair_list[i];
    *out = (struct validator_repair_row){row->id, row->what, row->authority};
    return true;
}

/* text_of - a copy; "" where the arena is exhausted, which the run notices */
static char *text_of(struct repair_run *r, const char *s)
{
    static char none[1];
    char *copy = arena_strdup(r->arena, s);

    return copy ? copy : none;
}

/* repair_note - see repair.h */
void repair_note(struct repair_run *r, struct spot at, const char *before, const char *after)
{
    CcRepair *x = event_new(r->arena, &cc_repair__descriptor);

    if (!x || !event_push(r->arena, r->claim, repairs, x))
        return;
    x->id = text_of(r, r->row->id);
    x->element = text_of(r, at.element);
    x->element[strcspn(x->element, "*")] = '\0';
    x->before = text_of(r, before);
    x->after = text_of(r, after);
    x->line = at.line;
    x->patient_data = at.patient;
    x->segment = claim_place(r->places, at.part, at.index, at.element);
}

/* repair_text - see repair.h */
void repair_text(struct repair_run *r, struct spot at, char **text, const char *after)
{
    if (strcmp(*text, after) == 0)
        return;
    repair_note(r, at, *text, after);
    *text = text_of(r, after);
}

/* repair_bare - see repair.h */
bool repair_bare(const char *s, char out[REPAIR_TEXT])
{
    size_t n = 0;

    for (; *s; s++) {
        if (*s == '-' || *s == ' ' || *s == '.')
            continue;
        if (n + 1 == REPAIR_TEXT)
            return false;
        out[n++] = (char)toupper((unsigned char)*s);
    }
    out[n] = '\0';
    return true;
}

/* repair_line_number - LX */
uint32_t repair_line_number(const CcClaim *c, size_t i)
{
    return c->lines[i]->number ? c->lines[i]->number : (uint32_t)i + 1;
}

/* repair_each_provider - see repair.h */
void repair_each_provider(struct repair_run *r,
                          void (*fn)(struct repair_run *r, CcProvider *p, struct spot at))
{
    const CcClaim *c = r->claim;

    for (size_t i = 0; i < c->n_providers; i++)
        fn(r, c->providers[i], (struct spot){.part = CLAIM_PART_PROVIDER, .index = i});
    for (size_t i = 0; i < c->n_coverages; i++)
        for (size_t k = 0; k < c->coverages[i]->n_providers; k++)
            fn(r, c->coverages[i]->providers[k],
               (struct spot){.part = CLAIM_PART_COVERAGE, .index = i});
    for (size_t i = 0; i < c->n_lines; i++)
        for (size_t k = 0; k < c->lines[i]->n_providers; k++)
            fn(r, c->lines[i]->providers[k],
               (struct spot){
                   .part = CLAIM_PART_LINE, .index = i, .line = repair_line_number(c, i)});
}

/* repair_hi - 837P counts all diagnoses, 837I each qualifier by itself, twelve a segment */
const char *repair_hi(const CcClaim *c, size_t dx, char component, char out[16])
{
    const bool all = c->kind != CLAIM_KIND_INSTITUTIONAL;
    unsigned n = 0;

    for (size_t i = 0; i < dx; i++)
        n += all || c->diagnoses[i]->role == c->diagnoses[dx]->role;
    snprintf(out, 16, "HI%02u-%c", n % 12 + 1, component);
    return out;
}

/* repair_is_inpatient - see repair.h */
bool repair_is_inpatient(const CcClaim *c)
{
    static const unsigned inpatient[] = {11, 18, 21, 28, 41, 65, 66, 86};
    const char *tob = c->type_of_bill;
    const unsigned facility = edit_two_digits(strlen(tob) == 4 ? tob + 1 : tob);

    for (size_t i = 0; i < sizeof(inpatient) / sizeof(inpatient[0]); i++)
        if (c->kind == CLAIM_KIND_INSTITUTIONAL && facility == inpatient[i])
            return true;
    return false;
}

/* validator_repair - see validator.h */
int validator_repair(CcClaim *claim, const struct tables *t, const struct claim_places *places,
                     struct arena *a, struct err *e)
{
    struct repair_run r = {claim, t, places, a, NULL};

    for (r.row = repair_list; r.row->id; r.row++)
        r.row->run(&r);
    if (arena_exhausted(a))
        return err_set(e, ERR_REJECT, "size", "the claim and its repairs are over the limit");
    return 0;
}
