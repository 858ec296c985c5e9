/* cod_dx.c - COD: ICD-10-CM and ICD-10-PCS codes, their number, order and pointers */
#include "services/validator/edits/edits.h"

#include <stdio.h>
#include <string.h>

#include "common/base/str.h"
#include "common/codes/codes.h"

/* with_extension - a stem filled up with X to six characters and a seventh is billable */
static bool with_extension(struct edit_run *r, const char *stem, size_t n, const char *extensions,
                           int32_t on)
{
    char code[8] = "XXXXXXX";

    memcpy(code, stem, n);
    for (; *extensions; extensions++) {
        code[6] = *extensions;
        if (edit_ask_billable(r, TABLE_ICD10CM, code, on) == ASKED_FOUND)
            return true;
    }
    return false;
}

/* Every seventh character of the tabular list (coding §1.3). */
#define EXTENSIONS "ADSBCGKPEFHJMNQR0123456789"

/* seventh_is_wrong - why, or NULL: the code is not one that only its seventh character spoils */
static const char *seventh_is_wrong(struct edit_run *r, const struct edit_dx *d)
{
    size_t n = strlen(d->code);
    char last[2] = "";

    if (!icd10cm_form(d->code))
        return NULL;
    last[0] = d->code[n - 1];
    if (n == 7)
        return with_extension(r, d->code, 6, EXTENSIONS, d->on)
                   ? "the seventh character is not one of its category"
                   : NULL;
    if (with_extension(r, d->code, n, EXTENSIONS, d->on))
        return "the seventh character is missing";
    if (n > 3 && strchr(EXTENSIONS, last[0]) && with_extension(r, d->code, n - 1, last, d->on))
        return "the placeholder X before the seventh character is missing";
    return NULL;
}

/* written_wrong - a dot, a blank or lower case on the claim */
static bool written_wrong(const struct edit_dx *d)
{
    return strcmp(edit_code_of(d->dx->assignment), d->code) != 0;
}

/* no_code - a diagnosis that holds nothing, or zeros: CMS's editor skips it */
static bool no_code(const char *code)
{
    return strspn(code, "0 ") == strlen(code);
}

/* say_invalid - an admitting diagnosis is only a question; of those that hold nothing only the
 * principal one is invalid to CMS */
static void say_invalid(struct edit_run *r, const struct edit_dx *d, const char *why)
{
    CcSeverity severity = edit_dx_admitting(d) ? SEVERITY_HOLD : SEVERITY_REJECT;
    struct place p = in_edition(at_dx(r, d), edit_mce(r));
    CcFinding *f;

    if (!p.edition)
        p.edition = edit_edition(r, TABLE_ICD10CM, d->on);
    f = edit_found_as(r, severity, p, edit_dx_shown(r, d), "%s%s", edit_dx_shown(r, d), why);
    if (edit_dx_admitting(d) || (no_code(d->code) && d != r->c->principal))
        edit_same_as(r, f, "");
}

/* other_system - the sender says that the code is of another system */
static bool other_system(const CcCodeAssignment *a, CcCodeSystem system)
{
    return a && a->code && a->code->system != CODE_SYSTEM_UNKNOWN && a->code->system != system;
}

/* edit_cod_01 - each diagnosis is a billable code of its day */
void edit_cod_01(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_dx; i++) {
        struct edit_dx *d = &r->c->dx[i];
        struct place p = at_dx(r, d);

        if (d->again)
            continue;
        p.edition = edit_edition(r, TABLE_ICD10CM, d->on);
        if (other_system(d->dx->assignment, CODE_SYSTEM_ICD10CM)) {
            d->valid = ASKED_ABSENT;
            say_invalid(r, d, " is not of ICD-10-CM: its qualifier names another system");
        } else if (edit_ask_dx(r, d) == ASKED_ABSENT) {
            if (!seventh_is_wrong(r, d))
                say_invalid(r, d, " is no billable diagnosis on its date");
        } else if (written_wrong(d)) {
            edit_same_as(r,
                         edit_found(r, p, edit_dx_shown(r, d),
                                    "%s is written with a dot, a blank or in lower case",
                                    edit_dx_shown(r, d)),
                         "");
        }
    }
}

/* edit_cod_02 - seventh characters and placeholders */
void edit_cod_02(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_dx; i++) {
        struct edit_dx *d = &r->c->dx[i];
        const char *why;

        if (d->again || other_system(d->dx->assignment, CODE_SYSTEM_ICD10CM) ||
            edit_ask_dx(r, d) != ASKED_ABSENT)
            continue;
        why = seventh_is_wrong(r, d);
        if (why)
            say_invalid(r, d, arena_printf(r->arena, ": %s", why));
    }
}

/* edit_cod_04 - each ICD-10-PCS code is one on the day of discharge */
void edit_cod_04(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_pcs; i++) {
        struct edit_pcs *p = &r->c->pcs[i];
        struct place at = at_pcs(p);
        CcFinding *f;

        if (icd10pcs_form(p->code) &&
            !other_system(p->procedure->assignment, CODE_SYSTEM_ICD10PCS) &&
            edit_ask_billable(r, TABLE_ICD10PCS, p->code, r->c->codes_on) != ASKED_ABSENT)
            continue;
        at.edition = edit_mce(r) ? edit_mce(r) : edit_edition(r, TABLE_ICD10PCS, r->c->codes_on);
        f = edit_found(r, at, edit_code_shown(p->code), "%s is no ICD-10-PCS code on the day",
                       edit_code_shown(p->code));
        if (no_code(p->code))
            edit_same_as(r, f, "");
    }
}

/* edit_cod_13 - the side is not told, where CMS wants it (MCE 20, discharges from 2022-04-01) */
void edit_cod_13(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_dx; i++) {
        struct edit_dx *d = &r->c->dx[i];

        if (!edit_dx_admitting(d) && !d->again && (edit_dx_flags(r, d) & MCE_UNSPECIFIED))
            edit_found(r, in_edition(at_dx(r, d), edit_edition(r, TABLE_MCE, d->on)),
                       edit_dx_shown(r, d), "%s does not tell the side, and codes that do exist",
                       edit_dx_shown(r, d));
    }
}

/* edit_cod_14 - the second of two equal codes among principal, other and external-cause diagnoses;
 * the MCE looks for the principal one only */
void edit_cod_14(struct edit_run *r)
{
    for (size_t i = 1; i < r->c->n_dx; i++)
        for (size_t k = 0; k < i; k++) {
            const struct edit_dx *d = &r->c->dx[i], *x = &r->c->dx[k];
            CcFinding *f;

            if (!d->key || d->key != x->key || !edit_dx_reported(d) || !edit_dx_reported(x))
                continue;
            f = edit_found(r, at_dx(r, d), edit_dx_shown(r, d), "%s stands on the claim twice",
                           edit_dx_shown(r, d));
            if (!r->c->principal || r->c->principal->key != d->key)
                edit_same_as(r, f, "");
            break;
        }
}

/* most_of - how many diagnoses of a role the guide takes */
static size_t most_of(const struct edit_claim *c, CcDiagnosisRole role)
{
    switch (role) {
    case DIAGNOSIS_ROLE_PRINCIPAL:
    case DIAGNOSIS_ROLE_ADMITTING:
        return 1;
    case DIAGNOSIS_ROLE_REASON:
        return 3;
    case DIAGNOSIS_ROLE_EXTERNAL_CAUSE:
        return 12;
    default:
        return c->professional ? 12 : 24;
    }
}

/* too_many - the first role with more than the guide takes; 0: none */
static CcDiagnosisRole too_many(const struct edit_claim *c)
{
    for (int role = DIAGNOSIS_ROLE_PRINCIPAL; role <= (int)DIAGNOSIS_ROLE_OTHER; role++) {
        size_t n = 0;

        for (size_t i = 0; i < c->n_dx; i++)
            n += (int)c->dx[i].dx->role == role;
        if (n > most_of(c, (CcDiagnosisRole)role))
            return (CcDiagnosisRole)role;
    }
    return DIAGNOSIS_ROLE_UNKNOWN;
}

/* edit_cod_15 - a principal diagnosis, first; and no more than there is room for */
void edit_cod_15(struct edit_run *r)
{
    const struct edit_claim *c = r->c;

    /* to the MCE a blank principal diagnosis is an invalid one */
    if (c->n_dx == 0)
        edit_same_as(r, edit_found(r, at_claim("HI01"), NULL, "the claim has no diagnosis"),
                     c->acute ? "MCE 1" : "");
    else if (!c->principal)
        edit_same_as(
            r,
            edit_found(r, at_claim("HI01-1"), NULL, "no diagnosis is marked as the principal one"),
            c->acute ? "MCE 1" : "");
    else if (c->professional && c->principal != c->dx)
        edit_found(r, at_dx(r, c->principal), edit_dx_shown(r, c->principal),
                   "the principal diagnosis does not stand first");
    else if (c->professional && c->n_dx > 12)
        edit_found(r, at_claim("HI01"), NULL, "%zu diagnoses, and the guide takes 12", c->n_dx);
    else if (too_many(c))
        edit_found(r, at_claim("HI01"), NULL,
                   "more diagnoses of one kind than the guide has places for");
}

/* pointer_is_wrong - why, or NULL */
static const char *pointer_is_wrong(const struct edit_claim *c, const CcServiceLine *l)
{
    if (l->n_pointers == 0)
        return "the line points at no diagnosis";
    if (l->n_pointers > 4)
        return "the line points at more than four diagnoses";
    for (size_t i = 0; i < l->n_pointers; i++) {
        if (l->pointers[i] < 1 || l->pointers[i] > c->n_dx)
            return "the line points at a diagnosis that the claim does not have";
        for (size_t k = 0; k < i; k++)
            if (l->pointers[k] == l->pointers[i])
                return "the line points at one diagnosis twice";
    }
    return NULL;
}

/* edit_cod_16 - pointers, where there are diagnoses to point at */
void edit_cod_16(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const char *why = pointer_is_wrong(r->c, r->c->lines[i].line);

        if (why)
            edit_found(r, at_line(&r->c->lines[i], "SV107"), NULL, "%s", why);
    }
}

/* pointed_at - some line names it */
static bool pointed_at(const struct edit_claim *c, const struct edit_dx *d)
{
    for (size_t i = 0; i < c->n_lines; i++)
        for (size_t k = 0; k < c->lines[i].line->n_pointers; k++)
            if (c->lines[i].line->pointers[k] == d->rank)
                return true;
    return false;
}

/* edit_cod_17 - diagnoses that pay for nothing */
void edit_cod_17(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_dx; i++) {
        const struct edit_dx *d = &r->c->dx[i];

        if (!pointed_at(r->c, d))
            edit_found(r, at_dx(r, d), edit_dx_shown(r, d), "no line points at %s",
                       edit_dx_shown(r, d));
    }
}
