/* text_rules.c - what texts say beside the structured record
 *
 * A diagnosis of the record wins over the same one in words: the words become its evidence. Words
 * that deny it, or that state what the record refutes, are a conflict and stop the claim. What
 * becomes of conditions that only words name: text_code.c. */
#include "services/coder/text.h"

#include <string.h>

#include "common/base/str.h"
#include "common/codes/codes.h"
#include "services/coder/relate.h"

enum { CATEGORY = 3 };

/* rule_text_read - all that the visit holds */
void rule_text_read(struct work *w, const struct rule *r)
{
    text_read_all(w, r);
}

/* same_thing - the find's code, or its words name a category that holds this one */
static bool same_thing(const struct text_find *f, const char *code)
{
    return strcmp(f->code, code) == 0 || (f->node[0] && str_starts(code, f->node));
}

/* same_category - the first three characters */
static bool same_category(const struct text_find *f, const char *code)
{
    return strncmp(f->code, code, CATEGORY) == 0;
}

/* worth_asking - probable enough, or the provider's own statement: what an assessment says is never
 * dropped (Guidelines I.A.19) */
static bool worth_asking(const struct text_find *f)
{
    return f->assessed || f->ppm >= text_levels().report_ppm;
}

/* text_is_open - see text.h */
bool text_is_open(const struct text_find *f)
{
    return f->said == TEXT_PLAIN && !f->used && worth_asking(f);
}

/* rule_text_supports - the words are evidence of the record's own code */
void rule_text_supports(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_dx; i++)
        for (size_t k = 0; k < w->n_finds && w->dx[i].state == DX_CODED; k++) {
            struct text_find *f = &w->finds[k];

            if (f->said != TEXT_PLAIN || (f->used && f->used != r) || !same_thing(f, w->dx[i].code))
                continue;
            f->used = r;
            work_cite(w, w->dx[i].as, r);
            text_evidence(w, w->dx[i].as, f);
        }
}

/* is_general - does a title leave something open? */
static bool is_general(struct work *w, const char *code)
{
    char title[DX_TITLE];

    dx_title(w, code, title, sizeof(title));
    return strstr(title, "nspecified") || strstr(title, "without complication");
}

/* ask_specific - a question with the record's code and one of the words */
static void ask_specific(struct work *w, const struct rule *r, struct dx *d,
                         const struct text_find *f)
{
    char shown[16];
    CcReviewItem *item = work_ask_about(
        w, r, "text-specific",
        work_printf(w,
                    "The record gives %s; its texts have words of the same category. Which code "
                    "do they support together?",
                    icd10cm_display(d->code, shown)),
        d->as);

    if (item->n_options)
        return;
    work_option(w, item, CODE_SYSTEM_ICD10CM, d->code, d->code);
    work_option(w, item, CODE_SYSTEM_ICD10CM, f->code, f->code);
    dx_open_options(w, item);
}

/* rule_text_specific - words of the same category: an alternative; a question where the record's
 * code leaves open what the words say */
void rule_text_specific(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_dx; i++)
        for (size_t k = 0; k < w->n_finds && w->dx[i].state == DX_CODED; k++) {
            struct text_find *f = &w->finds[k];
            struct dx *d = &w->dx[i];

            if (!text_is_open(f) || !same_category(f, d->code))
                continue;
            f->used = r;
            work_cite(w, d->as, r);
            text_evidence(w, d->as, f);
            text_other(w, d->as, f->code, f->ppm, "");
            if (is_general(w, d->code) && !is_general(w, f->code))
                ask_specific(w, r, d, f);
        }
}

/* otherwise_said - some words of the category do not deny it */
static bool otherwise_said(const struct work *w, const char *code)
{
    for (size_t i = 0; i < w->n_finds; i++)
        if (w->finds[i].said < TEXT_DENIED && same_category(&w->finds[i], code))
            return true;
    return false;
}

/* ask_conflict - which of the two is it? */
static void ask_conflict(struct work *w, CcReviewItem *item, const char *code)
{
    if (item->n_options)
        return;
    work_option(w, item, CODE_SYSTEM_ICD10CM, code, code);
    work_option(w, item, CODE_SYSTEM_UNKNOWN, "", "no diagnosis of this visit");
    dx_open_options(w, item);
}

/* rule_text_denies - all that the texts say of a diagnosis of the record is that it is not there */
void rule_text_denies(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_dx; i++)
        for (size_t k = 0; k < w->n_finds && w->dx[i].state == DX_CODED; k++) {
            struct dx *d = &w->dx[i];
            struct text_find *f = &w->finds[k];

            if (f->said != TEXT_DENIED || !same_thing(f, d->code) || work_uncertain(d) ||
                otherwise_said(w, d->code))
                continue;
            f->used = r;
            text_evidence(w, d->as, f);
            ask_conflict(w,
                         work_ask_dx(w, r, d, "text-conflict",
                                     "The record has this diagnosis, and a text denies it. Which "
                                     "is right for this visit?"),
                         d->code);
        }
}

/* rule_text_refuted - the texts state what the structured record refutes */
void rule_text_refuted(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_dx; i++)
        for (size_t k = 0; k < w->n_finds; k++) {
            struct dx *d = &w->dx[i];
            struct text_find *f = &w->finds[k];

            if (d->state != DX_REJECTED || d->problem->verification != VERIFICATION_REFUTED ||
                !text_is_open(f) || !same_thing(f, d->as->code->code))
                continue;
            f->used = r;
            text_evidence(w, d->as, f);
            ask_conflict(w,
                         work_ask_about(w, r, "text-conflict",
                                        "The record refutes this diagnosis, and a text states it. "
                                        "Which is right for this visit?",
                                        d->as),
                         f->code);
        }
}

/* reject_said - seen and not coded, for what is said of it */
static void reject_said(struct work *w, const struct rule *r, enum text_said said)
{
    for (size_t i = 0; i < w->n_finds; i++)
        if (w->finds[i].said == said && !w->finds[i].used) {
            w->finds[i].used = r;
            text_assign(w, &w->finds[i], r, CODE_STATUS_REJECTED);
        }
}

/* rule_text_uncertain - by the setting's rule of uncertain diagnoses */
void rule_text_uncertain(struct work *w, const struct rule *r)
{
    (void)r;
    reject_said(w, rule_by_id(w->inpatient ? "CM-II.H" : "CM-IV.H"), TEXT_DOUBT);
}

/* rule_text_past - only of the past */
void rule_text_past(struct work *w, const struct rule *r)
{
    reject_said(w, r, TEXT_PAST);
}

/* rule_text_later - only as what may come */
void rule_text_later(struct work *w, const struct rule *r)
{
    reject_said(w, r, TEXT_LATER);
}

/* rule_text_denied - only denied */
void rule_text_denied(struct work *w, const struct rule *r)
{
    reject_said(w, r, TEXT_DENIED);
}

/* rule_text_others - only of other people */
void rule_text_others(struct work *w, const struct rule *r)
{
    reject_said(w, r, TEXT_OTHERS);
}

/* rule_text_little - too improbable for a question */
void rule_text_little(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_finds; i++) {
        struct text_find *f = &w->finds[i];

        if (f->said != TEXT_PLAIN || f->used || worth_asking(f))
            continue;
        f->used = r;
        if (w->little)
            text_assign(w, f, r, CODE_STATUS_REJECTED);
    }
}

/* rule_text_unexplained - words that look like a disease and that nothing here knows */
void rule_text_unexplained(struct work *w, const struct rule *r)
{
    CcReviewItem *item;

    if (!w->out->n_unexplained)
        return;
    item = work_ask(w, r, "text-unexplained",
                    "Texts of the record have words that no code explains. Which of them, if any, "
                    "are conditions of this visit?");
    for (size_t i = item->n_evidence; i < w->out->n_unexplained; i++)
        event_push(w->a, item, evidence, w->out->unexplained[i]);
}
