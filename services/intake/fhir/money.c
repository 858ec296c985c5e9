/* money.c - Coverage, Account, ChargeItem: who pays and for what */
#include "services/intake/fhir/fhir.h"

#include <stdio.h>
#include <string.h>

#include "common/base/money.h"
#include "services/intake/vocab.h"

/* fhir_payor - id and name of who pays: an Organization, a logical identifier, or only words */
void fhir_payor(struct fhir *f, const json_t *r, CcCoverage *c)
{
    const json_t *ref = js_nth(r, "payor", 0), *org;

    if (!ref)
        ref = js_get(r, "insurer");
    org = fhir_resolve(f, r, js_text(ref, "reference"));
    fhir_put(f, &c->payer,
             *js_text(org, "identifier.0.value") ? js_text(org, "identifier.0.value")
                                                 : js_text(ref, "identifier.value"));
    fhir_put(f, &c->name, *js_text(org, "name") ? js_text(org, "name") : js_text(ref, "display"));
    c->payer_address = fhir_address(f, js_get(org, "address"));
}

/* put_class - group and plan */
static void put_class(struct fhir *f, const json_t *r, CcCoverage *c)
{
    for (size_t i = 0; i < js_count(r, "class"); i++) {
        const json_t *one = js_nth(r, "class", i);

        if (fhir_has_code(js_get(one, "type"), "group")) {
            fhir_put(f, &c->group_number, js_text(one, "value"));
            fhir_put(f, &c->group_name, js_text(one, "name"));
        } else if (fhir_has_code(js_get(one, "type"), "plan")) {
            fhir_put(f, &c->plan, js_text(one, "value"));
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

    fhir_put(f, &c->relationship_source, word);
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
    fhir_put(f, &c->ref, e->ref);
    fhir_put(f, &c->status, status);
    c->order = order > 0 && order < 100 ? (uint32_t)order : 0;
    fhir_payor(f, r, c);
    put_class(f, r, c);
    fhir_put(f, &c->plan_type, js_text(r, "type.coding.0.code"));
    put_relationship(f, r, c);
    c->from_date = fhir_day(f, ev, e->ref, r, "period.start");
    c->to_date = fhir_day(f, ev, e->ref, r, "period.end");
    fhir_put(f, &c->member_id,
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
        fhir_put(f, &g->ref, e->ref);
        fhir_put(f, &g->id, js_text(who, "id"));
        g->name = fhir_name(f, js_get(who, "name"));
        g->address = fhir_address(f, js_get(who, "address"));
        g->relationship =
            strcmp(js_text(who, "resourceType"), "Patient") == 0
                ? RELATIONSHIP_SELF
                : vocab_relationship(js_span(who, "relationship.0.coding.0.code"), false);
        event_push(f->a, ev, guarantors, g);
    }
}

/* fhir_charge_amounts - charge given, else unit price times units; never rounded */
void fhir_charge_amounts(struct fhir *f, CcEncounter *ev, const json_t *r, CcCharge *c,
                         const char *charge, const char *unit)
{
    c->units_given = fhir_milli(f, ev, c->ref, r, "quantity", &c->units_milli);
    fhir_put(f, &c->unit,
             *js_text(r, "quantity.code") ? js_text(r, "quantity.code")
                                          : js_text(r, "quantity.unit"));
    c->unit_given = fhir_cents(f, ev, c->ref, r, unit, &c->unit_cents);
    c->charge_given = fhir_cents(f, ev, c->ref, r, charge, &c->charge_cents);
    if (c->charge_given || !c->unit_given || !c->units_given || js_path(r, charge))
        return;
    c->charge_given = money_extend(c->units_milli, c->unit_cents, &c->charge_cents);
    if (!c->charge_given)
        note_problem(f->a, ev, NOTE_SEVERITY_NOTED, NOTE_AMOUNT, c->ref,
                     "price times units is no whole cent");
}

/* is_site_code - a code of the site's own: the charge master's */
static bool is_site_code(const CcCode *c)
{
    return *c->code && (c->system == CODE_SYSTEM_LOCAL || c->system == CODE_SYSTEM_UNKNOWN);
}

/* take_site_code - as the charge code; the first one counts */
static void take_site_code(struct fhir *f, const CcCode *c, CcCharge *charge)
{
    if (!is_site_code(c) || *charge->cdm)
        return;
    fhir_put(f, &charge->cdm, c->code);
    fhir_put(f, &charge->cdm_text, c->text);
}

/* fhir_charge_code - the site's own code is the charge master's; the best of the others is the
 * procedure */
void fhir_charge_code(struct fhir *f, const json_t *concept, CcCharge *c)
{
    c->code = fhir_code(f, concept, VOCAB_PROCEDURE, &c->also, &c->n_also);
    if (!c->code)
        return;
    take_site_code(f, c->code, c);
    for (size_t i = 0; i < c->n_also; i++)
        take_site_code(f, c->also[i], c);
    if (is_site_code(c->code))
        c->code = NULL;
}

/* clock_of - the instant, where an hour is given and not the day alone */
static int64_t clock_of(const struct fhir *f, const json_t *r, const char *path)
{
    return strchr(js_text(r, path), 'T') ? fhir_ms(f, r, path) : 0;
}

/* fhir_charge_days - date or start of a period, under the names that the resources use */
void fhir_charge_days(struct fhir *f, CcEncounter *ev, const json_t *r, CcCharge *c,
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
    c->end_ms = clock_of(f, r, path);
    snprintf(path, sizeof(path), "%sPeriod.start", stem);
    c->start_ms = clock_of(f, r, path);
}

/* fhir_charge_site - where on the body: the words, else the code */
void fhir_charge_site(struct fhir *f, const json_t *concept, CcCharge *c)
{
    static const char *const paths[] = {"text", "coding.0.display", "coding.0.code"};

    for (size_t i = 0; i < 3 && !*c->site; i++)
        fhir_put(f, &c->site, js_text(concept, paths[i]));
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
    fhir_put(f, &c->ref, e->ref);
    fhir_put(f, &c->id,
             *js_text(r, "identifier.0.value") ? js_text(r, "identifier.0.value") : e->id);
    c->kind = CHARGE_KIND_CHARGE;
    if (strcmp(status, "entered-in-error") == 0 || strcmp(status, "aborted") == 0 ||
        strcmp(status, "not-billable") == 0)
        c->action = ACTION_DELETE;
    fhir_charge_code(f, js_get(r, "code"), c);
    fhir_charge_amounts(f, ev, r, c, "priceOverride", "unitPriceComponent.amount");
    fhir_charge_days(f, ev, r, c, "occurrence");
    fhir_charge_site(f, js_nth(r, "bodysite", 0), c);
    add_performers(f, r, c);
    for (size_t i = 0; i < js_count(r, "reason"); i++)
        if (*js_text(js_nth(r, "reason", i), "coding.0.code"))
            event_push(f->a, c, pointers,
                       arena_strdup(f->a, js_text(js_nth(r, "reason", i), "coding.0.code")));
    event_push(f->a, ev, charges, c);
}
