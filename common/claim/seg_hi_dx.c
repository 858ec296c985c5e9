/* seg_hi_dx.c - HI: diagnoses and inpatient procedures */
#include <string.h>

#include "common/base/date.h"
#include "common/claim/hi.h"

enum { POA_COMPONENT = 9 };

/* code_of - of an assignment; "" when unset */
static const char *code_of(const CcCodeAssignment *a)
{
    return a && a->code ? a->code->code : "";
}

/* qualifier_of - the old one for ICD-9: diagnoses and procedures have one each */
static const char *qualifier_of(const struct hi *h, const CcCodeAssignment *a)
{
    return a && a->code && a->code->system == CODE_SYSTEM_ICD9CM ? h->old : h->qualifier;
}

/* has_role - professional claims know the principal and others; institutional ones five roles */
static bool has_role(const struct put *p, const struct hi *h, size_t i)
{
    if (p->kind == GUIDE_P)
        return (h->role == DIAGNOSIS_ROLE_PRINCIPAL) == (i == 0);
    return p->dx[i]->role == h->role;
}

/* hi_count_dx - diagnoses of a role */
size_t hi_count_dx(const struct put *p, const struct hi *h)
{
    size_t n = 0;

    for (size_t i = 0; i < p->claim->n_diagnoses; i++)
        n += has_role(p, h, i);
    return n;
}

/* poa_code - "" for exempt and unknown: the old 1 is not of this guide */
static const char *poa_code(CcPoa poa)
{
    switch (poa) {
    case POA_Y:
        return "Y";
    case POA_N:
        return "N";
    case POA_U:
        return "U";
    case POA_W:
        return "W";
    case POA_UNKNOWN:
    case POA_EXEMPT:
    default:
        return "";
    }
}

/* hi_write_dx - the i-th of a role, with POA as the ninth component of an institutional claim */
void hi_write_dx(struct put *p, const struct hi *h, size_t i)
{
    size_t k = 0;

    for (; !has_role(p, h, k) || i-- > 0; k++)
        ;
    hi_put_item(p, qualifier_of(h, p->dx[k]->assignment), code_of(p->dx[k]->assignment));
    if (!h->poa || !poa_code(p->dx[k]->poa)[0])
        return;
    for (unsigned c = 3; c < POA_COMPONENT; c++)
        x12_sub(&p->w, "");
    x12_sub(&p->w, poa_code(p->dx[k]->poa));
}

/* assign - a code that stands on a claim */
static CcCodeAssignment *assign(struct take *t, unsigned element, CcCodeSystem system)
{
    CcCodeAssignment *a = take_new(t, &cc_code_assignment__descriptor);
    CcCode *c = take_new(t, &cc_code__descriptor);

    if (!a || !c)
        return NULL;
    c->system = system;
    c->code = take_part(t, element, 2);
    a->code = c;
    a->status = CODE_STATUS_ACCEPTED;
    a->origin = ORIGIN_STRUCTURED;
    return a;
}

/* take_poa - of the ninth component */
static CcPoa take_poa(struct take *t, unsigned element)
{
    static const char codes[] = "YNUW";
    static const CcPoa values[] = {POA_Y, POA_N, POA_U, POA_W};
    const struct span s = x12_component(t->s, element, POA_COMPONENT);
    const char *at = s.n == 1 ? strchr(codes, s.p[0]) : NULL;

    return at && *at ? values[at - codes] : POA_UNKNOWN;
}

/* hi_read_dx - in the order of the claim */
void hi_read_dx(struct take *t, const struct hi *h, unsigned element)
{
    CcClaimDiagnosis *d = take_new(t, &cc_claim_diagnosis__descriptor);

    if (!d)
        return;
    d->assignment =
        assign(t, element, hi_is_old(t, h, element) ? CODE_SYSTEM_ICD9CM : CODE_SYSTEM_ICD10CM);
    d->role = h->role;
    d->poa = take_poa(t, element);
    d->rank = (uint32_t)t->claim->n_diagnoses + 1;
    take_place(t, CLAIM_PART_DIAGNOSIS, t->claim->n_diagnoses);
    take_push(t, t->claim, diagnoses, d);
}

/* procedure_at - the i-th by rank; the list is short */
static const CcClaimProcedure *procedure_at(const struct put *p, size_t i)
{
    CcClaimProcedure *const *list = p->claim->procedures;

    for (size_t k = 0; k < p->claim->n_procedures; k++) {
        size_t before = 0;

        for (size_t m = 0; m < p->claim->n_procedures; m++)
            before += list[m]->rank < list[k]->rank || (list[m]->rank == list[k]->rank && m < k);
        if (before == i)
            return list[k];
    }
    return NULL;
}

/* is_principal - the row of the first procedure */
static bool is_principal(const struct hi *h)
{
    return strcmp(h->qualifier, "BBR") == 0;
}

/* hi_count_procedures - the first, or those after it */
size_t hi_count_procedures(const struct put *p, const struct hi *h)
{
    const size_t n = p->claim->n_procedures;

    return is_principal(h) ? n > 0 : n > 0 ? n - 1 : 0;
}

/* hi_write_procedure - with its day */
void hi_write_procedure(struct put *p, const struct hi *h, size_t i)
{
    const CcClaimProcedure *x = procedure_at(p, is_principal(h) ? 0 : i + 1);

    hi_put_item(p, qualifier_of(h, x->assignment), code_of(x->assignment));
    if (!date_valid(x->procedure_date))
        put_fail(p, "missing", "-4", "required: the day of a procedure");
    x12_sub(&p->w, "D8");
    x12_sub_date(&p->w, x->procedure_date);
}

/* hi_read_procedure - in the order of the claim */
void hi_read_procedure(struct take *t, const struct hi *h, unsigned element)
{
    CcClaimProcedure *x = take_new(t, &cc_claim_procedure__descriptor);

    if (!x)
        return;
    x->assignment =
        assign(t, element, hi_is_old(t, h, element) ? CODE_SYSTEM_ICD9CM : CODE_SYSTEM_ICD10PCS);
    x->procedure_date = take_day(t, element, x12_component(t->s, element, 4));
    x->rank = (uint32_t)t->claim->n_procedures + 1;
    take_place(t, CLAIM_PART_PROCEDURE, t->claim->n_procedures);
    take_push(t, t->claim, procedures, x);
}
