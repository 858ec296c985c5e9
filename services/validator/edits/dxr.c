/* dxr.c - DXR: which diagnosis may stand first, and which go together */
#include "services/validator/edits/edits.h"

#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"

/* edit_dx_admitting - what was thought on arrival; no editor holds it against the bill */
bool edit_dx_admitting(const struct edit_dx *d)
{
    return d->dx->role == DIAGNOSIS_ROLE_ADMITTING;
}

/* edit_dx_reported - principal, other or external cause: what the claim says of the patient */
bool edit_dx_reported(const struct edit_dx *d)
{
    return d->dx->role != DIAGNOSIS_ROLE_ADMITTING && d->dx->role != DIAGNOSIS_ROLE_REASON;
}

/* Codes that begin with a literal, as numbers. */
struct stretch {
    uint64_t low, high;
};
#define S(s)                                                                                       \
    {                                                                                              \
        CODE_KEY(s), CODE_KEY_LAST(s)                                                              \
    }

/* dx_within - the first reported diagnosis of a stretch, or NULL */
static const struct edit_dx *dx_within(const struct edit_claim *c, struct stretch s)
{
    for (size_t i = 0; i < c->n_dx; i++)
        if (c->dx[i].key >= s.low && c->dx[i].key <= s.high && edit_dx_reported(&c->dx[i]))
            return &c->dx[i];
    return NULL;
}

/* of those that begin with a literal */
#define dx_starting(c, s) dx_within(c, (struct stretch)S(s))

/* dx_place - with the MCE edition that the flags came from */
static struct place dx_place(struct edit_run *r, const struct edit_dx *d)
{
    return in_edition(at_dx(r, d), edit_edition(r, TABLE_MCE, d->on));
}

/* edit_dxr_02 - a manifestation never stands first (ICD-10-CM I.A.13) */
void edit_dxr_02(struct edit_run *r)
{
    struct edit_dx *d = r->c->principal;

    if (d && (edit_dx_flags(r, d) & MCE_MANIFESTATION))
        edit_found(r, dx_place(r, d), edit_dx_shown(r, d),
                   "%s is a manifestation and stands first; its cause goes before it",
                   edit_dx_shown(r, d));
}

/* clang-format off */
/* "Use additional code" without "if applicable", "if known" (ICD-10-CM tabular list; guidelines I.C.4, I.C.9, I.C.15). */
static const struct {
    struct stretch code, partners[3]; /* ended by one of nothing */
    const char *what;
} additional[] = {
    {S("I110"),  {S("I50")},                 "the kind of heart failure (I50.-)"},
    {S("I120"),  {S("N185"), S("N186")},        "the stage of kidney disease (N18.5, N18.6)"},
    {S("I129"),  {S("N18")},                 "the stage of kidney disease (N18.-)"},
    {S("I130"),  {S("I50")},                 "the kind of heart failure (I50.-)"},
    {S("I132"),  {S("I50")},                 "the kind of heart failure (I50.-)"},
    {S("I130"),  {S("N18")},                 "the stage of kidney disease (N18.-)"},
    {S("I1310"), {S("N18")},                 "the stage of kidney disease (N18.-)"},
    {S("I1311"), {S("N185"), S("N186")},        "the stage of kidney disease (N18.5, N18.6)"},
    {S("I132"),  {S("N185"), S("N186")},        "the stage of kidney disease (N18.5, N18.6)"},
    {S("E0822"), {S("N18")},                 "the stage of kidney disease (N18.-)"},
    {S("E0922"), {S("N18")},                 "the stage of kidney disease (N18.-)"},
    {S("E1022"), {S("N18")},                 "the stage of kidney disease (N18.-)"},
    {S("E1122"), {S("N18")},                 "the stage of kidney disease (N18.-)"},
    {S("E1322"), {S("N18")},                 "the stage of kidney disease (N18.-)"},
    {S("E08621"), {S("L97")},                "the site of the ulcer (L97.-)"},
    {S("E09621"), {S("L97")},                "the site of the ulcer (L97.-)"},
    {S("E10621"), {S("L97")},                "the site of the ulcer (L97.-)"},
    {S("E11621"), {S("L97")},                "the site of the ulcer (L97.-)"},
    {S("E13621"), {S("L97")},                "the site of the ulcer (L97.-)"},
    {S("O101"),  {S("I11")},                 "the heart disease (I11.-)"},
    {S("O102"),  {S("I12")},                 "the kidney disease (I12.-)"},
    {S("O103"),  {S("I13")},                 "the heart and kidney disease (I13.-)"},
};
/* clang-format on */

/* edit_dxr_04 - a code that asks for another one to tell the rest */
void edit_dxr_04(struct edit_run *r)
{
    for (size_t i = 0; i < sizeof(additional) / sizeof(additional[0]); i++) {
        const struct edit_dx *d = dx_within(r->c, additional[i].code);
        bool there = false;

        for (size_t k = 0; d && additional[i].partners[k].low; k++)
            there |= dx_within(r->c, additional[i].partners[k]) != NULL;
        if (d && !there)
            edit_found(r, at_dx(r, d), edit_dx_shown(r, d), "%s asks for a code for %s",
                       edit_dx_shown(r, d), additional[i].what);
    }
}

/* edit_dxr_05 - an external cause never stands first (I.C.20) */
void edit_dxr_05(struct edit_run *r)
{
    struct edit_dx *d = r->c->principal;
    bool flagged = d && (edit_dx_flags(r, d) & MCE_EXTERNAL);
    CcFinding *f;

    if (!flagged && (!d || d->code[0] < 'V' || d->code[0] > 'Y'))
        return;
    f = edit_found(r, flagged ? dx_place(r, d) : at_dx(r, d), edit_dx_shown(r, d),
                   "%s is an external cause and stands first", edit_dx_shown(r, d));
    /* a code that the editor does not know has no flag there */
    if (!flagged && r->c->acute)
        edit_same_as(r, f, "");
}

/* has_secondary - any other diagnosis of the claim, valid or not */
static bool has_secondary(const struct edit_claim *c)
{
    for (size_t i = 0; i < c->n_dx; i++)
        if (&c->dx[i] != c->principal && edit_dx_reported(&c->dx[i]) &&
            strspn(c->dx[i].code, "0 ") != strlen(c->dx[i].code))
            return true;
    return false;
}

/* check_delivery - delivery procedures without a secondary diagnosis of the outcome (MCE 8) */
static void check_delivery(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_dx && r->c->n_pcs; i++)
        if (&r->c->dx[i] != r->c->principal && !edit_dx_admitting(&r->c->dx[i]) &&
            (edit_dx_flags(r, &r->c->dx[i]) & MCE_DELIVERY_OUTCOME))
            return;
    for (size_t i = 0; i < r->c->n_pcs; i++) {
        struct edit_pcs *p = &r->c->pcs[i];

        if (edit_pcs_flags(r, p) & (MCE_CESAREAN | MCE_VAGINAL))
            edit_same_as(
                r,
                edit_found_as(r, SEVERITY_HOLD, in_edition(at_pcs(p), edit_mce(r)), p->code,
                              "%s is a delivery, and no diagnosis tells its outcome", p->code),
                "MCE 8");
    }
}

/* edit_dxr_06 - what a hospital may not give as the reason of a stay (MCE 8, 9) */
void edit_dxr_06(struct edit_run *r)
{
    struct edit_dx *d = r->c->principal;
    uint32_t flags = d ? edit_dx_flags(r, d) : 0;
    uint32_t nine = mce_unacceptable(flags, has_secondary(r->c));

    if (nine == MCE_UNACCEPTABLE)
        edit_same_as(r,
                     edit_found(r, dx_place(r, d), edit_dx_shown(r, d),
                                "%s is unacceptable as principal diagnosis", edit_dx_shown(r, d)),
                     "MCE 9");
    else if (nine)
        edit_same_as(r,
                     edit_found(r, dx_place(r, d), edit_dx_shown(r, d),
                                "%s is acceptable as principal only with a secondary diagnosis",
                                edit_dx_shown(r, d)),
                     "MCE 9");
    if (flags & MCE_QUESTIONABLE)
        edit_same_as(r,
                     edit_found_as(r, SEVERITY_HOLD, dx_place(r, d), edit_dx_shown(r, d),
                                   "%s alone seldom needs a hospital stay", edit_dx_shown(r, d)),
                     "MCE 8");
    check_delivery(r);
}

/* is_initial_injury - active treatment of an injury: S00-T35 with seventh character A, B or C */
static bool is_initial_injury(const struct edit_dx *d)
{
    return strcmp(d->code, "S") > 0 && strcmp(d->code, "T36") < 0 && strlen(d->code) == 7 &&
           strchr("ABC", d->code[6]);
}

/* edit_dxr_09 - aftercare and active treatment of an injury (I.C.21.c.7: not for injuries at all)
 */
void edit_dxr_09(struct edit_run *r)
{
    const struct edit_dx *care = dx_starting(r->c, "Z47");

    if (!care)
        care = dx_starting(r->c, "Z48");
    for (size_t i = 0; care && i < r->c->n_dx; i++) {
        const struct edit_dx *d = &r->c->dx[i];

        if (!edit_dx_reported(d) || !is_initial_injury(d))
            continue;
        edit_found(r, at_dx(r, care), edit_pair_of(r, edit_dx_shown(r, care), edit_dx_shown(r, d)),
                   "%s is aftercare, and %s says that the injury is under active treatment",
                   edit_dx_shown(r, care), edit_dx_shown(r, d));
        return;
    }
}

/* clang-format off */
/* A history code and the disease itself (I.C.21.c.4: history only when the condition is gone). */
static const struct {
    struct stretch history, active;
} gone[] = {
    {S("Z8503"), S("C18")}, {S("Z8504"), S("C20")}, {S("Z8505"), S("C22")}, {S("Z8507"), S("C25")}, {S("Z8511"), S("C34")}, {S("Z853"), S("C50")},
    {S("Z8541"), S("C53")}, {S("Z8543"), S("C56")}, {S("Z8546"), S("C61")}, {S("Z8547"), S("C62")}, {S("Z8551"), S("C67")}, {S("Z8552"), S("C64")},
    {S("Z85820"), S("C43")}, {S("Z85850"), S("C73")}, {S("Z8611"), S("A15")}, {S("Z8616"), S("U071")}, {S("Z8711"), S("K25")},
};
/* clang-format on */

/* edit_dxr_10 - gone, and there */
void edit_dxr_10(struct edit_run *r)
{
    for (size_t i = 0; i < sizeof(gone) / sizeof(gone[0]); i++) {
        const struct edit_dx *h = dx_within(r->c, gone[i].history);
        const struct edit_dx *d = h ? dx_within(r->c, gone[i].active) : NULL;

        if (d)
            edit_found(r, at_dx(r, h), edit_pair_of(r, edit_dx_shown(r, d), edit_dx_shown(r, h)),
                       "%s is active, and %s says that it is history", edit_dx_shown(r, d),
                       edit_dx_shown(r, h));
    }
}

/* edit_dxr_11 - one kind of diabetes; insulin is no extra of type 1 (I.C.4.a.3) */
void edit_dxr_11(struct edit_run *r)
{
    static const struct stretch families[] = {S("E08"), S("E09"), S("E10"), S("E11"), S("E13")};
    const struct edit_dx *first = NULL, *insulin = dx_starting(r->c, "Z794");

    for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
        const struct edit_dx *d = dx_within(r->c, families[i]);

        if (d && first) {
            edit_found(r, at_dx(r, d),
                       edit_pair_of(r, edit_dx_shown(r, first), edit_dx_shown(r, d)),
                       "%s and %s are different kinds of diabetes", edit_dx_shown(r, first),
                       edit_dx_shown(r, d));
            return;
        }
        first = d ? d : first;
    }
    if (insulin && first && str_starts(first->code, "E10"))
        edit_found(r, at_dx(r, insulin),
                   edit_pair_of(r, edit_dx_shown(r, first), edit_dx_shown(r, insulin)),
                   "long-term insulin is not coded with type 1 diabetes");
}

/* edit_dxr_12 - the birth record, once, of the newborn (I.C.16.a.2) */
void edit_dxr_12(struct edit_run *r)
{
    const struct edit_dx *d = dx_starting(r->c, "Z38");

    if (!d)
        return;
    if (!r->c->professional && d != r->c->principal)
        edit_found(r, at_dx(r, d), edit_dx_shown(r, d),
                   "%s belongs to the birth record and stands first there", edit_dx_shown(r, d));
    else if (r->c->age_days > 28)
        edit_found(r, at_dx(r, d), edit_dx_shown(r, d),
                   "%s is for the newborn's birth encounter only", edit_dx_shown(r, d));
}

/* other_obstetric - a diagnosis of chapter 15 besides O80 */
static const struct edit_dx *other_obstetric(const struct edit_claim *c)
{
    for (size_t i = 0; i < c->n_dx; i++)
        if (edit_dx_reported(&c->dx[i]) && c->dx[i].code[0] == 'O' &&
            !str_starts(c->dx[i].code, "O80"))
            return &c->dx[i];
    return NULL;
}

/* edit_dxr_13 - how a delivery ended (I.C.15.b.5, I.C.15.n) */
void edit_dxr_13(struct edit_run *r)
{
    const struct edit_dx *outcome = dx_starting(r->c, "Z37"), *normal = dx_starting(r->c, "O80");
    const struct edit_dx *other = other_obstetric(r->c);

    if (outcome && !normal && !other)
        edit_found(r, at_dx(r, outcome), edit_dx_shown(r, outcome),
                   "%s belongs to the mother's record of a delivery, and there is none",
                   edit_dx_shown(r, outcome));
    else if (normal && other)
        edit_found(r, at_dx(r, normal),
                   edit_pair_of(r, edit_dx_shown(r, normal), edit_dx_shown(r, other)),
                   "%s is an entirely normal delivery, and %s is a complication",
                   edit_dx_shown(r, normal), edit_dx_shown(r, other));
    else if (normal && (!outcome || strcmp(outcome->code, "Z370") != 0))
        edit_found(r, at_dx(r, normal), edit_dx_shown(r, normal),
                   "%s goes with one outcome only, a single live birth (Z37.0)",
                   edit_dx_shown(r, normal));
}

/* needs_weeks - chapter 15 but abortive outcomes (O00-O08), what comes after the birth (O85-O92)
 * and its late effects (O94) */
static bool needs_weeks(const struct edit_dx *d)
{
    return edit_dx_reported(d) && strncmp(d->code, "O09", 3) >= 0 && d->code[0] == 'O' &&
           (strncmp(d->code, "O85", 3) < 0 || strncmp(d->code, "O94", 3) > 0);
}

/* edit_dxr_14 - weeks of the pregnancy (I.C.21.c.11) */
void edit_dxr_14(struct edit_run *r)
{
    if (dx_starting(r->c, "Z3A"))
        return;
    for (size_t i = 0; i < r->c->n_dx; i++)
        if (needs_weeks(&r->c->dx[i])) {
            edit_found(r, at_dx(r, &r->c->dx[i]), edit_dx_shown(r, &r->c->dx[i]),
                       "%s asks for the weeks of the pregnancy (Z3A.-)",
                       edit_dx_shown(r, &r->c->dx[i]));
            return;
        }
}
