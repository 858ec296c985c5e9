/* prv.c - PRV: who billed, did, referred, ordered, and where */
#include "services/validator/edits/edits.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "common/codes/codes.h"

typedef void each_provider(struct edit_run *r, const CcProvider *p);

/* each - every provider once a number: the claim's, then the lines' */
static void each(struct edit_run *r, each_provider *fn)
{
    for (size_t i = 0; i < r->c->n_providers; i++)
        fn(r, r->c->providers[i]);
}

/* check_npi - the check digit */
static void check_npi(struct edit_run *r, const CcProvider *p)
{
    if (p->npi[0] && !npi_valid(p->npi))
        edit_found(r, at_provider(r, p, "NM109"), NULL, "the NPI fails its check digit or form");
}

/* edit_prv_01 - every NPI that would be sent */
void edit_prv_01(struct edit_run *r)
{
    each(r, check_npi);
}

/* has_id - a secondary id of this qualifier */
static bool has_id(const CcProvider *p, const char *type)
{
    for (size_t i = 0; i < p->n_secondary_ids; i++)
        if (strcmp(p->secondary_ids[i]->type, type) == 0)
            return true;
    return false;
}

/* edit_prv_02 - a billing provider, by NPI or, if atypical, by the payer's number */
void edit_prv_02(struct edit_run *r)
{
    const CcProvider *b = r->c->billing;

    if (!b)
        edit_found(r, at_claim("NM109"), NULL, "the claim has no billing provider");
    else if (!b->npi[0] && !has_id(b, "G2"))
        edit_found(r, at_provider(r, b, "NM109"), NULL,
                   "the billing provider has no NPI and no number of the payer (G2)");
}

/* must_be - 1 = a person, 2 = an organization, 0 = either */
static int must_be(CcProviderRole role, bool professional)
{
    switch (role) {
    case PROVIDER_ROLE_FACILITY:
        return 2;
    case PROVIDER_ROLE_BILLING:
        return professional ? 0 : 2;
    case PROVIDER_ROLE_RENDERING:
        return professional ? 0 : 1;
    case PROVIDER_ROLE_REFERRING:
    case PROVIDER_ROLE_SUPERVISING:
    case PROVIDER_ROLE_ORDERING:
    case PROVIDER_ROLE_ATTENDING:
    case PROVIDER_ROLE_OPERATING:
    case PROVIDER_ROLE_OTHER_OPERATING:
        return 1;
    default:
        return 0;
    }
}

/* check_entity - NM102 against the role, and against what we know of the NPI */
static void check_entity(struct edit_run *r, const CcProvider *p)
{
    int want = must_be(p->role, r->c->professional);
    struct table_row row;

    if (want && want != (p->organization ? 2 : 1)) {
        edit_found(r, at_provider(r, p, "NM102"), NULL, "this role is only for %s",
                   want == 1 ? "a person" : "an organization");
        return;
    }
    if (!npi_valid(p->npi) || !edit_edition(r, TABLE_PROVIDERS, r->c->from) ||
        edit_ask(r, TABLE_PROVIDERS, p->npi, NULL, r->c->from, &row) != ASKED_FOUND)
        return;
    if (table_col(&row, "organization").n &&
        table_col_is(&row, "organization", "Y") != (p->organization != 0))
        edit_found(r, in_edition(at_provider(r, p, "NM102"), row.edition), NULL,
                   "the NPI belongs to %s in the providers table",
                   p->organization ? "a person" : "an organization");
}

/* edit_prv_03 - person or organization, as the role and the NPI are */
void edit_prv_03(struct edit_run *r)
{
    each(r, check_entity);
}

/* is_box - "PO BOX 1", "P.O. Box", "POB 7", "LOCKBOX" */
static bool is_box(const char *street)
{
    char plain[64];
    size_t n = 0;

    for (; *street && n + 1 < sizeof(plain); street++)
        if (isalnum((unsigned char)*street))
            plain[n++] = (char)toupper((unsigned char)*street);
    plain[n] = '\0';
    return strncmp(plain, "POBOX", 5) == 0 || strncmp(plain, "POSTOFFICEBOX", 13) == 0 ||
           strncmp(plain, "LOCKBOX", 7) == 0 ||
           (strncmp(plain, "POB", 3) == 0 && isdigit((unsigned char)plain[3])) ||
           (strncmp(plain, "BOX", 3) == 0 && isdigit((unsigned char)plain[3]));
}

/* edit_prv_04 - a street, not a box, and not nothing */
void edit_prv_04(struct edit_run *r)
{
    const CcProvider *b = r->c->billing;

    if (!b)
        return;
    if (!b->address || !b->address->line1[0])
        edit_found(r, at_provider(r, b, "N301"), NULL, "the billing provider's street is missing");
    else if (is_box(b->address->line1) || is_box(b->address->line2))
        edit_found(r, at_provider(r, b, "N301"), NULL, "the billing address is a post-office box");
}

/* check_taxonomy - its form, and NUCC's list of the day */
static void check_taxonomy(struct edit_run *r, const CcProvider *p)
{
    if (p->taxonomy[0] && !taxonomy_form(p->taxonomy))
        edit_found(r, at_provider(r, p, "PRV03"), NULL,
                   "the taxonomy code is not ten characters ending in X");
    else if (p->taxonomy[0] &&
             edit_ask_list(r, TABLE_TAXONOMY, p->taxonomy, r->c->from) == ASKED_ABSENT)
        edit_found(
            r, in_edition(at_provider(r, p, "PRV03"), edit_edition(r, TABLE_TAXONOMY, r->c->from)),
            NULL, "%s is no taxonomy code of the day", edit_code_shown(p->taxonomy));
}

/* edit_prv_06 - every taxonomy that would be sent */
void edit_prv_06(struct edit_run *r)
{
    each(r, check_taxonomy);
}

/* taxonomy_is - one of these beginnings; the list ends with NULL */
static bool taxonomy_is(const CcProvider *p, const char *const *starts)
{
    for (; p && *starts; starts++)
        if (str_starts(p->taxonomy, *starts))
            return true;
    return false;
}

/* needs_no_person - ambulances, laboratories, suppliers and pharmacies bill without one */
static bool needs_no_person(const CcProvider *billing)
{
    static const char *const starts[] = {"3416", "291", "293D", "332",        "333", "335",
                                         "343",  "344", "251E", "261QA1903X", NULL};

    return taxonomy_is(billing, starts);
}

/* first_without - the first line that nobody rendered, or NULL */
static const struct edit_line *first_without(const struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++)
        if (!edit_line_provider(r->c, &r->c->lines[i], PROVIDER_ROLE_RENDERING) &&
            !str_starts(r->c->lines[i].code, "A0"))
            return &r->c->lines[i];
    return NULL;
}

/* edit_prv_07 - a group says who did it; who bills for himself does not say it again */
void edit_prv_07(struct edit_run *r)
{
    const CcProvider *b = r->c->billing, *p = r->c->rendering;
    const struct edit_line *l;

    if (!b)
        return;
    if (p && p->npi[0] && strcmp(p->npi, b->npi) == 0) {
        edit_found(r, at_provider(r, p, "NM109"), NULL,
                   "the rendering provider is the billing provider: the loop must be absent");
        return;
    }
    l = b->organization && !needs_no_person(b) ? first_without(r) : NULL;
    if (l)
        edit_found(r, at_claim("NM109"), NULL,
                   "a group bills and does not say who rendered the service");
}

/* needs_order - laboratory, imaging and other diagnostic tests; therapy */
static bool needs_order(const char *code)
{
    static const struct {
        const char *from, *to;
    } rows[] = {{"70010", "79999"}, {"80047", "89398"}, {"93000", "93272"},
                {"95700", "95967"}, {"97010", "97799"}, {"R0070", "R0076"}};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (edit_code_between(code, rows[i].from, rows[i].to))
            return true;
    return false;
}

/* payer_wants_referral - Medicare, and payers whose row says so */
static bool payer_wants_referral(struct edit_run *r)
{
    struct table_row row;

    return r->c->medicare ||
           (edit_ask_payer(r, &row) && table_col_is(&row, "requires_referring", "Y"));
}

/* edit_prv_09 - ordered services name who ordered them (42 CFR 424.507) */
void edit_prv_09(struct edit_run *r)
{
    const struct edit_line *first = NULL;

    for (size_t i = 0; i < r->c->n_lines && !first; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if (needs_order(l->code) && !(l->mods & MOD_26) &&
            !edit_line_provider(r->c, l, PROVIDER_ROLE_REFERRING) &&
            !edit_line_provider(r->c, l, PROVIDER_ROLE_ORDERING))
            first = l;
    }
    if (first && payer_wants_referral(r))
        edit_found(r, at_line(first, "NM109"), first->code,
                   "%s is ordered by somebody, and the claim does not say by whom", first->code);
}

/* edit_prv_11 - places of another house are named */
void edit_prv_11(struct edit_run *r)
{
    static const unsigned places[] = {21, 22, 23, 24, 31, 32, 34, 51, 52, 56, 61};
    static const char *const houses[] = {"28", "31", "261Q", "32", NULL};

    if (taxonomy_is(r->c->billing, houses))
        return;
    for (size_t i = 0; i < r->c->n_lines; i++)
        for (size_t k = 0; k < sizeof(places) / sizeof(places[0]); k++)
            if (r->c->lines[i].pos == places[k] &&
                !edit_line_provider(r->c, &r->c->lines[i], PROVIDER_ROLE_FACILITY)) {
                edit_found(r, at_claim("NM109"), NULL,
                           "place of service %02u is another house, and none is named", places[k]);
                return;
            }
}

/* edit_prv_12 - who answers for the stay or visit; a bill of nothing but transport has nobody */
void edit_prv_12(struct edit_run *r)
{
    bool transport = r->c->n_lines > 0;

    for (size_t i = 0; i < r->c->n_lines; i++)
        transport &= r->c->lines[i].revenue / 10 == 54;
    if (!transport && !r->c->attending)
        edit_found(r, at_claim("NM109"), NULL, "the attending provider is missing");
}

/* edit_prv_13 - who operated; section 0 of ICD-10-PCS is medical and surgical */
void edit_prv_13(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_pcs; i++)
        if (r->c->pcs[i].code[0] == '0') {
            if (!r->c->operating)
                edit_found(r, at_claim("NM109"), r->c->pcs[i].code,
                           "a surgical procedure is on the bill and no operating physician");
            return;
        }
}
