/* birth.c - mother and child: whose record it is, which week, what the delivery brought */
#include "services/coder/relate.h"

#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/codes/codes.h"

enum { PERINATAL_DAYS = 28 };

/* age_days - of the patient when the visit began; -1: the record does not say */
static int32_t age_days(const struct work *w)
{
    int32_t born = w->enc->patient ? w->enc->patient->birth_date : 0;
    int32_t start = w->enc->visit->admit_date ? w->enc->visit->admit_date : w->coding_date;

    return date_valid(born) && date_valid(start) && start >= born ? date_diff(start, born) : -1;
}

/* is_perinatal - up to the 28th day */
static bool is_perinatal(const struct work *w)
{
    int32_t days = age_days(w);

    return days >= 0 && days <= PERINATAL_DAYS;
}

/* rule_birth_record - the code of the birth once, at the time of birth; one born before midnight or
 * outside may be admitted the next day */
void rule_birth_record(struct work *w, const struct rule *r)
{
    if (age_days(w) > 1)
        dx_reject_set(w, r, "Z38");
}

/* ask_whose - codes of the mother on the child's record, or the other way round */
static void ask_whose(struct work *w, const struct rule *r, const char *refs, const char *record)
{
    static const char *const options[] = {NULL};
    char shown[16];

    for (size_t i = 0; dx_among(w, refs) && i < w->n_dx; i++)
        if (dx_listed(&w->dx[i]) && dx_in(&w->dx[i], refs))
            dx_ask(w, r, &w->dx[i], "no-code",
                   work_printf(w, "%s is never coded on %s record. Which does the record support?",
                               icd10cm_display(w->dx[i].code, shown), record),
                   options);
}

/* rule_maternal_record - chapter 15 never on the newborn's */
void rule_maternal_record(struct work *w, const struct rule *r)
{
    if (is_perinatal(w) || dx_among(w, "Z38"))
        ask_whose(w, r, "O00-O9A", "a newborn's");
}

/* rule_perinatal_record - chapter 16 never on the mother's */
void rule_perinatal_record(struct work *w, const struct rule *r)
{
    if (dx_among(w, "O00-O9A"))
        ask_whose(w, r, "P00-P96", "the mother's");
}

/* rule_stillbirth - stands alone */
void rule_stillbirth(struct work *w, const struct rule *r)
{
    static const char *const options[] = {NULL};
    struct dx *d = dx_among(w, "P95");

    if (d && dx_among(w, "A00-P94;P96-T88;Z00-Z99"))
        dx_ask(w, r, d, "no-code",
               "P95 (stillbirth) stands on a record of its own, and this one has other diagnoses. "
               "Whose record is it?",
               options);
}

/* A condition of those older, and of the newborn. */
struct older {
    const char *code, *newborn;
};

/* become_newborn - up to the 28th day, each of the rows up to the one without code */
static void become_newborn(struct work *w, const struct rule *r, const struct older *rows)
{
    for (; is_perinatal(w) && rows->code; rows++) {
        struct dx *d = dx_among(w, rows->code);

        if (d)
            dx_become(w, r, d, rows->newborn);
    }
}

/* rule_newborn_sepsis - congenital, when nothing else is said */
void rule_newborn_sepsis(struct work *w, const struct rule *r)
{
    static const struct older rows[] = {{"A401", "P360"},  {"A403", "P3619"}, {"A408", "P3619"},
                                        {"A409", "P3610"}, {"A4101", "P362"}, {"A4151", "P364"},
                                        {"A414", "P365"},  {"A419", "P369"},  {NULL, NULL}};

    become_newborn(w, r, rows);
}

/* rule_newborn_default - a condition that may be of the birth or of the community is of the birth,
 * when nothing is said: the index has it under "newborn" */
void rule_newborn_default(struct work *w, const struct rule *r)
{
    static const struct older rows[] = {
        {"B370", "P375"},   {"E162", "P704"},   {"E8342", "P712"}, {"E860", "P741"},
        {"E870", "P7421"},  {"E871", "P7422"},  {"E875", "P7431"}, {"E876", "P7432"},
        {"J189", "P239"},   {"J939", "P251"},   {"J9600", "P285"}, {"J9601", "P285"},
        {"J9602", "P285"},  {"K920", "P540"},   {"K921", "P541"},  {"N390", "P393"},
        {"R000", "P2911"},  {"R001", "P2912"},  {"R0603", "P229"}, {"R0681", "P2840"},
        {"R1110", "P9209"}, {"R1114", "P9201"}, {"R17", "P599"},   {"R230", "P282"},
        {"R509", "P819"},   {"R569", "P90"},    {NULL, NULL}};

    become_newborn(w, r, rows);
}

/* rule_birth_missing - born in this stay: type of admission 4, point of origin 5 (UB-04 FL 14, 15)
 */
void rule_birth_missing(struct work *w, const struct rule *r)
{
    const CcVisit *v = w->enc->visit;
    CcReviewItem *item;

    if (!w->inpatient || strcmp(v->admit_type, "4") != 0 || strcmp(v->admit_source, "5") != 0 ||
        age_days(w) > 1 || dx_known(w, "Z38;P95"))
        return;
    item = work_ask(w, r, "no-principal",
                    "The patient was born in this stay, and no code of Z38 says so. Which is it?");
    if (!item->n_options)
        dx_open_options(w, item);
}

/* rule_normal_outcome - one live birth is the only outcome of a normal delivery */
void rule_normal_outcome(struct work *w, const struct rule *r)
{
    struct dx *normal = dx_sure(w, "O80"), *outcome = dx_among(w, "Z37");
    const char *const options[] = {"O80", outcome ? outcome->code : "Z370", NULL};

    if (normal && !dx_known(w, "Z37"))
        dx_derive(w, r, normal, normal, "Z370");
    else if (normal && outcome && strcmp(outcome->code, "Z370") != 0)
        dx_ask(w, r, outcome, "excludes",
               work_printf(w,
                           "O80 is a normal delivery of one live child, %s another outcome. "
                           "Which does the record support?",
                           outcome->code),
               options);
}

/* any_outcome - coded, or waiting for its own answer */
static bool any_outcome(const struct work *w)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (w->dx[i].state != DX_REJECTED && str_starts(w->dx[i].code, "Z37"))
            return true;
    return false;
}

/* rule_outcome - every record of a delivery has one */
void rule_outcome(struct work *w, const struct rule *r)
{
    static const char deliveries[] = "O601-O602;O67;O70;O720-O721;O80;O82";
    struct dx *delivery = dx_sure(w, deliveries);
    static const char *const options[] = {"Z370", "no delivery in this stay", NULL};

    if (w->inpatient && delivery && !dx_asked(w, deliveries) && !any_outcome(w))
        dx_ask(w, r, delivery, "incomplete",
               work_printf(w, "%s tells of a delivery in this stay. What was its outcome?",
                           delivery->code),
               options);
}

/* rule_other_diabetes - gestational, or there before */
void rule_other_diabetes(struct work *w, const struct rule *r)
{
    struct dx *gestational = dx_among(w, "O244"), *other = dx_among(w, "O240-O243;O248-O249");
    const char *options[3] = {NULL};

    if (!gestational || !other)
        return;
    options[0] = gestational->code;
    options[1] = other->code;
    dx_ask(w, r, other, "excludes",
           work_printf(w,
                       "%s and %s: no other code of O24 stands beside gestational diabetes. "
                       "Which does the record support?",
                       gestational->code, other->code),
           options);
}

/* clang-format off */
/* Codes of chapter 15, and the diseases whose detail they need beside them; `must`: a pregnancy with
 * the disease needs the code. */
static const struct {
    const char *code, *disease;
    bool detail, must;
    const char *name;
} diseases[] = {
    {"O101",                 "I11",              true,  false, "O10.1-"},
    {"O102",                 "I12",              true,  false, "O10.2-"},
    {"O103",                 "I13",              true,  false, "O10.3-"},
    {"O240-O241;O243;O248",  "E08-E13",          true,  false, "O24"},
    {"O24",                  "E08-E13",          false, true,  "O24"},
    {"O985",                 "U071",             false, true,  "O98.5-"},
    {"O987",                 "B20;Z21",          true,  true,  "O98.7-"},
    {"O9931",                "F10",              true,  true,  "O99.31-"},
    {"O9932",                "F11-F16;F18-F19",  true,  true,  "O99.32-"},
    {"O9933",                "F17",              true,  true,  "O99.33-"},
    {"O9A1",                 "C00-C96",          true,  true,  "O9A.1-"},
    {"O9A2",                 "T36-T65@7A",       false, true,  "O9A.2-"},
    {"O9A3-O9A5",            "T74;T76",          false, true,  "O9A.3- to O9A.5-"},
    {"O10-O11;O13-O16",      "I10-I13;I15-I16",  false, true,  "O10, O11 or O13 to O16"},
    {"O24;O9981",            "R730",             false, true,  "O99.81-"},
};
/* clang-format on */

/* rule_pregnancy_detail - the code of chapter 15 says that there is such a disease, not which */
void rule_pregnancy_detail(struct work *w, const struct rule *r)
{
    static const char *const options[] = {NULL};
    char shown[16];

    for (size_t i = 0; i < sizeof(diseases) / sizeof(diseases[0]); i++) {
        struct dx *d = diseases[i].detail ? dx_among(w, diseases[i].code) : NULL;

        if (d && !dx_asked(w, diseases[i].code) && !dx_known(w, diseases[i].disease))
            dx_ask(w, r, d, "incomplete",
                   work_printf(w,
                               "%s complicates the pregnancy. Which code of another chapter says "
                               "what it is?",
                               icd10cm_display(d->code, shown)),
                   options);
    }
}

/* rule_pregnancy_disease - of a pregnancy that is cared for: its own code of the disease is missing
 */
void rule_pregnancy_disease(struct work *w, const struct rule *r)
{
    static const char *const options[] = {NULL};
    bool pregnant = dx_sure(w, "O09-O77;O80-O92;O95-O9A") != NULL;
    char shown[16];

    for (size_t i = 0; pregnant && i < sizeof(diseases) / sizeof(diseases[0]); i++) {
        struct dx *d = diseases[i].must ? dx_sure(w, diseases[i].disease) : NULL;

        if (d && !dx_asked(w, diseases[i].disease) && !dx_known(w, diseases[i].code))
            dx_ask(w, r, d, "incomplete",
                   work_printf(w,
                               "%s in pregnancy, childbirth or puerperium stands behind a code of "
                               "%s, which the record does not have. Which does it support?",
                               icd10cm_display(d->code, shown), diseases[i].name),
                   options);
    }
}
