/* seg_drug.c - loop 2410, the drug of a line, and loop 2440, the questions of forms (billing §2.5)
 */
#include <string.h>

#include "common/claim/guide.h"

enum { REF_MAX = 50, NDC_MAX = 48, FORM_MAX = 30, ANSWER_MAX = 50, QUESTION_MAX = 20 };

/* write_lin - LIN */
static void write_lin(struct put *p, const struct seg *r, size_t i)
{
    (void)r, (void)i;
    put_begin(p, "LIN", NULL);
    x12_skip(&p->w, 1);
    x12_put(&p->w, "N4");
    put_key(p, 3, p->line->drug->ndc, NDC_MAX);
    put_end(p);
}

/* read_lin - LIN: the drug of the segments to come; other products than drugs have no place */
static void read_lin(struct take *t, const struct seg *r)
{
    (void)r;
    if (!t->line->drug)
        t->line->drug = take_new(t, &cc_drug__descriptor);
    if (!take_is(t, 2, "N4"))
        take_extra(t);
    else if (t->line->drug)
        t->line->drug->ndc = take_text(t, 3);
}

/* write_ctp - CTP */
static void write_ctp(struct put *p, const struct seg *r, size_t i)
{
    (void)r, (void)i;
    put_begin(p, "CTP", NULL);
    x12_skip(&p->w, 3);
    put_units(p, 4, p->line->drug->quantity_milli);
    put_code(p, 5, p->line->drug->unit);
    put_end(p);
}

/* read_ctp - CTP */
static void read_ctp(struct take *t, const struct seg *r)
{
    CcDrug *d = t->line->drug;

    (void)r;
    d->quantity_milli = take_units(t, 4);
    d->unit = take_part(t, 5, 1);
}

/* drug_number - REF VY, else XZ: the loop has room for one */
static const char *drug_number(const struct put *p, const char *qualifier)
{
    const CcDrug *d = p->line->drug;

    if (qualifier[0] == 'V')
        return d->link;
    return d->link[0] ? "" : d->prescription;
}

/* count_drug_number - REF */
static size_t count_drug_number(const struct put *p, const struct seg *r)
{
    return drug_number(p, r->qualifier)[0] != '\0';
}

/* write_drug_number - REF */
static void write_drug_number(struct put *p, const struct seg *r, size_t i)
{
    (void)i;
    put_begin(p, "REF", r->qualifier);
    put_key(p, 2, drug_number(p, r->qualifier), REF_MAX);
    put_end(p);
}

/* read_drug_number - REF */
static void read_drug_number(struct take *t, const struct seg *r)
{
    CcDrug *d = t->line->drug;

    if (r->qualifier[0] == 'V')
        d->link = take_text(t, 2);
    else
        d->prescription = take_text(t, 2);
}

/* starts_form - the answer belongs to another form than the one before it */
static bool starts_form(const CcServiceLine *l, size_t i)
{
    return i == 0 || strcmp(l->forms[i]->form, l->forms[i - 1]->form) != 0 ||
           strcmp(l->forms[i]->qualifier, l->forms[i - 1]->qualifier) != 0;
}

/* count_answers - FRM; LQ goes before the first of a form */
static size_t count_answers(const struct put *p, const struct seg *r)
{
    (void)r;
    return p->line->n_forms;
}

/* write_answer - LQ where a form begins, then FRM */
static void write_answer(struct put *p, const struct seg *r, size_t i)
{
    const CcFormAnswer *f = p->line->forms[i];

    (void)r;
    if (starts_form(p->line, i)) {
        put_begin(p, "LQ", NULL);
        put_code(p, 1, f->qualifier);
        put_need(p, 2, f->form, FORM_MAX);
        put_end(p);
    }
    put_begin(p, "FRM", NULL);
    put_need(p, 1, f->question, QUESTION_MAX);
    put_text(p, f->answer, 1);
    put_text(p, f->value, ANSWER_MAX);
    x12_date(&p->w, f->answer_date);
    if (f->percent_given)
        x12_units(&p->w, f->percent_milli);
    put_end(p);
}

/* read_form - LQ: the form of the answers to come */
static void read_form(struct take *t, const struct seg *r)
{
    (void)r;
    t->form = take_new(t, &cc_form_answer__descriptor);
    if (!t->form)
        return;
    t->form->qualifier = take_text(t, 1);
    t->form->form = take_text(t, 2);
}

/* read_answer - FRM */
static void read_answer(struct take *t, const struct seg *r)
{
    CcFormAnswer *f = take_new(t, &cc_form_answer__descriptor);

    (void)r;
    if (!f)
        return;
    f->qualifier = t->form->qualifier;
    f->form = t->form->form;
    f->question = take_text(t, 1);
    f->answer = take_text(t, 2);
    f->value = take_text(t, 3);
    f->answer_date = take_day(t, 4, x12_element(t->s, 4));
    f->percent_given = x12_element(t->s, 5).n > 0;
    f->percent_milli = take_units(t, 5);
    take_push(t, t->line, forms, f);
}

/* clang-format off */
const struct seg rows_2410[] = {
    {.segment = "LIN",                    .kinds = GUIDE_PI, .max = 1, .count = seg_always,      .write = write_lin,         .read = read_lin},
    {.segment = "CTP",                    .kinds = GUIDE_PI, .max = 1, .count = seg_always,      .write = write_ctp,         .read = read_ctp},
    {.segment = "REF", .qualifier = "VY", .kinds = GUIDE_PI, .max = 1, .count = count_drug_number, .write = write_drug_number, .read = read_drug_number},
    {.segment = "REF", .qualifier = "XZ", .kinds = GUIDE_PI, .max = 1, .count = count_drug_number, .write = write_drug_number, .read = read_drug_number},
    {.segment = NULL},
};

const struct seg rows_2440[] = {
    {.segment = "LQ",  .kinds = GUIDE_P, .max = 1, .read = read_form},
    {.segment = "FRM", .kinds = GUIDE_P, .max = 1000, .count = count_answers, .write = write_answer, .read = read_answer},
    {.segment = NULL},
};
/* clang-format on */
