/* idn.c - IDN: ids of member, payer, claim, line, tax payer, laboratory */
#include "services/validator/edits/edits.h"

#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/codes/codes.h"
#include "services/validator/pattern.h"

/* at_destination - an element of the coverage that is billed */
static struct place at_destination(const struct edit_run *r, const char *element)
{
    return at_coverage(r->c->destination_index, element);
}

/* is_filler - what registration types when it has no member id; s is not empty */
static bool is_filler(const char *s)
{
    static const char *const words[] = {"UNKNOWN", "NONE",    "NA",   "N/A",  "PENDING",
                                        "TBD",     "INVALID", "TEST", "SELF", NULL};
    char upper[32];

    if (strspn(s, (char[]){s[0], '\0'}) == strlen(s))
        return true; /* one character over and over: 999999999 */
    if (!str_copy(upper, sizeof(upper), s))
        return false;
    str_upper(upper);
    return str_in(upper, words);
}

/* edit_idn_01 - a member id that is one */
void edit_idn_01(struct edit_run *r)
{
    const CcClaimCoverage *v = r->c->destination;

    if (!v || v->member_id[0] == '\0')
        edit_found(r, at_destination(r, "NM109"), NULL, "the member id is missing");
    else if (strlen(v->member_id) < 2)
        edit_found(r, at_destination(r, "NM109"), NULL,
                   "the member id is shorter than two characters");
    else if (is_filler(v->member_id))
        edit_found(r, at_destination(r, "NM109"), NULL, "the member id is a filler");
}

/* edit_idn_02 - the payer's pattern; Medicare's own form; ids that are none IDN-01 has told */
void edit_idn_02(struct edit_run *r)
{
    const char *id = r->c->destination->member_id;
    char pattern[256] = "";
    struct table_row row;

    if (strlen(id) < 2 || is_filler(id))
        return;
    if (r->c->medicare) {
        if (!mbi_form(id))
            edit_found(r, at_destination(r, "NM109"), NULL,
                       "the member id is no Medicare beneficiary identifier");
        return;
    }
    if (!edit_ask_payer(r, &row))
        return;
    table_col_text(&row, "member_pattern", pattern, sizeof(pattern));
    if (!pattern_fits(id, pattern))
        edit_found(r, in_edition(at_destination(r, "NM109"), row.edition), NULL,
                   "the member id is not of the payer's pattern");
}

/* in_force - open ends are open */
static bool in_force(const CcClaimCoverage *v, int32_t day)
{
    return !date_valid(day) ||
           ((!v->from_date || v->from_date <= day) && (!v->to_date || day <= v->to_date));
}

/* edit_idn_03 - the coverage holds on each day of service; a stay is covered as of its first */
void edit_idn_03(struct edit_run *r)
{
    const CcClaimCoverage *v = r->c->destination;

    if (!v || (!v->from_date && !v->to_date))
        return;
    if (!in_force(v, r->c->inpatient ? r->c->arrived : r->c->from)) {
        edit_found(r, at_destination(r, "NM109"), NULL,
                   "the coverage is not in force on the first day of service");
        return;
    }
    for (size_t i = 0; !r->c->inpatient && i < r->c->n_lines; i++)
        if (!in_force(v, r->c->lines[i].from) || !in_force(v, r->c->lines[i].thru)) {
            edit_found(r, at_line(&r->c->lines[i], "DTP03*472"), NULL,
                       "the coverage is not in force on the line's day");
            return;
        }
}

/* edit_idn_04 - the payer is one of ours and takes this kind of claim */
void edit_idn_04(struct edit_run *r)
{
    const CcClaimCoverage *v = r->c->destination;
    struct table_row row;
    struct place p = at_destination(r, "NM109");

    if (!v || !v->payer_id[0]) {
        edit_found(r, p, NULL, "the claim names no payer to go to");
        return;
    }
    if (!edit_ask_table(r, TABLE_PAYERS, r->c->from))
        return;
    p = in_edition(p, edit_edition(r, TABLE_PAYERS, r->c->from));
    if (!edit_ask_payer(r, &row))
        edit_found(r, p, NULL, "the payer is not in the payers table");
    else if (!edit_payer_takes(&row, r->c->professional))
        edit_found(r, p, NULL, "the payer does not take %s claims",
                   r->c->professional ? "professional" : "institutional");
}

/* edit_idn_05 - a filing indicator of the guide that goes with the kind of claim */
void edit_idn_05(struct edit_run *r)
{
    static const char *const list[] = {"11", "12", "13", "14", "15", "16", "17", "AM",
                                       "BL", "CH", "CI", "DS", "FI", "HM", "LM", "MA",
                                       "MB", "MC", "OF", "TV", "VA", "WC", "ZZ", NULL};
    const char *f = r->c->destination ? r->c->destination->filing_indicator : "";

    if (!r->c->destination)
        return;
    if (!str_in(f, list))
        edit_found(r, at_destination(r, "SBR09"), NULL,
                   f[0] ? "the filing indicator is not in the guide's list"
                        : "the filing indicator is missing");
    else if (strcmp(f, r->c->professional ? "MA" : "MB") == 0)
        edit_found(r, at_destination(r, "SBR09"), NULL, "filing indicator %s is for %s claims", f,
                   r->c->professional ? "institutional" : "professional");
}

/* edit_idn_07 - our key in every answer: twenty characters come back */
void edit_idn_07(struct edit_run *r)
{
    const char *id = r->c->claim->claim_id;

    if (!id[0])
        edit_found(r, at_claim("CLM01"), NULL, "the claim number is missing");
    else if (strlen(id) > 20)
        edit_found_as(r, r->c->bare ? SEVERITY_HOLD : SEVERITY_REJECT, at_claim("CLM01"), NULL,
                      "the claim number has more than the 20 characters that payers return");
    else if (!r->c->bare && !str_is_alnum_upper(id))
        edit_found(r, at_claim("CLM01"), NULL, "the claim number is not of A-Z and 0-9");
}

/* seen_before - the control number stands on an earlier line */
static bool seen_before(const struct edit_claim *c, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp(c->lines[i].line->control, c->lines[at].line->control) == 0)
            return true;
    return false;
}

/* edit_idn_08 - each line can be found again in the answers; the guide does not ask other senders
 * for it */
void edit_idn_08(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];
        const char *control = l->line->control;

        if (!control[0]) {
            if (!r->c->bare)
                edit_found(r, at_line(l, "REF02*6R"), NULL, "the line control number is missing");
        } else if (strlen(control) > 30) {
            edit_found(r, at_line(l, "REF02*6R"), NULL,
                       "the line control number has more than 30 characters");
        } else if (seen_before(r->c, i)) {
            edit_found(r, at_line(l, "REF02*6R"), NULL,
                       "the line control number stands on another line too");
        }
    }
}

/* edit_idn_09 - the billing provider's tax id */
void edit_idn_09(struct edit_run *r)
{
    const CcProvider *b = r->c->billing;

    if (!b)
        return;
    if (!b->tax_id[0])
        edit_found(r, at_provider(r, b, "REF02*EI"), NULL, "the billing tax id is missing");
    else if (strcmp(b->tax_id_type, "EI") == 0 && !ein_form(b->tax_id))
        edit_found(r, at_provider(r, b, "REF02*EI"), NULL,
                   "the employer id is not nine digits, or is a filler");
    else if (strcmp(b->tax_id_type, "SY") == 0 && !ein_form(b->tax_id))
        edit_found(r, at_provider(r, b, "REF02*EI"), NULL,
                   "the social security number is not nine digits, or is a filler");
    else if (strcmp(b->tax_id_type, "EI") != 0 &&
             (strcmp(b->tax_id_type, "SY") != 0 || !r->c->professional))
        edit_found(r, at_provider(r, b, "REF01"), NULL,
                   r->c->professional ? "the tax id's type is neither EI nor SY"
                                      : "an institutional claim takes an employer id (EI) only");
}

/* edit_idn_10 - CLIA numbers, on the claim and on lines */
void edit_idn_10(struct edit_run *r)
{
    const char *claim = r->c->claim->clia;

    if (claim[0] && !clia_form(claim))
        edit_found(r, at_claim("REF02*X4"), NULL, "the CLIA number is not of the form NNDNNNNNNN");
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const char *own = r->c->lines[i].line->clia;

        if (own[0] && !clia_form(own) && strcmp(own, claim) != 0)
            edit_found(r, at_line(&r->c->lines[i], "REF02*X4"), NULL,
                       "the CLIA number is not of the form NNDNNNNNNN");
    }
}
