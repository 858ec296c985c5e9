/* cod.c - COD: procedure codes, modifiers, and the code lists of the bill */
#include "services/validator/edits/edits.h"

#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
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

/* listed - a code of a list that may not stand twice; say: what it is */
static void listed(struct edit_run *r, const char *code, bool again, bool known, const char *say)
{
    struct place p = at_claim("HI01-2");

    if (!known)
        edit_found(r, p, edit_code_shown(code), "%s is no %s code", edit_code_shown(code), say);
    else if (again)
        edit_found(r, p, edit_code_shown(code), "%s code %s stands on the claim twice", say,
                   edit_code_shown(code));
}

/* two_signs - the form of occurrence, span, value and condition codes */
static bool two_signs(const char *s)
{
    return strlen(s) == 2 && str_is_alnum_upper(s);
}

/* in_list - two signs, and not absent from the list */
static bool in_list(struct edit_run *r, enum table_id t, const char *code)
{
    return two_signs(code) && edit_ask_list(r, t, code, r->c->thru) != ASKED_ABSENT;
}

/* check_conditions - against NUBC's list, each once */
static void check_conditions(struct edit_run *r)
{
    const CcClaim *m = r->c->claim;

    for (size_t i = 0; i < m->n_conditions; i++) {
        bool again = false;
        bool known =
            two_signs(m->conditions[i]) &&
            edit_ask(r, TABLE_CONDITION, m->conditions[i], NULL, r->c->thru, NULL) != ASKED_ABSENT;

        for (size_t k = 0; k < i; k++)
            again |= strcmp(m->conditions[i], m->conditions[k]) == 0;
        listed(r, m->conditions[i], again, known, "condition");
    }
}

/* check_occurrences - form, list; the same code on the same day once */
static void check_occurrences(struct edit_run *r)
{
    const CcClaim *m = r->c->claim;

    for (size_t i = 0; i < m->n_occurrences; i++) {
        bool again = false;

        for (size_t k = 0; k < i; k++)
            again |= strcmp(m->occurrences[i]->code, m->occurrences[k]->code) == 0 &&
                     m->occurrences[i]->occurrence_date == m->occurrences[k]->occurrence_date;
        listed(r, m->occurrences[i]->code, again,
               in_list(r, TABLE_OCCURRENCE, m->occurrences[i]->code), "occurrence");
    }
    for (size_t i = 0; i < m->n_occurrence_spans; i++)
        listed(r, m->occurrence_spans[i]->code, false, two_signs(m->occurrence_spans[i]->code),
               "occurrence span");
}

/* check_values - form, list; each once */
static void check_values(struct edit_run *r)
{
    const CcClaim *m = r->c->claim;

    for (size_t i = 0; i < m->n_values; i++) {
        bool again = false;

        for (size_t k = 0; k < i; k++)
            again |= strcmp(m->values[i]->code, m->values[k]->code) == 0;
        listed(r, m->values[i]->code, again, in_list(r, TABLE_VALUE, m->values[i]->code), "value");
    }
}

/* edit_cod_09 - the lists of the bill */
void edit_cod_09(struct edit_run *r)
{
    check_conditions(r);
    check_occurrences(r);
    check_values(r);
}

/* check_coming - type of admission or point of origin against its list */
static void check_coming(struct edit_run *r, const char *code, enum table_id t, const char *element,
                         const char *what)
{
    struct place p = in_edition(at_claim(element), edit_edition(r, t, r->c->arrived));

    if (code[0] && edit_ask(r, t, code, NULL, r->c->arrived, NULL) == ASKED_ABSENT)
        edit_same_as(r,
                     edit_found(r, p, edit_code_shown(code), "%s is no %s on the day",
                                edit_code_shown(code), what),
                     "");
}

/* mce_status - has the MCE's own list of the day of discharge the status (it lacks 40-42)? An
 * edition without any status cannot say */
static enum asked mce_status(struct edit_run *r, const char *code)
{
    if (!edit_mce(r) || edit_ask(r, TABLE_MCE, "STATUS", "01", r->c->codes_on, NULL) != ASKED_FOUND)
        return ASKED_NO_TABLE;
    return edit_ask(r, TABLE_MCE, "STATUS", code, r->c->codes_on, NULL);
}

/* check_going - the discharge status; 40-42 are for hospices only (billing §7.8) */
static void check_going(struct edit_run *r)
{
    const char *code = r->c->claim->discharge_status;
    bool hospice = r->c->facility == 81 || r->c->facility == 82;
    enum table_id t = TABLE_DISCHARGE_STATUS;
    struct place p = in_edition(at_claim("CL103"), edit_edition(r, t, r->c->thru));
    struct table_row row;
    enum asked listed, mce;

    if (!code[0]) {
        edit_found(r, p, NULL, "the discharge status is missing");
        return;
    }
    mce = mce_status(r, code);
    listed = edit_ask(r, t, code, NULL, r->c->thru, &row);
    if (mce == ASKED_ABSENT || listed == ASKED_ABSENT)
        edit_same_as(r,
                     edit_found(r, p, edit_code_shown(code), "%s is no discharge status on the day",
                                edit_code_shown(code)),
                     mce == ASKED_FOUND ? "" : r->edit->same_as);
    else if (listed == ASKED_FOUND && !hospice && table_col_is(&row, "note", "hospice"))
        edit_found(r, p, code, "discharge status %s is for hospices only", code);
}

/* edit_cod_10 - how the patient came and left */
void edit_cod_10(struct edit_run *r)
{
    const CcClaim *m = r->c->claim;

    check_going(r);
    check_coming(r, m->admit_type, TABLE_ADMISSION_TYPE, "CL101", "admission type");
    check_coming(r, m->admit_source, TABLE_ADMISSION_SOURCE, "CL102", "point of origin");
}

/* check_adjustments - groups and reasons of one payer's decision */
static void check_adjustments(struct edit_run *r, CcAdjustment *const *list, size_t n, int32_t on,
                              struct place p)
{
    static const char *const groups[] = {"CO", "CR", "OA", "PI", "PR", NULL};

    p.edition = edit_edition(r, TABLE_CARC, on);
    for (size_t i = 0; i < n; i++)
        if (!str_in(list[i]->group, groups))
            edit_found(r, p, NULL, "%s is no adjustment group", edit_code_shown(list[i]->group));
        else if (edit_ask(r, TABLE_CARC, list[i]->reason, NULL, on, NULL) == ASKED_ABSENT)
            edit_found(r, p, NULL, "%s is no adjustment reason on the day",
                       edit_code_shown(list[i]->reason));
}

/* check_remarks - of one payer's decision */
static void check_remarks(struct edit_run *r, const CcClaimCoverage *v, int32_t on, struct place p)
{
    p.edition = edit_edition(r, TABLE_RARC, on);
    for (size_t i = 0; i < v->n_remarks; i++)
        if (edit_ask_list(r, TABLE_RARC, v->remarks[i], on) == ASKED_ABSENT)
            edit_found(r, p, NULL, "%s is no remark of a remittance on the day",
                       edit_code_shown(v->remarks[i]));
}

/* edit_cod_11 - what other payers said, in codes that exist */
void edit_cod_11(struct edit_run *r)
{
    const CcClaim *m = r->c->claim;

    for (size_t i = 0; i < m->n_coverages; i++) {
        const CcClaimCoverage *v = m->coverages[i];
        int32_t on = v->adjudication_date ? v->adjudication_date : r->c->thru;

        check_adjustments(r, v->adjustments, v->n_adjustments, on, at_coverage(i, "CAS02"));
        check_remarks(r, v, on, at_coverage(i, "MOA03"));
    }
    for (size_t i = 0; i < m->n_lines; i++)
        for (size_t k = 0; k < m->lines[i]->n_adjudications; k++) {
            const CcLineAdjudication *d = m->lines[i]->adjudications[k];

            check_adjustments(r, d->adjustments, d->n_adjustments,
                              d->adjudication_date ? d->adjudication_date : r->c->thru,
                              at_line(&r->c->lines[i], "CAS02"));
        }
}
