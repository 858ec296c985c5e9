/* claim.c - Claim: charges, ranks of diagnoses, insurance that stands nowhere else */
#include "services/intake/fhir/fhir.h"

#include <stdio.h>
#include <string.h>

#include "services/intake/vocab.h"

/* modifier_of - one concept is one modifier, however many systems say it: the coding of two
 * characters, else the first; "" = none */
static const char *modifier_of(const json_t *concept)
{
    const char *first = "";

    for (size_t i = 0; i < js_count(concept, "coding"); i++) {
        const char *code = js_text(js_nth(concept, "coding", i), "code");

        if (strlen(code) == 2)
            return code;
        if (!*first)
            first = code;
    }
    return first;
}

/* add_modifiers - of an item */
static void add_modifiers(struct fhir *f, const json_t *r, CcCharge *c)
{
    for (size_t i = 0; i < js_count(r, "modifier"); i++) {
        const char *code = modifier_of(js_nth(r, "modifier", i));

        if (*code)
            event_push(f->a, c, modifiers, arena_strdup(f->a, code));
    }
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
    fhir_charge_code(f,
                     js_get(item, "productOrService") ? js_get(item, "productOrService")
                                                      : js_get(item, "service"),
                     c);
    fhir_put(f, &c->revenue, js_text(item, "revenue.coding.0.code"));
    fhir_put(f, &c->place_of_service, js_text(item, "locationCodeableConcept.coding.0.code"));
    add_modifiers(f, item, c);
    fhir_charge_amounts(f, ev, item, c, "net", "unitPrice");
    fhir_charge_days(f, ev, item, c, "serviced");
    fhir_charge_site(f, js_nth(item, "subSite", 0), c);
    fhir_charge_site(f, js_get(item, "bodySite"), c);
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
    if (condition && strcmp(condition->type, "Condition") == 0) { /* of another visit */
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
    p->use =
        fhir_list_has_code(d, "type", "admitting") ? PROBLEM_USE_ADMITTING : PROBLEM_USE_BILLING;
    if (sequence > 0 && sequence < 1000)
        p->rank = (uint32_t)sequence;
    if (fhir_list_has_code(d, "type", "principal"))
        p->rank = 1;
    if (js_get(d, "onAdmission"))
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
    fhir_put(f, &c->name, js_text(ref, "display"));
    if (coverage)
        fhir_payor(f, coverage, c);
    fhir_put(f, &c->member_id, js_text(coverage, "subscriberId"));
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

/* order_one - a Coverage without an order of its own has its place in the Claim */
static void order_one(struct fhir *f, const json_t *insurance, CcEncounter *ev)
{
    const struct fhir_entry *coverage = fhir_find(f, js_text(insurance, "coverage.reference"));
    int64_t order = js_integer(insurance, "sequence");

    for (size_t i = 0; coverage && order > 0 && order < 100 && i < ev->n_coverages; i++)
        if (ev->coverages[i]->order == 0 && strcmp(ev->coverages[i]->ref, coverage->ref) == 0)
            ev->coverages[i]->order = (uint32_t)order;
}

/* fhir_order_by_claim - once all coverages are known: in the visit's event and, as the same
 * coverage is told there again, in the rest */
void fhir_order_by_claim(struct fhir *f, const struct fhir_entry *e)
{
    if (strcmp(e->type, "Claim") != 0 || e->duplicate)
        return;
    for (size_t i = 0; i < js_count(e->resource, "insurance"); i++) {
        order_one(f, js_nth(e->resource, "insurance", i), e->event);
        if (f->rest)
            order_one(f, js_nth(e->resource, "insurance", i), f->rest);
    }
}
