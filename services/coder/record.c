/* record.c - what the record itself takes back, and what it only suspects */
#include "services/coder/relate.h"

#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/codes/codes.h"

/* work_uncertain - FHIR provisional, differential, unconfirmed */
bool work_uncertain(const struct dx *d)
{
    return d->problem->verification == VERIFICATION_PROVISIONAL ||
           d->problem->verification == VERIFICATION_DIFFERENTIAL;
}

/* rule_entered_in_error - the sender takes the entry back */
void rule_entered_in_error(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (w->dx[i].state == DX_OPEN && w->dx[i].problem->verification == VERIFICATION_ERROR)
            work_reject_dx(w, r, &w->dx[i]);
}

/* rule_refuted - ruled out */
void rule_refuted(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (w->dx[i].state == DX_OPEN && w->dx[i].problem->verification == VERIFICATION_REFUTED)
            work_reject_dx(w, r, &w->dx[i]);
}

/* rule_previous_condition - it ended before the visit began */
void rule_previous_condition(struct work *w, const struct rule *r)
{
    int32_t start = w->enc->visit->admit_date;

    for (size_t i = 0; i < w->n_dx; i++) {
        struct dx *d = &w->dx[i];

        if (d->state == DX_OPEN && start && d->problem->abatement_date &&
            d->problem->abatement_date < start &&
            d->problem->onset_date <= d->problem->abatement_date)
            work_reject_dx(w, r, d);
    }
}

/* points - one of the reasons names the entry */
static bool points(struct work *w, char *const *reasons, size_t n, const struct dx *d)
{
    for (size_t i = 0; i < n; i++)
        if (work_pointed(w, reasons[i]) == d)
            return true;
    return false;
}

/* is_addressed - something was done, ordered or charged for it in the visit */
static bool is_addressed(struct work *w, const struct dx *d)
{
    const CcEncounter *enc = w->enc;

    for (size_t i = 0; i < enc->n_procedures; i++)
        if (points(w, enc->procedures[i]->reasons, enc->procedures[i]->n_reasons, d))
            return true;
    for (size_t i = 0; i < enc->n_orders; i++)
        if (points(w, enc->orders[i]->reasons, enc->orders[i]->n_reasons, d))
            return true;
    for (size_t i = 0; i < enc->n_charges; i++)
        if (enc->charges[i]->kind == CHARGE_KIND_CHARGE &&
            points(w, enc->charges[i]->pointers, enc->charges[i]->n_pointers, d))
            return true;
    return false;
}

/* on_the_list - of the problem list, and not ranked by the visit itself */
static bool on_the_list(const struct dx *d)
{
    return d->state == DX_OPEN && d->problem->use == PROBLEM_USE_PROBLEM && !d->problem->rank;
}

/* rule_reported - an entry of the problem list that the visit evaluated or treated */
void rule_reported(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (on_the_list(&w->dx[i]) && is_addressed(w, &w->dx[i])) {
            w->dx[i].addressed = true;
            work_cite(w, w->dx[i].as, r);
        }
}

/* rule_problem_list - an entry of the problem list alone is no statement that it was cared for in
 * the visit */
void rule_problem_list(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (on_the_list(&w->dx[i]) && !w->dx[i].addressed)
            work_reject_dx(w, r, &w->dx[i]);
}

/* rule_finding_alone - of a stay: an abnormal finding that a charge names and no provider states */
void rule_finding_alone(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_dx && w->inpatient; i++)
        if (dx_listed(&w->dx[i]) && w->dx[i].from_charge &&
            dx_in(&w->dx[i], "R70-R72;R7301-R7302;R7309;R739;R74-R97"))
            work_reject_dx(w, r, &w->dx[i]);
}

/* rule_uncertain_outpatient - never coded; the signs and symptoms are */
void rule_uncertain_outpatient(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_dx && !w->inpatient; i++)
        if (w->dx[i].state == DX_OPEN && work_uncertain(&w->dx[i]))
            work_reject_dx(w, r, &w->dx[i]);
}

/* is_final - stated at the end of the stay */
static bool is_final(const struct dx *d)
{
    return d->problem->use == PROBLEM_USE_FINAL || d->problem->use == PROBLEM_USE_BILLING;
}

/* rule_uncertain_inpatient - uncertain at discharge: as if established; before: not */
void rule_uncertain_inpatient(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_dx && w->inpatient; i++) {
        struct dx *d = &w->dx[i];

        if (d->state != DX_OPEN || !work_uncertain(d))
            continue;
        if (is_final(d))
            work_cite(w, d->as, r);
        else
            work_reject_dx(w, r, d);
    }
}

/* ends_before_it_begins - or begins when the visit is over; a day more, for senders whose clocks
 * tell another zone than the visit's */
static bool ends_before_it_begins(const struct work *w, const CcProblem *p)
{
    return p->onset_date && ((p->abatement_date && p->abatement_date < p->onset_date) ||
                             (w->coding_date && p->onset_date > date_add(w->coding_date, 1)));
}

/* rule_entry_dates - which of the dates is wrong the record must say */
void rule_entry_dates(struct work *w, const struct rule *r)
{
    static const char *const options[] = {"it was there in the visit", "no diagnosis of this visit",
                                          NULL};

    for (size_t i = 0; i < w->n_dx; i++)
        if (dx_listed(&w->dx[i]) && ends_before_it_begins(w, w->dx[i].problem))
            dx_ask(w, r, &w->dx[i], "conflict",
                   work_printf(w,
                               "The dates of %s contradict each other or the visit. Which does "
                               "the record support?",
                               w->dx[i].code),
                   options);
}

/* denied - the entry that rules the same condition out; NULL: none */
static const struct dx *denied(const struct work *w, const struct dx *d)
{
    char plain[DX_CODE];

    for (size_t i = 0; i < w->n_dx; i++) {
        const CcProblem *p = w->dx[i].problem;

        if (p->verification == VERIFICATION_REFUTED && p->code->system == CODE_SYSTEM_ICD10CM &&
            code_plain(p->code->code, plain, sizeof(plain)) && strcmp(plain, d->code) == 0)
            return &w->dx[i];
    }
    return NULL;
}

/* rule_contradicted - stated and ruled out: what was only suspected gives way, else a question */
void rule_contradicted(struct work *w, const struct rule *r)
{
    static const char *const options[] = {"it was there", "no diagnosis of this visit", NULL};

    for (size_t i = 0; i < w->n_dx; i++) {
        struct dx *d = &w->dx[i];

        if (!dx_listed(d) || !denied(w, d))
            continue;
        if (work_uncertain(d))
            work_reject_dx(w, r, d);
        else
            dx_ask(w, r, d, "conflict",
                   work_printf(w,
                               "One entry of the record states %s, another rules it out. Which "
                               "does the record support?",
                               d->code),
                   options);
    }
}
