/* cod_list.c - COD-09 to COD-11: the code lists of the bill, and those of other payers' decisions
 */
#include "services/validator/edits/edits.h"

#include <string.h>

#include "common/base/str.h"
#include "common/tables/mce.h"

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

/* mce_status - has the MCE's own list of the day of discharge the status (it lacks 40-42)? */
static enum asked mce_status(const struct edit_run *r, const char *code)
{
    const struct mce *m = edition_mce(edit_mce(r));
    int status = str_is_digits(code, 2, 2) ? (code[0] - '0') * 10 + code[1] - '0' : -1;

    if (!m)
        return ASKED_NO_TABLE;
    return mce_status_valid(m, status, r->c->codes_on) ? ASKED_FOUND : ASKED_ABSENT;
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
