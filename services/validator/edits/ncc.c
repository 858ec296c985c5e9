/* ncc.c - NCC: procedure-to-procedure pairs (CMS NCCI policy manual, chapter I; billing §7.4, §7.8)
 *
 * A row is column 1 (paid), column 2 (denied), a window, an indicator. A pair is looked up in both
 * directions and only the stored one counts. Same patient, day and provider; a facility's claim is
 * one provider's. CMS's outpatient editor tests none on the day of an inpatient-only procedure. Any
 * of the 44 modifiers on either line opens a pair of indicator 1. */
#include "services/validator/edits/edits.h"

#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"

/* split_apart - on 85x bills professional fees (096x-098x) are tested only against each other */
static bool split_apart(const struct edit_claim *c, const struct edit_line *a,
                        const struct edit_line *b)
{
    bool fee_a = a->revenue >= 960 && a->revenue <= 989;
    bool fee_b = b->revenue >= 960 && b->revenue <= 989;

    return c->facility == 85 && fee_a != fee_b;
}

/* indicator_in - of a row: 0, 1; -1: withdrawn (9) */
static int indicator_in(const struct table_row *row, const struct edition_info **edition)
{
    struct span v = table_col(row, "indicator");

    *edition = row->edition;
    return v.p[0] <= '1' ? v.p[0] - '0' : -1; /* it is a digit: tables_add has looked */
}

/* indicator_of - of a stored pair: 0, 1; -1: no such pair that day, or withdrawn */
static int indicator_of(struct edit_run *r, const char *column1, const char *column2, int32_t on,
                        const struct edition_info **edition)
{
    struct table_row row;

    if (edit_ask(r, r->c->ptp, column1, column2, on, &row) != ASKED_FOUND)
        return -1;
    return indicator_in(&row, edition);
}

/* code_of - of all lines of a group */
static const char *code_of(const struct edit_claim *c, const struct edit_group *g)
{
    return c->lines[c->order[g->first]].code;
}

/* number_group - the code is looked up once, whatever the number of its pairs */
static void number_group(struct edit_run *r, struct edit_group *g)
{
    if (date_valid(g->from))
        g->ptp = tables_code(r->tables, r->c->ptp, code_of(r->c, g), g->from);
}

/* edit_is_ptp - as the header has it */
bool edit_is_ptp(struct edit_run *r, const char *a, const char *b, int32_t on)
{
    const struct edition_info *edition;

    return indicator_of(r, a, b, on, &edition) >= 0 || indicator_of(r, b, a, on, &edition) >= 0;
}

enum { EITHER_LINE_FROM = 20190701 }; /* CMS MLN SE19011: 59 and X modifiers on column 1 too */

/* open_of - which modifiers of the two lines open the pair: any of the 44 on column 2; on column 1
 * 59 and XE XS XP XU only since July 2019 */
static uint32_t open_of(const struct edit_line *column1, const struct edit_line *column2)
{
    uint32_t first = column1->from >= EITHER_LINE_FROM ? MOD_OPENS_PTP : MOD_OPENS_FIRST;

    return (column1->mods & first) || (column2->mods & MOD_OPENS_PTP)
               ? column1->mods | column2->mods
               : 0;
}

/* worst_partner - of the column 1 lines of that day the one that leaves the pair shut, else the
 * first
 */
static const struct edit_line *worst_partner(const struct edit_claim *c, const struct edit_group *g,
                                             const struct edit_line *column2)
{
    const struct edit_line *best = NULL;

    for (size_t i = 0; i < g->n; i++) {
        const struct edit_line *l = &c->lines[c->order[g->first + i]];

        if (l->from > column2->thru || l->thru < column2->from || split_apart(c, l, column2))
            continue;
        if (!open_of(l, column2))
            return l;
        best = best ? best : l;
    }
    return best;
}

/* rank_of - how bad a pair is: never together, shut, opened */
static int rank_of(const struct edit_pair *p)
{
    return p->indicator == 0 ? 2 : !open_of(p->column1, p->column2);
}

/* add_pair - one a line of column 2 and code of column 1, the worst: over several days it may be
 * met more than once */
static void add_pair(struct edit_run *r, struct edit_pair pair)
{
    struct edit_claim *c = r->c;
    struct edit_pair *p;

    for (size_t i = 0; i < c->n_pairs; i++)
        if (c->pairs[i]->column2 == pair.column2 &&
            c->pairs[i]->column1->key == pair.column1->key) {
            if (rank_of(&pair) > rank_of(c->pairs[i]))
                *c->pairs[i] = pair;
            return;
        }
    p = arena_alloc(r->arena, sizeof(*p));
    if (p && event_push(r->arena, c, pairs, p))
        *p = pair;
}

/* add_hits - every line of column 2 that meets a line of column 1 */
static void add_hits(struct edit_run *r, const struct edit_group *g1, const struct edit_group *g2,
                     int indicator, const struct edition_info *edition)
{
    struct edit_claim *c = r->c;

    for (size_t i = 0; i < g2->n; i++) {
        const struct edit_line *l = &c->lines[c->order[g2->first + i]];
        const struct edit_line *partner = worst_partner(c, g1, l);

        if (partner)
            add_pair(r, (struct edit_pair){partner, l, indicator, edition});
    }
}

/* Pairs that wait to be looked up together. */
struct waiting {
    size_t n;
    const struct edit_group *of[24][2];
    struct table_ask asks[24];
};

/* settle - one answer; codes that one edition does not number both are asked for by name */
static void settle(struct edit_run *r, const struct edit_group *const of[2],
                   const struct table_ask *x)
{
    const struct edition_info *edition = NULL;
    int n = -1;

    if (x->answer == LOOKUP_FOUND)
        n = indicator_in(&x->row, &edition);
    else if (x->answer == LOOKUP_NO_EDITION)
        n = indicator_of(r, code_of(r->c, of[0]), code_of(r->c, of[1]), x->on, &edition);
    if (n >= 0)
        add_hits(r, of[0], of[1], n, edition);
}

/* look_up - all that wait */
static void look_up(struct edit_run *r, struct waiting *w)
{
    tables_find_pairs(w->asks, w->n);
    for (size_t i = 0; i < w->n; i++)
        settle(r, w->of[i], &w->asks[i]);
    w->n = 0;
}

/* wait_for - one more */
static void wait_for(struct edit_run *r, struct waiting *w, const struct edit_group *column1,
                     const struct edit_group *column2)
{
    int32_t on = column1->from > column2->from ? column1->from : column2->from;

    if (w->n == sizeof(w->asks) / sizeof(w->asks[0]))
        look_up(r, w);
    w->of[w->n][0] = column1;
    w->of[w->n][1] = column2;
    w->asks[w->n].first = column1->ptp;
    w->asks[w->n].second = column2->ptp;
    w->asks[w->n++].on = on;
}

/* may_pair - two codes of one provider, and not on the day of an inpatient-only procedure */
static bool may_pair(struct edit_run *r, const struct edit_group *a, const struct edit_group *b)
{
    return a->key && b->key && a->key != b->key && a->provider == b->provider &&
           !edit_inpatient_only_day(r, b->from);
}

/* find_pairs - once a claim: of groups whose days meet, in both directions; groups are sorted by
 * first day */
static void find_pairs(struct edit_run *r)
{
    struct edit_claim *c = r->c;
    struct waiting w;

    if (c->pairs_known)
        return;
    w.n = 0;
    c->pairs_known = true;
    for (size_t i = 0; i < c->n_groups; i++)
        number_group(r, &c->groups[i]);
    for (size_t i = 0; i < c->n_groups; i++)
        for (size_t k = i + 1; k < c->n_groups && c->groups[k].from <= c->groups[i].thru; k++)
            if (may_pair(r, &c->groups[i], &c->groups[k])) {
                wait_for(r, &w, &c->groups[i], &c->groups[k]);
                wait_for(r, &w, &c->groups[k], &c->groups[i]);
            }
    look_up(r, &w);
}

/* applies - RHC bills (71x) are outside the outpatient editor's pairs */
static bool applies(const struct edit_run *r)
{
    return r->c->facility != 71;
}

/* say_pair - a finding at the column 2 line, codes in the order column 1, column 2 */
static void say_pair(struct edit_run *r, const struct edit_pair *p, const char *what)
{
    CcFinding *f = edit_found(r, in_edition(at_code(r, p->column2), p->edition),
                              edit_pair_of(r, p->column1->code, p->column2->code),
                              "%s is part of %s on line %u: %s", p->column2->code, p->column1->code,
                              (unsigned)p->column1->number, what);
    char *name;

    name = arena_printf(r->arena, "CMS NCCI PTP %s",
                        r->c->ptp == TABLE_PTP_HOSPITAL ? "outpatient hospital" : "practitioner");
    if (name)
        f->authority = name;
}

/* edit_ncc_01 - indicator 0: never together */
void edit_ncc_01(struct edit_run *r)
{
    if (!applies(r))
        return;
    find_pairs(r);
    for (size_t i = 0; i < r->c->n_pairs; i++)
        if (r->c->pairs[i]->indicator == 0)
            say_pair(r, r->c->pairs[i], "no modifier changes that");
}

/* edit_ncc_02 - indicator 1, and no modifier that says why both */
void edit_ncc_02(struct edit_run *r)
{
    if (!applies(r))
        return;
    find_pairs(r);
    for (size_t i = 0; i < r->c->n_pairs; i++) {
        const struct edit_pair *p = r->c->pairs[i];

        if (p->indicator == 1 && !open_of(p->column1, p->column2))
            say_pair(r, p, "a modifier of the NCCI list would have to say why both are paid");
    }
}

/* edit_ncc_03 - opened by 59 or XE XS XP XU alone: the record has to show it */
void edit_ncc_03(struct edit_run *r)
{
    if (!applies(r))
        return;
    find_pairs(r);
    for (size_t i = 0; i < r->c->n_pairs; i++) {
        const struct edit_pair *p = r->c->pairs[i];
        uint32_t open = open_of(p->column1, p->column2);

        if (p->indicator == 1 && (open & (MOD_59 | MOD_X)))
            say_pair(r, p, "opened as a distinct service; the record must show it");
    }
}

/* edit_ncc_04 - 59 where another modifier has said it already, or on a visit */
void edit_ncc_04(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if (!(l->mods & MOD_59))
            continue;
        if (edit_is_visit(l->code))
            edit_found(r, at_mods(r, l), l->code,
                       "modifier 59 is not for evaluation and management; 25 is");
        else if (l->mods & MOD_X)
            edit_found(r, at_mods(r, l), l->code,
                       "modifier 59 beside the more specific one of XE, XS, XP, XU");
        else if (l->mods & MOD_ANATOMIC)
            edit_found(r, at_mods(r, l), l->code,
                       "modifier 59 beside an anatomic one, which says it already");
    }
}

/* is_day_visit - a visit: evaluation and management, and on outpatient bills those of the hospital
 */
static bool is_day_visit(const struct edit_claim *c, const struct edit_line *l)
{
    return edit_is_visit(l->code) ||
           (c->kind == KIND_OUT &&
            (edit_code_between(l->code, "G0380", "G0384") || strcmp(l->code, "G0463") == 0));
}

/* is_procedure - one whose payment holds the visit of the day: global days 000 or 010, or on a
 * Medicare outpatient bill status S or T */
static bool is_procedure(struct edit_run *r, const struct edit_line *l)
{
    const char *status = edit_status(r, l);

    if (!r->c->professional)
        return strcmp(status, "S") == 0 || strcmp(status, "T") == 0;
    return edit_fee(r, l) && (table_col_is(edit_fee(r, l), "global", "000") ||
                              table_col_is(edit_fee(r, l), "global", "010"));
}

/* is_pair - NCCI knows the two codes, and NCC-01 or NCC-02 judges them */
static bool is_pair(const struct edit_claim *c, const struct edit_line *a,
                    const struct edit_line *b)
{
    for (size_t i = 0; i < c->n_pairs; i++) {
        const struct edit_pair *p = c->pairs[i];

        if ((p->column1->key == a->key && p->column2->key == b->key) ||
            (p->column1->key == b->key && p->column2->key == a->key))
            return true;
    }
    return false;
}

/* procedure_with - of the visit's day and provider, and no NCCI pair with it; or NULL */
static const struct edit_line *procedure_with(struct edit_run *r, const struct edit_line *visit)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if (l->key && l->from == visit->from && l->provider == visit->provider &&
            !is_day_visit(r->c, l) && is_procedure(r, l) && !is_pair(r->c, l, visit))
            return l;
    }
    return NULL;
}

/* edit_ncc_06 - a visit beside a small procedure, and nothing says that it was one of its own */
void edit_ncc_06(struct edit_run *r)
{
    find_pairs(r);
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *visit = &r->c->lines[i], *l;

        if ((visit->mods & (MOD_25 | MOD_24 | MOD_57)) || !is_day_visit(r->c, visit))
            continue;
        l = procedure_with(r, visit);
        if (l)
            edit_found(r, at_mods(r, visit), edit_pair_of(r, l->code, visit->code),
                       "%s is paid with %s of the same day unless modifier 25 says that it was a "
                       "visit of its own",
                       visit->code, l->code);
    }
}

/* past_opens - does the earlier line carry a modifier that opens pairs */
static bool past_opens(const CcBilledLine *l)
{
    for (size_t i = 0; i < l->n_modifiers; i++)
        if (edit_modifier_bits(l->modifiers[i]) & MOD_OPENS_PTP)
            return true;
    return false;
}

/* shut_pair - the pair of a line and an earlier one, in either direction, that nothing opens */
static bool shut_pair(struct edit_run *r, const struct edit_line *l, const CcBilledLine *past,
                      const char **codes, const struct edition_info **edition)
{
    bool open = (l->mods & MOD_OPENS_PTP) || past_opens(past);
    int n = indicator_of(r, l->code, past->code, l->from, edition);

    *codes = edit_pair_of(r, l->code, past->code);
    if (n < 0) {
        n = indicator_of(r, past->code, l->code, l->from, edition);
        *codes = edit_pair_of(r, past->code, l->code);
    }
    return n == 0 || (n == 1 && !open);
}

/* edit_ncc_07 - the other half of the pair stands on another claim of the same day */
void edit_ncc_07(struct edit_run *r)
{
    for (size_t i = 0; applies(r) && i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        for (size_t k = 0; l->key && k < r->c->n_past; k++) {
            const struct edit_past *p = &r->c->past[k];
            const struct edition_info *edition = NULL;
            const char *codes;

            if (p->key && p->key != l->key && edit_past_same(r->c, l, p) &&
                shut_pair(r, l, p->line, &codes, &edition))
                edit_found(r, in_edition(at_code(r, l), edition), codes,
                           "%s and %s of another claim of the same day are an NCCI pair", l->code,
                           p->line->code);
        }
    }
}
