/* stated.c - more words of the record about one service, a modifier each (docs/services.md)
 *
 * Who gave what, with which machine, for whom, by which arrangement: nothing but the record's own
 * word tells it. */
#include <stdlib.h>
#include <string.h>

#include "services/coder/lines/said.h"

/* said_of_clinician - see said.h */
bool said_of_clinician(struct work *w, const struct service *s)
{
    (void)w;
    return s->professional;
}

/* said_of_anesthesia - see said.h */
bool said_of_anesthesia(struct work *w, const struct service *s)
{
    (void)w;
    return s->professional && fact_between(s, "00100", "01999");
}

/* is_paid_apart - an operation of a payer that knows the surgeon's anesthesia */
static bool is_paid_apart(struct work *w, const struct service *s)
{
    return said_of_surgeon(w, s) && !fact_medicare(w, s);
}

/* is_procedure - surgery, imaging, medicine */
static bool is_procedure(struct work *w, const struct service *s)
{
    (void)w;
    return fact_is_operation(s) || fact_between(s, "70010", "79999") ||
           fact_between(s, "90281", "99199");
}

/* is_made - a clinician's test, made where he owns the machine, whose reading has a price of its
 * own */
static bool is_made(struct work *w, const struct service *s)
{
    struct table_row row;

    return s->professional && !fact_in_facility(w, s) && fact_fee(w, s, &row) &&
           table_col_is(&row, "pctc", "1");
}

/* is_learned - a plan has to tell the two kinds apart; Medicare does not ask */
static bool is_learned(struct work *w, const struct service *s)
{
    return fact_between(s, "92507", "97799") && !fact_medicare(w, s);
}

/* is_manipulation - of the spine, by a chiropractor */
static bool is_manipulation(struct work *w, const struct service *s)
{
    return fact_between(s, "98940", "98942") && fact_medicare(w, s);
}

/* is_x_ray - of Medicare's fee schedule or of OPPS */
static bool is_x_ray(struct work *w, const struct service *s)
{
    return fact_between(s, "70010", "77086") && fact_medicare(w, s);
}

/* is_tomography - computed */
static bool is_tomography(struct work *w, const struct service *s)
{
    static const char *const ranges[][2] = {
        {"70450", "70498"}, {"71250", "71275"}, {"72125", "72133"},
        {"72191", "72194"}, {"73200", "73206"}, {"73700", "73706"},
        {"74150", "74178"}, {"74261", "74263"}, {"75571", "75574"},
    };

    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
        if (fact_between(s, ranges[i][0], ranges[i][1]))
            return fact_medicare(w, s);
    return false;
}

/* is_visit_of_medicare - a clinician's */
static bool is_visit_of_medicare(struct work *w, const struct service *s)
{
    return s->professional && fact_is_visit(s) && fact_medicare(w, s);
}

/* is_clinician_of_medicare - a clinician's service that Medicare pays first */
static bool is_clinician_of_medicare(struct work *w, const struct service *s)
{
    return s->professional && fact_medicare(w, s);
}

/* is_equipment - of HCPCS, but for ambulances */
static bool is_equipment(struct work *w, const struct service *s)
{
    const char *code = s->as->code->code;

    (void)w;
    return s->as->code->system == CODE_SYSTEM_HCPCS && strchr("AEKL", code[0]) &&
           !fact_between(s, "A0021", "A0999");
}

/* Words by the rule that reads them. */
/* clang-format off */
static const struct stated {
    const char *rule;
    struct saying said;
} words[] = {
    {"MOD-23", {"UNUSUAL-ANESTHESIA",   "23", said_of_anesthesia,       {NULL}}},
    {"MOD-47", {"SURGEON-ANESTHESIA",   "47", is_paid_apart,            {NULL}}},
    {"MOD-52", {"REDUCED",              "52", is_procedure,             {"53", "73", "74", NULL}}},
    {"MOD-TC", {"READ-ELSEWHERE",       "TC", is_made,                  {"26", "TC", NULL}}},
    {"MOD-96", {"HABILITATIVE",         "96", is_learned,               {"97", NULL}}},
    {"MOD-97", {"REHABILITATIVE",       "97", is_learned,               {"96", NULL}}},
    {"MOD-QS", {"MONITORED",            "QS", said_of_anesthesia,       {NULL}}},
    {"MOD-AT", {"ACTIVE-TREATMENT",     "AT", is_manipulation,          {"GA", "GY", "GZ", NULL}}},
    {"MOD-CT", {"OLD-SCANNER",          "CT", is_tomography,            {NULL}}},
    {"MOD-FX", {"FILM",                 "FX", is_x_ray,                 {"FY", NULL}}},
    {"MOD-FY", {"CASSETTE",             "FY", is_x_ray,                 {"FX", NULL}}},
    {"MOD-G0", {"STROKE",               "G0", is_visit_of_medicare,     {NULL}}},
    {"MOD-GV", {"HOSPICE-ATTENDING",    "GV", is_clinician_of_medicare, {"GW", NULL}}},
    {"MOD-GW", {"HOSPICE-UNRELATED",    "GW", said_of_medicare,         {"GV", NULL}}},
    {"MOD-PA", {"WRONG-PART",           "PA", said_of_any,              {"PB", "PC", NULL}}},
    {"MOD-PB", {"WRONG-PATIENT",        "PB", said_of_any,              {"PA", "PC", NULL}}},
    {"MOD-PC", {"WRONG-SURGERY",        "PC", said_of_any,              {"PA", "PB", NULL}}},
    {"MOD-PD", {"PAYMENT-WINDOW",       "PD", is_clinician_of_medicare, {NULL}}},
    {"MOD-Q0", {"INVESTIGATIONAL",      "Q0", said_of_any,              {"Q1", NULL}}},
    {"MOD-Q1", {"TRIAL-ROUTINE",        "Q1", said_of_any,              {"Q0", NULL}}},
    {"MOD-Q5", {"SUBSTITUTE-RETURNED",  "Q5", said_of_clinician,        {"Q6", NULL}}},
    {"MOD-Q6", {"SUBSTITUTE-PAID",      "Q6", said_of_clinician,        {"Q5", NULL}}},
    {"MOD-NU", {"EQUIPMENT-NEW",        "NU", is_equipment,             {"UE", "RR", NULL}}},
    {"MOD-UE", {"EQUIPMENT-USED",       "UE", is_equipment,             {"NU", "RR", NULL}}},
    {"MOD-RR", {"EQUIPMENT-RENTED",     "RR", is_equipment,             {"NU", "UE", NULL}}},
};
/* clang-format on */

/* rule_stated - the word of its row */
void rule_stated(struct work *w, const struct rule *r)
{
    size_t i = 0;

    while (i < sizeof(words) / sizeof(words[0]) && strcmp(words[i].rule, r->id) != 0)
        i++;
    if (i == sizeof(words) / sizeof(words[0]))
        abort(); /* a rule without a word: a bug */
    say(w, r, &words[i].said);
}

/* rule_physical_status - P1 to P6, for payers that read them */
void rule_physical_status(struct work *w, const struct rule *r)
{
    static const char *const all[] = {"P1", "P2", "P3", "P4", "P5", "P6", NULL};

    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];

        if (!fact_ready(s) || !said_of_anesthesia(w, s) || fact_has_any(s, all) ||
            !fact_wants(w, s, "P1", !fact_medicare(w, s)))
            continue;
        for (size_t k = 0; all[k]; k++) {
            const CcObservation *o = said_of(w, s, all[k]);

            if (o && !fact_has_any(s, all))
                said_modify(w, r, s, o, all[k]);
        }
    }
}
