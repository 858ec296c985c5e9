/* enrolled.c - PRV-10, PRV-14: may this provider order for Medicare, may this one bill this payer
 *
 * Both rest on columns of the providers table that may be empty: what nobody knows is not wrong. */
#include <string.h>

#include "common/base/date.h"
#include "common/codes/codes.h"
#include "services/validator/edits/edits.h"
#include "services/validator/rules.h"

/* known - the provider's row by its NPI */
static bool known(struct edit_run *r, const CcProvider *p, struct table_row *row)
{
    return p && npi_valid(p->npi) && edit_edition(r, TABLE_PROVIDERS, r->c->from) &&
           edit_ask(r, TABLE_PROVIDERS, p->npi, NULL, r->c->from, row) == ASKED_FOUND;
}

/* day_of - of a text that need not be one; 0: open, or none */
static int32_t day_of(struct span s)
{
    char text[16];

    s = span_trim(s);
    if (!s.n || s.n >= sizeof(text))
        return 0;
    memcpy(text, s.p, s.n);
    text[s.n] = '\0';
    return date_parse(text);
}

/* inside - the day lies between two, open ones included */
static bool inside(int32_t day, int32_t from, int32_t to)
{
    return (!from || day >= from) && (!to || day <= to);
}

/* check_orderer - eligible by specialty, and enrolled that day */
static void check_orderer(struct edit_run *r, const CcProvider *p, int32_t on)
{
    struct table_row row;

    if (!known(r, p, &row))
        return;
    if (table_col_is(&row, "may_order", "N"))
        edit_found(r, in_edition(at_provider(r, p, "NM109"), row.edition), NULL,
                   "who ordered or referred may not do so for Medicare patients");
    else if (date_valid(on) && !inside(on, day_of(table_col(&row, "enrolled_from")),
                                       day_of(table_col(&row, "enrolled_to"))))
        edit_found(r, in_edition(at_provider(r, p, "NM109"), row.edition), NULL,
                   "who ordered or referred was not enrolled in Medicare that day");
}

/* edit_prv_10 - the claim's own, then those that lines name (42 CFR 424.507) */
void edit_prv_10(struct edit_run *r)
{
    check_orderer(r, r->c->referring, r->c->from);
    if (r->c->ordering != r->c->referring)
        check_orderer(r, r->c->ordering, r->c->from);
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const CcServiceLine *l = r->c->lines[i].line;

        check_orderer(r, edit_provider(l->providers, l->n_providers, PROVIDER_ROLE_REFERRING),
                      r->c->lines[i].from);
        check_orderer(r, edit_provider(l->providers, l->n_providers, PROVIDER_ROLE_ORDERING),
                      r->c->lines[i].from);
    }
}

/* credentialed - does the list "SHP01:2024-01-01:2026-12-31;99902" name the payer that day */
static bool credentialed(struct span list, const char *payer, int32_t on)
{
    while (list.n) {
        struct span item = span_cut(&list, ';'), name = span_trim(span_cut(&item, ':'));
        int32_t from = day_of(span_cut(&item, ':')), to = day_of(span_cut(&item, ':'));

        if (span_is(name, payer) && inside(on, from, to))
            return true;
    }
    return false;
}

/* check_credentials - of who renders a line; told once a provider */
static void check_credentials(struct edit_run *r, const struct edit_line *l, const char *payer)
{
    const CcProvider *p = edit_line_provider(r->c, l, PROVIDER_ROLE_RENDERING);
    struct table_row row;
    struct span list;

    if (!date_valid(l->from) || !known(r, p, &row))
        return;
    list = table_col(&row, "payers");
    if (list.n && !credentialed(list, payer, l->from))
        edit_found(r, in_edition(at_provider(r, p, "NM109"), row.edition), NULL,
                   "the payer has not credentialed who rendered the service that day");
}

/* edit_prv_14 - credentialed with the payer; specialties are the payer's rules (rules.c) */
void edit_prv_14(struct edit_run *r)
{
    const struct payer_names *names;
    const CcProvider *before = NULL;

    edit_rules_tell(r);
    names = rule_payer_names(r);
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const CcProvider *p = edit_line_provider(r->c, &r->c->lines[i], PROVIDER_ROLE_RENDERING);

        if (p != before)
            check_credentials(r, &r->c->lines[i], names->payer);
        before = p;
    }
}
