/* aim.c - what the visit was for: where the record's own words on its aim - the reason of a
 * procedure, the admitting diagnosis, what surgery was planned for - disagree with its ranking
 *
 * Mostly told, not decided: the record ranks, and a person may know why. */
#include "services/coder/relate.h"

#include <string.h>

#include "common/codes/codes.h"

static const char primary[] = "C00-C76;C7A;C80-C96";
static const char secondary[] = "C77-C79;C7B";

/* reason_among - the listed diagnosis of the set that a completed procedure was done for; NULL:
 * none
 */
static struct dx *reason_among(struct work *w, const CcProcedure *p, const char *refs)
{
    for (size_t i = 0; strcmp(p->status, "completed") == 0 && i < p->n_reasons; i++) {
        struct dx *d = work_pointed(w, p->reasons[i]);

        if (d && d->rank && dx_listed(d) && dx_in(d, refs))
            return d;
    }
    return NULL;
}

/* treated - of all procedures */
static struct dx *treated(struct work *w, const char *refs)
{
    for (size_t i = 0; i < w->enc->n_procedures; i++) {
        struct dx *d = reason_among(w, w->enc->procedures[i], refs);

        if (d)
            return d;
    }
    return NULL;
}

/* tell_first - two codes either of which may be first */
static void tell_first(struct work *w, const struct rule *r, const struct dx *first,
                       const struct dx *other, const char *why)
{
    const char *const options[] = {other->code, first->code, NULL};
    char x[16], y[16];

    if (answer_is_first(w, first->code) || answer_is_first(w, other->code))
        return;
    dx_tell(w, r, first, "equal-principal",
            work_printf(w, "%s is ranked before %s: %s Which was the visit for?",
                        icd10cm_display(first->code, x), icd10cm_display(other->code, y), why),
            options);
}

/* rule_neoplasm_aim - a primary neoplasm is ranked first, and all that was done was done for its
 * metastasis, or the other way round */
void rule_neoplasm_aim(struct work *w, const struct rule *r)
{
    const struct dx *first = dx_ranked(w, 1), *other;
    bool spread = first && dx_in(first, secondary);

    if (!first || !(spread || dx_in(first, primary)) || treated(w, spread ? secondary : primary))
        return;
    other = treated(w, spread ? primary : secondary);
    if (other)
        tell_first(w, r, first, other, "all procedures of the record are for the latter.");
}

/* rule_neoplasm_sign - a sign never replaces the neoplasm that it may be of */
void rule_neoplasm_sign(struct work *w, const struct rule *r)
{
    const struct dx *first = dx_ranked(w, 1), *neoplasm = dx_sure(w, "C00-C96");

    if (first && neoplasm && dx_in(first, "R00-R64;R68-R94"))
        tell_first(w, r, first, neoplasm,
                   "a sign of a malignant neoplasm does not stand before it.");
}

/* clang-format off */
/* Signs, and the chapter or categories where their diseases are. */
static const struct {
    const char *signs, *diseases;
} systems[] = {
    {"R00-R03;R07;R55", "I20-I52"},
    {"R04-R06;R09",     "J00-J99;I26;I50"},
    {"R10-R19",         "K20-K93"},
    {"R20-R23",         "L00-L99"},
    {"R25-R29;R40-R43;R47-R48;R51;R56", "G00-G99;I60-I69"},
    {"R30-R39",         "N00-N99"},
    {"R50",             "A00-B99;J09-J18;N10;N390"},
};
/* clang-format on */

/* rule_sign_principal - of a stay: a sign is principal, and a disease of the same organs was there
 */
void rule_sign_principal(struct work *w, const struct rule *r)
{
    const struct dx *first = w->inpatient ? dx_ranked(w, 1) : NULL, *disease = NULL;

    for (size_t i = 0; first && first->code[0] == 'R' && i < sizeof(systems) / sizeof(systems[0]);
         i++)
        if (dx_in(first, systems[i].signs))
            disease = dx_sure(w, systems[i].diseases);
    if (disease && disease->poa != POA_N)
        tell_first(w, r, first, disease,
                   "a sign is no principal diagnosis where the disease is established that it was "
                   "of.");
}

static const char complications[] = "D78;E89;G97;H59;H95;I97;J95;K68;K91;K94-K95;L76;M96;N98-N99;"
                                    "T80-T88@7A";

/* admitted_for - the record's admitting diagnosis is this code */
static bool admitted_for(const struct work *w, const char *code)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (w->dx[i].state == DX_CODED && w->dx[i].problem->use == PROBLEM_USE_ADMITTING &&
            strcmp(w->dx[i].code, code) == 0)
            return true;
    return false;
}

/* rule_admitted_complication - of a stay: admitted for a complication of care, which was there, and
 * another diagnosis is principal */
void rule_admitted_complication(struct work *w, const struct rule *r)
{
    const struct dx *first = w->inpatient ? dx_ranked(w, 1) : NULL;

    for (size_t i = 0; first && !dx_in(first, complications) && i < w->n_dx; i++) {
        const struct dx *d = &w->dx[i];

        if (dx_listed(d) && d->rank > 1 && d->poa != POA_N && dx_in(d, complications) &&
            admitted_for(w, d->code)) {
            tell_first(w, r, first, d, "the patient was admitted for the latter.");
            return;
        }
    }
}

/* surgery_was_for - the first listed diagnosis that the record calls pre- or postoperative */
static struct dx *surgery_was_for(struct work *w)
{
    for (uint32_t rank = 2; rank <= w->n_dx; rank++) {
        struct dx *d = dx_ranked(w, rank);

        if (d && (d->problem->use == PROBLEM_USE_PREOPERATIVE ||
                  d->problem->use == PROBLEM_USE_POSTOPERATIVE))
            return d;
    }
    return NULL;
}

/* rule_surgery_first - outpatient surgery: what it was for before a complication of it; surgery of
 * a complication was for that */
void rule_surgery_first(struct work *w, const struct rule *r)
{
    struct dx *first = w->inpatient ? NULL : dx_ranked(w, 1), *d;

    if (!first || !dx_in(first, complications) || first->problem->use == PROBLEM_USE_PREOPERATIVE ||
        first->problem->use == PROBLEM_USE_POSTOPERATIVE)
        return;
    d = surgery_was_for(w);
    if (d)
        dx_before(w, r, d, first);
}

/* rule_trauma_pain - pain of an injury that is treated, where it is not itself the reason */
void rule_trauma_pain(struct work *w, const struct rule *r)
{
    struct dx *pain = dx_among(w, "G8911"), *injury = dx_sure(w, "S00-T34@7ABC");

    if (!pain || !injury || pain->rank == 1)
        return;
    dx_absorb(w, r, injury, pain);
    dx_leave_ranks(w, pain);
}

/* rule_known_pain - chronic pain behind a disease that hurts: coded only where its control was the
 * reason, or where it is another pain */
void rule_known_pain(struct work *w, const struct rule *r)
{
    static const char causes[] = "K860-K861;M05-M19;M45-M51;M80;M84;N80";
    static const char *const options[] = {"the pain was treated for itself", "it is another pain",
                                          NULL};
    const struct dx *pain = dx_among(w, "G8929"), *first = dx_ranked(w, 1);
    char x[16], y[16];

    if (pain && first && pain != first && dx_in(first, causes))
        dx_tell(w, r, pain, "unlinked",
                work_printf(w,
                            "%s stands behind %s, whose pain has no code of its own unless its "
                            "control was the reason of the visit. Was it?",
                            icd10cm_display(pain->code, x), icd10cm_display(first->code, y)),
                options);
}
