/* lat.c - LAT: the side of the procedure and the side of the disease */
#include "services/validator/edits/edits.h"

#include <ctype.h>
#include <string.h>

#include "common/base/str.h"

enum side { SIDE_NONE = 0, SIDE_LEFT = 1, SIDE_RIGHT = 2, SIDE_BOTH = 3 };

/* has_word - a whole word, in any case */
static bool has_word(struct span s, const char *word)
{
    size_t n = strlen(word);

    for (size_t i = 0; i + n <= s.n; i++)
        if ((s.p[i] | 0x20) == word[0] && strncasecmp(s.p + i, word, n) == 0 &&
            (i == 0 || !isalpha((unsigned char)s.p[i - 1])) &&
            (i + n == s.n || !isalpha((unsigned char)s.p[i + n])))
            return true;
    return false;
}

/* Of what the body has one of: left and right are no sides of a pair. Of the abdomen only the
 * categories of its quadrants: a flank (R10.8A, R10.A) and a half of the pelvis (R10.2) have a
 * side. From and to, of one length, whatever follows. */
static const char *const single[][2] = {
    {"I20", "I5A"},     /* heart */
    {"Q20", "Q25"},     /* … malformed */
    {"R101", "R101"},   /* pain in the upper abdomen */
    {"R103", "R103"},   /* … in the lower */
    {"R1081", "R1082"}, /* tenderness */
    {"R190", "R190"},   /* swelling, mass, lump */
    {"R193", "R193"},   /* rigidity */
};

/* is_single - the title's left or right is part of one thing */
static bool is_single(const struct edit_dx *d)
{
    for (size_t i = 0; i < sizeof(single) / sizeof(single[0]); i++) {
        size_t n = strlen(single[i][0]);

        if (strncmp(d->code, single[i][0], n) >= 0 && strncmp(d->code, single[i][1], n) <= 0)
            return true;
    }
    return false;
}

/* title_side - from the title's words, not from the digit (coding §1.3) */
static enum side title_side(struct edit_run *r, const struct edit_dx *d)
{
    struct table_row row;
    struct span title;

    if (is_single(d) || edit_ask(r, TABLE_ICD10CM, d->code, NULL, d->on, &row) != ASKED_FOUND)
        return SIDE_NONE;
    title = table_col(&row, "long");
    if (has_word(title, "bilateral"))
        return SIDE_BOTH;
    return (has_word(title, "left") ? SIDE_LEFT : SIDE_NONE) |
           (has_word(title, "right") ? SIDE_RIGHT : SIDE_NONE);
}

/* side_of - asked once a diagnosis */
static enum side side_of(struct edit_run *r, struct edit_dx *d)
{
    if (!d->side_asked)
        d->side = title_side(r, d);
    d->side_asked = true;
    return (enum side)d->side;
}

/* by_rank - the diagnosis that a pointer names */
static struct edit_dx *by_rank(const struct edit_claim *c, uint32_t rank)
{
    for (size_t i = 0; i < c->n_dx; i++)
        if (c->dx[i].rank == rank)
            return &c->dx[i];
    return NULL;
}

/* pointed_sides - of the diagnoses that the line points at */
static enum side pointed_sides(struct edit_run *r, const struct edit_line *l)
{
    enum side seen = SIDE_NONE;

    for (size_t k = 0; k < l->line->n_pointers; k++) {
        struct edit_dx *d = by_rank(r->c, l->line->pointers[k]);

        seen |= d ? side_of(r, d) : SIDE_NONE;
    }
    return seen;
}

/* edit_lat_01 - one side treated, and every diagnosis that has a side is of the other */
void edit_lat_01(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];
        enum side done =
            (l->mods & MOD_LEFT ? SIDE_LEFT : 0) | (l->mods & MOD_RIGHT ? SIDE_RIGHT : 0);
        enum side seen;

        if (done != SIDE_LEFT && done != SIDE_RIGHT)
            continue;
        seen = pointed_sides(r, l);
        if (seen && !(seen & done))
            edit_found(r, at_mods(r, l), l->code,
                       "the modifier says the %s side, and the diagnoses the other one",
                       done == SIDE_LEFT ? "left" : "right");
    }
}

/* may_have_sides - surgery, imaging, eyes and ears; what is read in the laboratory, and visits,
 * have no side */
static bool may_have_sides(const struct edit_line *l)
{
    return edit_code_between(l->code, "10004", "79999") ||
           edit_code_between(l->code, "92002", "92700") || (l->key && l->code[0] > '9');
}

/* edit_lat_02 - something that the body has two of (bilateral indicator 1), for a disease of a
 * side, and the line does not say which */
void edit_lat_02(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if ((l->mods & (MOD_SIDE | MOD_50 | MOD_ANATOMIC)) || !may_have_sides(l) ||
            edit_fee_sign(r, l, "bilateral") != '1' || !pointed_sides(r, l))
            continue;
        edit_found(r, in_fee(r, at_mods(r, l), l), l->code,
                   "%s is done on one side or both, the diagnosis has a side, and no modifier "
                   "(LT, RT, 50) tells it",
                   l->code);
    }
}

/* both_sides_misfit - why 50 does not go with the line's code or units, or NULL */
static const char *both_sides_misfit(struct edit_run *r, const struct edit_line *l)
{
    char indicator = edit_fee_sign(r, l, "bilateral");

    if (l->mods & MOD_SIDE)
        return "modifier 50 is both sides; LT, RT and the like are one";
    if (indicator == '2')
        return "the code is for both sides already: no modifier 50";
    if (indicator == '0' || indicator == '9')
        return "the fee schedule knows no two sides of the code: no modifier 50";
    return NULL;
}

/* again_in_full - an earlier line of the day has this code and both sides too, and nothing says why
 * (IOCE 17) */
static bool again_in_full(struct edit_run *r, const struct edit_line *l)
{
    const struct edit_group *g = &r->c->groups[l->group];
    bool both = edit_fee_sign(r, l, "bilateral") == '2';

    for (size_t i = 0; i < g->n && !(l->mods & MOD_REPEAT); i++) {
        const struct edit_line *x = &r->c->lines[r->c->order[g->first + i]];

        if (x->index < l->index && (both || ((x->mods & MOD_50) && (l->mods & MOD_50))))
            return true;
    }
    return false;
}

/* edit_lat_03 - both sides in one modifier, and one side in another; both sides twice */
void edit_lat_03(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];
        const char *why = l->mods & MOD_50 ? both_sides_misfit(r, l) : NULL;

        if (why)
            edit_found(r, in_fee(r, at_mods(r, l), l), l->code, "%s", why);
        else if (r->c->kind == KIND_OUT && l->key && again_in_full(r, l))
            edit_found(r, in_fee(r, at_mods(r, l), l), l->code,
                       "%s is billed for both sides twice on the day", l->code);
        else if (r->c->kind == KIND_OUT && (l->mods & MOD_50) && l->line->units_milli > 1000)
            edit_same_as(r,
                         edit_found(r, at_units(r, l), l->code,
                                    "modifier 50 with more than one unit of %s", l->code),
                         "IOCE 74");
    }
}
