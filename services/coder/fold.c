/* fold.c - the events of one encounter become one encounter
 *
 * Single values (class, dates, names): the last event that gives one, those that speak for the
 * visit (ADT, BAR, FHIR Encounter) before those beside a charge, document or result. Sets: see
 * fold_set.c. Whether there is a visit at all, whether it is over and whether it may be billed
 * follows from what kind of event came last. */
#include "services/coder/fold.h"

#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"

/* What an event does to the life of the visit. */
enum effect {
    EFFECT_NONE,
    EFFECT_CANCEL,         /* there is no visit */
    EFFECT_CANCEL_PLANNED, /* there is none unless the patient came */
    EFFECT_REOPEN,         /* the discharge did not happen */
    EFFECT_END,            /* the account takes no more charges */
};

/* HL7 triggers that take something back, and BAR^P06 which closes an account (HL7 2.5.1 ch. 3, 6).
 * Others of kind `cancel` (transfers, leaves, tracking) change nothing for a claim. */
static const struct {
    const char *trigger;
    enum effect effect;
} triggers[] = {
    {"A11", EFFECT_CANCEL},         /* admit, visit notification */
    {"A13", EFFECT_REOPEN},         /* discharge, end of visit */
    {"A23", EFFECT_CANCEL},         /* delete a patient record: this visit */
    {"A27", EFFECT_CANCEL_PLANNED}, /* pending admit */
    {"A38", EFFECT_CANCEL_PLANNED}, /* pre-admit */
    {"P06", EFFECT_END},            /* end account */
};

/* Days after a visit in which news about the patient that belongs to no encounter still concern
 * it: the longest filing limit (a calendar year) and a month. */
enum { PATIENT_NEWS_DAYS = 396 };

struct fold {
    struct arena *a;
    CcEncounter *out;
    CcVisit *strong, *weak;
    CcPatient *strong_patient, *weak_patient;
    struct fold_sets sets;
    bool cancelled, came, discharge_undone, bill, over;
    bool has_weak; /* the weak sides hold something */
};

/* trigger_effect - by the trigger in the type ("ADT^A11^ADT_A09") */
static enum effect trigger_effect(const CcEncounter *e)
{
    const char *caret = strchr(e->type, '^');

    for (size_t i = 0; caret && i < sizeof(triggers) / sizeof(triggers[0]); i++)
        if (strncmp(caret + 1, triggers[i].trigger, 3) == 0)
            return triggers[i].effect;
    return EFFECT_NONE;
}

/* reopen - a discharge that did not happen: what rested on it goes */
static void reopen(struct fold *f)
{
    CcVisit *v = f->strong;

    v->discharge_date = 0;
    v->discharge_ms = 0;
    v->discharge_hour = (char *)(uintptr_t) "";
    v->discharge_status = (char *)(uintptr_t) "";
    f->over = f->bill = false;
    f->discharge_undone = true;
}

/* apply_effect - of an event that takes something back */
static void apply_effect(struct fold *f, enum effect effect)
{
    switch (effect) {
    case EFFECT_CANCEL:
        f->cancelled = true;
        f->bill = false;
        break;
    case EFFECT_CANCEL_PLANNED:
        f->cancelled = f->cancelled || !f->came;
        break;
    case EFFECT_REOPEN:
        reopen(f);
        break;
    case EFFECT_END:
        f->over = f->bill = true;
        break;
    case EFFECT_NONE:
        break;
    }
}

/* arrive - the patient came, or comes again after a cancel */
static void arrive(struct fold *f, bool came)
{
    f->cancelled = false;
    f->came = f->came || came;
}

/* apply_fhir - Encounter.status is the whole truth of its event */
static void apply_fhir(struct fold *f, const CcEncounter *e)
{
    CcVisitStatus status = e->visit ? e->visit->status : VISIT_STATUS_UNKNOWN;

    f->cancelled = status == VISIT_STATUS_CANCELLED;
    f->over = status == VISIT_STATUS_FINISHED;
    f->bill = f->over;
    f->came = f->came || f->over || status == VISIT_STATUS_ACTIVE;
}

/* apply_kind - what the event means for the life of the visit */
static void apply_kind(struct fold *f, const CcEncounter *e)
{
    switch (e->event) {
    case EVENT_KIND_PREADMIT:
        arrive(f, false);
        break;
    case EVENT_KIND_ADMIT:
    case EVENT_KIND_REGISTER:
        arrive(f, true);
        break;
    case EVENT_KIND_DISCHARGE:
        arrive(f, true);
        f->over = true;
        f->discharge_undone = false;
        break;
    case EVENT_KIND_CANCEL:
    case EVENT_KIND_BILL:
        apply_effect(f, trigger_effect(e));
        break;
    case EVENT_KIND_ENCOUNTER:
        apply_fhir(f, e);
        break;
    default:
        break;
    }
    if (e->bill)
        f->bill = true;
}

/* concerns - news about the patient concern a visit when they come in its own message, or not long
 * after it */
static bool concerns(const struct fold *f, const struct fold_event *e, CcEncounter *const *events,
                     size_t n)
{
    const CcVisit *v = f->strong;
    int32_t left = v->discharge_date ? v->discharge_date : v->admit_date;
    int32_t day = date_of_ms(e->event->event_ms, 0);

    for (size_t i = 0; i < n; i++)
        if (events[i]->closing_id[0] && strcmp(events[i]->closing_id, e->event->event_id) == 0)
            return true;
    if (!e->event->event_ms || !date_valid(left) || !date_valid(day))
        return true;
    return date_diff(day, left) <= PATIENT_NEWS_DAYS;
}

/* take_patient - first what the event takes back, then what it says */
static void take_patient(struct fold *f, const struct fold_event *e)
{
    const CcPatient *from = e->event->patient;

    fold_clear(e, "patient", &f->strong_patient->base, &f->weak_patient->base);
    fold_take(e->strong ? &f->strong_patient->base : &f->weak_patient->base,
              from ? &from->base : NULL);
}

/* take_visit - the same */
static void take_visit(struct fold *f, const struct fold_event *e)
{
    const CcVisit *from = e->event->visit;

    fold_clear(e, "visit", &f->strong->base, &f->weak->base);
    fold_take(e->strong ? &f->strong->base : &f->weak->base, from ? &from->base : NULL);
}

/* apply - one event */
static void apply(struct fold *f, const struct fold_event *e)
{
    f->has_weak |= !e->strong;
    take_patient(f, e);
    fold_sets_apply(f->a, &f->sets, e);
    if (e->of_patient)
        return;
    if (!f->out->facility[0] || e->strong)
        fold_values(&f->out->base, &e->event->base, !e->strong);
    take_visit(f, e);
    apply_kind(f, e->event);
}

/* has_visit_charges - a clinic visit is over when its charges are there: nobody sends a discharge
 * for it */
static bool has_visit_charges(const CcEncounter *out)
{
    switch (out->visit->class_) {
    case ENCOUNTER_CLASS_OUTPATIENT:
    case ENCOUNTER_CLASS_VIRTUAL:
    case ENCOUNTER_CLASS_HOME:
        return out->n_charges > 0;
    default:
        return false;
    }
}

/* finish - visit and patient from both sides, status, sets */
static void finish(struct fold *f, struct coder_visit *v)
{
    CcVisit *visit = f->strong;

    if (f->discharge_undone) {
        f->weak->discharge_date = 0;
        f->weak->discharge_ms = 0;
    }
    if (f->has_weak) {
        fold_fill(&visit->base, &f->weak->base);
        fold_fill(&f->strong_patient->base, &f->weak_patient->base);
    }
    f->out->visit = visit;
    f->out->patient = f->strong_patient;
    fold_sets_finish(f->a, &f->sets, f->out);
    v->cancelled = f->cancelled;
    v->finished = f->over || visit->discharge_date || has_visit_charges(f->out);
    v->ready = f->bill && !f->cancelled;
    visit->status = f->cancelled  ? VISIT_STATUS_CANCELLED
                    : v->finished ? VISIT_STATUS_FINISHED
                                  : visit->status;
    f->out->bill = v->ready;
    v->folded = f->out;
}

/* missing_closing - the closing event that one of the events announced and that is not here */
static const char *missing_closing(CcEncounter *const *events, size_t n,
                                   CcEncounter *const *of_patient, size_t m)
{
    for (size_t i = 0; i < n; i++) {
        bool here = events[i]->closing_id[0] == '\0';

        for (size_t j = 0; j < m && !here; j++)
            here = strcmp(of_patient[j]->event_id, events[i]->closing_id) == 0;
        if (!here)
            return events[i]->closing_id;
    }
    return "";
}

/* begin - empty sides */
static bool begin(struct fold *f, struct arena *a)
{
    f->a = a;
    f->out = event_new(a, &cc_encounter__descriptor);
    f->strong = event_new(a, &cc_visit__descriptor);
    f->weak = event_new(a, &cc_visit__descriptor);
    f->strong_patient = event_new(a, &cc_patient__descriptor);
    f->weak_patient = event_new(a, &cc_patient__descriptor);
    return !arena_exhausted(a);
}

/* coder_fold - in folding order, whatever the order of arrival */
int coder_fold(struct arena *a, CcEncounter *const *events, size_t n,
               CcEncounter *const *of_patient, size_t m, struct coder_visit *out, struct err *e)
{
    struct fold f = {0};
    struct coder_visit v = {0};
    size_t count = 0;
    struct fold_event *order = fold_order(a, events, n, of_patient, m, &count);

    if (!order || !begin(&f, a))
        return err_set(e, ERR_REJECT, "size", "encounter: more events than its memory holds");
    for (size_t i = 0; i < count; i++)
        if (!order[i].of_patient || concerns(&f, &order[i], events, n))
            apply(&f, &order[i]);
    finish(&f, &v);
    if (f.sets.failed || arena_exhausted(a))
        return err_set(e, ERR_REJECT, "size", "encounter: more events than its memory holds");
    v.waits = missing_closing(events, n, of_patient, m);
    *out = v;
    return 0;
}
