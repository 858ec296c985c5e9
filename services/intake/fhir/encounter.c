/* encounter.c - the Encounter: visit, people, and how it ranks its diagnoses */
#include "services/intake/fhir/fhir.h"

#include <string.h>

#include "services/intake/ident.h"
#include "services/intake/value.h"
#include "services/intake/vocab.h"

/* clang-format off */
static const struct fhir_word statuses[] = {
    {"planned", VISIT_STATUS_PLANNED}, {"arrived", VISIT_STATUS_ACTIVE}, {"triaged", VISIT_STATUS_ACTIVE},
    {"in-progress", VISIT_STATUS_ACTIVE}, {"onleave", VISIT_STATUS_ACTIVE}, {"on-hold", VISIT_STATUS_ACTIVE},
    {"discharged", VISIT_STATUS_FINISHED}, {"completed", VISIT_STATUS_FINISHED}, {"finished", VISIT_STATUS_FINISHED},
    {"discontinued", VISIT_STATUS_FINISHED}, {"cancelled", VISIT_STATUS_CANCELLED},
    {"entered-in-error", VISIT_STATUS_CANCELLED}, {NULL, 0},
};
/* http://terminology.hl7.org/CodeSystem/diagnosis-role */
static const struct fhir_word uses[] = {
    {"AD", PROBLEM_USE_ADMITTING}, {"DD", PROBLEM_USE_FINAL}, {"CC", PROBLEM_USE_REASON}, {"CM", PROBLEM_USE_FINAL},
    {"pre-op", PROBLEM_USE_PREOPERATIVE}, {"post-op", PROBLEM_USE_POSTOPERATIVE}, {"billing", PROBLEM_USE_BILLING},
    {NULL, 0},
};
/* http://terminology.hl7.org/CodeSystem/v3-ParticipationType */
static const struct fhir_word roles[] = {
    {"ATND", PROVIDER_ROLE_ATTENDING}, {"PPRF", PROVIDER_ROLE_RENDERING}, {"SPRF", PROVIDER_ROLE_ASSISTANT},
    {"REF", PROVIDER_ROLE_REFERRING}, {"CON", PROVIDER_ROLE_CONSULTING}, {"ADM", PROVIDER_ROLE_ADMITTING}, {NULL, 0},
};
/* clang-format on */

/* put_class - R4 has a Coding, R5 a list of concepts; a word that nobody knows stays unknown */
static void put_class(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev)
{
    const json_t *class = js_nth(e->resource, "class", 0);
    const char *word =
        *js_text(class, "code") ? js_text(class, "code") : js_text(class, "coding.0.code");

    fhir_put(f, &ev->visit->class_source, word);
    if (!vocab_class(f->conf, 0, span_of(word), &ev->visit->class_))
        note_problem(f->a, ev, NOTE_SEVERITY_NOTED, NOTE_CLASS, e->ref,
                     *word ? "class is a word that no table or site setting knows"
                           : "class is missing");
}

/* put_moment - day, instant, zone and hour of one end of the period */
static void put_moment(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev,
                       const char *path, int32_t *day, int64_t *ms, int32_t *tz, char **hour)
{
    struct value_time t;

    *day = fhir_day(f, ev, e->ref, e->resource, path);
    if (value_time(f->conf, js_span(e->resource, path), NULL, &t) != VALUE_OK)
        return;
    *ms = t.ms;
    *tz = t.tz_min;
    fhir_put(f, hour, t.hhmm);
}

/* put_period - from and to; an R5 sender says actualPeriod */
static void put_period(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev)
{
    CcVisit *v = ev->visit;
    bool r5 = js_get(e->resource, "actualPeriod") != NULL;

    put_moment(f, e, ev, r5 ? "actualPeriod.start" : "period.start", &v->admit_date, &v->admit_ms,
               &v->admit_tz_min, &v->admit_hour);
    put_moment(f, e, ev, r5 ? "actualPeriod.end" : "period.end", &v->discharge_date,
               &v->discharge_ms, &v->discharge_tz_min, &v->discharge_hour);
}

/* visit_number - the identifier of type VN, else the first, else the id */
static const char *visit_number(const json_t *r)
{
    for (size_t i = 0; i < js_count(r, "identifier"); i++)
        if (fhir_has_code(js_get(js_nth(r, "identifier", i), "type"), "VN"))
            return js_text(js_nth(r, "identifier", i), "value");
    return *js_text(r, "identifier.0.value") ? js_text(r, "identifier.0.value") : js_text(r, "id");
}

/* put_hospitalization - admit source and discharge disposition as coded; UB-04 codes pass, others
 * are for the coder's table */
static void put_hospitalization(struct fhir *f, const json_t *r, CcVisit *v)
{
    const json_t *h =
        js_get(r, "hospitalization") ? js_get(r, "hospitalization") : js_get(r, "admission");

    fhir_put(f, &v->admit_source, js_text(h, "admitSource.coding.0.code"));
    fhir_put(f, &v->discharge_status, js_text(h, "dischargeDisposition.coding.0.code"));
    fhir_put(f, &v->preadmit_number, js_text(h, "preAdmissionIdentifier.value"));
    fhir_put(f, &v->admit_type, js_text(r, "priority.coding.0.code"));
    fhir_put(f, &v->service, js_text(js_nth(r, "serviceType", 0), "coding.0.code"));
}

/* put_places - where the patient was, and the organisation that gave the care */
static void put_places(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev)
{
    const json_t *r = e->resource, *org = fhir_resolve_at(f, r, "serviceProvider.reference");

    fhir_put(f, &ev->facility, js_text(org, "name"));
    if (!org)
        fhir_put(f, &ev->facility, js_text(r, "serviceProvider.display"));
    fhir_put(f, &ev->visit->facility, ev->facility);
    for (size_t i = 0; i < js_count(r, "location"); i++) {
        const json_t *one = js_nth(r, "location", i);
        CcLocationStay *stay = event_new(f->a, &cc_location_stay__descriptor);
        const json_t *place = fhir_resolve(f, r, js_text(one, "location.reference"));

        if (!stay)
            return;
        fhir_put(f, &stay->location,
                 *js_text(place, "name") ? js_text(place, "name")
                                         : js_text(one, "location.display"));
        stay->from_ms = fhir_ms(f, one, "period.start");
        stay->to_ms = fhir_ms(f, one, "period.end");
        event_push(f->a, ev->visit, stays, stay);
    }
}

/* put_account - the number under which it is billed */
static void put_account(struct fhir *f, const json_t *r, CcVisit *v)
{
    const json_t *ref = js_nth(r, "account", 0),
                 *account = fhir_resolve(f, r, js_text(ref, "reference"));
    const char *number = js_text(account, "identifier.0.value");

    if (!*number)
        number = *js_text(ref, "identifier.value") ? js_text(ref, "identifier.value")
                                                   : js_text(account, "id");
    fhir_put(f, &v->account, number);
}

/* add_participants - in the roles that they have */
static void add_participants(struct fhir *f, const json_t *r, CcEncounter *ev)
{
    for (size_t i = 0; i < js_count(r, "participant"); i++) {
        const json_t *one = js_nth(r, "participant", i);
        int role = 0;
        CcProvider *who;

        for (size_t k = 0; !role && k < js_count(one, "type"); k++)
            role = fhir_word_of(js_nth(one, "type", k), roles);
        /* a participant without a type is who saw the patient */
        if (!role && js_count(one, "type") == 0)
            role = PROVIDER_ROLE_RENDERING;
        who = fhir_provider(
            f, r, js_get(one, "individual") ? js_get(one, "individual") : js_get(one, "actor"),
            (CcProviderRole)role);
        if (who)
            event_push(f->a, ev, providers, who);
    }
}

/* add_facility - the organisation as a provider of its own */
static void add_facility(struct fhir *f, const json_t *r, CcEncounter *ev)
{
    CcProvider *p = fhir_provider(f, r, js_get(r, "serviceProvider"), PROVIDER_ROLE_FACILITY);

    if (p)
        event_push(f->a, ev, providers, p);
}

/* add_reasons - reasonCode: why the patient came; a diagnosis of use `reason` */
static void add_reasons(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev)
{
    for (size_t i = 0; i < js_count(e->resource, "reasonCode"); i++) {
        CcProblem *p = event_new(f->a, &cc_problem__descriptor);

        if (!p)
            return;
        p->code = fhir_code(f, js_nth(e->resource, "reasonCode", i), VOCAB_DIAGNOSIS, &p->also,
                            &p->n_also);
        if (!p->code)
            continue;
        fhir_put(f, &p->ref, e->ref);
        p->use = PROBLEM_USE_REASON;
        p->problem_date = ev->visit->admit_date;
        event_push(f->a, ev, diagnoses, p);
    }
}

/* fhir_map_encounter - the visit */
void fhir_map_encounter(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev)
{
    const json_t *r = e->resource;
    CcVisit *v = event_new(f->a, &cc_visit__descriptor);

    if (!v)
        return;
    ev->visit = v;
    fhir_put(f, &v->visit_number, visit_number(r));
    put_account(f, r, v);
    put_class(f, e, ev);
    fhir_put(f, &v->status_source, js_text(r, "status"));
    v->status = (CcVisitStatus)fhir_word_value(v->status_source, statuses);
    put_period(f, e, ev);
    put_hospitalization(f, r, v);
    put_places(f, e, ev);
    add_participants(f, r, ev);
    add_facility(f, r, ev);
    add_reasons(f, e, ev);
    ev->bill = v->status == VISIT_STATUS_FINISHED;
    if (!ev->event_ms)
        ev->event_ms = v->discharge_ms ? v->discharge_ms : v->admit_ms;
    fhir_put(f, &ev->encounter,
             ident_encounter(f->conf, f->a, f->conf->facility,
                             *v->visit_number ? v->visit_number : v->account));
}

/* problem_of - the diagnosis made from a resource */
static CcProblem *problem_of(const CcEncounter *ev, const char *ref)
{
    for (size_t i = 0; i < ev->n_diagnoses; i++)
        if (strcmp(ev->diagnoses[i]->ref, ref) == 0)
            return ev->diagnoses[i];
    return NULL;
}

/* rank_one - Encounter.diagnosis[i]: use and rank of a Condition; one that belongs elsewhere is
 * copied here */
static void rank_one(struct fhir *f, CcEncounter *ev, const json_t *diagnosis)
{
    const char *reference = js_text(diagnosis, "condition.reference");
    const struct fhir_entry *e;
    CcProblem *p;
    int use;

    if (!*reference)
        reference = js_text(js_nth(diagnosis, "condition", 0), "reference.reference");
    e = fhir_find(f, reference);
    if (!e || strcmp(e->type, "Condition") != 0) {
        if (!e || strcmp(e->type, "Procedure") != 0)
            note_problem(f->a, ev, NOTE_SEVERITY_NOTED, NOTE_REFERENCE, "Encounter.diagnosis",
                         "the condition is not in the message");
        return;
    }
    p = problem_of(ev, e->ref);
    if (!p) {
        fhir_map_condition(f, e, ev);
        p = problem_of(ev, e->ref);
    }
    use = fhir_word_of(js_nth(diagnosis, "use", 0), uses);
    if (p && use)
        p->use = (CcProblemUse)use;
    if (p && js_integer(diagnosis, "rank") > 0 && js_integer(diagnosis, "rank") < 1000)
        p->rank = (uint32_t)js_integer(diagnosis, "rank");
}

/* default_uses - a condition recorded for the visit is its final diagnosis once the visit is over,
 * a working one before */
static void default_uses(CcEncounter *ev)
{
    bool over = ev->visit && ev->visit->status == VISIT_STATUS_FINISHED;

    for (size_t i = 0; i < ev->n_diagnoses; i++)
        if (ev->diagnoses[i]->use == PROBLEM_USE_UNKNOWN)
            ev->diagnoses[i]->use = over ? PROBLEM_USE_FINAL : PROBLEM_USE_WORKING;
}

/* fhir_finish - after all resources of the message */
void fhir_finish(struct fhir *f, const struct fhir_entry *encounter, CcEncounter *ev)
{
    for (size_t i = 0; i < js_count(encounter->resource, "diagnosis"); i++)
        rank_one(f, ev, js_nth(encounter->resource, "diagnosis", i));
    default_uses(ev);
    note_orders(f->a, ev);
}
