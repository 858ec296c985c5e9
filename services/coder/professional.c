/* professional.c - 837P claims: the clinicians' work, by lines and diagnoses that fit one claim */
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "services/coder/claim.h"
#include "services/coder/party.h"
#include "services/coder/place.h"

/* The diagnoses one claim points to: bits by rank would not hold them all, so a list. */
struct need {
    uint32_t ranks[CLAIM_DX_PROFESSIONAL];
    size_t n;
};

/* has - is the rank among them? */
static bool has(const struct need *need, uint32_t rank)
{
    for (size_t i = 0; i < need->n; i++)
        if (need->ranks[i] == rank)
            return true;
    return false;
}

/* add - false: no room for a thirteenth */
static bool add(struct need *need, uint32_t rank)
{
    if (has(need, rank))
        return true;
    if (need->n == CLAIM_DX_PROFESSIONAL)
        return false;
    need->ranks[need->n++] = rank;
    return true;
}

/* first_rank - the visit's first-listed diagnosis that a clinician may bill; 0: none */
static uint32_t first_rank(const struct work *w)
{
    uint32_t best = 0;

    for (size_t i = 0; i < w->n_dx; i++)
        if (claim_takes(&w->dx[i], CLAIM_KIND_PROFESSIONAL) && !w->dx[i].external &&
            (!best || w->dx[i].rank < best))
            best = w->dx[i].rank;
    return best;
}

/* fits - the service's diagnoses beside those of the claim so far */
static bool fits(struct work *w, struct need *need, const struct service *s)
{
    struct need trial = *need;
    uint32_t ranks[CLAIM_POINTERS];
    bool named;
    size_t n = claim_pointers(w, s, ranks, &named);

    for (size_t i = 0; i < n; i++)
        if (!add(&trial, ranks[i]))
            return false;
    *need = trial;
    return true;
}

/* by_rank - the diagnosis of a rank */
static struct dx *by_rank(struct work *w, uint32_t rank)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (w->dx[i].rank == rank)
            return &w->dx[i];
    return NULL;
}

/* choose_dx - those pointed to, and others of the visit while there is room, in its order */
static void choose_dx(struct work *w, struct bill *b, struct need *need)
{
    for (uint32_t rank = 1; rank <= w->n_dx; rank++) {
        const struct dx *d = by_rank(w, rank);

        if (d && claim_takes(d, CLAIM_KIND_PROFESSIONAL))
            add(need, rank);
    }
    b->dx = work_array(w, CLAIM_DX_PROFESSIONAL, sizeof(struct dx *));
    b->n_dx = 0;
    for (uint32_t rank = 1; b->dx && rank <= w->n_dx; rank++)
        if (has(need, rank))
            b->dx[b->n_dx++] = by_rank(w, rank);
}

/* put_diagnoses - the first is the first-listed; no POA, no roles besides */
static void put_diagnoses(struct work *w, const struct bill *b, CcClaim *c)
{
    for (size_t i = 0; i < b->n_dx; i++) {
        CcClaimDiagnosis *d = work_new(w, &cc_claim_diagnosis__descriptor);

        d->assignment = b->dx[i]->as;
        d->role = i == 0 ? DIAGNOSIS_ROLE_PRINCIPAL : DIAGNOSIS_ROLE_OTHER;
        d->rank = (uint32_t)i + 1;
        event_push(w->a, c, diagnoses, d);
    }
}

/* put_facility - where the care was given, when that is not where the bill comes from */
static void put_facility(struct work *w, CcClaim *c, const CcProvider *billing)
{
    CcProvider *facility = party_facility(w, PROVIDER_ROLE_FACILITY);

    if (facility && billing && strcmp(facility->npi, billing->npi) != 0 &&
        strcmp(c->place_of_service, "12") != 0 && strcmp(c->place_of_service, "10") != 0)
        event_push(w->a, c, providers, facility);
}

/* put_providers - billing first; rendering when it is another than who bills */
static void put_providers(struct work *w, const struct bill *b, CcClaim *c)
{
    CcProvider *billing = party_group(w, PROVIDER_ROLE_BILLING);
    CcProvider *rendering = party_rendering(w, b->services[0]);
    CcProvider *referring = party_in_role(w, PROVIDER_ROLE_REFERRING, PROVIDER_ROLE_REFERRING);

    if (billing)
        event_push(w->a, c, providers, billing);
    if (rendering && (!billing || strcmp(rendering->npi, billing->npi) != 0))
        event_push(w->a, c, providers, rendering);
    if (referring && !referring->organization)
        event_push(w->a, c, providers, referring);
    put_facility(w, c, billing);
}

/* is_laboratory - CPT 80047-89398: work that a CLIA certificate covers */
static bool is_laboratory(const struct service *s)
{
    const char *code = s->as->code->code;

    return s->as->code->system == CODE_SYSTEM_CPT && code[0] == '8' && str_is_digits(code, 5, 5);
}

/* put_rest - dates, place, causes, certificate */
static void put_rest(struct work *w, const struct bill *b, CcClaim *c)
{
    const CcVisit *v = w->enc->visit;

    for (size_t i = 0; i < b->n; i++) {
        const struct service *s = b->services[i];

        if (!c->from_date || s->from_date < c->from_date)
            c->from_date = s->from_date;
        if (s->thru_date > c->thru_date)
            c->thru_date = s->thru_date;
        if (is_laboratory(s) && !c->clia[0])
            c->clia = work_kept(party_clia(w));
    }
    if (w->inpatient) {
        c->admit_date = v->admit_date;
        c->discharge_date = v->discharge_date;
    }
    if (v->accident && v->accident->kind[0]) {
        c->accident = v->accident;
        event_push(w->a, c, related_causes, work_text(w, v->accident->kind));
    }
}

/* make - one claim of these services */
static void make(struct work *w, struct bill *b, struct need *need)
{
    CcClaim *c;

    choose_dx(w, b, need);
    c = claim_new(w, b);
    c->place_of_service = work_text(w, place_of(w, b->services[0]));
    put_providers(w, b, c);
    put_diagnoses(w, b, c);
    put_rest(w, b, c);
    claim_finish(w, b, c);
}

/* claims_professional - lines in order; the next claim begins where one is full */
void claims_professional(struct work *w)
{
    struct bill b = {.kind = CLAIM_KIND_PROFESSIONAL, .ordinal = 1};
    uint32_t first = first_rank(w);
    struct need need = {.n = 0};

    b.services = work_array(w, CLAIM_LINES_PROFESSIONAL, sizeof(struct service *));
    if (first)
        add(&need, first);
    for (size_t i = 0; i < w->n_services && b.services; i++) {
        struct service *s = &w->services[i];

        if (s->state != SERVICE_READY || !s->professional)
            continue;
        if (b.n == CLAIM_LINES_PROFESSIONAL || (b.n && !fits(w, &need, s))) {
            make(w, &b, &need);
            b.ordinal++;
            b.n = 0;
            need.n = 0;
            if (first)
                add(&need, first);
        }
        if (!b.n)
            fits(w, &need, s);
        b.services[b.n++] = s;
    }
    if (b.services && b.n)
        make(w, &b, &need);
}
