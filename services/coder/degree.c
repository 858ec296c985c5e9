/* degree.c - the same thing in two degrees: sides, stages, severities; and what is coded only
 * beside the diagnosis that it measures */
#include "services/coder/relate.h"

#include <string.h>

#include "common/base/str.h"

/* each_pair - two listed diagnoses of the set with the same first two characters, either way round:
 * where `tells(a, b)` the first tells the second */
static void each_pair(struct work *w, const struct rule *r, const char *refs,
                      bool (*tells)(struct work *w, const struct dx *a, const struct dx *b))
{
    for (size_t i = 0; i < w->n_dx; i++)
        for (size_t k = 0; k < w->n_dx; k++) {
            struct dx *a = &w->dx[i], *b = &w->dx[k];

            if (i != k && dx_same_head(a, b, 2) && dx_listed(a) && dx_listed(b) &&
                !work_uncertain(a) && dx_in(a, refs) && dx_in(b, refs) && tells(w, a, b))
                dx_absorb(w, r, a, b);
        }
}

/* differs_at - the only place where two codes of one length differ, behind the category; 0: none */
static size_t differs_at(const char *a, const char *b)
{
    size_t at = 0;

    if (strncmp(a, b, 4) != 0 || strlen(a) != strlen(b))
        return 0;
    for (size_t i = 4; a[i]; i++)
        if (a[i] != b[i]) {
            if (at)
                return 0;
            at = i;
        }
    return at;
}

/* same_but_side - two titles are the same but for one word, "unspecified" in b, a side in a */
static bool same_but_side(const char *a, const char *b)
{
    static const char unsaid[] = "unspecified";
    size_t n = 0;

    while (a[n] && a[n] == b[n])
        n++;
    return (str_starts(a + n, "right ") && str_starts(b + n, unsaid) &&
            strcmp(a + n + 5, b + n + sizeof(unsaid) - 1) == 0) ||
           (str_starts(a + n, "left ") && str_starts(b + n, unsaid) &&
            strcmp(a + n + 4, b + n + sizeof(unsaid) - 1) == 0);
}

/* says_side - a is bilateral and b one side, or a is a side and b none */
static bool says_side(struct work *w, const struct dx *a, const struct dx *b)
{
    size_t at = differs_at(a->code, b->code);
    char of_a[DX_TITLE], of_b[DX_TITLE];

    if (!at || !strchr("123", a->code[at]))
        return false;
    dx_title(w, a->code, of_a, sizeof(of_a));
    dx_title(w, b->code, of_b, sizeof(of_b));
    if (a->code[at] == '3')
        return (strstr(of_a, "bilateral") || strstr(of_a, "Bilateral")) &&
               ((b->code[at] == '1' && strstr(of_b, "right ")) ||
                (b->code[at] == '2' && strstr(of_b, "left ")));
    return same_but_side(of_a, of_b);
}

/* rule_side_said - both sides tell one; a side tells the same without one */
void rule_side_said(struct work *w, const struct rule *r)
{
    each_pair(w, r, "A00-Z99", says_side);
}

/* says_stage - of one site, by the codes without their last character: a has a stage or severity, b
 * one that is not said, or could not be determined before */
static bool says_stage(struct work *w, const struct dx *a, const struct dx *b)
{
    static const char *const unsaid[] = {"unstageable", "unspecified stage",
                                         "unspecified severity"};
    char of_a[DX_TITLE], of_b[DX_TITLE];
    size_t n = strlen(a->code);
    bool a_unsaid = false, b_unsaid = false;

    if (n != strlen(b->code) || strncmp(a->code, b->code, n - 1) != 0)
        return false;
    dx_title(w, a->code, of_a, sizeof(of_a));
    dx_title(w, b->code, of_b, sizeof(of_b));
    for (size_t i = 0; i < 3; i++) {
        a_unsaid |= strstr(of_a, unsaid[i]) != NULL;
        b_unsaid |= strstr(of_b, unsaid[i]) != NULL;
    }
    return b_unsaid && !a_unsaid && !strstr(of_a, "deep tissue");
}

/* rule_ulcer_stage - only the stage that was revealed. Two known stages are two ulcers, or one that
 * evolved: both stay */
void rule_ulcer_stage(struct work *w, const struct rule *r)
{
    each_pair(w, r, "L89;L97;L984", says_stage);
}

/* severity - of a dementia: A mild, B moderate, C severe; 0: not said */
static int severity(const struct dx *d)
{
    return d->code[3] >= 'A' && d->code[3] <= 'C' ? d->code[3] - 'A' + 1 : 0;
}

/* says_severity - the highest of a stay; any, over none */
static bool says_severity(struct work *w, const struct dx *a, const struct dx *b)
{
    return strncmp(a->code, b->code, 3) == 0 && severity(a) > severity(b) &&
           (w->inpatient || !severity(b));
}

/* rule_dementia - one severity */
void rule_dementia(struct work *w, const struct rule *r)
{
    each_pair(w, r, "F01-F03", says_severity);
}

/* says_glaucoma - the same eye and type: the stage that it evolved to; any over none. Codes without
 * an eye may be of two */
static bool says_glaucoma(struct work *w, const struct dx *a, const struct dx *b)
{
    char x = a->code[6], y = b->code[6];

    return strlen(a->code) == 7 && strlen(b->code) == 7 && strncmp(a->code, b->code, 6) == 0 &&
           a->code[5] != 'X' && x >= '1' && x <= '3' &&
           (y == '0' || (w->inpatient && y >= '1' && y < x));
}

/* rule_glaucoma - one stage of an eye */
void rule_glaucoma(struct work *w, const struct rule *r)
{
    each_pair(w, r, "H40", says_glaucoma);
}

/* says_degree - burns (0-3) or corrosions (4-7) of one site and side, in the same course */
static bool says_degree(struct work *w, const struct dx *a, const struct dx *b)
{
    (void)w;
    return strlen(a->code) == 7 && strlen(b->code) == 7 && strncmp(a->code, b->code, 3) == 0 &&
           strcmp(a->code + 4, b->code + 4) == 0 && a->code[3] / 4 == b->code[3] / 4 &&
           a->code[3] > b->code[3];
}

/* rule_burn_site - the highest degree of a site */
void rule_burn_site(struct work *w, const struct rule *r)
{
    each_pair(w, r, "T20-T25", says_degree);
}

/* site_of - the site in a title, with its side: "right knee"; "" none, or not said */
static const char *site_of(struct work *w, const char *code, char *out)
{
    char title[DX_TITLE], *site, *end;

    dx_title(w, code, title, sizeof(title));
    site = strstr(title, "right ");
    if (!site)
        site = strstr(title, "left ");
    if (!site && (site = strstr(title, " of ")))
        site += strlen(" of ");
    str_copy(out, DX_TITLE, site && !strstr(site, "unspecified") ? site : "");
    out[strcspn(out, ",")] = '\0';
    if ((end = strstr(out, " with")))
        *end = '\0';
    return out;
}

/* says_injury - of the same body region and the same words for the site, and more than superficial
 */
static bool says_injury(struct work *w, const struct dx *a, const struct dx *b)
{
    char site[DX_TITLE], other[DX_TITLE];

    return b->code[2] == '0' && a->code[2] != '0' && a->code[1] == b->code[1] &&
           *site_of(w, b->code, site) && strcmp(site, site_of(w, a->code, other)) == 0;
}

/* rule_superficial - not coded with a severer injury of the same site */
void rule_superficial(struct work *w, const struct rule *r)
{
    each_pair(w, r, "S00-S99", says_injury);
}

/* says_mass - the most severe value: the lowest for who weighs too little, else the highest */
static bool says_mass(struct work *w, const struct dx *a, const struct dx *b)
{
    int order = strcmp(a->code, b->code);

    return dx_among(w, "E40-E46;F500;R634;R636;R64") ? order < 0 : order > 0;
}

/* rule_mass_severest - one body mass index of a visit */
void rule_mass_severest(struct work *w, const struct rule *r)
{
    each_pair(w, r, "Z68", says_mass);
}

/* rule_mass_pregnant - none during pregnancy */
void rule_mass_pregnant(struct work *w, const struct rule *r)
{
    if (dx_among(w, "O00-O77;O80-O82;O98-O9A@601234;Z331;Z34;Z3A"))
        dx_reject_set(w, r, "Z68");
}

/* rule_stroke_scale - of an acute stroke */
void rule_stroke_scale(struct work *w, const struct rule *r)
{
    if (!dx_known(w, "I60-I63"))
        dx_reject_set(w, r, "R297");
}

/* rule_alcohol_level - of who has an alcohol related disorder, or alcohol found in the blood: both
 * ask for it */
void rule_alcohol_level(struct work *w, const struct rule *r)
{
    if (!dx_known(w, "F10;R780"))
        dx_reject_set(w, r, "Y90");
}

/* rule_weeks_over - no weeks where the pregnancy ended early or is over */
void rule_weeks_over(struct work *w, const struct rule *r)
{
    if (dx_among(w, "O00-O08;Z332;O85-O92;O94;Z39") &&
        !dx_known(w, "O09-O77;O80-O82;O95;O98-O9A;Z331;Z34;Z36"))
        dx_reject_set(w, r, "Z3A");
}

/* rule_burn_extent - of current burns, not of what remained of them */
void rule_burn_extent(struct work *w, const struct rule *r)
{
    if (dx_among(w, "T20-T28@7S") && !dx_among(w, "T20-T28@7AD"))
        dx_reject_set(w, r, "T31-T32");
}

/* rule_suspected_abuse - no cause from outside and no perpetrator while it is only suspected */
void rule_suspected_abuse(struct work *w, const struct rule *r)
{
    if (dx_among(w, "T76") && !dx_among(w, "T74"))
        dx_reject_set(w, r, "X92-Y09");
}

/* rule_place_unsaid - a place, activity or status that is not stated has no code */
void rule_place_unsaid(struct work *w, const struct rule *r)
{
    dx_reject_set(w, r, "Y929;Y939;Y999");
}

/* rule_activity - of injuries; drugs as cause, rightly or wrongly taken, have none */
void rule_activity(struct work *w, const struct rule *r)
{
    if (dx_among(w, "T36-T50") && !dx_known(w, "S00-T35;T51-T79"))
        dx_reject_set(w, r, "Y93;Y99");
}

/* rule_status_alone - a status of the person only adds to a cause or an activity */
void rule_status_alone(struct work *w, const struct rule *r)
{
    if (!dx_known(w, "V00-Y91;Y93"))
        dx_reject_set(w, r, "Y99");
}

/* rule_unknown_death - an unknown cause of death, only where nothing else is known */
void rule_unknown_death(struct work *w, const struct rule *r)
{
    if (dx_sure(w, "A00-Q99;S00-T88;U00-U85"))
        dx_reject_set(w, r, "R99");
}
