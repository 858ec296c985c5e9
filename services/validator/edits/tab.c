/* tab.c - TAB: a table that could not be asked (our own rule: never take that for a pass) */
#include "services/validator/edits/edits.h"

#include "common/base/date.h"

/* severity_of - the fee schedules price; what they say of codes beside that is a help, and a year
 * of them that is missing holds no claim */
static CcSeverity severity_of(const struct edit_run *r, enum table_id t)
{
    return t == TABLE_RVU || t == TABLE_OPPS || t == TABLE_NDC_HCPCS ? SEVERITY_NOTE
                                                                     : r->edit->severity;
}

/* edit_tab_01 - one finding a table, with the first day it does not cover; runs last */
void edit_tab_01(struct edit_run *r)
{
    for (size_t i = 0; i < r->n_missing; i++) {
        const struct edit_missing *m = &r->missing[i];
        char first[DATE_TEXT], last[DATE_TEXT];

        date_text(m->first, first);
        date_text(m->last, last);
        if (m->first != m->last)
            edit_found_as(r, severity_of(r, m->table), at_claim("CLM01"), NULL,
                          "no edition of table %s covers %s, nor %s", table_name(m->table), first,
                          last);
        else
            edit_found_as(r, severity_of(r, m->table), at_claim("CLM01"), NULL,
                          "no edition of table %s covers %s", table_name(m->table), first);
    }
}
