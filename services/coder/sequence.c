/* sequence.c - each diagnosis once, which is first, what roles the others have
 *
 * The record ranks: by kind of entry (final and billing before working before what only a charge
 * names), then the rank it gives, then the place where it stands. Nothing looks at payment. */
#include "services/coder/relate.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"

/* Codes that are coded only when confirmed, even at the end of an inpatient stay: HIV, Zika,
 * COVID-19, avian, novel and other identified influenza. */
static const char *const confirmed_only[] = {"B20", "A925", "U071", "J09", "J10", NULL};

/* is_role_use - says why the patient came, not what was found */
static bool is_role_use(const struct dx *d)
{
    return d->problem->use == PROBLEM_USE_REASON || d->problem->use == PROBLEM_USE_ADMITTING;
}

/* rule_unidentified - of a stay: suspected avian, novel or identified influenza is the one that
 * nobody identified (J11), in the same shape where there is one */
void rule_unidentified(struct work *w, const struct rule *r)
{
    static const char *const shapes[][2] = {
        {"J09X1", "J1100"}, {"J09X2", "J111"},  {"J09X3", "J112"},  {"J09X9", "J1189"},
        {"J1000", "J1100"}, {"J1001", "J1100"}, {"J1008", "J1108"}, {"J101", "J111"},
        {"J102", "J112"},   {"J1081", "J1181"}, {"J1082", "J1182"}, {"J1083", "J1183"},
        {"J1089", "J1189"},
    };

    for (size_t i = 0; w->inpatient && i < w->n_dx; i++)
        for (size_t k = 0; k < sizeof(shapes) / sizeof(shapes[0]); k++)
            if (w->dx[i].state == DX_CODED && work_uncertain(&w->dx[i]) &&
                strcmp(w->dx[i].code, shapes[k][0]) == 0)
                dx_become(w, r, &w->dx[i], shapes[k][1]);
}

/* rule_confirmed_only - uncertain HIV, Zika, COVID-19, influenza */
void rule_confirmed_only(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_dx; i++) {
        struct dx *d = &w->dx[i];

        if (d->state != DX_CODED || !work_uncertain(d))
            continue;
        for (const char *const *c = confirmed_only; *c; c++)
            if (str_starts(d->code, *c)) {
                work_reject_dx(w, r, d);
                break;
            }
    }
}

/* absorb - the later entry's evidence goes to the first; the better kind and rank count */
static void absorb(struct work *w, const struct rule *r, struct dx *first, struct dx *later)
{
    work_evidence_of(w, first->as, later->as);
    work_cite(w, first->as, r);
    first->poa = dx_poa_of_both(first->poa, later->poa);
    if (later->order < first->order) {
        first->order = later->order;
        first->problem = later->problem;
        first->given = later->given;
        first->position = later->position;
    }
    work_reject_dx(w, r, later);
}

/* each_once - reported once; a role (why the patient came) stands beside it. NULL: the rule is
 * looked up where it is needed */
static void each_once(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_dx; i++)
        for (size_t k = i + 1; k < w->n_dx; k++) {
            struct dx *a = &w->dx[i], *b = &w->dx[k];

            if (a->key == b->key && a->state == DX_CODED && b->state == DX_CODED &&
                strcmp(a->code, b->code) == 0 && is_role_use(a) == is_role_use(b) &&
                (!is_role_use(a) || a->order == b->order))
                absorb(w, r ? r : rule_by_id("CM-I.B.12"), a, b);
        }
}

/* rule_same_code - reported once */
void rule_same_code(struct work *w, const struct rule *r)
{
    each_once(w, r);
}

/* is_final - stated as the result */
static bool is_final(const struct dx *d)
{
    return d->state == DX_CODED &&
           (d->problem->use == PROBLEM_USE_FINAL || d->problem->use == PROBLEM_USE_BILLING);
}

/* final_elsewhere - the visit has final diagnoses, none of them said together with this one */
static bool final_elsewhere(const struct work *w, const struct dx *d)
{
    bool any = false;

    for (size_t i = 0; i < w->n_dx; i++) {
        if (!is_final(&w->dx[i]))
            continue;
        if (strcmp(w->dx[i].problem->event_id, d->problem->event_id) == 0)
            return false;
        any = true;
    }
    return any;
}

/* rule_superseded - what was a working diagnosis gives way to final ones that another message
 * states without it */
void rule_superseded(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (w->dx[i].state == DX_CODED && w->dx[i].problem->use == PROBLEM_USE_WORKING &&
            final_elsewhere(w, &w->dx[i]))
            work_reject_dx(w, r, &w->dx[i]);
}

/* rule_postoperative - outpatient surgery: what the surgery found is the most definitive, and what
 * it was planned for gives way */
void rule_postoperative(struct work *w, const struct rule *r)
{
    bool found = false;

    for (size_t i = 0; i < w->n_dx && !w->inpatient; i++)
        found = found ||
                (w->dx[i].state == DX_CODED && w->dx[i].problem->use == PROBLEM_USE_POSTOPERATIVE);
    for (size_t i = 0; i < w->n_dx && found; i++)
        if (w->dx[i].state == DX_CODED && w->dx[i].problem->use == PROBLEM_USE_PREOPERATIVE)
            work_reject_dx(w, r, &w->dx[i]);
}

/* any_listed - besides external causes */
static bool any_listed(const struct work *w)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (dx_listed(&w->dx[i]) && !w->dx[i].external)
            return true;
    return false;
}

/* rule_reason_as_diagnosis - an outpatient visit without any diagnosis is coded by the reason it
 * had; otherwise, and for inpatients always, the reason is only a role */
void rule_reason_as_diagnosis(struct work *w, const struct rule *r)
{
    bool alone;

    for (size_t i = 0; i < w->n_dx; i++)
        w->dx[i].only_role = is_role_use(&w->dx[i]);
    alone = !w->inpatient && !any_listed(w);
    for (size_t i = 0; i < w->n_dx && alone; i++)
        if (w->dx[i].state == DX_CODED && w->dx[i].only_role) {
            w->dx[i].only_role = false;
            work_cite(w, w->dx[i].as, r);
        }
    each_once(w, NULL);
}

/* before - the record's order of two diagnoses */
static int before(const void *x, const void *y)
{
    const struct dx *a = *(const struct dx *const *)x, *b = *(const struct dx *const *)y;
    uint32_t ra = a->problem->rank ? a->problem->rank : UINT32_MAX;
    uint32_t rb = b->problem->rank ? b->problem->rank : UINT32_MAX;

    if (a->external != b->external)
        return a->external ? 1 : -1;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    if (ra != rb)
        return ra < rb ? -1 : 1;
    return a->position < b->position ? -1 : a->position > b->position;
}

/* rank_all - 1 for the first, external causes behind all others; once: later passes keep what rules
 * moved */
static void rank_all(struct work *w, const struct rule *r)
{
    struct dx **list = work_array(w, w->n_dx + 1, sizeof(struct dx *));
    size_t n = 0;

    each_once(w, NULL); /* combining may have made one code of two */
    for (size_t i = 0; i < w->n_dx && list; i++) {
        if (w->dx[i].rank)
            return;
        if (dx_listed(&w->dx[i]))
            list[n++] = &w->dx[i];
    }
    if (n)
        qsort(list, n, sizeof(*list), before);
    for (size_t i = 0; i < n; i++)
        list[i]->rank = (uint32_t)i + 1;
    if (n)
        work_cite(w, list[0]->as, r);
}

/* rule_principal - inpatient: established after study; the admitting diagnosis never */
void rule_principal(struct work *w, const struct rule *r)
{
    if (w->inpatient)
        rank_all(w, r);
}

/* rule_first_listed - outpatient: chiefly responsible for the visit */
void rule_first_listed(struct work *w, const struct rule *r)
{
    if (!w->inpatient)
        rank_all(w, r);
}

/* rule_external_cause - behind the others, and never alone */
void rule_external_cause(struct work *w, const struct rule *r)
{
    bool other = any_listed(w);

    for (size_t i = 0; i < w->n_dx; i++) {
        if (!dx_listed(&w->dx[i]) || !w->dx[i].external)
            continue;
        work_cite(w, w->dx[i].as, r);
        if (!other)
            work_ask_dx(w, r, &w->dx[i], "no-principal",
                        "The visit has only external causes. Which condition was cared for?");
    }
}

/* offer_roles - the codes that say why the patient came */
static void offer_roles(struct work *w, CcReviewItem *item)
{
    for (size_t i = 0; i < w->n_dx && item->n_options < 8; i++)
        if (w->dx[i].state == DX_CODED && w->dx[i].only_role)
            work_option(w, item, CODE_SYSTEM_ICD10CM, w->dx[i].code, w->dx[i].code);
}

/* any_asked - a question about a diagnosis is open already: it comes first */
static bool any_asked(const struct work *w)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (w->dx[i].state == DX_ASKED)
            return true;
    return false;
}

/* rule_no_diagnosis - a claim needs one */
void rule_no_diagnosis(struct work *w, const struct rule *r)
{
    CcReviewItem *item;

    if (any_listed(w) || any_asked(w) || !w->coding_date)
        return;
    item = work_ask(w, r, w->inpatient ? "no-principal" : "no-diagnosis",
                    w->inpatient ? "Which condition, after study, occasioned the admission?"
                                 : "Which diagnosis, condition or other reason was the visit for?");
    if (!item->n_options)
        offer_roles(w, item);
}
