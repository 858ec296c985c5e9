/* lead.c - who stands before whom by the guidelines of the chapters, and among causes from outside
 *
 * The tabular list's own notes come after (follow.c): conventions go before guidelines. */
#include "services/coder/relate.h"

#include <string.h>

/* go_before - each of the first set goes before the first of the second */
static void go_before(struct work *w, const struct rule *r, const char *refs, const char *behind)
{
    for (size_t i = 0; dx_among(w, refs) && i < w->n_dx; i++) {
        struct dx *a = &w->dx[i], *b = NULL;

        for (uint32_t rank = 1; rank < a->rank && !b; rank++) {
            b = dx_ranked(w, rank);
            b = b && dx_in(b, behind) ? b : NULL;
        }
        if (b && dx_listed(a) && dx_in(a, refs))
            dx_before(w, r, a, b);
    }
}

/* rule_wound_first - the site of the infection, then its sepsis, then the infection */
void rule_wound_first(struct work *w, const struct rule *r)
{
    if (dx_among(w, "T8144"))
        go_before(w, r, "T8140-T8144;T8149", "A40-A41");
    go_before(w, r, "T8140-T8143;T8149", "T8144");
    go_before(w, r, "O8600-O8603;O8609", "O8604");
}

/* rule_covid_symptom - what remained of COVID-19 before the code that says so */
void rule_covid_symptom(struct work *w, const struct rule *r)
{
    go_before(w, r, "G9331;R00-R99", "U099");
}

/* rule_lung_transplant - an infected transplanted lung before COVID-19 */
void rule_lung_transplant(struct work *w, const struct rule *r)
{
    go_before(w, r, "T8681", "U071");
}

/* rule_infarction_first - before the coronary disease, unless it came later in the stay */
void rule_infarction_first(struct work *w, const struct rule *r)
{
    const struct dx *infarction = dx_among(w, "I21-I22");

    if (infarction && !(w->inpatient && infarction->poa == POA_N))
        go_before(w, r, "I21-I22", "I251;I257;I258");
}

/* rule_ventilator_later - the pneumonia of the admission before that of the ventilator */
void rule_ventilator_later(struct work *w, const struct rule *r)
{
    const struct dx *vap = dx_among(w, "J95851"), *first = dx_among(w, "J12-J18");

    if (w->inpatient && vap && first && vap->poa == POA_N && first->poa == POA_Y)
        go_before(w, r, "J12-J18", "J95851");
}

/* rule_vaping_first - before what it caused */
void rule_vaping_first(struct work *w, const struct rule *r)
{
    go_before(w, r, "U070", "J680;J960");
}

/* rule_weight_first - birth weight before gestational age */
void rule_weight_first(struct work *w, const struct rule *r)
{
    go_before(w, r, "P070-P071", "P072-P073");
}

/* rule_extent_behind - the burns before their extent */
void rule_extent_behind(struct work *w, const struct rule *r)
{
    go_before(w, r, "T20-T28", "T31-T32");
}

/* rule_abuse_first - before the injuries and disorders that came of it */
void rule_abuse_first(struct work *w, const struct rule *r)
{
    go_before(w, r, "T74;T76", "F01-F99;S00-T34");
}

/* rule_device_pain - the device that hurts before how long it does */
void rule_device_pain(struct work *w, const struct rule *r)
{
    go_before(w, r, "T8284;T8384;T8484;T8584", "G8918;G8928");
}

/* rule_body_complication - the complication of a body system's chapter before what it was */
void rule_body_complication(struct work *w, const struct rule *r)
{
    go_before(w, r, "I9719;I9779", "I20-I22;I44-I50");
    go_before(w, r, "I9781-I9782", "I60-I63");
    go_before(w, r, "I9713", "I50");
    go_before(w, r, "I9712;I9771", "I46");
    go_before(w, r, "J9582", "J96");
    go_before(w, r, "J95811", "J93");
    go_before(w, r, "K913;K9189", "K56");
    go_before(w, r, "N990", "N17-N19");
    go_before(w, r, "T8351", "N10;N12;N30;N390");
    go_before(w, r, "T845", "M00");
}

/* rule_rehabilitation - the condition that is treated before the mere care */
void rule_rehabilitation(struct work *w, const struct rule *r)
{
    go_before(w, r, "G81-G83;I69;S00-T34@7DEFGHJKMNPQR", "Z5189");
}

/* clang-format off */
/* A planned screening, and what it finds; no disease that a visit may be for while it is screened
 * for, too. */
static const struct {
    const char *screening, *finding;
} screenings[] = {
    {"Z111", "A15-A19"},
    {"Z120", "C16;D131"},
    {"Z1210-Z1213", "C18-C21;D12;K573;K635;K621;K64"},
    {"Z122", "C34;R91"},
    {"Z123", "C50;D05;D24;N60-N64;R92"},
    {"Z124", "C53;D06;N87;R876;R8781"},
    {"Z125", "C61;D075;R972"},
    {"Z126", "C67;D090;D414"},
    {"Z1273", "C56;D27"},
    {"Z1281", "C00-C14;D000"},
    {"Z1283", "C43-C44;D03-D04"},
    {"Z131", "E11;R730"},
    {"Z136", "I71"},
    {"Z13820", "M80-M81;M858"},
};
/* clang-format on */

/* rule_screening_first - outpatient: the finding of a planned screening is an additional code */
void rule_screening_first(struct work *w, const struct rule *r)
{
    for (size_t i = 0; !w->inpatient && i < sizeof(screenings) / sizeof(screenings[0]); i++)
        go_before(w, r, screenings[i].screening, screenings[i].finding);
}

/* Codes that inform, by themselves no reason of a visit: status, history. */
#define STATUS                                                                                     \
    "Z14-Z15;Z17-Z19;Z66-Z67;Z7401;Z7682;Z781;Z79;Z88-Z90;Z910;Z9282;Z93-Z98;Z990-Z9911;Z992-Z998"
#define HISTORY "Z80-Z87;Z914-Z915;Z9181-Z9182;Z9185;Z921-Z926"

/* step_behind - a first diagnosis of the set stands behind the first one that is a reason; alone it
 * stays */
static void step_behind(struct work *w, const struct rule *r, const char *refs)
{
    struct dx *first = dx_ranked(w, 1);

    for (uint32_t rank = 2; first && dx_in(first, refs) && rank <= w->n_dx; rank++) {
        struct dx *d = dx_ranked(w, rank);

        if (d && !d->external && !dx_in(d, refs) && !dx_in(d, dx_only_adds) &&
            !dx_in(d, STATUS ";" HISTORY)) {
            dx_before(w, r, d, first);
            return;
        }
    }
}

/* rule_status_behind - a status is information beside the reason for the visit */
void rule_status_behind(struct work *w, const struct rule *r)
{
    step_behind(w, r, STATUS);
}

/* rule_history_behind - the reason for the visit before the history that explains it */
void rule_history_behind(struct work *w, const struct rule *r)
{
    step_behind(w, r, HISTORY);
}

/* rule_not_carried_out - the reason for the plan before its not being carried out */
void rule_not_carried_out(struct work *w, const struct rule *r)
{
    step_behind(w, r, "Z53");
}

/* rule_inflammation_second - the response behind what it answers to */
void rule_inflammation_second(struct work *w, const struct rule *r)
{
    dx_never_first(w, r, "R651");
}

/* rule_pregnant_second - an incidental pregnancy is not the reason of a visit */
void rule_pregnant_second(struct work *w, const struct rule *r)
{
    dx_never_first(w, r, "Z331");
}

/* cause_kind - the order of causes: abuse, terrorism, cataclysm, transport, others; then place,
 * activity, status */
static int cause_kind(struct work *w, const struct dx *d)
{
    static const char *const kinds[] = {"Y38", "X34-X39", "V00-V99", NULL, "Y92", "Y93", "Y99"};

    if (dx_in(d, "X92-Y09") && dx_among(w, "T74"))
        return 0;
    for (int i = 0; i < 7; i++)
        if (kinds[i] && dx_in(d, kinds[i]))
            return i + 1;
    return 4;
}

/* rule_cause_order - neighbours change places until none stands wrongly; the record's order within
 * a kind stays */
void rule_cause_order(struct work *w, const struct rule *r)
{
    bool moved = true;

    while (moved) {
        moved = false;
        for (uint32_t rank = 1; rank < w->n_dx; rank++) {
            struct dx *a = dx_ranked(w, rank), *b = dx_ranked(w, rank + 1);

            if (!a || !b || !a->external || !b->external || cause_kind(w, a) <= cause_kind(w, b))
                continue;
            a->rank++;
            b->rank--;
            work_cite(w, a->as, r);
            work_cite(w, b->as, r);
            moved = w->moved = true;
        }
    }
}
