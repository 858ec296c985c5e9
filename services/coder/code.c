/* code.c - one visit through all rules, in phases, then claims of what is left without a question
 */
#include <string.h>

#include "common/base/date.h"
#include "services/coder/claim.h"
#include "services/coder/place.h"

/* last_charge - the last day of service that a charge gives */
static int32_t last_charge(const CcEncounter *enc)
{
    int32_t day = 0;

    for (size_t i = 0; i < enc->n_charges; i++)
        if (enc->charges[i]->service_date > day)
            day = enc->charges[i]->service_date;
    return day;
}

/* coding_date - inpatient: the discharge; else the last day of the visit (coding §1.1: the through
 * date) */
static int32_t coding_date(const CcEncounter *enc)
{
    const CcVisit *v = enc->visit;
    int32_t last = last_charge(enc);

    if (v->discharge_date)
        return v->discharge_date;
    if (class_is_inpatient(v->class_) && last)
        return last;
    return v->admit_date > last ? v->admit_date : last;
}

/* begin - what the rules look at */
static bool begin(struct work *w)
{
    if (!work_begin(w))
        return false;
    w->out->encounter = work_text(w, w->enc->encounter);
    w->coding_date = coding_date(w->enc);
    w->out->coding_date = w->coding_date;
    place_begin(w);
    work_begin_dx(w);
    work_begin_services(w);
    return true;
}

/* run - every rule in its order */
static void run(struct work *w)
{
    for (int phase = 0; phase < PHASE_MAX; phase++)
        for (const struct rule *r = coder_rules; r->id; r++)
            if ((int)r->phase == phase)
                r->apply(w, r);
}

/* conclude - claims of what there is; none goes out while a question touches them */
static void conclude(struct work *w)
{
    claims_institutional(w);
    claims_professional(w);
    claim_roles(w, &w->out->diagnoses, &w->out->n_diagnoses);
    question_complete(w);
    w->out->open_question = w->blocked;
    if (w->blocked)
        w->out->n_claims = 0;
}

/* coder_code - see coder.h */
int coder_code(struct arena *a, const struct tables *t, const struct coder_visit *v,
               CcCodingResult **out, struct err *e)
{
    struct work w = {.a = a, .t = t, .visit = v, .enc = v->folded};

    w.out = event_new(a, &cc_coding_result__descriptor);
    if (!w.out || !begin(&w))
        return err_set(e, ERR_REJECT, "size", "the visit needs more memory than a message may");
    w.out->cancelled = v->cancelled;
    if (!v->cancelled) {
        run(&w);
        conclude(&w);
    }
    if (arena_exhausted(a))
        return err_set(e, ERR_REJECT, "size", "the visit needs more memory than a message may");
    *out = w.out;
    return 0;
}
