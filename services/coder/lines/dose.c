/* dose.c - a drug's units from its dose, and what of a single-dose container was thrown away
 *
 * A HCPCS drug code bills in units of a dosage: the NDC crosswalk has it for the package, else the
 * code's own description does. Medicare wants the discarded units on a line of their own with JW,
 * and JZ where there are none (CMS claims manual ch. 17, 40). */
#include <string.h>

#include "common/base/money.h"
#include "common/base/str.h"
#include "services/coder/lines/dosage.h"
#include "services/coder/lines/lines.h"

/* Days from which 340B drugs are told, and from which all are told by TB. */
enum { LOWERED_FROM = 20180101, LOWERED_ONE = 20250101 };
/* Days from which JZ is there, and from which one of the two must be. */
enum { NO_WASTE_TOLD = 20230101, NO_WASTE_WANTED = 20230701 };

/* given_dose - the charge's quantity is an amount of a drug */
static bool given_dose(const struct service *s, struct dosage *dose)
{
    return s->charge && s->charge->units_given && s->charge->unit[0] &&
           dosage_of(s->charge->units_milli, s->charge->unit, dose);
}

/* unit_by_package - the crosswalk's row of the NDC and code */
static bool unit_by_package(struct work *w, const struct service *s, struct dosage *each,
                            struct table_row *row)
{
    const CcDrug *d = s->charge ? s->charge->drug : NULL;

    return d && d->ndc[0] &&
           tables_find(w->t, TABLE_NDC_HCPCS, d->ndc, s->as->code->code, s->from_date, row) ==
               LOOKUP_FOUND &&
           dosage_read(table_col(row, "dosage"), each);
}

/* unit_by_code - what one unit of the code is */
static bool unit_by_code(struct work *w, const struct service *s, struct dosage *each,
                         struct table_row *row)
{
    return s->as->code->system == CODE_SYSTEM_HCPCS &&
           tables_find(w->t, TABLE_HCPCS, s->as->code->code, NULL, s->from_date, row) ==
               LOOKUP_FOUND &&
           dosage_read(table_col(row, "long"), each);
}

/* dose_unit - see lines.h */
bool dose_unit(struct work *w, const struct service *s, struct dosage *each, struct table_row *row)
{
    return unit_by_package(w, s, each, row) || unit_by_code(w, s, each, row);
}

/* rule_dose_units - a begun billing unit is whole */
void rule_dose_units(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct dosage dose, each;
        struct table_row row;
        int64_t units;

        if (!given_dose(s, &dose) || !fact_open(s) || !dose_unit(w, s, &each, &row))
            continue;
        units = dosage_units(&dose, &each);
        if (units <= 0 || units > INT32_MAX)
            continue;
        service_set_units(s, units * 1000);
        work_cite_table(w, s->as, r, row.edition);
    }
}

/* rule_dose_of_no_rule - an amount that the code's unit does not measure */
void rule_dose_of_no_rule(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct dosage dose, each;
        struct table_row row;

        if (!given_dose(s, &dose) || !fact_open(s))
            continue;
        if (!dose_unit(w, s, &each, &row) || dosage_units(&dose, &each) <= 0)
            work_ask_service(w, r, s, "amount",
                             work_printf(w,
                                         "How many billing units of %s is the dose? No table "
                                         "measures the code in the unit of the charge.",
                                         s->as->code->code));
    }
}

/* packaged - a hospital's drug that is paid within the visit needs neither JW nor JZ */
static bool packaged(struct work *w, const struct service *s)
{
    struct table_row row;

    return s->institutional &&
           tables_find(w->t, TABLE_OPPS, s->as->code->code, NULL, s->from_date, &row) ==
               LOOKUP_FOUND &&
           table_col_is(&row, "status", "N");
}

/* rule_lowered_price - 340B: what the record says was bought under the program, for Medicare: JG
 * on what OPPS pays apart until 2024, TB on all others and since (CMS 340B modifier notices) */
void rule_lowered_price(struct work *w, const struct rule *r)
{
    static const char *const said[] = {"JG", "TB", NULL};

    for (size_t i = 0; w->enc->n_observations && i < w->n_services; i++) {
        struct service *s = &w->services[i];
        const CcObservation *o = fact_ready(s) ? said_of(w, s, "340B") : NULL;
        struct table_row row;
        bool apart;

        if (!o || s->from_date < LOWERED_FROM || fact_has_any(s, said) || !fact_medicare(w, s) ||
            packaged(w, s))
            continue;
        apart = s->institutional &&
                tables_find(w->t, TABLE_OPPS, s->as->code->code, NULL, s->from_date, &row) ==
                    LOOKUP_FOUND &&
                table_col_is(&row, "status", "K");
        said_modify(w, r, s, o, apart && s->from_date < LOWERED_ONE ? "JG" : "TB");
    }
}

/* is_discard - "DISCARDED-CODE" of the service's day, by its code or package */
static bool is_discard(const struct work *w, const struct service *s, const CcObservation *o)
{
    static const char mark[] = "DISCARDED-";
    const char *of;

    if (!record_says(w, o, mark, s->from_date))
        return false;
    of = o->code->code + sizeof(mark) - 1;
    return strcmp(of, s->as->code->code) == 0 ||
           (s->charge->drug && s->charge->drug->ndc[0] && strcmp(of, s->charge->drug->ndc) == 0);
}

/* discarded - what the record says was thrown away; false: nothing of it */
static bool discarded(struct work *w, struct service *s, int64_t *milli, const char **unit)
{
    for (size_t i = 0; i < w->enc->n_observations; i++) {
        const CcObservation *o = w->enc->observations[i];

        if (!is_discard(w, s, o) ||
            decimal_parse(o->value, strlen(o->value), 3, milli) != DECIMAL_OK || *milli < 0)
            continue;
        *unit = o->unit;
        work_evidence(w, s->as, o->event_id, o->ref, "");
        return true;
    }
    return false;
}

/* may_tell - the payer wants to know what was discarded, and nothing on the line says it */
static bool may_tell(struct work *w, const struct service *s)
{
    static const char *const said[] = {"JW", "JZ", NULL};

    return fact_ready(s) && s->charge && !(s->institutional && w->inpatient) &&
           !fact_has_any(s, said) && fact_wants(w, s, "JW", fact_medicare(w, s)) &&
           !packaged(w, s) && !said_of(w, s, "MULTI-DOSE");
}

/* left_of - billing units of an amount thrown away; without a unit it is counted; -1: no table
 * measures it */
static int64_t left_of(struct work *w, const struct service *s, int64_t milli, const char *unit)
{
    struct dosage dose, gone = {DOSAGE_NONE, 0}, each;
    struct table_row row;

    if (milli == 0 || !unit[0])
        return milli / 1000;
    return given_dose(s, &dose) && dose_unit(w, s, &each, &row) && dosage_of(milli, unit, &gone)
               ? dosage_left(&dose, &gone, &each)
               : -1;
}

/* units_left - billing units thrown away, as the record or a person says; -1: neither does */
static int64_t units_left(struct work *w, struct service *s)
{
    const char *unit;
    int64_t milli;

    if ((!w->enc->n_observations && !s->gone_milli) || !may_tell(w, s))
        return -1;
    if (s->gone_milli)
        return s->gone_milli / 1000;
    return discarded(w, s, &milli, &unit) ? left_of(w, s, milli, unit) : -1;
}

/* is_told - the discarded part has its line */
static bool is_told(const struct work *w, const struct service *s)
{
    for (size_t i = 0; i < w->n_services; i++)
        if (&w->services[i] != s && w->services[i].charge == s->charge &&
            service_has_modifier(&w->services[i], "JW"))
            return true;
    return false;
}

/* discard - a second line, priced by the charge master as the first */
static void discard(struct work *w, const struct rule *r, size_t at, int64_t units)
{
    struct service *s = split_service(w, at);

    if (!s)
        return;
    s->units_milli = units * 1000;
    s->fee_cents = 0;
    fact_modify(w, r, s, "JW");
    if (s->price_cents < 0 || !money_extend(s->units_milli, s->price_cents, &s->charge_cents))
        question_of_table(
            w, work_ask_service(w, r, s, "no-price",
                                "What is charged for the discarded part of the drug? The charge "
                                "master has no price of one unit."));
}

/* rule_waste - JW */
void rule_waste(struct work *w, const struct rule *r)
{
    for (size_t i = 0, n = w->n_services; i < n; i++) {
        int64_t left = units_left(w, &w->services[i]);

        if (left > 0 && left < INT32_MAX && !is_told(w, &w->services[i]))
            discard(w, r, i, left);
    }
}

/* rule_no_waste - JZ */
void rule_no_waste(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++)
        if (w->services[i].from_date >= NO_WASTE_TOLD && units_left(w, &w->services[i]) == 0)
            fact_modify(w, r, &w->services[i], "JZ");
}

/* is_single - the drug stands in the list of single-dose containers, on a day that wants to know,
 * and nothing says what was left; a day without the list is a stop */
static enum lookup is_single(struct work *w, struct service *s, struct table_row *row)
{
    if (s->from_date < NO_WASTE_WANTED || !fact_is_drug(s) || !may_tell(w, s) || is_told(w, s))
        return LOOKUP_ABSENT;
    return tables_find(w->t, TABLE_SINGLE_DOSE, s->as->code->code, NULL, s->from_date, row);
}

/* is_whole - the units are those of whole containers of the package that was charged */
static bool is_whole(struct work *w, const struct service *s, struct table_row *row)
{
    const CcDrug *d = s->charge->drug;
    int64_t item = d && d->ndc[0] &&
                           tables_find(w->t, TABLE_NDC_HCPCS, d->ndc, s->as->code->code,
                                       s->from_date, row) == LOOKUP_FOUND
                       ? table_col_i64(row, "per_item_thousandths", 0)
                       : 0;

    return item > 0 && s->units_milli % item == 0;
}

/* rule_whole_containers - JZ: nothing can be left of what was given to the last unit */
void rule_whole_containers(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct table_row row, package;

        if (is_single(w, s, &row) != LOOKUP_FOUND || !is_whole(w, s, &package))
            continue;
        fact_modify(w, r, s, "JZ");
        work_cite_table(w, s->as, r, row.edition);
        work_cite_table(w, s->as, r, package.edition);
    }
}

/* rule_waste_unsaid - was anything discarded? */
void rule_waste_unsaid(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        struct table_row row;
        enum lookup found = is_single(w, s, &row);
        CcReviewItem *item;

        if (found == LOOKUP_NO_EDITION)
            fact_no_edition(w, r, s, TABLE_SINGLE_DOSE);
        if (found != LOOKUP_FOUND)
            continue;
        work_cite_table(w, s->as, r, row.edition);
        item = work_ask_service(w, r, s, "modifier",
                                work_printf(w,
                                            "%s comes in single-dose containers, and the record "
                                            "does not say whether a part was discarded. How many "
                                            "billing units were?",
                                            s->as->code->code));
        if (item->n_options)
            continue;
        work_choice(w, item, "JZ", "none (modifier JZ)");
        work_takes(w,
                   work_choice(w, item, OPTION_DISCARDED, "so many, on a line of their own (JW)"),
                   "units");
        work_choice(w, item, "many", "the container holds many doses: neither");
    }
}
