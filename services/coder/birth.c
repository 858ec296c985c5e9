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

/* Sepsis of those older, and of the newborn. */
static const char *const sepsis[][2] = {
    {"A401", "P360"},  {"A403", "P3619"}, {"A408", "P3619"}, {"A409", "P3610"},
    {"A4101", "P362"}, {"A4151", "P364"}, {"A414", "P365"},  {"A419", "P369"},
};

/* rule_newborn_sepsis - congenital, when nothing else is said */
void rule_newborn_sepsis(struct work *w, const struct rule *r)
{
    for (size_t i = 0; is_perinatal(w) && i < sizeof(sepsis) / sizeof(sepsis[0]); i++) {
        struct dx *d = dx_among(w, sepsis[i][0]);

        if (d)
            dx_become(w, r, d, sepsis[i][1]);
    }
}

/* rule_normal_outcome - one live birth is the only outcome of a normal delivery */
void rule_normal_outcome(struct work *w, const struct rule *r)
{
    struct dx *normal = dx_sure(w, "O80"), *outcome = dx_among(w, "Z37");
    const char *const options[] = {"O80", outcome ? outcome->code : "Z370", NULL};

    if (normal && !outcome)
        dx_derive(w, r, normal, normal, "Z370");
    else if (normal && strcmp(outcome->code, "Z370") != 0)
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
    struct dx *delivery = dx_sure(w, "O601-O602;O67;O70;O720-O721;O80;O82");
    static const char *const options[] = {"Z370", "no delivery in this stay", NULL};

    if (w->inpatient && delivery && !any_outcome(w))
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

/* The words of the titles, by trimester. */
static const char *const trimesters[] = {"first trimester", "second trimester", "third trimester"};

/* rule_trimester_known - the recorded weeks say the trimester that the code leaves open */
void rule_trimester_known(struct work *w, const struct rule *r)
{
    static const char open[] = "unspecified trimester";
    uint32_t days = w->enc->visit->gestation_days;
    const char *is = trimesters[days < 14 * 7 ? 0 : days < 28 * 7 ? 1 : 2], *at;
    char title[DX_TITLE], code[DX_CODE];
    struct table_row row;

    for (size_t i = 0; days && i < w->n_dx; i++) {
        struct dx *d = &w->dx[i];

        if (!dx_listed(d) || d->code[0] != 'O' ||
            !(at = strstr(dx_title(w, d->code, title, sizeof(title)), open)))
            continue;
        if (term_by_title(
                w, work_printf(w, "%.*s%s%s", (int)(at - title), title, is, at + strlen(open)),
                code, &row) == TERM_ONE)
            dx_become(w, r, d, code);
    }
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
};
/* clang-format on */

/* rule_pregnancy_detail - the code of chapter 15 says that there is such a disease, not which */
void rule_pregnancy_detail(struct work *w, const struct rule *r)
{
    static const char *const options[] = {NULL};
    char shown[16];

    for (size_t i = 0; i < sizeof(diseases) / sizeof(diseases[0]); i++) {
        struct dx *d = diseases[i].detail ? dx_among(w, diseases[i].code) : NULL;

        if (d && !dx_among(w, diseases[i].disease))
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
    bool pregnant = dx_sure(w, "O09-O77;O80-O9A") != NULL;
    char shown[16];

    for (size_t i = 0; pregnant && i < sizeof(diseases) / sizeof(diseases[0]); i++) {
        struct dx *d = diseases[i].must ? dx_sure(w, diseases[i].disease) : NULL;

        if (d && !dx_among(w, diseases[i].code))
            dx_ask(w, r, d, "incomplete",
                   work_printf(w,
                               "%s in pregnancy, childbirth or puerperium stands behind a code of "
                               "%s, which the record does not have. Which does it support?",
                               icd10cm_display(d->code, shown), diseases[i].name),
                   options);
    }
}
