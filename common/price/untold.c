/* untold.c - what the claim or the hospital's row shows, and no way of payment here reckons
 *
 * Each row of a table is one such sight and what is missing by it; a claim that shows it has no
 * amount. An empty cell of the hospital's row asserts nothing: it is missed too. */
#include <string.h>

#include "common/claim/stay.h"
#include "common/price/way.h"
#include "common/rules/code_list.h"

/* Does the claim show it? list: codes of the row. */
typedef bool seen_fn(const struct pricing *p, struct span list);

/* Of the claim. */
struct sight {
    const char *methods;
    seen_fn *seen;
    const char *list, *missing;
};

/* Of a line that the way gave an amount: one of the modifiers. */
struct marked {
    const char *methods, *modifiers;
    const char *missing;
};

/* Of the hospital's row, from a day on: a cell that does not hold what is reckoned here. */
struct cell {
    const char *methods, *column, *reckoned;
    int32_t from;
    const char *missing;
};

/* other_bill - is the type of bill none of these? One that is not said is the kind's own */
static bool other_bill(const struct pricing *p, struct span list)
{
    const char *bill = p->claim->type_of_bill;

    return bill[0] && !code_listed(list, bill);
}

/* has_condition - a condition code */
static bool has_condition(const struct pricing *p, struct span list)
{
    for (size_t i = 0; i < p->claim->n_conditions; i++)
        if (code_listed(list, p->claim->conditions[i]))
            return true;
    return false;
}

/* has_occurrence - an occurrence code, or one of a span */
static bool has_occurrence(const struct pricing *p, struct span list)
{
    for (size_t i = 0; i < p->claim->n_occurrences; i++)
        if (code_listed(list, p->claim->occurrences[i]->code))
            return true;
    for (size_t i = 0; i < p->claim->n_occurrence_spans; i++)
        if (code_listed(list, p->claim->occurrence_spans[i]->code))
            return true;
    return false;
}

/* has_value - a value code with an amount */
static bool has_value(const struct pricing *p, struct span list)
{
    for (size_t i = 0; i < p->claim->n_values; i++)
        if (p->claim->values[i]->amount_cents > 0 && code_listed(list, p->claim->values[i]->code))
            return true;
    return false;
}

/* not_assigned - whether the biller takes what the payer allows (CLM07) is another, or not said */
static bool not_assigned(const struct pricing *p, struct span list)
{
    return !code_listed(list, p->claim->assignment);
}

/* other_hospital - by its taxonomy the biller is a hospital outside of the inpatient system */
static bool other_hospital(const struct pricing *p, struct span list)
{
    (void)list;
    for (size_t i = 0; i < p->claim->n_providers; i++) {
        const CcProvider *x = p->claim->providers[i];

        if (x->role == PROVIDER_ROLE_BILLING)
            return claim_hospital(x->taxonomy)->days != 3;
    }
    return false;
}

/* in_trial - of DRG 018: a patient of a clinical trial (condition code 30, Z00.6) */
static bool in_trial(const struct pricing *p, struct span list)
{
    if (!code_listed(list, p->drg))
        return false;
    for (size_t i = 0; i < p->claim->n_diagnoses; i++) {
        const CcCodeAssignment *a = p->claim->diagnoses[i]->assignment;

        if (a && a->code && strcmp(a->code->code, "Z006") == 0)
            return true;
    }
    return has_condition(p, span_of("30"));
}

/* has_factors - clotting factors, which are billed under revenue code 0636 */
static bool has_factors(const struct pricing *p, struct span list)
{
    for (size_t i = 0; i < p->n_lines; i++)
        if (str_starts(p->lines[i].line->revenue, "0636") && code_listed(list, p->lines[i].code))
            return true;
    return false;
}

/* clang-format off */
/* Devices: 42 CFR 412.89, 419.45. Days: Medicare claims manual, chapter 3, 40 and chapter 25. Factors: 42 CFR 412.115(b). Partial
 * hospitalization and intensive outpatient services are paid by the day: 42 CFR 419.21(c), 419.22. Assignment: 42 CFR 414.48, 424.55. */
static const struct sight sights[] = {
    {"ipps;opps", has_value,      "FD",             "what a device's credit takes (value code FD)"},
    {"ipps",      in_trial,       "018",            "the part of DRG 018 that is paid in a clinical trial"},
    {"ipps",      has_factors,    "J7170-J7214",    "clotting factors, which are paid beside the DRG"},
    {"ipps",      other_bill,     "011*",           "the payment of bills other than 11x"},
    {"ipps",      other_hospital, "",               "the payment of a hospital outside of the inpatient system (billing taxonomy)"},
    {"ipps",      has_occurrence, "A3;B3;C3",       "days over the benefit (occurrence codes A3, B3, C3)"},
    {"ipps",      has_occurrence, "70;74;76;77",    "days that are not covered (occurrence span codes 70, 74, 76, 77)"},
    {"ipps",      has_value,      "81",             "days that are not covered (value code 81)"},
    {"ipps",      has_condition,  "66",             "an outlier that is not asked for (condition code 66)"},
    {"ipps;opps", has_condition,  "04;21;69",       "a bill for no payment, or for teaching alone (condition codes 04, 21, 69)"},
    {"opps",      has_condition,  "41;92",          "a day of partial hospitalization or intensive outpatient services (condition codes 41, 92)"},
    {"opps",      other_bill,     "012*;013*;014*", "the payment of bills other than 12x, 13x, 14x"},
    {"mpfs*",     not_assigned,   "A",              "what is allowed without assignment (CLM07 is not A)"},
};
static const struct marked marks[] = {
    {"mpfs*",      "AQ",    "the bonus of a shortage area (AQ)"},
    {"mpfs*",      "PD",    "the practice expense in a hospital's payment window (PD)"},
    {"mpfs*;opps", "GY;GZ", "what is allowed of a service billed as not covered (GY, GZ)"},
    {"opps;asc",   "FB;FC", "what a device's credit takes (FB, FC)"},
};
/* 07, a rural referral center, and outpatient 14 and 15, a Medicare-dependent hospital, are paid as any other. Quality:
 * 42 CFR 412.64(d), 419.43(h); offset of past payments for 340B drugs: 419.32(b)(1)(iv)(B)(12). */
static const struct cell cells[] = {
    {"ipps", "type",               "00;07",       0,        "what the hospital's type changes"},
    {"opps", "type",               "00;07;14;15", 0,        "what the hospital's type changes"},
    {"ipps", "inpatient_quality",  "Y",           0,        "the rates without quality data"},
    {"opps", "outpatient_quality", "Y",           0,        "the rates without quality data"},
    {"opps", "offset_340b",        "N",           20260101, "the offset of past 340B drugs"},
};
/* clang-format on */

/* tell_marks - of one line; most have no modifier */
static void tell_marks(struct pricing *p, const struct term *t, const struct priced *l)
{
    for (size_t i = 0; l->line->n_modifiers && i < sizeof(marks) / sizeof(marks[0]); i++) {
        if (!code_listed(span_of(marks[i].methods), t->method))
            continue;
        for (size_t k = 0; k < l->line->n_modifiers; k++)
            if (code_listed(span_of(marks[i].modifiers), l->line->modifiers[k]))
                price_missing(p, "line %u: %s", l->line->number, marks[i].missing);
    }
}

/* tell_sights - of the claim */
static void tell_sights(struct pricing *p, const struct term *t)
{
    for (size_t i = 0; i < sizeof(sights) / sizeof(sights[0]); i++)
        if (code_listed(span_of(sights[i].methods), t->method) &&
            sights[i].seen(p, span_of(sights[i].list)))
            price_missing(p, "%s", sights[i].missing);
}

/* tell_cells - of the hospital; a row that is not there is missed by the way itself */
static void tell_cells(struct pricing *p, const struct term *t)
{
    for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
        struct table_row row;
        char text[8] = "";

        if (p->on < cells[i].from || !code_listed(span_of(cells[i].methods), t->method) ||
            price_look(p, TABLE_HOSPITALS, p->npi, NULL, p->on, &row) != LOOKUP_FOUND)
            continue;
        table_col_text(&row, cells[i].column, text, sizeof(text));
        if (!code_listed(span_of(cells[i].reckoned), text))
            price_missing(p, "%s (table hospitals, %s: %s)", cells[i].missing, cells[i].column,
                          text[0] ? text : "not said");
    }
}

/* price_untold - see way.h */
void price_untold(struct pricing *p, const struct term *t, const struct group *g, bool whole)
{
    bool any = whole;

    for (size_t i = 0; i < g->n; i++) {
        if (!g->lines[i]->out->allowed_given)
            continue;
        any = true;
        tell_marks(p, t, g->lines[i]);
    }
    if (!any)
        return;
    tell_sights(p, t);
    tell_cells(p, t);
}
