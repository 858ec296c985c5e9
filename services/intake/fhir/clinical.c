/* clinical.c - Condition, Procedure, Immunization, Observation, ServiceRequest, medications */
#include "services/intake/fhir/fhir.h"

#include <string.h>

#include "services/intake/vocab.h"

/* clang-format off */
static const struct fhir_word verifications[] = {
    {"confirmed", VERIFICATION_CONFIRMED}, {"provisional", VERIFICATION_PROVISIONAL},
    {"unconfirmed", VERIFICATION_PROVISIONAL}, {"differential", VERIFICATION_DIFFERENTIAL},
    {"refuted", VERIFICATION_REFUTED}, {"entered-in-error", VERIFICATION_ERROR}, {NULL, 0},
};
static const struct fhir_word clinicals[] = {
    {"active", CLINICAL_STATUS_ACTIVE}, {"recurrence", CLINICAL_STATUS_RECURRENCE}, {"relapse", CLINICAL_STATUS_RECURRENCE},
    {"inactive", CLINICAL_STATUS_INACTIVE}, {"remission", CLINICAL_STATUS_REMISSION}, {"resolved", CLINICAL_STATUS_RESOLVED},
    {NULL, 0},
};
/* clang-format on */

/* first_day - the first of several paths that has a day */
static int32_t first_day(struct fhir *f, CcEncounter *ev, const struct fhir_entry *e,
                         const char *const *paths)
{
    int32_t day = 0;

    for (; *paths && !day; paths++)
        day = fhir_day(f, ev, e->ref, e->resource, *paths);
    return day;
}

/* category_use - an item of the problem list, or a concern, is no diagnosis of the visit, unless it
 * is said to be one too */
static CcProblemUse category_use(const json_t *r)
{
    if (fhir_list_has_code(r, "category", "encounter-diagnosis"))
        return PROBLEM_USE_UNKNOWN;
    return fhir_list_has_code(r, "category", "problem-list-item") ||
                   fhir_list_has_code(r, "category", "health-concern")
               ? PROBLEM_USE_PROBLEM
               : PROBLEM_USE_UNKNOWN;
}

/* fhir_map_condition - what the patient has */
void fhir_map_condition(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev)
{
    static const char *const onset[] = {"onsetDateTime", "onsetPeriod.start", NULL};
    static const char *const end[] = {"abatementDateTime", "abatementPeriod.start", NULL};
    static const char *const recorded[] = {"recordedDate", "assertedDate", "onsetDateTime", NULL};
    const json_t *r = e->resource;
    CcProblem *p = event_new(f->a, &cc_problem__descriptor);

    if (!p)
        return;
    fhir_put(f, &p->ref, e->ref);
    fhir_put(f, &p->id, e->id);
    p->code = fhir_code(f, js_get(r, "code"), VOCAB_DIAGNOSIS, &p->also, &p->n_also);
    p->use = category_use(r);
    p->verification = (CcVerification)fhir_word_of(js_get(r, "verificationStatus"), verifications);
    p->clinical = (CcClinicalStatus)fhir_word_of(js_get(r, "clinicalStatus"), clinicals);
    p->onset_date = first_day(f, ev, e, onset);
    p->abatement_date = first_day(f, ev, e, end);
    p->problem_date = first_day(f, ev, e, recorded);
    fhir_put(f, &p->asserter_npi, fhir_npi(f, r, js_get(r, "asserter")));
    event_push(f->a, ev, diagnoses, p);
}

/* add_performers - who did it */
static void add_performers(struct fhir *f, const json_t *r, CcProcedure *p)
{
    for (size_t i = 0; i < js_count(r, "performer"); i++) {
        const json_t *one = js_nth(r, "performer", i);
        CcProvider *who = fhir_provider(f, r, js_get(one, "actor"), PROVIDER_ROLE_RENDERING);

        if (who)
            event_push(f->a, p, performers, who);
    }
}

/* add_reasons - the conditions that it refers to */
static void add_reasons(struct fhir *f, const json_t *r, CcProcedure *p)
{
    for (size_t i = 0; i < js_count(r, "reasonReference"); i++) {
        const struct fhir_entry *why =
            fhir_find(f, js_text(js_nth(r, "reasonReference", i), "reference"));

        if (why)
            event_push(f->a, p, reasons, arena_strdup(f->a, why->ref));
    }
}

/* words - of a concept: its text, else what its first coding is called */
static const char *words(const json_t *concept)
{
    return *js_text(concept, "text") ? js_text(concept, "text")
                                     : js_text(concept, "coding.0.display");
}

/* extension - of a Procedure, by the last part of its official address */
static const json_t *extension(const json_t *r, const char *name)
{
    static const char base[] = "http://hl7.org/fhir/StructureDefinition/";

    for (size_t i = 0; i < js_count(r, "extension"); i++) {
        const char *url = js_text(js_nth(r, "extension", i), "url");

        if (strncmp(url, base, sizeof(base) - 1) == 0 && strcmp(url + sizeof(base) - 1, name) == 0)
            return js_nth(r, "extension", i);
    }
    return NULL;
}

/* structure_words - a body structure that an extension names, by its name or its description */
static const char *structure_words(struct fhir *f, const json_t *r, const char *name)
{
    const json_t *x = extension(r, name),
                 *structure = fhir_resolve_at(f, x, "valueReference.reference");

    if (*js_text(x, "valueReference.display"))
        return js_text(x, "valueReference.display");
    return *js_text(structure, "description") ? js_text(structure, "description")
                                              : words(js_get(structure, "location"));
}

/* device_words - what was put in, or worked on */
static const char *device_words(struct fhir *f, const json_t *r, size_t i)
{
    const json_t *focal = js_nth(r, "focalDevice", i),
                 *device = fhir_resolve_at(f, focal, "manipulated.reference");

    return *js_text(focal, "manipulated.display") ? js_text(focal, "manipulated.display")
                                                  : words(js_get(device, "type"));
}

/* put_further - body parts and devices after the first */
static void put_further(struct fhir *f, const json_t *r, CcPcsParts *parts)
{
    for (size_t i = 1; i < js_count(r, "bodySite"); i++)
        if (*words(js_nth(r, "bodySite", i)))
            event_push(f->a, parts, sites, arena_strdup(f->a, words(js_nth(r, "bodySite", i))));
    for (size_t i = 1; i < js_count(r, "focalDevice"); i++)
        if (*device_words(f, r, i))
            event_push(f->a, parts, devices, arena_strdup(f->a, device_words(f, r, i)));
}

/* put_parts - method, site, approach and device in words */
static void put_parts(struct fhir *f, const json_t *r, CcProcedure *p)
{
    const char *operation = words(js_get(extension(r, "procedure-method"), "valueCodeableConcept"));

    fhir_put(f, &p->body_site_text, words(js_nth(r, "bodySite", 0)));
    if (!*operation || !(p->parts = event_new(f->a, &cc_pcs_parts__descriptor)))
        return;
    fhir_put(f, &p->parts->operation, operation);
    fhir_put(f, &p->parts->body_part, p->body_site_text);
    fhir_put(f, &p->parts->approach, structure_words(f, r, "procedure-approachBodyStructure"));
    fhir_put(f, &p->parts->device, device_words(f, r, 0));
    fhir_put(f, &p->parts->qualifier, structure_words(f, r, "procedure-targetBodyStructure"));
    put_further(f, r, p->parts);
}

/* fhir_map_procedure - what was done */
void fhir_map_procedure(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev)
{
    static const char *const when[] = {"performedDateTime", "performedPeriod.start",
                                       "occurrenceDateTime", "occurrencePeriod.start", NULL};
    const json_t *r = e->resource;
    CcProcedure *p = event_new(f->a, &cc_procedure__descriptor);

    if (!p)
        return;
    fhir_put(f, &p->ref, e->ref);
    fhir_put(f, &p->id, e->id);
    p->code = fhir_code(f, js_get(r, "code"), VOCAB_PROCEDURE, &p->also, &p->n_also);
    p->procedure_date = first_day(f, ev, e, when);
    p->start_ms = fhir_ms(f, r, "performedPeriod.start");
    p->end_ms = fhir_ms(f, r, "performedPeriod.end");
    fhir_put(f, &p->status, js_text(r, "status"));
    fhir_put(f, &p->body_site, js_text(r, "bodySite.0.coding.0.code"));
    put_parts(f, r, p);
    add_performers(f, r, p);
    add_reasons(f, r, p);
    event_push(f->a, ev, procedures, p);
}

/* fhir_map_immunization - a vaccine given is a procedure whose code is the vaccine's */
void fhir_map_immunization(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev)
{
    const json_t *r = e->resource;
    CcProcedure *p = event_new(f->a, &cc_procedure__descriptor);

    if (!p)
        return;
    fhir_put(f, &p->ref, e->ref);
    fhir_put(f, &p->id, e->id);
    p->code = fhir_code(f, js_get(r, "vaccineCode"), VOCAB_OTHER, &p->also, &p->n_also);
    p->procedure_date = fhir_day(f, ev, e->ref, r, "occurrenceDateTime");
    fhir_put(f, &p->status, js_text(r, "status"));
    add_performers(f, r, p);
    event_push(f->a, ev, procedures, p);
}

/* put_value - value[x] as text */
static void put_value(struct fhir *f, const json_t *r, CcObservation *o)
{
    const char *number = js_decimal(f->a, r, "valueQuantity.value");

    if (!number)
        number = js_decimal(f->a, r, "valueInteger");
    fhir_put(f, &o->value, number ? number : js_text(r, "valueString"));
    fhir_put(f, &o->unit,
             *js_text(r, "valueQuantity.code") ? js_text(r, "valueQuantity.code")
                                               : js_text(r, "valueQuantity.unit"));
    o->value_code = fhir_code(f, js_get(r, "valueCodeableConcept"), VOCAB_OTHER, NULL, NULL);
}

/* fhir_map_observation - a measured thing */
void fhir_map_observation(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev)
{
    const json_t *r = e->resource;
    CcObservation *o = event_new(f->a, &cc_observation__descriptor);

    if (!o)
        return;
    fhir_put(f, &o->ref, e->ref);
    o->code = fhir_code(f, js_get(r, "code"), VOCAB_OTHER, NULL, NULL);
    put_value(f, r, o);
    fhir_put(f, &o->interpretation, js_text(js_nth(r, "interpretation", 0), "coding.0.code"));
    fhir_put(f, &o->status, js_text(r, "status"));
    o->at_ms = fhir_ms(f, r, "effectiveDateTime");
    if (!o->at_ms)
        o->at_ms = fhir_ms(f, r, "effectivePeriod.start");
    event_push(f->a, ev, observations, o);
}

/* fhir_map_order - what was asked for */
void fhir_map_order(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev)
{
    const json_t *r = e->resource;
    CcOrder *o = event_new(f->a, &cc_order__descriptor);

    if (!o)
        return;
    fhir_put(f, &o->ref, e->ref);
    o->code = fhir_code(f, js_get(r, "code"), VOCAB_PROCEDURE, NULL, NULL);
    fhir_put(f, &o->status, js_text(r, "status"));
    o->order_date = fhir_day(f, ev, e->ref, r, "authoredOn");
    fhir_put(f, &o->ordering_npi, fhir_npi(f, r, js_get(r, "requester")));
    event_push(f->a, ev, orders, o);
}

/* medication_kind - by resource type, of the four whose rows map here */
static const char *medication_kind(const char *type)
{
    static const struct {
        const char *type, *kind;
    } kinds[] = {{"MedicationRequest", "ordered"},
                 {"MedicationAdministration", "administered"},
                 {"MedicationStatement", "statement"}};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (strcmp(kinds[i].type, type) == 0)
            return kinds[i].kind;
    return "dispensed";
}

/* fhir_map_medication - ordered, given, taken, handed out */
void fhir_map_medication(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev)
{
    const json_t *r = e->resource, *drug = js_get(r, "medicationCodeableConcept");
    CcMedication *m = event_new(f->a, &cc_medication__descriptor);
    const char *dose = js_decimal(f->a, r, "dosage.dose.value");

    if (!m)
        return;
    if (!drug)
        drug = js_get(fhir_resolve_at(f, r, "medicationReference.reference"), "code");
    fhir_put(f, &m->ref, e->ref);
    m->code = fhir_code(f, drug, VOCAB_DRUG, NULL, NULL);
    fhir_put(f, &m->kind, medication_kind(e->type));
    fhir_put(f, &m->status, js_text(r, "status"));
    m->start_ms = fhir_ms(f, r, "effectivePeriod.start");
    if (!m->start_ms)
        m->start_ms =
            fhir_ms(f, r, *js_text(r, "effectiveDateTime") ? "effectiveDateTime" : "authoredOn");
    m->end_ms = fhir_ms(f, r, "effectivePeriod.end");
    fhir_put(f, &m->dose, dose ? dose : "");
    fhir_put(f, &m->unit, js_text(r, "dosage.dose.unit"));
    fhir_put(f, &m->route, js_text(r, "dosage.route.coding.0.code"));
    event_push(f->a, ev, medications, m);
}
