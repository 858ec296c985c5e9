/* provider.c - people in XCN fields, ROL and PRT
 *
 * A repetition is one id of a person. Senders repeat a person for each of his ids, and list several
 * persons in one field: repetitions with the same family name (or none) are one person. */
#include "services/intake/hl7/map.h"

#include <string.h>
#include <strings.h>

#include "common/codes/codes.h"

static const char npi_oid[] = "2.16.840.1.113883.4.6";

/* ROL-3, PRT-4 (HL7 tables 0443, 0912). What is no row is kept without role. */
static const struct {
    const char *word;
    CcProviderRole role;
} roles[] = {
    {"AD", PROVIDER_ROLE_ADMITTING},    {"AT", PROVIDER_ROLE_ATTENDING},
    {"CP", PROVIDER_ROLE_CONSULTING},   {"RP", PROVIDER_ROLE_REFERRING},
    {"PP", PROVIDER_ROLE_PRIMARY_CARE}, {"FHCP", PROVIDER_ROLE_PRIMARY_CARE},
    {"OP", PROVIDER_ROLE_ORDERING},     {"RO", PROVIDER_ROLE_ORDERING},
    {"PS", PROVIDER_ROLE_OPERATING},    {"PR", PROVIDER_ROLE_RENDERING},
    {"AS", PROVIDER_ROLE_ASSISTANT},    {"AN", PROVIDER_ROLE_ANESTHESIA},
    {"SU", PROVIDER_ROLE_SUPERVISING},  {"AUTHOR", PROVIDER_ROLE_AUTHOR},
};

/* says_npi - the type or the authority names the NPI */
static bool says_npi(const char *type, const char *authority)
{
    return strcasecmp(type, "NPI") == 0 || strcasecmp(authority, "NPI") == 0 ||
           strcasecmp(authority, "NPPES") == 0;
}

/* is_npi - said to be, or without any type and right by its check digit */
static bool is_npi(struct hl7_map *x, struct span rep, const char *id)
{
    struct span authority = hl7_component(x->m, rep, 9);
    const char *type = hl7_id(x->m, hl7_component(x->m, rep, 13)), *name = hl7_id(x->m, authority),
               *oid = hl7_text(x->m, hl7_sub(x->m, authority, 2));

    if (!type || !name || !oid)
        return false;
    if (says_npi(type, name) || strcmp(oid, npi_oid) == 0)
        return true;
    return !*type && npi_valid(id);
}

/* add_id - an id of a person: the NPI, or one more */
static void add_id(struct hl7_map *x, CcProvider *p, struct span rep)
{
    char *value = hl7_id(x->m, hl7_component(x->m, rep, 1)), *type, *assigner;
    CcIdentifier *i;

    if (str_empty(value))
        return;
    if (str_empty(p->npi) && is_npi(x, rep, value)) {
        p->npi = value;
        return;
    }
    i = event_new(x->a, &cc_identifier__descriptor);
    type = hl7_id(x->m, hl7_component(x->m, rep, 13));
    assigner = hl7_id(x->m, hl7_component(x->m, rep, 9));
    if (!i || !type || !assigner)
        return;
    *i = (CcIdentifier){.base = i->base, .value = value, .type = type, .assigner = assigner};
    event_push(x->a, p, secondary_ids, i);
}

/* name_of - XCN-2 to 6 */
static CcName *name_of(struct hl7_map *x, struct span rep)
{
    CcName *n = event_new(x->a, &cc_name__descriptor);
    char *parts[5];

    for (unsigned i = 0; i < 5; i++)
        parts[i] = hl7_id(x->m, hl7_component(x->m, rep, i + 2));
    if (!n || !parts[0] || !parts[1] || !parts[2] || !parts[3] || !parts[4])
        return NULL;
    *n = (CcName){.base = n->base,
                  .last = parts[0],
                  .first = parts[1],
                  .middle = parts[2],
                  .suffix = parts[3],
                  .prefix = parts[4]};
    return n;
}

/* new_provider - with role and place */
static CcProvider *new_provider(struct hl7_map *x, CcProviderRole role, CcName *name)
{
    CcProvider *p = event_new(x->a, &cc_provider__descriptor);
    char *ref = arena_printf(x->a, "%s[%u]-%u", x->seg->name, x->seg->nth, x->field);

    if (!p || !ref)
        return NULL;
    p->role = role;
    p->ref = ref;
    p->name = name;
    return p;
}

/* hl7_providers - see map.h */
void hl7_providers(struct hl7_map *x, struct span field, CcProviderRole role, CcProvider ***list,
                   size_t *n)
{
    struct span rep;
    CcProvider *last = NULL;

    for (size_t at = 0; hl7_next_repetition(x->m, field, &at, &rep);) {
        CcName *name = name_of(x, rep);

        if (!name || (hl7_empty(hl7_component(x->m, rep, 1)) && !name->last[0]))
            continue;
        if (!last || (name->last[0] && strcasecmp(name->last, last->name->last) != 0)) {
            last = new_provider(x, role, name);
            if (!last || !event_push_pointer(x->a, (void ***)(void *)list, n, last))
                return;
        }
        add_id(x, last, rep);
    }
}

/* hl7_npi - see map.h */
char *hl7_npi(struct hl7_map *x, struct span field)
{
    struct span rep;

    for (size_t at = 0; hl7_next_repetition(x->m, field, &at, &rep);) {
        char *id = hl7_id(x->m, hl7_component(x->m, rep, 1));

        if (!str_empty(id) && is_npi(x, rep, id))
            return id;
    }
    return arena_strdup(x->a, "");
}

/* role_of - by the word of a role field */
static CcProviderRole role_of(const char *word)
{
    for (size_t i = 0; word && i < sizeof(roles) / sizeof(roles[0]); i++)
        if (strcasecmp(word, roles[i].word) == 0)
            return roles[i].role;
    return PROVIDER_ROLE_UNKNOWN;
}

/* add_participant - to the procedure, charge or visit that the segment stands behind */
static void add_participant(struct hl7_map *x, struct span people, const char *word)
{
    CcProviderRole role = role_of(word);

    if (x->procedure)
        hl7_providers(x, people, role, &x->procedure->performers, &x->procedure->n_performers);
    else if (x->charge)
        hl7_providers(x, people, role, &x->charge->providers, &x->charge->n_providers);
    else
        hl7_providers(x, people, role, &x->ev->providers, &x->ev->n_providers);
}

/* open_rol - a role without person says nothing */
static bool open_rol(struct hl7_map *x)
{
    return !hl7_empty(hl7_field(x->seg, 4));
}

/* open_prt - a participation of a device or place says nothing here */
static bool open_prt(struct hl7_map *x)
{
    return !hl7_empty(hl7_field(x->seg, 5));
}

/* set_role_person - ROL-4 in the role of ROL-3 */
static void set_role_person(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    (void)row;
    add_participant(x, value, hl7_first(x->m, x->seg, 3, 1));
}

/* set_participant - PRT-5 in the participation of PRT-4 */
static void set_participant(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    (void)row;
    add_participant(x, value, hl7_first(x->m, x->seg, 4, 1));
}

static const struct hl7_row rol_rows[] = {
    {3, NULL, 0, NULL}, {4, set_role_person, 0, NULL}, {0, NULL, 0, NULL}};
static const struct hl7_row prt_rows[] = {
    {4, NULL, 0, NULL}, {5, set_participant, 0, NULL}, {0, NULL, 0, NULL}};

const struct hl7_table hl7_rol = {"ROL", open_rol, rol_rows, NULL, false, NOTE_NOT_BILLING};
const struct hl7_table hl7_prt = {"PRT", open_prt, prt_rows, NULL, false, NOTE_NOT_BILLING};
