/* procedure.c - procedures of the record: ICD-10-PCS for inpatient bills, and services that no
 * charge carries */
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/codes/codes.h"
#include "services/coder/pcs/pcs.h"
#include "services/coder/service.h"

/* is_open - a procedure that is still to be decided */
static bool is_open(const struct service *s)
{
    return s->state == SERVICE_OPEN && s->procedure && !s->mapped;
}

/* is_pcs - an ICD-10-PCS code */
static bool is_pcs(const struct service *s)
{
    return s->as->code->system == CODE_SYSTEM_ICD10PCS;
}

/* accept_pcs - as given */
static void accept_pcs(struct work *w, const struct rule *r, struct service *s, const char *code,
                       const struct edition_info *edition)
{
    s->state = SERVICE_READY;
    s->mapped = true;
    s->as->status = CODE_STATUS_ACCEPTED;
    s->as->code->code = work_text(w, code);
    work_cite_table(w, s->as, r, edition);
}

/* fault_text - where it leaves the tables */
static const char *fault_text(struct work *w, const char *code, const struct pcs_fault *fault)
{
    if (!fault->values[0])
        return work_printf(w, "there is no table %.3s", code);
    return work_printf(w,
                       "no row of table %.3s has %c as character %d behind the characters "
                       "before it; rows have %s there",
                       code, code[fault->position - 1], fault->position, fault->values);
}

/* offer_values - the codes that differ in the wrong character alone */
static void offer_values(struct work *w, CcReviewItem *item, const char *code,
                         const struct pcs_fault *fault)
{
    for (const char *v = fault->values; *v; v++) {
        char other[PCS_CODE];
        struct table_row row;
        struct pcs_fault none;

        memcpy(other, code, PCS_CODE);
        other[fault->position - 1] = *v;
        if (pcs_check(w->t, other, w->coding_date, &row, &none) == PCS_LEGAL)
            work_option(w, item, CODE_SYSTEM_ICD10PCS, other, other);
    }
}

/* ask_pcs - which code, with what the tables allow where they are loaded */
static void ask_pcs(struct work *w, const struct rule *r, struct service *s, const char *code,
                    enum pcs_answer answer, const struct pcs_fault *fault)
{
    bool told = answer == PCS_ILLEGAL;
    CcReviewItem *item = work_ask_service(
        w, r, s, "not-billable",
        work_printf(w,
                    "%s is no ICD-10-PCS code on the day of discharge%s%s. Which code does the "
                    "record support?",
                    code, told ? ": " : "", told ? fault_text(w, code, fault) : ""));

    if (told)
        offer_values(w, item, code, fault);
}

/* check_pcs - a code of the fiscal year of the discharge, by its list and its tables, on inpatient
 * bills only */
static void check_pcs(struct work *w, const struct rule *r, struct service *s)
{
    struct table_row row, table;
    struct pcs_fault fault = {0, ""};
    char code[16];
    enum lookup found;
    enum pcs_answer answer;

    if (!w->inpatient || !code_plain(s->as->code->code, code, sizeof(code))) {
        work_reject_service(w, r, s);
        return;
    }
    found = tables_find(w->t, TABLE_ICD10PCS, code, NULL, w->coding_date, &row);
    answer = icd10pcs_form(code) ? pcs_check(w->t, code, w->coding_date, &table, &fault)
                                 : PCS_NO_EDITION;
    if (found == LOOKUP_FOUND && table_col_is(&row, "billable", "Y"))
        accept_pcs(w, r, s, code, row.edition);
    else if (found == LOOKUP_NO_EDITION && answer == PCS_LEGAL)
        accept_pcs(w, r, s, code, table.edition);
    else if (found == LOOKUP_NO_EDITION && answer == PCS_NO_EDITION)
        work_ask_service(w, r, s, "no-table",
                         "No edition of icd10pcs covers the day of discharge. Load it.");
    else
        ask_pcs(w, r, s, code, answer, &fault);
}

/* rule_pcs - all of them */
void rule_pcs(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services && w->coding_date; i++)
        if (is_open(&w->services[i]) && is_pcs(&w->services[i]))
            check_pcs(w, r, &w->services[i]);
}

/* hangs_under - PR1 behind its FT1 */
static bool hangs_under(const struct service *s, const CcCharge *c)
{
    return s->procedure->parent[0] && strcmp(s->procedure->parent, c->ref) == 0 &&
           strcmp(s->event_id, c->event_id) == 0;
}

/* charge_of - the charge that carries a procedure of the same day; credited ones count, so that
 * what was taken back does not come in again by another door */
static struct service *charge_of(struct work *w, const struct service *s)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *x = &w->services[i];

        if (!x->charge || (s->from_date && x->from_date && x->from_date != s->from_date))
            continue;
        if (hangs_under(s, x->charge) || service_says(x, s->procedure->code))
            return x;
    }
    return NULL;
}

/* completed_too - another entry says that the same was done to its end that day */
static bool completed_too(const struct work *w, const struct service *s)
{
    for (size_t i = 0; i < w->n_services; i++) {
        const CcProcedure *p = w->services[i].procedure;

        if (p && p != s->procedure && p->code->system == s->procedure->code->system &&
            strcmp(p->code->code, s->procedure->code->code) == 0 &&
            p->procedure_date == s->procedure->procedure_date &&
            strcmp(p->status, "completed") == 0)
            return true;
    }
    return false;
}

/* tell_charge - its charge learns that it was stopped; one for what was never done is a question */
static void tell_charge(struct work *w, const struct rule *r, struct service *s)
{
    struct service *charge = completed_too(w, s) ? NULL : charge_of(w, s);

    if (!charge || charge->state != SERVICE_OPEN)
        return;
    work_evidence(w, charge->as, s->event_id, s->ref, "");
    if (strcmp(s->procedure->status, "stopped") == 0)
        charge->done = s->procedure;
    else if (strcmp(s->procedure->status, "not-done") == 0)
        work_ask_service(w, r, charge, "undocumented",
                         "The record says that what is charged was not done. Which is right?");
}

/* rule_not_done - only what was completed is billed as a procedure */
void rule_not_done(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];

        if (!is_open(s) || !s->procedure->status[0] ||
            strcmp(s->procedure->status, "completed") == 0)
            continue;
        tell_charge(w, r, s);
        work_reject_service(w, r, s);
    }
}

/* rule_charged_procedure - a charge carries it: evidence, not a second line */
void rule_charged_procedure(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i], *charge;

        if (!is_open(s) || is_pcs(s))
            continue;
        charge = charge_of(w, s);
        if (!charge)
            continue;
        work_evidence(w, charge->as, s->event_id, s->ref, "");
        if (!charge->done)
            charge->done = s->procedure;
        work_reject_service(w, r, s);
    }
}

/* has_charges - does the record charge at all? */
static bool has_charges(const struct work *w)
{
    for (size_t i = 0; i < w->enc->n_charges; i++)
        if (w->enc->charges[i]->kind == CHARGE_KIND_CHARGE)
            return true;
    return false;
}

/* find_row - the charge master's row of the procedure, by any of its codings */
static bool find_row(struct work *w, const struct service *s, struct table_row *row)
{
    const CcProcedure *p = s->procedure;

    if (cdm_by_code(w, p->code, s->from_date, row) == LOOKUP_FOUND)
        return true;
    for (size_t i = 0; i < p->n_also; i++)
        if (cdm_by_code(w, p->also[i], s->from_date, row) == LOOKUP_FOUND)
            return true;
    return false;
}

/* may_charge - FHIR senders charge by Claim.item and ChargeItem what they charge, but vaccines and
 * procedures often only by being done; HL7 charges are FT1, so beside those a procedure is a
 * question */
static bool may_charge(const struct work *w)
{
    return !has_charges(w) || strcmp(w->enc->format, "fhir") == 0;
}

/* rule_procedure_charge - done, in the charge master, and charged by nothing else */
void rule_procedure_charge(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services && may_charge(w); i++) {
        struct service *s = &w->services[i];
        struct table_row row;

        if (!is_open(s) || is_pcs(s) || !s->from_date || !find_row(w, s, &row))
            continue;
        for (size_t k = 0; k < s->procedure->n_modifiers; k++)
            service_add_modifier(w, s, s->procedure->modifiers[k]);
        cdm_take(w, r, s, &row);
    }
}

/* rule_missed_charge - done, would be billed, and nothing charges it: told, never added */
void rule_missed_charge(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct table_row row;

        if (!is_open(s) || is_pcs(s))
            continue;
        if (service_is_hcpcs(s) || (s->from_date && find_row(w, s, &row)))
            work_ask_service(w, r, s, "missed-charge",
                             work_printf(w,
                                         "Procedure %s was done and is not charged. What is "
                                         "billed for it?",
                                         s->procedure->code->code));
    }
}

/* rule_no_charge_row - done, and nothing that the site bills for */
void rule_no_charge_row(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++)
        if (is_open(&w->services[i]) && !is_pcs(&w->services[i]))
            work_reject_service(w, r, &w->services[i]);
}
