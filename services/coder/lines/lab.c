/* lab.c - tests: of another laboratory, waived ones, and a screening that found something */
#include <string.h>

#include "common/base/str.h"
#include "services/coder/claim.h"
#include "services/coder/lines/lines.h"

/* is_waiver - who does the tests holds a certificate of waiver, or one for looks through the
 * microscope beside waived tests (42 CFR 493.35, 493.37): its tests are waived ones */
static bool is_waiver(struct work *w)
{
    const struct provider_row *row = w->place.row;

    return row && (strcmp(row->clia_type, "waiver") == 0 || strcmp(row->clia_type, "ppm") == 0);
}

/* rule_waived - QW: a test of the list, where the certificate allows no others; the list's note
 * names those that do without */
void rule_waived(struct work *w, const struct rule *r)
{
    static const char *const not_done_here[] = {"QW", "90", "26", NULL};

    for (size_t i = 0; is_waiver(w) && i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct table_row row;
        enum lookup found;

        if (!fact_ready(s) || !fact_is_test(s) || fact_has_any(s, not_done_here))
            continue;
        found = tables_find(w->t, TABLE_CLIA_WAIVED, s->as->code->code, NULL, s->from_date, &row);
        if (found == LOOKUP_NO_EDITION)
            fact_no_edition(w, r, s, TABLE_CLIA_WAIVED);
        if (found != LOOKUP_FOUND || table_col(&row, "note").n)
            continue;
        fact_modify(w, r, s, "QW");
        work_cite_table(w, s->as, r, row.edition);
    }
}

/* is_scope - a colonoscopy or sigmoidoscopy */
static bool is_scope(const struct service *s)
{
    return fact_between(s, "45330", "45350") || fact_between(s, "45378", "45398");
}

/* only_looks - nothing was done beside looking: for Medicare a screening of its own code */
static bool only_looks(const struct service *s)
{
    return fact_is(s, "45330") || fact_is(s, "45378");
}

/* is_screening - of the bowel: a screening, or the watch over what was found before */
static bool is_screening(const char *code)
{
    return str_starts(code, "Z121") || strcmp(code, "Z800") == 0 || str_starts(code, "Z8601");
}

/* first_reason - the diagnosis that a service is for first; NULL: it names none */
static const struct dx *first_reason(struct work *w, const struct service *s)
{
    uint32_t ranks[CLAIM_POINTERS];
    size_t n = fact_ranks(w, s, ranks);

    for (size_t i = 0; n && i < w->n_dx; i++)
        if (w->dx[i].rank == ranks[0])
            return &w->dx[i];
    return NULL;
}

/* rule_screening_turned - a screening of the bowel: 33; for Medicare PT where it became a treatment
 */
void rule_screening_turned(struct work *w, const struct rule *r)
{
    static const char *const said[] = {"33", "PT", NULL};

    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        const struct dx *d =
            fact_ready(s) && is_scope(s) && !fact_has_any(s, said) ? first_reason(w, s) : NULL;

        bool medicare;

        if (!d || !is_screening(d->code))
            continue;
        medicare = fact_wants(w, s, "PT", fact_medicare(w, s));
        if (medicare && only_looks(s))
            continue;
        fact_modify(w, r, s, medicare ? "PT" : "33");
        work_evidence(w, s->as, d->problem->event_id, d->problem->ref, "");
    }
}
