/* fold_set.c - diagnoses, procedures, charges, coverages, providers: how each set grows with events
 *
 * HL7 2.5.1 §2.10.4.1 knows two modes: a *snapshot* replaces what the same interface said before
 * (ADT and BAR lists without action codes), *action code and unique identifier* adds, updates or
 * deletes one by one (DG1-20/21, PR1-19/20). Charges accumulate: each transaction is one. FHIR
 * resources replace the resource of the same id. */
#include "services/coder/fold.h"

#include <string.h>

#include "common/base/str.h"

/* append - one more item */
static void append(struct arena *a, struct fold_sets *s, struct fold_set *set, void *message,
                   const struct fold_event *e)
{
    struct fold_item *grown = message ? arena_grow(a, set->items, set->n, sizeof(*grown)) : NULL;

    if (!grown) {
        s->failed = true;
        return;
    }
    set->items = grown;
    grown[set->n++] = (struct fold_item){message, e->list, e->strong};
}

/* drop - item i, the others keep their order */
static void drop(struct fold_set *set, size_t i)
{
    memmove(&set->items[i], &set->items[i + 1], (set->n - i - 1) * sizeof(set->items[0]));
    set->n--;
}

/* find - the item that is the same thing; n: none */
static size_t find(const struct fold_set *set, const void *message, same_fn same)
{
    for (size_t i = 0; i < set->n; i++)
        if (same(set->items[i].message, message))
            return i;
    return set->n;
}

/* upsert - replaces the same thing where it stands, else adds */
static void upsert(struct arena *a, struct fold_sets *s, struct fold_set *set, void *message,
                   const struct fold_event *e, same_fn same)
{
    size_t i = message ? find(set, message, same) : set->n;

    if (message && i < set->n)
        set->items[i] = (struct fold_item){message, e->list, e->strong};
    else
        append(a, s, set, message, e);
}

/* is_action - DG1-21, PR1-20 say what to do */
static bool is_action(CcAction action)
{
    return action == ACTION_ADD || action == ACTION_UPDATE || action == ACTION_DELETE;
}

/* problems_replace - is the list of the visit whole, so that it replaces the interface's last? */
static bool problems_replace(const CcEncounter *e)
{
    bool any = false;

    for (size_t i = 0; i < e->n_diagnoses; i++) {
        if (e->diagnoses[i]->parent[0])
            continue;
        if (is_action(e->diagnoses[i]->action))
            return false;
        any = true;
    }
    return any && fold_snapshot(e);
}

/* procedures_replace - the same for procedures */
static bool procedures_replace(const CcEncounter *e)
{
    bool any = false;

    for (size_t i = 0; i < e->n_procedures; i++) {
        if (e->procedures[i]->parent[0])
            continue;
        if (is_action(e->procedures[i]->action))
            return false;
        any = true;
    }
    return any && fold_snapshot(e);
}

/* forget_list - what the interface said before goes */
static void forget_list(struct fold_set *set, const char *list)
{
    for (size_t i = set->n; i-- > 0;)
        if (strcmp(set->items[i].list, list) == 0)
            drop(set, i);
}

/* apply_problems - DG1, Condition */
static void apply_problems(struct arena *a, struct fold_sets *s, const struct fold_event *e)
{
    if (problems_replace(e->event))
        forget_list(&s->diagnoses, e->list);
    for (size_t i = 0; i < e->event->n_diagnoses; i++) {
        CcProblem *p = arena_memdup(a, e->event->diagnoses[i], sizeof(*p));
        size_t at;

        if (p && p->event_id[0] == '\0')
            p->event_id = e->event->event_id;
        if (!p || p->action != ACTION_DELETE) {
            upsert(a, s, &s->diagnoses, p, e, fold_same_problem);
            continue;
        }
        at = find(&s->diagnoses, p, fold_same_problem);
        if (at < s->diagnoses.n)
            drop(&s->diagnoses, at);
    }
}

/* apply_procedures - PR1, Procedure */
static void apply_procedures(struct arena *a, struct fold_sets *s, const struct fold_event *e)
{
    if (procedures_replace(e->event))
        forget_list(&s->procedures, e->list);
    for (size_t i = 0; i < e->event->n_procedures; i++) {
        CcProcedure *p = arena_memdup(a, e->event->procedures[i], sizeof(*p));
        size_t at;

        if (p && p->event_id[0] == '\0')
            p->event_id = e->event->event_id;
        if (!p || p->action != ACTION_DELETE) {
            upsert(a, s, &s->procedures, p, e, fold_same_procedure);
            continue;
        }
        at = find(&s->procedures, p, fold_same_procedure);
        if (at < s->procedures.n)
            drop(&s->procedures, at);
    }
}

/* apply_charges - FT1, ChargeItem, Claim.item: each transaction is one, a later one of its id
 * replaces it */
static void apply_charges(struct arena *a, struct fold_sets *s, const struct fold_event *e)
{
    for (size_t i = 0; i < e->event->n_charges; i++) {
        CcCharge *c = arena_memdup(a, e->event->charges[i], sizeof(*c));
        size_t at;

        if (c && c->event_id[0] == '\0')
            c->event_id = e->event->event_id;
        if (!c || c->action != ACTION_DELETE) {
            upsert(a, s, &s->charges, c, e, fold_same_charge);
            continue;
        }
        at = find(&s->charges, c, fold_same_charge);
        if (at < s->charges.n)
            drop(&s->charges, at);
    }
}

/* forget_texts - what other events said under this document's id */
static void forget_texts(struct fold_set *set, const CcDocument *d)
{
    for (size_t i = set->n; d->id[0] && i-- > 0;) {
        const CcDocument *other = set->items[i].message;

        if (strcmp(other->id, d->id) == 0 && strcmp(other->event_id, d->event_id) != 0)
            drop(set, i);
    }
}

/* apply_documents - TXA, OBX, DocumentReference: all texts of an id take the place of all that an
 * earlier event gave under it */
static void apply_documents(struct arena *a, struct fold_sets *s, const struct fold_event *e)
{
    for (size_t i = 0; i < e->event->n_documents; i++) {
        CcDocument *d = e->event->documents[i];

        if (d->event_id[0] == '\0')
            d->event_id = e->event->event_id;
        upsert(a, s, &s->documents, d, e, fold_same_document);
    }
    for (size_t i = 0; i < e->event->n_documents; i++)
        forget_texts(&s->documents, e->event->documents[i]);
}

/* forget_coverages - HL7 insurance is a whole list: the last one sent by those who speak for the
 * visit stands; one beside a charge replaces only its own interface's */
static void forget_coverages(struct fold_sets *s, const struct fold_event *e)
{
    for (size_t i = s->coverages.n; i-- > 0;) {
        const struct fold_item *item = &s->coverages.items[i];

        if (e->strong ? item->strong : strcmp(item->list, e->list) == 0)
            drop(&s->coverages, i);
    }
}

/* apply_coverages - IN1, Coverage */
static void apply_coverages(struct arena *a, struct fold_sets *s, const struct fold_event *e)
{
    bool whole = strcmp(e->event->format, "hl7") == 0;

    if (whole && e->event->n_coverages)
        forget_coverages(s, e);
    for (size_t i = 0; i < e->event->n_coverages; i++) {
        CcCoverage *c = arena_memdup(a, e->event->coverages[i], sizeof(*c));

        if (c && c->event_id[0] == '\0')
            c->event_id = e->event->event_id;
        if (whole)
            append(a, s, &s->coverages, c, e);
        else
            upsert(a, s, &s->coverages, c, e, fold_same_coverage);
    }
}

/* has_role - does the event name a provider of this role? */
static bool has_role(const CcEncounter *e, CcProviderRole role)
{
    for (size_t i = 0; i < e->n_providers; i++)
        if (e->providers[i]->role == role)
            return true;
    return false;
}

/* apply_providers - an event that names an attending names all attendings, one that empties the
 * field leaves none; those without a role
 * (FHIR practitioners) are looked up by their ref */
static void apply_providers(struct arena *a, struct fold_sets *s, const struct fold_event *e)
{
    for (size_t i = s->providers.n; i-- > 0;) {
        const CcProvider *p = s->providers.items[i].message;

        if (p->role == PROVIDER_ROLE_UNKNOWN)
            continue;
        if ((s->providers.items[i].strong == e->strong && has_role(e->event, p->role)) ||
            ((e->strong || !s->providers.items[i].strong) && fold_clears_role(e->event, p->role)))
            drop(&s->providers, i);
    }
    for (size_t i = 0; i < e->event->n_providers; i++)
        if (e->event->providers[i]->role == PROVIDER_ROLE_UNKNOWN)
            upsert(a, s, &s->providers, e->event->providers[i], e, fold_same_provider);
        else
            append(a, s, &s->providers, e->event->providers[i], e);
}

/* apply_clinical - what was measured, ordered and given */
static void apply_clinical(struct arena *a, struct fold_sets *s, const struct fold_event *e)
{
    for (size_t i = 0; i < e->event->n_observations; i++) {
        CcObservation *o = arena_memdup(a, e->event->observations[i], sizeof(*o));

        if (o && o->event_id[0] == '\0')
            o->event_id = e->event->event_id;
        upsert(a, s, &s->observations, o, e, fold_same_observation);
    }
    for (size_t i = 0; i < e->event->n_orders; i++) {
        CcOrder *o = arena_memdup(a, e->event->orders[i], sizeof(*o));

        if (o && o->event_id[0] == '\0')
            o->event_id = e->event->event_id;
        upsert(a, s, &s->orders, o, e, fold_same_order);
    }
    for (size_t i = 0; i < e->event->n_medications; i++) {
        CcMedication *m = arena_memdup(a, e->event->medications[i], sizeof(*m));

        if (m && m->event_id[0] == '\0')
            m->event_id = e->event->event_id;
        upsert(a, s, &s->medications, m, e, fold_same_medication);
    }
}

/* fold_sets_apply - one event; one of the patient brings insurance and people only */
void fold_sets_apply(struct arena *a, struct fold_sets *s, const struct fold_event *e)
{
    apply_coverages(a, s, e);
    apply_providers(a, s, e);
    if (e->event->n_guarantors)
        s->guarantors.n = 0;
    for (size_t i = 0; i < e->event->n_guarantors; i++)
        append(a, s, &s->guarantors, e->event->guarantors[i], e);
    if (e->of_patient)
        return;
    apply_problems(a, s, e);
    apply_procedures(a, s, e);
    apply_charges(a, s, e);
    apply_documents(a, s, e);
    apply_clinical(a, s, e);
}

/* any_strong - did one who speaks for the visit give any? */
static bool any_strong(const struct fold_set *set)
{
    for (size_t i = 0; i < set->n; i++)
        if (set->items[i].strong)
            return true;
    return false;
}

/* strong_role - did one who speaks for the visit name this role? */
static bool strong_role(const struct fold_set *set, CcProviderRole role)
{
    for (size_t i = 0; i < set->n; i++)
        if (set->items[i].strong && ((const CcProvider *)set->items[i].message)->role == role)
            return true;
    return false;
}

/* finish_providers - the visit's own before those beside a charge */
static void finish_providers(struct arena *a, const struct fold_sets *s, CcEncounter *out)
{
    for (size_t i = 0; i < s->providers.n; i++) {
        const struct fold_item *item = &s->providers.items[i];
        const CcProvider *p = item->message;

        if (item->strong || p->role == PROVIDER_ROLE_UNKNOWN ||
            !strong_role(&s->providers, p->role))
            event_push(a, out, providers, item->message);
    }
}

/* fold_sets_finish - into the encounter */
void fold_sets_finish(struct arena *a, struct fold_sets *s, CcEncounter *out)
{
    bool own = any_strong(&s->coverages);

    for (size_t i = 0; i < s->diagnoses.n; i++)
        event_push(a, out, diagnoses, s->diagnoses.items[i].message);
    for (size_t i = 0; i < s->procedures.n; i++)
        event_push(a, out, procedures, s->procedures.items[i].message);
    for (size_t i = 0; i < s->charges.n; i++)
        event_push(a, out, charges, s->charges.items[i].message);
    for (size_t i = 0; i < s->coverages.n; i++)
        if (s->coverages.items[i].strong || !own)
            event_push(a, out, coverages, s->coverages.items[i].message);
    for (size_t i = 0; i < s->documents.n; i++)
        event_push(a, out, documents, s->documents.items[i].message);
    for (size_t i = 0; i < s->observations.n; i++)
        event_push(a, out, observations, s->observations.items[i].message);
    for (size_t i = 0; i < s->orders.n; i++)
        event_push(a, out, orders, s->orders.items[i].message);
    for (size_t i = 0; i < s->medications.n; i++)
        event_push(a, out, medications, s->medications.items[i].message);
    for (size_t i = 0; i < s->guarantors.n; i++)
        event_push(a, out, guarantors, s->guarantors.items[i].message);
    finish_providers(a, s, out);
    if (arena_exhausted(a))
        s->failed = true;
}
