/* legal.c - each diagnosis becomes a billable ICD-10-CM code of the date, or a question */
#include "services/coder/relate.h"

#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/codes/codes.h"

enum { HIPAA_ICD10_FROM = 20151001, CHILDREN_MAX = 20, NEAR_OPTIONS = 4 };

/* rule_visit_date - without a date no table can be chosen */
void rule_visit_date(struct work *w, const struct rule *r)
{
    if (!w->coding_date)
        work_ask(w, r, "no-date",
                 "On which days was the care given? The record has no date of admission, discharge "
                 "or service.");
}

/* rule_visit_order - a visit that ends before it begins has no day of the care */
void rule_visit_order(struct work *w, const struct rule *r)
{
    const CcVisit *v = w->enc->visit;

    if (v->admit_date && v->discharge_date && v->discharge_date < v->admit_date)
        work_ask(w, r, "no-date",
                 "The record's discharge is before its admission. On which days was the care "
                 "given?");
}

/* dx_accept - see dx.h */
void dx_accept(struct work *w, const struct rule *r, struct dx *d, const char *code,
               const struct edition_info *edition)
{
    d->state = DX_CODED;
    dx_code(w, d, code);
    d->as->status = CODE_STATUS_ACCEPTED;
    d->as->code->system = CODE_SYSTEM_ICD10CM;
    work_cite_table(w, d->as, r, edition);
}

/* ask_table - no edition for the date: one question for all that wait for it */
static void ask_table(struct work *w, const struct rule *r, struct dx *d)
{
    char day[DATE_TEXT];

    d->state = DX_ASKED;
    d->as->status = CODE_STATUS_REVIEW;
    work_cite(w, d->as, r);
    work_ask(w, r, "no-table",
             work_printf(w, "No edition of icd10cm covers %s. Load it.",
                         date_text(w->coding_date, day)));
}

/* offer_children - the billable codes under a heading, unless they are too many to choose from */
static void offer_children(struct work *w, CcReviewItem *item, const char *code)
{
    struct table_row row, children[CHILDREN_MAX];
    size_t cursor = 0, n = 0, length = strlen(code);
    char child[DX_CODE], shown[16], title[DX_TITLE];

    while (n <= CHILDREN_MAX && tables_each(w->t, TABLE_ICD10CM, w->coding_date, &cursor, &row)) {
        struct span key = table_key(&row, 0);

        if (key.n <= length || memcmp(key.p, code, length) != 0 ||
            !table_col_is(&row, "billable", "Y"))
            continue;
        if (n < CHILDREN_MAX)
            children[n] = row;
        n++;
    }
    for (size_t i = 0; i < n && n <= CHILDREN_MAX; i++) {
        struct span key = table_key(&children[i], 0);

        snprintf(child, sizeof(child), "%.*s", (int)key.n, key.p);
        work_option(w, item, CODE_SYSTEM_ICD10CM, child,
                    work_printf(w, "%s %s", icd10cm_display(child, shown),
                                table_col_text(&children[i], "long", title, sizeof(title))));
    }
}

/* ask_billable - a code that cannot go out as it stands */
static void ask_billable(struct work *w, const struct rule *r, struct dx *d, const char *code,
                         bool exists)
{
    char day[DATE_TEXT], shown[16];
    CcReviewItem *item = work_ask_dx(
        w, r, d, "not-billable",
        work_printf(w, "%s is %s on %s. Which code does the record support?",
                    icd10cm_display(code, shown),
                    exists ? "a heading that needs more characters" : "no ICD-10-CM code",
                    date_text(w->coding_date, day)));

    if (exists && !item->n_options)
        offer_children(w, item, code);
    d->as->code->system = CODE_SYSTEM_ICD10CM;
}

/* check - a code of the record against the table of the date */
static void check(struct work *w, const struct rule *r, struct dx *d, const char *code)
{
    struct table_row row;
    bool billable = false;

    switch (dx_billable(w, code, &row, &billable)) {
    case LOOKUP_FOUND:
        if (billable)
            dx_accept(w, r, d, code, row.edition);
        else
            ask_billable(w, r, d, code, true);
        break;
    case LOOKUP_ABSENT:
        ask_billable(w, r, d, code, false);
        break;
    case LOOKUP_NO_EDITION:
        ask_table(w, r, d);
        break;
    }
}

/* rule_code_given - as the record gives it, never bent */
void rule_code_given(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_dx && w->coding_date; i++)
        if (w->dx[i].state == DX_OPEN && w->dx[i].given)
            check(w, r, &w->dx[i], w->dx[i].given);
}

/* rule_other_coding - the same entry names an ICD-10-CM code beside the first */
void rule_other_coding(struct work *w, const struct rule *r)
{
    char code[DX_CODE];

    for (size_t i = 0; i < w->n_dx && w->coding_date; i++) {
        struct dx *d = &w->dx[i];

        for (size_t k = 0; k < d->problem->n_also && d->state == DX_OPEN; k++)
            if (d->problem->also[k]->system == CODE_SYSTEM_ICD10CM &&
                code_plain(d->problem->also[k]->code, code, sizeof(code)))
                check(w, r, d, code);
    }
}

/* rule_unnamed_system - HIPAA knows one code set for diagnoses since 1 October 2015; a code of its
 * form that is billable that day is taken, anything else is not */
void rule_unnamed_system(struct work *w, const struct rule *r)
{
    struct table_row row;
    char code[DX_CODE];
    bool billable;

    for (size_t i = 0; i < w->n_dx && w->coding_date >= HIPAA_ICD10_FROM; i++) {
        struct dx *d = &w->dx[i];

        billable = false;
        if (d->state != DX_OPEN || d->problem->code->system != CODE_SYSTEM_UNKNOWN ||
            !code_plain(d->problem->code->code, code, sizeof(code)) || !icd10cm_form(code))
            continue;
        if (dx_billable(w, code, &row, &billable) == LOOKUP_FOUND && billable)
            dx_accept(w, r, d, code, row.edition);
    }
}

/* What the words of an entry name. */
struct named {
    char code[DX_CODE];
    struct table_row row; /* that said so */
    bool title;           /* a title, not an index term */
};

/* name_text - one text: a title goes before an index term; false: it names no code */
static bool name_text(struct work *w, const char *text, struct named *out)
{
    *out = (struct named){.title = true};
    if (str_empty(text))
        return false;
    if (term_by_title(w, text, out->code, &out->row) == TERM_ONE)
        return true;
    out->title = false;
    return term_by_index(w, text, out->code, &out->row) == TERM_ONE;
}

/* name_entry - the text of the entry and of its other codings: all that name a code must name the
 * same one */
static bool name_entry(struct work *w, const struct dx *d, struct named *out)
{
    bool any = false;

    for (size_t k = 0; k <= d->problem->n_also; k++) {
        const CcCode *c = k ? d->problem->also[k - 1] : d->problem->code;
        struct named one;

        if (!name_text(w, c->text, &one))
            continue;
        if (any && strcmp(one.code, out->code) != 0)
            return false;
        if (!any || (one.title && !out->title))
            *out = one;
        any = true;
    }
    return any;
}

/* by_words - entries that a title (or an index term) names */
static void by_words(struct work *w, const struct rule *r, bool title)
{
    for (size_t i = 0; i < w->n_dx && w->coding_date; i++) {
        struct dx *d = &w->dx[i];
        struct named named;

        if (d->state == DX_OPEN && d->problem->code->system != CODE_SYSTEM_ICD9CM &&
            name_entry(w, d, &named) && named.title == title)
            dx_accept(w, r, d, named.code, named.row.edition);
    }
}

/* rule_title - the words are the title of one billable code */
void rule_title(struct work *w, const struct rule *r)
{
    by_words(w, r, true);
}

/* rule_index_term - the words are a term of the alphabetic index that leads to one billable code */
void rule_index_term(struct work *w, const struct rule *r)
{
    by_words(w, r, false);
}

/* is_reason - only says why the patient came */
static bool is_reason(const struct dx *d)
{
    return d->problem->use == PROBLEM_USE_REASON || d->problem->use == PROBLEM_USE_ADMITTING;
}

/* any_coded - is there a diagnosis of the visit itself? */
static bool any_coded(const struct work *w)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (w->dx[i].state == DX_CODED && !is_reason(&w->dx[i]))
            return true;
    return false;
}

/* rule_reason_without_code - an outpatient's reason in words nobody can code is left out where the
 * visit has diagnoses: those are what the claim rests on */
void rule_reason_without_code(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_dx && !w->inpatient && any_coded(w); i++)
        if (w->dx[i].state == DX_OPEN && is_reason(&w->dx[i]) && w->coding_date)
            work_reject_dx(w, r, &w->dx[i]);
}

/* rule_old_system - ICD-9-CM on a day of ICD-10-CM */
void rule_old_system(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_dx && w->coding_date; i++) {
        struct dx *d = &w->dx[i];

        if (d->state == DX_OPEN && d->problem->code->system == CODE_SYSTEM_ICD9CM)
            work_ask_dx(w, r, d, "old-code",
                        work_printf(w,
                                    "ICD-9-CM code %s: which ICD-10-CM code does the record "
                                    "support?",
                                    d->problem->code->code));
    }
}

/* asked_before - the same words stand in an entry that is asked about already */
static bool asked_before(const struct work *w, size_t n)
{
    const CcCode *c = w->dx[n].problem->code;

    for (size_t i = 0; i < n; i++) {
        const CcCode *x = w->dx[i].problem->code;

        if (w->dx[i].state == DX_ASKED && x->system == c->system && strcmp(x->code, c->code) == 0 &&
            strcmp(x->text, c->text) == 0)
            return true;
    }
    return false;
}

/* ask_code - what does the entry mean? */
static void ask_code(struct work *w, const struct rule *r, struct dx *d)
{
    CcReviewItem *item =
        work_ask_dx(w, r, d, "no-code", "Which ICD-10-CM code does this entry of the record mean?");

    answer_offer(w, item);
    for (size_t i = 0; i < d->as->n_alternatives && item->n_options <= NEAR_OPTIONS; i++) {
        const char *code = d->as->alternatives[i]->code->code;

        work_option(w, item, CODE_SYSTEM_ICD10CM, code, code);
    }
}

/* rule_no_code - words that are no title and no term, or lead to several codes: a person reads */
void rule_no_code(struct work *w, const struct rule *r)
{
    bool table = tables_edition(w->t, TABLE_ICD10CM, w->coding_date) != NULL;

    for (size_t i = 0; i < w->n_dx && w->coding_date; i++) {
        struct dx *d = &w->dx[i];

        if (d->state != DX_OPEN)
            continue;
        if (!table) {
            ask_table(w, r, d);
        } else if (asked_before(w, i)) {
            d->state = DX_ASKED;
            d->as->status = CODE_STATUS_REVIEW;
            work_cite(w, d->as, r);
        } else {
            ask_code(w, r, d);
        }
    }
}
