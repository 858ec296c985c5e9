/* told.c - what one code of the visit tells, chapter by chapter: another does not say it again
 *
 * Each rule is a few rows: codes, and the codes that tell them. The Excludes1 notes ask when two
 * codes contradict each other; here the guidelines say which of the two stands. */
#include "services/coder/relate.h"

/* Codes, and those that tell them. */
struct told {
    const char *refs, *by;
};

/* told - rows up to the one without codes */
static void told(struct work *w, const struct rule *r, const struct told *rows)
{
    for (; rows->refs; rows++)
        dx_said_by(w, r, rows->refs, rows->by);
}

/* clang-format off */
/* An organism, and infections whose code names it. */
static const struct told organisms[] = {
    {"B950", "A400;P361"}, {"B951", "A401;J153;P360"}, {"B953", "A403;J13"}, {"B9561", "A4101;J15211;P362"},
    {"B9562", "A4102;J15212"}, {"B960", "J157"}, {"B961", "J150"}, {"B962", "A4151;J155;P364"},
    {"B963", "A413;J14"}, {"B965", "A4152;J151"}, {"B966", "A414;P365"},
    {"B952", "A4181"}, {"B955", "J020;J030;J202"}, {"B957", "A411"}, {"B958", "A412;J1520"},
    {"B974", "J121;J205;J210"}, {"B9781", "J123;J211"}, {NULL, NULL},
};

/* Codes that leave open what a code of the same disease says. */
static const struct told open_codes[] = {
    {"A09", "A00-A08"},
    {"D649", "D50-D61;D63;D640-D648"},
    {"E669", "E660-E662;E668"},
    {"E785", "E780-E784"},
    {"F17200", "F17210;F17220;F17290"},
    {"F32A;F329", "F31;F320-F325;F33"},
    {"F419", "F410-F411;F413"},
    {"I2720", "I270;I2721-I2724;I2729"},
    {"I4891", "I480-I482"},
    {"I4892", "I483-I484"},
    {"I509", "I501-I508"},
    {"I639", "I630-I638"},
    {"J189", "J12-J16;J180-J181"},
    {"K219", "K210"},
    {"K5900", "K5901-K5904;K5909"},
    {"N179", "N170-N178"},
    {"N390", "N10-N12;N30;N34"},
    {"N400", "N401"},
    {"Z720", "F17"},
    {NULL, NULL},
};

/* Symptoms that are part of a code of both (bleeding, coma). */
static const struct told in_both[] = {
    {"K920-K922", "K25-K28@40246;K29@51;K31811;K3182;K5521;K57@51;K57@53;I8501;I8511;K226;K50-K51@e11"},
    {"K625", "K57@51;K57@53;K50-K51@e11"},
    {"R4020;R402A", "E08-E13@s01;E08-E13@s11;E08-E13@s641;E15;K72@e1"},
    {NULL, NULL},
};
/* clang-format on */

/* other_infection - the organism may be of an infection that does not name its own */
static bool other_infection(struct work *w, const struct dx *organism, const struct dx *named)
{
    for (size_t i = 0; i < w->n_dx; i++) {
        struct dx *d = &w->dx[i];

        if (d != organism && d != named && dx_listed(d) && dx_wants(w, d, organism->code))
            return true;
    }
    return false;
}

/* rule_organism_named - the combination code includes the causal organism */
void rule_organism_named(struct work *w, const struct rule *r)
{
    for (const struct told *t = organisms; t->refs; t++) {
        struct dx *organism = dx_among(w, t->refs), *by = organism ? dx_sure(w, t->by) : NULL;

        if (by && !other_infection(w, organism, by))
            dx_absorb(w, r, by, organism);
    }
}

/* rule_open_code - the more specific code of the same disease */
void rule_open_code(struct work *w, const struct rule *r)
{
    told(w, r, open_codes);
}

/* rule_symptom_in_both - a code of a disease with its symptom */
void rule_symptom_in_both(struct work *w, const struct rule *r)
{
    told(w, r, in_both);
}

/* rule_resistance_named - methicillin resistance is no second resistance to penicillins */
void rule_resistance_named(struct work *w, const struct rule *r)
{
    dx_said_by(w, r, "Z1611", "A4102;B9562;J15212");
}

/* rule_one_response - one code of R65: an infection came of the injury */
void rule_one_response(struct work *w, const struct rule *r)
{
    static const struct told rows[] = {{"R651", "R652"}, {"R6510", "R6511"}, {NULL, NULL}};

    told(w, r, rows);
}

/* rule_contact - who has the infection is no mere contact of it */
void rule_contact(struct work *w, const struct rule *r)
{
    static const struct told rows[] = {
        {"Z200", "A00-A09"}, {"Z201", "A15-A19"}, {"Z202", "A50-A64"}, {"Z203", "A82"},
        {"Z204", "B06"},     {"Z205", "B15-B19"}, {"Z206", "B20;Z21"}, {"Z207", "B85-B89"},
        {"Z20820", "B01"},   {"Z20821", "A925"},  {"Z114", "B20"},     {NULL, NULL},
    };

    told(w, r, rows);
}

/* rule_unnamed_cancer - disseminated, or of an unknown site: only where no site is known */
void rule_unnamed_cancer(struct work *w, const struct rule *r)
{
    static const struct told rows[] = {
        {"C800", "C00-C79;C7A;C7B;C81-C96"}, {"C801", "C00-C76;C7A;C81-C96"}, {NULL, NULL}};

    told(w, r, rows);
}

/* rule_implant_lymphoma - a lymphoma of breast implants is no complication of chapter 19 */
void rule_implant_lymphoma(struct work *w, const struct rule *r)
{
    dx_said_by(w, r, "T85898", "C847A;C847B");
}

/* rule_obesity_class - class 3 is the more specific */
void rule_obesity_class(struct work *w, const struct rule *r)
{
    dx_said_by(w, r, "E6601", "E66813");
}

/* rule_pain_mind - pain that is only of the mind has no second code of pain */
void rule_pain_mind(struct work *w, const struct rule *r)
{
    dx_said_by(w, r, "G89", "F4541");
}

/* rule_pain_site - pain of no site, beside pain of one or of a kind (the Excludes1 notes of R52) */
void rule_pain_site(struct work *w, const struct rule *r)
{
    dx_said_by(
        w, r, "R52",
        "G89;H571;H920;K088;K146;M255;M54;M791;M796;N23;N644;R070-R079;R102;R10;R300;R309;R51");
}

/* rule_infarction_kind - ST elevation before or after none; a site before none */
void rule_infarction_kind(struct work *w, const struct rule *r)
{
    static const struct told rows[] = {
        {"I214", "I210-I213"}, {"I219", "I210-I214"}, {"I213", "I210-I212"}, {NULL, NULL}};

    told(w, r, rows);
}

/* rule_demand - type 2 is infarction by demand */
void rule_demand(struct work *w, const struct rule *r)
{
    dx_said_by(w, r, "I2489", "I21A1");
}

/* rule_asthma - uncomplicated, beside the exacerbation of the same */
void rule_asthma(struct work *w, const struct rule *r)
{
    static const struct told rows[] = {{"J4520", "J4521-J4522"},
                                       {"J4530", "J4531-J4532"},
                                       {"J4540", "J4541-J4542"},
                                       {"J4550", "J4551-J4552"},
                                       {"J45909", "J4520-J4552;J45901-J45902"},
                                       {NULL, NULL}};

    told(w, r, rows);
}

/* rule_ventilator - the type of the pneumonia is not told, unless it was there before the
 * ventilator */
void rule_ventilator(struct work *w, const struct rule *r)
{
    struct dx *vap = dx_sure(w, "J95851");

    for (size_t i = 0; vap && i < w->n_dx; i++) {
        struct dx *d = &w->dx[i];
        bool before = w->inpatient && (vap->poa == POA_N || vap->poa == POA_UNKNOWN) &&
                      (d->poa == POA_Y || d->poa == POA_UNKNOWN);

        if (dx_listed(d) && !before && dx_in(d, "J12-J18"))
            dx_absorb(w, r, vap, d);
    }
}

/* rule_osteoporosis - "without current fracture" is denied by the fracture */
void rule_osteoporosis(struct work *w, const struct rule *r)
{
    static const struct told rows[] = {{"M810", "M800"}, {"M818", "M808"}, {NULL, NULL}};

    told(w, r, rows);
}

/* rule_kidney_stage - a stage that is not said, beside one that is */
void rule_kidney_stage(struct work *w, const struct rule *r)
{
    static const struct told rows[] = {
        {"N189", "N181-N185"}, {"N1830", "N1831-N1832"}, {NULL, NULL}};

    told(w, r, rows);
}

/* rule_supervision - of a normal pregnancy: none that chapter 15 has a code for */
void rule_supervision(struct work *w, const struct rule *r)
{
    dx_said_by(w, r, "Z34", "O00-O9A");
}

/* rule_gestational - its code says how it is controlled, insulin over diet */
void rule_gestational(struct work *w, const struct rule *r)
{
    static const struct told rows[] = {{"O24410", "O24414-O24415"},
                                       {"O24420", "O24424-O24425"},
                                       {"O24430", "O24434-O24435"},
                                       {"Z794;Z7984;Z7985", "O244"},
                                       {NULL, NULL}};

    told(w, r, rows);
}

/* rule_obstetric_wound - sepsis after an obstetric procedure is not the puerperal one */
void rule_obstetric_wound(struct work *w, const struct rule *r)
{
    dx_said_by(w, r, "O85", "O8604");
}

/* rule_abortion_bleeding - no bleeding of a delivery */
void rule_abortion_bleeding(struct work *w, const struct rule *r)
{
    dx_said_by(w, r, "O721", "O04;O07");
}

/* rule_delivery_care - supervision of a high risk is of the time before the delivery */
void rule_delivery_care(struct work *w, const struct rule *r)
{
    dx_said_by(w, r, "O09", "O80-O82;Z37");
}

/* rule_newborn_record - the outcome of the delivery is the mother's */
void rule_newborn_record(struct work *w, const struct rule *r)
{
    dx_said_by(w, r, "Z37", "Z38");
}

/* rule_coma - by its scale, by its cause; the total only where its parts are not told */
void rule_coma(struct work *w, const struct rule *r)
{
    static const struct told rows[] = {
        {"R4021-R4024", "R402A"}, {"R4020", "R4021-R4024;R402A"}, {NULL, NULL}};

    told(w, r, rows);
    if (dx_among(w, "R4021") && dx_among(w, "R4022"))
        dx_said_by(w, r, "R4024", "R4023");
}

/* rule_no_site - injuries and burns of no named site, beside named ones */
void rule_no_site(struct work *w, const struct rule *r)
{
    static const struct told rows[] = {
        {"T07;T1490-T1491", "S00-S99"}, {"T30", "T20-T28"}, {NULL, NULL}};

    told(w, r, rows);
}

/* rule_ruled_out - a condition of mother, fetus or newborn that was confirmed */
void rule_ruled_out(struct work *w, const struct rule *r)
{
    static const struct told rows[] = {
        {"Z0371", "O40-O41"}, {"Z0372", "O43-O44"},    {"Z0373", "O35"},     {"Z0374", "O365-O366"},
        {"Z0375", "O2687"},   {"Z050", "P29;Q20-Q28"}, {"Z051", "P35-P39"},  {"Z052", "P90-P91"},
        {"Z053", "P22-P28"},  {"Z0541", "Q90-Q99"},    {"Z0542", "P70-P74"}, {"Z055", "P76-P78"},
        {NULL, NULL}};

    told(w, r, rows);
}

/* rule_physeal - the bone of a physeal fracture, by end and side; displaced or not */
void rule_physeal(struct work *w, const struct rule *r)
{
    static const struct told rows[] = {{"S422@i14", "S490@i14"},
                                       {"S422@i25", "S490@i25"},
                                       {"S424@i14", "S491@i14"},
                                       {"S424@i25", "S491@i25"},
                                       {"S526@i14", "S590@i14"},
                                       {"S526@i25", "S590@i25"},
                                       {"S521@i14", "S591@i14"},
                                       {"S521@i25", "S591@i25"},
                                       {"S525@i14", "S592@i14"},
                                       {"S525@i25", "S592@i25"},
                                       {"S720-S722@i14", "S790@i14"},
                                       {"S720-S722@i25", "S790@i25"},
                                       {"S724@i14", "S791@i14"},
                                       {"S724@i25", "S791@i25"},
                                       {"S821@i14", "S890@i14"},
                                       {"S821@i25", "S890@i25"},
                                       {"S823@i14", "S891@i14"},
                                       {"S823@i25", "S891@i25"},
                                       {NULL, NULL}};

    told(w, r, rows);
}

/* rule_attention - the aftercare code indicates the type of status */
void rule_attention(struct work *w, const struct rule *r)
{
    static const struct told rows[] = {{"Z930", "Z430"}, {"Z931", "Z431"},  {"Z932", "Z432"},
                                       {"Z933", "Z433"}, {"Z934", "Z434"},  {"Z935", "Z435"},
                                       {"Z936", "Z436"}, {"Z950", "Z4501"}, {"Z95810", "Z4502"},
                                       {NULL, NULL}};

    told(w, r, rows);
}

/* rule_status - for use only without complication of the opening, device, joint or stump */
void rule_status(struct work *w, const struct rule *r)
{
    static const struct told rows[] = {
        {"Z930", "J950"},
        {"Z931", "K942"},
        {"Z932", "K941"},
        {"Z933", "K940"},
        {"Z935", "N9951"},
        {"Z936", "N9952-N9953"},
        {"Z950;Z95810", "T821"},
        {"Z951", "T8221"},
        {"Z952-Z954", "T820;T826"},
        {"Z961", "T852"},
        {"Z9641", "T85614;T85624;T85633;T85694"},
        {"Z96641", "T840@60;T8451"},
        {"Z96642", "T840@61;T8452"},
        {"Z96651", "T840@62;T8453"},
        {"Z96652", "T840@63;T8454"},
        {"Z890-Z892@61", "T8731;T8741;T8751"},
        {"Z890-Z892@62", "T8732;T8742;T8752"},
        {"Z894-Z896@61", "T8733;T8743;T8753"},
        {"Z894-Z896@62", "T8734;T8744;T8754"},
        {NULL, NULL},
    };

    told(w, r, rows);
}

/* rule_routine_smear - a screening that is inherent to the examination */
void rule_routine_smear(struct work *w, const struct rule *r)
{
    dx_said_by(w, r, "Z124", "Z014");
}

/* rule_unspecific - Z codes that say next to nothing, beside one of the same kind that says more */
void rule_unspecific(struct work *w, const struct rule *r)
{
    static const struct told rows[] = {
        {"Z029", "Z020-Z028"}, {"Z049", "Z041-Z048"}, {"Z139", "Z130-Z138"}, {"Z419", "Z411-Z418"},
        {"Z529", "Z520-Z528"}, {"Z889", "Z880-Z888"}, {NULL, NULL}};

    told(w, r, rows);
}

/* rule_findings - "without abnormal findings" beside the same examination with some */
void rule_findings(struct work *w, const struct rule *r)
{
    static const struct told rows[] = {{"Z0000", "Z0001"},   {"Z00129", "Z00121"},
                                       {"Z0100", "Z0101"},   {"Z0110", "Z01110;Z01118"},
                                       {"Z01419", "Z01411"}, {NULL, NULL}};

    told(w, r, rows);
}
