/* age.c - AGE, SEX: the code and the patient
 *
 * Groups and their ages by date come with the MCE table (newborn 0, pediatric 0-17, maternity 9-64,
 * 12-55 until 2019-09-30, adult 15-124). */
#include "services/validator/edits/edits.h"

#include <string.h>

#include "common/base/str.h"
#include "common/tables/mce.h"

/* check_group - each diagnosis of a group against the patient's age on arrival */
static void check_group(struct edit_run *r, uint32_t flag, const char *say)
{
    for (size_t i = 0; i < r->c->n_dx; i++) {
        struct edit_dx *d = &r->c->dx[i];
        const struct edition_info *edition = edit_edition(r, TABLE_MCE, d->on);
        int from, to;

        if (edit_dx_admitting(d) || d->again || !(edit_dx_flags(r, d) & flag) ||
            !mce_age_conflict(edition_mce(edition), flag, r->c->age, d->on, &from, &to))
            continue;
        edit_found(r, in_edition(at_dx(r, d), edition), edit_dx_shown(r, d),
                   "%s is a %s diagnosis (age %d to %d), and the patient's age is outside",
                   edit_dx_shown(r, d), say, from, to);
    }
}

/* edit_age_01 - newborn diagnoses */
void edit_age_01(struct edit_run *r)
{
    check_group(r, MCE_NEWBORN, "newborn");
}

/* edit_age_02 - pediatric diagnoses */
void edit_age_02(struct edit_run *r)
{
    check_group(r, MCE_PEDIATRIC, "pediatric");
}

/* edit_age_03 - maternity diagnoses */
void edit_age_03(struct edit_run *r)
{
    check_group(r, MCE_MATERNITY, "maternity");
}

/* edit_age_04 - adult diagnoses */
void edit_age_04(struct edit_run *r)
{
    check_group(r, MCE_ADULT, "adult");
}

/* clang-format off */
/* Codes whose own definition holds an age; days where that is the unit. */
static const struct {
    const char *from_code, *to_code;
    int from, to;
    bool days;
} aged[] = {
    {"90460", "90461", 0, 18, false}, {"99381", "99381", 0, 0, false},   {"99382", "99382", 1, 4, false},
    {"99383", "99383", 5, 11, false}, {"99384", "99384", 12, 17, false}, {"99385", "99385", 18, 39, false},
    {"99386", "99386", 40, 64, false}, {"99387", "99387", 65, 124, false}, {"99391", "99391", 0, 0, false},
    {"99392", "99392", 1, 4, false},  {"99393", "99393", 5, 11, false},  {"99394", "99394", 12, 17, false},
    {"99395", "99395", 18, 39, false}, {"99396", "99396", 40, 64, false}, {"99397", "99397", 65, 124, false},
    {"99460", "99465", 0, 28, true},  {"99468", "99469", 0, 28, true},   {"99471", "99472", 0, 1, false},
    {"99475", "99476", 2, 5, false},  {"99477", "99477", 0, 28, true},
};
/* clang-format on */

/* edit_age_05 - procedure codes that name an age */
void edit_age_05(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++)
        for (size_t k = 0; r->c->lines[i].code[0] == '9' && k < sizeof(aged) / sizeof(aged[0]);
             k++) {
            const struct edit_line *l = &r->c->lines[i];
            int age = aged[k].days ? r->c->age_days : r->c->age;

            if (!edit_code_between(l->code, aged[k].from_code, aged[k].to_code) ||
                (age >= aged[k].from && age <= aged[k].to))
                continue;
            edit_found(r, at_code(r, l), l->code, "%s is for %s %d to %d, and the patient is not",
                       l->code, aged[k].days ? "days of life" : "ages", aged[k].from, aged[k].to);
        }
}

/* sex_known - female or male: what can be compared */
static bool sex_known(const struct edit_run *r)
{
    const CcPatient *p = r->c->claim->patient;

    return p && (p->sex == SEX_FEMALE || p->sex == SEX_MALE);
}

/* sex_open - condition code 45 or modifier KX: the sex on file is not that of the organ */
static bool sex_open(const struct edit_run *r)
{
    const CcClaim *m = r->c->claim;

    for (size_t i = 0; i < m->n_conditions; i++)
        if (strcmp(m->conditions[i], "45") == 0)
            return true;
    for (size_t i = 0; i < r->c->n_lines; i++)
        if (r->c->lines[i].mods & MOD_KX)
            return true;
    return false;
}

/* other_sex - the flag of the sex that the patient is not */
static uint32_t other_sex(const struct edit_run *r)
{
    return r->c->claim->patient->sex == SEX_FEMALE ? MCE_MALE : MCE_FEMALE;
}

/* edit_sex_01 - diagnoses and ICD-10-PCS codes of the other sex; the MCE itself knows no bypass:
 * what condition code 45 opens it still reports, so on a stay it is noted */
void edit_sex_01(struct edit_run *r)
{
    bool open = sex_open(r);
    CcSeverity severity = open ? SEVERITY_NOTE : r->edit->severity;
    const struct edition_info *edition = edit_edition(r, TABLE_MCE, r->c->codes_on);

    if (!sex_known(r) || (open && !r->c->acute))
        return;
    for (size_t i = 0; i < r->c->n_dx; i++) {
        struct edit_dx *d = &r->c->dx[i];

        if (!edit_dx_admitting(d) && !d->again && (edit_dx_flags(r, d) & other_sex(r)))
            edit_found_as(r, severity, in_edition(at_dx(r, d), edition), edit_dx_shown(r, d),
                          "%s is a diagnosis of the other sex", edit_dx_shown(r, d));
    }
    for (size_t i = 0; i < r->c->n_pcs; i++)
        if (edit_pcs_flags(r, &r->c->pcs[i]) & other_sex(r))
            edit_found_as(r, severity, in_edition(at_pcs(&r->c->pcs[i]), edition),
                          r->c->pcs[i].code, "%s is a procedure of the other sex",
                          r->c->pcs[i].code);
}

/* clang-format off */
/* Codes of one sex by the chapters of the code book: male genital system, female genital system, maternity; screening. */
static const struct {
    const char *from, *to;
    CcSex sex;
} sexed[] = {
    {"54000", "55899", SEX_MALE},   {"56405", "59899", SEX_FEMALE}, {"76801", "76828", SEX_FEMALE},
    {"84152", "84154", SEX_MALE},   {"88141", "88155", SEX_FEMALE}, {"88164", "88167", SEX_FEMALE},
    {"88174", "88175", SEX_FEMALE}, {"G0101", "G0101", SEX_FEMALE}, {"G0102", "G0103", SEX_MALE},
    {"G0123", "G0124", SEX_FEMALE}, {"G0141", "G0148", SEX_FEMALE}, {"Q0091", "Q0091", SEX_FEMALE},
};
/* clang-format on */

/* edit_sex_02 - procedure codes of the other sex */
void edit_sex_02(struct edit_run *r)
{
    if (!sex_known(r) || sex_open(r))
        return;
    for (size_t i = 0; i < r->c->n_lines; i++)
        for (size_t k = 0; k < sizeof(sexed) / sizeof(sexed[0]); k++) {
            const struct edit_line *l = &r->c->lines[i];

            if (edit_code_between(l->code, sexed[k].from, sexed[k].to) &&
                sexed[k].sex != r->c->claim->patient->sex)
                edit_found(r, at_code(r, l), l->code, "%s is a procedure of the other sex",
                           l->code);
        }
}
