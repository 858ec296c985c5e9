/* tfl.c - TFL, POS: in time, and in a place where the service is done */
#include "services/validator/edits/edits.h"

#include <string.h>

#include "common/base/date.h"
#include "services/validator/rules.h"

/* edit_tfl_01 - received inside the payer's limit (Medicare: 42 CFR 424.44); a delay reason makes
 * it a question for a person. The severity of a rule's row is not asked: of several limits only the
 * earliest is told, and a soft one would cover the law's. */
void edit_tfl_01(struct edit_run *r)
{
    int32_t limit = r->out->filing_deadline_date, received = r->o->received_date;
    const char *element = r->c->professional ? "DTP03*472" : "DTP03*434";
    struct place p = r->c->professional && r->c->n_lines
                         ? at_line(edit_earliest_line(r->c), element)
                         : at_claim(element);
    char day[DATE_TEXT];

    if (!limit || !date_valid(received))
        return;
    date_text(limit, day);
    if (received > limit)
        edit_rules_found(r, r->c->filing_rule,
                         r->c->claim->delay_reason[0] ? SEVERITY_HOLD : SEVERITY_REJECT, p, NULL,
                         "the filing limit was %s", day);
    else if (date_diff(limit, received) <= r->o->warn_days)
        edit_rules_found(r, r->c->filing_rule, SEVERITY_HOLD, p, NULL,
                         "the filing limit is %s, in %d days", day,
                         (int)date_diff(limit, received));
}

/* clang-format off */
/* Codes whose own title names the place (CPT evaluation and management; CMS claims manual ch. 12, 30.6). A leading '!'
 * means: everywhere but there. */
static const struct {
    const char *from, *to, *places;
} placed[] = {
    {"99202", "99215", "!21"},
    {"99221", "99239", " 19 21 22 23 24 25 26 31 34 51 52 56 61 "},
    {"99281", "99285", " 23 "},
    {"99304", "99316", " 31 32 54 55 56 "},
    {"99341", "99350", " 04 12 13 14 16 33 54 55 56 "},
};
/* clang-format on */

/* place_fits - is the place one of the list */
static bool place_fits(const char *places, unsigned pos)
{
    char word[4] = {(char)('0' + pos / 10 % 10), (char)('0' + pos % 10), '\0', '\0'};

    return (strstr(places, word) != NULL) != (places[0] == '!');
}

/* edit_pos_01 - visits in the place that their code names */
void edit_pos_01(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++)
        for (size_t k = 0; k < sizeof(placed) / sizeof(placed[0]); k++) {
            const struct edit_line *l = &r->c->lines[i];

            if (!edit_code_between(l->code, placed[k].from, placed[k].to) || !l->pos ||
                l->pos == 2 || l->pos == 10 || place_fits(placed[k].places, l->pos))
                continue;
            edit_found(r, l->line->place_of_service[0] ? at_line(l, "SV105") : at_claim("CLM05-1"),
                       l->code, "%s is not done in place of service %02u", l->code, l->pos);
        }
}

/* edit_pos_02 - a service to an inpatient says since when, and lies inside the stay */
void edit_pos_02(struct edit_run *r)
{
    const CcClaim *m = r->c->claim;

    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if (l->pos != 21)
            continue;
        if (!m->admit_date) {
            edit_found(r, at_claim("DTP03*435"), NULL,
                       "place of service 21, and the admission date is missing");
            return;
        }
        if (l->from < m->admit_date || (m->discharge_date && l->thru > m->discharge_date))
            edit_found(r, at_line(l, "DTP03*472"), NULL,
                       "the service to an inpatient is outside the stay");
    }
}

/* edit_pos_03 - the house owns the equipment: who only reads says so (PC/TC indicator 1) */
void edit_pos_03(struct edit_run *r)
{
    static const unsigned houses[] = {19, 21, 22, 23, 24, 31};

    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];
        bool house = false;

        for (size_t k = 0; k < sizeof(houses) / sizeof(houses[0]); k++)
            house |= l->pos == houses[k];
        if (house && l->key && !(l->mods & (MOD_26 | MOD_TC)) && edit_fee_sign(r, l, "pctc") == '1')
            edit_found(r, in_fee(r, at_mods(r, l), l), l->code,
                       "%s in place of service %02u: the house bills the technical part, this "
                       "claim modifier 26",
                       l->code, l->pos);
    }
}
