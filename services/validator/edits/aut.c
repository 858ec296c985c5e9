/* aut.c - AUT-02: does the authorization on the claim fit what is billed under it
 *
 * The authorizations table is keyed by the payer's number and holds no patient: codes, units, days
 * and providers of each. A number stands for its lines: those that carry it, else, of a claim's
 * number, those whose code it is for. */
#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/rules/code_list.h"
#include "services/validator/edits/edits.h"
#include "services/validator/rules.h"

/* One authorization and what was found of it so far. */
struct grant {
    const char *number;
    struct table_row row;
    int64_t units_milli;
    bool used; /* some line is under it */
};

/* for_code - an authorization that names no codes is for all */
static bool for_code(const struct grant *g, const char *code)
{
    struct span codes = table_col(&g->row, "codes");

    return !codes.n || code_listed(codes, code);
}

/* in_list - one of the NPIs; a list that is empty, and a provider that is not named, fit */
static bool in_list(const struct grant *g, const char *column, const CcProvider *p)
{
    struct span rest = table_col(&g->row, column);

    if (!rest.n || !p || !p->npi[0])
        return true;
    while (rest.n)
        if (span_is(span_trim(span_cut(&rest, ';')), p->npi))
            return true;
    return false;
}

/* day_of - a day of the row; 0: open */
static int32_t day_of(const struct grant *g, const char *column)
{
    char text[16];

    return date_parse(table_col_text(&g->row, column, text, sizeof(text)));
}

/* at_number - REF G1 of the line, or of the claim */
static struct place at_number(const struct edit_line *l)
{
    return l->line->authorization[0] ? at_line(l, "REF02*G1") : at_claim("REF02*G1");
}

/* in_grant - the same, with the edition of the authorization */
static struct place in_grant(const struct grant *g, const struct edit_line *l)
{
    return in_edition(at_number(l), g->row.edition);
}

/* check_line - days and providers of a line under the authorization */
static void check_line(struct edit_run *r, struct grant *g, const struct edit_line *l)
{
    const CcProvider *house = edit_line_provider(r->c, l, PROVIDER_ROLE_FACILITY);
    const CcProvider *who = edit_line_provider(r->c, l, PROVIDER_ROLE_RENDERING);
    int32_t first = day_of(g, "first_day"), last = day_of(g, "last_day");

    g->used = true;
    g->units_milli += l->line->units_milli > 0 ? l->line->units_milli : 0;
    if ((first && l->from < first) || (last && l->thru > last))
        edit_found(r, in_grant(g, l), l->code,
                   "the authorization is not for the day of the service");
    else if (!in_list(g, "rendering", who ? who : r->c->billing))
        edit_found(r, in_grant(g, l), l->code, "the authorization is for another provider");
    else if (!in_list(g, "facility", house ? house : r->c->billing))
        edit_found(r, in_grant(g, l), l->code, "the authorization is for another facility");
}

/* number_of - that the line is under: its own, else the claim's, else that of the payer's coverage
 */
static const char *number_of(const struct edit_run *r, const struct edit_line *l)
{
    struct rule_claim x = {r->c, l};
    struct cond_value v;

    return rule_fetch(&x, ELEMENT_AUTHORIZATION, 0, &v) ? v.text : "";
}

/* earlier - does a line before it stand under the same number */
static bool earlier(const struct edit_run *r, size_t at, const char *number)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp(number_of(r, &r->c->lines[i]), number) == 0)
            return true;
    return false;
}

/* check_lines - all lines under one number; what is found of the number as a whole is told once */
static void check_lines(struct edit_run *r, struct grant *g, size_t at)
{
    const struct edit_line *first = &r->c->lines[at];
    int64_t units = table_col_i64(&g->row, "units", 0);

    for (size_t i = at; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if (strcmp(number_of(r, l), g->number) != 0)
            continue;
        if (for_code(g, l->code)) {
            check_line(r, g, l);
        } else if (l->line->authorization[0]) {
            g->used = true;
            edit_found(r, in_grant(g, l), l->code, "the authorization is not for %s",
                       l->code[0] ? edit_code_shown(l->code) : "this line");
        }
    }
    if (!g->used)
        edit_found(r, in_grant(g, first), NULL,
                   "the authorization is for none of the services of the claim");
    else if (units > 0 && edit_units(g->units_milli) > units)
        edit_found(r, in_grant(g, first), NULL, "%lld units are billed, %lld are authorized",
                   (long long)edit_units(g->units_milli), (long long)units);
}

/* check_number - one number of the claim */
static void check_number(struct edit_run *r, const char *number, size_t at)
{
    struct grant g = {.number = number};
    const struct payer_names *names;
    struct span payer;
    char key[96];

    if (!tables_plain_key(span_of(number), key, sizeof(key)))
        return;
    if (edit_ask(r, TABLE_AUTHORIZATIONS, key, NULL, r->c->from, &g.row) != ASKED_FOUND) {
        edit_found_as(r, SEVERITY_HOLD,
                      in_edition(at_number(&r->c->lines[at]),
                                 edit_edition(r, TABLE_AUTHORIZATIONS, r->c->from)),
                      NULL, "the authorization is not in the authorizations table");
        return;
    }
    names = rule_payer_names(r);
    payer = table_col(&g.row, "payer");
    if (payer.n && !span_is(payer, names->payer))
        edit_found(r, in_grant(&g, &r->c->lines[at]), NULL,
                   "the authorization is of another payer");
    else
        check_lines(r, &g, at);
}

/* edit_aut_02 - every number once; a site without the table has nothing to compare with */
void edit_aut_02(struct edit_run *r)
{
    if (!tables_any(r->tables, TABLE_AUTHORIZATIONS) ||
        !edit_ask_table(r, TABLE_AUTHORIZATIONS, r->c->from))
        return;
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const char *number = number_of(r, &r->c->lines[i]);

        if (number[0] && !earlier(r, i, number))
            check_number(r, number, i);
    }
}
