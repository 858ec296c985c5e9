/* measured.c - what the record measures or lists as taken, where a coded diagnosis asks for it
 *
 * The diagnosis is the provider's; the measure may be anybody's (I.B.14). Only what a
 * use-additional note of the tabular list asks for is added: a body mass index without a diagnosis
 * of weight, or a drug that no diagnosis asks for, stays uncoded. */
#include "services/coder/relate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/date.h"
#include "common/base/money.h"
#include "common/base/str.h"

enum { ADULT_YEARS = 20, MASS_LEAST = 5, MASS_MOST = 200, SCALE_MOST = 42 };
enum { MICRO = 6, MILLION = 1000000, ALCOHOL_MOST = 1500 }; /* decimal places; mg in 100 ml */

/* Where a fact stands in the record. */
struct place_of {
    const char *event_id, *ref, *text;
};

/* asking - the first sure diagnosis that wants this code beside it; NULL: none, or it has one of
 * the same kind (its first n characters) already */
static struct dx *asking(struct work *w, const char *code, size_t n)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (dx_listed(&w->dx[i]) && strncmp(w->dx[i].code, code, n) == 0)
            return NULL;
    for (size_t i = 0; i < w->n_dx; i++)
        if (dx_listed(&w->dx[i]) && !work_uncertain(&w->dx[i]) && dx_wants(w, &w->dx[i], code))
            return &w->dx[i];
    return NULL;
}

/* add - a code that the fact tells, beside the diagnosis that asks for it; the list may move. NULL:
 * nothing was added */
static struct dx *add(struct work *w, const struct rule *r, struct dx *asks, const char *code,
                      const struct place_of *at)
{
    CcProblem *p = work_new(w, &cc_problem__descriptor);
    struct table_row row;
    unsigned order;
    struct dx *d;
    bool billable;

    if (!asks || dx_billable(w, code, &row, &billable) != LOOKUP_FOUND || !billable)
        return NULL;
    order = asks->order;
    work_cite(w, asks->as, r);
    p->code = work_new(w, &cc_code__descriptor);
    p->code->system = CODE_SYSTEM_ICD10CM;
    p->code->code = work_text(w, code);
    p->code->text = work_text(w, at->text);
    p->event_id = work_text(w, at->event_id);
    p->ref = work_text(w, at->ref);
    p->use = PROBLEM_USE_FINAL;
    if (!(d = work_add_dx(w, p)))
        return NULL;
    d->order = order;
    dx_accept(w, r, d, code, row.edition);
    d->as->origin = ORIGIN_DERIVED;
    return d;
}

/* dx_is_result - final, of this LOINC code */
bool dx_is_result(const CcObservation *o, const char *loinc)
{
    static const char *const results[] = {"final", "amended", "corrected", "F", "C", NULL};

    return o->code && o->code->system == CODE_SYSTEM_LOINC && strcmp(o->code->code, loinc) == 0 &&
           str_in(o->status, results);
}

/* whole_number - before the point of a value; -1: it is none */
static long whole_number(const char *value)
{
    char *end;
    long n = strtol(value, &end, 10);

    return end == value || value[0] == '-' || (*end && *end != '.') ? -1 : n;
}

/* mass_code - of an adult's kg/m2 */
static const char *mass_code(long mass, char *out)
{
    if (mass < 20)
        return "Z681";
    if (mass < 40)
        snprintf(out, DX_CODE, "Z68%ld", mass);
    else
        snprintf(out, DX_CODE, "Z684%d",
                 mass < 45   ? 1
                 : mass < 50 ? 2
                 : mass < 60 ? 3
                 : mass < 70 ? 4
                             : 5);
    return out;
}

/* most_severe - of the measured indexes: the lowest for who weighs too little, else the highest;
 * NULL: none that a body can have */
static const CcObservation *most_severe(struct work *w, long *mass)
{
    bool low = dx_among(w, "E40-E46;F500;R634;R636;R64") != NULL;
    const CcObservation *found = NULL;

    for (size_t i = 0; i < w->enc->n_observations; i++) {
        const CcObservation *o = w->enc->observations[i];
        long m = dx_is_result(o, "39156-5") ? whole_number(o->value) : -1;

        if (m < MASS_LEAST || m > MASS_MOST || (found && (low ? m >= *mass : m <= *mass)))
            continue;
        found = o;
        *mass = m;
    }
    return found;
}

/* rule_mass_measured - body mass index of an adult (LOINC 39156-5) */
void rule_mass_measured(struct work *w, const struct rule *r)
{
    const CcObservation *o;
    char buf[DX_CODE];
    const char *code;
    long mass = 0;

    if (!w->enc->patient || date_age(w->enc->patient->birth_date, w->coding_date) < ADULT_YEARS ||
        !(o = most_severe(w, &mass)))
        return;
    code = mass_code(mass, buf);
    add(w, r, asking(w, code, 3), code, &(struct place_of){o->event_id, o->ref, ""});
}

/* initial - the first result of a code in the visit; NULL: none */
static const CcObservation *initial(const struct work *w, const char *loinc)
{
    const CcObservation *first = NULL;

    for (size_t i = 0; i < w->enc->n_observations; i++) {
        const CcObservation *o = w->enc->observations[i];

        if (dx_is_result(o, loinc) && (!first || o->at_ms < first->at_ms))
            first = o;
    }
    return first;
}

/* rule_stroke_measured - the first score (LOINC 70184-7); of a stroke that was there on admission
 * it was there too, when it was taken that day */
void rule_stroke_measured(struct work *w, const struct rule *r)
{
    const CcObservation *o = initial(w, "70184-7");
    long score = o ? whole_number(o->value) : -1;
    char code[DX_CODE];
    struct dx *stroke, *d;
    CcPoa poa;

    if (score < 0 || score > SCALE_MOST)
        return;
    snprintf(code, sizeof(code), "R297%02ld", score);
    stroke = asking(w, code, 4);
    poa = stroke ? stroke->poa : POA_UNKNOWN;
    d = add(w, r, stroke, code, &(struct place_of){o->event_id, o->ref, ""});
    if (d && o->at_ms &&
        date_of_ms(o->at_ms, w->enc->visit->admit_tz_min) == w->enc->visit->admit_date)
        d->poa = poa;
}

/* alcohol_mg - of a result in whole blood, mg in 100 ml, by its unit; -1: not so measured */
static int64_t alcohol_mg(const CcObservation *o)
{
    /* A level in serum is higher than in blood, and no code's. 74859-0 is reckoned from it. */
    static const char *const loinc[] = {"5640-8", "56478-1", "74859-0"};
    static const struct {
        const char *unit;
        int64_t times, over;
    } units[] = {{"mg/dL", 1, 1},      {"mg/100mL", 1, 1}, {"mg/100 mL", 1, 1},
                 {"mg%", 1, 1},        {"g/dL", 1000, 1},  {"%", 1000, 1},
                 {"g/100mL", 1000, 1}, {"g/L", 100, 1},    {"mg/L", 1, 10}};
    int64_t micro;

    for (size_t i = 0; i < sizeof(loinc) / sizeof(loinc[0]); i++)
        for (size_t k = 0; dx_is_result(o, loinc[i]) && k < sizeof(units) / sizeof(units[0]); k++)
            if (strcasecmp(o->unit, units[k].unit) == 0 &&
                decimal_parse(o->value, strlen(o->value), MICRO, &micro) == DECIMAL_OK &&
                micro > 0 && micro <= ALCOHOL_MOST * MILLION / units[k].times)
                return micro * units[k].times / units[k].over / MILLION;
    return -1;
}

/* alcohol_code - by the titles of Y90 */
static const char *alcohol_code(int64_t mg, char *out)
{
    static const int64_t from[] = {20, 40, 60, 80, 100, 120, 200, 240};
    int digit = 0;

    while (digit < (int)(sizeof(from) / sizeof(from[0])) && mg >= from[digit])
        digit++;
    snprintf(out, DX_CODE, "Y90%d", digit);
    return out;
}

/* rule_alcohol_measured - the first level of the visit; who measured it does not matter */
void rule_alcohol_measured(struct work *w, const struct rule *r)
{
    const CcObservation *first = NULL;
    char code[DX_CODE];

    for (size_t i = 0; i < w->enc->n_observations; i++) {
        const CcObservation *o = w->enc->observations[i];

        if (alcohol_mg(o) >= 0 && (!first || o->at_ms < first->at_ms))
            first = o;
    }
    if (!first || dx_among(w, "F1011;F1021;F1091"))
        return;
    alcohol_code(alcohol_mg(first), code);
    add(w, r, asking(w, code, 3), code, &(struct place_of){first->event_id, first->ref, ""});
}

/* clang-format off */
/* What diabetes is controlled with, by ingredient; `oral`: when it is swallowed. */
static const struct {
    const char *word, *code, *oral;
} drugs[] = {
    {"insulin", "Z794", NULL},
    {"acarbose", "Z7984", NULL},       {"alogliptin", "Z7984", NULL},     {"bexagliflozin", "Z7984", NULL},
    {"canagliflozin", "Z7984", NULL},  {"chlorpropamide", "Z7984", NULL}, {"dapagliflozin", "Z7984", NULL},
    {"empagliflozin", "Z7984", NULL},  {"ertugliflozin", "Z7984", NULL},  {"glimepiride", "Z7984", NULL},
    {"glipizide", "Z7984", NULL},      {"glyburide", "Z7984", NULL},      {"linagliptin", "Z7984", NULL},
    {"metformin", "Z7984", NULL},      {"miglitol", "Z7984", NULL},       {"nateglinide", "Z7984", NULL},
    {"pioglitazone", "Z7984", NULL},   {"repaglinide", "Z7984", NULL},    {"rosiglitazone", "Z7984", NULL},
    {"saxagliptin", "Z7984", NULL},    {"sitagliptin", "Z7984", NULL},    {"tolazamide", "Z7984", NULL},
    {"tolbutamide", "Z7984", NULL},
    {"dulaglutide", "Z7985", NULL},    {"exenatide", "Z7985", NULL},      {"liraglutide", "Z7985", NULL},
    {"lixisenatide", "Z7985", NULL},   {"pramlintide", "Z7985", NULL},    {"semaglutide", "Z7985", "Z7984"},
    {"tirzepatide", "Z7985", NULL},
};
/* clang-format on */

enum { LONG_TERM_DAYS = 90 };

/* is_long_term - what the patient says to take, begun before the visit and not ended; of an order
 * or a supply only one that began 90 days before: insulin for the days of a stay is not long-term
 * use */
static bool is_long_term(const struct work *w, const CcMedication *m)
{
    int32_t start = w->enc->visit->admit_date ? w->enc->visit->admit_date : w->coding_date;
    int32_t began = m->start_ms ? date_of_ms(m->start_ms, 0) : 0;
    int32_t ended = m->end_ms ? date_of_ms(m->end_ms, 0) : 0;

    if (strcmp(m->status, "active") != 0 || !start || (ended && ended <= start))
        return false;
    if (strcmp(m->kind, "statement") == 0)
        return !began || began < start;
    return (strcmp(m->kind, "ordered") == 0 || strcmp(m->kind, "dispensed") == 0) && began &&
           date_diff(start, began) >= LONG_TERM_DAYS;
}

/* is_oral - by its route, or the form in its words */
static bool is_oral(const CcMedication *m)
{
    return strcmp(m->route, "PO") == 0 || strcmp(m->route, "26643006") == 0 ||
           str_has_word(m->code->text, "oral") || str_has_word(m->code->text, "tablet");
}

/* is_there - coded, asked, or taken back by a rule that knows better */
static bool is_there(const struct work *w, const char *code)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (strcmp(w->dx[i].code, code) == 0)
            return true;
    return false;
}

/* rule_drugs_taken - long-term use of what the diabetes is controlled with */
void rule_drugs_taken(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->enc->n_medications; i++) {
        const CcMedication *m = w->enc->medications[i];

        for (size_t k = 0; m->code && k < sizeof(drugs) / sizeof(drugs[0]); k++) {
            const char *code = drugs[k].code;

            if (!str_has_word(m->code->text, drugs[k].word) || !is_long_term(w, m))
                continue;
            if (drugs[k].oral && is_oral(m))
                code = drugs[k].oral;
            if (!is_there(w, code))
                add(w, r, asking(w, code, DX_CODE), code,
                    &(struct place_of){m->event_id, m->ref, m->code->text});
        }
    }
}
