/* deadline.c - the filing limit: Medicare's by law, other payers' by their rules or their row in
 * the payers table
 *
 * Medicare: one calendar year, from each line's first day (837P) or from the statement's last day
 * (837I); of 29 February on 28 February (42 CFR 424.44). Nothing but a usable receipt stops it. */
#include "services/validator/deadline.h"

#include <string.h>

#include "common/base/date.h"
#include "services/validator/edits/edits.h"
#include "services/validator/rules.h"

/* edit_earliest_line - with the earliest day that is one */
const struct edit_line *edit_earliest_line(const struct edit_claim *c)
{
    const struct edit_line *first = &c->lines[0];

    for (size_t i = 1; i < c->n_lines; i++)
        if (date_valid(c->lines[i].from) &&
            (!date_valid(first->from) || c->lines[i].from < first->from))
            first = &c->lines[i];
    return first;
}

/* line_from - the earliest first day */
static int32_t line_from(const struct edit_claim *c)
{
    return c->n_lines ? edit_earliest_line(c)->from : c->from;
}

/* primary_eob - the last day on which another payer decided; 0: none did */
static int32_t primary_eob(const struct edit_claim *c)
{
    int32_t last = 0;

    for (size_t i = 0; i < c->claim->n_coverages; i++) {
        const CcClaimCoverage *v = c->claim->coverages[i];

        if (v != c->destination && v->adjudicated && v->adjudication_date > last)
            last = v->adjudication_date;
    }
    return last;
}

/* billed_day - when we first billed this very claim; 0: not remembered */
static int32_t billed_day(const struct edit_run *r)
{
    int64_t first = 0;

    for (size_t i = 0; i < r->o->n_history; i++) {
        const CcBilledLine *l = r->o->history[i];

        if (strcmp(l->claim_id, r->c->claim->claim_id) == 0 && l->at_ms &&
            (!first || l->at_ms < first))
            first = l->at_ms;
    }
    return first ? date_of_ms(first, 0) : 0;
}

/* remit_day - when the payer decided what this claim replaces: as the claim says, else as is
 * remembered of it or of the claim with the number that it names; 0: nobody told */
static int32_t remit_day(const struct edit_run *r)
{
    const CcClaim *c = r->c->claim;

    if (r->c->destination && r->c->destination->adjudication_date)
        return r->c->destination->adjudication_date;
    for (size_t i = 0; i < r->o->n_history; i++)
        if (edit_is_original(c, r->o->history[i]) && r->o->history[i]->remit_date)
            return r->o->history[i]->remit_date;
    return 0;
}

/* edit_basis_day - the day that a limit is counted from; where no payer decided before, an EOB's
 * limit counts from the service */
int32_t edit_basis_day(const struct edit_run *r, enum rule_basis basis)
{
    const struct edit_claim *c = r->c;

    switch (basis) {
    case RULE_FROM_LINE:
        return line_from(c);
    case RULE_FROM_STATEMENT_THRU:
        return c->thru;
    case RULE_FROM_DISCHARGE:
        return c->claim->discharge_date ? c->claim->discharge_date : c->thru;
    case RULE_FROM_PRIMARY_EOB:
        if (primary_eob(c))
            return primary_eob(c);
        break;
    case RULE_FROM_BILLED:
        return billed_day(r);
    case RULE_FROM_REMIT:
        return remit_day(r);
    case RULE_FROM_DEFAULT:
    case RULE_BASIS_MAX:
        break;
    }
    return c->professional ? line_from(c) : c->thru;
}

/* edit_limit_end - the last day inside the limit */
int32_t edit_limit_end(const struct edit_run *r, const struct rule_limit *l)
{
    int32_t basis = edit_basis_day(r, l->basis);

    if (!date_valid(basis))
        return 0;
    if (l->unit == RULE_MONTHS)
        return rule_add_months(basis, l->length);
    return l->unit == RULE_YEARS ? date_add_years(basis, l->length) : date_add(basis, l->length);
}

/* payer_basis - the word of the payers table */
static enum rule_basis payer_basis(const struct table_row *payer)
{
    static const struct {
        const char *word;
        enum rule_basis basis;
    } rows[] = {{"line_from", RULE_FROM_LINE},
                {"stmt_thru", RULE_FROM_STATEMENT_THRU},
                {"discharge", RULE_FROM_DISCHARGE},
                {"primary_eob", RULE_FROM_PRIMARY_EOB}};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (table_col_is(payer, "filing_basis", rows[i].word))
            return rows[i].basis;
    return RULE_FROM_DEFAULT;
}

/* payer_end - by the payer's row */
static int32_t payer_end(struct edit_run *r)
{
    struct rule_limit limit = {.unit = RULE_DAYS};
    struct table_row row;
    int64_t days;

    if (!(r->c->facts & NEED_PAYER) || !edit_edition(r, TABLE_PAYERS, r->c->from) ||
        !edit_ask_payer(r, &row))
        return 0;
    days = table_col_i64(&row, "timely_filing_days", 0);
    limit.length = days > 0 && days < 36500 ? (int32_t)days : 0;
    limit.basis = payer_basis(&row);
    return limit.length ? edit_limit_end(r, &limit) : 0;
}

/* edit_deadline - Medicare's year by law, which a rule can only shorten; else the payer's rule,
 * else its row */
int32_t edit_deadline(struct edit_run *r)
{
    static const struct rule_limit year = {.length = 1, .unit = RULE_YEARS};
    int32_t rule = r->c->filing_end;
    int32_t end = r->c->medicare ? edit_limit_end(r, &year) : rule ? rule : payer_end(r);

    if (r->c->medicare && rule && (!end || rule < end))
        end = rule;
    if (end != rule)
        r->c->filing_rule = NULL;
    return end;
}
