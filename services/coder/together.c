/* together.c - what does not stand beside what: sides, signs, Excludes1, codes that need another */
#include "services/coder/relate.h"

#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/codes/codes.h"
#include "common/rules/code_set.h"
#include "common/tables/tabular.h"

/* side_at - the only place where two codes differ, right (1) against left (2); -1: none such */
static int side_at(const char *a, const char *b)
{
    int at = -1;

    if (strlen(a) != strlen(b) || strncmp(a, b, 4) != 0)
        return -1;
    for (int i = 4; a[i]; i++) {
        if (a[i] == b[i])
            continue;
        if (at >= 0 || a[i] + b[i] != '1' + '2' || (a[i] != '1' && a[i] != '2'))
            return -1;
        at = i;
    }
    return at;
}

/* by_words - "Unilateral X, right S": the code of "Bilateral X of S"; false: none such */
static bool by_words(struct work *w, const char *title, char *code)
{
    static const char one[] = "Unilateral ", side[] = ", right ";
    const char *at = strstr(title, side);
    struct table_row row;

    return at && str_starts(title, one) &&
           term_by_title(w,
                         work_printf(w, "Bilateral %.*s of %s",
                                     (int)(at - title - (ptrdiff_t)strlen(one)),
                                     title + strlen(one), at + strlen(side)),
                         code, &row) == TERM_ONE;
}

/* both_sides - the bilateral code of a right and a left one, by their titles; false: none */
static bool both_sides(struct work *w, const struct dx *a, const struct dx *b, char *code)
{
    char title[DX_TITLE];
    int at = side_at(a->code, b->code);
    const char *right = at < 0 ? "" : a->code[at] == '1' ? a->code : b->code;

    if (at < 0 || !strstr(dx_title(w, right, title, sizeof(title)), "right"))
        return false;
    if (by_words(w, title, code))
        return true;
    str_copy(code, DX_CODE, right);
    code[at] = '3';
    dx_title(w, code, title, sizeof(title));
    return strstr(title, "bilateral") || strstr(title, "Bilateral");
}

/* rule_both_sides - the same condition right and left, where a bilateral code exists */
void rule_both_sides(struct work *w, const struct rule *r)
{
    char code[DX_CODE];

    for (size_t i = 0; i < w->n_dx; i++)
        for (size_t k = i + 1; k < w->n_dx; k++) {
            struct dx *a = &w->dx[i], *b = &w->dx[k];

            if (dx_listed(a) && dx_listed(b) && work_uncertain(a) == work_uncertain(b) &&
                both_sides(w, a, b, code) && dx_recode(w, r, a, code, b))
                dx_absorb(w, r, a, b);
        }
}

/* rule_acute_on_chronic - both forms of a disease, where one code says both by its title */
void rule_acute_on_chronic(struct work *w, const struct rule *r)
{
    static const char *const forms[] = {"on", "and"};
    char rest[DX_TITLE], code[DX_CODE];
    struct table_row row;

    for (size_t i = 0; i < w->n_dx; i++) {
        struct dx *acute = &w->dx[i], *chronic = dx_chronic_of(w, acute, rest);

        for (size_t k = 0; chronic && k < 2; k++)
            if (term_by_title(w, work_printf(w, "Acute %s chronic %s", forms[k], rest), code,
                              &row) == TERM_ONE &&
                dx_recode(w, r, acute, code, chronic)) {
                dx_absorb(w, r, acute, chronic);
                break;
            }
    }
}

/* clang-format off */
/* Signs and symptoms that are routinely part of a disease (I.B.5), pain of an arthritic joint
 * included; no table says which, so only the plain ones. */
static const struct {
    const char *sign, *disease;
} part_of[] = {
    {"R030",            "I10-I13;I15-I16;O10-O16"},
    {"R05",             "J00-J06;J09-J18;J20-J22;J40-J45;J47"},
    {"R05;R0600-R0602;R0609;R062", "U070"},
    {"R0600-R0602;R0609", "I50;J12-J18;J43-J45;J80-J84;J96"},
    {"R062",            "J44-J45"},
    {"R0789;R079;R071-R072", "I20-I22;J12-J18"},
    {"R0902",           "J96"},
    {"R0981",           "J00-J01;J30"},
    {"R10",             "K25-K29;K35-K38;K50-K52;K56-K57;K80-K81;K85;N20-N23"},
    {"R110-R112",       "A08-A09;G43;K35;K52;K56;K85"},
    {"R12",             "K21"},
    {"R17",             "B15-B19;K70-K71;K72"},
    {"R197",            "A00-A09;K50-K52"},
    {"R300;R350;R3915", "N30;N390"},
    {"R31",             "N20-N21"},
    {"R509",            "A00-A09;A40-A41;J09-J18;N10"},
    {"R51",             "G43-G44"},
    {"R56",             "G40"},
    {"R600;R609",       "I50"},
    {"R6883",           "A40-A41"},
    {"R730",            "E08-E11;E13"},
    {"R7881",           "A40-A41"},
    {"R8271",           "N30;N390"},
    {"M25551",          "M160;M1611"},
    {"M25552",          "M160;M1612"},
    {"M25561",          "M170;M1711"},
    {"M25562",          "M170;M1712"},
};
/* clang-format on */

/* rule_sign - a sign of a disease that the visit has is not coded beside it */
void rule_sign(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < sizeof(part_of) / sizeof(part_of[0]); i++) {
        struct dx *sign, *disease = dx_sure(w, part_of[i].disease);

        while (disease && (sign = dx_among(w, part_of[i].sign)))
            dx_absorb(w, r, disease, sign);
    }
}

/* rule_body_mass - its code needs a diagnosis of weight or nutrition */
void rule_body_mass(struct work *w, const struct rule *r)
{
    if (!dx_among(w, "E40-E46;E65-E66;E678;E88A;F50;O9921;O25-O26;R634-R636;R64;R633"))
        dx_reject_set(w, r, "Z68");
}

/* ask_pair - the two codes, or one of them, or something else */
static void ask_pair(struct work *w, const struct rule *r, struct dx *a, struct dx *b,
                     const struct edition_info *list)
{
    const char *const options[] = {a->code, b->code, "both, unrelated to each other", NULL};
    char x[16], y[16];

    work_cite_table(w, a->as, r, list);
    dx_ask(w, r, b, "excludes",
           work_printf(w,
                       "%s and %s: the tabular list excludes one beside the other unless they are "
                       "unrelated. Which does the record support?",
                       icd10cm_display(a->code, x), icd10cm_display(b->code, y)),
           options);
}

/* rule_no_notes - two diagnoses without the notes on how they stand to each other */
void rule_no_notes(struct work *w, const struct rule *r)
{
    size_t n = 0;
    char day[DATE_TEXT];

    for (size_t i = 0; i < w->n_dx; i++)
        n += dx_listed(&w->dx[i]);
    if (n > 1 && !tables_edition(w->t, TABLE_ICD10CM_TABULAR, w->coding_date))
        work_ask(w, r, "no-table",
                 work_printf(w, "No edition of icd10cm-tabular covers %s. Load it.",
                             date_text(w->coding_date, day)));
}

/* excluding - does a note above a name b and not a itself */
static bool excluding(const struct work *w, const struct dx *a, const struct dx *b)
{
    const struct tabular_note *x;
    struct tabular_walk walk = {0};

    while ((x = tabular_note_next(w->t, a->code, TABULAR_EXCLUDES1, w->coding_date, &walk)))
        if (tabular_note_names(x, code_key(b->code)) && !tabular_note_names(x, code_key(a->code)))
            return true;
    return false;
}

/* rule_excludes1 - two codes that are never used together, unless unrelated */
void rule_excludes1(struct work *w, const struct rule *r)
{
    const struct edition_info *list = tables_edition(w->t, TABLE_ICD10CM_TABULAR, w->coding_date);

    for (size_t i = 0; i < w->n_dx; i++)
        for (size_t k = 0; k < w->n_dx; k++) {
            struct dx *a = &w->dx[i], *b = &w->dx[k];

            if (k != i && dx_listed(a) && dx_listed(b) && excluding(w, a, b))
                ask_pair(w, r, i < k ? a : b, i < k ? b : a, list);
        }
}

/* weeks_code - Z3A of completed weeks */
static const char *weeks_code(uint32_t days, char *out)
{
    uint32_t weeks = days / 7;

    snprintf(out, DX_CODE, "Z3A%02u", weeks < 8 ? 1U : weeks > 42 ? 49U : (unsigned)weeks);
    return out;
}

/* rule_weeks - a complication of pregnancy is told with the week, where the record has it */
void rule_weeks(struct work *w, const struct rule *r)
{
    struct dx *d = dx_sure(w, "O09-O84;O93-O93;O95-O99");
    uint32_t days = w->enc->visit->gestation_days;
    char code[DX_CODE];

    if (d && days && days < 7 * 60 && !dx_among(w, "Z3A"))
        dx_derive(w, r, d, d, weeks_code(days, code));
}
