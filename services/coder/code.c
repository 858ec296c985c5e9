/* code.c - one visit through all rules, in phases, then claims of what is left without a question
 */
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
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

/* says - something of a service in a word of its own (lines/said.c) */
static bool says(const CcEncounter *enc)
{
    for (size_t i = 0; i < enc->n_observations; i++)
        if (enc->observations[i]->code && str_starts(enc->observations[i]->code->code, "SV-"))
            return true;
    return false;
}

/* facts - what there is before any rule */
static uint64_t facts(const struct work *w)
{
    return (w->inpatient ? WITH_STAY : 0) | (w->enc->n_observations ? WITH_RESULTS : 0) |
           (says(w->enc) ? WITH_SAID : 0) | (w->enc->n_orders ? WITH_ORDERS : 0) |
           (w->enc->n_medications ? WITH_DRUGS : 0) | (w->n_answered ? WITH_ANSWERS : 0) |
           (w->visit->n_earlier ? WITH_EARLIER : 0);
}

/* begin - what the rules look at */
static void begin(struct work *w)
{
    w->out->encounter = work_text(w, w->enc->encounter);
    answer_visit(w);
    w->coding_date = coding_date(w->enc);
    w->out->coding_date = w->coding_date;
    place_begin(w);
    gate_begin(w);
    gate_facts(w, facts(w));
    work_begin_dx(w);
    work_begin_services(w);
}

/* settle - a phase until no diagnosis moves any more, so that what comes first does not depend on
 * the order of rules */
static void settle(struct work *w, enum phase phase)
{
    gate_run(w, phase);
    for (size_t pass = 0; w->moved && pass < w->n_dx; pass++) {
        w->moved = false;
        gate_run(w, phase);
    }
    w->moved = false;
}

/* has_services - what the lines will be of */
static void has_services(struct work *w)
{
    for (size_t i = 0; i < w->n_services; i++)
        work_has_service(w, &w->services[i]);
}

/* run - every rule of the phases up to one */
static void run(struct work *w, int end)
{
    for (int p = 0; p < end; p++) {
        if (p == PHASE_LINE)
            has_services(w);
        settle(w, (enum phase)p);
        if (w->visit->twice)
            settle(w, (enum phase)p);
    }
}

/* blocking_first - questions that stop the claims stand before those that only tell */
static void blocking_first(struct work *w)
{
    CcReviewItem **list = work_array(w, w->out->n_review, sizeof(*list));
    size_t n = 0;

    for (int blocks = 1; blocks >= 0 && list; blocks--)
        for (size_t i = 0; i < w->out->n_review; i++)
            if (work_blocks(w->out->review[i]->reason) == (blocks == 1))
                list[n++] = w->out->review[i];
    if (n)
        memcpy(w->out->review, list, n * sizeof(*list));
}

/* conclude - claims of what there is; none goes out while a question touches them */
static void conclude(struct work *w)
{
    claims_institutional(w);
    claims_professional(w);
    claim_roles(w, &w->out->diagnoses, &w->out->n_diagnoses);
    earlier_tell(w);
    question_complete(w);
    blocking_first(w);
    w->out->open_question = w->blocked;
    if (w->blocked || w->self_pay)
        w->out->n_claims = 0;
}

/* finish - the result, unless something was in the way; spares that were used are wiped as an
 * arena is */
static int finish(const struct work *w, CcCodingResult **out, struct err *e)
{
    if (arena_exhausted(w->a))
        explicit_bzero(w->spares, sizeof(*w->spares));
    if (w->stop.class != ERR_NONE) {
        *e = w->stop;
        return -1;
    }
    if (arena_exhausted(w->a))
        return err_set(e, ERR_REJECT, "size", "the visit needs more memory than a message may");
    *out = w->out;
    return 0;
}

/* once - all rules over the visit, with the answers taken so far */
static bool once(struct work *w)
{
    w->out = event_new(w->a, &cc_coding_result__descriptor);
    if (!w->out)
        return false;
    begin(w);
    w->out->cancelled = w->visit->cancelled;
    if (!w->visit->cancelled) {
        run(w, PHASE_MAX);
        conclude(w);
    }
    return true;
}

/* coder_code - see coder.h. An answer may bring up the next question: again, until no other answer
 * belongs to what is asked. */
int coder_code(struct arena *a, const struct tables *t, struct text_shelf *shelf,
               const struct coder_visit *v, CcCodingResult **out, struct err *e)
{
    struct answered *list = NULL;
    struct work_spares spares;
    struct work w;
    size_t n = 0;

    do {
        w = (struct work){.a = a,
                          .t = t,
                          .shelf = shelf,
                          .visit = v,
                          .enc = v->folded,
                          .spares = &spares,
                          .answered = list,
                          .n_answered = n};
        if (!once(&w))
            return err_set(e, ERR_REJECT, "size", "the visit needs more memory than a message may");
    } while (w.stop.class == ERR_NONE && !arena_exhausted(a) && answer_collect(&w, &list, &n));
    for (size_t i = 0; i < n; i++)
        event_push(a, w.out, answered, list[i].answer->review_id);
    return finish(&w, out, e);
}

/* visit_of_note - a visit of which nothing but a note is known; NULL: no memory */
static CcEncounter *visit_of_note(struct arena *a, int32_t on, const char *text, size_t n)
{
    CcEncounter *enc = event_new(a, &cc_encounter__descriptor);
    CcDocument *d = event_new(a, &cc_document__descriptor);

    if (!enc || !d || !(enc->visit = event_new(a, &cc_visit__descriptor)) ||
        !event_push(a, enc, documents, d))
        return NULL;
    enc->visit->admit_date = on;
    d->ref = arena_strdup(a, "note");
    d->text.data = (uint8_t *)(uintptr_t)text;
    d->text.len = d->bytes = n;
    return d->ref ? enc : NULL;
}

/* coder_note - see coder.h */
int coder_note(struct arena *a, const struct tables *t, struct text_shelf *shelf, int32_t on,
               const char *text, size_t n, bool little, CcCodingResult **out, struct err *e)
{
    struct coder_visit v = {.folded = visit_of_note(a, on, text, n)};
    struct work_spares spares;
    struct work w = {.a = a,
                     .t = t,
                     .shelf = shelf,
                     .visit = &v,
                     .enc = v.folded,
                     .little = little,
                     .spares = &spares};

    w.out = event_new(a, &cc_coding_result__descriptor);
    if (!v.folded || !w.out)
        return err_set(e, ERR_REJECT, "size", "the note needs more memory than there is");
    begin(&w);
    run(&w, PHASE_POA);
    claim_roles(&w, &w.out->diagnoses, &w.out->n_diagnoses);
    question_complete(&w);
    blocking_first(&w);
    w.out->open_question = w.blocked;
    return finish(&w, out, e);
}
