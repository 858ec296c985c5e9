/* chg.c - CHG: money and units */
#include "services/validator/edits/edits.h"

#include <inttypes.h>
#include <string.h>

#include "common/base/money.h"
#include "common/base/str.h"

enum { OUTLIER_CENTS = 50000, EDITOR_LINES = 450 };

/* unreadable - a charge of the source 837 was no amount: that is the violation, not the sum */
static bool unreadable(const struct edit_run *r)
{
    static const char *const charges[] = {"CLM02", "SV102", "SV203", NULL};

    for (size_t i = 0; i < r->o->n_faults; i++)
        if (str_in(r->o->faults[i].element, charges))
            return true;
    return false;
}

/* negative_line - a line takes money back: that is the violation, not what it does to the sum */
static bool negative_line(const struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++)
        if (r->c->lines[i].line->charge_cents < 0)
            return true;
    return false;
}

/* asks_nothing - the claim's charge is zero or less, where one must be asked for (CHG-03) */
static bool asks_nothing(const struct edit_run *r)
{
    const CcClaim *m = r->c->claim;

    return r->c->n_lines && strcmp(m->frequency, "0") != 0 &&
           (m->charge_cents == 0 || (m->charge_cents < 0 && !negative_line(r)));
}

/* edit_chg_01 - the claim's charge is the sum of its lines, to the cent; a charge that is none by
 * itself is told once, by CHG-02 or CHG-03 */
void edit_chg_01(struct edit_run *r)
{
    int64_t sum = 0;

    if (unreadable(r) || negative_line(r) || asks_nothing(r))
        return;
    for (size_t i = 0; i < r->c->n_lines; i++)
        if (!money_add(sum, r->c->lines[i].line->charge_cents, &sum)) {
            edit_found(r, at_claim("CLM02"), NULL, "the lines' charges are no sum of money");
            return;
        }
    if (sum != r->c->claim->charge_cents) {
        char claim[DECIMAL_TEXT], lines[DECIMAL_TEXT];

        edit_found(r, at_claim("CLM02"), NULL, "the claim's charge is %s, and its lines sum to %s",
                   decimal_text(r->c->claim->charge_cents, 2, claim), decimal_text(sum, 2, lines));
    }
}

/* edit_chg_02 - less than nothing is no charge: a void or a replacement takes money back */
void edit_chg_02(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if (l->line->charge_cents < 0)
            edit_found(r, at_charge(r, l), NULL, "the line's charge is negative");
        else if (l->line->units_milli < 0)
            edit_found(r, at_units(r, l), NULL, "the line's units are negative");
    }
}

/* edit_chg_03 - a claim asks for money; a bill of frequency 0 does not */
void edit_chg_03(struct edit_run *r)
{
    if (asks_nothing(r))
        edit_found(r, at_claim("CLM02"), NULL, "the claim's charge is %s",
                   r->c->claim->charge_cents ? "negative" : "zero");
}

/* counted_whole - not miles (A0380, A0390, A0425, A0435, A0436) and not revenue lines */
static bool counted_whole(const char *code)
{
    static const char *const miles[] = {"A0380", "A0390", "A0425", "A0435",
                                        "A0436", "S0215", "S0209", NULL};

    return code[0] && !str_in(code, miles);
}

/* edit_chg_04 - how many, of what is counted; a facility's bill knows no minutes */
void edit_chg_04(struct edit_run *r)
{
    static const char *const p[] = {"UN", "MJ", NULL}, *const inst[] = {"UN", "DA", NULL};

    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];
        const char *unit = l->line->unit_code;

        if (l->line->units_milli == 0)
            edit_found(r, at_units(r, l), NULL, "the line has no units");
        else if (l->line->units_milli % 1000 && counted_whole(l->code))
            edit_found(r, at_units(r, l), l->code, "%s is counted in whole units", l->code);
        else if (strcmp(unit, "MJ") == 0 && !edit_is_anesthesia(l->code))
            edit_found(r, at_line(l, r->c->professional ? "SV103" : "SV204"),
                       l->key ? l->code : NULL, "minutes (MJ) are the unit of anesthesia only");
        else if (unit[0] && !str_in(unit, r->c->professional ? p : inst))
            edit_found(r, at_line(l, r->c->professional ? "SV103" : "SV204"), NULL,
                       "%s is no unit of this kind of claim", edit_code_shown(unit));
    }
}

/* edit_chg_05 - codes of one a day: hospital visits, critical and intensive care of the young */
void edit_chg_05(struct edit_run *r)
{
    static const struct {
        const char *from, *to;
    } daily[] = {{"99221", "99223"}, {"99231", "99236"}, {"99238", "99239"},
                 {"99460", "99463"}, {"99468", "99480"}, {"99304", "99310"}};

    for (size_t i = 0; i < r->c->n_lines; i++)
        for (size_t k = 0; k < sizeof(daily) / sizeof(daily[0]); k++) {
            const struct edit_line *l = &r->c->lines[i];

            if (l->line->units_milli > (int64_t)l->days * 1000 &&
                edit_code_between(l->code, daily[k].from, daily[k].to))
                edit_found(r, at_units(r, l), l->code,
                           "%s is one a day, and there are more units than days (%u)", l->code,
                           l->days);
        }
}

/* edit_chg_06 - beds are counted in days */
void edit_chg_06(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if (edit_is_room(l) && strcmp(l->line->unit_code, "DA") != 0)
            edit_found(r, at_line(l, "SV204"), l->line->revenue,
                       "revenue code %s is a bed: its unit is days (DA)", l->line->revenue);
    }
}

/* is_outlier - ten times the fee schedule's amount for its units and more; a small line is not
 * worth the question */
static bool is_outlier(struct edit_run *r, const struct edit_line *l)
{
    int64_t units = edit_units(l->line->units_milli), allowed;
    const struct table_row *fee = NULL;

    if (r->c->professional && units > 0 && l->line->charge_cents > OUTLIER_CENTS)
        fee = edit_fee(r, l);
    if (!fee)
        return false;
    allowed = table_col_i64(fee, "nonfacility_total_hundredths", 0) *
              table_col_i64(fee, "factor_ten_thousandths", 0) / 10000;
    return allowed > 0 && l->line->charge_cents / 10 / units > allowed;
}

/* edit_chg_07 - a cent stands for a price that nobody knew; a price far off for a slip */
void edit_chg_07(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if (l->line->charge_cents == 1)
            edit_found(r, at_charge(r, l), NULL, "the line's charge is one cent");
        else if (is_outlier(r, l))
            edit_found(r, in_fee(r, at_charge(r, l), l), l->code,
                       "the charge is more than ten times the fee schedule's amount for %s",
                       l->code);
    }
}

/* edit_chg_08 - parts are not more than the whole; a whole below nothing is CHG-02's or CHG-03's */
void edit_chg_08(struct edit_run *r)
{
    const CcClaim *m = r->c->claim;

    if (m->charge_cents >= 0 && m->patient_paid_cents > m->charge_cents)
        edit_found(r, at_claim("AMT02*F5"), NULL, "the patient paid more than the claim's charge");
    for (size_t i = 0; i < r->c->n_lines; i++)
        if (r->c->lines[i].line->noncovered_cents > 0 &&
            r->c->lines[i].line->noncovered_cents > r->c->lines[i].line->charge_cents)
            edit_found(r, at_line(&r->c->lines[i], "SV207"), NULL,
                       "the non-covered charge is more than the line's");
}

/* edit_chg_09 - at least one line, at most what the guide has room for */
void edit_chg_09(struct edit_run *r)
{
    size_t most = r->c->professional ? 50 : 999;

    if (r->c->n_lines == 0)
        edit_found(r, at_claim("LX01"), NULL, "the claim has no service line");
    else if (r->c->n_lines > most)
        edit_found(r, at_claim("LX01"), NULL, "%zu lines, and the guide takes %zu", r->c->n_lines,
                   most);
    else if (r->c->kind == KIND_OUT && r->c->medicare && r->c->n_lines > EDITOR_LINES)
        edit_found_as(r, SEVERITY_HOLD, at_claim("LX01"), NULL,
                      "%zu lines, and Medicare's outpatient editor reads %d", r->c->n_lines,
                      EDITOR_LINES);
}
