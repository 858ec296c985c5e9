/* said.c - what the record states of a service in so many words, and the modifier that says it
 *
 * One observation a fact: code "SV-" and a word, value the code of the service (docs/services.md).
 * What contradicts another word of the record, or a table, is not said on the line. */
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "services/coder/lines/said.h"

/* record_says - see lines.h */
bool record_says(const struct work *w, const CcObservation *o, const char *prefix, int32_t day)
{
    static const char *const gone[] = {"entered-in-error", "cancelled", "D", "W", "X", NULL};

    return o->code && str_starts(o->code->code, prefix) && !str_in(o->status, gone) &&
           (!o->at_ms || date_of_ms(o->at_ms, w->enc->visit->admit_tz_min) == day);
}

/* record_word - see lines.h */
const char *record_word(const CcObservation *o)
{
    return o->value_code && o->value_code->code[0] ? o->value_code->code : o->value;
}

/* said_of - see lines.h */
const CcObservation *said_of(const struct work *w, const struct service *s, const char *word)
{
    static const char mark[] = "SV-";

    for (size_t i = 0; i < w->enc->n_observations; i++) {
        const CcObservation *o = w->enc->observations[i];

        if (record_says(w, o, mark, s->from_date) &&
            strcmp(o->code->code + sizeof(mark) - 1, word) == 0 &&
            strcmp(record_word(o), s->as->code->code) == 0)
            return o;
    }
    return NULL;
}

/* said_modify - see lines.h */
void said_modify(struct work *w, const struct rule *r, struct service *s, const CcObservation *o,
                 const char *modifier)
{
    fact_modify(w, r, s, modifier);
    if (service_has_modifier(s, modifier))
        work_evidence(w, s->as, o->event_id, o->ref, "");
}

/* fact_has_any - see lines.h */
bool fact_has_any(const struct service *s, const char *const *modifiers)
{
    for (size_t i = 0; i < s->n_modifiers; i++)
        if (str_in(s->modifiers[i], modifiers))
            return true;
    return false;
}

/* say - see said.h */
void say(struct work *w, const struct rule *r, const struct saying *f)
{
    for (size_t i = 0; w->enc->n_observations && i < w->n_services; i++) {
        struct service *s = &w->services[i];
        const CcObservation *o = fact_ready(s) ? said_of(w, s, f->word) : NULL;

        if (o && f->fits(w, s) && !fact_has_any(s, f->against))
            said_modify(w, r, s, o, f->modifier);
    }
}

/* said_of_any - of every service */
bool said_of_any(struct work *w, const struct service *s)
{
    (void)w;
    (void)s;
    return true;
}

/* said_of_surgeon - a clinician's operation */
bool said_of_surgeon(struct work *w, const struct service *s)
{
    (void)w;
    return s->professional && fact_is_operation(s);
}

/* allows - the fee schedule's indicator of a column lets the modifier be paid: 1 with a report, 2
 * always */
static bool allows(struct work *w, const struct service *s, const char *column)
{
    struct table_row row;

    return said_of_surgeon(w, s) && fact_fee(w, s, &row) &&
           (table_col_is(&row, column, "1") || table_col_is(&row, column, "2"));
}

/* has_cosurgeons - 62 may be paid */
static bool has_cosurgeons(struct work *w, const struct service *s)
{
    return allows(w, s, "cosurgeon");
}

/* has_team - 66 may be paid */
static bool has_team(struct work *w, const struct service *s)
{
    return allows(w, s, "team");
}

/* said_of_medicare - its first payer is */
bool said_of_medicare(struct work *w, const struct service *s)
{
    return fact_medicare(w, s);
}

/* table_excludes - the fee schedule's status N; on a hospital's bill the addendum's E1 */
static bool table_excludes(struct work *w, const struct service *s, struct table_row *row)
{
    if (s->institutional)
        return tables_find(w->t, TABLE_OPPS, s->as->code->code, NULL, s->from_date, row) ==
                   LOOKUP_FOUND &&
               table_col_is(row, "status", "E1");
    return fact_fee(w, s, row) && table_col_is(row, "status", "N");
}

/* fact_excluded - no benefit by statute: a table says it, or the record */
bool fact_excluded(struct work *w, const struct service *s)
{
    struct table_row row;

    return service_has_modifier(s, "GY") || said_of(w, s, "EXCLUDED") || table_excludes(w, s, &row);
}

/* is_covered - Medicare has a benefit for it: only then a notice is required */
static bool is_covered(struct work *w, const struct service *s)
{
    return fact_medicare(w, s) && !fact_excluded(w, s);
}

/* rule_notice_required - GA */
void rule_notice_required(struct work *w, const struct rule *r)
{
    static const struct saying f = {"NOTICE", "GA", is_covered, {"GX", "GY", "GZ", NULL}};

    say(w, r, &f);
}

/* is_excluded - Medicare has none */
static bool is_excluded(struct work *w, const struct service *s)
{
    return fact_medicare(w, s) && fact_excluded(w, s);
}

/* rule_notice_voluntary - GX: a notice of what is excluded anyway, or that says itself voluntary */
void rule_notice_voluntary(struct work *w, const struct rule *r)
{
    static const struct saying excluded = {"NOTICE", "GX", is_excluded, {"GA", "GZ", NULL}},
                               said = {
                                   "NOTICE-VOLUNTARY", "GX", said_of_medicare, {"GA", "GZ", NULL}};

    say(w, r, &excluded);
    say(w, r, &said);
}

/* rule_excluded - GY: of a table or of the record */
void rule_excluded(struct work *w, const struct rule *r)
{
    static const char *const against[] = {"GA", "GZ", NULL};

    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        const CcObservation *o;
        struct table_row row;

        if (!fact_ready(s) || fact_has_any(s, against) || service_has_modifier(s, "GY") ||
            !is_excluded(w, s))
            continue;
        o = said_of(w, s, "EXCLUDED");
        fact_modify(w, r, s, "GY");
        if (o)
            work_evidence(w, s->as, o->event_id, o->ref, "");
        else if (table_excludes(w, s, &row))
            work_cite_table(w, s->as, r, row.edition);
    }
}

/* no_notice - Medicare covers it, and no notice is on file: the two contradict each other */
static bool no_notice(struct work *w, const struct service *s)
{
    return is_covered(w, s) && !said_of(w, s, "NOTICE") && !said_of(w, s, "NOTICE-VOLUNTARY");
}

/* rule_expected_denial - GZ */
void rule_expected_denial(struct work *w, const struct rule *r)
{
    static const struct saying f = {"EXPECTED-DENIAL", "GZ", no_notice, {"GA", "GX", "GY", NULL}};

    say(w, r, &f);
}

/* rule_attested - KX: what the payer's policy requires is met, as the record attests */
void rule_attested(struct work *w, const struct rule *r)
{
    static const struct saying f = {"ATTESTED", "KX", said_of_any, {"GA", "GY", "GZ", NULL}};

    say(w, r, &f);
}

/* rule_two_surgeons - 62 */
void rule_two_surgeons(struct work *w, const struct rule *r)
{
    static const struct saying f = {
        "TWO-SURGEONS", "62", has_cosurgeons, {"66", "80", "81", "82", "AS", NULL}};

    say(w, r, &f);
}

/* rule_team - 66 */
void rule_team(struct work *w, const struct rule *r)
{
    static const struct saying f = {"TEAM", "66", has_team, {"62", "80", "81", "82", "AS", NULL}};

    say(w, r, &f);
}

/* is_shared - an operation whose days hold other work than the surgeon's */
static bool is_shared(struct work *w, const struct service *s)
{
    struct table_row row;

    return said_of_surgeon(w, s) && fact_fee(w, s, &row) &&
           (table_col_is(&row, "global", "010") || table_col_is(&row, "global", "090"));
}

/* rule_surgery_only - 54 */
void rule_surgery_only(struct work *w, const struct rule *r)
{
    static const struct saying f = {"SURGERY-ONLY", "54", is_shared, {"55", "56", NULL}};

    say(w, r, &f);
}

/* rule_after_only - 55 */
void rule_after_only(struct work *w, const struct rule *r)
{
    static const struct saying f = {"AFTER-ONLY", "55", is_shared, {"54", "56", NULL}};

    say(w, r, &f);
}

/* rule_before_only - 56 */
void rule_before_only(struct work *w, const struct rule *r)
{
    static const struct saying f = {"BEFORE-ONLY", "56", is_shared, {"54", "55", NULL}};

    say(w, r, &f);
}

/* is_sent - a clinician's test of a laboratory; Medicare pays the laboratory that did it */
static bool is_sent(struct work *w, const struct service *s)
{
    return s->professional && fact_is_test(s) && !fact_medicare(w, s);
}

/* rule_outside_laboratory - 90 */
void rule_outside_laboratory(struct work *w, const struct rule *r)
{
    static const struct saying f = {"OUTSIDE-LAB", "90", is_sent, {"QW", NULL}};

    say(w, r, &f);
}
