/* facility.c - where a hospital gave it, whom it lost, and where an ambulance went */
#include <string.h>

#include "common/base/str.h"
#include "services/coder/lines/said.h"
#include "services/coder/place.h"

/* Words of the facility's row and the days from which Medicare reads them (CMS claims manual ch. 4,
 * 20.6.11-20.6.13). */
static const struct campus {
    const char *modifier;
    int32_t from;
} campuses[] = {{"PO", 20160101}, {"PN", 20170101}, {"ER", 20190101}};

/* campus_of - of a department apart from the hospital, on an outpatient bill; NULL: none */
static const struct campus *campus_of(struct work *w)
{
    const char *word = w->place.row ? w->place.row->off_campus : "";

    for (size_t i = 0; *word && i < sizeof(campuses) / sizeof(campuses[0]); i++)
        if (strcmp(campuses[i].modifier, word) == 0 && str_starts(place_bill(w), "013"))
            return &campuses[i];
    return NULL;
}

/* rule_off_campus - every line that has a code says it */
void rule_off_campus(struct work *w, const struct rule *r)
{
    static const char *const said[] = {"PO", "PN", "ER", NULL};
    const struct campus *c = campus_of(w);

    for (size_t i = 0; c && i < w->n_services; i++) {
        struct service *s = &w->services[i];

        if (fact_ready(s) && s->institutional && s->from_date >= c->from &&
            !fact_has_any(s, said) && fact_medicare(w, s))
            fact_modify(w, r, s, c->modifier);
    }
}

/* is_inpatient_only - an outpatient bill's line that Medicare pays in a stay alone */
static bool is_inpatient_only(struct work *w, const struct service *s, struct table_row *row)
{
    return fact_ready(s) && s->institutional && fact_medicare(w, s) &&
           tables_find(w->t, TABLE_OPPS, s->as->code->code, NULL, s->from_date, row) ==
               LOOKUP_FOUND &&
           table_col_is(row, "status", "C");
}

/* was_emergency - by the class, the type of the admission, or the department that charges */
static bool was_emergency(struct work *w)
{
    if (w->enc->visit->class_ == ENCOUNTER_CLASS_EMERGENCY || strcmp(place_admit_type(w), "1") == 0)
        return true;
    for (size_t i = 0; i < w->n_services; i++)
        if (str_starts(w->services[i].revenue, "045"))
            return true;
    return false;
}

/* rule_died_before_stay - CA on the first of them: one a claim is paid (CMS claims manual ch. 4,
 * 180.7) */
void rule_died_before_stay(struct work *w, const struct rule *r)
{
    const char *given = w->enc->visit->discharge_status;

    if (w->inpatient || !given[0] || strcmp(given, "01") == 0 || strcmp(place_status(w), "20") != 0)
        return;
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct table_row row;

        if (!is_inpatient_only(w, s, &row))
            continue;
        work_cite_table(w, s->as, r, row.edition);
        if (was_emergency(w))
            fact_modify(w, r, s, "CA");
        else if (!service_has_modifier(s, "CA"))
            work_choice(w,
                        work_ask_service(w, r, s, "modifier",
                                         work_printf(w,
                                                     "%s is paid in a stay only, and the patient "
                                                     "died before one. Was it an emergency?",
                                                     s->as->code->code)),
                        "CA", "yes (modifier CA)");
        return;
    }
}

/* end_of_trip - the letter behind a word, "FROM-" or "TO-"; 0: not said */
static char end_of_trip(struct work *w, const struct service *s, const char *word,
                        const CcObservation **o)
{
    static const char letters[] = "DEGHIJNPRSX";

    for (const char *l = letters; *l; l++)
        if ((*o = said_of(w, s, work_printf(w, "%s%c", word, *l))))
            return *l;
    return 0;
}

/* has_trip - the charge says from where to where */
static bool has_trip(const struct service *s)
{
    for (size_t i = 0; i < s->n_modifiers; i++)
        if (strchr("DEGHIJNPRS", s->modifiers[i][0]) && strchr("DEGHIJNPRSX", s->modifiers[i][1]) &&
            strcmp(s->modifiers[i], "GX") != 0)
            return true;
    return false;
}

/* rule_trip - an ambulance's: the letter of where it came from, then of where it went (CMS claims
 * manual ch. 15, 30) */
void rule_trip(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        const CcObservation *from, *to;
        char a, b;

        if (!fact_ready(s) || !fact_between(s, "A0021", "A0999") || has_trip(s))
            continue;
        a = end_of_trip(w, s, "FROM-", &from);
        b = end_of_trip(w, s, "TO-", &to);
        if (!a || !b || a == 'X')
            continue;
        said_modify(w, r, s, from, work_printf(w, "%c%c", a, b));
        work_evidence(w, s->as, to->event_id, to->ref, "");
    }
}
