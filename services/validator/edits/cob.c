/* cob.c - COB: who pays first, and what those before have said */
#include "services/validator/edits/edits.h"

#include <string.h>

#include "common/base/money.h"
#include "common/base/str.h"

/* adjusted - the sum of a list of adjustments; false: no sum of money */
static bool adjusted(CcAdjustment *const *list, size_t n, int64_t *sum)
{
    for (size_t i = 0; i < n; i++)
        if (!money_add(*sum, list[i]->amount_cents, sum))
            return false;
    return true;
}

/* of_payer - a line's adjudication by this payer, or NULL */
static const CcLineAdjudication *of_payer(const CcServiceLine *l, const char *payer)
{
    for (size_t i = 0; i < l->n_adjudications; i++)
        if (strcmp(l->adjudications[i]->payer, payer) == 0)
            return l->adjudications[i];
    return NULL;
}

/* check_line - charge = paid + adjustments, for one payer; false: it does not balance */
static bool check_line(struct edit_run *r, const struct edit_line *l, const CcLineAdjudication *d)
{
    int64_t sum = d->paid_cents;

    if (adjusted(d->adjustments, d->n_adjustments, &sum) && sum == l->line->charge_cents)
        return true;
    edit_found(r, at_line(l, "SVD02"), NULL,
               "paid and adjustments of another payer do not sum to the line's charge");
    return false;
}

/* check_claim - CLM02 = paid + claim adjustments + all lines' adjustments, where that payer's lines
 * are complete or it has none */
static void check_claim(struct edit_run *r, size_t at)
{
    const CcClaimCoverage *v = r->c->claim->coverages[at];
    int64_t sum = v->paid_cents;
    size_t with = 0;
    bool fine = adjusted(v->adjustments, v->n_adjustments, &sum);

    for (size_t i = 0; i < r->c->n_lines; i++) {
        const CcLineAdjudication *d = of_payer(r->c->lines[i].line, v->payer_id);

        with += d != NULL;
        fine &= !d || adjusted(d->adjustments, d->n_adjustments, &sum);
    }
    if ((with && with < r->c->n_lines) || (!with && !v->n_adjustments))
        return;
    if (!fine || sum != r->c->claim->charge_cents)
        edit_found(r, at_coverage(at, "AMT02*D"), NULL,
                   "paid and adjustments of another payer do not sum to the claim's charge");
}

/* edit_cob_01 - the equations of every payer that has decided; the claim's only where the lines'
 * hold */
void edit_cob_01(struct edit_run *r)
{
    bool lines_hold = true;

    for (size_t i = 0; i < r->c->n_lines; i++)
        for (size_t k = 0; k < r->c->lines[i].line->n_adjudications; k++)
            lines_hold &= check_line(r, &r->c->lines[i], r->c->lines[i].line->adjudications[k]);
    for (size_t i = 0; lines_hold && i < r->c->claim->n_coverages; i++)
        if (r->c->claim->coverages[i]->adjudicated && !r->c->claim->coverages[i]->destination)
            check_claim(r, i);
}

/* other_payer - a coverage besides the destination with this payer id, or NULL */
static const CcClaimCoverage *other_payer(const struct edit_claim *c, const char *payer)
{
    for (size_t i = 0; i < c->claim->n_coverages; i++)
        if (c->claim->coverages[i] != c->destination &&
            strcmp(c->claim->coverages[i]->payer_id, payer) == 0)
            return c->claim->coverages[i];
    return NULL;
}

/* edit_cob_02 - who decided on a line is one of the claim's other payers */
void edit_cob_02(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++)
        for (size_t k = 0; k < r->c->lines[i].line->n_adjudications; k++)
            if (!other_payer(r->c, r->c->lines[i].line->adjudications[k]->payer))
                edit_found(r, at_line(&r->c->lines[i], "SVD01"), NULL,
                           "the line was decided by a payer that the claim does not name");
}

/* edit_cob_03 - everybody's place in the order, and one that the claim goes to */
void edit_cob_03(struct edit_run *r)
{
    static const char *const places[] = {"P", "S", "T", "A", "B", "C", "D",
                                         "E", "F", "G", "H", "U", NULL};
    const CcClaim *m = r->c->claim;
    size_t destinations = 0;

    for (size_t i = 0; i < m->n_coverages; i++) {
        const char *place = m->coverages[i]->sequence;
        bool again = false;

        destinations += m->coverages[i]->destination != 0;
        for (size_t k = 0; k < i; k++)
            again |= strcmp(m->coverages[k]->sequence, place) == 0 && strcmp(place, "U") != 0;
        if (!str_in(place, places))
            edit_found(r, at_coverage(i, "SBR01"), NULL,
                       "the coverage has no place in the order of payers");
        else if (again)
            edit_found(r, at_coverage(i, "SBR01"), NULL,
                       "two coverages have the same place in the order of payers");
    }
    if (destinations > 1 || (destinations == 0 && m->n_coverages > 1))
        edit_found(r, at_claim("SBR01"), NULL,
                   destinations ? "the claim goes to more than one payer"
                                : "none of the coverages is the one the claim goes to");
}

/* line_dates - does every line that this payer decided on carry the day */
static bool line_dates(const struct edit_claim *c, const char *payer)
{
    bool any = false;

    for (size_t i = 0; i < c->n_lines; i++) {
        const CcLineAdjudication *d = of_payer(c->lines[i].line, payer);

        if (d && !d->adjudication_date)
            return false;
        any |= d != NULL;
    }
    return any;
}

/* edit_cob_04 - a payer that has decided: how much, and when */
void edit_cob_04(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->claim->n_coverages; i++) {
        const CcClaimCoverage *v = r->c->claim->coverages[i];
        bool on_lines = false;

        if (v == r->c->destination)
            continue;
        for (size_t k = 0; k < r->c->n_lines; k++)
            on_lines |= of_payer(r->c->lines[k].line, v->payer_id) != NULL;
        if (on_lines && !v->adjudicated)
            edit_found(r, at_coverage(i, "AMT02*D"), NULL,
                       "the payer decided on lines, and the claim does not say what it paid");
        else if (v->adjudicated && !v->adjudication_date && !line_dates(r->c, v->payer_id))
            edit_found(r, at_coverage(i, "DTP03*573"), NULL,
                       "the payer has decided, and the claim does not say when");
    }
}

/* edit_cob_05 - what is left for the patient: once, and not less than nothing */
void edit_cob_05(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->claim->n_coverages; i++) {
        const CcClaimCoverage *v = r->c->claim->coverages[i];
        bool on_lines = false, negative = v->remaining_liability_cents < 0;

        for (size_t k = 0; k < r->c->n_lines; k++) {
            const CcLineAdjudication *d = of_payer(r->c->lines[k].line, v->payer_id);

            on_lines |= d && d->remaining_liability_given;
            negative |= d && d->remaining_liability_cents < 0;
        }
        if (negative)
            edit_found(r, at_coverage(i, "AMT02*EAF"), NULL,
                       "the patient's remaining liability is negative");
        else if (v->remaining_liability_given && on_lines)
            edit_found(r, at_coverage(i, "AMT02*EAF"), NULL,
                       "the patient's remaining liability stands on the claim and on lines");
    }
}

/* rank_of - a coverage's place as a number; U is after all */
static int rank_of(const CcClaimCoverage *v)
{
    static const char order[] = "PSTABCDEFGH";
    const char *at = v->sequence[0] ? strchr(order, v->sequence[0]) : NULL;

    return at ? (int)(at - order) : 99;
}

/* edit_cob_06 - a later payer waits for the earlier ones */
void edit_cob_06(struct edit_run *r)
{
    const CcClaimCoverage *d = r->c->destination;

    for (size_t i = 0; d && i < r->c->claim->n_coverages; i++) {
        const CcClaimCoverage *v = r->c->claim->coverages[i];

        if (v != d && rank_of(v) < rank_of(d) && !v->adjudicated && !v->noncovered_given) {
            edit_found(r, at_coverage(i, "AMT02*D"), NULL,
                       "a payer that comes before has not answered yet");
            return;
        }
    }
}

/* edit_cob_07 - why Medicare is not first */
void edit_cob_07(struct edit_run *r)
{
    static const char *const types[] = {"12", "13", "14", "15", "16", "41", "42", "43", "47", NULL};
    const CcClaimCoverage *d = r->c->destination;

    if (strcmp(d->sequence, "P") != 0 && !str_in(d->insurance_type, types))
        edit_found(r, at_coverage(r->c->destination_index, "SBR05"), NULL,
                   "Medicare is not first, and the claim does not say why");
}

/* edit_cob_09 - a payer that was never asked: all of it, and nothing else said */
void edit_cob_09(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->claim->n_coverages; i++) {
        const CcClaimCoverage *v = r->c->claim->coverages[i];

        if (!v->noncovered_given)
            continue;
        if (v->noncovered_cents != r->c->claim->charge_cents)
            edit_found(r, at_coverage(i, "AMT02*A8"), NULL,
                       "the non-covered amount is not the claim's charge");
        else if (v->adjudicated || v->n_adjustments)
            edit_found(r, at_coverage(i, "AMT02*A8"), NULL,
                       "a payer that was not asked has no payment and no adjustments");
    }
}
