/* glb.c - GLB: what an operation's payment holds besides the operation (CMS claims manual ch. 12,
 * 40; billing §7.4)
 *
 * The fee schedule gives each code its global days: 000 the day, 010 the day and ten after it, 090
 * the day before, the day and ninety after it. Visits of the same group and specialty in that time
 * belong to the operation, other operations need a modifier that says why. Whichever was billed
 * first, the second of the two is stopped, so both directions are looked at. */
#include "services/validator/edits/edits.h"

#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"
#include "common/tables/rvu.h"

enum { PERIOD_MAX = 90, PARTS = MOD_54 | MOD_55 | MOD_56 };

/* A service of this claim or of an earlier one. */
struct service {
    const char *code;
    uint64_t key, provider;
    int32_t from;
    uint32_t mods;
    bool visit;
    const struct edit_line *line; /* NULL: of another claim */
};

/* is_visit - evaluation and management, and the eye doctor's */
static bool is_visit(const char *code)
{
    static const char *const eyes[] = {"92002", "92004", "92012", "92014", NULL};

    return edit_is_visit(code) || str_in(code, eyes);
}

/* of_line - of this claim */
static struct service of_line(const struct edit_line *l)
{
    return (struct service){l->code, l->key, l->provider, l->from, l->mods, is_visit(l->code), l};
}

/* of_past - of an earlier claim; no key where another house billed it */
static struct service of_past(const struct edit_claim *c, const struct edit_past *p)
{
    struct service s = {p->line->code,           p->key, p->provider, p->line->from_date, 0,
                        is_visit(p->line->code), NULL};

    if (p->line->kind == CLAIM_KIND_INSTITUTIONAL || !edit_same_house(c, p->line))
        s.key = 0;
    for (size_t i = 0; i < p->line->n_modifiers; i++)
        s.mods |= edit_modifier_bits(p->line->modifiers[i]);
    return s;
}

/* global_days - of a service with a code on its day: 0, 10, 90; -1: none, or not known */
static int global_days(struct edit_run *r, const struct service *s)
{
    struct table_row past;
    const struct table_row *row = &past;
    struct span global;

    if (s->visit)
        return -1;
    if (s->line)
        row = edit_fee(r, s->line);
    else if (edit_ask_if_loaded(r, TABLE_RVU, s->code, RVU_WHOLE, s->from, &past) != ASKED_FOUND)
        row = NULL;
    if (!row)
        return -1;
    global = table_col(row, "global");
    return span_is(global, "000")   ? 0
           : span_is(global, "010") ? 10
           : span_is(global, "090") ? 90
                                    : -1;
}

/* holds - does the operation's period hold that day, one that is near? An assistant opens none, nor
 * does a return to the operating room (78); a part of the care (54 55 56) holds its own days. */
static bool holds(struct edit_run *r, const struct service *operation, int32_t day)
{
    int days, apart = date_diff(day, operation->from);
    bool before, after;

    if (apart < -1 || (operation->mods & (MOD_ASSISTANT | MOD_78)))
        return false;
    days = global_days(r, operation);
    before = days == 90 && !(operation->mods & MOD_55);
    after = !(operation->mods & (MOD_54 | MOD_56));
    return days >= 0 && apart >= (before ? -1 : 0) && apart <= (after ? days : 0);
}

/* near - the same provider, near enough in time to ask the tables */
static bool near(const struct service *a, const struct service *b)
{
    int apart;

    if (!a->key || !b->key || a->provider != b->provider || !date_valid(a->from) ||
        !date_valid(b->from))
        return false;
    apart = date_diff(a->from, b->from);
    return apart <= PERIOD_MAX && apart >= -PERIOD_MAX;
}

/* said_elsewhere - same-day visits: an NCCI pair, or one claim's small operation (NCC-06), has its
 * own edit */
static bool said_elsewhere(struct edit_run *r, const struct service *visit,
                           const struct service *operation)
{
    if (visit->from != operation->from)
        return false;
    return (visit->line && operation->line && global_days(r, operation) < 90) ||
           edit_is_ptp(r, operation->code, visit->code, visit->from);
}

/* visit_in_period - a visit that is paid with the operation */
static bool visit_in_period(struct edit_run *r, const struct service *visit,
                            const struct service *operation)
{
    return visit->visit && !operation->visit && !(visit->mods & (MOD_24 | MOD_25 | MOD_57)) &&
           near(visit, operation) && holds(r, operation, visit->from) &&
           !said_elsewhere(r, visit, operation);
}

/* operation_in_period - a later operation that nothing sets apart */
static bool operation_in_period(struct edit_run *r, const struct service *later,
                                const struct service *first)
{
    return later->from > first->from && !later->visit && near(later, first) &&
           !(later->mods & (MOD_APART | MOD_78 | MOD_ASSISTANT | PARTS)) &&
           holds(r, first, later->from) && global_days(r, later) >= 0;
}

/* say - at the line of this claim; both codes, the operation first */
static void say(struct edit_run *r, const struct service *in, const struct service *operation)
{
    const struct edit_line *at = in->line ? in->line : operation->line;

    edit_found(r, in_fee(r, at_mods(r, at), at), edit_pair_of(r, operation->code, in->code),
               "%s%s lies in the global period of %s%s", in->code,
               in->line ? "" : " of another claim", operation->code,
               operation->line ? "" : " of another claim");
}

typedef bool question(struct edit_run *r, const struct service *in,
                      const struct service *operation);

/* ask_own - a line against the other lines of its claim; true: found */
static bool ask_own(struct edit_run *r, const struct service *own, size_t at, question *q)
{
    for (size_t i = 0; i < r->c->n_lines; i++)
        if (i != at && q(r, &own[at], &own[i])) {
            say(r, &own[at], &own[i]);
            return true;
        }
    return false;
}

/* ask_past - a line against earlier claims, in both directions; one finding a line */
static void ask_past(struct edit_run *r, const struct service *own, question *q)
{
    for (size_t i = 0; i < r->c->n_past; i++) {
        struct service past = of_past(r->c, &r->c->past[i]);
        bool in = q(r, own, &past);

        if (!in && !q(r, &past, own))
            continue;
        say(r, in ? own : &past, in ? &past : own);
        return;
    }
}

/* each_line - the question for every line */
static void each_line(struct edit_run *r, question *q)
{
    struct service *own = arena_array(r->arena, r->c->n_lines + 1, sizeof(*own));

    for (size_t i = 0; own && i < r->c->n_lines; i++)
        own[i] = of_line(&r->c->lines[i]);
    for (size_t i = 0; own && i < r->c->n_lines; i++)
        if (own[i].key && !ask_own(r, own, i, q))
            ask_past(r, &own[i], q);
}

/* edit_glb_01 - a visit in an operation's period, and nothing says that it was for something else
 */
void edit_glb_01(struct edit_run *r)
{
    each_line(r, visit_in_period);
}

/* edit_glb_02 - an operation in another one's period, and nothing says why */
void edit_glb_02(struct edit_run *r)
{
    each_line(r, operation_in_period);
}

/* --- split care: 54 the operation, 55 what comes after it, 56 what comes before */

/* care_date - a date of the claim by its qualifier; 0: none */
static int32_t care_date(const CcClaim *c, const char *qualifier)
{
    for (size_t i = 0; i < c->n_dates; i++)
        if (strcmp(c->dates[i]->qualifier, qualifier) == 0)
            return c->dates[i]->from_date;
    return 0;
}

/* no_such_part - the code has no period to split, or its part is paid nothing; or NULL */
static const char *no_such_part(struct edit_run *r, const struct edit_line *l)
{
    const struct table_row *row = edit_fee(r, l);
    const char *column = l->mods & MOD_54   ? "intra_percent"
                         : l->mods & MOD_55 ? "post_percent"
                                            : "pre_percent";

    if (!row)
        return NULL;
    if (!table_col_is(row, "global", "010") && !table_col_is(row, "global", "090"))
        return "the code has no global period of 10 or 90 days that could be split";
    return table_col_i64(row, column, 1) == 0
               ? "the fee schedule gives this part of the code nothing"
               : NULL;
}

/* more_than_whole - what another claim has of the same operation, with this, is more than one */
static const char *more_than_whole(const struct edit_claim *c, const struct edit_line *l)
{
    uint32_t own = l->mods & PARTS;

    for (size_t i = 0; l->key && i < c->n_past; i++) {
        const struct edit_past *p = &c->past[i];
        uint32_t other = 0;

        if (p->key != l->key || p->line->from_date != l->from ||
            p->line->kind == CLAIM_KIND_INSTITUTIONAL)
            continue;
        for (size_t k = 0; k < p->line->n_modifiers; k++)
            other |= edit_modifier_bits(p->line->modifiers[k]);
        if (other & (MOD_ASSISTANT | MOD_78 | MOD_REPEAT))
            continue;
        if (!(other & PARTS))
            return "another claim has all of this operation's care already";
        if (own & other & (MOD_54 | MOD_56)) /* care afterwards may pass from one to the next */
            return "another claim has this part of the operation's care already";
    }
    return NULL;
}

/* wrong_dates - of care after the operation: since when, or until when; or NULL */
static const char *wrong_dates(const CcClaim *c)
{
    int32_t assumed = care_date(c, "090"), given_up = care_date(c, "091");

    if (!assumed && !given_up)
        return "modifier 55 and no date on which the care was assumed or relinquished";
    return assumed && given_up && given_up < assumed
               ? "the care was relinquished before it was assumed"
               : NULL;
}

/* edit_glb_03 - one part a line, with its dates, of a code that can be split, and all parts
 * together not more than the whole */
void edit_glb_03(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];
        uint32_t parts = l->mods & PARTS;
        const char *dates, *why;

        if (!parts)
            continue;
        dates = parts & MOD_55 ? wrong_dates(r->c->claim) : NULL;
        why = parts & (parts - 1)
                  ? "modifiers 54, 55 and 56 are parts of one operation's care: one a line"
                  : no_such_part(r, l);
        why = why ? why : dates ? NULL : more_than_whole(r->c, l);
        if (why)
            edit_found(r, at_mods(r, l), l->code, "%s", why);
        else if (dates)
            edit_found(r, at_claim(care_date(r->c->claim, "090") ? "DTP03*091" : "DTP03*090"),
                       l->code, "%s", dates);
    }
}
