/* lack.c - a code that stands only with another one, which the record lacks: added where the code
 * itself says which, else a question
 *
 * Only what the classification or the guidelines demand without "if known" or "such as". */
#include "services/coder/relate.h"

#include <stdio.h>
#include <string.h>

#include "common/codes/codes.h"

/* clang-format off */
/* Codes, those they stand with, and what these are. */
static const struct {
    const char *refs, *with, *what;
} needs[] = {
    {"D47Z1",               "T86",                           "complication of a transplant"},
    {"D630",                "C00-D49",                       "neoplasm"},
    {"D631",                "N18",                           "stage of the kidney disease"},
    {"C802",                "T86",                           "complication of a transplant"},
    {"F4542",               "G89",                           "acute or chronic pain"},
    {"G893",                "C00-D49",                       "neoplasm"},
    {"H1082",               "L71",                           "rosacea"},
    {"H2623",               "H40-H42",                       "glaucoma"},
    {"I23",                 "I21-I22",                       "infarction"},
    {"I2582-I2584",         "I251;I257;I2581",               "coronary disease"},
    {"I3131;J910;R180",     "C00-D49",                       "neoplasm"},
    {"I7092",               "I702-I707",                     "atherosclerosis of the extremity"},
    {"J1282",               "U071",                          "COVID-19"},
    {"K82A",                "K80-K81",                       "cholecystitis"},
    {"M360;M845;M906",      "C00-D49",                       "neoplasm"},
    {"S06A",                "S060-S069",                     "brain injury"},
    {"Z483",                "C00-D49;Z85;Z860",              "neoplasm"},
    {"Z3A",                 "O00-O9A;Z3201;Z331-Z332;Z34;Z36", "pregnancy"},
    {"Z49",                 "I12-I13;N17-N19;E08-E13@s22;O904;T795;Z940", "kidney disease"},
    {"Z9112-Z9113;Z91A2-Z91A3", "T36-T50@i6",                "underdosed drug"},
};
/* clang-format on */

/* ask_for - which code stands with it? */
static void ask_for(struct work *w, const struct rule *r, struct dx *d, const char *what,
                    const char *const *options)
{
    char shown[16];

    dx_ask(w, r, d, "incomplete",
           work_printf(w,
                       "%s stands with the code of the %s, and the record has none. Which is it?",
                       icd10cm_display(d->code, shown), what),
           options);
}

/* rule_lacking - a code without what it belongs to */
void rule_lacking(struct work *w, const struct rule *r)
{
    static const char *const options[] = {NULL};

    for (size_t i = 0; i < sizeof(needs) / sizeof(needs[0]); i++) {
        struct dx *d = dx_among(w, needs[i].refs);

        if (d && !dx_asked(w, needs[i].refs) && !dx_known(w, needs[i].with))
            ask_for(w, r, d, needs[i].what, options);
    }
}

/* clang-format off */
/* Combination codes of hypertension, what must stand beside them, and its code where no type or
 * stage is said; NULL: two stages are possible. */
static const struct {
    const char *refs, *with, *code;
} pressures[] = {
    {"I110;I130;I132", "I50", "I509"},
    {"I129;I130;I1310", "N18", "N189"},
    {"I120;I1311;I132", "N18", NULL},
};
/* clang-format on */

/* rule_pressure_parts - failure and kidney disease that a combination code says, of no type or
 * stage told */
void rule_pressure_parts(struct work *w, const struct rule *r)
{
    static const char *const late[] = {"N185", "N186", NULL};

    for (size_t i = 0; i < sizeof(pressures) / sizeof(pressures[0]); i++) {
        struct dx *d = dx_sure(w, pressures[i].refs);

        if (!d || dx_asked(w, pressures[i].refs) || dx_known(w, pressures[i].with))
            continue;
        if (pressures[i].code)
            dx_derive(w, r, d, d, pressures[i].code);
        else
            ask_for(w, r, d, "stage of the kidney disease", late);
    }
}

/* rule_chemotherapy_drug - anemia, pancytopenia or agranulocytosis of chemotherapy is told with the
 * drug's adverse effect */
void rule_chemotherapy_drug(struct work *w, const struct rule *r)
{
    struct dx *d = dx_sure(w, "D6481;D61810;D701");

    if (d && !dx_known(w, "T451X"))
        dx_derive(w, r, d, d, "T451X5A");
}

/* Acute failures of organs, told in any way. */
static const char organs[] =
    "D65;D688-D689;D69;E872;F05;G6281;G7281;G92;G934;I21A1;I46;I50;I5181;I95;J80;J96;K567;K72;K762-"
    "K763;N17;N19;O904;R0902;R34;R40;R4182;R57";

/* rule_severe_organ - severe sepsis is told with the organ that failed; septic shock is itself one
 */
void rule_severe_organ(struct work *w, const struct rule *r)
{
    static const char *const options[] = {"N179", "J9601", "G9341", "K7200", "D65", NULL};
    struct dx *d = dx_among(w, "R6520");

    if (d && !dx_known(w, organs))
        ask_for(w, r, d, "organ that failed acutely", options);
}

/* rule_sepsis_organ - of a stay: sepsis and an organ that failed, and nobody says whether the one
 * is due to the other; the claim goes on */
void rule_sepsis_organ(struct work *w, const struct rule *r)
{
    static const char *const options[] = {"R6520", "due to another condition", NULL};
    static const char sepsis[] = "A021;A227;A267;A327;A40-A41;A427;A5486;B377;O85;T8144";
    const struct dx *s = w->inpatient ? dx_sure(w, sepsis) : NULL;
    const struct dx *organ = s ? dx_sure(w, "D65;G9341;J960;J80;K720;N17") : NULL;
    char x[16], y[16];

    if (organ && !dx_known(w, "R65;T8112"))
        dx_tell(w, r, organ, "unlinked",
                work_printf(w,
                            "%s and %s are recorded, and not whether the organ failed by the "
                            "sepsis. Did it?",
                            icd10cm_display(s->code, x), icd10cm_display(organ->code, y)),
                options);
}
