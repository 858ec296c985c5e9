/* text_code.c - conditions that only texts name
 *
 * They are coded where the visit has no diagnosis otherwise, or where they explain the sign that it
 * has, and their probability allows it; else a person is asked: with codes to choose from, never
 * with one to agree to. */
#include "services/coder/text.h"

#include <string.h>

#include "common/codes/codes.h"
#include "services/coder/relate.h"

enum { MISSED_OPTIONS = 20 };

/* has_diagnosis - one of the visit itself, coded or asked about already; one that a person read out
 * of its words leaves the other words open */
static bool has_diagnosis(const struct work *w)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if ((w->dx[i].state == DX_CODED || w->dx[i].state == DX_ASKED) &&
            w->dx[i].problem->use != PROBLEM_USE_REASON &&
            w->dx[i].problem->use != PROBLEM_USE_ADMITTING && w->dx[i].as->origin != ORIGIN_TEXT)
            return true;
    return false;
}

/* rule_text_missed - what only the texts name beside the record's diagnoses: told in one question
 * that stops nothing */
void rule_text_missed(struct work *w, const struct rule *r)
{
    CcReviewItem *item = NULL;

    for (size_t i = 0; i < w->n_finds && has_diagnosis(w); i++) {
        struct text_find *f = &w->finds[i];
        CcCodeAssignment *as;

        if (!text_is_open(f))
            continue;
        f->used = r;
        as = text_assign(w, f, r, CODE_STATUS_REVIEW);
        if (!item)
            item = work_ask(w, r, "text-missed",
                            "Texts of the record have words of conditions that the record does "
                            "not list. Which of them does it support for this visit?");
        event_push(w->a, item, proposed, as);
        for (size_t k = 0; k < as->n_evidence; k++)
            event_push(w->a, item, evidence, as->evidence[k]);
        if (item->n_options < MISSED_OPTIONS)
            work_option(w, item, CODE_SYSTEM_ICD10CM, f->code, f->code);
    }
    if (!item)
        return;
    work_option(w, item, CODE_SYSTEM_UNKNOWN, "", "none");
    dx_open_options(w, item);
}

/* add_dx - a diagnosis that only words name, behind those before it */
static struct dx *add_dx(struct work *w, const struct text_find *f)
{
    CcProblem *p = work_new(w, &cc_problem__descriptor);
    struct dx *d;

    p->code = work_new(w, &cc_code__descriptor);
    p->code->system = CODE_SYSTEM_ICD10CM;
    p->code->code = work_text(w, f->code);
    p->use = PROBLEM_USE_FINAL;
    p->ref = work_text(w, f->places[0].document->ref);
    p->event_id = work_text(w, f->places[0].document->event_id);
    d = work_add_dx(w, p);
    if (!d)
        return NULL;
    d->as->origin = ORIGIN_TEXT;
    d->as->confidence_ppm = f->ppm;
    d->as->n_evidence = 0;
    text_evidence(w, d->as, f);
    text_choices(w, d->as, f);
    return d;
}

/* ask_support - the code is one answer among others */
static void ask_support(struct work *w, const struct rule *r, struct dx *d,
                        const struct text_find *f)
{
    CcReviewItem *item = work_ask_dx(
        w, r, d, "text-support", "Which diagnosis, if any, do these words of the note support?");

    if (item->n_options)
        return;
    work_option(w, item, CODE_SYSTEM_ICD10CM, f->code, f->code);
    for (size_t i = 0; i < f->n_choices; i++)
        work_option(w, item, CODE_SYSTEM_ICD10CM, f->choice[i], f->choice[i]);
    work_option(w, item, CODE_SYSTEM_UNKNOWN, "", "none");
    dx_open_options(w, item);
}

/* code_find - a diagnosis of its words: coded when they are probable enough, else asked */
static void code_find(struct work *w, const struct rule *r, struct text_find *f)
{
    struct dx *d = add_dx(w, f);

    if (!d)
        return;
    f->used = r;
    if (f->measured_ppm >= text_levels().accept_ppm && !f->doubt && !w->inpatient)
        dx_accept(w, r, d, f->code, tables_edition(w->t, TABLE_ICD10CM, w->coding_date));
    else
        ask_support(w, r, d, f);
}

/* rule_text_interpreted - an outpatient's test that a physician has interpreted: the diagnosis of
 * the final report, where the visit has a sign of it; what it is integral to CM-I.B.5 knows */
void rule_text_interpreted(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_finds && !w->inpatient; i++) {
        struct text_find *f = &w->finds[i];

        if (text_is_open(f) && f->interpreted && sign_of(w, f->code))
            code_find(w, r, f);
    }
}

/* rule_text_coded - a visit that rests on words: what is probable enough is coded, the rest asked;
 * which condition occasioned a stay is never left to words */
void rule_text_coded(struct work *w, const struct rule *r)
{
    if (!w->n_finds || has_diagnosis(w))
        return;
    for (size_t i = 0; i < w->n_finds; i++) {
        struct text_find *f = &w->finds[i];

        if (text_is_open(f))
            code_find(w, r, f);
    }
}
