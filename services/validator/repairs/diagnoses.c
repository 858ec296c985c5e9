/* diagnoses.c - REP-08 to REP-12: how ICD-10 codes are written, and a diagnosis that stands twice
 */
#include <stdio.h>
#include <string.h>

#include "common/base/str.h"
#include "common/codes/codes.h"
#include "services/validator/repair.h"

enum { SEVENTH = 7, CATEGORY = 3 };

/* code_of - where the code is written; NULL: nowhere */
static char **code_of(CcCodeAssignment *a)
{
    return a && a->code ? &a->code->code : NULL;
}

/* at_dx - its HI composite; `element` holds its name */
static struct spot at_dx(const struct repair_run *r, size_t i, char component, char element[16])
{
    return (struct spot){.part = CLAIM_PART_DIAGNOSIS,
                         .index = i,
                         .element = repair_hi(r->claim, i, component, element)};
}

/* repair_dx_form - REP-08 */
void repair_dx_form(struct repair_run *r)
{
    for (size_t i = 0; i < r->claim->n_diagnoses; i++) {
        char **code = code_of(r->claim->diagnoses[i]->assignment);
        char plain[16], element[16];

        if (code && **code && code_plain(*code, plain, sizeof(plain)) &&
            strcmp(*code, plain) != 0 && icd10cm_form(plain))
            repair_text(r, at_dx(r, i, '2', element), code, plain);
    }
}

/* codes_day - the day that picks the edition: discharge or last day of a stay, else the first */
static int32_t codes_day(const CcClaim *c)
{
    int32_t first = c->from_date;

    if (repair_is_inpatient(c))
        return c->discharge_date ? c->discharge_date : c->thru_date;
    for (size_t i = 0; i < c->n_lines; i++)
        if (c->lines[i]->from_date && (!first || c->lines[i]->from_date < first))
            first = c->lines[i]->from_date;
    return first;
}

/* is_billable - three answers: 1, 0, and -1 where no table can say */
static int is_billable(const struct repair_run *r, const char *code, int32_t on)
{
    struct table_row row;

    switch (tables_find(r->tables, TABLE_ICD10CM, code, NULL, on, &row)) {
    case LOOKUP_FOUND:
        return table_col_is(&row, "billable", "Y");
    case LOOKUP_ABSENT:
        return 0;
    default:
        return -1;
    }
}

/* is_grouped - the diagnoses of a stay make its DRG, and CMS's editor reports each that is invalid
 * or repeats the principal one: what they are is left to a person */
static bool is_grouped(const CcClaim *c)
{
    return repair_is_inpatient(c);
}

/* repair_dx_placeholder - REP-09: W19A is W19XXXA, T79.1A is T79.1XXA */
void repair_dx_placeholder(struct repair_run *r)
{
    const int32_t day = codes_day(r->claim);

    for (size_t i = 0; i < r->claim->n_diagnoses && !is_grouped(r->claim); i++) {
        char **code = code_of(r->claim->diagnoses[i]->assignment);
        const size_t n = code ? strlen(*code) : 0;
        char whole[SEVENTH + 1] = "XXXXXXX", element[16];

        if (n <= CATEGORY || n >= SEVENTH || !icd10cm_form(*code) ||
            !strchr("ABCDEFGHJKMNPQRS", (*code)[n - 1]))
            continue;
        memcpy(whole, *code, n - 1);
        whole[SEVENTH - 1] = (*code)[n - 1];
        if (is_billable(r, *code, day) == 0 && is_billable(r, whole, day) == 1)
            repair_text(r, at_dx(r, i, '2', element), code, whole);
    }
}

/* is_counted - principal, other or external cause: a reason for the visit may be one of them too */
static bool is_counted(const CcClaimDiagnosis *d)
{
    return d->role != DIAGNOSIS_ROLE_ADMITTING && d->role != DIAGNOSIS_ROLE_REASON;
}

/* first_of - the earlier diagnosis that says the same; SIZE_MAX: none */
static size_t first_of(const CcClaim *c, size_t i)
{
    const CcClaimDiagnosis *d = c->diagnoses[i];

    for (size_t k = 0; k < i; k++) {
        const CcClaimDiagnosis *x = c->diagnoses[k];
        const bool same_role = x->role == d->role || x->role == DIAGNOSIS_ROLE_PRINCIPAL;

        if (is_counted(x) && is_counted(d) && same_role && x->poa == d->poa && x->assignment &&
            d->assignment && x->assignment->code && d->assignment->code &&
            d->assignment->code->code[0] &&
            strcmp(x->assignment->code->code, d->assignment->code->code) == 0)
            return k;
    }
    return SIZE_MAX;
}

/* rank_of - what a pointer calls it */
static uint32_t rank_of(const CcClaim *c, size_t i)
{
    return c->diagnoses[i]->rank ? c->diagnoses[i]->rank : (uint32_t)i + 1;
}

/* re_point - a line's pointers after diagnosis `gone` has become `left`: later ranks move up */
static void re_point(CcServiceLine *l, uint32_t gone, uint32_t left)
{
    bool touched = false;
    size_t n = 0;

    for (size_t i = 0; i < l->n_pointers; i++)
        touched |= l->pointers[i] == gone;
    for (size_t i = 0; i < l->n_pointers; i++) {
        uint32_t p = l->pointers[i] == gone ? left : l->pointers[i];
        bool again = false;

        p -= p > gone;
        for (size_t k = 0; k < n; k++)
            again |= l->pointers[k] == p;
        if (!again || !touched)
            l->pointers[n++] = p;
    }
    l->n_pointers = n;
}

/* remove_dx - it goes, ranks behind it move up, lines follow */
static void remove_dx(CcClaim *c, size_t at, size_t left)
{
    const uint32_t gone = rank_of(c, at), kept = rank_of(c, left);

    for (size_t i = 0; i < c->n_diagnoses; i++)
        c->diagnoses[i]->rank = rank_of(c, i);
    for (size_t i = 0; i < c->n_lines; i++)
        re_point(c->lines[i], gone, kept);
    for (size_t i = at; i + 1 < c->n_diagnoses; i++)
        c->diagnoses[i] = c->diagnoses[i + 1];
    c->n_diagnoses--;
    for (size_t i = 0; i < c->n_diagnoses; i++)
        c->diagnoses[i]->rank -= c->diagnoses[i]->rank > gone;
}

/* repair_dx_twice - REP-10 */
void repair_dx_twice(struct repair_run *r)
{
    CcClaim *c = r->claim;

    for (size_t i = 1; i < c->n_diagnoses && !is_grouped(c);) {
        const size_t first = first_of(c, i);
        char element[16];

        if (first == SIZE_MAX) {
            i++;
            continue;
        }
        repair_note(r, at_dx(r, i, '2', element), c->diagnoses[i]->assignment->code->code, "");
        remove_dx(c, i, first);
    }
}

/* repair_poa - REP-11 */
void repair_poa(struct repair_run *r)
{
    static const char *const words[] = {"", "Y", "N", "U", "W"};

    if (repair_is_inpatient(r->claim))
        return;
    for (size_t i = 0; i < r->claim->n_diagnoses; i++) {
        CcClaimDiagnosis *d = r->claim->diagnoses[i];
        char element[16];

        if (d->poa < POA_Y || d->poa > POA_W)
            continue;
        repair_note(r, at_dx(r, i, '9', element), words[d->poa], "");
        d->poa = POA_UNKNOWN;
    }
}

/* repair_pcs_form - REP-12 */
void repair_pcs_form(struct repair_run *r)
{
    for (size_t i = 0; i < r->claim->n_procedures; i++) {
        char **code = code_of(r->claim->procedures[i]->assignment);
        char plain[16], element[16];

        snprintf(element, sizeof(element), "HI%02zu-2", i ? (i - 1) % 12 + 1 : 1);
        if (code && **code && code_plain(*code, plain, sizeof(plain)) && icd10pcs_form(plain))
            repair_text(r,
                        (struct spot){.part = CLAIM_PART_PROCEDURE, .index = i, .element = element},
                        code, plain);
    }
}
