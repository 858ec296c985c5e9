/* cdm.c - a charge becomes a service: through the charge master of the day, or as it names its
 * code */
#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/money.h"
#include "common/base/str.h"
#include "common/codes/codes.h"
#include "services/coder/service.h"

enum { CDM_KEY = 128 };

/* service_is_hcpcs - Level II or CPT */
bool service_is_hcpcs(const struct service *s)
{
    return s->as->code->system == CODE_SYSTEM_HCPCS || s->as->code->system == CODE_SYSTEM_CPT;
}

/* is_code - the same system and code */
static bool is_code(const CcCode *a, const CcCode *b)
{
    return a && a->system == b->system && strcmp(a->code, b->code) == 0;
}

/* service_says - see service.h */
bool service_says(const struct service *s, const CcCode *code)
{
    const CcCharge *c = s->charge;

    if (is_code(s->as->code, code))
        return true;
    if (c && is_code(c->code, code))
        return true;
    for (size_t i = 0; c && i < c->n_also; i++)
        if (is_code(c->also[i], code))
            return true;
    return false;
}

/* service_has_modifier - is it on the line? */
bool service_has_modifier(const struct service *s, const char *modifier)
{
    for (size_t i = 0; i < s->n_modifiers; i++)
        if (strcmp(s->modifiers[i], modifier) == 0)
            return true;
    return false;
}

/* service_add_modifier - once each; false: no room, or a person chose the others */
bool service_add_modifier(struct work *w, struct service *s, const char *modifier)
{
    if (service_has_modifier(s, modifier))
        return true;
    if (s->chosen || s->n_modifiers == SERVICE_MODIFIERS)
        return false;
    s->modifiers[s->n_modifiers++] = work_text(w, modifier);
    if (s->n_modifiers > 1)
        gate_facts(w, WITH_MODIFIERS);
    return true;
}

/* is_open - a charge that is still to be mapped */
static bool is_open(const struct service *s)
{
    return s->state == SERVICE_OPEN && s->charge && !s->mapped;
}

/* visit_day - of a visit of one day; 0: it has several, or none is known */
static int32_t visit_day(const CcVisit *v)
{
    if (v->admit_date && v->discharge_date && v->admit_date != v->discharge_date)
        return 0;
    return v->admit_date ? v->admit_date : v->discharge_date;
}

/* rule_service_date - a charge without a day is of the visit's, when that is one day */
void rule_service_date(struct work *w, const struct rule *r)
{
    int32_t day = visit_day(w->enc->visit);

    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];

        if (s->state != SERVICE_OPEN || s->from_date)
            continue;
        if (day) {
            s->from_date = s->thru_date = day;
            work_cite(w, s->as, r);
        } else if (s->charge) {
            work_ask_service(w, r, s, "no-date", "On which day was this service given?");
        }
    }
}

/* find_cdm - by key as it is written in the table */
static enum lookup find_cdm(struct work *w, const char *key, int32_t on, struct table_row *row)
{
    return tables_find(w->t, TABLE_CDM, key, NULL, on, row);
}

/* cdm_by_code - "system|CODE" */
enum lookup cdm_by_code(struct work *w, const CcCode *code, int32_t on, struct table_row *row)
{
    char word[EVENT_WORD], key[CDM_KEY], plain[CDM_KEY];

    if (!code || !work_key(plain, sizeof(plain), code->code))
        return LOOKUP_ABSENT;
    event_word(&cc_code_system__descriptor, (int)code->system, false, word);
    if ((size_t)snprintf(key, sizeof(key), "%s|%s", word, plain) >= sizeof(key))
        return LOOKUP_ABSENT;
    return find_cdm(w, key, on, row);
}

/* take_modifiers - "26;59" */
static void take_modifiers(struct work *w, struct service *s, struct span list)
{
    while (list.n) {
        struct span each = span_cut(&list, ';');
        char one[3] = "";

        if (each.n == 2) {
            memcpy(one, each.p, 2);
            service_add_modifier(w, s, one);
        }
    }
}

/* take_code - the row's, unless the charge names its own */
static void take_code(struct service *s, const struct charge_row *row)
{
    if (service_is_hcpcs(s))
        return;
    s->as->code->system = !row->code[0]                          ? CODE_SYSTEM_UNKNOWN
                          : strcmp(row->code_system, "cpt") == 0 ? CODE_SYSTEM_CPT
                                                                 : CODE_SYSTEM_HCPCS;
    s->as->code->code = work_kept(row->code);
}

/* take_price - where the charge itself gives no amount; the clinician's part of a charge that both
 * sides bill is the charge master's, so that the charge's own amount is billed once */
static void take_price(struct service *s, const struct charge_row *row)
{
    int64_t unit = row->price_cents;

    s->price_cents = unit;
    s->fee_cents = s->priced ? s->charge_cents : 0;
    if (unit < 0)
        return;
    if (!money_extend(s->units_milli, unit, &s->fee_cents))
        s->fee_cents = 0;
    if (!s->priced)
        s->priced = money_extend(s->units_milli, unit, &s->charge_cents);
}

/* service_set_units - and the charge master's price of them; an amount of the charge's own stays */
void service_set_units(struct service *s, int64_t units_milli)
{
    s->units_milli = units_milli;
    if (s->price_cents < 0)
        return;
    if (!money_extend(units_milli, s->price_cents, &s->fee_cents))
        s->fee_cents = 0;
    if (!s->own_price)
        s->priced = money_extend(units_milli, s->price_cents, &s->charge_cents);
}

/* given_unit_price - the charge's own price of one comes before the charge master's */
static void given_unit_price(struct service *s)
{
    const CcCharge *c = s->charge;

    if (!s->priced && c && c->unit_given)
        s->priced = s->own_price = money_extend(s->units_milli, c->unit_cents, &s->charge_cents);
}

/* take_sides - who bills it: both is the facility and the clinician where the place is a hospital,
 * the clinician alone elsewhere */
static void take_sides(const struct work *w, struct service *s, const struct charge_row *row)
{
    const char *who = row->professional;
    bool both = strcmp(who, "both") == 0;

    s->professional = both || strcmp(who, "Y") == 0;
    s->institutional = strcmp(who, "N") == 0 || (both && w->place.hospital);
}

/* cdm_take - what the charge does not say itself */
void cdm_take(struct work *w, const struct rule *r, struct service *s, const struct table_row *row)
{
    const struct charge_row *c = site_charge(row);

    if (!s->revenue[0])
        s->revenue = c->revenue;
    take_code(s, c);
    take_modifiers(w, s, span_of(c->modifiers));
    given_unit_price(s);
    take_price(s, c);
    if (c->unit_code[0])
        s->unit_code = c->unit_code;
    take_sides(w, s, c);
    if (!s->pos[0])
        s->pos = c->pos;
    s->mapped = true;
    work_cite_table(w, s->as, r, row->edition);
}

/* take_own - what the charge says itself */
static void take_own(struct work *w, struct service *s)
{
    const CcCharge *c = s->charge;

    if (c->revenue[0])
        s->revenue = c->revenue;
    if (c->place_of_service[0] && str_is_digits(c->place_of_service, 2, 2))
        s->pos = c->place_of_service;
    for (size_t i = 0; i < c->n_modifiers; i++)
        service_add_modifier(w, s, c->modifiers[i]);
}

/* under - the procedure that hangs under a charge (PR1 behind its FT1) and has a code to bill */
static const CcProcedure *under(const struct work *w, const CcCharge *c)
{
    for (size_t i = 0; i < w->enc->n_procedures; i++) {
        const CcProcedure *p = w->enc->procedures[i];

        if (p->parent[0] && strcmp(p->parent, c->ref) == 0 &&
            strcmp(p->event_id, c->event_id) == 0 && p->code &&
            (p->code->system == CODE_SYSTEM_HCPCS || p->code->system == CODE_SYSTEM_CPT))
            return p;
    }
    return NULL;
}

/* take_under - code and modifiers of the procedure under the charge, where the charge has none */
static void take_under(struct work *w, struct service *s)
{
    const CcProcedure *p = under(w, s->charge);

    if (!p || service_is_hcpcs(s))
        return;
    s->as->code->system = p->code->system;
    s->as->code->code = work_text(w, p->code->code);
    work_evidence(w, s->as, p->event_id, p->ref, p->code->text);
    for (size_t i = 0; i < p->n_modifiers && !s->charge->n_modifiers; i++)
        service_add_modifier(w, s, p->modifiers[i]);
}

/* rule_charge_master - by its charge code */
void rule_charge_master(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct table_row row;
        char key[CDM_KEY];

        if (!is_open(s) || !s->from_date)
            continue;
        take_own(w, s);
        take_under(w, s);
        if (work_key(key, sizeof(key), s->charge->cdm) &&
            find_cdm(w, key, s->from_date, &row) == LOOKUP_FOUND)
            cdm_take(w, r, s, &row);
    }
}

/* rule_charge_of_code - by a code that the charge gives beside or instead of a charge code */
void rule_charge_of_code(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct table_row row;

        if (!is_open(s) || !s->from_date)
            continue;
        if (cdm_by_code(w, s->as->code, s->from_date, &row) == LOOKUP_FOUND ||
            cdm_by_code(w, s->charge->code, s->from_date, &row) == LOOKUP_FOUND)
            cdm_take(w, r, s, &row);
        for (size_t k = 0; k < s->charge->n_also && !s->mapped; k++)
            if (cdm_by_code(w, s->charge->also[k], s->from_date, &row) == LOOKUP_FOUND)
                cdm_take(w, r, s, &row);
    }
}

/* ask_side - in a hospital a code alone does not tell who bills it */
static void ask_side(struct work *w, const struct rule *r, struct service *s)
{
    CcReviewItem *item = work_ask_service(w, r, s, "no-revenue",
                                          "Is this the facility's charge (which revenue code?) or "
                                          "the clinician's? The charge master does not know it.");

    if (!item->n_options)
        work_choice(w, item, "clinician", "the clinician's");
}

/* rule_charge_names_code - a HCPCS or CPT code that the charge master does not know: as given. A
 * revenue code makes it the facility's; without one it is the clinician's, unless the place is a
 * hospital, where nobody can tell */
void rule_charge_names_code(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];

        if (!is_open(s) || !s->from_date || (!service_is_hcpcs(s) && !s->revenue[0]))
            continue;
        given_unit_price(s);
        s->mapped = true;
        s->professional = s->charge->professional || (!s->revenue[0] && !w->place.hospital);
        s->institutional = !s->professional && s->revenue[0];
        work_cite(w, s->as, r);
        if (!s->professional && !s->institutional)
            ask_side(w, r, s);
    }
}

/* names_diagnosis - the item's code is a diagnosis of the visit */
static bool names_diagnosis(const struct work *w, const CcCode *c)
{
    for (size_t i = 0; c && c->code[0] && i < w->enc->n_diagnoses; i++) {
        const CcProblem *p = w->enc->diagnoses[i];

        if (p->code && p->code->system == c->system && strcmp(p->code->code, c->code) == 0)
            return true;
    }
    return false;
}

/* rule_diagnosis_as_item - senders list diagnoses among the items of a claim: nothing was given */
void rule_diagnosis_as_item(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++)
        if (is_open(&w->services[i]) && names_diagnosis(w, w->services[i].charge->code))
            work_reject_service(w, r, &w->services[i]);
}

/* rule_charge_unmapped - never dropped: a person maps it, or the charge master is missing */
void rule_charge_unmapped(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        char day[DATE_TEXT];

        if (!is_open(s) || !s->from_date)
            continue;
        date_text(s->from_date, day);
        if (!tables_edition(w->t, TABLE_CDM, s->from_date))
            work_ask_service(w, r, s, "no-table",
                             work_printf(w, "No edition of cdm covers %s. Load it.", day));
        else
            work_ask_service(
                w, r, s, "charge-unmapped",
                work_printf(w,
                            "Charge code \"%s\" is not in the charge master on %s. What is "
                            "billed for it?",
                            s->charge->cdm[0] ? s->charge->cdm : s->as->code->code, day));
    }
}
