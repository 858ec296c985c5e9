/* pointer.c - which diagnoses a line is for: as the source points, else the first-listed */
#include <string.h>

#include "common/base/str.h"
#include "common/codes/codes.h"
#include "services/coder/claim.h"
#include "services/coder/relate.h"

/* claim_takes - see claim.h */
bool claim_takes(const struct dx *d, CcClaimKind kind)
{
    return d->rank && (kind == CLAIM_KIND_INSTITUTIONAL || !work_uncertain(d));
}

/* add_rank - once each, at most four */
static size_t add_rank(uint32_t out[CLAIM_POINTERS], size_t n, const struct dx *d)
{
    if (!d || !claim_takes(d, CLAIM_KIND_PROFESSIONAL))
        return n;
    for (size_t i = 0; i < n; i++)
        if (out[i] == d->rank)
            return n;
    if (n < CLAIM_POINTERS)
        out[n++] = d->rank;
    return n;
}

/* coded_as - the ranked diagnosis of the same code, or of the one that tells it too: an entry that
 * was merged points there */
static const struct dx *coded_as(const struct work *w, const struct dx *d)
{
    for (size_t i = 0; d && d->whole && i < w->n_dx; i++)
        d = &w->dx[d->whole - 1];
    if (!d || d->rank || !d->code[0])
        return d;
    for (size_t i = 0; i < w->n_dx; i++)
        if (w->dx[i].rank && strcmp(w->dx[i].code, d->code) == 0)
            return &w->dx[i];
    return d;
}

/* under_charge - diagnoses that hang under the charge (DG1 behind its FT1) */
static size_t under_charge(struct work *w, const CcCharge *c, uint32_t out[CLAIM_POINTERS],
                           size_t n, bool *named)
{
    for (size_t i = 0; i < w->n_dx; i++) {
        const CcProblem *p = w->dx[i].problem;

        if (!p->parent[0] || strcmp(p->parent, c->ref) != 0 ||
            strcmp(p->event_id, c->event_id) != 0)
            continue;
        *named = true;
        n = add_rank(out, n, coded_as(w, &w->dx[i]));
    }
    return n;
}

/* claim_pointers - as the source points, else what hangs under the charge */
size_t claim_pointers(struct work *w, const struct service *s, uint32_t out[CLAIM_POINTERS],
                      bool *named)
{
    char *const *list = s->charge ? s->charge->pointers : s->procedure->reasons;
    size_t count = s->charge ? s->charge->n_pointers : s->procedure->n_reasons, n = 0;

    *named = count > 0;
    for (size_t i = 0; i < count; i++)
        n = add_rank(out, n, coded_as(w, work_pointed(w, list[i])));
    return n == 0 && s->charge ? under_charge(w, s->charge, out, n, named) : n;
}

/* rejected - the pointer names an entry that was seen and not coded: nothing is missing */
static bool rejected(struct work *w, const struct service *s)
{
    char *const *list = s->charge ? s->charge->pointers : s->procedure->reasons;
    size_t count = s->charge ? s->charge->n_pointers : s->procedure->n_reasons;

    for (size_t i = 0; i < count; i++) {
        const struct dx *d = work_pointed(w, list[i]);

        if (d && d->state == DX_REJECTED)
            return true;
    }
    return false;
}

/* is_professional - a line that carries pointers */
static bool is_professional(const struct service *s)
{
    return s->state == SERVICE_READY && s->professional;
}

/* ask_pointed - the diagnoses of the visit, in their order */
static void ask_pointed(struct work *w, const struct rule *r, struct service *s)
{
    CcReviewItem *item = work_ask_about(
        w, r, "pointer",
        "Which diagnosis is the charge for? It points to one that the record does not hold.",
        s->as);
    char title[DX_TITLE], shown[DX_CODE + 2];

    if (item->n_options)
        return;
    for (uint32_t rank = 1; rank <= w->n_dx; rank++) {
        const struct dx *d = dx_ranked(w, rank);

        if (d && claim_takes(d, CLAIM_KIND_PROFESSIONAL))
            work_option(w, item, CODE_SYSTEM_ICD10CM, d->code,
                        work_printf(w, "%s %s", icd10cm_display(d->code, shown),
                                    dx_title(w, d->code, title, sizeof(title))));
    }
}

/* rule_pointers - a line that points to something the record does not hold */
void rule_pointers(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services && !w->blocked; i++) {
        struct service *s = &w->services[i];
        uint32_t ranks[CLAIM_POINTERS];
        bool named = false;

        if (!is_professional(s) || claim_pointers(w, s, ranks, &named) || !named)
            continue;
        if (!rejected(w, s))
            ask_pointed(w, r, s);
    }
}

/* rule_first_listed_pointer - a line that points to nothing coded is for the first-listed */
void rule_first_listed_pointer(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        uint32_t ranks[CLAIM_POINTERS];
        bool named;

        if (is_professional(s) && claim_pointers(w, s, ranks, &named) == 0)
            work_cite(w, s->as, r);
    }
}

/* rule_clinician_diagnosis - what is uncertain stays off a clinician's claim, also inpatient */
void rule_clinician_diagnosis(struct work *w, const struct rule *r)
{
    bool wanted = false;

    for (size_t i = 0; i < w->n_services; i++)
        wanted = wanted || is_professional(&w->services[i]);
    for (size_t i = 0; i < w->n_dx && wanted; i++)
        wanted = !(claim_takes(&w->dx[i], CLAIM_KIND_PROFESSIONAL) && !w->dx[i].external);
    if (wanted && !w->blocked)
        work_ask(w, r, "no-diagnosis",
                 "Which sign, symptom or reason does the clinician bill for? All diagnoses of the "
                 "stay are uncertain.");
}
