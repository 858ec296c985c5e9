/* money.c - Coverage, Account, ChargeItem, Claim: who pays and for what */
#include "services/intake/fhir/fhir.h"

#include <stdio.h>
#include <string.h>

#include "common/base/money.h"
#include "services/intake/vocab.h"

/* put - a borrowed text into a field that the arena owns */
static void put(const struct fhir *f, char **field, const char *s)
{
    char *copy = *s ? arena_strdup(f->a, s) : NULL;

    if (copy)
        *field = copy;
}

/* put_payor - id and name of who pays: an Organization, a logical identifier, or only words */
static void put_payor(struct fhir *f, const json_t *r, CcCoverage *c)
{
    const json_t *ref = js_nth(r, "payor", 0), *org;

    if (!ref)
        ref = js_get(r, "insurer");
    org = fhir_resolve(f, r, js_text(ref, "reference"));
    put(f, &c->payer,
        *js_text(org, "identifier.0.value") ? js_text(org, "identifier.0.value")
                                            : js_text(ref, "identifier.value"));
    put(f, &c->name, *js_text(org, "name") ? js_text(org, "name") : js_text(ref, "display"));
    c->payer_address = fhir_address(f, js_get(org, "address"));
}

/* put_class - group and plan */
static void put_class(struct fhir *f, const json_t *r, CcCoverage *c)
{
    for (size_t i = 0; i < js_count(r, "class"); i++) {
        const json_t *one = js_nth(r, "class", i);

        if (fhir_has_code(js_get(one, "type"), "group")) {
            put(f, &c->group_number, js_text(one, "value"));
            put(f, &c->group_name, js_text(one, "name"));
        } else if (fhir_has_code(js_get(one, "type"), "plan")) {
            put(f, &c->plan, js_text(one, "value"));
        }
    }
}

/* put_subscriber - who holds the policy, when it is not the patient */
static void put_subscriber(struct fhir *f, CcEncounter *ev, const json_t *r, CcCoverage *c)
{
    const json_t *who = fhir_resolve_at(f, r, "subscriber.reference");

    if (!who)
        who = fhir_resolve_at(f, r, "policyHolder.reference");
    if (!who)
        return;
    c->subscriber_name = fhir_name(f, js_get(who, "name"));
    c->subscriber_birth_date = fhir_day(f, ev, c->ref, who, "birthDate");
    c->subscriber_sex = vocab_sex(js_span(who, "gender"));
    c->subscriber_address = fhir_address(f, js_get(who, "address"));
}

/* put_relationship - of the patient to the subscriber; the same person twice is self */
static void put_relationship(struct fhir *f, const json_t *r, CcCoverage *c)
{
    const char *word = js_text(r, "relationship.coding.0.code");

    put(f, &c->relationship_source, word);
    c->relationship = vocab_relationship(span_of(word), false);
    if (c->relationship == RELATIONSHIP_UNKNOWN && *js_text(r, "subscriber.reference") &&
        strcmp(js_text(r, "subscriber.reference"), js_text(r, "beneficiary.reference")) == 0)
        c->relationship = RELATIONSHIP_SELF;
}

/* fhir_map_coverage - one policy */
void fhir_map_coverage(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev)
{
    const json_t *r = e->resource;
    CcCoverage *c = event_new(f->a, &cc_coverage__descriptor);
    const char *status = js_text(r, "status");
    int64_t order = js_integer(r, "order");

    if (!c)
        return;
    put(f, &c->ref, e->ref);
    put(f, &c->status, status);
    c->order = order > 0 && order < 100 ? (uint32_t)order : 0;
    put_payor(f, r, c);
    put_class(f, r, c);
    put(f, &c->plan_type, js_text(r, "type.coding.0.code"));
    put_relationship(f, r, c);
    c->from_date = fhir_day(f, ev, e->ref, r, "period.start");
    c->to_date = fhir_day(f, ev, e->ref, r, "period.end");
    put(f, &c->member_id,
        *js_text(r, "subscriberId") ? js_text(r, "subscriberId")
                                    : js_text(r, "identifier.0.value"));
    put_subscriber(f, ev, r, c);
    event_push(f->a, ev, coverages, c);
}

/* fhir_map_account - who stands for the bill */
void fhir_map_account(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev)
{
    for (size_t i = 0; i < js_count(e->resource, "guarantor"); i++) {
        const json_t *who =
            fhir_resolve_at(f, js_nth(e->resource, "guarantor", i), "party.reference");
        CcGuarantor *g = event_new(f->a, &cc_guarantor__descriptor);

        if (!g)
            return;
        put(f, &g->ref, e->ref);
        put(f, &g->id, js_text(who, "id"));
        g->name = fhir_name(f, js_get(who, "name"));
        g->address = fhir_address(f, js_get(who, "address"));
        g->relationship =
            strcmp(js_text(who, "resourceType"), "Patient") == 0
                ? RELATIONSHIP_SELF
                : vocab_relationship(js_span(who, "relationship.0.coding.0.code"), false);
        event_push(f->a, ev, guarantors, g);
    }
}

/* put_amounts - charge given, else unit price times units; never rounded */
static void put_amounts(struct fhir *f, CcEncounter *ev, const json_t *r, CcCharge *c,
                        const char *charge, const char *unit)
{
    c->units_given = fhir_milli(f, ev, c->ref, r, "quantity", &c->units_milli);
    c->unit_given = fhir_cents(f, ev, c->ref, r, unit, &c->unit_cents);
    c->charge_given = fhir_cents(f, ev, c->ref, r, charge, &c->charge_cents);
    if (c->charge_given || !c->unit_given || !c->units_given || js_path(r, charge))
        return;
    c->charge_given = money_extend(c->units_milli, c->unit_cents, &c->charge_cents);
    if (!c->charge_given)
        note_problem(f->a, ev, NOTE_SEVERITY_NOTED, NOTE_AMOUNT, c->ref,
                     "price times units is no whole cent");
}

/* put_code - a local code is the charge master's; the best of the others is the procedure */
static void put_code(struct fhir *f, const json_t *concept, CcCharge *c)
{
    c->code = fhir_code(f, concept, VOCAB_PROCEDURE, &c->also, &c->n_also);
    if (!c->code)
        return;
    for (size_t i = 0; i < c->n_also; i++)
        if (c->also[i]->system == CODE_SYSTEM_LOCAL && !*c->cdm)
            put(f, &c->cdm, c->also[i]->code);
    if (c->code->system == CODE_SYSTEM_LOCAL && !*c->cdm) {
        put(f, &c->cdm, c->code->code);
        put(f, &c->cdm_text, c->code->text);
    }
}

/* add_modifiers - plain two-character codes */
static void add_modifiers(struct fhir *f, const json_t *r, CcCharge *c)
{
    for (size_t i = 0; i < js_count(r, "modifier"); i++)
        for (size_t k = 0; k < js_count(js_nth(r, "modifier", i), "coding"); k++) {
            const char *code = js_text(js_nth(js_nth(r, "modifier", i), "coding", k), "code");

            if (*code)
                event_push(f->a, c, modifiers, arena_strdup(f->a, code));
        }
}

/* charge_day - date or start of a period, under the names that the resources use */
static void charge_days(struct fhir *f, CcEncounter *ev, const json_t *r, CcCharge *c,
                        const char *stem)
{
    static const char *const forms[] = {"DateTime", "Date", "Period.start"};
    char path[64];

    for (size_t i = 0; i < 3 && !c->service_date; i++) {
        snprintf(path, sizeof(path), "%s%s", stem, forms[i]);
        c->service_date = fhir_day(f, ev, c->ref, r, path);
    }
    snprintf(path, sizeof(path), "%sPeriod.end", stem);
    c->thru_date = fhir_day(f, ev, c->ref, r, path);
}

/* add_performers - who did what is charged */
static void add_performers(struct fhir *f, const json_t *r, CcCharge *c)
{
    for (size_t i = 0; i < js_count(r, "performer"); i++) {
        CcProvider *p = fhir_provider(f, r, js_get(js_nth(r, "performer", i), "actor"),
                                      PROVIDER_ROLE_RENDERING);

        if (p)
            event_push(f->a, c, providers, p);
    }
}

/* fhir_map_charge_item - one charge */
void fhir_map_charge_item(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev)
{
    const json_t *r = e->resource;
    const char *status = js_text(r, "status");
    CcCharge *c = event_new(f->a, &cc_charge__descriptor);

    if (!c)
        return;
    put(f, &c->ref, e->ref);
    put(f, &c->id, *js_text(r, "identifier.0.value") ? js_text(r, "identifier.0.value") : e->id);
    c->kind = CHARGE_KIND_CHARGE;
    if (strcmp(status, "entered-in-error") == 0 || strcmp(status, "aborted") == 0 ||
        strcmp(status, "not-billable") == 0)
        c->action = ACTION_DELETE;
    put_code(f, js_get(r, "code"), c);
    put_amounts(f, ev, r, c, "priceOverride", "unitPriceComponent.amount");
    charge_days(f, ev, r, c, "occurrence");
    add_performers(f, r, c);
    for (size_t i = 0; i < js_count(r, "reason"); i++)
        if (*js_text(js_nth(r, "reason", i), "coding.0.code"))
            event_push(f->a, c, pointers,
                       arena_strdup(f->a, js_text(js_nth(r, "reason", i), "coding.0.code")));
    event_push(f->a, ev, charges, c);
}

/* pointer_of - what Claim.diagnosis[sequence] names: the Condition's ref, or the code itself */
static const char *pointer_of(const struct fhir *f, const json_t *claim, int64_t sequence)
{
    for (size_t i = 0; i < js_count(claim, "diagnosis"); i++) {
        const json_t *d = js_nth(claim, "diagnosis", i);
        const struct fhir_entry *e = fhir_find(f, js_text(d, "diagnosisReference.reference"));

        if (js_integer(d, "sequence") == sequence)
            return e ? e->ref : js_text(d, "diagnosisCodeableConcept.coding.0.code");
    }
    return "";
}

/* map_item - Claim.item: a charge whose ref is Claim/id#sequence */
static void map_item(struct fhir *f, const struct fhir_entry *e, const json_t *item,
                     CcEncounter *ev)
{
    CcCharge *c = event_new(f->a, &cc_charge__descriptor);

    if (!c)
        return;
    c->ref = arena_printf(f->a, "%s#%lld", e->ref, (long long)js_integer(item, "sequence"));
    c->id = c->ref;
    if (!c->ref)
        return;
    c->kind = CHARGE_KIND_CHARGE;
    put_code(f,
             js_get(item, "productOrService") ? js_get(item, "productOrService")
                                              : js_get(item, "service"),
             c);
    put(f, &c->revenue, js_text(item, "revenue.coding.0.code"));
    put(f, &c->place_of_service, js_text(item, "locationCodeableConcept.coding.0.code"));
    add_modifiers(f, item, c);
    put_amounts(f, ev, item, c, "net", "unitPrice");
    charge_days(f, ev, item, c, "serviced");
    if (!c->service_date)
        c->service_date = fhir_day(f, ev, c->ref, e->resource, "billablePeriod.start");
    for (size_t i = 0; i < js_count(item, "diagnosisSequence"); i++) {
        const char *pointer =
            pointer_of(f, e->resource, json_integer_value(js_nth(item, "diagnosisSequence", i)));

        if (*pointer)
            event_push(f->a, c, pointers, arena_strdup(f->a, pointer));
    }
    event_push(f->a, ev, charges, c);
}

/* ranked - the problem that Claim.diagnosis speaks of, made when it is only a code here */
static CcProblem *ranked(struct fhir *f, const struct fhir_entry *e, const json_t *d,
                         CcEncounter *ev)
{
    const struct fhir_entry *condition = fhir_find(f, js_text(d, "diagnosisReference.reference"));
    CcProblem *p;

    for (size_t i = 0; condition && i < ev->n_diagnoses; i++)
        if (strcmp(ev->diagnoses[i]->ref, condition->ref) == 0)
            return ev->diagnoses[i];
    if (condition && strcmp(condition->type, "Condition") == 0 && ev->event != EVENT_KIND_REST) {
        fhir_map_condition(f, condition, ev);
        return ev->n_diagnoses ? ev->diagnoses[ev->n_diagnoses - 1] : NULL;
    }
    p = js_get(d, "diagnosisCodeableConcept") ? event_new(f->a, &cc_problem__descriptor) : NULL;
    if (!p)
        return NULL;
    p->ref = arena_printf(f->a, "%s#diagnosis-%lld", e->ref, (long long)js_integer(d, "sequence"));
    p->code =
        fhir_code(f, js_get(d, "diagnosisCodeableConcept"), VOCAB_DIAGNOSIS, &p->also, &p->n_also);
    return p->ref && event_push(f->a, ev, diagnoses, p) ? p : NULL;
}

/* rank_diagnosis - sequence, admitting or principal, present on admission */
static void rank_diagnosis(struct fhir *f, const struct fhir_entry *e, const json_t *d,
                           CcEncounter *ev)
{
    CcProblem *p = ranked(f, e, d, ev);
    int64_t sequence = js_integer(d, "sequence");

    if (!p)
        return;
    if (p->use != PROBLEM_USE_PROBLEM && p->use != PROBLEM_USE_UNKNOWN)
        return;
    p->use = fhir_has_code(js_nth(d, "type", 0), "admitting") ? PROBLEM_USE_ADMITTING
                                                              : PROBLEM_USE_BILLING;
    if (!p->rank && sequence > 0 && sequence < 1000)
        p->rank = (uint32_t)sequence;
    if (fhir_has_code(js_nth(d, "type", 0), "principal"))
        p->rank = 1;
    p->poa = vocab_poa(js_span(d, "onAdmission.coding.0.code"));
}

/* insure - Claim.insurance that is no Coverage of the message, only words: "private", "Medicare" */
static void insure(struct fhir *f, const struct fhir_entry *e, const json_t *insurance,
                   CcEncounter *ev)
{
    const json_t *ref = js_get(insurance, "coverage"),
                 *coverage = fhir_resolve(f, e->resource, js_text(ref, "reference"));
    int64_t order = js_integer(insurance, "sequence");
    CcCoverage *c;

    if (coverage && js_text(ref, "reference")[0] != '#')
        return;
    for (size_t i = 0; i < ev->n_coverages; i++)
        if (strcmp(ev->coverages[i]->name, js_text(ref, "display")) == 0)
            return;
    c = *js_text(ref, "display") || coverage ? event_new(f->a, &cc_coverage__descriptor) : NULL;
    if (!c)
        return;
    c->ref = arena_printf(f->a, "%s#insurance-%lld", e->ref, (long long)order);
    if (!c->ref)
        return;
    put(f, &c->name, js_text(ref, "display"));
    if (coverage)
        put_payor(f, coverage, c);
    put(f, &c->member_id, js_text(coverage, "subscriberId"));
    c->order = order > 0 && order < 100 ? (uint32_t)order : 0;
    event_push(f->a, ev, coverages, c);
}

/* fhir_map_claim - a Claim of use `claim` is a source of charges, of ranks and of insurance; a
 * predetermination is none */
void fhir_map_claim(struct fhir *f, const struct fhir_entry *e, CcEncounter *ev)
{
    const json_t *r = e->resource;
    const char *use = js_text(r, "use");

    if (*use && strcmp(use, "claim") != 0)
        return;
    for (size_t i = 0; i < js_count(r, "diagnosis"); i++)
        rank_diagnosis(f, e, js_nth(r, "diagnosis", i), ev);
    for (size_t i = 0; i < js_count(r, "item"); i++)
        map_item(f, e, js_nth(r, "item", i), ev);
    for (size_t i = 0; i < js_count(r, "insurance"); i++)
        insure(f, e, js_nth(r, "insurance", i), ev);
}
