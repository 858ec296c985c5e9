/* elements.c - what the elements of payer rules are on a claim (common/rules/element.h) */
#include "services/validator/rules.h"

#include <string.h>

#include "common/base/date.h"
#include "services/validator/edits/edits.h"

enum { MILLI = 1000 };

/* is_given - a text with something in it */
static bool is_given(const char *s)
{
    return s && s[0];
}

/* npi_of, taxonomy_of - of a provider that may not be there */
static const char *npi_of(const CcProvider *p)
{
    return p ? p->npi : "";
}

/* taxonomy_of - the specialty */
static const char *taxonomy_of(const CcProvider *p)
{
    return p ? p->taxonomy : "";
}

/* state_of - of an address that may not be there */
static const char *state_of(const CcAddress *a)
{
    return a ? a->state : "";
}

/* provider - of a role: the line's, else the claim's */
static const CcProvider *provider(const struct rule_claim *x, CcProviderRole role)
{
    const CcClaim *m = x->c->claim;

    return x->l ? edit_line_provider(x->c, x->l, role)
                : edit_provider(m->providers, m->n_providers, role);
}

/* coverage_text - what the coverage that is billed says */
static const char *coverage_text(const CcClaimCoverage *v, enum element_id id)
{
    switch (id) {
    case ELEMENT_FILING_INDICATOR:
        return v->filing_indicator;
    case ELEMENT_GROUP_NAME:
        return v->group_name;
    case ELEMENT_GROUP_NUMBER:
        return v->group_number;
    case ELEMENT_INSURANCE_TYPE:
        return v->insurance_type;
    case ELEMENT_MEMBER_ID:
        return v->member_id;
    case ELEMENT_SEQUENCE:
        return v->sequence;
    default:
        return NULL;
    }
}

/* sex_text - as DMG03 has it */
static const char *sex_text(const CcPatient *p)
{
    static const char *const letters[] = {"", "F", "M", "U"};

    return p && (unsigned)p->sex < 4 ? letters[p->sex] : "";
}

/* plain_bill - three digits without the leading zero */
static const char *plain_bill(const char *tob)
{
    return tob[0] == '0' ? tob + 1 : tob;
}

/* claim_text - codes and texts of the claim itself; NULL: the element is none of these */
static const char *claim_text(const struct rule_claim *x, enum element_id id)
{
    const CcClaim *m = x->c->claim;
    const CcPatient *p = m->patient;

    switch (id) {
    case ELEMENT_ACCIDENT_STATE:
        return m->accident ? m->accident->state : "";
    case ELEMENT_ADMIT_SOURCE:
        return m->admit_source;
    case ELEMENT_ADMIT_TYPE:
        return m->admit_type;
    case ELEMENT_ASSIGNMENT:
        return m->assignment;
    case ELEMENT_BILL_TYPE:
        return plain_bill(m->type_of_bill);
    case ELEMENT_DELAY_REASON:
        return m->delay_reason;
    case ELEMENT_DISCHARGE_STATUS:
        return m->discharge_status;
    case ELEMENT_DRG:
        return m->drg;
    case ELEMENT_FREQUENCY:
        return m->frequency;
    case ELEMENT_ORIGINAL_REFERENCE:
        return m->original_reference;
    case ELEMENT_PRINCIPAL_DX:
        return x->c->principal ? x->c->principal->code : "";
    case ELEMENT_SEX:
        return sex_text(p);
    case ELEMENT_SPECIAL_PROGRAM:
        return m->special_program;
    case ELEMENT_STATE:
        return p ? state_of(p->address) : "";
    case ELEMENT_ZIP:
        return p && p->address ? p->address->zip : "";
    default:
        return NULL;
    }
}

/* provider_text - who: NPIs and specialties */
static const char *provider_text(const struct rule_claim *x, enum element_id id)
{
    switch (id) {
    case ELEMENT_ATTENDING_NPI:
        return npi_of(x->c->attending);
    case ELEMENT_ATTENDING_TAXONOMY:
        return taxonomy_of(x->c->attending);
    case ELEMENT_BILLING_NPI:
        return npi_of(x->c->billing);
    case ELEMENT_BILLING_STATE:
        return x->c->billing ? state_of(x->c->billing->address) : "";
    case ELEMENT_BILLING_TAXONOMY:
        return taxonomy_of(x->c->billing);
    case ELEMENT_FACILITY_NPI:
        return npi_of(provider(x, PROVIDER_ROLE_FACILITY));
    case ELEMENT_OPERATING_NPI:
        return npi_of(x->c->operating);
    case ELEMENT_ORDERING_NPI:
        return npi_of(provider(x, PROVIDER_ROLE_ORDERING));
    case ELEMENT_REFERRING_NPI:
        return npi_of(provider(x, PROVIDER_ROLE_REFERRING));
    case ELEMENT_REFERRING_TAXONOMY:
        return taxonomy_of(provider(x, PROVIDER_ROLE_REFERRING));
    case ELEMENT_RENDERING_NPI:
        return npi_of(provider(x, PROVIDER_ROLE_RENDERING));
    case ELEMENT_RENDERING_TAXONOMY:
        return taxonomy_of(provider(x, PROVIDER_ROLE_RENDERING));
    case ELEMENT_SUPERVISING_NPI:
        return npi_of(provider(x, PROVIDER_ROLE_SUPERVISING));
    default:
        return NULL;
    }
}

/* inherited_text - the line's own, else the claim's */
static const char *inherited_text(const struct rule_claim *x, enum element_id id)
{
    const CcClaim *m = x->c->claim;
    const CcServiceLine *l = x->l ? x->l->line : NULL;

    switch (id) {
    case ELEMENT_AUTHORIZATION:
        return l && l->authorization[0] ? l->authorization
               : m->authorization[0]    ? m->authorization
               : x->c->destination      ? x->c->destination->authorization
                                        : "";
    case ELEMENT_CLIA:
        return l && l->clia[0] ? l->clia : m->clia;
    case ELEMENT_NOTE:
        return l && l->note[0] ? l->note : m->note;
    case ELEMENT_PLACE:
        return l && l->place_of_service[0] ? l->place_of_service : m->place_of_service;
    case ELEMENT_REFERRAL:
        return l && l->referral[0] ? l->referral
               : m->referral[0]    ? m->referral
               : x->c->destination ? x->c->destination->referral
                                   : "";
    default:
        return NULL;
    }
}

/* first_dx - the first that the line points at */
static const char *first_dx(const struct rule_claim *x)
{
    const CcServiceLine *l = x->l->line;

    for (size_t i = 0; l->n_pointers && i < x->c->n_dx; i++)
        if (x->c->dx[i].rank == l->pointers[0])
            return x->c->dx[i].code;
    return "";
}

/* line_text - of a line only */
static const char *line_text(const struct rule_claim *x, enum element_id id)
{
    const CcServiceLine *l = x->l->line;

    switch (id) {
    case ELEMENT_CODE:
        return x->l->code;
    case ELEMENT_DESCRIPTION:
        return l->description;
    case ELEMENT_DRUG_UNIT:
        return l->drug ? l->drug->unit : "";
    case ELEMENT_FIRST_DX:
        return first_dx(x);
    case ELEMENT_NDC:
        return l->drug ? l->drug->ndc : "";
    case ELEMENT_REVENUE:
        return l->revenue;
    case ELEMENT_UNIT:
        return l->unit_code;
    default:
        return NULL;
    }
}

/* text_of - of whatever level; NULL: the element is no single text */
static const char *text_of(const struct rule_claim *x, enum element_id id)
{
    const char *s = claim_text(x, id);

    if (!s && x->c->destination)
        s = coverage_text(x->c->destination, id);
    if (!s)
        s = provider_text(x, id);
    if (!s)
        s = inherited_text(x, id);
    return s || !x->l ? s : line_text(x, id);
}

/* days_of - from one day to the other, both counted; 0: not known */
static int64_t days_of(int32_t from, int32_t thru)
{
    return date_valid(from) && date_valid(thru) && thru >= from ? date_diff(thru, from) + 1 : 0;
}

/* other_paid - by the payers that are not billed, in cents */
static int64_t other_paid(const CcClaim *m, const CcClaimCoverage *billed)
{
    int64_t sum = 0;

    for (size_t i = 0; i < m->n_coverages; i++)
        if (m->coverages[i] != billed && m->coverages[i]->paid_cents < INT64_MAX / 64 - sum)
            sum += m->coverages[i]->paid_cents;
    return sum;
}

/* claim_number - counts, days, amounts of the claim; false: it is not known, or no such */
static bool claim_number(const struct edit_claim *c, enum element_id id, int64_t *out)
{
    const CcClaim *m = c->claim;

    switch (id) {
    case ELEMENT_ADMIT:
        return (*out = m->admit_date) != 0;
    case ELEMENT_AGE:
        return (*out = (int64_t)c->age * MILLI) >= 0;
    case ELEMENT_AGE_DAYS:
        return (*out = (int64_t)c->age_days * MILLI) >= 0;
    case ELEMENT_ATTACHMENTS:
        return (*out = (int64_t)m->n_attachments * MILLI, true);
    case ELEMENT_CLAIM_CHARGE:
        return (*out = m->charge_cents, true);
    case ELEMENT_CLAIM_DAYS:
        return (*out = days_of(c->from, c->thru) * MILLI) != 0;
    case ELEMENT_DISCHARGE:
        return (*out = m->discharge_date) != 0;
    case ELEMENT_DX_COUNT:
        return (*out = (int64_t)c->n_dx * MILLI, true);
    case ELEMENT_FROM:
        return (*out = c->from) != 0;
    case ELEMENT_LINE_COUNT:
        return (*out = (int64_t)c->n_lines * MILLI, true);
    case ELEMENT_OTHER_PAID:
        return (*out = other_paid(m, c->destination), true);
    case ELEMENT_OTHER_PAYERS:
        return (*out = m->n_coverages ? ((int64_t)m->n_coverages - 1) * MILLI : 0, true);
    case ELEMENT_THRU:
        return (*out = c->thru) != 0;
    case ELEMENT_SELF:
        *out = c->destination && c->destination->relationship == RELATIONSHIP_SELF;
        return c->destination != NULL;
    default:
        return false;
    }
}

/* line_number - of a line */
static bool line_number(const struct edit_line *l, enum element_id id, int64_t *out)
{
    switch (id) {
    case ELEMENT_CHARGE:
        return (*out = l->line->charge_cents, true);
    case ELEMENT_LINE_DAYS:
        return (*out = days_of(l->from, l->thru) * MILLI) != 0;
    case ELEMENT_LINE_FROM:
        return (*out = l->from) != 0;
    case ELEMENT_LINE_THRU:
        return (*out = l->thru) != 0;
    case ELEMENT_UNITS:
        return (*out = l->line->units_milli, true);
    default:
        return false;
    }
}

/* dx_at - the i-th diagnosis: of all, external causes only, or those that the line points at */
static const char *dx_at(const struct rule_claim *x, enum element_id id, size_t i)
{
    for (size_t k = 0; k < x->c->n_dx; k++) {
        const struct edit_dx *d = &x->c->dx[k];

        if (!edit_dx_reported(d) ||
            (id == ELEMENT_EXTERNAL_CAUSE && (d->code[0] < 'V' || d->code[0] > 'Y')) ||
            (id == ELEMENT_POINTED_DX && !rule_points(x, d)))
            continue;
        if (i-- == 0)
            return d->code;
    }
    return NULL;
}

/* code_at - the i-th code of a line */
static const char *code_at(const struct edit_claim *c, size_t i)
{
    for (size_t k = 0; k < c->n_lines; k++)
        if (c->lines[k].code[0] && i-- == 0)
            return c->lines[k].code;
    return NULL;
}

/* many_at - the i-th value of an element that has many; NULL: there is none */
static const char *many_at(const struct rule_claim *x, enum element_id id, size_t i)
{
    const CcClaim *m = x->c->claim;

    switch (id) {
    case ELEMENT_CODES:
        return code_at(x->c, i);
    case ELEMENT_CONDITIONS:
        return i < m->n_conditions ? m->conditions[i] : NULL;
    case ELEMENT_MODIFIERS:
        return x->l && i < x->l->line->n_modifiers ? x->l->line->modifiers[i] : NULL;
    case ELEMENT_OCCURRENCES:
        return i < m->n_occurrences ? m->occurrences[i]->code : NULL;
    case ELEMENT_PROCEDURES:
        return i < x->c->n_pcs ? x->c->pcs[i].code : NULL;
    case ELEMENT_RELATED_CAUSES:
        return i < m->n_related_causes ? m->related_causes[i] : NULL;
    case ELEMENT_VALUES:
        return i < m->n_values ? m->values[i]->code : NULL;
    default:
        return dx_at(x, id, i);
    }
}

/* rule_points - does the line point at the diagnosis; on an institutional claim all do */
bool rule_points(const struct rule_claim *x, const struct edit_dx *d)
{
    const CcServiceLine *l = x->l ? x->l->line : NULL;

    if (!x->c->professional)
        return true;
    for (size_t i = 0; l && i < l->n_pointers; i++)
        if (l->pointers[i] == d->rank)
            return true;
    return false;
}

/* rule_fetch - for cond_holds */
bool rule_fetch(const void *claim, enum element_id id, size_t i, struct cond_value *out)
{
    const struct rule_claim *x = claim;
    const struct element *e = element_of(id);

    *out = (struct cond_value){.text = ""};
    if (!e->many && i > 0)
        return false;
    if (e->type == ELEMENT_OF_CODE || e->type == ELEMENT_OF_TEXT) {
        const char *s = e->many ? many_at(x, id, i) : text_of(x, id);

        if (!is_given(s))
            return false;
        out->text = s;
        out->key = e->type == ELEMENT_OF_CODE ? code_key(s) : 0;
        return true;
    }
    return e->line ? x->l && line_number(x->l, id, &out->number)
                   : claim_number(x->c, id, &out->number);
}
