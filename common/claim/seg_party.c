/* seg_party.c - the providers of loops 2310, 2330 and 2420
 *
 * Which provider stands where is the table guide_parties. A provider is left out where the guide
 * says so: the rendering provider who is the billing one, a facility at the billing address, a
 * line's provider who is the claim's. */
#include <string.h>

#include "common/base/str.h"
#include "common/claim/guide.h"

enum { REF_MAX = 50, TAXONOMY_MAX = 10 };

#define PERSON (PARTY_PERSON | PARTY_NAME | PARTY_NPI)
#define EITHER (PERSON | PARTY_ORG)
#define PLACE (PARTY_ORG | PARTY_NAME | PARTY_NPI | PARTY_ADDRESS)
#define ID_ALL "0B 1G G2 LU"

/* clang-format off */
const struct party guide_parties[] = {
    {LEVEL_CLAIM, GUIDE_P, "2310A", "DN", PROVIDER_ROLE_REFERRING,       1, PERSON, NULL, "0B 1G G2", 3},
    {LEVEL_CLAIM, GUIDE_P, "2310A", "P3", PROVIDER_ROLE_PRIMARY_CARE,    1, PERSON, NULL, "0B 1G G2", 3},
    {LEVEL_CLAIM, GUIDE_P, "2310B", "82", PROVIDER_ROLE_RENDERING,       1, EITHER, "PE", ID_ALL,     4},
    {LEVEL_CLAIM, GUIDE_P, "2310C", "77", PROVIDER_ROLE_FACILITY,        1, PLACE | PARTY_CONTACT, NULL, "0B G2 LU", 3},
    {LEVEL_CLAIM, GUIDE_P, "2310D", "DQ", PROVIDER_ROLE_SUPERVISING,     1, PERSON, NULL, ID_ALL,     4},
    {LEVEL_CLAIM, GUIDE_P, "2310E", "PW", PROVIDER_ROLE_PICK_UP,         1, PARTY_ORG | PARTY_ADDRESS, NULL, "", 0},
    {LEVEL_CLAIM, GUIDE_P, "2310F", "45", PROVIDER_ROLE_DROP_OFF,        1, PARTY_ORG | PARTY_ADDRESS | PARTY_TITLE, NULL, "", 0},
    {LEVEL_CLAIM, GUIDE_I, "2310A", "71", PROVIDER_ROLE_ATTENDING,       1, PERSON, "AT", ID_ALL,     4},
    {LEVEL_CLAIM, GUIDE_I, "2310B", "72", PROVIDER_ROLE_OPERATING,       1, PERSON, NULL, ID_ALL,     4},
    {LEVEL_CLAIM, GUIDE_I, "2310C", "ZZ", PROVIDER_ROLE_OTHER_OPERATING, 1, PERSON, NULL, ID_ALL,     4},
    {LEVEL_CLAIM, GUIDE_I, "2310D", "82", PROVIDER_ROLE_RENDERING,       1, PERSON, NULL, ID_ALL,     4},
    {LEVEL_CLAIM, GUIDE_I, "2310E", "77", PROVIDER_ROLE_FACILITY,        1, PLACE,  NULL, "0B G2 LU", 3},
    {LEVEL_CLAIM, GUIDE_I, "2310F", "DN", PROVIDER_ROLE_REFERRING,       1, PERSON, NULL, "0B 1G G2", 3},

    {LEVEL_OTHER, GUIDE_P, "2330C", "DN", PROVIDER_ROLE_REFERRING,       1, PARTY_PERSON, NULL, "0B 1G G2", 3},
    {LEVEL_OTHER, GUIDE_P, "2330C", "P3", PROVIDER_ROLE_PRIMARY_CARE,    1, PARTY_PERSON, NULL, "0B 1G G2", 3},
    {LEVEL_OTHER, GUIDE_P, "2330D", "82", PROVIDER_ROLE_RENDERING,       1, PARTY_PERSON | PARTY_ORG, NULL, ID_ALL, 3},
    {LEVEL_OTHER, GUIDE_P, "2330E", "77", PROVIDER_ROLE_FACILITY,        1, PARTY_ORG, NULL, "0B G2 LU", 3},
    {LEVEL_OTHER, GUIDE_P, "2330F", "DQ", PROVIDER_ROLE_SUPERVISING,     1, PARTY_PERSON, NULL, ID_ALL, 3},
    {LEVEL_OTHER, GUIDE_P, "2330G", "85", PROVIDER_ROLE_BILLING,         1, PARTY_PERSON | PARTY_ORG, NULL, "G2 LU", 2},
    {LEVEL_OTHER, GUIDE_I, "2330C", "71", PROVIDER_ROLE_ATTENDING,       1, PARTY_PERSON, NULL, ID_ALL, 4},
    {LEVEL_OTHER, GUIDE_I, "2330D", "72", PROVIDER_ROLE_OPERATING,       1, PARTY_PERSON, NULL, ID_ALL, 4},
    {LEVEL_OTHER, GUIDE_I, "2330E", "ZZ", PROVIDER_ROLE_OTHER_OPERATING, 1, PARTY_PERSON, NULL, ID_ALL, 4},
    {LEVEL_OTHER, GUIDE_I, "2330F", "77", PROVIDER_ROLE_FACILITY,        1, PARTY_ORG, NULL, "0B G2 LU", 3},
    {LEVEL_OTHER, GUIDE_I, "2330G", "82", PROVIDER_ROLE_RENDERING,       1, PARTY_PERSON, NULL, ID_ALL, 4},
    {LEVEL_OTHER, GUIDE_I, "2330H", "DN", PROVIDER_ROLE_REFERRING,       1, PARTY_PERSON, NULL, "0B 1G G2", 3},
    {LEVEL_OTHER, GUIDE_I, "2330I", "85", PROVIDER_ROLE_BILLING,         1, PARTY_ORG, NULL, "G2 LU", 2},

    {LEVEL_LINE,  GUIDE_P, "2420A", "82", PROVIDER_ROLE_RENDERING,       1, EITHER, "PE", ID_ALL,    20},
    {LEVEL_LINE,  GUIDE_P, "2420B", "QB", PROVIDER_ROLE_PURCHASED,       1, PARTY_PERSON | PARTY_ORG | PARTY_NPI, NULL, "0B 1G G2", 20},
    {LEVEL_LINE,  GUIDE_P, "2420C", "77", PROVIDER_ROLE_FACILITY,        1, PLACE,  NULL, "G2 LU",     3},
    {LEVEL_LINE,  GUIDE_P, "2420D", "DQ", PROVIDER_ROLE_SUPERVISING,     1, PERSON, NULL, ID_ALL,     20},
    {LEVEL_LINE,  GUIDE_P, "2420E", "DK", PROVIDER_ROLE_ORDERING,        1, PERSON | PARTY_PLACE | PARTY_CONTACT, NULL, "0B 1G G2", 20},
    {LEVEL_LINE,  GUIDE_P, "2420F", "DN", PROVIDER_ROLE_REFERRING,       1, PERSON, NULL, "0B 1G G2", 20},
    {LEVEL_LINE,  GUIDE_P, "2420F", "P3", PROVIDER_ROLE_PRIMARY_CARE,    1, PERSON, NULL, "0B 1G G2", 20},
    {LEVEL_LINE,  GUIDE_P, "2420G", "PW", PROVIDER_ROLE_PICK_UP,         1, PARTY_ORG | PARTY_ADDRESS, NULL, "", 0},
    {LEVEL_LINE,  GUIDE_P, "2420H", "45", PROVIDER_ROLE_DROP_OFF,        1, PARTY_ORG | PARTY_ADDRESS | PARTY_TITLE, NULL, "", 0},
    {LEVEL_LINE,  GUIDE_I, "2420A", "72", PROVIDER_ROLE_OPERATING,       1, PERSON, NULL, ID_ALL,     20},
    {LEVEL_LINE,  GUIDE_I, "2420B", "ZZ", PROVIDER_ROLE_OTHER_OPERATING, 1, PERSON, NULL, ID_ALL,     20},
    {LEVEL_LINE,  GUIDE_I, "2420C", "82", PROVIDER_ROLE_RENDERING,       1, PERSON, NULL, ID_ALL,     20},
    {LEVEL_LINE,  GUIDE_I, "2420D", "DN", PROVIDER_ROLE_REFERRING,       1, PERSON, NULL, "0B 1G G2", 20},
    {LEVEL_MAX, 0, NULL, NULL, PROVIDER_ROLE_UNKNOWN, 0, 0, NULL, NULL, 0},
};
/* clang-format on */

/* guide_party - the row of NM101 at a level; NULL: none */
const struct party *guide_party(enum level level, unsigned kind, struct span entity)
{
    for (const struct party *r = guide_parties; r->loop; r++)
        if (r->level == level && (r->kinds & kind) && span_is(entity, r->entity))
            return r;
    return NULL;
}

/* guide_provider_of - the claim's first of a role; NULL: none */
const CcProvider *guide_provider_of(const CcClaim *c, CcProviderRole role)
{
    for (size_t i = 0; i < c->n_providers; i++)
        if (c->providers[i]->role == role)
            return c->providers[i];
    return NULL;
}

/* write_party_name - NM1 */
static void write_party_name(struct put *p, const struct seg *r, size_t i)
{
    const unsigned f = p->party->flags;
    const bool named = f & (PARTY_NAME | PARTY_TITLE);
    const bool org = !(f & PARTY_PERSON) || ((f & PARTY_ORG) && p->provider->organization);

    (void)r, (void)i;
    put_name(p, p->party->entity, org, named ? p->provider->name : NULL, f & PARTY_NAME);
    if (f & PARTY_NPI)
        put_npi(p, p->provider->npi);
    put_end(p);
}

/* read_party_name - NM1 of the provider that the reader has begun */
static void read_party_name(struct take *t, const struct seg *r)
{
    (void)r;
    t->provider->organization = take_is(t, 2, "2");
    t->provider->name = take_name(t);
    if (take_is(t, 8, "XX"))
        t->provider->npi = take_text(t, 9);
    else if (x12_element(t->s, 9).n > 0)
        take_fault(t, 8, "a provider's number other than the NPI");
}

/* count_specialty - the loop has a PRV and the provider a taxonomy */
static size_t count_specialty(const struct put *p, const struct seg *r)
{
    (void)r;
    return p->party->specialty && p->provider->taxonomy[0];
}

/* write_specialty - PRV */
static void write_specialty(struct put *p, const struct seg *r, size_t i)
{
    (void)r, (void)i;
    put_begin(p, "PRV", p->party->specialty);
    x12_put(&p->w, "PXC");
    put_text(p, p->provider->taxonomy, TAXONOMY_MAX);
    put_end(p);
}

/* read_specialty - PRV */
static void read_specialty(struct take *t, const struct seg *r)
{
    (void)r;
    t->provider->taxonomy = take_text(t, 3);
}

/* count_place - N3 and N4 */
static size_t count_place(const struct put *p, const struct seg *r)
{
    (void)r;
    return (p->party->flags & PARTY_ADDRESS) ||
           ((p->party->flags & PARTY_PLACE) && guide_has_address(p->provider->address));
}

/* is_listed - is the qualifier one of the blank-separated list? */
static bool is_listed(const char *list, const char *qualifier)
{
    const size_t n = strlen(qualifier);

    for (const char *p = list; n && (p = strstr(p, qualifier)); p += n)
        if ((p == list || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
            return true;
    return false;
}

/* id_at - the i-th number of the provider in hand that its loop has room for; NULL: no more */
static const CcIdentifier *id_at(const struct put *p, size_t i)
{
    for (size_t k = 0; k < p->provider->n_secondary_ids; k++)
        if (is_listed(p->party->ids, p->provider->secondary_ids[k]->type) && i-- == 0)
            return p->provider->secondary_ids[k];
    return NULL;
}

/* count_ids - REF; more than the loop's own maximum is refused by write_id */
static size_t count_ids(const struct put *p, const struct seg *r)
{
    size_t n = 0;

    (void)r;
    while (id_at(p, n))
        n++;
    return n;
}

/* write_id - REF; on a line, REF04 names the payer whose number it is */
static void write_id(struct put *p, const struct seg *r, size_t i)
{
    const CcIdentifier *id = id_at(p, i);

    (void)r;
    if (i >= p->party->max_ids) {
        put_fail(p, "limit", "", "more numbers of a provider than the loop has room for");
        return;
    }
    put_begin(p, "REF", id->type);
    put_key(p, 2, id->value, REF_MAX);
    if (p->party->level == LEVEL_LINE && id->assigner[0]) {
        x12_skip(&p->w, 1);
        x12_put(&p->w, "2U");
        put_sub(p, id->assigner, REF_MAX);
    }
    put_end(p);
}

/* read_id - REF */
static void read_id(struct take *t, const struct seg *r)
{
    CcIdentifier *id = take_id(t);

    (void)r;
    if (!id)
        return;
    id->assigner = take_part(t, 4, 2);
    take_push(t, t->provider, secondary_ids, id);
}

/* count_contact - PER */
static size_t count_contact(const struct put *p, const struct seg *r)
{
    (void)r;
    return (p->party->flags & PARTY_CONTACT) && p->provider->phone[0];
}

/* write_contact - PER */
static void write_contact(struct put *p, const struct seg *r, size_t i)
{
    (void)r, (void)i;
    put_contact(p, p->provider->contact, p->provider->phone, p->provider->phone_extension);
}

/* read_contact - PER */
static void read_contact(struct take *t, const struct seg *r)
{
    (void)r;
    take_contact(t, t->provider);
}

/* clang-format off */
const struct seg rows_party[] = {
    {.segment = "NM1", .kinds = GUIDE_PI, .max = 1,  .count = seg_always,    .write = write_party_name, .read = read_party_name},
    {.segment = "PRV", .kinds = GUIDE_PI, .max = 1,  .count = count_specialty, .write = write_specialty,  .read = read_specialty},
    {.segment = "N3",  .kinds = GUIDE_PI, .max = 1,  .count = count_place,     .write = street_write,     .read = street_read},
    {.segment = "N4",  .kinds = GUIDE_PI, .max = 1,  .count = count_place,     .write = city_write,       .read = city_read},
    {.segment = "REF", .kinds = GUIDE_PI, .max = 20, .count = count_ids,       .write = write_id,         .read = read_id},
    {.segment = "PER", .kinds = GUIDE_PI, .max = 1,  .count = count_contact,   .write = write_contact,    .read = read_contact},
    {.segment = NULL},
};
/* clang-format on */

/* same_provider - the same NPI; b NULL: nobody */
static bool same_provider(const CcProvider *a, const CcProvider *b)
{
    return b && a->npi[0] && strcmp(a->npi, b->npi) == 0;
}

/* guide_same_address - street, city and ZIP */
bool guide_same_address(const CcAddress *a, const CcAddress *b)
{
    return a && b && strcmp(a->line1, b->line1) == 0 && strcmp(a->line2, b->line2) == 0 &&
           strcmp(a->city, b->city) == 0 && strcmp(a->zip, b->zip) == 0;
}

/* stands_for - whom the payer takes when the claim names nobody in this role: the rendering
 * provider of a professional claim is the billing one, of an institutional claim the attending one
 */
static const CcProvider *stands_for(const struct put *p, CcProviderRole role)
{
    if (role != PROVIDER_ROLE_RENDERING)
        return NULL;
    return guide_provider_of(p->claim,
                             p->kind == GUIDE_P ? PROVIDER_ROLE_BILLING : PROVIDER_ROLE_ATTENDING);
}

/* is_redundant - a loop that the guide does not want: it says what is said already */
static bool is_redundant(const struct put *p, const struct party *r, const CcProvider *x)
{
    const CcProvider *billing = guide_provider_of(p->claim, PROVIDER_ROLE_BILLING), *above = NULL;

    if (r->level == LEVEL_OTHER)
        return x->n_secondary_ids == 0;
    if (r->level == LEVEL_LINE)
        above = guide_provider_of(p->claim, r->role);
    if (!above && r->role == PROVIDER_ROLE_FACILITY)
        return guide_same_address(x->address, billing->address);
    if (!above)
        above = stands_for(p, r->role);
    return same_provider(x, above) &&
           (r->role != PROVIDER_ROLE_FACILITY || guide_same_address(x->address, above->address));
}

/* in_role - does the provider belong in this loop? The one who ordered stands as the referring
 * provider of the claim where there is none (billing §2.3) */
static bool in_role(const struct put *p, const struct party *r, const CcProvider *x)
{
    if (x->role == r->role)
        return true;
    return r->level == LEVEL_CLAIM && r->kinds == GUIDE_P && r->role == PROVIDER_ROLE_REFERRING &&
           x->role == PROVIDER_ROLE_ORDERING &&
           !guide_provider_of(p->claim, PROVIDER_ROLE_REFERRING);
}

/* providers_at - the list of a level */
static CcProvider *const *providers_at(const struct put *p, enum level level, size_t *n)
{
    if (level == LEVEL_LINE) {
        *n = p->line->n_providers;
        return p->line->providers;
    }
    *n = level == LEVEL_OTHER ? p->coverage->n_providers : p->claim->n_providers;
    return level == LEVEL_OTHER ? p->coverage->providers : p->claim->providers;
}

/* put_role - the loops of one row */
static void put_role(struct put *p, const struct party *r, CcProvider *const *list, size_t n)
{
    unsigned written = 0;

    for (size_t i = 0; i < n && !p->failed; i++) {
        if (!in_role(p, r, list[i]) || is_redundant(p, r, list[i]))
            continue;
        p->party = r;
        p->provider = list[i];
        p->loop = r->loop;
        p->segment = "NM1";
        if (++written > r->max)
            put_fail(p, "limit", "", "more providers of a role than the guide has room for");
        put_loop(p, LOOP_PARTY, r->loop, list[i]);
    }
}

/* put_parties - every provider of a level, in the guide's order */
void put_parties(struct put *p, enum level level)
{
    const char *outer = p->loop;
    size_t n;
    CcProvider *const *list = providers_at(p, level, &n);

    for (const struct party *r = guide_parties; r->loop && !p->failed; r++)
        if (r->level == level && (r->kinds & p->kind))
            put_role(p, r, list, n);
    if (!p->failed)
        p->loop = outer;
}
