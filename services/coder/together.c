/* together.c - what does not stand beside what: sides, signs, Excludes1, codes that need another */
#include "services/coder/relate.h"

#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/codes/codes.h"
#include "common/rules/code_set.h"
#include "common/tables/tabular.h"

enum { SIDE_AT = 4 }; /* no character before it says a side */

/* side_at - the only place where two codes differ, right (1) against left (2); -1: none such */
static int side_at(const char *a, const char *b)
{
    int at = -1;

    if (strlen(a) != strlen(b) || strncmp(a, b, SIDE_AT) != 0)
        return -1;
    for (int i = SIDE_AT; a[i]; i++) {
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

            if (dx_same_head(a, b, SIDE_AT) && dx_listed(a) && dx_listed(b) &&
                work_uncertain(a) == work_uncertain(b) && both_sides(w, a, b, code) &&
                dx_recode(w, r, a, code, b))
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

/* rule_body_mass - its code needs a diagnosis of weight or nutrition */
void rule_body_mass(struct work *w, const struct rule *r)
{
    if (!dx_known(w, "E40-E46;E65-E66;E678;E88A;F50;O9921;O25-O26;R634-R636;R64;R633"))
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

/* exclude - the diagnoses that a note above this one names, where it does not name it itself */
static void exclude(const struct work *w, struct dx *a, bool *excluded)
{
    struct tabular_walk walk = dx_climb(w, a);
    const struct tabular_note *x;

    memset(excluded, 0, w->n_dx * sizeof(*excluded));
    walk.among = &w->places;
    while ((x = tabular_note_next(w->t, a->code, TABULAR_EXCLUDES1, w->coding_date, &walk)))
        for (size_t k = 0; k < w->n_dx; k++)
            if (!excluded[k] && tabular_note_names(x, w->dx[k].key))
                excluded[k] = !tabular_note_names(x, a->key);
}

/* rule_excludes1 - two codes that are never used together, unless unrelated */
void rule_excludes1(struct work *w, const struct rule *r)
{
    const struct edition_info *list = tables_edition(w->t, TABLE_ICD10CM_TABULAR, w->coding_date);
    bool *excluded = work_array(w, w->n_dx, sizeof(*excluded));

    for (size_t i = 0; excluded && i < w->n_dx; i++) {
        struct dx *a = &w->dx[i];

        if (!dx_listed(a))
            continue;
        exclude(w, a, excluded);
        for (size_t k = 0; k < w->n_dx; k++) {
            struct dx *b = &w->dx[k];

            if (k != i && excluded[k] && dx_listed(a) && dx_listed(b))
                ask_pair(w, r, i < k ? a : b, i < k ? b : a, list);
        }
    }
}
