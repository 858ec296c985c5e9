/* credit.c - what is no service, and what a credit takes back
 *
 * A credit names its charge by the transaction id, else it takes back the last charge of the same
 * code, modifiers and day that has enough units left. Payments and adjustments are the ledger's. */
#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "services/coder/service.h"

/* rule_no_service - payments and adjustments */
void rule_no_service(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];

        if (s->state == SERVICE_OPEN && s->charge &&
            (s->charge->kind == CHARGE_KIND_PAYMENT || s->charge->kind == CHARGE_KIND_ADJUSTMENT))
            work_reject_service(w, r, s);
    }
}

/* is_credit - by its kind, or a charge with a minus */
static bool is_credit(const struct service *s)
{
    const CcCharge *c = s->charge;

    return c && (c->kind == CHARGE_KIND_CREDIT ||
                 (c->kind == CHARGE_KIND_CHARGE && (c->units_milli < 0 || c->charge_cents < 0)));
}

/* same_code - of two charges */
static bool same_code(const CcCode *a, const CcCode *b)
{
    if (!a || !b)
        return a == b || !(a ? a : b)->code[0];
    return a->system == b->system && strcmp(a->code, b->code) == 0;
}

/* same_modifiers - in the same order */
static bool same_modifiers(const CcCharge *a, const CcCharge *b)
{
    if (a->n_modifiers != b->n_modifiers)
        return false;
    for (size_t i = 0; i < a->n_modifiers; i++)
        if (strcmp(a->modifiers[i], b->modifiers[i]) != 0)
            return false;
    return true;
}

/* same_thing - charge master code or code, modifiers, day */
static bool same_thing(const CcCharge *a, const CcCharge *b)
{
    return strcmp(a->cdm, b->cdm) == 0 && same_code(a->code, b->code) &&
           a->service_date == b->service_date && same_modifiers(a, b);
}

/* units_of - without sign */
static int64_t units_of(const struct service *s)
{
    return s->units_milli < 0 ? -s->units_milli : s->units_milli;
}

/* cents_of - without sign */
static int64_t cents_of(const struct service *s)
{
    return s->charge_cents < 0 ? -s->charge_cents : s->charge_cents;
}

/* find_charge - by id where both have one, else the last of the same thing with enough units */
static struct service *find_charge(struct work *w, const struct service *credit, bool by_id)
{
    for (size_t i = w->n_services; i-- > 0;) {
        struct service *s = &w->services[i];

        if (s->state != SERVICE_OPEN || !s->charge || s->charge->kind != CHARGE_KIND_CHARGE ||
            s == credit || is_credit(s) || units_of(s) < units_of(credit))
            continue;
        if (by_id ? credit->charge->id[0] && strcmp(s->charge->id, credit->charge->id) == 0
                  : same_thing(s->charge, credit->charge))
            return s;
    }
    return NULL;
}

/* take_back - all of the charge, or a part of its units and amount */
static void take_back(struct work *w, const struct rule *r, struct service *s,
                      struct service *credit)
{
    work_evidence(w, credit->as, s->event_id, s->ref, "");
    work_evidence(w, s->as, credit->event_id, credit->ref, "");
    work_reject_service(w, r, credit);
    if (units_of(s) == units_of(credit)) {
        work_reject_service(w, r, s);
        return;
    }
    s->units_milli -= units_of(credit);
    s->priced = s->priced && credit->priced && cents_of(credit) <= s->charge_cents;
    s->charge_cents = s->priced ? s->charge_cents - cents_of(credit) : 0;
    work_cite(w, s->as, r);
}

/* resource_length - of a ref "Claim/id#2": up to the item */
static size_t resource_length(const char *ref)
{
    return strcspn(ref, "#");
}

/* is_item_of_other - two mentions in two resources, the later one an item of a Claim */
static bool is_item_of_other(const struct service *first, const struct service *later)
{
    size_t a, b;

    if (!str_starts(later->ref, "Claim/"))
        return false;
    a = resource_length(first->ref);
    b = resource_length(later->ref);
    return later->ref[b] == '#' && (a != b || strncmp(first->ref, later->ref, a) != 0) &&
           (str_starts(first->ref, "Claim/") || str_starts(first->ref, "ChargeItem/"));
}

/* rule_repeated_item - a FHIR Claim is what the source has billed: a second Claim of the visit (a
 * pharmacy's, say) lists the visit again, a Claim beside ChargeItems lists them again */
void rule_repeated_item(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++)
        for (size_t k = 0; k < w->n_services; k++) {
            struct service *a = &w->services[i], *b = &w->services[k];

            if (a == b || a->state != SERVICE_OPEN || b->state != SERVICE_OPEN || !a->charge ||
                !b->charge || !is_item_of_other(a, b) || !same_thing(a->charge, b->charge) ||
                (k < i && str_starts(a->ref, "Claim/")))
                continue;
            work_evidence(w, a->as, b->event_id, b->ref, "");
            work_reject_service(w, r, b);
        }
}

/* rule_credit - each takes back its charge */
void rule_credit(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *credit = &w->services[i], *s;

        if (credit->state != SERVICE_OPEN || !is_credit(credit))
            continue;
        s = find_charge(w, credit, true);
        if (!s)
            s = find_charge(w, credit, false);
        if (s)
            take_back(w, r, s, credit);
    }
}

/* ask_kind - the source has not said what the transaction is */
static void ask_kind(struct work *w, const struct rule *r, struct service *s)
{
    CcReviewItem *item = work_ask_service(w, r, s, "charge-unmapped",
                                          "Is this transaction a charge, a credit or a payment?");

    if (item->n_options)
        return;
    work_choice(w, item, "charge", "a charge");
    work_choice(w, item, "credit", "a credit");
    work_choice(w, item, "none", "a payment or none of these: nothing is billed for it");
    work_takes(w, work_choice(w, item, OPTION_OTHER, "other"), "record");
}

/* rule_credit_unmatched - a credit whose charge is not here */
void rule_credit_unmatched(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];

        if (s->state != SERVICE_OPEN || !s->charge)
            continue;
        if (is_credit(s))
            work_ask_service(w, r, s, "credit-without-charge",
                             "Which charge does this credit take back? None of this visit fits.");
        else if (s->charge->kind == CHARGE_KIND_UNKNOWN)
            ask_kind(w, r, s);
    }
}
