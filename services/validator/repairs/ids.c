/* ids.c - REP-01 to REP-07: numbers of providers, payers and people, as their formats want them */
#include <string.h>

#include "common/base/str.h"
#include "common/codes/codes.h"
#include "services/validator/repair.h"

/* fix - the bare text where it is of the form and the text itself is not */
static void fix(struct repair_run *r, struct spot at, char **text, bool (*form)(const char *s))
{
    char bare[REPAIR_TEXT];

    if (!form(*text) && repair_bare(*text, bare) && form(bare))
        repair_text(r, at, text, bare);
}

/* provider_npi - of one */
static void provider_npi(struct repair_run *r, CcProvider *p, struct spot at)
{
    at.element = "NM109";
    fix(r, at, &p->npi, npi_valid);
}

/* repair_npi - REP-01 */
void repair_npi(struct repair_run *r)
{
    repair_each_provider(r, provider_npi);
}

/* nine_digits - an employer id or a social security number */
static bool nine_digits(const char *s)
{
    return str_is_digits(s, 9, 9);
}

/* provider_tax_id - of one */
static void provider_tax_id(struct repair_run *r, CcProvider *p, struct spot at)
{
    at.element = strcmp(p->tax_id_type, "SY") == 0 ? "REF02*SY" : "REF02*EI";
    fix(r, at, &p->tax_id, nine_digits);
}

/* repair_tax_id - REP-02 */
void repair_tax_id(struct repair_run *r)
{
    repair_each_provider(r, provider_tax_id);
}

/* at_home - in the United States */
static bool at_home(const CcAddress *a)
{
    return a && (!a->country[0] || strcmp(a->country, "US") == 0 || strcmp(a->country, "USA") == 0);
}

/* fix_zip - of one address */
static void fix_zip(struct repair_run *r, CcAddress *a, struct spot at)
{
    at.element = "N403";
    if (at_home(a) && strspn(a->zip, "0123456789- ") == strlen(a->zip))
        fix(r, at, &a->zip, zip_form);
}

/* provider_zip - of one */
static void provider_zip(struct repair_run *r, CcProvider *p, struct spot at)
{
    fix_zip(r, p->address, at);
}

/* subscriber_zip - of a coverage; where the subscriber is the patient it is the same element, noted
 * once */
static void subscriber_zip(struct repair_run *r, size_t i, const char *before)
{
    CcClaimCoverage *v = r->claim->coverages[i];
    const CcPatient *p = r->claim->patient;

    if (v->subscriber_address && p && p->address && v->relationship == RELATIONSHIP_SELF &&
        strcmp(v->subscriber_address->zip, before) == 0)
        v->subscriber_address->zip = p->address->zip;
    else
        fix_zip(r, v->subscriber_address,
                (struct spot){.part = CLAIM_PART_COVERAGE, .index = i, .patient = true});
}

/* repair_zip - REP-03 */
void repair_zip(struct repair_run *r)
{
    const CcClaim *c = r->claim;
    CcAddress *home = c->patient ? c->patient->address : NULL;
    const char *before = home ? home->zip : "";

    repair_each_provider(r, provider_zip);
    fix_zip(r, home, (struct spot){.part = CLAIM_PART_PATIENT, .patient = true});
    for (size_t i = 0; i < c->n_coverages; i++) {
        fix_zip(r, c->coverages[i]->payer_address,
                (struct spot){.part = CLAIM_PART_COVERAGE, .index = i});
        subscriber_zip(r, i, before);
    }
}

/* provider_zip4 - of one whose address is a place of service or of billing */
static void provider_zip4(struct repair_run *r, CcProvider *p, struct spot at)
{
    CcAddress *a = p->address;
    char nine[10];

    if ((p->role != PROVIDER_ROLE_BILLING && p->role != PROVIDER_ROLE_FACILITY) || !at_home(a) ||
        strlen(a->zip) != 5 || !zip_form(a->zip))
        return;
    memcpy(nine, a->zip, 5);
    memcpy(nine + 5, "9998", 5);
    at.element = "N403";
    repair_text(r, at, &a->zip, nine);
}

/* repair_zip4 - REP-04 */
void repair_zip4(struct repair_run *r)
{
    repair_each_provider(r, provider_zip4);
}

/* repair_member_id - REP-05 */
void repair_member_id(struct repair_run *r)
{
    for (size_t i = 0; i < r->claim->n_coverages; i++) {
        CcClaimCoverage *v = r->claim->coverages[i];

        if (strcmp(v->filing_indicator, "MA") == 0 || strcmp(v->filing_indicator, "MB") == 0)
            fix(r,
                (struct spot){.part = CLAIM_PART_COVERAGE,
                              .index = i,
                              .patient = true,
                              .element = "NM109*IL"},
                &v->member_id, mbi_form);
    }
}

/* repair_clia - REP-06 */
void repair_clia(struct repair_run *r)
{
    fix(r, (struct spot){.part = CLAIM_PART_CLAIM, .element = "REF02*X4"}, &r->claim->clia,
        clia_form);
    for (size_t i = 0; i < r->claim->n_lines; i++)
        fix(r,
            (struct spot){.part = CLAIM_PART_LINE,
                          .index = i,
                          .line = repair_line_number(r->claim, i),
                          .element = "REF02*X4"},
            &r->claim->lines[i]->clia, clia_form);
}

/* provider_taxonomy - of one */
static void provider_taxonomy(struct repair_run *r, CcProvider *p, struct spot at)
{
    at.element = "PRV03";
    fix(r, at, &p->taxonomy, taxonomy_form);
}

/* repair_taxonomy - REP-07 */
void repair_taxonomy(struct repair_run *r)
{
    repair_each_provider(r, provider_taxonomy);
}
