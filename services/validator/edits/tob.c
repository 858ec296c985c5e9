/* tob.c - TOB: bill type, revenue codes, how patients come and go on it */
#include "services/validator/edits/edits.h"

#include <string.h>

#include "common/base/str.h"

/* edit_frequency - as the header has it */
char edit_frequency(const CcClaim *m)
{
    size_t n = strlen(m->type_of_bill);

    return m->frequency[0] ? m->frequency[0] : n ? m->type_of_bill[n - 1] : '\0';
}

/* edit_tob_01 - a bill type of NUBC's list */
void edit_tob_01(struct edit_run *r)
{
    const char *tob = r->c->claim->type_of_bill;
    struct place p = in_edition(at_claim("CLM05-1"), edit_edition(r, TABLE_BILL_TYPE, r->c->thru));
    char facility[3] = {(char)('0' + r->c->facility / 10), (char)('0' + r->c->facility % 10), '\0'};

    if (!tob[0])
        edit_found(r, p, NULL, "the bill type is missing");
    else if (strlen(tob) != 4 || tob[0] != '0' || !r->c->facility ||
             edit_ask(r, TABLE_BILL_TYPE, facility, NULL, r->c->thru, NULL) == ASKED_ABSENT)
        edit_found(r, p, NULL, "%s is no bill type", edit_code_shown(tob));
}

/* edit_is_room - a bed */
bool edit_is_room(const struct edit_line *l)
{
    return l->revenue >= 100 && l->revenue <= 219;
}

/* edit_tob_02 - beds are for inpatients */
void edit_tob_02(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++)
        if (edit_is_room(&r->c->lines[i]))
            edit_found(r, at_line(&r->c->lines[i], "SV201"), r->c->lines[i].line->revenue,
                       "revenue code %s is a bed, and bill type %s is not for inpatients",
                       r->c->lines[i].line->revenue, edit_code_shown(r->c->claim->type_of_bill));
}

/* clang-format off */
/* Revenue codes that an outpatient bill may carry without a HCPCS code: what OPPS packages, and what the editor leaves out
 * of its edit 48. 0274, 038x and 072x need one (billing §7.3). */
static const struct {
    unsigned short from, to;
} without_code[] = {
    {1, 1},     {22, 24},   {100, 219}, {250, 252}, {254, 255}, {257, 264}, {269, 273}, {275, 276}, {278, 280}, {289, 289},
    {343, 344}, {370, 379}, {390, 392}, {399, 399}, {500, 509}, {521, 522}, {524, 525}, {527, 528}, {583, 583}, {621, 624},
    {630, 633}, {637, 637}, {660, 669}, {681, 689}, {700, 709}, {710, 719}, {732, 732}, {762, 762}, {801, 809}, {810, 819},
    {821, 829}, {905, 907}, {931, 932}, {942, 943}, {948, 948}, {990, 999}, {1000, 1009}, {2100, 2109}, {3101, 3109},
};
/* clang-format on */

/* needs_code - may the revenue code not stand alone on an outpatient bill */
static bool needs_code(unsigned revenue)
{
    for (size_t i = 0; i < sizeof(without_code) / sizeof(without_code[0]); i++)
        if (revenue >= without_code[i].from && revenue <= without_code[i].to)
            return false;
    return true;
}

/* hospital_outpatient - hospital outpatient departments, those of critical access hospitals too */
static bool hospital_outpatient(const struct edit_claim *c)
{
    return edit_is_opps(c) || c->facility == 85;
}

/* edit_tob_03 - what was done, in a code, beside the department */
void edit_tob_03(struct edit_run *r)
{
    for (size_t i = 0; hospital_outpatient(r->c) && i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if (l->revenue && l->revenue != 9999 && !l->code[0] && l->line->charge_cents > 0 &&
            needs_code(l->revenue))
            edit_found(r, at_line(l, "SV202-2"), l->line->revenue,
                       "revenue code %s needs a HCPCS code on an outpatient bill",
                       l->line->revenue);
    }
}

/* mismatch - why a code does not stand under its revenue code, or NULL */
static const char *mismatch(const struct edit_line *l)
{
    if (edit_code_between(l->code, "99281", "99285") && l->revenue / 10 != 45 &&
        l->revenue / 10 != 98)
        return "an emergency visit stands under 045x";
    if (l->revenue == 636 && edit_is_visit(l->code))
        return "0636 is for drugs";
    if (l->revenue / 10 == 30 && edit_is_visit(l->code))
        return "030x is the laboratory";
    if (l->code[0] == 'J' && (l->revenue / 10 == 45 || l->revenue / 10 == 30 || edit_is_room(l)))
        return "a drug stands under a pharmacy revenue code";
    return NULL;
}

/* edit_tob_04 - code and department that do not belong together */
void edit_tob_04(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];
        const char *why = l->key && l->revenue ? mismatch(l) : NULL;

        if (why)
            edit_found(r, at_line(l, "SV201"), edit_pair_of(r, l->line->revenue, l->code),
                       "revenue code %s with %s: %s", edit_code_shown(l->line->revenue), l->code,
                       why);
    }
}

/* edit_tob_05 - complete bills of patients who left, interim bills of those who did not */
void edit_tob_05(struct edit_run *r)
{
    char f = edit_frequency(r->c->claim);
    const char *status = r->c->claim->discharge_status;
    bool still = strcmp(status, "30") == 0;

    if (!status[0])
        return; /* COD-10 has said so */
    if ((f == '1' || f == '4') && still)
        edit_found(r, at_claim("CL103"), status,
                   "frequency %c is the last bill of a stay, and status 30 says still a patient",
                   f);
    else if ((f == '2' || f == '3') && !still)
        edit_found(r, at_claim("CL103"), status,
                   "frequency %c is an interim bill: the status must be 30", f);
}

/* has_role - some diagnosis of this role */
static const struct edit_dx *has_role(const struct edit_claim *c, CcDiagnosisRole role)
{
    for (size_t i = 0; i < c->n_dx; i++)
        if (c->dx[i].dx->role == role)
            return &c->dx[i];
    return NULL;
}

/* edit_tob_06 - what only inpatients have, all of it, and on no other bill */
void edit_tob_06(struct edit_run *r)
{
    const CcClaim *m = r->c->claim;
    const struct edit_dx *admitting = has_role(r->c, DIAGNOSIS_ROLE_ADMITTING);

    if (!r->c->inpatient) {
        if (admitting)
            edit_found(r, at_dx(r, admitting), edit_dx_shown(r, admitting),
                       "an outpatient bill has no admitting diagnosis");
        return;
    }
    if (!m->admit_type[0])
        edit_found(r, at_claim("CL101"), NULL, "the admission type is missing");
    if (!m->admit_source[0])
        edit_found(r, at_claim("CL102"), NULL, "the point of origin is missing");
    if (!m->admit_date)
        edit_found(r, at_claim("DTP03*435"), NULL, "the admission date is missing");
    if (!admitting)
        edit_found(r, at_claim("HI01-2*ABJ"), NULL, "the admitting diagnosis is missing");
}

/* edit_tob_07 - the hour of leaving, on bills of those who left (skilled nursing: not asked) */
void edit_tob_07(struct edit_run *r)
{
    const CcClaim *m = r->c->claim;
    char f = edit_frequency(m);
    bool last = f == '1' || f == '4';

    if (last && r->c->facility != 21 && !m->discharge_hour[0] &&
        strcmp(m->discharge_status, "30") != 0)
        edit_found(r, at_claim("DTP03*096"), NULL, "the discharge hour is missing");
    else if ((f == '2' || f == '3') && m->discharge_hour[0])
        edit_found(r, at_claim("DTP03*096"), NULL,
                   "frequency %c is an interim bill: no discharge hour", f);
}
