/* seventh.c - characters that complete a code of the record: the 7th, and the dominant side */
#include "services/coder/relate.h"

#include <stdio.h>
#include <string.h>

#include "common/base/str.h"
#include "common/codes/codes.h"
#include "common/tables/tabular.h"

/* seventh_options - the code with each 7th character that its category has */
static void seventh_options(struct work *w, CcReviewItem *item, const char *code, const char *chars)
{
    char full[DX_CODE];
    struct table_row row;
    bool billable;

    for (; *chars && item->n_options < 16; chars++) {
        snprintf(full, sizeof(full), "%.6s%.*s%c", code, (int)(6 - strlen(code)), "XXX", *chars);
        if (dx_billable(w, full, &row, &billable) == LOOKUP_FOUND && billable)
            work_option(w, item, CODE_SYSTEM_ICD10CM, full, full);
    }
    dx_open_options(w, item);
}

/* is_heading - a code of the record that has codes below it */
static bool is_heading(struct work *w, const struct dx *d)
{
    struct table_row row;
    bool billable;

    return d->state == DX_OPEN && d->given &&
           dx_billable(w, d->given, &row, &billable) == LOOKUP_FOUND && !billable;
}

/* lacks_seventh - a code of the record that only lacks its 7th character; which it may have */
static bool lacks_seventh(struct work *w, const struct dx *d, char *chars, size_t size)
{
    return is_heading(w, d) && strlen(d->given) >= 3 && strlen(d->given) <= 6 &&
           tabular_seventh(w->t, d->given, w->coding_date, chars, size);
}

/* rule_seventh - active treatment, healing or sequela: the record must say which; the placeholder X
 * fills the places between */
void rule_seventh(struct work *w, const struct rule *r)
{
    char chars[40], shown[16];

    for (size_t i = 0; i < w->n_dx && w->coding_date; i++) {
        struct dx *d = &w->dx[i];
        CcReviewItem *item;

        if (!lacks_seventh(w, d, chars, sizeof(chars)))
            continue;
        item =
            work_ask_dx(w, r, d, "not-billable",
                        work_printf(w, "%s lacks its 7th character. Which does the record support?",
                                    icd10cm_display(d->given, shown)));
        if (!item->n_options)
            seventh_options(w, item, d->given, chars);
    }
}

/* complete - heading, X in the places between, the character; false: not billable that day */
static bool complete(struct work *w, const struct rule *r, struct dx *d, const char *code,
                     char last)
{
    struct table_row row;
    char full[DX_CODE];
    bool billable;

    snprintf(full, sizeof(full), "%.6s%.*s%c", code, (int)(6 - strlen(code)), "XXX", last);
    if (dx_billable(w, full, &row, &billable) != LOOKUP_FOUND || !billable)
        return false;
    dx_accept(w, r, d, full, row.edition);
    return true;
}

/* is_multiple - the record has a multiple gestation, coded already or not */
static bool is_multiple(const struct work *w)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (w->dx[i].state != DX_REJECTED && str_starts(w->dx[i].problem->code->code, "O30"))
            return true;
    return false;
}

/* rule_fetus - 0 for a single gestation: which of several fetuses it is the record must say */
void rule_fetus(struct work *w, const struct rule *r)
{
    static const char refs[] = "O31-O32;O333-O336;O35-O36;O40-O41;O601-O602;O64;O69";
    char chars[40];

    for (size_t i = 0; i < w->n_dx && w->coding_date; i++) {
        struct dx *d = &w->dx[i];

        if (d->problem->code->code[0] == 'O' && !is_multiple(w) &&
            lacks_seventh(w, d, chars, sizeof(chars)) && dx_code_in(d->given, refs) &&
            strchr(chars, '0'))
            complete(w, r, d, d->given, '0');
    }
}

/* side_words - what a title says of the side, of an entry that names one: the right is dominant,
 * the left is not, unless the words say so; NULL: no side, or two */
static const char *side_words(const char *text)
{
    bool right = str_has_word(text, "right"), left = str_has_word(text, "left");
    bool never = str_has_word(text, "nondominant") || str_has_word(text, "non-dominant");
    bool dominant =
        (str_has_word(text, "dominant") && !never) || str_has_word(text, "ambidextrous");

    if (right == left)
        return NULL;
    if (right)
        return never ? "affecting right non" : "affecting right dominant side";
    return dominant ? "affecting left dominant side" : "affecting left non";
}

/* has_sides - a heading whose codes name the side, and whether it is the dominant one */
static bool has_sides(struct work *w, const struct dx *d)
{
    return is_heading(w, d) && strlen(d->given) <= 5 && dx_code_in(d->given, "G81;G831-G833;I69");
}

/* rule_dominance - the side is said, whether it is the dominant one is not */
void rule_dominance(struct work *w, const struct rule *r)
{
    char full[DX_CODE + 1], title[DX_TITLE];

    for (size_t i = 0; i < w->n_dx && w->coding_date; i++) {
        struct dx *d = &w->dx[i];
        const char *words = has_sides(w, d) ? side_words(d->problem->code->text) : NULL;

        for (char c = '1'; words && c <= '4' && d->state == DX_OPEN; c++) {
            struct table_row row;
            bool billable;

            snprintf(full, sizeof(full), "%s%c", d->given, c);
            if (strstr(dx_title(w, full, title, sizeof(title)), words) &&
                dx_billable(w, full, &row, &billable) == LOOKUP_FOUND && billable)
                dx_accept(w, r, d, full, row.edition);
        }
    }
}
