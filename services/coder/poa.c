/* poa.c - present on admission (Appendix I): as the record says, never made up */
#include "services/coder/relate.h"

#include <stdio.h>
#include <string.h>

#include "common/base/str.h"
#include "common/codes/codes.h"

/* reports - does this visit report POA at all? */
static bool reports(const struct work *w)
{
    return w->inpatient && !w->place.poa_exempt && w->coding_date;
}

/* rule_poa_exempt - on the fiscal year's list: left blank (5010) */
void rule_poa_exempt(struct work *w, const struct rule *r)
{
    struct table_row row;

    for (size_t i = 0; i < w->n_dx && reports(w); i++) {
        struct dx *d = &w->dx[i];

        if (!d->rank)
            continue;
        if (tables_find(w->t, TABLE_POA_EXEMPT, d->code, NULL, w->coding_date, &row) ==
            LOOKUP_FOUND) {
            d->poa = POA_EXEMPT;
            work_cite_table(w, d->as, r, row.edition);
        } else if (d->poa == POA_EXEMPT) {
            d->poa = POA_UNKNOWN;
        }
    }
}

/* rule_poa_given - Y N U W as the record gives it */
void rule_poa_given(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_dx; i++) {
        struct dx *d = &w->dx[i];

        if (!reports(w))
            d->poa = POA_UNKNOWN;
        else if (d->rank && d->poa != POA_UNKNOWN && d->poa != POA_EXEMPT && !d->poa_ruled)
            work_cite(w, d->as, r);
    }
}

/* is_open - reported, and the record gives no indicator */
static bool is_open(const struct work *w, const struct dx *d)
{
    return reports(w) && d->rank && d->poa == POA_UNKNOWN;
}

/* settle - by a rule of the guidelines */
static void settle(struct work *w, const struct rule *r, struct dx *d, CcPoa poa)
{
    d->poa = poa;
    d->poa_ruled = true;
    work_cite(w, d->as, r);
}

/* present - those of the set without an indicator were there */
static void present(struct work *w, const struct rule *r, const char *refs)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (is_open(w, &w->dx[i]) && !work_uncertain(&w->dx[i]) && dx_in(&w->dx[i], refs))
            settle(w, r, &w->dx[i], POA_Y);
}

/* has_any - one of the words stands in the title */
static bool has_any(const char *title, const char *const *words)
{
    for (; *words; words++)
        if (strcasestr(title, *words))
            return true;
    return false;
}

/* is_twofold - the code holds something that may have come later to what was there */
static bool is_twofold(struct work *w, const struct dx *d)
{
    static const char *const turns[] = {
        "exacerbation", "acute",    "hemorrhage",  "bleeding", "perforation", "crisis",
        "coma",         "gangrene", "obstruction", "rupture",  "abscess",     "status asthmaticus",
        "ketoacidosis", " with ",   "decompensat", NULL};
    char title[DX_TITLE];

    return has_any(dx_title(w, d->code, title, sizeof(title)), turns);
}

/* rule_poa_newborn - a birth precedes the admission: what arose in the womb or in delivery was
 * there
 */
void rule_poa_newborn(struct work *w, const struct rule *r)
{
    present(w, r, "P00-P05;P07-P15;P190-P192;P240-P242;P9683;Q00-Q99");
}

/* rule_poa_chronic - however late it was found. Only codes that say nothing acute: an exacerbation,
 * a bleeding or a coma may have come later */
void rule_poa_chronic(struct work *w, const struct rule *r)
{
    char title[DX_TITLE];

    present(w, r,
            "C00-C96;D80-D84;E00-E03;E089;E099;E109;E119;E139;E082-E084;E092-E094;E102-E104;"
            "E112-E114;E132-E134;E66;E78;F01-F03;F20;G20;G30;G35;H25;H40;I10;I119;I12;I2510;"
            "I4811;I4820-I4821;J43;J449;M05-M06;M15-M19;M81;N181-N186;N189;N40");
    for (size_t i = 0; i < w->n_dx; i++) {
        struct dx *d = &w->dx[i];

        if (is_open(w, d) && !work_uncertain(d) &&
            strcasestr(dx_title(w, d->code, title, sizeof(title)), "chronic") && !is_twofold(w, d))
            settle(w, r, d, POA_Y);
    }
}

/* came_first - the visit began before the inpatient order: emergency or observation (NUBC FL 42) */
static bool came_first(const struct work *w)
{
    for (size_t i = 0; i < w->enc->n_charges; i++) {
        const char *revenue = w->enc->charges[i]->revenue;

        if (str_starts(revenue, "045") || str_starts(revenue, "0762"))
            return true;
    }
    return false;
}

/* rule_poa_before - it began, or was found, before the day of the admission. Of two concepts in one
 * code the second may have come later */
void rule_poa_before(struct work *w, const struct rule *r)
{
    int32_t admit = w->enc->visit->admit_date;

    for (size_t i = 0; i < w->n_dx; i++) {
        struct dx *d = &w->dx[i];
        int32_t since = d->problem->onset_date ? d->problem->onset_date : d->problem->problem_date;

        if (is_open(w, d) && since && since < admit && !is_twofold(w, d))
            settle(w, r, d, POA_Y);
    }
}

/* rule_poa_later - it began after the day of the order; what began in an emergency room or in
 * observation may stand before it */
void rule_poa_later(struct work *w, const struct rule *r)
{
    int32_t admit = w->enc->visit->admit_date;

    for (size_t i = 0; i < w->n_dx; i++)
        if (is_open(w, &w->dx[i]) && admit && w->dx[i].problem->onset_date > admit &&
            !came_first(w))
            settle(w, r, &w->dx[i], POA_N);
}

/* suspected - what the patient was admitted for names the condition, certain or not: the same code,
 * or the unspecified one of its category */
static bool suspected(struct work *w, const struct dx *d)
{
    for (size_t i = 0; i < w->n_dx; i++) {
        const CcProblem *p = w->dx[i].problem;
        char code[DX_CODE], title[DX_TITLE];

        if ((p->use != PROBLEM_USE_ADMITTING && p->use != PROBLEM_USE_REASON) ||
            p->verification == VERIFICATION_REFUTED || p->verification == VERIFICATION_ERROR ||
            p->code->system != CODE_SYSTEM_ICD10CM ||
            !code_plain(p->code->code, code, sizeof(code)))
            continue;
        if (strcmp(code, d->code) == 0 ||
            (strncmp(code, d->code, 3) == 0 &&
             strstr(dx_title(w, code, title, sizeof(title)), "unspecified")))
            return true;
    }
    return false;
}

/* rule_poa_suspected - confirmed later, or uncertain to the end: suspected at admission it was
 * there
 */
void rule_poa_suspected(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (is_open(w, &w->dx[i]) && suspected(w, &w->dx[i]))
            settle(w, r, &w->dx[i], POA_Y);
}

/* of_infections - present or absent as all infections that ask for the organism are; unknown: they
 * differ, or there is none */
static CcPoa of_infections(struct work *w, const struct dx *organism)
{
    CcPoa poa = POA_UNKNOWN;

    for (size_t i = 0; i < w->n_dx; i++) {
        struct dx *d = &w->dx[i];

        if (!d->rank || d == organism || !dx_wants(w, d, organism->code))
            continue;
        if (poa != POA_UNKNOWN && poa != d->poa)
            return POA_UNKNOWN;
        poa = d->poa;
    }
    return poa == POA_EXEMPT ? POA_UNKNOWN : poa;
}

/* rule_poa_organism - known by a later culture, there when its infection was */
void rule_poa_organism(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_dx; i++) {
        struct dx *d = &w->dx[i];
        CcPoa poa;

        if (is_open(w, d) && dx_in(d, "B95-B97") && (poa = of_infections(w, d)) != POA_UNKNOWN)
            settle(w, r, d, poa);
    }
}

/* stage - of a pressure ulcer, 1 to 4; 0: another code */
static int stage(const struct dx *d)
{
    int last = (unsigned char)d->code[strlen(d->code) - 1] - '0';

    return dx_in(d, "L89") && last >= 1 && last <= 4 ? last : 0;
}

/* rule_poa_ulcer - of one site and two stages the lower was there: it evolved to the higher */
void rule_poa_ulcer(struct work *w, const struct rule *r)
{
    for (size_t i = 0; i < w->n_dx; i++)
        for (size_t k = 0; k < w->n_dx; k++) {
            struct dx *high = &w->dx[i], *low = &w->dx[k];

            if (is_open(w, high) && low->rank && low->poa == POA_Y && stage(low) &&
                stage(high) > stage(low) && strlen(high->code) == strlen(low->code) &&
                strncmp(high->code, low->code, strlen(low->code) - 1) == 0)
                settle(w, r, high, POA_N);
        }
}

/* rule_poa_delivery - what delivery itself does came in the stay that has its outcome; what a
 * pregnancy had from before was there */
void rule_poa_delivery(struct work *w, const struct rule *r)
{
    bool delivered = dx_among(w, "Z37") != NULL;

    for (size_t i = 0; i < w->n_dx && delivered; i++)
        if (is_open(w, &w->dx[i]) && dx_in(&w->dx[i], "O70;O712-O719;O72-O73"))
            settle(w, r, &w->dx[i], POA_N);
    present(w, r, "O10;O240-O241;O243;O248;O30;O3421;O48");
}

/* injuries - Y or N: so were all of the visit; unknown: they differ, or there are none */
static CcPoa injuries(const struct work *w)
{
    CcPoa poa = POA_UNKNOWN;

    for (size_t i = 0; i < w->n_dx; i++) {
        const struct dx *d = &w->dx[i];
        CcPoa one = d->poa == POA_EXEMPT ? POA_Y : d->poa;

        if (!d->rank || d->external || (d->code[0] != 'S' && d->code[0] != 'T'))
            continue;
        if ((one != POA_Y && one != POA_N) || (poa != POA_UNKNOWN && poa != one))
            return POA_UNKNOWN;
        poa = one;
    }
    return poa;
}

/* rule_poa_cause - what caused injuries came with them */
void rule_poa_cause(struct work *w, const struct rule *r)
{
    CcPoa poa = injuries(w);

    for (size_t i = 0; i < w->n_dx && poa != POA_UNKNOWN; i++)
        if (is_open(w, &w->dx[i]) && dx_in(&w->dx[i], "V00-Y99"))
            settle(w, r, &w->dx[i], poa);
}

/* lacks_poa - a ranked code without an indicator */
static bool lacks_poa(const struct dx *d)
{
    return d->rank && d->poa == POA_UNKNOWN;
}

/* ask_poa - about all of them at once, each where it stands; a person may answer of some */
static void ask_poa(struct work *w, const struct rule *r)
{
    const char *list = "";
    char shown[16];
    CcReviewItem *item;

    for (size_t i = 0; i < w->n_dx; i++)
        if (lacks_poa(&w->dx[i]))
            list = work_printf(w, "%s%s%s", list, *list ? ", " : "",
                               icd10cm_display(w->dx[i].code, shown));
    if (!*list)
        return;
    item = work_ask(
        w, r, "poa-missing",
        work_printf(w, "Were these present when the inpatient order was written: %s?", list));
    if (item->n_evidence)
        return;
    for (size_t i = 0; i < w->n_dx; i++)
        for (size_t k = 0; lacks_poa(&w->dx[i]) && k < w->dx[i].as->n_evidence; k++)
            event_push(w->a, item, evidence, w->dx[i].as->evidence[k]);
}

/* rule_poa_missing - one question for all of them */
void rule_poa_missing(struct work *w, const struct rule *r)
{
    if (!reports(w))
        return;
    if (!tables_edition(w->t, TABLE_POA_EXEMPT, w->coding_date)) {
        work_ask(w, r, "no-table",
                 "No edition of poa-exempt covers the day of discharge. Load it.");
        return;
    }
    ask_poa(w, r);
}
