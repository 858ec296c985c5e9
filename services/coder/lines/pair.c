/* pair.c - NCCI while coding: of a pair the column 1 code is the one that tells both
 *
 * CMS NCCI policy manual ch. I: indicator 0 is never billed together; indicator 1 only where the
 * record shows another site, encounter or practitioner. Sides and digits show it here, two
 * clinicians of one specialty, and what the record states; nothing else does, and a modifier is
 * never added to get a pair through. What is bundled stays in the result with the row that says so.
 * A day that no edition covers is left to the validator, which holds the claim for it. */
#include <string.h>

#include "common/base/str.h"
#include "services/coder/lines/lines.h"
#include "services/coder/party.h"

/* opens - a modifier of the NCCI list stands on the line */
static bool opens(const struct service *s)
{
    static const char *const list[] = {"24", "25", "27", "57", "58", "59", "78",
                                       "79", "91", "XE", "XP", "XS", "XU", NULL};

    for (size_t i = 0; i < s->n_modifiers; i++)
        if (str_in(s->modifiers[i], list))
            return true;
    return site_modified(s) && !service_has_modifier(s, "50");
}

/* specialty - of who did it; "": not known */
static const char *specialty(struct work *w, const struct service *s)
{
    const CcProvider *p = party_rendering(w, s);

    return p ? p->taxonomy : "";
}

/* one_bill - same day, same side; clinicians of one specialty count as one */
static bool one_bill(struct work *w, const struct service *a, const struct service *b)
{
    if (a->institutional && b->institutional)
        return !w->inpatient;
    return a->professional && b->professional && strcmp(specialty(w, a), specialty(w, b)) == 0;
}

/* shut_pair - of two services one bills, a row that nothing opens; its indicator, -1: none */
static int shut_pair(struct work *w, const struct service *one, const struct service *two,
                     const struct table_row *row)
{
    struct span indicator = table_col(row, "indicator");

    if (!one_bill(w, one, two))
        return -1;
    if (span_is(indicator, "0"))
        return 0;
    return span_is(indicator, "1") && !opens(one) && !opens(two) ? 1 : -1;
}

/* ptp_of - the table that judges the service's side */
static enum table_id ptp_of(const struct service *s)
{
    return s->institutional ? TABLE_PTP_HOSPITAL : TABLE_PTP_PRACTITIONER;
}

/* has_number - a line whose code the table has */
static bool has_number(const struct service *s)
{
    return s->ptp.number != PAIRS_NO_CODE && fact_ready(s);
}

/* in_table - is there a row of two services of a day? */
static bool in_table(const struct service *one, const struct service *two, struct table_row *row)
{
    struct table_ask ask = {.first = one->ptp, .second = two->ptp, .on = two->from_date};

    if (one == two || !has_number(one) || !has_number(two) || one->from_date != two->from_date)
        return false;
    tables_find_pairs(&ask, 1);
    *row = ask.row;
    return ask.answer == LOOKUP_FOUND;
}

/* is_second - column 2 of a pair that is shut: it bundles nothing itself */
static bool is_second(struct work *w, const struct service *s)
{
    struct table_row row;

    for (size_t i = 0; i < w->n_services; i++)
        if (in_table(&w->services[i], s, &row) && shut_pair(w, &w->services[i], s, &row) >= 0)
            return true;
    return false;
}

/* number - each service's code in the table of its side and day, looked up once a code; false: all
 * are as they were, and no two of them are a pair */
static bool number(struct work *w)
{
    bool same = w->no_pairs;

    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        const char *code = fact_ready(s) ? s->as->code->code : NULL;

        if (s->ptp_of == code && s->ptp_table == ptp_of(s))
            continue;
        same = false;
        s->ptp_of = code;
        s->ptp_table = ptp_of(s);
        if (code)
            s->ptp = tables_code(w->t, s->ptp_table, code, s->from_date);
    }
    return !same;
}

/* each_pair - that is shut */
static void each_pair(struct work *w, const struct rule *r, int indicator,
                      void (*call)(struct work *w, const struct rule *r, struct service *one,
                                   struct service *two, const struct table_row *row))
{
    bool any = false;

    if (!number(w))
        return;
    for (size_t i = 0; i < w->n_services; i++)
        for (size_t k = 0; has_number(&w->services[i]) && k < w->n_services; k++) {
            struct service *one = &w->services[i], *two = &w->services[k];
            struct table_row row;

            if (!in_table(one, two, &row))
                continue;
            any = true;
            if (shut_pair(w, one, two, &row) == indicator && !is_second(w, one))
                call(w, r, one, two, &row);
        }
    w->no_pairs = !any;
}

/* two_people - both charges name who did it, and it was not the same */
static bool two_people(struct work *w, const struct service *a, const struct service *b)
{
    return a->professional && fact_npi(w, a)[0] && fact_npi(w, b)[0] &&
           strcmp(fact_npi(w, a), fact_npi(w, b)) != 0;
}

/* two_sides - one left, one right */
static bool two_sides(const struct service *a, const struct service *b)
{
    char x = fact_side(a), y = fact_side(b);

    return (x == 'L' && y == 'R') || (x == 'R' && y == 'L');
}

/* What the record may state of column 2 (docs/services.md). */
static const struct {
    const char *word, *modifier;
} apart[] = {
    {"SEPARATE-ENCOUNTER", "XE"},
    {"SEPARATE-SITE", "XS"},
    {"NO-OVERLAP", "XU"},
};

/* apart_as - why the two are distinct: another practitioner, another side, or as the record states
 * of column 2 (*o); NULL: nothing shows it */
static const char *apart_as(struct work *w, struct service *one, struct service *two,
                            const CcObservation **o)
{
    if (two_people(w, one, two))
        return "XP";
    if (two_sides(one, two))
        return "XS";
    for (size_t i = 0; i < sizeof(apart) / sizeof(apart[0]); i++)
        if ((*o = said_of(w, two, apart[i].word)) != NULL)
            return apart[i].modifier;
    return NULL;
}

/* say_distinct - X and its letter, or 59 for payers that know no more */
static void say_distinct(struct work *w, const struct rule *r, struct service *one,
                         struct service *two, const struct table_row *row)
{
    const CcObservation *o = NULL;
    const char *modifier = apart_as(w, one, two, &o);

    if (!modifier || fact_is_visit(two))
        return;
    fact_modify(w, r, two, fact_wants(w, two, "X", fact_medicare(w, two)) ? modifier : "59");
    if (o)
        work_evidence(w, two->as, o->event_id, o->ref, "");
    work_cite_table(w, two->as, r, row->edition);
    if (two->done)
        work_evidence(w, two->as, two->done->event_id, two->done->ref, "");
}

/* rule_pair_distinct - another side, another practitioner */
void rule_pair_distinct(struct work *w, const struct rule *r)
{
    each_pair(w, r, 1, say_distinct);
}

/* say_visit - 25 where it treats a problem that the other service is not for */
static void say_visit(struct work *w, const struct rule *r, struct service *one,
                      struct service *two, const struct table_row *row)
{
    uint32_t rank = fact_is_visit(two) ? other_reason(w, two, one) : 0;

    if (!rank)
        return;
    fact_modify(w, r, two, "25");
    work_cite_table(w, two->as, r, row->edition);
    cite_reason(w, two, rank);
}

/* rule_pair_visit_own - a visit of its own */
void rule_pair_visit_own(struct work *w, const struct rule *r)
{
    each_pair(w, r, 1, say_visit);
}

/* ask_visit - a visit beside what would hold it */
static void ask_visit(struct work *w, const struct rule *r, struct service *one,
                      struct service *two, const struct table_row *row)
{
    CcReviewItem *item;

    if (!fact_is_visit(two))
        return;
    work_cite_table(w, two->as, r, row->edition);
    item = work_ask_service(w, r, two, "modifier",
                            work_printf(w, "What was the visit %s of the day of %s?",
                                        two->as->code->code, one->as->code->code));
    work_choice(w, item, "25", "significant and separate from it (modifier 25)");
    work_choice(w, item, "57", "the decision for it, a major operation (modifier 57)");
    work_choice(w, item, "none", "part of it: not billed");
}

/* rule_pair_visit - the record does not show whether the visit was one of its own */
void rule_pair_visit(struct work *w, const struct rule *r)
{
    each_pair(w, r, 1, ask_visit);
}

/* bundle - column 2 is part of column 1 */
static void bundle(struct work *w, const struct rule *r, struct service *one, struct service *two,
                   const struct table_row *row)
{
    work_cite_table(w, two->as, r, row->edition);
    work_reject_service(w, r, two);
    for (size_t i = 0; i < one->as->n_evidence && i < 1; i++)
        work_evidence(w, two->as, one->as->evidence[i]->event_id, one->as->evidence[i]->ref, "");
}

/* rule_pair_never - indicator 0 */
void rule_pair_never(struct work *w, const struct rule *r)
{
    each_pair(w, r, 0, bundle);
}

/* bundle_and_ask - bundled; a person may know of another site or encounter */
static void bundle_and_ask(struct work *w, const struct rule *r, struct service *one,
                           struct service *two, const struct table_row *row)
{
    CcReviewItem *item = work_ask_service(
        w, r, two, "bundled",
        work_printf(w, "%s is bundled into %s. Where and when was each done, and by whom?",
                    two->as->code->code, one->as->code->code));

    work_choice(w, item, "same", "same site, encounter and practitioner");
    work_choice(w, item, "XS", "another site or structure (modifier XS)");
    work_choice(w, item, "XE", "another encounter (modifier XE)");
    work_choice(w, item, "XP", "another practitioner (modifier XP)");
    work_choice(w, item, "59", "distinct for another reason (modifier 59)");
    bundle(w, r, one, two, row);
}

/* rule_pair_bundled - indicator 1, and the record shows no more than one service */
void rule_pair_bundled(struct work *w, const struct rule *r)
{
    each_pair(w, r, 1, bundle_and_ask);
}
