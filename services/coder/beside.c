/* beside.c - codes that say again, or deny, what another code of the visit says, chapter by chapter
 */
#include "services/coder/relate.h"

#include <stdio.h>
#include <string.h>

#include "common/base/str.h"

/* rule_hiv - once the disease is there, neither infection without symptoms nor an unclear test */
void rule_hiv(struct work *w, const struct rule *r)
{
    dx_said_by(w, r, "Z21;R75", "B20");
}

/* rule_covid_contact - exposure and screening are for those without the disease */
void rule_covid_contact(struct work *w, const struct rule *r)
{
    dx_said_by(w, r, "Z20822;Z1152", "U071");
}

/* rule_sepsis_named - the organism is known */
void rule_sepsis_named(struct work *w, const struct rule *r)
{
    dx_said_by(w, r, "A419", "A021;A227;A267;A327;A40;A410-A415;A418;A427;A5486;B377");
}

/* rule_shock_says - septic shock says severe sepsis */
void rule_shock_says(struct work *w, const struct rule *r)
{
    dx_said_by(w, r, "R6520", "R6521");
}

/* rule_procedure_shock - septic shock after a procedure has its own code, with the 7th character of
 * the sepsis */
void rule_procedure_shock(struct work *w, const struct rule *r)
{
    struct dx *sepsis = dx_sure(w, "T8144"), *shock = dx_sure(w, "R6521");
    char code[DX_CODE];

    if (!sepsis || !shock || strlen(sepsis->code) != 7)
        return;
    snprintf(code, sizeof(code), "T8112X%c", sepsis->code[6]);
    if (!dx_sure(w, code))
        dx_recode(w, r, shock, code, sepsis);
    else
        dx_absorb(w, r, dx_sure(w, code), shock);
}

/* rule_severe_cause - severe sepsis is told with its infection */
void rule_severe_cause(struct work *w, const struct rule *r)
{
    struct dx *severe = dx_among(w, "R652");
    CcReviewItem *item;

    if (!severe || dx_asked(w, "R652") ||
        dx_known(w, "A00-B99;J09-J18;J95851;N10;N390;T802;T814;T880;O0337;O0387;O0487;O0737;"
                    "O0882;O753;O85-O86;P35-P39;U071"))
        return;
    item = work_ask_dx(w, r, severe, "no-principal",
                       "Severe sepsis is recorded. Which systemic infection was it due to?");
    if (!item->n_options)
        dx_open_options(w, item);
}

/* rule_puerperal_sepsis - its organism is told by B95-B96 */
void rule_puerperal_sepsis(struct work *w, const struct rule *r)
{
    dx_said_by(w, r, "A40-A41", "O85");
}

/* rule_pregnant_state - a pregnancy that is cared for is not incidental */
void rule_pregnant_state(struct work *w, const struct rule *r)
{
    dx_said_by(w, r, "Z331", "O00-O84;O88;O98-O9A");
}

/* rule_transplant - the status is told by the complication of the same organ */
void rule_transplant(struct work *w, const struct rule *r)
{
    static const char *const organs[][2] = {
        {"Z940", "T861"},  {"Z941", "T862"},   {"Z942", "T8681"}, {"Z943", "T863"},
        {"Z944", "T864"},  {"Z9481", "T860"},  {"Z945", "T8682"}, {"Z946", "T8683"},
        {"Z947", "T8684"}, {"Z9482", "T8685"}, {"Z9484", "T865"}};

    for (size_t i = 0; i < sizeof(organs) / sizeof(organs[0]); i++)
        dx_said_by(w, r, organs[i][0], organs[i][1]);
}

/* rule_aftercare - healing injuries and pathological fractures are told by their 7th character */
void rule_aftercare(struct work *w, const struct rule *r)
{
    dx_said_by(w, r, "Z471-Z472;Z478;Z480;Z488",
               "S00-S99@7DEFGHJKMNPQR;T07-T34@7D;T36-T65@7D;M80@7DGKP;M843-M846@7DGKP");
}
