/* institutional.c - 837I claims: the facility's bill, with UB-04 data and the roles of diagnoses */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "services/coder/claim.h"
#include "services/coder/party.h"
#include "services/coder/place.h"

/* Days before an admission whose outpatient services belong to the inpatient bill (L05). */
enum { PAYMENT_WINDOW_DAYS = 3, PROCEDURES_MAX = 25 };

/* Occurrence codes of accidents (NUBC 01 auto, 04 employment, 05 other) by the record's kind. */
static const struct {
    const char *kind, *code;
} accidents[] = {{"AA", "01"}, {"EM", "04"}, {"OA", "05"}};

/* by_rank - the diagnosis of a rank */
static struct dx *by_rank(struct work *w, uint32_t rank)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (w->dx[i].rank == rank)
            return &w->dx[i];
    return NULL;
}

/* push_role - one more entry of the list */
static void push_role(struct work *w, CcClaimDiagnosis ***list, size_t *n, const struct dx *d,
                      CcDiagnosisRole role)
{
    CcClaimDiagnosis *out = work_new(w, &cc_claim_diagnosis__descriptor);

    out->assignment = d->as;
    out->role = role;
    out->poa =
        role == DIAGNOSIS_ROLE_ADMITTING || role == DIAGNOSIS_ROLE_REASON ? POA_UNKNOWN : d->poa;
    out->rank = role == DIAGNOSIS_ROLE_ADMITTING || role == DIAGNOSIS_ROLE_REASON ? 0 : d->rank;
    event_push_pointer(w->a, (void ***)(void *)list, n, out);
}

/* is_unscheduled - a visit that asks why the patient came (UB-04 FL 70): emergency, observation */
static bool is_unscheduled(const struct work *w)
{
    CcEncounterClass class = w->enc->visit->class_;

    if (class == ENCOUNTER_CLASS_EMERGENCY || class == ENCOUNTER_CLASS_OBSERVATION)
        return true;
    for (size_t i = 0; i < w->n_services; i++)
        if (w->services[i].state == SERVICE_READY && (str_starts(w->services[i].revenue, "045") ||
                                                      strcmp(w->services[i].revenue, "0516") == 0 ||
                                                      strcmp(w->services[i].revenue, "0762") == 0))
            return true;
    return false;
}

/* why - codes that say why the patient came: of this use, coded */
static size_t why(struct work *w, CcProblemUse use, CcDiagnosisRole role, size_t most,
                  CcClaimDiagnosis ***list, size_t *n)
{
    size_t found = 0;

    for (size_t i = 0; i < w->n_dx && found < most; i++) {
        const struct dx *d = &w->dx[i];

        if (d->state != DX_CODED || d->problem->use != use)
            continue;
        push_role(w, list, n, d, role);
        found++;
    }
    return found;
}

/* push_why - admitting diagnosis of an inpatient, reasons of one who came unscheduled; the record's
 * words for both are the same, so one stands in for the other */
static void push_why(struct work *w, CcClaimDiagnosis ***list, size_t *n)
{
    CcDiagnosisRole role = w->inpatient ? DIAGNOSIS_ROLE_ADMITTING : DIAGNOSIS_ROLE_REASON;
    CcProblemUse first = w->inpatient ? PROBLEM_USE_ADMITTING : PROBLEM_USE_REASON;
    CcProblemUse second = w->inpatient ? PROBLEM_USE_REASON : PROBLEM_USE_ADMITTING;
    size_t most = w->inpatient ? 1 : CLAIM_REASONS;

    if (!w->inpatient && !is_unscheduled(w))
        return;
    if (!why(w, first, role, most, list, n))
        why(w, second, role, most, list, n);
}

/* claim_roles - principal, why the patient came, others, external causes */
void claim_roles(struct work *w, CcClaimDiagnosis ***list, size_t *n)
{
    size_t others = 0, external = 0;

    for (uint32_t rank = 1; rank <= w->n_dx; rank++) {
        const struct dx *d = by_rank(w, rank);

        if (!d || d->state != DX_CODED)
            continue;
        if (rank == 1 && !d->external)
            push_role(w, list, n, d, DIAGNOSIS_ROLE_PRINCIPAL);
        else if (d->external && external++ < CLAIM_EXTERNAL_DX)
            push_role(w, list, n, d, DIAGNOSIS_ROLE_EXTERNAL_CAUSE);
        else if (!d->external && others++ < CLAIM_OTHER_DX)
            push_role(w, list, n, d, DIAGNOSIS_ROLE_OTHER);
    }
    push_why(w, list, n);
}

/* before - procedures by the record's rank, then by what they were for, then day */
static int before(const void *x, const void *y)
{
    const struct service *a = *(const struct service *const *)x;
    const struct service *b = *(const struct service *const *)y;
    uint32_t ra = a->procedure->rank ? a->procedure->rank : UINT32_MAX;
    uint32_t rb = b->procedure->rank ? b->procedure->rank : UINT32_MAX;

    if (ra != rb)
        return ra < rb ? -1 : 1;
    if (a->related != b->related)
        return a->related < b->related ? -1 : 1;
    if (a->from_date != b->from_date)
        return a->from_date < b->from_date ? -1 : 1;
    return a < b ? -1 : a > b;
}

/* put_procedures - ICD-10-PCS, the first is the principal */
static void put_procedures(struct work *w, CcClaim *c)
{
    struct service **list = work_array(w, w->n_services, sizeof(struct service *));
    size_t n = 0;

    for (size_t i = 0; i < w->n_services && list; i++)
        if (w->services[i].state == SERVICE_READY &&
            w->services[i].as->code->system == CODE_SYSTEM_ICD10PCS)
            list[n++] = &w->services[i];
    if (n)
        qsort(list, n, sizeof(*list), before);
    for (size_t i = 0; i < n && i < PROCEDURES_MAX; i++) {
        CcClaimProcedure *p = work_new(w, &cc_claim_procedure__descriptor);

        p->assignment = list[i]->as;
        p->procedure_date = list[i]->from_date;
        p->rank = (uint32_t)i + 1;
        event_push(w->a, c, procedures, p);
    }
}

/* operating - who performed the principal procedure: as named there, else at the visit */
static CcProvider *operating(struct work *w, const CcClaim *c)
{
    for (size_t i = 0; c->n_procedures && i < w->n_services; i++) {
        const struct service *s = &w->services[i];

        for (size_t k = 0; s->as == c->procedures[0]->assignment && k < s->procedure->n_performers;
             k++) {
            CcProvider *p = party_of(w, s->procedure->performers[k], PROVIDER_ROLE_OPERATING);

            if (p && !p->organization)
                return p;
        }
    }
    return c->n_procedures ? party_in_role(w, PROVIDER_ROLE_OPERATING, PROVIDER_ROLE_OPERATING)
                           : NULL;
}

/* put_providers - billing, attending, operating, referring when another */
static void put_providers(struct work *w, CcClaim *c)
{
    CcProvider *billing = party_facility(w, PROVIDER_ROLE_BILLING);
    CcProvider *attending = party_attending(w), *surgeon = operating(w, c);
    CcProvider *referring = party_in_role(w, PROVIDER_ROLE_REFERRING, PROVIDER_ROLE_REFERRING);

    if (billing)
        event_push(w->a, c, providers, billing);
    if (attending)
        event_push(w->a, c, providers, attending);
    if (surgeon)
        event_push(w->a, c, providers, surgeon);
    if (referring && !referring->organization && !w->inpatient &&
        (!attending || strcmp(referring->npi, attending->npi) != 0))
        event_push(w->a, c, providers, referring);
}

/* hour_of - HHMM as the sender wrote it, else of the instant in the sender's zone */
static char *hour_of(struct work *w, const char *given, int64_t ms, int tz_min)
{
    if (str_is_digits(given, 4, 4))
        return work_text(w, given);
    return ms ? work_printf(w, "%04d", time_of_ms(ms, tz_min)) : work_text(w, "");
}

/* widen - the statement covers a line's days */
static void widen(CcClaim *c, int32_t from, int32_t thru)
{
    if (from && (!c->from_date || from < c->from_date))
        c->from_date = from;
    if (thru > c->thru_date)
        c->thru_date = thru;
}

/* in_window - before the admission, but not longer than the payment window */
static bool in_window(const struct work *w, int32_t day)
{
    int32_t admit = w->enc->visit->admit_date;

    return admit && date_valid(day) && day < admit && date_diff(admit, day) <= PAYMENT_WINDOW_DAYS;
}

/* put_statement - inpatient: the stay, and what the payment window adds; outpatient: the visit and
 * its lines */
static void put_statement(struct work *w, const struct bill *b, CcClaim *c)
{
    const CcVisit *v = w->enc->visit;

    widen(c, v->admit_date, v->discharge_date);
    for (size_t i = 0; i < b->n; i++) {
        const struct service *s = b->services[i];

        if (!w->inpatient)
            widen(c, s->from_date, s->thru_date);
        else if (in_window(w, s->from_date))
            widen(c, s->from_date, 0);
        else if (!v->discharge_date)
            widen(c, 0, s->thru_date);
    }
    if (!c->thru_date)
        c->thru_date = c->from_date;
}

/* put_stay - admission and discharge (UB-04 FL 12-17) */
static void put_stay(struct work *w, CcClaim *c)
{
    const CcVisit *v = w->enc->visit;

    c->admit_type = work_text(w, place_admit_type(w));
    c->admit_source = work_text(w, place_admit_source(w));
    c->discharge_status = work_text(w, place_status(w));
    if (!w->inpatient)
        return;
    c->admit_date = v->admit_date;
    c->admit_hour = hour_of(w, v->admit_hour, v->admit_ms, v->admit_tz_min);
    c->discharge_date = v->discharge_date;
    c->drg = work_text(w, v->drg);
    if (v->discharge_date)
        c->discharge_hour = hour_of(w, v->discharge_hour, v->discharge_ms, v->discharge_tz_min);
}

/* is_accommodation - room and board, nursery, intensive and coronary care */
static bool is_accommodation(const struct service *s)
{
    return s->revenue[0] == '0' && (s->revenue[1] == '1' || s->revenue[1] == '2') &&
           strcmp(s->revenue, "0220") < 0;
}

/* put_days - value code 80: the covered days that the accommodation lines charge */
static void put_days(struct work *w, const struct bill *b, CcClaim *c)
{
    int64_t milli = 0;
    CcValueAmount *v;

    for (size_t i = 0; i < b->n && w->inpatient; i++)
        if (is_accommodation(b->services[i]))
            milli += b->services[i]->units_milli;
    if (milli <= 0 || milli % 1000 || claim_has_value(c, "80"))
        return;
    v = work_new(w, &cc_value_amount__descriptor);
    v->code = work_text(w, "80");
    v->amount_cents = milli / 10;
    event_push(w->a, c, values, v);
}

/* put_accident - an occurrence, and the state of an auto accident */
static void put_accident(struct work *w, CcClaim *c)
{
    const CcAccident *x = w->enc->visit->accident;

    for (size_t i = 0; x && x->accident_date && i < sizeof(accidents) / sizeof(accidents[0]); i++) {
        CcCodeDate *o;

        if (strcmp(x->kind, accidents[i].kind) != 0)
            continue;
        o = work_new(w, &cc_code_date__descriptor);
        o->code = work_text(w, accidents[i].code);
        o->occurrence_date = x->accident_date;
        if (!claim_has_occurrence(c, o->code, o->occurrence_date))
            event_push(w->a, c, occurrences, o);
        c->accident_state = work_text(w, i == 0 ? x->state : "");
    }
}

/* make - one bill of these services */
static void make(struct work *w, const struct bill *b)
{
    CcClaim *c = claim_new(w, b);
    const char *bill = place_bill(w);

    c->type_of_bill = work_text(w, bill);
    if (strlen(bill) == 4)
        c->frequency = work_text(w, bill + 3);
    put_statement(w, b, c);
    put_stay(w, c);
    claim_roles(w, &c->diagnoses, &c->n_diagnoses);
    if (w->inpatient)
        put_procedures(w, c);
    put_providers(w, c);
    claim_given_codes(w, c);
    put_days(w, b, c);
    put_accident(w, c);
    claim_finish(w, b, c);
    claim_group(w, c);
}

/* claims_institutional - lines in order; the next bill begins where one is full */
void claims_institutional(struct work *w)
{
    struct bill b = {.kind = CLAIM_KIND_INSTITUTIONAL, .ordinal = 1};

    b.services = work_array(w, CLAIM_LINES_INSTITUTIONAL, sizeof(struct service *));
    for (size_t i = 0; i < w->n_services && b.services; i++) {
        struct service *s = &w->services[i];

        if (s->state != SERVICE_READY || !s->institutional)
            continue;
        if (b.n == CLAIM_LINES_INSTITUTIONAL) {
            make(w, &b);
            b.ordinal++;
            b.n = 0;
        }
        b.services[b.n++] = s;
    }
    if (b.services && b.n)
        make(w, &b);
}
