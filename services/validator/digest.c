/* digest.c - a claim digested once, so that checks ask with integers only
 *
 * Codes become eight-byte keys, modifiers bits, providers one number per "same provider" (same NPI,
 * or same group and specialty: billing §7.4), lines groups of code, day and provider. */
#include "services/validator/digest.h"

#include <string.h>

#include "common/base/date.h"
#include "common/codes/codes.h"

/* edit_code_of - an assignment's code */
const char *edit_code_of(const CcCodeAssignment *a)
{
    return a && a->code ? a->code->code : "";
}

/* edit_plain_code - upper case without dot; the code as it is when it is too long to be one */
const char *edit_plain_code(const char *code, struct arena *a)
{
    char out[32];
    size_t n = 0;

    while ((code[n] >= 'A' && code[n] <= 'Z') || (code[n] >= '0' && code[n] <= '9'))
        n++;
    if (!code[n])
        return code; /* as nearly all come */
    if (!code_plain(code, out, sizeof(out)) || strcmp(out, code) == 0)
        return code;
    return arena_strdup(a, out);
}

/* edit_provider - the first of a role */
const CcProvider *edit_provider(CcProvider *const *list, size_t n, CcProviderRole role)
{
    for (size_t i = 0; i < n; i++)
        if (list[i]->role == role)
            return list[i];
    return NULL;
}

/* edit_line_provider - a line's own provider goes before the claim's */
const CcProvider *edit_line_provider(const struct edit_claim *c, const struct edit_line *l,
                                     CcProviderRole role)
{
    const CcProvider *own = edit_provider(l->line->providers, l->line->n_providers, role);

    return own ? own : edit_provider(c->claim->providers, c->claim->n_providers, role);
}

/* find_coverage - the destination: the one marked, or the only one */
static void find_coverage(struct edit_claim *c)
{
    const CcClaim *m = c->claim;

    for (size_t i = 0; i < m->n_coverages; i++)
        if (m->coverages[i]->destination || m->n_coverages == 1) {
            c->destination = m->coverages[i];
            c->destination_index = i;
            break;
        }
    if (!c->destination)
        return;
    c->medicare = strcmp(c->destination->filing_indicator, "MA") == 0 ||
                  strcmp(c->destination->filing_indicator, "MB") == 0;
    c->medicaid = strcmp(c->destination->filing_indicator, "MC") == 0;
}

/* find_providers - the claim's own, by role */
static void find_providers(struct edit_claim *c)
{
    struct {
        const CcProvider **at;
        CcProviderRole role;
    } const rows[] = {
        {&c->billing, PROVIDER_ROLE_BILLING},         {&c->rendering, PROVIDER_ROLE_RENDERING},
        {&c->referring, PROVIDER_ROLE_REFERRING},     {&c->ordering, PROVIDER_ROLE_ORDERING},
        {&c->supervising, PROVIDER_ROLE_SUPERVISING}, {&c->place, PROVIDER_ROLE_FACILITY},
        {&c->attending, PROVIDER_ROLE_ATTENDING},     {&c->operating, PROVIDER_ROLE_OPERATING},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        *rows[i].at = edit_provider(c->claim->providers, c->claim->n_providers, rows[i].role);
}

/* add_provider - unless an earlier one has the same NPI; the claim's own without one stay each */
static void add_provider(struct edit_claim *c, const CcProvider *p, bool of_claim)
{
    bool seen = false;

    for (size_t i = 0; i < c->n_providers && !seen; i++)
        seen = strcmp(c->providers[i]->npi, p->npi) == 0;
    if (!seen || (of_claim && !p->npi[0]))
        c->providers[c->n_providers++] = p;
}

/* digest_providers - every one once a number: the claim's, then the lines' */
static bool digest_providers(struct edit_claim *c, struct arena *a)
{
    const CcClaim *m = c->claim;
    size_t room = m->n_providers + 1;

    for (size_t i = 0; i < m->n_lines; i++)
        room += m->lines[i]->n_providers;
    c->providers = arena_array(a, room, sizeof(*c->providers));
    for (size_t i = 0; c->providers && i < m->n_providers; i++)
        add_provider(c, m->providers[i], true);
    for (size_t i = 0; c->providers && i < m->n_lines; i++)
        for (size_t k = 0; k < m->lines[i]->n_providers; k++)
            add_provider(c, m->lines[i]->providers[k], false);
    return c->providers != NULL;
}

/* edit_two_digits - of a text, 0 when there are none */
unsigned edit_two_digits(const char *s)
{
    if (s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9')
        return 0;
    return (unsigned)(s[0] - '0') * 10 + (unsigned)(s[1] - '0');
}

/* find_kind - professional, inpatient or outpatient, by the bill type */
static void find_kind(struct edit_claim *c)
{
    static const unsigned inpatient[] = {11, 18, 21, 28, 41, 65, 66, 86};
    const char *tob = c->claim->type_of_bill;

    c->professional = c->claim->kind != CLAIM_KIND_INSTITUTIONAL;
    c->facility = c->professional ? 0 : edit_two_digits(strlen(tob) == 4 ? tob + 1 : tob);
    for (size_t i = 0; i < sizeof(inpatient) / sizeof(inpatient[0]); i++)
        c->inpatient |= !c->professional && c->facility == inpatient[i];
    c->acute = c->inpatient && c->facility == 11;
    c->kind = c->professional ? KIND_P : c->inpatient ? KIND_IN : KIND_OUT;
    c->is_void = strcmp(c->claim->frequency, "8") == 0 || c->claim->void_of_claim;
    c->replaces = c->is_void || strcmp(c->claim->frequency, "7") == 0;
    c->bare = c->claim->source[0] && !c->claim->encounter[0];
    /* ASCs (83x) are paid by the practitioner table (billing §7.4) */
    c->ptp = c->professional || c->facility == 83 ? TABLE_PTP_PRACTITIONER : TABLE_PTP_HOSPITAL;
    c->mue = c->ptp == TABLE_PTP_PRACTITIONER ? TABLE_MUE_PRACTITIONER : TABLE_MUE_HOSPITAL;
}

/* find_dates - statement period, and which day picks the code tables (coding §1.1) */
static void find_dates(struct edit_claim *c)
{
    const CcClaim *m = c->claim;

    c->from = m->from_date;
    c->thru = m->thru_date ? m->thru_date : m->discharge_date;
    for (size_t i = 0; i < c->n_lines; i++) {
        int32_t from = m->lines[i]->from_date;
        int32_t thru = m->lines[i]->thru_date ? m->lines[i]->thru_date : from;

        if (from && (!c->from || (c->professional && from < c->from)))
            c->from = from;
        if (thru && (!c->thru || (c->professional && thru > c->thru)))
            c->thru = thru;
    }
    if (!c->thru)
        c->thru = c->from;
    c->codes_on = !c->inpatient ? c->from : m->discharge_date ? m->discharge_date : c->thru;
    c->arrived = c->inpatient && m->admit_date ? m->admit_date : c->from;
}

/* find_age - on arrival, in years and days */
static void find_age(struct edit_claim *c)
{
    int32_t birth = c->claim->patient ? c->claim->patient->birth_date : 0;

    c->age = c->age_days = -1;
    if (!date_valid(birth) || !date_valid(c->arrived) || birth > c->arrived)
        return;
    c->age = date_age(birth, c->arrived);
    c->age_days = date_diff(c->arrived, birth);
}

/* pointed_days - first and last day of the lines that point at a diagnosis */
static void pointed_days(const struct edit_claim *c, struct edit_dx *d)
{
    for (size_t i = 0; c->professional && i < c->n_lines; i++)
        for (size_t k = 0; k < c->lines[i].line->n_pointers; k++)
            if (c->lines[i].line->pointers[k] == d->rank) {
                d->on = !d->on || c->lines[i].from < d->on ? c->lines[i].from : d->on;
                d->last = c->lines[i].thru > d->last ? c->lines[i].thru : d->last;
            }
    if (!d->on)
        d->on = d->last = c->codes_on;
}

/* is_again - an earlier diagnosis has the same code: it was judged there; an admitting one is
 * judged by itself */
static bool is_again(const struct edit_claim *c, const struct edit_dx *d)
{
    bool admitting = d->dx->role == DIAGNOSIS_ROLE_ADMITTING;

    for (const struct edit_dx *x = c->dx; x < d; x++)
        if (x->key == d->key && (x->dx->role == DIAGNOSIS_ROLE_ADMITTING) == admitting &&
            (d->key || strcmp(x->code, d->code) == 0))
            return true;
    return false;
}

/* digest_dx - diagnoses; the principal is the one of that role, or rank 1 */
static bool digest_dx(struct edit_claim *c, struct arena *a)
{
    const CcClaim *m = c->claim;

    c->dx = arena_array(a, m->n_diagnoses + 1, sizeof(*c->dx));
    for (size_t i = 0; c->dx && i < m->n_diagnoses; i++) {
        struct edit_dx *d = &c->dx[c->n_dx++];

        *d = (struct edit_dx){.dx = m->diagnoses[i], .index = i};
        d->rank = d->dx->rank ? d->dx->rank : (uint32_t)i + 1;
        d->code = edit_plain_code(edit_code_of(d->dx->assignment), a);
        d->key = d->code ? code_key(d->code) : 0;
        d->again = d->code && is_again(c, d);
        pointed_days(c, d);
        if (!c->principal && d->dx->role == DIAGNOSIS_ROLE_PRINCIPAL)
            c->principal = d;
    }
    return c->dx && !arena_exhausted(a);
}

/* digest_pcs - ICD-10-PCS procedures */
static bool digest_pcs(struct edit_claim *c, struct arena *a)
{
    const CcClaim *m = c->claim;

    c->pcs = arena_array(a, m->n_procedures + 1, sizeof(*c->pcs));
    for (size_t i = 0; c->pcs && i < m->n_procedures; i++) {
        struct edit_pcs *p = &c->pcs[c->n_pcs++];

        *p = (struct edit_pcs){.procedure = m->procedures[i], .index = i};
        p->code = edit_plain_code(edit_code_of(p->procedure->assignment), a);
    }
    return c->pcs && !arena_exhausted(a);
}

/* note_facts - what the rows' `needs` ask for */
static void note_facts(struct edit_claim *c)
{
    uint32_t f = 0;

    for (size_t i = 0; i < c->n_lines; i++) {
        const struct edit_line *l = &c->lines[i];

        f |= NEED_LINES;
        f |= l->code[0] ? NEED_CODES : 0;
        f |= l->line->n_modifiers ? NEED_MODS : 0;
        f |= l->line->drug ? NEED_DRUG : 0;
        f |= l->line->revenue[0] ? NEED_REVENUE : 0;
    }
    f |= c->n_dx ? NEED_DX : 0;
    f |= c->n_pcs ? NEED_PCS : 0;
    f |= c->claim->n_coverages > 1 ? NEED_COB : 0;
    f |= c->n_past ? NEED_HISTORY : 0;
    f |= c->replaces ? NEED_REPLACES : 0;
    f |= c->medicare ? NEED_MEDICARE : 0;
    f |= c->acute ? NEED_ACUTE : 0;
    f |= c->destination && c->destination->payer_id[0] ? NEED_PAYER : 0;
    f |= c->age >= 0 ? NEED_BIRTH : 0;
    c->facts = f;
}

/* edit_digest - all of it */
bool edit_digest(const CcClaim *claim, const struct validator_options *o, struct arena *a,
                 struct edit_claim *out)
{
    struct edit_claim *c = out;

    *c = (struct edit_claim){.claim = claim, .n_lines = claim->n_lines};
    find_kind(c);
    find_coverage(c);
    find_providers(c);
    find_dates(c);
    find_age(c);
    if (!edit_digest_lines(c, a) || !edit_digest_groups(c, a) || !digest_dx(c, a) ||
        !digest_pcs(c, a) || !digest_providers(c, a) || !edit_digest_past(c, o, a))
        return false;
    note_facts(c);
    return true;
}
