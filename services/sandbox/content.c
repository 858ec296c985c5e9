/* content.c - what a payer's front end refuses claim by claim: checks as rows with their status
 * codes (billing §4.4) */
#include <string.h>

#include "common/claim/destination.h"
#include "common/codes/codes.h"
#include "services/sandbox/sandbox.h"

/* sandbox_coverage - the coverage that this claim is sent to */
const CcClaimCoverage *sandbox_coverage(const CcClaim *c)
{
    const CcClaimCoverage *to = claim_destination(c);

    return to || !c->n_coverages ? to : c->coverages[0];
}

/* sandbox_next_coverage - of the payer that comes next and has not decided yet */
const CcClaimCoverage *sandbox_next_coverage(const CcClaim *c)
{
    const CcClaimCoverage *now = sandbox_coverage(c);
    static const char turns[] = "PSTABCDEFGH";

    for (size_t i = 0; now && i < c->n_coverages; i++) {
        const char *a = strchr(turns, now->sequence[0]),
                   *b = strchr(turns, c->coverages[i]->sequence[0]);

        if (c->coverages[i] != now && now->sequence[0] && a && b && b > a)
            return c->coverages[i];
    }
    return NULL;
}

/* sandbox_provider - the claim's own; NULL: none */
const CcProvider *sandbox_provider(const CcClaim *c, CcProviderRole role)
{
    for (size_t i = 0; i < c->n_providers; i++)
        if (c->providers[i]->role == role)
            return c->providers[i];
    return NULL;
}

/* no_member - nobody to pay for */
static bool no_member(const struct taking *t, const CcClaim *c, int32_t today)
{
    const CcClaimCoverage *cov = sandbox_coverage(c);

    (void)t;
    (void)today;
    return !cov || cov->member_id[0] == '\0';
}

/* bad_billing - the billing provider's NPI is none */
static bool bad_billing(const struct taking *t, const CcClaim *c, int32_t today)
{
    const CcProvider *p = sandbox_provider(c, PROVIDER_ROLE_BILLING);

    (void)t;
    (void)today;
    return !p || !npi_valid(p->npi);
}

/* bad_rendering - a rendering or attending NPI is none */
static bool bad_rendering(const struct taking *t, const CcClaim *c, int32_t today)
{
    (void)t;
    (void)today;
    for (size_t i = 0; i < c->n_providers; i++)
        if ((c->providers[i]->role == PROVIDER_ROLE_RENDERING ||
             c->providers[i]->role == PROVIDER_ROLE_ATTENDING) &&
            c->providers[i]->npi[0] && !npi_valid(c->providers[i]->npi))
            return true;
    return false;
}

/* no_diagnosis - none at all */
static bool no_diagnosis(const struct taking *t, const CcClaim *c, int32_t today)
{
    (void)t;
    (void)today;
    return c->n_diagnoses == 0;
}

/* bad_diagnosis - one that has not the form of a code */
static bool bad_diagnosis(const struct taking *t, const CcClaim *c, int32_t today)
{
    (void)t;
    (void)today;
    for (size_t i = 0; i < c->n_diagnoses; i++) {
        const CcCodeAssignment *a = c->diagnoses[i]->assignment;

        if (!a || !a->code || !icd10cm_form(a->code->code))
            return true;
    }
    return false;
}

/* no_lines - nothing to pay for */
static bool no_lines(const struct taking *t, const CcClaim *c, int32_t today)
{
    (void)t;
    (void)today;
    return c->n_lines == 0;
}

/* out_of_balance - the lines are not the claim */
static bool out_of_balance(const struct taking *t, const CcClaim *c, int32_t today)
{
    int64_t sum = 0;

    (void)t;
    (void)today;
    for (size_t i = 0; i < c->n_lines; i++)
        sum += c->lines[i]->charge_cents;
    return sum != c->charge_cents;
}

/* no_charge - or less than none */
static bool no_charge(const struct taking *t, const CcClaim *c, int32_t today)
{
    (void)t;
    (void)today;
    return c->charge_cents <= 0;
}

/* bad_units - a line without any */
static bool bad_units(const struct taking *t, const CcClaim *c, int32_t today)
{
    (void)t;
    (void)today;
    for (size_t i = 0; i < c->n_lines; i++)
        if (c->lines[i]->units_milli <= 0)
            return true;
    return false;
}

/* bad_pointer - to a diagnosis that is not there */
static bool bad_pointer(const struct taking *t, const CcClaim *c, int32_t today)
{
    (void)t;
    (void)today;
    for (size_t i = 0; i < c->n_lines; i++)
        for (size_t k = 0; k < c->lines[i]->n_pointers; k++)
            if (c->lines[i]->pointers[k] == 0 || c->lines[i]->pointers[k] > c->n_diagnoses)
                return true;
    return false;
}

/* in_the_future - a service after the day the file was made */
static bool in_the_future(const struct taking *t, const CcClaim *c, int32_t today)
{
    (void)t;
    for (size_t i = 0; i < c->n_lines; i++)
        if (c->lines[i]->from_date > today || c->lines[i]->thru_date > today)
            return true;
    return false;
}

/* claim_key - what the journal has of a claim number */
static const char *earlier(const struct taking *t, const char *kind, const char *id)
{
    char key[SANDBOX_KEY];

    snprintf(key, sizeof(key), "%s/%s", kind, id);
    return journal_find(t->box->journal, key);
}

/* is_adjustment - a replacement or a void */
static bool is_adjustment(const CcClaim *c)
{
    return strcmp(c->frequency, "7") == 0 || strcmp(c->frequency, "8") == 0;
}

/* seen_before - an original under a number that another file brought, or this one twice */
static bool seen_before(const struct taking *t, const CcClaim *c, int32_t today)
{
    const char *before = earlier(t, "claim", c->claim_id);

    (void)today;
    return before && !is_adjustment(c) && strncmp(before, t->hash, strlen(t->hash)) != 0;
}

/* nothing_to_adjust - a replacement or void of a number that is not ours, or was replaced already
 */
static bool nothing_to_adjust(const struct taking *t, const CcClaim *c, int32_t today)
{
    const char *gone = earlier(t, "gone", c->original_reference);

    (void)today;
    if (!is_adjustment(c))
        return false;
    return c->original_reference[0] == '\0' || strchr(c->original_reference, ' ') ||
           !earlier(t, "icn", c->original_reference) ||
           (gone && strncmp(gone, t->hash, strlen(t->hash)) != 0);
}

/* by_mix - the share that the mix rejects */
static bool by_mix(const struct taking *t, const CcClaim *c, int32_t today)
{
    (void)today;
    return fate_of(&t->box->sandbox->mix, t->box->sandbox->seed, c->claim_id) == FATE_REJECTED;
}

/* by_scenario - the share that the scenario rejects */
static bool by_scenario(const struct taking *t, const CcClaim *c, int32_t today)
{
    (void)today;
    return sandbox_chosen(t->box->sandbox, c, "reject", t->box->sandbox->scenario.reject_percent);
}

struct check_row {
    bool (*refuses)(const struct taking *t, const CcClaim *c, int32_t today);
    struct refusal says;
};

/* clang-format off */
static const struct check_row checks[] = {
    {no_member,         {"A6", "164", "IL"}},
    {bad_billing,       {"A7", "562", "85"}},
    {bad_rendering,     {"A7", "562", "82"}},
    {no_diagnosis,      {"A6", "255", ""}},
    {bad_diagnosis,     {"A7", "255", ""}},
    {no_lines,          {"A6", "454", ""}},
    {no_charge,         {"A7", "402", ""}},
    {out_of_balance,    {"A8", "400", ""}},
    {bad_units,         {"A7", "476", ""}},
    {bad_pointer,       {"A7", "477", ""}},
    {in_the_future,     {"A7", "510", ""}},
    {nothing_to_adjust, {"A7", "464", ""}},
    {seen_before,       {"A3", "54",  ""}},
    {by_mix,            {"A7", "164", "IL"}},
    {by_scenario,       {"A6", "252", ""}},
};
/* clang-format on */

/* sandbox_check - the first row that refuses; NULL: none */
const struct refusal *sandbox_check(const struct taking *t, const CcClaim *c, int32_t today)
{
    for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
        if (checks[i].refuses(t, c, today))
            return &checks[i].says;
    return NULL;
}
