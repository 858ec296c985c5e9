/* link.c - which patient and which Encounter a resource belongs to */
#include "services/intake/fhir/fhir.h"

#include <string.h>

/* patient_called - by an Identifier, as a logical reference has one */
static const struct fhir_entry *patient_called(const struct fhir *f, const json_t *identifier)
{
    const char *value = js_text(identifier, "value");
    char *name = *value ? arena_printf(f->a, "Patient?identifier=%s|%s",
                                       js_text(identifier, "system"), value)
                        : NULL;

    return name ? fhir_find(f, name) : NULL;
}

/* patient_inside - a Patient contained in the resource that refers to it */
static const struct fhir_entry *patient_inside(const struct fhir *f, const json_t *resource,
                                               const char *reference)
{
    json_t *who =
        *reference == '#' ? (json_t *)(uintptr_t)fhir_resolve(f, resource, reference) : NULL;
    struct fhir_entry *e = who ? arena_array(f->a, 1, sizeof(*e)) : NULL;

    if (!e)
        return NULL;
    e->type = js_text(who, "resourceType");
    e->id = js_text(who, "id");
    e->url = "";
    e->ref = arena_printf(f->a, "%s/%s", e->type, e->id);
    e->resource = who;
    return e->ref ? e : NULL;
}

/* fhir_patient_of - the Patient that a resource is about, by the paths of its row */
const struct fhir_entry *fhir_patient_of(const struct fhir *f, const struct fhir_entry *e)
{
    char paths[64], *path, *next = paths, inner[80];

    str_copy(paths, sizeof(paths), fhir_row(e->type)->patient);
    while ((path = strsep(&next, " "))) {
        const struct fhir_entry *who;

        snprintf(inner, sizeof(inner), "%s.reference", path);
        who = fhir_find(f, js_text(e->resource, inner));
        if (!who)
            who = patient_inside(f, e->resource, js_text(e->resource, inner));
        if (!who)
            who = patient_called(f, js_nth(js_path(e->resource, path), "identifier", 0));
        if (who && strcmp(who->type, "Patient") == 0)
            return who;
    }
    return NULL;
}

/* calls_one_here - does a contained resource have an identifier of a Patient of the message? */
static bool calls_one_here(const struct fhir *f, const json_t *contained)
{
    for (size_t i = 0; i < js_count(contained, "identifier"); i++)
        if (patient_called(f, js_nth(contained, "identifier", i)))
            return true;
    return false;
}

/* fhir_insures_stranger - a reference that finds nobody here, or a number of some system that is
 * nobody's here, is another person's. What cannot be compared (words, a number of no system) says
 * nothing against the message's only Patient: such a Coverage is theirs where the visit has none */
bool fhir_insures_stranger(const struct fhir *f, const struct fhir_entry *e)
{
    const json_t *who = js_nth(e->resource, "beneficiary", 0);
    const char *reference = js_text(who, "reference");

    if (*reference == '#')
        return !calls_one_here(f, fhir_resolve(f, e->resource, reference));
    if (fhir_patient_of(f, e))
        return false;
    return *reference ||
           (*js_text(who, "identifier.0.system") && *js_text(who, "identifier.0.value"));
}

/* fhir_only_patient - the one Patient of the message; NULL: none or several */
const struct fhir_entry *fhir_only_patient(const struct fhir *f)
{
    const struct fhir_entry *found = NULL;

    for (size_t i = 0; i < f->n; i++) {
        if (strcmp(f->entries[i].type, "Patient") != 0 || f->entries[i].duplicate)
            continue;
        if (found)
            return NULL;
        found = &f->entries[i];
    }
    return found;
}

/* encounter_at - the event of the Encounter that a path of a resource refers to */
static CcEncounter *encounter_at(const struct fhir *f, const json_t *r, const char *path)
{
    char inner[96];
    const struct fhir_entry *e;

    snprintf(inner, sizeof(inner), "%s.reference", path);
    e = fhir_find(f, js_text(r, inner));
    return e && strcmp(e->type, "Encounter") == 0 ? e->event : NULL;
}

/* by_account - the first Encounter that names this Account */
static CcEncounter *by_account(const struct fhir *f, const struct fhir_entry *account)
{
    for (size_t i = 0; i < f->n; i++)
        for (size_t k = 0; k < js_count(f->entries[i].resource, "account"); k++)
            if (strcmp(f->entries[i].type, "Encounter") == 0 &&
                fhir_find(f, js_text(js_nth(f->entries[i].resource, "account", k), "reference")) ==
                    account)
                return f->entries[i].event;
    return NULL;
}

/* by_its_account - a ChargeItem may name only the Account that it is charged to */
static CcEncounter *by_its_account(const struct fhir *f, const struct fhir_entry *e)
{
    CcEncounter *ev = NULL;

    for (size_t i = 0;
         !ev && strcmp(e->type, "ChargeItem") == 0 && i < js_count(e->resource, "account"); i++) {
        const struct fhir_entry *account =
            fhir_find(f, js_text(js_nth(e->resource, "account", i), "reference"));

        ev = account ? by_account(f, account) : NULL;
    }
    return ev;
}

/* by_item - Claim.item.encounter is a list */
static CcEncounter *by_item(const struct fhir *f, const json_t *item)
{
    CcEncounter *ev = NULL;

    for (size_t i = 0; !ev && i < js_count(item, "encounter"); i++) {
        const struct fhir_entry *e =
            fhir_find(f, js_text(js_nth(item, "encounter", i), "reference"));

        ev = e && strcmp(e->type, "Encounter") == 0 ? e->event : NULL;
    }
    return ev;
}

/* by_claim - a Claim's encounter stands at its items, or at what it prescribes or diagnoses */
static CcEncounter *by_claim(const struct fhir *f, const json_t *claim)
{
    CcEncounter *ev = NULL;
    const json_t *other;

    for (size_t i = 0; !ev && i < js_count(claim, "item"); i++)
        ev = by_item(f, js_nth(claim, "item", i));
    other = fhir_resolve_at(f, claim, "prescription.reference");
    if (!ev && other)
        ev = encounter_at(f, other, "encounter");
    for (size_t i = 0; !ev && i < js_count(claim, "diagnosis"); i++) {
        other = fhir_resolve_at(f, js_nth(claim, "diagnosis", i), "diagnosisReference.reference");
        ev = other ? encounter_at(f, other, "encounter") : NULL;
    }
    return ev;
}

/* fhir_event_of - the event that a resource belongs to; NULL: the rest */
CcEncounter *fhir_event_of(const struct fhir *f, const struct fhir_entry *e)
{
    char paths[80], *path, *next = paths;
    CcEncounter *ev = NULL;

    if (strcmp(e->type, "Claim") == 0 || strcmp(e->type, "ExplanationOfBenefit") == 0)
        return by_claim(f, e->resource);
    if (strcmp(e->type, "Account") == 0)
        return by_account(f, e);
    str_copy(paths, sizeof(paths), fhir_row(e->type)->encounter);
    while (!ev && (path = strsep(&next, " ")) && *path)
        ev = encounter_at(f, e->resource, path);
    return ev ? ev : by_its_account(f, e);
}
