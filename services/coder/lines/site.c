/* site.c - where on the body: fingers, toes, eyelids, coronary vessels, left and right
 *
 * Only as the record says it, in a site or a side of its own; the fee schedule's bilateral
 * indicator says whether a code has sides at all (1 and 3; 2 means both sides always). */
#include <string.h>

#include "common/base/str.h"
#include "services/coder/lines/lines.h"

/* Parts with a modifier for each side; all words must be there. */
static const struct part {
    const char *words[2];
    const char *left, *right;
} parts[] = {
    {{"thumb", ""}, "FA", "F5"},        {{"index", "finger"}, "F1", "F6"},
    {{"middle", "finger"}, "F2", "F7"}, {{"ring", "finger"}, "F3", "F8"},
    {{"little", "finger"}, "F4", "F9"}, {{"small", "finger"}, "F4", "F9"},
    {{"fifth", "finger"}, "F4", "F9"},  {{"great", "toe"}, "TA", "T5"},
    {{"big", "toe"}, "TA", "T5"},       {{"hallux", ""}, "TA", "T5"},
    {{"second", "toe"}, "T1", "T6"},    {{"third", "toe"}, "T2", "T7"},
    {{"fourth", "toe"}, "T3", "T8"},    {{"fifth", "toe"}, "T4", "T9"},
    {{"little", "toe"}, "T4", "T9"},    {{"upper", "eyelid"}, "E1", "E3"},
    {{"lower", "eyelid"}, "E2", "E4"},
};

/* Coronary vessels, for interventions on them. */
static const struct {
    const char *word, *modifier;
} vessels[] = {
    {"anterior descending", "LD"}, {"circumflex", "LC"}, {"left main", "LM"},
    {"right coronary", "RC"},      {"ramus", "RI"},
};

/* site_word - see lines.h */
bool site_word(const char *m)
{
    static const char *const words[] = {"LT", "RT", "LC", "LD", "LM", "RC",
                                        "RI", "E1", "E2", "E3", "E4", NULL};

    return str_in(m, words) ||
           ((m[0] == 'F' || m[0] == 'T') && (m[1] == 'A' || (m[1] >= '1' && m[1] <= '9')));
}

/* site_modified - a part, a side, or both sides */
bool site_modified(const struct service *s)
{
    for (size_t i = 0; i < s->n_modifiers; i++)
        if (site_word(s->modifiers[i]) || strcmp(s->modifiers[i], "50") == 0)
            return true;
    return false;
}

/* is_done_on - surgery and imaging are done somewhere on the body */
static bool is_done_on(const struct service *s)
{
    return (fact_site(s)[0] || s->done) && fact_ready(s) && !site_modified(s) &&
           (fact_between(s, "10004", "69990") || fact_between(s, "70010", "76499"));
}

/* parts_of - how many parts the site names; the first of them */
static size_t parts_of(const char *site, const struct part **found)
{
    const char *seen[sizeof(parts) / sizeof(parts[0]) + 1] = {NULL};
    size_t n = 0;

    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        const struct part *p = &parts[i];

        if (!fact_says(site, p->words[0]) || (*p->words[1] && !fact_says(site, p->words[1])) ||
            str_in(p->left, seen))
            continue;
        if (!n)
            *found = p;
        seen[n++] = p->left;
    }
    return n;
}

/* part_of - the one part that the site names; NULL: none, or several */
static const struct part *part_of(const char *site)
{
    const struct part *found = NULL;

    return parts_of(site, &found) == 1 ? found : NULL;
}

/* rule_several_parts - one unit of what the record says was done on several parts: told */
void rule_several_parts(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        const struct part *first;

        if (s->units_milli != 1000 || !is_done_on(s) || !fact_is_operation(s) ||
            parts_of(fact_site(s), &first) < 2)
            continue;
        work_tell_service(w, r, s, "missed-charge",
                          work_printf(w,
                                      "%s is charged once, and the record names several sites. "
                                      "On which was it done?",
                                      s->as->code->code));
    }
}

/* rule_digit - finger, toe or eyelid of a side */
void rule_digit(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        char side = fact_side(s);
        const struct part *p = is_done_on(s) ? part_of(fact_site(s)) : NULL;

        if (p && (side == 'L' || side == 'R'))
            fact_modify(w, r, s, side == 'L' ? p->left : p->right);
    }
}

/* rule_vessel - the coronary vessel of an intervention */
void rule_vessel(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        const char *found = NULL;
        bool several = false;

        if (!fact_site(s)[0] || !fact_ready(s) || site_modified(s) ||
            !(fact_between(s, "92920", "92944") || fact_between(s, "C9600", "C9608")))
            continue;
        for (size_t k = 0; k < sizeof(vessels) / sizeof(vessels[0]); k++)
            if (fact_says(fact_site(s), vessels[k].word)) {
                several = found != NULL;
                found = vessels[k].modifier;
            }
        if (found && !several)
            fact_modify(w, r, s, found);
    }
}

/* has_sides - 1: 150 percent for both; 3: each side paid */
static bool has_sides(struct work *w, const struct service *s, struct table_row *row)
{
    return is_done_on(s) && fact_fee(w, s, row) &&
           (table_col_is(row, "bilateral", "1") || table_col_is(row, "bilateral", "3"));
}

/* rule_one_side - of a code that has sides */
void rule_one_side(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_services; i++) {
        struct service *s = &w->services[i];
        char side = fact_side(s);
        struct table_row row;

        if ((side == 'L' || side == 'R') && has_sides(w, s, &row)) {
            fact_modify(w, r, s, side == 'L' ? "LT" : "RT");
            work_cite_table(w, s->as, r, row.edition);
        }
    }
}

/* on_two_lines - RT and LT, one unit each; the amount is shared, an odd cent to the first */
static void on_two_lines(struct work *w, const struct rule *r, size_t at,
                         const struct edition_info *edition)
{
    struct service *left = split_service(w, at), *right = &w->services[at];

    if (!left)
        return;
    left->charge_cents = right->charge_cents / 2;
    right->charge_cents -= left->charge_cents;
    left->fee_cents = right->fee_cents / 2;
    right->fee_cents -= left->fee_cents;
    left->units_milli = right->units_milli = 1000;
    fact_modify(w, r, right, "RT");
    fact_modify(w, r, left, "LT");
    work_cite_table(w, right->as, r, edition);
    work_cite_table(w, left->as, r, edition);
}

/* rule_two_sides - one unit with 50; the charge's two units are its two sides. A payer that takes
 * no 50 gets a line for each */
void rule_two_sides(struct work *w, const struct rule *r)
{
    for (size_t i = 0, n = w->n_services; i < n; i++) {
        struct service *s = &w->services[i];
        struct table_row row;

        if (fact_side(s) != 'B' || (s->units_milli != 1000 && s->units_milli != 2000) ||
            !has_sides(w, s, &row))
            continue;
        if (!fact_wants(w, s, "50", true)) {
            on_two_lines(w, r, i, row.edition);
            continue;
        }
        fact_modify(w, r, s, "50");
        work_cite_table(w, s->as, r, row.edition);
        if (service_has_modifier(s, "50"))
            s->units_milli = 1000;
    }
}
