/* dxr_sign.c - DXR-07, DXR-08: what a diagnosis code leaves to another one
 *
 * A sign or symptom that belongs to a disease is not coded beside it, and never before it
 * (ICD-10-CM guidelines I.B.5, II.A). Which signs belong to which diseases no table says: the rows
 * below are the plain ones only. */
#include "services/validator/edits/edits.h"

#include <string.h>

#include "common/base/str.h"

/* clang-format off */
/* A sign and the diseases that it is a part of, as stretches of categories "first-last". */
static const struct {
    const char *sign;
    const char *diseases[8]; /* ended by NULL */
} part_of[] = {
    {"R00",   {"I47-I49"}},
    {"R030",  {"I10-I16"}},
    {"R04",   {"J00-J06", "J12-J22", "C34-C34"}},
    {"R05",   {"J00-J22", "J40-J47"}},
    {"R060",  {"I50-I50", "J12-J22", "J40-J47", "J80-J84", "J96-J96"}},
    {"R062",  {"J40-J47"}},
    {"R07",   {"I20-I22", "I24-I24", "I26-I26", "I30-I30", "J12-J18", "K21-K21"}},
    {"R0902", {"J12-J18", "J80-J84", "J96-J96"}},
    {"R10",   {"K25-K28", "K35-K38", "K50-K52", "K56-K57", "K80-K86", "N20-N23"}},
    {"R11",   {"A08-A09", "K52-K52", "K56-K56"}},
    {"R12",   {"K21-K21"}},
    {"R17",   {"B15-B19", "K70-K77", "K80-K83"}},
    {"R18",   {"K70-K76"}},
    {"R197",  {"A00-A09", "K50-K52"}},
    {"R31",   {"N00-N02", "N20-N21", "N30-N30", "C64-C68"}},
    {"R33",   {"N40-N40"}},
    {"R35",   {"E08-E13", "N40-N40"}},
    {"R410",  {"F05-F05"}},
    {"R42",   {"H81-H81"}},
    {"R4701", {"I60-I63"}},
    {"R50",   {"A00-A09", "A37-A41", "J09-J18", "N10-N10", "L03-L03"}},
    {"R51",   {"G43-G44"}},
    {"R55",   {"I44-I45", "I47-I49", "I95-I95"}},
    {"R56",   {"G40-G40"}},
    {"R570",  {"I21-I22"}},
    {"R60",   {"I50-I50", "N04-N04"}},
    {"R73",   {"E08-E13"}},
    {"R7881", {"A40-A41"}},
    {"R80",   {"N00-N08"}},
    {"R91",   {"C34-C34"}},
    {"R972",  {"C61-C61"}},
};
/* clang-format on */

/* in_stretch - the code's category lies in "A00-A09" */
static bool in_stretch(const char *code, const char *stretch)
{
    return strncmp(code, stretch, 3) >= 0 && strncmp(code, stretch + 4, 3) <= 0;
}

/* disease_of - a reported diagnosis that the sign is part of, or NULL */
static const struct edit_dx *disease_of(const struct edit_claim *c, const char *const *diseases)
{
    for (size_t i = 0; i < c->n_dx; i++)
        for (int k = 0; diseases[k]; k++)
            if (edit_dx_reported(&c->dx[i]) && in_stretch(c->dx[i].code, diseases[k]))
                return &c->dx[i];
    return NULL;
}

/* edit_dxr_07 - a sign stands first, and the claim names the disease that explains it */
void edit_dxr_07(struct edit_run *r)
{
    const struct edit_dx *sign = r->c->principal, *disease = NULL;

    if (!sign || sign->code[0] != 'R')
        return;
    for (size_t i = 0; !disease && i < sizeof(part_of) / sizeof(part_of[0]); i++)
        if (str_starts(sign->code, part_of[i].sign))
            disease = disease_of(r->c, part_of[i].diseases);
    if (disease)
        edit_found(r, at_dx(r, sign),
                   edit_pair_of(r, edit_dx_shown(r, sign), edit_dx_shown(r, disease)),
                   "%s is a sign of %s and stands before it", edit_dx_shown(r, sign),
                   edit_dx_shown(r, disease));
}

/* is_injury - chapter 19 without poisonings, toxic effects and complications of care, whose codes
 * tell the cause themselves (I.C.20.a.8), and without T73-T76, which do too */
static bool is_injury(const struct edit_dx *d)
{
    const char *c = d->code;

    return edit_dx_reported(d) && (c[0] == 'S' || (c[0] == 'T' && strncmp(c, "T35", 3) < 0) ||
                                   in_stretch(c, "T66-T71") || in_stretch(c, "T79-T79"));
}

/* is_cause - V00 to Y99 */
static bool is_cause(const struct edit_dx *d)
{
    return d->code[0] >= 'V' && d->code[0] <= 'Y';
}

/* edit_dxr_08 - an injury, and nothing says how it came about: for payers that ask */
void edit_dxr_08(struct edit_run *r)
{
    const struct edit_dx *injury = NULL;
    struct table_row row;

    for (size_t i = 0; i < r->c->n_dx; i++) {
        if (is_cause(&r->c->dx[i]))
            return;
        injury = !injury && is_injury(&r->c->dx[i]) ? &r->c->dx[i] : injury;
    }
    if (injury && edit_ask_payer(r, &row) && table_col_is(&row, "external_cause", "Y"))
        edit_found(r, in_edition(at_dx(r, injury), row.edition), edit_dx_shown(r, injury),
                   "%s is an injury, and no external cause (V00-Y99) is on the claim",
                   edit_dx_shown(r, injury));
}
