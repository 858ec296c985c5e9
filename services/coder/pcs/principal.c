/* principal.c - which procedure of a stay is the principal one (UHDDS; ICD-10-PCS guidelines,
 * selection of principal procedure), and which the site does not code
 *
 * What treats the principal diagnosis goes before what only looks for it, that before what treats
 * another one. The record's own rank of a procedure stands. */
#include "services/coder/relate.h"

#include <string.h>

#include "common/base/str.h"
#include "services/coder/pcs/pcs.h"
#include "services/coder/place.h"

/* Codes that look, measure or take a sample, and treat nothing. */
static const char *const looking[] = {
    "0.[JK]....", "0.[9BD]...X", "4......", "B......", "C......", "10J....", "5A0..5.", NULL,
};

/* treats - does it do more than look? */
static bool treats(const char *code)
{
    for (const char *const *l = looking; *l; l++)
        if (pcs_like(code, *l))
            return false;
    return true;
}

/* is_for - is a diagnosis of this rank, or any, a reason of the procedure? */
static bool is_for(struct work *w, const struct service *s, uint32_t rank)
{
    for (size_t i = 0; i < s->procedure->n_reasons; i++) {
        const struct dx *d = work_pointed(w, s->procedure->reasons[i]);

        if (d && d->rank && (!rank || d->rank == rank))
            return true;
    }
    return false;
}

/* order_of - in the order of the guidelines */
static unsigned order_of(struct work *w, const struct service *s)
{
    const char *code = s->as->code->code;

    if (is_for(w, s, 1))
        return treats(code) ? 1 : 2;
    return treats(code) ? 3 : 4;
}

/* all_say_why - the record has no rank, and a reason for each: without one nobody can say what is
 * for what */
static bool all_say_why(struct work *w)
{
    for (size_t i = 0; i < w->n_services; i++)
        if (pcs_ready(&w->services[i]) &&
            (w->services[i].procedure->rank || !is_for(w, &w->services[i], 0)))
            return false;
    return true;
}

/* rule_pcs_principal - by what each was done for */
void rule_pcs_principal(struct work *w, const struct rule *r)
{
    struct service *first = NULL;
    bool known = all_say_why(w);

    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];

        if (!pcs_ready(s))
            continue;
        s->related = known ? order_of(w, s) : 0;
        if (known && (!first || s->related < first->related))
            first = s;
    }
    if (first)
        work_cite(w, first->as, r);
}

/* rule_pcs_not_coded - minor procedures that the facility does not report, by its row in the
 * providers table */
void rule_pcs_not_coded(struct work *w, const struct rule *r)
{
    struct span list, one;

    if (!w->place.row)
        return;
    list = span_of(w->place.row->pcs_not_coded);
    while ((one = span_cut(&list, ';')).n || list.n) {
        char pattern[PCS_PATTERN];

        one = span_trim(one);
        if (!one.n || one.n >= sizeof(pattern))
            continue;
        memcpy(pattern, one.p, one.n);
        pattern[one.n] = '\0';
        for (size_t i = 0; i < w->n_services; i++)
            if (pcs_ready(&w->services[i]) && pcs_like(w->services[i].as->code->code, pattern))
                work_reject_service(w, r, &w->services[i]);
    }
}
