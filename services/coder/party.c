/* party.c - who stands on the claim, from the providers table and the record
 *
 * The table's row names a provider as the claims of the site do; the record says who it was. An NPI
 * whose check digit is wrong names nobody, an id that the table knows does. */
#include "services/coder/party.h"

#include <string.h>

#include "common/base/str.h"
#include "common/codes/codes.h"
#include "services/coder/place.h"

enum { PARTY_KEY = 128 };

/* read_row - a provider as the table has it */
static CcProvider *read_row(struct work *w, const struct provider_row *row)
{
    CcProvider *p = work_new(w, &cc_provider__descriptor);

    p->organization = strcmp(row->organization, "Y") == 0;
    p->name = work_new(w, &cc_name__descriptor);
    p->name->last = work_kept(row->last);
    p->name->first = work_kept(row->first);
    p->name->middle = work_kept(row->middle);
    p->npi = work_kept(row->npi);
    p->taxonomy = work_kept(row->taxonomy);
    p->tax_id = work_kept(row->tax_id);
    p->tax_id_type = work_kept(row->tax_id_type);
    p->phone = work_kept(row->phone);
    if (!row->address1[0])
        return p;
    p->address = work_new(w, &cc_address__descriptor);
    p->address->line1 = work_kept(row->address1);
    p->address->line2 = work_kept(row->address2);
    p->address->city = work_kept(row->city);
    p->address->state = work_kept(row->state);
    p->address->zip = work_kept(row->zip);
    return p;
}

/* A row in a role, and who that is; the visit's next one. */
struct party_row {
    const struct provider_row *at;
    CcProvider *is;
    struct party_row *next;
};

/* from_row - made once a visit */
static CcProvider *from_row(struct work *w, const struct provider_row *row, CcProviderRole role)
{
    struct party_row *x = w->party_rows;
    CcProvider *p;

    for (; x; x = x->next)
        if (x->at == row && x->is->role == role)
            return x->is;
    p = read_row(w, row);
    p->role = role;
    x = arena_alloc(w->a, sizeof(*x));
    if (x) {
        *x = (struct party_row){row, p, w->party_rows};
        w->party_rows = x;
    }
    return p;
}

/* find - a row by one id of the record; NULL: none */
static const struct provider_row *find(struct work *w, const char *id)
{
    struct table_row row;
    char key[PARTY_KEY];

    return work_key(key, sizeof(key), id) && tables_find(w->t, TABLE_PROVIDERS, key, NULL,
                                                         w->coding_date, &row) == LOOKUP_FOUND
               ? site_provider(&row)
               : NULL;
}

/* find_any - by NPI, else by the other ids */
static const struct provider_row *find_any(struct work *w, const CcProvider *p)
{
    const struct provider_row *row = find(w, p->npi);

    for (size_t i = 0; i < p->n_secondary_ids && !row; i++)
        row = find(w, p->secondary_ids[i]->value);
    return row;
}

/* A provider of the record in a role, and who that is; the visit's next one. */
struct party_named {
    const CcProvider *of;
    CcProviderRole role;
    CcProvider *is;
    struct party_named *next;
};

/* name - by the table, else by the record */
static CcProvider *name(struct work *w, const CcProvider *p, CcProviderRole role)
{
    const struct provider_row *row = find_any(w, p);
    CcProvider *out;

    if (!row && (!npi_valid(p->npi) || !p->name || !p->name->last[0]))
        return NULL;
    out = work_new(w, &cc_provider__descriptor);
    if (row) {
        *out = *from_row(w, row, role);
        out->ref = p->ref;
        return out;
    }
    out->role = role;
    out->organization = p->organization;
    out->name = p->name;
    out->npi = p->npi;
    out->taxonomy = p->taxonomy;
    out->ref = p->ref;
    return out;
}

/* party_of - asked once a visit: every line has somebody */
CcProvider *party_of(struct work *w, const CcProvider *p, CcProviderRole role)
{
    struct party_named *x = w->parties;
    CcProvider *is;

    for (; x; x = x->next)
        if (x->of == p && x->role == role)
            return x->is;
    is = name(w, p, role);
    x = arena_alloc(w->a, sizeof(*x));
    if (x) {
        *x = (struct party_named){p, role, is, w->parties};
        w->parties = x;
    }
    return is;
}

/* party_in_role - of the visit */
CcProvider *party_in_role(struct work *w, CcProviderRole role, CcProviderRole as)
{
    for (size_t i = 0; i < w->enc->n_providers; i++) {
        CcProvider *p =
            w->enc->providers[i]->role == role ? party_of(w, w->enc->providers[i], as) : NULL;

        if (p)
            return p;
    }
    return NULL;
}

/* party_facility - by the facility's row */
CcProvider *party_facility(struct work *w, CcProviderRole as)
{
    return w->place.row ? from_row(w, w->place.row, as) : NULL;
}

/* group_of - the row that the facility's names for the clinicians' work, looked up once; NULL: none
 */
static const struct provider_row *group_of(struct work *w)
{
    if (!w->group_asked && w->place.row)
        w->group = find(w, w->place.row->professional_npi);
    w->group_asked = true;
    return w->group;
}

/* party_group - whom the facility's row names for the clinicians' work; a practice bills it itself
 */
CcProvider *party_group(struct work *w, CcProviderRole as)
{
    const struct provider_row *group = group_of(w);

    if (group)
        return from_row(w, group, as);
    return !w->place.row || w->place.hospital ? NULL : from_row(w, w->place.row, as);
}

/* party_clia - of the place that bills: the group's, else the facility's */
const char *party_clia(struct work *w)
{
    const struct provider_row *group = group_of(w);

    if (group && group->clia[0])
        return group->clia;
    return w->place.row ? w->place.row->clia : "";
}

/* did_it - who rendered or operated; an assistant where nobody else is named */
static bool did_it(CcProviderRole role, bool assistants)
{
    return assistants ? role == PROVIDER_ROLE_ASSISTANT
                      : role == PROVIDER_ROLE_RENDERING || role == PROVIDER_ROLE_OPERATING;
}

/* of_service - who is named at the charge or procedure itself */
static CcProvider *of_service(struct work *w, const struct service *s)
{
    CcProvider *const *list = s->charge ? s->charge->providers : s->procedure->performers;
    size_t n = s->charge ? s->charge->n_providers : s->procedure->n_performers;

    for (size_t i = 0; i < 2 * n; i++) {
        CcProvider *p = did_it(list[i % n]->role, i >= n)
                            ? party_of(w, list[i % n], PROVIDER_ROLE_RENDERING)
                            : NULL;

        if (p && !p->organization)
            return p;
    }
    return NULL;
}

/* party_rendering - at the service, else the visit's rendering, else its attending */
CcProvider *party_rendering(struct work *w, const struct service *s)
{
    CcProvider *p = of_service(w, s);

    if (!p)
        p = party_in_role(w, PROVIDER_ROLE_RENDERING, PROVIDER_ROLE_RENDERING);
    return p ? p : party_in_role(w, PROVIDER_ROLE_ATTENDING, PROVIDER_ROLE_RENDERING);
}

/* only_one - the one person that the visit names as rendering or admitting, when there is one */
static CcProvider *only_one(struct work *w)
{
    static const CcProviderRole roles[] = {PROVIDER_ROLE_RENDERING, PROVIDER_ROLE_ADMITTING};
    CcProvider *found = NULL;

    for (size_t i = 0; i < w->enc->n_providers; i++)
        for (size_t k = 0; k < sizeof(roles) / sizeof(roles[0]); k++) {
            CcProvider *p = w->enc->providers[i]->role == roles[k]
                                ? party_of(w, w->enc->providers[i], PROVIDER_ROLE_ATTENDING)
                                : NULL;

            if (p && found && strcmp(p->npi, found->npi) != 0)
                return NULL;
            found = p ? p : found;
        }
    return found;
}

/* party_attending - as named; a visit with a single clinician was that clinician's */
CcProvider *party_attending(struct work *w)
{
    CcProvider *p = party_in_role(w, PROVIDER_ROLE_ATTENDING, PROVIDER_ROLE_ATTENDING);

    return p ? p : only_one(w);
}

/* any_side - is there a line that one side bills? */
static bool any_side(const struct work *w, bool institutional)
{
    for (size_t i = 0; i < w->n_services; i++) {
        const struct service *s = &w->services[i];

        if (s->state == SERVICE_READY && (institutional ? s->institutional : s->professional))
            return true;
    }
    return false;
}

/* rule_attending - a facility's bill names who was responsible */
void rule_attending(struct work *w, const struct rule *r)
{
    if (w->place.row && any_side(w, true) && !party_attending(w))
        work_ask(w, r, "no-provider",
                 "Who was the attending provider? The record names nobody with an NPI or an id of "
                 "providers.");
}

/* rule_rendering - a group's claim names who did the work; the group itself is the facility's */
void rule_rendering(struct work *w, const struct rule *r)
{
    CcProvider *group =
        w->place.row && any_side(w, false) ? party_group(w, PROVIDER_ROLE_BILLING) : NULL;

    if (!w->place.row || !any_side(w, false))
        return;
    if (!group) {
        question_of_table(
            w, work_ask(w, r, "no-provider",
                        "Who bills the clinicians' work at this facility? Its row in providers has "
                        "no professional_npi."));
        return;
    }
    for (size_t i = 0; i < w->n_services && group->organization; i++) {
        struct service *s = &w->services[i];

        if (s->state != SERVICE_READY || !s->professional || party_rendering(w, s))
            continue;
        work_ask(w, r, "no-provider",
                 "Who rendered the care? The record names nobody with an NPI or an id of "
                 "providers.");
        return;
    }
}
