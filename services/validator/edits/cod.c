/* cod.c - COD: procedure codes, modifiers, places and revenue codes */
#include "services/validator/edits/edits.h"

#include <stdio.h>
#include <string.h>

#include "common/base/str.h"
#include "common/codes/codes.h"

/* is_hcpcs - SV101-1 says HCPCS (HC), or nothing; HP ER IV WK are other lists */
static bool is_hcpcs(const struct edit_line *l)
{
    return l->code[0] &&
           (!l->line->code_qualifier[0] || strcmp(l->line->code_qualifier, "HC") == 0);
}

/* first_of_group - the claim's first line with this code, day and provider */
static bool first_of_group(const struct edit_claim *c, const struct edit_line *l)
{
    return c->order[c->groups[l->group].first] == l->index;
}

/* check_code - one code on its first and last day */
static void check_code(struct edit_run *r, const struct edit_line *l)
{
    bool level2 = hcpcs2_form(l->code);
    enum table_id t = level2 ? TABLE_HCPCS : TABLE_CPT;
    struct place p;
    enum asked answer;

    if (!level2 && !cpt_form(l->code)) {
        edit_found(r, at_code(r, l), edit_code_shown(l->code),
                   "%s has the form of no HCPCS or CPT code", edit_code_shown(l->code));
        return;
    }
    answer = edit_ask(r, t, l->code, NULL, l->from, NULL);
    if (answer == ASKED_FOUND && l->thru != l->from)
        answer = edit_ask(r, t, l->code, NULL, l->thru, NULL);
    if (answer != ASKED_ABSENT)
        return;
    p = in_edition(at_code(r, l), edit_edition(r, t, l->from));
    /* dental codes are the ADA's and not in CMS's file: absence says nothing of them */
    if (l->code[0] == 'D')
        edit_found_as(r, SEVERITY_HOLD, p, l->code, "%s is dental: no table here knows it",
                      l->code);
    else
        edit_found(r, p, l->code, "%s is not active on the day of service", l->code);
}

/* not_said_well - of a line with a code: a qualifier that the guide does not have, a code of a
 * system that has no place on a line, or one written with a dot or in lower case: why, or NULL */
static const char *not_said_well(const struct edit_run *r, const struct edit_line *l)
{
    static const char *const qualifiers[] = {"HC", "ER", "IV", "WK", "HP", NULL};
    const CcCode *code = l->line->procedure->code;
    const char *q = l->line->code_qualifier;

    if (q[0] && (!str_in(q, qualifiers) || (r->c->professional && strcmp(q, "HP") == 0)))
        return "stands under a qualifier that is none of this guide";
    if (is_hcpcs(l) && code->system != CODE_SYSTEM_UNKNOWN && code->system != CODE_SYSTEM_HCPCS &&
        code->system != CODE_SYSTEM_CPT)
        return "is of a system that has no place on a service line";
    if (is_hcpcs(l) && strcmp(code->code, l->code) != 0)
        return "is written with a dot, a blank or in lower case";
    return NULL;
}

/* edit_cod_03 - each code on each of its days */
void edit_cod_03(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];
        const char *why = l->code[0] ? not_said_well(r, l) : NULL;

        if (why)
            edit_found(r, at_code(r, l), edit_code_shown(l->code), "%s %s",
                       edit_code_shown(l->code), why);
        else if (is_hcpcs(l) && first_of_group(r->c, l))
            check_code(r, l);
    }
}

/* is_cpt_modifier - the AMA's own: two digits, P1-P6, and those of category II; CMS's file lists
 * level II only */
static bool is_cpt_modifier(const char *m)
{
    static const char *const list[] = {"22", "23", "24", "25", "26", "27", "32", "33", "47", "50",
                                       "51", "52", "53", "54", "55", "56", "57", "58", "59", "62",
                                       "63", "66", "73", "74", "76", "77", "78", "79", "80", "81",
                                       "82", "90", "91", "92", "93", "95", "96", "97", "99", "P1",
                                       "P2", "P3", "P4", "P5", "P6", "1P", "2P", "3P", "8P", NULL};

    return str_in(m, list);
}

/* modifier_is_wrong - why, or NULL */
static const char *modifier_is_wrong(struct edit_run *r, const struct edit_line *l, size_t at)
{
    const char *m = l->line->modifiers[at];

    if (!modifier_form(m))
        return "is not two characters of A-Z and 0-9";
    for (size_t k = 0; k < at; k++)
        if (strcmp(l->line->modifiers[k], m) == 0)
            return "stands on the line twice";
    if (is_cpt_modifier(m) || edit_ask(r, TABLE_MODIFIERS, m, NULL, l->from, NULL) != ASKED_ABSENT)
        return NULL;
    return "is not active on the day of service";
}

/* edit_cod_05 - modifiers: real, at most four, each once */
void edit_cod_05(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if (l->line->n_modifiers > 4)
            edit_found(r, at_mods(r, l), l->code, "%zu modifiers, and a line takes four",
                       l->line->n_modifiers);
        for (size_t k = 0; k < l->line->n_modifiers && k < 4; k++) {
            const char *why = modifier_is_wrong(r, l, k);
            struct place p = in_edition(at_mods(r, l), edit_edition(r, TABLE_MODIFIERS, l->from));

            snprintf(p.element, sizeof(p.element), "%s-%zu", r->c->professional ? "SV101" : "SV202",
                     k + 3);
            if (why)
                edit_found(r, p, l->code, "modifier %s %s", edit_code_shown(l->line->modifiers[k]),
                           why);
        }
    }
}

/* edit_is_visit - evaluation and management */
bool edit_is_visit(const char *code)
{
    return edit_code_between(code, "99202", "99499");
}

/* edit_is_anesthesia - whose units are minutes */
bool edit_is_anesthesia(const char *code)
{
    return edit_code_between(code, "00100", "01999");
}

/* is_test_or_surgery - codes of surgery, radiology and pathology: never E/M */
static bool is_test_or_surgery(const char *code)
{
    return edit_code_between(code, "10004", "89398");
}

/* component_misfit - 26 or TC on a code whose PC/TC indicator has no such part (CMS physician fee
 * schedule; 9 and a code that is not in it say nothing); or NULL */
static const char *component_misfit(struct edit_run *r, const struct edit_line *l)
{
    char pctc =
        (l->mods & (MOD_26 | MOD_TC)) && r->c->professional ? edit_fee_sign(r, l, "pctc") : '\0';

    if (!pctc || pctc == '9')
        return NULL;
    if ((l->mods & MOD_26) && strchr("023457", pctc))
        return "the fee schedule knows no professional component of the code";
    if ((l->mods & MOD_TC) && strchr("02345678", pctc))
        return "the fee schedule knows no technical component of the code";
    return NULL;
}

/* misfit - why a modifier and the code do not go together, or NULL */
static const char *misfit(struct edit_run *r, const struct edit_line *l)
{
    if ((l->mods & MOD_26) && (l->mods & MOD_TC))
        return "modifiers 26 and TC are the two halves of one service";
    if ((l->mods & (MOD_25 | MOD_24 | MOD_57)) && is_test_or_surgery(l->code))
        return "modifiers 24, 25 and 57 are for evaluation and management";
    if ((l->mods & (MOD_26 | MOD_TC)) && edit_is_visit(l->code))
        return "evaluation and management has no professional or technical component";
    return component_misfit(r, l);
}

/* edit_cod_06 - modifiers on a class of codes that they are not for */
void edit_cod_06(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const char *why = misfit(r, &r->c->lines[i]);

        if (why)
            edit_found(r, at_mods(r, &r->c->lines[i]), r->c->lines[i].code, "%s", why);
    }
}

/* check_pos - one place of service */
static void check_pos(struct edit_run *r, const char *pos, int32_t on, struct place p)
{
    p.edition = edit_edition(r, TABLE_POS, on);
    if (!pos[0])
        edit_found(r, p, NULL, "the place of service is missing");
    else if (edit_ask(r, TABLE_POS, pos, NULL, on, NULL) == ASKED_ABSENT)
        edit_found(r, p, NULL, "%s is no place of service on the day", edit_code_shown(pos));
}

/* edit_cod_07 - the claim's place of service, and a line's own */
void edit_cod_07(struct edit_run *r)
{
    const char *claim = r->c->claim->place_of_service;

    check_pos(r, claim, r->c->from, at_claim("CLM05-1"));
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];
        const char *own = l->line->place_of_service;

        if (own[0] && strcmp(own, claim) != 0)
            check_pos(r, own, l->from, at_line(l, "SV105"));
    }
}

/* edit_cod_08 - revenue codes: form, list, day */
void edit_cod_08(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];
        const char *code = l->line->revenue;
        struct place p = in_edition(at_line(l, "SV201"), edit_edition(r, TABLE_REVENUE, l->from));

        if (!code[0])
            edit_found(r, p, NULL, "the line has no revenue code");
        else if (r->c->medicare && (l->revenue == 680 || l->revenue == 826))
            edit_found(r, p, code, "Medicare does not take revenue code %s", code);
        else if (!revenue_form(code) ||
                 edit_ask(r, TABLE_REVENUE, code, NULL, l->from, NULL) == ASKED_ABSENT)
            edit_found(r, p, edit_code_shown(code), "%s is no revenue code on the day",
                       edit_code_shown(code));
    }
}
