/* person.c - Patient, Practitioner, PractitionerRole, Organization, Location */
#include "services/intake/fhir/fhir.h"

#include <string.h>

#include "common/codes/codes.h"
#include "services/intake/ident.h"
#include "services/intake/vocab.h"

#define NPI_SYSTEM "http://hl7.org/fhir/sid/us-npi"

/* copy - into the arena; "" when memory is out (the arena remembers) */
static char *copy(const struct fhir *f, const char *s)
{
    char *c = *s ? arena_strdup(f->a, s) : NULL;

    return c ? c : (char *)(uintptr_t) "";
}

/* pick_name - the official or usual one, else the first */
static const json_t *pick_name(const json_t *names)
{
    static const char *const uses[] = {"official", "usual"};

    if (!json_is_array(names))
        return names;
    for (size_t u = 0; u < 2; u++)
        for (size_t i = 0; i < json_array_size(names); i++)
            if (strcmp(js_text(json_array_get(names, i), "use"), uses[u]) == 0)
                return json_array_get(names, i);
    return json_array_get(names, 0);
}

/* fhir_name - family and given names; a name that is only text goes to `last` */
CcName *fhir_name(const struct fhir *f, const json_t *human_names)
{
    const json_t *n = pick_name(human_names);
    CcName *out = n ? event_new(f->a, &cc_name__descriptor) : NULL;

    if (!out)
        return NULL;
    out->last = copy(f, *js_text(n, "family") ? js_text(n, "family") : js_text(n, "text"));
    out->first = copy(f, js_text(n, "given.0"));
    out->middle = copy(f, js_text(n, "given.1"));
    out->suffix = copy(f, js_text(n, "suffix.0"));
    out->prefix = copy(f, js_text(n, "prefix.0"));
    return out;
}

/* plain_zip - digits only */
static char *plain_zip(const struct fhir *f, const char *zip)
{
    char *out = arena_alloc(f->a, strlen(zip) + 1);
    size_t n = 0;

    for (; out && *zip; zip++)
        if (*zip != '-' && *zip != ' ')
            out[n++] = *zip;
    return out ? out : copy(f, "");
}

/* fhir_address - the first that is not old */
CcAddress *fhir_address(const struct fhir *f, const json_t *addresses)
{
    const json_t *a = json_is_array(addresses) ? json_array_get(addresses, 0) : addresses;
    CcAddress *out;

    for (size_t i = 0; json_is_array(addresses) && i < json_array_size(addresses); i++)
        if (strcmp(js_text(json_array_get(addresses, i), "use"), "old") != 0) {
            a = json_array_get(addresses, i);
            break;
        }
    out = a ? event_new(f->a, &cc_address__descriptor) : NULL;
    if (!out)
        return NULL;
    out->line1 = copy(f, js_text(a, "line.0"));
    out->line2 = copy(f, js_text(a, "line.1"));
    out->city = copy(f, js_text(a, "city"));
    out->state = copy(f, js_text(a, "state"));
    out->zip = plain_zip(f, js_text(a, "postalCode"));
    out->country = copy(f, js_text(a, "country"));
    return out;
}

/* add_ids - every identifier with its type; the medical record number is the first of type MR, else
 * the first */
static void add_ids(const struct fhir *f, const json_t *r, CcPatient *p)
{
    const char *chosen = "";

    for (size_t i = 0; i < js_count(r, "identifier"); i++) {
        const json_t *id = js_nth(r, "identifier", i);
        CcIdentifier *out = event_new(f->a, &cc_identifier__descriptor);

        if (!out || !*js_text(id, "value"))
            continue;
        out->value = copy(f, js_text(id, "value"));
        out->type = copy(f, js_text(id, "type.coding.0.code"));
        out->assigner = copy(f, js_text(id, "system"));
        event_push(f->a, p, ids, out);
        if (fhir_has_code(js_get(id, "type"), "MR") && !*chosen)
            chosen = out->value;
    }
    if (!*chosen && p->n_ids)
        chosen = p->ids[0]->value;
    p->mrn = copy(f, *chosen ? chosen : js_text(r, "id"));
}

/* birth_sex - US Core birthsex where it is given: it decides sex-specific edits */
static CcSex birth_sex(const json_t *r)
{
    for (size_t i = 0; i < js_count(r, "extension"); i++) {
        const json_t *x = js_nth(r, "extension", i);

        if (strstr(js_text(x, "url"), "us-core-birthsex"))
            return vocab_sex(js_span(x, "valueCode"));
    }
    return SEX_UNKNOWN;
}

/* phone_of - the first telephone */
static const char *phone_of(const json_t *r)
{
    for (size_t i = 0; i < js_count(r, "telecom"); i++)
        if (strcmp(js_text(js_nth(r, "telecom", i), "system"), "phone") == 0)
            return js_text(js_nth(r, "telecom", i), "value");
    return "";
}

/* fhir_patient - all that a claim asks of a person */
CcPatient *fhir_patient(const struct fhir *f, CcEncounter *ev, const struct fhir_entry *entry)
{
    const json_t *r = entry->resource;
    CcPatient *p = event_new(f->a, &cc_patient__descriptor);

    if (!p)
        return NULL;
    add_ids(f, r, p);
    p->name = fhir_name(f, js_get(r, "name"));
    p->birth_date = fhir_day(f, ev, entry->ref, r, "birthDate");
    p->death_date = fhir_day(f, ev, entry->ref, r, "deceasedDateTime");
    p->sex = birth_sex(r);
    if (p->sex == SEX_UNKNOWN)
        p->sex = vocab_sex(js_span(r, "gender"));
    p->address = fhir_address(f, js_get(r, "address"));
    p->phone = copy(f, phone_of(r));
    p->language = copy(f, js_text(r, "communication.0.language.coding.0.code"));
    p->ref = copy(f, entry->ref);
    return p;
}

/* npi_of - an identifier of the NPI system, or of type NPI */
static const char *npi_of(const json_t *r)
{
    for (size_t i = 0; i < js_count(r, "identifier"); i++) {
        const json_t *id = js_nth(r, "identifier", i);

        if (strcmp(js_text(id, "system"), NPI_SYSTEM) == 0 ||
            fhir_has_code(js_get(id, "type"), "NPI"))
            return js_text(id, "value");
    }
    return "";
}

/* person_behind - whom *reference calls: a PractitionerRole stands for its practitioner, or for its
 * organisation where it names no practitioner; *reference is then the role's own. What is contained
 * beside a role stands in `from`. */
static const json_t *person_behind(const struct fhir *f, const json_t *from,
                                   const json_t **reference)
{
    const json_t *r = fhir_resolve(f, from, js_text(*reference, "reference"));

    if (strcmp(js_text(r, "resourceType"), "PractitionerRole") != 0)
        return r;
    *reference = js_get(r, "practitioner") ? js_get(r, "practitioner") : js_get(r, "organization");
    return fhir_resolve(f, js_get(r, "contained") ? r : from, js_text(*reference, "reference"));
}

/* logical_npi - the identifier that a Reference itself gives, logical or conditional; "" = none */
static const char *logical_npi(const struct fhir *f, const json_t *reference)
{
    char searched[16];

    if (strcmp(js_text(reference, "identifier.system"), NPI_SYSTEM) == 0)
        return js_text(reference, "identifier.value");
    return fhir_reference_identifier(js_text(reference, "reference"), NPI_SYSTEM, searched,
                                     sizeof(searched))
               ? copy(f, searched)
               : "";
}

/* fhir_npi - of whom a Reference points at, else of what it says itself; "" = unknown */
const char *fhir_npi(const struct fhir *f, const json_t *from, const json_t *reference)
{
    const json_t *r = person_behind(f, from, &reference);
    const char *npi = npi_of(r);

    return *npi ? npi : logical_npi(f, reference);
}

/* name_of - a person's parts, or an organisation's whole name */
static CcName *name_of(const struct fhir *f, const json_t *r, bool organization)
{
    CcName *n;

    if (!organization)
        return fhir_name(f, js_get(r, "name"));
    n = event_new(f->a, &cc_name__descriptor);
    if (n)
        n->last = copy(f, js_text(r, "name"));
    return n;
}

/* fhir_provider - in a role */
CcProvider *fhir_provider(const struct fhir *f, const json_t *from, const json_t *reference,
                          CcProviderRole role)
{
    const json_t *called = reference, *r = person_behind(f, from, &called);
    const char *npi = fhir_npi(f, from, reference);
    CcProvider *p = r || *npi ? event_new(f->a, &cc_provider__descriptor) : NULL;
    const char *type = js_text(r, "resourceType");

    if (!p)
        return NULL;
    p->role = role;
    p->npi = copy(f, npi);
    p->organization = strcmp(type, "Organization") == 0 || strcmp(type, "Location") == 0;
    p->ref = r ? arena_printf(f->a, "%s/%s", type, js_text(r, "id"))
               : copy(f, js_text(reference, "reference"));
    if (!p->ref)
        p->ref = copy(f, "");
    if (!r)
        return p;
    p->name = name_of(f, r, p->organization);
    p->address = fhir_address(f, js_get(r, "address"));
    p->taxonomy = copy(f, js_text(r, "qualification.0.code.coding.0.code"));
    if (!taxonomy_form(p->taxonomy))
        p->taxonomy = copy(f, "");
    return p;
}
