/* stay.c - diagnoses, procedures, sex and end of an inpatient claim, for the grouper and the
 * Medicare Code Editor */
#include "common/claim/stay.h"

#include <string.h>

#include "common/base/date.h"
#include "common/claim/destination.h"

/* Psychiatric, rehabilitation, long-term, children's, cancer, military and critical access
 * hospitals, and units of hospitals, need not report POA (CMS POA reporting, Deficit Reduction Act
 * 5001(c)); how their taxonomies begin. */
static const char *const exempt_types[] = {"283", "281",  "282E",       "282J",       "284",
                                           "27",  "2865", "282NC0060X", "282NC2000X", NULL};

/* claim_is_inpatient - the second and third digit of the type of bill */
bool claim_is_inpatient(const CcClaim *c)
{
    static const char *const types[] = {"11", "18", "21", "28", "41", "65", "66", "86"};
    const char *type = c->type_of_bill + (c->type_of_bill[0] == '0');

    if (c->kind != CLAIM_KIND_INSTITUTIONAL)
        return false;
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (strncmp(type, types[i], 2) == 0)
            return true;
    return !type[0];
}

/* code_of - plain text of a code; "": none */
static const char *code_of(const CcCodeAssignment *a, CcCodeSystem system, struct arena *arena)
{
    const char *from = a && a->code ? a->code->code : "";
    char *out = arena_alloc(arena, strlen(from) + 1);
    size_t n = 0;

    if (!out || !a || !a->code ||
        (a->code->system != system && a->code->system != CODE_SYSTEM_UNKNOWN))
        return out ? out : "";
    for (; *from; from++)
        if (*from != '.')
            out[n++] = *from;
    return out;
}

/* poa_of - a letter; 0: none was given */
static char poa_of(CcPoa poa)
{
    switch (poa) {
    case POA_Y:
        return 'Y';
    case POA_N:
        return 'N';
    case POA_U:
        return 'U';
    case POA_W:
        return 'W';
    default:
        return 0;
    }
}

/* fill_dx - those of the roles that the grouper reads */
static void fill_dx(const CcClaim *c, struct arena *a, struct drg_dx *dx, size_t *n)
{
    bool principal = false;

    dx[0] = (struct drg_dx){"", 0};
    *n = 1;
    for (size_t i = 0; i < c->n_diagnoses; i++) {
        const CcClaimDiagnosis *d = c->diagnoses[i];
        struct drg_dx x = {code_of(d->assignment, CODE_SYSTEM_ICD10CM, a), poa_of(d->poa)};

        if (d->role == DIAGNOSIS_ROLE_PRINCIPAL && !principal) {
            dx[0] = x;
            principal = true;
        } else if (d->role == DIAGNOSIS_ROLE_PRINCIPAL || d->role == DIAGNOSIS_ROLE_OTHER ||
                   d->role == DIAGNOSIS_ROLE_EXTERNAL_CAUSE) {
            dx[(*n)++] = x;
        }
    }
}

/* claim_poa_exempt - by the billing provider's taxonomy */
bool claim_poa_exempt(const CcClaim *c)
{
    for (size_t i = 0; i < c->n_providers; i++)
        for (const char *const *t = exempt_types;
             c->providers[i]->role == PROVIDER_ROLE_BILLING && *t; t++)
            if (str_starts(c->providers[i]->taxonomy, *t))
                return true;
    return false;
}

/* status_of - two digits; 0: none */
static int status_of(const char *s)
{
    return str_is_digits(s, 1, 2) ? (s[1] ? (s[0] - '0') * 10 + s[1] - '0' : s[0] - '0') : 0;
}

/* sex_of - the patient's */
static enum drg_sex sex_of(const CcClaim *c)
{
    CcSex sex = c->patient ? c->patient->sex : SEX_UNKNOWN;

    return sex == SEX_MALE ? DRG_MALE : sex == SEX_FEMALE ? DRG_FEMALE : DRG_SEX_UNKNOWN;
}

/* claim_stay_of - see the header */
int claim_stay_of(const CcClaim *c, struct arena *a, struct claim_stay *out, struct err *e)
{
    struct drg_dx *dx = arena_array(a, c->n_diagnoses + 1, sizeof(*dx));
    const char **px = arena_array(a, c->n_procedures + 1, sizeof(*px));

    if (!dx || !px)
        return err_set(e, ERR_REJECT, "size", "the claim needs more memory than there is");
    memset(out, 0, sizeof(*out));
    fill_dx(c, a, dx, &out->stay.n_dx);
    for (size_t i = 0; i < c->n_procedures; i++)
        px[i] = code_of(c->procedures[i]->assignment, CODE_SYSTEM_ICD10PCS, a);
    out->stay.dx = dx;
    out->stay.px = px;
    out->stay.n_px = c->n_procedures;
    out->stay.sex = sex_of(c);
    out->stay.status = status_of(c->discharge_status);
    out->stay.poa_exempt = claim_poa_exempt(c);
    out->discharge = c->discharge_date ? c->discharge_date : c->thru_date;
    if (arena_exhausted(a))
        return err_set(e, ERR_REJECT, "size", "the claim needs more memory than there is");
    return 0;
}

/* claim_is_acute - type of bill 11x */
bool claim_is_acute(const CcClaim *c)
{
    const char *type = c->type_of_bill + (c->type_of_bill[0] == '0');

    return c->kind == CLAIM_KIND_INSTITUTIONAL && (!type[0] || strncmp(type, "11", 2) == 0);
}

/* capital - a copy of a code; "": no memory */
static const char *capital(const char *code, struct arena *a)
{
    char *out = arena_strdup(a, code);

    if (out)
        str_upper(out);
    return out ? out : "";
}

/* mce_sex_of - the patient's; what is no sex of the guide is invalid */
static enum mce_sex mce_sex_of(const CcClaim *c)
{
    switch (c->patient ? c->patient->sex : SEX_UNKNOWN) {
    case SEX_MALE:
        return MCE_SEX_MALE;
    case SEX_FEMALE:
        return MCE_SEX_FEMALE;
    case SEX_UNKNOWN:
    case SEX_OTHER:
        return MCE_SEX_UNKNOWN;
    default:
        return MCE_SEX_INVALID;
    }
}

/* claim_mce_stay - see the header */
int claim_mce_stay(const CcClaim *c, const struct claim_stay *in, struct arena *a,
                   struct mce_stay *out, struct err *e)
{
    const char **dx = arena_array(a, in->stay.n_dx + 1, sizeof(*dx));
    const char **px = arena_array(a, in->stay.n_px + 1, sizeof(*px));
    int32_t birth = c->patient ? c->patient->birth_date : 0,
            arrived = c->admit_date ? c->admit_date : c->from_date;

    for (size_t i = 0; dx && i < in->stay.n_dx; i++)
        dx[i] = capital(in->stay.dx[i].code, a);
    for (size_t i = 0; px && i < in->stay.n_px; i++)
        px[i] = capital(in->stay.px[i], a);
    *out = (struct mce_stay){.dx = dx,
                             .n_dx = in->stay.n_dx,
                             .px = px,
                             .n_px = in->stay.n_px,
                             .sex = mce_sex_of(c),
                             .status = in->stay.status ? in->stay.status : -1,
                             .discharge = in->discharge};
    out->age = date_valid(birth) && date_valid(arrived) && birth <= arrived
                   ? date_age(birth, arrived)
                   : -1;
    out->days = date_valid(c->admit_date) && date_valid(in->discharge)
                    ? (int)date_diff(in->discharge, c->admit_date)
                    : -1;
    return arena_exhausted(a)
               ? err_set(e, ERR_REJECT, "size", "the claim needs more memory than there is")
               : 0;
}

/* claim_hospital - the first row that fits */
const struct claim_hospital *claim_hospital(const char *taxonomy)
{
    static const struct claim_hospital rows[] = {
        {"282NC0060X", -1, false}, /* critical access */
        {"282NC2000X", 1, false},  /* children's */
        {"282E", 1, true},         /* long-term care */
        {"2843", 1, false},        /* special hospital: cancer */
        {"283Q", 1, true},         /* psychiatric */
        {"283X", 1, true},         /* rehabilitation */
        {"273R", 1, true},         /* psychiatric unit */
        {"273Y", 1, true},         /* rehabilitation unit */
        {"", 3, true},
    };
    size_t i = 0;

    while (!str_starts(taxonomy, rows[i].taxonomy))
        i++;
    return &rows[i];
}

/* billing_taxonomy - "": not said */
static const char *billing_taxonomy(const CcClaim *c)
{
    for (size_t i = 0; i < c->n_providers; i++)
        if (c->providers[i]->role == PROVIDER_ROLE_BILLING)
            return c->providers[i]->taxonomy;
    return "";
}

/* claim_interim_from - see the header */
int32_t claim_interim_from(const CcClaim *c)
{
    const CcClaimCoverage *to = claim_destination(c);

    if (!claim_is_acute(c) || strcmp(c->frequency, "2") != 0 || !to ||
        strcmp(to->filing_indicator, "MA") != 0 || !date_valid(c->admit_date) ||
        !claim_hospital(billing_taxonomy(c))->paid_a_stay)
        return 0;
    return date_add(c->admit_date, CLAIM_INTERIM_DAYS - 1);
}
