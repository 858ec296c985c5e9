/* inp.c - POA, INP: what the inpatient bill has besides (MCE numbers: billing §7.5) */
#include "services/validator/edits/edits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/claim/stay.h"
#include "common/tables/msdrg.h"

/* poa_is_wrong - why, or NULL */
static const char *poa_is_wrong(struct edit_run *r, const struct edit_dx *d)
{
    bool told = d->dx->poa >= POA_Y && d->dx->poa <= POA_W;

    switch (edit_ask(r, TABLE_POA_EXEMPT, d->code, NULL, d->on, NULL)) {
    case ASKED_FOUND:
        return told ? "is exempt from present-on-admission and has an indicator" : NULL;
    case ASKED_ABSENT:
        return told ? NULL : "has no present-on-admission indicator";
    default:
        return NULL;
    }
}

/* poa_place - the ninth component beside the code */
static struct place poa_place(struct edit_run *r, const struct edit_dx *d)
{
    struct place p = in_edition(at_dx(r, d), edit_edition(r, TABLE_POA_EXEMPT, d->on));

    p.element[5] = '9';
    return p;
}

/* edit_poa_01 - on every diagnosis of an acute stay that is not exempt, and on no other bill */
void edit_poa_01(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_dx; i++) {
        struct edit_dx *d = &r->c->dx[i];
        const char *why;

        if (!edit_dx_reported(d))
            continue;
        if (!r->c->acute) {
            if (d->dx->poa >= POA_Y && d->dx->poa <= POA_W && !r->c->inpatient) {
                edit_found_as(r, SEVERITY_HOLD, poa_place(r, d), edit_dx_shown(r, d),
                              "present-on-admission is for inpatient bills only");
                return;
            }
            continue;
        }
        why = !claim_poa_exempt(r->c->claim) && edit_ask_dx(r, d) == ASKED_FOUND
                  ? poa_is_wrong(r, d)
                  : NULL;
        if (why)
            edit_found(r, poa_place(r, d), edit_dx_shown(r, d), "%s %s", edit_dx_shown(r, d), why);
    }
}

/* drg_number - three digits as they are written; 0: it is none of Medicare's (four digits are a DRG
 * of another system with its severity, "1943") */
static unsigned drg_number(const char *s)
{
    return str_is_digits(s, 1, 3) ? (unsigned)strtoul(s, NULL, 10) : 0;
}

/* edit_inp_01 - the DRG on the bill is the one its codes give; a stay that cannot be grouped has
 * findings of its own, at the code that is wrong */
void edit_inp_01(struct edit_run *r)
{
    unsigned billed = drg_number(r->c->claim->drg);
    struct place p = at_claim("HI01-2*DR");
    const struct drg *d;
    struct claim_stay in;
    struct drg_result x;
    struct err e;
    char codes[16], version[16];

    if (!billed || !edit_ask_table(r, TABLE_MSDRG, r->c->codes_on) ||
        claim_stay_of(r->c->claim, r->arena, &in, &e) != 0)
        return;
    d = tables_drg(r->tables, r->c->codes_on, &p.edition);
    if (drg_group(d, &in.stay, &x, &e) != 0 || x.final.ret != DRG_OK || x.final.drg == billed)
        return;
    snprintf(codes, sizeof(codes), "%03u %03u", billed, x.final.drg);
    edit_found(r, p, codes, "the codes group to DRG %03u (version %s), the claim says %03u%s",
               x.final.drg, drg_version_of(p.edition, version, sizeof(version)), billed,
               x.initial.drg == billed ? ": a condition was acquired in the hospital" : "");
}

/* edit_inp_02 - the first procedure is the principal one */
void edit_inp_02(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_pcs; i++)
        if (r->c->pcs[i].procedure->rank == 1)
            return;
    edit_found(r, at_claim("HI01-2*BBR"), NULL, "other procedures, and no principal one");
}

/* edit_inp_03 - more than 96 hours of ventilation in less than five days (MCE 19) */
void edit_inp_03(struct edit_run *r)
{
    const CcClaim *m = r->c->claim;

    if (!date_valid(m->admit_date) || !date_valid(r->c->codes_on) ||
        date_diff(r->c->codes_on, m->admit_date) >= MCE_LONG_STAY)
        return;
    for (size_t i = 0; i < r->c->n_pcs; i++)
        if (edit_pcs_flags(r, &r->c->pcs[i]) & MCE_STAY)
            edit_found(
                r, in_edition(at_pcs(&r->c->pcs[i]), edit_edition(r, TABLE_MCE, r->c->codes_on)),
                r->c->pcs[i].code, "%s takes more than 96 hours, and the stay is shorter",
                r->c->pcs[i].code);
}

/* edit_inp_04 - the two worlds of procedure codes */
void edit_inp_04(struct edit_run *r)
{
    if (!r->c->inpatient && r->c->n_pcs)
        edit_found(r, at_pcs(r->c->pcs), edit_code_shown(r->c->pcs[0].code),
                   "ICD-10-PCS codes are for inpatient bills");
    for (size_t i = 0; r->c->acute && i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if (edit_is_room(l) && l->code[0] && strcmp(l->line->code_qualifier, "HP") != 0)
            edit_found(r, at_code(r, l), edit_code_shown(l->code),
                       "a bed (revenue code %s) has no HCPCS code", l->line->revenue);
    }
}

/* edit_inp_05 - why the patient came, on visits that nobody had planned (13x, 85x; NUBC FL 70) */
void edit_inp_05(struct edit_run *r)
{
    const char *type = r->c->claim->admit_type;
    bool unplanned = false;

    if ((r->c->facility != 13 && r->c->facility != 85) || strlen(type) != 1 ||
        !strchr("125", type[0]))
        return;
    for (size_t i = 0; i < r->c->n_lines; i++) {
        unsigned v = r->c->lines[i].revenue;

        unplanned |= v / 10 == 45 || v == 516 || v == 526 || v == 762;
    }
    for (size_t i = 0; i < r->c->n_dx; i++)
        unplanned &= r->c->dx[i].dx->role != DIAGNOSIS_ROLE_REASON;
    if (unplanned)
        edit_found(r, at_claim("HI01-2*APR"), NULL,
                   "an unscheduled visit names no reason (patient's reason for visit)");
}

/* has_value - a value code */
static bool has_value(const CcClaim *m, const char *code)
{
    for (size_t i = 0; i < m->n_values; i++)
        if (strcmp(m->values[i]->code, code) == 0)
            return true;
    return false;
}

/* edit_inp_06 - a birth: type 4, origin 5 or 6, a newborn, its weight */
void edit_inp_06(struct edit_run *r)
{
    const CcClaim *m = r->c->claim;

    if (strcmp(m->admit_type, "4") != 0)
        return;
    if (strcmp(m->admit_source, "5") != 0 && strcmp(m->admit_source, "6") != 0)
        edit_found(r, at_claim("CL102"), m->admit_source,
                   "a newborn's point of origin is 5 (born here) or 6 (born elsewhere)");
    else if (r->c->age_days > 28)
        edit_found(r, at_claim("CL101"), NULL,
                   "admission type 4 is for newborns, and the patient is older than 28 days");
    else if (!has_value(m, "54"))
        edit_found_as(r, SEVERITY_HOLD, at_claim("HI01-2*BE"), NULL,
                      "a newborn's weight (value code 54) is missing");
}

/* edit_inp_07 - the wrong procedure was done (Y65.51-Y65.53, MCE 18) */
void edit_inp_07(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_dx; i++) {
        struct edit_dx *d = &r->c->dx[i];

        if (!edit_dx_admitting(d) && !d->again && (edit_dx_flags(r, d) & MCE_WRONG_PROCEDURE))
            edit_found(r, in_edition(at_dx(r, d), edit_edition(r, TABLE_MCE, d->on)),
                       edit_dx_shown(r, d), "%s says that a wrong procedure was performed",
                       edit_dx_shown(r, d));
    }
}
