/* service.c - NDC, ANE, AMB, CHI, LAB, DME, PWK: what a kind of service has to bring along */
#include "services/validator/edits/edits.h"

#include <string.h>

#include "common/base/str.h"
#include "common/codes/codes.h"

enum { NUMBER_MOST = 1000000000 }; /* products of two stay numbers */

/* edit_ndc_01 - eleven digits, no hyphens: a shorter one cannot be told apart */
void edit_ndc_01(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const CcDrug *d = r->c->lines[i].line->drug;

        if (d && !ndc11_form(d->ndc))
            edit_found(r, at_line(&r->c->lines[i], "LIN03"), NULL,
                       "the NDC is not eleven digits (5-4-2, without hyphens)");
    }
}

/* edit_ndc_02 - how much of the drug, in a unit of the guide */
void edit_ndc_02(struct edit_run *r)
{
    static const char *const units[] = {"F2", "GR", "ME", "ML", "UN", NULL};

    for (size_t i = 0; i < r->c->n_lines; i++) {
        const CcDrug *d = r->c->lines[i].line->drug;

        if (!d)
            continue;
        if (d->quantity_milli <= 0)
            edit_found(r, at_line(&r->c->lines[i], "CTP04"), NULL,
                       "the drug's quantity is missing or not more than zero");
        else if (!str_in(d->unit, units))
            edit_found(r, at_line(&r->c->lines[i], "CTP05"), NULL,
                       "the drug's unit is none of F2, GR, ME, ML, UN");
    }
}

/* is_drug - HCPCS codes of drugs: J0120-J9999, and the drug codes among Q */
static bool is_drug(const char *code)
{
    static const char *const drugs[][2] = {
        {"J0120", "J9999"}, {"Q0138", "Q0139"}, {"Q2043", "Q2057"}, {"Q5101", "Q5160"}};

    for (size_t i = 0; i < sizeof(drugs) / sizeof(drugs[0]); i++)
        if (edit_code_between(code, drugs[i][0], drugs[i][1]))
            return true;
    return false;
}

/* edit_ndc_03 - Medicaid pays a drug by its NDC (42 USC 1396b(i)(10)(C)) */
void edit_ndc_03(struct edit_run *r)
{
    for (size_t i = 0; r->c->medicaid && i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if (is_drug(l->code) && !l->line->drug)
            edit_found(r, at_line(l, "LIN03"), l->code, "%s is a drug, and its NDC is missing",
                       l->code);
    }
}

/* other_code - a code that the crosswalk has the NDC under, or NULL: it does not know the NDC */
static const char *other_code(struct edit_run *r, const struct edit_line *l, struct table_row *row)
{
    size_t cursor = 0;
    struct span code;

    if (!tables_next(r->tables, TABLE_NDC_HCPCS, l->line->drug->ndc, l->from, &cursor, row))
        return NULL;
    code = table_key(row, 1);
    return arena_strndup(r->arena, code.p, code.n);
}

/* holds_less - the items of a line (UN) hold fewer billable units than it bills */
static bool holds_less(const struct edit_line *l, const struct table_row *row)
{
    int64_t each = table_col_i64(row, "per_item_thousandths", 0);
    const CcDrug *d = l->line->drug;

    return strcmp(d->unit, "UN") == 0 && each > 0 && each < NUMBER_MOST && d->quantity_milli > 0 &&
           d->quantity_milli < NUMBER_MOST && l->line->units_milli < NUMBER_MOST &&
           l->line->units_milli * 1000 > d->quantity_milli * each;
}

/* edit_ndc_04 - the package and the code that pays it; an NDC that the crosswalk lacks says nothing
 */
void edit_ndc_04(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];
        enum asked answer = ASKED_NO_TABLE;
        const char *other = NULL;
        struct table_row row;

        if (l->line->drug && l->key && ndc11_form(l->line->drug->ndc))
            answer =
                edit_ask_if_loaded(r, TABLE_NDC_HCPCS, l->line->drug->ndc, l->code, l->from, &row);
        if (answer == ASKED_ABSENT)
            other = other_code(r, l, &row);
        if (other)
            edit_found(r, in_edition(at_line(l, "LIN03"), row.edition), l->code,
                       "the NDC is billed as %s, and the line has %s", other, l->code);
        else if (answer == ASKED_FOUND && holds_less(l, &row))
            edit_found(r, in_edition(at_line(l, "CTP04"), row.edition), l->code,
                       "more units of %s are billed than the items of the NDC hold", l->code);
    }
}

/* claim_date - a date of the claim by its X12 qualifier, 0 = not there */
static int32_t claim_date(const CcClaim *m, const char *qualifier)
{
    for (size_t i = 0; i < m->n_dates; i++)
        if (strcmp(m->dates[i]->qualifier, qualifier) == 0)
            return m->dates[i]->from_date;
    return 0;
}

/* edit_ane_01 - anesthesia: minutes, and who gave it */
void edit_ane_01(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if (!edit_is_anesthesia(l->code))
            continue;
        /* 01996 is a day's management, 01953 an area: counted in units */
        if (strcmp(l->line->unit_code, "MJ") != 0 && strcmp(l->code, "01996") != 0 &&
            strcmp(l->code, "01953") != 0)
            edit_found(r, at_line(l, "SV103"), l->code, "anesthesia is counted in minutes (MJ)");
        else if (!(l->mods & MOD_ANESTHESIA))
            edit_found(r, at_mods(r, l), l->code,
                       "%s lacks the modifier that says who gave the anesthesia", l->code);
    }
}

/* is_trip - a ride, not the miles and not supplies */
static bool is_trip(const char *code)
{
    return edit_code_between(code, "A0426", "A0434") || strcmp(code, "A0225") == 0;
}

/* is_mile - ground, fixed wing, rotary wing */
static bool is_mile(const char *code)
{
    static const char *const miles[] = {"A0425", "A0435", "A0436", NULL};

    return str_in(code, miles);
}

/* has_places - a modifier of two places: from where, to where */
static bool has_places(const CcServiceLine *l)
{
    static const char places[] = "DEGHIJNPRSX";

    for (size_t i = 0; i < l->n_modifiers; i++)
        if (strlen(l->modifiers[i]) == 2 && strchr(places, l->modifiers[i][0]) &&
            strchr(places, l->modifiers[i][1]))
            return true;
    return false;
}

/* missing_of_trip - the first thing a ride lacks, or NULL */
static const char *missing_of_trip(const struct edit_run *r, const struct edit_line *l)
{
    const CcClaim *m = r->c->claim;
    bool miles = false;

    for (size_t i = 0; i < r->c->n_lines; i++)
        miles |= is_mile(r->c->lines[i].code);
    if (!has_places(l->line))
        return "the modifier that says from where to where";
    if (r->c->professional && !m->ambulance && !l->line->ambulance)
        return "the transport information (CR1)";
    if (r->c->professional && (!edit_line_provider(r->c, l, PROVIDER_ROLE_PICK_UP) ||
                               !edit_line_provider(r->c, l, PROVIDER_ROLE_DROP_OFF)))
        return "the address of pick-up or drop-off";
    return miles ? NULL : "the miles";
}

/* edit_amb_01 - a ride, with all that belongs to it */
void edit_amb_01(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];
        const char *missing = is_trip(l->code) ? missing_of_trip(r, l) : NULL;

        if (missing)
            edit_found(r, at_line(l, r->c->professional ? "CR101" : "SV202-3"), l->code,
                       "%s is a transport and lacks %s", l->code, missing);
    }
}

/* edit_chi_01 - Medicare's chiropractic: active treatment (AT), and since when (CMS manual 15, 240)
 */
void edit_chi_01(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if (!edit_code_between(l->code, "98940", "98942"))
            continue;
        if (!(l->mods & (MOD_AT | MOD_NONCOVERED)))
            edit_found(r, at_mods(r, l), l->code,
                       "%s without AT is maintenance, which Medicare does not cover", l->code);
        else if ((l->mods & MOD_AT) && !claim_date(r->c->claim, "454"))
            edit_found(r, at_claim("DTP03*454"), l->code,
                       "%s needs the date of the initial treatment", l->code);
    }
}

/* clang-format off */
/* Laboratory codes that CMS leaves out of its CLIA edits: consultations, skin and breath tests, readings through the skin,
 * blood bank opinions. */
#define K CODE_KEY
static const uint64_t no_clia[] = {
    K("80500"), K("80502"), K("80503"), K("80504"), K("80505"), K("80506"), K("81050"), K("82075"), K("83013"), K("83014"),
    K("83987"), K("86077"), K("86078"), K("86079"), K("86485"), K("86486"), K("86490"), K("86510"), K("86580"), K("86910"),
    K("86960"), K("88125"), K("88240"), K("88241"), K("88720"), K("88738"), K("88740"), K("88741"), K("89049"), K("89220"),
    K("89230"),
};
#undef K
/* clang-format on */

/* needs_clia - a test that only a certified laboratory does */
static bool needs_clia(const struct edit_line *l)
{
    if (l->mods & MOD_QW)
        return true;
    return edit_code_between(l->code, "80047", "89398") && !(l->mods & MOD_26) &&
           !code_key_in(l->key, no_clia, sizeof(no_clia) / sizeof(no_clia[0]));
}

/* edit_lab_01 - the laboratory's certificate (42 CFR 493; the hospital's own stands on its bill) */
void edit_lab_01(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if (!l->line->clia[0] && !r->c->claim->clia[0] && needs_clia(l)) {
            edit_found(r, at_claim("REF02*X4"), l->code,
                       "%s is a laboratory test, and the CLIA number is missing", l->code);
            return;
        }
    }
}

/* edit_dme_01 - equipment: who ordered it, and whether it was bought or rented */
void edit_dme_01(struct edit_run *r)
{
    for (size_t i = 0; i < r->c->n_lines; i++) {
        const struct edit_line *l = &r->c->lines[i];

        if (!edit_code_between(l->code, "E0100", "E8002"))
            continue;
        if (!edit_line_provider(r->c, l, PROVIDER_ROLE_ORDERING) &&
            !edit_line_provider(r->c, l, PROVIDER_ROLE_REFERRING))
            edit_found(r, at_line(l, "NM109*DK"), l->code, "%s names nobody who ordered it",
                       l->code);
        else if (!(l->mods & MOD_DME))
            edit_found(r, at_mods(r, l), l->code, "%s is bought (NU, UE) or rented (RR): which?",
                       l->code);
    }
}

/* check_attachments - papers on their way have a number by which they are found */
static void check_attachments(struct edit_run *r, CcAttachment *const *list, size_t n,
                              struct place p)
{
    static const char *const ways[] = {"AA", "AB", "AD", "AF", "AG", "BM",
                                       "EL", "EM", "FT", "FX", "NS", NULL};

    for (size_t i = 0; i < n; i++)
        if (!str_in(list[i]->transmission, ways))
            edit_found(r, p, NULL, "how the attachment comes is not in the guide's list");
        else if (strcmp(list[i]->transmission, "AA") != 0 && !list[i]->control[0])
            edit_found(r, p, NULL, "an attachment is on its way and has no control number");
}

/* edit_pwk_01 - of the claim and of lines */
void edit_pwk_01(struct edit_run *r)
{
    const CcClaim *m = r->c->claim;

    if (m->n_attachments)
        check_attachments(r, m->attachments, m->n_attachments, at_claim("PWK06"));
    for (size_t i = 0; i < r->c->n_lines; i++)
        if (m->lines[i]->n_attachments)
            check_attachments(r, m->lines[i]->attachments, m->lines[i]->n_attachments,
                              at_line(&r->c->lines[i], "PWK06"));
}
