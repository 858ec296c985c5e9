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
        if (strncasecmp(s.p + i, word, n) == 0 && (i == 0 || !isalpha((unsigned char)s.p[i - 1])) &&
            (i + n == s.n || !isalpha((unsigned char)s.p[i + n])))
            return true;
    return false;
}

/* side_of - from the title's words, not from the digit (coding §1.3) */
static enum side side_of(struct edit_run *r, const struct edit_dx *d)
{
    struct table_row row;
    struct span title;

    if (edit_ask(r, TABLE_ICD10CM, d->code, NULL, d->on, &row) != ASKED_FOUND)
        return SIDE_NONE;
    title = table_col(&row, "long");
    if (has_word(title, "bilateral"))
        return SIDE_BOTH;
    return (has_word(title, "left") ? SIDE_LEFT : SIDE_NONE) |
           (has_word(title, "right") ? SIDE_RIGHT : SIDE_NONE);
}

/* by_rank - the diagnosis that a pointer names */
static const struct edit_dx *by_rank(const struct edit_claim *c, uint32_t rank)
{
    for (size_t i = 0; i < c->n_dx; i++)
        if (c->dx[i].rank == rank)
            return &c->dx[i];
    return NULL;
}

/* edit_lat_01 - one side treated, and every diagnosis that has a side is of the other */
void edit_lat_01(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];
        enum side done =
            (l->mods & MOD_LEFT ? SIDE_LEFT : 0) | (l->mods & MOD_RIGHT ? SIDE_RIGHT : 0);
        enum side seen = SIDE_NONE;

        if (done != SIDE_LEFT && done != SIDE_RIGHT)
            continue;
        for (size_t k = 0; k < l->line->n_pointers; k++) {
            const struct edit_dx *d = by_rank(r->c, l->line->pointers[k]);

            seen |= d ? side_of(r, d) : SIDE_NONE;
        }
        if (seen && !(seen & done))
            edit_found(r, at_mods(r, l), l->code,
                       "the modifier says the %s side, and the diagnoses the other one",
                       done == SIDE_LEFT ? "left" : "right");
    }
}

/* edit_lat_03 - both sides in one modifier, and one side in another */
void edit_lat_03(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if ((l->mods & MOD_50) && (l->mods & MOD_SIDE))
            edit_found(r, at_mods(r, l), l->code,
                       "modifier 50 is both sides; LT, RT and the like "
                       "are one");
    }
}
