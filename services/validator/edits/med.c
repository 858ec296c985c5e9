/* med.c - MED, AUT: what is never covered, and what is only under conditions
 *
 * Procedures of acute stays: CMS's own editor by the day of discharge (MCE 11, 17; billing §7.5).
 */
#include "services/validator/edits/edits.h"

#include <string.h>

/* all_codes - flags of all diagnoses but the admitting one, and of all procedures */
static struct mce_all all_codes(struct edit_run *r)
{
    struct mce_all all = {.age = r->c->age};

    for (size_t i = 0; i < r->c->n_dx; i++)
        all.dx |= edit_dx_admitting(&r->c->dx[i]) ? 0 : edit_dx_flags(r, &r->c->dx[i]);
    for (size_t i = 0; i < r->c->n_pcs; i++)
        all.px |= edit_pcs_flags(r, &r->c->pcs[i]);
    return all;
}

typedef uint32_t mce_rule(uint32_t flags, const struct mce_all *all);

/* check_procedures - each procedure that a rule of the MCE names */
static void check_procedures(struct edit_run *r, mce_rule *rule, CcSeverity severity,
                             const char *say)
{
    struct mce_all all = all_codes(r);

    for (size_t i = 0; i < r->c->n_pcs; i++) {
        struct edit_pcs *p = &r->c->pcs[i];

        if (rule(edit_pcs_flags(r, p), &all))
            edit_found_as(r, severity, in_edition(at_pcs(p), edit_mce(r)), p->code, "%s %s",
                          p->code, say);
    }
}

/* shut_of - which of CMS's words shuts the code out: non-covered (M; IOCE 9) or excluded by statute
 * (S; IOCE 50) in the HCPCS file, status N in the fee schedule, E1 in Addendum B; NULL: none.
 * *same: the editor's number */
static const char *shut_of(struct edit_run *r, const struct edit_line *l, const char **same,
                           const struct edition_info **edition)
{
    struct table_row row;

    *same = "IOCE 9";
    if (l->code[0] >= 'A' &&
        edit_ask(r, TABLE_HCPCS, l->code, NULL, l->from, &row) == ASKED_FOUND) {
        *edition = row.edition;
        if (table_col_is(&row, "coverage", "M"))
            return "calls it non-covered";
        *same = "IOCE 50";
        if (table_col_is(&row, "coverage", "S"))
            return "calls it excluded by statute";
    }
    *same = "IOCE 9";
    *edition = r->c->professional ? in_fee(r, at_claim(""), l).edition
                                  : edit_edition(r, TABLE_OPPS, l->from);
    if (r->c->professional && edit_fee_sign(r, l, "status") == 'N')
        return "calls it non-covered (status N)";
    return strcmp(edit_status(r, l), "E1") == 0 ? "calls it non-covered (status E1)" : NULL;
}

/* check_coverage - codes that Medicare's own files shut out, without a modifier that says the
 * patient knows */
static void check_coverage(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];
        const struct edition_info *edition = NULL;
        const char *same, *why;

        if (!l->key || (l->mods & MOD_NONCOVERED))
            continue;
        why = shut_of(r, l, &same, &edition);
        if (why)
            edit_same_as(r,
                         edit_found(r, in_edition(at_code(r, l), edition), l->code,
                                    "Medicare does not pay %s: its file %s, and no modifier (GY, "
                                    "GX, GA, GZ) says that the patient knows",
                                    l->code, why),
                         same);
    }
}

/* edit_med_04 - what is never covered: procedures of the MCE, HCPCS codes of Medicare */
void edit_med_04(struct edit_run *r)
{
    if (r->c->acute)
        check_procedures(r, mce_not_covered, r->edit->severity, "is not covered");
    if (r->c->medicare && !r->c->acute)
        check_coverage(r);
}

/* edit_aut_01 - limited coverage: an approved house, a trial, a device; the number must be there.
 * The MCE reports the procedure with or without it, so that is noted */
void edit_aut_01(struct edit_run *r)
{
    const CcClaim *m = r->c->claim;
    bool told = m->authorization[0] || m->investigational_device[0] ||
                (r->c->destination && r->c->destination->authorization[0]);

    if (!r->c->acute)
        return;
    if (told)
        check_procedures(r, mce_limited, SEVERITY_NOTE,
                         "has limited coverage: the authorization must be for it");
    else
        check_procedures(r, mce_limited, r->edit->severity,
                         "has limited coverage, and the claim carries no authorization");
}
