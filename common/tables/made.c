/* made.c - editions compiled when they are opened */
#include "common/tables/made.h"

#include <stdlib.h>

#include "common/tables/edition.h"
#include "common/tables/mce.h"
#include "common/tables/msdrg.h"
#include "common/tables/outline.h"

struct made {
    struct payer_rules *rules;
    struct policies *policies;
    struct drg *drg;
    struct mce *mce;
    struct outline *outline;
    struct site *site;
};

/* cells_of - the columns of a row of payer-rules */
static struct payer_rule_cells cells_of(const struct table_row *r)
{
    return (struct payer_rule_cells){
        .rule = table_key(r, 0),
        .payer = table_col(r, "payer"),
        .plan = table_col(r, "plan"),
        .kind = table_col(r, "kind"),
        .severity = table_col(r, "severity"),
        .what = table_col(r, "what"),
        .codes = table_col(r, "codes"),
        .condition = table_col(r, "condition"),
        .value = table_col(r, "value"),
        .message = table_col(r, "message"),
        .fix = table_col(r, "fix"),
        .authority = table_col(r, "authority"),
        .from = r->from,
        .to = r->to,
    };
}

/* make_rules - every row */
static int make_rules(struct edition *d, struct err *e)
{
    struct table_row r;
    size_t cursor = 0;

    d->made->rules = payer_rules_new();
    if (!d->made->rules)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    while (edition_each(&d->info, &cursor, &r)) {
        struct payer_rule_cells cells = cells_of(&r);

        if (payer_rules_add(d->made->rules, &cells, e) != 0)
            return err_prefix(e, "%s@%s, rule %.*s", table_name(d->head.table), d->head.edition,
                              (int)(cells.rule.n < 40 ? cells.rule.n : 40), cells.rule.p);
    }
    return payer_rules_finish(d->made->rules, e);
}

/* make_policies - every row */
static int make_policies(struct edition *d, struct err *e)
{
    struct table_row r;
    size_t cursor = 0;

    d->made->policies = policies_new();
    if (!d->made->policies)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    while (edition_each(&d->info, &cursor, &r)) {
        struct policy_cells cells = {
            .policy = table_key(&r, 0),
            .contractor = table_col(&r, "contractor"),
            .codes = table_col(&r, "codes"),
            .list = table_col(&r, "list"),
            .also = table_col(&r, "also"),
            .condition = table_col(&r, "condition"),
            .dx = table_col(&r, "dx"),
            .authority = table_col(&r, "authority"),
            .from = r.from,
            .to = r.to,
        };

        if (policies_add(d->made->policies, &cells, e) != 0)
            return err_prefix(e, "%s@%s, policy %.*s", table_name(d->head.table), d->head.edition,
                              (int)(cells.policy.n < 40 ? cells.policy.n : 40), cells.policy.p);
    }
    return policies_finish(d->made->policies, e);
}

/* make_outline - of the tabular list */
static int make_outline(struct edition *d, struct err *e)
{
    d->made->outline = outline_make(d);
    return d->made->outline ? 0 : err_set(e, ERR_RETRY, "memory", "out of memory");
}

/* make_drg - of the grouper's tables */
static int make_drg(struct edition *d, struct err *e)
{
    return msdrg_make(d, &d->made->drg, e);
}

/* make_mce - of the editor's tables */
static int make_mce(struct edition *d, struct err *e)
{
    return mce_make(d, &d->made->mce, e);
}

/* make_site - of the site's own tables */
static int make_site(struct edition *d, struct err *e)
{
    d->made->site = site_make(d);
    return d->made->site ? 0 : err_set(e, ERR_RETRY, "memory", "out of memory");
}

static const struct {
    enum table_id table;
    int (*make)(struct edition *d, struct err *e);
} makers[] = {
    {TABLE_PAYER_RULES, make_rules}, {TABLE_COVERAGE_POLICY, make_policies},
    {TABLE_MSDRG, make_drg},         {TABLE_ICD10CM_TABULAR, make_outline},
    {TABLE_CDM, make_site},          {TABLE_PROVIDERS, make_site},
    {TABLE_PAYERS, make_site},       {TABLE_MCE, make_mce},
};

/* edition_make - of the tables that need it */
int edition_make(struct edition *d, struct err *e)
{
    for (size_t i = 0; i < sizeof(makers) / sizeof(makers[0]); i++) {
        if (makers[i].table != d->head.table)
            continue;
        d->made = calloc(1, sizeof(*d->made));
        return d->made ? makers[i].make(d, e) : err_set(e, ERR_RETRY, "memory", "out of memory");
    }
    return 0;
}

/* edition_unmake - frees */
void edition_unmake(struct edition *d)
{
    if (!d->made)
        return;
    payer_rules_free(d->made->rules);
    policies_free(d->made->policies);
    drg_free(d->made->drg);
    mce_free(d->made->mce);
    outline_free(d->made->outline);
    site_free(d->made->site);
    free(d->made);
}

/* tables_payer_rules - info is the edition's first member */
const struct payer_rules *tables_payer_rules(const struct edition_info *i)
{
    const struct edition *d = (const struct edition *)(const void *)i;

    return d && d->made ? d->made->rules : NULL;
}

/* tables_policies - of the edition */
const struct policies *tables_policies(const struct edition_info *i)
{
    const struct edition *d = (const struct edition *)(const void *)i;

    return d && d->made ? d->made->policies : NULL;
}

/* edition_drg - the same of the grouper */
const struct drg *edition_drg(const struct edition_info *i)
{
    const struct edition *d = (const struct edition *)(const void *)i;

    return d && d->made ? d->made->drg : NULL;
}

/* edition_mce - the same of the editor */
const struct mce *edition_mce(const struct edition_info *i)
{
    const struct edition *d = (const struct edition *)(const void *)i;

    return d && d->made ? d->made->mce : NULL;
}

/* edition_outline - the same of the tabular list */
const struct outline *edition_outline(const struct edition_info *i)
{
    const struct edition *d = (const struct edition *)(const void *)i;

    return d && d->made ? d->made->outline : NULL;
}

/* edition_site - the same of the site's own rows */
const struct site *edition_site(const struct edition_info *i)
{
    const struct edition *d = (const struct edition *)(const void *)i;

    return d && d->made ? d->made->site : NULL;
}
