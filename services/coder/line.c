/* line.c - a service is ready to be a line: code of the date, revenue code, units, amount, once */
#include <string.h>

#include "common/base/date.h"
#include "common/base/money.h"
#include "common/base/str.h"
#include "common/codes/codes.h"
#include "services/coder/lines/lines.h"
#include "services/coder/service.h"

/* is_mapped - known what it is, not yet ready */
static bool is_mapped(const struct service *s)
{
    return s->state == SERVICE_OPEN && s->mapped;
}

/* table_of - where a code is looked up; CPT is licensed: a site without the table bills the codes
 * of its charge master as they are */
static bool table_of(const struct work *w, const struct service *s, enum table_id *table)
{
    *table = s->as->code->system == CODE_SYSTEM_CPT ? TABLE_CPT : TABLE_HCPCS;
    return *table == TABLE_HCPCS || tables_edition(w->t, TABLE_CPT, s->from_date);
}

/* check_code - in force on the line's day */
static void check_code(struct work *w, const struct rule *r, struct service *s)
{
    struct table_row row;
    enum table_id table;
    char day[DATE_TEXT];

    if (!table_of(w, s, &table))
        return;
    switch (tables_find(w->t, table, s->as->code->code, NULL, s->from_date, &row)) {
    case LOOKUP_FOUND:
        work_cite_table(w, s->as, r, row.edition);
        break;
    case LOOKUP_ABSENT:
        work_ask_service(w, r, s, "not-billable",
                         work_printf(w,
                                     "%s is not in force on %s. Which code does the record "
                                     "support?",
                                     s->as->code->code, date_text(s->from_date, day)));
        break;
    case LOOKUP_NO_EDITION:
        fact_no_edition(w, r, s, table);
        break;
    }
}

/* rule_code_of_date - HCPCS and CPT by the line's date of service */
void rule_code_of_date(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++)
        if (is_mapped(&w->services[i]) && service_is_hcpcs(&w->services[i]))
            check_code(w, r, &w->services[i]);
}

/* rule_revenue - a facility's line needs a revenue code */
void rule_revenue(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];

        if (is_mapped(s) && s->institutional && !revenue_form(s->revenue))
            work_ask_service(w, r, s, "no-revenue", "Which revenue code has this facility charge?");
    }
}

/* is_professional_only_without_code - a clinician's line is a procedure code */
static bool lacks_code(const struct service *s)
{
    return s->professional && !service_is_hcpcs(s);
}

/* rule_units - more than none */
void rule_units(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];

        if (!is_mapped(s))
            continue;
        if (s->units_milli <= 0)
            work_ask_service(w, r, s, "amount", "How many units were given?");
        else if (lacks_code(s))
            work_ask_service(w, r, s, "charge-unmapped",
                             "Which HCPCS or CPT code does the clinician bill for this?");
        else if (s->charge && !s->charge->units_given)
            work_cite(w, s->as, r);
    }
}

/* rule_price - the charge's amount, else units times price; the service is ready then */
void rule_price(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];

        if (!is_mapped(s))
            continue;
        if (!s->priced) {
            work_ask_service(w, r, s, "no-price",
                             "What is charged for this? Neither the charge nor the charge master "
                             "has an amount.");
            continue;
        }
        work_cite(w, s->as, r);
        s->state = SERVICE_READY;
        s->as->status = CODE_STATUS_ACCEPTED;
    }
}

/* rule_free - most payers count what costs nothing; their rows say who wants to see none */
void rule_free(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];

        if (s->state == SERVICE_READY && s->charge && s->own_price && !s->charge_cents &&
            (s->professional || s->institutional) && !fact_wants(w, s, "0", true))
            work_reject_service(w, r, s);
    }
}

/* repeats - a modifier says that it was done again: two lines */
static bool repeats(const struct service *s)
{
    static const char *const again[] = {"76", "77", "91", NULL};

    for (size_t i = 0; i < s->n_modifiers; i++)
        if (str_in(s->modifiers[i], again))
            return true;
    return false;
}

/* same_modifiers - in the same order */
static bool same_modifiers(const struct service *a, const struct service *b)
{
    if (a->n_modifiers != b->n_modifiers)
        return false;
    for (size_t i = 0; i < a->n_modifiers; i++)
        if (strcmp(a->modifiers[i], b->modifiers[i]) != 0)
            return false;
    return true;
}

/* npi_of - of a charge's provider in a role */
static const char *npi_of(const struct service *s, CcProviderRole role)
{
    for (size_t i = 0; s->charge && i < s->charge->n_providers; i++)
        if (s->charge->providers[i]->role == role)
            return s->charge->providers[i]->npi;
    return "";
}

/* same_people - who did it and who ordered it */
static bool same_people(const struct service *a, const struct service *b)
{
    return strcmp(npi_of(a, PROVIDER_ROLE_RENDERING), npi_of(b, PROVIDER_ROLE_RENDERING)) == 0 &&
           strcmp(npi_of(a, PROVIDER_ROLE_ORDERING), npi_of(b, PROVIDER_ROLE_ORDERING)) == 0;
}

/* has_drug - with an NDC of its own */
static bool has_drug(const struct service *s)
{
    return s->charge && s->charge->drug && s->charge->drug->ndc[0];
}

/* same_line - one line of a bill: code, modifiers, revenue code, day, place, people */
static bool same_line(const struct service *a, const struct service *b)
{
    return a->as->code->system == b->as->code->system && a->from_date == b->from_date &&
           a->thru_date == b->thru_date && a->professional == b->professional &&
           a->institutional == b->institutional &&
           strcmp(a->as->code->code, b->as->code->code) == 0 && same_modifiers(a, b) &&
           !repeats(a) && strcmp(a->revenue, b->revenue) == 0 && strcmp(a->pos, b->pos) == 0 &&
           strcmp(a->unit_code, b->unit_code) == 0 && !has_drug(a) && !has_drug(b) &&
           same_people(a, b);
}

/* absorb - units and amounts add up; false: over the range */
static bool absorb(struct work *w, const struct rule *r, struct service *a, struct service *b)
{
    int64_t units, cents, fee;

    if (!money_add(a->units_milli, b->units_milli, &units) ||
        !money_add(a->charge_cents, b->charge_cents, &cents) ||
        !money_add(a->fee_cents, b->fee_cents, &fee))
        return false;
    a->units_milli = units;
    a->charge_cents = cents;
    a->fee_cents = fee;
    work_evidence_of(w, a->as, b->as);
    work_cite(w, a->as, r);
    b->state = SERVICE_MERGED;
    return true;
}

/* rule_merge - the same line twice is one with the units of both (PCS codes are no lines) */
void rule_merge(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++)
        for (size_t k = i + 1; k < w->n_services; k++) {
            struct service *a = &w->services[i], *b = &w->services[k];

            if (a->state == SERVICE_READY && b->state == SERVICE_READY && !a->procedure &&
                !b->procedure && same_line(a, b))
                absorb(w, r, a, b);
        }
}

/* rule_no_charges - nothing is left to bill, and no question says why */
void rule_no_charges(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        const struct service *s = &w->services[i];

        if (s->state == SERVICE_ASKED ||
            (s->state == SERVICE_READY && (s->professional || s->institutional)))
            return;
    }
    work_ask(w, r, "no-charges", "Nothing of this visit is charged. What of it is to be billed?");
}
