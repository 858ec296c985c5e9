/* poa.c - present on admission (Appendix I): as the record says, never made up */
#include "services/coder/relate.h"

#include <stdio.h>
#include <string.h>

#include "common/base/str.h"
#include "common/codes/codes.h"

/* reports - does this visit report POA at all? */
static bool reports(const struct work *w)
{
    return w->inpatient && !w->place.poa_exempt && w->coding_date;
}

/* rule_poa_exempt - on the fiscal year's list: left blank (5010) */
void rule_poa_exempt(struct work *w, const struct rule *r)
{
    struct table_row row;

    for (size_t i = 0; i < w->n_dx && reports(w); i++) {
        struct dx *d = &w->dx[i];

        if (!d->rank)
            continue;
        if (tables_find(w->t, TABLE_POA_EXEMPT, d->code, NULL, w->coding_date, &row) ==
            LOOKUP_FOUND) {
            d->poa = POA_EXEMPT;
            work_cite_table(w, d->as, r, row.edition);
        } else if (d->poa == POA_EXEMPT) {
            d->poa = POA_UNKNOWN;
        }
    }
}

/* rule_poa_given - Y N U W as the record gives it */
void rule_poa_given(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_dx; i++) {
        struct dx *d = &w->dx[i];

        if (!reports(w))
            d->poa = POA_UNKNOWN;
        else if (d->rank && d->poa != POA_UNKNOWN && d->poa != POA_EXEMPT)
            work_cite(w, d->as, r);
    }
}

/* present - those of the set without an indicator were there */
static void present(struct work *w, const struct rule *r, const char *refs)
{
    for (size_t i = 0; i < w->n_dx && reports(w); i++) {
        struct dx *d = &w->dx[i];

        if (d->rank && d->poa == POA_UNKNOWN && !work_uncertain(d) && dx_in(d, refs)) {
            d->poa = POA_Y;
            work_cite(w, d->as, r);
        }
    }
}

/* rule_poa_newborn - a birth precedes the admission: what arose in the womb or in delivery was
 * there
 */
void rule_poa_newborn(struct work *w, const struct rule *r)
{
    present(w, r, "P10-P15;Q00-Q99");
}

/* rule_poa_chronic - however late it was found. Only codes that say nothing acute: an exacerbation,
 * a bleeding or a coma may have come later */
void rule_poa_chronic(struct work *w, const struct rule *r)
{
    present(w, r,
            "C00-C96;D80-D84;E00-E03;E089;E099;E109;E119;E139;E082-E084;E092-E094;E102-E104;"
            "E112-E114;E132-E134;E66;E78;F01-F03;F20;G20;G30;G35;H25;H40;I10;I119;I12;I2510;"
            "J43;J449;M05-M06;M15-M19;M81;N181-N186;N189;N40");
}

/* all_present - every injury and the like of the visit was there; false also when there is none */
static bool all_present(const struct work *w)
{
    bool any = false;

    for (size_t i = 0; i < w->n_dx; i++) {
        const struct dx *d = &w->dx[i];

        if (!d->rank || d->external || (d->code[0] != 'S' && d->code[0] != 'T'))
            continue;
        if (d->poa != POA_Y && d->poa != POA_EXEMPT)
            return false;
        any = true;
    }
    return any;
}

/* rule_poa_cause - what caused an injury came before it */
void rule_poa_cause(struct work *w, const struct rule *r)
{
    if (all_present(w))
        present(w, r, "V00-Y99");
}

/* missing_codes - the codes without an indicator, and their evidence */
static const char *missing_codes(struct work *w)
{
    const char *list = "";
    char shown[16];

    for (size_t i = 0; i < w->n_dx; i++) {
        const struct dx *d = &w->dx[i];

        if (d->rank && d->poa == POA_UNKNOWN)
            list =
                work_printf(w, "%s%s%s", list, *list ? ", " : "", icd10cm_display(d->code, shown));
    }
    return list;
}

/* rule_poa_missing - one question for all of them */
void rule_poa_missing(struct work *w, const struct rule *r)
{
    const char *codes;

    if (!reports(w))
        return;
    if (!tables_edition(w->t, TABLE_POA_EXEMPT, w->coding_date)) {
        work_ask(w, r, "no-table",
                 "No edition of poa-exempt covers the day of discharge. Load it.");
        return;
    }
    codes = missing_codes(w);
    if (*codes)
        work_ask(w, r, "poa-missing",
                 work_printf(w,
                             "Were these present when the inpatient order was written: %s? (Y, "
                             "N, U documentation insufficient, W cannot be determined)",
                             codes));
}
